//! `job`.

use serde::Deserialize;

use super::{Fields, Told, id, lenient, timestamp};
use crate::wire::json::Json;
use crate::wire::powerstore::ErrorMessage;
use crate::wire::powerstore::error::messages_in;

/// `job`: what the array does because somebody asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct Job {
    /// Its id.
    pub id: String,
    /// The verb, such as `cutover`.
    pub resource_action: Option<String>,
    /// The kind of thing it works on.
    pub resource_type: Option<String>,
    /// The thing it works on.
    pub resource_id: Option<String>,
    /// The name of that thing.
    pub resource_name: Option<String>,
    /// A sentence for people.
    pub description_l10n: Option<String>,
    /// The older word for the phase, in capitals.
    pub state: Option<String>,
    /// Since 1.0.2: see [`Job::is_final`].
    pub phase: Option<String>,
    /// Milliseconds since 1970.
    pub start_time: Option<i64>,
    /// Milliseconds since 1970.
    pub end_time: Option<i64>,
    /// 0 to 100.
    pub progress_percentage: Option<i64>,
    /// The job that this one is a step of.
    pub parent_id: Option<String>,
    /// Who asked for it.
    pub user: Option<String>,
    /// The HTTP status of its result, as text; since 2.0.
    pub response_status: Option<String>,
    /// Its result, or the error envelope.
    pub response_body: Option<JobResponse>,
}

impl From<Fields> for Job {
    fn from(mut fields: Fields) -> Job {
        let of = &mut fields;
        Job {
            id: id(of, "id"),
            resource_action: lenient(of, "resource_action"),
            resource_type: lenient(of, "resource_type"),
            resource_id: lenient(of, "resource_id"),
            resource_name: lenient(of, "resource_name"),
            description_l10n: lenient(of, "description_l10n"),
            state: lenient(of, "state"),
            phase: lenient(of, "phase"),
            start_time: timestamp(of, "start_time"),
            end_time: timestamp(of, "end_time"),
            progress_percentage: lenient(of, "progress_percentage"),
            parent_id: lenient(of, "parent_id"),
            user: lenient(of, "user"),
            response_status: lenient(of, "response_status"),
            response_body: lenient(of, "response_body"),
        }
    }
}

/// The part of a job's result that tells what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobResponse {
    /// The id of what a create has made.
    pub id: Option<String>,
    /// The array's words; empty when all went well.
    pub messages: Vec<ErrorMessage>,
}

impl Told for JobResponse {
    fn told(value: Json) -> Option<JobResponse> {
        let Json::Object(mut fields) = value else { return None };
        Some(JobResponse { id: lenient(&mut fields, "id"), messages: messages_in(Json::Object(fields)) })
    }
}

/// The phase that the older word means; the raw one for words of tomorrow.
pub(super) fn phase(state: &str) -> &str {
    match state {
        "PENDING" => "Pending",
        "QUEUED" => "Queued",
        "IN_PROGRESS" => "In_Progress",
        "COMPLETED" => "Completed",
        "SKIPPED" => "Skipped",
        "FAILING" => "Failing",
        "FAILED" => "Failed",
        "UNRECOVERABLE_FAILED" => "Unrecoverable_Failed",
        other => other,
    }
}

impl Job {
    /// The phase in the newer spelling, from whichever of the two fields is there.
    pub fn phase_word(&self) -> Option<&str> {
        self.phase.as_deref().or(self.state.as_deref().map(phase))
    }

    /// True when nothing more will come of it.
    pub fn is_final(&self) -> bool {
        matches!(self.phase_word(), Some("Completed" | "Skipped" | "Failed" | "Unrecoverable_Failed"))
    }

    /// True when it ended badly.
    pub fn has_failed(&self) -> bool {
        matches!(self.phase_word(), Some("Failed" | "Unrecoverable_Failed"))
    }

    /// The id of what it created.
    pub fn created(&self) -> Option<&str> {
        self.response_body.as_ref()?.id.as_deref()
    }

    /// The array's words about a failure.
    pub fn messages(&self) -> &[ErrorMessage] {
        self.response_body.as_ref().map_or(&[], |body| &body.messages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_word_for_a_phase_is_understood() {
        let job = |text| serde_json::from_str::<Job>(text).unwrap();
        assert!(job(r#"{"id":"1","state":"COMPLETED"}"#).is_final());
        assert!(job(r#"{"id":"1","state":"UNRECOVERABLE_FAILED"}"#).has_failed());
        assert!(!job(r#"{"id":"1","phase":"In_Progress","state":"COMPLETED"}"#).is_final());
        assert!(!job(r#"{"id":"1"}"#).is_final());
    }
}
