//! Imports from their creation to their end.

use super::*;
use std::collections::BTreeSet;

#[test]
fn an_agentless_import_goes_from_creation_to_completion() {
    let mut client = Client::quiet();
    let id = client.create("Agentless", json!({}));
    assert_eq!(client.state(&id), "In_Progress", "an empty queue is left at once");
    client.wait_for(&id, "Mirror_Enabled");
    assert_eq!(client.session(&id)["progress_percentage"], 0);
    client.act(&id, "enable_destination_volume");
    assert_eq!(client.state(&id), "Ready_To_Start_Copy");
    client.act(&id, "start_copy");
    client.wait(60);
    let copying = client.session(&id);
    assert_eq!(copying["state"], "Copy_In_Progress");
    assert!(copying["current_transfer_rate"].as_u64().unwrap() > 50_000_000);
    assert!(copying["estimated_completion_timestamp"].is_string());
    let volume = copying["destination_resource_id"].as_str().unwrap().to_owned();
    assert_eq!(client.get(&format!("volume/{volume}?select=*"))["is_host_access_available"], true);
    client.act(&id, "pause");
    let paused = client.session(&id);
    assert!(paused["current_transfer_rate"].is_null() && paused["estimated_completion_timestamp"].is_null());
    assert!(paused["progress_percentage"].as_u64() >= copying["progress_percentage"].as_u64());
    client.act(&id, "resume");
    client.wait_for(&id, "Ready_For_Cutover");
    assert_eq!(client.session(&id)["progress_percentage"], 100);
    client.act(&id, "cutover");
    assert_eq!(client.state(&id), "Cutover_In_Progress");
    client.wait_for(&id, "Import_Completed");
    assert!(client.session(&id)["progress_percentage"].is_null());
    let deleted = client.send(Method::DELETE, &format!("import_session/{id}"), Value::Null);
    assert_eq!(deleted.status(), 204);
    assert_eq!(client.send(Method::GET, &format!("import_session/{id}"), Value::Null).status(), 404);
}

