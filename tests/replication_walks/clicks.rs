//! What a person can ask of a session, in the words of the API.

use serde_json::{Value, json};

use crate::console::dice::Dice;
use crate::sight::{End, World, is_sentence};

/// Everything that can be asked, by name: all of the vendor's operations, and what is asked of the resource.
pub const ACTIONS: [&str; 13] = [
    "sync",
    "pause",
    "resume",
    "failover_planned",
    "failover_unplanned",
    "reprotect",
    "start_failover_test",
    "stop_failover_test",
    "promote",
    "demote",
    "role",
    "end_metro",
    "remove_policy",
];

/// What a person would try who knows the state.
fn sensible(end: &End) -> &'static [&'static str] {
    let metro = end.kind == "Metro_Active_Active";
    match (end.state.as_str(), metro) {
        ("OK" | "Synchronizing", true) => &["pause", "role"],
        ("OK" | "Synchronizing", false) if end.test => &["stop_failover_test", "failover_unplanned"],
        ("OK" | "Synchronizing", false) if end.leads() => &["sync", "pause", "failover_planned", "failover_planned"],
        ("OK" | "Synchronizing", false) => &["pause", "failover_unplanned", "start_failover_test"],
        ("Paused", true) => &["resume", "resume", "pause", "promote", "demote", "role"],
        ("Paused", false) => &["resume", "resume", "pause", "failover_unplanned", "start_failover_test"],
        ("System_Paused" | "Partial_OK", _) => &["sync", "pause", "failover_unplanned"],
        ("Partial_Paused", _) => &["pause", "resume", "failover_unplanned"],
        ("Partial_Failed_Over", _) => &["failover_unplanned"],
        ("Failed_Over" | "Partial_Reprotected" | "Partial_Failed_Back", _) => {
            &["reprotect", "reprotect", "failover_unplanned"]
        }
        ("Failing_Over", _) => &["failover_unplanned"],
        ("Fractured", _) => &["promote", "demote", "pause", "role"],
        _ => &["pause"],
    }
}

/// One click: its name and what is sent with it.
pub struct Click {
    pub action: &'static str,
    pub body: Value,
}

impl Click {
    pub fn some(end: &End, dice: &mut Dice) -> Click {
        let action = match dice.below(100) {
            0..70 => *dice.one_of(sensible(end)),
            // Those that end a session are seldom: a fleet without any is no fleet to walk in.
            98..100 => *dice.one_of(&ACTIONS[11..]),
            _ => *dice.one_of(&ACTIONS[..11]),
        };
        Click::of(action, end, dice)
    }

    pub fn of(action: &'static str, end: &End, dice: &mut Dice) -> Click {
        let mut on = |chance| dice.in_hundred(chance);
        let snapshot = |on: bool| if on { json!("snapshot") } else { Value::Null };
        let body = match action {
            "failover_planned" => json!({ "is_planned": true, "reverse": on(40) }),
            "failover_unplanned" => json!({
                "is_planned": false,
                "force": on(if end.state == "Failed_Over" { 40 } else { 15 }),
                "use_test_copy": on(if end.test { 60 } else { 10 }),
                "failover_snapshot_id": snapshot(on(10)),
            }),
            "reprotect" if end.sort() == "nas" => json!({ "discard_changes_after_failover": on(40) }),
            "start_failover_test" => json!({ "snapshot_id": snapshot(on(30)) }),
            "stop_failover_test" => json!({ "create_end_of_test_snapshot": on(30), "force": on(50) }),
            "role" => json!({ "role": "Metro_Preferred" }),
            "end_metro" => {
                let copy =
                    if end.resource_type == "volume" { "delete_remote_volume" } else { "delete_remote_volume_group" };
                let mut body = json!({ "force": on(50) });
                body[copy] = json!(on(50));
                body
            }
            "remove_policy" => json!({ "protection_policy_id": "" }),
            _ => Value::Null,
        };
        let body = match body {
            Value::Object(keys) => Value::Object(keys.into_iter().filter(|(_, value)| !value.is_null()).collect()),
            body => body,
        };
        Click { action, body }
    }

    /// Sends it; true when the array took it. Whatever it answers is an answer to a person.
    pub fn send(&self, world: &mut World, array: usize, id: &str, end: &End) -> bool {
        let of_resource = format!("{}/{}", end.resource_type, end.local);
        let has_metro = matches!(end.resource_type.as_str(), "volume" | "volume_group");
        let has_policy = has_metro || end.resource_type == "nas_server";
        let (method, path) = match self.action {
            "end_metro" if has_metro => ("POST", format!("{of_resource}/end_metro")),
            "remove_policy" if has_policy => ("PATCH", of_resource),
            "end_metro" | "remove_policy" => return false,
            "role" => ("PATCH", format!("replication_session/{id}")),
            "failover_planned" | "failover_unplanned" => ("POST", format!("replication_session/{id}/failover")),
            action => ("POST", format!("replication_session/{id}/{action}")),
        };
        let mut body = self.body.clone();
        for key in ["snapshot_id", "failover_snapshot_id"] {
            // One that there is, where there is one.
            let of_it = format!(
                "{}?select=id&type=eq.Snapshot&protection_data-%3E%3Esource_id=eq.{}",
                end.resource_type, end.local
            );
            if matches!(end.resource_type.as_str(), "volume" | "volume_group") && body.get(key).is_some() {
                let (_, found) = world.send(array, "GET", &of_it, &Value::Null);
                body[key] = found.get(1).map_or(json!("snapshot"), |snapshot| snapshot["id"].clone());
            }
        }
        let (status, told) = world.send(array, method, &path, &body);
        let planned_elsewhere = self.action == "failover_planned" && !end.leads();
        match status {
            200..=204 => {}
            400 if planned_elsewhere => assert!(is_sentence(&told["messages"][0]["message_l10n"]), "{path}: {told}"),
            404 | 422 => assert!(is_sentence(&told["messages"][0]["message_l10n"]), "{path}: {told}"),
            _ => panic!("{method} {path} {}: {status} {told}", self.body),
        }
        status < 300
    }
}
