//! Replication between two arrays, as their clients see it.

use super::*;

/// The two arrays with their replications and nothing else.
pub struct Pair {
    pub client: Client,
}

pub const ENDS: [&str; 2] = ["frankfurt", "dublin"];

impl Pair {
    pub fn new() -> Self {
        let options = Options { imports: 0, failures: 0, ..Options::default() };
        Pair { client: Client::of(options) }
    }

    pub fn send(&mut self, array: &'static str, method: Method, path: &str, sent: Value) -> (u16, Value) {
        self.client.array = array;
        let response = self.client.send(method, path, sent);
        (response.status().as_u16(), body(&response))
    }

    pub fn sessions(&mut self, array: &'static str, filter: &str) -> Vec<Value> {
        let path = format!("replication_session?select=*&order=id{filter}");
        self.send(array, Method::GET, &path, Value::Null).1.as_array().unwrap().clone()
    }

    /// The source of the first asynchronous session of this sort of resource, and its id.
    pub fn first(&mut self, filter: &str) -> String {
        let all = self.sessions("frankfurt", &format!("&role=in.(Source,Metro_Preferred){filter}"));
        let first = all.first().unwrap_or_else(|| panic!("none with {filter}"));
        first["id"].as_str().unwrap().to_owned()
    }

    pub fn get(&mut self, array: &'static str, id: &str) -> Value {
        self.send(array, Method::GET, &format!("replication_session/{id}?select=*"), Value::Null).1
    }

    pub fn states(&mut self, id: &str) -> [String; 2] {
        ENDS.map(|array| self.get(array, id)["state"].as_str().unwrap_or("gone").to_owned())
    }

    pub fn roles(&mut self, id: &str) -> [String; 2] {
        ENDS.map(|array| self.get(array, id)["role"].as_str().unwrap_or("gone").to_owned())
    }

    pub fn act(&mut self, array: &'static str, id: &str, action: &str, sent: Value) {
        let (status, answer) = self.send(array, Method::POST, &format!("replication_session/{id}/{action}"), sent);
        assert!(status == 204 || status == 200, "{action}: {status} {answer}");
    }

    /// The sentence with which an action is refused, and the status.
    pub fn refused(&mut self, array: &'static str, id: &str, action: &str, sent: Value) -> (u16, String) {
        let (status, answer) = self.send(array, Method::POST, &format!("replication_session/{id}/{action}"), sent);
        assert!(status >= 400, "{action} was taken");
        (status, answer["messages"][0]["message_l10n"].as_str().unwrap().to_owned())
    }

    pub fn event(&mut self, array: &str, id: &str, event: &str) {
        let (status, answer) = self.client.control("event", json!({ "array": array, "session": id, "event": event }));
        assert_eq!(status, 200, "{event}: {answer}");
    }

    pub fn link(&mut self, up: bool) {
        let mut sent = json!({ "array": "frankfurt", "fault": "link_down" });
        if up {
            sent["clear"] = json!(true);
        }
        assert_eq!(self.client.control("fault", sent).0, 200);
    }

    pub fn truth_of_all(&mut self) -> Value {
        self.client.control("state", Value::Null).1["replications"].clone()
    }

    pub fn truth(&mut self, id: &str) -> Value {
        self.client.control("state", Value::Null).1["replications"]["sessions"][id].clone()
    }

    pub fn dies(&mut self, array: &str, clear: bool) {
        let (status, _) =
            self.client.control("fault", json!({ "array": array, "fault": "array_down", "clear": clear }));
        assert_eq!(status, 200);
    }

    /// Lets time pass until the ends show these states; at most six hours.
    pub fn wait_for(&mut self, id: &str, states: [&str; 2]) {
        for _ in 0..6 * 1200 {
            if self.states(id) == states {
                return;
            }
            self.client.wait(3);
        }
        panic!("{states:?} was not reached: {:?} {}", self.states(id), self.truth(id));
    }
}

#[test]
fn a_session_is_seen_from_both_ends_with_mirrored_roles_and_ids() {
    let mut pair = Pair::new();
    let (here, there) = (pair.sessions("frankfurt", ""), pair.sessions("dublin", ""));
    assert_eq!(here.len(), 11);
    for (one, other) in here.iter().zip(&there) {
        assert_eq!(one["id"], other["id"]);
        assert_eq!(one["local_resource_id"], other["remote_resource_id"]);
        assert_eq!(one["remote_resource_id"], other["local_resource_id"]);
        assert_ne!(one["role"], other["role"]);
        assert!(one["progress_percentage"].is_null() || other["progress_percentage"].is_null());
        let (ours, theirs) = (&one["storage_element_pairs"], &other["storage_element_pairs"]);
        for (ours, theirs) in ours.as_array().unwrap().iter().zip(theirs.as_array().unwrap()) {
            assert_eq!(ours["local_storage_element_id"], theirs["remote_storage_element_id"]);
        }
    }
}

