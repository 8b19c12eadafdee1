//! What a page tells of a session besides its state: a line for each field that its collection has.

use super::format;
use crate::wire::powerstore::{Resource, Session};

/// How a field reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the array tells it.
    Word,
    /// The id of something that may have a name.
    Named,
    /// The name of an object that is told with it.
    Inner,
    /// A moment.
    Time,
    /// Milliseconds.
    Duration,
    /// One word for yes, one for no.
    Flag(&'static str, &'static str),
}

/// A line: its label, the field, and how it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// What it is called here.
    pub label: &'static str,
    /// What the array calls it.
    pub field: &'static str,
    /// How it reads.
    pub form: Form,
}

const fn line(label: &'static str, field: &'static str, form: Form) -> Property {
    Property { label, field, form }
}

const ID: Property = line("Id", "id", Form::Word);
const DESCRIPTION: Property = line("Description", "description", Form::Word);
const REMOTE: Property = line("Remote system", "remote_system_id", Form::Named);
const SOURCE: Property = line("Source", "source_resource_id", Form::Named);
const DESTINATION: Property = line("Destination", "destination_resource_id", Form::Named);
const KIND_OF_DESTINATION: Property = line("Kind of destination", "destination_resource_type", Form::Word);
const SCHEDULED: Property = line("Scheduled", "scheduled_timestamp", Form::Time);
const UPDATED: Property = line("Last update", "last_update_timestamp", Form::Time);
const POLICY: Property = line("Protection policy", "protection_policy_id", Form::Named);
const KIND: Property = line("Kind", "resource_type", Form::Word);
const LAST_SYNC: Property = line("Last synchronization", "last_sync_timestamp", Form::Time);
const CUTOVER: Property = line("Cutover", "automatic_cutover", Form::Flag("automatic", "by hand"));

const IMPORT: &[Property] = &[
    ID,
    DESCRIPTION,
    line("Type", "type", Form::Word),
    CUTOVER,
    REMOTE,
    SOURCE,
    DESTINATION,
    KIND_OF_DESTINATION,
    line("Group's session", "parent_session_id", Form::Word),
    SCHEDULED,
    UPDATED,
    POLICY,
    line("Volume group", "volume_group_id", Form::Named),
    line("Storage address", "global_storage_discovery_address", Form::Word),
];

const REPLICATION: &[Property] = &[
    ID,
    line("Role", "role", Form::Word),
    line("Type", "type", Form::Word),
    KIND,
    line("Resource here", "local_resource_id", Form::Named),
    line("Resource there", "remote_resource_id", Form::Named),
    REMOTE,
    line("Replication rule", "replication_rule", Form::Inner),
    line("Data transfer", "data_transfer_state", Form::Word),
    line("Data connection", "data_connection_state", Form::Word),
    line("Resource's state", "local_resource_state", Form::Word),
    LAST_SYNC,
    line("It took", "last_sync_duration", Form::Duration),
    line("Next synchronization", "next_sync_timestamp", Form::Time),
    line("Failover test", "failover_test_in_progress", Form::Flag("in progress", "none")),
    line("Parent's session", "parent_replication_session_id", Form::Word),
];

const FILE_IMPORT: &[Property] = &[
    ID,
    DESCRIPTION,
    line("Operation", "current_operation", Form::Word),
    REMOTE,
    SOURCE,
    DESTINATION,
    KIND_OF_DESTINATION,
    line("NAS server", "nas_server_id", Form::Named),
    SCHEDULED,
    UPDATED,
    POLICY,
];

const MIGRATION: &[Property] = &[
    ID,
    KIND,
    line("From appliance", "source_appliance_id", Form::Word),
    line("To appliance", "destination_appliance_id", Form::Word),
    line("Family", "family_id", Form::Word),
    line("Created", "created_timestamp", Form::Time),
    LAST_SYNC,
];

const JOB: &[Property] = &[
    ID,
    line("Action", "resource_action", Form::Word),
    line("Works on", "resource_type", Form::Word),
    line("Its id", "resource_id", Form::Named),
    line("Its name", "resource_name", Form::Word),
    line("User", "user", Form::Word),
    line("Began", "start_time", Form::Time),
    line("Ended", "end_time", Form::Time),
    line("Answer", "response_status", Form::Word),
];

