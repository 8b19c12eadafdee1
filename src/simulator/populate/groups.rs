//! Imports of consistency groups as they stand at the first moment: what each member did, one after the
//! other, and then the group.

use super::{A, MINUTE, N, SECOND, Step, family, way};
use crate::lifecycle::import_volume as table;
use crate::lifecycle::{EventId, NodeId, Release};
use crate::simulator::behaviour;
use crate::simulator::seed::Seed;
use crate::simulator::source::{Family, Readiness};
use crate::simulator::stock;
use crate::simulator::world::{Array, Draft};

/// Groups among the imports beyond the cast, in thousandths.
const SHARE: u32 = 60;
/// Members of the group that each array's cast ends with.
pub const OF_CAST: u64 = 2;

/// Who takes a step after the members' own ones.
enum Then {
    /// The group.
    Group(Step),
    /// The last member.
    Last(EventId),
    /// Every other member.
    Others(EventId),
}

/// What a group has been through: how far its members came, the last one apart, and what followed.
pub struct Play {
    others: NodeId,
    pub(super) last: NodeId,
    then: &'static [Then],
}

impl Play {
    /// True when its members wait for their turn.
    pub fn is_queued(&self) -> bool {
        self.others == table::QUEUED
    }

    fn is_scheduled(&self) -> bool {
        self.others == table::SCHEDULED
    }
}

const CUTOVER: Then = Then::Group(Step::Action(table::CUTOVER));
const CANCEL: Then = Then::Group(Step::Action(table::CANCEL));
const READY: NodeId = table::READY_FOR_CUTOVER;

const fn play(others: NodeId, last: NodeId, then: &'static [Then]) -> Play {
    Play { others, last, then }
}

pub static QUEUED: Play = play(table::QUEUED, table::QUEUED, &[]);
static BY_HAND: Play = play(table::MIRROR_ENABLED, table::COPY_IN_PROGRESS, &[]);
static COPIES: Play = play(READY, table::COPY_IN_PROGRESS, &[]);
static INCOMPLETE: Play =
    play(READY, READY, &[CUTOVER, Then::Others(table::COMMIT_DONE), Then::Last(table::COMMIT_FAILS_MIRROR_INTACT)]);
static COMPLETED: Play =
    play(READY, READY, &[CUTOVER, Then::Others(table::COMMIT_DONE), Then::Last(table::COMMIT_DONE)]);

/// What the groups beyond the cast are.
static CROWD: [&Play; 13] = [
    &COMPLETED,
    &COMPLETED,
    &COMPLETED,
    &COPIES,
    &COPIES,
    &QUEUED,
    &play(table::SCHEDULED, table::SCHEDULED, &[]),
    &play(READY, READY, &[]),
    &play(READY, table::PAUSED, &[]),
    &play(
        READY,
        READY,
        &[
            CUTOVER,
            Then::Others(table::COMMIT_DONE),
            Then::Last(table::MIRROR_FAILED),
            Then::Last(table::ROLL_BACK_DONE),
        ],
    ),
    &play(READY, table::FAILED, &[Then::Others(table::ROLL_BACK_DONE)]),
    &play(READY, READY, &[CANCEL, Then::Others(table::ROLL_BACK_DONE), Then::Last(table::ROLL_BACK_DONE)]),
    &play(READY, READY, &[CANCEL, Then::Others(table::ROLL_BACK_DONE), Then::Last(table::ROLL_BACK_FAILS)]),
];

/// The group of an array's cast: one whose members want something, one that was cut over in part.
pub fn of_cast(index: u64, release: Release) -> &'static Play {
    match (index, release >= super::AGENTLESS) {
        (0, true) => &BY_HAND,
        (0, false) => &COPIES,
        _ => &INCOMPLETE,
    }
}

