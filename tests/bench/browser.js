// Debian's Chromium with one page, as the stories of tests/e2e open it, and logged in.

import { createRequire } from "node:module";

import { ADMIN, ARRAY } from "./site.js";
import { watch } from "./watch.js";

const { chromium } = createRequire(new URL("../e2e/package.json", import.meta.url))("@playwright/test");
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"];

/** Where the two pages are. */
export const PAGES = { console: "/#/imports", floor: "/floor/" };

export class Browser {
  static async open(site) {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
    const page = await context.newPage();
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("console", (message) => {
      const { url } = message.location();
      if (message.type() === "error" && !url.endsWith("/favicon.ico")) troubles.push(`${message.text()} ${url}`);
    });
    const session = await context.newCDPSession(page);
    for (const domain of ["Performance", "HeapProfiler", "Runtime"]) await session.send(`${domain}.enable`);
    await page.goto(`${site.url}/config.json`);
    const login = `${site.url}/${ARRAY.url}api/rest/login_session`;
    const status = await page.evaluate(
      async ([address, authorization]) => (await fetch(address, { headers: { authorization } })).status,
      [login, ADMIN],
    );
    if (status !== 200) throw new Error(`the login was answered with ${status}`);
    await page.addInitScript(watch, site.imports);
    return Object.assign(new Browser(), { browser, page, session, troubles, site });
  }

  /** Ends it; what went wrong in the page meanwhile makes the measurement void. */
  async close() {
    const { troubles } = this;
    await this.browser.close();
    if (troubles.length > 0) throw new Error(`the page reports errors: ${troubles.slice(0, 5).join("; ")}`);
  }

  /** Loads one of the two pages from nothing. */
  async load(name) {
    await this.page.goto("about:blank");
    await this.page.goto(this.site.url + PAGES[name]);
  }

  /** Waits until nothing was asked for a second, and the main thread is at rest. */
  async settle() {
    let quiet = Date.now();
    const busy = () => (quiet = Date.now());
    const events = ["request", "requestfinished", "requestfailed"];
    for (const event of events) this.page.on(event, busy);
    while (Date.now() - quiet < 1000) await this.page.waitForTimeout(100);
    for (const event of events) this.page.off(event, busy);
    await this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  }

  /** Fails unless the page shows this. */
  async expect(list, what) {
    const shows = await this.page.evaluate((list) => bench.shows(list), { ...list, ids: undefined });
    if (shows) return;
    const seen = await this.page.evaluate(() => ({ summary: bench.summary(), first: bench.ids().slice(0, 10) }));
    throw new Error(`${what}: the page should show ${JSON.stringify({ ...list, ids: undefined })}, and shows ${JSON.stringify(seen)}`);
  }

  /** Milliseconds that the main thread has been at work since the page was opened. */
  async worked() {
    const { metrics } = await this.session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  }
}
