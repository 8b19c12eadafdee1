//! Whole stories, natively: the console's own state machines against the simulated fleet. Each ends in
//! what the console shows and in what the simulator itself says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod console;

use array_console::array::{ArrayError, DeedEnd};
use array_console::lifecycle::Verdict;
use array_console::operation::{Access, Event, NamedThing, Stage, Why};
use array_console::simulator::Options;
use array_console::wire::powerstore::Resource;
use console::{ARRAY, Console, PASSWORD, copying, verdict};
use serde_json::json;

#[test]
fn an_agentless_volume_goes_from_the_queue_to_its_completion() {
    let mut console = Console::at_work();
    let id = console.create("weekend_01", json!({}));
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    console.wait_for_state(&id, "Mirror_Enabled");
    assert!(matches!(verdict(&console, &id, "pause"), Verdict::Refused(_)));
    console.act(&id, "enable_destination_volume", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    console.wait_for_state(&id, "Ready_To_Start_Copy");
    console.act(&id, "start_copy", &[]);
    console.wait_for_state(&id, "Copy_In_Progress");
    console.wait_until("some progress", |console| console.rows[&id].progress().is_some_and(|p| p > 0));
    assert!(console.rows[&id].rate().is_some_and(|rate| rate > 0));
    console.act(&id, "pause", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    console.wait_for_state(&id, "Paused");
    let held = console.rows[&id].progress();
    console.wait(600);
    assert_eq!(console.rows[&id].progress(), held);
    console.act(&id, "resume", &[]);
    while console.rows[&id].state.as_deref() != Some("Ready_For_Cutover") {
        console.wait(600);
    }
    console.act(&id, "cutover", &[]);
    assert_eq!(console.stage(&id), Some(Stage::Following));
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    console.wait_for_state(&id, "Import_Completed");
    let actions = console.truth()["actions"].clone();
    for action in ["enable_destination_volume", "start_copy", "pause", "resume", "cutover"] {
        assert_eq!(actions[action], 1, "{action}");
    }
    let jobs: Vec<_> = console.jobs[&id].iter().filter_map(|job| job.resource_action.clone()).collect();
    assert!(jobs.contains(&"cutover".to_owned()), "{jobs:?}");
}

/// An import that stands ready for the cutover.
fn ready(console: &mut Console) -> String {
    let id = console.create("ready_01", json!({ "type": "Non_Disruptive" }));
    for event in ["slot_free", "set_up_done", "all_data_copied"] {
        // It may have got there by itself meanwhile: the queue moves too.
        if event != "slot_free" || console.true_state(&id).as_deref() == Some("Queued") {
            console.wait_until("its turn", |console| {
                event != "slot_free" || console.true_state(&id).as_deref() == Some("In_Progress")
            });
        }
        if event != "slot_free" {
            console.event(&id, event);
        }
    }
    assert_eq!(console.true_state(&id).as_deref(), Some("Ready_For_Cutover"));
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    console.wait_for_state(&id, "Ready_For_Cutover");
    id
}

#[test]
fn an_automatic_cutover_needs_nobody() {
    let mut console = Console::at_work();
    let id = console.create("auto_01", json!({ "type": "Non_Disruptive", "automatic_cutover": true }));
    console.wait_until("its turn", |console| console.true_state(&id).as_deref() == Some("In_Progress"));
    console.event(&id, "set_up_done");
    console.event(&id, "all_data_copied");
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    console.wait_for_state(&id, "Import_Completed");
    assert!(console.changes.is_empty(), "{:?}", console.changes);
}

#[test]
fn a_copy_is_cancelled_and_rolled_back() {
    let mut console = Console::at_work();
    let id = copying(&mut console, "Non_Disruptive");
    console.act(&id, "cancel", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    console.wait_for_state(&id, "Cancelled");
    let deed = console.journal.values().next().unwrap();
    assert_eq!(deed.exchange.body, r#"{"force":false}"#);
    assert_eq!(
        (deed.state_before.as_deref(), deed.state_after.as_deref()),
        (Some("Copy_In_Progress"), Some("Cancelled"))
    );
}

#[test]
fn a_source_that_cannot_be_reached_needs_force() {
    let mut console = Console::at_work();
    let id = copying(&mut console, "Agentless");
    let remote = console.rows[&id].remote_system().map(str::to_owned).unwrap();
    console.fault("source_unreachable", json!({ "remote_system": remote }));
    console.wait_for_state(&id, "Cancel_Required");
    assert!(console.rows[&id].error().is_some());
    console.act(&id, "cancel", &["force"]);
    console.wait_for_end(&id);
    console.wait_for_state(&id, "Cancelled");
    assert_eq!(console.truth()["sessions"][&id]["forced"], true);
}

#[test]
fn without_force_the_roll_back_fails_and_a_clean_up_mends_it() {
    let mut console = Console::at_work();
    let id = copying(&mut console, "Agentless");
    let remote = console.rows[&id].remote_system().map(str::to_owned).unwrap();
    console.fault("source_unreachable", json!({ "remote_system": remote }));
    console.wait_for_state(&id, "Cancel_Required");
    console.act(&id, "cancel", &[]);
    let end = console.wait_for_end(&id);
    assert!(matches!(end, DeedEnd::Failed(_)), "{end:?}");
    console.wait_for_state(&id, "Cleanup_Required");
    assert!(matches!(verdict(&console, &id, "cancel"), Verdict::Refused(_)));
    console.clear_faults();
    console.act(&id, "cleanup", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    console.wait_for_state(&id, "Cancelled");
}

#[test]
fn a_login_that_ends_in_the_middle_of_a_cutover_brings_the_dialog_back() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.ask(&id, "cutover");
    console.fault("expire_logins", json!({}));
    console.confirm(&id, &[]);
    assert_eq!(console.carried_out("cutover"), 0, "it was refused before anything was done");
    assert_eq!(*console.desk.access(), Access::Out(Why::Expired));
    assert_eq!(console.stage(&id), Some(Stage::WaitingForLogin));
    let requests = console.requests;
    console.wait(600);
    assert_eq!(console.requests, requests, "nothing goes to the array until a person logs in");
    console.log_in("admin", PASSWORD);
    assert_eq!(console.stage(&id), Some(Stage::Asking), "the dialog is back");
    assert!(console.desk.act(&id).unwrap().returned);
    assert_eq!(console.carried_out("cutover"), 0, "and nothing was sent by itself");
    console.confirm(&id, &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    assert_eq!(console.carried_out("cutover"), 1);
    console.wait_for_state(&id, "Import_Completed");
}

#[test]
fn a_stale_token_is_renewed_and_the_person_presses_again() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.fault("stale_token", json!({ "times": 1 }));
    console.act(&id, "cutover", &[]);
    assert_eq!(console.carried_out("cutover"), 0);
    assert!(matches!(console.desk.access(), Access::In { .. }), "no login was asked for");
    assert_eq!(console.stage(&id), Some(Stage::Asking));
    console.confirm(&id, &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    assert_eq!(console.carried_out("cutover"), 1);
}

#[test]
fn a_viewer_is_told_in_the_arrays_words_and_asked_for_no_login() {
    let mut console = Console::new(Options { failures: 0, ..Options::default() });
    console.hear(Event::Open);
    console.log_in("viewer", PASSWORD);
    let id = ready(&mut console);
    console.act(&id, "cutover", &[]);
    let Some(DeedEnd::Refused(words)) = console.end(&id) else { panic!("{:?}", console.stage(&id)) };
    assert!(words.contains("does not permit"), "{words}");
    assert!(matches!(console.desk.access(), Access::In { .. }));
    assert_eq!(console.carried_out("cutover"), 0);
}

#[test]
fn a_refusal_is_shown_in_the_arrays_words() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console
        .fault("refuse_422", json!({ "code": "0xE0AA", "message": "The destination has no space left.", "times": 1 }));
    console.act(&id, "cutover", &[]);
    let Some(DeedEnd::Refused(words)) = console.end(&id) else { panic!("{:?}", console.stage(&id)) };
    assert!(words.contains("The destination has no space left. (0xE0AA)"), "{words}");
    assert_eq!(console.true_state(&id).as_deref(), Some("Ready_For_Cutover"));
    assert_eq!(console.journal.len(), 1);
}

#[test]
fn an_answer_that_never_comes_is_unknown_and_then_resolved_by_the_job() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.fault("drop_answer", json!({ "match": { "method": "POST" }, "times": 1 }));
    console.ask(&id, "cutover");
    console.confirm(&id, &[]);
    let deed = console.journal.values().next().unwrap().clone();
    assert!(deed.exchange.answer.is_some_and(|answer| answer.status.is_none()));
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    assert!(console.desk.act(&id).unwrap().job.is_some(), "a job tells who did it");
    assert_eq!(console.carried_out("cutover"), 1);
    assert_eq!(console.changes.iter().filter(|change| change.path.contains("cutover")).count(), 1);
}

#[test]
fn a_delete_whose_answer_is_lost_is_resolved_by_its_job_though_the_session_is_gone() {
    let mut console = Console::at_work();
    let id = copying(&mut console, "Agentless");
    console.act(&id, "cancel", &[]);
    console.wait_for_state(&id, "Cancelled");
    console.wait_for_end(&id);
    console.fault("drop_answer", json!({ "match": { "method": "DELETE" }, "times": 1 }));
    console.act(&id, "delete", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed, "the job tells who did it");
    assert_eq!(console.carried_out("delete"), 1);
    assert!(!console.rows.contains_key(&id));
}

#[test]
fn a_refusal_of_a_second_copy_that_the_browser_sent_is_seen_through() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.repeats = true;
    console.act(&id, "cutover", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed, "the job of the first copy is followed");
    let id = console.create("unproven_01", json!({}));
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    console.wait_for_state(&id, "Mirror_Enabled");
    console.repeats = true;
    console.act(&id, "enable_destination_volume", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::MovedByNobodyKnows, "where no job tells, the state does");
}

#[test]
fn an_action_that_no_job_can_prove_is_judged_by_the_state() {
    let mut console = Console::at_work();
    let id = console.create("unproven_01", json!({}));
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    console.wait_for_state(&id, "Mirror_Enabled");
    console.fault("drop_answer", json!({ "match": { "method": "POST" }, "times": 1 }));
    console.act(&id, "enable_destination_volume", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::MovedByNobodyKnows);
    console.wait_for_state(&id, "Ready_To_Start_Copy");
}

#[test]
fn a_request_that_never_arrived_is_said_not_to_have_arrived() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.fault("drop_request", json!({ "match": { "method": "POST" }, "times": 1 }));
    console.act(&id, "cutover", &[]);
    assert!(matches!(console.stage(&id), Some(Stage::Resolving { .. })));
    assert_eq!(console.wait_for_end(&id), DeedEnd::NotArrived);
    assert_eq!(console.carried_out("cutover"), 0);
    console.act(&id, "cutover", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
}

#[test]
fn patience_ends_and_the_outcome_is_resolved_when_the_array_answers_again() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.ask(&id, "cutover");
    console.silent = true;
    console.confirm(&id, &[]);
    assert_eq!(console.stage(&id), Some(Stage::Sending));
    console.confirm(&id, &[]);
    console.ask(&id, "cancel");
    console.wait(40);
    assert!(matches!(console.stage(&id), Some(Stage::Resolving { .. })), "{:?}", console.stage(&id));
    console.silent = false;
    assert_eq!(console.wait_for_end(&id), DeedEnd::NotArrived);
    assert_eq!(console.journal.len(), 1, "neither a second click nor another action went out");
}

#[test]
fn a_wrong_password_is_sent_once_only() {
    let mut console = Console::new(Options { failures: 0, ..Options::default() });
    console.hear(Event::Open);
    assert_eq!(*console.desk.access(), Access::Out(Why::NotYet));
    for _ in 0..4 {
        console.log_in("admin", "wrong");
    }
    assert_eq!(*console.desk.access(), Access::Out(Why::NotSentAgain { user: "admin".to_owned() }));
    assert_eq!(console.truth()["logins"]["wrong"], 1);
    console.log_in("admin", PASSWORD);
    assert_eq!(console.desk.access().user(), Some("admin"));
    assert_eq!(console.truth()["logins"]["wrong"], 1);
}

#[test]
fn a_reload_finds_the_living_login_and_goes_on() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    let logins = console.truth()["logins"].clone();
    console.reload();
    assert_eq!(console.desk.access().user(), Some("admin"));
    assert_eq!(console.truth()["logins"], logins, "no password was sent again");
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    console.act(&id, "cutover", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
}

#[test]
fn after_a_log_out_nothing_is_left_and_nothing_is_asked() {
    let mut console = Console::at_work();
    console.hear(Event::LogOut);
    assert_eq!(*console.desk.access(), Access::Out(Why::LoggedOut));
    assert!(console.rows.is_empty());
    assert_eq!(console.truth()["logins"]["living"], 0);
    let requests = console.requests;
    console.wait(600);
    assert_eq!(console.requests, requests);
    console.reload();
    assert_eq!(*console.desk.access(), Access::Out(Why::NotYet), "the cookie is dead");
}

#[test]
fn a_cookie_that_the_browser_drops_is_named_as_such() {
    let mut console = Console::new(Options { failures: 0, ..Options::default() });
    console.hear(Event::Open);
    console.fault("drop_cookies", json!({}));
    console.log_in("admin", PASSWORD);
    assert_eq!(*console.desk.access(), Access::Out(Why::CookieLost));
}

#[test]
fn a_state_that_no_table_knows_breaks_nothing() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.fault("unknown_state", json!({ "session": id, "state": "Import_Frozen" }));
    console.wait_until("the new state is seen", |console| console.rows[&id].state.as_deref() == Some("Import_Frozen"));
    for action in ["cutover", "pause", "cancel", "cleanup"] {
        assert!(matches!(verdict(&console, &id, action), Verdict::Uncertain(_)), "{action} is the array's to decide");
    }
    console.act(&id, "pause", &[]);
    assert!(matches!(console.end(&id), Some(DeedEnd::Refused(_))), "{:?}", console.end(&id));
}

