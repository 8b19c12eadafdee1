//! The world at its first moment. Every session gets to its state through the table, in the past, so
//! that volumes, sources, jobs and history fit together.

mod errands;
mod groups;
mod past_jobs;

use std::collections::BTreeSet;

use self::groups::Play;

use super::counts::Counts;
use super::errand::Errands;
use super::fault::Faults;
use super::fleet::Options;
use super::jobs::Jobs;
use super::powerstore::login::Logins;
use super::seed::Seed;
use super::source::{Family, Readiness};
use super::world::{Array, Draft, Kind};
use super::{behaviour, stock};
use crate::lifecycle::import_volume as table;
use crate::lifecycle::{ActionId, EventId, NodeId, Release};
use crate::simulator::tree::Tree;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
/// Imports beyond the cast that come from other systems than Unitys, in thousandths.
const OTHER_SYSTEMS: u32 = 200;
/// The first release with agentless imports.
const AGENTLESS: Release = Release([1, 0, 2, 0]);

/// What a session is at the first moment: its state, agentless or not, automatic cutover or not.
type Part = (NodeId, Kind, bool);

const A: Kind = Kind::Agentless;
const N: Kind = Kind::NonDisruptive;

const CAST_SIZE: usize = 9;

/// The first sessions of an array, so that a small fleet shows everything; each array has its own row.
const CAST: [[Part; CAST_SIZE]; 2] = [
    [
        (table::COPY_IN_PROGRESS, A, false),
        (table::COPY_IN_PROGRESS, N, true),
        (table::READY_FOR_CUTOVER, A, false),
        (table::QUEUED, A, false),
        (table::IN_PROGRESS, A, false),
        (table::SCHEDULED, N, true),
        (table::PAUSED, A, false),
        (table::READY_TO_START_COPY, A, false),
        (table::CANCEL_REQUIRED, A, false),
    ],
    [
        (table::COPY_IN_PROGRESS, N, false),
        (table::FAILED, N, false),
        (table::CUTOVER_IN_PROGRESS, A, false),
        (table::CLEANUP_REQUIRED, A, false),
        (table::COPY_IN_PROGRESS, A, true),
        (table::QUEUED, N, true),
        (table::IN_PROGRESS, N, true),
        (table::CANCELLED, A, false),
        (table::IMPORT_COMPLETED, A, true),
    ],
];

/// What the others are: mostly finished or waiting.
const CROWD: [NodeId; 20] = [
    table::IMPORT_COMPLETED,
    table::IMPORT_COMPLETED,
    table::IMPORT_COMPLETED,
    table::IMPORT_COMPLETED,
    table::IMPORT_COMPLETED,
    table::IMPORT_COMPLETED,
    table::CANCELLED,
    table::CANCELLED,
    table::FAILED,
    table::SCHEDULED,
    table::SCHEDULED,
    table::SCHEDULED,
    table::QUEUED,
    table::QUEUED,
    table::COPY_IN_PROGRESS,
    table::COPY_IN_PROGRESS,
    table::COPY_IN_PROGRESS,
    table::PAUSED,
    table::MIRROR_ENABLED,
    table::READY_FOR_CUTOVER,
];

/// One array of the fleet, the `index`-th.
pub fn array(index: u64, id: &str, options: &Options) -> Array {
    let seed = Seed::new(options.seed).derive(index + 1);
    let mut array = Array {
        id: id.to_owned(),
        name: stock::title(id),
        release: options.releases.get(id).copied().unwrap_or(Release([4, 1, 0, 0])),
        seed,
        failures: options.failures,
        active_limit: options.active_limit,
        remote_systems: Tree::new(),
        sources: Tree::new(),
        volumes: Tree::new(),
        volume_groups: Tree::new(),
        nas_servers: Tree::new(),
        file_systems: Tree::new(),
        hosts: Tree::new(),
        host_groups: Tree::new(),
        policies: Tree::new(),
        snapshot_rules: Tree::new(),
        replication_rules: Tree::new(),
        sessions: Tree::new(),
        replications: Tree::new(),
        replicated: Tree::new(),
        session_names: Tree::new(),
        deleted: Tree::new(),
        errands: Errands::default(),
        queue: BTreeSet::new(),
        due: BTreeSet::new(),
        active: 0,
        jobs: Jobs::new(seed.named("jobs")),
        logins: Logins::new(seed.named("logins"), options.idle_timeout),
        faults: Faults::default(),
        counts: Counts::default(),
        next_number: 1,
        next_turn: 0,
    };
    stock::remote_systems(&mut array, index);
    stock::inventory(&mut array, options.start);
    // Every second import belongs to the second array.
    let arrays = super::ARRAYS.len() as u64;
    let count = (options.imports as u64 + arrays - 1 - index) / arrays;
    imports(&mut array, index, count, options.start);
    stock::free_sources(&mut array, count);
    errands::populate(&mut array, index, options);
    past_jobs::populate(&mut array, index, options);
    // What the past counted is not what a test wants to see.
    array.counts = Counts::default();
    array.start_from_queue(options.start);
    array.start_file_imports(options.start);
    array
}

