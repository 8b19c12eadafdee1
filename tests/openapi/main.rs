//! Every answer of the simulated PowerStore against the vendor's own description of its API.
//!
//! The description (Swagger 2.0) is the vendor's and not part of the project: `POWERSTORE_OPENAPI` names
//! the file. Without it the tests say that they are skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod description;

use std::collections::{BTreeMap, BTreeSet};

use array_console::array::source::{SOURCES, reasons};
use array_console::lifecycle::Release;
use array_console::simulator::{ARRAYS, Fleet, Options};
use base64::Engine;
use http::{Method, Request, Response, header};
use serde_json::{Map, Value, json};

use description::Description;

const START: i64 = 1_795_248_000_000;

/// What the simulator serves and the test must have driven, as the description spells it.
const SERVED: [&str; 28] = [
    "GET /login_session",
    "POST /import_psgroup_volume/{id}/import_snapshot_schedules",
    "POST /import_session",
    "PATCH /import_session/{id}",
    "DELETE /import_session/{id}",
    "POST /import_session/{id}/cancel",
    "POST /import_session/{id}/cutover",
    "POST /import_session/{id}/pause",
    "POST /logout",
    "POST /file_import_session",
    "PATCH /file_import_session/{id}",
    "DELETE /file_import_session/{id}",
    "POST /file_import_session/{id}/cancel",
    "POST /file_import_session/{id}/commit",
    "POST /file_import_session/{id}/cutover",
    "POST /file_import_session/{id}/pause",
    "POST /file_import_session/{id}/report",
    "POST /file_import_session/{id}/resume",
    "POST /migration_session",
    "DELETE /migration_session/{id}",
    "POST /migration_session/{id}/sync",
    "POST /file_import_session/{id}/destination_objects_sync",
    "POST /replication_session/{id}/failover",
    "POST /replication_session/{id}/reprotect",
    "POST /volume/{id}/configure_metro",
    "POST /volume/{id}/end_metro",
    "POST /volume_group/{id}/configure_metro",
    "POST /volume_group/{id}/end_metro",
];

/// What is read as a collection and one by one.
const READ: [&str; 33] = [
    "appliance",
    "cluster",
    "file_import_session",
    "file_interface",
    "file_system",
    "host",
    "host_group",
    "import_netapp_volume",
    "import_psgroup_volume",
    "import_session",
    "import_storage_center_consistency_group",
    "import_storage_center_volume",
    "import_universal_consistency_group",
    "import_universal_volume",
    "import_unity_consistency_group",
    "import_unity_volume",
    "import_vmax_storage_group",
    "import_vmax_volume",
    "import_vnx_consistency_group",
    "import_vnx_volume",
    "import_xtremio_consistency_group",
    "import_xtremio_volume",
    "job",
    "migration_session",
    "nas_server",
    "policy",
    "remote_system",
    "replication_rule",
    "replication_session",
    "snapshot_rule",
    "software_installed",
    "volume",
    "volume_group",
];

/// The rest of the actions, each driven through success and refusal.
const ACTIONS: [&str; 4] = ["resume", "enable_destination_volume", "start_copy", "cleanup"];

/// A client that checks whatever it hears.
struct Checker {
    fleet: Fleet,
    now: i64,
    array: &'static str,
    description: Description,
    driven: BTreeMap<String, BTreeSet<u16>>,
    lacking: BTreeSet<String>,
    faults: Vec<String>,
}

impl Checker {
    fn send(&mut self, method: Method, path: &str, sent: Value) -> Response<Vec<u8>> {
        let bytes = if sent.is_null() { vec![] } else { sent.to_string().into_bytes() };
        let basic = base64::engine::general_purpose::STANDARD.encode("admin:Password123!");
        let request = Request::builder()
            .method(&method)
            .uri(format!("/api/rest/{path}"))
            .header(header::AUTHORIZATION, format!("Basic {basic}"))
            .body(bytes)
            .unwrap();
        let response = self.fleet.handle(self.array, self.now, &request).into_response().unwrap();
        let plain = path.split('?').next().unwrap_or_default();
        let template: Vec<&str> =
            plain.split('/').enumerate().map(|(place, part)| if place == 1 { "{id}" } else { part }).collect();
        let operation = format!("{method} /{}", template.join("/"));
        let status = response.status().as_u16();
        if self.description.document["paths"][format!("/{}", template.join("/"))][method.as_str().to_lowercase()]
            .is_null()
        {
            self.lacking.insert(operation);
            return response;
        }
        self.driven.entry(operation.clone()).or_default().insert(status);
        self.faults.extend(self.description.faults(&operation, status, response.body()));
        response
    }

