// A refresh in which one import of a hundred changed: the main thread's time to take it in.

import { ARRAY } from "./site.js";

const LIMIT = 60_000;
const AT_ONCE = 8;
let days = 0;

const isDelta = (url) => /\/import_session\?.*[?&]or=/.test(url.href);
const isWhole = (url) => /\/import_session\?select=id,name/.test(url) && !/[?&](or|id)=/.test(url);

async function pause(page, paused) {
  await page.getByRole("button", { name: paused ? "Pause refresh" : "Resume refresh" }).click();
}

/** After a long pause a page reads everything: that is not what is measured, and is let go by. */
export async function ready(browser) {
  await browser.site.catchUp();
  await pause(browser.page, false);
  await browser.page.waitForResponse((response) => response.url().includes("/import_session?"), { timeout: LIMIT });
  await browser.settle();
  await pause(browser.page, true);
}

/** Puts the start of so many scheduled imports off, the ones in the window first; answers with their ids. */
async function putOff({ site }, truth, count) {
  const list = truth.list();
  const scheduled = list.ids.filter((id) => truth.rows.byId.get(id).state.name === "Scheduled" && !truth.rows.byId.get(id).parent);
  const alone = scheduled.filter((id) => !truth.rows.byId.get(id).isGroup);
  if (alone.length < count) throw new Error(`of ${alone.length} imports that wait for their time ${count} should change`);
  const inWindow = alone.filter((id) => list.ids.indexOf(id) < 18);
  // Spread over the whole list.
  const stride = Math.floor((alone.length - inWindow.length) / (count - inWindow.length));
  const spread = alone.slice(inWindow.length).filter((_, place) => place % stride === 0);
  const chosen = [...inWindow, ...spread].slice(0, count);
  // Never the same time again, for it is looked for in the page.
  days += 1;
  const at = new Date(Date.UTC(2031, 0, days, 6)).toISOString().replace("Z", "+00:00");
  for (let place = 0; place < count; place += AT_ONCE) {
    await Promise.all(
      chosen.slice(place, place + AT_ONCE).map((id) => site.patch(`import_session/${id}`, { scheduled_timestamp: at })),
    );
  }
  return chosen;
}

/** One refresh. The page is paused before and after it. */
export async function refresh(browser, name, truth, round) {
  const { page, site } = browser;
  const what = `${name}: refresh ${round}`;
  const wanted = Math.round(site.imports / 100);
  await site.catchUp();
  // What happens by itself when time passes is a part of the one in a hundred.
  const alone = await truth.reread();
  const chosen = await putOff(browser, truth, wanted - alone.size);
  const changed = new Set([...alone, ...(await truth.reread())]);
  if (changed.size !== wanted) throw new Error(`${what}: ${changed.size} imports changed, not ${wanted}`);
  const visible = truth.list().first.concat(truth.list().ids.slice(10, 18)).filter((id) => changed.has(id));
  if (visible.length === 0) throw new Error(`${what}: none of what changed is in the window`);

  const asked = [];
  const note = (request) => asked.push(request.url());
  page.on("request", note);
  let before = null;
  // From the moment at which the page asks: what it does while it waits for its time does not count.
  await page.route(isDelta, async (route) => {
    before ??= await browser.worked();
    await route.continue();
  });
  const times = await texts(page, visible);
  await page.evaluate(
    ([ids, old]) => {
      const text = (id) => document.querySelector(`tr[data-session="${id}"] .col-scheduled`)?.textContent;
      bench.seen = bench.until(() => ids.every((id, place) => text(id) !== old[place]));
    },
    [visible, times],
  );
  await pause(page, false);
  const late = new Promise((_, reject) => setTimeout(reject, LIMIT, new Error(`${what} has changed nothing`)).unref());
  await Promise.race([page.evaluate(() => bench.seen), late]);
  await idle(page);
  const after = await browser.worked();
  await pause(page, true);
  await page.unroute(isDelta);
  page.off("request", note);
  if (before === null) throw new Error(`${what}: nothing was asked for`);
  if (asked.some(isWhole)) throw new Error(`${what}: the page has read the whole list`);
  await browser.expect(truth.list(), what);
  return { time: after - before, changed };
}

function texts(page, ids) {
  return page.evaluate(
    (ids) => ids.map((id) => document.querySelector(`tr[data-session="${id}"] .col-scheduled`)?.textContent),
    ids,
  );
}

/** Until a quarter of a second has gone by without a request: the jobs are read after the imports. */
async function idle(page) {
  let quiet = Date.now();
  const busy = () => (quiet = Date.now());
  for (const event of ["request", "requestfinished"]) page.on(event, busy);
  while (Date.now() - quiet < 250) await page.waitForTimeout(25);
  for (const event of ["request", "requestfinished"]) page.off(event, busy);
}

/** Fails unless the page has taken in all of `changed`, and nothing besides: ordered by the last update they come first. */
export async function tookIn({ page }, name, truth, changed) {
  const heading = page.locator("thead th.col-updated button");
  await heading.click();
  await heading.click();
  const { summary, first, ids } = truth.list({ column: "updated", descending: true });
  await page.evaluate((list) => bench.until(() => bench.shows(list)), { summary, first });
  const end = Math.max(changed.size - 10, 0);
  await page.evaluate((top) => scrollTo(0, top), end * 36);
  await page.waitForTimeout(300);
  const shown = new Set(await page.evaluate(() => bench.ids()));
  const wrong = ids.slice(end, changed.size + 10).filter((id, place) => !shown.has(id) || changed.has(id) !== place < changed.size - end);
  if (wrong.length > 0) throw new Error(`${name}: of ${changed.size} imports that changed on ${ARRAY.name}, the page shows others: ${wrong.slice(0, 3)}`);
  await page.evaluate(() => scrollTo(0, 0));
  const back = page.locator("thead th.col-name button");
  await back.click();
}
