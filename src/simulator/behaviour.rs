//! When things happen by themselves, and how they turn out. Everything is a function of the array's
//! seed, the session and how often it has moved, so that the order of requests changes nothing.

use super::copy::Course;
use super::seed::Seed;
use super::world::{Array, Session, SessionError};
use crate::lifecycle::import_group;
use crate::lifecycle::import_volume as table;
use crate::lifecycle::{EventId, Kind as Work};

const SECOND: i64 = 1000;

/// The chances of one visit of a session to a node.
pub fn chances(array: &Array, session: &Session) -> Seed {
    array.seed.derive(session.number).derive(session.history.len() as u64)
}

/// The course of a session's next run.
pub fn course(array: &Array, session: &Session) -> Course {
    Course::of(array.seed.derive(session.number).named("course").derive(session.runs))
}

/// The course of the first run of the session with this number.
pub fn first_course(array_seed: Seed, number: u64) -> Course {
    Course::of(array_seed.derive(number).named("course").derive(0))
}

/// The next event of a session that has just entered its node at `now`; `None` when only a person or
/// the queue moves it on.
pub fn next(array: &Array, session: &Session, now: i64) -> Option<(i64, EventId)> {
    if session.work == Work::ImportGroup {
        return next_of_group(array, session, now);
    }
    let mut chances = chances(array, session);
    let is_member = session.asked.parent.is_some();
    let fails = chances.chance(array.failures);
    let after = |seconds: u64| now + i64::try_from(seconds).unwrap_or(0) * SECOND;
    let undone = if chances.chance(700) { table::FAILURE_UNDONE } else { table::FAILURE_NOT_UNDONE };
    match session.node {
        // A member waits for the time of its group, and for its cutover.
        table::SCHEDULED | table::READY_FOR_CUTOVER if is_member => None,
        table::SCHEDULED => Some((session.asked.scheduled.unwrap_or(now), table::SCHEDULE_EXPIRES)),
        table::IN_PROGRESS if replicates(array, session) => {
            Some((after(chances.within(5, 10)), table::POLICY_CHECK_FAILS))
        }
        table::IN_PROGRESS if fails => {
            let event = if chances.chance(500) { table::PRE_CHECK_FAILS } else { undone };
            Some((after(chances.within(5, 20)), event))
        }
        table::IN_PROGRESS => Some((after(chances.within(20, 60)), table::SET_UP_DONE)),
        table::COPY_IN_PROGRESS => {
            let left = session.size.saturating_sub(session.copied);
            let duration = session.run.map_or(0, |run| run.course.time_for(left));
            if !array.reaches(&session.asked.remote_system) {
                Some((after(chances.within(5, 15)), source_lost(session)))
            } else if fails {
                let part = i64::try_from(chances.within(5, 95)).unwrap_or(50);
                let event = if is_agentless(session) { table::IO_OR_NETWORK_FAILURE } else { undone };
                Some((now + duration / 100 * part, event))
            } else {
                Some((now + duration, table::ALL_DATA_COPIED))
            }
        }
        table::READY_FOR_CUTOVER if session.asked.automatic_cutover => {
            Some((after(chances.within(2, 6)), table::AUTOMATIC_CUTOVER))
        }
        table::CUTOVER_IN_PROGRESS if fails && is_member => {
            let lost = chances.chance(500);
            let event = if lost { table::MIRROR_FAILED } else { table::COMMIT_FAILS_MIRROR_INTACT };
            Some((after(chances.within(20, 60)), event))
        }
        table::CUTOVER_IN_PROGRESS => {
            Some((after(chances.within(20, 60)), if fails { undone } else { table::COMMIT_DONE }))
        }
        table::CANCEL_IN_PROGRESS if !has_begun(session) => Some((after(chances.within(2, 5)), table::ROLL_BACK_DONE)),
        table::CANCEL_IN_PROGRESS => {
            Some((after(chances.within(10, 40)), if fails { table::ROLL_BACK_FAILS } else { table::ROLL_BACK_DONE }))
        }
        table::CLEANUP_IN_PROGRESS => {
            Some((after(chances.within(10, 30)), if fails { table::CLEAN_UP_FAILS } else { table::CLEAN_UP_DONE }))
        }
        _ => None,
    }
}

