//! A random walk of a server: people, the schedule, failures, a service that comes and goes. What must hold
//! is written here without the tables.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::simulator::dfm::event::{EVENTS_OF_A_JOB, Event};

/// More jobs than that are thinned out, so that a walk stays quick.
const CROWD: usize = 140;

const EVENTS: [&str; 10] = [
    "worker_takes_it",
    "subtasks_ended",
    "subtasks_stopped",
    "retried",
    "dataset_fails_over",
    "service_restarted",
    "transfer_succeeds",
    "transfer_fails",
    "entry_due",
    "job_purged",
];

/// What was seen of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    state: &'static str,
    times: [Option<i64>; 3],
    bytes: u64,
    events: usize,
}

struct Walk {
    server: Server,
    now: i64,
    chances: Seed,
    seen: BTreeMap<u32, Seen>,
    met: BTreeMap<String, u32>,
}

/// The state by the times alone.
fn by_times([started, abort, completed]: [Option<i64>; 3]) -> &'static str {
    match (started.is_some(), abort.is_some(), completed.is_some()) {
        (_, true, true) => "aborted",
        (_, true, false) => "aborting",
        (_, false, true) => "completed",
        (true, ..) => "running",
        _ => "queued",
    }
}

/// The progress by the events alone; `None` where they do not tell it.
fn by_events(job: &Job) -> Option<&'static str> {
    let transfers = job.destination.is_some();
    let ends = job.events.iter().filter(|event| {
        let word = event.kind.word();
        if transfers { word.ends_with("-end") && word != "job-end" } else { word == "snapshot-create" }
    });
    if job.kind == JobType::Configuration {
        return None;
    }
    let failed: Vec<bool> = ends.map(|event| event.status == Severity::Error).collect();
    // A service that came back found it before its first transfer.
    let for_nothing = job.events.last().is_some_and(|event| {
        event.kind == EventType::JobEnd && event.status == Severity::Error && job.abort_requested.is_none()
    });
    Some(match (failed.contains(&true), failed.contains(&false)) {
        (true, true) => "partial_success",
        (true, false) => "failure",
        (false, true) => "success",
        (false, false) if for_nothing => "failure",
        (false, false) => "in_progress",
    })
}

fn progress(job: &Job) -> &'static str {
    crate::lifecycle::protection_progress::PROTECTION_PROGRESS.node(job.progress()).unwrap().name
}

impl Walk {
    fn new(seed: u64) -> Walk {
        let seed = Seed::new(seed);
        let mut server = Server::new(&Options { seed, failures: 120, ..options(40) });
        server.workers = 4;
        Walk { server, now: START, chances: seed.named("walk"), seen: BTreeMap::new(), met: BTreeMap::new() }
    }

    fn meet(&mut self, what: impl Into<String>) {
        *self.met.entry(what.into()).or_default() += 1;
    }

    fn any_job(&mut self) -> u32 {
        let ids: Vec<u32> = self.server.jobs.keys().copied().collect();
        let unfinished: Vec<u32> =
            self.server.jobs.values().filter(|job| job.completed.is_none()).map(|job| job.id).collect();
        let among = if self.chances.chance(700) && !unfinished.is_empty() { &unfinished } else { &ids };
        self.chances.pick(among).copied().unwrap_or(7)
    }

    fn step(&mut self) {
        match self.chances.within(0, 99) {
            0..=49 => self.wait(),
            50..=64 => self.abort(),
            65..=74 => self.submit(),
            75..=86 => self.happen(),
            87..=90 => self.purge_one(),
            91..=92 => self.purge_many(),
            93..=96 => self.service(),
            _ => self.schedule(),
        }
        if self.server.jobs.len() > CROWD {
            self.purge_many();
        }
        self.look();
    }

