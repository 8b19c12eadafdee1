//! What an array has: remote systems, sources, volumes, import sessions.

use std::collections::BTreeSet;

use super::copy::{Course, SLICE_MS};
use super::counts::Counts;
use super::errand::Errands;
use super::fault::Faults;
use super::inventory::{FileSystem, Host, HostGroup, NasServer, Policy, ReplicationRule, SnapshotRule, VolumeGroup};
use super::jobs::Jobs;
use super::powerstore::login::Logins;
use super::replication::{Resource, Seen, Side};
use super::seed::Seed;
use super::source::{Family, Source};
use crate::lifecycle::{EventId, Kind as Work, Lifecycle, NodeId, Release, Trigger};
use crate::simulator::tree::Tree;
use crate::words::folded;

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
    pub remote_systems: Tree<String, RemoteSystem>,
    /// Volumes and consistency groups of the remote systems, by id.
    pub sources: Tree<String, Source>,
    /// By id.
    pub volumes: Tree<String, Volume>,
    /// By id.
    pub volume_groups: Tree<String, VolumeGroup>,
    /// By id.
    pub nas_servers: Tree<String, NasServer>,
    /// By id.
    pub file_systems: Tree<String, FileSystem>,
    /// By id.
    pub hosts: Tree<String, Host>,
    /// By id.
    pub host_groups: Tree<String, HostGroup>,
    /// By id.
    pub policies: Tree<String, Policy>,
    /// By id.
    pub snapshot_rules: Tree<String, SnapshotRule>,
    /// By id.
    pub replication_rules: Tree<String, ReplicationRule>,
    /// By id.
    pub sessions: Tree<String, Session>,
    /// Replications as this array shows them, by id; kept by [`super::Fleet`].
    pub replications: Tree<String, Seen>,
    /// The replication of each replicated resource and of each volume in it.
    pub replicated: Tree<String, String>,
    /// Ids of sessions by their name in small letters.
    pub session_names: Tree<String, String>,
    /// Sessions that were deleted, by id.
    pub deleted: Tree<String, Deleted>,
    /// File imports and migrations.
    pub errands: Errands,
    /// Imports that wait for their turn, in its order.
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

/// An array that imports come from, or that this one replicates to.
#[derive(Clone, Debug)]
pub struct RemoteSystem {
    pub id: String,
    pub name: String,
    /// `None` for another PowerStore.
    pub family: Option<Family>,
    pub serial_number: String,
    pub address: String,
    /// False while nothing gets through to it.
    pub reachable: bool,
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
    pub group: Option<String>,
    pub protection_policy: Option<String>,
    /// Of a snapshot, the volume that it was taken of.
    pub snapshot_of: Option<String>,
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
    /// The volume group that the new volume joins.
    pub volume_group: Option<String>,
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
    pub work: Work,
    pub asked: Draft,
    /// The sessions of a group's volumes.
    pub members: Vec<String>,
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

impl Run {
    /// The beginning of the slice of its course that it is in: what is shown of a copy changes then.
    pub fn slice(&self, now: i64) -> i64 {
        self.started + (now - self.started).max(0) / SLICE_MS * SLICE_MS
    }
}

impl Session {
    /// The table that it goes by.
    pub fn table(&self) -> &'static Lifecycle {
        self.work.lifecycle()
    }

    /// Bytes that are copied, as it is shown.
    pub fn copied_at(&self, now: i64) -> u64 {
        let running = self.run.map_or(0, |run| run.course.copied(run.slice(now) - run.started));
        (self.copied + running).min(self.size)
    }

    /// When what is shown of it changed last.
    pub fn last_update(&self, now: i64) -> i64 {
        self.run.map_or(self.updated, |run| run.slice(now).max(self.updated))
    }

    /// Something that is shown of it changes at `now`.
    pub fn touch(&mut self, now: i64) {
        self.updated = now.max(self.last_update(now));
    }
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
    pub work: Work,
    pub history: Vec<Passage>,
}

