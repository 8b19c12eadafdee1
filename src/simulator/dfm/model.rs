//! What a DFM server knows: datasets with their policies, and the storage that they use.
//!
//! All times are milliseconds since 1970 by the fleet's clock; the wire has whole seconds. Datasets,
//! resource groups, policies, filers, volumes and qtrees share one range of ids. The nodes and the
//! connections of a policy have small numbers of their own, which name them within the policy only.

use std::collections::BTreeSet;

use super::job::{Job, Retention};
use super::schedule::Schedule;
use crate::lifecycle::Release;
use crate::simulator::seed::Seed;
use crate::simulator::tree::Tree;

/// One DFM server.
#[derive(Debug)]
pub struct Server {
    /// Its name in the network.
    pub host_name: String,
    /// Its software. From 4.0 on a job can be queued, has an overall status and names its object.
    pub release: Release,
    /// Where its chances come from.
    pub seed: Seed,
    /// Chance that a transfer fails, in thousandths.
    pub failures: u32,
    /// How many jobs are worked on at once; the others are queued.
    pub workers: usize,
    /// By id.
    pub datasets: Tree<u32, Dataset>,
    /// By id.
    pub groups: Tree<u32, Group>,
    /// By id.
    pub policies: Tree<u32, Policy>,
    /// By id.
    pub filers: Tree<u32, Filer>,
    /// By id.
    pub volumes: Tree<u32, Volume>,
    /// By id.
    pub qtrees: Tree<u32, Qtree>,
    /// By id, and so by age.
    pub jobs: Tree<u32, Job>,
    /// Since when the service that starts and works on jobs stands still; `None` while it runs.
    pub stopped: Option<i64>,
    /// When a policy, a schedule or a dataset changed last.
    pub schedule_changed: i64,
    /// What happens next: to jobs, and which entries of the schedule are due.
    pub(super) due: BTreeSet<(i64, Due)>,
    /// Jobs that wait for a worker, in their order.
    pub(super) queue: BTreeSet<u32>,
    /// Jobs that are worked on.
    pub(super) busy: BTreeSet<u32>,
    pub(super) next_job: u32,
    /// How many jobs persons of the simulation have asked for.
    pub(super) visits: u32,
}

/// What is due at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// The next step of a job.
    Job(u32),
    /// The entry of a dataset that the line of its policy's schedule with this number makes.
    Entry { dataset: u32, line: u8 },
    /// Somebody asks for a job.
    Visit,
}

/// Data that is protected together.
#[derive(Clone, Debug)]
pub struct Dataset {
    pub id: u32,
    /// Any characters, those of markup and of other scripts included.
    pub name: String,
    pub policy: u32,
    /// What is copied along each connection of the policy.
    pub relationships: Vec<Relationship>,
    /// Qtrees of its own, at its policy's first node.
    pub members: Vec<u32>,
    /// Its entries in the schedule are withdrawn.
    pub suspended: bool,
}

/// The copy of a volume or a qtree along a connection.
#[derive(Clone, Copy, Debug)]
pub struct Relationship {
    /// The connection of the dataset's policy.
    pub connection: u32,
    /// A qtree for SnapVault, a volume for SnapMirror.
    pub source: u32,
    /// As the source.
    pub destination: u32,
    /// Bytes of a first copy.
    pub size: u64,
}

/// Datasets that are managed together.
#[derive(Clone, Debug)]
pub struct Group {
    pub id: u32,
    pub name: String,
    pub datasets: Vec<u32>,
}

/// How datasets are protected.
#[derive(Clone, Debug)]
pub struct Policy {
    pub id: u32,
    pub name: String,
    pub nodes: Vec<Node>,
    pub connections: Vec<Connection>,
    pub schedule: Vec<Schedule>,
}

/// A place of data in a policy: where it is used, backed up or mirrored.
#[derive(Clone, Debug)]
pub struct Node {
    /// Within its policy.
    pub id: u32,
    pub name: &'static str,
}

/// How data gets from one node to another.
#[derive(Clone, Copy, Debug)]
pub struct Connection {
    /// Within its policy.
    pub id: u32,
    /// The node of the source.
    pub source: u32,
    /// The node of the destination.
    pub destination: u32,
    pub carrier: Carrier,
}

/// What carries data along a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// Backs qtrees up.
    SnapVault,
    /// Mirrors volumes.
    SnapMirror,
}

impl Carrier {
    /// Its word in `relationship-type`.
    pub const fn word(self) -> &'static str {
        match self {
            Carrier::SnapVault => "snapvault",
            Carrier::SnapMirror => "snapmirror",
        }
    }
}

/// A storage system.
#[derive(Clone, Debug)]
pub struct Filer {
    pub id: u32,
    /// In the network.
    pub name: String,
}

/// A volume of a filer.
#[derive(Clone, Debug)]
pub struct Volume {
    pub filer: u32,
    pub name: String,
}

/// A part of a volume.
#[derive(Clone, Debug)]
pub struct Qtree {
    pub volume: u32,
    pub name: String,
}

/// What a request may name where it asks for a dataset or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    Dataset(u32),
    Group(u32),
}

/// Why a request was not carried out: the number and the sentence of a failed answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub errno: u32,
    pub reason: String,
}

impl Refusal {
    /// A refusal with this sentence.
    pub fn new(errno: u32, reason: impl Into<String>) -> Self {
        Refusal { errno, reason: reason.into() }
    }
}

/// Which jobs are to be removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purge {
    /// This one alone.
    pub job: Option<u32>,
    /// All that ended before this time.
    pub before: Option<i64>,
    /// Those too that failed, in whole or in part, or were aborted.
    pub with_errors: bool,
}

/// A back-up that a person asks for.
#[derive(Clone, Debug)]
pub struct BackUp {
    pub dataset: u32,
    /// Becomes the description of the job.
    pub description: Option<String>,
    pub retention: Retention,
}

impl Policy {
    /// The node with this number.
    pub fn node(&self, id: u32) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The connection with this number.
    pub fn connection(&self, id: u32) -> Option<&Connection> {
        self.connections.iter().find(|connection| connection.id == id)
    }
}
