// Puts the program together again, which the build takes apart for its way through the network (.ci/fold.mjs):
// in a stream for the instructions, and one for each sort of what they are given, like compresses with like,
// and the transfer is a tenth shorter. What travels is a WebAssembly module too, but one of a single section
// of no meaning to a browser, called "folded". In it, numbers in groups of seven bits, the lowest first:
//
//   the program's length, the length of its beginning, its beginning, the number of its functions,
//   the number of streams, and of each its name, its length and its bytes; what follows the functions.
//
// Numbers of more than two bytes, addresses mostly, are like nothing else: in place of each stands a zero that
// is written in two bytes, as no compiler writes it, and the number is in another stream.

// Streams are called by the number of the instruction whose they are, but for these. What an access to memory is
// aligned to is always alike, and not mixed with where it goes.
const [INSTRUCTIONS, FIRST_OF_TWO, LOCALS] = [0, 1, 0xff];
export const LONG_ZERO = [0x80, 0];
// The stream of the long numbers of another.
export const longOnes = (name) => name + 0x100;

const isBetween = (low, high, code) => low <= code && code <= high;

// Goes through a function as the WebAssembly specification writes it (section 5.4). `byte` and `number` hand one
// on, in the stream that they are told, and answer with it.
export function walk(byte, number) {
  for (let groups = number(LOCALS); groups > 0; groups--) {
    number(LOCALS);
    byte(LOCALS);
  }
  for (let depth = 1; depth > 0; ) {
    const code = byte(INSTRUCTIONS);
    let numbers = 0;
    let bytes = 0;
    if (code === 0x0b) depth--;
    if (isBetween(0x02, 0x04, code)) depth++;
    if (isBetween(0x02, 0x04, code) || [0x0c, 0x0d, 0x10, 0xd0, 0xd2].includes(code)) numbers = 1;
    if (isBetween(0x20, 0x26, code) || isBetween(0x3f, 0x42, code)) numbers = 1;
    if (isBetween(0x28, 0x3e, code) || code === 0x11) {
      number(FIRST_OF_TWO);
      numbers = 1;
    }
    if (code === 0x0e) numbers = number(code) + 1;
    if (code === 0x1c) numbers = number(code);
    if (code === 0x43) bytes = 4;
    if (code === 0x44) bytes = 8;
    if (code === 0xfc) numbers = [2, 1, 2, 1, 2, 1, 2, 1, 1, 1][number(INSTRUCTIONS) - 8] ?? 0;
    for (; numbers > 0; numbers--) number(code);
    for (; bytes > 0; bytes--) byte(code);
  }
}

export const NAME = "folded";

// Answers with the program; with what it is given, where that is a program already, as in a build for development.
export function unfold(folded) {
  const readByte = (from) => {
    if (from.at >= from.bytes.length) throw new Error("The program that was loaded is not whole.");
    return from.bytes[from.at++];
  };
  const readNumber = (from) => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = readByte(from);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  // Every module begins with eight bytes, and a section with its kind, its length and its name.
  const whole = { bytes: folded, at: 9 };
  readNumber(whole);
  const take = (length) => folded.subarray(whole.at, (whole.at += length));
  if (folded[8] !== 0 || String.fromCharCode(...take(readNumber(whole))) !== NAME) return folded;

  // Room for a function's size is left before it is known.
  const ROOM = 5;
  const program = new Uint8Array(readNumber(whole) + ROOM);
  let end = 0;
  const put = (bytes) => {
    program.set(bytes, end);
    end += bytes.length;
  };
  put(take(readNumber(whole)));
  let functions = readNumber(whole);
  const streams = [];
  for (let left = readNumber(whole); left > 0; left--) {
    const name = readNumber(whole);
    streams[name] = { bytes: take(readNumber(whole)), at: 0 };
  }
  const byte = (name) => (program[end++] = readByte(streams[name]));
  const number = (name) => {
    const { bytes, at } = streams[name];
    const value = readNumber(streams[name]);
    const written = bytes.subarray(at, streams[name].at);
    if (value === 0 && written.length === LONG_ZERO.length) return number(longOnes(name));
    put(written);
    return value;
  };
  for (; functions > 0; functions--) {
    const start = end + ROOM;
    const before = end;
    end = start;
    walk(byte, number);
    const body = program.subarray(start, end);
    end = before;
    for (let size = body.length; ; size >>>= 7) {
      program[end++] = size > 127 ? (size & 127) | 128 : size;
      if (size < 128) break;
    }
    program.copyWithin(end, start, start + body.length);
    end += body.length;
  }
  put(folded.subarray(whole.at));
  return program.subarray(0, end);
}
