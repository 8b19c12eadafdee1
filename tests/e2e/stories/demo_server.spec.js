// The presenter's panel on a server's fleet: the demonstration, served by the simulator with its control door.

import { expect, picture, test } from "../fleet.js";
import { isOpen, panel, story } from "../presenter.js";

test.use({ built: "dist-demo" });

async function open(page, fleet, query) {
  await page.goto(`${fleet.url}/?fleet=server${query}`);
  await isOpen(page);
}

test("a story is chosen, told to its end, and happens on the server", async ({ page, fleet }) => {
  await page.goto(`${fleet.url}/?fleet=server`);
  await page.getByRole("link", { name: "A failover test" }).click();
  await expect(page).toHaveURL(/\?fleet=server&scenario=failover-test/);
  await isOpen(page);
  const steps = Number(/\d+$/.exec(await story(page).locator(".step").textContent())[0]);
  for (let step = 1; step <= steps; step += 1) {
    await expect(story(page).locator(".step")).toHaveText(`Step ${step} of ${steps}`);
    await story(page).getByRole("button", { name: "Next step" }).click();
  }
  await expect(story(page).locator(".step")).toHaveText("Told to its end");
  await expect(story(page).locator(".outcome .reached")).not.toHaveCount(0);
  await expect(story(page).locator(".outcome .missed")).toHaveCount(0);
  await picture(page, "demo-server");
  const { current } = await (await fetch(`${fleet.url}/simulator/scenario`)).json();
  expect([current.name, current.finished]).toEqual(["failover-test", true]);
});

test("who opens the link of a story that is told already comes to where it stands", async ({ page, fleet, context }) => {
  await open(page, fleet, "&scenario=disaster&speed=0");
  await story(page).getByRole("button", { name: "Next step" }).click();
  await expect(story(page).locator(".step")).toHaveText(/^Step 2/);
  const other = await context.newPage();
  await open(other, fleet, "&scenario=disaster&speed=0");
  await expect(story(other).locator(".step")).toHaveText(/^Step 2/);
  await panel(other).getByRole("button", { name: "Begin anew" }).click();
  await expect(story(other).locator(".step")).toHaveText(/^Step 1/);
  await expect(story(page).locator(".step")).toHaveText(/^Step 1/);
});

test("the clock, a fault and the size of the fleet are the server's", async ({ page, fleet }) => {
  await open(page, fleet, "&scenario=whole");
  await panel(page).getByRole("button", { name: "×60", exact: true }).click();
  await expect(panel(page).getByRole("button", { name: "×60", exact: true })).toHaveAttribute("aria-pressed", "true");
  await panel(page).getByRole("button", { name: "Pause" }).click();
  await expect(panel(page).getByRole("button", { name: "Go on" })).toBeVisible();
  expect((await fleet.control("state")).speed).toBe(0);
  const errors = panel(page).getByRole("switch", { name: "Server errors" });
  await errors.click();
  await expect(errors).toBeChecked();
  expect((await fetch(`${fleet.url}/arrays/frankfurt/api/rest/volume`)).status).toBe(500);
  await errors.click();
  await expect(errors).not.toBeChecked();
  expect(Object.keys((await fleet.truth()).sessions)).toHaveLength(0);
  await panel(page).getByLabel("Size").selectOption("100 imports");
  await panel(page).getByRole("button", { name: "Begin anew" }).click();
  await expect(page).toHaveURL(/&imports=100/);
  await isOpen(page);
  await expect(panel(page).getByLabel("Size")).toHaveValue("100");
  expect(Object.keys((await fleet.truth()).sessions)).not.toHaveLength(0);
});

test("another story of somebody else's takes the page along, with its arrays and logged in", async ({ page, fleet, browser }) => {
  await open(page, fleet, "&scenario=disaster");
  const theirs = await (await browser.newContext()).newPage();
  await open(theirs, fleet, "&scenario=night-of-backups");
  await expect(page).toHaveURL(/\?fleet=server&scenario=night-of-backups/);
  await isOpen(page);
  await expect(page.getByText("Logged in as admin")).toHaveCount(3);
  await theirs.context().close();
});

test("the whole fleet ends a story, and what the story furnished", async ({ page, fleet }) => {
  await open(page, fleet, "&scenario=agentless-import");
  await panel(page).getByRole("link", { name: "All stories" }).click();
  await page.getByRole("link", { name: "The whole fleet" }).click();
  await isOpen(page);
  await expect(story(page)).toHaveCount(0);
  await expect(page.getByText("Logged in as admin")).toHaveCount(3);
  expect(Object.keys((await fleet.truth()).sessions)).not.toHaveLength(0);
});

test("where nothing tells of a simulated fleet, no array is opened and nobody logs in", async ({ page, fleet }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.route("**/simulator/**", (route) => route.fulfill({ status: 404 }));
  await page.goto(`${fleet.url}/?fleet=server&scenario=whole`);
  await expect(page.getByRole("alert")).toContainText("start it with --control");
  // A host that answers everything with its page tells as little.
  await page.unrouteAll();
  await page.route("**/simulator/**", (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<p>Welcome" }));
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("start it with --control");
  await expect(panel(page)).toHaveCount(0);
  expect(asked.filter((path) => path.startsWith("/arrays") || path.endsWith("config.json"))).toEqual([]);
});
