//! Random walks over both arrays at once: people, failures, a link that comes and goes. What must hold is
//! written here without the tables.

use super::replication::{ENDS, Pair};
use super::*;
use crate::simulator::seed::Seed;

const ACTIONS: [&str; 10] = [
    "sync",
    "pause",
    "resume",
    "failover",
    "failover",
    "reprotect",
    "start_failover_test",
    "stop_failover_test",
    "promote",
    "demote",
];

const EVENTS: [&str; 12] = [
    "upgrade_starts",
    "upgrade_ends",
    "migration_starts",
    "cycle_fails",
    "copy_fails",
    "pause_fails",
    "resume_fails",
    "failover_fails",
    "reprotect_fails",
    "witness_decides",
    "failure",
    "fault_mended",
];

fn sent(action: &str, chances: &mut Seed) -> Value {
    match action {
        "failover" if chances.chance(500) => json!({ "is_planned": true, "reverse": chances.chance(500) }),
        "failover" => {
            json!({ "is_planned": false, "force": chances.chance(300), "use_test_copy": chances.chance(300) })
        }
        "reprotect" => json!({ "discard_changes_after_failover": chances.chance(200) }),
        "stop_failover_test" => json!({ "create_end_of_test_snapshot": false, "force": chances.chance(500) }),
        _ => Value::Null,
    }
}

/// One step of somebody or something.
fn step(pair: &mut Pair, ids: &[String], up: &mut bool, chances: &mut Seed) {
    let id = chances.pick(ids).unwrap().clone();
    let array = *chances.pick(&ENDS).unwrap();
    match chances.within(0, 9) {
        0 => {
            *up = !*up;
            pair.link(*up);
        }
        1 => {
            let event = chances.pick(&EVENTS).unwrap();
            let sent = json!({ "array": array, "session": id, "event": event });
            let (status, answer) = pair.client.control("event", sent);
            assert!([200, 400, 422].contains(&status), "{event}: {answer}");
        }
        2 => {
            let path = format!("replication_session/{id}");
            let status = pair.send(array, Method::PATCH, &path, json!({ "role": "Metro_Preferred" })).0;
            assert!([204, 422].contains(&status), "{status}");
        }
        3..=6 => {
            let action = *chances.pick(&ACTIONS).unwrap();
            let path = format!("replication_session/{id}/{action}");
            let (status, answer) = pair.send(array, Method::POST, &path, sent(action, chances));
            assert!([200, 204, 400, 422].contains(&status), "{action}: {status} {answer}");
        }
        _ => {}
    }
    let seconds = if chances.chance(200) { chances.within(60, 900) } else { chances.within(0, 20) };
    pair.client.wait(i64::try_from(seconds).unwrap());
}

/// Two ends of an asynchronous session are written to only where one was failed over without the other one's
/// knowledge, or a test runs.
fn no_two_writers(truth: &Value, link_was_down: bool) {
    for session in truth["sessions"].as_object().unwrap().values() {
        let ends: Vec<&Value> = session["ends"].as_object().unwrap().values().collect();
        let both = ends.iter().all(|end| end["writable"] == true && !end["state"].is_null());
        let test = ends.iter().any(|end| end["test"] == true);
        let parted = link_was_down || ends.iter().any(|end| end["state"] == "Failed_Over");
        assert!(!both || test || parted || session["type"] == "Metro_Active_Active", "{session}");
    }
}

/// A session's last steps, for a person who looks for the fault.
fn shown(session: &Value) -> String {
    let mut text = format!("{} {}", session["resource_type"], session["type"]);
    for array in ENDS {
        let end = &session["ends"][array];
        text += &format!("\n  {array} {} {} due {}", end["state"], end["role"], end["due"]);
        let history = end["history"].as_array().unwrap();
        for step in history.iter().skip(history.len().saturating_sub(9)) {
            text += &format!("\n    {} {} {} {}", step["time"], step["from"], step["trigger"], step["to"]);
        }
    }
    text
}

#[test]
fn whatever_happens_both_ends_come_together_again_and_no_session_is_lost() {
    let mut faults = Vec::new();
    for seed in 1..=10 {
        let mut chances = Seed::new(seed).named("replication walk");
        let mut pair = Pair::new();
        let ids: Vec<String> =
            pair.sessions("frankfurt", "").iter().map(|session| session["id"].as_str().unwrap().to_owned()).collect();
        let (mut up, mut down) = (true, false);
        for number in 0..200 {
            step(&mut pair, &ids, &mut up, &mut chances);
            down |= !up;
            if number % 8 == 0 {
                no_two_writers(&pair.truth_of_all(), down);
            }
        }
        pair.link(true);
        for id in &ids {
            for array in ENDS {
                let mended = json!({ "array": array, "session": id, "event": "fault_mended" });
                pair.client.control("event", mended);
            }
        }
        pair.client.wait(3 * 3600);
        let truth = pair.truth_of_all();
        assert_eq!(truth["sessions"].as_object().unwrap().len(), ids.len(), "none is lost");
        for session in truth["sessions"].as_object().unwrap().values() {
            let end = |array: &str, key: &str| session["ends"][array][key].clone();
            let states = ENDS.map(|array| end(array, "state"));
            if ENDS.iter().any(|array| end(array, "paused_locally") == true) {
                continue;
            }
            let rest = ["OK", "Synchronizing", "Paused", "Failed_Over", "Fractured"];
            let state = states[0].as_str().unwrap_or("gone");
            let rests = state.starts_with("Partial_") || rest.contains(&state);
            if states[0] != states[1] || end("frankfurt", "role") == end("dublin", "role") || !rests {
                faults.push(format!("seed {seed}: {}", shown(session)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
