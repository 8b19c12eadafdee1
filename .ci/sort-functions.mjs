// Gives the functions of a WebAssembly program names whose order is the one in which the functions compress
// best; `wasm-opt --reorder-functions-by-name` then brings them in that order. A compressor writes a likeness
// shorter the nearer it is, so each function is followed by the one that is most like it and the few before
// it: that shares the most sequences of bytes with them, rare ones counting more, for its length. The transfer
// shrinks by four in a hundred.

import { CODE, CUSTOM, Reader, number, sections, withLength } from "./program.mjs";

const FUNCTION_NAMES = 1;

// Found by trying: how many bytes make a sequence.
const SEQUENCE = 4;

// Manners of ordering, each of which was the best for some program: what the function before the last counts
// against the last, and how much longer than they are functions count, so that the shortest do not always come
// first.
const MANNERS = [[0.5, 20], [0.7, 20], [0.5, 40], [0.3, 10], [0.8, 40]];

// For each function, the sequences that it shares with others: who has each, and what it counts.
function sharedSequences(codes) {
  const holders = new Map();
  codes.forEach((code, which) => {
    for (let at = 0; at + SEQUENCE <= code.length; at++) {
      const sequence = code.readUInt32LE(at);
      const held = holders.get(sequence);
      if (!held) holders.set(sequence, [which]);
      else if (held.at(-1) !== which) held.push(which);
    }
  });
  const shared = codes.map(() => []);
  for (const held of holders.values()) {
    if (held.length < 2) continue;
    const weight = Math.log(codes.length / held.length);
    for (const which of held) shared[which].push({ held, weight });
  }
  return shared;
}

// Where nothing is like what came before, the shortest one left comes next.
function bestOrder(codes, shared, [memory, padding]) {
  const likeness = new Float64Array(codes.length);
  const left = new Set([...codes.keys()].sort((a, b) => codes[a].length - codes[b].length || a - b));
  const order = [];
  while (left.size > 0) {
    let [next] = left;
    let most = 0;
    for (const which of left) {
      const value = likeness[which] / (codes[which].length + padding);
      if (value > most) [most, next] = [value, which];
    }
    left.delete(next);
    order.push(next);
    for (const which of left) likeness[which] *= memory;
    for (const { held, weight } of shared[next]) for (const which of held) likeness[which] += weight;
  }
  return order;
}

// The program once for each manner, with the names of its functions in that order. Imports are functions only, as
// pack.mjs has seen: they come first in the count of functions.
export function namedForSorting(program, importCount) {
  const found = sections(program);
  const written = new Reader(found.get(CODE));
  const codes = written.many(() => written.take(written.number()));
  const shared = sharedSequences(codes);
  const rest = [...found].map(([kind, content]) => Buffer.concat([Buffer.from([kind]), withLength(content)]));
  return MANNERS.map((manner) => {
    const place = new Map(bestOrder(codes, shared, manner).map((which, index) => [which, index]));
    const names = codes.map((_, which) =>
      Buffer.concat([number(importCount + which), withLength(Buffer.from(String(place.get(which)).padStart(6, "0")))]),
    );
    const section = withLength(
      withLength(Buffer.from("name")),
      Buffer.from([FUNCTION_NAMES]),
      withLength(number(names.length), ...names),
    );
    return Buffer.concat([program.subarray(0, 8), ...rest, Buffer.from([CUSTOM]), section]);
  });
}
