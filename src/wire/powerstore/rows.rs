//! The rows that the console reads.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::messages_in;
use super::{ErrorMessage, Row};
use crate::wire::time;

/// An object as it was sent, field by field.
pub type Fields = Map<String, Value>;

/// A field, taken out; null when it is not there.
pub(super) fn take(fields: &mut Fields, name: &str) -> Value {
    fields.get_mut(name).map(Value::take).unwrap_or_default()
}

/// What a field may tell. One of an unexpected type counts as not told; the raw answer stays visible
/// elsewhere.
pub(super) trait Told: Sized {
    /// The value, if it is of the expected type.
    fn told(value: Value) -> Option<Self>;
}

impl Told for String {
    fn told(value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Told for i64 {
    fn told(value: Value) -> Option<i64> {
        value.as_i64()
    }
}

impl Told for bool {
    fn told(value: Value) -> Option<bool> {
        value.as_bool()
    }
}

fn lenient<T: Told>(fields: &mut Fields, name: &str) -> Option<T> {
    T::told(take(fields, name))
}

/// An id that is missing or no text is empty, and its row is none: see [`super::Row`].
fn id(fields: &mut Fields, name: &str) -> String {
    lenient(fields, name).unwrap_or_default()
}

/// A timestamp, as milliseconds since 1970.
fn timestamp(fields: &mut Fields, name: &str) -> Option<i64> {
    time::parse(&lenient::<String>(fields, name)?)
}

/// `import_session`: the import of a volume or a consistency group from another array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct ImportSession {
    /// The only field that is always there.
    pub id: String,
    /// Unique in the cluster, up to 128 characters.
    pub name: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// `Agentless` or `Non_Disruptive`; since 1.0.2.
    pub kind: Option<String>,
    /// The state, as the wire calls it.
    pub state: Option<String>,
    /// The array that holds the source.
    pub remote_system_id: Option<String>,
    /// The source volume or group, by its id on the remote system's list.
    pub source_resource_id: Option<String>,
    /// The volume or group that the import creates.
    pub destination_resource_id: Option<String>,
    /// `volume` or `volume_group`.
    pub destination_resource_type: Option<String>,
    /// The session of the consistency group that this one belongs to.
    pub parent_session_id: Option<String>,
    /// 0 to 100; null after the cutover or a failure.
    pub progress_percentage: Option<i64>,
    /// When the copy should end, milliseconds since 1970.
    pub estimated_completion_timestamp: Option<i64>,
    /// Bytes per second over the whole copy.
    pub average_transfer_rate: Option<i64>,
    /// Bytes per second now.
    pub current_transfer_rate: Option<i64>,
    /// When it shall start, milliseconds since 1970.
    pub scheduled_timestamp: Option<i64>,
    /// When the array last changed the record, milliseconds since 1970.
    pub last_update_timestamp: Option<i64>,
    /// True when the array cuts over by itself.
    pub automatic_cutover: Option<bool>,
    /// The protection policy of the destination.
    pub protection_policy_id: Option<String>,
    /// The volume group that the destination joins.
    pub volume_group_id: Option<String>,
    /// The storage address used for the import; since 3.0.
    pub global_storage_discovery_address: Option<String>,
    /// What went wrong.
    pub error: Option<SessionError>,
}

impl From<Fields> for ImportSession {
    fn from(mut fields: Fields) -> ImportSession {
        let of = &mut fields;
        ImportSession {
            id: id(of, "id"),
            name: lenient(of, "name"),
            description: lenient(of, "description"),
            kind: lenient(of, "type"),
            state: lenient(of, "state"),
            remote_system_id: lenient(of, "remote_system_id"),
            source_resource_id: lenient(of, "source_resource_id"),
            destination_resource_id: lenient(of, "destination_resource_id"),
            destination_resource_type: lenient(of, "destination_resource_type"),
            parent_session_id: lenient(of, "parent_session_id"),
            progress_percentage: lenient(of, "progress_percentage"),
            estimated_completion_timestamp: timestamp(of, "estimated_completion_timestamp"),
            average_transfer_rate: lenient(of, "average_transfer_rate"),
            current_transfer_rate: lenient(of, "current_transfer_rate"),
            scheduled_timestamp: timestamp(of, "scheduled_timestamp"),
            last_update_timestamp: timestamp(of, "last_update_timestamp"),
            automatic_cutover: lenient(of, "automatic_cutover"),
            protection_policy_id: lenient(of, "protection_policy_id"),
            volume_group_id: lenient(of, "volume_group_id"),
            global_storage_discovery_address: lenient(of, "global_storage_discovery_address"),
            error: lenient(of, "error"),
        }
    }
}

/// The error of a session: flatter than the envelope of a refused request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionError {
    /// Hexadecimal code.
    pub code: Option<String>,
    /// The sentence for the person.
    pub message_l10n: Option<String>,
}

