// What is held of an import, and what a refresh changes in it.

import { state } from "./states.js";
import { natural } from "./text.js";

const LABELS = { Agentless: "Agentless", Non_Disruptive: "Non-disruptive" };
const time = (text) => (text ? Date.parse(text) : null);

function row(session, names) {
  const error = session.error;
  const remote = names.get(session.remote_system_id) ?? null;
  return {
    id: session.id,
    name: session.name,
    order: session.name === null ? null : natural(session.name),
    remoteId: session.remote_system_id,
    remote,
    sourceId: session.source_resource_id || null,
    source: names.get(session.source_resource_id) ?? null,
    destinationId: session.destination_resource_id || null,
    destination: names.get(session.destination_resource_id) ?? null,
    isGroup: session.destination_resource_type === "volume_group",
    parent: session.parent_session_id,
    kind: LABELS[session.type] ?? session.type,
    state: state(session.destination_resource_type, session.state),
    progress: session.progress_percentage,
    rate: session.current_transfer_rate,
    end: time(session.estimated_completion_timestamp),
    scheduled: time(session.scheduled_timestamp),
    updated: time(session.last_update_timestamp),
    automatic: session.automatic_cutover,
    error: error ? `${error.message_l10n} (${error.code})` : null,
    text: "",
  };
}

/** What the filter looks through. No word holds a line's end, so none is found across two fields. */
function searched(row, array) {
  const shown = [row.name, row.source ?? row.sourceId, row.destination ?? row.destinationId, row.remote ?? row.remoteId];
  const texts = [...shown, row.state.label, row.state.name, array.name, array.id, row.id, row.error];
  return texts.join("\n").toLowerCase();
}

const FIELDS = [
  "name", "remoteId", "remote", "sourceId", "source", "destinationId", "destination", "isGroup", "parent", "kind",
  "state", "progress", "rate", "end", "scheduled", "updated", "automatic", "error",
];

const same = (a, b) => FIELDS.every((field) => a[field] === b[field]);

/** All imports of one array. */
export class Rows {
  constructor(array) {
    this.array = array;
    this.byId = new Map();
    this.names = new Map();
  }

  /** Takes in what came; answers with the ids of what is new or different. What is not in a `whole` answer is gone. */
  merge(sessions, whole) {
    const changed = new Set();
    let gone = 0;
    for (const session of sessions) {
      const fresh = row(session, this.names);
      const held = this.byId.get(fresh.id);
      if (held && same(held, fresh)) continue;
      fresh.text = searched(fresh, this.array);
      this.byId.set(fresh.id, fresh);
      changed.add(fresh.id);
    }
    if (whole) {
      const there = new Set(sessions.map(({ id }) => id));
      for (const id of this.byId.keys()) if (!there.has(id)) gone += this.byId.delete(id);
    }
    return { changed, gone };
  }

  remove(ids) {
    for (const id of ids) this.byId.delete(id);
  }

  /** Takes in names by id of a thing: `remote`, `source` or `destination`. */
  name(thing, names) {
    const changed = new Set();
    for (const [id, name] of names) this.names.set(id, name);
    const idOf = `${thing}Id`;
    for (const row of this.byId.values()) {
      const name = names.get(row[idOf]);
      if (name === undefined || row[thing] === name) continue;
      this.byId.set(row.id, { ...row, [thing]: name });
      this.byId.get(row.id).text = searched(this.byId.get(row.id), this.array);
      changed.add(row.id);
    }
    return { changed, gone: 0 };
  }
}
