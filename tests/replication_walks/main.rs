//! Random walks over both arrays at once: people at both ends who click, a link that comes and goes, upgrades,
//! migrations and failures. What must hold after every step is written here without the tables:
//!
//! - An asynchronous session has one source, which alone takes writes (a failover test apart). It has two of them
//!   only after an unplanned failover, until the link is up and the old source has turned, within a minute.
//! - A metro volume serves hosts at both ends while they are equal, or when somebody decided so; never where it
//!   was demoted.
//! - The last synchronization never goes back and is never forgotten; it goes on only when one has ended.
//!   What waits for a copy grows with the time since the data at the other end was taken, and with nothing else.
//! - Both ends tell the same ids, crosswise, the same type and parent; one of them at most tells a progress,
//!   in a state that copies, and it leads. A test runs at a destination, never at both ends.
//! - An unplanned failover loses what was not yet copied: all that was written since the time that the
//!   destination told as its last good synchronization, to the byte, and once.
//! - A NAS server tells of its file systems: it does not say that it runs while one of them stands still, and it is
//!   not at work for ever.
//! - No session is lost: it is at both ends until somebody removes it, then it is gone at both within a minute of the
//!   link's being up, and never comes back.
//! - An answer is JSON or empty, and 2xx, a sentence with 422 or 404, or with 400 for a planned failover at
//!   the destination.
//! - One click in a console sends one request, and nothing is sent without one. No act is under way for ever.
//! - When the link is up and nobody does anything, both ends of a volume, a group or a metro session come to agree:
//!   what they disagree on afterwards is what somebody did to one of them alone, or a failure. Whoever then goes by the book brings each of them back to OK at both ends. (NAS servers are not promised
//!   that: file systems that went different ways can stand in each other's way until somebody decides.)
//! - Every state of every sort of session is met on the way, and every action is taken and refused.
//!
//! `WALK_STEPS` sets how many steps are walked in all (100,000 unless told); `WALK_SEED` where to begin.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod book;
mod clicks;
#[path = "../console/mod.rs"]
mod console;
mod desks;
mod promises;
mod sight;

use std::collections::{BTreeMap, BTreeSet};

use array_console::lifecycle::Kind;
use array_console::operation::{Event, Stage};
use array_console::simulator::{Fleet, Options};
use clicks::Click;
use console::dice::Dice;
use desks::Person;
use promises::Promises;
use serde_json::{Value, json};
use sight::{Sight, World};

/// Steps of one fleet.
const STEPS: u64 = 400;
/// In so many steps the truth is asked for once; always while an end was taken over.
const TRUTH_EVERY: u64 = 16;

/// The sorts of sessions with their tables: every state of each is met. What is metro's alone and what is of
/// synchronous sessions alone are states of one table.
const SORTS: [(&str, Kind); 4] = [
    ("volume", Kind::Replication),
    ("member", Kind::Replication),
    ("nas", Kind::ReplicationNas),
    ("metro", Kind::Metro),
];

/// What happens to a session that nobody asked for, by the sort of the session.
const EVENTS_OF_VOLUME: [&str; 12] = [
    "upgrade_starts",
    "upgrade_ends",
    "migration_starts",
    "migration_ends",
    "cycle_fails",
    "pause_fails",
    "resume_fails",
    "failover_fails",
    "reprotect_fails",
    "failure",
    "fault_mended",
    "removal_fails",
];
const EVENTS_OF_MEMBER: [&str; 7] =
    ["cycle_fails", "pause_fails", "resume_fails", "failover_fails", "reprotect_fails", "failure", "fault_mended"];
const EVENTS_OF_NAS: [&str; 6] =
    ["upgrade_starts", "upgrade_ends", "migration_starts", "migration_ends", "failure", "fault_mended"];
const EVENTS_OF_METRO: [&str; 11] = [
    "witness_decides",
    "witness_decides",
    "upgrade_starts",
    "upgrade_ends",
    "migration_starts",
    "copy_fails",
    "pause_fails",
    "resume_fails",
    "role_change_fails",
    "failure",
    "fault_mended",
];

pub struct Walk {
    pub world: World,
    pub promises: Promises,
    pub sight: Sight,
    people: Vec<Person>,
    pub dice: Dice,
    steps: u64,
    /// How often each action was taken and refused.
    asked: BTreeMap<&'static str, [u64; 2]>,
    /// Requests that desks may have sent.
    confirmed: usize,
    events: BTreeSet<&'static str>,
}

