//! The rows. Each refusal names the number that the server answers with.

use super::{actions::*, events::*, nodes::*};
use crate::lifecycle::Circumstance::{EndedWithError, PurgingErrors, Stoppable};
use crate::lifecycle::row::{act, event, other, start};
use crate::lifecycle::{Evidence, Outcome, Source, Transition, Trigger, is, isnt};

const DOCUMENTED: Evidence = Evidence::documented(Source::JobReference);
const LATER: Evidence = Evidence::documented(Source::LaterJobReference);
const BORN: Evidence =
    Evidence::outcome_inferred(Source::JobReference, "A record without a time of its start; no state is named.");
const CASES: Evidence = Evidence::inferred("The number is listed, its cases are not.");
const RESTART: Evidence = Evidence::inferred("It would hang for ever otherwise.");
const AS_ERROR: Evidence = Evidence::inferred("An aborted job did not end with success.");
const UNFINISHED: Evidence = Evidence::inferred("Later releases do not remove a running job.");

const ASKS_ABORT: Trigger = Trigger::Action(ABORT);
const ASKS_PURGE: Trigger = Trigger::Action(PURGE);
const CANNOT_STOP: Outcome =
    Outcome::Refused("A job of this type, or in this phase, cannot be stopped (22220, EJOBCANNOTBEABORTED).");
const KEPT: Outcome = Outcome::Refused("It did not end with success: set the switch for that (21012, EINVALIDINPUT).");

pub(super) const TRANSITIONS: &[Transition] = &[
    start(Trigger::Event(ENTRY_DUE), &[], Outcome::Node(QUEUED), BORN),
    start(Trigger::Event(REQUESTED), &[], Outcome::Node(QUEUED), BORN),
    event(&[QUEUED], WORKER_TAKES_IT, &[], RUNNING, &[], DOCUMENTED),
    event(&[RUNNING], SUBTASKS_ENDED, &[], COMPLETED, &[], DOCUMENTED),
    other(
        &[RUNNING],
        Trigger::Event(RETRIED),
        &[],
        Outcome::Unchanged,
        Evidence::inferred("Only the type of the event is listed."),
    ),
    // Abort.
    act(&[RUNNING], ABORT, &[is(Stoppable)], ABORTING, &[], DOCUMENTED),
    act(
        &[QUEUED],
        ABORT,
        &[is(Stoppable)],
        ABORTING,
        &[],
        Evidence::inferred("Later releases take queued jobs out when a dataset fails over."),
    ),
    other(&[QUEUED, RUNNING], ASKS_ABORT, &[isnt(Stoppable)], CANNOT_STOP, CASES),
    other(
        &[ABORTING],
        ASKS_ABORT,
        &[],
        Outcome::Unchanged,
        Evidence::inferred("No number is listed for it: it asks for what happens anyway."),
    ),
    other(
        &[COMPLETED],
        ASKS_ABORT,
        &[],
        Outcome::Refused("The job has ended already (22218, EJOBALREADYCOMPLETED)."),
        DOCUMENTED,
    ),
    other(
        &[ABORTED],
        ASKS_ABORT,
        &[],
        Outcome::Refused("The job is aborted already (22219, EJOBALREADYABORTED)."),
        DOCUMENTED,
    ),
    event(&[RUNNING], DATASET_FAILS_OVER, &[], ABORTING, &[], LATER),
    event(&[ABORTING], SUBTASKS_STOPPED, &[], ABORTED, &[], DOCUMENTED),
    event(&[ABORTING], SUBTASKS_ENDED, &[], ABORTED, &[], Evidence::inferred("Only the times count.")),
    // Restart.
    event(&[RUNNING], SERVICE_RESTARTED, &[], COMPLETED, &[], RESTART),
    event(&[ABORTING], SERVICE_RESTARTED, &[], ABORTED, &[], RESTART),
    // Purge.
    other(&[COMPLETED], ASKS_PURGE, &[isnt(EndedWithError)], Outcome::Gone, DOCUMENTED),
    other(&[COMPLETED], ASKS_PURGE, &[is(EndedWithError), is(PurgingErrors)], Outcome::Gone, DOCUMENTED),
    other(
        &[COMPLETED],
        ASKS_PURGE,
        &[is(EndedWithError), isnt(PurgingErrors)],
        KEPT,
        Evidence::inferred("Two sentences of the reference disagree for a single job."),
    ),
    other(&[ABORTED], ASKS_PURGE, &[is(PurgingErrors)], Outcome::Gone, AS_ERROR),
    other(&[ABORTED], ASKS_PURGE, &[isnt(PurgingErrors)], KEPT, AS_ERROR),
    other(
        &[QUEUED, RUNNING, ABORTING],
        ASKS_PURGE,
        &[],
        Outcome::Refused("The job has not ended: abort it first (21012, EINVALIDINPUT)."),
        UNFINISHED,
    ),
];
