// Jobs with their steps, from the session that they work on and back.

import { ONE_ARRAY, ask, answer, expect, openAlone, picture, refresh, shows, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

test("a step that fails is seen in the tree of its job, with the array's words", async ({ page, fleet }) => {
  const id = await fleet.createFileImport("nas_steps");
  await fleet.until(id, "In_Progress/Initial_Copy", 5);
  await fleet.event(id, "stage_done");
  await fleet.until(id, "In_Progress/Ready_For_Cutover", 5);
  await openAlone(page, fleet, "file-imports", id);
  await ask(page, "Cut over");
  await answer(page, "Cut over");
  await expect(async () => expect(await fleet.state(id)).toBe("In_Progress/Cutting_Over")).toPass();
  await fleet.advance(1);
  await refresh(page);
  await page.getByRole("table", { name: "Jobs" }).getByRole("link").first().click();
  await shows(page, "In Progress");
  const members = page.getByRole("region", { name: "Steps" });
  await expect(members.getByRole("heading", { name: "Steps (3)" })).toBeVisible();
  await picture(page, "job-runs");
  await fleet.event(id, "cutover_undone");
  await fleet.advance(3);
  await refresh(page);
  await shows(page, "Failed");
  await expect(members.locator("tbody [data-state]")).toHaveText(["Failed", "Failed", "Failed"]);
  await expect(page.locator(".session-error")).toContainText("0x");
  await picture(page, "job-failed");
  // A step leads to its job, and the job to the session that it works on.
  await members.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByText("Step of the job")).toBeVisible();
  await page.getByText("Step of the job").getByRole("link").click();
  await expect(members).toBeVisible();
  await page.getByText("It works on").getByRole("link").click();
  await shows(page, "Ready For Cutover");
});