    fn get(&mut self, path: &str) -> Value {
        let response = self.send(Method::GET, path, Value::Null);
        serde_json::from_slice(response.body()).unwrap_or_default()
    }

    fn post(&mut self, path: &str, sent: Value) -> u16 {
        self.send(Method::POST, path, sent).status().as_u16()
    }

    fn event(&mut self, session: &str, event: &str) {
        let body = json!({ "array": self.array, "session": session, "event": event }).to_string().into_bytes();
        let request = Request::post("/simulator/event").body(body).unwrap();
        let answer = self.fleet.control(self.now, &request);
        assert_eq!(answer.status(), 200, "{event}: {}", String::from_utf8_lossy(answer.body()));
    }

    /// Reads everything there is.
    fn look(&mut self) {
        self.look_at(&READ);
        self.get("login_session");
    }

    fn look_at(&mut self, resources: &[&str]) {
        for resource in resources {
            let rows = self.get(&format!("{resource}?select=*&limit=2000"));
            self.get(&format!("{resource}?limit=1"));
            for row in rows.as_array().into_iter().flatten().take(30) {
                self.get(&format!("{resource}/{}?select=*", row["id"].as_str().unwrap()));
            }
            self.get(&format!("{resource}/nothing"));
            self.get(&format!("{resource}?select=nothing"));
            self.get(&format!("{resource}?offset=100000"));
        }
    }

