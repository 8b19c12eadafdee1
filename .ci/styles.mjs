// Trunk's first step: joins the style sheets into the one that the page links. They compress better
// together, and are fetched with one request.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

// What comes later wins over what comes before.
const SHEETS = ["tokens", "base", "console", "list", "tools", "import", "diagram", "dialog", "form", "protection", "print"];
if (process.env.ARRAY_CONSOLE_BUILD === "demo") SHEETS.push("presenter");
const JOINED = "target/style/console.css";

mkdirSync(dirname(JOINED), { recursive: true });
const joined = SHEETS.map((name) => readFileSync(`style/${name}.css`, "utf8")).join("\n");
// Trunk watches what it is given: the same text is not written again.
let before = "";
try {
  before = readFileSync(JOINED, "utf8");
} catch {
  // There is none yet.
}
if (joined !== before) writeFileSync(JOINED, joined);
