//! The rows. The order matters only between rows of the same trigger and node: the first whose
//! guards fit is the rule.

use super::{actions::*, events::*, nodes::*};
use crate::lifecycle::Circumstance::{Discarding, Forced, LinkUp, PausedLocally, Reversing, SourceSide};
use crate::lifecycle::replication as member;
use crate::lifecycle::replication::transitions::{
    AS_OTHERS, AT_DESTINATION, AT_SOURCE, BOTH, BOTH_PAUSED, CLIENTS, FAILED_OVER_ALREADY, FAILS, LOCAL_ONLY, MEANING,
    NEEDS_LINK, NO_LINK, NOTHING_ELSE_FITS, RUN_FIRST, SYNC_OR_PAUSE, hardly, no,
};
use crate::lifecycle::row::{act, event, other, start};
use crate::lifecycle::{Effect, EventId, Evidence, NodeId, Outcome, Source, Transition, Trigger, is, isnt};

const API: Source = Source::ApiDescription;
const FOLLOWS: &str = "It tells of its file systems as a whole.";
const REPEATED: &str = "What is left of it can only be done again.";
const AS_BEFORE: &str = "Repeat it as it was asked before, with discard or without.";

/// What every file system does.
const fn each(event: EventId) -> Effect {
    Effect::Members(Trigger::Event(event))
}

const SYNCS: &[Effect] = &[each(member::NAS_SERVER_SYNCS), Effect::BothEnds];
const PAUSES: &[Effect] = &[each(member::NAS_SERVER_PAUSES), Effect::BothEnds];
const RESUMES: &[Effect] = &[each(member::NAS_SERVER_RESUMES), Effect::BothEnds];
const TAKES_OVER: &[Effect] = &[each(member::NAS_SERVER_FAILS_OVER_FOR_DR)];
const REPROTECTS: &[Effect] = &[each(member::NAS_SERVER_REPROTECTS), Effect::BothEnds];

/// Every node but Deleting and Error.
const UNBROKEN: &[NodeId] = &[
    INITIALIZING,
    OK,
    SYNCHRONIZING,
    PAUSING,
    PAUSED,
    RESUMING,
    SYSTEM_PAUSED,
    PAUSED_FOR_NDU,
    PAUSED_FOR_MIGRATION,
    FAILING_OVER,
    FAILING_OVER_FOR_DR,
    FAILED_OVER,
    REPROTECTING,
    PARTIAL_OK,
    PARTIAL_PAUSED,
    PARTIAL_FAILED_OVER,
    PARTIAL_REPROTECTED,
    PARTIAL_FAILED_BACK,
];

/// Every node but Deleting.
const REMOVABLE: &[NodeId] = &[
    INITIALIZING,
    OK,
    SYNCHRONIZING,
    PAUSING,
    PAUSED,
    RESUMING,
    SYSTEM_PAUSED,
    PAUSED_FOR_NDU,
    PAUSED_FOR_MIGRATION,
    FAILING_OVER,
    FAILING_OVER_FOR_DR,
    FAILED_OVER,
    REPROTECTING,
    PARTIAL_OK,
    PARTIAL_PAUSED,
    PARTIAL_FAILED_OVER,
    PARTIAL_REPROTECTED,
    PARTIAL_FAILED_BACK,
    ERROR,
];

/// Where the old source can be when its last file system hears of an unplanned failover.
const NOT_FAILED_OVER: &[NodeId] = &[
    INITIALIZING,
    OK,
    SYNCHRONIZING,
    PAUSING,
    PAUSED,
    RESUMING,
    SYSTEM_PAUSED,
    PAUSED_FOR_NDU,
    PAUSED_FOR_MIGRATION,
    PARTIAL_OK,
    PARTIAL_PAUSED,
    ERROR,
];

const RUNS: &[NodeId] = &[OK, SYNCHRONIZING];
const TAKEN_OVER: &[NodeId] =
    &[OK, SYNCHRONIZING, PAUSED, SYSTEM_PAUSED, FAILING_OVER, PARTIAL_OK, PARTIAL_PAUSED, PARTIAL_FAILED_OVER];
const PARTLY_REPROTECTED: &[NodeId] = &[PARTIAL_REPROTECTED, PARTIAL_FAILED_BACK];