    fn create(&mut self, kind: &str, more: &Value) -> String {
        let free = self.get(
            "import_unity_volume?select=id,import_unity_id&importable_criteria=eq.Ready\
             &import_unity_consistency_group_id=is.null",
        );
        let mut sent = json!({
            "name": format!("imp_{}", free[0]["id"].as_str().unwrap()), "type": kind,
            "source_resource_id": free[0]["id"], "remote_system_id": free[0]["import_unity_id"],
        });
        sent.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_else(Map::new));
        let answer = self.send(Method::POST, "import_session", sent);
        let answer: Value = serde_json::from_slice(answer.body()).unwrap();
        answer["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// A group that is cut over in part, cancelled in part and deleted, each step looked at.
    fn cut_a_group_over(&mut self) {
        let free = self.get("import_unity_consistency_group?select=*&importable_criteria=eq.Ready")[0].clone();
        let wwn = self.get(&format!(
            "import_unity_volume?select=wwn&import_unity_consistency_group_id=eq.{}",
            free["id"].as_str().unwrap()
        ))[0]["wwn"]
            .clone();
        let sent = json!({
            "name": "imp_group", "type": "Agentless", "source_resource_id": free["id"],
            "remote_system_id": free["import_unity_id"], "protection_policy_id": "name:Gold",
            "consistency_group_member_host_ids": [{ "volume_wwn": wwn, "host_ids": ["name:web-01"] }],
            "consistency_group_member_host_group_ids": [{ "volume_wwn": wwn, "host_group_ids": ["name:sql-cluster"] }],
        });
        let answer = self.send(Method::POST, "import_session", sent.clone());
        let answer: Value = serde_json::from_slice(answer.body()).unwrap();
        let group = answer["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        assert_eq!(self.post("import_session", sent), 400);
        let members = self.get(&format!("import_session?parent_session_id=eq.{group}&select=id"));
        let members: Vec<&str> = members.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        for member in &members {
            self.event(member, "set_up_done");
            assert_eq!(self.post(&format!("import_session/{member}/enable_destination_volume"), json!({})), 204);
            assert_eq!(self.post(&format!("import_session/{member}/start_copy"), Value::Null), 204);
            self.look();
            self.event(member, "all_data_copied");
        }
        assert_eq!(self.post(&format!("import_session/{}/cutover", members[0]), Value::Null), 422);
        self.act(&group, "cutover", Value::Null);
        self.event(members[0], "commit_fails_mirror_intact");
        for member in &members[1..] {
            self.event(member, "commit_done");
        }
        self.look();
        self.act(&group, "cancel", json!({ "force": true }));
        self.event(members[0], "roll_back_done");
        self.look();
        assert_eq!(self.send(Method::DELETE, &format!("import_session/{group}"), Value::Null).status(), 204);
    }

    /// What is replicated by a policy, and by metro, from its beginning to its end, each step looked at.
    fn replicate(&mut self) {
        const REPLICATED: &[&str] = &["replication_session", "nas_server", "file_system", "volume_group", "job"];
        let policy = "name:Gold-Replicated";
        let partner = self.get("remote_system?select=id&type=eq.PowerStore")[0]["id"].clone();
        for kind in ["nas_server", "volume", "volume_group"] {
            let used =
                self.get("replication_session?select=local_resource_id,storage_element_pairs&limit=2000").to_string();
            let filter = if kind == "volume" { "&name=ilike.vol_*" } else { "" };
            let rows = self.get(&format!("{kind}?select=id&limit=2000{filter}"));
            let free = rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned());
            let free: Vec<String> = free.filter(|id| !used.contains(id.as_str())).collect();
            let begun = free.iter().find_map(|id| {
                let path = format!("{kind}/{id}");
                let sent = json!({ "protection_policy_id": policy });
                (self.send(Method::PATCH, &path, sent).status() == 204).then_some(path)
            });
            let path = begun.unwrap_or_else(|| panic!("no {kind} can be replicated"));
            self.look_at(REPLICATED);
            self.now += 60_000;
            assert_eq!(self.send(Method::PATCH, &path, json!({ "protection_policy_id": "" })).status(), 204);
            self.now += 60_000;
            self.look_at(REPLICATED);
            if kind == "nas_server" {
                continue;
            }
            let sent = json!({ "remote_system_id": partner, "remote_appliance_id": "A2" });
            assert_eq!(self.post(&format!("{path}/configure_metro"), sent.clone()), 200);
            assert_eq!(self.post(&format!("{path}/configure_metro"), sent), 422);
            assert_eq!(self.post(&format!("{path}/configure_metro"), json!({})), 400);
            self.look_at(REPLICATED);
            assert_eq!(self.post(&format!("{path}/end_metro"), json!({ "delete": true })), 400);
            let copy = if kind == "volume" { "delete_remote_volume" } else { "delete_remote_volume_group" };
            assert_eq!(self.post(&format!("{path}/end_metro"), json!({ copy: true, "force": true })), 204);
            self.now += 60_000;
            assert_eq!(self.post(&format!("{path}/end_metro"), Value::Null), 422);
        }
        let filter = "state=eq.OK&type=eq.Asynchronous&resource_type=eq.nas_server&role=eq.Source";
        let id = self.get(&format!("replication_session?select=id&{filter}"))[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(self.post(&format!("replication_session/{id}/failover"), json!({ "is_planned": true })), 204);
        assert_eq!(self.post(&format!("replication_session/{id}/reprotect"), Value::Null), 422);
        self.look_at(REPLICATED);
    }

    /// A NAS server through its cutover to its end, and one that is cancelled, each step looked at.
    fn import_files(&mut self) {
        let state = self.fleet.control(self.now, &Request::get("/simulator/state").body(vec![]).unwrap());
        let state: Value = serde_json::from_slice(state.body()).unwrap();
        let sources = state["arrays"][self.array]["nas_sources"].as_array().unwrap().clone();
        let mut free = sources.iter().filter(|source| source["session"].is_null());
        let mut begin = |checker: &mut Self, name: &str| {
            let source = free.next().unwrap();
            let sent = json!({
                "name": name, "remote_system_id": source["remote_system_id"], "source_resource_id": source["id"],
                "import_file_interface_id": "if1", "description": "one", "source_smb_admin_username": "admin",
                "source_smb_admin_password": "secret", "source_interface": "mgmt", "protection_policy_id": "name:Gold",
                "file_interfaces": [{ "name": "prod", "ip_port_id": "IP1" }],
            });
            let answer = checker.send(Method::POST, "file_import_session", sent.clone());
            let answer: Value = serde_json::from_slice(answer.body()).unwrap();
            assert_eq!(checker.post("file_import_session", sent), 400);
            answer["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
        };
        let id = begin(self, "files");
        let path = format!("file_import_session/{id}");
        self.event(&id, "stage_done");
        self.now += 20_000;
        assert_eq!(self.post(&format!("{path}/cutover"), Value::Null), 422);
        self.ask(&path, "pause", Value::Null);
        self.event(&id, "pause_done");
        self.look();
        self.ask(&path, "resume", Value::Null);
        self.event(&id, "failure");
        self.look();
        assert_eq!(self.post(&format!("{path}/report"), Value::Null), 200);
        assert_eq!(self.post(&format!("{path}/destination_objects_sync"), Value::Null), 204);
        assert_eq!(self.post(&format!("{path}/resume?is_async=true"), Value::Null), 202);
        self.events(&id, &["stage_done", "stage_done"]);
        self.ask(&path, "cutover", json!({ "domain_admin_username": "admin", "domain_admin_password": "secret" }));
        self.look();
        self.events(&id, &["stage_done", "files_in_sync"]);
        self.ask(&path, "commit", json!({ "force": true }));
        self.event(&id, "source_silent");
        self.look();
        assert_eq!(self.post(&format!("{path}/report"), Value::Null), 200);
        assert_eq!(self.send(Method::DELETE, &path, Value::Null).status(), 204);
        assert_eq!(self.post(&format!("{path}/report"), Value::Null), 404);
        let path = format!("file_import_session/{}", begin(self, "cancelled"));
        assert_eq!(self.send(Method::PATCH, &path, json!({ "description": "two" })).status(), 204);
        assert_eq!(self.send(Method::PATCH, &path, json!({ "color": "red" })).status(), 400);
        self.ask(&path, "cancel", json!({ "force": false, "domain_admin_username": "admin" }));
        assert_eq!(self.send(Method::DELETE, &path, Value::Null).status(), 422);
        self.look();
    }

    /// A volume that moves to the other appliance.
    fn migrate(&mut self) {
        let volumes = self.get("volume?select=id,migration_session_id&type=eq.Primary");
        let volume =
            volumes.as_array().unwrap().iter().find(|volume| volume["migration_session_id"].is_null()).unwrap();
        let sent = json!({
            "name": "moves", "resource_type": "volume", "family_id": volume["id"], "destination_appliance_id": "A2",
            "automatic_cutover": false,
        });
        let answer = self.send(Method::POST, "migration_session", sent.clone());
        let answer: Value = serde_json::from_slice(answer.body()).unwrap();
        let id = answer["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        assert_eq!(self.post("migration_session", sent.clone()), 400);
        let mut again = sent;
        again["name"] = json!("other");
        assert_eq!(self.post("migration_session", again), 422);
        let path = format!("migration_session/{id}");
        self.look();
        self.now += 60_000;
        assert_eq!(self.post(&format!("{path}/sync"), Value::Null), 400);
        self.ask(&path, "sync", json!({ "rescan_complete": true, "automatic_cutover": false }));
        self.now += 10_000;
        self.look();
        self.ask(&path, "pause", Value::Null);
        self.event(&id, "pause_done");
        self.ask(&path, "resume", Value::Null);
        self.events(&id, &["resumed", "copy_done"]);
        self.look();
        self.ask(&path, "cutover", Value::Null);
        assert_eq!(self.send(Method::DELETE, &path, json!({ "force": false })).status(), 422);
        self.event(&id, "ownership_moved");
        self.look();
        assert_eq!(self.send(Method::DELETE, &path, json!({ "force": true })).status(), 204);
        self.look();
    }

    fn events(&mut self, session: &str, events: &[&str]) {
        for event in events {
            self.event(session, event);
        }
    }

    /// An action that is taken once and refused the second time, and whose body is checked.
    fn ask(&mut self, path: &str, action: &str, sent: Value) {
        let address = format!("{path}/{action}");
        assert_eq!(self.post(&address, json!({ "nonsense": 1 })), 400);
        assert_eq!(self.post(&address, sent.clone()), 204, "{address}");
        assert_eq!(self.post(&address, sent), 422, "{address} again");
    }

    fn act(&mut self, id: &str, action: &str, sent: Value) {
        let path = format!("import_session/{id}/{action}");
        assert_eq!(self.post(&path, sent), 204, "{action}");
        // The same again is refused, and so is what breaks the schema.
        assert_eq!(self.post(&path, Value::Null), 422, "{action} again");
        assert_eq!(self.post(&path, json!({ "nonsense": 1 })), 400);
        assert_eq!(self.post(&format!("import_session/nothing/{action}"), Value::Null), 404);
        self.look();
    }
}

#[test]
fn every_answer_is_as_the_vendor_describes_it() {
    let Some(description) = Description::named() else { return };
    let fleet = Fleet::new(Options { start: START, imports: 48, failures: 0, active_limit: 50, ..Options::default() });
    let mut checker = Checker {
        fleet,
        now: START,
        array: "frankfurt",
        description,
        driven: BTreeMap::new(),
        lacking: BTreeSet::new(),
        faults: Vec::new(),
    };
    for array in ARRAYS {
        checker.array = array;
        checker.look();
    }
    checker.array = "frankfurt";
    let volumes = checker.get("import_psgroup_volume?select=id");
    for volume in volumes.as_array().unwrap() {
        let path = format!("import_psgroup_volume/{}/import_snapshot_schedules", volume["id"].as_str().unwrap());
        assert_eq!(checker.post(&path, Value::Null), 200);
        assert_eq!(checker.post(&path, json!({ "nonsense": 1 })), 400);
    }
    assert_eq!(checker.post("import_psgroup_volume/nothing/import_snapshot_schedules", Value::Null), 404);

    let agentless = checker.create(
        "Agentless",
        &json!({
            "description": "one", "protection_policy_id": "name:Gold", "volume_group_id": "name:vg_erp",
            "host_ids": ["name:web-01"], "host_group_ids": ["name:sql-cluster"],
            "global_storage_discovery_address": "192.0.2.77",
        }),
    );
    checker.event(&agentless, "set_up_done");
    checker.act(&agentless, "enable_destination_volume", json!({}));
    checker.act(&agentless, "start_copy", Value::Null);
    checker.now += 60_000;
    checker.act(&agentless, "pause", Value::Null);
    checker.act(&agentless, "resume", Value::Null);
    checker.event(&agentless, "all_data_copied");
    checker.act(&agentless, "cutover", Value::Null);
    checker.event(&agentless, "commit_done");
    checker.look();
    assert_eq!(checker.send(Method::DELETE, &format!("import_session/{agentless}"), Value::Null).status(), 204);
    assert_eq!(checker.send(Method::DELETE, &format!("import_session/{agentless}"), Value::Null).status(), 404);

    let scheduled = checker.create("Non_Disruptive", &json!({ "scheduled_timestamp": "2026-11-22T08:00:00Z" }));
    let path = format!("import_session/{scheduled}");
    let time = json!({ "scheduled_timestamp": "2026-11-21T09:00:00Z" });
    assert_eq!(checker.send(Method::PATCH, &path, time.clone()).status(), 204);
    assert_eq!(checker.send(Method::PATCH, &path, json!({})).status(), 400);
    assert_eq!(checker.send(Method::PATCH, "import_session/nothing", time.clone()).status(), 404);
    assert_eq!(checker.send(Method::DELETE, &path, Value::Null).status(), 422);
    checker.event(&scheduled, "schedule_expires");
    assert_eq!(checker.send(Method::PATCH, &path, time).status(), 422);
    checker.event(&scheduled, "set_up_done");
    assert_eq!(checker.post(&format!("{path}/pause?is_async=true"), Value::Null), 202);
    checker.look();
    checker.act(&scheduled, "cancel", json!({ "force": false }));
    checker.event(&scheduled, "roll_back_fails");
    checker.now += 10_000;
    checker.act(&scheduled, "cleanup", Value::Null);
    checker.event(&scheduled, "record_inconsistent");
    checker.look();
    checker.cut_a_group_over();
    checker.import_files();
    checker.replicate();
    checker.migrate();
    assert_eq!(checker.post("import_session", json!({ "name": "x" })), 400);
    assert_eq!(
        checker.post("import_session", json!({ "name": "x", "remote_system_id": "a", "source_resource_id": "b" })),
        422
    );
    assert_eq!(checker.post("logout", Value::Null), 204);

    for operation in &checker.lacking {
        println!("the description lacks {operation}");
    }
    let actions = ACTIONS.iter().map(|action| format!("POST /import_session/{{id}}/{action}"));
    let read = READ.iter().flat_map(|name| [format!("GET /{name}"), format!("GET /{name}/{{id}}")]);
    let of_migrations = ["pause", "resume", "cutover"].map(|action| format!("POST /migration_session/{{id}}/{action}"));
    for operation in
        SERVED.iter().map(|operation| (*operation).to_owned()).chain(read).chain(actions).chain(of_migrations)
    {
        assert!(checker.driven.contains_key(&operation), "{operation} was not driven");
    }
    let answers: usize = checker.driven.values().map(BTreeSet::len).sum();
    println!("{} operations with {answers} kinds of answers agree with the description", checker.driven.len());
    checker.faults.sort();
    checker.faults.dedup();
    assert!(checker.faults.is_empty(), "{} faults:\n{}", checker.faults.len(), checker.faults.join("\n"));
}

#[test]
fn every_source_resource_and_every_word_about_it_is_the_vendors() {
    let Some(description) = Description::named() else { return };
    let mut words = BTreeSet::new();
    for source in &SOURCES {
        assert!(description.document["paths"][format!("/{}", source.name)].is_object(), "{}", source.name);
        let instance = &description.document["definitions"][format!("{}_instance", source.name)];
        let since = instance["x-added"].as_str().and_then(Release::parse).unwrap_or(Release::OLDEST);
        assert_eq!(source.since, since, "{}", source.name);
        for field in source.fields() {
            assert!(instance["properties"][field].is_object(), "{} has no {field}", source.name);
        }
    }
    for criteria in ["VolumeImportableCriteriaEnum", "CGImportableCriteriaEnum"] {
        let values = description.document["definitions"][criteria]["enum"].as_array().unwrap();
        words.extend(values.iter().map(|value| value.as_str().unwrap().to_owned()));
    }
    let known = reasons().map(|(word, _)| word.to_owned());
    let ready = ["Ready", "Ready_For_Agentless_Import"].map(str::to_owned);
    assert_eq!(known.chain(ready).collect::<BTreeSet<_>>(), words);
}

#[test]
fn a_wrong_answer_is_caught() {
    let Some(description) = Description::named() else { return };
    let mut fleet = Fleet::new(Options { start: START, ..Options::default() });
    let basic = base64::engine::general_purpose::STANDARD.encode("admin:Password123!");
    let request = Request::get("/api/rest/import_session?select=*")
        .header(header::AUTHORIZATION, format!("Basic {basic}"))
        .body(vec![])
        .unwrap();
    let response = fleet.handle("frankfurt", START, &request).into_response().unwrap();
    let right: Value = serde_json::from_slice(response.body()).unwrap();
    let faults = |rows: &Value| description.faults("GET /import_session", 200, rows.to_string().as_bytes());
    assert_eq!(faults(&right), Vec::<String>::new());
    for (attribute, value) in [
        ("state", json!("Rebalancing")),
        ("type", json!("agentless")),
        ("progress_percentage", json!("42")),
        ("automatic_cutover", json!("false")),
        ("scheduled_timestamp", json!("tomorrow")),
        ("error", json!("text")),
        ("invented", json!(1)),
    ] {
        let mut wrong = right.clone();
        wrong[0][attribute] = value.clone();
        assert!(!faults(&wrong).is_empty(), "{attribute}={value} was taken");
    }
    assert!(!description.faults("POST /import_session/{id}/pause", 200, b"{}").is_empty());
    assert!(!description.faults("POST /import_session/{id}/explode", 204, b"").is_empty());
    assert!(!description.faults("GET /import_session/{id}", 404, b"{\"error\":\"x\"}").is_empty());
}
