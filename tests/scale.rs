//! What ten thousand imports on one array cost: requests, bytes and rows touched, counted, not timed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod console;

use std::collections::BTreeMap;

use array_console::fleet::{ArrayIndex, Row, Store};
use array_console::operation::{Event, NamedThing};
use array_console::simulator::Options;
use array_console::wire::powerstore::Resource;
use console::Console;

/// Ten thousand imports on the array, a hundred of them at work.
fn ten_thousand() -> Console {
    let imports = Options { failures: 0, imports: 20_000, replications: 0, active_limit: 100, ..Options::default() };
    // Imports alone are measured.
    let options = Options { file_imports: Some(0), migrations: Some(0), ..imports };
    let mut console = Console::new(options);
    console.open_and_log_in();
    console
}

fn rows(console: &Console) -> Vec<Row> {
    console.rows.values().map(|session| Row::from_session(ArrayIndex(0), session)).collect()
}

#[test]
fn the_first_page_is_shown_before_the_others_have_come_and_everything_gets_its_name() {
    let console = ten_thousand();
    assert_eq!((console.lists, console.updates), (1, 1), "one page, then the whole list");
    for session in console.rows.values() {
        for (thing, id) in [(NamedThing::Source, session.source()), (NamedThing::Destination, session.destination())] {
            let Some(id) = id else { continue };
            assert!(console.names.contains_key(&(thing, id.to_owned())), "{thing:?} {id} of {}", session.id);
        }
    }
}

#[test]
fn ten_refreshes_cost_a_small_part_of_reading_everything_ten_times() {
    let mut console = ten_thousand();
    let sessions = console.truth()["sessions"].as_object().unwrap().len();
    assert!((9_900..=10_100).contains(&sessions), "{sessions}");
    assert_eq!(console.rows.len(), sessions);

    let (requests, bytes) = (console.requests, console.bytes);
    for _ in 0..10 {
        console.hear(Event::Refresh);
    }
    let (whole_requests, whole_bytes) = (console.requests - requests, console.bytes - bytes);

    let working = console.rows.values().filter(|row| row.state.as_deref() == Some("Copy_In_Progress")).count();
    let lists = console.lists;
    let mut store = Store::default();
    store.merge(ArrayIndex(0), rows(&console), Some(Resource::Import));
    let (requests, bytes, mut singles) = (console.requests, console.bytes, 0);
    let list_requests = console.list_requests;
    for _ in 0..10 {
        let before: BTreeMap<_, _> = store.rows().map(|row| (row.key.clone(), row.clone())).collect();
        let (asked, updates) = (console.list_requests, console.updates);
        console.wait(5);
        assert_eq!(console.updates, updates + 1, "one refresh");
        singles += u32::from(console.list_requests == asked + 1);
        let difference = store.merge(ArrayIndex(0), rows(&console), None);
        let changed: Vec<_> =
            store.rows().filter(|row| before.get(&row.key) != Some(row)).map(|row| row.key.clone()).collect();
        assert_eq!(difference.changed, changed, "what was touched is what has changed");
        assert!(changed.len() <= sessions / 50, "{} rows touched", changed.len());
    }
    let (delta_requests, delta_bytes) = (console.requests - requests, console.bytes - bytes);
    assert_eq!(console.lists, lists, "none of them read the list whole");
    let share = delta_bytes * 10_000 / whole_bytes;
    println!(
        "{sessions} imports, {working} copying; ten whole reads: {whole_requests} requests, {whole_bytes} bytes; \
         ten refreshes: {delta_requests} requests, {delta_bytes} bytes, {}.{:02} %; {singles} of one request",
        share / 100,
        share % 100,
    );
    assert!(working >= 50, "{working}");
    assert!(share <= 1_500, "{share} hundredths of a percent");
    // Each is one request; the sessions are counted every thirty seconds besides, and what has begun
    // meanwhile has a destination that wants a name.
    assert_eq!((singles, console.list_requests - list_requests), (9, 11));
    // The collections beside the imports are empty and asked for at the pace of rest.
    assert!(delta_requests <= 18, "{delta_requests}");

    let truth = console.truth();
    let shown: BTreeMap<&String, &str> =
        console.rows.iter().map(|(id, row)| (id, row.state.as_deref().unwrap())).collect();
    let living: BTreeMap<&String, &str> =
        truth["sessions"].as_object().unwrap().iter().map(|(id, s)| (id, s["state"].as_str().unwrap())).collect();
    assert_eq!(shown, living, "and nothing is lost");
}
