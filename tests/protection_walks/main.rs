//! Random walks of a DFM server through its door: people with two sorts of logins, the schedule, failures, a
//! service that comes and goes, lists that are read while things happen. What must hold is written here without
//! the tables, from what the server tells on the wire alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod door;

use std::collections::{BTreeMap, BTreeSet};

use array_console::wire::zapi::Element;
use door::{Door, call};

/// More jobs than that are thinned out, so that a walk stays quick.
const CROWD: usize = 70;
const WALK: u64 = 1000;

const DATASETS: [&str; 5] = ["Büro & <Archiv>", "erp DATABASE", "Home directories", "Finance", "Mail"];
const TYPES: [&str; 9] = [
    "local_backup",
    "remote_backup",
    "mirror",
    "restore",
    "create_relationship",
    "destroy_relationship",
    "on_demand_backup",
    "local_then_remote_backup",
    "configuration",
];
const STATES: [&str; 5] = ["queued", "running", "completed", "aborting", "aborted"];
const EVENTS: [&str; 8] = [
    "worker_takes_it",
    "subtasks_ended",
    "subtasks_stopped",
    "retried",
    "dataset_fails_over",
    "service_restarted",
    "transfer_succeeds",
    "transfer_fails",
];

/// Numbers that look random and follow from the seed (a linear congruence).
struct Chances(u64);

impl Chances {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[usize::try_from(self.below(choices.len() as u64)).unwrap()]
    }
}

fn text<'a>(row: &'a Element, name: &str) -> &'a str {
    row.text_of(name).unwrap_or("")
}

fn id_of(row: &Element) -> i64 {
    row.number_of("job-id").unwrap()
}

/// The state by the times alone.
fn by_times(job: &Element) -> &'static str {
    let told = |name| job.number_of(name).is_some();
    match (told("started-timestamp"), told("abort-requested-timestamp"), told("completed-timestamp")) {
        (_, true, true) => "aborted",
        (_, true, false) => "aborting",
        (_, false, true) => "completed",
        (true, ..) => "running",
        _ => "queued",
    }
}

/// The progress by the events alone.
fn by_events(job: &Element, events: &[Element]) -> &'static str {
    let transfers = job.child("destination-node-id").is_some();
    let ends = events.iter().filter(|event| {
        let word = text(event, "event-type");
        if transfers { word.ends_with("-end") && word != "job-end" } else { word == "snapshot-create" }
    });
    let failed: BTreeSet<bool> = ends.map(|event| text(event, "event-status") == "error").collect();
    let last = events.last();
    let for_nothing = last.is_some_and(|last| {
        text(last, "event-type") == "job-end" && text(last, "event-status") == "error" && by_times(job) == "completed"
    });
    match (failed.contains(&true), failed.contains(&false)) {
        (true, true) => "partial_success",
        (true, false) => "failure",
        (false, true) => "success",
        (false, false) if for_nothing => "failure",
        (false, false) => "in_progress",
    }
}

/// What state and progress come to, from the later reference.
fn overall(state: &str, progress: &str) -> &'static str {
    match (state, progress) {
        ("queued", _) => "queued",
        ("running", "in_progress" | "success") => "running",
        ("running", _) => "running_with_failures",
        ("aborting", _) => "canceling",
        ("completed", "success") => "succeeded",
        ("completed", "partial_success") => "partially_failed",
        ("completed", "failure") => "failed",
        _ => "canceled",
    }
}

impl Door {
    /// The number of a refusal; 0 when it was carried out.
    fn errno(&mut self, user: &str, name: &str, inputs: &[(&str, &str)]) -> u32 {
        self.make(user, &call(name, inputs)).err().map_or(0, |(errno, _)| errno)
    }

    fn events(&mut self, inputs: &[(&str, &str)]) -> Vec<Element> {
        self.list("dp-job-progress-event-list", "progress-events", inputs)
    }
}

struct Walk {
    door: Door,
    chances: Chances,
    later: bool,
    /// As they were last told.
    jobs: BTreeMap<i64, Element>,
    /// A list that was begun, and what must come of it.
    begun: Option<(String, Vec<Element>)>,
    met: BTreeMap<String, u32>,
}