impl Told for SessionError {
    fn told(value: Value) -> Option<SessionError> {
        ErrorMessage::told(value).map(|ErrorMessage { code, message_l10n, .. }| SessionError { code, message_l10n })
    }
}

impl SessionError {
    /// The sentence with its code.
    pub fn text(&self) -> String {
        ErrorMessage { code: self.code.clone(), message_l10n: self.message_l10n.clone(), severity: None }.text()
    }
}

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

/// The part of a job's result that tells what went wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobResponse {
    /// The array's words; empty when all went well.
    pub messages: Vec<ErrorMessage>,
}

impl Told for JobResponse {
    fn told(value: Value) -> Option<JobResponse> {
        value.is_object().then(|| JobResponse { messages: messages_in(value) })
    }
}

impl Job {
    /// The phase in the newer spelling, from whichever of the two fields is there.
    pub fn phase_word(&self) -> Option<&str> {
        self.phase.as_deref().or(match self.state.as_deref()? {
            "PENDING" => Some("Pending"),
            "QUEUED" => Some("Queued"),
            "IN_PROGRESS" => Some("In_Progress"),
            "COMPLETED" => Some("Completed"),
            "SKIPPED" => Some("Skipped"),
            "FAILING" => Some("Failing"),
            "FAILED" => Some("Failed"),
            "UNRECOVERABLE_FAILED" => Some("Unrecoverable_Failed"),
            other => Some(other),
        })
    }

    /// True when nothing more will come of it.
    pub fn is_final(&self) -> bool {
        matches!(self.phase_word(), Some("Completed" | "Skipped" | "Failed" | "Unrecoverable_Failed"))
    }

    /// True when it ended badly.
    pub fn has_failed(&self) -> bool {
        matches!(self.phase_word(), Some("Failed" | "Unrecoverable_Failed"))
    }

    /// The array's words about a failure.
    pub fn messages(&self) -> &[ErrorMessage] {
        self.response_body.as_ref().map_or(&[], |body| &body.messages)
    }
}

/// `login_session`: who is logged in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct LoginSession {
    /// Its id.
    pub id: Option<String>,
    /// The user, fully qualified.
    pub user: Option<String>,
    /// Seconds until an idle login ends.
    pub idle_timeout: Option<i64>,
    /// True when the array wants a new password first.
    pub is_password_change_required: Option<bool>,
}

impl From<Fields> for LoginSession {
    fn from(mut fields: Fields) -> LoginSession {
        let of = &mut fields;
        LoginSession {
            id: lenient(of, "id"),
            user: lenient(of, "user"),
            idle_timeout: lenient(of, "idle_timeout"),
            is_password_change_required: lenient(of, "is_password_change_required"),
        }
    }
}

/// `software_installed`: the release of the cluster or of an appliance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct SoftwareInstalled {
    /// True for the row that speaks for the whole cluster.
    pub is_cluster: Option<bool>,
    /// Such as `4.1.0.0`.
    pub release_version: Option<String>,
}

