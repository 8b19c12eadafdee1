//! File imports, from their creation to every end.

use super::*;

fn code(answer: &Value) -> &str {
    answer["messages"][0]["code"].as_str().unwrap()
}

/// A NAS server that no import has, with its system.
fn free(client: &mut Client) -> (Value, Value) {
    let (_, state) = client.control("state", Value::Null);
    let sources = state["arrays"]["frankfurt"]["nas_sources"].as_array().unwrap();
    let source = sources.iter().find(|source| source["session"].is_null()).unwrap();
    (source["id"].clone(), source["remote_system_id"].clone())
}

fn asked(client: &mut Client, name: &str) -> Value {
    let (source, remote) = free(client);
    json!({ "name": name, "remote_system_id": remote, "source_resource_id": source, "import_file_interface_id": "if1" })
}

fn begin(client: &mut Client) -> String {
    let sent = asked(client, "nas");
    let (status, answer) = client.post("file_import_session", sent);
    assert_eq!(status, 201, "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

fn pair(client: &mut Client, id: &str) -> String {
    let session = client.get(&format!("file_import_session/{id}?select=state,current_operation"));
    let operation = session["current_operation"].as_str().map(|operation| format!("/{operation}"));
    session["state"].as_str().unwrap().to_owned() + &operation.unwrap_or_default()
}

fn wait_for(client: &mut Client, id: &str, wanted: &str) {
    for _ in 0..24 * 360 {
        if pair(client, id) == wanted {
            return;
        }
        client.wait(10);
    }
    panic!("{wanted} was not reached: {}", pair(client, id));
}

fn ask(client: &mut Client, id: &str, action: &str, body: Value) -> u16 {
    client.post(&format!("file_import_session/{id}/{action}"), body).0
}

#[test]
fn a_file_import_goes_from_its_creation_over_cutover_and_commit_to_its_end() {
    let mut client = Client::quiet();
    let id = begin(&mut client);
    assert_eq!(pair(&mut client, &id), "In_Progress/Initial_Provisioning");
    wait_for(&mut client, &id, "In_Progress/Initial_Copy");
    let copies = client.get(&format!("file_import_session/{id}?select=*"));
    assert!(copies["estimated_completion_timestamp"].as_i64().unwrap() > START);
    assert!(copies["destination_resource_id"].is_string() && copies["error"].is_null());
    assert_eq!(ask(&mut client, &id, "cutover", json!({})), 422, "not ready");
    wait_for(&mut client, &id, "In_Progress/Ready_For_Cutover");
    assert_eq!(ask(&mut client, &id, "cutover", json!({ "domain_admin_username": "a" })), 204);
    wait_for(&mut client, &id, "In_Progress/Ready_For_Commit");
    assert_eq!(ask(&mut client, &id, "commit", json!({ "force": false })), 204);
    wait_for(&mut client, &id, "Completed");
    assert_eq!(ask(&mut client, &id, "cancel", Value::Null), 422);
    let (status, report) = client.post(&format!("file_import_session/{id}/report"), Value::Null);
    assert_eq!((status, &report["state"]), (200, &json!("Completed")));
    assert!(report["state_duration"]["initial_copy_duration"].as_i64().unwrap() > 0);
    assert_eq!(report["change_log"].as_array().unwrap().len(), 10);
    assert_eq!(client.send(Method::DELETE, &format!("file_import_session/{id}"), Value::Null).status(), 204);
    assert_eq!(client.send(Method::GET, &format!("file_import_session/{id}"), Value::Null).status(), 404);
}

#[test]
fn a_copy_is_paused_and_goes_on_where_it_was() {
    let mut client = Client::quiet();
    let id = begin(&mut client);
    wait_for(&mut client, &id, "In_Progress/Initial_Copy");
    client.wait(30);
    let percent = |client: &mut Client| {
        let select = "select=current_operation_progress_percentage";
        let session = client.get(&format!("file_import_session/{id}?{select}"));
        session["current_operation_progress_percentage"].as_i64().unwrap()
    };
    let before = percent(&mut client);
    assert_eq!(ask(&mut client, &id, "pause", Value::Null), 204);
    assert_eq!(pair(&mut client, &id), "Pausing/Initial_Copy");
    wait_for(&mut client, &id, "Paused/Initial_Copy");
    client.wait(3600);
    assert!(percent(&mut client) >= before);
    assert_eq!(ask(&mut client, &id, "resume", Value::Null), 204);
    assert_eq!(pair(&mut client, &id), "In_Progress/Initial_Copy");
}

#[test]
fn a_failure_says_why_and_is_resumed_but_not_after_the_cutover_failed() {
    let mut client = Client::quiet();
    let id = begin(&mut client);
    wait_for(&mut client, &id, "In_Progress/Initial_Copy");
    client.event(&id, "failure");
    let failed = client.get(&format!("file_import_session/{id}?select=*"));
    assert_eq!((&failed["state"], &failed["current_operation"]), (&json!("Failed"), &json!("Initial_Copy")));
    assert!(failed["error"].as_str().unwrap().contains("nas-"));
    assert!(failed["current_operation_progress_percentage"].is_null());
    assert_eq!(ask(&mut client, &id, "resume", Value::Null), 204);
    assert!(client.get(&format!("file_import_session/{id}?select=error"))["error"].is_null());
    wait_for(&mut client, &id, "In_Progress/Ready_For_Cutover");
    assert_eq!(ask(&mut client, &id, "cutover", Value::Null), 204);
    client.event(&id, "cutover_undone");
    assert_eq!(pair(&mut client, &id), "In_Progress/Ready_For_Cutover");
    assert_eq!(ask(&mut client, &id, "cutover", Value::Null), 204);
    client.event(&id, "cutover_not_undone");
    assert_eq!(pair(&mut client, &id), "Failed/Cutting_Over");
    assert_eq!(ask(&mut client, &id, "resume", Value::Null), 422);
    assert_eq!(ask(&mut client, &id, "cancel", json!({})), 204);
    wait_for(&mut client, &id, "Cancelled");
}

#[test]
fn without_its_source_a_commit_and_a_cancel_need_force() {
    let mut client = Client::quiet();
    let id = begin(&mut client);
    wait_for(&mut client, &id, "In_Progress/Ready_For_Cutover");
    ask(&mut client, &id, "cutover", Value::Null);
    wait_for(&mut client, &id, "In_Progress/Ready_For_Commit");
    let remote = client.get(&format!("file_import_session/{id}?select=remote_system_id"))["remote_system_id"].clone();
    let fault = json!({ "array": "frankfurt", "fault": "source_unreachable", "remote_system": remote });
    assert_eq!(client.control("fault", fault).0, 200);
    assert_eq!(ask(&mut client, &id, "commit", json!({ "force": false })), 204);
    wait_for(&mut client, &id, "In_Progress/Ready_For_Commit");
    assert!(client.get(&format!("file_import_session/{id}?select=error"))["error"].is_string());
    assert_eq!(ask(&mut client, &id, "cancel", Value::Null), 204);
    wait_for(&mut client, &id, "Failed/Ready_For_Commit");
    assert_eq!(ask(&mut client, &id, "cancel", json!({ "force": true })), 204);
    wait_for(&mut client, &id, "Cancelled");
    let (_, state) = client.control("state", Value::Null);
    let sources = state["arrays"]["frankfurt"]["nas_sources"].as_array().unwrap();
    assert!(sources.iter().any(|source| source["left_behind"] == true && source["session"].is_null()));
}

#[test]
fn a_copy_whose_source_is_lost_fails_soon() {
    let mut client = Client::quiet();
    let id = begin(&mut client);
    wait_for(&mut client, &id, "In_Progress/Initial_Copy");
    let remote = client.get(&format!("file_import_session/{id}?select=remote_system_id"))["remote_system_id"].clone();
    client.control("fault", json!({ "array": "frankfurt", "fault": "source_unreachable", "remote_system": remote }));
    client.wait(16);
    assert_eq!(pair(&mut client, &id), "Failed/Initial_Copy");
}

#[test]
fn the_queue_holds_at_two_and_a_schedule_is_kept_and_moved() {
    let mut client = Client::quiet();
    let mut ids = Vec::new();
    for name in ["one", "two", "three"] {
        let sent = asked(&mut client, name);
        let (_, answer) = client.post("file_import_session", sent);
        ids.push(answer["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(pair(&mut client, &ids[2]), "Queued");
    ask(&mut client, &ids[0], "cancel", Value::Null);
    assert_eq!(pair(&mut client, &ids[2]), "In_Progress/Initial_Provisioning");
    let mut sent = asked(&mut client, "later");
    sent["scheduled_timestamp"] = json!("2026-11-22T08:00:00Z");
    let (_, answer) = client.post("file_import_session", sent);
    let later = format!("file_import_session/{}", answer["id"].as_str().unwrap());
    assert_eq!(client.get(&format!("{later}?select=state"))["state"], "Scheduled");
    let sooner =
        json!({ "scheduled_timestamp": "2026-11-21T08:10:00Z", "name": "sooner", "source_dhsm_password": "x" });
    assert_eq!(client.send(Method::PATCH, &later, sooner.clone()).status(), 204);
    assert_eq!(client.get(&format!("{later}?select=name"))["name"], "sooner");
    client.wait(601);
    assert_ne!(client.get(&format!("{later}?select=state"))["state"], "Scheduled");
    let other_time = json!({ "scheduled_timestamp": "2026-11-23T08:10:00Z" });
    assert_eq!(client.send(Method::PATCH, &later, other_time).status(), 422);
    assert_eq!(client.send(Method::PATCH, &later, json!({ "name": "TWO" })).status(), 400, "taken");
}

#[test]
fn a_create_is_checked_and_old_releases_have_none() {
    let mut client = Client::quiet();
    let sent = asked(&mut client, "nas");
    let with = |key: &str, value: Value| {
        let mut sent = sent.clone();
        sent[key] = value;
        sent
    };
    for (body, status) in [
        (with("name", json!("a".repeat(33))), 400),
        (with("name", json!("a b")), 400),
        (with("color", json!("red")), 400),
        (with("import_file_interface_id", Value::Null), 400),
        (with("file_interfaces", json!([{ "name": "x" }])), 400),
        (with("remote_system_id", json!("nobody")), 422),
        (with("source_resource_id", json!("nobody")), 422),
        (with("protection_policy_id", json!("name:nobody")), 422),
        (with("scheduled_timestamp", json!("2020-01-01T00:00:00Z")), 422),
    ] {
        assert_eq!(client.post("file_import_session", body.clone()).0, status, "{body}");
    }
    assert_eq!(client.post("file_import_session", sent.clone()).0, 201);
    let (status, answer) = client.post("file_import_session", sent.clone());
    assert_eq!((status, code(&answer)), (400, "0xE0FF01010002"));
    let (status, answer) = client.post("file_import_session", with("name", json!("again")));
    assert_eq!((status, code(&answer)), (422, "0xE0FF01010005"));
    assert_eq!(ask(&mut client, "name:nas", "destination_objects_sync", Value::Null), 204);
    assert_eq!(ask(&mut client, "name:none", "destination_objects_sync", Value::Null), 404);
    assert_eq!(ask(&mut client, "name:nas", "explode", Value::Null), 404);
    let releases = [("frankfurt".to_owned(), crate::lifecycle::Release([2, 1, 0, 0]))].into();
    let mut old = Client::of(Options { releases, ..Options::default() });
    assert_eq!(old.send(Method::GET, "file_import_session", Value::Null).status(), 404);
}

#[test]
fn a_policy_that_replicates_makes_the_import_fail_and_not_the_create() {
    let mut client = Client::quiet();
    let mut sent = asked(&mut client, "nas");
    sent["protection_policy_id"] = json!("name:Gold-Replicated");
    let (status, answer) = client.post("file_import_session", sent);
    assert_eq!(status, 201);
    wait_for(&mut client, answer["id"].as_str().unwrap(), "Failed/Initial_Provisioning");
}

#[test]
fn the_default_fleet_shows_some_of_them_and_a_fleet_without_imports_none() {
    let mut client = Client::of(Options::default());
    let rows = client.get("file_import_session?select=state,current_operation&order=state");
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert!(rows.as_array().unwrap().iter().any(|row| row["current_operation"] == "Ready_For_Commit"), "{rows}");
    assert_eq!(Client::quiet().get("file_import_session"), json!([]));
}
