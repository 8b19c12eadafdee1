// Creating an import, giving it another time, cancelling, deleting, and beginning again.

import { ONE_ARRAY, act, ends, expect, logIn, openImport, refresh, shows, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

const NEW = "/#/arrays/frankfurt/imports/new";

/** Opens the form, logged in; `query` is what a link fills in. */
async function openForm(page, fleet, query = {}, user = "admin") {
  await page.goto(`${fleet.url}/#/`);
  await logIn(page, user);
  await expect(page.getByText(`Logged in as ${user}`)).toBeVisible();
  const text = new URLSearchParams(query).toString().replaceAll("+", "%20");
  await page.goto(`${fleet.url}${NEW}${text && `?${text}`}`);
  await expect(page.getByRole("heading", { name: "New import on Frankfurt" })).toBeVisible();
}

/** A remote system of a kind, as the array's API tells it. */
async function remoteOf(fleet, kind) {
  return (await fleet.api("GET", `remote_system?select=id,name&type=eq.${kind}&limit=1`)).body[0];
}

/** A source that is ready and in no group. */
async function ready(fleet, criterion = "Ready", place = 0) {
  const remote = await remoteOf(fleet, "Unity");
  const wish = `import_unity_id=eq.${remote.id}&importable_criteria=eq.${criterion}&import_unity_consistency_group_id=is.null`;
  const source = (await fleet.api("GET", `import_unity_volume?select=id,name&${wish}&order=id&limit=9`)).body[place];
  return { remote: remote.id, source: source.id, type: criterion === "Ready" ? "Non_Disruptive" : "Agentless" };
}

const send = (page) => page.getByRole("button", { name: "Create import" });
const said = (page, id) => page.locator(`#plan-${id}-said`);
const type = (page, name) => page.getByRole("radiogroup", { name: "Type" }).getByRole("radio", { name });

/** Confirms and sends. */
async function sendNow(page) {
  await send(page).click();
  await page.getByRole("group", { name: "Confirm" }).getByRole("button", { name: "Send now" }).click();
}

/** Lets both clocks run until the import exists. */
async function exists(page, fleet, words = "exists") {
  await expect(async () => {
    await fleet.advance(5);
    await page.clock.runFor(4_000);
    await expect(page.locator(".made")).toContainText(words, { timeout: 300 });
  }).toPass({ timeout: 30_000 });
}

/** The kinds of arrays that imports come from, and whether they have groups. */
const KINDS = [
  ["Unity", true],
  ["VNX", true],
  ["PS_Equallogic", false],
  ["Storage_Center", true],
  ["XtremIO", true],
  ["NetApp", false],
  ["PowerMax_VMAX", true],
  ["Universal", true],
];

for (const [kind, hasGroups] of KINDS) {
  test(`a volume${hasGroups ? " and a group" : ""} of ${kind}, in a row`, async ({ page, fleet }) => {
    await openForm(page, fleet);
    const remote = await remoteOf(fleet, kind);
    await page.getByLabel("Remote system").selectOption(remote.id);
    const sources = page.getByRole("radiogroup", { name: "Volumes and groups" });
    const first = (what) => sources.locator(".source:not(.perhaps):not(.refused)", { hasText: new RegExp(`${what} ·|${what}$`) }).getByRole("radio").first();
    await first("volume").check();
    const name = await page.getByLabel("Name", { exact: true }).inputValue();
    expect(name).not.toBe("");
    await sendNow(page);
    await exists(page, fleet, `${name} exists, cutover: by hand.`);
    await expect(page.getByRole("region", { name: "Created on this visit" }).getByRole("link")).toHaveText([name]);
    if (!hasGroups) return;
    await page.getByRole("button", { name: "Create another like this" }).click();
    await expect(page.getByRole("searchbox", { name: "Source" })).toBeFocused();
    await page.getByLabel("Cut over automatically").check();
    const group = sources.locator(".source:not(.refused)", { hasText: "group ·" }).getByRole("radio").first();
    await group.check();
    await expect(page.getByLabel("Volume group")).toHaveCount(0);
    await sendNow(page);
    await exists(page, fleet, "exists, cutover: automatic.");
    await expect(page.getByRole("region", { name: "Created on this visit" }).getByRole("link")).toHaveCount(2);
  });
}

test("what cannot be imported stays in the list with the reason, and long lists are narrowed", async ({ page, fleet }) => {
  await openForm(page, fleet);
  const remotes = (await fleet.api("GET", "remote_system?select=id&type=eq.Unity")).body;
  for (const remote of remotes) {
    const refused = (await fleet.api("GET", `import_unity_volume?select=name&import_unity_id=eq.${remote.id}&importable_criteria=eq.Host_Not_Added`)).body;
    if (!refused.length) continue;
    await page.getByLabel("Remote system").selectOption(remote.id);
    await page.getByRole("searchbox", { name: "Source" }).fill(refused[0].name);
    const line = page.locator(".source.refused", { hasText: refused[0].name }).first();
    await expect(line).toContainText("Its hosts are not known here");
    await expect(line.getByRole("radio")).toBeDisabled();
    return;
  }
  throw new Error("no Unity has a source whose hosts are not added");
});

test("the snapshot schedules of a PS Group's volume are shown", async ({ page, fleet }) => {
  await openForm(page, fleet);
  await page.getByLabel("Remote system").selectOption((await remoteOf(fleet, "PS_Equallogic")).id);
  for (const button of await page.getByRole("button", { name: /^Snapshot schedules of/ }).all()) {
    await button.click();
    const table = page.getByRole("region", { name: /^Snapshot schedules of/ });
    await expect(table.getByText("Reading…")).toHaveCount(0);
    if ((await table.getByRole("row").count()) < 6) continue;
    for (const often of ["Once", "Hourly", "Daily", "Weekly", "Monthly"]) await expect(table).toContainText(often);
    return;
  }
  throw new Error("no volume has all kinds of schedules");
});

test.describe("what the array would refuse is said beside the field", () => {
  test("before anything was touched nothing is said, at the button everything", async ({ page, fleet }) => {
    await openForm(page, fleet);
    await expect(page.locator(".said .bad")).toHaveCount(0);
    await expect(send(page)).toHaveAttribute("aria-disabled", "true");
    const missing = page.locator("#plan-missing").getByRole("listitem");
    await expect(missing).toHaveText([/^Remote system: /, /^Source: /, /^Name: /, /^Type: /]);
    await missing.getByRole("button", { name: "Name" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    await expect(said(page, "name")).toContainText("Type a name.");
  });

  test("names", async ({ page, fleet }) => {
    await fleet.create("Taken_01");
    await openForm(page, fleet, { ...(await ready(fleet)), name: "good_01" });
    const name = page.getByLabel("Name", { exact: true });
    await expect(send(page)).toHaveAttribute("aria-disabled", "false");
    for (const [text, words] of [
      ["two words", "no white space"],
      ["a/b", "no /"],
      ["x".repeat(129), "129 characters"],
      ["a\u200bb", "cannot be printed"],
      ["tAKEN_01", "has this name"],
    ]) {
      await name.fill(text);
      await expect(said(page, "name")).toContainText(words);
      await expect(name).toHaveAttribute("aria-invalid", "true");
      await expect(send(page)).toHaveAttribute("aria-disabled", "true");
    }
    await name.fill("good_02");
    await expect(said(page, "name")).toHaveText("");
  });

  test("description, type, volume group, policy, start and address", async ({ page, fleet }) => {
    await openForm(page, fleet, { ...(await ready(fleet, "Ready_For_Agentless_Import")), name: "good_01" });
    await page.getByLabel("Description").fill("x".repeat(129));
    await expect(said(page, "description")).toContainText("129 characters");
    await page.getByLabel("Description").fill("weekend two");
    await type(page, "Non-disruptive").check();
    await expect(said(page, "type")).toContainText("agentless import only");
    await type(page, "Agentless").check();
    await expect(said(page, "hosts")).toContainText("Without hosts");
    await page.getByLabel("Protection policy").selectOption({ label: "Gold-Replicated (replicates)" });
    await expect(said(page, "policy")).toContainText("the import then fails");
    await page.getByLabel("Protection policy").selectOption({ label: "Gold" });
    await page.getByText("Advanced").click();
    await page.getByLabel("Discovery address").fill("san");
    await expect(said(page, "address")).toContainText("IPv4");
    await page.getByLabel("Discovery address").fill("san.example.com");
    await page.getByLabel("At a time").check();
    await expect(page.locator("#plan-missing")).toContainText("Start");
    await page.getByLabel("Start", { exact: true }).fill("2020-01-01T08:00");
    await expect(said(page, "time")).toContainText("in the past");
    await page.getByLabel("Start", { exact: true }).fill("2099-01-01T08:00");
    await expect(page.getByText("That is 2099-01-01")).toBeVisible();
    await expect(send(page)).toHaveAttribute("aria-disabled", "false");
    await page.getByText("The exact request").click();
    const body = JSON.parse((await page.locator(".wire-request").textContent()).split("\n\n")[1]);
    expect(body).toMatchObject({ description: "weekend two", type: "Agentless", automatic_cutover: false, global_storage_discovery_address: "san.example.com" });
    expect(body.scheduled_timestamp).toMatch(/^2099-01-01T/);
  });

  test("hosts of members, common hosts, and host groups", async ({ page, fleet }) => {
    await openForm(page, fleet);
    await page.getByLabel("Remote system").selectOption((await remoteOf(fleet, "Universal")).id);
    await page.locator(".source:not(.refused)", { hasText: "group ·" }).getByRole("radio").first().check();
    await page.getByLabel("web-01").check();
    await page.getByRole("group", { name: "Host groups" }).getByLabel("sql-cluster").check();
    await page.getByText("The exact request").click();
    const body = async () => JSON.parse((await page.locator(".wire-request").textContent()).split("\n\n")[1]);
    await expect.poll(async () => Object.keys(await body())).toEqual(expect.arrayContaining(["host_ids", "host_group_ids"]));
    await page.getByLabel("For each member by itself").check();
    await page.locator(".member summary").first().click();
    await page.locator(".member").first().getByLabel("web-01").check();
    await expect(page.locator(".member summary").first()).toContainText("1 chosen");
    const sent = await body();
    expect(Object.keys(sent)).not.toContain("host_ids");
    expect(sent.consistency_group_member_host_ids).toHaveLength(1);
    await page.getByLabel("The same for all members").check();
    expect((await body()).host_ids).toHaveLength(1);
  });
});

test.describe("what only the array knows is told in its words", () => {
  for (const [what, query, words] of [
    ["a remote system that is gone", { remote: "ghost" }, "remote_system_id: there is no"],
    ["a source that is gone", { source: "ghost" }, "source_resource_id: there is no"],
    ["a host that is gone", { type: "Agentless", hosts: "ghost" }, "host_ids: there is no"],
    ["a host group that is gone", { type: "Agentless", host_groups: "ghost" }, "host_group_ids: there is no"],
    ["a policy that is gone", { policy: "ghost" }, "protection_policy_id: there is no"],
    ["a volume group that is gone", { volume_group: "ghost" }, "volume_group_id: there is no"],
  ]) {
    test(what, async ({ page, fleet }) => {
      await openForm(page, fleet, { ...(await ready(fleet)), name: "gone_01", ...query });
      await sendNow(page);
      await ends(page, fleet, words);
      await expect(page.locator(".act-sentence")).toContainText("Refused, and nothing was done");
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue("gone_01");
    });
  }

  for (const field of ["description", "type", "automatic_cutover", "global_storage_discovery_address", "consistency_group_member_host_ids"]) {
    test(`a refusal of ${field}`, async ({ page, fleet }) => {
      await openForm(page, fleet, { ...(await ready(fleet)), name: "refused_01" });
      await fleet.fault("refuse_422", { code: "0xE0AA", message: `${field}: not today.`, times: 1 });
      await sendNow(page);
      await ends(page, fleet, `${field}: not today. (0xE0AA)`);
      // The form is still there, and the second try goes through.
      await sendNow(page);
      await exists(page, fleet);
    });
  }

  test("a name that somebody else takes after it was found free", async ({ page, fleet }) => {
    const query = await ready(fleet);
    await openForm(page, fleet, { ...query, name: "race_01" });
    await page.route(/import_session\?is_async/, async (route) => {
      // Of another source: of the same one, by the same user, nobody could tell the two apart.
      const other = await ready(fleet, "Ready", 1);
      await fleet.create("race_01", { remote_system_id: other.remote, source_resource_id: other.source });
      await route.continue();
    });
    await sendNow(page);
    await ends(page, fleet, "race_01");
    await expect(page.locator(".act-sentence")).toContainText("Refused");
  });

  test("a name that was taken while the form stood open is not sent", async ({ page, fleet }) => {
    await openForm(page, fleet, { ...(await ready(fleet)), name: "late_01" });
    await expect(send(page)).toHaveAttribute("aria-disabled", "false");
    await page.getByRole("button", { name: "Pause refresh" }).click();
    await fleet.create("late_01");
    await sendNow(page);
    await expect(page.getByText("Nothing was sent: the array has a session of this name already.")).toBeVisible();
  });

  test("a start that passes while the form stands open", async ({ page, fleet }) => {
    const now = new Date((await fleet.control("state")).time).getTime();
    const at = new Date(now + 120_000).toISOString();
    await openForm(page, fleet, { ...(await ready(fleet)), name: "passed_01", later: "yes", at });
    await page.getByRole("button", { name: "Pause refresh" }).click();
    await expect(send(page)).toHaveAttribute("aria-disabled", "false");
    await send(page).click();
    await fleet.advance(600);
    await page.getByRole("button", { name: "Send now" }).click();
    await ends(page, fleet, "scheduled_timestamp");
    await expect(page.locator(".act-sentence")).toContainText("Refused");
  });

  test("who may look only", async ({ page, fleet }) => {
    await openForm(page, fleet, { ...(await ready(fleet)), name: "viewer_01" }, "viewer");
    await sendNow(page);
    await expect(page.locator(".act-sentence")).toContainText("does not permit");
  });
});

test("a clock that is off is shown with both times", async ({ page, fleet }) => {
  await fleet.fault("clock_skew", { seconds: 900 });
  await openForm(page, fleet, { ...(await ready(fleet)), name: "skew_01" });
  await page.getByLabel("At a time").check();
  await expect(page.locator(".skew")).toContainText(/1[45] min.* ahead of this browser's: \d\d:\d\d:\d\d there, \d\d:\d\d:\d\d here/);
});

test("nothing typed is lost by a reload, another page or going back", async ({ page, fleet }) => {
  const query = await ready(fleet);
  await openForm(page, fleet, { remote: query.remote, source: query.source });
  await page.getByLabel("Name", { exact: true }).fill("kept_01");
  await page.getByLabel("Description").fill("half a sen");
  await page.getByLabel("At a time").check();
  await page.getByLabel("Start", { exact: true }).fill("2099-05-06T07:08");
  const stays = async () => {
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("kept_01");
    await expect(page.getByLabel("Description")).toHaveValue("half a sen");
    await expect(page.getByLabel("Start", { exact: true })).toHaveValue("2099-05-06T07:08");
  };
  await expect(page).toHaveURL(/2099-05-0/);
  await page.reload();
  await stays();
  await page.getByRole("link", { name: "Journal" }).click();
  await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
  await page.goBack();
  await stays();
  await page.getByRole("link", { name: "Arrays", exact: true }).click();
  await page.getByRole("link", { name: "New import" }).click();
  await stays();
  // Left with the focus in a field, and before the address has followed.
  await page.getByLabel("Description").fill("half a sentence");
  await page.goto(`${fleet.url}/#/journal`);
  await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
  await page.getByRole("link", { name: "Arrays", exact: true }).click();
  await page.getByRole("link", { name: "New import" }).click();
  await expect(page.getByLabel("Description")).toHaveValue("half a sentence");
});

test("nothing typed is lost when the login ends", async ({ page, fleet }) => {
  await openForm(page, fleet, await ready(fleet));
  await page.getByLabel("Name", { exact: true }).fill("expired_01");
  // A read of the list would find the end of the login before the person does.
  await page.getByRole("button", { name: "Pause refresh" }).click();
  await fleet.fault("expire_logins");
  await sendNow(page);
  await expect(page.getByRole("form", { name: "Log in to Frankfurt" })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("expired_01");
  expect(await fleet.carriedOut("create")).toBe(0);
  await logIn(page);
  await expect(page.getByRole("form", { name: "Log in to Frankfurt" })).toHaveCount(0);
  await sendNow(page);
  await exists(page, fleet, "expired_01 exists");
});

test("no answer to the sending becomes certainty by the name", async ({ page, fleet }) => {
  await openForm(page, fleet, { ...(await ready(fleet)), name: "silent_01" });
  await fleet.fault("drop_answer", { match: { method: "POST", path_contains: "import_session" } });
  await sendNow(page);
  await expect(page.locator(".act-sentence")).toBeVisible();
  await fleet.clear();
  await exists(page, fleet, "silent_01 exists");
  const sessions = Object.values((await fleet.truth()).sessions);
  expect(sessions.filter((session) => session.name === "silent_01")).toHaveLength(1);
});

test("a request that did not arrive may be asked for again", async ({ page, fleet }) => {
  await openForm(page, fleet, { ...(await ready(fleet)), name: "lost_01" });
  await fleet.fault("drop_request", { match: { method: "POST", path_contains: "import_session" } });
  await sendNow(page);
  await ends(page, fleet, "the request did not arrive");
  await fleet.clear();
  await sendNow(page);
  await exists(page, fleet, "lost_01 exists");
});

test("lists that cannot be read say so and are read again", async ({ page, fleet }) => {
  await fleet.fault("busy_503", { match: { path_contains: "remote_system" } });
  await openForm(page, fleet);
  await expect(page.getByText("The list could not be read.").first()).toBeVisible();
  await fleet.clear();
  await page.getByRole("button", { name: "Read again" }).first().click();
  await expect(page.getByLabel("Remote system").getByRole("option")).not.toHaveCount(1);
});

test.describe("a console that is read-only", () => {
  test.use({ site: { ...ONE_ARRAY, read_only: true } });

  test("shows the request and sends nothing", async ({ page, fleet }) => {
    await openForm(page, fleet, { ...(await ready(fleet)), name: "only_01" });
    await expect(page.getByText("This console is read-only")).toBeVisible();
    await send(page).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Send now" })).toHaveCount(0);
  });
});

test("a scheduled import gets another time, is cancelled, and its source is imported again", async ({ page, fleet }) => {
  const query = await ready(fleet);
  const id = await fleet.create("weekend_01", { remote_system_id: query.remote, source_resource_id: query.source, type: "Non_Disruptive", scheduled_timestamp: "2099-01-01T00:00:00Z" });
  await openImport(page, fleet, id);
  await shows(page, "Scheduled");
  await page.getByRole("region", { name: "Actions" }).getByRole("button", { name: /^Reschedule/ }).click();
  const dialog = page.getByRole("dialog", { name: "Reschedule: weekend_01" });
  await expect(dialog.getByText("read just now")).toBeVisible();
  await expect(dialog.getByLabel("Start", { exact: true })).toHaveValue(/^20(98-12-31|99-01-01)T/);
  await dialog.getByLabel("Start", { exact: true }).fill("2020-01-01T08:00");
  await expect(dialog.getByText("in the past by the array's clock")).toBeVisible();
  await dialog.getByLabel("Start", { exact: true }).fill("2098-02-03T08:00");
  await expect(dialog.getByText("That is 2098-02-0")).toBeVisible();
  await dialog.getByRole("button", { name: "Reschedule now" }).click();
  await ends(page, fleet, "Done.");
  expect((await fleet.api("GET", `import_session/${id}?select=scheduled_timestamp`)).body.scheduled_timestamp).toMatch(/^2098-02-0/);
  await act(page, "Cancel import");
  await ends(page, fleet, "Done.");
  await shows(page, "Cancelled");

  await page.getByRole("link", { name: "Import the same source again" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("weekend_01_2");
  await expect(type(page, "Non-disruptive")).toBeChecked();
  await sendNow(page);
  await exists(page, fleet, "weekend_01_2 exists");
  await page.locator(".made").getByRole("link", { name: "weekend_01_2" }).click();
  await expect(page.getByRole("heading", { name: "weekend_01_2" })).toBeVisible();

  // The record of the first one can go now, its name typed.
  await page.goto(`${fleet.url}/#/arrays/${fleet.array}/imports/${id}`);
  await shows(page, "Cancelled");
  await act(page, "Delete");
  await expect(async () => {
    await fleet.advance(20);
    await page.clock.runFor(4_000);
    expect((await fleet.api("GET", `import_session/${id}`)).status).toBe(404);
  }).toPass({ timeout: 20_000 });
  await refresh(page);
  await expect(page.getByText("The array has no import session")).toBeVisible();
});

test("a record that the array would keep cannot be deleted", async ({ page, fleet }) => {
  const id = await fleet.copying("keep_01");
  await openImport(page, fleet, id);
  const button = page.getByRole("region", { name: "Actions" }).getByRole("button", { name: /^Delete/ });
  await expect(button).toHaveAttribute("aria-disabled", "true");
});

test("with the keyboard alone", async ({ page, fleet }) => {
  await openForm(page, fleet);
  const press = async (target) => {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await target.evaluate((node) => node === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    await expect(target).toBeFocused();
  };
  const remote = await remoteOf(fleet, "VNX");
  await press(page.getByLabel("Remote system"));
  await page.keyboard.type(remote.name);
  await expect(page.getByLabel("Remote system")).toHaveValue(remote.id);
  await press(page.getByRole("searchbox", { name: "Source" }));
  const first = page.getByRole("radiogroup", { name: "Volumes and groups" }).getByRole("radio").first();
  await expect(first).toBeVisible();
  await press(first);
  await page.keyboard.press("Space");
  await expect(first).toBeChecked();
  await press(page.getByLabel("Name", { exact: true }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("keys_01");
  await press(send(page));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Send now" })).toBeFocused();
  await page.keyboard.press("Enter");
  await exists(page, fleet, "keys_01 exists");
});
