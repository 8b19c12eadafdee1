//! Sessions of every sort, and jobs: what the lists and pages show.
//!
//! The collections name the same things differently, and each has fields that the others lack. A session
//! keeps what the array told as it told it, with the words for what all of them have.

use serde::Deserialize;

use super::job::phase;
use super::{Fields, Told};
use crate::lifecycle::protection_job::{PROTECTION_JOB, state_of};
use crate::wire::json::Json;
use crate::wire::powerstore::error::messages_in;
use crate::wire::powerstore::{ErrorMessage, Resource};
use crate::wire::{time, zapi};

/// A session of any collection, or a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct Session {
    /// The collection that it is of.
    pub resource: Resource,
    /// The only field that is always there.
    pub id: String,
    /// The state, as the wire calls it. Of a file import the state and its operation, as `State/Operation`;
    /// of a job the phase.
    pub state: Option<String>,
    fields: Fields,
}

/// What a collection calls the things that all of them have; empty for what it does not have.
struct Names {
    name: &'static str,
    kind: &'static str,
    source: &'static str,
    destination: &'static str,
    progress: &'static str,
    estimated_end: &'static str,
    scheduled: &'static str,
    updated: &'static str,
    error: &'static str,
}

/// In the order of [`Resource::ALL`].
static NAMES: [Names; 6] = [
    Names {
        name: "name",
        kind: "type",
        source: "source_resource_id",
        destination: "destination_resource_id",
        progress: "progress_percentage",
        estimated_end: "estimated_completion_timestamp",
        scheduled: "scheduled_timestamp",
        updated: "last_update_timestamp",
        error: "error",
    },
    Names {
        name: "",
        kind: "type",
        source: "local_resource_id",
        destination: "remote_resource_id",
        progress: "progress_percentage",
        estimated_end: "estimated_completion_timestamp",
        scheduled: "next_sync_timestamp",
        updated: "last_sync_timestamp",
        error: "error_code",
    },
    Names {
        name: "name",
        kind: "destination_resource_type",
        source: "source_resource_id",
        destination: "destination_resource_id",
        progress: "current_operation_progress_percentage",
        estimated_end: "estimated_completion_timestamp",
        scheduled: "scheduled_timestamp",
        updated: "last_update_timestamp",
        error: "error",
    },
    Names {
        name: "name",
        kind: "resource_type",
        source: "source_appliance_id",
        destination: "destination_appliance_id",
        progress: "progress_percentage",
        estimated_end: "estimated_completion_timestamp",
        scheduled: "",
        updated: "last_sync_timestamp",
        error: "",
    },
    Names {
        name: "description_l10n",
        kind: "resource_action",
        source: "resource_id",
        destination: "",
        progress: "progress_percentage",
        estimated_end: "estimated_completion_time",
        scheduled: "",
        updated: "start_time",
        error: "response_body",
    },
    Names {
        name: "job-description",
        kind: "job-type",
        source: "source-node-name",
        destination: "destination-node-name",
        progress: "",
        estimated_end: "",
        scheduled: "",
        updated: "started-timestamp",
        error: "",
    },
];

impl From<Fields> for Session {
    /// The session of an import.
    fn from(fields: Fields) -> Session {
        Session::of(Resource::Import, fields)
    }
}

impl Session {
    /// What `resource` told in `fields`.
    pub fn of(resource: Resource, fields: Fields) -> Session {
        let mut session = Session { resource, id: String::new(), state: None, fields };
        let is_zapi = session.is_zapi();
        session.id = session.text(if is_zapi { "job-id" } else { "id" }).unwrap_or_default().to_owned();
        let state = session.text(if is_zapi { "job-state" } else { "state" });
        session.state = match resource {
            Resource::FileImport => match (state, session.text("current_operation")) {
                (Some(state), Some(operation)) => Some(format!("{state}/{operation}")),
                (state, _) => state.map(str::to_owned),
            },
            Resource::Job => session.text("phase").or(state.map(phase)).map(str::to_owned),
            Resource::ProtectionJob => {
                state.filter(|state| !state.is_empty()).or_else(|| session.by_its_times()).map(str::to_owned)
            }
            _ => state.map(str::to_owned),
        };
        session
    }