#[test]
fn an_array_of_release_1_0_is_asked_for_what_it_knows() {
    let releases = [(ARRAY.to_owned(), array_console::lifecycle::Release::OLDEST)].into();
    let mut console = Console::new(Options { failures: 0, releases, ..Options::default() });
    console.open_and_log_in();
    assert_eq!(console.desk.health().trouble, None);
    assert!(!console.rows.is_empty());
    let id = console.rows.keys().next().unwrap().clone();
    assert!(matches!(verdict(&console, &id, "enable_destination_volume"), Verdict::Refused(_)));
    console.hear(Event::Watch(Some((Resource::Import, id))));
    assert!(console.desk.watched().is_some());
    assert_eq!(console.desk.health().trouble, None);
}

#[test]
fn a_list_of_many_pages_is_read_to_its_end_and_names_come_in_pages() {
    let mut console = Console::new(Options { failures: 0, imports: 9_000, replications: 0, ..Options::default() });
    console.open_and_log_in();
    let sessions = console.truth()["sessions"].as_object().unwrap().len();
    assert!(sessions > 4_000, "{sessions}");
    assert_eq!(console.rows.len(), sessions);
    let sources: Vec<_> = console.rows.values().filter_map(|row| row.source().map(str::to_owned)).collect();
    assert!(sources.iter().all(|id| console.names.contains_key(&(NamedThing::Source, id.clone()))));
    assert!(console.requests < 40, "{} requests for {sessions} sessions", console.requests);
}

