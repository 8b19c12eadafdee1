//! Scenes of replications, seen from both ends: a volume, a file system, a NAS server, metro, synchronous.

use array_console::lifecycle::Circumstance::{
    LinkUp, Member, Metro, PausedLocally, Preferred, SourceSide, TestRunning,
};
use array_console::lifecycle::Kind;
use array_console::simulator::Options;
use serde_json::{Value, json};

use crate::answers::{Never, Placed, Scene, known, state};
use crate::console::Console;

/// The first of them leads when a way begins.
const ARRAYS: [&str; 2] = ["frankfurt", "dublin"];

/// What is replicated.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    Volume,
    FileSystem,
    NasServer,
    Metro,
    Synchronous,
}

/// From OK at both ends: "f" and "d" before a step are the end on Frankfurt and on Dublin, an event of the
/// control door is marked with !; "1", "~" and "*" are the first file system of a NAS server, the others, all.
type Ways = &'static [&'static [&'static str]];

/// Of a volume; a file system takes the same, told by its NAS server.
const ASYNCHRONOUS: Ways = &[
    &[],
    &["f !rpo_tick"],
    &["f pause"],
    &["f pause", "f !pause_done"],
    &["f pause", "f !pause_done", "f resume"],
    &["f !rpo_tick", "f !cycle_fails"],
    &["f !upgrade_starts"],
    &["f !migration_starts"],
    &["f failover_planned"],
    &["d failover_unplanned"],
    &["d failover_unplanned", "d !failover_done"],
    &["d failover_unplanned", "d !failover_done", "d failover_unplanned by force"],
    &["f failover_planned", "f !failover_done"],
    &["f failover_planned", "f !failover_done", "d reprotect"],
    &["f !policy_removed"],
    &["f !failure"],
    &["link down", "f pause", "f !pause_done", "link up"],
    &["link down", "d pause", "d !pause_done", "link up"],
];

/// Of a volume of which a failover test runs.
const TESTED: Ways = &[
    &["d start_failover_test"],
    &["d start_failover_test", "f !rpo_tick"],
    &["d start_failover_test", "f pause"],
    &["d start_failover_test", "f pause", "f !pause_done"],
    &["d start_failover_test", "f pause", "f !pause_done", "f resume"],
    &["d start_failover_test", "f !rpo_tick", "f !cycle_fails"],
    &["d start_failover_test", "f !upgrade_starts"],
    &["d start_failover_test", "f !migration_starts"],
    &["d start_failover_test", "d failover_unplanned on the test copy"],
    &["d start_failover_test", "d failover_unplanned on the test copy", "d !failover_done"],
    &["d start_failover_test", "f !policy_removed"],
    &["d start_failover_test", "f !failure"],
    &["d start_failover_test", "link down", "d pause", "d !pause_done", "link up"],
];

const NAS_SERVER: Ways = &[
    &[],
    &["f sync"],
    &["f pause"],
    &["f pause", "* f !pause_done"],
    &["f pause", "* f !pause_done", "f resume"],
    &["f pause", "1 f !pause_fails", "~ f !pause_done"],
    &["1 f !rpo_tick", "1 f !cycle_fails"],
    &["* f !rpo_tick", "* f !cycle_fails"],
    &["f !upgrade_starts"],
    &["f !migration_starts"],
    &["f failover_planned"],
    &["d failover_unplanned"],
    &["f failover_planned", "* f !failover_done"],
    &["f failover_planned", "1 f !failover_fails", "~ f !failover_done"],
    &["f failover_planned", "* f !failover_done", "d reprotect"],
    &["f failover_planned", "* f !failover_done", "d reprotect", "1 d !reprotect_fails", "~ d !reprotected"],
    &["f failover_planned", "* f !failover_done", "d reprotect to discard", "1 d !reprotect_fails", "~ d !reprotected"],
    &["f !policy_removed"],
    &["f !failure"],
    &["link down", "f pause", "* f !pause_done", "link up"],
    &["link down", "d pause", "* d !pause_done", "link up"],
];

/// Of metro and synchronous sessions.
const EQUAL: Ways = &[
    &[],
    &["link down", "link up"],
    &["f pause"],
    &["f pause", "f !pause_done"],
    &["f pause", "f !pause_done", "f resume"],
    &["f pause", "f !pause_done", "f resume", "f !resumed"],
    &["f pause", "f !pause_done", "f resume", "f !resumed", "f !copy_caught_up"],
    &["f pause", "f !pause_done", "f resume", "f !resumed", "f !copy_fails"],
    &["f !upgrade_starts"],
    &["f !migration_starts"],
    &["f !failure"],
    &["link down", "f pause", "f !pause_done", "link up"],
    &["link down", "d pause", "d !pause_done", "link up"],
];

const METRO: Ways = &[&["d modify"], &["f end_metro"], &["configure"]];

const SYNCHRONOUS: Ways = &[&["f !policy_removed"]];

/// What no scene shows. The arrays assign no policy that replicates, so that only metro begins while one looks.
pub const NEVER: &[Never] = &[
    Never { kind: Kind::Replication, state: Some("Initializing"), when: &[] },
    Never { kind: Kind::ReplicationNas, state: Some("Initializing"), when: &[] },
    // Tests are not for file systems, a planned failover waits for their end, and the data of a test that an
    // unplanned one goes on with is a test no more.
    Never { kind: Kind::Replication, state: None, when: &[(TestRunning, true), (Member, true)] },
    Never { kind: Kind::Replication, state: Some("Failing_Over"), when: &[(TestRunning, true)] },
    Never { kind: Kind::Replication, state: Some("Failed_Over"), when: &[(TestRunning, true)] },
    Never { kind: Kind::Replication, state: Some("Reprotecting"), when: &[(TestRunning, true)] },
    // Only the end that was asked knows that the changes are given up, and it is the source.
    Never { kind: Kind::ReplicationNas, state: Some("Partial_Failed_Back"), when: &[(SourceSide, false)] },
    Never { kind: Kind::Metro, state: Some("Initializing"), when: &[(Metro, false)] },
];

/// Every scene.
pub fn scenes() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for (who, ways) in [
        (Who::Volume, ASYNCHRONOUS),
        (Who::Volume, TESTED),
        (Who::FileSystem, ASYNCHRONOUS),
        (Who::NasServer, NAS_SERVER),
        (Who::Metro, EQUAL),
        (Who::Metro, METRO),
        (Who::Synchronous, EQUAL),
        (Who::Synchronous, SYNCHRONOUS),
    ] {
        for steps in ways {
            for array in ARRAYS {
                for link_up in [true, false] {
                    scenes.push(Scene {
                        kind: kind(who),
                        name: format!("{who:?} on {array}, link up {link_up}, {}", steps.join(", ")),
                        reach: Box::new(move || reach(who, steps, array, link_up)),
                    });
                }
            }
        }
    }
    scenes
}