impl Walk {
    fn new(seed: u64) -> Walk {
        let options = Options { seed, imports: 0, replications: 8, failures: 40, ..Options::default() };
        let now = options.start;
        let mut world = World { fleet: Fleet::new(options), now, link_up: true, link_since: now };
        // Consoles read much: they are open in one fleet of four.
        let people = if seed.is_multiple_of(4) {
            vec![Person::new(0, &mut world), Person::new(1, &mut world)]
        } else {
            Vec::new()
        };
        let logins = people.len();
        let mut walk = Walk {
            world,
            promises: Promises::default(),
            sight: Sight::new(),
            people,
            dice: Dice(seed),
            steps: 0,
            asked: BTreeMap::new(),
            confirmed: 0,
            events: BTreeSet::new(),
        };
        assert!(walk.people.iter().map(|person| person.sent.len()).sum::<usize>() <= logins);
        walk.look();
        walk
    }

    /// Both arrays are looked at, and everything promised is checked.
    pub fn look(&mut self) {
        let sight = self.world.look();
        let takes_over = !self.promises.taken_over.is_empty();
        self.sight = self.promises.look(&self.world, sight).clone();
        if self.steps.is_multiple_of(TRUTH_EVERY) || takes_over {
            let truth = self.world.truth();
            self.promises.hold_against(&truth, self.world.now);
        }
        let sent: usize = self.people.iter().map(|person| person.sent.len()).sum();
        assert_eq!(sent, self.confirmed, "something was sent that nobody asked for");
    }

    /// Lets time pass; the consoles wake when they want to.
    pub fn wait(&mut self, seconds: i64) {
        let until = self.world.now + seconds * 1000;
        loop {
            let wakes =
                self.people.iter().enumerate().filter_map(|(who, person)| Some((person.desk.next_wake()?, who)));
            let Some((at, who)) = wakes.min().filter(|(at, _)| *at <= until) else { break };
            self.world.now = self.world.now.max(at);
            self.people[who].hear(&mut self.world, Event::Tick);
        }
        self.world.now = until;
    }

    fn some_end(&mut self) -> Option<(usize, String)> {
        let array = self.dice.below(2);
        let ids: Vec<&String> = self.sight.iter().filter(|(_, ends)| ends[array].is_some()).map(|(id, _)| id).collect();
        (!ids.is_empty()).then(|| (array, (*self.dice.one_of(&ids)).clone()))
    }

    pub fn step(&mut self) {
        self.steps += 1;
        match self.dice.below(100) {
            0..30 => {
                let seconds = *self.dice.one_of(&[1, 2, 3, 5, 8, 20]);
                self.wait(seconds);
            }
            30..38 => {
                let seconds = *self.dice.one_of(&[60, 90, 300]);
                self.wait(seconds);
            }
            38 => self.wait(1_800),
            39..74 => self.click(),
            74..84 if self.people.is_empty() => self.click(),
            74..84 => self.click_in_a_console(),
            84..91 => self.something_happens(),
            91..93 => self.world.set_link(false),
            93..97 => self.world.set_link(true),
            97 => self.begin_one(),
            98 if self.dice.in_hundred(40) => self.an_array_dies(),
            _ => self.come_and_go(),
        }
        self.look();
    }

    fn click(&mut self) {
        let Some((array, id)) = self.some_end() else { return };
        let end = self.sight[&id][array].clone().unwrap();
        let click = Click::some(&end, &mut self.dice);
        self.send(&click, array, &id);
    }

    /// Sends a click and takes down what it may lead to; true when the array took it.
    pub fn send(&mut self, click: &Click, array: usize, id: &str) -> bool {
        let end = self.sight[id][array].clone().unwrap();
        let taken = click.send(&mut self.world, array, id, &end);
        self.asked.entry(click.action).or_default()[usize::from(!taken)] += 1;
        if taken {
            self.was_taken(click.action, array, id);
        }
        taken
    }

    fn was_taken(&mut self, action: &str, array: usize, id: &str) {
        let members =
            self.sight.iter().filter(|(_, ends)| ends.iter().flatten().any(|end| end.parent.as_deref() == Some(id)));
        let all: Vec<String> = members.map(|(id, _)| id.clone()).chain([id.to_owned()]).collect();
        match action {
            "failover_unplanned" => all.iter().for_each(|id| self.promises.takes_over(id, array)),
            "end_metro" | "remove_policy" => self.promises.removed.extend(all),
            _ => {}
        }
    }

