//! Puts replications on the arrays: the first ones of a fleet, and those that are asked for later.

use super::session::{End, Local, Replication, Resource, Side};
use super::world::Replications;
use crate::lifecycle::{Circumstance, Circumstances, Kind as Work, Outcome, Trigger};
use crate::simulator::inventory::{FileSystem, NasServer, Policy, ReplicationRule, VolumeGroup};
use crate::simulator::seed::Seed;
use crate::simulator::stock;
use crate::simulator::tree::Tree;
use crate::simulator::world::{Array, Passage, Volume};
use crate::words::folded;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const GB: u64 = 1 << 30;
/// How long before the first moment of a fleet its replications began.
const PAST: i64 = 3 * 60 * MINUTE;

/// A replication that was asked for and is to begin.
#[derive(Clone, Debug)]
pub struct Birth {
    pub id: String,
    pub number: u64,
    /// The array that it is asked of, which leads.
    pub array: String,
    pub resource: Resource,
    /// What is replicated, on that array.
    pub local: String,
    pub metro: bool,
    /// `Zero` for a synchronous session; nothing for metro.
    pub rpo: Option<&'static str>,
    pub rule: Option<String>,
    /// The job that ends when the session is there.
    pub job: Option<String>,
}

/// The objectives, as the API names them.
pub const OBJECTIVES: [&str; 8] =
    ["Zero", "Five_Minutes", "Fifteen_Minutes", "Thirty_Minutes", "One_Hour", "Six_Hours", "Twelve_Hours", "One_Day"];

/// The objective of this name; an hour for one that there is not.
fn objective(name: &str) -> &'static str {
    OBJECTIVES.into_iter().find(|known| *known == name).unwrap_or("One_Hour")
}

/// Milliseconds of a recovery point objective as the API names it.
pub(super) fn millis(rpo: &str) -> i64 {
    MINUTE
        * match rpo {
            "Five_Minutes" => 5,
            "Fifteen_Minutes" => 15,
            "Thirty_Minutes" => 30,
            "One_Hour" => 60,
            "Six_Hours" => 360,
            "Twelve_Hours" => 720,
            "One_Day" => 1440,
            _ => 0,
        }
}

/// What the first replications are, again and again.
const SORTS: [(Resource, bool, Option<&str>); 8] = [
    (Resource::Volume, false, Some("Five_Minutes")),
    (Resource::VolumeGroup, false, Some("Fifteen_Minutes")),
    (Resource::NasServer, false, Some("Thirty_Minutes")),
    (Resource::Volume, true, None),
    (Resource::VolumeGroup, true, None),
    (Resource::Volume, false, Some("Zero")),
    (Resource::Volume, false, Some("One_Hour")),
    (Resource::VolumeGroup, false, Some("Five_Minutes")),
];

/// Sets up `count` pairs; the last moment of their past is `start`.
pub fn populate(world: &mut Replications, arrays: &mut Tree<String, Array>, count: usize, start: i64) {
    let names: Vec<String> = arrays.keys().cloned().collect();
    for (number, (resource, metro, rpo)) in (0..count).zip(SORTS.into_iter().cycle()) {
        // The last two of each round lead the other way.
        let from = names.iter().rev().nth(usize::from(number % SORTS.len() >= 6));
        let Some(array) = from.and_then(|name| arrays.get_mut(name)) else { return };
        let born = start - PAST + i64::try_from(number % 60).unwrap_or(0) * 7 * SECOND;
        let mut chances = world.seed.named("resource").derive(number as u64);
        let Some(remote) = partner(array) else { return };
        let name = format!("{}_{number:02}", if metro { "metro" } else { "repl" });
        let local = match resource {
            Resource::Volume => volume(array, &name, None, &mut chances, born),
            Resource::VolumeGroup => group(array, &name, None, 2 + number % 2, &mut chances, born),
            _ => stock::nas_server(array, &name, 3, &mut chances, born),
        };
        let rule = rpo.map(|rpo| protect(array, resource, &local, rpo, &remote));
        let (id, number) = world.name();
        let birth = Birth { id, number, array: array.id.clone(), resource, local, metro, rpo, rule, job: None };
        self::born(world, arrays, &birth, born);
        while let Some((due, _)) = world.next_due()
            && due <= start
        {
            world.happen();
        }
    }
}

/// Sets up a volume of this name and size whose replication began as long ago as those of [`populate`]: metro where no
/// recovery point objective is given. What is due since then is still to happen.
pub fn add_volume(
    world: &mut Replications,
    arrays: &mut Tree<String, Array>,
    on: &str,
    (name, size): (&str, u64),
    rpo: Option<&str>,
    start: i64,
) {
    let rpo = rpo.map(objective);
    let Some(array) = arrays.get_mut(on) else { return };
    let Some(remote) = partner(array) else { return };
    let (born, mut chances) = (start - PAST, world.seed.named("named resource").named(name));
    let local = volume(array, name, None, &mut chances, born);
    if let Some(volume) = array.volumes.get_mut(&local) {
        volume.size = size;
    }
    let rule = rpo.map(|rpo| protect(array, Resource::Volume, &local, rpo, &remote));
    let (id, number) = world.name();
    let (array, metro) = (array.id.clone(), rpo.is_none());
    let birth = Birth { id, number, array, resource: Resource::Volume, local, metro, rpo, rule, job: None };
    self::born(world, arrays, &birth, born);
}

