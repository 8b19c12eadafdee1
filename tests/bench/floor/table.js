// The table: headings, and the rows that fit the window with a few around them; the page scrolls.

import { Line } from "./row.js";

const OVERSCAN = 6;
const COLUMNS = {
  name: "Name", array: "Array", source: "Source", destination: "Destination", type: "Type", state: "State",
  progress: "Progress", rate: "Rate", left: "Time left", scheduled: "Scheduled", updated: "Last update",
};

export class Table {
  /** `order` hears which column was pressed. */
  constructor(array, order) {
    this.array = array;
    this.table = document.querySelector("table");
    this.body = this.table.tBodies[0];
    this.probe = document.querySelector(".row-probe");
    [this.before, this.after] = ["before", "after"].map(() => {
      const space = document.createElement("tr");
      space.className = "space";
      space.ariaHidden = "true";
      return space;
    });
    this.body.append(this.before, this.after);
    this.lines = new Map();
    this.rows = [];
    this.picked = new Set();
    this.headings = new Map();
    this.#head(order);
    addEventListener("scroll", () => this.draw(), { passive: true });
    addEventListener("resize", () => this.draw());
  }

  #head(order) {
    const tracks = ["[pick] var(--w-pick)"];
    const head = this.table.tHead.rows[0];
    const heading = (name, child) => {
      const made = document.createElement("th");
      made.className = `col-${name}`;
      made.scope = "col";
      made.setAttribute("role", "columnheader");
      made.append(child);
      head.append(made);
      return made;
    };
    const all = document.createElement("input");
    all.type = "checkbox";
    all.ariaLabel = "Select all shown";
    all.addEventListener("click", () => {
      this.picked = new Set(all.checked ? this.rows.map(({ id }) => id) : []);
      this.draw();
    });
    heading("pick", all);
    for (const [key, label] of Object.entries(COLUMNS)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => order(key));
      this.headings.set(key, heading(key, button));
      tracks.push(`[${key}] var(--w-${key})`);
    }
    heading("menu", "");
    tracks.push("[menu] var(--w-menu)");
    this.table.style.setProperty("--shown-columns", tracks.join(" "));
  }

  /** Shows these rows, in this order. */
  show(rows, { column, descending }) {
    this.rows = rows;
    this.table.setAttribute("aria-rowcount", rows.length + 1);
    for (const [key, heading] of this.headings) {
      heading.ariaSort = key !== column ? "none" : descending ? "descending" : "ascending";
    }
    this.draw();
  }

  /** Draws what is in the window. */
  draw() {
    const height = this.probe.offsetHeight || 36;
    const total = this.rows.length;
    const top = Math.min(Math.max(-this.body.getBoundingClientRect().top, 0), total * height);
    const start = Math.max(Math.floor(top / height) - OVERSCAN, 0);
    const end = Math.min(Math.ceil((top + innerHeight) / height) + OVERSCAN, total);
    const now = Date.now();
    const lines = new Map();
    for (let place = start; place < end; place += 1) {
      const { id } = this.rows[place];
      lines.set(id, this.lines.get(id) ?? new Line(this.array, (picked) => this.#pick(picked)));
    }
    for (const [id, line] of this.lines) if (!lines.has(id)) line.element.remove();
    this.lines = lines;
    let last = this.before;
    let place = start;
    for (const line of lines.values()) {
      const row = this.rows[place];
      line.show(row, place, this.picked.has(row.id), now);
      if (last.nextSibling !== line.element) last.after(line.element);
      last = line.element;
      place += 1;
    }
    this.before.style.height = `${start * height}px`;
    this.after.style.height = `${(total - end) * height}px`;
  }

  #pick(id) {
    if (!this.picked.delete(id)) this.picked.add(id);
    this.draw();
  }
}
