//! A new import from its form to certainty, and another time for one that waits: whole stories, natively.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod console;

use array_console::array::check::PlanField;
use array_console::array::{Answers, DeedEnd, Plan, PlanKind};
use array_console::operation::{Browse, Event, List, Reading, Stage};
use array_console::wire::powerstore::{ImportSource, Resource};
use console::{Console, PASSWORD};
use serde_json::json;

/// A plan for the first source that can be imported, as the creation form would put it together.
fn plan(console: &mut Console, name: &str) -> Plan {
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
        console.hear(Event::Browse(Some(Browse { remote_system: Some(remote.clone()), ..Browse::default() })));
        assert!(matches!(console.desk.catalog().reading(List::Volumes), Reading::ReadAt(_)));
        let is_free = |source: &&ImportSource| source.importable_criteria.as_deref() == Some("Ready");
        if let Some(source) = console.desk.catalog().volumes.iter().find(is_free) {
            let (name, source) = (name.to_owned(), source.id.clone());
            let kind = Some(PlanKind::Agentless);
            return Plan { name, source, kind, remote_system: remote, ..Plan::default() };
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
    let wanted = Plan { automatic_cutover: true, ..plan(&mut console, "weekend_01") };
    console.hear(Event::Create { plan: Box::new(wanted.clone()) });
    console.hear(Event::Create { plan: Box::new(wanted) });
    let (end, id) = wait_for_creation(&mut console);
    assert_eq!(end, DeedEnd::Completed);
    let id = id.unwrap();
    let made = console.desk.creation().unwrap().fresh.clone().unwrap();
    assert_eq!((made.name(), made.automatic_cutover()), (Some("weekend_01"), Some(true)));
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
    let wanted = plan(&mut console, taken.name().unwrap());
    console.hear(Event::Create { plan: Box::new(wanted) });
    let act = console.desk.creation().unwrap();
    assert_eq!((&act.stage, act.fresh.as_ref().map(|other| &other.id)), (&Stage::NameTaken, Some(&taken.id)));
    assert!(console.changes.is_empty() && console.journal.is_empty());
}

#[test]
fn a_refused_creation_shows_the_arrays_words() {
    let mut console = Console::at_work();
    let wanted = Plan { scheduled: Some(1_000_000), ..plan(&mut console, "late_01") };
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
    let wanted = Plan { scheduled: Some(at), ..plan(&mut console, "later_01") };
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
    assert_eq!(console.rows[&id].scheduled(), Some(at + 60_000));
    console.ask(&id, "modify");
    let end = reschedule(&mut console, 1_000_000);
    assert!(matches!(&end, DeedEnd::Refused(words) if words.contains("not in the future")), "{end:?}");
    console.ask(&id, "modify");
    console.fault("drop_answer", json!({ "match": { "method": "PATCH" }, "times": 1 }));
    assert_eq!(reschedule(&mut console, at), DeedEnd::Completed);
    assert_eq!(console.rows[&id].scheduled(), Some(at));
}

/// What the form of this collection chooses from.
fn browse(console: &mut Console, resource: Resource) {
    console.hear(Event::Browse(Some(Browse { resource, remote_system: None })));
    assert!(matches!(console.desk.catalog().reading(List::Choices), Reading::ReadAt(_)));
}

#[test]
fn a_migration_is_created_from_what_the_array_can_move() {
    let mut console = Console::at_work();
    browse(&mut console, Resource::Migration);
    let catalog = console.desk.catalog();
    assert!(matches!(catalog.reading(List::Groups), Reading::ReadAt(_)));
    let volume = catalog.volumes.iter().find(|volume| !volume.is_busy && volume.appliance_id.is_some()).unwrap();
    let there = catalog.choices.iter().find(|choice| Some(&choice.id) != volume.appliance_id.as_ref()).unwrap();
    let (resource, source) = (Resource::Migration, volume.id.clone());
    let mut wanted = Plan { resource, source, name: "move_1".to_owned(), ..Plan::default() };
    wanted.set(PlanField::More("resource_type"), "volume".to_owned());
    wanted.set(PlanField::More("destination_appliance_id"), there.id.clone());
    console.hear(Event::Create { plan: Box::new(wanted.clone()) });
    let (end, id) = wait_for_creation(&mut console);
    assert_eq!(end, DeedEnd::Completed);
    assert_eq!(console.desk.creation().unwrap().fresh.as_ref().map(|made| &made.id), id.as_ref());
    console.hear(Event::Create { plan: Box::new(Plan { name: "move_2".to_owned(), ..wanted }) });
    let (DeedEnd::Refused(words), None) = wait_for_creation(&mut console) else { panic!() };
    assert!(PlanField::Source.is_named_in(&words, Resource::Migration), "{words}");
}

#[test]
fn a_file_import_is_created_by_the_name_of_its_source_and_shows_no_password() {
    let mut console = Console::at_work();
    browse(&mut console, Resource::FileImport);
    let interface = console.desk.catalog().choices[0].id.clone();
    let (remote_system, source) = console.free_nas_source();
    let resource = Resource::FileImport;
    let mut wanted = Plan { resource, name: "nas_1".to_owned(), remote_system, source, ..Plan::default() };
    wanted.set(PlanField::More("import_file_interface_id"), "nowhere".to_owned());
    console.hear(Event::Create { plan: Box::new(wanted.clone()) });
    let (DeedEnd::Refused(words), None) = wait_for_creation(&mut console) else { panic!() };
    assert!(PlanField::More("import_file_interface_id").is_named_in(&words, resource), "{words}");
    wanted.set(PlanField::More("import_file_interface_id"), interface);
    wanted.set(PlanField::More("source_smb_admin_username"), "smb".to_owned());
    wanted.set(PlanField::More("source_smb_admin_password"), "secret".to_owned());
    console.hear(Event::Create { plan: Box::new(wanted) });
    let (end, id) = wait_for_creation(&mut console);
    assert_eq!(end, DeedEnd::Completed);
    let act = console.desk.creation().unwrap();
    assert_eq!(act.plan.as_ref().unwrap().get(PlanField::More("source_smb_admin_password")), "", "it is forgotten");
    let deed = console.journal.values().last().unwrap();
    assert!(deed.exchange.body.contains("•••") && !deed.exchange.body.contains("secret"));
    assert_eq!(console.desk.creation().unwrap().fresh.as_ref().map(|made| &made.id), id.as_ref());
}
