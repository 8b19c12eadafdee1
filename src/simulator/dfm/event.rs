//! What a job tells of its course.

use super::job::Retention;
use super::model::Carrier;

/// One message of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Unique on the server. Those of a job are numbered in their order.
    pub id: u32,
    pub at: i64,
    pub kind: EventType,
    pub status: Severity,
    /// The part of the job that it tells of; `None` for the job as a whole.
    pub subtask: Option<u8>,
    /// Copied by then by that part.
    pub bytes: u64,
    /// What went wrong.
    pub cause: Option<Cause>,
}

/// Ids of events are those of their job times this, plus their place.
pub const EVENTS_OF_A_JOB: u32 = 512;

/// How bad it is. Events use these three of the eight severities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Normal,
    Warning,
    Error,
}

impl Severity {
    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Normal => "normal",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What an event tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventType {
    JobStart,
    JobProgress,
    JobEnd,
    JobAbort,
    /// Since 4.0.
    JobRetry,
    RelCreateStart,
    RelCreateProgress,
    RelCreateEnd,
    RelDestroyStart,
    RelDestroyProgress,
    RelDestroyEnd,
    SnapshotCreate,
    SnapshotDelete,
    BackupCreate,
    BackupDelete,
    SnapvaultStart,
    SnapvaultProgress,
    SnapvaultEnd,
    SnapmirrorStart,
    SnapmirrorProgress,
    SnapmirrorEnd,
    RestoreStart,
    RestoreProgress,
    RestoreEnd,
}

impl EventType {
    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            EventType::JobStart => "job-start",
            EventType::JobProgress => "job-progress",
            EventType::JobEnd => "job-end",
            EventType::JobAbort => "job-abort",
            EventType::JobRetry => "job-retry",
            EventType::RelCreateStart => "rel-create-start",
            EventType::RelCreateProgress => "rel-create-progress",
            EventType::RelCreateEnd => "rel-create-end",
            EventType::RelDestroyStart => "rel-destroy-start",
            EventType::RelDestroyProgress => "rel-destroy-progress",
            EventType::RelDestroyEnd => "rel-destroy-end",
            EventType::SnapshotCreate => "snapshot-create",
            EventType::SnapshotDelete => "snapshot-delete",
            EventType::BackupCreate => "backup-create",
            EventType::BackupDelete => "backup-delete",
            EventType::SnapvaultStart => "snapvault-start",
            EventType::SnapvaultProgress => "snapvault-progress",
            EventType::SnapvaultEnd => "snapvault-end",
            EventType::SnapmirrorStart => "snapmirror-start",
            EventType::SnapmirrorProgress => "snapmirror-progress",
            EventType::SnapmirrorEnd => "snapmirror-end",
            EventType::RestoreStart => "restore-start",
            EventType::RestoreProgress => "restore-progress",
            EventType::RestoreEnd => "restore-end",
        }
    }

    /// What it has in common with the events that it replaces, and with those that replace it: its word
    /// up to the last hyphen for a start, a progress or an end, and the whole word otherwise.
    pub fn family(self) -> &'static str {
        let word = self.word();
        let ending = ["-start", "-progress", "-end"].iter().find_map(|ending| word.strip_suffix(ending));
        ending.unwrap_or(word)
    }
}

/// What the element beside the message tells; names of volumes and qtrees are full ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Info {
    /// `dp-progress-job-abort-info`
    JobAbort { aborted_by: String },
    /// `dp-progress-relationship-info`
    Relationship { bytes: u64, source: Named, destination: Named, carrier: Carrier },
    /// `dp-progress-snapshot-info`
    Snapshot { name: String, volume: Named },
    /// `dp-progress-backup-info`; the version is a time
    Backup { id: u32, version: i64, retention: Retention },
    /// `dp-progress-snapvault-info`
    Snapvault { bytes: u64, source: Named, destination: Named },
    /// `dp-progress-snapmirror-info`
    Snapmirror { bytes: u64, source: Named, destination: Named },
    /// `dp-progress-restore-info`; the version is a time, the path one within the member, the destination
    /// a full one
    Restore { bytes: u64, backup: u32, version: i64, member: Named, path: String, destination: String },
}

/// An object by its id and its full name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: u32,
    pub name: String,
}

/// Why something failed, or nearly did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The connection between the filers broke.
    Network,
    /// The same, and it came back.
    NetworkForAWhile,
    /// No room in the aggregate of the destination.
    AggregateFull,
    /// The destination's quota is used up.
    Quota,
    /// What the copy goes on from is gone at the source.
    SnapshotMissing,
    /// The filer has no licence for it.
    Licence,
    /// A person had the job stopped.
    Aborted,
    /// The service ended in the middle of it.
    ServiceRestarted,
}
