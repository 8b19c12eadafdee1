// The list: whole at first, then what has moved. The protocol of the console, src/operation/listing.rs and delta.rs.

import { NAMES_AT_ONCE } from "./api.js";
import { WORKING } from "./states.js";

const WHOLE_EVERY = 600_000;
const OVERLAP = 15_000;
const LONG_PAUSE = 60_000;
const REST = 6;
const OTHERS = ["replication_session", "file_import_session", "migration_session", "job"];

export class Listing {
  /** `told` hears what has changed, and whether more of the first list is still to come. */
  constructor(api, rows, naming, refresh, told) {
    Object.assign(this, { api, rows, naming, refresh, told });
    this.others = new Map(OTHERS.map((name) => [name, { turn: 0, moves: false, rows: [] }]));
    this.wholeAt = null;
    this.newest = null;
    this.paused = false;
    this.pausedAt = null;
    this.timer = null;
    this.running = false;
    this.readAt = null;
  }

  /** Reads what is due, and plans the next read. */
  async read() {
    clearTimeout(this.timer);
    if (this.running || this.paused) return;
    this.running = true;
    const now = Date.now();
    const due = [...this.others].filter(([, other]) => other.turn <= now).map(([name]) => name);
    const ranBack = this.wholeAt !== null && this.skew < this.wholeSkew - OVERLAP;
    if (this.wholeAt === null || this.newest === null || now - this.wholeAt >= WHOLE_EVERY || ranBack) await this.#whole();
    else await this.#delta();
    for (const name of due) await this.#other(name);
    this.readAt = Date.now();
    this.running = false;
    this.#plan();
    await this.naming.run(this.told);
  }

  #plan() {
    const moving = [...this.rows.byId.values()].some(({ state }) => WORKING.includes(state.name));
    const moves = moving || [...this.others.values()].some((other) => other.moves);
    this.nextAt = Date.now() + this.refresh * (moves ? 1 : REST);
    this.timer = setTimeout(() => this.read(), this.nextAt - Date.now());
  }

  pause(paused) {
    this.paused = paused;
    if (paused) {
      this.pausedAt = Date.now();
      clearTimeout(this.timer);
    } else {
      if (Date.now() - this.pausedAt > LONG_PAUSE) this.wholeAt = null;
      this.timer = setTimeout(() => this.read(), Math.max(this.nextAt - Date.now(), 0));
    }
  }

  async #pages(ask, each) {
    const all = [];
    for (let offset = 0; offset !== null; ) {
      const { rows, next, clock } = await ask(offset);
      this.skew = clock - Date.now();
      all.push(...rows);
      if (next !== null) each?.(rows);
      offset = next;
    }
    return all;
  }

  #seen(sessions) {
    for (const { last_update_timestamp: at } of sessions) {
      if (at) this.newest = Math.max(this.newest ?? 0, Date.parse(at));
    }
  }

  async #whole() {
    const startedAt = Date.now();
    const isFirst = this.rows.byId.size === 0;
    // The first page is shown as soon as it is there; the rest together.
    let shown = !isFirst;
    const all = await this.#pages(
      (offset) => this.api.imports(offset),
      (rows) => {
        if (shown) return;
        shown = true;
        this.told(this.rows.merge(rows, false), true);
      },
    );
    this.newest = null;
    this.#seen(all);
    [this.wholeAt, this.askedAt, this.wholeSkew] = [startedAt, startedAt, this.skew];
    this.countAt = this.#nextCount();
    this.told(this.rows.merge(all, true), false);
  }

  #nextCount() {
    return Date.now() + this.refresh * REST - this.refresh / 2;
  }

  async #delta() {
    const startedAt = Date.now();
    const since = Math.min(this.newest, this.askedAt + this.skew) - OVERLAP;
    const sessions = await this.#pages((offset) => this.api.importsSince(since, WORKING, offset));
    this.#seen(sessions);
    this.askedAt = startedAt;
    this.told(this.rows.merge(sessions, false), false);
    if (Date.now() < this.countAt) return;
    this.countAt = this.#nextCount();
    if ((await this.api.importCount()).total !== this.rows.byId.size) await this.#ids();
  }

  async #ids() {
    const ids = await this.#pages((offset) => this.api.importIds(offset));
    const there = new Set(ids.map(({ id }) => id));
    this.rows.remove([...this.rows.byId.keys()].filter((id) => !there.has(id)));
    const strange = [...there].filter((id) => !this.rows.byId.has(id));
    if (strange.length > NAMES_AT_ONCE) return this.#whole();
    const more = strange.length > 0 ? (await this.api.importsWith(strange)).rows : [];
    return this.told(this.rows.merge(more, false), false);
  }

  async #other(name) {
    const other = this.others.get(name);
    other.rows = name === "job" ? (await this.api.other(name, 0)).rows : await this.#pages((offset) => this.api.other(name, offset));
    other.moves = name === "job" && other.rows.some(({ end_time: end }) => end === null);
    other.turn = other.moves ? 0 : Date.now() + this.refresh * REST - this.refresh / 2;
  }
}
