// Protection jobs of a NetApp DFM: found, followed, aborted and purged, their schedule, and a browser that is
// never made to ask for a password itself.

import { BOTH_FAMILIES, ONE_ARRAY, act, answer, ask, button, ends, expect, logIn, openAlone, picture, refresh, refuses, shows, test as base } from "../fleet.js";

const DFM_ALONE = { ...ONE_ARRAY, arrays: [{ id: "dfm", name: "DFM", kind: "dfm", url: "arrays/dfm/" }] };

const test = base.extend({
  /** The fleet with the DFM in hand. */
  dfm: async ({ fleet }, use) => use(fleet.on("dfm")),
  /** No prompt: the browser is never asked for a login by a challenge that reaches it. */
  prompts: [
    async ({ page }, use) => {
      const prompts = [];
      const browser = await page.context().newCDPSession(page);
      // What has been let go on may belong to a page that is gone.
      const send = (method, parameters) => browser.send(method, parameters).catch(() => {});
      browser.on("Fetch.requestPaused", ({ requestId }) => send("Fetch.continueRequest", { requestId }));
      browser.on("Fetch.authRequired", ({ requestId, request }) => {
        prompts.push(request.url);
        return send("Fetch.continueWithAuth", { requestId, authChallengeResponse: { response: "CancelAuth" } });
      });
      await browser.send("Fetch.enable", { handleAuthRequests: true });
      await use(prompts);
      expect(prompts).toEqual([]);
    },
    { auto: true },
  ],
});

test.use({ site: DFM_ALONE, simulator: ["--imports", "0", "--protection-jobs", "60"] });

const rows = (page) => page.locator("tr[data-session]");
const search = (page) => page.getByRole("searchbox", { name: "Filter protection jobs" });
const events = (page) => page.getByRole("region", { name: "Events" });
const jobs = (dfm) => dfm.truth().then(({ sessions }) => Object.entries(sessions));

/** Opens the page, logs in, and goes to this place. */
async function open(page, dfm, place) {
  await page.goto(`${dfm.url}/#/`);
  await logIn(page);
  await expect(page.getByText("Logged in as admin")).toBeVisible();
  await page.goto(`${dfm.url}/#/${place}`);
}

async function openList(page, dfm) {
  await open(page, dfm, "arrays/dfm/protection-jobs");
  await expect(rows(page).first()).toBeVisible();
}

/** Shows all jobs that the server keeps. */
async function showAll(page) {
  await page.getByLabel("Protection jobs begun in the").selectOption({ label: "all that are kept" });
}

/** A job of this type, asked for by a person; answers with its id. */
async function born(dfm, kind, dataset = "Mail") {
  return (await dfm.event(dataset, kind)).session;
}

/** The same, once it runs. */
async function running(dfm, kind, dataset) {
  const id = await born(dfm, kind, dataset);
  await dfm.event(id, "worker_takes_it");
  expect(await dfm.state(id)).toBe("running");
  return id;
}

const openJob = (page, dfm, id) => openAlone(page, dfm, "protection-jobs", id);

test("a job that failed is found among those of the night, and tells why", async ({ page, dfm }) => {
  await dfm.control("reset", { failures: 60, protection_jobs: 300 });
  const failed = (await jobs(dfm)).filter(([, job]) => job.overall.includes("failed"));
  const [id, job] = failed.findLast(([, job]) => job.overall === "failed");
  await openList(page, dfm);
  await showAll(page);
  await search(page).fill("outcome:failed");
  const row = page.locator(`tr[data-session="${id}"]`);
  await expect(row).toContainText("Failed");
  await expect(page.getByText(`${failed.length} of 300 protection jobs`)).toBeVisible();
  await picture(page, "protection-failed-jobs");
  await row.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(job.name);
  await expect(page.getByText("Outcome: ")).toContainText("Failed");
  // What went wrong stands on top, in the server's own words.
  const first = events(page).locator(".subtask").first();
  await expect(first.getByText("error", { exact: false }).first()).toBeVisible();
  await expect(first.locator(".words.bad")).not.toBeEmpty();
  await picture(page, "protection-job-failed");
  const current = await events(page).getByRole("listitem").count();
  await events(page).getByRole("button", { name: "Full history" }).click();
  await expect.poll(() => events(page).getByRole("listitem").count()).toBeGreaterThan(current);
});