impl Walk {
    fn new(seed: u64) -> Walk {
        // One walk of four is with a server of the first generation.
        let later = !seed.is_multiple_of(4);
        let door = Door::new(seed, 30, 40, if later { [5, 2, 0, 0] } else { [3, 6, 2, 0] });
        let mut walk =
            Walk { door, chances: Chances(seed), later, jobs: BTreeMap::new(), begun: None, met: BTreeMap::new() };
        walk.look();
        walk
    }

    fn meet(&mut self, what: impl Into<String>) {
        *self.met.entry(what.into()).or_default() += 1;
    }

    fn any_job(&mut self) -> i64 {
        let unfinished = self.jobs.values().filter(|job| !matches!(by_times(job), "completed" | "aborted"));
        let unfinished: Vec<i64> = unfinished.map(id_of).collect();
        let ids: Vec<i64> = self.jobs.keys().copied().chain([7]).collect();
        let among = if self.chances.below(10) < 7 && !unfinished.is_empty() { &unfinished } else { &ids };
        *self.chances.pick(among)
    }

    fn step(&mut self) {
        match self.chances.below(100) {
            0..=39 => self.wait(),
            40..=54 => self.abort(),
            55..=66 => self.submit(),
            67..=79 => self.happen(),
            80..=84 => self.purge_one(),
            85..=86 => self.purge_many(),
            87..=90 => self.schedule(),
            91..=94 => self.filter(),
            _ => self.read_slowly(),
        }
        if self.jobs.len() > CROWD {
            self.purge_many();
        }
    }

    fn wait(&mut self) {
        let seconds = if self.chances.below(10) == 0 { 3600 } else { 120 };
        let seconds = i64::try_from(self.chances.below(seconds) + 1).unwrap();
        let (from, to) = (self.door.now / 1000, self.door.now / 1000 + seconds);
        let window = [("from-time", (from + 1).to_string()), ("to-time", to.to_string())];
        let window: Vec<(&str, &str)> = window.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let planned = self.door.list("dp-job-schedule-list", "scheduled-jobs", &window);
        assert!(planned.is_sorted_by_key(|entry| entry.number_of("start-time")));
        let last = self.jobs.keys().last().copied().unwrap_or(0);
        self.door.now += seconds * 1000;
        let before = self.jobs.len();
        self.look();
        assert!(self.jobs.len() >= before, "none is gone by itself");
        let born = self.jobs.range(last + 1..).map(|(_, job)| job).filter(|job| job.child("submitted-by").is_none());
        let mut born: Vec<(String, String)> =
            born.map(|job| (text(job, "dataset-id").to_owned(), text(job, "job-type").to_owned())).collect();
        let mut wanted: Vec<(String, String)> = planned
            .iter()
            .map(|entry| {
                let implied = [
                    ("dp-local-snapshot-job-data", "local_backup"),
                    ("dp-snapvault-transfer-job-data", "remote_backup"),
                    ("dp-snapmirror-transfer-job-data", "mirror"),
                ];
                let kind = implied.iter().find(|(data, _)| entry.child(data).is_some()).unwrap().1;
                (text(entry, "dataset-id").to_owned(), kind.to_owned())
            })
            .collect();
        born.sort();
        wanted.sort();
        if self.met.get("down").is_some_and(|times| times % 2 == 1) {
            assert!(born.is_empty(), "nothing begins while the service is down");
        } else {
            assert_eq!(born, wanted, "each entry becomes one job");
            if !born.is_empty() {
                self.meet("entries became jobs");
            }
        }
    }

