//! The calls that change something, and the one that tells who answers.

use super::{Asked, Form, Input, given, needed, seconds, senseless};
use crate::simulator::dfm::door::Dfm;
use crate::simulator::dfm::job::Retention;
use crate::simulator::dfm::model::{BackUp, Purge, Refusal};
use crate::wire::zapi::{self, Element};

pub const BACKUP: &[Input] = &[
    needed("dataset-name-or-id", Form::Text),
    given("backup-description", Form::Text),
    given("retention-type", Form::Text),
];

fn job_id(asked: &Asked) -> Option<u32> {
    asked.call.number_of("job-id").and_then(|id| u32::try_from(id).ok())
}

/// `dp-job-abort`
pub fn abort(dfm: &mut Dfm, asked: &Asked) -> Result<String, Refusal> {
    dfm.server.abort(job_id(asked).unwrap_or(0), asked.user.name, asked.now)?;
    Ok(String::new())
}

/// `dp-job-purge`; it does not tell how many are gone.
pub fn purge(dfm: &mut Dfm, asked: &Asked) -> Result<String, Refusal> {
    let with_errors = asked.call.text_of("purge-jobs-completed-with-error").and_then(zapi::flag);
    dfm.server.purge(Purge {
        job: job_id(asked),
        before: asked.call.time_of("completed-timestamp"),
        with_errors: with_errors.unwrap_or(false),
    })?;
    Ok(String::new())
}

/// `dp-backup-start`, by which clients ask for a job.
pub fn back_up(dfm: &mut Dfm, asked: &Asked) -> Result<String, Refusal> {
    let dataset = dfm.server.dataset_named(asked.call.text_of("dataset-name-or-id").unwrap_or_default())?;
    let word = asked.call.text_of("retention-type").unwrap_or(Retention::Daily.word());
    let retention = Retention::ALL.into_iter().find(|retention| retention.word() == word);
    let retention = retention.ok_or_else(|| senseless(format!("No backup is kept {word}.")))?;
    let description = asked.call.text_of("backup-description").map(str::to_owned);
    let id = dfm.server.back_up(BackUp { dataset, description, retention }, asked.user.name, asked.now)?;
    Ok(format!("<job-id>{id}</job-id>"))
}

/// `dfm-about`
pub fn about(dfm: &mut Dfm, asked: &Asked) -> Result<String, Refusal> {
    let results = Element::new("results")
        .with("edition", "Standard edition of Operations Manager")
        .with("host-name", &dfm.server.host_name)
        .with("system-time", &seconds(asked.now + dfm.faults.skew_ms).to_string())
        .with("version", &dfm.server.release.to_string());
    Ok(results.children.iter().map(Element::written).collect())
}
