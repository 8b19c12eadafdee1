// A WebAssembly program as bytes: numbers, and the sections that it is made of.

export const [CUSTOM, CODE] = [0, 10];

// Numbers are written in groups of seven bits, the lowest first.
export function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

export function withLength(...parts) {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([number(bytes.length), bytes]);
}

export class Reader {
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
export function sections(program) {
  const reader = new Reader(program.subarray(8));
  const found = new Map();
  while (reader.at < reader.bytes.length) {
    const [kind] = reader.take(1);
    const content = reader.take(reader.number());
    if (kind !== CUSTOM) found.set(kind, content);
  }
  return found;
}