test("a running transfer is aborted, and is Aborting until the server says that it is Aborted", async ({ page, dfm }) => {
  const id = await running(dfm, "on_demand_backup");
  await openJob(page, dfm, id);
  await shows(page, "Running");
  await act(page, "Abort");
  await shows(page, "Aborting");
  expect(await dfm.state(id)).toBe("aborting");
  await refresh(page);
  await shows(page, "Aborting");
  await dfm.until(id, "aborted", 2);
  await ends(page, dfm, "Done.");
  await shows(page, "Aborted");
  await expect(page.getByText("Outcome: ")).toContainText("Canceled");
  expect(await dfm.carriedOut("dp-job-abort")).toBe(1);
});

test("a job that is over is not aborted, and the page says so before anybody asks", async ({ page, dfm }) => {
  const id = await running(dfm, "on_demand_backup");
  await dfm.event(id, "subtasks_ended");
  await openJob(page, dfm, id);
  await refuses(page, "Abort", /ended already.*22218/);
});

test("a job that is aborted is not aborted again, and the page says so before anybody asks", async ({ page, dfm }) => {
  const id = await running(dfm, "on_demand_backup");
  await dfm.event(id, "dataset_fails_over");
  await dfm.until(id, "aborted", 2);
  await openJob(page, dfm, id);
  await refuses(page, "Abort", /aborted already.*22219/);
});

for (const [what, number, word, meanwhile] of [
  ["ended", "22218", "EJOBALREADYCOMPLETED", (dfm, id) => dfm.event(id, "subtasks_ended")],
  [
    "was aborted",
    "22219",
    "EJOBALREADYABORTED",
    async (dfm, id) => {
      await dfm.event(id, "dataset_fails_over");
      await dfm.until(id, "aborted", 1);
    },
  ],
]) {
  test(`a job that ${what} while the dialog was open: the server refuses, in words`, async ({ page, dfm }) => {
    const id = await running(dfm, "on_demand_backup");
    await openJob(page, dfm, id);
    // A read of the page would close the dialog's case before the person does.
    await page.getByRole("button", { name: "Pause refresh" }).click();
    await ask(page, "Abort");
    await meanwhile(dfm, id);
    await answer(page, "Abort");
    await expect(page.locator(".act-sentence")).toContainText("Refused, and nothing was done");
    await expect(page.locator(".act-sentence")).toContainText(number);
    await expect(page.locator(".act-sentence")).toContainText(word);
    expect(await dfm.carriedOut("dp-job-abort")).toBe(0);
  });
}

test("a job of a type that cannot be stopped: the console doubts, the server refuses, in words", async ({ page, dfm }) => {
  const id = await running(dfm, "configuration");
  await openJob(page, dfm, id);
  await expect(button(page, "Abort")).toHaveAccessibleDescription(/Probably refused.*22220/);
  await act(page, "Abort");
  await expect(page.locator(".act-sentence")).toContainText("Refused, and nothing was done");
  await expect(page.locator(".act-sentence")).toContainText("22220");
  await expect(page.locator(".act-sentence")).toContainText("EJOBCANNOTBEABORTED");
  await shows(page, "Running");
});

test("a purge takes what it counted, after the name was typed, and the list has the rest", async ({ page, dfm }) => {
  await dfm.control("reset", { failures: 60, protection_jobs: 300 });
  const there = (await jobs(dfm)).length;
  await openList(page, dfm);
  await showAll(page);
  await expect(page.getByText(`${there} protection jobs`)).toBeVisible();
  await page.goto(`${dfm.url}/#/arrays/dfm`);
  await page.getByRole("link", { name: "Purge" }).click();
  await expect(page.getByRole("heading", { name: "Purge jobs of DFM" })).toBeVisible();
  const send = page.getByRole("button", { name: /^Purge \d+ jobs$/ });
  const counted = async () => Number(/\d+/.exec(await send.textContent())[0]);
  const yesterday = await page.evaluate(() => {
    const day = new Date(Date.now() - 86_400_000);
    return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  });
  await page.getByLabel("Jobs that were over before").fill(yesterday);
  await expect(page.getByText(/jobs would go: the oldest ended .+, the newest /)).toBeVisible();
  const without = await counted();
  await page.getByLabel("Also those that ended with an error").check();
  await expect.poll(counted).toBeGreaterThan(without);
  await page.getByLabel("Also those that ended with an error").uncheck();
  await expect.poll(counted).toBe(without);
  expect(without).toBeGreaterThan(0);
  await expect(send).toBeDisabled();
  await page.getByLabel("To confirm, type DFM").fill("DF");
  await expect(send).toBeDisabled();
  await page.getByLabel("To confirm, type DFM").fill("DFM");
  await picture(page, "protection-purge");
  await send.click();
  await expect(page.getByText("Done.")).toBeVisible();
  expect((await jobs(dfm)).length).toBe(there - without);
  await page.getByRole("link", { name: "Protection jobs", exact: true }).click();
  await showAll(page);
  await refresh(page);
  await expect(page.getByText(`${there - without} protection jobs`)).toBeVisible();
});