/// The other array, as this one knows it.
fn partner(array: &Array) -> Option<String> {
    array.remote_systems.values().find(|remote| remote.family.is_none()).map(|remote| remote.id.clone())
}

fn volume(array: &mut Array, name: &str, group: Option<&str>, chances: &mut Seed, created: i64) -> String {
    let id = chances.uuid();
    let volume = Volume {
        snapshot_of: None,
        id: id.clone(),
        name: name.to_owned(),
        wwn: format!("naa.68ccf098{:024x}", chances.draw()),
        size: chances.within(20, 400) * GB,
        created,
        host_access: true,
        group: group.map(str::to_owned),
        protection_policy: None,
    };
    array.volumes.insert(id.clone(), volume);
    id
}

fn group(
    array: &mut Array,
    name: &str,
    policy: Option<&str>,
    volumes: usize,
    chances: &mut Seed,
    created: i64,
) -> String {
    let id = chances.uuid();
    for number in 1..=volumes {
        volume(array, &format!("{name}_{number}"), Some(&id), chances, created);
    }
    let group = VolumeGroup {
        snapshot_of: None,
        id: id.clone(),
        name: name.to_owned(),
        created,
        protection_policy: policy.map(str::to_owned),
        is_importing: false,
    };
    array.volume_groups.insert(id.clone(), group);
    id
}

/// Gives a resource a policy whose rule replicates so often; answers with the rule.
fn protect(array: &mut Array, resource: Resource, local: &str, rpo: &'static str, remote: &str) -> String {
    let mut chances = array.seed.named("replication rule").named(rpo);
    let (rule, policy) = (chances.uuid(), chances.uuid());
    let words = folded(rpo);
    array.replication_rules.get_or_insert_with(rule.clone(), || ReplicationRule {
        id: rule.clone(),
        name: format!("replicate_{words}"),
        remote_system: remote.to_owned(),
        rpo,
    });
    array.policies.get_or_insert_with(policy.clone(), || Policy {
        id: policy.clone(),
        name: format!("protect_{words}"),
        snapshot_rules: Vec::new(),
        replication_rules: vec![rule.clone()],
    });
    array.assign(resource, local, Some(policy));
    rule
}

/// What is to be replicated, as it is called on the array that leads.
struct Original {
    name: String,
    volumes: Vec<Volume>,
    file_systems: Vec<FileSystem>,
}

impl Original {
    fn of(array: &Array, birth: &Birth) -> Option<Original> {
        let name = match birth.resource {
            Resource::Volume => &array.volumes.get(&birth.local)?.name,
            Resource::VolumeGroup => &array.volume_groups.get(&birth.local)?.name,
            Resource::NasServer => &array.nas_servers.get(&birth.local)?.name,
            Resource::FileSystem => &array.file_systems.get(&birth.local)?.name,
        };
        let held = |volume: &&Volume| volume.id == birth.local || volume.group.as_deref() == Some(&birth.local);
        let of_server = |one: &&FileSystem| one.nas_server == birth.local;
        Some(Original {
            name: name.clone(),
            volumes: array.volumes.values().filter(held).cloned().collect(),
            file_systems: array.file_systems.values().filter(of_server).cloned().collect(),
        })
    }

    /// Puts the copy on the other array as `remote`; answers with what the two call what is in it.
    fn copy(&self, array: &mut Array, birth: &Birth, remote: &str, chances: &mut Seed, now: i64) -> Vec<[String; 2]> {
        let mut elements = Vec::new();
        for volume in &self.volumes {
            let copy = if birth.resource == Resource::Volume { remote.to_owned() } else { chances.uuid() };
            let group = (birth.resource == Resource::VolumeGroup).then(|| remote.to_owned());
            let twin = Volume { id: copy.clone(), created: now, group, protection_policy: None, ..volume.clone() };
            array.volumes.insert(copy.clone(), twin);
            elements.push([volume.id.clone(), copy]);
        }
        for file_system in &self.file_systems {
            let (copy, nas_server) = (chances.uuid(), remote.to_owned());
            let twin = FileSystem { id: copy.clone(), created: now, nas_server, ..file_system.clone() };
            array.file_systems.insert(copy.clone(), twin);
            elements.push([file_system.id.clone(), copy]);
        }
        let (id, name) = (remote.to_owned(), self.name.clone());
        match birth.resource {
            Resource::VolumeGroup => {
                let twin = VolumeGroup {
                    id,
                    name,
                    created: now,
                    protection_policy: None,
                    is_importing: false,
                    snapshot_of: None,
                };
                array.volume_groups.insert(remote.to_owned(), twin);
            }
            Resource::NasServer => {
                array.nas_servers.insert(remote.to_owned(), NasServer { id, name, protection_policy: None });
            }
            Resource::Volume | Resource::FileSystem => {}
        }
        elements
    }
}