    fn abort(&mut self) {
        let id = self.any_job();
        let user = if self.chances.below(12) == 0 { "viewer" } else { "admin" };
        let before = self.jobs.get(&id);
        let kind = before.map_or("", |job| text(job, "job-type")).to_owned();
        let state = before.map_or("-", by_times);
        let wanted: &[u32] = match (user, state) {
            ("viewer", _) => &[22256],
            (_, "-") => &[22217],
            (_, "completed") => &[22218],
            (_, "aborted") => &[22219],
            (_, "aborting") => &[0],
            _ if kind == "configuration" => &[22220],
            _ if kind == "destroy_relationship" => &[0, 22220],
            _ => &[0],
        };
        if kind == "configuration" && state == "queued" && self.chances.below(2) == 0 {
            self.door.happen(&id.to_string(), "worker_takes_it");
            self.look();
        }
        let state = self.jobs.get(&id).map_or("-", by_times);
        let errno = self.door.errno(user, "dp-job-abort", &[("job-id", &id.to_string())]);
        assert!(wanted.contains(&errno), "{id} {kind} {state}: {errno}");
        self.look();
        if errno == 0 {
            assert_eq!(by_times(&self.jobs[&id]), "aborting");
        } else if state != "-" {
            assert_eq!(by_times(&self.jobs[&id]), state);
        }
        self.meet(format!("abort {state} {errno}"));
    }

    fn submit(&mut self) {
        let (dataset, kind) = (*self.chances.pick(&DATASETS), *self.chances.pick(&TYPES));
        if !self.later && matches!(kind, "local_then_remote_backup" | "configuration") {
            return;
        }
        let born = self.door.happen(dataset, kind);
        self.look();
        if let Some(born) = born {
            let id = born["session"].as_str().unwrap().parse().unwrap();
            assert_eq!(text(&self.jobs[&id], "job-type"), kind);
            self.meet(kind);
        }
    }

    fn happen(&mut self) {
        let id = self.any_job();
        let before = self.jobs.get(&id).map(by_times);
        // What few jobs can take is tried where it can be.
        let event = match (self.chances.below(2), before) {
            (0, Some("queued")) => "worker_takes_it",
            (0, Some("aborting")) => "subtasks_stopped",
            _ => *self.chances.pick(&EVENTS),
        };
        if let Some(told) = self.door.happen(&id.to_string(), event) {
            assert_eq!(told["from"].as_str(), before);
            self.look();
            assert_eq!(told["to"].as_str(), Some(by_times(&self.jobs[&id])));
            self.meet(event);
        }
    }

    fn gone(&mut self, ids: &[i64]) {
        let left: BTreeMap<i64, Element> = self.jobs.clone();
        self.jobs.retain(|id, _| !ids.contains(id));
        self.look();
        for id in ids {
            assert!(!self.jobs.contains_key(id));
            assert!(matches!(by_times(&left[id]), "completed" | "aborted"));
            let inputs = [("job-id", &*id.to_string()), ("history", "true")];
            let errno = self.door.errno("admin", "dp-job-progress-event-list-iter-start", &inputs);
            assert_eq!(errno, 22217, "its events are gone too");
        }
    }

    /// True for a job that ended and is removed with or without the flag.
    fn goes(job: &Element, with_errors: bool) -> bool {
        match by_times(job) {
            "completed" => with_errors || text(job, "job-progress") == "success",
            "aborted" => with_errors,
            _ => false,
        }
    }

    fn purge_one(&mut self) {
        let (id, with_errors) = (self.any_job(), self.chances.below(2) == 0);
        let wanted = match self.jobs.get(&id) {
            None => 22217,
            Some(job) if Walk::goes(job, with_errors) => 0,
            Some(_) => 21012,
        };
        let flag = if with_errors { "TRUE" } else { "0" };
        let inputs = [("job-id", &*id.to_string()), ("purge-jobs-completed-with-error", flag)];
        let errno = self.door.errno("admin", "dp-job-purge", &inputs);
        assert_eq!(errno, wanted);
        if errno == 0 {
            self.gone(&[id]);
        }
        self.meet(format!("purge {errno}"));
    }