#[test]
fn each_bad_answer_gives_its_own_message_and_the_rows_stay() {
    for (fault, is_it) in [
        ("malformed_json", (|error| matches!(error, ArrayError::Unreadable(_))) as fn(&ArrayError) -> bool),
        ("html", |error| *error == ArrayError::WebPage),
        ("truncated_body", |error| *error == ArrayError::Truncated),
        ("too_large", |error| *error == ArrayError::TooLarge),
        ("status_500_empty", |error| matches!(error, ArrayError::Failed { status: 500, .. })),
        ("busy_503", |error| matches!(error, ArrayError::Busy(_))),
        ("network_down", |error| *error == ArrayError::Unreachable),
    ] {
        let mut console = Console::at_work();
        let rows = console.rows.len();
        console.fault(fault, json!({}));
        console.hear(Event::Refresh);
        let trouble = console.desk.health().trouble.clone();
        assert!(trouble.as_ref().is_some_and(is_it), "{fault}: {trouble:?}");
        assert_eq!(console.rows.len(), rows, "{fault} loses no row");
        console.wait(600);
        let asked = console.requests;
        console.clear_faults();
        console.wait(61);
        assert_eq!(console.desk.health().trouble, None, "{fault} is over");
        assert!(asked < 60, "{fault}: {asked} requests in ten minutes is no back-off");
    }
}

