// What can go wrong between a person and an array: nothing is sent twice, and everything is said.

import { ONE_ARRAY, act, answer, ends, expect, logIn, openImport, refresh, shows, test } from "../fleet.js";

test.use({ site: ONE_ARRAY });

test("a login that ends in the middle of a cutover brings the dialog back", async ({ page, fleet }) => {
  const id = await fleet.ready("expired_01");
  await openImport(page, fleet, id);
  // A read of the page would find the end of the login before the person does.
  await page.getByRole("button", { name: "Pause refresh" }).click();
  await page.getByRole("region", { name: "Actions" }).getByRole("button", { name: "Cut over" }).click();
  const dialog = page.getByRole("dialog", { name: "Cut over: expired_01" });
  await expect(dialog.getByText("read just now")).toBeVisible();
  await fleet.fault("expire_logins");
  await answer(page, "Cut over");
  await expect(dialog.getByText("Nothing was sent.")).toBeVisible();
  expect(await fleet.carriedOut("cutover")).toBe(0);
  await dialog.getByLabel("User").fill("admin");
  await dialog.getByLabel("Password", { exact: true }).fill("Password123!");
  await dialog.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(dialog.getByText("The dialog has come back")).toBeVisible();
  await expect(dialog.getByLabel("Type the name to confirm")).toHaveValue("expired_01");
  expect(await fleet.carriedOut("cutover")).toBe(0);
  await dialog.getByRole("button", { name: "Cut over now" }).click();
  await ends(page, fleet, "Done.");
  expect(await fleet.carriedOut("cutover")).toBe(1);
  expect(await fleet.state(id)).toBe("Import_Completed");
});

test("a refusal is shown in the array's words", async ({ page, fleet }) => {
  const id = await fleet.ready("refused_01");
  await openImport(page, fleet, id);
  await fleet.fault("refuse_422", { code: "0xE0AA", message: "The destination has no space left.", times: 1 });
  await act(page, "Cut over");
  await expect(page.locator(".act-sentence")).toContainText("The destination has no space left. (0xE0AA)");
  expect(await fleet.state(id)).toBe("Ready_For_Cutover");
});

test("an answer that never comes is unknown, and then resolved", async ({ page, fleet }) => {
  const id = await fleet.ready("silent_01");
  await openImport(page, fleet, id);
  await page.getByRole("region", { name: "Actions" }).getByRole("button", { name: "Cut over" }).click();
  await expect(page.getByRole("dialog").getByText("read just now")).toBeVisible();
  // Carried out at once, answered when nobody waits any more.
  await fleet.fault("slow", { match: { method: "POST" }, delay_ms: 600_000 });
  await answer(page, "Cut over");
  await expect(page.locator(".act-sentence")).toContainText("the answer is awaited");
  // The looks at what became of it are lost too, so that the person can see that nobody knows.
  await fleet.fault("network_down", { match: { method: "GET" } });
  await page.clock.runFor(31_000);
  await expect(page.locator(".act-sentence")).toContainText("No answer came");
  await fleet.clear();
  await ends(page, fleet, "Done.");
  await shows(page, "Import Completed");
  expect(await fleet.carriedOut("cutover")).toBe(1);
});

test("a request that the browser itself sends again is not taken for a refusal", async ({ page, fleet }) => {
  const id = await fleet.ready("again_01");
  await openImport(page, fleet, id);
  // Chromium repeats a request when a connection that it used before breaks without an answer.
  await fleet.fault("drop_answer", { match: { method: "POST" }, times: 1 });
  await act(page, "Cut over");
  await ends(page, fleet, "Done.");
  expect(await fleet.carriedOut("cutover")).toBe(1);
  expect(await fleet.state(id)).toBe("Import_Completed");
});

test("a request that did not arrive may be asked for again", async ({ page, fleet }) => {
  const id = await fleet.ready("lost_01");
  await openImport(page, fleet, id);
  await fleet.fault("drop_request", { match: { method: "POST" } });
  await act(page, "Cut over");
  await ends(page, fleet, "It may be asked for again");
  await fleet.clear();
  expect(await fleet.carriedOut("cutover")).toBe(0);
  await act(page, "Cut over");
  await ends(page, fleet, "Done.");
  expect(await fleet.carriedOut("cutover")).toBe(1);
});

test("a wrong password is sent once only, and nothing typed is lost", async ({ page, fleet }) => {
  await page.goto(`${fleet.url}/#/`);
  await logIn(page, "admin", "wrong");
  await expect(page.getByText("The array rejected the name admin")).toBeVisible();
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByText("it was not sent again")).toBeVisible();
  await expect(page.getByLabel("User")).toHaveValue("admin");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("wrong");
  expect((await fleet.truth()).logins.wrong).toBe(1);
  await logIn(page);
  await expect(page.getByText("Logged in as admin")).toBeVisible();
});

