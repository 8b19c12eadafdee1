//! The jobs that actions make, some with steps. What happens to a job is planned with its times, and the
//! table tells where that leads: so its phase is a function of the time, and nothing has to happen for it.

mod job;

use std::collections::VecDeque;

pub use self::job::{Job, Resource, Success};
use super::engine::Refused;
use super::seed::Seed;
use super::world::SessionError;
use crate::lifecycle::job::{self as table, JOB};
use crate::lifecycle::{EventId, NodeId};
use crate::simulator::tree::Tree;

/// Older finished jobs are dropped beyond this number, steps not counted: how long an array keeps them is
/// not documented.
pub const KEPT: usize = 10_000;

/// How long a failed job shows `Failing`, in milliseconds.
const FAILING_MS: i64 = 2000;

/// A step of a job.
#[derive(Clone, Debug)]
pub struct Step {
    pub action: Option<&'static str>,
    pub resource_kind: &'static str,
    pub resource_id: String,
    pub resource_name: String,
    pub description: String,
    /// `None` for a step that turns out not to be needed; else how long it takes, in milliseconds.
    pub takes: Option<i64>,
}

/// All jobs of an array.
#[derive(Debug)]
pub struct Jobs {
    /// By id, steps too.
    pub all: Tree<String, Job>,
    by_age: VecDeque<String>,
    seed: Seed,
    order: u32,
}

impl Jobs {
    /// None yet; ids come from `seed`.
    pub fn new(seed: Seed) -> Self {
        Jobs { all: Tree::new(), by_age: VecDeque::new(), seed, order: 0 }
    }

    /// Takes up the work on an accepted action; it has no end yet.
    pub fn open(
        &mut self,
        action: Option<&'static str>,
        resource: Resource<'_>,
        description: String,
        user: &str,
        now: i64,
    ) -> String {
        self.order += 1;
        let mut chances = self.seed.derive(u64::from(self.order));
        let id = chances.uuid();
        let starts = now + i64::try_from(chances.within(40, 200)).unwrap_or(100);
        let job = Job {
            id: id.clone(),
            order: self.order,
            parent: None,
            root: id.clone(),
            children: Vec::new(),
            action,
            resource_kind: resource.kind,
            resource_id: resource.id.to_owned(),
            resource_name: resource.name.to_owned(),
            description,
            user: user.to_owned(),
            events: vec![(now, table::ACCEPTED), (starts, table::STARTS)],
            result: None,
        };
        self.all.insert(id.clone(), job);
        self.by_age.push_back(id.clone());
        self.forget(now);
        id
    }

    /// Parts the work of a job into steps, one after the other. The last one ends with the job itself.
    pub fn part(&mut self, id: &str, steps: Vec<Step>) {
        let Some(parent) = self.all.get(id).cloned() else { return };
        let accepted = parent.events.first().map_or(0, |(at, _)| *at);
        let (mut at, count) = (parent.starts(), steps.len());
        for (place, step) in (1u32..).zip(steps) {
            let mut child = Job {
                id: self.seed.derive(u64::from(parent.order)).derive(u64::from(place)).uuid(),
                order: place,
                parent: Some(id.to_owned()),
                root: parent.root.clone(),
                children: Vec::new(),
                action: step.action,
                resource_kind: step.resource_kind,
                resource_id: step.resource_id,
                resource_name: step.resource_name,
                description: step.description,
                user: parent.user.clone(),
                events: Vec::new(),
                result: None,
            };
            match step.takes {
                None => child.plan(accepted, table::NOT_NEEDED),
                Some(takes) => {
                    child.plan(accepted, table::ACCEPTED);
                    if place > 1 {
                        child.plan(parent.starts(), table::MUST_WAIT);
                    }
                    child.plan(at, table::STARTS);
                    at += takes;
                    if usize::try_from(place) != Ok(count) {
                        child.plan(at, table::DONE);
                        child.result = Some(Ok(Success::Done));
                    }
                }
            }
            if let Some(parent) = self.all.get_mut(id) {
                parent.children.push(child.id.clone());
            }
            self.all.insert(child.id.clone(), child);
        }
    }

    /// The array's own work on it takes no longer than the job itself: it ends within two seconds.
    pub fn end_soon(&mut self, id: &str, success: Success) {
        if let Some(job) = self.all.get(id) {
            let takes = self.seed.derive(u64::from(job.order)).named("end").within(200, 1800);
            let at = job.starts() + i64::try_from(takes).unwrap_or(500);
            self.end(id, Ok(success), at);
        }
    }

