//! What the file systems make of their NAS server. The nodes named here are those of the file systems.
//!
//! The order is the rule where several conditions hold. Whatever file systems that stand still come to,
//! a NAS server at work has an answer, so that none stays at work for ever.

use super::events::*;
use crate::lifecycle::replication::{
    DELETING, ERROR, FAILED_OVER, FAILING_OVER, FAILING_OVER_FOR_DR, INITIALIZING, OK, PAUSED, PAUSED_FOR_MIGRATION,
    PAUSED_FOR_NDU, PAUSING, REPROTECTING, RESUMING, SYNCHRONIZING, SYSTEM_PAUSED,
};
use crate::lifecycle::{Derivation, EventId, Members, NodeId};
use Members::{Any, Every, None};

/// File systems that replicate.
const REPLICATING: &[NodeId] = &[OK, SYNCHRONIZING];

/// File systems that have stopped, or whose other end was failed over by itself.
const STUCK: &[NodeId] = &[SYSTEM_PAUSED, ERROR, FAILED_OVER, PAUSED, PAUSED_FOR_NDU, PAUSED_FOR_MIGRATION];

/// File systems that will move by themselves to what they were asked for, so that the NAS server waits.
const AT_WORK: &[NodeId] =
    &[INITIALIZING, PAUSING, RESUMING, FAILING_OVER, FAILING_OVER_FOR_DR, REPROTECTING, DELETING];

const fn when(event: EventId, when: &'static [Members]) -> Derivation {
    Derivation { event, when }
}

pub(super) const DERIVATIONS: &[Derivation] = &[
    when(FAILOVER_DONE, &[Every(&[FAILED_OVER])]),
    when(FAILED_OVER_ELSEWHERE, &[Every(&[FAILED_OVER])]),
    when(PAUSE_DONE, &[Every(&[PAUSED])]),
    when(CREATED, &[Every(REPLICATING)]),
    when(REPROTECTED, &[Every(REPLICATING)]),
    when(ALL_REPLICATE, &[Every(REPLICATING)]),
    when(CYCLES_DONE, &[Every(&[OK])]),
    when(ALL_STUCK, &[Every(&[SYSTEM_PAUSED])]),
    when(SOME_REPLICATE, &[Any(REPLICATING)]),
    when(SOME_STUCK, &[Any(STUCK), None(AT_WORK)]),
    when(CYCLE_STARTS, &[Any(&[SYNCHRONIZING])]),
    when(SOME_NOT_PAUSED, &[None(AT_WORK)]),
    when(SOME_NOT_RESUMED, &[None(AT_WORK)]),
    when(SOME_NOT_FAILED_OVER, &[None(AT_WORK)]),
    when(SOME_NOT_REPROTECTED, &[None(AT_WORK)]),
];