#[test]
fn a_session_names_what_it_points_to() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    let path = format!(
        "replication_session/{id}?select=id,remote_system(id,name),replication_rule(id,name),volumes(id,name),\
         volume_groups(id,name)"
    );
    let (status, session) = pair.send("frankfurt", Method::GET, &path, Value::Null);
    assert_eq!(status, 200, "{session}");
    assert_eq!(session["remote_system"]["name"], "Dublin");
    assert_eq!(session["replication_rule"]["name"], "replicate_five_minutes");
    assert_eq!((session["volumes"][0]["name"].as_str(), &session["volume_groups"]), (Some("repl_00"), &json!([])));
}

#[test]
fn cycles_come_with_the_objective_and_what_is_written_meanwhile_waits() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["Synchronizing", "Synchronizing"]);
    pair.wait_for(&id, ["OK", "OK"]);
    let before = pair.get("frankfurt", &id);
    let unsynced = pair.truth(&id)["unsynced"].as_u64().unwrap();
    pair.client.wait(30);
    assert!(pair.truth(&id)["unsynced"].as_u64().unwrap() > unsynced);
    pair.wait_for(&id, ["Synchronizing", "Synchronizing"]);
    assert!(pair.get("frankfurt", &id)["progress_percentage"].is_number());
    assert!(pair.get("dublin", &id)["progress_percentage"].is_null());
    pair.wait_for(&id, ["OK", "OK"]);
    let after = pair.get("frankfurt", &id);
    assert!(after["last_sync_timestamp"].as_str() > before["last_sync_timestamp"].as_str());
    assert!(after["next_sync_timestamp"].as_str() > after["last_sync_timestamp"].as_str());
    assert!(after["last_sync_duration"].as_i64().unwrap() > 0);
}

#[test]
fn a_planned_failover_with_reverse_loses_nothing_and_turns_the_direction() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    let (status, _) = pair.refused("dublin", &id, "failover", json!({ "is_planned": true, "reverse": true }));
    assert_eq!(status, 400);
    let sent = json!({ "is_planned": true, "reverse": true });
    let (status, job) =
        pair.send("frankfurt", Method::POST, &format!("replication_session/{id}/failover?is_async=true"), sent);
    assert_eq!(status, 202);
    assert_eq!(pair.states(&id), ["Failing_Over", "Failing_Over"]);
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.roles(&id), ["Destination", "Source"]);
    assert_eq!(pair.truth(&id)["losses"], json!([]));
    pair.client.wait(5);
    let job =
        pair.send("frankfurt", Method::GET, &format!("job/{}?select=*", job["id"].as_str().unwrap()), Value::Null).1;
    assert_eq!(
        (job["state"].as_str(), job["resource_type"].as_str()),
        (Some("COMPLETED"), Some("replication_session"))
    );
}

#[test]
fn a_disaster_loses_what_was_not_synced_and_the_old_source_turns_when_it_is_back() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    pair.client.wait(60);
    pair.link(false);
    assert_eq!(pair.get("dublin", &id)["data_connection_state"], "Complete_Data_Connection_Loss");
    pair.act("dublin", &id, "failover", json!({ "is_planned": false, "force": false, "use_test_copy": false }));
    for _ in 0..20 {
        pair.client.wait(2);
    }
    assert_eq!(pair.states(&id)[1], "Failed_Over");
    assert_eq!(pair.roles(&id), ["Source", "Source"]);
    let truth = pair.truth(&id);
    assert!(truth["losses"][0]["bytes"].as_u64().unwrap() > 0, "{truth}");
    let (_, sentence) = pair.refused("dublin", &id, "reprotect", Value::Null);
    assert!(sentence.contains("not reached"), "{sentence}");
    pair.link(true);
    pair.wait_for(&id, ["Failed_Over", "Failed_Over"]);
    assert_eq!(pair.roles(&id), ["Destination", "Source"]);
    pair.act("dublin", &id, "reprotect", json!({}));
    pair.wait_for(&id, ["OK", "OK"]);
    pair.act("dublin", &id, "failover", json!({ "is_planned": true, "reverse": true }));
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.roles(&id), ["Source", "Destination"]);
}

