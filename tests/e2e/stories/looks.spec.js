// How it looks: nothing runs out of the window, in light and dark, on a desk and on a phone. The picture in
// the README is taken here: `make screenshot` renews it.

import { ONE_ARRAY, expect, logIn, test } from "../fleet.js";

test.use({ site: ONE_ARRAY, simulator: ["--imports", "24"] });

/** The page of an import that copies, in the fleet as it comes. */
async function openCopy(page, fleet) {
  await page.goto(`${fleet.url}/#/imports?state=Copy_In_Progress`);
  await page.locator("tr[data-session]").first().getByRole("link").click();
  await expect(page.getByRole("group", { name: "State diagram" })).toBeVisible();
  await expect(page.locator(".import-head [data-state]")).toHaveText("Copy In Progress");
}

for (const width of [320, 390, 1440]) {
  for (const colorScheme of ["light", "dark"]) {
    test.describe(`${width} pixels, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 900 }, colorScheme });

      test("no page runs out of the window", async ({ page, fleet }) => {
        const fits = async (what) => {
          const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
          expect(wide, what).toBeLessThanOrEqual(window);
          await page.screenshot({ path: `test-results/looks-${width}-${colorScheme}-${what}.png`, fullPage: true });
        };
        await page.goto(`${fleet.url}/#/`);
        await expect(page.getByRole("button", { name: "Log in", exact: true })).toBeVisible();
        await fits("login");
        await logIn(page);
        await expect(page.getByText("Logged in as admin")).toBeVisible();
        await fits("arrays");
        await page.goto(`${fleet.url}/#/imports`);
        await expect(page.locator("tr[data-session]").first()).toBeVisible();
        await fits("imports");
        await openCopy(page, fleet);
        await fits("import");
        await page.getByRole("region", { name: "Actions" }).getByRole("button", { name: "Cancel import" }).click();
        await expect(page.getByRole("dialog").getByText("read just now")).toBeVisible();
        await fits("dialog");
        await page.keyboard.press("Escape");
        await page.goto(`${fleet.url}/#/journal`);
        await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
        await fits("journal");
      });

      test("no node of the diagram is cut off", async ({ page, fleet }) => {
        await page.goto(`${fleet.url}/#/`);
        await logIn(page);
        await expect(page.getByText("Logged in as admin")).toBeVisible();
        await openCopy(page, fleet);
        const diagram = await page.getByRole("group", { name: "State diagram" }).boundingBox();
        const nodes = page.locator("[data-node]");
        expect(await nodes.count()).toBeGreaterThan(10);
        for (const node of await nodes.all()) {
          const box = await node.boundingBox();
          expect(box.x).toBeGreaterThanOrEqual(diagram.x - 1);
          expect(box.x + box.width).toBeLessThanOrEqual(diagram.x + diagram.width + 1);
        }
      });
    });
  }
}

test.describe("the picture in the README", () => {
  test.use({ viewport: { width: 1440, height: 1000 }, colorScheme: "light" });

  test("shows an import that copies", async ({ page, fleet }) => {
    await page.goto(`${fleet.url}/#/`);
    await logIn(page);
    await expect(page.getByText("Logged in as admin")).toBeVisible();
    await openCopy(page, fleet);
    await expect(page.getByRole("progressbar", { name: "Progress" })).toBeVisible();
    await page.screenshot({ path: process.env.SCREENSHOT ?? "test-results/import.png" });
  });
});