/// The same for the session of a group: everything else follows from its members.
fn next_of_group(array: &Array, session: &Session, now: i64) -> Option<(i64, EventId)> {
    match session.node {
        import_group::SCHEDULED => Some((session.asked.scheduled.unwrap_or(now), import_group::SCHEDULE_EXPIRES)),
        import_group::READY_FOR_CUTOVER if session.asked.automatic_cutover => {
            let seconds = chances(array, session).within(2, 6);
            Some((now + i64::try_from(seconds).unwrap_or(2) * SECOND, import_group::AUTOMATIC_CUTOVER))
        }
        _ => None,
    }
}

/// What becomes of a planned event when its time comes and the source cannot be reached.
pub fn without_source(session: &Session, event: EventId) -> EventId {
    match event {
        table::SET_UP_DONE => table::FAILURE_UNDONE,
        table::ALL_DATA_COPIED => source_lost(session),
        table::COMMIT_DONE if session.asked.parent.is_some() => table::MIRROR_FAILED,
        table::COMMIT_DONE => table::FAILURE_NOT_UNDONE,
        table::ROLL_BACK_DONE if has_begun(session) => table::ROLL_BACK_FAILS,
        table::CLEAN_UP_DONE => table::CLEAN_UP_FAILS,
        other => other,
    }
}

/// The failure of a copy whose source is gone: an agentless import waits for its cancel; the other
/// kind tries to cancel by itself, which it cannot without the source.
pub fn source_lost(session: &Session) -> EventId {
    if is_agentless(session) { table::IO_OR_NETWORK_FAILURE } else { table::FAILURE_NOT_UNDONE }
}

/// True when the policy that the new volume gets holds a replication rule.
pub fn replicates(array: &Array, session: &Session) -> bool {
    let policy = session.asked.protection_policy.as_ref().and_then(|id| array.policies.get(id));
    policy.is_some_and(|policy| !policy.replication_rules.is_empty())
}

/// True once the set-up has begun: before, there is nothing to roll back.
fn has_begun(session: &Session) -> bool {
    session.destination.is_some()
}

fn is_agentless(session: &Session) -> bool {
    session.asked.kind == super::world::Kind::Agentless
}

/// The error that a session shows after `event`. Codes that begin with `0xE0FF` are ours.
pub fn error(array: &Array, session: &Session, event: EventId) -> SessionError {
    if session.work == Work::ImportGroup {
        return super::group::error(array, session, event);
    }
    let remote = array.remote_systems.get(&session.asked.remote_system).map_or("?", |remote| remote.name.as_str());
    let source = array.sources.get(&session.asked.source).map_or("?", |source| source.name.as_str());
    let (code, message) = match event {
        table::PRE_CHECK_FAILS => (
            "0xE0FF02010001",
            format!("The check before the import found volume {source} of {remote} in use by another operation."),
        ),
        table::POLICY_CHECK_FAILS => {
            ("0xE0FF02010002", "The protection policy of the import holds a replication rule.".to_owned())
        }
        table::FAILURE_UNDONE => (
            "0xE0FF02010003",
            format!("The import of volume {source} of {remote} failed; the array has taken back what it did."),
        ),
        table::FAILURE_NOT_UNDONE => {
            ("0xE0FF02010004", format!("The import of volume {source} of {remote} failed and could not be taken back."))
        }
        table::IO_OR_NETWORK_FAILURE => (
            "0xE0FF02010005",
            format!("Reads from volume {source} of {remote} time out: the connection to the source was lost."),
        ),
        table::ROLL_BACK_FAILS => (
            "0xE0FF02010006",
            format!("The roll-back could not restore volume {source} on {remote}: the system does not answer."),
        ),
        table::MIRROR_FAILED => (
            "0xE0FF0201000A",
            format!("The mirror to volume {source} of {remote} was lost in the commit: the volume is not imported."),
        ),
        table::CLEAN_UP_FAILS => (
            "0xE0FF02010007",
            format!("The clean-up could not restore volume {source} on {remote}: the system does not answer."),
        ),
        table::RECORD_INCONSISTENT => {
            ("0xE0FF02010008", "The record of the import does not match the objects on the arrays.".to_owned())
        }
        table::RECONCILE_GIVES_UP => (
            "0xE0FF02010009",
            "The record of the import could not be matched with the objects on the arrays.".to_owned(),
        ),
        _ => ("0xE0FF0201000F", format!("The import of volume {source} of {remote} met an unexpected condition.")),
    };
    SessionError { code, message, arguments: vec![source.to_owned(), remote.to_owned()] }
}
