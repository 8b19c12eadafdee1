// After wasm-bindgen, before compressing: makes the program and the script that belongs to it smaller
// together, as no tool does that sees only one of them.
//
// - What no page of ours calls is taken out of the program, and with it what the script has for it alone.
// - The two call each other by long names with hashes. Both get the same short ones.
// - What tells the program's types apart becomes short.
// - The program's functions are brought in an order that compresses well.
// - The program is folded for its way through the network.
// - The scripts are minified.
//
// The script is read by the form in which wasm-bindgen writes it. Whatever is not as expected ends the build.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { fold } from "./fold.mjs";
import { shortenTypeIds } from "./shorten-type-ids.mjs";
import { namedForSorting } from "./sort-functions.mjs";
import { minify } from "./page/node_modules/terser/main.js";

const { TRUNK_STAGING_DIR: folder } = process.env;
const TOOLS = fileURLToPath(new URL("page/node_modules/.bin/", import.meta.url));

// What Rust's compiler uses of WebAssembly.
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
// Found by trying: what is smallest in transfer. The second round still finds a little.
const ROUND = ["--flatten", "--rereloop", "-Oz", "-Oz"];
// What is written into memory at the start stays in one piece: zeros compress to nothing, and the addresses of
// hundreds of pieces between them do not.
const COMMON = ["--low-memory-unused", "--skip-pass=memory-packing", "-Oz"];
// No engine heeds the hints of alignment, and without them the same access is always written alike.
const SHRINK = [...COMMON, ...ROUND, ...ROUND, "--dealign"];
const FINISH = [...COMMON, "--dealign", "--reorder-functions-by-name", "--strip-producers"];
// Prints the old and the new names.
const RENAME = "--minify-imports-and-exports-and-modules";

function expect(holds, what) {
  if (!holds) throw new Error(`The page was not packed: ${what}. See .ci/pack.mjs.`);
}

function wasmTool(name, ...options) {
  const features = FEATURES.map((feature) => `--enable-${feature}`);
  return execFileSync(join(TOOLS, name), [...features, ...options], { encoding: "utf8", maxBuffer: 1 << 26 });
}

function onlyFile(pattern) {
  const found = readdirSync(folder).filter((name) => pattern.test(name));
  expect(found.length === 1, `${pattern} should name one file, and names ${found.length}`);
  return found[0];
}

// How the script calls a closure of the program: by a function that has the export's name.
const CLOSURE_CALL = /^function (__wasm_bindgen_func_elem_\d+)\([^]*?^\}\n/gm;

const words = (text) => new Set(text.match(/[\w$]+/g));

function without(text, pattern, what) {
  expect(text.search(pattern) >= 0, `the script holds no ${what}`);
  return text.replace(pattern, "");
}

