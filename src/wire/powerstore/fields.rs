//! What may be selected, since which release: asking for a field that an array does not know yet makes
//! it refuse the whole request.

use super::Resource;
use crate::lifecycle::Release;

/// A field and the first release that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// The first release that has it.
    pub since: Release,
}

const fn old(name: &'static str) -> Field {
    Field { name, since: Release::OLDEST }
}

const fn since(name: &'static str, a: u16, b: u16, c: u16) -> Field {
    Field { name, since: Release([a, b, c, 0]) }
}

/// What the list of imports needs.
pub const IMPORT_LIST: &[Field] = &[
    old("id"),
    old("name"),
    since("type", 1, 0, 2),
    old("state"),
    old("remote_system_id"),
    old("source_resource_id"),
    old("destination_resource_id"),
    old("destination_resource_type"),
    old("parent_session_id"),
    old("progress_percentage"),
    old("estimated_completion_timestamp"),
    old("current_transfer_rate"),
    old("scheduled_timestamp"),
    old("last_update_timestamp"),
    old("automatic_cutover"),
    old("error"),
];

/// What the page of one import needs besides: everything else that a session has.
pub const IMPORT_DETAIL: &[Field] = &[
    old("description"),
    old("average_transfer_rate"),
    old("protection_policy_id"),
    old("volume_group_id"),
    since("global_storage_discovery_address", 3, 0, 0),
];

/// What is shown of a replication. The lag is held against the objective of its rule.
pub const REPLICATION: &[Field] = &[
    old("id"),
    old("state"),
    old("role"),
    old("resource_type"),
    since("type", 3, 0, 0),
    since("data_transfer_state", 3, 0, 0),
    since("local_resource_state", 3, 0, 0),
    since("data_connection_state", 3, 0, 0),
    old("local_resource_id"),
    old("remote_resource_id"),
    old("remote_system_id"),
    old("replication_rule_id"),
    old("replication_rule(id,name,rpo)"),
    since("parent_replication_session_id", 3, 0, 0),
    old("last_sync_timestamp"),
    since("last_sync_duration", 2, 0, 0),
    since("next_sync_timestamp", 2, 0, 0),
    old("progress_percentage"),
    old("estimated_completion_timestamp"),
    since("failover_test_in_progress", 2, 0, 0),
    since("error_code", 3, 0, 0),
];

/// What is shown of a file import.
pub const FILE_IMPORT: &[Field] = &[
    old("id"),
    old("name"),
    old("description"),
    old("remote_system_id"),
    old("source_resource_id"),
    old("destination_resource_id"),
    old("destination_resource_type"),
    old("nas_server_id"),
    old("state"),
    old("current_operation"),
    old("current_operation_progress_percentage"),
    old("estimated_completion_timestamp"),
    old("scheduled_timestamp"),
    old("last_update_timestamp"),
    old("protection_policy_id"),
    old("error"),
];

/// What is shown of a migration.
pub const MIGRATION: &[Field] = &[
    old("id"),
    old("name"),
    old("resource_type"),
    old("source_appliance_id"),
    old("destination_appliance_id"),
    old("family_id"),
    old("state"),
    old("created_timestamp"),
    old("last_sync_timestamp"),
    old("current_transfer_rate"),
    old("progress_percentage"),
    old("estimated_completion_timestamp"),
];

/// What is shown of a job.
pub const JOB: &[Field] = &[
    old("id"),
    old("resource_action"),
    old("resource_type"),
    old("resource_id"),
    old("resource_name"),
    old("description_l10n"),
    old("state"),
    since("phase", 1, 0, 2),
    old("start_time"),
    old("end_time"),
    old("progress_percentage"),
    old("parent_id"),
    old("root_id"),
    old("step_order"),
    old("user"),
    old("response_body"),
    since("response_status", 2, 0, 0),
];

/// What the list of a collection needs.
pub const fn of_list(resource: Resource) -> &'static [Field] {
    match resource {
        Resource::Import => IMPORT_LIST,
        Resource::Replication => REPLICATION,
        Resource::FileImport => FILE_IMPORT,
        Resource::Migration => MIGRATION,
        Resource::Job => JOB,
        // A DFM always tells all that it knows.
        Resource::ProtectionJob => &[],
    }
}

/// What the page of one session needs besides.
pub const fn of_page(resource: Resource) -> &'static [Field] {
    match resource {
        Resource::Import => IMPORT_DETAIL,
        _ => &[],
    }
}

/// The fields of `lists` that an array of `release` knows; an unknown release knows the oldest only.
pub fn known<'a>(lists: &'a [&'static [Field]], release: Option<Release>) -> impl Iterator<Item = &'static str> + 'a {
    let release = release.unwrap_or(Release::OLDEST);
    lists.iter().copied().flatten().filter(move |field| field.since <= release).map(|field| field.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_release_is_asked_as_the_oldest() {
        let oldest: Vec<_> = known(&[IMPORT_LIST, JOB], Some(Release::OLDEST)).collect();
        let unknown: Vec<_> = known(&[IMPORT_LIST, JOB], None).collect();
        assert_eq!(oldest, unknown);
        assert!(!unknown.contains(&"type") && !unknown.contains(&"phase"));
        assert!(unknown.contains(&"state"));
    }

    #[test]
    fn fields_follow_the_release() {
        let select = |release| known(&[IMPORT_LIST, IMPORT_DETAIL], Release::parse(release)).count();
        assert_eq!(select("1.0.0") + 1, select("1.0.2"));
        assert_eq!(select("1.0.2") + 1, select("4.1"));
    }
}
