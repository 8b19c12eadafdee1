// Debian's Chromium, or the one that CHROMIUM names; Playwright brings no browser of its own.

import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "stories",
  outputDir: "test-results",
  forbidOnly: true,
  // Two cores: one for the browser, one for the server.
  workers: 1,
  timeout: 60_000,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
    },
  },
});
