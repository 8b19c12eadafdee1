//! `import_session`.

use serde::Deserialize;

use super::{Fields, Told, id, lenient, timestamp};
use crate::wire::json::Json;
use crate::wire::powerstore::ErrorMessage;

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
    fn told(value: Json) -> Option<SessionError> {
        ErrorMessage::told(value).map(|ErrorMessage { code, message_l10n, .. }| SessionError { code, message_l10n })
    }
}

impl SessionError {
    /// The sentence with its code.
    pub fn text(&self) -> String {
        ErrorMessage { code: self.code.clone(), message_l10n: self.message_l10n.clone(), severity: None }.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::time;

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
    }
}
