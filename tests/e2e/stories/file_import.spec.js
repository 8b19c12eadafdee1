// The import of a NAS server, whose state and operation go together.

import { ONE_ARRAY, act, ask, answer, ends, expect, openAlone, picture, refresh, refuses, shows, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

/** A file import that copies. */
async function copying(fleet) {
  const id = await fleet.createFileImport("nas_home");
  await fleet.until(id, "In_Progress/Initial_Copy", 5);
  return id;
}

test("a NAS server is cut over, committed, and done", async ({ page, fleet }) => {
  const id = await copying(fleet);
  await openAlone(page, fleet, "file-imports", id);
  await shows(page, "Initial Copy");
  await expect(page.getByRole("progressbar", { name: "Progress" })).toBeVisible();
  await refuses(page, "Cut over", /Ready For Cutover/);
  await fleet.event(id, "stage_done");
  await fleet.until(id, "In_Progress/Ready_For_Cutover", 5);
  await refresh(page);
  await act(page, "Cut over");
  await ends(page, fleet, "Done.");
  await fleet.until(id, "In_Progress/Ready_For_Commit");
  await refresh(page);
  await shows(page, "Ready For Commit");
  const dialog = await ask(page, "Commit");
  await expect(dialog).toContainText("no way back to the source");
  await picture(page, "file-import-commit");
  await answer(page, "Commit");
  await ends(page, fleet, "Done.");
  await shows(page, "Completed");
  expect(await fleet.state(id)).toBe("Completed");
});

test("a copy that failed says why and is resumed where it stopped", async ({ page, fleet }) => {
  const id = await copying(fleet);
  await openAlone(page, fleet, "file-imports", id);
  await fleet.event(id, "failure");
  await refresh(page);
  await shows(page, "Failed: Initial Copy");
  await expect(page.locator(".session-error")).toBeVisible();
  await picture(page, "file-import-failed");
  await act(page, "Resume");
  await ends(page, fleet, "Done.");
  await shows(page, "Initial Copy");
  await expect(page.locator(".session-error")).toHaveCount(0);
});
