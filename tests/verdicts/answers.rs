//! The tables against the answers of the simulated arrays, which read them strictly: what is allowed or
//! probably accepted is carried out, everything else is refused with the very sentence.

use std::collections::BTreeSet;

use array_console::lifecycle::{
    Action, Circumstance, Circumstances, Doubt, Flag, Kind, NodeId, Said, Verb, Verdict, verdict,
};
use array_console::wire::time;
use serde_json::{Map, Value, json};

use crate::conditions::{Answer, RELEASE, answers, words};
use crate::console::{ARRAY, Console};
use crate::document::asked;

/// A session of which everything is asked.
pub struct Placed {
    pub console: Console,
    /// The array that is asked.
    pub array: &'static str,
    pub id: String,
    /// What is true of it; the switches of an action are added.
    pub known: Circumstances,
    /// The address of what is replicated, for what is asked of it and not of the session.
    pub resource: Option<String>,
    /// A snapshot that a failover can take.
    pub snapshot: Option<String>,
}

impl Placed {
    /// A session of the first array that has neither.
    pub fn plain(console: Console, id: String, known: Circumstances) -> Placed {
        Placed { console, array: ARRAY, id, known, resource: None, snapshot: None }
    }
}

/// A way to a state.
pub struct Scene {
    pub kind: Kind,
    /// What it is, for the message of a failure.
    pub name: String,
    pub reach: Box<dyn Fn() -> Placed>,
}

/// The state of a session as its array tells it.
pub fn state(console: &mut Console, array: &str, kind: Kind, id: &str) -> String {
    let address = format!("{}/{id}?select=*", collection(kind));
    let (status, session) = console.outsider_of(array, "GET", &address, Value::Null);
    assert_eq!(status, 200, "{session}");
    let state = session["state"].as_str().unwrap_or_default();
    // That of a file import is known with the operation in which it is.
    match session["current_operation"].as_str() {
        Some(operation) => format!("{state}/{operation}"),
        None => state.to_owned(),
    }
}

/// What cannot be, or is not to be had of the arrays, in this state or in any.
pub struct Never {
    pub kind: Kind,
    pub state: Option<&'static str>,
    pub when: &'static [(Circumstance, bool)],
}

impl Never {
    fn covers(&self, kind: Kind, state: &str, answer: &Answer) -> bool {
        self.kind == kind
            && self.state.is_none_or(|never| never == state)
            && self.when.iter().all(|circumstance| answer.when.contains(circumstance))
    }
}

/// What is known when these are known and nothing else.
pub fn known(circumstances: &[(Circumstance, bool)]) -> Circumstances {
    circumstances
        .iter()
        .fold(Circumstances::UNKNOWN, |known, (circumstance, value)| known.with(*circumstance, Some(*value)))
}

/// The collection of a kind's sessions.
pub const fn collection(kind: Kind) -> &'static str {
    match kind {
        Kind::ImportVolume | Kind::ImportGroup => "import_session",
        Kind::Replication | Kind::ReplicationNas | Kind::Metro => "replication_session",
        Kind::FileImport => "file_import_session",
        Kind::Migration => "migration_session",
        Kind::Job => "job",
        Kind::ProtectionJob | Kind::ProtectionProgress | Kind::ScheduleEntry => panic!("not of a PowerStore"),
    }
}

/// One way to set the switches of an action: which flags are on, and whether a snapshot is chosen.
#[derive(Clone)]
struct Setting {
    on: Vec<&'static str>,
    snapshot: bool,
}

impl Setting {
    fn every(action: &Action) -> Vec<Setting> {
        let mut all = vec![Setting { on: Vec::new(), snapshot: false }];
        for flag in action.flags {
            let with = all.clone().into_iter().map(|mut setting| {
                setting.on.push(flag.name);
                setting
            });
            all.extend(with.collect::<Vec<_>>());
        }
        if action.says.iter().any(|said| matches!(said, Said::Snapshot(_))) {
            let with = all.clone().into_iter().map(|setting| Setting { snapshot: true, ..setting });
            all.extend(with.collect::<Vec<_>>());
        }
        all
    }

    fn circumstances(&self, action: &Action, known: Circumstances) -> Circumstances {
        let on = |flag: &Flag| self.on.contains(&flag.name);
        let switches = action.flags.iter().filter_map(|flag| Some((flag.makes?, on(flag))));
        switches.fold(known.with(Circumstance::FromSnapshot, Some(self.snapshot)), |known, (makes, on)| {
            known.with(makes, Some(on))
        })
    }

    fn body(&self, action: &Action, placed: &Placed) -> Map<String, Value> {
        let mut body = Map::new();
        for said in action.says {
            match *said {
                Said::Switch(name, on) => body.insert(name.to_owned(), json!(on)),
                Said::Word(name, word) => body.insert(name.to_owned(), json!(word)),
                Said::Snapshot(name) if self.snapshot => body.insert(name.to_owned(), json!(placed.snapshot)),
                Said::Snapshot(_) => None,
            };
        }
        for flag in action.flags {
            body.insert(flag.name.to_owned(), json!(self.on.contains(&flag.name)));
        }
        body
    }
}

