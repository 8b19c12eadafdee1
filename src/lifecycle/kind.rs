//! The kinds of work, each with its table.

use super::Lifecycle;
use super::file_import::FILE_IMPORT;
use super::import_group::IMPORT_GROUP;
use super::import_volume::IMPORT_VOLUME;
use super::job::JOB;
use super::metro::METRO;
use super::migration::MIGRATION;
use super::protection_job::PROTECTION_JOB;
use super::protection_progress::PROTECTION_PROGRESS;
use super::replication::REPLICATION;
use super::replication_nas::REPLICATION_NAS;
#[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
use super::schedule_entry::SCHEDULE_ENTRY;

/// A kind of long-running work. The default is what a session counts as until its array has told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The import of one volume, alone or as the member of a consistency group.
    #[default]
    ImportVolume,
    /// The import of a consistency group: the session above those of its volumes.
    ImportGroup,
    /// One end of the asynchronous replication of a volume, a volume group or a file system.
    Replication,
    /// One end of the replication of a NAS server: the session above those of its file systems.
    ReplicationNas,
    /// The import of a NAS server.
    FileImport,
    /// The move of volumes to another appliance of the cluster.
    Migration,
    /// The array's own work on what was asked of it.
    Job,
    /// A replication that keeps two arrays equal at every write: metro or synchronous.
    Metro,
    /// A data-protection job of a DFM server.
    ProtectionJob,
    /// What the transfers of such a job have come to.
    ProtectionProgress,
    /// A data-protection job that is planned. No array tells in which state it is, so the page never draws it.
    #[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
    ScheduleEntry,
}

impl Kind {
    /// Every kind, in order.
    #[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
    pub const ALL: [Kind; 11] = [
        Kind::ImportVolume,
        Kind::ImportGroup,
        Kind::Replication,
        Kind::ReplicationNas,
        Kind::FileImport,
        Kind::Migration,
        Kind::Job,
        Kind::Metro,
        Kind::ProtectionJob,
        Kind::ProtectionProgress,
        Kind::ScheduleEntry,
    ];

    /// The table of this kind.
    pub fn lifecycle(self) -> &'static Lifecycle {
        match self {
            Kind::ImportVolume => &IMPORT_VOLUME,
            Kind::ImportGroup => &IMPORT_GROUP,
            Kind::Replication => &REPLICATION,
            Kind::ReplicationNas => &REPLICATION_NAS,
            Kind::FileImport => &FILE_IMPORT,
            Kind::Migration => &MIGRATION,
            Kind::Job => &JOB,
            Kind::Metro => &METRO,
            Kind::ProtectionJob => &PROTECTION_JOB,
            Kind::ProtectionProgress => &PROTECTION_PROGRESS,
            #[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
            Kind::ScheduleEntry => &SCHEDULE_ENTRY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_table_and_members_have_none() {
        for kind in Kind::ALL {
            let table = kind.lifecycle();
            assert_eq!(table.kind, kind);
            assert_eq!(table.derivations.is_empty(), table.members.is_none());
            if let Some(members) = table.members {
                assert_eq!(members.lifecycle().members, None);
            }
        }
    }
}
