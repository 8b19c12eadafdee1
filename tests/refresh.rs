//! How the console keeps up with what happens on an array by itself: whole stories, natively.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod console;

use array_console::array::DeedEnd;
use array_console::lifecycle::Verdict;
use array_console::operation::Event;
use array_console::simulator::Options;
use array_console::wire::powerstore::Resource;
use console::{Console, PASSWORD, copying, verdict};
use serde_json::json;

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
    let mut console = Console::new(Options { failures: 0, imports: 0, replications: 0, ..Options::default() });
    console.hear(Event::Open);
    console.log_in("admin", PASSWORD);
    let requests = console.requests;
    console.wait(300);
    // The imports, and as seldom each of the collections beside them: replications, file imports, migrations.
    assert!(console.requests - requests <= 22 + 3 * 10, "{} requests", console.requests - requests);
}

#[test]
fn an_array_that_does_not_tell_what_has_changed_is_read_whole() {
    let (mut console, id) = moving();
    let progress = console.rows[&id].progress();
    let lists = console.lists;
    console.fault("refuse_422", json!({ "match": { "method": "GET", "path_contains": "import_session" }, "times": 1 }));
    console.wait(5);
    assert_eq!(console.desk.health().trouble, None, "that is no trouble");
    console.wait(600);
    assert!(console.lists > lists + 100, "{} whole lists", console.lists - lists);
    assert!(console.rows[&id].progress() > progress || console.rows[&id].progress().is_none());
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
    let parent = console.rows.values().find_map(|row| row.parent().map(str::to_owned)).unwrap();
    let members = |console: &Console| console.rows.values().filter(|row| row.parent() == Some(parent.as_str())).count();
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
    let member = console.rows.values().find(|row| row.parent().is_some()).unwrap().clone();
    let parent = member.parent().map(str::to_owned).unwrap();
    console.hear(Event::Watch(Some((Resource::Import, member.id.clone()))));
    assert_eq!(console.desk.watched_parent().map(|group| &group.id), Some(&parent));
    console.hear(Event::Watch(Some((Resource::Import, parent.clone()))));
    assert!(console.desk.watched_members().iter().any(|row| row.id == member.id));
    assert!(console.desk.watched_members().iter().all(|row| row.parent() == Some(parent.as_str())));
    // A member is neither cut over nor deleted by itself.
    console.hear(Event::Watch(Some((Resource::Import, member.id.clone()))));
    for action in ["cutover", "delete"] {
        assert!(matches!(verdict(&console, &member.id, action), Verdict::Refused(_)), "{action}");
    }
}