    /// What is planned until then becomes one job each, and nothing else does without a person.
    fn wait(&mut self) {
        let long = if self.chances.chance(80) { 3600 } else { 120 };
        let until = self.now + i64::try_from(self.chances.within(1, long)).unwrap() * 1000;
        let planned = self.server.entries(self.now + 1, until, None, self.now);
        let up = self.server.stopped.is_none();
        let (last, before) = (self.server.next_job, self.server.jobs.len());
        self.server.advance(until);
        let born = self.server.jobs.iter().filter(|(id, job)| **id >= last && job.submitted_by.is_none());
        let mut born: Vec<_> = born.map(|(_, job)| (job.stored, job.dataset, job.kind, job.retention)).collect();
        let wanted = planned.iter().filter(|entry| up && entry.start <= until);
        let mut wanted: Vec<_> =
            wanted.map(|entry| (entry.scheduled, entry.dataset, entry.what.job_type(), entry.retention)).collect();
        born.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(born, wanted);
        assert!(self.server.jobs.len() >= before, "none is gone by itself");
        if !born.is_empty() {
            self.meet("entries became jobs");
        }
        self.now = until;
    }

    fn abort(&mut self) {
        let id = if self.chances.chance(30) { 7 } else { self.any_job() };
        let before = self.server.jobs.get(&id).map(|job| {
            let state = by_times([job.started, job.abort_requested, job.completed]);
            let removing = job.kind == JobType::DestroyRelationship
                && job.subtasks.last().is_some_and(|part| part.begun.is_some());
            (state, job.kind == JobType::Configuration || removing)
        });
        let wanted = match before {
            None => Some(22217),
            Some(("completed", _)) => Some(22218),
            Some(("aborted", _)) => Some(22219),
            Some(("aborting", _)) => None,
            Some((_, unstoppable)) => unstoppable.then_some(22220),
        };
        let answer = self.server.abort(id, "walker", self.now);
        assert_eq!(answer.clone().err().map(|no| no.errno), wanted, "{id} {before:?}");
        if answer.is_ok() {
            let job = &self.server.jobs[&id];
            assert!(job.abort_requested.is_some() && job.completed.is_none());
        }
        self.meet(format!("abort {} {wanted:?}", before.map_or("-", |(state, _)| state)));
    }

    fn submit(&mut self) {
        let datasets: Vec<u32> = self.server.datasets.keys().copied().collect();
        let dataset = *self.chances.pick(&datasets).unwrap();
        let kind = *self.chances.pick(&JobType::ALL).unwrap();
        let next = self.server.next_job;
        match self.server.submit(kind, dataset, "walker", self.now) {
            Ok(id) => {
                assert_eq!(id, next);
                self.meet(format!("{kind:?}"));
            }
            Err(no) => assert_eq!(no.errno, 21012, "no connection"),
        }
    }

    fn happen(&mut self) {
        let (id, event) = (self.any_job(), *self.chances.pick(&EVENTS).unwrap());
        let before = self.server.jobs.get(&id).map(state);
        if let Ok((from, to)) = self.server.happen(id, event, self.now) {
            assert_eq!((Some(from), to), (before, state(&self.server.jobs[&id])));
            assert!(!matches!(from, "completed" | "aborted"), "{event}");
            self.meet(event);
        }
    }

    fn purge_one(&mut self) {
        let (id, with_errors) = (self.any_job(), self.chances.chance(500));
        let goes = self.server.jobs.get(&id).map(|job| {
            let good = progress(job) == "success" && job.abort_requested.is_none();
            job.completed.is_some() && (good || with_errors)
        });
        let wanted = match goes {
            None => Err(22217),
            Some(false) => Err(21012),
            Some(true) => Ok(1),
        };
        let answer = self.server.purge(Purge { job: Some(id), before: None, with_errors }).map_err(|no| no.errno);
        assert_eq!(answer, wanted);
        if answer.is_ok() {
            self.gone(id);
        }
        self.meet(format!("purge {wanted:?}"));
    }

