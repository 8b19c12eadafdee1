//! Migrations, from their creation to every end.

use super::*;

fn begin(client: &mut Client, volume: usize, more: Value) -> (String, usize) {
    let volumes = client.get("volume?select=id&order=name");
    let mut sent = json!({
        "name": format!("move_{volume}"), "resource_type": "volume", "family_id": volumes[volume]["id"],
        "destination_appliance_id": "A2",
    });
    sent.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    let (status, answer) = client.post("migration_session", sent);
    assert_eq!(status, 201, "{answer}");
    (answer["id"].as_str().unwrap().to_owned(), answer["rescan_host_ids"].as_array().unwrap().len())
}

/// A migration of a volume that no host uses.
fn without_hosts(client: &mut Client, more: &Value) -> String {
    for volume in 0..8 {
        let (id, hosts) = begin(client, volume, more.clone());
        if hosts == 0 {
            return id;
        }
    }
    panic!("every volume has hosts");
}

fn state(client: &mut Client, id: &str) -> String {
    client.get(&format!("migration_session/{id}?select=state"))["state"].as_str().unwrap().to_owned()
}

fn wait_for(client: &mut Client, id: &str, wanted: &str) {
    for _ in 0..24 * 360 {
        if state(client, id) == wanted {
            return;
        }
        client.wait(5);
    }
    panic!("{wanted} was not reached: {}", state(client, id));
}

fn ask(client: &mut Client, id: &str, action: &str, body: Value) -> u16 {
    client.post(&format!("migration_session/{id}/{action}"), body).0
}

fn delete(client: &mut Client, id: &str, body: Value) -> u16 {
    client.send(Method::DELETE, &format!("migration_session/{id}"), body).status().as_u16()
}

#[test]
fn a_migration_is_synchronized_again_and_again_cut_over_and_deleted() {
    let mut client = Client::quiet();
    let id = without_hosts(&mut client, &json!({}));
    assert_eq!(state(&mut client, &id), "Initializing");
    wait_for(&mut client, &id, "Initialized");
    client.wait(3600);
    assert_eq!(state(&mut client, &id), "Initialized", "nothing is copied by itself");
    assert_eq!(ask(&mut client, &id, "sync", Value::Null), 400, "the body is needed");
    assert_eq!(ask(&mut client, &id, "sync", json!({})), 204);
    let copies = client.get(&format!("migration_session/{id}?select=*"));
    assert!(copies["current_transfer_rate"].as_i64().unwrap() > 0 && copies["last_sync_timestamp"].is_null());
    wait_for(&mut client, &id, "Idle");
    assert!(client.get(&format!("migration_session/{id}?select=*"))["last_sync_timestamp"].is_string());
    assert_eq!(ask(&mut client, &id, "sync", json!({ "automatic_cutover": false })), 204);
    assert_eq!(delete(&mut client, &id, json!({ "force": false })), 422, "it works");
    wait_for(&mut client, &id, "Idle");
    assert_eq!(ask(&mut client, &id, "cutover", Value::Null), 204);
    wait_for(&mut client, &id, "Completed");
    let moved = client.get(&format!("migration_session/{id}?select=volumes(id,name,appliance_id)"));
    assert_eq!(moved["volumes"][0]["appliance_id"], "A2");
    assert_eq!(delete(&mut client, &id, json!({})), 204);
    assert_eq!(state(&mut client, &id), "Deleting");
    client.wait(10);
    assert_eq!(client.send(Method::GET, &format!("migration_session/{id}"), Value::Null).status(), 404);
}

