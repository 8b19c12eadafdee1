// An import through its whole life, on a running array, in a real browser.

import { ONE_ARRAY, act, ends, expect, openImport, refresh, shows, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

test("an agentless volume goes from the queue to its completion", async ({ page, fleet }) => {
  const id = await fleet.create("weekend_01");
  await openImport(page, fleet, id);
  await fleet.until(id, "Mirror_Enabled", 5);
  await refresh(page);
  await shows(page, "Ready To Enable Destination Volume");
  await act(page, "Enable destination volume");
  await ends(page, fleet, "Done.");
  await shows(page, "Ready To Start Copy");
  await act(page, "Start copy");
  await ends(page, fleet, "Done.");
  await shows(page, "Copy In Progress");
  await expect(page.getByRole("progressbar", { name: "Progress" })).toBeVisible();
  await act(page, "Pause");
  await ends(page, fleet, "Done.");
  await shows(page, "Paused");
  await act(page, "Resume");
  await ends(page, fleet, "Done.");
  await shows(page, "Copy In Progress");
  await fleet.event(id, "all_data_copied");
  await refresh(page);
  await shows(page, "Ready For Cutover");
  await act(page, "Cut over");
  await ends(page, fleet, "Done.");
  await shows(page, "Import Completed");
  expect(await fleet.state(id)).toBe("Import_Completed");
  for (const action of ["enable_destination_volume", "start_copy", "pause", "resume", "cutover"]) {
    expect(await fleet.carriedOut(action), action).toBe(1);
  }
  // The path is the one that was seen, and the jobs tell who did it.
  const path = page.getByRole("region", { name: "Path" });
  await expect(path.getByRole("listitem").last()).toContainText("Import Completed");
  await expect(page.getByRole("table", { name: "Jobs" })).toContainText("admin");
  await page.goto(`${fleet.url}/#/journal`);
  await expect(page.getByRole("row").filter({ hasText: "Cut over" })).toContainText("Done.");
});

test("a person is told why an action is not for now, in place", async ({ page, fleet }) => {
  const id = await fleet.copying("not_now_01");
  await openImport(page, fleet, id);
  const cutOver = page.getByRole("region", { name: "Actions" }).getByRole("button", { name: "Cut over" });
  await expect(cutOver).toHaveAttribute("aria-disabled", "true");
  await expect(cutOver).toHaveAccessibleDescription(/Ready For Cutover/);
  await cutOver.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await fleet.carriedOut("cutover")).toBe(0);
});

test("with an automatic cutover nobody needs to do anything", async ({ page, fleet }) => {
  const id = await fleet.copying("auto_01", { type: "Non_Disruptive", automatic_cutover: true });
  await openImport(page, fleet, id);
  await shows(page, "Copy In Progress");
  await fleet.event(id, "all_data_copied");
  await fleet.until(id, "Import_Completed");
  await refresh(page);
  await shows(page, "Import Completed");
});

test("a running copy is cancelled and rolled back", async ({ page, fleet }) => {
  const id = await fleet.copying("back_01");
  await openImport(page, fleet, id);
  await act(page, "Cancel import");
  await refresh(page);
  await shows(page, "Cancel In Progress");
  await ends(page, fleet, "Done.");
  await shows(page, "Cancelled");
  expect((await fleet.truth()).sessions[id].forced).toBe(false);
});

test("a source that cannot be reached is left by force", async ({ page, fleet }) => {
  const id = await fleet.copying("lost_01");
  await openImport(page, fleet, id);
  const session = (await fleet.api("GET", `import_session/${id}?select=remote_system_id`)).body;
  await fleet.fault("source_unreachable", { remote_system: session.remote_system_id });
  await fleet.until(id, "Cancel_Required");
  await refresh(page);
  await shows(page, "Cancel Required");
  await expect(page.locator(".session-error")).toContainText("0x");
  await act(page, "Cancel import", { force: true });
  await ends(page, fleet, "Done.");
  await shows(page, "Cancelled");
  expect((await fleet.truth()).sessions[id].forced).toBe(true);
});

