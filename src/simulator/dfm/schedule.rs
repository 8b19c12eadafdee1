//! When policies start jobs, and what is planned.

use super::job::{JobType, Retention};

/// One line of a policy's schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub what: Scheduled,
    pub retention: Retention,
    /// From one to the next.
    pub every: Every,
    /// Minutes after the beginning of the period, in UTC.
    pub minute: i64,
}

/// How long a schedule's period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// So many hours: a divisor of 24.
    Hours(i64),
    /// Each day.
    Day,
    /// Each Sunday.
    Week,
    /// The first day of each month.
    Month,
}

/// What an entry of the schedule starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheduled {
    /// `dp-local-snapshot-job-data`, of the node with this number
    LocalSnapshot(u32),
    /// `dp-snapvault-transfer-job-data`, along the connection with this number
    SnapVault(u32),
    /// `dp-snapmirror-transfer-job-data`, along the connection with this number
    SnapMirror(u32),
}

impl Scheduled {
    /// The type of the job that it becomes.
    pub const fn job_type(self) -> JobType {
        match self {
            Scheduled::LocalSnapshot(_) => JobType::LocalBackup,
            Scheduled::SnapVault(_) => JobType::RemoteBackup,
            Scheduled::SnapMirror(_) => JobType::Mirror,
        }
    }
}

/// A job that is planned: computed when it is asked for, and without an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub dataset: u32,
    /// When it will start.
    pub start: i64,
    /// When it should start; earlier than [`Entry::start`] while the service is down.
    pub scheduled: i64,
    pub what: Scheduled,
    pub retention: Retention,
}
