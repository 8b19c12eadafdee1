// The list as a tool: what it finds, shows, selects and exports, how much of it is in the page, what a
// refresh touches, and that nothing moves under a person's hand.

import { readFileSync } from "node:fs";

import { ONE_ARRAY, expect, logIn, refresh, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

async function openList(page, fleet, query = "") {
  await page.goto(`${fleet.url}/#/`);
  await logIn(page);
  await expect(page.getByText("Logged in as admin")).toBeVisible();
  await page.goto(`${fleet.url}/#/imports${query}`);
  await expect(rows(page).first()).toBeVisible();
  // The first page of a long list is shown before the others have come.
  await expect(page.locator(".summary")).not.toContainText("so far");
}

const rows = (page) => page.locator("tr[data-session]");
const rowOf = (page, id) => page.locator(`tr[data-session="${id}"]`);
const search = (page) => page.getByRole("searchbox", { name: "Filter imports" });
const bar = (page) => page.getByRole("region", { name: "Selection" });
const menuButton = (row) => row.getByRole("button", { name: /^Actions for / });
const shownIds = (page) => rows(page).evaluateAll((all) => all.map((row) => row.dataset.session));
const names = async (page) => (await rows(page).getByRole("rowheader").allTextContents()).map((name) => name.replace("…", ""));

/** The imports of this state that can be deleted by themselves: those that belong to no group. */
async function alone(fleet, state = "Import_Completed") {
  const query = `select=id,parent_session_id,destination_resource_type&state=eq.${state}&limit=2000`;
  const { body } = await fleet.api("GET", `import_session?${query}`);
  const single = (session) => !session.parent_session_id && session.destination_resource_type !== "volume_group";
  return body.filter(single).map((session) => session.id);
}

/** Lets the console read again by itself, as often as it takes: the hand stays where it is. */
async function rereads(page, check, pace = 6_000) {
  await expect(async () => {
    await page.clock.runFor(pace);
    await check({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
}

/** What the clipboard holds. */
async function copied(page, context, press) {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await press();
  await expect(bar(page).getByText(/: copied\.$/)).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The text of the file that the page saves, and its name. */
async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
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
    // Time left counts down by the page's clock, in every row that copies: here only the array may change rows.
    await page.clock.setFixedTime(new Date());
    await openList(page, fleet);
    // Names come after their rows: until then a cell holds an id.
    await expect(rows(page).getByRole("cell", { name: /^[0-9a-f]{8}-/ })).toHaveCount(0);
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

test.describe("the filter", () => {
  test.use({ simulator: ["--imports", "60"] });

  test("speaks of fields, and says what it does not understand", async ({ page, fleet }) => {
    await openList(page, fleet);
    const all = await rows(page).count();
    await search(page).fill("state:paused");
    await expect(rows(page).first()).toContainText("Paused");
    expect(await rows(page).filter({ hasNotText: "Paused" }).count()).toBe(0);
    await search(page).fill("-state:paused progress>50 progress<=100");
    const percents = await page.locator("tr[data-session] .percent").allTextContents();
    expect(percents.length).toBeGreaterThan(0);
    expect(percents.every((text) => Number.parseInt(text, 10) > 50)).toBe(true);
    await search(page).fill("colour:red");
    await expect(page.getByText("no field ‘colour’; it is searched as a word")).toBeVisible();
    await search(page).fill("progress>lots");
    await expect(page.getByText("‘progress>lots’ is left out")).toBeVisible();
    await expect(rows(page)).toHaveCount(all);
    await expect(page).toHaveURL(/text=progress%3Elots/);
  });

  test("explains itself to the keyboard", async ({ page, fleet }) => {
    await openList(page, fleet);
    await search(page).focus();
    await page.keyboard.press("Tab");
    const help = page.getByRole("button", { name: "Help for the filter" });
    await expect(help).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(help).toHaveAttribute("aria-expanded", "true");
    await expect(page.getByText("cutover:automatic")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByText("cutover:automatic")).toBeHidden();
    await expect(help).toBeFocused();
  });

  test("is written by choices, for those who use the mouse", async ({ page, fleet }) => {
    await openList(page, fleet);
    await page.getByRole("combobox", { name: "Type" }).selectOption("Agentless");
    await expect(search(page)).toHaveValue("type:Agentless");
    expect(await rows(page).filter({ hasText: "Non-disruptive" }).count()).toBe(0);
    await search(page).fill("type:Non-disruptive paused");
    await expect(page.getByRole("combobox", { name: "Type" })).toHaveValue("Non-disruptive");
    await page.getByRole("combobox", { name: "Type" }).selectOption("");
    await expect(search(page)).toHaveValue("paused");
  });
});

test.describe("columns", () => {
  test.use({ simulator: ["--imports", "24"] });

  test("are chosen, ordered by, and stand in the address", async ({ page, fleet }) => {
    await openList(page, fleet);
    await expect(page.getByRole("columnheader", { name: "Cutover" })).toHaveCount(0);
    await page.getByRole("button", { name: "Columns", exact: true }).click();
    for (const name of ["Cutover", "Remote system", "Error", "Group"]) await page.getByRole("checkbox", { name, exact: true }).check();
    await page.getByRole("checkbox", { name: "Rate", exact: true }).uncheck();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/columns=name,array,remote,source,destination,type,group,state,progress,left,scheduled,updated,cutover,error/);
    await expect(page.getByRole("columnheader", { name: "Rate" })).toHaveCount(0);
    for (const column of await page.getByRole("columnheader").filter({ has: page.getByRole("button") }).all()) {
      await column.getByRole("button").click();
      await expect(column).toHaveAttribute("aria-sort", /ascending|descending/);
    }
    await page.getByRole("columnheader", { name: "Cutover" }).getByRole("button").click();
    await page.reload();
    await expect(page.getByRole("columnheader", { name: "Cutover" })).toHaveAttribute("aria-sort", "ascending");
    await expect(page.getByRole("cell", { name: "automatic" }).first()).toBeVisible();
    await page.getByRole("button", { name: "Columns", exact: true }).click();
    await page.getByRole("button", { name: "As at first" }).click();
    await expect(page).not.toHaveURL(/columns=/);
  });
});

test.describe("the selection", () => {
  test.use({ simulator: ["--imports", "24"] });

  test("is made by mouse and keyboard, and survives refresh, filter and order", async ({ page, fleet }) => {
    await openList(page, fleet);
    const ids = await shownIds(page);
    const name = await rowOf(page, ids[1]).getByRole("rowheader").textContent();
    const tick = (id) => rowOf(page, id).getByRole("checkbox");
    await tick(ids[1]).click();
    await tick(ids[3]).click({ modifiers: ["Shift"] });
    await expect(bar(page).getByText("3 selected", { exact: true })).toBeVisible();
    await rowOf(page, ids[5]).focus();
    await page.keyboard.press("Space");
    await expect(tick(ids[5])).toBeChecked();
    await refresh(page);
    await page.getByRole("columnheader", { name: "State" }).getByRole("button").click();
    await expect(bar(page).getByText("4 selected", { exact: true })).toBeVisible();
    await search(page).fill(`name:${name}`);
    await expect(bar(page).getByText("4 selected, 3 of them not shown")).toBeVisible();
    await search(page).fill("");
    for (const id of [ids[1], ids[2], ids[3], ids[5]]) await expect(tick(id)).toBeChecked();
    await page.getByRole("checkbox", { name: `Select all ${ids.length} shown` }).click();
    await expect(bar(page).getByText(`${ids.length} selected`, { exact: true })).toBeVisible();
    await rowOf(page, ids[0]).focus();
    await page.keyboard.press("Escape");
    await expect(bar(page)).toBeHidden();
  });

  test("loses what is gone, and says so", async ({ page, fleet }) => {
    await fleet.control("reset", { imports: 60 });
    const [gone, stays] = await alone(fleet);
    await openList(page, fleet, "?state=Import_Completed");
    await rowOf(page, gone).getByRole("checkbox").click();
    await rowOf(page, stays).getByRole("checkbox").click();
    expect((await fleet.api("DELETE", `import_session/${gone}`)).status).toBe(204);
    await refresh(page);
    await expect(bar(page).getByText("1 selected. 1 that was selected is gone from its array")).toBeVisible();
    await bar(page).getByRole("button", { name: "Clear" }).click();
    await expect(rowOf(page, stays).getByRole("checkbox")).not.toBeChecked();
  });

  test("is copied as a link that shows just these", async ({ page, context, fleet }) => {
    await openList(page, fleet);
    const ids = await shownIds(page);
    for (const id of [ids[2], ids[4]]) await rowOf(page, id).getByRole("checkbox").click();
    const link = await copied(page, context, () => bar(page).getByRole("button", { name: "Copy as link" }).click());
    await page.goto(`${fleet.url}/#/journal`);
    await page.goto(link);
    await expect(rows(page)).toHaveCount(2);
    expect((await shownIds(page)).sort()).toEqual([ids[2], ids[4]].sort());
    await expect(page.getByText("Only the 2 imports of the link are shown.")).toBeVisible();
    const wanted = await names(page);
    expect(await copied(page, context, () => bar(page).getByRole("button", { name: "Copy names" }).click())).toBe(wanted.join("\n"));
    await page.getByRole("button", { name: "Show all imports" }).click();
    await expect(rows(page)).not.toHaveCount(2);
  });

  test("is saved as a table and as JSON, with exact values", async ({ page, fleet }) => {
    await fleet.control("reset", { imports: 0, failures: 0 });
    await fleet.copying("-1-2");
    await fleet.copying("plain_01");
    await fleet.advance(120);
    await openList(page, fleet);
    await page.getByRole("checkbox", { name: "Select all 2 shown" }).click();
    const csv = await saved(page, () => bar(page).getByRole("button", { name: "CSV" }).click());
    expect(csv.name).toMatch(/^imports-\d{4}-\d\d-\d\dT\d{6}Z\.csv$/);
    const lines = csv.text.split("\r\n");
    expect(lines[0]).toMatch(/^array,array_name,id,name,remote_system_id/);
    expect(lines).toHaveLength(4);
    expect(csv.text).toContain(",'-1-2,");
    expect(csv.text).toContain(",plain_01,");
    const json = JSON.parse((await saved(page, () => bar(page).getByRole("button", { name: "JSON" }).click())).text);
    const { sessions } = await fleet.truth();
    expect(json).toHaveLength(2);
    for (const line of json) {
      expect(line.state).toBe(sessions[line.id].state);
      expect(Number.isInteger(line.rate_bytes_per_second)).toBe(true);
      expect(line.updated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
    }
    await bar(page).getByRole("button", { name: "Clear" }).click();
    await search(page).fill("plain");
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const shown = await saved(page, () => page.getByRole("button", { name: "Save as JSON" }).click());
    expect(JSON.parse(shown.text).map((line) => line.name)).toEqual(["plain_01"]);
  });

  test("where the browser does not let the page copy, the text is shown and marked", async ({ page, fleet }) => {
    await page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
    });
    await openList(page, fleet, "?text=paused");
    const share = page.getByRole("button", { name: "Share", exact: true });
    await share.click();
    await page.getByRole("button", { name: "Copy link to this view" }).click();
    const dialog = page.getByRole("dialog", { name: "Link to this view" });
    await expect(dialog.getByRole("textbox")).toHaveValue(page.url());
    expect(await page.evaluate(() => getSelection().toString())).toBe(page.url());
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });
});

test.describe("the menu of a row", () => {
  test("offers what may be done, with the reasons, and asks by the same dialog", async ({ page, fleet }) => {
    const id = await fleet.copying("menu_01");
    await openList(page, fleet);
    const opener = menuButton(rowOf(page, id));
    await opener.click();
    const menu = page.getByRole("menu", { name: "Actions for menu_01" });
    await expect(menu.getByRole("menuitem", { name: "Open", exact: true })).toBeFocused();
    await expect(menu.getByRole("menuitem", { name: "Open in new tab" })).toHaveAttribute("href", `#/arrays/frankfurt/imports/${id}`);
    const resume = menu.getByRole("menuitem", { name: /^Resume/ });
    await expect(resume).toHaveAttribute("aria-disabled", "true");
    await expect(resume).toHaveAccessibleDescription(/paused/i);
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await expect(menu.getByRole("menuitem", { name: "Open in new tab" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(menu).toBeHidden();
    await expect(opener).toBeFocused();
    await page.keyboard.press("Enter");
    await menu.getByRole("menuitem", { name: /^Pause/ }).click();
    const dialog = page.getByRole("dialog", { name: "Pause: menu_01" });
    await expect(dialog.getByText("read just now")).toBeVisible();
    await dialog.getByRole("button", { name: "Do not send" }).click();
    await expect(opener).toBeFocused();
  });

  test("stays open and in place while its row changes, and says when it is gone", async ({ page, fleet }) => {
    const id = await fleet.copying("stays_01");
    await openList(page, fleet, "?sort=state");
    await menuButton(rowOf(page, id)).click();
    const menu = page.getByRole("menu", { name: "Actions for stays_01" });
    const place = await menu.boundingBox();
    await page.keyboard.press("ArrowDown");
    for (const name of ["aaa_new", "zzz_new"]) await fleet.create(name);
    await fleet.event(id, "all_data_copied");
    await rereads(page, (soon) => expect(menu.getByText("Ready For Cutover", { exact: true })).toBeVisible(soon));
    await rereads(page, (soon) => expect(bar(page).getByText(/^2 new/)).toBeVisible(soon));
    expect(await menu.boundingBox()).toEqual(place);
    await expect(rows(page)).toHaveCount(1);
    await page.getByRole("menu").press("Home");
    await expect(menu.getByRole("menuitem", { name: "Open", exact: true })).toBeFocused();
    await fleet.api("POST", `import_session/${id}/cutover`, {});
    await fleet.until(id, "Import_Completed");
    await fleet.api("DELETE", `import_session/${id}`);
    await rereads(page, (soon) => expect(menu.getByText("This is gone")).toBeVisible(soon));
    await expect(menu.getByRole("menuitem", { name: /^Delete/ })).toHaveAttribute("aria-disabled", "true");
    await page.keyboard.press("Escape");
    await expect(menu).toBeHidden();
  });
});

test.describe("under the hand", () => {
  test.use({ simulator: ["--imports", "24"] });

  test("new rows wait while a row has the focus, until the person renews the order or leaves", async ({ page, fleet }) => {
    await openList(page, fleet);
    const before = await shownIds(page);
    await rowOf(page, before[2]).focus();
    await fleet.create("aaa_first");
    await rereads(page, (soon) => expect(bar(page).getByText(/^1 new: the order is not renewed/)).toBeVisible(soon));
    expect(await shownIds(page)).toEqual(before);
    await bar(page).getByRole("button", { name: "Renew" }).click();
    await expect(rows(page).first()).toContainText("aaa_first");
    await rowOf(page, before[2]).focus();
    await fleet.create("aaa_before_first");
    await rereads(page, (soon) => expect(bar(page).getByText(/^1 new/)).toBeVisible(soon));
    await search(page).click();
    await expect(rows(page).first()).toContainText("aaa_before_first");
    await expect(bar(page)).toBeHidden();
  });

  test("a row that is gone keeps its place until then, and says so", async ({ page, fleet }) => {
    await fleet.control("reset", { imports: 60 });
    const [gone] = await alone(fleet);
    await openList(page, fleet, "?state=Import_Completed");
    const before = await shownIds(page);
    await rowOf(page, before[0]).focus();
    expect((await fleet.api("DELETE", `import_session/${gone}`)).status).toBe(204);
    await rereads(page, (soon) => expect(rowOf(page, gone).getByText("gone")).toBeVisible(soon), 120_000);
    expect(await shownIds(page)).toEqual(before);
    await search(page).click();
    await expect(rowOf(page, gone)).toHaveCount(0);
  });
});

test.describe("with 10,000 imports", () => {
  test.use({ simulator: ["--imports", "20000"] });

  test("going back from an import shows the list as it was left", async ({ page, fleet }) => {
    await openList(page, fleet, "?sort=-updated");
    await rows(page).first().focus();
    for (let press = 0; press < 12; press += 1) await page.keyboard.press("PageDown");
    const focused = page.locator("tr[data-session]:focus");
    await expect(focused).toBeVisible();
    const id = await focused.getAttribute("data-session");
    const top = await page.evaluate(() => scrollY);
    expect(top).toBeGreaterThan(2000);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("group", { name: "State diagram" })).toBeVisible();
    await page.goBack();
    await expect(rowOf(page, id)).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(top);
    await expect(rowOf(page, id)).toBeInViewport();
  });

  test("the page holds as much as with 100", async ({ page, fleet }) => {
    const elements = () => page.evaluate(() => document.querySelectorAll("*").length);
    await openList(page, fleet);
    await expect(page.getByText("10000 imports")).toBeVisible();
    await menuButton(rows(page).first()).click();
    const many = await elements();
    await page.keyboard.press("Escape");
    await fleet.control("reset", { imports: 200 });
    await page.reload();
    await openList(page, fleet);
    await expect(page.getByText("100 imports")).toBeVisible();
    await menuButton(rows(page).first()).click();
    const few = await elements();
    expect(many).toBeLessThan(2000);
    // A row with an error has fewer cells, and a state that is there has a chip.
    expect(Math.abs(many - few)).toBeLessThan(120);
  });

  test("ten refreshes with rows coming and going lose neither selection nor scroll, focus or an open menu", async ({ page, fleet }) => {
    await openList(page, fleet);
    await expect(page.getByText("10000 imports")).toBeVisible();
    await search(page).fill("-state:queued name:imp");
    await expect(page.getByText(/^\d+ of 10000 imports$/)).toBeVisible();
    await page.getByRole("columnheader", { name: "Last update" }).getByRole("button").click();
    await rows(page).first().focus();
    await page.keyboard.press("Space");
    const first = await page.locator("tr[data-session]:focus").getAttribute("data-session");
    await page.keyboard.press("End");
    await expect(rows(page).last()).toBeFocused();
    await page.keyboard.press("Shift+Space");
    const words = await bar(page).getByText(/^\d+ selected$/).textContent();
    await page.keyboard.press("Home");
    await expect(rowOf(page, first)).toBeFocused();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("PageDown");
    const focused = page.locator("tr[data-session]:focus");
    await expect(focused).toBeVisible();
    const id = await focused.getAttribute("data-session");
    await menuButton(rowOf(page, id)).click();
    const menu = page.getByRole("menu");
    await expect(menu.getByRole("menuitem").first()).toBeFocused();
    const before = { top: await page.evaluate(() => scrollY), place: await menu.boundingBox(), ids: await shownIds(page) };
    expect(before.top).toBeGreaterThan(500);
    const doomed = (await alone(fleet, "Cancelled")).filter((other) => !before.ids.includes(other)).slice(0, 10);
    for (const [turn, other] of doomed.entries()) {
      expect((await fleet.api("DELETE", `import_session/${other}`)).status).toBe(204);
      await fleet.create(`imp_comes_${turn}`);
      await fleet.advance(30);
      const asked = (await fleet.truth()).requests;
      await page.clock.runFor(11_000);
      await expect.poll(async () => JSON.stringify((await fleet.truth()).requests)).not.toBe(JSON.stringify(asked));
    }
    const waits = bar(page).getByText(/^\d+ new, \d+ gone or not fitting any more/);
    await rereads(page, (soon) => expect(waits).toBeVisible(soon));
    await expect(menu).toBeVisible();
    expect(await menu.boundingBox()).toEqual(before.place);
    await expect(menu.getByRole("menuitem").first()).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(before.top);
    expect(await shownIds(page)).toEqual(before.ids);
    await page.keyboard.press("Escape");
    await expect(menuButton(rowOf(page, id))).toBeFocused();
    expect(words).toMatch(/^\d+ selected$/);
    await expect(rowOf(page, id).getByRole("checkbox")).toBeChecked();
    await bar(page).getByRole("button", { name: "Renew" }).click();
    await expect(bar(page).getByText(/are gone from their arrays$/)).toBeVisible();
    await expect(rowOf(page, id)).toBeInViewport();
  });
});
