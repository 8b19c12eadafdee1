//! Every state of the tables is reached through the public API and the control door alone, and the console
//! shows it: by a volume that is imported alone, by a volume of a consistency group, and by the group.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod console;

use std::collections::BTreeSet;

use array_console::lifecycle::import_group::IMPORT_GROUP;
use array_console::lifecycle::import_volume::IMPORT_VOLUME;
use array_console::operation::Event;
use array_console::simulator::Options;
use array_console::wire::powerstore::Resource;
use array_console::wire::time;
use console::{ARRAY, Console};
use serde_json::{Value, json};

/// A step: an operation of the API, an event of the control door (marked with !), or a way to begin. "1 " in
/// front: the first member takes it; "* ": every member; "~ ": every member but the first.
type Ways = &'static [(&'static str, &'static [&'static str])];

/// A volume that is imported alone.
const VOLUME: Ways = &[
    ("Scheduled", &["create later"]),
    ("Queued", &["create without a place"]),
    ("In_Progress", &["create"]),
    ("Mirror_Enabled", &["create", "!set_up_done"]),
    ("Ready_To_Start_Copy", &["create", "!set_up_done", "enable_destination_volume"]),
    ("Copy_In_Progress", &["create", "copy"]),
    ("Paused", &["create", "copy", "pause"]),
    ("Ready_For_Cutover", &["create", "copy", "!all_data_copied"]),
    ("Cutover_In_Progress", &["create", "copy", "!all_data_copied", "cutover"]),
    ("Import_Completed", &["create", "copy", "!all_data_copied", "cutover", "!commit_done"]),
    ("Cancel_Required", &["create", "copy", "!io_or_network_failure"]),
    ("Cancel_In_Progress", &["create", "copy", "cancel"]),
    ("Cancelled", &["create", "copy", "cancel", "!roll_back_done"]),
    ("Cleanup_Required", &["create", "copy", "cancel", "!roll_back_fails"]),
    ("Cleanup_In_Progress", &["create", "copy", "cancel", "!roll_back_fails", "cleanup"]),
    ("Failed", &["create", "!pre_check_fails"]),
    ("Invalid", &["create", "copy", "!record_inconsistent"]),
];

/// The first volume of a group.
const MEMBER: Ways = &[
    ("Scheduled", &["create later"]),
    ("Queued", &["create without a place"]),
    ("In_Progress", &["create"]),
    ("Mirror_Enabled", &["create", "1 !set_up_done"]),
    ("Ready_To_Start_Copy", &["create", "1 !set_up_done", "1 enable_destination_volume"]),
    ("Copy_In_Progress", &["create", "1 copy"]),
    ("Paused", &["create", "1 copy", "1 pause"]),
    ("Ready_For_Cutover", &["create", "1 copy", "1 !all_data_copied"]),
    ("Cutover_In_Progress", &["create", "* copy", "* !all_data_copied", "cutover"]),
    ("Import_Completed", &["create", "* copy", "* !all_data_copied", "cutover", "1 !commit_done"]),
    ("Cancel_Required", &["create", "1 copy", "1 !io_or_network_failure"]),
    ("Cancel_In_Progress", &["create", "cancel"]),
    ("Cancelled", &["create", "1 copy", "1 cancel", "1 !roll_back_done"]),
    ("Cancel_Failed", &["create", "cancel", "1 !roll_back_fails"]),
    ("Cleanup_Required", &["create", "1 !failure_not_undone"]),
    ("Cleanup_In_Progress", &["create", "1 !failure_not_undone", "1 cleanup"]),
    ("Cleanup_Failed", &["create", "1 !failure_not_undone", "1 cleanup", "1 !clean_up_fails"]),
    ("Failed", &["create", "1 !pre_check_fails"]),
    ("Invalid", &["create", "1 copy", "1 !record_inconsistent"]),
];

/// The group.
const GROUP: Ways = &[
    ("Scheduled", &["create later"]),
    ("Queued", &["create without a place"]),
    ("In_Progress", &["create"]),
    ("Paused", &["create", "* copy", "* pause"]),
    ("Ready_For_Cutover", &["create", "* copy", "* !all_data_copied"]),
    ("Cutover_In_Progress", &["create", "* copy", "* !all_data_copied", "cutover"]),
    (
        "Import_Cutover_Incomplete",
        &["create", "* copy", "* !all_data_copied", "cutover", "~ !commit_done", "1 !commit_fails_mirror_intact"],
    ),
    ("Import_Completed", &["create", "* copy", "* !all_data_copied", "cutover", "* !commit_done"]),
    (
        "Import_Completed_With_Errors",
        &[
            "create",
            "* copy",
            "* !all_data_copied",
            "cutover",
            "~ !commit_done",
            "1 !mirror_failed",
            "1 !roll_back_done",
        ],
    ),
    ("Cancel_Required", &["create", "1 copy", "1 !io_or_network_failure"]),
    ("Cancel_In_Progress", &["create", "cancel"]),
    ("Cancelled", &["create", "cancel", "* !roll_back_done"]),
    ("Cancel_Failed", &["create", "cancel", "1 !roll_back_fails", "~ !roll_back_done"]),
    ("Cleanup_Required", &["create", "1 !failure_not_undone", "~ !roll_back_done"]),
    ("Cleanup_In_Progress", &["create", "1 !failure_undone"]),
    ("Cleanup_Failed", &["create", "1 !failure_undone", "~ !roll_back_fails"]),
    ("Failed", &["create", "1 !failure_undone", "~ !roll_back_done"]),
    ("Invalid", &["create", "!record_inconsistent"]),
];

