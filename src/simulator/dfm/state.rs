//! The truth about a DFM.

use serde_json::{Map, Value};

use super::door::Dfm;
use super::job::Job;
use crate::lifecycle::protection_job::PROTECTION_JOB;
use crate::lifecycle::protection_progress::PROTECTION_PROGRESS;
use crate::simulator::json::json;
use crate::wire::time;

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
}
