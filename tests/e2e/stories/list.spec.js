// The list: how much of it is in the page, what a refresh touches, and its address.

import { ONE_ARRAY, expect, logIn, refresh, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

async function openList(page, fleet, query = "") {
  await page.goto(`${fleet.url}/#/`);
  await logIn(page);
  await expect(page.getByText("Logged in as admin")).toBeVisible();
  await page.goto(`${fleet.url}/#/imports${query}`);
  await expect(page.locator("tr[data-session]").first()).toBeVisible();
}

test.describe("with 4,000 imports", () => {
  test.use({ simulator: ["--imports", "8000"] });

  test("the page holds about as many rows as fit the window, wherever it is scrolled to", async ({ page, fleet }) => {
    await openList(page, fleet);
    await expect(page.getByText(/4,?000 imports/)).toBeVisible();
    const rows = page.locator("tr[data-session]");
    const fit = Math.ceil(page.viewportSize().height / 30);
    expect(await rows.count()).toBeLessThan(3 * fit);
    const first = await rows.first().getAttribute("data-session");
    await page.locator("tr[data-session]").first().focus();
    await page.keyboard.press("End");
    await expect(page.getByRole("row").last()).toHaveAttribute("aria-rowindex", "4001");
    expect(await rows.count()).toBeLessThan(3 * fit);
    await page.keyboard.press("Home");
    await expect(page.locator(`tr[data-session="${first}"]`)).toBeFocused();
  });
});

test.describe("with the fleet as it comes", () => {
  test.use({ simulator: ["--imports", "24"] });

  test("a refresh touches only the rows that changed", async ({ page, fleet }) => {
    await openList(page, fleet);
    const state = page.locator("tr[data-session]").filter({ hasText: "Ready To Start Copy" }).first();
    const id = await state.getAttribute("data-session");
    await page.evaluate(() => {
      window.touched = new Set();
      new MutationObserver((changes) => {
        for (const change of changes) {
          const node = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
          const row = node?.closest?.("tr[data-session]");
          if (row) window.touched.add(row.dataset.session);
          else for (const added of change.addedNodes) if (added.matches?.("tr[data-session]")) window.touched.add("a whole row");
        }
      }).observe(document.querySelector("table"), { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await fleet.api("POST", `import_session/${id}/cancel`, {});
    await refresh(page);
    await expect(page.locator(`tr[data-session="${id}"]`)).toContainText("Cancel In Progress");
    expect(await page.evaluate(() => [...window.touched])).toEqual([id]);
  });

  test("filter and sort stand in the address, and a link brings them back", async ({ page, fleet }) => {
    await openList(page, fleet);
    const total = await page.locator("tr[data-session]").count();
    await page.getByRole("button", { name: /^paused/ }).click();
    await page.getByRole("button", { name: "Last update" }).click();
    await expect(page).toHaveURL(/phase=paused/);
    await expect(page).toHaveURL(/sort=/);
    const shown = await page.locator("tr[data-session]").count();
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(total);
    const address = page.url();
    await page.goto(`${fleet.url}/#/journal`);
    await page.goto(address);
    await expect(page.locator("tr[data-session]")).toHaveCount(shown);
    await expect(page.getByRole("columnheader", { name: "Last update" })).toHaveAttribute("aria-sort", /ascending|descending/);
    await page.getByRole("searchbox", { name: "Filter imports" }).fill("no such import");
    await expect(page.locator("tr[data-session]")).toHaveCount(0);
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });

  test("paused, nothing is asked until the person wants it; and hidden, nothing either", async ({ page, fleet }) => {
    await openList(page, fleet);
    const asked = async () => Object.values((await fleet.truth()).requests).reduce((sum, count) => sum + count, 0);
    await page.getByRole("button", { name: "Pause refresh" }).click();
    const before = await asked();
    await page.clock.runFor(120_000);
    expect(await asked()).toBe(before);
    await refresh(page);
    await expect.poll(asked).toBeGreaterThan(before);
    await page.getByRole("button", { name: "Resume refresh" }).click();
    const resumed = await asked();
    await page.clock.runFor(7_000);
    await expect.poll(asked).toBeGreaterThan(resumed);
  });
});
