//! What the members make of their group. The nodes named here are those of the members.
//!
//! The order is the rule where several conditions hold: a failure outweighs progress. While the group
//! is committed or rolled back every combination of members that stand still has an answer, so that no
//! group stays at work for ever.

use super::events::*;
use crate::lifecycle::import_volume::{
    CANCEL_FAILED, CANCEL_IN_PROGRESS, CANCEL_REQUIRED, CANCELLED, CLEANUP_FAILED, CLEANUP_IN_PROGRESS,
    CLEANUP_REQUIRED, COPY_IN_PROGRESS, CUTOVER_IN_PROGRESS, FAILED, IMPORT_COMPLETED, IN_PROGRESS, INVALID,
    MIRROR_ENABLED, PAUSED, QUEUED, READY_FOR_CUTOVER, READY_TO_START_COPY, SCHEDULED,
};
use crate::lifecycle::{Derivation, EventId, Members, NodeId};
use Members::{Any, Every, None};

/// A member has not come to its end: what the circumstance of the same name says.
pub const MEMBERS_LEFT: Members = Any(&[
    SCHEDULED,
    QUEUED,
    IN_PROGRESS,
    MIRROR_ENABLED,
    READY_TO_START_COPY,
    COPY_IN_PROGRESS,
    PAUSED,
    READY_FOR_CUTOVER,
    CUTOVER_IN_PROGRESS,
    CANCEL_REQUIRED,
    CANCEL_IN_PROGRESS,
    CANCEL_FAILED,
    CLEANUP_REQUIRED,
    CLEANUP_IN_PROGRESS,
    INVALID,
]);

/// Members that have had their turn.
const STARTED: &[NodeId] =
    &[IN_PROGRESS, MIRROR_ENABLED, READY_TO_START_COPY, COPY_IN_PROGRESS, PAUSED, READY_FOR_CUTOVER, CANCEL_REQUIRED];

/// Members that failed, undone or not.
const BROKEN: &[NodeId] = &[FAILED, CLEANUP_REQUIRED, CLEANUP_FAILED];

/// Members that will move by themselves, so that the group waits for them.
const AT_WORK: &[NodeId] =
    &[IN_PROGRESS, COPY_IN_PROGRESS, CUTOVER_IN_PROGRESS, CANCEL_IN_PROGRESS, CLEANUP_IN_PROGRESS, INVALID];

/// Members that a roll-back should have taken along. One whose record was inconsistent when it came
/// cannot be rolled back until the record is mended.
const PASSED_OVER: &[NodeId] = &[
    SCHEDULED,
    QUEUED,
    IN_PROGRESS,
    MIRROR_ENABLED,
    READY_TO_START_COPY,
    COPY_IN_PROGRESS,
    PAUSED,
    READY_FOR_CUTOVER,
    CANCEL_REQUIRED,
];

const fn when(event: EventId, when: &'static [Members]) -> Derivation {
    Derivation { event, when }
}

pub(super) const DERIVATIONS: &[Derivation] = &[
    // On the way.
    when(FIRST_MEMBER_STARTS, &[Any(STARTED)]),
    when(PRE_CHECK_FAILS, &[Any(BROKEN)]),
    when(MEMBER_FAILED, &[Any(BROKEN)]),
    when(MEMBER_CANCEL_REQUIRED, &[Any(&[CANCEL_REQUIRED])]),
    when(EVERY_MEMBER_CANCELLED, &[Every(&[CANCELLED])]),
    // A member that was cancelled by itself is out of the group's course; not all of them are, by now.
    when(EVERY_MEMBER_READY, &[Every(&[READY_FOR_CUTOVER, CANCELLED])]),
    when(COPIES_PAUSED, &[Any(&[PAUSED]), None(&[COPY_IN_PROGRESS])]),
    when(MEMBER_RESUMED, &[Any(&[COPY_IN_PROGRESS])]),
    when(MEMBER_RESUMED, &[None(&[PAUSED])]),
    // Cutover.
    when(ALL_COMMITTED, &[Every(&[IMPORT_COMPLETED])]),
    when(SOME_NOT_COMMITTED, &[None(AT_WORK), Any(&[READY_FOR_CUTOVER])]),
    when(SOME_MIRRORS_LOST, &[None(AT_WORK), Any(&[IMPORT_COMPLETED])]),
    when(NONE_COMMITTED, &[Every(&[CANCELLED, FAILED])]),
    when(NONE_COMMITTED_NOT_UNDONE, &[None(AT_WORK)]),
    // Roll-back and clean-up. A committed member stays committed.
    when(MEMBER_PASSED_OVER, &[Any(PASSED_OVER)]),
    when(ROLL_BACK_DONE, &[Every(&[CANCELLED, FAILED, IMPORT_COMPLETED])]),
    when(CLEAN_UP_DONE, &[Every(&[CANCELLED, FAILED, IMPORT_COMPLETED])]),
    when(MEMBER_NOT_CANCELLED, &[None(AT_WORK)]),
    when(ROLL_BACK_FAILS, &[None(AT_WORK)]),
];
