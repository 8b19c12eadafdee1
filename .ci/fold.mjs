// Takes the program apart for its way through the network. How, and why, stands where it is put together again:
// public/unfold.js.

import { CODE, CUSTOM, Reader, number, withLength } from "./program.mjs";
import { LONG_ZERO, NAME, longOnes, unfold, walk } from "../public/unfold.js";

export function fold(program) {
  const reader = new Reader(program);
  reader.take(8);
  while (reader.take(1)[0] !== CODE) reader.take(reader.number());
  const after = reader.number() + reader.at;
  const functions = reader.number();
  const beginning = program.subarray(0, reader.at);

  const streams = new Map();
  const hand = (name, bytes) => {
    if (!streams.has(name)) streams.set(name, []);
    streams.get(name).push(bytes);
  };
  const byte = (name) => {
    const one = reader.take(1);
    hand(name, one);
    return one[0];
  };
  const passed = (name) => {
    const start = reader.at;
    const value = reader.number();
    const written = program.subarray(start, reader.at);
    const isLong = written.length > LONG_ZERO.length;
    if (isLong) hand(name, Buffer.from(LONG_ZERO));
    hand(isLong ? longOnes(name) : name, written);
    return value;
  };
  for (let left = functions; left > 0; left--) {
    reader.number();
    walk(byte, passed);
  }
  const named = [...streams].sort(([one], [other]) => one - other);
  const section = withLength(
    withLength(Buffer.from(NAME)),
    number(program.length),
    withLength(beginning),
    number(functions),
    number(named.length),
    ...named.flatMap(([name, parts]) => [number(name), withLength(Buffer.concat(parts))]),
    program.subarray(after),
  );
  const folded = Buffer.concat([program.subarray(0, 8), Buffer.from([CUSTOM]), section]);
  if (!program.equals(unfold(folded))) throw new Error("The folded program does not unfold. See .ci/fold.mjs.");
  return folded;
}
