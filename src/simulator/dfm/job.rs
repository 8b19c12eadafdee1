//! One data-protection job: what it has to do, how far it is, and what has become of it.

use super::event::{Cause, Event, EventType};
use super::model::Carrier;
use crate::lifecycle::NodeId;
use crate::lifecycle::protection_job as table;
use crate::lifecycle::protection_progress::{Overall, overall};

/// What a job is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JobType {
    LocalBackup,
    RemoteBackup,
    Mirror,
    Restore,
    CreateRelationship,
    DestroyRelationship,
    OnDemandBackup,
    /// Since 4.0.
    LocalThenRemoteBackup,
    /// Since 4.0. It cannot be stopped.
    Configuration,
}

impl JobType {
    /// Every type, the seven of the first generation first.
    pub const ALL: [JobType; 9] = [
        JobType::LocalBackup,
        JobType::RemoteBackup,
        JobType::Mirror,
        JobType::Restore,
        JobType::CreateRelationship,
        JobType::DestroyRelationship,
        JobType::OnDemandBackup,
        JobType::LocalThenRemoteBackup,
        JobType::Configuration,
    ];

    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            JobType::LocalBackup => "local_backup",
            JobType::RemoteBackup => "remote_backup",
            JobType::Mirror => "mirror",
            JobType::Restore => "restore",
            JobType::CreateRelationship => "create_relationship",
            JobType::DestroyRelationship => "destroy_relationship",
            JobType::OnDemandBackup => "on_demand_backup",
            JobType::LocalThenRemoteBackup => "local_then_remote_backup",
            JobType::Configuration => "configuration",
        }
    }
}

/// How long a back-up is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retention {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Unlimited,
}

impl Retention {
    /// Every retention type.
    pub const ALL: [Retention; 5] =
        [Retention::Hourly, Retention::Daily, Retention::Weekly, Retention::Monthly, Retention::Unlimited];

    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Retention::Hourly => "hourly",
            Retention::Daily => "daily",
            Retention::Weekly => "weekly",
            Retention::Monthly => "monthly",
            Retention::Unlimited => "unlimited",
        }
    }
}

/// A data-protection job.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: u32,
    pub kind: JobType,
    pub dataset: u32,
    /// `None` when no policy started it.
    pub policy: Option<u32>,
    /// The node of the dataset's policy that the data comes from.
    pub source: u32,
    /// `None` when no second node has to do with it.
    pub destination: Option<u32>,
    pub retention: Retention,
    /// `None` for the scheduler.
    pub submitted_by: Option<String>,
    /// The person's own words; otherwise [`super::model::Server::description`] finds some.
    pub description: Option<String>,
    /// When its record was stored.
    pub stored: i64,
    pub started: Option<i64>,
    pub abort_requested: Option<i64>,
    pub completed: Option<i64>,
    pub aborted_by: Option<String>,
    /// In the order in which they are worked on.
    pub subtasks: Vec<Subtask>,
    /// In the order of time, and of their ids.
    pub events: Vec<Event>,
    pub(super) progress: NodeId,
    /// Its next step.
    pub(super) due: Option<i64>,
    /// The subtask that is worked on, or is next.
    pub(super) current: usize,
    /// When the abort takes hold, unless the work ends before.
    pub(super) stops: Option<i64>,
}

/// A part of a job's work.
#[derive(Clone, Copy, Debug)]
pub struct Subtask {
    pub work: Work,
    /// A volume or a qtree.
    pub source: u32,
    /// As the source; the source itself where nothing is copied.
    pub destination: u32,
    /// Bytes that it copies; 0 where nothing is copied.
    pub size: u64,
    /// How long it takes, in milliseconds.
    pub takes: i64,
    /// How it ends, if nobody intervenes.
    pub fate: Fate,
    pub begun: Option<i64>,
    pub ended: Option<i64>,
    /// Bytes copied when it ended.
    pub moved: u64,
    /// Steps that were told of.
    pub(super) told: u8,
}

/// What a part of a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Something that the job itself tells of.
    Prepare,
    Snapshot,
    /// Removes a snapshot whose time is over, and the back-up of it.
    Expire,
    /// Records the back-up that the job made.
    Register,
    Vault,
    Mirror,
    Create(Carrier),
    Destroy(Carrier),
    Restore,
}

impl Work {
    /// True for what has a beginning and an end of its own, and may be told of in between.
    pub const fn is_transfer(self) -> bool {
        matches!(self, Work::Vault | Work::Mirror | Work::Create(_) | Work::Destroy(_) | Work::Restore)
    }
}

/// How a part of a job ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Succeeds,
    /// With a warning.
    Warns(Cause),
    /// After so many thousandths of its work.
    Fails(Cause, u16),
}

impl Job {
    /// Where it is, as a node of [`table::PROTECTION_JOB`].
    pub fn state(&self) -> NodeId {
        table::state_of(self.started.is_some(), self.abort_requested.is_some(), self.completed.is_some())
    }

    /// What its transfers have come to, as a node of [`crate::lifecycle::protection_progress`].
    pub fn progress(&self) -> NodeId {
        self.progress
    }

    /// Both in one word.
    pub fn overall(&self) -> Overall {
        overall(self.state(), self.progress)
    }

    /// True when it ended otherwise than with success throughout.
    pub fn ended_with_error(&self) -> bool {
        self.completed.is_some() && self.overall() != Overall::Succeeded
    }

    /// Those of its events that no later one replaces: of each part of the work, and of the job itself,
    /// the last.
    pub fn current_events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().enumerate().filter_map(|(place, event)| {
            let replaces =
                |later: &&Event| later.subtask == event.subtask && later.kind.family() == event.kind.family();
            let replaced =
                event.kind != EventType::JobAbort && self.events.iter().skip(place + 1).any(|later| replaces(&later));
            (!replaced).then_some(event)
        })
    }
}