#[test]
fn a_failover_test_opens_the_destination_and_ends_with_a_snapshot() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.refused("frankfurt", &id, "start_failover_test", json!({})).0, 422);
    pair.act("dublin", &id, "start_failover_test", json!({}));
    assert_eq!(pair.get("dublin", &id)["failover_test_in_progress"], true);
    assert_eq!(pair.get("frankfurt", &id)["failover_test_in_progress"], false);
    assert_eq!(pair.truth(&id)["ends"]["dublin"]["writable"], true);
    assert_eq!(pair.refused("frankfurt", &id, "failover", json!({ "is_planned": true })).0, 422);
    let path = format!("replication_session/{id}/stop_failover_test");
    let (status, answer) = pair.send("dublin", Method::POST, &path, json!({ "create_end_of_test_snapshot": true }));
    assert_eq!(status, 200);
    assert!(answer["snapshot_id"].is_string());
    assert_eq!(pair.truth(&id)["ends"]["dublin"]["writable"], false);
}

#[test]
fn a_pause_without_the_link_is_of_one_end_until_it_is_repeated() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    pair.act("dublin", &id, "pause", Value::Null);
    pair.wait_for(&id, ["Paused", "Paused"]);
    pair.act("frankfurt", &id, "resume", Value::Null);
    pair.wait_for(&id, ["OK", "OK"]);
    pair.link(false);
    pair.act("dublin", &id, "pause", Value::Null);
    pair.client.wait(10);
    assert_eq!(pair.states(&id)[1], "Paused");
    assert_ne!(pair.states(&id)[0], "Paused");
    pair.link(true);
    let (status, sentence) = pair.refused("dublin", &id, "resume", Value::Null);
    assert!(status == 422 && sentence.contains("Only this end is paused"), "{sentence}");
    pair.act("dublin", &id, "pause", Value::Null);
    pair.wait_for(&id, ["Paused", "Paused"]);
    pair.act("dublin", &id, "resume", Value::Null);
    pair.wait_for(&id, ["OK", "OK"]);
}

#[test]
fn both_ends_agree_again_after_the_link_was_lost() {
    let mut pair = Pair::new();
    pair.link(false);
    pair.client.wait(4 * 3600);
    let stuck = pair.sessions("frankfurt", "&state=eq.System_Paused");
    assert!(!stuck.is_empty());
    pair.link(true);
    pair.client.wait(3600);
    for session in pair.sessions("frankfurt", "") {
        let id = session["id"].as_str().unwrap();
        let [here, there] = pair.states(id);
        assert_eq!(here, there, "{id}: {}", pair.truth(id));
        assert!(["OK", "Synchronizing"].contains(&here.as_str()), "{here}");
    }
}

#[test]
fn what_an_upgrade_paused_is_resumed_by_the_array_alone() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    pair.event("frankfurt", &id, "upgrade_starts");
    assert_eq!(pair.states(&id), ["Paused_For_NDU", "Paused_For_NDU"]);
    assert_eq!(pair.refused("frankfurt", &id, "resume", Value::Null).0, 422);
    pair.wait_for(&id, ["OK", "OK"]);
}

#[test]
fn a_metro_session_fractures_is_promoted_and_heals() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Metro_Active_Active&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.get("frankfurt", &id)["data_transfer_state"], "Active_Active");
    pair.link(false);
    assert_eq!(pair.states(&id), ["Fractured", "Fractured"]);
    assert_eq!(pair.get("dublin", &id)["local_resource_state"], "System_Demoted");
    pair.act("frankfurt", &id, "demote", json!({}));
    pair.act("dublin", &id, "promote", json!({}));
    assert_eq!(pair.get("dublin", &id)["local_resource_state"], "Promoted");
    pair.link(true);
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.get("dublin", &id)["local_resource_state"], "System_Defined");
    let (status, _) =
        pair.send("dublin", Method::PATCH, &format!("replication_session/{id}"), json!({ "role": "Metro_Preferred" }));
    assert_eq!(status, 204);
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.roles(&id), ["Metro_Non_Preferred", "Metro_Preferred"]);
    assert_eq!(pair.refused("frankfurt", &id, "sync", Value::Null).0, 422);
}

#[test]
fn a_metro_that_is_promoted_at_both_ends_stays_fractured_until_one_is_demoted() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Metro_Active_Active&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    pair.link(false);
    pair.act("dublin", &id, "promote", json!({}));
    pair.link(true);
    pair.client.wait(600);
    assert_eq!(pair.states(&id), ["Fractured", "Fractured"]);
    pair.act("dublin", &id, "demote", json!({}));
    pair.wait_for(&id, ["OK", "OK"]);
}

