// How the page starts, and what it says when it cannot: dist/ itself under the security policy, without a
// server; where a story needs the program to fail, a small one stands in for it.

import { expect, test } from "@playwright/test";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));
const PAGE = "http://localhost/any/folder/";
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types default";
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves dist/; `program` is the JavaScript that stands in for the compiled one, when there is one, and `damage`
 * what happens to the program's bytes on their way.
 */
async function open(page, program, damage = (bytes) => bytes) {
  await page.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    const name = pathname.replace("/any/folder/", "") || "index.html";
    const file = join(DIST, name);
    const headers = { "content-security-policy": POLICY, "content-type": TYPES[extname(file)] ?? "text/plain" };
    if (program && /^console-.*\.js$/.test(name)) return route.fulfill({ headers, body: program });
    if (!existsSync(file)) return route.fulfill({ status: 404, headers, body: "not here" });
    const bytes = readFileSync(file);
    return route.fulfill({ headers, body: extname(file) === ".wasm" ? damage(bytes) : bytes });
  });
  await page.goto(PAGE);
}

const TRAP = "new WebAssembly.RuntimeError('unreachable')";

test("the program starts under the policy, without a violation or an error", async ({ page }) => {
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
  });
  await open(page);
  await expect(page.locator("#boot-loading")).toHaveCount(0);
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(troubles).toEqual([]);
});

test("a program that cannot be loaded is said in plain words", async ({ page }) => {
  await open(page, "export default async () => { throw new Error('404 for the program'); };");
  const message = page.getByRole("alertdialog", { name: "The console could not be started" });
  await expect(message).toContainText("404 for the program");
  await expect(page.locator("#boot-loading")).toHaveCount(0);
});

test("a program that arrives in part is not started, and that is said", async ({ page }) => {
  await open(page, undefined, (bytes) => bytes.subarray(0, bytes.length / 2));
  const message = page.getByRole("alertdialog", { name: "The console could not be started" });
  await expect(message).toContainText("The program that was loaded is not whole.");
});

test("a panic stops the page with a message above any open dialog, and Escape does not hide it", async ({ page }) => {
  await open(
    page,
    `export default async () => {
      const dialog = document.body.appendChild(document.createElement("dialog"));
      dialog.showModal();
      setTimeout(() => { throw ${TRAP}; });
    };`,
  );
  const message = page.getByRole("alertdialog", { name: "The console has stopped" });
  await expect(message).toContainText("unreachable");
  await page.keyboard.press("Escape");
  await expect(message).toBeVisible();
  const reloaded = page.waitForEvent("load");
  await message.getByRole("button", { name: "Reload" }).click();
  await reloaded;
});

test("a panic in work that nobody waits for is told with the panic's own words", async ({ page }) => {
  await open(
    page,
    `export default async () => {
      document.querySelector("#boot-stopped [data-reason]").textContent = "row 7 has no name";
      Promise.reject(${TRAP});
    };`,
  );
  await expect(page.getByRole("alertdialog", { name: "The console has stopped" })).toContainText("row 7 has no name");
});

test("an error that is no panic leaves the page alone", async ({ page }) => {
  const told = page.waitForEvent("pageerror");
  await open(page, "export default async () => { setTimeout(() => { throw new Error('of an extension'); }); };");
  await told;
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
});

test("markup that could run a program is refused, other markup is not", async ({ page }) => {
  await open(page, "export default async () => {};");
  const accepted = (markup) =>
    page.evaluate((text) => {
      try {
        document.createElement("template").innerHTML = text;
        return true;
      } catch {
        return false;
      }
    }, markup);
  for (const markup of [
    "<script src=x></script>",
    "<p><iframe></iframe></p>",
    "<object data=x>",
    "<embed src=x>",
    "<base href=/>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<img src=x\nONERROR = alert(1)>",
    "<a href='javascript:alert(1)'>",
  ]) {
    expect(await accepted(markup), markup).toBe(false);
  }
  for (const markup of ["<main><p class=\"one\">Turn it on, or off</p></main>", "<section><h2>Basement</h2></section>"]) {
    expect(await accepted(markup), markup).toBe(true);
  }
});
