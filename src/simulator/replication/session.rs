//! A replication session and its two ends.

use crate::lifecycle::{EventId, Kind as Work, NodeId};

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    First,
    Second,
}

impl Side {
    pub const BOTH: [Side; 2] = [Side::First, Side::Second];

    pub const fn opposite(self) -> Side {
        match self {
            Side::First => Side::Second,
            Side::Second => Side::First,
        }
    }
}

/// What is replicated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Volume,
    VolumeGroup,
    NasServer,
    FileSystem,
}

impl Resource {
    /// Its name in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Resource::Volume => "volume",
            Resource::VolumeGroup => "volume_group",
            Resource::NasServer => "nas_server",
            Resource::FileSystem => "file_system",
        }
    }
}

/// Who decided whether an end of a metro session serves hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Local {
    SystemDefined,
    Promoted,
    Demoted,
    SystemPromoted,
    SystemDemoted,
}

impl Local {
    /// Its name in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Local::SystemDefined => "System_Defined",
            Local::Promoted => "Promoted",
            Local::Demoted => "Demoted",
            Local::SystemPromoted => "System_Promoted",
            Local::SystemDemoted => "System_Demoted",
        }
    }
}

/// One end of a session.
#[derive(Clone, Debug)]
pub struct End {
    /// The array that it is on.
    pub array: String,
    pub resource: String,
    /// The other array, as this one knows it.
    pub remote_system: String,
    pub rule: Option<String>,
    /// It is the source, or the preferred end.
    pub leads: bool,
    /// `None` once the session is gone here.
    pub node: Option<NodeId>,
    pub before: Option<NodeId>,
    pub local: Local,
    pub paused_locally: bool,
    pub idle_before: bool,
    /// A failover test runs here.
    pub test: bool,
    pub error: Option<&'static str>,
    pub last_sync: Option<i64>,
    pub last_sync_took: i64,
    /// What was asked of it last.
    pub forced: bool,
    pub discarding: bool,
    pub on_test_copy: bool,
    pub from_snapshot: bool,
    /// The copy here is deleted when the session has ended.
    pub doomed: bool,
    /// What happens next by itself.
    pub due: Option<(i64, EventId)>,
    /// The job that ends when this node is left.
    pub job: Option<(String, NodeId)>,
    /// What the other end came to while the link was down, `None` inside for gone.
    pub owed: Option<Option<NodeId>>,
    /// How often it moved.
    pub moves: u64,
}

/// A copy under way.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    pub started: i64,
    /// Milliseconds from its beginning to its end.
    pub takes: i64,
}

/// What an unplanned failover lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    pub at: i64,
    /// The data was taken up as it was then.
    pub since: i64,
    pub bytes: u64,
}

/// A session.
#[derive(Clone, Debug)]
pub struct Replication {
    pub id: String,
    /// Tells its chances from those of the others.
    pub number: u64,
    pub work: Work,
    /// Metro, and not synchronous.
    pub metro: bool,
    pub resource: Resource,
    pub name: String,
    pub first: End,
    pub second: End,
    /// Volumes or file systems, as the first and as the second end call them.
    pub elements: Vec<[String; 2]>,
    pub parent: Option<String>,
    pub members: Vec<String>,
    pub size: u64,
    /// Bytes that hosts write in a second.
    pub writes: u64,
    /// Bytes that are copied in a second.
    pub bandwidth: u64,
    /// Milliseconds between two synchronizations; 0 when every write is replicated.
    pub rpo: i64,
    /// When the last tick of the recovery point objective was.
    pub ticked: i64,
    /// The end that does not lead has the data as it was then; `None` before the first copy is done.
    pub based: Option<i64>,
    pub run: Option<Run>,
    /// The failover is to be followed by a reprotect.
    pub reversing: bool,
    /// The end that became the source last without asking the other one.
    pub took_over: Side,
    pub losses: Vec<Loss>,
}

impl Replication {
    pub fn end(&self, side: Side) -> &End {
        match side {
            Side::First => &self.first,
            Side::Second => &self.second,
        }
    }

    pub fn end_mut(&mut self, side: Side) -> &mut End {
        match side {
            Side::First => &mut self.first,
            Side::Second => &mut self.second,
        }
    }

