// Gives the functions of a WebAssembly program names whose order is the one in which the functions compress
// best; `wasm-opt --reorder-functions-by-name` then brings them in that order. A compressor looks for likeness
// nearby: so those with the same parameters stand together, among them those of about the same size, and among
// those the ones that begin alike. The transfer shrinks by three in a hundred.

const [CUSTOM, FUNCTION, CODE] = [0, 3, 10];
const FUNCTION_NAMES = 1;

// Numbers are written in groups of seven bits, the lowest first.
function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

function withLength(...parts) {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([number(bytes.length), bytes]);
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.take(1)[0];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  take(length) {
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("The program ends before it should.");
    return this.bytes.subarray(this.at - length, this.at);
  }
  many(one) {
    return Array.from({ length: this.number() }, one);
  }
}

// The sections of the program but the custom ones, which hold names at most.
function sections(program) {
  const reader = new Reader(program.subarray(8));
  const found = new Map();
  while (reader.at < reader.bytes.length) {
    const [kind] = reader.take(1);
    const content = reader.take(reader.number());
    if (kind !== CUSTOM) found.set(kind, content);
  }
  return found;
}

// Imports are functions only, as pack.mjs has seen: they come first in the count of functions.
export function nameForSorting(program, importCount) {
  const found = sections(program);
  const [declared, written] = [new Reader(found.get(FUNCTION)), new Reader(found.get(CODE))];
  const signatures = declared.many(() => declared.number());
  const codes = written.many(() => written.take(written.number()));
  const sizeClass = codes.map((code) => Math.floor(2 * Math.log2(code.length)));
  const order = [...codes.keys()].sort(
    (a, b) => signatures[a] - signatures[b] || sizeClass[a] - sizeClass[b] || Buffer.compare(codes[a], codes[b]),
  );
  const place = new Map(order.map((which, index) => [which, index]));
  const names = codes.map((_, which) =>
    Buffer.concat([number(importCount + which), withLength(Buffer.from(String(place.get(which)).padStart(6, "0")))]),
  );
  const section = withLength(
    withLength(Buffer.from("name")),
    Buffer.from([FUNCTION_NAMES]),
    withLength(number(names.length), ...names),
  );
  const rest = [...found].map(([kind, content]) => Buffer.concat([Buffer.from([kind]), withLength(content)]));
  return Buffer.concat([program.subarray(0, 8), ...rest, Buffer.from([CUSTOM]), section]);
}
