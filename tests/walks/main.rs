//! Random walks over console and simulated fleet together: people who click, arrays that fail, networks
//! that lose answers. What must hold is written here without the tables.
//!
//! `WALK_STEPS` sets how many steps are walked in all (100,000 unless told); `WALK_SEED` where to begin.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../console/mod.rs"]
mod console;
mod groups;

use std::collections::BTreeMap;

use array_console::array::{Answers, DeedEnd, kind};
use array_console::lifecycle::{ActionId, Kind, Verb, Verdict};
use array_console::operation::{Access, Event, Stage, Why};
use array_console::simulator::Options;
use array_console::wire::powerstore::{Resource, Session};
use console::dice::Dice;
use console::{ARRAY, Console, PASSWORD};
use serde_json::{Value, json};

const FINISHED: [&str; 3] = ["Import_Completed", "Cancelled", "Failed"];
const COPYING: [&str; 2] = ["Copy_In_Progress", "Paused"];

/// What was seen of a session so far, by the console's own eyes.
#[derive(Clone, Default)]
struct Seen {
    state: String,
    progress: Option<i64>,
}

/// The states in which the array works on a session, or will.
const AT_WORK: [&str; 7] = [
    "Scheduled",
    "Queued",
    "In_Progress",
    "Copy_In_Progress",
    "Cutover_In_Progress",
    "Cancel_In_Progress",
    "Cleanup_In_Progress",
];

struct Walk {
    console: Console,
    /// With consistency groups, and people who create, reschedule and delete.
    with_groups: bool,
    groups: groups::Met,
    began: i64,
    dice: Dice,
    seen: BTreeMap<String, Seen>,
    confirms: usize,
    checked_changes: usize,
    steps: u64,
    deeds: BTreeMap<&'static str, u64>,
}

impl Walk {
    fn new(seed: u64, with_groups: bool) -> Walk {
        let imports = if with_groups { 60 } else { 30 };
        let alone = Options { replications: 0, protection_jobs: Some(0), ..Options::default() };
        let options = Options { seed, imports, failures: 30, active_limit: 6, ..alone };
        let mut console = Console::new(options);
        console.hear(Event::Open);
        let (seen, deeds) = (BTreeMap::new(), BTreeMap::new());
        let began = console.now;
        let groups = groups::Met::default();
        Walk {
            console,
            with_groups,
            groups,
            began,
            dice: Dice(seed),
            seen,
            confirms: 0,
            checked_changes: 0,
            steps: 0,
            deeds,
        }
    }

    fn session(&mut self) -> Option<String> {
        let ids: Vec<String> = self.console.rows.keys().cloned().collect();
        (!ids.is_empty()).then(|| self.dice.one_of(&ids).clone())
    }

    fn step(&mut self) {
        self.steps += 1;
        if self.with_groups && self.dice.in_hundred(15) {
            self.step_of_groups();
            return self.check();
        }
        match self.dice.below(100) {
            0..30 => {
                let seconds = *self.dice.one_of(&[1, 2, 3, 7, 20, 60]);
                self.console.wait(seconds);
            }
            30..33 => self.console.wait(1_800),
            33..58 => self.ask(),
            58..76 => self.confirm(),
            76..80 => {
                if let Some(session) = self.session() {
                    self.console.hear(Event::Dismiss { session });
                }
            }
            80..84 => {
                let session = if self.dice.in_hundred(70) { self.session() } else { None };
                self.console.hear(Event::Watch(session.map(|id| (Resource::Import, id))));
            }
            84..86 => self.console.hear(Event::Refresh),
            86..87 => {
                let paused = self.dice.in_hundred(40);
                self.console.hear(Event::Pause(paused));
            }
            87..92 => self.log_in(),
            92 => self.somebody_creates(),
            93 => {
                if self.dice.in_hundred(10) {
                    self.console.hear(Event::LogOut);
                }
            }
            94 => {
                if self.dice.in_hundred(20) {
                    self.console.reload();
                }
            }
            95..97 => self.harm(),
            97 => self.console.clear_faults(),
            98 => self.something_happens(),
            _ => self.console.silent = self.dice.in_hundred(30),
        }
        self.check();
    }

