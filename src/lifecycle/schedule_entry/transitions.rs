//! The rows: no guard decides.

use super::{events::*, nodes::*};
use crate::lifecycle::row::{event, other, start};
use crate::lifecycle::{Evidence, Outcome, Source, Transition, Trigger};

const DOCUMENTED: Evidence = Evidence::documented(Source::JobReference);
const COMPUTED: Evidence =
    Evidence::outcome_inferred(Source::JobReference, "Computed, and to be read anew after a change; more is ours.");
const CHANGE: Evidence = Evidence::inferred("A change may move what is planned, or end it.");
const DELAY: Evidence = Evidence::trigger_inferred(
    Source::LaterJobReference,
    "The two times of an entry may differ; that the service was down is ours.",
);

pub(super) const TRANSITIONS: &[Transition] = &[
    start(Trigger::Event(POLICY_APPLIED), &[], Outcome::Node(PLANNED), COMPUTED),
    other(&[PLANNED, LATE], Trigger::Event(SCHEDULE_CHANGED), &[], Outcome::Unchanged, CHANGE),
    event(&[PLANNED, LATE], TAKEN_OUT, &[], WITHDRAWN, &[], CHANGE),
    event(&[PLANNED], DUE, &[], STARTED, &[], DOCUMENTED),
    event(&[PLANNED], DUE_WHILE_DOWN, &[], LATE, &[], DELAY),
    event(&[LATE], SERVICE_BACK, &[], STARTED, &[], Evidence::inferred("What is late is made up for.")),
    other(&[STARTED, WITHDRAWN], Trigger::Event(NEXT_LISTING), &[], Outcome::Gone, DOCUMENTED),
];