/// Who is looked at in the end.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Volume,
    Member,
    Group,
}

/// Begins the import of a group through the API; answers with its session and those of its members.
fn create_group(console: &mut Console, more: Value) -> (String, Vec<String>) {
    let (_, groups) = console.outsider(
        "GET",
        "import_unity_consistency_group?select=id,import_unity_id&importable_criteria=eq.Ready",
        json!(null),
    );
    let mut body = json!({
        "name": "reached", "type": "Agentless",
        "source_resource_id": groups[0]["id"], "remote_system_id": groups[0]["import_unity_id"],
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let (status, answer) = console.outsider("POST", "import_session", body);
    assert_eq!(status, 201, "{answer}");
    let id = answer["id"].as_str().unwrap().to_owned();
    let query = format!("import_session?parent_session_id=eq.{id}&select=id&order=name");
    let (_, members) = console.outsider("GET", &query, json!(null));
    (id, members.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect())
}

fn take(console: &mut Console, id: &str, step: &str) {
    if step == "copy" {
        for step in ["!set_up_done", "enable_destination_volume", "start_copy"] {
            take(console, id, step);
        }
        return;
    }
    match step.strip_prefix('!') {
        Some(event) => console.event(id, event),
        None => {
            let (status, answer) = console.outsider("POST", &format!("import_session/{id}/{step}"), json!(null));
            assert_eq!(status, 204, "{step}: {answer}");
        }
    }
}

fn reach(who: Who, state: &str, steps: &[&str]) {
    // A quiet fleet without other imports, so that a turn comes at once; one that must wait finds every
    // place taken.
    let active_limit = if steps[0] == "create without a place" { 0 } else { 9 };
    let mut console = Console::new(Options { imports: 0, failures: 0, active_limit, ..Options::default() });
    console.open_and_log_in();
    let more = match steps[0] {
        "create later" => json!({ "scheduled_timestamp": time::format(console.now + 3_600_000) }),
        _ => json!({}),
    };
    let (id, members) = match who {
        Who::Volume => (console.create("reached", more), vec![]),
        Who::Member | Who::Group => create_group(&mut console, more),
    };
    for step in &steps[1..] {
        let (those, step) = match step.split_once(' ') {
            Some(("1", step)) => (&members[..1], step),
            Some(("*", step)) => (&members[..], step),
            Some(("~", step)) => (&members[1..], step),
            _ => (std::slice::from_ref(&id), *step),
        };
        for id in those {
            take(&mut console, id, step);
        }
    }
    let id = if who == Who::Member { members[0].clone() } else { id };
    assert_eq!(console.true_state(&id).as_deref(), Some(state), "{steps:?} on {ARRAY}");
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    assert_eq!(console.rows[&id].state.as_deref(), Some(state), "the console shows it");
}

#[test]
fn every_state_is_reached_and_shown() {
    let states = |ways: Ways| ways.iter().map(|(state, _)| *state).collect::<BTreeSet<_>>();
    let names = |nodes: &[array_console::lifecycle::Node]| nodes.iter().map(|node| node.name).collect::<BTreeSet<_>>();
    let (volume, group) = (names(IMPORT_VOLUME.nodes), names(IMPORT_GROUP.nodes));
    assert_eq!(states(MEMBER), volume, "a way to every state, and to nothing else");
    let of_members: BTreeSet<&str> = volume.difference(&states(VOLUME)).copied().collect();
    assert_eq!(of_members, BTreeSet::from(["Cancel_Failed", "Cleanup_Failed"]), "no other is a member's alone");
    assert_eq!(states(GROUP), group);
    assert_eq!(volume.union(&group).count(), 21, "all of the vendor's");
    for (who, ways) in [(Who::Volume, VOLUME), (Who::Member, MEMBER), (Who::Group, GROUP)] {
        for (state, steps) in ways {
            reach(who, state, steps);
        }
    }
}