// Takes the script apart: its functions for the program by their names, and the text around them.
function takeApart(script) {
  expect(!/^export class /m.test(script), "the script exports a class, which brings what no page of ours calls");
  const functions = new Map();
  const frame = script.replace(/^ {8}(\w+): (function\([^]*?),\n(?= {8}\w+: function\(| {4}\};)/gm, (_, name, body) => {
    functions.set(name, body);
    return "";
  });
  const [before, after, ...more] = frame.split(/(?<=const import0 = \{\n {8}__proto__: null,\n)(?= {4}\};)/);
  expect(after !== undefined && more.length === 0, "the script holds no object of imports");
  return { before, after, functions };
}

// Leaves in the program what the script reaches, which may be by way of what the program calls itself.
function dropUnreached(program, { before, after, functions }, work) {
  const module = new WebAssembly.Module(readFileSync(program));
  const imports = WebAssembly.Module.imports(module);
  const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
  expect(
    imports.length === functions.size && imports.every(({ name, kind }) => kind === "function" && functions.has(name)),
    `the program wants ${imports.length} functions, and the script has ${functions.size}, or others`,
  );
  const closureCalls = new Map();
  const rest = words((before + after).replace(CLOSURE_CALL, (text, name) => (closureCalls.set(name, text), "")));
  const graph = exports.map((name) => ({ name: `export ${name}`, export: name, root: rest.has(name) || undefined }));
  for (const { module, name } of imports) {
    const direct = words(functions.get(name));
    const called = words([...direct].map((word) => closureCalls.get(word) ?? word).join(" "));
    const reaches = exports.filter((name) => called.has(name)).map((name) => `export ${name}`);
    graph.push({ name: `import ${name}`, import: [module, name], reaches });
  }
  const [reached, smaller] = [join(work, "reached.json"), join(work, "reached.wasm")];
  writeFileSync(reached, JSON.stringify(graph));
  wasmTool("wasm-metadce", program, "--graph-file", reached, "--output", smaller);
  return smaller;
}

// Puts the script together again, with the names that the program has now.
function putTogether({ before, after, functions }, { imports, exports }, program) {
  const wanted = WebAssembly.Module.imports(program);
  const given = new Set(imports.map(([, , short]) => short));
  const agree = wanted.every(({ module, name }) => module === wanted[0].module && given.has(name));
  expect(agree && wanted.length === given.size, "the program wants what the script does not give");
  let frame = after.replace(`"${imports[0][0]}": import0`, `${JSON.stringify(wanted[0].module)}: import0`);
  expect(frame !== after, `the script hands over nothing as ${imports[0][0]}`);
  // Alike stand together, where they compress best.
  const kept = imports.map(([, name, short]) => `${functions.get(name).trim()}\0${short}`).sort();
  const list = kept.map((one) => one.split("\0")).map(([body, short]) => `${short}: ${body},\n`);
  const shortExports = new Map(exports);
  frame = frame.replace(CLOSURE_CALL, (text, name) => (shortExports.has(name) ? text : ""));
  frame = without(frame, /(?<=^export \{ )initSync, /m, "second way to start it");
  return (before + list.join("") + frame).replace(/(?<=\bwasm\.)\w+/g, (name) => {
    expect(shortExports.has(name), `the script calls ${name}, which the program has no more`);
    return shortExports.get(name);
  });
}

async function minified(script) {
  const compress = { passes: 3, unsafe_arrows: true, unsafe_methods: true };
  return (await minify(script, { module: true, ecma: 2020, compress })).code;
}

async function pack() {
  const [scriptName, programName] = [onlyFile(/^console-\w+\.js$/), onlyFile(/^console-\w+_bg\.wasm$/)];
  const [script, program] = [join(folder, scriptName), join(folder, programName)];
  const work = mkdtempSync(join(tmpdir(), "array-console-pack-"));
  try {
    const parts = takeApart(readFileSync(script, "utf8"));
    const [small, packed] = [join(work, "small.wasm"), join(work, "packed.wasm")];
    const reached = dropUnreached(program, parts, work);
    const withShortIds = readFileSync(reached);
    expect(shortenTypeIds(withShortIds) > 0, "the program tells no types apart, or does it in another way");
    writeFileSync(reached, withShortIds);
    wasmTool("wasm-opt", reached, ...SHRINK, "--output", small);
    const importCount = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(small))).length;
    const finished = namedForSorting(readFileSync(small), importCount).map((named) => {
      writeFileSync(small, named);
      const names = JSON.parse(wasmTool("wasm-opt", small, ...FINISH, RENAME, "--output", packed));
      const bytes = readFileSync(packed);
      const folded = fold(bytes);
      return { names, bytes, folded, transfer: brotliCompressSync(folded).length };
    });
    const { names, bytes, folded } = finished.reduce((best, one) => (one.transfer < best.transfer ? one : best));
    console.log(`functions ordered: ${finished.map(({ transfer }) => transfer).join(", ")} bytes`);
    const text = await minified(putTogether(parts, names, new WebAssembly.Module(bytes)));

    // Names with a hash are kept by browsers for ever, so the hash is of what is served.
    const hash = createHash("sha256").update(text).update(folded).digest("hex").slice(0, 16);
    let page = readFileSync(join(folder, "index.html"), "utf8");
    const named = [[scriptName, `console-${hash}.js`, text], [programName, `console-${hash}_bg.wasm`, folded]];
    for (const [old, name, content] of named) {
      expect(page.includes(old), `the page does not name ${old}`);
      page = page.replaceAll(old, name);
      rmSync(join(folder, old));
      writeFileSync(join(folder, name), content);
    }
    writeFileSync(join(folder, "index.html"), page);
    for (const name of ["boot.js", "unfold.js"]) {
      const file = join(folder, name);
      writeFileSync(file, await minified(readFileSync(file, "utf8")));
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

expect(folder, "trunk calls this with TRUNK_STAGING_DIR set");
await pack();
