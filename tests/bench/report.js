// The numbers of a run, and how they are told.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

export const METRICS = ["first_rows_ms", "all_rows_ms", "filter_ms", "sort_ms", "refresh_1pct_ms", "scroll_slow_frames", "heap_mb"];

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const rounded = (value) => Math.round(value * 10) / 10;

/** The medians of samples by metric. At least five of each are wanted. */
export function medians(samples, least = 5) {
  const told = {};
  for (const metric of METRICS) {
    const values = samples[metric];
    if (!(values?.length >= least)) throw new Error(`${metric}: ${values?.length ?? 0} samples`);
    if (!values.every(Number.isFinite)) throw new Error(`${metric}: ${values}`);
    told[metric] = rounded(median(values));
  }
  return told;
}

/** Console by floor; null where the floor has none. */
export function ratios({ console, floor }) {
  const ratio = (metric) => (floor[metric] > 0 ? Math.round((console[metric] / floor[metric]) * 100) / 100 : null);
  return Object.fromEntries(METRICS.map((metric) => [metric, ratio(metric)]));
}

/** Bytes of what a browser fetches from a folder, as it is and by brotli. */
export function sizes(folder) {
  const total = { raw: 0, brotli: 0 };
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
    const bytes = readFileSync(join(folder, entry.name));
    total.raw += bytes.length;
    const ready = join(folder, `${entry.name}.br`);
    total.brotli += existsSync(ready) ? statSync(ready).size : Math.min(bytes.length, brotliCompressSync(bytes).length);
  }
  return total;
}

export function machine(browser) {
  const [first] = cpus();
  return { browser, cpus: `${cpus().length} × ${first?.model ?? "?"}`, load_at_start: loadavg()[0] };
}

function line(cells) {
  const [first, ...rest] = cells;
  return `  ${first.padEnd(22)}${rest.map((cell) => String(cell).padStart(12)).join("")}`;
}

/** The table for the terminal. */
export function table(result) {
  const lines = [];
  for (const [size, { console, floor, ratio }] of Object.entries(result.imports)) {
    lines.push("", line([`${size} imports`, "console", "floor", "ratio"]));
    for (const metric of METRICS) lines.push(line([metric, console[metric], floor[metric], ratio[metric] ?? "–"]));
  }
  lines.push("", line(["built size, bytes", "console", "floor", "ratio"]));
  for (const kind of ["raw", "brotli"]) {
    const [ours, theirs] = [result.sizes.console[kind], result.sizes.floor[kind]];
    lines.push(line([kind, ours, theirs, Math.round((ours / theirs) * 100) / 100]));
  }
  return lines.join("\n");
}