    fn purge_many(&mut self) {
        let with_errors = self.chances.chance(600) || self.server.jobs.len() > CROWD;
        let before = self.now - i64::try_from(self.chances.within(0, 7200)).unwrap() * 1000;
        let ids: Vec<u32> = self.server.jobs.keys().copied().collect();
        let removed = self.server.purge(Purge { job: None, before: Some(before), with_errors }).unwrap();
        let left: BTreeSet<u32> = self.server.jobs.keys().copied().collect();
        let gone: Vec<u32> = ids.into_iter().filter(|id| !left.contains(id)).collect();
        assert_eq!(gone.len(), removed);
        for id in gone {
            // Those that were never looked at were born and ended within this step: there are none.
            assert!(self.seen[&id].times[2].is_some_and(|at| at < before), "only what had ended before");
            assert!(with_errors || self.seen[&id].state == "completed");
            self.gone(id);
        }
        self.meet("purged many");
    }

    fn gone(&mut self, id: u32) {
        assert!(matches!(self.seen.remove(&id).unwrap().state, "completed" | "aborted"));
        assert!(!self.server.jobs.contains_key(&id));
    }

    fn service(&mut self) {
        if self.server.stopped.is_none() {
            self.server.stop_service(self.now);
            return self.meet("service stopped");
        }
        let late: Vec<_> = self.server.entries(i64::MIN, self.now, None, self.now);
        let last = self.server.next_job;
        self.server.start_service(self.now);
        let born = self.server.jobs.iter().filter(|(id, job)| **id >= last && job.submitted_by.is_none()).count();
        assert_eq!(born, late.len(), "what was late is made up for once");
        self.meet("service back");
        if !late.is_empty() {
            self.meet("late entries");
        }
    }

    fn schedule(&mut self) {
        let datasets: Vec<u32> = self.server.datasets.keys().copied().collect();
        let dataset = *self.chances.pick(&datasets).unwrap();
        let event =
            *self.chances.pick(&["schedule_changed", "taken_out", "policy_applied", "policy_applied", "due"]).unwrap();
        let (changed, jobs) = (self.server.schedule_changed, self.server.jobs.len());
        if self.server.happen_to_schedule(dataset, event, self.now).is_ok() {
            assert_eq!(self.server.jobs.len(), jobs + usize::from(event == "due"));
            assert_eq!(self.server.schedule_changed, if event == "due" { changed } else { self.now });
            self.meet(event);
        }
    }

    fn look(&mut self) {
        let counted = self.server.counted(self.now);
        let mut found = Vec::new();
        for job in self.server.jobs.values() {
            let times = [job.started, job.abort_requested, job.completed];
            let now = Seen { state: state(job), times, bytes: job.bytes(counted), events: job.events.len() };
            assert_eq!(now.state, by_times(times));
            if let Some(before) = self.seen.get(&job.id) {
                if before.times[2].is_some() {
                    assert_eq!(*before, now, "what has ended stays as it is");
                    continue;
                }
                assert!(now.bytes >= before.bytes, "{} {before:?} {now:?}", job.id);
                assert!(now.events >= before.events);
                assert!(before.times.iter().zip(times).all(|(old, new)| old.is_none() || *old == new));
                assert!(before.times[1].is_none() || matches!(now.state, "aborting" | "aborted"));
                if *before == now {
                    continue;
                }
            }
            self.check(job);
            found.push((job.id, now));
        }
        for (id, now) in found {
            let overall = self.server.jobs[&id].overall().word();
            self.meet(now.state);
            self.meet(overall);
            let kinds: BTreeSet<&str> = words(&self.server.jobs[&id].events).into_iter().collect();
            for kind in kinds {
                self.meet(kind);
            }
            self.seen.insert(id, now);
        }
        assert_eq!(self.seen.len(), self.server.jobs.len(), "none is gone unasked");
    }

