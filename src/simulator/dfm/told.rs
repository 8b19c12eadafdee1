//! What the control door lets happen on a DFM.

use serde_json::Value;

use super::door::Dfm;
use super::job::JobType;
use super::model::Refusal;
use crate::simulator::json::json;

/// Who asks for jobs through the control door.
const ASKER: &str = "admin";

impl Dfm {
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
