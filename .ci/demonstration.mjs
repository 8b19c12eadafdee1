// Makes the page of the demonstration out of that of the console. A file host sends no security headers, so the
// page carries its policy itself; `frame-ancestors` counts in a header only.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { TRUNK_STAGING_DIR: folder } = process.env;

// The policy that a site sends, less what a page cannot say of itself.
const [, policy] = /Content-Security-Policy "([^"]+)"/.exec(readFileSync("deploy/nginx.conf", "utf8"));
const POLICY = policy.replace(/frame-ancestors [^;]+; /, "");

const REPLACED = [
  // Before anything that it is about.
  [/<meta charset="?utf-8"?>/, `$&<meta http-equiv="Content-Security-Policy" content="${POLICY}">`],
  [/<title>Array Console<\/title>/, "<title>Array Console: demonstration</title>"],
];

const file = join(folder, "index.html");
let page = readFileSync(file, "utf8");
for (const [pattern, text] of REPLACED) {
  if (page.search(pattern) < 0) throw new Error(`The page of the demonstration was not made: it holds no ${pattern}.`);
  page = page.replace(pattern, text);
}
writeFileSync(file, page);
