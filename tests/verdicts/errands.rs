//! Scenes of file imports and migrations.

use array_console::lifecycle::Circumstance::CauseMended;
use array_console::lifecycle::{Circumstances, Kind};
use array_console::simulator::Options;
use array_console::wire::time;
use serde_json::{Value, json};

use crate::answers::{Placed, Scene, collection, known, state};
use crate::console::{ARRAY, Console};

/// The way of a file import to each of its operations: events of the control door (marked with !) and
/// operations of the API.
const OPERATIONS: [&str; 8] =
    ["", "!stage_done", "!stage_done", "!stage_done", "cutover", "!stage_done", "!files_in_sync", "commit"];

/// How a migration begins, by the state after its set-up, and its way from there.
const MIGRATIONS: &[(&str, &[&str])] = &[
    ("Initializing", &[]),
    ("Automatic_Rescan_In_Progress", &[]),
    ("Manual_Rescan_Required", &[]),
    ("Initialized", &[]),
    ("Initialized", &["sync"]),
    ("Initialized", &["sync", "!copy_done"]),
    ("Initialized", &["sync", "pause"]),
    ("Initialized", &["sync", "pause", "!pause_done"]),
    ("Initialized", &["sync", "pause", "!pause_done", "resume"]),
    ("Initialized", &["sync", "!error"]),
    ("Initialized", &["sync", "!error", "wait"]),
    ("Initialized", &["cutover"]),
    ("Initialized", &["cutover", "!ownership_moved"]),
    ("Initialized", &["cutover", "!fatal_error"]),
    ("Initialized", &["cutover", "!ownership_moved", "delete"]),
];

/// Every scene of a file import: each operation as it goes, pausing and paused where it copies, failed, and
/// cancelled; and what comes before and after them.
pub fn file_imports() -> Vec<Scene> {
    let mut ways: Vec<Vec<&str>> = vec![
        vec!["later"],
        vec!["later", "cancel"],
        vec!["behind two others"],
        vec!["later", "cancel", "!cancel_done"],
    ];
    let mut way: Vec<&str> = Vec::new();
    for (index, step) in OPERATIONS.into_iter().enumerate() {
        if !step.is_empty() {
            way.push(step);
        }
        let with = |more: &[&'static str]| way.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>();
        ways.push(with(&[]));
        ways.push(with(&[if index == 4 { "!cutover_not_undone" } else { "!failure" }]));
        ways.push(with(&["cancel"]));
        if [1, 5].contains(&index) {
            ways.push(with(&["pause"]));
            ways.push(with(&["pause", "!pause_done"]));
        }
    }
    way.push("!commit_done");
    ways.push(way);
    ways.into_iter()
        .map(|steps| Scene {
            kind: Kind::FileImport,
            name: steps.join(", "),
            reach: Box::new(move || {
                let mut console = quiet();
                let (id, steps) = match steps.split_first() {
                    Some((&"later", rest)) => {
                        let time = time::format(console.now + 3_600_000);
                        (file_import(&mut console, json!({ "name": "later", "scheduled_timestamp": time })), rest)
                    }
                    Some((&"behind two others", rest)) => {
                        for name in ["first", "second"] {
                            file_import(&mut console, json!({ "name": name }));
                        }
                        (file_import(&mut console, json!({ "name": "behind" })), rest)
                    }
                    _ => (file_import(&mut console, json!({ "name": "reached" })), &steps[..]),
                };
                for step in steps {
                    take(&mut console, Kind::FileImport, &id, step);
                }
                Placed::plain(console, id, Circumstances::UNKNOWN)
            }),
        })
        .collect()
}

/// Every scene of a migration.
pub fn migrations() -> Vec<Scene> {
    let scene = |(begins, steps): &(&'static str, &'static [&'static str])| {
        let (begins, steps) = (*begins, *steps);
        Scene {
            kind: Kind::Migration,
            name: format!("{begins}, {}", steps.join(", ")),
            reach: Box::new(move || {
                let mut console = quiet();
                let id = migration(&mut console, begins);
                for step in steps {
                    take(&mut console, Kind::Migration, &id, step);
                }
                Placed::plain(console, id, known(&[(CauseMended, steps.contains(&"wait"))]))
            }),
        }
    };
    MIGRATIONS.iter().map(scene).collect()
}

fn quiet() -> Console {
    Console::new(Options { imports: 0, failures: 0, ..Options::default() })
}

fn take(console: &mut Console, kind: Kind, id: &str, step: &str) {
    let session = format!("{}/{id}", collection(kind));
    let (method, path) = match step {
        // Long enough for the cause of an error to be mended.
        "wait" => {
            console.control("advance", json!({ "seconds": 120 }));
            return;
        }
        "delete" => ("DELETE", session),
        step => match step.strip_prefix('!') {
            Some(event) => return console.event(id, event),
            None => ("POST", format!("{session}/{step}")),
        },
    };
    let (status, answer) = console.outsider(method, &path, json!({}));
    assert_eq!(status, 204, "{step}: {answer}");
}

/// Begins a file import of a NAS server that has none.
fn file_import(console: &mut Console, more: Value) -> String {
    let sources = console.truth()["nas_sources"].clone();
    let free = sources.as_array().unwrap().iter().find(|source| source["session"].is_null()).expect("a free source");
    let mut body = json!({
        "remote_system_id": free["remote_system_id"], "source_resource_id": free["id"], "import_file_interface_id": "if1",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let (status, answer) = console.outsider("POST", "file_import_session", body);
    assert_eq!(status, 201, "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

/// Begins migrations of one volume after the other until the hosts of one lead to the state that is wanted.
fn migration(console: &mut Console, begins: &str) -> String {
    let (_, volumes) = console.outsider("GET", "volume?select=id&type=eq.Primary&order=name", Value::Null);
    for volume in volumes.as_array().unwrap() {
        let body = json!({
            "resource_type": "volume", "family_id": volume["id"], "destination_appliance_id": "A2",
            "automatic_cutover": false,
        });
        let (status, answer) = console.outsider("POST", "migration_session", body);
        assert_eq!(status, 201, "{answer}");
        let id = answer["id"].as_str().unwrap().to_owned();
        if begins != "Initializing" {
            console.event(&id, "set_up_done");
        }
        if state(console, ARRAY, Kind::Migration, &id) == begins {
            return id;
        }
    }
    panic!("no volume has hosts that lead to {begins}");
}