/// A group beyond the cast and its number of members, when the chances and the room for more sessions
/// allow it.
pub fn drawn(chances: &mut Seed, room: u64) -> Option<(&'static Play, u64)> {
    let members = chances.within(2, 6);
    let play = chances.pick(&CROWD).copied()?;
    (chances.chance(SHARE) && members <= room).then_some((play, members))
}

/// Plays a group's import up to the first moment.
pub fn import(array: &mut Array, number: u64, play: &Play, members: u64, start: i64) {
    let mut chances = array.seed.named("import").derive(number);
    let family = Some(family(array, number)).filter(|family| family.facts().has_groups).unwrap_or(Family::Unity);
    let by_hand = play.others == table::MIRROR_ENABLED || family.facts().agentless_only;
    let agentless = by_hand || chances.chance(500);
    let kind = if agentless && array.release >= super::AGENTLESS { A } else { N };
    let ready: Vec<Readiness> = (0..members).map(|_| Readiness::Ready).collect();
    let source = stock::add_group(array, family, number, &ready);
    let Some(found) = array.sources.get(&source) else { return };
    let (remote_system, content) = (found.remote_system.clone(), found.name.clone());
    let sizes: Vec<u64> = found.members.iter().flatten().filter_map(|id| Some(array.sources.get(id)?.size)).collect();
    let minutes = |from, to, chances: &mut Seed| i64::try_from(chances.within(from, to)).unwrap_or(1) * MINUTE;
    let scheduled = play.is_scheduled().then(|| start + minutes(10, 3 * 24 * 60, &mut chances) / MINUTE * MINUTE);
    let age = if play.last == table::COPY_IN_PROGRESS { 30 * SECOND } else { minutes(2, 600, &mut chances) };

    // Who takes which step, and how long after the one before.
    let mut steps: Vec<(Option<usize>, Step, i64)> = Vec::new();
    let last = sizes.len().saturating_sub(1);
    for (place, size) in sizes.iter().enumerate() {
        let session = array.next_number + 1 + u64::try_from(place).unwrap_or(0);
        let ran = behaviour::first_course(array.seed, session).time_for(*size);
        let node = if place == last { play.last } else { play.others };
        let ran = if node == table::PAUSED { ran / 2 } else { ran };
        for step in way(node, kind) {
            let gap = minutes(1, 4, &mut chances) + if super::ends_copy(&step) { ran } else { 0 };
            steps.push((Some(place), step, gap));
        }
    }
    for then in play.then {
        let gap = 40 * SECOND;
        match then {
            Then::Group(step) => steps.push((None, *step, gap)),
            Then::Last(event) => steps.push((Some(last), Step::Event(*event), gap)),
            Then::Others(event) => {
                steps.extend((0..last).map(|place| (Some(place), Step::Event(*event), gap / 4)));
            }
        }
    }
    let total: i64 = steps.iter().map(|(.., gap)| gap).sum();
    let mut at = start - age - total;
    let draft = Draft {
        name: format!("imp_{content}"),
        description: chances.chance(300).then(|| format!("Wave {}", chances.within(1, 6))),
        kind,
        remote_system,
        source,
        automatic_cutover: false,
        protection_policy: None,
        volume_group: None,
        scheduled,
        discovery_address: None,
        parent: None,
    };
    let Ok(group) = array.begin(draft, at) else { return };
    let begun = array.sessions.get(&group).map(|session| session.members.clone()).unwrap_or_default();
    for (who, step, gap) in steps {
        at += gap;
        let Some(id) = who.map_or(Some(&group), |place| begun.get(place)) else { continue };
        let _ = match step {
            Step::Action(action) => array.act(id, action, "admin", false, at).map(|_| ()),
            Step::Event(event) => array.take(id, crate::lifecycle::Trigger::Event(event), at),
        };
    }
    for id in begun.iter().chain([&group]) {
        if array.sessions.get(id).is_some_and(|session| session.due.is_some_and(|(due, _)| due < start)) {
            array.plan(id, start);
        }
    }
}