#[test]
fn a_session_that_somebody_else_deletes_is_gone_and_says_so() {
    let mut console = Console::at_work();
    let id = copying(&mut console, "Non_Disruptive");
    assert_eq!(console.outsider("POST", &format!("import_session/{id}/cancel"), json!({})).0, 204);
    console.wait_for_state(&id, "Cancelled");
    assert_eq!(console.outsider("DELETE", &format!("import_session/{id}"), json!(null)).0, 204);
    console.hear(Event::Refresh);
    assert!(console.desk.watched_is_gone() && !console.rows.contains_key(&id));
    console.ask(&id, "cancel");
    assert!(console.desk.act(&id).is_none(), "there is nothing to ask about");
}

#[test]
fn the_safety_catch_lets_nothing_through() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.read_only();
    console.ask(&id, "cutover");
    console.confirm(&id, &[]);
    assert!(console.desk.act(&id).is_none());
    assert!(console.changes.is_empty());
}

#[test]
fn a_dialog_that_stood_open_for_long_reads_again_before_it_sends() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.ask(&id, "cutover");
    console.wait(120);
    console.confirm(&id, &[]);
    assert!(console.changes.is_empty(), "it was not sent on old data");
    assert_eq!(console.stage(&id), Some(Stage::Asking));
    console.confirm(&id, &[]);
    assert_eq!(console.changes.len(), 1);
}

#[test]
fn no_password_and_no_token_is_left_in_anything_that_is_kept() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.act(&id, "cutover", &[]);
    console.wait_for_end(&id);
    let kept = format!("{:?} {:?} {:?}", console.journal, console.desk, console.desk.last_exchange());
    assert!(kept.contains("cutover"));
    assert!(!kept.contains(PASSWORD) && !kept.contains("YWRtaW46"));
}