    /// Mostly what a person would press: an unfinished session, an action that is not refused.
    fn ask(&mut self) {
        let sensible = self.dice.in_hundred(80);
        let finished = |row: &Session| row.state.as_deref().is_some_and(|state| FINISHED.contains(&state));
        // With groups, people delete, too.
        let deletes = self.with_groups && self.dice.in_hundred(15);
        let rows = self.console.rows.values().filter(|row| !sensible || finished(row) == deletes);
        let rows: Vec<Session> = rows.cloned().collect();
        if rows.is_empty() {
            return;
        }
        let row = self.dice.one_of(&rows).clone();
        let offered =
            |action: &ActionId| !sensible || !matches!(self.console.desk.verdict(&row, *action), Verdict::Refused(_));
        let has_a_time = row.state.as_deref() == Some("Scheduled");
        let actions = kind(&row).lifecycle().actions_with_ids();
        let actions = actions.filter(|(_, action)| !sensible || has_a_time || action.verb != Verb::Modify);
        let actions: Vec<ActionId> = actions.map(|(id, _)| id).filter(offered).collect();
        if !actions.is_empty() {
            let action = *self.dice.one_of(&actions);
            self.console.hear(Event::Ask { session: row.id, action });
        }
    }

    /// Somebody else begins an import, as far as the array lets them.
    fn somebody_creates(&mut self) {
        let rows: Vec<Session> = self.console.rows.values().cloned().collect();
        if rows.is_empty() {
            return;
        }
        // A source whose import is over may be imported again.
        let old = self.dice.one_of(&rows);
        let kind = *self.dice.one_of(&["Agentless", "Non_Disruptive"]);
        let body = json!({
            "name": format!("again_{}", self.steps),
            "remote_system_id": old.remote_system(),
            "source_resource_id": old.source(),
            "type": kind,
            "automatic_cutover": self.dice.in_hundred(20),
        });
        let request = http::Request::post("/api/rest/import_session")
            .header("authorization", "Basic YWRtaW46UGFzc3dvcmQxMjMh")
            .body(body.to_string().into_bytes())
            .unwrap();
        let _ = self.console.fleet.handle(ARRAY, self.console.now, &request);
    }

    fn confirm(&mut self) {
        let asking: Vec<String> =
            self.console.desk.acts().filter(|act| act.stage == Stage::Asking).map(|act| act.session.clone()).collect();
        let session = if asking.is_empty() { self.session() } else { Some(self.dice.one_of(&asking).clone()) };
        if let Some(session) = session {
            let flags = if self.dice.in_hundred(30) { vec!["force"] } else { Vec::new() };
            let scheduled = self.with_groups.then(|| self.some_time());
            let before = self.console.changes.len();
            self.confirms += 1;
            self.console.hear(Event::Confirm { session, answers: Answers { flags, scheduled, ..Answers::default() } });
            let sent = self.console.changes.len() - before;
            assert!(sent <= 1, "one click sent {sent} requests");
            self.checked_changes += sent;
        }
    }

    fn log_in(&mut self) {
        let (user, password) = if self.dice.in_hundred(8) { ("admin", "wrong") } else { ("admin", PASSWORD) };
        let wrong = |console: &mut Console| console.truth()["logins"]["wrong"].as_u64().unwrap();
        let before = wrong(&mut self.console);
        self.console.log_in(user, password);
        let after = wrong(&mut self.console);
        assert!(after <= before + 1);
        if matches!(self.console.desk.access(), Access::Out(Why::Rejected { .. })) {
            // The same wrong password again: it must not reach the array.
            self.console.log_in(user, password);
            assert_eq!(wrong(&mut self.console), after, "a rejected password was sent twice");
        }
    }