    fn purge_many(&mut self) {
        let with_errors = self.jobs.len() > CROWD || self.chances.below(2) == 0;
        let before = self.door.now / 1000 - i64::try_from(self.chances.below(3600)).unwrap();
        let flag = if with_errors { "true" } else { "false" };
        let inputs = [("completed-timestamp", &*before.to_string()), ("purge-jobs-completed-with-error", flag)];
        assert_eq!(self.door.errno("viewer", "dp-job-purge", &inputs), 22256);
        assert_eq!(self.door.errno("admin", "dp-job-purge", &inputs), 0);
        let old = |job: &&Element| job.number_of("completed-timestamp").is_some_and(|at| at < before);
        let goes = self.jobs.values().filter(old).filter(|job| Walk::goes(job, with_errors));
        let ids: Vec<i64> = goes.map(id_of).collect();
        self.gone(&ids);
        self.meet("purged many");
    }

    fn schedule(&mut self) {
        let dataset = *self.chances.pick(&DATASETS);
        let events = [
            "schedule_changed",
            "taken_out",
            "policy_applied",
            "policy_applied",
            "due",
            "due_while_down",
            "service_back",
        ];
        let down = self.met.get("down").copied().unwrap_or(0) % 2 == 1;
        let event = if down && self.chances.below(2) == 0 { "service_back" } else { *self.chances.pick(&events) };
        if down == (event != "service_back") && matches!(event, "due_while_down" | "service_back") {
            return;
        }
        let changed =
            |door: &mut Door| door.ask("dp-job-schedule-get-last-changed", &[]).number_of("last-changed-timestamp");
        let before = changed(&mut self.door);
        let happened = self.door.happen(dataset, event).is_some();
        let after = changed(&mut self.door);
        if happened {
            self.meet(event);
            match event {
                "due_while_down" | "service_back" => self.meet("down"),
                "due" => {}
                _ => assert_eq!(after, Some(self.door.now / 1000)),
            }
        } else {
            assert_eq!(before, after);
        }
        self.look();
    }

    /// The server's filters against those of a reader of the whole list.
    fn filter(&mut self) {
        let state = *self.chances.pick(&STATES);
        let kind = *self.chances.pick(&TYPES[..7]);
        let dataset = *self.chances.pick(&DATASETS);
        let from = self.door.now / 1000 - i64::try_from(self.chances.below(7200)).unwrap();
        let from_text = from.to_string();
        let mut inputs: Vec<(&str, &str)> = Vec::new();
        let mut wanted: Vec<&Element> = self.jobs.values().collect();
        let which = self.chances.below(16);
        if which & 1 > 0 && (self.later || state != "queued") {
            inputs.push(("job-state", state));
            wanted.retain(|job| by_times(job) == state);
        }
        if which & 2 > 0 {
            inputs.push(("job-type", kind));
            wanted.retain(|job| text(job, "job-type") == kind);
        }
        if which & 4 > 0 {
            inputs.push(("object-name-or-id", dataset));
            wanted.retain(|job| text(job, "dataset-name").to_lowercase() == dataset.to_lowercase());
        }
        if which & 8 > 0 {
            inputs.push(("started-timestamp-from", &from_text));
            wanted.retain(|job| job.number_of("started-timestamp").is_some_and(|at| at >= from));
        }
        let wanted: BTreeSet<i64> = wanted.into_iter().map(id_of).collect();
        let found: BTreeSet<i64> = self.door.jobs(&inputs).iter().map(id_of).collect();
        assert_eq!(found, wanted, "{inputs:?}");
        self.meet("filtered");
    }

    /// A list tells what was when it was begun, whatever happens meanwhile.
    fn read_slowly(&mut self) {
        match self.begun.take() {
            None => {
                let tag = self.door.start("dp-job-list", &[]);
                self.begun = Some((tag, self.jobs.values().rev().cloned().collect()));
            }
            Some((tag, wanted)) => {
                // An hour unused is its end.
                let page = self.door.errno("admin", "dp-job-list-iter-next", &[("maximum", "1"), ("tag", &tag)]);
                if page == 21002 {
                    return self.meet("iterator expired");
                }
                let found = self.door.rest("dp-job-list", "jobs", &tag, 7);
                assert!(found == wanted[1.min(wanted.len())..], "as it was told when it was begun");
                assert_eq!(self.door.errno("admin", "dp-job-list-iter-end", &[("tag", &tag)]), 21002);
                self.meet("iterator read");
            }
        }
    }

