//! What an array has: remote systems, sources, volumes, import sessions.

use std::collections::{BTreeMap, BTreeSet};

use super::copy::Course;
use super::counts::Counts;
use super::fault::Faults;
use super::jobs::Jobs;
use super::powerstore::login::Logins;
use super::seed::Seed;
use crate::lifecycle::{EventId, NodeId, Release, Trigger};

/// One PowerStore.
#[derive(Debug)]
pub struct Array {
    /// Its name in addresses.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its software.
    pub release: Release,
    /// Where its chances come from.
    pub seed: Seed,
    /// Chance of a failure at each stage of an import, in thousandths.
    pub failures: u32,
    /// How many imports it works on at once; see [`super::engine`] for the states that count.
    pub active_limit: usize,
    /// By id.
    pub remote_systems: BTreeMap<String, RemoteSystem>,
    /// By id.
    pub sources: BTreeMap<String, Source>,
    /// By id.
    pub volumes: BTreeMap<String, Volume>,
    /// By id.
    pub sessions: BTreeMap<String, Session>,
    /// Ids of sessions by their name in small letters.
    pub session_names: BTreeMap<String, String>,
    /// Sessions that were deleted, by id.
    pub deleted: BTreeMap<String, Deleted>,
    /// Sessions that wait for their turn, in its order.
    pub queue: BTreeSet<(u64, String)>,
    /// What is planned: time and session.
    pub due: BTreeSet<(i64, String)>,
    /// How many imports it works on.
    pub active: usize,
    /// What its actions made.
    pub jobs: Jobs,
    /// Who is logged in.
    pub logins: Logins,
    /// What is wrong with it on purpose.
    pub faults: Faults,
    /// What was asked of it.
    pub counts: Counts,
    /// The next number of a session.
    pub next_number: u64,
    /// The next place in the queue.
    pub next_turn: u64,
}

/// An array that imports come from.
#[derive(Clone, Debug)]
pub struct RemoteSystem {
    pub id: String,
    pub name: String,
    pub serial_number: String,
    pub address: String,
    /// False while nothing gets through to it.
    pub reachable: bool,
}

/// A volume of a remote system that can be imported.
#[derive(Clone, Debug)]
pub struct Source {
    pub id: String,
    pub name: String,
    pub wwn: String,
    pub remote_system: String,
    pub size: u64,
    /// Whether it is ready for migration at all, and how.
    pub readiness: Readiness,
    /// The unfinished session that has it.
    pub session: Option<String>,
    /// A session came to its end with it.
    pub imported: bool,
    /// A forced end left it as it was.
    pub left_behind: bool,
}

/// Whether a source can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// In both ways.
    Ready,
    /// Without the host's agent only.
    AgentlessOnly,
    /// Not, because its hosts were not added.
    HostNotAdded,
}

/// A volume of this array.
#[derive(Clone, Debug)]
pub struct Volume {
    pub id: String,
    pub name: String,
    pub wwn: String,
    pub size: u64,
    pub created: i64,
    /// Hosts may use it.
    pub host_access: bool,
}

/// Which of the two kinds an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Agentless,
    NonDisruptive,
}

/// What a create asked for, after it was checked.
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: String,
    pub description: Option<String>,
    pub kind: Kind,
    pub remote_system: String,
    pub source: String,
    pub automatic_cutover: bool,
    pub protection_policy: Option<String>,
    pub scheduled: Option<i64>,
    pub discovery_address: Option<String>,
    /// The session of the group that it is a member of.
    pub parent: Option<String>,
}

/// An import session.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: String,
    /// Tells its chances and its pace from those of the others.
    pub number: u64,
    pub asked: Draft,
    pub destination: Option<String>,
    pub size: u64,
    pub node: NodeId,
    pub node_before: Option<NodeId>,
    pub updated: i64,
    /// Bytes that earlier runs of the copy have brought over.
    pub copied: u64,
    /// The run of the copy that is under way.
    pub run: Option<Run>,
    /// Milliseconds that earlier runs took.
    pub copied_in: i64,
    pub runs: u64,
    pub error: Option<SessionError>,
    pub error_before: Option<SessionError>,
    pub forced: bool,
    pub came_from_cancel: bool,
    /// What happens next by itself.
    pub due: Option<(i64, EventId)>,
    pub turn: Option<u64>,
    /// The job that ends with the node.
    pub job: Option<String>,
    pub history: Vec<Passage>,
}

/// A copy that runs.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    pub started: i64,
    pub course: Course,
}

/// Why a session is in trouble, as the API tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionError {
    pub code: &'static str,
    pub message: String,
    pub arguments: Vec<String>,
}

/// A step of a session's history. `None` as node: before it was, or after it was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    pub at: i64,
    pub from: Option<NodeId>,
    pub trigger: Trigger,
    pub to: Option<NodeId>,
}

/// What is remembered of a deleted session.
#[derive(Clone, Debug)]
pub struct Deleted {
    pub name: String,
    pub history: Vec<Passage>,
}

impl Array {
    /// The session with this id, or with this name after `name:`.
    pub fn session_id(&self, address: &str) -> Option<String> {
        match address.strip_prefix("name:") {
            Some(name) => self.session_names.get(&name.to_lowercase()).cloned(),
            None => self.sessions.contains_key(address).then(|| address.to_owned()),
        }
    }

    /// The remote system with this id, or with this name after `name:`.
    pub fn remote_system(&self, address: &str) -> Option<&RemoteSystem> {
        match address.strip_prefix("name:") {
            Some(name) => self.remote_systems.values().find(|remote| remote.name.eq_ignore_ascii_case(name)),
            None => self.remote_systems.get(address),
        }
    }

    /// True while the remote system of this id answers.
    pub fn reaches(&self, remote_system: &str) -> bool {
        self.remote_systems.get(remote_system).is_some_and(|remote| remote.reachable)
    }
}
