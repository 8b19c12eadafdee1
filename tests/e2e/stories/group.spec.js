// Consistency groups: the group with its members on one page, and what is asked of the one and of the others.

import { ONE_ARRAY, act, ends, expect, logIn, openImport, refresh, shows, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

const members = (page) => page.getByRole("table", { name: "Members of the group" });
const row = (page, name) => members(page).getByRole("row").filter({ hasText: name });
/** A node of the picture that shows how many members stand where. */
const node = (page, name) => page.getByRole("group", { name: "How many stand where" }).getByRole("button", { name });

/** A group whose members all copy. */
async function copying(fleet, name, count) {
  await fleet.control("reset", { imports: 0, failures: 0, active_limit: 20 });
  const made = await fleet.createGroup(name, count);
  for (const member of made.members) await fleet.until(member, "Copy_In_Progress", 5);
  return made;
}

test("one member of five fails, and the array rolls the others back", async ({ page, fleet }) => {
  const { group, members: ids } = await copying(fleet, "erp", 5);
  await openImport(page, fleet, group);
  await shows(page, "In Progress");
  await expect(page.getByRole("heading", { name: "Members (5)" })).toBeVisible();
  await expect(node(page, "Copy In Progress: 5")).toBeVisible();
  await fleet.event(ids[2], "failure_undone");
  await refresh(page);
  await shows(page, "Cleanup In Progress");
  await expect(node(page, "Failed: 1")).toBeVisible();
  await expect(row(page, "erp_03")).toContainText("Failed");
  await fleet.until(group, "Failed", 10);
  await refresh(page);
  await shows(page, "Failed");
  await expect(node(page, "Cancelled: 4")).toBeVisible();
  await node(page, "Failed: 1").click();
  await expect(members(page).getByRole("rowheader")).toHaveText(["erp_03"]);
  await page.getByRole("button", { name: "Show all members" }).click();
  await expect(members(page).getByRole("rowheader")).toHaveCount(5);
  // Four ways back, one failure, and nothing that a person asked for.
  expect(await fleet.carriedOut("cancel")).toBe(0);
  for (const id of ids) expect(["Failed", "Cancelled"]).toContain(await fleet.state(id));
});

test("a group is cut over incompletely, and then once more", async ({ page, fleet }) => {
  const { group, members: ids } = await copying(fleet, "crm", 3);
  for (const id of ids) await fleet.event(id, "all_data_copied");
  await openImport(page, fleet, group);
  await shows(page, "Ready For Cutover");
  await expect(node(page, "Ready For Cutover: 3")).toBeVisible();
  await act(page, "Cut over");
  await expect(async () => expect(await fleet.state(group)).toBe("Cutover_In_Progress")).toPass();
  await fleet.event(ids[1], "commit_fails_mirror_intact");
  await fleet.until(group, "Import_Cutover_Incomplete", 10);
  await refresh(page);
  await shows(page, "Import Cutover Incomplete");
  await expect(row(page, "crm_02")).toContainText("Ready For Cutover");
  await expect(node(page, "Import Completed: 2")).toBeVisible();
  await page.clock.runFor(10_000);
  await page.getByRole("button", { name: "Close this note" }).click();
  await act(page, "Cut over");
  await ends(page, fleet, "Done.");
  await shows(page, "Import Completed");
  await expect(node(page, "Import Completed: 3")).toBeVisible();
  expect(await fleet.carriedOut("cutover")).toBe(2);
});

test("what a group does not take is done on its members, from its page and from theirs", async ({ page, fleet }) => {
  const { group, members: ids } = await copying(fleet, "web", 3);
  await openImport(page, fleet, group);
  const pause = page.getByRole("region", { name: "Actions" }).getByRole("button", { name: "Pause" });
  await expect(pause).toHaveAttribute("aria-disabled", "true");
  await row(page, "web_01").getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog", { name: "Pause: web_01" }).getByRole("button", { name: "Pause now" }).click();
  await expect(row(page, "web_01")).toContainText("Paused");
  await row(page, "web_02").getByRole("link", { name: "web_02" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "web_02" })).toBeVisible();
  await expect(page.getByText("Member of the group web")).toBeVisible();
  await act(page, "Pause");
  await ends(page, fleet, "Done.");
  await fleet.api("POST", `import_session/${ids[2]}/pause`);
  await page.getByRole("link", { name: "web", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "web" })).toBeVisible();
  await shows(page, "Paused");
  await act(page, "Resume");
  await ends(page, fleet, "Done.");
  await expect(node(page, "Copy In Progress: 3")).toBeVisible();
});

test("a cancelled group is deleted with its members", async ({ page, fleet }) => {
  const { group, members: ids } = await copying(fleet, "hr", 3);
  await openImport(page, fleet, group);
  await act(page, "Cancel import");
  await ends(page, fleet, "Done.");
  await shows(page, "Cancelled");
  await page.getByRole("button", { name: "Close this note" }).click();
  await act(page, "Delete");
  await expect(async () => {
    await page.clock.runFor(4_000);
    await expect(page.getByText("has no import session")).toBeVisible({ timeout: 300 });
  }).toPass();
  expect((await fleet.api("GET", `import_session/${ids[0]}`)).status).toBe(404);
});

test("the picture over the list counts who stands where, and a click keeps those", async ({ page, fleet }) => {
  const { members: ids } = await copying(fleet, "erp", 5);
  await fleet.api("POST", `import_session/${ids[0]}/pause`);
  await page.goto(`${fleet.url}/#/`);
  await logIn(page);
  await expect(page.getByText("Logged in as admin")).toBeVisible();
  await page.goto(`${fleet.url}/#/imports`);
  await page.getByText("Picture", { exact: true }).click();
  await node(page, "Paused: 1").click();
  await expect(page.locator("tr[data-session]")).toHaveCount(1);
  await expect(node(page, "Copy In Progress: 4")).toBeVisible();
  await node(page, "Paused: 1").press("Enter");
  await expect(page.locator("tr[data-session]")).toHaveCount(6);
  await page.getByRole("button", { name: "Groups 1" }).click();
  await expect(node(page, "In Progress: 1")).toBeVisible();
});
