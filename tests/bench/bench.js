// The benchmark: the console and the floor, against the same simulated array, one after the other.
// SIZES, ROUNDS, WORD, OUT and PROFILE: docs/benchmark.md.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { Browser, PAGES } from "./browser.js";
import { filter, heap, load, scroll, sort } from "./measure.js";
import { profiled } from "./profile.js";
import { ready, refresh, tookIn } from "./refresh.js";
import { machine, medians, ratios, sizes, table } from "./report.js";
import { ROOT, Site } from "./site.js";
import { Truth } from "./truth.js";

const SIZES = (process.env.SIZES ?? "10000,100000").split(",").map(Number);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const WORD = process.env.WORD ?? "erp_temp";
const OUT = process.env.OUT ?? join(ROOT, "target/bench.json");
const DIST = process.env.DIST ?? join(ROOT, "dist");
const say = (words) => process.stdout.write(`  ${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${words}\n`);
const began = Date.now();

/** All measurements of one of the two pages. */
async function measure(name, site, truth, result) {
  const samples = { first_rows_ms: [], all_rows_ms: [], filter_ms: [], sort_ms: [], refresh_1pct_ms: [], scroll_slow_frames: [], heap_mb: [] };
  const browser = await Browser.open(site);
  result.machine ??= machine(browser.browser.version());
  const { page } = browser;
  const part = (what, run) => profiled(browser, `${name}-${site.imports}-${what}`, run);
  // A page that finds the array's clock behind reads everything again.
  await site.run(true);
  for (let round = 0; round < ROUNDS; round += 1) {
    const times = await part("load", () => load(browser, name, truth));
    for (const [metric, time] of Object.entries(times)) samples[metric].push(time);
    const held = await heap(browser, name);
    samples.heap_mb.push(held.heap_mb);
    result.imports[site.imports].heap_parts[name] = held.parts;
  }
  say(`${name}, ${site.imports} imports: loaded ${ROUNDS} times`);
  // Nothing else happens while a person acts.
  await site.run(false);
  await page.getByRole("button", { name: "Pause refresh" }).click();
  await ready(browser);
  await truth.reread();
  // Each of these rounds brings several samples.
  for (let round = 0; round < Math.ceil(ROUNDS / 2); round += 1) {
    samples.filter_ms.push(...(await part("filter", () => filter(browser, name, truth, WORD))));
    samples.sort_ms.push(...(await part("sort", () => sort(browser, name, truth))));
  }
  say(`${name}, ${site.imports} imports: filtered and sorted`);
  await ready(browser);
  await truth.reread();
  let last = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    last = await part("refresh", () => refresh(browser, name, truth, round));
    samples.refresh_1pct_ms.push(last.time);
  }
  await tookIn(browser, name, truth, last.changed);
  say(`${name}, ${site.imports} imports: refreshed`);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { slow, blank } = await part("scroll", () => scroll(browser, name, truth));
    samples.scroll_slow_frames.push(slow);
    if (blank > 0) say(`${name}: ${blank} of 10 looks while scrolling found no row`);
  }
  say(`${name}, ${site.imports} imports: scrolled`);
  await browser.close();
  return samples;
}

const result = { at: new Date().toISOString(), rounds: ROUNDS, imports: {} };
for (const size of SIZES) {
  const site = await Site.open(DIST, size);
  try {
    const of = (result.imports[size] = { samples: {}, heap_parts: {} });
    const truth = await Truth.of(site);
    say(`${size} imports are there`);
    for (const name of Object.keys(PAGES)) {
      of.samples[name] = await measure(name, site, truth, result);
      of[name] = medians(of.samples[name], Math.min(ROUNDS, 5));
    }
    of.ratio = ratios(of);
    result.sizes ??= { console: sizes(join(site.work, "site")), floor: sizes(join(site.work, "site/floor")) };
  } finally {
    site.close();
  }
}
mkdirSync(dirname(OUT), { recursive: true });
writeFileSync(OUT, `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${table(result)}\n\n  all samples: ${OUT}\n`);