    fn click_in_a_console(&mut self) {
        let who = self.dice.below(self.people.len());
        let (person, world, dice) = (&mut self.people[who], &mut self.world, &mut self.dice);
        match dice.below(10) {
            0..2 => person.ask(world, dice),
            2..8 => {
                // Mostly at once: a dialog that was left open for long asks again.
                if dice.in_hundred(70) {
                    person.ask(world, dice);
                }
                if let Some((id, action)) = person.confirm(world, dice) {
                    self.confirmed += 1;
                    // Refused or not: what it leads to is seen at the next look.
                    let end = self.world.look().remove(&id).and_then(|[first, second]| [first, second][who].take());
                    let taken = match (action, end) {
                        ("failover_unplanned", Some(end)) => end.state == "Failing_Over_For_DR",
                        ("end_metro", end) => end.is_none_or(|end| end.state == "Deleting"),
                        _ => false,
                    };
                    if taken {
                        self.was_taken(action, who, &id);
                    }
                }
            }
            8 => person.dismiss(world),
            _ => person.turn_to(world, dice),
        }
    }

    fn something_happens(&mut self) {
        let Some((array, id)) = self.some_end() else { return };
        let events: &[&'static str] = match self.sight[&id][array].as_ref().unwrap().sort() {
            "nas" => &EVENTS_OF_NAS,
            "member" => &EVENTS_OF_MEMBER,
            "metro" => &EVENTS_OF_METRO,
            _ => &EVENTS_OF_VOLUME,
        };
        let event = *self.dice.one_of(events);
        // Failures are seldom, so that there is something else to see.
        if event == "failure" && self.dice.in_hundred(50) {
            return;
        }
        if self.world.event(array, &id, event) {
            self.events.insert(event);
        }
    }

    /// Something that is not replicated, or is, gets a policy that replicates, or a metro copy.
    fn begin_one(&mut self) {
        let array = self.dice.below(2);
        let kind = *self.dice.one_of(&["volume", "volume", "volume_group", "nas_server"]);
        let of_type = if kind == "nas_server" { "" } else { "&type=eq.Primary" };
        let path = format!("{kind}?select=id,is_replication_destination{of_type}&limit=200");
        let (_, rows) = self.world.send(array, "GET", &path, &Value::Null);
        let Some(rows) = rows.as_array().filter(|rows| !rows.is_empty()) else { return };
        // Most of what is replicated already says no.
        let used: BTreeSet<&str> =
            self.sight.values().filter_map(|ends| ends[array].as_ref()).map(|end| end.local.as_str()).collect();
        let free: Vec<&Value> = rows.iter().filter(|row| !used.contains(row["id"].as_str().unwrap())).collect();
        let row = match free.is_empty() || self.dice.in_hundred(20) {
            true => self.dice.one_of(rows),
            false => *self.dice.one_of(&free),
        };
        let id = row["id"].as_str().unwrap().to_owned();
        // A fleet that only grows is another one to walk in.
        let full = self.sight.len() >= 16;
        let (action, told, status) = if kind != "nas_server" && self.dice.in_hundred(50) {
            let path = "remote_system?select=id,type&type=eq.PowerStore";
            let (_, remotes) = self.world.send(array, "GET", path, &Value::Null);
            let body = json!({ "remote_system_id": remotes[0]["id"] });
            let (method, path) =
                if full { ("GET", format!("{kind}/{id}")) } else { ("POST", format!("{kind}/{id}/configure_metro")) };
            let (status, told) = self.world.send(array, method, &path, &body);
            ("configure_metro", told, status)
        } else {
            let path = "policy?select=id,replication_rules(id,rpo)";
            let (_, policies) = self.world.send(array, "GET", path, &Value::Null);
            let policies: Vec<&Value> = policies
                .as_array()
                .unwrap()
                .iter()
                .filter(|policy| policy["replication_rules"].as_array().is_some_and(|rules| !rules.is_empty()))
                .collect();
            let body = json!({ "protection_policy_id": self.dice.one_of(&policies)["id"] });
            let (method, path) = if full { ("GET", format!("{kind}/{id}")) } else { ("PATCH", format!("{kind}/{id}")) };
            let (status, told) = self.world.send(array, method, &path, &body);
            ("assign_policy", told, status)
        };
        if full {
            return;
        }
        let sentence = sight::is_sentence(&told["messages"][0]["message_l10n"]);
        assert!(status < 300 || status == 422 && sentence, "{action} of {kind} {id}: {status} {told}");
        self.asked.entry(action).or_default()[usize::from(status >= 300)] += 1;
    }

