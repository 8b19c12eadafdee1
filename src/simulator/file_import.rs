//! File imports: when things happen to them by themselves, and what they are about. Everything is a
//! function of the array's seed, the session and how often it has moved.

use super::errand::{Errand, Task};
use super::jobs::Step;
use super::seed::Seed;
use super::world::{Array, Named, SessionError};
use crate::lifecycle::file_import as table;
use crate::lifecycle::{Circumstance, Circumstances, Effect, EventId, Kind as Work, NodeId};
use crate::simulator::tree::Tree;

const SECOND: i64 = 1000;
/// How many file imports an array works on at once.
const AT_ONCE: usize = 2;

/// A NAS server of another system.
#[derive(Clone, Debug)]
pub struct NasSource {
    pub id: String,
    pub name: String,
    pub remote_system: String,
    /// Bytes in all its file systems.
    pub size: u64,
    /// The names of its file systems.
    pub file_systems: Vec<String>,
    /// The unfinished file import that has it.
    pub session: Option<String>,
    /// A forced end left it as it was.
    pub left_behind: bool,
    pub imported: bool,
}

impl Named for NasSource {
    fn name(&self) -> &str {
        &self.name
    }
}

/// What a create of a file import asked for, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct FileImport {
    pub description: Option<String>,
    pub remote_system: String,
    pub source: String,
    pub import_interface: String,
    pub scheduled: Option<i64>,
    pub policy: Option<String>,
    pub smb_user: Option<String>,
    pub dhsm_user: Option<String>,
    pub cta_user: Option<String>,
    pub source_interface: Option<String>,
    /// The NAS server that it makes.
    pub destination: Option<String>,
}

/// The nodes that take one of the places: those in which the array works.
const ACTIVE: [NodeId; 8] = [
    table::INITIAL_PROVISIONING,
    table::INITIAL_COPY,
    table::IMPORTING_CONFIG,
    table::CUTTING_OVER,
    table::INCREMENTAL_COPY,
    table::COMMITTING,
    table::PAUSING_INITIAL_COPY,
    table::PAUSING_INCREMENTAL_COPY,
];

/// Where the cancel has something to give back.
const CANCELLINGS: [NodeId; 8] = [
    table::CANCELLING_INITIAL_PROVISIONING,
    table::CANCELLING_INITIAL_COPY,
    table::CANCELLING_IMPORTING_CONFIG,
    table::CANCELLING_READY_FOR_CUTOVER,
    table::CANCELLING_CUTTING_OVER,
    table::CANCELLING_INCREMENTAL_COPY,
    table::CANCELLING_READY_FOR_COMMIT,
    table::CANCELLING_COMMITTING,
];

/// True in the nodes whose end is the end of the job that led into them.
pub fn works_for_a_job(node: NodeId) -> bool {
    let works = [
        table::CUTTING_OVER,
        table::COMMITTING,
        table::PAUSING_INITIAL_COPY,
        table::PAUSING_INCREMENTAL_COPY,
        table::CANCELLING,
    ];
    works.contains(&node) || CANCELLINGS.contains(&node)
}

fn all(array: &Array) -> impl Iterator<Item = &Errand> {
    array.errands.all.values().filter(|errand| errand.work() == Work::FileImport)
}

/// The first of the queue.
pub fn head(array: &Array) -> Option<String> {
    let queued = all(array).filter(|errand| errand.node == table::QUEUED);
    queued.min_by_key(|errand| errand.turn).map(|errand| errand.id.clone())
}

/// What the world looks like to the guards of a file import.
pub fn circumstances(array: &Array, errand: &Errand, known: Circumstances) -> Circumstances {
    let active = all(array).filter(|errand| ACTIVE.contains(&errand.node)).count();
    known
        .with(Circumstance::HeadOfQueue, Some(head(array).as_deref() == Some(errand.id.as_str())))
        .with(Circumstance::SlotFree, Some(active < AT_ONCE))
}

/// What belongs to the node in which it stands now.
pub fn arrive(seed: Seed, errand: &mut Errand, from: Option<NodeId>, now: i64) {
    let node = errand.node;
    let made = errand.chances(seed).named("nas server").uuid();
    let Task::FileImport(import) = &mut errand.task else { return };
    match node {
        table::INITIAL_PROVISIONING if import.destination.is_none() => import.destination = Some(made),
        // The objects that it had made are removed.
        table::FAILED_CUTTING_OVER | table::CANCELLED => import.destination = None,
        table::INITIAL_COPY => errand.start_copy(seed, now),
        table::IMPORTING_CONFIG => errand.copied = errand.size,
        table::INCREMENTAL_COPY => {
            if from == Some(table::CUTTING_OVER) {
                // What changed since the first copy: a tenth of everything.
                (errand.size, errand.copied) = (errand.size / 10, 0);
            }
            errand.start_copy(seed, now);
        }
        table::READY_FOR_COMMIT => errand.copied = errand.size,
        _ => {}
    }
}