#[test]
fn metro_is_configured_on_a_volume_and_ended_again() {
    let mut pair = Pair::new();
    let volumes = pair.send("frankfurt", Method::GET, "volume?select=id,name", Value::Null).1;
    let is_free =
        |volume: &&Value| !["repl", "metro"].iter().any(|word| volume["name"].as_str().unwrap().contains(word));
    let volume = volumes.as_array().unwrap().iter().find(is_free).unwrap();
    let remote = pair.send("frankfurt", Method::GET, "remote_system/name:Dublin", Value::Null).1["id"].clone();
    let path = format!("volume/{}", volume["id"].as_str().unwrap());
    let (status, answer) =
        pair.send("frankfurt", Method::POST, &format!("{path}/configure_metro"), json!({ "remote_system_id": remote }));
    assert_eq!(status, 200, "{answer}");
    let id = answer["metro_replication_session_id"].as_str().unwrap().to_owned();
    assert_eq!(pair.states(&id), ["Initializing", "Initializing"]);
    pair.wait_for(&id, ["OK", "OK"]);
    let (status, _) = pair.send(
        "frankfurt",
        Method::POST,
        &format!("{path}/end_metro"),
        json!({ "delete_remote_volume": false, "force": false }),
    );
    assert_eq!(status, 204);
    pair.wait_for(&id, ["gone", "gone"]);
}

#[test]
fn a_session_goes_with_its_policy_and_a_job_tells() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    let volume = pair.get("frankfurt", &id)["local_resource_id"].as_str().unwrap().to_owned();
    let path = format!("volume/{volume}?is_async=true");
    let (status, job) = pair.send("frankfurt", Method::PATCH, &path, json!({ "protection_policy_id": "" }));
    assert_eq!(status, 202);
    assert_eq!(pair.states(&id), ["Deleting", "Deleting"]);
    pair.wait_for(&id, ["gone", "gone"]);
    pair.client.wait(5);
    let job = format!("job/{}?select=*", job["id"].as_str().unwrap());
    let job = pair.send("frankfurt", Method::GET, &job, Value::Null).1;
    assert_eq!((job["resource_action"].as_str(), job["state"].as_str()), (Some("delete"), Some("COMPLETED")));
}

#[test]
fn a_nas_server_follows_its_file_systems() {
    let mut pair = Pair::new();
    let id = pair.first("&resource_type=eq.nas_server");
    pair.wait_for(&id, ["OK", "OK"]);
    let children = pair.sessions("frankfurt", &format!("&parent_replication_session_id=eq.{id}"));
    assert_eq!(children.len(), 3);
    let child = children[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(pair.refused("frankfurt", &child, "pause", Value::Null).0, 422);
    pair.act("frankfurt", &id, "pause", Value::Null);
    pair.event("frankfurt", &child, "pause_fails");
    pair.wait_for(&id, ["Partial_Paused", "Partial_Paused"]);
    pair.act("frankfurt", &id, "resume", Value::Null);
    pair.wait_for(&id, ["OK", "OK"]);
    pair.act("frankfurt", &id, "failover", json!({ "is_planned": true, "reverse": true }));
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.roles(&id), ["Destination", "Source"]);
    assert_eq!(pair.roles(&child), ["Destination", "Source"]);
}

#[test]
fn bodies_that_do_not_fit_are_refused_with_400() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    for (action, sent) in [
        ("failover", json!({ "planned": true })),
        ("failover", json!({ "is_planned": false, "reverse": true })),
        ("failover", json!({ "is_planned": true, "force": true })),
        ("failover", json!({ "is_planned": "yes" })),
        ("sync", json!({ "now": true })),
        ("stop_failover_test", json!({ "snapshot": true })),
    ] {
        assert_eq!(pair.refused("dublin", &id, action, sent.clone()).0, 400, "{action} {sent}");
    }
    assert_eq!(pair.refused("dublin", "unknown", "sync", Value::Null).0, 404);
    assert_eq!(pair.refused("dublin", &id, "clone", Value::Null).0, 404);
}

#[test]
fn the_same_requests_at_the_same_times_give_the_same_replications() {
    let run = || {
        let mut pair = Pair::new();
        let id = pair.first("&resource_type=eq.nas_server");
        pair.link(false);
        pair.client.wait(3000);
        pair.link(true);
        pair.client.wait(3000);
        pair.act("frankfurt", &id, "pause", Value::Null);
        pair.client.wait(300);
        pair.client.control("state", Value::Null).1["replications"].clone()
    };
    assert_eq!(run(), run());
}

