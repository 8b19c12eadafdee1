// What the states of an import mean: its label, its phase, and its place along the normal course.

const volume = {
  Scheduled: ["Scheduled", "waiting", 0, 0],
  Queued: ["Queued", "waiting", 0, 100],
  In_Progress: ["In Progress", "working", 100, 100],
  Mirror_Enabled: ["Ready To Enable Destination Volume", "attention", 200, 100],
  Ready_To_Start_Copy: ["Ready To Start Copy", "attention", 300, 100],
  Copy_In_Progress: ["Copy In Progress", "working", 400, 100],
  Paused: ["Paused", "paused", 400, 0],
  Ready_For_Cutover: ["Ready For Cutover", "attention", 500, 100],
  Cutover_In_Progress: ["Cutover In Progress", "working", 600, 100],
  Import_Completed: ["Import Completed", "done", 700, 100],
  Cancel_Required: ["Cancel Required", "trouble", 400, 200],
  Cancel_In_Progress: ["Cancel In Progress", "working", 600, 200],
  Cancelled: ["Cancelled", "ended", 700, 200],
  Cancel_Failed: ["Cancel Failed", "trouble", 500, 200],
  Cleanup_Required: ["Cleanup Required", "trouble", 500, 300],
  Cleanup_In_Progress: ["Cleanup In Progress", "working", 600, 300],
  Cleanup_Failed: ["Cleanup Failed", "trouble", 400, 300],
  Failed: ["Failed", "ended", 700, 300],
  Invalid: ["Invalid", "trouble", 0, 300],
};

const group = {
  Scheduled: ["Scheduled", "waiting", 0, 0],
  Queued: ["Queued", "waiting", 0, 100],
  In_Progress: ["In Progress", "working", 100, 100],
  Paused: ["Paused", "paused", 100, 0],
  Ready_For_Cutover: ["Ready For Cutover", "attention", 200, 100],
  Cutover_In_Progress: ["Cutover In Progress", "working", 300, 100],
  Import_Cutover_Incomplete: ["Import Cutover Incomplete", "trouble", 300, 0],
  Import_Completed: ["Import Completed", "done", 400, 100],
  Import_Completed_With_Errors: ["Import Completed With Errors", "ended", 400, 0],
  Cancel_Required: ["Cancel Required", "trouble", 100, 200],
  Cancel_In_Progress: ["Cancel In Progress", "working", 300, 200],
  Cancelled: ["Cancelled", "ended", 400, 200],
  Cancel_Failed: ["Cancel Failed", "trouble", 200, 200],
  Cleanup_Required: ["Cleanup Required", "trouble", 200, 300],
  Cleanup_In_Progress: ["Cleanup In Progress", "working", 300, 300],
  Cleanup_Failed: ["Cleanup Failed", "trouble", 100, 300],
  Failed: ["Failed", "ended", 400, 300],
  Invalid: ["Invalid", "trouble", 0, 300],
};

export const PHASES = ["waiting", "working", "attention", "paused", "trouble", "done", "ended", "unknown"];

/** The outline of a phase's mark on a square of 16. */
export const MARKS = {
  waiting:
    "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9zM7.2 5h1.6v2.8l2 1.2-.8 1.3-2.8-1.7z",
  working: "M3.5 1.8l10 6.2-10 6.2z",
  attention: "M8 .8L15.2 8 8 15.2.8 8zM7.1 4.2v4.9h1.8V4.2zM7.1 10.2v1.8h1.8v-1.8z",
  paused: "M3 2h3.8v12H3zM9.2 2H13v12H9.2z",
  trouble: "M8 1l7.4 13.4H.6zM7.1 5.8v4.4h1.8V5.8zM7.1 11.2v1.7h1.8v-1.7z",
  done: "M1.6 8.4l1.9-1.9 3 3 6-6.3 1.9 1.9-7.9 8.2z",
  ended: "M2.5 2.5h11v11h-11zM4.5 4.5v7h7v-7z",
  unknown: "M7.1 11.4h1.9v1.9H7.1z",
};

const told = (table) =>
  new Map(
    Object.entries(table).map(([name, [label, phase, column, row]]) => [
      name,
      { name, label, phase, along: column * 1000 + Math.abs(row - 100) },
    ]),
  );
const KNOWN = { volume: told(volume), volume_group: told(group) };
const unknown = new Map();

/** The state of this name; one that no table knows keeps its name. Each is held once. */
export function state(kind, name) {
  const known = (KNOWN[kind] ?? KNOWN.volume).get(name);
  if (known) return known;
  const raw = name ?? "unknown";
  if (!unknown.has(raw)) unknown.set(raw, { name: raw, label: raw, phase: "unknown", along: Number.MAX_SAFE_INTEGER });
  return unknown.get(raw);
}

/** The states in which the array is at work. */
export const WORKING = [...new Set([...KNOWN.volume.values(), ...KNOWN.volume_group.values()])]
  .filter(({ phase }) => phase === "working")
  .map(({ name }) => name)
  .filter((name, place, all) => all.indexOf(name) === place);