test("who may look only is told in the array's words, and is asked for no login", async ({ page, fleet }) => {
  const id = await fleet.ready("viewer_01");
  await openImport(page, fleet, id, "viewer");
  await act(page, "Cut over");
  await expect(page.locator(".act-sentence")).toContainText("does not permit");
  await expect(page.getByLabel("User")).toHaveCount(0);
  expect(await fleet.carriedOut("cutover")).toBe(0);
});

test("a reload finds the living login and goes on", async ({ page, fleet }) => {
  const id = await fleet.ready("reload_01");
  await openImport(page, fleet, id);
  const before = (await fleet.truth()).logins;
  await page.reload();
  await shows(page, "Ready For Cutover");
  expect((await fleet.truth()).logins).toEqual(before);
  await act(page, "Cut over");
  await ends(page, fleet, "Done.");
});

test("after a log-out nothing is left to see, and the array is not asked", async ({ page, fleet }) => {
  await fleet.ready("out_01");
  const { living } = (await fleet.truth()).logins;
  await page.goto(`${fleet.url}/#/`);
  await logIn(page);
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByText("You are logged out.")).toBeVisible();
  await page.getByRole("link", { name: "Imports", exact: true }).click();
  await expect(page.getByText("out_01")).toHaveCount(0);
  expect((await fleet.truth()).logins.living).toBe(living);
});

for (const [fault, words] of [
  ["malformed_json", "The answer cannot be read"],
  ["html", "A web page came instead of data"],
  ["truncated_body", "broke off"],
  ["too_large", "larger than 16 MB"],
  ["status_500_empty", "failed with status 500"],
  ["busy_503", "busy"],
  ["network_down", "does not answer"],
]) {
  test(`${fault}: said in its own words, the rows stay, and it mends itself`, async ({ page, fleet }) => {
    await fleet.ready("bad_answer_01");
    await page.goto(`${fleet.url}/#/`);
    await logIn(page);
    await page.getByRole("link", { name: "Imports", exact: true }).click();
    const row = page.getByRole("row").filter({ hasText: "bad_answer_01" });
    await expect(row).toBeVisible();
    await page.getByRole("searchbox", { name: "Filter imports" }).fill("bad");
    await fleet.fault(fault);
    await refresh(page);
    await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
    await expect(row).toBeVisible();
    await expect(page.getByRole("searchbox", { name: "Filter imports" })).toHaveValue("bad");
    await fleet.clear();
    await refresh(page);
    await expect(page.getByRole("alert").filter({ hasText: words })).toHaveCount(0);
  });
}

test("a cookie that dies is noticed, and the data stays, looking old", async ({ page, fleet }) => {
  const id = await fleet.ready("cookie_01");
  await openImport(page, fleet, id);
  await page.context().clearCookies();
  await refresh(page);
  const form = page.getByRole("form", { name: "Log in to Frankfurt" });
  await expect(form).toContainText("The login has ended.");
  await shows(page, "Ready For Cutover");
  await logIn(page);
  await expect(form).toHaveCount(0);
  await shows(page, "Ready For Cutover");
});

test("a cookie that the browser does not keep is named as such", async ({ page, fleet }) => {
  await fleet.fault("drop_cookies");
  await page.goto(`${fleet.url}/#/`);
  await logIn(page);
  await expect(page.getByRole("form")).toContainText("the browser did not keep its cookie");
});

test.describe("a site that is read-only", () => {
  test.use({ site: { ...ONE_ARRAY, read_only: true } });

  test("ships with its safety catch", async ({ page, fleet }) => {
    const id = await fleet.ready("locked_01");
    await openImport(page, fleet, id);
    await expect(page.getByText("Read-only", { exact: true })).toBeVisible();
    const cutOver = page.getByRole("region", { name: "Actions" }).getByRole("button", { name: "Cut over" });
    await expect(cutOver).toHaveAttribute("aria-disabled", "true");
    await expect(cutOver).toHaveAccessibleDescription(/read-only/);
    await cutOver.click({ force: true });
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test.describe("a config.json that is broken", () => {
  test.use({ site: '{\n  "title": "Site",\n  "arrays": [,]\n}' });

  test("is answered with the file, the line and the mend", async ({ page, fleet }) => {
    await page.goto(`${fleet.url}/`);
    await expect(page.getByRole("heading", { name: "config.json cannot be used" })).toBeVisible();
    await expect(page.getByRole("alert").first()).toContainText("line 3");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});

test("a config.json that is missing is named, and the page comes when it is there", async ({ page, fleet }) => {
  await page.route("**/config.json", (route) => route.fulfill({ status: 404, body: "no" }), { times: 1 });
  await page.goto(`${fleet.url}/`);
  await expect(page.getByRole("alert").first()).toContainText("config.json was not found");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: "Log in", exact: true })).toBeVisible();
});