test("a failure leads through cancel required and a failed roll-back to the clean-up", async ({ page, fleet }) => {
  const id = await fleet.copying("trouble_01");
  await openImport(page, fleet, id);
  await fleet.event(id, "io_or_network_failure");
  await refresh(page);
  await shows(page, "Cancel Required");
  await act(page, "Cancel import");
  await expect(page.locator(".act-sentence")).toContainText("Accepted");
  await fleet.event(id, "roll_back_fails");
  await refresh(page);
  await ends(page, fleet, "Taken, and failed");
  await shows(page, "Cleanup Required");
  await act(page, "Clean up");
  await ends(page, fleet, "Done.");
  await shows(page, "Cancelled");
  expect(await fleet.state(id)).toBe("Cancelled");
});

test("a state that no table knows is drawn with its raw name, and the array decides", async ({ page, fleet }) => {
  const id = await fleet.ready("tomorrow_01");
  await openImport(page, fleet, id);
  await fleet.fault("unknown_state", { session: id, state: "Import_Frozen" });
  await refresh(page);
  await shows(page, "Import_Frozen");
  await expect(page.getByRole("group", { name: "State diagram" })).toContainText("Import_Frozen");
  await act(page, "Pause");
  await expect(page.locator(".act-sentence")).toContainText("Refused, and nothing was done");
  await fleet.clear();
  await refresh(page);
  await shows(page, "Ready For Cutover");
});

test.describe("an array of release 1.0", () => {
  test.use({ simulator: ["--release", "frankfurt=1.0.0.0"] });

  test("is read, and its actions of later releases are refused with the reason", async ({ page, fleet }) => {
    const id = await fleet.create("old_01", { type: undefined });
    await openImport(page, fleet, id);
    await fleet.until(id, "Copy_In_Progress", 5);
    await refresh(page);
    await shows(page, "Copy In Progress");
    const enable = page.getByRole("region", { name: "Actions" }).getByRole("button", { name: "Enable destination volume" });
    await expect(enable).toHaveAccessibleDescription(/software release/);
    await act(page, "Pause");
    await ends(page, fleet, "Done.");
    expect(await fleet.state(id)).toBe("Paused");
  });
});

test("with the keyboard alone", async ({ page, fleet }) => {
  const id = await fleet.ready("keys_01");
  await page.goto(`${fleet.url}/#/`);
  await page.getByLabel("User").focus();
  await page.keyboard.type("admin");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Password123!");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Logged in as admin")).toBeVisible();
  await page.goto(`${fleet.url}/#/imports`);
  const row = page.getByRole("row").filter({ hasText: "keys_01" });
  await expect(row).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter imports" }).focus();
  for (let presses = 0; presses < 40 && !(await row.evaluate((node) => node === document.activeElement)); presses += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(row).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "keys_01" })).toBeFocused();
  const edge = page.getByRole("group", { name: "State diagram" }).getByRole("button", { name: /^Cut over: leads to/ });
  for (let presses = 0; presses < 60 && !(await edge.evaluate((node) => node === document.activeElement)); presses += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(edge).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Cut over: keys_01" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(edge).toBeFocused();
  await page.keyboard.press("Space");
  await expect(dialog.getByLabel("Type the name to confirm")).toBeVisible();
  for (let presses = 0; presses < 20 && !(await dialog.getByLabel("Type the name to confirm").evaluate((node) => node === document.activeElement)); presses += 1) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("keys_01");
  for (let presses = 0; presses < 20 && !(await dialog.getByRole("button", { name: "Cut over now" }).evaluate((node) => node === document.activeElement)); presses += 1) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await ends(page, fleet, "Done.");
  expect(await fleet.state(id)).toBe("Import_Completed");
});

