//! Ways to every state of an import, through the public API and the control door alone.

use array_console::simulator::Options;
use array_console::wire::time;
use serde_json::{Value, json};

use super::Console;

/// A step: an operation of the API, an event of the control door (marked with !), or a way to begin. "1 " in
/// front: the first member takes it; "* ": every member; "~ ": every member but the first.
pub type Ways = &'static [(&'static str, &'static [&'static str])];

/// A volume that is imported alone.
pub const VOLUME: Ways = &[
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
pub const MEMBER: Ways = &[
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
pub const GROUP: Ways = &[
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
pub enum Who {
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

/// Takes a step. With the agent of a host no person has anything to do before the copy.
fn take(console: &mut Console, id: &str, step: &str, agentless: bool) {
    if step == "copy" {
        let steps = ["!set_up_done", "enable_destination_volume", "start_copy"];
        for step in if agentless { &steps[..] } else { &steps[..1] } {
            take(console, id, step, agentless);
        }
        return;
    }
    match step.strip_prefix('!') {
        Some(event) => console.event(id, event),
        None => {
            let (step, body) = match step.strip_suffix(" by force") {
                Some(step) => (step, json!({ "force": true })),
                None => (step, json!(null)),
            };
            let (status, answer) = console.outsider("POST", &format!("import_session/{id}/{step}"), body);
            assert_eq!(status, 204, "{step}: {answer}");
        }
    }
}

/// A quiet fleet, and in it the session that these steps lead to; answers with its id. `more` goes into the
/// body that begins it.
pub fn reach(who: Who, steps: &[&str], more: Value) -> (Console, String) {
    // Without other imports a turn comes at once; one that must wait finds every place taken.
    let active_limit = if steps[0] == "create without a place" { 0 } else { 9 };
    let mut console = Console::new(Options { imports: 0, failures: 0, active_limit, ..Options::default() });
    let agentless = more["type"] != "Non_Disruptive";
    let mut body = more;
    if steps[0] == "create later" {
        body["scheduled_timestamp"] = json!(time::format(console.now + 3_600_000));
    }
    let (id, members) = match who {
        Who::Volume => (console.create("reached", body), vec![]),
        Who::Member | Who::Group => create_group(&mut console, body),
    };
    for step in &steps[1..] {
        let (those, step) = match step.split_once(' ') {
            Some(("1", step)) => (&members[..1], step),
            Some(("*", step)) => (&members[..], step),
            Some(("~", step)) => (&members[1..], step),
            _ => (std::slice::from_ref(&id), *step),
        };
        for id in those {
            take(&mut console, id, step, agentless);
        }
    }
    let id = if who == Who::Member { members[0].clone() } else { id };
    (console, id)
}
