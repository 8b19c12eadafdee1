// What the pages have to show, by a client of its own: it reads the list over the same REST calls, and finds and
// orders with the floor's code. The console, which has other code, must come to the same.

import { Api } from "./floor/api.js";
import { Naming } from "./floor/naming.js";
import { Rows } from "./floor/rows.js";
import { rank, view } from "./floor/search.js";
import { WORKING } from "./floor/states.js";
import { ADMIN, ALONE, ARRAY } from "./site.js";

const NO_FILTER = { text: "", phases: new Set(), remote: "", kind: "" };

export class Truth {
  static async of(site) {
    const truth = new Truth();
    truth.api = new Api(`${site.url}/${ARRAY.url}`, { authorization: ADMIN, ...ALONE });
    truth.rows = new Rows(ARRAY);
    truth.ranked = new Map();
    await truth.reread();
    await new Naming(truth.api, truth.rows).run(() => {});
    truth.ranked.clear();
    if (truth.rows.byId.size !== site.imports) {
      throw new Error(`the array should have ${site.imports} imports, and has ${truth.rows.byId.size}`);
    }
    return truth;
  }

  /** Reads what has changed; answers with the ids of the imports that are not what they were. */
  async reread() {
    const all = [];
    const { since } = this;
    for (let offset = 0; offset !== null; ) {
      const read = since ? this.api.importsSince(since, WORKING, offset) : this.api.imports(offset);
      const { rows, next, clock } = await read;
      all.push(...rows);
      // The array stamps each change with its time, and the overlap is what the pages take, too.
      this.since = clock - 15_000;
      offset = next;
    }
    this.ranked.clear();
    return this.rows.merge(all, !since).changed;
  }

  /** The words of the summary and the rows at the top, of a list that is filtered and ordered so. */
  list({ text = "", column = "name", descending = false } = {}) {
    const sort = `${column} ${descending}`;
    if (!this.ranked.has(sort)) this.ranked.set(sort, rank(this.rows, { column, descending }));
    const { shown } = view(this.ranked.get(sort), { ...NO_FILTER, text });
    const all = this.rows.byId.size;
    const summary = shown.length === all ? `${all} imports` : `${shown.length} of ${all} imports`;
    return { summary, first: shown.slice(0, 10).map(({ id }) => id), ids: shown.map(({ id }) => id) };
  }
}