/// One import of a volume, or one of a group.
enum Unit {
    Volume(Part),
    Group(&'static Play, u64),
}

impl Unit {
    fn is_queued(&self) -> bool {
        matches!(self, Unit::Volume((table::QUEUED, ..))) || matches!(self, Unit::Group(play, _) if play.is_queued())
    }

    fn works(&self) -> bool {
        match self {
            Unit::Volume((node, ..)) => works(*node),
            Unit::Group(play, _) => works(play.last),
        }
    }

    /// Sessions of it.
    fn sessions(&self) -> u64 {
        match self {
            Unit::Volume(_) => 1,
            Unit::Group(_, members) => 1 + members,
        }
    }

    /// The same, waiting in the queue.
    fn queued(self) -> Self {
        match self {
            Unit::Volume((_, kind, automatic)) => Unit::Volume((table::QUEUED, kind, automatic)),
            Unit::Group(_, members) => Unit::Group(&groups::QUEUED, members),
        }
    }
}

fn imports(array: &mut Array, index: u64, count: u64, start: i64) {
    let cast = CAST.get(usize::try_from(index).unwrap_or(0)).map_or(&[][..], |row| &row[..]);
    let mut units: Vec<(u64, Unit)> = Vec::new();
    let (mut number, mut active) = (0, 0);
    while number < count {
        let mut chances = array.seed.named("part").derive(number);
        let kind = if chances.chance(500) { A } else { N };
        let drawn = (chances.pick(&CROWD).copied().unwrap_or(table::QUEUED), kind, chances.chance(250));
        let place = usize::try_from(number).unwrap_or(usize::MAX);
        let room = count - number - 1;
        let mut unit = match cast.get(place) {
            Some(part) => Unit::Volume(fitting(*part, array.release)),
            None if place == CAST_SIZE && room >= groups::OF_CAST => {
                Unit::Group(groups::of_cast(index, array.release), groups::OF_CAST)
            }
            None => match groups::drawn(&mut chances, room) {
                Some((play, members)) => Unit::Group(play, members),
                None => Unit::Volume(fitting(drawn, array.release)),
            },
        };
        if unit.works() {
            active += 1;
            if active > array.active_limit {
                unit = unit.queued();
            }
        }
        let sessions = unit.sessions();
        units.push((number, unit));
        number += sessions;
    }
    // Those that work come after those that only went through working, and those in the queue last:
    // so each finds room, and nobody overtakes.
    units.sort_by_key(|(number, unit)| (unit.is_queued(), unit.works(), *number));
    for (number, unit) in units {
        match unit {
            Unit::Volume(part) => import(array, number, part, start),
            Unit::Group(play, members) => groups::import(array, number, play, members, start),
        }
    }
}

fn works(node: NodeId) -> bool {
    [table::IN_PROGRESS, table::COPY_IN_PROGRESS, table::CUTOVER_IN_PROGRESS].contains(&node)
}

/// The part as it can be played: the steps by hand are agentless, and old releases are not.
fn fitting((node, kind, automatic): Part, release: Release) -> Part {
    let by_hand = [table::MIRROR_ENABLED, table::READY_TO_START_COPY, table::CANCEL_REQUIRED].contains(&node);
    match (by_hand, release >= AGENTLESS) {
        (true, true) => (node, A, automatic),
        (false, true) => (node, kind, automatic),
        (true, false) => (table::PAUSED, N, automatic),
        (false, false) => (node, N, automatic),
    }
}

/// A step on the way to a state.
#[derive(Clone, Copy)]
enum Step {
    Action(ActionId),
    Event(EventId),
}

/// True for a step that ends a copy: it comes after the time that the copy ran.
fn ends_copy(step: &Step) -> bool {
    matches!(step, Step::Action(table::PAUSE | table::CANCEL))
        || matches!(step, Step::Event(table::ALL_DATA_COPIED | table::IO_OR_NETWORK_FAILURE))
}

/// The way from the creation to a state.
fn way(node: NodeId, kind: Kind) -> Vec<Step> {
    use Step::{Action, Event};
    let set_up: &[Step] = &[Event(table::SLOT_FREE), Event(table::SET_UP_DONE)];
    let copy: Vec<Step> = match kind {
        Kind::Agentless => [set_up, &[Action(table::ENABLE_DESTINATION_VOLUME), Action(table::START_COPY)]].concat(),
        Kind::NonDisruptive => set_up.to_vec(),
    };
    let after_copy = |steps: &[Step]| [copy.as_slice(), steps].concat();
    match node {
        table::IN_PROGRESS => vec![Event(table::SLOT_FREE)],
        table::MIRROR_ENABLED => set_up.to_vec(),
        table::READY_TO_START_COPY => [set_up, &[Action(table::ENABLE_DESTINATION_VOLUME)]].concat(),
        table::COPY_IN_PROGRESS => copy,
        table::PAUSED => after_copy(&[Action(table::PAUSE)]),
        table::READY_FOR_CUTOVER => after_copy(&[Event(table::ALL_DATA_COPIED)]),
        table::CUTOVER_IN_PROGRESS => after_copy(&[Event(table::ALL_DATA_COPIED), Action(table::CUTOVER)]),
        table::IMPORT_COMPLETED => {
            after_copy(&[Event(table::ALL_DATA_COPIED), Action(table::CUTOVER), Event(table::COMMIT_DONE)])
        }
        table::CANCEL_REQUIRED => after_copy(&[Event(table::IO_OR_NETWORK_FAILURE)]),
        table::CANCELLED => after_copy(&[Action(table::CANCEL), Event(table::ROLL_BACK_DONE)]),
        table::CLEANUP_REQUIRED => after_copy(&[Action(table::CANCEL), Event(table::ROLL_BACK_FAILS)]),
        table::FAILED => vec![Event(table::SLOT_FREE), Event(table::FAILURE_UNDONE)],
        _ => vec![],
    }
}

/// Where an import comes from: mostly from a Unity.
fn family(array: &Array, number: u64) -> Family {
    let mut chances = array.seed.named("family").derive(number);
    let of_cast = usize::try_from(number).is_ok_and(|number| number <= CAST_SIZE);
    let there: Vec<Family> =
        Family::ALL.into_iter().filter(|family| !stock::of_family(array, *family).is_empty()).collect();
    match !of_cast && chances.chance(OTHER_SYSTEMS) {
        true => chances.pick(&there).copied().unwrap_or(Family::Unity),
        false => Family::Unity,
    }
}

fn import(array: &mut Array, number: u64, (node, kind, automatic): Part, start: i64) {
    let mut chances = array.seed.named("import").derive(number);
    let family = family(array, number);
    let kind = if family.facts().agentless_only { A } else { kind };
    let source = stock::add_volume(array, family, number, Readiness::Ready);
    let Some(found) = array.sources.get(&source) else { return };
    let (size, remote_system, content) = (found.size, found.remote_system.clone(), found.name.clone());
    let steps = way(node, kind);
    // Automatic cutovers that wait would not wait for long.
    let automatic = automatic && node != table::READY_FOR_CUTOVER;
    let minutes = |from, to, chances: &mut Seed| i64::try_from(chances.within(from, to)).unwrap_or(1) * MINUTE;
    let scheduled =
        (node == table::SCHEDULED).then(|| start + minutes(10, 3 * 24 * 60, &mut chances) / MINUTE * MINUTE);
    // How long ago the last step was.
    let age = match node {
        table::IN_PROGRESS | table::CUTOVER_IN_PROGRESS => i64::try_from(chances.within(1, 12)).unwrap_or(1) * SECOND,
        table::QUEUED | table::SCHEDULED => minutes(1, 90, &mut chances),
        table::COPY_IN_PROGRESS => 0,
        table::IMPORT_COMPLETED | table::CANCELLED | table::FAILED => minutes(30, 20 * 24 * 60, &mut chances),
        _ => minutes(2, 600, &mut chances),
    };
    let part = chances.within(5, 90);
    let pace = behaviour::first_course(array.seed, array.next_number);
    let ran = match node {
        table::READY_FOR_CUTOVER | table::CUTOVER_IN_PROGRESS | table::IMPORT_COMPLETED => pace.time_for(size),
        _ => pace.time_for(size / 100 * part),
    };
    let gaps: Vec<i64> = steps
        .iter()
        .enumerate()
        .map(|(place, _)| {
            if place + 1 == steps.len() && node == table::COPY_IN_PROGRESS {
                30 * SECOND
            } else {
                minutes(1, 4, &mut chances)
            }
        })
        .collect();
    let total: i64 =
        gaps.iter().sum::<i64>() + if steps.iter().any(ends_copy) || node == table::COPY_IN_PROGRESS { ran } else { 0 };
    let mut at = start - age - total;
    let draft = Draft {
        name: format!("imp_{content}"),
        description: chances.chance(300).then(|| format!("Wave {}", chances.within(1, 6))),
        kind,
        remote_system,
        source,
        automatic_cutover: automatic,
        protection_policy: None,
        volume_group: None,
        scheduled,
        discovery_address: None,
        parent: None,
    };
    let Ok(id) = array.begin(draft, at) else { return };
    for (step, gap) in steps.iter().zip(gaps) {
        at += gap + if ends_copy(step) { ran } else { 0 };
        let _ = match step {
            Step::Action(action) => array.act(&id, *action, "admin", false, at).map(|_| ()),
            Step::Event(event) => array.take(&id, crate::lifecycle::Trigger::Event(*event), at),
        };
    }
    if let Some(session) = array.sessions.get(&id)
        && session.due.is_some_and(|(due, _)| due < start)
    {
        array.plan(&id, start);
    }
}
