// What the page asks of the array: the same requests as the console's.

export const PAGE = 2000;
export const NAMES_AT_ONCE = 80;
const FIELDS =
  "id,name,type,state,remote_system_id,source_resource_id,destination_resource_id,destination_resource_type," +
  "parent_session_id,progress_percentage,estimated_completion_timestamp,current_transfer_rate," +
  "scheduled_timestamp,last_update_timestamp,automatic_cutover,error";
const OTHERS = {
  replication_session:
    "id,state,role,resource_type,type,data_transfer_state,local_resource_state,data_connection_state," +
    "local_resource_id,remote_resource_id,remote_system_id,replication_rule_id,replication_rule(id,name,rpo)," +
    "parent_replication_session_id,last_sync_timestamp,last_sync_duration,next_sync_timestamp," +
    "progress_percentage,estimated_completion_timestamp,failover_test_in_progress,error_code",
  file_import_session:
    "id,name,description,remote_system_id,source_resource_id,destination_resource_id,destination_resource_type," +
    "nas_server_id,state,current_operation,current_operation_progress_percentage," +
    "estimated_completion_timestamp,scheduled_timestamp,last_update_timestamp,protection_policy_id,error",
  migration_session:
    "id,name,resource_type,source_appliance_id,destination_appliance_id,family_id,state,created_timestamp," +
    "last_sync_timestamp,current_transfer_rate,progress_percentage,estimated_completion_timestamp",
  job:
    "id,resource_action,resource_type,resource_id,resource_name,description_l10n,state,phase,start_time,end_time," +
    "progress_percentage,parent_id,root_id,step_order,user,response_body,response_status",
};

const page = (offset) => `order=id&limit=${PAGE}&offset=${offset}`;

export class Api {
  /** An array at `base`; `headers` go with every request. */
  constructor(base, headers = {}) {
    this.base = base;
    this.headers = { accept: "application/json", ...headers };
  }

  /** Rows, how many there are in all, where the next page begins (or null), and the array's clock. */
  async get(path) {
    const answer = await fetch(`${this.base}api/rest/${path}`, { headers: this.headers, cache: "no-store" });
    if (!answer.ok) throw new Error(`${path.slice(0, 60)}: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
    const rows = await answer.json();
    const clock = Date.parse(answer.headers.get("date"));
    const range = /^(?:items )?(\d+)-(\d+)\/(\d+)$/.exec(answer.headers.get("content-range") ?? "");
    if (answer.status !== 206) return { rows, total: rows.length, next: null, clock };
    if (!range) throw new Error("a part of the list came without saying which");
    const [last, total] = [Number(range[2]), Number(range[3])];
    return { rows, total, next: last + 1 < total ? last + 1 : null, clock };
  }

  login() {
    return this.get("login_session?select=id,user,role_ids,idle_timeout,is_password_change_required");
  }

  software() {
    return this.get("software_installed?select=id,is_cluster,release_version");
  }

  imports(offset) {
    return this.get(`import_session?select=${FIELDS}&${page(offset)}`);
  }

  importsSince(since, states, offset) {
    const changed = `last_update_timestamp.gte.${new Date(since).toISOString().replace("Z", "%2B00:00")}`;
    const either = `or=(${changed},state.in.(${states.join(",")}))`;
    return this.get(`import_session?select=${FIELDS}&${either}&${page(offset)}`);
  }

  importCount() {
    return this.get("import_session?select=id&limit=1&offset=0");
  }

  importIds(offset) {
    return this.get(`import_session?select=id&${page(offset)}`);
  }

  importsWith(ids) {
    return this.get(`import_session?select=${FIELDS}&id=in.(${ids.join(",")})&limit=${PAGE}&offset=0`);
  }

  /** Another collection; of jobs the newest. */
  other(name, offset) {
    const part = name === "job" ? "order=start_time.desc&limit=200&offset=0" : page(offset);
    return this.get(`${name}?select=${OTHERS[name]}&${part}`);
  }

  remoteSystems() {
    return this.get(`remote_system?select=id,name,type,state,data_connection_state&limit=${PAGE}&offset=0`);
  }

  names(resource, ids) {
    return this.get(`${resource}?select=id,name&id=in.(${ids.join(",")})&limit=${PAGE}&offset=0`);
  }

  allNames(resource, offset) {
    return this.get(`${resource}?select=id,name&${page(offset)}`);
  }
}