/// What a row does to the NAS server that is imported.
pub fn effects(sources: &mut Tree<String, NasSource>, import: &mut FileImport, effects: &[Effect]) {
    let Some(source) = sources.get_mut(&import.source) else { return };
    for effect in effects {
        match effect {
            Effect::SourceDetached => source.imported = true,
            Effect::SourceReleased => source.session = None,
            Effect::SourceNotRolledBack => source.left_behind = true,
            _ => {}
        }
    }
}

/// The next event of a file import that has just come to its node at `now`.
pub fn next(array: &Array, errand: &Errand, now: i64) -> Option<(i64, EventId)> {
    let Task::FileImport(import) = &errand.task else { return None };
    let mut chances = errand.chances(array.seed);
    let fails = chances.chance(array.failures);
    let mut within = |low, high| now + i64::try_from(chances.within(low, high)).unwrap_or(1) * SECOND;
    let (done, after) = match errand.node {
        table::SCHEDULED => return Some((import.scheduled.unwrap_or(now), table::SCHEDULE_EXPIRES)),
        table::INITIAL_PROVISIONING if replicates(array, import) => return Some((within(5, 10), table::FAILURE)),
        table::INITIAL_PROVISIONING => (table::STAGE_DONE, within(20, 60)),
        table::INITIAL_COPY | table::INCREMENTAL_COPY if !array.reaches(&import.remote_system) => {
            return Some((within(5, 15), table::FAILURE));
        }
        table::INITIAL_COPY => (table::STAGE_DONE, now + errand.copy_takes()),
        table::IMPORTING_CONFIG => (table::STAGE_DONE, within(10, 30)),
        table::CUTTING_OVER if fails => return Some((within(20, 40), table::CUTOVER_UNDONE)),
        table::CUTTING_OVER => (table::STAGE_DONE, within(20, 40)),
        table::INCREMENTAL_COPY => (table::FILES_IN_SYNC, now + errand.copy_takes()),
        table::COMMITTING => (table::COMMIT_DONE, within(20, 60)),
        table::PAUSING_INITIAL_COPY | table::PAUSING_INCREMENTAL_COPY => {
            return Some((within(2, 8), table::PAUSE_DONE));
        }
        table::CANCELLING => return Some((within(2, 5), table::CANCEL_DONE)),
        node if CANCELLINGS.contains(&node) => return Some((within(10, 40), table::CANCEL_DONE)),
        _ => return None,
    };
    Some(if fails { (now + (after - now) / 2, table::FAILURE) } else { (after, done) })
}

/// What becomes of a planned event when its time comes and the source cannot be reached.
pub fn without_source(node: NodeId, event: EventId) -> EventId {
    match event {
        table::STAGE_DONE if node == table::CUTTING_OVER => table::CUTOVER_NOT_UNDONE,
        table::STAGE_DONE | table::FILES_IN_SYNC => table::FAILURE,
        table::COMMIT_DONE => table::SOURCE_SILENT,
        table::CANCEL_DONE if node != table::CANCELLING => table::SOURCE_SILENT,
        other => other,
    }
}

/// True when the policy that the new NAS server is to get holds a replication rule.
fn replicates(array: &Array, import: &FileImport) -> bool {
    let policy = import.policy.as_ref().and_then(|id| array.policies.get(id));
    policy.is_some_and(|policy| !policy.replication_rules.is_empty())
}

/// The steps of a cutover that takes so many milliseconds.
pub fn steps_of_cutover(import: &FileImport, takes: i64) -> Vec<Step> {
    let step = |description: &str| Step {
        action: Some("modify"),
        resource_kind: "nas_server",
        resource_id: import.destination.clone().unwrap_or_default(),
        resource_name: String::new(),
        description: description.to_owned(),
        takes: Some(takes / 3),
    };
    vec![
        step("Take down the production interfaces of the source."),
        step("Bring up the production interfaces of this array."),
        step("Take over directory services and locks."),
    ]
}

/// The error that it shows after `event`.
pub fn error(array: &Array, import: &FileImport, event: EventId) -> SessionError {
    let remote = array.remote_systems.get(&import.remote_system).map_or("?", |remote| remote.name.as_str());
    let source = array.errands.nas_sources.get(&import.source).map_or("?", |source| source.name.as_str());
    let (code, words) = match event {
        table::CUTOVER_UNDONE => ("0xE0FF04010002", "The cutover failed and was undone; clients are on"),
        table::CUTOVER_NOT_UNDONE => {
            ("0xE0FF04010003", "The cutover failed and what was imported was removed; clients are to use")
        }
        table::SOURCE_SILENT => ("0xE0FF04010004", "No answer from"),
        _ if replicates(array, import) => {
            ("0xE0FF04010005", "The protection policy holds a replication rule; not imported:")
        }
        _ => ("0xE0FF04010001", "The operation met an error on"),
    };
    let message = format!("{words} NAS server {source} of {remote}.");
    SessionError { code, message, arguments: vec![source.to_owned(), remote.to_owned()] }
}
