// Replication between two arrays: who is logged in on both sees one session from both ends.

import { act, answer, ask, button, end, ends, expect, logInOnBoth, openWork, picture, refresh, refuses, shows, test } from "../fleet.js";

const VOLUME = "type=eq.Asynchronous&resource_type=eq.volume";

/** A session that waits for its next synchronization, and the fleet in hand of each of its ends. */
async function idle(page, frankfurt, filter = VOLUME) {
  const dublin = frankfurt.on("dublin");
  const id = await frankfurt.replication(filter);
  await frankfurt.untilEnds(id, "OK", "OK");
  await logInOnBoth(page, frankfurt);
  return { id, dublin };
}

/** Looks again, at the array of the page and at the other one. */
async function look(page) {
  await page.clock.runFor(6_000);
  await refresh(page);
}

/** The state and the role that the page shows of an end. */
async function endShows(page, array, ...words) {
  for (const word of words) await expect(end(page, array)).toContainText(word);
}

test("a planned failover with reverse swaps the ends and loses nothing", async ({ page, fleet }) => {
  const { id } = await idle(page, fleet);
  await openWork(page, fleet, "replications", id);
  await endShows(page, "Frankfurt", "OK", "Source");
  await endShows(page, "Dublin", "OK", "Destination");
  const dialog = await ask(page, "Fail over (planned)");
  await expect(dialog).toContainText("the other end, on Dublin");
  await expect(dialog).toContainText("Last good synchronization");
  await expect(dialog).toContainText("nothing: it synchronizes once more");
  await picture(page, "planned-dialog");
  await answer(page, "Fail over (planned)", { flags: ["Reverse"] });
  await ends(page, fleet, "Done.");
  await fleet.untilEnds(id, "OK", "OK");
  await look(page);
  await shows(page, "OK");
  await endShows(page, "Frankfurt", "OK", "Destination");
  await endShows(page, "Dublin", "OK", "Source");
  await expect(page.getByText("takes no writes here")).toBeVisible();
  await picture(page, "planned-done");
  expect((await fleet.replicated(id)).losses).toEqual([]);
  // The job of it leads back to the session.
  await page.getByRole("table", { name: "Jobs" }).getByRole("link").first().click();
  await expect(page.getByText("It works on")).toBeVisible();
  await picture(page, "planned-job");
  await page.getByText("It works on").getByRole("link").click();
  await expect(page.getByRole("region", { name: "Both ends" })).toBeVisible();
});

test("a failover and its test begin from a chosen snapshot, and say what that loses", async ({ page, fleet }) => {
  const { id, dublin } = await idle(page, fleet);
  const snapshots = (await dublin.api("GET", "volume?select=id,name,creation_timestamp&type=eq.Snapshot&order=creation_timestamp.desc")).body;
  expect(snapshots.length).toBeGreaterThan(2);
  await openWork(page, dublin, "replications", id);
  const test = await ask(page, "Start failover test");
  const choice = test.getByLabel("Data", { exact: true });
  await expect(choice.getByRole("option").first()).toHaveText("The newest copy");
  await expect(choice.getByRole("option").nth(1)).toContainText(/, .* ago$/);
  await test.getByRole("button", { name: "Do not send" }).click();
  const dialog = await ask(page, "Fail over (unplanned)");
  const lost = dialog.getByText("what was written on Frankfurt in the last");
  await expect(lost).not.toContainText(/\d h/);
  const older = await dialog.getByLabel("Data", { exact: true }).getByRole("option").nth(4).getAttribute("value");
  await dialog.getByLabel("Data", { exact: true }).selectOption(older);
  await expect(lost).toContainText(/\d h/);
  await dialog.getByText("The exact request").click();
  await expect(dialog.locator(".wire-request")).toContainText(`"failover_snapshot_id":"${older}"`);
  await picture(page, "failover-snapshot");
  await answer(page, "Fail over (unplanned)");
  await ends(page, dublin, "Done.");
  await shows(page, "Failed Over");
  const { losses } = await fleet.replicated(id);
  const taken = snapshots.find((snapshot) => snapshot.id === older).creation_timestamp;
  expect(new Date(losses[0].since).getTime()).toBe(new Date(taken).getTime());
});