const PROTECTION_JOB: &[Property] = &[
    line("Id", "job-id", Form::Word),
    line("Type", "job-type", Form::Word),
    line("Overall", "job-overall-status", Form::Word),
    line("Dataset", "dataset-name", Form::Word),
    line("Works on", "object-name", Form::Word),
    line("Policy", "policy-name", Form::Word),
    line("From", "source-node-name", Form::Word),
    line("To", "destination-node-name", Form::Word),
    line("Submitted by", "submitted-by", Form::Word),
    line("Began", "started-timestamp", Form::Time),
    line("Abort asked for", "abort-requested-timestamp", Form::Time),
    line("Ended", "completed-timestamp", Form::Time),
];

/// The lines of a session of `resource`, in their order.
pub fn properties(resource: Resource) -> &'static [Property] {
    match resource {
        Resource::Import => IMPORT,
        Resource::Replication => REPLICATION,
        Resource::FileImport => FILE_IMPORT,
        Resource::Migration => MIGRATION,
        Resource::Job => JOB,
        Resource::ProtectionJob => PROTECTION_JOB,
    }
}

impl Property {
    /// The text of the search box that finds the work on what this line names; `None` for lines that name
    /// nothing that lists know.
    pub fn search(self, name: &str) -> Option<String> {
        // Behind a name its id may stand.
        let name = name.rsplit_once('(').map_or(name, |(name, _)| name.trim_end());
        let quoted = format!("\"{}\"", name.replace('"', ""));
        match self.form {
            Form::Named if self.field == REMOTE.field => Some(format!("remote:{quoted}")),
            Form::Named if self.field != POLICY.field => Some(quoted),
            _ => None,
        }
    }

    /// What the session tells, with `named` for names of ids and `time` for moments; `None` when nothing.
    pub fn of(self, session: &Session, named: &dyn Fn(&str) -> String, time: &dyn Fn(i64) -> String) -> Option<String> {
        match self.form {
            Form::Word => session.text(self.field).filter(|word| !word.is_empty()).map(str::to_owned),
            Form::Named => session.text(self.field).filter(|id| !id.is_empty()).map(named),
            Form::Inner => session.inner(self.field, "name").map(str::to_owned),
            Form::Time => session.time(self.field).map(time),
            Form::Duration => session.number(self.field).map(|milliseconds| format::duration(Some(milliseconds))),
            Form::Flag(yes, no) => session.flag(self.field).map(|flag| if flag { yes } else { no }.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_reads_as_its_form_says_and_one_that_is_not_told_does_not() {
        let body = r#"{"id":"1","automatic_cutover":false,"remote_system_id":"r","last_update_timestamp":"1970-01-01T00:00:05Z"}"#;
        let session: Session = serde_json::from_str(body).unwrap();
        let told = |property: Property| property.of(&session, &|id| format!("<{id}>"), &|at| format!("at {at}"));
        assert_eq!(told(CUTOVER).as_deref(), Some("by hand"));
        assert_eq!(told(REMOTE).as_deref(), Some("<r>"));
        assert_eq!(told(UPDATED).as_deref(), Some("at 5000"));
        assert_eq!(told(DESCRIPTION), None);
    }

    #[test]
    fn what_a_line_names_is_found_in_the_lists() {
        assert_eq!(REMOTE.search("Unity A (f07b)").as_deref(), Some("remote:\"Unity A\""));
        assert_eq!(SOURCE.search("vol\"1").as_deref(), Some("\"vol1\""));
        assert_eq!((POLICY.search("gold"), ID.search("1")), (None, None));
    }

    #[test]
    fn no_collection_tells_a_field_twice() {
        for resource in Resource::ALL {
            let lines = properties(resource);
            let mut fields: Vec<&str> = lines.iter().map(|line| line.field).collect();
            fields.sort_unstable();
            fields.dedup();
            assert_eq!(fields.len(), lines.len(), "{resource:?}");
        }
    }
}
