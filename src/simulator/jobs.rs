//! The jobs that actions make. A job's phase is a function of the time: nothing has to happen for it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::seed::Seed;
use super::world::SessionError;

/// Older finished jobs are dropped beyond this number: how long an array keeps them is not documented.
pub const KEPT: usize = 10_000;

/// How long a failed job shows `Failing`, in milliseconds.
const FAILING_MS: i64 = 2000;

/// A job.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: String,
    pub order: u32,
    /// `None` where the vendor's list of actions has no word for it.
    pub action: Option<&'static str>,
    pub resource_id: String,
    pub resource_name: String,
    pub description: String,
    pub user: String,
    pub starts: i64,
    pub end: Option<End>,
}

/// How a job ends, or will.
#[derive(Clone, Debug)]
pub struct End {
    pub at: i64,
    pub result: Result<Success, SessionError>,
}

/// The answer that a synchronous request would have had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Success {
    Done,
    Created(String),
}

/// The phases that are shown; the others of the API belong to upgrades and to jobs with steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Pending,
    InProgress,
    Completed,
    Failing,
    Failed,
}

impl Job {
    /// Where it is at `now`.
    pub fn phase(&self, now: i64) -> Phase {
        match &self.end {
            _ if now < self.starts => Phase::Pending,
            Some(end) if now >= end.at => match &end.result {
                Ok(_) => Phase::Completed,
                Err(_) if now < end.at + FAILING_MS => Phase::Failing,
                Err(_) => Phase::Failed,
            },
            _ => Phase::InProgress,
        }
    }

    /// The time at which it was over, if it is at `now`.
    pub fn ended(&self, now: i64) -> Option<i64> {
        let end = self.end.as_ref()?;
        match self.phase(now) {
            Phase::Completed => Some(end.at),
            Phase::Failed => Some(end.at + FAILING_MS),
            _ => None,
        }
    }

    /// 0 to 100.
    pub fn progress(&self, now: i64) -> i64 {
        match (self.phase(now), &self.end) {
            (Phase::Pending, _) => 0,
            (Phase::Completed | Phase::Failed, _) => 100,
            (_, Some(end)) if end.at > self.starts => ((now - self.starts) * 100 / (end.at - self.starts)).clamp(0, 99),
            // The end is not known: half an hour would show 97.
            _ => (now - self.starts) * 100 / (now - self.starts + 60_000),
        }
    }

    /// The status of the answer, once there is one.
    pub fn status(&self, now: i64) -> Option<&'static str> {
        self.ended(now)?;
        Some(match &self.end.as_ref()?.result {
            Ok(Success::Done) => "204",
            Ok(Success::Created(_)) => "201",
            Err(_) => "422",
        })
    }

    /// The body of the answer, once there is one.
    pub fn body(&self, now: i64) -> Option<Value> {
        self.ended(now)?;
        match &self.end.as_ref()?.result {
            Ok(Success::Done) => None,
            Ok(Success::Created(id)) => Some(json!({ "response_type": "job_create_response", "id": id })),
            Err(error) => Some(json!({
                "response_type": "job_error_response",
                "messages": [{
                    "code": error.code,
                    "severity": "Error",
                    "message_l10n": error.message,
                    "arguments": error.arguments,
                }],
            })),
        }
    }
}

/// All jobs of an array.
#[derive(Debug)]
pub struct Jobs {
    /// By id.
    pub all: BTreeMap<String, Job>,
    by_age: std::collections::VecDeque<String>,
    seed: Seed,
    order: u32,
}

impl Jobs {
    /// None yet; ids come from `seed`.
    pub fn new(seed: Seed) -> Self {
        Jobs { all: BTreeMap::new(), by_age: std::collections::VecDeque::new(), seed, order: 0 }
    }

    /// Takes up the work on an accepted action; it has no end yet.
    pub fn open(
        &mut self,
        action: Option<&'static str>,
        resource: (&str, &str),
        description: String,
        user: &str,
        now: i64,
    ) -> String {
        self.order += 1;
        let mut chances = self.seed.derive(u64::from(self.order));
        let id = chances.uuid();
        let job = Job {
            id: id.clone(),
            order: self.order,
            action,
            resource_id: resource.0.to_owned(),
            resource_name: resource.1.to_owned(),
            description,
            user: user.to_owned(),
            starts: now + i64::try_from(chances.within(40, 200)).unwrap_or(100),
            end: None,
        };
        self.all.insert(id.clone(), job);
        self.by_age.push_back(id.clone());
        self.forget(now);
        id
    }

    /// The array's own work on it takes no longer than the job itself: it ends within two seconds.
    pub fn end_soon(&mut self, id: &str, success: Success) {
        if let Some(job) = self.all.get_mut(id) {
            let takes = self.seed.derive(u64::from(job.order)).named("end").within(200, 1800);
            job.end = Some(End { at: job.starts + i64::try_from(takes).unwrap_or(500), result: Ok(success) });
        }
    }

    /// The array's work on it is over.
    pub fn end(&mut self, id: &str, result: Result<Success, SessionError>, now: i64) {
        if let Some(job) = self.all.get_mut(id)
            && job.end.is_none()
        {
            job.end = Some(End { at: now.max(job.starts), result });
        }
    }

    fn forget(&mut self, now: i64) {
        while self.by_age.len() > KEPT {
            let Some(oldest) = self.by_age.front() else { return };
            if self.all.get(oldest).is_some_and(|job| job.ended(now).is_none()) {
                return;
            }
            self.all.remove(oldest);
            self.by_age.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> (Jobs, String) {
        let mut jobs = Jobs::new(Seed::new(1));
        let id = jobs.open(Some("pause"), ("7", "imp"), "Pause.".to_owned(), "admin", 1000);
        (jobs, id)
    }

    #[test]
    fn a_job_waits_runs_and_completes() {
        let (mut jobs, id) = opened();
        assert_eq!(jobs.all[&id].phase(1000), Phase::Pending);
        assert_eq!(jobs.all[&id].phase(900_000), Phase::InProgress);
        jobs.end_soon(&id, Success::Done);
        let job = &jobs.all[&id];
        assert_eq!(job.phase(job.starts), Phase::InProgress);
        assert_eq!(job.status(job.starts), None);
        assert_eq!(job.phase(4000), Phase::Completed);
        assert_eq!((job.status(4000), job.progress(4000)), (Some("204"), 100));
    }

    #[test]
    fn a_failed_job_cleans_up_first_and_then_tells_why() {
        let (mut jobs, id) = opened();
        let error = SessionError { code: "0xE0FF0", message: "No.".to_owned(), arguments: vec![] };
        jobs.end(&id, Err(error), 5000);
        let job = &jobs.all[&id];
        assert_eq!((job.phase(5000), job.body(5000)), (Phase::Failing, None));
        assert_eq!((job.phase(7000), job.status(7000)), (Phase::Failed, Some("422")));
        assert_eq!(job.body(7000).unwrap()["messages"][0]["message_l10n"], "No.");
    }

    #[test]
    fn only_finished_jobs_are_forgotten() {
        let (mut jobs, first) = opened();
        for _ in 0..KEPT + 5 {
            let id = jobs.open(None, ("7", "imp"), String::new(), "admin", 2000);
            jobs.end_soon(&id, Success::Done);
        }
        assert!(jobs.all.contains_key(&first), "it still runs");
        jobs.end(&first, Ok(Success::Done), 3000);
        jobs.open(None, ("7", "imp"), String::new(), "admin", 900_000);
        assert!(!jobs.all.contains_key(&first));
        assert_eq!(jobs.all.len(), KEPT);
    }
}
