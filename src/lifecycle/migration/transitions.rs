//! The rows. The order matters only between rows of the same trigger and node: the first whose
//! guards fit is the rule.

use super::{actions::*, events::*, nodes::*};
use crate::lifecycle::Circumstance::{AutomaticCutover, CauseMended, Forced, RescanByArray, RescanByHand, RescanDone};
use crate::lifecycle::row::{act, event, other, start};
use crate::lifecycle::{Effect, Evidence, NodeId, Outcome, Source, Transition, Trigger, is, isnt};

const API: Source = Source::ApiDescription;
const DOCUMENTED: Evidence = Evidence::documented(API);
const ORDER: Evidence = Evidence::trigger_inferred(API, "The texts say what the states mean, not their order.");
const MENDABLE: Evidence = Evidence::outcome_inferred(API, "Any error, says the text; where is ours.");
const RESCANNED: Evidence = Evidence::inferred("What is left of the hosts decides.");
const IMPLIED: Evidence = Evidence::inferred("The copy may be repeated or followed by the cutover.");
const NOTHING_RUNS: Evidence = Evidence::inferred("Nothing runs that force would have to stop.");
const SOMETHING_RUNS: Evidence = Evidence::inferred("Force is there to stop what runs.");

const FAILS: &[Effect] = &[Effect::SetsError];
const DELETES: Trigger = Trigger::Action(DELETE);

/// All but Deleting.
const ALL: &[NodeId] = &[
    INITIALIZING,
    AUTOMATIC_RESCAN_IN_PROGRESS,
    MANUAL_RESCAN_REQUIRED,
    INITIALIZED,
    SYNCHRONIZING,
    IDLE,
    CUTTING_OVER,
    COMPLETED,
    PAUSING,
    PAUSED,
    RESUMING,
    SYSTEM_PAUSED,
    FAILED,
];