fn kind(who: Who) -> Kind {
    match who {
        Who::Volume | Who::FileSystem => Kind::Replication,
        Who::NasServer => Kind::ReplicationNas,
        Who::Metro | Who::Synchronous => Kind::Metro,
    }
}

/// The sessions of a fleet with its replications and nothing else.
struct Stage {
    console: Console,
    who: Who,
    id: String,
    members: Vec<String>,
}

impl Stage {
    fn new(who: Who) -> Stage {
        let mut console = Console::new(Options { imports: 0, failures: 0, ..Options::default() });
        let filter = match who {
            Who::Volume => "type=eq.Asynchronous&resource_type=eq.volume",
            Who::FileSystem => "resource_type=eq.file_system",
            Who::NasServer => "resource_type=eq.nas_server",
            Who::Metro => "type=eq.Metro_Active_Active&resource_type=eq.volume",
            Who::Synchronous => "type=eq.Synchronous",
        };
        let path = format!("replication_session?select=*&order=id&{filter}&role=in.(Source,Metro_Preferred)");
        let (_, found) = console.outsider_of(ARRAYS[0], "GET", &path, Value::Null);
        let id = found[0]["id"].as_str().expect(filter).to_owned();
        let path = format!("replication_session?select=id&order=id&parent_replication_session_id=eq.{id}");
        let (_, found) = console.outsider_of(ARRAYS[0], "GET", &path, Value::Null);
        let members = found.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        let mut stage = Stage { console, who, id, members };
        stage.rest();
        stage
    }

    /// Ends the copy that happens to run.
    fn rest(&mut self) {
        for id in self.members.iter().chain([&self.id]).cloned().collect::<Vec<_>>() {
            if state(&mut self.console, ARRAYS[0], Kind::Replication, &id) == "Synchronizing" {
                self.happen(ARRAYS[0], &id, "cycle_done");
            }
        }
        assert_eq!(state(&mut self.console, ARRAYS[0], Kind::Replication, &self.id), "OK");
    }

    fn happen(&mut self, array: &str, id: &str, event: &str) {
        self.console.control("event", json!({ "array": array, "session": id, "event": event }));
    }

    fn link(&mut self, up: bool) {
        self.console.control("fault", json!({ "array": ARRAYS[0], "fault": "link_down", "clear": up }));
    }