/// Sends the action; the status, and the sentence of a refusal.
fn send(kind: Kind, action: &Action, setting: &Setting, placed: &mut Placed) -> (u16, String) {
    let mut body = setting.body(action, placed);
    let address = format!("{}/{}", collection(kind), placed.id);
    let (method, address) = match action.verb {
        Verb::Create => panic!("{} is not asked of a session", action.name),
        Verb::Modify => {
            match kind {
                Kind::ImportVolume | Kind::ImportGroup => {
                    body.insert("scheduled_timestamp".to_owned(), json!(time::format(placed.console.now + 7_200_000)));
                }
                Kind::FileImport => {
                    body.insert("description".to_owned(), json!("asked for"));
                }
                _ => {}
            }
            ("PATCH", address)
        }
        Verb::Delete => ("DELETE", address),
        Verb::Act => ("POST", format!("{address}/{}", action.name)),
        Verb::ActAs(word) => ("POST", format!("{address}/{word}")),
        Verb::ActOnResource => {
            ("POST", format!("{}/{}", placed.resource.as_ref().expect("what is replicated"), action.name))
        }
    };
    let body = if body.is_empty() { Value::Null } else { Value::Object(body) };
    let (status, answer) = placed.console.outsider_of(placed.array, method, &address, body);
    (status, answer["messages"][0]["message_l10n"].as_str().unwrap_or_default().to_owned())
}

/// What has been held, as kind, state, action and place among [`answers`].
type Held = BTreeSet<(Kind, NodeId, &'static str, usize)>;

/// Holds the tables of `kinds` against the answers in `scenes`, and every answer of the tables by a scene.
/// Only what can `never` be is left out.
pub fn hold(kinds: &[Kind], scenes: &[Scene], never: &[Never]) {
    let mut held = Held::new();
    for scene in scenes {
        play(scene, &mut held);
    }
    let mut left = Vec::new();
    for kind in kinds {
        let table = kind.lifecycle();
        for (node, state) in table.nodes_with_ids() {
            for (id, action) in asked(table) {
                for (index, answer) in answers(table, node, id).iter().enumerate() {
                    let can_be = !never.iter().any(|never| never.covers(*kind, state.name, answer));
                    if can_be && !held.contains(&(*kind, node, action.name, index)) {
                        left.push(format!("{kind:?} {}: {}, {}", state.name, action.name, condition(*kind, answer)));
                    }
                }
            }
        }
    }
    assert!(left.is_empty(), "{} answers are held by no scene:\n{}", left.len(), left.join("\n"));
}

fn condition(kind: Kind, answer: &Answer) -> String {
    let when: Vec<String> =
        answer.when.iter().map(|(circumstance, value)| words(kind, *circumstance, *value)).collect();
    when.join(", ")
}

/// Asks everything of one session; what was carried out takes the next one from the beginning.
fn play(scene: &Scene, held: &mut Held) {
    let table = scene.kind.lifecycle();
    let mut reached: Option<Placed> = None;
    for (id, action) in asked(table) {
        for setting in Setting::every(action) {
            let mut placed = reached.take().unwrap_or_else(|| (scene.reach)());
            if setting.snapshot && placed.snapshot.is_none() {
                reached = Some(placed);
                continue;
            }
            let state = state(&mut placed.console, placed.array, scene.kind, &placed.id);
            let node = table.node_named(&state).expect("a state of the table");
            let known = setting.circumstances(action, placed.known);
            let expected = verdict(table, Some(node), id, known, Some(RELEASE));
            let what = format!("{:?} {state} ({}): {} {:?}", scene.kind, scene.name, action.name, setting.on);
            let (status, sentence) = send(scene.kind, action, &setting, &mut placed);
            match expected {
                Verdict::Allowed | Verdict::Uncertain(Doubt::ProbablyAccepted(_)) => {
                    assert!((200..300).contains(&status), "{what} is carried out: {status} {sentence}");
                }
                Verdict::Refused(wanted) | Verdict::Uncertain(Doubt::ProbablyRefused(wanted)) => {
                    assert_eq!((status, sentence.as_str()), (refused_with(action, known), wanted), "{what} is refused");
                    reached = Some(placed);
                }
                Verdict::Uncertain(doubt) => panic!("{what}: the scene leaves open {doubt:?}"),
            }
            let given = answers(table, node, id);
            let index = given.iter().position(|answer| answer.fits(known)).expect("an answer for everything");
            assert_eq!(given[index].verdict, expected, "{what}: the document says the same");
            held.insert((scene.kind, node, action.name, index));
        }
    }
}

/// The status of a refusal. That a planned failover is not for the destination is no matter of its state.
fn refused_with(action: &Action, known: Circumstances) -> u16 {
    match (action.name, known.get(Circumstance::SourceSide)) {
        ("failover_planned", Some(false)) => 400,
        _ => 422,
    }
}