    fn look(&mut self) {
        let rows = self.door.jobs(&[]);
        let found: BTreeMap<i64, Element> = rows.iter().map(|job| (id_of(job), job.clone())).collect();
        assert_eq!(found.len(), rows.len(), "each once");
        assert!(self.jobs.keys().all(|id| found.contains_key(id)), "none is gone unasked");
        for (id, job) in &found {
            let before = self.jobs.get(id);
            if before == Some(job) {
                continue;
            }
            if let Some(before) = before {
                assert!(!matches!(by_times(before), "completed" | "aborted"), "what has ended stays as it is");
                assert!(job.number_of("bytes-transferred") >= before.number_of("bytes-transferred"));
                for name in ["started-timestamp", "abort-requested-timestamp"] {
                    assert!(before.child(name).is_none() || before.child(name) == job.child(name));
                }
            }
            let (state, progress) = (by_times(job), text(job, "job-progress"));
            if self.later {
                assert_eq!(text(job, "job-state"), state);
                assert_eq!(text(job, "job-overall-status"), overall(state, progress));
                self.meet(overall(state, progress));
            } else {
                assert_eq!(job.text_of("job-state"), Some(state).filter(|state| *state != "queued"));
                assert!(job.child("job-overall-status").is_none() && job.child("object-id").is_none());
            }
            self.meet(state);
            if *id % 3 == 0 {
                self.check_events(job);
            }
        }
        self.jobs = found;
    }

    fn check_events(&mut self, job: &Element) {
        let id = text(job, "job-id");
        let all = self.door.events(&[("job-id", id), ("history", "true")]);
        let current = self.door.events(&[("job-id", id)]);
        assert!(current.iter().all(|event| all.contains(event)) && current.len() <= all.len());
        assert!(all.is_sorted_by_key(|event| event.number_of("event-timestamp")));
        assert!(all.windows(2).all(|pair| pair[0].number_of("event-id") < pair[1].number_of("event-id")));
        if text(job, "job-type") != "configuration" {
            assert_eq!(text(job, "job-progress"), by_events(job, &all), "{all:?}");
        }
        for event in &all {
            assert_eq!(text(event, "job-id"), id);
            assert!(text(event, "event-status") != "error" || event.child("error-message").is_some());
            self.meet(text(event, "event-type"));
        }
        let ended = current.iter().any(|event| text(event, "event-type") == "job-end");
        assert_eq!(ended, job.child("completed-timestamp").is_some());
    }
}

#[test]
fn random_walks_through_the_door_keep_every_promise() {
    let number =
        |name: &str, otherwise| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    // A step here reads the whole list: that of the world, without the door, takes the other nine of ten.
    let (steps, first): (u64, u64) = (number("WALK_STEPS", 100_000) / 10, number("WALK_SEED", 1));
    let mut met: BTreeMap<String, u32> = BTreeMap::new();
    for seed in first..first + (steps / WALK).max(1) {
        println!("walk with WALK_SEED={seed}");
        let mut walk = Walk::new(seed);
        for _ in 0..steps.min(WALK) {
            walk.step();
        }
        for (what, times) in walk.met {
            *met.entry(what).or_default() += times;
        }
    }
    println!("{met:#?}");
    if steps < 5 * WALK {
        return;
    }
    let other = [
        "abort - 22217",
        "abort completed 22218",
        "abort aborted 22219",
        "abort running 22220",
        "abort running 22256",
        "abort running 0",
        "abort queued 0",
        "abort aborting 0",
        "purge 0",
        "purge 21012",
        "purged many",
        "due_while_down",
        "service_back",
        "entries became jobs",
        "schedule_changed",
        "taken_out",
        "due",
        "filtered",
        "iterator read",
        "running_with_failures",
        "partially_failed",
        "failed",
        "snapvault-progress",
        "snapmirror-end",
        "restore-end",
        "rel-create-end",
        "rel-destroy-end",
        "backup-delete",
    ];
    for what in STATES.iter().chain(&TYPES).chain(&EVENTS).chain(&other) {
        let times = met.get(*what).copied().unwrap_or(0);
        assert!(times >= 5, "{what} was met {times} times only");
    }
}