impl From<Fields> for SoftwareInstalled {
    fn from(mut fields: Fields) -> SoftwareInstalled {
        let of = &mut fields;
        SoftwareInstalled { is_cluster: lenient(of, "is_cluster"), release_version: lenient(of, "release_version") }
    }
}

/// `remote_system`: another array that this one knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct RemoteSystem {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// What kind of array it is, such as `Unity`.
    pub kind: Option<String>,
}

impl From<Fields> for RemoteSystem {
    fn from(mut fields: Fields) -> RemoteSystem {
        let of = &mut fields;
        RemoteSystem { id: id(of, "id"), name: lenient(of, "name"), kind: lenient(of, "type") }
    }
}

/// Anything that has an id and a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
}

impl From<Fields> for Named {
    fn from(mut fields: Fields) -> Named {
        let of = &mut fields;
        Named { id: id(of, "id"), name: lenient(of, "name") }
    }
}

macro_rules! rows_with_ids {
    ($($row:ty),*) => {
        $(impl Row for $row {
            fn has_id(&self) -> bool {
                !self.id.is_empty()
            }
        })*
    };
}

rows_with_ids!(ImportSession, Job, RemoteSystem, Named);

/// There is one login to a request: it needs no id.
impl Row for LoginSession {
    fn has_id(&self) -> bool {
        true
    }
}

/// Told apart by what they say, not by an id.
impl Row for SoftwareInstalled {
    fn has_id(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_session_as_an_array_sends_it() {
        let body = r#"{"id":"6b1d","name":"imp_017","type":"Agentless","state":"Copy_In_Progress","progress_percentage":42,
            "current_transfer_rate":201326592,"estimated_completion_timestamp":"2026-11-21T12:04:00+00:00",
            "error":{"code":"0x1","message_l10n":"Lost.","arguments":[]},"a_field_of_tomorrow":{"x":[1]}}"#;
        let session: ImportSession = serde_json::from_str(body).unwrap();
        assert_eq!(session.kind.as_deref(), Some("Agentless"));
        assert_eq!(session.progress_percentage, Some(42));
        assert_eq!(session.estimated_completion_timestamp, time::parse("2026-11-21T12:04:00Z"));
        assert_eq!(session.error.unwrap().text(), "Lost. (0x1)");
    }

    #[test]
    fn null_or_nonsense_in_any_field_but_the_id_is_not_told() {
        let nulls = r#"{"id":"1","name":null,"type":null,"state":null,"progress_percentage":null,"error":null,"scheduled_timestamp":null,"automatic_cutover":null}"#;
        let nonsense = r#"{"id":"1","name":7,"type":[],"state":{},"progress_percentage":"x","error":"broken","scheduled_timestamp":"soon","automatic_cutover":"maybe"}"#;
        let bare: ImportSession = serde_json::from_str(r#"{"id":"1"}"#).unwrap();
        assert_eq!(serde_json::from_str::<ImportSession>(nulls).unwrap(), bare);
        assert_eq!(serde_json::from_str::<ImportSession>(nonsense).unwrap(), bare);
        for body in ["{}", r#"{"id":null}"#, r#"{"id":""}"#, r#"{"id":7}"#] {
            assert!(!serde_json::from_str::<ImportSession>(body).unwrap().has_id(), "{body}");
        }
    }

    #[test]
    fn the_old_word_for_a_phase_is_understood() {
        let job = |text| serde_json::from_str::<Job>(text).unwrap();
        assert!(job(r#"{"id":"1","state":"COMPLETED"}"#).is_final());
        assert!(job(r#"{"id":"1","state":"UNRECOVERABLE_FAILED"}"#).has_failed());
        assert!(!job(r#"{"id":"1","phase":"In_Progress","state":"COMPLETED"}"#).is_final());
        assert!(!job(r#"{"id":"1"}"#).is_final());
    }
}