test("a local, then remote backup is followed to its end, both diagrams and its events", async ({ page, dfm }) => {
  const id = await born(dfm, "local_then_remote_backup", "ERP database");
  await openJob(page, dfm, id);
  await shows(page, "Queued");
  const progress = page.getByRole("region", { name: "Progress", exact: true });
  await expect(progress.getByRole("group", { name: "Progress diagram" })).toBeVisible();
  await dfm.event(id, "worker_takes_it");
  await refresh(page);
  await shows(page, "Running");
  await expect(page.getByRole("region", { name: "State", exact: true }).locator(".node.here")).toContainText("Running");
  await expect(progress.locator(".node.here")).toContainText("In progress");
  // First the snapshot at home, then its way to the other filer.
  await expect(async () => {
    await dfm.advance(5);
    await refresh(page);
    await expect(events(page).locator("[data-kind^=snapvault-]").first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(events(page).locator("[data-kind=snapshot-create]").first()).toBeVisible();
  await picture(page, "protection-job-runs");
  await dfm.until(id, "completed", 60);
  await refresh(page);
  await shows(page, "Completed");
  await expect(progress.locator(".node.here")).toContainText("Success");
  await expect(page.getByText("Outcome: ")).toContainText("Succeeded");
  const transferred = page.getByRole("region", { name: "Transfer" });
  await expect(transferred).toContainText(/Transferred[\d.]+ [KMGT]iB/);
  await expect(page.getByRole("region", { name: "Path" }).getByRole("listitem")).toHaveCount(3);
});

test("an entry of the schedule becomes a job, which is marked as a guess", async ({ page, dfm }) => {
  await open(page, dfm, "arrays/dfm/schedule?week=1");
  const table = page.getByRole("table", { name: "Entries" });
  await expect(table.getByRole("row").nth(1)).toBeVisible();
  await picture(page, "protection-schedule-week");
  await page.getByRole("combobox", { name: /^Dataset/ }).selectOption({ label: "Home directories" });
  await expect(table.getByRole("cell", { name: "Mail", exact: true })).toHaveCount(0);
  const entry = table.getByRole("row").nth(1);
  await expect(entry).toContainText("Home directories");
  await expect(entry).not.toContainText("guess");
  // Both clocks go on together, until the entry is due.
  await expect(async () => {
    await dfm.advance(300);
    await page.clock.fastForward(300_000);
    await refresh(page);
    await expect(entry).toContainText("(a guess)", { timeout: 500 });
  }).toPass({ timeout: 40_000 });
  await picture(page, "protection-schedule-became");
  const words = await entry.getByRole("link").textContent();
  const id = /\d+/.exec(words)[0];
  const { dataset, type } = (await dfm.truth()).sessions[id];
  expect(dataset).toBe("Home directories");
  await expect(entry).toContainText(type.replaceAll("_", " "));
  await entry.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Home directories");
});

test("a name with letters beyond ASCII and signs of markup is shown, found and asked for as it stands", async ({ page, dfm }) => {
  const name = "Büro & <Archiv>";
  const id = await running(dfm, "on_demand_backup", name);
  const own = (await jobs(dfm)).filter(([, job]) => job.dataset === name).length;
  await openList(page, dfm);
  await showAll(page);
  await expect(page.locator(`tr[data-session="${id}"]`)).toContainText(`Backup of ${name} on demand`);
  await search(page).fill(`dataset="${name}"`);
  await expect(rows(page)).toHaveCount(own);
  for (const row of await rows(page).all()) await expect(row).toContainText(name);
  await page.locator(`tr[data-session="${id}"]`).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Backup of ${name} on demand`);
  await expect(page.getByRole("region", { name: "Properties" })).toContainText(name);
  await expect(page.locator("archiv")).toHaveCount(0);
});

test.describe("with 50,000 jobs", () => {
  test.use({ simulator: ["--imports", "0", "--protection-jobs", "50000"] });

  test("the page answers while it reads, and holds as many rows as fit the window", async ({ page, dfm }) => {
    test.setTimeout(180_000);
    await page.addInitScript(() => {
      window.longest = 0;
      const longer = (list) => (window.longest = Math.max(window.longest, ...list.getEntries().map((task) => task.duration)));
      new PerformanceObserver(longer).observe({ type: "longtask" });
    });
    await openList(page, dfm);
    // A server that takes its time, so that there is a time while it reads.
    await dfm.fault("slow", { match: { path_contains: "iter-next" }, delay_ms: 300 });
    const asked = async () => (await dfm.truth()).requests["dp-job-list-iter-next"] ?? 0;
    const before = await asked();
    await showAll(page);
    await expect.poll(asked).toBeGreaterThan(before);
    await page.getByRole("button", { name: "Help for the filter" }).click();
    await expect(page.getByText("Every term must fit.")).toBeVisible();
    await page.keyboard.press("Escape");
    expect((await dfm.truth()).iterators).toBeGreaterThan(0);
    await dfm.clear();
    await expect(page.getByText(/^50,?0\d\d protection jobs$/)).toBeVisible({ timeout: 120_000 });
    const fit = Math.ceil(page.viewportSize().height / 30);
    expect(await rows(page).count()).toBeLessThan(3 * fit);
    await rows(page).first().focus();
    await page.keyboard.press("End");
    await expect(rows(page).last()).toBeFocused();
    expect(await rows(page).count()).toBeLessThan(3 * fit);
    await expect.poll(async () => (await dfm.truth()).iterators).toBe(0);
    // Told and not judged: how fast the machine is that day is not the page's doing.
    console.log(`      longest task: ${await page.evaluate(() => window.longest)} ms`);
  });
});

test.describe("with a list of several pages", () => {
  test.use({ simulator: ["--imports", "0", "--protection-jobs", "3000"] });

  test("a server that forgets the list in the middle of it is asked anew, and nobody notices", async ({ page, dfm }) => {
    await openList(page, dfm);
    await showAll(page);
    const all = page.getByText(/^3,?\d{3} protection jobs$/);
    await expect(all).toBeVisible();
    const words = await all.textContent();
    const asked = async (call) => (await dfm.truth()).requests[`dp-job-list-iter-${call}`];
    const [starts, nexts] = [await asked("start"), await asked("next")];
    // So slow that there is a time between the pages.
    await dfm.fault("slow", { match: { path_contains: "iter-next" }, delay_ms: 400 });
    await refresh(page);
    await expect.poll(() => asked("next")).toBeGreaterThan(nexts);
    await dfm.fault("forget_iterators");
    await expect.poll(async () => (await dfm.truth()).faults).toEqual(["slow"]);
    await expect.poll(() => asked("start")).toBe(starts + 2);
    await dfm.clear();
    await expect.poll(async () => (await dfm.truth()).iterators).toBe(0);
    await expect(page.getByText(words, { exact: true })).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveCount(0);
  });

  test("who leaves the page in the middle of a list leaves nothing behind on the server", async ({ page, dfm }) => {
    await openList(page, dfm);
    await dfm.fault("slow", { match: { path_contains: "iter-next" }, delay_ms: 500, times: 1 });
    await showAll(page);
    await expect.poll(async () => (await dfm.truth()).iterators).toBeGreaterThan(0);
    await page.goto(`${dfm.url}/#/journal`);
    await expect.poll(async () => (await dfm.truth()).iterators).toBe(0);
  });
});

test.describe("beside PowerStores", () => {
  test.use({ site: BOTH_FAMILIES, simulator: ["--imports", "0", "--jobs", "4", "--protection-jobs", "60"] });

  test("after a reload the DFM asks for its password again, and the PowerStore's lists work meanwhile", async ({ page, fleet }) => {
    const id = await fleet.create("after_reload_01");
    await page.goto(`${fleet.url}/#/`);
    for (const array of ["Frankfurt", "DFM"]) {
      const form = page.getByRole("form", { name: `Log in to ${array}` });
      await logIn(form);
      await expect(form).toHaveCount(0);
    }
    await page.goto(`${fleet.url}/#/imports`);
    await expect(page.locator(`tr[data-session="${id}"]`)).toBeVisible();
    await page.reload();
    await expect(page.locator(`tr[data-session="${id}"]`)).toBeVisible();
    await fleet.create("after_reload_02");
    await refresh(page);
    await expect(page.getByRole("row").filter({ hasText: "after_reload_02" })).toBeVisible();
    // Jobs of both families are in one list; those of the DFM are not there, and why is said.
    await page.goto(`${fleet.url}/#/jobs`);
    await expect(page.getByRole("link", { name: "Log in to DFM" })).toBeVisible();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
    expect(kept).not.toContain("Password123!");
    expect(kept).not.toContain(Buffer.from("admin:Password123!").toString("base64"));
    await page.getByRole("link", { name: "Log in to DFM" }).click();
    const form = page.getByRole("form", { name: "Log in to DFM" });
    await logIn(form);
    await expect(form).toHaveCount(0);
    await page.goto(`${fleet.url}/#/jobs`);
    await expect(rows(page).filter({ hasText: "DFM" }).first()).toBeVisible();
    await page.getByRole("searchbox", { name: "Filter jobs" }).fill("array:frankfurt");
    await expect(rows(page).filter({ hasText: "Frankfurt" }).first()).toBeVisible();
  });
});

test.describe("work of both families", () => {
  test.use({ site: BOTH_FAMILIES, simulator: ["--imports", "24"] });

  test("fits a window of any width, whatever the list is of", async ({ page, fleet }) => {
    await page.goto(`${fleet.url}/#/`);
    for (const array of ["Frankfurt", "DFM"]) {
      const form = page.getByRole("form", { name: `Log in to ${array}` });
      await logIn(form);
      await expect(form).toHaveCount(0);
    }
    for (const list of ["work", "imports", "replications", "file-imports", "migrations", "jobs", "protection-jobs"]) {
      await page.goto(`${fleet.url}/#/${list}`);
      await expect(rows(page).first()).toBeVisible();
      for (const width of [320, 719, 720, 1023, 1024, 1279, 1280, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        await expect.poll(over, `${list} in ${width} pixels`).toBeLessThanOrEqual(0);
      }
    }
  });
});

test.describe("a server of the first generation", () => {
  test.use({ simulator: ["--imports", "0", "--protection-jobs", "60", "--release", "dfm=3.6.2"] });

  test("tells less, and its jobs are followed all the same", async ({ page, dfm }) => {
    const id = await born(dfm, "on_demand_backup");
    await openJob(page, dfm, id);
    await shows(page, "Queued");
    await dfm.event(id, "worker_takes_it");
    await refresh(page);
    await shows(page, "Running");
    await dfm.until(id, "completed", 60);
    await refresh(page);
    await shows(page, "Completed");
    await expect(page.getByText("Outcome: ")).toContainText("Succeeded");
    await page.goto(`${dfm.url}/#/arrays/dfm`);
    await expect(page.getByText("release 3.6.2")).toBeVisible();
  });
});

test("a wrong password is refused in words, and the browser asks nothing itself", async ({ page, dfm }) => {
  await page.goto(`${dfm.url}/#/`);
  await logIn(page, "admin", "wrong");
  await expect(page.getByText("rejected the name admin")).toBeVisible();
  expect((await dfm.truth()).logins.wrong).toBe(1);
  await logIn(page);
  await expect(page.getByText("Logged in as admin")).toBeVisible();
});

test("who may look only is refused in the server's words, and stays logged in", async ({ page, dfm }) => {
  const id = await running(dfm, "on_demand_backup");
  await openAlone(page, dfm, "protection-jobs", id, "viewer");
  await act(page, "Abort");
  await expect(page.locator(".act-sentence")).toContainText("EACCESSDENIED");
  await expect(page.getByLabel("User")).toHaveCount(0);
  expect(await dfm.carriedOut("dp-job-abort")).toBe(0);
});

for (const [width, colorScheme] of [[320, "light"], [390, "dark"], [1440, "light"]]) {
  test.describe(`${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 900 }, colorScheme });

    test("no page of a DFM runs out of the window", async ({ page, dfm }) => {
      const id = await running(dfm, "local_then_remote_backup", "ERP database");
      await openJob(page, dfm, id);
      await expect(events(page).getByRole("listitem").first()).toBeVisible();
      for (const place of ["protection-jobs/" + id, "protection-jobs", "schedule", "schedule?week=1", "purge"]) {
        await page.goto(`${dfm.url}/#/arrays/dfm/${place}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(wide, place).toBeLessThanOrEqual(window);
        await picture(page, `protection-${place.replace(/\W+/g, "-")}-${width}-${colorScheme}`);
      }
    });
  });
}