pub(super) const TRANSITIONS: &[Transition] = &[
    // Beginning.
    start(Trigger::Event(POLICY_ASSIGNED), &[], Outcome::Node(INITIALIZING), Evidence::documented(API))
        .with_effects(BOTH),
    event(&[INITIALIZING], CREATED, &[], OK, &[], Evidence::documented(API)),
    // As the file systems go.
    event(&[OK], CYCLE_STARTS, &[], SYNCHRONIZING, &[], Evidence::inferred(FOLLOWS)),
    event(&[SYNCHRONIZING], CYCLES_DONE, &[], OK, &[], Evidence::inferred(FOLLOWS)),
    event(&[INITIALIZING], SOME_STUCK, &[], PARTIAL_OK, &[], Evidence::inferred(FOLLOWS)),
    event(RUNS, SOME_STUCK, &[], PARTIAL_OK, &[], Evidence::trigger_inferred(API, MEANING)),
    event(
        &[OK, SYNCHRONIZING, PARTIAL_OK, PAUSING, RESUMING, FAILING_OVER, FAILING_OVER_FOR_DR, REPROTECTING],
        ALL_STUCK,
        &[],
        SYSTEM_PAUSED,
        &[Effect::SetsError],
        Evidence::inferred(FOLLOWS),
    ),
    event(&[SYSTEM_PAUSED], SOME_REPLICATE, &[], PARTIAL_OK, &[], Evidence::inferred(FOLLOWS)),
    event(&[PARTIAL_OK, SYSTEM_PAUSED], ALL_REPLICATE, &[], OK, &[], Evidence::inferred(FOLLOWS)),
    // Synchronize.
    hardly(&[OK, PARTIAL_OK, SYSTEM_PAUSED], SYNC, &[isnt(SourceSide)], AT_SOURCE, CLIENTS),
    hardly(&[OK, PARTIAL_OK, SYSTEM_PAUSED], SYNC, &[isnt(LinkUp)], NO_LINK, NEEDS_LINK),
    act(&[OK, SYSTEM_PAUSED], SYNC, &[], SYNCHRONIZING, SYNCS, Evidence::documented(API)),
    act(&[PARTIAL_OK], SYNC, &[], SYNCHRONIZING, SYNCS, Evidence::inferred(AS_OTHERS)),
    // Pausing.
    hardly(&[PAUSED], PAUSE, &[isnt(PausedLocally)], BOTH_PAUSED, "The state is not among those that are paused."),
    hardly(&[PAUSED], PAUSE, &[isnt(LinkUp)], NO_LINK, NEEDS_LINK),
    act(&[PAUSED], PAUSE, &[is(PausedLocally)], PAUSING, PAUSES, Evidence::documented(API)),
    act(&[OK, SYNCHRONIZING, SYSTEM_PAUSED], PAUSE, &[is(LinkUp)], PAUSING, PAUSES, Evidence::documented(API)),
    act(
        &[OK, SYNCHRONIZING, SYSTEM_PAUSED],
        PAUSE,
        &[],
        PAUSING,
        &[each(member::NAS_SERVER_PAUSES)],
        Evidence::documented(API),
    ),
    act(&[PARTIAL_OK, PARTIAL_PAUSED], PAUSE, &[is(LinkUp)], PAUSING, PAUSES, Evidence::inferred(AS_OTHERS)),
    act(
        &[PARTIAL_OK, PARTIAL_PAUSED],
        PAUSE,
        &[],
        PAUSING,
        &[each(member::NAS_SERVER_PAUSES)],
        Evidence::inferred(AS_OTHERS),
    ),
    event(&[PAUSING], PAUSE_DONE, &[], PAUSED, &[], Evidence::documented(API)),
    event(
        &[SYNCHRONIZING],
        PAUSE_DONE,
        &[],
        PAUSED,
        &[],
        Evidence::inferred("A failure may have been mended after they were paused."),
    ),
    event(&[PAUSING], SOME_NOT_PAUSED, &[], PARTIAL_PAUSED, &[], Evidence::trigger_inferred(API, MEANING)),
    no(&[PAUSED], RESUME, &[is(PausedLocally)], LOCAL_ONLY),
    hardly(&[SYSTEM_PAUSED], RESUME, &[], SYNC_OR_PAUSE, "The description speaks of what a person has paused."),
    act(&[PAUSED], RESUME, &[], RESUMING, RESUMES, Evidence::documented(API)),
    act(&[PARTIAL_PAUSED], RESUME, &[], RESUMING, RESUMES, Evidence::inferred(AS_OTHERS)),
    event(&[RESUMING], ALL_REPLICATE, &[], OK, &[], Evidence::documented(API)),
    event(&[RESUMING], SOME_NOT_RESUMED, &[], PARTIAL_PAUSED, &[], Evidence::inferred(REPEATED)),
    // Paused by the array.
    event(
        RUNS,
        UPGRADE_STARTS,
        &[],
        PAUSED_FOR_NDU,
        &[each(member::UPGRADE_STARTS), Effect::BothEnds],
        Evidence::trigger_inferred(API, MEANING),
    ),
    event(
        RUNS,
        MIGRATION_STARTS,
        &[],
        PAUSED_FOR_MIGRATION,
        &[each(member::MIGRATION_STARTS), Effect::BothEnds],
        Evidence::trigger_inferred(API, MEANING),
    ),
    event(
        &[PAUSED_FOR_NDU],
        UPGRADE_ENDS,
        &[],
        RESUMING,
        &[each(member::UPGRADE_ENDS), Effect::BothEnds],
        Evidence::outcome_inferred(API, "That the array resumes it is documented, the way is not."),
    ),
    event(
        &[PAUSED_FOR_MIGRATION],
        MIGRATION_ENDS,
        &[],
        RESUMING,
        &[each(member::MIGRATION_ENDS), Effect::BothEnds],
        Evidence::outcome_inferred(API, "That the array resumes it is documented, the way is not."),
    ),
    // Planned failover.
    no(RUNS, FAILOVER_PLANNED, &[isnt(SourceSide)], AT_SOURCE),
    no(&[PAUSED], FAILOVER_PLANNED, &[is(PausedLocally)], LOCAL_ONLY),
    hardly(&[PAUSED, SYSTEM_PAUSED, PARTIAL_OK, PARTIAL_PAUSED], FAILOVER_PLANNED, &[], RUN_FIRST, CLIENTS),
    hardly(&[FAILED_OVER], FAILOVER_PLANNED, &[], FAILED_OVER_ALREADY, CLIENTS),
    hardly(RUNS, FAILOVER_PLANNED, &[isnt(LinkUp)], NO_LINK, NEEDS_LINK),
    act(
        RUNS,
        FAILOVER_PLANNED,
        &[],
        FAILING_OVER,
        &[each(member::NAS_SERVER_FAILS_OVER), Effect::BothEnds],
        Evidence::documented(API),
    ),
    // Unplanned failover.
    no(TAKEN_OVER, FAILOVER_UNPLANNED, &[is(SourceSide)], AT_DESTINATION),
    hardly(&[FAILED_OVER], FAILOVER_UNPLANNED, &[isnt(Forced)], FAILED_OVER_ALREADY, CLIENTS),
    hardly(&[FAILED_OVER], FAILOVER_UNPLANNED, &[is(SourceSide)], AT_DESTINATION, CLIENTS),
    act(
        &[OK, SYNCHRONIZING, FAILING_OVER],
        FAILOVER_UNPLANNED,
        &[],
        FAILING_OVER_FOR_DR,
        TAKES_OVER,
        Evidence::documented(API),
    ),
    act(
        &[PAUSED],
        FAILOVER_UNPLANNED,
        &[is(PausedLocally)],
        FAILING_OVER_FOR_DR,
        TAKES_OVER,
        Evidence::documented(API),
    ),
    act(
        &[PAUSED, SYSTEM_PAUSED, PARTIAL_OK, PARTIAL_PAUSED, PARTIAL_FAILED_OVER],
        FAILOVER_UNPLANNED,
        &[],
        FAILING_OVER_FOR_DR,
        TAKES_OVER,
        Evidence::inferred(AS_OTHERS),
    ),
    act(
        &[FAILED_OVER],
        FAILOVER_UNPLANNED,
        &[is(Forced)],
        FAILING_OVER_FOR_DR,
        TAKES_OVER,
        Evidence::outcome_inferred(API, "The switch is documented, the way is not."),
    ),
    // The role of this end alone: the other end derives its own.
    event(
        &[FAILING_OVER],
        FAILOVER_DONE,
        &[is(SourceSide)],
        FAILED_OVER,
        &[Effect::BecomesDestination],
        Evidence::documented(API),
    ),
    event(
        &[FAILING_OVER],
        FAILOVER_DONE,
        &[isnt(SourceSide)],
        FAILED_OVER,
        &[Effect::BecomesSource],
        Evidence::documented(API),
    ),
    event(&[FAILING_OVER_FOR_DR], FAILOVER_DONE, &[], FAILED_OVER, &[Effect::BecomesSource], Evidence::documented(API)),
    event(
        &[FAILING_OVER, FAILING_OVER_FOR_DR],
        SOME_NOT_FAILED_OVER,
        &[],
        PARTIAL_FAILED_OVER,
        &[],
        Evidence::trigger_inferred(API, MEANING),
    ),
    event(
        &[PARTIAL_FAILED_OVER],
        FAILOVER_DONE,
        &[is(SourceSide)],
        FAILED_OVER,
        &[Effect::BecomesDestination],
        Evidence::inferred(FOLLOWS),
    ),
    event(
        &[PARTIAL_FAILED_OVER],
        FAILOVER_DONE,
        &[],
        FAILED_OVER,
        &[Effect::BecomesSource],
        Evidence::inferred(FOLLOWS),
    ),
    event(
        NOT_FAILED_OVER,
        FAILED_OVER_ELSEWHERE,
        &[],
        FAILED_OVER,
        &[Effect::BecomesDestination],
        Evidence::outcome_inferred(API, "That it turns to destination is documented, the state is not."),
    ),
    // Reprotect.
    event(
        &[FAILED_OVER],
        REVERSAL_BEGINS,
        &[is(Reversing), is(LinkUp)],
        REPROTECTING,
        REPROTECTS,
        Evidence::outcome_inferred(API, "That both steps are combined is documented, the way is not."),
    ),
    no(&[FAILED_OVER], REPROTECT, &[isnt(SourceSide)], AT_SOURCE),
    hardly(PARTLY_REPROTECTED, REPROTECT, &[isnt(SourceSide)], AT_SOURCE, REPEATED),
    hardly(&[PARTIAL_REPROTECTED], REPROTECT, &[is(Discarding)], AS_BEFORE, REPEATED),
    hardly(&[PARTIAL_FAILED_BACK], REPROTECT, &[isnt(Discarding)], AS_BEFORE, REPEATED),
    hardly(&[FAILED_OVER, PARTIAL_REPROTECTED, PARTIAL_FAILED_BACK], REPROTECT, &[isnt(LinkUp)], NO_LINK, NEEDS_LINK),
    act(&[FAILED_OVER], REPROTECT, &[], REPROTECTING, REPROTECTS, Evidence::documented(API)),
    act(PARTLY_REPROTECTED, REPROTECT, &[], REPROTECTING, REPROTECTS, Evidence::inferred(REPEATED)),
    event(&[REPROTECTING], REPROTECTED, &[isnt(Discarding)], OK, &[], Evidence::documented(API)),
    event(
        &[REPROTECTING],
        REPROTECTED,
        &[is(Discarding), is(SourceSide)],
        OK,
        &[Effect::BecomesDestination],
        Evidence::documented(API),
    ),
    event(
        &[REPROTECTING],
        REPROTECTED,
        &[is(Discarding), isnt(SourceSide)],
        OK,
        &[Effect::BecomesSource],
        Evidence::documented(API),
    ),
    event(&[PARTIAL_REPROTECTED], REPROTECTED, &[], OK, &[], Evidence::inferred(FOLLOWS)),
    event(
        &[PARTIAL_FAILED_BACK],
        REPROTECTED,
        &[is(SourceSide)],
        OK,
        &[Effect::BecomesDestination],
        Evidence::inferred(FOLLOWS),
    ),
    event(&[PARTIAL_FAILED_BACK], REPROTECTED, &[], OK, &[Effect::BecomesSource], Evidence::inferred(FOLLOWS)),
    event(
        &[REPROTECTING],
        SOME_NOT_REPROTECTED,
        &[is(Discarding)],
        PARTIAL_FAILED_BACK,
        &[],
        Evidence::inferred("Only a reprotect that discards goes back to where it was."),
    ),
    event(
        &[REPROTECTING],
        SOME_NOT_REPROTECTED,
        &[isnt(Discarding)],
        PARTIAL_REPROTECTED,
        &[],
        Evidence::trigger_inferred(API, MEANING),
    ),
    // Other failures, and the end.
    event(UNBROKEN, FAILURE, &[], ERROR, FAILS, Evidence::trigger_inferred(API, MEANING)),
    event(
        &[ERROR],
        FAULT_MENDED,
        &[],
        SYNCHRONIZING,
        &[each(member::FAULT_MENDED), Effect::BothEnds],
        Evidence::inferred("It is brought up to date first."),
    ),
    event(
        REMOVABLE,
        POLICY_REMOVED,
        &[],
        DELETING,
        &[each(member::POLICY_REMOVED), Effect::BothEnds],
        Evidence::documented(API),
    ),
    other(&[DELETING], Trigger::Event(REMOVED), &[], Outcome::Gone, Evidence::documented(API)).with_effects(BOTH),
    event(&[DELETING], REMOVAL_FAILS, &[], ERROR, FAILS, Evidence::inferred(NOTHING_ELSE_FITS)),
];
