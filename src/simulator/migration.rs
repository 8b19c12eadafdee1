//! Migrations: when things happen to them by themselves, and what they are about. Everything is a
//! function of the array's seed, the session and how often it has moved.

use super::errand::{Errand, Task};
use super::world::{Array, SessionError};
use crate::lifecycle::migration as table;
use crate::lifecycle::{Circumstance, Circumstances, EventId, NodeId};

const SECOND: i64 = 1000;
/// The cause of an error is mended after this time.
const MENDED_AFTER: i64 = 60 * SECOND;
/// The appliances of every cluster.
pub const APPLIANCES: [&str; 2] = ["A1", "A2"];

/// What a create of a migration asked for, and what came of it.
#[derive(Clone, Debug)]
pub struct Migration {
    pub resource_type: String,
    /// The id of the volume or of the volume group.
    pub family: String,
    /// The volumes that it moves.
    pub volumes: Vec<String>,
    pub from: &'static str,
    pub to: &'static str,
    /// Hosts that have to look for their paths anew: those that the array can make, and the others.
    pub rescan_by_array: Vec<String>,
    pub rescan_by_hand: Vec<String>,
    pub last_sync: Option<i64>,
    /// When the cause of the last error is mended.
    pub mended: i64,
}

impl Migration {
    /// True while its volumes are still on their way.
    pub fn is_under_way(node: NodeId) -> bool {
        ![table::COMPLETED, table::FAILED, table::DELETING].contains(&node)
    }
}

/// True in the nodes whose end is the end of the job that led into them.
pub fn works_for_a_job(node: NodeId) -> bool {
    [table::PAUSING, table::RESUMING, table::CUTTING_OVER, table::DELETING].contains(&node)
}

/// True in the nodes in which a replication of what is moved has to wait.
pub fn copies(node: NodeId) -> bool {
    [table::SYNCHRONIZING, table::CUTTING_OVER].contains(&node)
}

/// The hosts that use what is moved. Mappings are not simulated: some of the array's hosts, always the same.
/// The array can make an ESXi host look for its paths, and no other.
pub fn hosts(array: &Array, family: &str) -> (Vec<String>, Vec<String>) {
    let mut chances = array.seed.named("migrated").named(family);
    let all: Vec<_> = array.hosts.values().collect();
    let wanted = chances.within(0, 2);
    let mut hosts: Vec<_> = (0..wanted).filter_map(|_| chances.pick(&all).copied()).collect();
    hosts.dedup_by_key(|host| host.id.as_str());
    let (by_array, by_hand): (Vec<_>, Vec<_>) = hosts.into_iter().partition(|host| host.os == "ESXi");
    let ids = |hosts: Vec<&super::inventory::Host>| hosts.into_iter().map(|host| host.id.clone()).collect();
    (ids(by_array), ids(by_hand))
}

/// Where a volume is.
pub fn appliance(array: &Array, volume: &str) -> &'static str {
    array.errands.moved.get(volume).copied().unwrap_or(APPLIANCES[0])
}

/// The migration that has this volume or volume group now.
pub fn of_family<'a>(array: &'a Array, family: &str) -> Option<&'a Errand> {
    array.errands.all.values().find(|errand| match &errand.task {
        Task::Migration(migration) => {
            let has = migration.family == family || migration.volumes.iter().any(|volume| volume == family);
            has && Migration::is_under_way(errand.node)
        }
        Task::FileImport(_) => false,
    })
}

/// What the world looks like to the guards of a migration.
pub fn circumstances(migration: &Migration, known: Circumstances, now: i64) -> Circumstances {
    known
        .with(Circumstance::RescanByArray, Some(!migration.rescan_by_array.is_empty()))
        .with(Circumstance::RescanByHand, Some(!migration.rescan_by_hand.is_empty()))
        .with(Circumstance::CauseMended, Some(now >= migration.mended))
}

/// What belongs to the node in which it stands now.
pub fn arrive(array: &mut Array, errand: &mut Errand, from: Option<NodeId>, now: i64) {
    let node = errand.node;
    let Task::Migration(migration) = &mut errand.task else { return };
    match node {
        table::COMPLETED => {
            for volume in &migration.volumes {
                array.errands.moved.insert(volume.clone(), migration.to);
            }
        }
        table::SYSTEM_PAUSED => migration.mended = now + MENDED_AFTER,
        table::SYNCHRONIZING => {
            if from == Some(table::IDLE) {
                // What changed since the last copy: a twentieth.
                (errand.size, errand.copied) = ((errand.size / 20).max(1), 0);
            }
            errand.start_copy(array.seed, now);
        }
        table::IDLE => errand.copied = errand.size,
        _ => {}
    }
}

/// The next event of a migration that has just come to its node at `now`.
pub fn next(array: &Array, errand: &Errand, now: i64) -> Option<(i64, EventId)> {
    let mut chances = errand.chances(array.seed);
    let fails = chances.chance(array.failures);
    let mut within = |low, high| now + i64::try_from(chances.within(low, high)).unwrap_or(1) * SECOND;
    Some(match errand.node {
        table::INITIALIZING => (within(5, 20), table::SET_UP_DONE),
        table::AUTOMATIC_RESCAN_IN_PROGRESS => (within(10, 30), table::RESCAN_DONE),
        table::SYNCHRONIZING if fails => (now + errand.copy_takes() / 2, table::ERROR),
        table::SYNCHRONIZING => (now + errand.copy_takes(), table::COPY_DONE),
        table::PAUSING => (within(2, 5), table::PAUSE_DONE),
        table::RESUMING => (within(2, 5), table::RESUMED),
        table::CUTTING_OVER if fails => (within(5, 10), table::ERROR),
        table::CUTTING_OVER => (within(10, 30), table::OWNERSHIP_MOVED),
        table::DELETING => (within(2, 6), table::REMOVED),
        _ => return None,
    })
}

/// The error of its jobs after `event`: the session has no field for it.
pub fn error(migration: &Migration, event: EventId) -> SessionError {
    let (code, words) = match event {
        table::FATAL_ERROR => ("0xE0FF05010002", "The migration failed for good"),
        table::REMOVAL_FAILS => ("0xE0FF05010003", "What the migration left could not be removed"),
        _ => ("0xE0FF05010001", "The migration was stopped by an error"),
    };
    let message = format!("{words} (from {} to {}).", migration.from, migration.to);
    SessionError { code, message, arguments: vec![migration.family.clone()] }
}
