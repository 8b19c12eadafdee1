// Gives the types of the program short numbers. Rust tells types apart by 128 bits of a hash each, where a value
// of unknown type is asked for its own: they stand in the data, where a type tells its number, and in the code,
// where it is compared. Nothing makes hashes shorter, and all that they have to be is different from each other.

import { Reader, sections } from "./program.mjs";

const [CODE, DATA] = [10, 11];
const BYTES = 16;
const [I32_CONST, I64_CONST, END] = [0x41, 0x42, 0x0b];

// A function that copies sixteen bytes of the data to where it is told, and nothing else, tells a type's number:
// `local.get 0, i32.const 0, i64.load, i64.store`, twice. One letter is one byte.
const NUMBER = "([\\x80-\\xff]{0,4}[\\0-\\x7f])";
const COPY = `\\x20\\0(\\x41\\0\\x29[\\0-\\x03]${NUMBER})\\x37[\\0-\\x03]`;
const TELLS_TYPE = new RegExp(`${COPY}\\x08${COPY}\\0\\x0b`, "g");

function dataSegments(content) {
  const reader = new Reader(content);
  return reader.many(() => {
    const [kind, start, address, end] = [reader.number(), reader.take(1)[0], reader.number(), reader.take(1)[0]];
    if (kind !== 0 || start !== I32_CONST || end !== END) throw new Error("The program's data is not at fixed addresses.");
    return { address, bytes: reader.take(reader.number()) };
  });
}

// Signed, in groups of seven bits, the lowest first; filled up to `length` bytes, so that nothing moves.
function constant(value, length) {
  const bytes = [];
  let rest = value;
  do {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  } while (bytes.length < length || !(rest === (bytes.at(-1) & 64 ? -1n : 0n)));
  bytes.push(bytes.pop() & 127);
  return Buffer.from([I64_CONST, ...bytes]);
}

function replaceAll(bytes, old, short) {
  let count = 0;
  for (let at = bytes.indexOf(old); at >= 0; at = bytes.indexOf(old, at + old.length), count++) short.copy(bytes, at);
  return count;
}

// Changes the program in its place.
export function shortenTypeIds(program) {
  const found = sections(program);
  const code = found.get(CODE);
  const segments = dataSegments(found.get(DATA));
  const shorts = new Map();
  for (const match of code.toString("latin1").matchAll(TELLS_TYPE)) {
    const [, upper, , lower, address] = match;
    const from = new Reader(Buffer.from(address, "latin1")).number();
    const inside = segments.find(({ address, bytes }) => from >= address && from + BYTES <= address + bytes.length);
    if (!inside) continue;
    const hash = inside.bytes.toString("latin1", from - inside.address, from - inside.address + BYTES);
    if (!shorts.has(hash)) shorts.set(hash, BigInt(shorts.size + 1));
    // It need not look its number up.
    constant(0n, upper.length - 1).copy(code, match.index + match[0].indexOf(upper));
    constant(shorts.get(hash), lower.length - 1).copy(code, match.index + match[0].lastIndexOf(lower));
  }
  for (const [hash, number] of shorts) {
    const old = Buffer.from(hash, "latin1");
    const short = Buffer.alloc(BYTES);
    short.writeBigInt64LE(number);
    for (const { bytes } of segments) replaceAll(bytes, old, short);
    const compared = [0, BYTES / 2].map((half) => {
      const before = constant(old.readBigInt64LE(half), 0);
      return replaceAll(code, before, constant(short.readBigInt64LE(half), before.length - 1));
    });
    if (compared[0] > 0 !== compared[1] > 0) throw new Error("One half of a type's number is compared without the other.");
  }
  return shorts.size;
}
