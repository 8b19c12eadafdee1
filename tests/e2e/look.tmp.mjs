import { chromium } from "@playwright/test";
import { host } from "./host.js";
import { fileURLToPath } from "node:url";
const { url, close } = await host(fileURLToPath(new URL("../../dist-demo/", import.meta.url)), "/some/folder/");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const out = "/tmp/demo-shots/";
for (const [width, height] of [[1440, 900], [390, 844]]) for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  page.on("pageerror", (e) => console.log("ERR", String(e)));
  page.on("console", (m) => m.type() === "error" && console.log("CON", m.text()));
  const shot = (name) => page.screenshot({ path: `${out}${name}-${width}-${colorScheme}.png` });
  const t0 = Date.now();
  await page.goto(url);
  await page.waitForSelector(".story-card");
  console.log("first page", Date.now() - t0, "ms");
  await shot("chooser");
  const t1 = Date.now();
  await page.goto(url + "?scenario=failover-test&speed=0");
  await page.waitForSelector(".presenter-story .step");
  await page.waitForTimeout(800);
  console.log("story", Date.now() - t1, "ms");
  await shot("story-1");
  await page.click("text=Next step");
  await page.waitForTimeout(1500);
  await shot("story-2");
  if (width === 390) { await page.click(".presenter-fold"); await shot("folded"); await page.click(".presenter-fold"); }
  for (let i = 0; i < 10 && await page.isVisible(".presenter-next button"); i++) { await page.click(".presenter-next button"); await page.waitForTimeout(900); }
  await shot("story-end");
  await page.goto(url + "?scenario=whole&speed=0");
  await page.waitForSelector(".presenter-faults");
  await page.click("text=Server errors");
  await page.waitForTimeout(900);
  await shot("whole");
  await page.close();
}
await browser.close();
close();
