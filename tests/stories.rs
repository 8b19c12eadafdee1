//! Whole stories, natively: the console's own state machines against the simulated fleet. Each ends in
//! what the console shows and in what the simulator itself says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod console;

use array_console::array::{Answers, ArrayError, DeedEnd, ImportPlan, PlanKind};
use array_console::lifecycle::Verdict;
use array_console::lifecycle::import_volume::IMPORT_VOLUME;
use array_console::operation::{Access, Browse, Event, List, NamedThing, Reading, Stage, Why};
use array_console::simulator::Options;
use array_console::wire::powerstore::ImportSource;
use console::{ARRAY, Console, PASSWORD};
use serde_json::json;

fn verdict(console: &Console, session: &str, action: &str) -> Verdict {
    let action = IMPORT_VOLUME.action_named(action).unwrap();
    console.desk.verdict(&console.rows[session], action)
}

#[test]
fn an_agentless_volume_goes_from_the_queue_to_its_completion() {
    let mut console = Console::at_work();
    let id = console.create("weekend_01", json!({}));
    console.hear(Event::Watch(Some(id.clone())));
    console.wait_for_state(&id, "Mirror_Enabled");
    assert!(matches!(verdict(&console, &id, "pause"), Verdict::Refused(_)));
    console.act(&id, "enable_destination_volume", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    console.wait_for_state(&id, "Ready_To_Start_Copy");
    console.act(&id, "start_copy", &[]);
    console.wait_for_state(&id, "Copy_In_Progress");
    console.wait_until("some progress", |console| console.rows[&id].progress_percentage.is_some_and(|p| p > 0));
    assert!(console.rows[&id].current_transfer_rate.is_some_and(|rate| rate > 0));
    console.act(&id, "pause", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed);
    console.wait_for_state(&id, "Paused");
    let held = console.rows[&id].progress_percentage;
    console.wait(600);
    assert_eq!(console.rows[&id].progress_percentage, held);
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
    console.hear(Event::Watch(Some(id.clone())));
    console.wait_for_state(&id, "Ready_For_Cutover");
    id
}

/// An import that copies, agentless or with a host agent.
fn copying(console: &mut Console, kind: &str) -> String {
    let id = console.create("copying_01", json!({ "type": kind }));
    console.wait_until("its turn", |console| console.true_state(&id).as_deref() != Some("Queued"));
    if console.true_state(&id).as_deref() == Some("In_Progress") {
        console.event(&id, "set_up_done");
    }
    if kind == "Agentless" {
        for action in ["enable_destination_volume", "start_copy"] {
            assert_eq!(console.outsider("POST", &format!("import_session/{id}/{action}"), json!(null)).0, 204);
        }
    }
    console.hear(Event::Watch(Some(id.clone())));
    console.wait_for_state(&id, "Copy_In_Progress");
    id
}

#[test]
fn an_automatic_cutover_needs_nobody() {
    let mut console = Console::at_work();
    let id = console.create("auto_01", json!({ "type": "Non_Disruptive", "automatic_cutover": true }));
    console.wait_until("its turn", |console| console.true_state(&id).as_deref() == Some("In_Progress"));
    console.event(&id, "set_up_done");
    console.event(&id, "all_data_copied");
    console.hear(Event::Watch(Some(id.clone())));
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
    let remote = console.rows[&id].remote_system_id.clone().unwrap();
    console.fault("source_unreachable", json!({ "remote_system": remote }));
    console.wait_for_state(&id, "Cancel_Required");
    assert!(console.rows[&id].error.is_some());
    console.act(&id, "cancel", &["force"]);
    console.wait_for_end(&id);
    console.wait_for_state(&id, "Cancelled");
    assert_eq!(console.truth()["sessions"][&id]["forced"], true);
}

#[test]
fn without_force_the_roll_back_fails_and_a_clean_up_mends_it() {
    let mut console = Console::at_work();
    let id = copying(&mut console, "Agentless");
    let remote = console.rows[&id].remote_system_id.clone().unwrap();
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
fn a_refusal_of_a_second_copy_that_the_browser_sent_is_seen_through() {
    let mut console = Console::at_work();
    let id = ready(&mut console);
    console.repeats = true;
    console.act(&id, "cutover", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::Completed, "the job of the first copy is followed");
    let id = console.create("unproven_01", json!({}));
    console.hear(Event::Watch(Some(id.clone())));
    console.wait_for_state(&id, "Mirror_Enabled");
    console.repeats = true;
    console.act(&id, "enable_destination_volume", &[]);
    assert_eq!(console.wait_for_end(&id), DeedEnd::MovedByNobodyKnows, "where no job tells, the state does");
}

#[test]
fn an_action_that_no_job_can_prove_is_judged_by_the_state() {
    let mut console = Console::at_work();
    let id = console.create("unproven_01", json!({}));
    console.hear(Event::Watch(Some(id.clone())));
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
    console.hear(Event::Watch(Some(id.clone())));
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
    console.hear(Event::Watch(Some(id)));
    assert!(console.desk.watched().is_some());
    assert_eq!(console.desk.health().trouble, None);
}

#[test]
fn a_list_of_many_pages_is_read_to_its_end_and_names_come_in_pages() {
    let mut console = Console::new(Options { failures: 0, imports: 9_000, ..Options::default() });
    console.open_and_log_in();
    let sessions = console.truth()["sessions"].as_object().unwrap().len();
    assert!(sessions > 4_000, "{sessions}");
    assert_eq!(console.rows.len(), sessions);
    let sources: Vec<_> = console.rows.values().filter_map(|row| row.source_resource_id.clone()).collect();
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

/// A plan for the first source that can be imported, as the creation form would put it together.
fn plan(console: &mut Console, name: &str) -> ImportPlan {
    console.hear(Event::Browse(Some(Browse::default())));
    let catalog = console.desk.catalog();
    assert!(matches!(catalog.reading(List::RemoteSystems), Reading::ReadAt(_)), "{catalog:?}");
    let remotes: Vec<String> = catalog
        .remote_systems
        .iter()
        .filter(|remote| remote.kind.as_deref() == Some("Unity"))
        .map(|remote| remote.id.clone())
        .collect();
    for remote in remotes {
        console.hear(Event::Browse(Some(Browse { remote_system: Some(remote.clone()) })));
        assert!(matches!(console.desk.catalog().reading(List::Volumes), Reading::ReadAt(_)));
        let is_free = |source: &&ImportSource| source.importable_criteria.as_deref() == Some("Ready");
        if let Some(source) = console.desk.catalog().volumes.iter().find(is_free) {
            let (name, source) = (name.to_owned(), source.id.clone());
            let kind = Some(PlanKind::Agentless);
            return ImportPlan { name, source, kind, remote_system: remote, ..ImportPlan::default() };
        }
    }
    panic!("no source is free");
}

fn wait_for_creation(console: &mut Console) -> (DeedEnd, Option<String>) {
    let settled = |console: &mut Console| console.desk.creation().is_some_and(|act| act.stage == Stage::Settled);
    console.wait_until("the creation is settled", settled);
    let act = console.desk.creation().unwrap();
    (act.deed.as_ref().unwrap().end.clone(), act.created.clone())
}

fn creates(console: &Console) -> usize {
    console.changes.iter().filter(|change| change.path.starts_with("/api/rest/import_session?")).count()
}

#[test]
fn an_import_is_created_followed_and_read_back() {
    let mut console = Console::at_work();
    let wanted = ImportPlan { automatic_cutover: true, ..plan(&mut console, "weekend_01") };
    console.hear(Event::Create { plan: Box::new(wanted.clone()) });
    console.hear(Event::Create { plan: Box::new(wanted) });
    let (end, id) = wait_for_creation(&mut console);
    assert_eq!(end, DeedEnd::Completed);
    let id = id.unwrap();
    let made = console.desk.creation().unwrap().fresh.clone().unwrap();
    assert_eq!((made.name.as_deref(), made.automatic_cutover), (Some("weekend_01"), Some(true)));
    assert!(console.rows.contains_key(&id), "it is in the list at once");
    assert_eq!((creates(&console), console.carried_out("create")), (1, 1), "a second click sends nothing");
    let deed = console.journal.values().next().unwrap();
    assert_eq!((deed.session.as_str(), deed.session_name.as_str()), (id.as_str(), "weekend_01"));
    assert!(deed.exchange.body.contains("\"automatic_cutover\":true"));
    let next = plan(&mut console, "weekend_02");
    console.hear(Event::Create { plan: Box::new(next) });
    assert_eq!(wait_for_creation(&mut console).0, DeedEnd::Completed);
    assert_eq!(console.journal.len(), 2, "each of several in a row has its line");
}

#[test]
fn a_name_that_is_taken_is_said_before_anything_is_sent() {
    let mut console = Console::at_work();
    let taken = console.rows.values().next().unwrap().clone();
    let wanted = plan(&mut console, taken.name.as_deref().unwrap());
    console.hear(Event::Create { plan: Box::new(wanted) });
    let act = console.desk.creation().unwrap();
    assert_eq!((&act.stage, act.fresh.as_ref().map(|other| &other.id)), (&Stage::NameTaken, Some(&taken.id)));
    assert!(console.changes.is_empty() && console.journal.is_empty());
}

#[test]
fn a_refused_creation_shows_the_arrays_words() {
    let mut console = Console::at_work();
    let wanted = ImportPlan { scheduled: Some(1_000_000), ..plan(&mut console, "late_01") };
    console.hear(Event::Create { plan: Box::new(wanted) });
    let (DeedEnd::Refused(words), None) = wait_for_creation(&mut console) else { panic!() };
    assert!(words.contains("not in the future"), "{words}");
}

#[test]
fn a_creation_without_an_answer_is_resolved_by_its_job_and_its_name() {
    for (fault, end, made) in [("drop_answer", DeedEnd::Completed, 1), ("drop_request", DeedEnd::NotArrived, 0)] {
        let mut console = Console::at_work();
        let wanted = plan(&mut console, "unheard_01");
        console.fault(fault, json!({ "match": { "method": "POST" }, "times": 1 }));
        console.hear(Event::Create { plan: Box::new(wanted) });
        let (seen, id) = wait_for_creation(&mut console);
        assert_eq!((seen, id.is_some(), console.carried_out("create")), (end, made == 1, made), "{fault}");
        assert_eq!(creates(&console), 1, "{fault}: it is not sent again");
    }
}

#[test]
fn a_creation_that_the_browser_sent_twice_is_not_told_as_a_taken_name() {
    let mut console = Console::at_work();
    let wanted = plan(&mut console, "twice_01");
    console.repeats = true;
    console.hear(Event::Create { plan: Box::new(wanted) });
    let (end, id) = wait_for_creation(&mut console);
    assert_eq!((end, console.carried_out("create")), (DeedEnd::Completed, 1));
    assert!(console.rows.contains_key(&id.unwrap()));
}

#[test]
fn a_login_that_ends_before_a_creation_leaves_it_to_the_person() {
    for fault in ["expire_logins", "stale_token"] {
        let mut console = Console::at_work();
        let wanted = plan(&mut console, "patient_01");
        let more =
            if fault == "stale_token" { json!({ "match": { "method": "POST" }, "times": 1 }) } else { json!({}) };
        console.fault(fault, more);
        console.hear(Event::Create { plan: Box::new(wanted.clone()) });
        if fault == "expire_logins" {
            assert_eq!(console.desk.creation().unwrap().stage, Stage::WaitingForLogin);
            console.log_in("admin", PASSWORD);
        }
        let act = console.desk.creation().unwrap();
        assert_eq!((&act.stage, act.returned), (&Stage::Asking, true), "{fault}");
        console.wait(60);
        assert_eq!(console.carried_out("create"), 0, "{fault}: nothing is sent by itself");
        assert_eq!(*console.desk.creation().unwrap().plan.clone().unwrap(), wanted, "{fault}: nothing is lost");
        console.hear(Event::Create { plan: Box::new(wanted) });
        assert_eq!(wait_for_creation(&mut console).0, DeedEnd::Completed);
    }
}

#[test]
fn what_the_form_offers_is_read_once_and_again_on_demand() {
    let mut console = Console::at_work();
    console.hear(Event::Pause(true));
    let _ = plan(&mut console, "unused");
    let catalog = console.desk.catalog();
    for list in [List::HostGroups, List::VolumeGroups, List::Clock, List::Volumes] {
        assert!(matches!(catalog.reading(list), Reading::ReadAt(_)), "{list:?}: {:?}", catalog.reading(list));
    }
    assert_eq!(console.desk.skew(), Some(0));
    let requests = console.requests;
    console.wait(600);
    assert_eq!(console.requests, requests, "nothing is read by itself");
    console.hear(Event::BrowseAgain);
    assert!(console.requests > requests + 5);
    console.hear(Event::Browse(None));
    assert!(console.desk.catalog().volumes.is_empty());
}

#[test]
fn a_scheduled_import_gets_another_time() {
    let mut console = Console::at_work();
    let at = console.now + 3_600_000;
    let wanted = ImportPlan { scheduled: Some(at), ..plan(&mut console, "later_01") };
    console.hear(Event::Create { plan: Box::new(wanted) });
    let id = wait_for_creation(&mut console).1.unwrap();
    console.ask(&id, "modify");
    console.confirm(&id, &[]);
    assert_eq!(console.stage(&id), Some(Stage::Asking), "without a time nothing is sent");
    let reschedule = |console: &mut Console, at: i64| {
        let answers = Answers { scheduled: Some(at), ..Answers::default() };
        console.hear(Event::Confirm { session: id.clone(), answers });
        console.wait_for_end(&id)
    };
    assert_eq!(reschedule(&mut console, at + 60_000), DeedEnd::Completed);
    assert_eq!(console.rows[&id].scheduled_timestamp, Some(at + 60_000));
    console.ask(&id, "modify");
    let end = reschedule(&mut console, 1_000_000);
    assert!(matches!(&end, DeedEnd::Refused(words) if words.contains("not in the future")), "{end:?}");
    console.ask(&id, "modify");
    console.fault("drop_answer", json!({ "match": { "method": "PATCH" }, "times": 1 }));
    assert_eq!(reschedule(&mut console, at), DeedEnd::Completed);
    assert_eq!(console.rows[&id].scheduled_timestamp, Some(at));
}

/// A fleet in which something copies for long, so that the list is read at its pace.
fn moving() -> (Console, String) {
    let mut console = Console::at_work();
    let id = copying(&mut console, "Non_Disruptive");
    console.hear(Event::Watch(None));
    console.wait(40);
    assert_eq!(console.rows[&id].state.as_deref(), Some("Copy_In_Progress"));
    (console, id)
}

#[test]
fn what_others_create_is_seen_at_the_next_pace_and_what_they_delete_within_thirty_seconds() {
    let (mut console, _) = moving();
    let lists = console.lists;
    let id = console.create("by_others_01", json!({ "scheduled_timestamp": "2030-01-01T00:00:00Z" }));
    console.wait(5);
    assert!(console.rows.contains_key(&id));
    assert_eq!(console.outsider("POST", &format!("import_session/{id}/cancel"), json!({})).0, 204);
    console.wait(20);
    assert_eq!(console.rows[&id].state.as_deref(), Some("Cancelled"));
    assert_eq!(console.outsider("DELETE", &format!("import_session/{id}"), json!(null)).0, 204);
    console.wait(30);
    assert!(!console.rows.contains_key(&id));
    assert_eq!(console.lists, lists, "without reading the list whole");
    assert!(console.updates > 5);
}

#[test]
fn while_nothing_moves_the_list_is_asked_for_seldom() {
    let mut console = Console::new(Options { failures: 0, imports: 0, ..Options::default() });
    console.hear(Event::Open);
    console.log_in("admin", PASSWORD);
    let requests = console.requests;
    console.wait(300);
    assert!(console.requests - requests <= 22, "{} requests", console.requests - requests);
}

#[test]
fn an_array_that_does_not_tell_what_has_changed_is_read_whole() {
    let (mut console, id) = moving();
    let progress = console.rows[&id].progress_percentage;
    let lists = console.lists;
    console.fault("refuse_422", json!({ "match": { "method": "GET", "path_contains": "import_session" }, "times": 1 }));
    console.wait(5);
    assert_eq!(console.desk.health().trouble, None, "that is no trouble");
    console.wait(600);
    assert!(console.lists > lists + 100, "{} whole lists", console.lists - lists);
    assert!(console.rows[&id].progress_percentage > progress || console.rows[&id].progress_percentage.is_none());
}

#[test]
fn a_long_pause_and_a_person_have_the_list_read_whole() {
    let (mut console, _) = moving();
    let lists = console.lists;
    console.hear(Event::Pause(true));
    console.wait(20);
    console.hear(Event::Pause(false));
    assert_eq!(console.lists, lists);
    console.hear(Event::Pause(true));
    console.wait(120);
    console.hear(Event::Pause(false));
    assert_eq!(console.lists, lists + 1);
    console.hear(Event::Refresh);
    assert_eq!(console.lists, lists + 2);
    console.wait(660);
    assert_eq!(console.lists, lists + 3, "and once in ten minutes");
}

#[test]
fn a_deleted_group_takes_the_rows_of_its_members_along() {
    let mut console = Console::at_work();
    let parent = console.rows.values().find_map(|row| row.parent_session_id.clone()).unwrap();
    let members =
        |console: &Console| console.rows.values().filter(|row| row.parent_session_id.as_ref() == Some(&parent)).count();
    assert!(members(&console) > 1);
    console.act(&parent, "cancel", &[]);
    assert_eq!(console.wait_for_end(&parent), DeedEnd::Completed);
    console.wait_for_state(&parent, "Cancelled");
    let lists = console.lists;
    console.act(&parent, "delete", &[]);
    assert_eq!(console.wait_for_end(&parent), DeedEnd::Completed);
    assert_eq!((members(&console), console.rows.contains_key(&parent)), (0, false));
    assert_eq!(console.lists, lists, "counted, and not read whole");
}

#[test]
fn the_page_of_a_group_has_its_members_and_that_of_a_member_its_group() {
    let mut console = Console::at_work();
    let member = console.rows.values().find(|row| row.parent_session_id.is_some()).unwrap().clone();
    let parent = member.parent_session_id.clone().unwrap();
    console.hear(Event::Watch(Some(member.id.clone())));
    assert_eq!(console.desk.watched_parent().map(|group| &group.id), Some(&parent));
    console.hear(Event::Watch(Some(parent.clone())));
    assert!(console.desk.watched_members().iter().any(|row| row.id == member.id));
    assert!(console.desk.watched_members().iter().all(|row| row.parent_session_id.as_ref() == Some(&parent)));
    // A member is neither cut over nor deleted by itself.
    console.hear(Event::Watch(Some(member.id.clone())));
    for action in ["cutover", "delete"] {
        assert!(matches!(verdict(&console, &member.id, action), Verdict::Refused(_)), "{action}");
    }
}
