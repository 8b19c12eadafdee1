// The end of the build: puts a .br and a .gz beside each file that compresses, for web servers that serve
// ready-made ones. A copy that would be no smaller is left out.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const { TRUNK_STAGING_DIR: folder } = process.env;
const COMPRESSIBLE = new Set([".css", ".html", ".js", ".json", ".svg", ".wasm"]);

if (!folder) throw new Error("trunk calls this with TRUNK_STAGING_DIR set");

// How a compressor divides its work and writes distances: which way is the shortest shows only afterwards.
const { BROTLI_PARAM_LGBLOCK: BLOCK, BROTLI_PARAM_NPOSTFIX: POSTFIX, BROTLI_PARAM_NDIRECT: DIRECT } = constants;
const WAYS = [{}, { [POSTFIX]: 1, [DIRECT]: 30 }, { [BLOCK]: 17, [DIRECT]: 12 }, { [BLOCK]: 17, [POSTFIX]: 1, [DIRECT]: 16 }, { [BLOCK]: 16, [POSTFIX]: 1, [DIRECT]: 8 }];

function brotli(bytes) {
  const common = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const packed = WAYS.map((way) => brotliCompressSync(bytes, { params: { ...common, ...way } }));
  return packed.reduce((shortest, one) => (one.length < shortest.length ? one : shortest));
}

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !COMPRESSIBLE.has(extname(entry.name))) continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const bytes = readFileSync(file);
  for (const [ending, packed] of [[".br", brotli(bytes)], [".gz", gzipSync(bytes, { level: 9 })]]) {
    if (packed.length < bytes.length) writeFileSync(file + ending, packed);
  }
}
