// Which rows are shown, in which order, and how many there are of each sort.

import { natural } from "./text.js";

const KEYS = {
  name: (row) => row.order,
  array: (row, array) => natural(array.name),
  source: (row) => text(row.source ?? row.sourceId),
  destination: (row) => text(row.destination ?? row.destinationId),
  type: (row) => text(row.kind),
  state: (row) => row.state.along,
  progress: (row) => row.progress,
  rate: (row) => row.rate,
  left: (row) => row.end,
  scheduled: (row) => row.scheduled,
  updated: (row) => row.updated,
};

const text = (value) => (value === null || value === undefined ? null : natural(value));

/** All rows in order; ties by id, rows without a value last either way. */
export function rank(rows, { column, descending }) {
  const key = KEYS[column];
  const keyed = [];
  for (const row of rows.byId.values()) keyed.push({ row, key: key(row, rows.array) });
  keyed.sort((a, b) => {
    const [x, y] = [a.key, b.key];
    if (x !== y) {
      if (x === null) return 1;
      if (y === null) return -1;
      return x < y === descending ? 1 : -1;
    }
    return a.row.id < b.row.id ? -1 : 1;
  });
  return keyed.map(({ row }) => row);
}

/** What of the `ranked` rows is shown, with the numbers for the chips and what can be chosen. */
export function view(ranked, { text, phases, remote, kind }) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const counts = { total: 0, phases: new Map(), states: new Map() };
  const [remotes, kinds, shown] = [new Set(), new Set(), []];
  for (const row of ranked) {
    const of = row.remote ?? row.remoteId;
    if (of) remotes.add(of);
    if (row.kind) kinds.add(row.kind);
    if ((remote && of !== remote) || (kind && row.kind !== kind)) continue;
    if (!words.every((word) => row.text.includes(word))) continue;
    const { name, phase } = row.state;
    counts.total += 1;
    counts.phases.set(phase, (counts.phases.get(phase) ?? 0) + 1);
    const counted = counts.states.get(name);
    if (counted) counted.count += 1;
    else counts.states.set(name, { state: row.state, count: 1 });
    if (phases.size === 0 || phases.has(phase)) shown.push(row);
  }
  return { shown, counts, remotes, kinds };
}
