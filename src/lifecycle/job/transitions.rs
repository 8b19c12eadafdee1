//! The rows: no two of a phase share a trigger.

use super::{events::*, nodes::*};
use crate::lifecycle::row::{event, other, start};
use crate::lifecycle::{Effect, Evidence, Outcome, Source, Transition, Trigger};

const API: Source = Source::ApiDescription;
const DOCUMENTED: Evidence = Evidence::documented(API);
const FAILED_FOR_GOOD: &[Effect] = &[Effect::SetsError];

pub(super) const TRANSITIONS: &[Transition] = &[
    start(
        Trigger::Event(ACCEPTED),
        &[],
        Outcome::Node(PENDING),
        Evidence::trigger_inferred(API, "The text says what the phase means, not that each job begins in it."),
    ),
    start(Trigger::Event(NOT_NEEDED), &[], Outcome::Node(SKIPPED), DOCUMENTED),
    event(&[PENDING], MUST_WAIT, &[], QUEUED, &[], Evidence::inferred("The order of the two is not said.")),
    event(&[PENDING, QUEUED], STARTS, &[], IN_PROGRESS, &[], DOCUMENTED),
    event(&[IN_PROGRESS], DONE, &[], COMPLETED, &[], DOCUMENTED),
    event(&[IN_PROGRESS], FAILS, &[], FAILING, &[], DOCUMENTED),
    event(&[FAILING], CLEAN_UP_DONE, &[], FAILED, FAILED_FOR_GOOD, DOCUMENTED),
    event(&[FAILING], CLEAN_UP_FAILS, &[], UNRECOVERABLE_FAILED, FAILED_FOR_GOOD, DOCUMENTED),
    event(
        &[PENDING, QUEUED],
        EARLIER_STEP_FAILED,
        &[],
        FAILED,
        FAILED_FOR_GOOD,
        Evidence::inferred("Skipped is kept for upgrades, and nothing else fits a step that never began."),
    ),
    other(
        &[COMPLETED, SKIPPED, FAILED, UNRECOVERABLE_FAILED],
        Trigger::Event(RETENTION_PASSES),
        &[],
        Outcome::Gone,
        Evidence::inferred("How long jobs are kept is not said."),
    ),
];
