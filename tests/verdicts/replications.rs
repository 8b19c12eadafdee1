//! Scenes of replications, seen from both ends: a volume, a file system, a NAS server, metro, synchronous.

use array_console::lifecycle::Circumstance::{
    LinkUp, Member, Metro, PausedLocally, Preferred, SourceSide, TestRunning,
};
use array_console::lifecycle::{Kind, Release, Verb};
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
    &["f failover_planned", "f !failover_done", "f failover_unplanned by force"],
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

/// Of everything that a policy begins.
const BEGUN: Ways = &[&["assign"]];

/// What no scene shows, for there is no way to it.
pub const NEVER: &[Never] = &[
    // A test needs something to test.
    Never { kind: Kind::Replication, state: Some("Initializing"), when: &[(TestRunning, true)] },
    // It is the destination that takes over.
    Never { kind: Kind::Replication, state: Some("Failing_Over_For_DR"), when: &[(SourceSide, true)] },
    // Tests are not for file systems, a planned failover waits for their end, and the data of a test that an
    // unplanned one goes on with is a test no more.
    Never { kind: Kind::Replication, state: None, when: &[(TestRunning, true), (Member, true)] },
    Never { kind: Kind::Replication, state: Some("Failing_Over"), when: &[(TestRunning, true)] },
    Never { kind: Kind::Replication, state: Some("Failed_Over"), when: &[(TestRunning, true)] },
    Never { kind: Kind::Replication, state: Some("Reprotecting"), when: &[(TestRunning, true)] },
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
        (Who::Volume, BEGUN),
        (Who::FileSystem, BEGUN),
        (Who::NasServer, BEGUN),
        (Who::Synchronous, BEGUN),
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
            "assign" => return self.assign(),
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
        let (_, volumes) =
            self.console.outsider_of(ARRAYS[0], "GET", "volume?select=id&type=eq.Primary&order=name", Value::Null);
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

    /// A session that has just begun, of something that was not replicated and got a policy.
    fn assign(&mut self) {
        let synchronous = self.who == Who::Synchronous;
        let fits = |policy: &&Value| {
            let rpo = policy["replication_rules"][0]["rpo"].as_str();
            rpo.is_some_and(|rpo| (rpo == "Zero") == synchronous)
        };
        let path = "policy?select=id,replication_rules(id,rpo)";
        let policies = self.console.outsider_of(ARRAYS[0], "GET", path, Value::Null).1;
        let policy = policies.as_array().unwrap().iter().find(fits).expect("a policy that replicates")["id"].clone();
        let path = "replication_session?select=id,local_resource_id,storage_element_pairs&limit=2000";
        let used = self.console.outsider_of(ARRAYS[0], "GET", path, Value::Null).1.to_string();
        let is_nas = matches!(self.who, Who::NasServer | Who::FileSystem);
        let (kind, of_type) = if is_nas { ("nas_server", "") } else { ("volume", "&type=eq.Primary") };
        let path = format!("{kind}?select=id&order=name{of_type}");
        let rows = self.console.outsider_of(ARRAYS[0], "GET", &path, Value::Null).1;
        let free = rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap());
        let id = free.into_iter().find(|id| !used.contains(id)).expect("something that is not replicated");
        let body = json!({ "protection_policy_id": policy });
        let (status, answer) = self.console.outsider_of(ARRAYS[0], "PATCH", &format!("{kind}/{id}"), body);
        assert_eq!(status, 204, "{answer}");
        let first = |console: &mut Console, filter: String| {
            let path = format!("replication_session?select=id&order=id&{filter}");
            console.outsider_of(ARRAYS[0], "GET", &path, Value::Null).1[0]["id"].as_str().unwrap().to_owned()
        };
        self.id = first(&mut self.console, format!("local_resource_id=eq.{id}"));
        if self.who == Who::FileSystem {
            self.id = first(&mut self.console, format!("parent_replication_session_id=eq.{}", self.id));
        }
    }

    fn session(&mut self, array: &str) -> Value {
        let path = format!("replication_session/{}?select=*", self.id);
        self.console.outsider_of(array, "GET", &path, Value::Null).1
    }

    /// The newest snapshot of what is replicated, at this end.
    fn snapshot(&mut self, array: &str) -> Option<String> {
        let of_it = self.session(array)["local_resource_id"].as_str().unwrap().to_owned();
        let path = format!(
            "volume?select=id&type=eq.Snapshot&protection_data-%3E%3Esource_id=eq.{of_it}&order=creation_timestamp.desc"
        );
        let (_, snapshots) = self.console.outsider_of(array, "GET", &path, Value::Null);
        snapshots[0]["id"].as_str().map(str::to_owned)
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
    let snapshot = if who == Who::Volume { stage.snapshot(array) } else { Some("snapshot_1".to_owned()) };
    Placed { console: stage.console, array, id: stage.id, known, resource, snapshot }
}

/// What a release does not have yet is no address: asked of a session of each kind on the release before.
#[test]
fn what_came_with_a_later_release_is_answered_with_404() {
    let before =
        |since: Release| [[1, 0, 4, 0], [2, 1, 0, 0], [3, 6, 0, 0]].map(Release).into_iter().rfind(|old| *old < since);
    let mut held = 0;
    for who in [Who::Volume, Who::NasServer, Who::Metro] {
        for action in kind(who).lifecycle().actions {
            let Some(release) = before(action.since) else { continue };
            let mut stage = Stage::new(who);
            let resource = if who == Who::Metro { stage.resource(ARRAYS[0]) } else { String::new() };
            stage.console.control("reset", json!({ "releases": { ARRAYS[0]: release.to_string() } }));
            let session = format!("replication_session/{}", stage.id);
            let (method, path) = match action.verb {
                Verb::Modify => ("PATCH", session),
                Verb::ActAs(word) => ("POST", format!("{session}/{word}")),
                Verb::ActOnResource => ("POST", format!("{resource}/{}", action.name)),
                _ => ("POST", format!("{session}/{}", action.name)),
            };
            let (status, answer) = stage.console.outsider_of(ARRAYS[0], method, &path, Value::Null);
            let sentence = answer["messages"][0]["message_l10n"].as_str().unwrap_or_default();
            assert!(
                status == 404 && sentence.contains("in this release"),
                "{who:?} {}: {status} {answer}",
                action.name
            );
            held += 1;
        }
    }
    assert!(held > 10, "{held} actions came with later releases");
}