/// Something that is also addressed by its name.
pub trait Named {
    /// Its name, unique among its kind without regard to capital letters.
    fn name(&self) -> &str;
}

impl Named for RemoteSystem {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Volume {
    fn name(&self) -> &str {
        &self.name
    }
}

/// What has this id, or this name after `name:`.
pub fn addressed<'a, T: Named>(all: &'a Tree<String, T>, address: &str) -> Option<&'a T> {
    match address.strip_prefix("name:") {
        Some(name) => {
            let name = folded(name);
            all.values().find(|one| folded(one.name()) == name)
        }
        None => all.get(address),
    }
}

impl Array {
    /// The session with this id, or with this name after `name:`.
    pub fn session_id(&self, address: &str) -> Option<String> {
        match address.strip_prefix("name:") {
            Some(name) => self.session_names.get(&folded(name)).cloned(),
            None => self.sessions.contains_key(address).then(|| address.to_owned()),
        }
    }

    /// True while the remote system of this id answers.
    pub fn reaches(&self, remote_system: &str) -> bool {
        self.remote_systems.get(remote_system).is_some_and(|remote| remote.reachable)
    }

    /// Shows a replication as it is now.
    pub fn show_replication(&mut self, seen: Seen) {
        let place = usize::from(seen.here == Side::Second);
        let elements = seen.session.elements.iter().filter_map(|pair| pair.get(place));
        for resource in elements.chain([&seen.end().resource]) {
            self.replicated.insert(resource.clone(), seen.session.id.clone());
        }
        self.replications.insert(seen.session.id.clone(), seen);
    }

    /// A replication is no more, and the policy that asks for it is assigned no longer.
    pub fn hide_replication(&mut self, id: &str) {
        let Some(seen) = self.replications.remove(id) else { return };
        self.replicated.retain(|_, session| session != id);
        let resource = &seen.end().resource;
        let assigned = self.policy_of(seen.session.resource, resource).cloned();
        if assigned.is_some_and(|policy| self.rule_of(&policy).is_some()) {
            self.assign(seen.session.resource, resource, None);
        }
    }

    /// The protection policy of a resource.
    pub fn policy_of(&self, kind: Resource, id: &str) -> Option<&String> {
        match kind {
            Resource::Volume => self.volumes.get(id)?.protection_policy.as_ref(),
            Resource::VolumeGroup => self.volume_groups.get(id)?.protection_policy.as_ref(),
            Resource::NasServer => self.nas_servers.get(id)?.protection_policy.as_ref(),
            Resource::FileSystem => None,
        }
    }

    /// Assigns a protection policy, or none.
    pub fn assign(&mut self, kind: Resource, id: &str, policy: Option<String>) {
        let place = match kind {
            Resource::Volume => self.volumes.get_mut(id).map(|volume| &mut volume.protection_policy),
            Resource::VolumeGroup => self.volume_groups.get_mut(id).map(|group| &mut group.protection_policy),
            Resource::NasServer => self.nas_servers.get_mut(id).map(|server| &mut server.protection_policy),
            Resource::FileSystem => None,
        };
        if let Some(place) = place {
            *place = policy;
        }
    }

    /// The replication rule of a policy.
    pub fn rule_of(&self, policy: &str) -> Option<&ReplicationRule> {
        self.replication_rules.get(self.policies.get(policy)?.replication_rules.first()?)
    }

    /// What was the other copy of something goes, with all that is in it.
    pub fn delete_copy(&mut self, kind: Resource, id: &str) {
        match kind {
            Resource::Volume => drop(self.volumes.remove(id)),
            Resource::VolumeGroup => {
                self.volume_groups.remove(id);
                self.volumes.retain(|_, volume| volume.group.as_deref() != Some(id));
            }
            Resource::NasServer | Resource::FileSystem => {}
        }
    }

    /// The replication of a resource.
    pub fn replication_of(&self, resource: &str) -> Option<&Seen> {
        self.replications.get(self.replicated.get(resource)?)
    }
}
