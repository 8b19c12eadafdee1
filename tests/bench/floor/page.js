// The floor: the list of imports without a framework, and as little between the array and the page as it takes.

import { Api } from "./api.js";
import { Listing } from "./listing.js";
import { Naming } from "./naming.js";
import { Rows } from "./rows.js";
import { rank, view } from "./search.js";
import { Table } from "./table.js";
import { duration } from "./text.js";
import { Tools } from "./tools.js";

const config = await (await fetch("../config.json", { cache: "no-cache" })).json();
const array = config.arrays[0];
const api = new Api(new URL(array.url, new URL("..", location.href)).href);
const rows = new Rows(array);
const naming = new Naming(api, rows);
const summary = document.querySelector(".summary");
const age = document.querySelector(".age");
const sort = { column: "name", descending: false };
let ranked = [];
let more = false;

const tools = new Tools(show);
const table = new Table(array, (column) => {
  sort.descending = sort.column === column && !sort.descending;
  sort.column = column;
  ranked = rank(rows, sort);
  show();
});

function show() {
  const shown = view(ranked, tools.filter);
  const all = rows.byId.size;
  const [count, rest] = [shown.shown.length, more ? " so far" : ""];
  summary.textContent = count === all ? `${all} imports${rest}` : `${count} of ${all} imports${rest}`;
  tools.show(shown);
  table.show(shown.shown, sort);
}

function told({ changed, gone }, moreComes = more) {
  const wasMore = more;
  more = moreComes;
  if (changed.size === 0 && gone === 0 && wasMore === more) return;
  ranked = rank(rows, sort);
  show();
}

const listing = new Listing(api, rows, naming, config.refresh_seconds * 1000, told);
const pause = document.querySelector(".pause");
pause.addEventListener("click", () => {
  listing.pause(!listing.paused);
  pause.textContent = listing.paused ? "Resume refresh" : "Pause refresh";
});
setInterval(() => {
  age.textContent = listing.readAt ? `read ${duration(Date.now() - listing.readAt)} ago` : "";
  table.draw();
}, 1000);

try {
  await api.login();
  await api.software();
  await listing.read();
} catch (error) {
  document.querySelector(".trouble").textContent = String(error);
}
