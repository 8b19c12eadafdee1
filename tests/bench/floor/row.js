// One row of the table: made from a pattern once, and written to when its import is another one.

import { MARKS, PHASES } from "./states.js";
import { NOT_KNOWN, percent, rate, shortTime, timeLeft } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";

function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function mark(phase) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const outline = { class: `mark phase-${phase}`, viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": true };
  for (const [key, value] of Object.entries(outline)) svg.setAttribute(key, value);
  path.setAttribute("fill-rule", "evenodd");
  path.setAttribute("d", MARKS[phase]);
  svg.append(path);
  return svg;
}

const marks = new Map(PHASES.map((phase) => [phase, mark(phase)]));
const cell = (name, ...children) => el("td", { role: "cell", class: `col-${name}` }, ...children);

function pattern() {
  const progress = el("progress", { max: 100, "aria-hidden": true });
  return el(
    "tr",
    { role: "row", class: "import-row", tabindex: -1 },
    cell("pick", el("input", { type: "checkbox", tabindex: -1 })),
    el("th", { role: "rowheader", scope: "row", class: "col-name" }, el("a", { tabindex: -1 })),
    ...["array", "source", "destination", "type"].map((name) => cell(name)),
    cell("state", el("span", { class: "chip" }, el("span", { class: "chip-label" }))),
    cell("progress", progress, el("span", { class: "percent" })),
    cell("rate"),
    cell("left"),
    el("td", { role: "cell", class: "col-error-over", "aria-colspan": 3 }),
    cell("scheduled"),
    cell("updated"),
    cell("menu", el("button", { type: "button", tabindex: -1, "aria-haspopup": "menu", "aria-expanded": false }, "⋯")),
  );
}

let first = null;

export class Line {
  constructor(array, pick) {
    first ??= pattern();
    this.array = array;
    this.element = first.cloneNode(true);
    const [tick, name, ...cells] = this.element.children;
    this.tick = tick.firstChild;
    this.link = name.firstChild;
    [this.arrayCell, this.source, this.destination, this.kind, this.state] = cells;
    [this.progress, this.rate, this.left, this.over, this.scheduled, this.updated] = cells.slice(5);
    this.menu = cells[11].firstChild;
    this.over.style.gridColumn = "progress / span 3";
    this.shown = new Map();
    this.tick.addEventListener("click", () => pick(this.row.id));
  }

  /** Writes a text with its title where it is another one. */
  #write(place, text, title = text) {
    if (this.shown.get(place) === text) return;
    this.shown.set(place, text);
    place.textContent = text;
    place.title = title;
  }

  #state({ label, name, phase }) {
    if (this.shown.get(this.state) === name) return;
    this.shown.set(this.state, name);
    const chip = this.state.firstChild;
    chip.className = `chip phase-${phase}`;
    chip.title = label;
    chip.dataset.state = name;
    chip.lastChild.textContent = label;
    chip.replaceChildren(marks.get(phase).cloneNode(true), chip.lastChild);
  }

  #copy(row, now) {
    const failed = row.error !== null;
    if (this.failed !== failed) {
      this.failed = failed;
      for (const place of [this.progress, this.rate, this.left]) place.style.display = failed ? "none" : "";
      this.over.style.display = failed ? "" : "none";
    }
    if (failed) {
      this.#write(this.over, `${row.progress === null ? "" : `${row.progress} % · `}${row.error}`);
      return;
    }
    const [bar, words] = this.progress.children;
    if (this.shown.get(bar) !== row.progress) {
      this.shown.set(bar, row.progress);
      bar.hidden = row.progress === null;
      bar.value = row.progress ?? 0;
      words.textContent = percent(row.progress);
    }
    this.#write(this.rate, rate(row.rate));
    this.#write(this.left, timeLeft(row.end, now));
  }

  /** Shows an import at its place; the parts that are as they were are not touched. */
  show(row, place, picked, now) {
    const { element } = this;
    if (this.row !== row) {
      this.row = row;
      element.dataset.session = row.id;
      const name = row.name ?? row.id;
      this.#write(this.link, name);
      this.link.href = `#/imports/${row.id}`;
      this.tick.ariaLabel = `Select ${name}`;
      this.menu.ariaLabel = `Actions for ${name}`;
      this.#write(this.arrayCell, this.array.name);
      const source = row.source ?? row.sourceId ?? NOT_KNOWN;
      this.#write(this.source, source, row.remote && row.sourceId ? `${source} on ${row.remote}` : source);
      this.#write(this.destination, row.destination ?? row.destinationId ?? NOT_KNOWN);
      this.#write(this.kind, row.kind ?? NOT_KNOWN);
      this.#state(row.state);
      this.#write(this.scheduled, shortTime(row.scheduled));
      this.#write(this.updated, shortTime(row.updated));
    }
    this.#copy(row, now);
    element.setAttribute("aria-rowindex", place + 2);
    element.classList.toggle("picked", picked);
    this.tick.checked = picked;
  }
}