#[test]
fn an_unplanned_failover_that_breaks_into_one_with_reverse_is_not_reprotected_by_itself() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    pair.act("frankfurt", &id, "failover", json!({ "is_planned": true, "reverse": true }));
    pair.act("dublin", &id, "failover", json!({ "is_planned": false }));
    pair.wait_for(&id, ["Failed_Over", "Failed_Over"]);
    pair.client.wait(600);
    assert_eq!(pair.states(&id), ["Failed_Over", "Failed_Over"]);
    assert_eq!(pair.roles(&id), ["Destination", "Source"]);
}

#[test]
fn an_old_source_turns_even_if_the_new_one_has_failed_since() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.link(false);
    pair.act("dublin", &id, "failover", json!({ "is_planned": false }));
    pair.client.wait(60);
    pair.event("dublin", &id, "failure");
    pair.link(true);
    pair.client.wait(60);
    assert_eq!(pair.roles(&id), ["Destination", "Source"]);
}

#[test]
fn a_nas_server_that_goes_back_has_one_source() {
    let mut pair = Pair::new();
    let id = pair.first("&resource_type=eq.nas_server");
    pair.wait_for(&id, ["OK", "OK"]);
    pair.act("dublin", &id, "failover", json!({ "is_planned": false }));
    pair.wait_for(&id, ["Failed_Over", "Failed_Over"]);
    pair.act("dublin", &id, "reprotect", json!({ "discard_changes_after_failover": true }));
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.roles(&id), ["Source", "Destination"]);
}

#[test]
fn a_metro_volume_paused_by_an_upgrade_serves_hosts_at_its_preferred_end_only() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Metro_Active_Active&resource_type=eq.volume");
    pair.event("frankfurt", &id, "upgrade_starts");
    let ends = pair.truth(&id)["ends"].clone();
    assert_eq!([&ends["frankfurt"]["writable"], &ends["dublin"]["writable"]], [true, false]);
}

#[test]
fn the_witness_grants_the_other_end_only_when_the_preferred_one_is_dead() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Metro_Active_Active&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    pair.link(false);
    pair.client.wait(120);
    assert_eq!(pair.get("dublin", &id)["local_resource_state"], "System_Demoted");
    assert_eq!(pair.truth(&id)["ends"]["frankfurt"]["writable"], true);
    pair.link(true);
    pair.wait_for(&id, ["OK", "OK"]);
    pair.dies("frankfurt", false);
    assert_eq!(pair.get("dublin", &id)["state"], "Fractured");
    pair.client.wait(30);
    assert_eq!(pair.get("dublin", &id)["local_resource_state"], "System_Promoted");
    let ends = pair.truth(&id)["ends"].clone();
    assert_eq!([&ends["frankfurt"]["writable"], &ends["dublin"]["writable"]], [false, true]);
    pair.dies("frankfurt", true);
    assert_eq!(pair.get("frankfurt", &id)["local_resource_state"], "System_Demoted");
    pair.wait_for(&id, ["OK", "OK"]);
    assert_eq!(pair.get("dublin", &id)["local_resource_state"], "System_Defined");
}

#[test]
fn a_dead_array_does_nothing_and_goes_on_when_it_lives_again() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    let before = pair.truth(&id)["ends"]["frankfurt"]["history"].clone();
    pair.dies("frankfurt", false);
    pair.client.wait(3600);
    let truth = pair.truth(&id);
    assert_eq!(truth["ends"]["frankfurt"]["history"], before);
    assert_eq!(truth["ends"]["frankfurt"]["due"], json!(null));
    pair.dies("frankfurt", true);
    pair.wait_for(&id, ["Synchronizing", "Synchronizing"]);
    pair.wait_for(&id, ["OK", "OK"]);
}

#[test]
fn a_reprotect_reaches_an_old_source_that_has_not_turned_yet() {
    let mut pair = Pair::new();
    let id = pair.first("&type=eq.Asynchronous&resource_type=eq.volume");
    pair.wait_for(&id, ["OK", "OK"]);
    pair.link(false);
    pair.act("dublin", &id, "failover", json!({ "is_planned": false }));
    pair.client.wait(60);
    pair.link(true);
    assert_eq!(pair.roles(&id), ["Source", "Source"]);
    let (status, sentence) = pair.refused("dublin", &id, "failover", json!({ "is_planned": false, "force": true }));
    assert!(status == 422 && sentence.contains("at the destination"), "{sentence}");
    pair.act("dublin", &id, "reprotect", json!({}));
    assert_eq!(pair.states(&id), ["Reprotecting", "Reprotecting"]);
    assert_eq!(pair.roles(&id), ["Destination", "Source"]);
    pair.wait_for(&id, ["OK", "OK"]);
}