    /// The end on this array.
    pub fn side_on(&self, array: &str) -> Option<Side> {
        Side::BOTH.into_iter().find(|side| self.end(*side).array == array)
    }

    /// The end that copies: the one that leads. While both do, the one that took over from the other.
    pub fn leader(&self) -> Side {
        match (self.first.leads, self.second.leads) {
            (true, true) => self.took_over,
            (_, true) => Side::Second,
            _ => Side::First,
        }
    }

    /// Makes an end the only source.
    pub fn lead(&mut self, side: Side) {
        self.end_mut(side).leads = true;
        self.end_mut(side.opposite()).leads = false;
        self.took_over = side;
    }

    /// True for the old source as long as it has not turned.
    pub fn is_overtaken(&self, side: Side) -> bool {
        self.first.leads && self.second.leads && self.leader() != side
    }

    /// The state of an end; nothing when it is gone.
    pub fn name_of(&self, side: Side) -> &'static str {
        let node = self.end(side).node.and_then(|node| self.work.lifecycle().node(node));
        node.map_or("", |node| node.name)
    }

    /// True when no write waits for a copy.
    pub fn is_equal(&self) -> bool {
        self.work == Work::Metro && Side::BOTH.into_iter().all(|side| self.name_of(side) == "OK")
    }

    /// Bytes that are written and not yet at the other end.
    pub fn unsynced(&self, now: i64) -> u64 {
        match self.based {
            _ if self.is_equal() || self.resource == Resource::NasServer => 0,
            None => self.size,
            Some(based) => {
                let seconds = u64::try_from((now - based).max(0)).unwrap_or(0) / 1000;
                self.writes.saturating_mul(seconds).min(self.size)
            }
        }
    }

    /// True where hosts can write.
    pub fn is_writable(&self, side: Side) -> bool {
        let end = self.end(side);
        let equal = ["OK", "Modify_Role_In_Progress"].contains(&self.name_of(side));
        match (self.work, end.local) {
            (Work::Metro, Local::Promoted | Local::SystemPromoted) => true,
            (Work::Metro, Local::Demoted | Local::SystemDemoted) => false,
            (Work::Metro, Local::SystemDefined) if self.metro => end.leads || equal,
            _ => end.leads || end.test,
        }
    }

    /// Its role as the API names it.
    pub fn role(&self, side: Side) -> &'static str {
        match (self.metro, self.end(side).leads) {
            (true, true) => "Metro_Preferred",
            (true, false) => "Metro_Non_Preferred",
            (false, true) => "Source",
            (false, false) => "Destination",
        }
    }

    /// Its type as the API names it.
    pub fn sort(&self) -> &'static str {
        match (self.work, self.metro) {
            (Work::Metro, true) => "Metro_Active_Active",
            (Work::Metro, false) => "Synchronous",
            _ => "Asynchronous",
        }
    }

    /// How the data gets across, as the API names it.
    pub fn transfer(&self, side: Side, link_up: bool) -> &'static str {
        let first = self.based.is_none();
        match (self.name_of(side), self.work, self.metro) {
            ("Paused" | "Paused_For_NDU" | "Paused_For_Migration", ..) => "Paused",
            ("Fractured", ..) => "Faulted",
            ("System_Paused", Work::Metro, _) if !link_up => "Faulted",
            ("OK", Work::Metro, true) => "Active_Active",
            ("OK", Work::Metro, false) => "Synchronous",
            ("Switching_To_Metro_Sync" | "Switching_To_Synchronous", ..) => "Switch_To_Sync_Diff_Copy",
            (_, Work::Metro, true) if first => "System_Asynchronous_Initial_Sync",
            (_, Work::Metro, true) => "System_Asynchronous",
            _ if first && self.resource != Resource::NasServer => "Asynchronous_Initial_Sync",
            _ => "Asynchronous",
        }
    }
}

/// A session as one array shows it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub session: Replication,
    /// The end that is on this array.
    pub here: Side,
    pub link_up: bool,
}

impl Seen {
    pub fn end(&self) -> &End {
        self.session.end(self.here)
    }

    pub fn other(&self) -> &End {
        self.session.end(self.here.opposite())
    }

    /// The copy that this end drives.
    pub fn run(&self) -> Option<Run> {
        self.session.run.filter(|_| self.session.leader() == self.here)
    }
}