    /// Nobody reaches an array for a while, and the witness alone knows why.
    fn an_array_dies(&mut self) {
        let seconds = *self.dice.one_of(&[3, 20, 120, 600]);
        self.world.die_for(*self.dice.one_of(&[0, 1]), seconds);
    }

    fn come_and_go(&mut self) {
        for person in &mut self.people {
            person.come_back(&mut self.world);
        }
    }

    /// The link comes back and nobody does anything: the ends agree, but for what was done to one alone.
    fn rest(&mut self) {
        self.world.set_link(true);
        self.look();
        for _ in 0..30 {
            self.wait(60);
            self.look();
        }
        let truth = self.world.truth();
        for (id, ends) in &self.sight {
            let [Some(first), Some(second)] = ends else { panic!("{id} is gone at one end: {ends:#?}") };
            // Nor is it of NAS servers, where a failover was done in part or mixed with another one.
            if matches!(first.sort(), "nas" | "member") {
                continue;
            }
            let alone = [0, 1].iter().any(|array| self.is_alone(&truth, id, *array));
            let stands = |end: &sight::End| matches!(end.state.as_str(), "Error" | "Fractured" | "Failed_Over");
            let copies = |end: &sight::End| ["OK", "Synchronizing"].contains(&end.state.as_str());
            assert!(
                first.state == second.state
                    || alone
                    || stands(first)
                    || stands(second)
                    || copies(first) && copies(second),
                "{id}: the ends disagree after half an hour: {first:#?} {second:#?}\n{}",
                promises::brief(&truth[id.as_str()])
            );
        }
        let (ours, theirs): (Vec<_>, Vec<_>) =
            self.people.iter().flat_map(|person| person.desk.acts()).partition(|act| !act.is_under_way());
        assert!(theirs.is_empty(), "still under way: {theirs:#?}");
        assert!(ours.iter().all(|act| act.stage != Stage::Sending));
    }

    /// What the consoles show is what the arrays have.
    fn the_consoles_show_it(&mut self) {
        for array in 0..self.people.len() {
            let person = &mut self.people[array];
            person.come_back(&mut self.world);
            person.hear(&mut self.world, Event::Watch(None));
            person.hear(&mut self.world, Event::Refresh);
            let ends =
                self.sight.iter().filter_map(|(id, ends)| Some((id.as_str(), ends[array].as_ref()?.state.as_str())));
            assert_eq!(person.shown(), ends.collect::<BTreeMap<_, _>>());
        }
    }
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

#[test]
fn random_walks_over_both_arrays_keep_every_promise() {
    let (wanted, mut seed) = (number("WALK_STEPS", 100_000), number("WALK_SEED", 1));
    let (mut steps, mut losses) = (0, 0);
    let mut met: BTreeMap<(&str, String), u64> = BTreeMap::new();
    let mut asked: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    let mut confirmed = 0;
    let mut events = BTreeSet::new();
    while steps < wanted {
        let mut walk = Walk::new(seed);
        println!("walk with seed {seed}");
        for _ in 0..STEPS {
            walk.step();
        }
        walk.rest();
        walk.goes_by_the_book();
        walk.the_consoles_show_it();
        steps += walk.steps;
        losses += walk.promises.losses;
        confirmed += walk.confirmed;
        events.extend(walk.events);
        for (state, count) in walk.promises.met {
            *met.entry(state).or_default() += count;
        }
        for (action, [taken, refused]) in walk.asked {
            let counts = asked.entry(action).or_default();
            *counts = [counts[0] + taken, counts[1] + refused];
        }
        seed += 1;
    }
    println!("{} states met", met.len());
    println!("{steps} steps, {losses} losses, {confirmed} sent by consoles\n{asked:?}\n{met:?}\n{events:?}");
    // Fewer steps have not been everywhere.
    if wanted < 50_000 {
        return;
    }
    for action in clicks::ACTIONS.iter().chain(&["configure_metro", "assign_policy"]) {
        let [taken, refused] = asked[action];
        assert!(taken > 0 && refused > 0, "{action} was taken {taken} times and refused {refused} times");
    }
    let mut left: Vec<String> = Vec::new();
    for (sort, kind) in SORTS {
        let states = kind.lifecycle().nodes.iter().map(|node| node.name);
        left.extend(
            states.filter(|state| !met.contains_key(&(sort, (*state).to_owned()))).map(|s| format!("{sort} {s}")),
        );
    }
    assert!(left.is_empty(), "never met: {left:?}");
    assert!(losses > 0 && confirmed > 0, "{losses} losses, {confirmed} sent by consoles");
}