    /// The array's work on it is over at `now`, which may lie ahead.
    pub fn end(&mut self, id: &str, result: Result<Success, SessionError>, now: i64) {
        let Some(job) = self.all.get_mut(id) else { return };
        if job.result.is_some() {
            return;
        }
        let at = now.max(job.starts());
        let failure = result.as_ref().err().cloned();
        finish(job, result, at);
        let mut failed = false;
        for child in job.children.clone() {
            let Some(child) = self.all.get_mut(&child) else { continue };
            if child.ended(at).is_some() {
                continue;
            }
            child.forget_plans(at);
            let begun = child.started(at).is_some();
            match &failure {
                Some(_) if failed => {
                    child.plan(at, table::EARLIER_STEP_FAILED);
                    child.result = Some(Err(not_begun()));
                }
                outcome => {
                    if !begun {
                        child.plan(at, table::STARTS);
                    }
                    failed = outcome.is_some();
                    finish(child, outcome.clone().map_or(Ok(Success::Done), Err), at);
                }
            }
        }
    }

    /// Makes an event happen to a job, as the control door asks. What fails in a step fails in the job that
    /// it belongs to. Answers with the phases before and after.
    pub fn happen(&mut self, id: &str, event: EventId, now: i64) -> Result<(NodeId, Option<NodeId>), Refused> {
        let job = self.all.get_mut(id).ok_or(Refused::Unknown)?;
        let before = job.phase(now);
        if !job.may(event, now) {
            let name = JOB.event(event).map_or("?", |event| event.name);
            let phase = JOB.node(before).map_or("?", |node| node.name);
            let sentence = format!("The table has no row for the event {name} of a job in the phase {phase}.");
            return Err(Refused::Because(sentence));
        }
        let parent = job.parent.clone();
        match event {
            table::RETENTION_PASSES => {
                self.drop_with_steps(id);
                return Ok((before, None));
            }
            table::FAILS => {
                job.result = None;
                job.forget_plans(now);
                let error = made_to_fail();
                match parent {
                    // The job fails where its step does.
                    Some(parent) => {
                        if let Some(parent) = self.all.get_mut(&parent) {
                            parent.result = None;
                            parent.forget_plans(now);
                        }
                        self.end(&parent, Err(error), now);
                    }
                    None => self.end(id, Err(error), now),
                }
            }
            table::DONE => {
                job.result = None;
                job.forget_plans(now);
                self.end(id, Ok(Success::Done), now);
            }
            table::CLEAN_UP_DONE | table::CLEAN_UP_FAILS => {
                job.forget_plans(now);
                job.plan(now, event);
                if let Some(parent) = parent.and_then(|id| self.all.get_mut(&id)).filter(|job| job.may(event, now)) {
                    parent.forget_plans(now);
                    parent.plan(now, event);
                }
            }
            _ => job.plan(now, event),
        }
        Ok((before, self.all.get(id).map(|job| job.phase(now))))
    }

    /// 0 to 100; of a job with steps by what they have reached.
    pub fn progress(&self, job: &Job, now: i64) -> i64 {
        let steps: Vec<&Job> = job.children.iter().filter_map(|id| self.all.get(id)).collect();
        if steps.is_empty() || job.ended(now).is_some() {
            return job.own_progress(now);
        }
        let reached = |step: &&Job| if step.phase(now) == table::SKIPPED { 100 } else { step.own_progress(now) };
        let sum: i64 = steps.iter().map(reached).sum();
        (sum / i64::try_from(steps.len()).unwrap_or(1)).min(99)
    }

    fn drop_with_steps(&mut self, id: &str) {
        self.take_out(id);
        self.by_age.retain(|other| other != id);
    }

    fn take_out(&mut self, id: &str) {
        let Some(job) = self.all.remove(id) else { return };
        for child in job.children {
            self.all.remove(&child);
        }
    }

    fn forget(&mut self, now: i64) {
        while self.by_age.len() > KEPT {
            let Some(oldest) = self.by_age.front().cloned() else { return };
            if self.all.get(&oldest).is_some_and(|job| !job.may(table::RETENTION_PASSES, now)) {
                return;
            }
            // Not by its id: a world with 200,000 imports has forgotten ten times as many jobs as are kept.
            self.by_age.pop_front();
            self.take_out(&oldest);
        }
    }
}

/// A job comes to its end at `at`.
fn finish(job: &mut Job, result: Result<Success, SessionError>, at: i64) {
    if result.is_ok() {
        job.plan(at, table::DONE);
    } else {
        job.plan(at, table::FAILS);
        job.plan(at + FAILING_MS, table::CLEAN_UP_DONE);
    }
    job.result = Some(result);
}

fn not_begun() -> SessionError {
    SessionError { code: "0xE0FF03010001", message: "An earlier step failed.".to_owned(), arguments: vec![] }
}

fn made_to_fail() -> SessionError {
    let message = "The work met an error that the simulation was asked for.".to_owned();
    SessionError { code: "0xE0FF03010002", message, arguments: vec![] }
}

#[cfg(test)]
mod tests;