    fn harm(&mut self) {
        let times = 1 + self.dice.below(4);
        let fault = *self.dice.one_of(&[
            "drop_answer",
            "drop_request",
            "status_500_empty",
            "busy_503",
            "html",
            "malformed_json",
            "truncated_body",
            "stale_token",
            "refuse_422",
            "expire_logins",
            "source_unreachable",
            "drop_cookies",
            "network_down",
        ]);
        let more = match fault {
            "expire_logins" => json!({}),
            "source_unreachable" => {
                let remotes: Vec<String> =
                    self.console.rows.values().filter_map(|row| row.remote_system().map(str::to_owned)).collect();
                if remotes.is_empty() {
                    return;
                }
                json!({ "remote_system": self.dice.one_of(&remotes) })
            }
            _ if self.dice.in_hundred(50) => json!({ "times": times, "match": { "method": "POST" } }),
            _ => json!({ "times": times }),
        };
        self.console.fault(fault, more);
    }

    fn something_happens(&mut self) {
        if let Some(session) = self.session() {
            let lifecycle = kind(&self.console.rows[&session]).lifecycle();
            // What a group hands on to its members does not happen to them alone.
            let handed_on = |name: &str| name.starts_with("group_") || name == "parent_deleted";
            let events: Vec<&str> = lifecycle.events.iter().map(|event| event.name).collect();
            let event = *self.dice.one_of(&events);
            if handed_on(event) {
                return;
            }
            let body = json!({ "array": ARRAY, "session": session, "event": event });
            let request = http::Request::post("/simulator/event").body(body.to_string().into_bytes()).unwrap();
            // Most events do not fit the state; the door then says so.
            let _ = self.console.fleet.control(self.console.now, &request);
        }
    }

    /// What must hold after every step.
    fn check(&mut self) {
        let console = &self.console;
        for (id, row) in &console.rows {
            let state = row.state.clone().unwrap_or_default();
            if let Some(seen) = self.seen.get(id) {
                // A group that has failed may still be cancelled.
                let is_group = row.text("destination_resource_type") == Some("volume_group");
                if FINISHED.contains(&seen.state.as_str()) && !(is_group && seen.state == "Failed") {
                    assert_eq!(state, seen.state, "{id} was finished and moved");
                }
                if COPYING.contains(&seen.state.as_str()) && COPYING.contains(&state.as_str()) {
                    assert!(
                        row.progress() >= seen.progress,
                        "{id}: progress ran from {:?} back to {:?}",
                        seen.progress,
                        row.progress()
                    );
                }
            }
            assert!(row.progress().is_none_or(|percent| (0..=100).contains(&percent)));
            self.seen.insert(id.clone(), Seen { state, progress: row.progress() });
        }
        // Nothing that changes something goes out but by a confirmed dialog, and a log-out.
        let actions = console.changes.iter().filter(|change| !change.path.ends_with("/logout")).count();
        assert_eq!(
            actions,
            self.checked_changes,
            "something was sent that nobody asked for: {:?}",
            console.changes.last()
        );
        for act in console.desk.acts() {
            assert!(!act.is_under_way() || act.deed.is_some(), "an act under way has no line in the journal");
        }
        assert!(console.desk.next_wake().is_none_or(|at| at > console.now - 60_000), "the desk wants to wake long ago");
    }

    /// A record that is inconsistent is a fault as well: the array stays at work on a group for as long as that of a
    /// member is, and whoever acted on the group is right to go on following.
    fn reconcile(&mut self) {
        let truth = self.console.truth();
        let sessions = truth["sessions"].as_object().unwrap().iter();
        for (id, _) in sessions.filter(|(_, session)| session["state"] == "Invalid") {
            self.console.event(id, "reconciled");
        }
    }

    /// The faults end, somebody logs in, and an hour passes: then everything is certain and complete.
    fn settle(&mut self) {
        self.console.silent = false;
        self.console.clear_faults();
        self.console.hear(Event::Pause(false));
        self.console.hear(Event::Watch(None));
        self.reconcile();
        self.console.wait(1_200);
        let sent = self.console.changes.len();
        self.console.log_in("admin", PASSWORD);
        self.console.wait(3_600);
        assert_eq!(self.console.changes.len(), sent, "something was sent by itself");
        assert!(matches!(self.console.desk.access(), Access::In { .. }), "{:?}", self.console.desk.access());
        for act in self.console.desk.acts() {
            assert!(!act.is_under_way(), "still under way: {act:#?}");
        }
        let truth = self.console.truth();
        self.console.hear(Event::Refresh);
        self.nothing_is_lost(&truth);
        self.the_journal_tells_the_truth(&truth);
        if self.with_groups {
            self.groups_are_sound(&truth);
            self.no_group_is_stuck(&truth);
            self.count_what_was_met(&truth);
            self.what_others_do_is_seen_without_reading_everything();
        }
        self.check();
    }

