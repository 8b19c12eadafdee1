// The demonstration: dist-demo/ on a plain file host, under a sub-path, with no server behind it. Nobody waits for
// time to pass: the simulated clock stands still until a story moves it.

import { fileURLToPath } from "node:url";
import { expect, logIn, picture, test as base } from "../fleet.js";
import { host } from "../host.js";
import { isOpen, panel, story } from "../presenter.js";

const DIST = fileURLToPath(new URL("../../../dist-demo/", import.meta.url));
const STORIES = ["agentless-import", "disaster", "failover-test", "metro-fracture", "night-of-backups", "rolled-back"];

const test = base.extend({
  demo: [
    async ({}, use) => {
      const { url, close } = await host(DIST, "/some/folder/");
      await use(url);
      close();
    },
    { scope: "worker" },
  ],
  /** The page, which asks for its own files and for nothing else. */
  page: async ({ page, demo }, use) => {
    const foreign = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(demo)) foreign.push(request.url());
    });
    const asked = [];
    page.on("response", (response) => asked.push(`${response.status()} ${response.url().slice(demo.length)}`));
    await use(page);
    expect(foreign).toEqual([]);
    const wrong = asked.filter((one) => !/^(200|304) (|\?[^/]*|[\w-]+\.(html|js|css|wasm|svg))$/.test(one));
    expect(wrong).toEqual([]);
  },
});

async function open(page, demo, query) {
  await page.goto(demo + query);
  await isOpen(page);
}

async function next(page) {
  const before = await story(page).locator(".step").textContent();
  await story(page).getByRole("button", { name: "Next step" }).click();
  await expect(story(page).locator(".step")).not.toHaveText(before);
}

test("the first page offers six stories and the whole fleet", async ({ page, demo }) => {
  await page.goto(demo);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Array Console: demonstration");
  await expect(page).toHaveTitle("Array Console: demonstration");
  await expect(page.getByText("Simulated fleet.")).toBeVisible();
  await expect(page.locator(".story-card")).toHaveCount(STORIES.length + 1);
  await picture(page, "demo-first-page");
  await page.getByRole("link", { name: "The whole fleet" }).click();
  await expect(page).toHaveURL(`${demo}?scenario=whole`);
  await expect(panel(page)).toBeVisible();
  await expect(story(page)).toHaveCount(0);
  // Somebody is logged in everywhere, on the DFM too.
  await expect(page.getByText("Logged in as admin")).toHaveCount(3);
  await expect(page.getByText("Simulated fleet.")).toBeVisible();
});

for (const name of STORIES) {
  test(`the story ${name} is told to its end`, async ({ page, demo }) => {
    await open(page, demo, `?scenario=${name}&speed=0`);
    await expect(story(page).locator(".step")).toHaveText(/^Step 1 of \d+$/);
    const steps = Number(/\d+$/.exec(await story(page).locator(".step").textContent())[0]);
    for (let step = 1; step <= steps; step += 1) {
      await next(page);
      await expect(panel(page).getByRole("alert")).toBeEmpty();
      await expect(page.locator("main h1")).toBeVisible();
      // However far the story goes on in time, whoever is logged in stays so.
      await page.getByRole("button", { name: "Refresh now" }).click();
      await expect(page.locator(".ages")).toContainText("just now");
      await expect(page.getByRole("form", { name: /^Log in to/ })).toHaveCount(0);
      await picture(page, `demo-${name}-${step}`);
    }
    await expect(story(page).locator(".step")).toHaveText("Told to its end");
    await expect(story(page).getByRole("button", { name: "Next step" })).toBeHidden();
    expect(await story(page).locator(".outcome li").count()).toBeGreaterThan(0);
    await expect(story(page).locator(".outcome .missed")).toHaveCount(0);
  });
}

test("the next step has a key of its own, which typing does not press", async ({ page, demo }) => {
  await open(page, demo, "?scenario=failover-test&speed=0");
  await panel(page).getByLabel("Seed").press("Alt+n");
  await expect(story(page).locator(".step")).toHaveText(/^Step 1/);
  await page.locator("main h1").focus();
  await page.keyboard.press("Alt+n");
  await expect(story(page).locator(".step")).toHaveText(/^Step 2/);
});

test("folded away, the panel gives the console its room, and the story goes on", async ({ page, demo }) => {
  await open(page, demo, "?scenario=failover-test&speed=0");
  const fold = panel(page).getByRole("button", { name: "Fold", exact: true });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await fold.click();
  await expect(panel(page).getByRole("region", { name: "Clock" })).toBeHidden();
  await expect(story(page).locator(".narration")).toBeHidden();
  await story(page).getByRole("button", { name: "Next step" }).click();
  await expect(page.locator("main h1")).toBeVisible();
  await picture(page, "demo-folded");
  await panel(page).getByRole("button", { name: "Unfold" }).click();
  await expect(story(page).locator(".step")).toHaveText(/^Step 2/);
  await expect(panel(page).getByRole("region", { name: "Clock" })).toBeVisible();
});