#[test]
fn hosts_that_only_a_person_can_rescan_hold_the_copy_until_it_is_told() {
    let mut client = Client::of(Options { failures: 0, ..Options::default() });
    let rows = client.get("migration_session?select=id&state=eq.Manual_Rescan_Required");
    let id = rows[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(ask(&mut client, &id, "cutover", Value::Null), 422);
    assert_eq!(ask(&mut client, &id, "sync", json!({ "rescan_complete": false })), 422);
    assert_eq!(ask(&mut client, &id, "sync", json!({ "rescan_complete": true })), 204);
    assert_eq!(state(&mut client, &id), "Synchronizing");
}

#[test]
fn every_sort_of_hosts_is_met_and_the_array_rescans_what_it_can() {
    let mut client = Client::quiet();
    let ids: Vec<String> = (0..8).map(|volume| begin(&mut client, volume, json!({})).0).collect();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..120 {
        client.wait(1);
        for id in &ids {
            seen.insert(state(&mut client, id));
        }
    }
    let met: Vec<&str> = seen.iter().map(String::as_str).collect();
    assert_eq!(met, ["Automatic_Rescan_In_Progress", "Initialized", "Initializing", "Manual_Rescan_Required"]);
}

#[test]
fn a_copy_is_paused_and_resumed_and_an_error_must_be_mended_first() {
    let mut client = Client::quiet();
    let id = without_hosts(&mut client, &json!({}));
    wait_for(&mut client, &id, "Initialized");
    assert_eq!(ask(&mut client, &id, "pause", Value::Null), 422);
    ask(&mut client, &id, "sync", json!({}));
    client.wait(20);
    assert_eq!(ask(&mut client, &id, "pause", Value::Null), 204);
    wait_for(&mut client, &id, "Paused");
    assert_eq!(ask(&mut client, &id, "resume", Value::Null), 204);
    assert_eq!(state(&mut client, &id), "Resuming");
    wait_for(&mut client, &id, "Synchronizing");
    client.event(&id, "error");
    assert_eq!(state(&mut client, &id), "System_Paused");
    assert_eq!(ask(&mut client, &id, "resume", Value::Null), 422, "the cause persists");
    assert_eq!(delete(&mut client, &id, json!({ "force": false })), 422);
    client.wait(61);
    assert_eq!(ask(&mut client, &id, "resume", Value::Null), 204);
    assert_eq!(delete(&mut client, &id, json!({ "force": true })), 204);
    client.event(&id, "removal_fails");
    assert_eq!(state(&mut client, &id), "Failed");
    assert_eq!(ask(&mut client, &id, "resume", Value::Null), 422);
}

#[test]
fn an_automatic_migration_needs_one_person_once() {
    let mut client = Client::quiet();
    let id = without_hosts(&mut client, &json!({ "automatic_cutover": true }));
    wait_for(&mut client, &id, "Initialized");
    ask(&mut client, &id, "sync", json!({}));
    wait_for(&mut client, &id, "Completed");
}

#[test]
fn a_create_is_checked() {
    let mut client = Client::quiet();
    let volume = client.get("volume?select=id&order=name")[0]["id"].clone();
    let sent = json!({ "resource_type": "volume", "family_id": volume, "destination_appliance_id": "A2" });
    let with = |key: &str, value: &str| {
        let mut sent = sent.clone();
        sent[key] = json!(value);
        sent
    };
    for (body, status) in [
        (with("resource_type", "host"), 400),
        (with("name", &"x".repeat(33)), 400),
        (with("color", "red"), 400),
        (with("family_id", "nothing"), 422),
        (with("resource_type", "virtual_machine"), 422),
        (with("destination_appliance_id", "A9"), 422),
        (with("destination_appliance_id", "A1"), 422),
    ] {
        assert_eq!(client.post("migration_session", body.clone()).0, status, "{body}");
    }
    assert_eq!(client.post("migration_session", sent.clone()).0, 201);
    assert_eq!(client.post("migration_session", sent.clone()).0, 422, "it is on its way already");
    let holds = client.get(&format!("volume/{}?select=migration_session_id", volume.as_str().unwrap()));
    assert!(holds["migration_session_id"].is_string());
    assert_eq!(client.get("appliance?select=id,name&order=id")[1]["id"], "A2");
}

#[test]
fn a_replication_of_what_is_moved_waits_while_it_is_copied() {
    let mut client = Client::of(Options { failures: 0, migrations: Some(0), ..Options::default() });
    let select = "replication_session?select=id,local_resource_id&resource_type=eq.volume&type=eq.Asynchronous\
                  &state=in.(OK,Synchronizing)&role=eq.Source";
    let replicated = client.get(select)[0].clone();
    let sent = json!({
        "resource_type": "volume", "family_id": replicated["local_resource_id"], "destination_appliance_id": "A2",
    });
    let (status, answer) = client.post("migration_session", sent);
    assert_eq!(status, 201, "{answer}");
    let id = answer["id"].as_str().unwrap().to_owned();
    let replication = format!("replication_session/{}?select=state", replicated["id"].as_str().unwrap());
    client.wait(60);
    let before = client.get(&replication)["state"].as_str().unwrap().to_owned();
    assert!(["OK", "Synchronizing"].contains(&before.as_str()), "nothing is copied yet: {before}");
    assert_eq!(ask(&mut client, &id, "sync", json!({ "rescan_complete": true })), 204);
    assert_eq!(client.get(&replication)["state"], "Paused_For_Migration");
    client.event(&id, "copy_done");
    client.wait(60);
    let after = client.get(&replication)["state"].as_str().unwrap().to_owned();
    assert!(["OK", "Synchronizing"].contains(&after.as_str()), "{after}");
}