/// Begins a replication that was asked for, with its copy on the other array.
pub fn born(world: &mut Replications, arrays: &mut Tree<String, Array>, birth: &Birth, now: i64) {
    let Some(other) = arrays.keys().find(|id| **id != birth.array).cloned() else { return };
    let mut chances = world.seed.derive(birth.number).named("other end");
    let Some(original) = arrays.get(&birth.array).and_then(|array| Original::of(array, birth)) else { return };
    let (Some(here), Some(there)) = (arrays.get(&birth.array).and_then(partner), arrays.get(&other).and_then(partner))
    else {
        return;
    };
    let remote = chances.uuid();
    let Some(array) = arrays.get_mut(&other) else { return };
    let elements = original.copy(array, birth, &remote, &mut chances, now);
    let is_metro = birth.metro || birth.rpo == Some("Zero");
    let work = match birth.resource {
        Resource::NasServer => Work::ReplicationNas,
        _ if is_metro => Work::Metro,
        _ => Work::Replication,
    };
    let end = |array: &str, resource: &str, remote_system: &str, leads: bool| End {
        array: array.to_owned(),
        resource: resource.to_owned(),
        remote_system: remote_system.to_owned(),
        rule: birth.rule.clone().filter(|_| leads),
        leads,
        node: None,
        before: None,
        local: Local::SystemDefined,
        paused_locally: false,
        idle_before: true,
        test: false,
        error: None,
        last_sync: None,
        last_sync_took: 0,
        forced: false,
        discarding: false,
        on_test_copy: false,
        from_snapshot: false,
        doomed: false,
        due: None,
        job: None,
        owed: None,
        moves: 0,
    };
    let session = Replication {
        id: birth.id.clone(),
        number: birth.number,
        work,
        metro: birth.metro,
        resource: birth.resource,
        name: original.name.clone(),
        first: end(&birth.array, &birth.local, &here, true),
        second: end(&other, &remote, &there, false),
        elements,
        parent: None,
        members: Vec::new(),
        size: original.volumes.iter().map(|volume| volume.size).sum(),
        writes: chances.within(1, 40) << 20,
        bandwidth: chances.within(400, 900) << 20,
        rpo: birth.rpo.map_or(0, millis),
        ticked: now,
        based: None,
        run: None,
        reversing: false,
        took_over: Side::First,
        losses: Vec::new(),
    };
    if birth.resource != Resource::NasServer {
        world.begin(session, now);
    } else {
        for child in parted(world, session, &original.file_systems) {
            world.begin(child, now);
        }
    }
    if let Some(job) = &birth.job {
        world.give_job(&birth.id, Side::First, job);
    }
}

/// The session of a NAS server, and those of its file systems.
fn parted(world: &mut Replications, mut parent: Replication, file_systems: &[FileSystem]) -> Vec<Replication> {
    let whole = std::mem::take(&mut parent.elements);
    let mut children = Vec::new();
    for (file_system, pair) in file_systems.iter().zip(&whole) {
        let (id, number) = world.name();
        let [mine, theirs] = pair.clone();
        parent.members.push(id.clone());
        children.push(Replication {
            id,
            number,
            work: Work::Replication,
            resource: Resource::FileSystem,
            name: file_system.name.clone(),
            first: End { resource: mine, ..parent.first.clone() },
            second: End { resource: theirs, ..parent.second.clone() },
            elements: vec![pair.clone()],
            parent: Some(parent.id.clone()),
            members: Vec::new(),
            size: file_system.size,
            ..parent.clone()
        });
    }
    children.insert(0, parent);
    children
}

impl Replications {
    /// The id and the number of the next session.
    pub fn name(&mut self) -> (String, u64) {
        let number = self.next_number;
        self.next_number += 1;
        (self.seed.named("session").derive(number).uuid(), number)
    }

    /// Puts a session where its table lets it begin, at both ends.
    fn begin(&mut self, mut session: Replication, now: i64) {
        let trigger = if session.metro { "metro_configured" } else { "policy_assigned" };
        let Some(event) = Replications::event(&session, trigger) else { return };
        let given = Circumstances::UNKNOWN.with(Circumstance::Metro, Some(session.metro));
        let row = session.work.lifecycle().follow(None, Trigger::Event(event), given);
        let Some(Outcome::Node(node)) = row.map(|row| row.outcome) else { return };
        let id = session.id.clone();
        for side in Side::BOTH {
            session.end_mut(side).node = Some(node);
            let passage = Passage { at: now, from: None, trigger: Trigger::Event(event), to: Some(node) };
            self.remember(&id, side, passage);
        }
        self.sessions.insert(id.clone(), session);
        self.changed.insert(id.clone());
        self.replan(&id, now);
    }
}