    fn take(&mut self, step: &str) {
        match step {
            "link down" => return self.link(false),
            "link up" => return self.link(true),
            "configure" => return self.configure(),
            _ => {}
        }
        let (those, step) = match step.split_once(' ').unwrap() {
            ("1", step) => (self.members[..1].to_vec(), step),
            ("*", step) => (self.members.clone(), step),
            ("~", step) => (self.members[1..].to_vec(), step),
            _ => (vec![self.id.clone()], step),
        };
        let (end, step) = step.split_once(' ').unwrap();
        let array = if end == "f" { ARRAYS[0] } else { ARRAYS[1] };
        for id in those {
            match step.strip_prefix('!') {
                Some(event) => self.happen(array, &id, event),
                None => self.ask(array, &id, step),
            }
        }
    }

    fn ask(&mut self, array: &str, id: &str, step: &str) {
        if self.who == Who::FileSystem {
            let event = match step {
                "pause" => "nas_server_pauses",
                "resume" => "nas_server_resumes",
                "failover_planned" => "nas_server_fails_over",
                "failover_unplanned" => "nas_server_fails_over_for_dr",
                // Force is said to the NAS server, and no event says it.
                "failover_unplanned by force" => return,
                "reprotect" => "nas_server_reprotects",
                other => panic!("a file system has no {other}"),
            };
            return self.happen(array, id, event);
        }
        let session = format!("replication_session/{id}");
        let (method, path, body) = match step {
            "failover_planned" => ("POST", format!("{session}/failover"), json!({ "is_planned": true })),
            "failover_unplanned" => ("POST", format!("{session}/failover"), json!({ "is_planned": false })),
            "failover_unplanned on the test copy" => {
                ("POST", format!("{session}/failover"), json!({ "is_planned": false, "use_test_copy": true }))
            }
            "failover_unplanned by force" => {
                ("POST", format!("{session}/failover"), json!({ "is_planned": false, "force": true }))
            }
            "reprotect to discard" => {
                ("POST", format!("{session}/reprotect"), json!({ "discard_changes_after_failover": true }))
            }
            "modify" => ("PATCH", session, json!({ "role": "Metro_Preferred" })),
            "end_metro" => ("POST", format!("{}/end_metro", self.resource(array)), json!({})),
            action => ("POST", format!("{session}/{action}"), Value::Null),
        };
        let (status, answer) = self.console.outsider_of(array, method, &path, body);
        assert!((200..300).contains(&status), "{step}: {status} {answer}");
    }

    /// A session that has just begun, of a volume that was not replicated.
    fn configure(&mut self) {
        let (_, volumes) = self.console.outsider_of(ARRAYS[0], "GET", "volume?select=id&order=name", Value::Null);
        let (_, partner) = self.console.outsider_of(ARRAYS[0], "GET", "remote_system?type=eq.PowerStore", Value::Null);
        for volume in volumes.as_array().unwrap() {
            let path = format!("volume/{}/configure_metro", volume["id"].as_str().unwrap());
            let body = json!({ "remote_system_id": partner[0]["id"] });
            let (status, answer) = self.console.outsider_of(ARRAYS[0], "POST", &path, body);
            if status == 200 {
                self.id = answer["metro_replication_session_id"].as_str().unwrap().to_owned();
                return;
            }
        }
        panic!("every volume is replicated");
    }

    fn session(&mut self, array: &str) -> Value {
        let path = format!("replication_session/{}?select=*", self.id);
        self.console.outsider_of(array, "GET", &path, Value::Null).1
    }

    fn resource(&mut self, array: &str) -> String {
        format!("volume/{}", self.session(array)["local_resource_id"].as_str().unwrap())
    }
}

fn reach(who: Who, steps: &[&str], array: &'static str, link_up: bool) -> Placed {
    let mut stage = Stage::new(who);
    for step in steps {
        stage.take(step);
    }
    if !link_up {
        stage.link(false);
    }
    let session = stage.session(array);
    let leads = ["Source", "Metro_Preferred"].contains(&session["role"].as_str().unwrap());
    let truth = stage.console.control("state", json!({}))["replications"]["sessions"][&stage.id].clone();
    let tested = ARRAYS.iter().any(|array| truth["ends"][array]["test"] == true);
    let mut known = known(&[
        (Member, who == Who::FileSystem),
        (LinkUp, link_up),
        (PausedLocally, truth["ends"][array]["paused_locally"] == true),
        (TestRunning, tested),
        (Metro, who == Who::Metro),
    ]);
    known = known.with(SourceSide, Some(leads)).with(Preferred, Some(leads));
    let resource = matches!(who, Who::Metro | Who::Synchronous).then(|| stage.resource(array));
    Placed { console: stage.console, array, id: stage.id, known, resource, snapshot: Some("snapshot_1".to_owned()) }
}