    fn nothing_is_lost(&mut self, truth: &Value) {
        let living = truth["sessions"].as_object().unwrap().iter();
        let living: BTreeMap<&str, &str> =
            living.filter_map(|(id, session)| Some((id.as_str(), session["state"].as_str()?))).collect();
        assert_eq!(self.shown(), living);
    }

    /// The state of every row.
    fn shown(&self) -> BTreeMap<&str, &str> {
        self.console.rows.iter().map(|(id, row)| (id.as_str(), row.state.as_deref().unwrap())).collect()
    }

    /// Every line of the journal is settled, and what it says happened is what the array did.
    fn the_journal_tells_the_truth(&mut self, truth: &Value) {
        let actions = Kind::ALL.iter().flat_map(|kind| kind.lifecycle().actions);
        let names: BTreeMap<&str, &str> = actions.map(|action| (action.label, action.name)).collect();
        let mut at_least: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut at_most: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for deed in self.console.journal.values() {
            let action = names[deed.action];
            // What was to be created may never have got an id: its name tells it from the others.
            let of = if action == "create" { &deed.session_name } else { &deed.session };
            let key = (of.as_str(), action);
            let (word, certainly, perhaps) = match &deed.end {
                DeedEnd::Completed => ("completed", 1, 1),
                DeedEnd::Failed(_) => ("failed", 1, 1),
                DeedEnd::Refused(_) => ("refused", 0, 0),
                DeedEnd::NotArrived => ("not arrived", 0, 0),
                DeedEnd::MovedByNobodyKnows => ("nobody knows", 0, 1),
                // A page that was closed does not follow on: those of before a reload stay open.
                DeedEnd::Running | DeedEnd::Unknown => ("left open", 0, 1),
            };
            *at_least.entry(key).or_default() += certainly;
            *at_most.entry(key).or_default() += perhaps;
            *self.deeds.entry(word).or_default() += 1;
        }
        for ((session, action), most) in &at_most {
            // The fleet begins with sessions that have a past of their own.
            let done = match *action {
                "create" => groups::created(truth, session, self.began),
                _ => groups::done(truth, session, action, self.began),
            };
            let least = at_least[&(*session, *action)];
            assert!(
                *done.end() >= least && done.start() <= most,
                "{action} on {session}: the array did it {done:?} times, the journal says {least} to {most}\n{:#?}\n{:#}",
                self.console.journal.values().filter(|deed| deed.session == *session).collect::<Vec<_>>(),
                truth["sessions"][session]
            );
        }
    }
}

/// Walks until so many steps are done; what the journals said and which states of groups were met.
fn walk(with_groups: bool) -> (BTreeMap<&'static str, u64>, groups::Met) {
    let number = |name: &str, default: u64| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let (wanted, first) = (number("WALK_STEPS", 100_000), number("WALK_SEED", 1));
    let (mut steps, mut seed) = (0, first);
    let mut confirmed = 0;
    let mut deeds: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut met = groups::Met::default();
    while steps < wanted {
        let mut walk = Walk::new(seed, with_groups);
        println!("walk with seed {seed}");
        for _ in 0..400 {
            walk.step();
        }
        walk.settle();
        steps += walk.steps;
        confirmed += walk.checked_changes;
        for (word, count) in walk.deeds {
            *deeds.entry(word).or_default() += count;
        }
        met.add(walk.groups);
        seed += 1;
    }
    println!("{steps} steps, {confirmed} actions sent: {deeds:?} {met:?}");
    for word in ["completed", "failed", "refused", "not arrived", "nobody knows"] {
        assert!(deeds.get(word).is_some_and(|count| *count > 0), "no walk met an action that ended as {word:?}");
    }
    (deeds, met)
}

#[test]
fn random_walks_keep_every_promise() {
    walk(false);
}

#[test]
fn random_walks_among_groups_keep_every_promise() {
    let (_, met) = walk(true);
    met.is_enough();
}
