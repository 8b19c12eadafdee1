// Creating a file import and a migration, changing and reporting a file import.

import { ONE_ARRAY, answer, ask, button, ends, expect, logIn, openAlone, picture, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

/** Opens the form of a collection, logged in. */
async function openForm(page, fleet, collection, noun, user = "admin") {
  await page.goto(`${fleet.url}/#/`);
  await logIn(page, user);
  await expect(page.getByText(`Logged in as ${user}`)).toBeVisible();
  await page.goto(`${fleet.url}/#/${collection}`);
  await page.getByRole("link", { name: `New ${noun}` }).click();
  await expect(page.getByRole("heading", { name: `New ${noun} on Frankfurt` })).toBeVisible();
}

/** Confirms and sends. */
async function sendNow(page, noun) {
  await page.getByRole("button", { name: `Create ${noun}` }).click();
  await page.getByRole("group", { name: "Confirm" }).getByRole("button", { name: "Send now" }).click();
}

/** Lets both clocks run until it exists. */
async function exists(page, fleet, words) {
  await expect(async () => {
    await fleet.advance(5);
    await page.clock.runFor(4_000);
    await expect(page.locator(".made")).toContainText(words, { timeout: 300 });
  }).toPass({ timeout: 30_000 });
}

const sent = async (page) => {
  await page.getByText("The exact request").click();
  return JSON.parse((await page.locator(".wire-request").textContent()).split("\n\n")[1]);
};

test("a file import, first refused at its field, then created", async ({ page, fleet }) => {
  const source = (await fleet.truth()).nas_sources.find((source) => !source.session);
  await openForm(page, fleet, "file-imports", "file import");
  await expect(page.locator("#plan-missing")).toContainText("Import interface");
  await page.getByLabel("Remote system").selectOption(source.remote_system_id);
  await page.getByRole("textbox", { name: "Source", exact: true }).fill("nas-of-nobody");
  await page.getByLabel("Name", { exact: true }).fill("nas_new");
  await page.getByLabel("Import interface").selectOption({ label: "nas-import-2" });
  await page.getByLabel("Other ports").fill("eth0");
  await expect(page.locator("#file_interfaces-said")).toContainText("name=port id");
  await page.getByLabel("Other ports").fill("eth0=bond1");
  await page.getByLabel("SMB administrator").fill("importer");
  await page.getByLabel("SMB password").fill("very secret");
  const body = await sent(page);
  expect(body).toMatchObject({ source_resource_id: "name:nas-of-nobody", file_interfaces: [{ name: "eth0", ip_port_id: "bond1" }] });
  expect(body.source_smb_admin_password).toBe("•••");
  await expect(page).not.toHaveURL(/secret/);
  await picture(page, "new-file-import");
  await sendNow(page, "file import");
  await expect(async () => {
    await page.clock.runFor(4_000);
    await expect(page.locator("#plan-source-said")).toContainText("there is no NAS server", { timeout: 300 });
  }).toPass();
  await picture(page, "new-file-import-refused");
  await page.getByRole("textbox", { name: "Source", exact: true }).fill(source.name);
  await expect(page.locator("#plan-source-said")).toHaveText("");
  await sendNow(page, "file import");
  await exists(page, fleet, "nas_new exists.");
  const id = (await fleet.api("GET", "file_import_session/name:nas_new?select=id,source_resource_id,import_file_interface_id,source_smb_admin_username")).body;
  expect(id).toMatchObject({ source_resource_id: source.id, import_file_interface_id: "if2", source_smb_admin_username: "importer" });
  await page.locator(".made").getByRole("link", { name: "nas_new" }).click();
  await expect(page.getByRole("heading", { name: "nas_new" })).toBeVisible();
});

test("a migration of a volume, and what is on its way cannot go twice", async ({ page, fleet }) => {
  await openForm(page, fleet, "migrations", "migration");
  const sources = page.getByRole("radiogroup", { name: "Volumes and groups" });
  const volume = sources.locator(".source", { hasText: "on Frankfurt-appliance-1" }).first();
  await volume.getByRole("radio").check();
  const name = await page.getByLabel("Name", { exact: true }).inputValue();
  expect(name).not.toBe("");
  await page.getByLabel("Destination appliance").selectOption("A1");
  await expect(page.locator("#destination_appliance_id-said")).toHaveText("It is there already.");
  await page.getByLabel("Destination appliance").selectOption("A2");
  expect(await sent(page)).toMatchObject({ name, resource_type: "volume", destination_appliance_id: "A2", automatic_cutover: false });
  await picture(page, "new-migration");
  await sendNow(page, "migration");
  await exists(page, fleet, `${name} exists.`);
  await page.getByRole("button", { name: "Create another like this" }).click();
  await page.getByRole("searchbox", { name: "Source" }).fill(name);
  await page.reload();
  await page.getByRole("searchbox", { name: "Source" }).fill(name);
  await expect(sources.locator(".source.refused").first()).toContainText("another migration has it");
});

test.describe("an array of an older release", () => {
  test.use({ simulator: ["--release", "frankfurt=2.1.0.0"] });

  test("has no file imports, and the form says so", async ({ page, fleet }) => {
    await page.goto(`${fleet.url}/#/`);
    await logIn(page);
    await expect(page.getByText("Logged in as admin")).toBeVisible();
    await page.goto(`${fleet.url}/#/arrays/frankfurt/file-imports/new`);
    await expect(page.locator("#plan-missing")).toContainText("release has no file imports");
  });
});

test("who may look only cannot create a migration", async ({ page, fleet }) => {
  await openForm(page, fleet, "migrations", "migration", "viewer");
  await page.getByRole("radiogroup", { name: "Volumes and groups" }).getByRole("radio").first().check();
  await page.getByLabel("Destination appliance").selectOption("A2");
  await sendNow(page, "migration");
  await expect(page.locator(".act-sentence")).toContainText("does not permit");
});

test("a file import gets another name and a description, and reports", async ({ page, fleet }) => {
  const id = await fleet.createFileImport("nas_old");
  await openAlone(page, fleet, "file-imports", id);
  const dialog = await ask(page, "Modify");
  await expect(dialog.getByText("Change something.")).toBeVisible();
  await dialog.getByLabel("Name", { exact: true }).fill("nas_renamed");
  await dialog.getByLabel("Description").fill("over the weekend");
  await dialog.getByLabel("DHSM password").fill("hidden");
  await picture(page, "file-import-modify");
  await answer(page, "Modify");
  await ends(page, fleet, "Done.");
  await expect(page.getByRole("heading", { name: "nas_renamed" })).toBeVisible();
  expect((await fleet.api("GET", `file_import_session/${id}?select=description`)).body.description).toBe("over the weekend");
  await ask(page, "Report");
  await answer(page, "Report");
  await expect(page.getByText("Done.")).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the report" }).click();
  expect((await saved).suggestedFilename()).toBe("nas_renamed.json");
  await expect(button(page, "Report")).toBeVisible();
});
