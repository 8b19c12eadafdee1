// The measurements. Each one checks that what it waited for is there, and fails when it is not.

const LIMIT = 120_000;

function soon(promise, what) {
  const late = new Promise((_, reject) => setTimeout(reject, LIMIT, new Error(`${what}: nothing within ${LIMIT / 1000} s`)).unref());
  return Promise.race([promise, late]);
}

/** Loads the page: from the last byte of the first page of rows to painted rows, and of the last page to all of them. */
export async function load(browser, name, truth) {
  const { page } = browser;
  const list = truth.list();
  await browser.load(name);
  const done = await soon(page.evaluate(() => bench.all), `${name}: ${list.summary}`);
  await browser.settle();
  await browser.expect(list, `${name} is loaded`);
  const { first, pages } = await page.evaluate(async () => ({
    first: await bench.first,
    pages: performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\/import_session\?/.test(name) && /&order=id&limit=2000&offset=/.test(name) && !/[?&]or=/.test(name))
      .map(({ responseEnd }) => responseEnd),
  }));
  const wanted = Math.ceil(truth.rows.byId.size / 2000);
  if (pages.length !== wanted) throw new Error(`${name}: the list has ${wanted} pages, and ${pages.length} were read`);
  if (first < pages[0]) throw new Error(`${name}: rows were painted before the first page had come`);
  return { first_rows_ms: first - pages[0], all_rows_ms: done - pages.at(-1) };
}

/** Megabytes after a collection. */
export async function heap({ page, session }, name) {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  const memory = await page.evaluate(() => bench.memory?.buffer.byteLength ?? 0);
  if ((name === "console") !== memory > 0) throw new Error(`${name}: a wasm memory of ${memory} bytes`);
  const parts = { js: usedSize, embedder: embedderHeapUsedSize, backing: backingStorageSize, wasm: memory };
  const bytes = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { heap_mb: bytes / 1e6, parts };
}

/** From an input to the frame that shows what it leads to. */
async function answered(browser, act, list, event, what) {
  const { page } = browser;
  const { summary, first } = list;
  await page.evaluate(
    (list) => {
      bench.events.length = 0;
      bench.seen = bench.until(() => bench.shows(list));
    },
    { summary, first },
  );
  await act();
  const seen = await soon(page.evaluate(() => bench.seen), what);
  const at = await page.evaluate((name) => bench.events.find((event) => event.name === name)?.at, event);
  if (at === undefined || seen < at) throw new Error(`${what}: it was shown before it was asked for`);
  await browser.expect(list, what);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  return seen - at;
}

/** Types a word, letter by letter: each that narrows what is shown is measured. */
export async function filter(browser, name, truth, word) {
  const { page } = browser;
  const box = page.locator("input[type=search]");
  const times = [];
  for (let length = 1; length <= word.length; length += 1) {
    const text = word.slice(0, length);
    const list = truth.list({ text });
    await box.focus();
    const type = () => page.keyboard.press(word[length - 1]);
    // A letter that changes nothing to be seen cannot be waited for.
    if (truth.list({ text: text.slice(0, -1) }).summary === list.summary) {
      await type();
      await browser.expect(list, `${name}: filter ‘${text}’`);
      continue;
    }
    times.push(await answered(browser, type, list, "keydown", `${name}: filter ‘${text}’`));
  }
  if (times.length === 0) throw new Error(`no letter of ‘${word}’ narrows the list`);
  await box.fill("");
  await soon(page.evaluate((list) => bench.until(() => bench.shows(list)), truth.list()), `${name}: filter emptied`);
  return times;
}

/** Presses headings, one after the other. */
export async function sort(browser, name, truth) {
  const { page } = browser;
  const times = [];
  for (const [label, column, descending] of [
    ["State", "state", false],
    ["Last update", "updated", false],
    ["Last update", "updated", true],
    ["Source", "source", false],
    ["Name", "name", false],
  ]) {
    const heading = page.locator(`thead th.col-${column} button`);
    const list = truth.list({ column, descending });
    times.push(await answered(browser, () => heading.click(), list, "click", `${name}: sort by ${label}`));
    const order = await page.locator(`thead th.col-${column}`).getAttribute("aria-sort");
    if (order !== (descending ? "descending" : "ascending")) throw new Error(`${name}: ${label} is ordered ${order}`);
  }
  return times;
}

/** Scrolls for 600 frames, and counts those that took longer than 34 ms. */
export async function scroll(browser, name, truth) {
  const { page } = browser;
  const seen = await page.evaluate(async () => {
    const times = [];
    let blank = 0;
    scrollTo(0, 0);
    await new Promise((done) => {
      const step = (at) => {
        times.push(at);
        // Looked at now and then: asking where something is makes the browser lay the page out.
        if (times.length % 60 === 0) {
          const there = [0.3, 0.6, 0.9].every((part) => document.elementFromPoint(innerWidth / 2, innerHeight * part)?.closest("tr[data-session]"));
          if (!there) blank += 1;
        }
        if (times.length > 600) return done();
        scrollBy(0, 400);
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
    const frames = times.slice(1).map((at, place) => at - times[place]);
    return { frames, top: scrollY, blank, ids: bench.ids() };
  });
  const { frames, top, blank, ids } = seen;
  if (frames.length !== 600) throw new Error(`${name}: ${frames.length} frames`);
  const most = (truth.rows.byId.size * 36 - 900) * 0.98;
  if (top < Math.min(600 * 400, most)) throw new Error(`${name}: 600 frames came only to ${top}`);
  const all = new Map(truth.list().ids.map((id, place) => [id, place]));
  const places = ids.map((id) => all.get(id));
  if (places.length < 20 || Math.abs(places[0] * 36 - top) > 1500) {
    throw new Error(`${name}: scrolled to ${top}, and the page holds the rows ${places[0]} to ${places.at(-1)}`);
  }
  await page.evaluate(() => scrollTo(0, 0));
  return { slow: frames.filter((time) => time > 34).length, blank, frames };
}
