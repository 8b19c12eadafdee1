// Names for ids: a collection is read from end to end where that takes fewer requests than asking in batches.

import { NAMES_AT_ONCE, PAGE } from "./api.js";

const FEW_BATCHES = 3;
const VOLUMES = {
  Unity: ["import_unity_volume", "import_unity_consistency_group"],
  VNX: ["import_vnx_volume", "import_vnx_consistency_group"],
  PS_Equallogic: ["import_psgroup_volume"],
  Storage_Center: ["import_storage_center_volume", "import_storage_center_consistency_group"],
  XtremIO: ["import_xtremio_volume", "import_xtremio_consistency_group"],
  NetApp: ["import_netapp_volume"],
  PowerMax_VMAX: ["import_vmax_volume", "import_vmax_storage_group"],
  Universal: ["import_universal_volume", "import_universal_consistency_group"],
};

export class Naming {
  constructor(api, rows) {
    this.api = api;
    this.rows = rows;
    this.asked = new Set();
    this.systems = new Map();
  }

  /** Names what the rows mention and nobody has asked for yet; `told` hears of each answer. */
  async run(told) {
    const wanted = new Map();
    const want = (thing, resource, id) => {
      if (!id || !resource || this.asked.has(id)) return;
      this.asked.add(id);
      const key = `${thing} ${resource}`;
      if (!wanted.has(key)) wanted.set(key, { thing, resource, ids: [] });
      wanted.get(key).ids.push(id);
    };
    const rows = [...this.rows.byId.values()];
    if (rows.some((row) => row.remoteId && !this.systems.has(row.remoteId))) {
      const names = new Map();
      for (const { id, name, type } of (await this.api.remoteSystems()).rows) {
        names.set(id, name);
        this.systems.set(id, type);
      }
      told(this.rows.name("remote", names));
    }
    for (const row of rows) {
      want("destination", row.isGroup ? "volume_group" : "volume", row.destinationId);
      want("source", VOLUMES[this.systems.get(row.remoteId)]?.[row.isGroup ? 1 : 0], row.sourceId);
    }
    for (const one of wanted.values()) await this.#resource(one, told);
  }

  async #resource({ thing, resource, ids }, told) {
    const left = new Set(ids);
    let found = new Map();
    let before = 0;
    const take = (answer) => {
      for (const { id, name } of answer.rows) if (left.delete(id)) found.set(id, name);
      return answer;
    };
    const tell = () => {
      before += found.size;
      told(this.rows.name(thing, found));
      found = new Map();
    };
    const batches = () => Math.ceil(left.size / NAMES_AT_ONCE);
    if (batches() > FEW_BATCHES) {
      for (let offset = 0; offset !== null && left.size > 0; ) {
        const { next, total } = take(await this.api.allNames(resource, offset));
        offset = next !== null && Math.ceil((total - next) / PAGE) <= batches() ? next : null;
        // All rows are gone through: of many names when as many have come as before.
        if (found.size >= before) tell();
      }
    }
    while (left.size > 0) {
      const batch = [...left].slice(-NAMES_AT_ONCE);
      take(await this.api.names(resource, batch));
      for (const id of batch) left.delete(id);
    }
    if (found.size > 0) tell();
  }
}