test("what a page names leads to the work on it", async ({ page, fleet }) => {
  const { id } = await idle(page, fleet);
  await openWork(page, fleet, "replications", id);
  const properties = page.getByRole("region", { name: "Properties" });
  await properties.getByRole("link", { name: /Dublin/i }).click();
  await expect(page).toHaveURL(/#\/work\?text=remote/);
  await page.goBack();
  const name = await page.getByRole("heading", { level: 1 }).textContent();
  await properties.getByRole("link", { name }).first().click();
  await expect(page.getByRole("link", { name }).first()).toBeVisible();
});

test("after a disaster the destination takes over, and when the source is back it goes home", async ({ page, fleet }) => {
  const { id, dublin } = await idle(page, fleet);
  await fleet.advance(60);
  await fleet.link(false);
  await fleet.fault("network_down");
  await openWork(page, dublin, "replications", id);
  const dialog = await ask(page, "Fail over (unplanned)");
  await expect(dialog).toContainText("this end; what runs on Frankfurt is not stopped by it");
  await expect(dialog).toContainText("what was written on Frankfurt in the last");
  await picture(page, "disaster-dialog");
  await answer(page, "Fail over (unplanned)");
  await ends(page, dublin, "Done.");
  await shows(page, "Failed Over");
  await expect(button(page, "Reprotect")).toHaveAccessibleDescription(/not reached/);
  await picture(page, "disaster-alone");
  const { losses } = await fleet.replicated(id);
  expect(losses[0].bytes).toBeGreaterThan(0);

  await fleet.clear();
  await fleet.link(true);
  await dublin.untilEnds(id, "Failed_Over", "Failed_Over");
  await look(page);
  await endShows(page, "Dublin", "Failed Over", "Source");
  await expect(async () => {
    await look(page);
    await expect(end(page, "Frankfurt")).toContainText("Failed Over", { timeout: 300 });
  }).toPass();
  await picture(page, "disaster-back");
  await act(page, "Reprotect");
  await ends(page, dublin, "Done.");
  await dublin.untilEnds(id, "OK", "OK");
  await look(page);
  await act(page, "Fail over (planned)", { flags: ["Reverse"] });
  await ends(page, dublin, "Done.");
  await dublin.untilEnds(id, "OK", "OK");
  await look(page);
  await endShows(page, "Dublin", "OK", "Destination");
  await endShows(page, "Frankfurt", "OK", "Source");
});

test("a failover test opens the destination and ends with a snapshot", async ({ page, fleet }) => {
  const { id, dublin } = await idle(page, fleet);
  await openWork(page, dublin, "replications", id);
  await act(page, "Start failover test");
  await ends(page, dublin, "Done.");
  expect((await fleet.replicated(id)).ends.dublin.writable).toBe(true);
  await look(page);
  await expect(page.getByRole("region", { name: "Properties" })).toContainText("in progress");
  await picture(page, "test-runs");
  // The source hears of it from the other end.
  await openWork(page, fleet, "replications", id);
  await look(page);
  await refuses(page, "Fail over (planned)", /test/);
  await openWork(page, dublin, "replications", id);
  await act(page, "Stop failover test", { flags: ["Keep what the test has written"] });
  await ends(page, dublin, "Done.");
  expect((await fleet.replicated(id)).ends.dublin.writable).toBe(false);
  expect(await dublin.carriedOut("stop_failover_test")).toBe(1);
});

test("a pause that is asked for at the destination is seen at the source", async ({ page, fleet }) => {
  const { id, dublin } = await idle(page, fleet);
  await openWork(page, dublin, "replications", id);
  const dialog = await ask(page, "Pause");
  await expect(dialog).toContainText("Changes pile up while it is paused");
  await answer(page, "Pause");
  await ends(page, dublin, "Done.");
  await shows(page, "Paused");
  await end(page, "Frankfurt").getByRole("link").click();
  await expect(page).toHaveURL(/arrays\/frankfurt\/replications/);
  await look(page);
  await shows(page, "Paused");
  await endShows(page, "Frankfurt", "Paused", "Source");
  await endShows(page, "Dublin", "Paused", "Destination");
  await picture(page, "paused");
  await act(page, "Resume");
  await ends(page, fleet, "Done.");
  await fleet.untilEnds(id, "OK", "OK");
});

test("a pause without the link is of one end, and is repeated before it can be resumed", async ({ page, fleet }) => {
  const { id, dublin } = await idle(page, fleet);
  await fleet.link(false);
  await openWork(page, dublin, "replications", id);
  await act(page, "Pause");
  await ends(page, dublin, "Done.");
  await shows(page, "Paused");
  await fleet.link(true);
  await expect(async () => {
    await look(page);
    await expect(button(page, "Resume")).toHaveAccessibleDescription(/Only this end is paused/, { timeout: 300 });
  }).toPass();
  await picture(page, "paused-alone");
  await act(page, "Pause");
  await ends(page, dublin, "Done.");
  await dublin.untilEnds(id, "Paused", "Paused");
  await look(page);
  await act(page, "Resume");
  await ends(page, dublin, "Done.");
  await dublin.untilEnds(id, "OK", "OK");
});

test("what an upgrade has paused offers no resume and says why", async ({ page, fleet }) => {
  const { id } = await idle(page, fleet);
  await fleet.event(id, "upgrade_starts");
  await openWork(page, fleet, "replications", id);
  await shows(page, "Paused For NDU");
  await refuses(page, "Resume", /what the array has paused it resumes by itself/);
  await picture(page, "upgrade");
  await fleet.untilEnds(id, "OK", "OK");
  await look(page);
  await shows(page, "OK");
});

test("a metro volume fractures, is promoted at the other end, and heals", async ({ page, fleet }) => {
  const { id, dublin } = await idle(page, fleet, "type=eq.Metro_Active_Active&resource_type=eq.volume");
  await openWork(page, fleet, "replications", id);
  await endShows(page, "Frankfurt", "OK", "Metro, preferred");
  await fleet.link(false);
  await look(page);
  await shows(page, "Fractured");
  await act(page, "Demote");
  await ends(page, fleet, "Done.");
  await openWork(page, dublin, "replications", id);
  await shows(page, "Fractured");
  await act(page, "Promote");
  await ends(page, dublin, "Done.");
  await look(page);
  await expect(page.getByRole("region", { name: "Properties" })).toContainText("Promoted");
  await picture(page, "metro-promoted");
  await fleet.link(true);
  await dublin.untilEnds(id, "OK", "OK");
  await look(page);
  await shows(page, "OK");
  await endShows(page, "Frankfurt", "OK", "Metro, preferred");
  await endShows(page, "Dublin", "OK", "Metro, not preferred");
});

test("a NAS server is paused in part when one of its file systems does not pause", async ({ page, fleet }) => {
  const { id } = await idle(page, fleet, "resource_type=eq.nas_server");
  const children = (await fleet.api("GET", `replication_session?select=id&parent_replication_session_id=eq.${id}&order=id`)).body;
  await openWork(page, fleet, "replications", id);
  await act(page, "Pause");
  await fleet.event(children[0].id, "pause_fails");
  await fleet.advance(60);
  await look(page);
  await shows(page, "Partial Paused");
  const members = page.getByRole("region", { name: "File systems" });
  await expect(members.getByRole("row")).toHaveCount(4);
  await expect(members.locator("tbody [data-state]").filter({ hasText: /^Paused$/ })).toHaveCount(2);
  await picture(page, "nas");
  await members.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByText("File system of the NAS server's session")).toBeVisible();
  await expect(button(page, "Pause")).toHaveAccessibleDescription(/NAS server/);
  await picture(page, "file-system");
});
