//! What the control door tells of a DFM, and lets happen on it.

use serde_json::{Map, Value};

use super::door::Dfm;
use super::job::{Job, JobType};
use super::model::Refusal;
use crate::lifecycle::protection_job::PROTECTION_JOB;
use crate::lifecycle::protection_progress::PROTECTION_PROGRESS;
use crate::simulator::json::json;
use crate::wire::time;

/// Who asks for jobs through the control door.
const ASKER: &str = "admin";

impl Dfm {
    /// The truth about it, for `/simulator/state`.
    pub fn told(&self, now: i64) -> Value {
        let sessions: Map<String, Value> =
            self.server.jobs.values().map(|job| (job.id.to_string(), self.job_told(job, now))).collect();
        let datasets = self.server.datasets.values();
        json!({
            "release": self.server.release.to_string(),
            "sessions": sessions,
            "datasets": datasets.map(|it| (it.id.to_string(), json!(it.name))).collect::<Map<String, Value>>(),
            "service_stopped": self.server.stopped.map(time::format),
            "iterators": self.iterators.len(),
            "requests": self.counts.requests,
            "logins": { "right": self.counts.logins_right, "wrong": self.counts.logins_wrong },
            "actions": self.counts.actions,
            "faults": self.faults.names(),
        })
    }

    fn job_told(&self, job: &Job, now: i64) -> Value {
        json!({
            "name": self.server.description(job),
            "type": job.kind.word(),
            "dataset": self.server.dataset_name(job.dataset),
            "state": PROTECTION_JOB.node(job.state()).map(|node| node.name),
            "progress": PROTECTION_PROGRESS.node(job.progress()).map(|node| node.name),
            "overall": job.overall().word(),
            "bytes": job.bytes(self.server.counted(now)),
            "due": job.due.map(time::format),
        })
    }

    /// Lets an event happen: to a job by its id; to the schedule of a dataset by its name or id. A type of job
    /// as the event is a person who asks for one. Answers with the id and the states before and after.
    ///
    /// # Errors
    /// There is no such job, dataset or event, or its table has no row for it now.
    pub fn happen(&mut self, id: &str, event: &str, now: i64) -> Result<Value, Refusal> {
        let job = id.parse().ok().filter(|job| self.server.jobs.contains_key(job));
        if let Some(job) = job {
            let (from, to) = self.server.happen(job, event, now)?;
            return Ok(json!({ "session": id, "from": from, "to": to }));
        }
        let dataset = self.server.dataset_named(id)?;
        if let Some(kind) = JobType::ALL.into_iter().find(|kind| kind.word() == event) {
            let born = self.server.submit(kind, dataset, ASKER, now)?;
            return Ok(json!({ "session": born.to_string(), "from": null, "to": "queued" }));
        }
        let (from, to) = self.server.happen_to_schedule(dataset, event, now)?;
        Ok(json!({ "session": id, "from": from, "to": to }))
    }
}