    /// What a job that has moved tells of itself.
    fn check(&self, job: &Job) {
        if let Some(wanted) = by_events(job) {
            assert_eq!(progress(job), wanted, "{job:?}");
        }
        let mut last: Option<&Event> = None;
        for event in &job.events {
            assert_eq!(event.id / EVENTS_OF_A_JOB, job.id);
            assert!(last.is_none_or(|last| last.id < event.id && last.at <= event.at));
            assert_eq!(event.cause.is_none(), self.server.error_message(job, event).is_none());
            assert!(event.status != Severity::Error || event.cause.is_some(), "an error says why");
            last = Some(event);
        }
        let ends = job.events.iter().filter(|event| event.kind == EventType::JobEnd).count();
        assert_eq!(ends, usize::from(job.completed.is_some()));
        assert!(job.completed.is_none() || last.is_some_and(|event| event.kind == EventType::JobEnd));
        let current: Vec<_> = job.current_events().map(|event| (event.kind.family(), event.subtask)).collect();
        let distinct: BTreeSet<_> = current.iter().collect();
        assert_eq!(current.len(), distinct.len(), "one of each part and family");
        assert!(job.started.is_none_or(|at| at >= job.stored));
        assert!(job.completed.is_none_or(|at| at >= job.started.unwrap_or(job.stored)));
        assert!(job.bytes(i64::MAX) <= job.subtasks.iter().map(|part| part.size).sum());
    }
}

#[test]
fn random_walks_of_a_server_keep_every_promise() {
    let number =
        |name: &str, otherwise| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (steps, first): (u64, u64) = (number("WALK_STEPS", 100_000), number("WALK_SEED", 1));
    let walks = (steps / 5000).max(1);
    let mut met: BTreeMap<String, u32> = BTreeMap::new();
    for seed in first..first + walks {
        println!("walk with WALK_SEED={seed}");
        let mut walk = Walk::new(seed);
        walk.look();
        for _ in 0..steps.min(5000) {
            walk.step();
        }
        for (what, times) in walk.met {
            *met.entry(what).or_default() += times;
        }
    }
    println!("{met:#?}");
    if steps < 20_000 {
        return;
    }
    let states = ["queued", "running", "completed", "aborting", "aborted"];
    let overall = [
        "queued",
        "running",
        "running_with_failures",
        "canceling",
        "canceled",
        "succeeded",
        "partially_failed",
        "failed",
    ];
    let events = [
        "job-start",
        "job-progress",
        "job-end",
        "job-abort",
        "job-retry",
        "rel-create-start",
        "rel-create-progress",
        "rel-create-end",
        "rel-destroy-start",
        "rel-destroy-end",
        "snapshot-create",
        "snapshot-delete",
        "backup-create",
        "backup-delete",
        "snapvault-start",
        "snapvault-progress",
        "snapvault-end",
        "snapmirror-start",
        "snapmirror-progress",
        "snapmirror-end",
        "restore-start",
        "restore-progress",
        "restore-end",
    ];
    let other = [
        "abort - Some(22217)",
        "abort completed Some(22218)",
        "abort aborted Some(22219)",
        "abort running Some(22220)",
        "abort queued Some(22220)",
        "abort running None",
        "abort queued None",
        "abort aborting None",
        "purge Ok(1)",
        "purge Err(21012)",
        "purged many",
        "service stopped",
        "service back",
        "late entries",
        "entries became jobs",
        "schedule_changed",
        "taken_out",
        "policy_applied",
        "due",
    ];
    let kinds: Vec<String> = JobType::ALL.iter().map(|kind| format!("{kind:?}")).collect();
    let doors = EVENTS.iter().take(8).copied();
    let all = states.into_iter().chain(overall).chain(events).chain(other).chain(doors);
    for what in all.chain(kinds.iter().map(String::as_str)) {
        let times = met.get(what).copied().unwrap_or(0);
        assert!(times >= 20, "{what} was met {times} times only");
    }
}