test("a reload in the middle leaves the story where it was; a new tab begins at the beginning", async ({ page, demo, context }) => {
  const query = "?scenario=failover-test&seed=7&speed=0";
  await open(page, demo, query);
  await next(page);
  await next(page);
  const told = async () => [await story(page).locator(".step").textContent(), await panel(page).locator(".presenter-time").textContent()];
  const [step, time] = await told();
  expect(step).toMatch(/^Step 3/);
  await page.reload();
  await expect(story(page).locator(".step")).toHaveText(step);
  await expect(panel(page).locator(".presenter-time")).toHaveText(time);
  await expect(panel(page).getByRole("alert")).toBeEmpty();
  await next(page);
  const tab = await context.newPage();
  await tab.goto(demo + query);
  await expect(story(tab).locator(".step")).toHaveText(/^Step 1/);
  // Begun anew, this one is there as well.
  await panel(page).getByRole("button", { name: "Begin anew" }).click();
  await expect(story(page).locator(".step")).toHaveText(/^Step 1/);
});

test("the clock stands, runs, and goes to what happens next", async ({ page, demo }) => {
  await open(page, demo, "?scenario=whole&speed=0");
  const clock = panel(page).getByRole("region", { name: "Clock" });
  const time = clock.locator(".presenter-time");
  const before = await time.textContent();
  await clock.getByRole("button", { name: "Next event" }).click();
  await expect(time).not.toHaveText(before);
  await expect(clock.getByRole("button", { name: "Go on" })).toBeVisible();
  await clock.getByRole("button", { name: "×60", exact: true }).click();
  await expect(clock.getByRole("button", { name: "×60", exact: true })).toHaveAttribute("aria-pressed", "true");
  await clock.getByRole("button", { name: "Pause" }).click();
  await expect(clock.getByRole("button", { name: "Go on" })).toBeVisible();
});

test("a fault is switched on, the console says so, and it is switched off", async ({ page, demo }) => {
  await open(page, demo, "?scenario=whole&speed=0");
  await page.getByRole("link", { name: "All work" }).click();
  await expect(page.locator("main tbody tr:not(.space)").first()).toBeVisible();
  const errors = panel(page).getByRole("switch", { name: "Server errors" });
  await errors.click();
  await expect(errors).toBeChecked();
  await expect(page.locator(".notice.trouble")).toContainText("Frankfurt");
  await errors.click();
  await expect(errors).not.toBeChecked();
  await expect(page.locator(".notice.trouble")).toHaveCount(0);
  const link = panel(page).getByRole("switch", { name: "Link between the arrays down" });
  await link.click();
  await expect(link).toBeChecked();
  await link.click();
  await expect(link).not.toBeChecked();
});

test("a login that expires leads to the ordinary login", async ({ page, demo }) => {
  await open(page, demo, "?scenario=whole&speed=0");
  await page.getByRole("link", { name: "All work" }).click();
  await expect(page.locator("main tbody tr:not(.space)").first()).toBeVisible();
  await panel(page).getByRole("button", { name: "Let the logins expire" }).click();
  const form = page.getByRole("form", { name: "Log in to Frankfurt" });
  await logIn(form);
  await expect(form).toHaveCount(0);
});

test("an unknown story is said in its place, and the page goes on", async ({ page, demo }) => {
  await open(page, demo, "?scenario=nothing-like-it&speed=fast");
  await expect(panel(page).getByRole("alert")).toContainText("nothing-like-it");
  await expect(panel(page).getByRole("alert")).toContainText("failover-test");
  await expect(panel(page).getByRole("alert")).toContainText("speed=fast");
  await page.getByRole("link", { name: "All work" }).click();
  await expect(page.locator("main tbody tr:not(.space)").first()).toBeVisible();
});

test("every list fits beside the panel", async ({ page, demo }) => {
  await open(page, demo, "?scenario=whole&speed=0");
  for (const list of ["work", "imports", "replications", "file-imports", "migrations", "jobs", "protection-jobs"]) {
    await page.goto(`${demo}?scenario=whole&speed=0#/${list}`);
    await expect(page.locator("tr[data-session]").first()).toBeVisible();
    for (const width of [1100, 1280, 1440, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      const over = () =>
        page.evaluate(() => {
          const cells = [...document.querySelectorAll("tr[data-session] > *")].map((cell) => cell.getBoundingClientRect());
          return Math.max(...cells.map((cell) => cell.right)) - document.querySelector("table.imports").getBoundingClientRect().right;
        });
      await expect.poll(over, `${list} in ${width} pixels`).toBeLessThanOrEqual(0);
    }
  }
});

test("on paper the strip stays and the panel does not", async ({ page, demo }) => {
  await open(page, demo, "?scenario=whole&speed=0");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Simulated fleet.")).toBeVisible();
  await expect(panel(page)).toBeHidden();
});