#[test]
fn an_automatic_import_needs_nobody() {
    let mut client = Client::quiet();
    let id = client.create("Non_Disruptive", json!({ "automatic_cutover": true }));
    client.wait_for(&id, "Import_Completed");
    let (_, state) = client.control("state", Value::Null);
    let states: Vec<&str> = state["arrays"]["frankfurt"]["sessions"][&id]["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|passage| passage["to"].as_str().unwrap())
        .collect();
    let course =
        ["Queued", "In_Progress", "Copy_In_Progress", "Ready_For_Cutover", "Cutover_In_Progress", "Import_Completed"];
    assert_eq!(states, course);
}

#[test]
fn progress_never_runs_back_and_changes_come_with_a_new_update_time() {
    let mut client = Client::quiet();
    let id = client.create("Non_Disruptive", json!({}));
    client.wait_for(&id, "Copy_In_Progress");
    let mut before = client.session(&id);
    while client.state(&id) == "Copy_In_Progress" {
        client.now += 3_333;
        let after = client.session(&id);
        if let (Some(was), Some(is)) = (before["progress_percentage"].as_u64(), after["progress_percentage"].as_u64()) {
            assert!(is >= was);
        }
        if after["last_update_timestamp"] == before["last_update_timestamp"] {
            assert_eq!(after, before);
        }
        before = after;
    }
}

#[test]
fn the_queue_is_served_in_its_order_and_holds_at_the_limit() {
    let mut client = Client::of(Options { imports: 0, failures: 0, active_limit: 2, ..Options::default() });
    let ids: Vec<String> = (0..4).map(|_| client.create("Non_Disruptive", json!({}))).collect();
    let states: Vec<String> = ids.iter().map(|id| client.state(id)).collect();
    assert_eq!(states, ["In_Progress", "In_Progress", "Queued", "Queued"]);
    client.wait_for(&ids[2], "In_Progress");
    assert_eq!(client.state(&ids[3]), "Queued");
    for id in &ids {
        client.wait_for(id, "Ready_For_Cutover");
    }
}

#[test]
fn a_schedule_is_kept_and_can_be_moved() {
    let mut client = Client::quiet();
    let id = client.create("Agentless", json!({ "scheduled_timestamp": "2026-11-21T09:00:00Z" }));
    assert_eq!(client.state(&id), "Scheduled");
    let moved = client.send(
        Method::PATCH,
        &format!("import_session/{id}"),
        json!({ "scheduled_timestamp": "2026-11-21T08:30:00+00:00" }),
    );
    assert_eq!(moved.status(), 204);
    client.wait(1799);
    assert_eq!(client.state(&id), "Scheduled");
    client.wait(1);
    assert_eq!(client.state(&id), "In_Progress");
    let late = json!({ "scheduled_timestamp": "2026-11-21T20:00:00Z" });
    assert_eq!(client.send(Method::PATCH, &format!("import_session/{id}"), late).status(), 422);
}

#[test]
fn without_its_source_a_copy_fails_a_cancel_needs_force_and_a_clean_up_waits() {
    let mut client = Client::quiet();
    let ids: Vec<String> = (0..2).map(|_| client.create("Agentless", json!({}))).collect();
    for id in &ids {
        client.wait_for(id, "Mirror_Enabled");
        client.act(id, "enable_destination_volume");
        client.act(id, "start_copy");
        let remote = client.session(id)["remote_system_id"].clone();
        let lost = json!({ "array": "frankfurt", "fault": "source_unreachable", "remote_system": remote });
        assert_eq!(client.control("fault", lost).0, 200);
        client.wait_for(id, "Cancel_Required");
        assert!(client.session(id)["error"]["code"].as_str().unwrap().starts_with("0xE0FF"));
    }
    client.act(&ids[0], "cancel");
    client.wait_for(&ids[0], "Cleanup_Required");
    client.act(&ids[0], "cleanup");
    client.wait_for(&ids[0], "Cleanup_Required");
    let (status, _) = client.post(&format!("import_session/{}/cancel", ids[1]), json!({ "force": true }));
    assert_eq!(status, 204);
    client.wait_for(&ids[1], "Cancelled");
    assert!(client.session(&ids[1])["error"].is_object());
    assert_eq!(client.control("fault", json!({ "clear": true })).0, 200);
    client.act(&ids[0], "cleanup");
    client.wait_for(&ids[0], "Cancelled");
    let jobs = client
        .get(&format!("job?resource_id=eq.{}&select=resource_action,phase,response_status&order=step_order", ids[0]));
    let told: Vec<String> =
        jobs.as_array().unwrap().iter().map(|job| format!("{}:{}", job["resource_action"], job["phase"])).collect();
    assert_eq!(
        told,
        [
            "\"create\":\"Completed\"",
            "null:\"Completed\"",
            "null:\"Completed\"",
            "\"cancel\":\"Failed\"",
            "\"cleanup\":\"Failed\"",
            "\"cleanup\":\"Completed\""
        ]
    );
}

#[test]
fn what_the_table_does_not_list_is_refused_with_its_sentence() {
    let mut client = Client::quiet();
    let id = client.create("Agentless", json!({}));
    let (status, answer) = client.post(&format!("import_session/{id}/pause"), Value::Null);
    assert_eq!(
        (status, &answer["messages"][0]["message_l10n"]),
        (422, &json!("Only a running copy (Copy In Progress) can be paused."))
    );
    let (status, answer) =
        client.control("event", json!({ "array": "frankfurt", "session": id, "event": "commit_done" }));
    assert_eq!(status, 422);
    assert!(answer["error"].as_str().unwrap().contains("In_Progress"));
}

#[test]
fn every_state_of_the_default_fleet_and_of_the_doors_events_is_reached() {
    let mut client = Client::of(Options { failures: 0, ..Options::default() });
    let mut seen = BTreeSet::new();
    for array in super::super::ARRAYS {
        let (_, state) = client.control("state", Value::Null);
        for session in state["arrays"][array]["sessions"].as_object().unwrap().values() {
            seen.insert(session["state"].as_str().unwrap().to_owned());
        }
    }
    for state in [
        "Scheduled",
        "Queued",
        "In_Progress",
        "Mirror_Enabled",
        "Ready_To_Start_Copy",
        "Copy_In_Progress",
        "Paused",
        "Ready_For_Cutover",
        "Cutover_In_Progress",
        "Import_Completed",
        "Cancel_Required",
        "Cancelled",
        "Cleanup_Required",
        "Failed",
    ] {
        assert!(seen.contains(state), "{state} of {seen:?}");
    }
    let mut client = Client::quiet();
    let id = client.create("Agentless", json!({}));
    client.event(&id, "set_up_done");
    client.event(&id, "record_inconsistent");
    assert_eq!(client.state(&id), "Invalid");
    client.event(&id, "reconciled");
    assert_eq!(client.state(&id), "Mirror_Enabled");
    assert!(client.session(&id)["error"].is_null());
    client.event(&id, "record_inconsistent");
    client.event(&id, "reconcile_gives_up");
    assert_eq!(client.state(&id), "Cleanup_Required");
    client.act(&id, "cleanup");
    client.event(&id, "clean_up_done");
    assert_eq!(client.state(&id), "Failed");
}

#[test]
fn a_source_is_for_one_unfinished_import() {
    let mut client = Client::quiet();
    let id = client.create("Agentless", json!({}));
    let session = client.session(&id);
    let again = json!({
        "name": "again", "type": "Agentless",
        "source_resource_id": session["source_resource_id"], "remote_system_id": session["remote_system_id"],
    });
    assert_eq!(client.post("import_session", again.clone()).0, 422);
    client.event(&id, "pre_check_fails");
    assert_eq!(client.post("import_session", again).0, 201);
}

#[test]
fn a_policy_that_replicates_makes_the_import_fail_and_not_the_create() {
    let mut client = Client::quiet();
    let id = client.create("Agentless", json!({ "protection_policy_id": "name:gold-replicated" }));
    client.wait_for(&id, "Failed");
    assert_eq!(client.session(&id)["error"]["code"], "0xE0FF02010002");
}

#[test]
fn the_same_requests_at_the_same_times_give_the_same_history() {
    let history = |often: i64| {
        let mut client = Client::of(Options { seed: 7, failures: 100, ..Options::default() });
        let id = client.create("Non_Disruptive", json!({ "automatic_cutover": true }));
        // How often somebody looks changes nothing.
        for _ in 0..often {
            client.wait(86_400 / often);
            client.session(&id);
        }
        let (_, mut state) = client.control("state", Value::Null);
        for array in super::super::ARRAYS {
            state["arrays"][array].as_object_mut().unwrap().remove("requests");
            state["arrays"][array].as_object_mut().unwrap().remove("logins");
        }
        state
    };
    assert_eq!(history(8), history(8));
    assert_eq!(history(8), history(1440));
    let mut other = Client::of(Options { seed: 8, ..Options::default() });
    assert_ne!(other.control("state", Value::Null).1["arrays"], history(8)["arrays"]);
}
