//! The rows: no guard decides.

use super::{events::*, nodes::*};
use crate::lifecycle::row::{event, other, start};
use crate::lifecycle::{Evidence, Outcome, Source, Transition, Trigger};

const DOCUMENTED: Evidence = Evidence::documented(Source::JobReference);
const AGAIN: Evidence = Evidence::inferred("The diagram has no arrow for it.");

pub(super) const TRANSITIONS: &[Transition] = &[
    start(Trigger::Event(JOB_CREATED), &[], Outcome::Node(IN_PROGRESS), DOCUMENTED),
    event(&[IN_PROGRESS], TRANSFER_SUCCEEDS, &[], SUCCESS, &[], DOCUMENTED),
    event(&[IN_PROGRESS], TRANSFER_FAILS, &[], FAILURE, &[], DOCUMENTED),
    event(&[SUCCESS], TRANSFER_FAILS, &[], PARTIAL_SUCCESS, &[], DOCUMENTED),
    event(&[FAILURE], TRANSFER_SUCCEEDS, &[], PARTIAL_SUCCESS, &[], DOCUMENTED),
    other(&[SUCCESS], Trigger::Event(TRANSFER_SUCCEEDS), &[], Outcome::Unchanged, AGAIN),
    other(&[FAILURE], Trigger::Event(TRANSFER_FAILS), &[], Outcome::Unchanged, AGAIN),
    other(&[PARTIAL_SUCCESS], Trigger::Event(TRANSFER_SUCCEEDS), &[], Outcome::Unchanged, DOCUMENTED),
    other(&[PARTIAL_SUCCESS], Trigger::Event(TRANSFER_FAILS), &[], Outcome::Unchanged, DOCUMENTED),
    other(
        &[SUCCESS, FAILURE, PARTIAL_SUCCESS, IN_PROGRESS],
        Trigger::Event(JOB_PURGED),
        &[],
        Outcome::Gone,
        DOCUMENTED,
    ),
];