pub(super) const TRANSITIONS: &[Transition] = &[
    start(Trigger::Action(CREATE), &[], Outcome::Node(INITIALIZING), DOCUMENTED),
    event(&[INITIALIZING], SET_UP_DONE, &[is(RescanByArray)], AUTOMATIC_RESCAN_IN_PROGRESS, &[], ORDER),
    event(&[INITIALIZING], SET_UP_DONE, &[isnt(RescanByArray), is(RescanByHand)], MANUAL_RESCAN_REQUIRED, &[], ORDER),
    event(&[INITIALIZING], SET_UP_DONE, &[isnt(RescanByArray), isnt(RescanByHand)], INITIALIZED, &[], DOCUMENTED),
    event(&[AUTOMATIC_RESCAN_IN_PROGRESS], RESCAN_DONE, &[is(RescanByHand)], MANUAL_RESCAN_REQUIRED, &[], RESCANNED),
    event(&[AUTOMATIC_RESCAN_IN_PROGRESS], RESCAN_DONE, &[isnt(RescanByHand)], INITIALIZED, &[], RESCANNED),
    // Copy.
    act(
        &[MANUAL_RESCAN_REQUIRED],
        SYNC,
        &[is(RescanDone)],
        SYNCHRONIZING,
        &[],
        Evidence::outcome_inferred(API, "The text asks for the switch; that the copy starts at once is ours."),
    ),
    other(
        &[MANUAL_RESCAN_REQUIRED],
        Trigger::Action(SYNC),
        &[isnt(RescanDone)],
        Outcome::Refused("Hosts wait for a rescan: do it, then synchronize with the switch that tells so."),
        DOCUMENTED,
    ),
    act(&[INITIALIZED, IDLE], SYNC, &[], SYNCHRONIZING, &[], DOCUMENTED),
    event(&[SYNCHRONIZING], COPY_DONE, &[isnt(AutomaticCutover)], IDLE, &[Effect::SyncRecorded], DOCUMENTED),
    event(
        &[SYNCHRONIZING],
        COPY_DONE,
        &[is(AutomaticCutover)],
        CUTTING_OVER,
        &[Effect::SyncRecorded],
        Evidence::outcome_inferred(API, "The field is described, the moment is not."),
    ),
    act(&[SYNCHRONIZING], PAUSE, &[], PAUSING, &[], DOCUMENTED),
    event(&[PAUSING], PAUSE_DONE, &[], PAUSED, &[], ORDER),
    act(&[PAUSED], RESUME, &[], RESUMING, &[], DOCUMENTED),
    act(&[SYSTEM_PAUSED], RESUME, &[is(CauseMended)], RESUMING, &[], DOCUMENTED),
    other(
        &[SYSTEM_PAUSED],
        Trigger::Action(RESUME),
        &[isnt(CauseMended)],
        Outcome::Refused("What stopped the migration is not mended yet."),
        Evidence::inferred("The text lets it be resumed once the error is resolved."),
    ),
    other(
        &[FAILED],
        Trigger::Action(RESUME),
        &[],
        Outcome::Refused("A failed migration cannot be resumed: delete it and begin anew."),
        DOCUMENTED,
    ),
    event(
        &[RESUMING],
        RESUMED,
        &[],
        SYNCHRONIZING,
        &[],
        Evidence::outcome_inferred(API, "The copy is started again, says the text; no state is named."),
    ),
    // Cutover.
    act(&[INITIALIZED], CUTOVER, &[], CUTTING_OVER, &[], DOCUMENTED),
    act(&[IDLE], CUTOVER, &[], CUTTING_OVER, &[], IMPLIED),
    other(
        &[MANUAL_RESCAN_REQUIRED],
        Trigger::Action(CUTOVER),
        &[],
        Outcome::Refused("Hosts wait for a rescan: without paths they would lose access."),
        Evidence::inferred("The set-up is not complete before the rescan."),
    ),
    event(
        &[CUTTING_OVER],
        OWNERSHIP_MOVED,
        &[],
        COMPLETED,
        &[Effect::SyncRecorded, Effect::HostsToDestination],
        DOCUMENTED,
    ),
    // Errors.
    event(&[SYNCHRONIZING], ERROR, &[], SYSTEM_PAUSED, FAILS, DOCUMENTED),
    event(&[CUTTING_OVER, PAUSING, RESUMING, AUTOMATIC_RESCAN_IN_PROGRESS], ERROR, &[], SYSTEM_PAUSED, FAILS, MENDABLE),
    event(
        &[INITIALIZING, CUTTING_OVER],
        FATAL_ERROR,
        &[],
        FAILED,
        FAILS,
        Evidence::trigger_inferred(API, "The text only says that an error was met."),
    ),
    // End.
    other(ALL, DELETES, &[is(Forced)], Outcome::Node(DELETING), DOCUMENTED),
    other(&[COMPLETED], DELETES, &[isnt(Forced)], Outcome::Node(DELETING), DOCUMENTED),
    other(&[SYSTEM_PAUSED], DELETES, &[isnt(Forced), is(CauseMended)], Outcome::Node(DELETING), DOCUMENTED),
    other(
        &[SYSTEM_PAUSED],
        DELETES,
        &[isnt(Forced), isnt(CauseMended)],
        Outcome::Refused("What stopped the migration is not mended yet: mend it, or delete by force."),
        Evidence::inferred("The text lets it be deleted once the error is resolved."),
    ),
    other(
        &[INITIALIZED, IDLE, PAUSED, MANUAL_RESCAN_REQUIRED, FAILED],
        DELETES,
        &[isnt(Forced)],
        Outcome::Node(DELETING),
        NOTHING_RUNS,
    ),
    other(
        &[INITIALIZING, AUTOMATIC_RESCAN_IN_PROGRESS, SYNCHRONIZING, CUTTING_OVER, PAUSING, RESUMING],
        DELETES,
        &[isnt(Forced)],
        Outcome::Refused("The array is at work on it: wait, or delete by force."),
        SOMETHING_RUNS,
    ),
    other(&[DELETING], Trigger::Event(REMOVED), &[], Outcome::Gone, DOCUMENTED),
    event(&[DELETING], REMOVAL_FAILS, &[], FAILED, FAILS, Evidence::inferred("No other state fits.")),
];
