//! Every state of the table is reached through the public API and the control door alone, and the console
//! shows it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod console;

use array_console::lifecycle::import_volume::IMPORT_VOLUME;
use array_console::operation::Event;
use array_console::simulator::Options;
use array_console::wire::time;
use console::{ARRAY, Console};
use serde_json::json;

/// A step: an operation of the API, an event of the control door (marked with !), or a way to begin.
const WAYS: &[(&str, &[&str])] = &[
    ("Scheduled", &["create later"]),
    ("Queued", &["create later", "!schedule_expires at once"]),
    ("In_Progress", &["create"]),
    ("Mirror_Enabled", &["create", "!set_up_done"]),
    ("Ready_To_Start_Copy", &["create", "!set_up_done", "enable_destination_volume"]),
    ("Copy_In_Progress", &["create", "!set_up_done", "enable_destination_volume", "start_copy"]),
    ("Paused", &["copying", "pause"]),
    ("Ready_For_Cutover", &["copying", "!all_data_copied"]),
    ("Cutover_In_Progress", &["copying", "!all_data_copied", "cutover"]),
    ("Import_Completed", &["copying", "!all_data_copied", "cutover", "!commit_done"]),
    ("Cancel_Required", &["copying", "!io_or_network_failure"]),
    ("Cancel_In_Progress", &["copying", "cancel"]),
    ("Cancelled", &["copying", "cancel", "!roll_back_done"]),
    ("Cancel_Failed", &["member", "!set_up_done", "cancel", "!roll_back_fails"]),
    ("Cleanup_Required", &["copying", "cancel", "!roll_back_fails"]),
    ("Cleanup_In_Progress", &["copying", "cancel", "!roll_back_fails", "cleanup"]),
    ("Cleanup_Failed", &["member", "!failure_not_undone", "cleanup", "!clean_up_fails"]),
    ("Failed", &["create", "!pre_check_fails"]),
    ("Invalid", &["copying", "!record_inconsistent"]),
];

fn begin(console: &mut Console, how: &str) -> String {
    match how {
        "create later" => {
            let later = time::format(console.now + 3_600_000);
            console.create("reached_01", json!({ "scheduled_timestamp": later }))
        }
        "member" => {
            let body = json!({ "array": ARRAY, "session": "reached_01", "event": "group_created" });
            console.control("event", body)["session"].as_str().unwrap().to_owned()
        }
        _ => {
            let id = console.create("reached_01", json!({}));
            if how == "copying" {
                for step in ["!set_up_done", "enable_destination_volume", "start_copy"] {
                    take(console, &id, step);
                }
            }
            id
        }
    }
}

fn take(console: &mut Console, id: &str, step: &str) {
    match step.strip_prefix('!') {
        Some(event) => console.event(id, event.split(' ').next().unwrap()),
        None => {
            let (status, answer) = console.outsider("POST", &format!("import_session/{id}/{step}"), json!(null));
            assert_eq!(status, 204, "{step}: {answer}");
        }
    }
}

#[test]
fn every_state_is_reached_and_shown() {
    let states: Vec<&str> = WAYS.iter().map(|(state, _)| *state).collect();
    let table: Vec<&str> = IMPORT_VOLUME.nodes.iter().map(|node| node.name).collect();
    let (mut reached, mut wanted) = (states.clone(), table);
    reached.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(reached, wanted, "a way to every state, and to nothing else");
    for (state, steps) in WAYS {
        // A quiet fleet without other imports, so that a turn comes at once; one that must wait finds every
        // place taken.
        let active_limit = if steps.last().is_some_and(|step| step.ends_with("at once")) { 0 } else { 4 };
        let mut console = Console::new(Options { imports: 0, failures: 0, active_limit, ..Options::default() });
        console.open_and_log_in();
        let id = begin(&mut console, steps[0]);
        for step in &steps[1..] {
            take(&mut console, &id, step);
        }
        assert_eq!(console.true_state(&id).as_deref(), Some(*state));
        console.hear(Event::Watch(Some(id.clone())));
        assert_eq!(console.rows[&id].state.as_deref(), Some(*state), "the console shows it");
    }
}
