//! The rows. The order matters only between rows of the same trigger and node: the first whose
//! guards fit is the rule.

use super::{actions::*, events::*, nodes::*};
use crate::lifecycle::Circumstance::{Forced, HeadOfQueue, ScheduleAhead, SlotFree};
use crate::lifecycle::row::{act, event, other, start};
use crate::lifecycle::{Effect, Evidence, Guard, NodeId, Outcome, Source, Transition, Trigger, is, isnt};

const DOCUMENTED: Evidence = Evidence::documented(Source::ApiDescription);
const CHOICE: Evidence =
    Evidence::outcome_inferred(Source::ApiDescription, "Both states have texts; which one begins is not said.");
const IN_ORDER: Evidence = Evidence::inferred("The enumeration lists the operations in this order.");
const RARE: Evidence = Evidence::inferred("The text names failures only while the array is at work.");
const SILENT: Evidence =
    Evidence::outcome_inferred(Source::ApiDescription, "It fails, says the text, but not where it is left.");
const ENDED: Evidence = Evidence::inferred("Nothing is said about it; an ended session is only a record.");

const UNFORCED: &[Guard] = &[isnt(Forced)];
const FAILS: &[Effect] = &[Effect::SetsError];
const LEFT_AS_IT_IS: &[Effect] = &[Effect::SetsError, Effect::SourceNotRolledBack, Effect::SourceReleased];

/// An operation fails.
const fn fail(from: &'static [NodeId], to: NodeId, evidence: Evidence) -> Transition {
    event(from, FAILURE, &[], to, FAILS, evidence)
}

/// A cancel, in whatever state of one operation.
const fn cancel(from: &'static [NodeId], to: NodeId) -> Transition {
    act(from, CANCEL, &[], to, &[], DOCUMENTED)
}

/// The source does not answer to a cancel that was not forced.
const fn silent(from: &'static [NodeId], to: NodeId) -> Transition {
    event(from, SOURCE_SILENT, UNFORCED, to, FAILS, SILENT)
}

const CANCELLINGS: &[NodeId] = &[
    CANCELLING,
    CANCELLING_INITIAL_PROVISIONING,
    CANCELLING_INITIAL_COPY,
    CANCELLING_IMPORTING_CONFIG,
    CANCELLING_READY_FOR_CUTOVER,
    CANCELLING_CUTTING_OVER,
    CANCELLING_INCREMENTAL_COPY,
    CANCELLING_READY_FOR_COMMIT,
    CANCELLING_COMMITTING,
];

/// Those that have something to give back.
const CANCELLINGS_AT_WORK: &[NodeId] = &[
    CANCELLING_INITIAL_PROVISIONING,
    CANCELLING_INITIAL_COPY,
    CANCELLING_IMPORTING_CONFIG,
    CANCELLING_READY_FOR_CUTOVER,
    CANCELLING_CUTTING_OVER,
    CANCELLING_INCREMENTAL_COPY,
    CANCELLING_READY_FOR_COMMIT,
    CANCELLING_COMMITTING,
];

const ALL: &[NodeId] = &[
    SCHEDULED,
    QUEUED,
    INITIAL_PROVISIONING,
    INITIAL_COPY,
    IMPORTING_CONFIG,
    READY_FOR_CUTOVER,
    CUTTING_OVER,
    INCREMENTAL_COPY,
    READY_FOR_COMMIT,
    COMMITTING,
    PAUSING_INITIAL_COPY,
    PAUSED_INITIAL_COPY,
    PAUSING_INCREMENTAL_COPY,
    PAUSED_INCREMENTAL_COPY,
    FAILED_INITIAL_PROVISIONING,
    FAILED_INITIAL_COPY,
    FAILED_IMPORTING_CONFIG,
    FAILED_READY_FOR_CUTOVER,
    FAILED_CUTTING_OVER,
    FAILED_INCREMENTAL_COPY,
    FAILED_READY_FOR_COMMIT,
    FAILED_COMMITTING,
    CANCELLING,
    CANCELLING_INITIAL_PROVISIONING,
    CANCELLING_INITIAL_COPY,
    CANCELLING_IMPORTING_CONFIG,
    CANCELLING_READY_FOR_CUTOVER,
    CANCELLING_CUTTING_OVER,
    CANCELLING_INCREMENTAL_COPY,
    CANCELLING_READY_FOR_COMMIT,
    CANCELLING_COMMITTING,
    // The last two have ended.
    CANCELLED,
    COMPLETED,
];