    /// The state of a protection job as its times tell it: older servers leave the word out for a job that
    /// waits.
    fn by_its_times(&self) -> Option<&'static str> {
        let has = |name| self.text(name).is_some_and(|time| !time.is_empty());
        let [started, asked, completed] =
            ["started-timestamp", "abort-requested-timestamp", "completed-timestamp"].map(has);
        PROTECTION_JOB.node(state_of(started, asked, completed)).map(|node| node.name)
    }

    /// True when its array speaks ZAPI, which tells everything as text.
    fn is_zapi(&self) -> bool {
        self.resource == Resource::ProtectionJob
    }

    /// A field that holds a text. One of an unexpected type counts as not told, here and below.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.fields.get(name)? {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A field that holds a whole number.
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.fields.get(name)? {
            Json::Number(number) => *number,
            Json::Text(text) if self.is_zapi() => zapi::number(text),
            _ => None,
        }
    }

    /// A field that holds yes or no.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.fields.get(name)? {
            Json::Flag(flag) => Some(*flag),
            Json::Text(text) if self.is_zapi() => zapi::flag(text),
            _ => None,
        }
    }

    /// A field that holds a time, milliseconds since 1970. File imports tell theirs as a number, and no paper
    /// says of what: one that would be long past as milliseconds counts seconds.
    pub fn time(&self, name: &str) -> Option<i64> {
        match self.fields.get(name)? {
            Json::Text(text) if self.is_zapi() => zapi::time(text),
            Json::Text(text) => time::parse(text),
            Json::Number(Some(number)) if (0..100_000_000_000).contains(number) => Some(number * 1000),
            Json::Number(number) => *number,
            _ => None,
        }
    }

    /// The field of an object that it holds, such as the name of a remote system.
    pub fn inner(&self, object: &str, name: &str) -> Option<&str> {
        match self.fields.get(object)? {
            Json::Object(fields) => match fields.get(name)? {
                Json::Text(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    fn names(&self) -> &'static Names {
        let [import, replication, file_import, migration, job, protection_job] = &NAMES;
        match self.resource {
            Resource::Import => import,
            Resource::Replication => replication,
            Resource::FileImport => file_import,
            Resource::Migration => migration,
            Resource::Job => job,
            Resource::ProtectionJob => protection_job,
        }
    }

    /// Its own name: of a job the sentence for people; a replication has none.
    pub fn name(&self) -> Option<&str> {
        self.text(self.names().name)
    }

    /// The sort of its collection that it is of: agentless, metro, a NAS server; of a job the verb.
    pub fn kind(&self) -> Option<&str> {
        self.text(self.names().kind)
    }

    /// The other array.
    pub fn remote_system(&self) -> Option<&str> {
        self.text("remote_system_id")
    }

    /// What the data comes from: a source on the remote system, what is replicated on this array, an
    /// appliance; of a job what it works on.
    pub fn source(&self) -> Option<&str> {
        self.text(self.names().source)
    }

    /// What the data goes to.
    pub fn destination(&self) -> Option<&str> {
        self.text(self.names().destination)
    }

    /// The session or job that it is a part of.
    pub fn parent(&self) -> Option<&str> {
        self.text(self.resource.parent()).filter(|id| !id.is_empty())
    }

    /// 0 to 100 percent.
    pub fn progress(&self) -> Option<i64> {
        self.number(self.names().progress)
    }

    /// Bytes per second now.
    pub fn rate(&self) -> Option<i64> {
        self.number("current_transfer_rate")
    }

    /// When it should end, milliseconds since 1970.
    pub fn estimated_end(&self) -> Option<i64> {
        self.time(self.names().estimated_end)
    }

    /// When it shall start; of a replication when the next synchronization does. Milliseconds since 1970.
    pub fn scheduled(&self) -> Option<i64> {
        self.time(self.names().scheduled)
    }

    /// When its record changed last, or what comes nearest: the last synchronization, the beginning of a job.
    /// Milliseconds since 1970.
    pub fn updated(&self) -> Option<i64> {
        self.time(self.names().updated)
    }

    /// True when the array cuts over by itself.
    pub fn automatic_cutover(&self) -> Option<bool> {
        self.flag("automatic_cutover")
    }

    /// What went wrong, in the array's words with the code.
    pub fn error(&self) -> Option<String> {
        let error = self.fields.get(self.names().error)?;
        match error {
            Json::Text(words) => Some(words.clone()).filter(|words| !words.is_empty()),
            Json::Object(_) if self.resource == Resource::Job => {
                messages_in(error.clone()).first().map(ErrorMessage::text)
            }
            Json::Object(_) => ErrorMessage::told(error.clone()).map(|error| error.text()),
            _ => None,
        }
    }

    /// The same session with this field.
    #[must_use]
    pub fn with(self, name: &str, value: Json) -> Session {
        Session::of(self.resource, self.fields.with(name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::time;

    fn of(resource: Resource, body: &str) -> Session {
        Session::of(resource, serde_json::from_str(body).unwrap())
    }

    #[test]
    fn reads_a_session_as_an_array_sends_it() {
        let body = r#"{"id":"6b1d","name":"imp_017","type":"Agentless","state":"Copy_In_Progress","progress_percentage":42,
            "current_transfer_rate":201326592,"estimated_completion_timestamp":"2026-11-21T12:04:00+00:00",
            "error":{"code":"0x1","message_l10n":"Lost.","arguments":[]},"a_field_of_tomorrow":{"x":[1]}}"#;
        let session: Session = serde_json::from_str(body).unwrap();
        assert_eq!(
            (session.name(), session.kind(), session.progress()),
            (Some("imp_017"), Some("Agentless"), Some(42))
        );
        assert_eq!(session.estimated_end(), time::parse("2026-11-21T12:04:00Z"));
        assert_eq!(session.error().unwrap(), "Lost. (0x1)");
    }

    #[test]
    fn null_or_nonsense_in_any_field_but_the_id_is_not_told() {
        let nulls = r#"{"id":"1","name":null,"type":null,"state":null,"progress_percentage":null,"error":null,"scheduled_timestamp":null,"automatic_cutover":null}"#;
        let nonsense = r#"{"id":"1","name":7,"type":[],"state":{},"progress_percentage":"x","error":[],"scheduled_timestamp":"soon","automatic_cutover":"maybe"}"#;
        for body in [nulls, nonsense] {
            let session = of(Resource::Import, body);
            assert_eq!((session.name(), session.kind(), session.state.as_deref()), (None, None, None));
            assert_eq!((session.progress(), session.scheduled(), session.automatic_cutover()), (None, None, None));
            assert_eq!(session.error(), None);
        }
    }

    #[test]
    fn a_file_import_stands_in_a_pair() {
        let state = |body| of(Resource::FileImport, body).state;
        let pair = r#"{"id":"1","state":"In_Progress","current_operation":"Initial_Copy"}"#;
        assert_eq!(state(pair).as_deref(), Some("In_Progress/Initial_Copy"));
        assert_eq!(state(r#"{"id":"1","state":"Scheduled","current_operation":null}"#).as_deref(), Some("Scheduled"));
        assert_eq!(state(r#"{"id":"1","current_operation":"Initial_Copy"}"#), None);
    }

    #[test]
    fn the_old_word_for_a_phase_is_understood() {
        let state = |body| of(Resource::Job, body).state;
        assert_eq!(state(r#"{"id":"1","state":"UNRECOVERABLE_FAILED"}"#).as_deref(), Some("Unrecoverable_Failed"));
        assert_eq!(state(r#"{"id":"1","phase":"In_Progress","state":"COMPLETED"}"#).as_deref(), Some("In_Progress"));
        let failed = r#"{"id":"1","response_body":{"messages":[{"code":"0x2","message_l10n":"No."}]}}"#;
        assert_eq!(of(Resource::Job, failed).error().unwrap(), "No. (0x2)");
    }

    #[test]
    fn each_collection_has_its_own_words() {
        let session = of(
            Resource::Replication,
            r#"{"id":"1","local_resource_id":"a","remote_resource_id":"b","error_code":"0x3",
                "next_sync_timestamp":"1970-01-01T00:00:05Z","remote_system":{"id":"r","name":"Dublin"}}"#,
        );
        assert_eq!((session.source(), session.destination(), session.name()), (Some("a"), Some("b"), None));
        assert_eq!((session.scheduled(), session.error().as_deref()), (Some(5000), Some("0x3")));
        assert_eq!(session.inner("remote_system", "name"), Some("Dublin"));
    }
}
