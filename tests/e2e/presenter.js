// The presenter's panel, as the stories of the demonstration find it.

import { expect } from "@playwright/test";

export const panel = (page) => page.getByRole("complementary", { name: "Presenter" });
export const story = (page) => panel(page).getByRole("region", { name: "Story" });

/** The panel is there, and somebody is logged in on every array. */
export async function isOpen(page) {
  await expect(panel(page)).toBeVisible();
  await expect(page.locator(".ages")).toBeVisible();
  await expect(page.locator(".ages")).not.toContainText("not logged in");
}