const UNFINISHED: &[NodeId] = ALL.split_at(ALL.len() - 2).0;

pub(super) const TRANSITIONS: &[Transition] = &[
    start(Trigger::Action(CREATE), &[is(ScheduleAhead)], Outcome::Node(SCHEDULED), CHOICE),
    start(Trigger::Action(CREATE), &[isnt(ScheduleAhead)], Outcome::Node(QUEUED), CHOICE),
    other(UNFINISHED, Trigger::Action(MODIFY), &[], Outcome::Unchanged, DOCUMENTED),
    other(ALL, Trigger::Action(REPORT), &[], Outcome::Unchanged, DOCUMENTED),
    event(&[SCHEDULED], SCHEDULE_EXPIRES, &[], QUEUED, &[], Evidence::inferred("The next state is not named.")),
    // The normal course.
    event(&[QUEUED], SLOT_FREE, &[is(HeadOfQueue), is(SlotFree)], INITIAL_PROVISIONING, &[], DOCUMENTED),
    event(&[INITIAL_PROVISIONING], STAGE_DONE, &[], INITIAL_COPY, &[], IN_ORDER),
    event(&[INITIAL_COPY], STAGE_DONE, &[], IMPORTING_CONFIG, &[], IN_ORDER),
    event(&[IMPORTING_CONFIG], STAGE_DONE, &[], READY_FOR_CUTOVER, &[], IN_ORDER),
    act(&[READY_FOR_CUTOVER], CUTOVER, &[], CUTTING_OVER, &[], DOCUMENTED),
    event(&[CUTTING_OVER], STAGE_DONE, &[], INCREMENTAL_COPY, &[Effect::HostsToDestination], DOCUMENTED),
    event(
        &[CUTTING_OVER],
        CUTOVER_UNDONE,
        &[],
        READY_FOR_CUTOVER,
        &[Effect::SetsError, Effect::HostsToSource],
        DOCUMENTED,
    ),
    event(
        &[CUTTING_OVER],
        CUTOVER_NOT_UNDONE,
        &[],
        FAILED_CUTTING_OVER,
        &[Effect::SetsError, Effect::HostsToSource],
        DOCUMENTED,
    ),
    event(&[INCREMENTAL_COPY], FILES_IN_SYNC, &[], READY_FOR_COMMIT, &[], DOCUMENTED),
    act(&[READY_FOR_COMMIT], COMMIT, &[], COMMITTING, &[], DOCUMENTED),
    event(&[COMMITTING], COMMIT_DONE, &[], COMPLETED, &[Effect::SourceDetached, Effect::SourceReleased], DOCUMENTED),
    event(&[COMMITTING], SOURCE_SILENT, &[is(Forced)], COMPLETED, LEFT_AS_IT_IS, DOCUMENTED),
    event(&[COMMITTING], SOURCE_SILENT, UNFORCED, READY_FOR_COMMIT, FAILS, SILENT),
    // Pausing.
    act(&[INITIAL_COPY], PAUSE, &[], PAUSING_INITIAL_COPY, &[], DOCUMENTED),
    act(&[INCREMENTAL_COPY], PAUSE, &[], PAUSING_INCREMENTAL_COPY, &[], DOCUMENTED),
    event(&[PAUSING_INITIAL_COPY], PAUSE_DONE, &[], PAUSED_INITIAL_COPY, &[], DOCUMENTED),
    event(&[PAUSING_INCREMENTAL_COPY], PAUSE_DONE, &[], PAUSED_INCREMENTAL_COPY, &[], DOCUMENTED),
    fail(&[PAUSING_INITIAL_COPY], FAILED_INITIAL_COPY, RARE),
    fail(&[PAUSING_INCREMENTAL_COPY], FAILED_INCREMENTAL_COPY, RARE),
    act(&[PAUSED_INITIAL_COPY, FAILED_INITIAL_COPY], RESUME, &[], INITIAL_COPY, &[], DOCUMENTED),
    act(&[PAUSED_INCREMENTAL_COPY, FAILED_INCREMENTAL_COPY], RESUME, &[], INCREMENTAL_COPY, &[], DOCUMENTED),
    act(&[FAILED_INITIAL_PROVISIONING], RESUME, &[], INITIAL_PROVISIONING, &[], DOCUMENTED),
    act(&[FAILED_IMPORTING_CONFIG], RESUME, &[], IMPORTING_CONFIG, &[], DOCUMENTED),
    // Failures.
    fail(&[INITIAL_PROVISIONING], FAILED_INITIAL_PROVISIONING, DOCUMENTED),
    fail(&[INITIAL_COPY], FAILED_INITIAL_COPY, DOCUMENTED),
    fail(&[IMPORTING_CONFIG], FAILED_IMPORTING_CONFIG, DOCUMENTED),
    fail(&[INCREMENTAL_COPY], FAILED_INCREMENTAL_COPY, DOCUMENTED),
    fail(&[READY_FOR_CUTOVER], FAILED_READY_FOR_CUTOVER, RARE),
    fail(&[READY_FOR_COMMIT], FAILED_READY_FOR_COMMIT, RARE),
    fail(&[COMMITTING], FAILED_COMMITTING, RARE),
    // Cancel.
    cancel(&[SCHEDULED, QUEUED], CANCELLING),
    cancel(&[INITIAL_PROVISIONING, FAILED_INITIAL_PROVISIONING], CANCELLING_INITIAL_PROVISIONING),
    cancel(&[INITIAL_COPY, PAUSING_INITIAL_COPY, PAUSED_INITIAL_COPY, FAILED_INITIAL_COPY], CANCELLING_INITIAL_COPY),
    cancel(&[IMPORTING_CONFIG, FAILED_IMPORTING_CONFIG], CANCELLING_IMPORTING_CONFIG),
    cancel(&[READY_FOR_CUTOVER, FAILED_READY_FOR_CUTOVER], CANCELLING_READY_FOR_CUTOVER),
    cancel(&[CUTTING_OVER, FAILED_CUTTING_OVER], CANCELLING_CUTTING_OVER),
    cancel(
        &[INCREMENTAL_COPY, PAUSING_INCREMENTAL_COPY, PAUSED_INCREMENTAL_COPY, FAILED_INCREMENTAL_COPY],
        CANCELLING_INCREMENTAL_COPY,
    ),
    cancel(&[READY_FOR_COMMIT, FAILED_READY_FOR_COMMIT], CANCELLING_READY_FOR_COMMIT),
    cancel(&[COMMITTING, FAILED_COMMITTING], CANCELLING_COMMITTING),
    event(
        CANCELLINGS,
        CANCEL_DONE,
        &[],
        CANCELLED,
        &[Effect::HostsToSource, Effect::SourceReleased],
        Evidence::outcome_inferred(
            Source::ApiDescription,
            "The operation's text says Completed, the state's own text Cancelled: the state has the last word.",
        ),
    ),
    event(CANCELLINGS_AT_WORK, SOURCE_SILENT, &[is(Forced)], CANCELLED, LEFT_AS_IT_IS, DOCUMENTED),
    silent(&[CANCELLING_INITIAL_PROVISIONING], FAILED_INITIAL_PROVISIONING),
    silent(&[CANCELLING_INITIAL_COPY], FAILED_INITIAL_COPY),
    silent(&[CANCELLING_IMPORTING_CONFIG], FAILED_IMPORTING_CONFIG),
    silent(&[CANCELLING_READY_FOR_CUTOVER], FAILED_READY_FOR_CUTOVER),
    silent(&[CANCELLING_CUTTING_OVER], FAILED_CUTTING_OVER),
    silent(&[CANCELLING_INCREMENTAL_COPY], FAILED_INCREMENTAL_COPY),
    silent(&[CANCELLING_READY_FOR_COMMIT], FAILED_READY_FOR_COMMIT),
    silent(&[CANCELLING_COMMITTING], FAILED_COMMITTING),
    // End.
    other(
        &[
            COMPLETED,
            CANCELLED,
            FAILED_INITIAL_PROVISIONING,
            FAILED_INITIAL_COPY,
            FAILED_IMPORTING_CONFIG,
            FAILED_READY_FOR_CUTOVER,
            FAILED_CUTTING_OVER,
            FAILED_INCREMENTAL_COPY,
            FAILED_READY_FOR_COMMIT,
            FAILED_COMMITTING,
        ],
        Trigger::Action(DELETE),
        &[],
        Outcome::Gone,
        ENDED,
    )
    .with_effects(&[Effect::SourceReleased]),
];
