// Where the time goes: with PROFILE set, each measurement is profiled once, and the functions that took longest are told.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./site.js";

const { PROFILE } = process.env;
const FOLDER = join(ROOT, "target/bench-profiles");
const done = new Set();

/** Milliseconds of each function itself. */
function selfTimes({ nodes, samples, timeDeltas }) {
  const names = new Map(nodes.map(({ id, callFrame: { functionName, url } }) => [id, `${functionName || "(anonymous)"}${url.endsWith(".wasm") ? "" : ` ${url.split("/").pop()}`}`]));
  const times = new Map();
  samples.forEach((id, place) => {
    const name = names.get(id);
    times.set(name, (times.get(name) ?? 0) + timeDeltas[place] / 1000);
  });
  return [...times].filter(([name]) => !/^\((idle|program|root)\)/.test(name)).sort(([, a], [, b]) => b - a);
}

/** Runs a measurement, and profiles it when that is asked for and was not done yet. */
export async function profiled({ session }, what, run) {
  if (!PROFILE || done.has(what)) return run();
  done.add(what);
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 500 });
  await session.send("Profiler.start");
  const result = await run();
  const { profile } = await session.send("Profiler.stop");
  await session.send("Profiler.disable");
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${what}.cpuprofile`);
  writeFileSync(file, JSON.stringify(profile));
  const top = selfTimes(profile).slice(0, 15);
  process.stdout.write(`  ${file}\n${top.map(([name, time]) => `${time.toFixed(1).padStart(12)} ms  ${name}\n`).join("")}`);
  return result;
}
