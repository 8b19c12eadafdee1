// A migration between the appliances of one cluster.

import { ONE_ARRAY, act, answer, ask, button, ends, expect, openAlone, picture, refresh, shows, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

test("hosts that only a person can rescan hold a migration until it is told", async ({ page, fleet }) => {
  const id = await fleet.createMigration();
  await openAlone(page, fleet, "migrations", id);
  await shows(page, "Manual Rescan Required");
  const dialog = await ask(page, "Synchronize");
  await expect(dialog).toContainText("hosts without paths to the new appliance lose access");
  await picture(page, "migration-dialog");
  await answer(page, "Synchronize", { flags: ["All hosts are rescanned"] });
  await ends(page, fleet, "Done.");
  await fleet.until(id, "Idle");
  await refresh(page);
  await shows(page, "Idle");
  await act(page, "Cut over");
  await ends(page, fleet, "Done.");
  await fleet.until(id, "Completed", 5);
  await refresh(page);
  await shows(page, "Completed");
  await picture(page, "migration-done");
  await expect(button(page, "Delete")).toHaveAttribute("aria-disabled", "false");
});
