//! The rows. The order matters only between rows of the same trigger and node: the first whose
//! guards fit is the rule.

use super::{actions::*, events::*, nodes::*};
use crate::lifecycle::Circumstance::{
    Discarding, Forced, FromSnapshot, IdleBefore, LinkUp, Member, OnTestCopy, PausedLocally, Reversing, SourceSide,
    TestRunning,
};
use crate::lifecycle::row::{act, event, other, start};
use crate::lifecycle::{ActionId, Effect, Evidence, Guard, NodeId, Outcome, Source, Transition, Trigger, is, isnt};

const API: Source = Source::ApiDescription;

pub(in crate::lifecycle) const MEANING: &str = "The state's text tells what it means, not what leads there.";
pub(in crate::lifecycle) const NOTHING_ELSE_FITS: &str = "No other state fits.";
pub(in crate::lifecycle) const AS_OTHERS: &str =
    "The papers name other states for it; nothing speaks against this one.";
const BY_PARENT: &str = "What is asked of a NAS server must reach its file systems.";

pub(in crate::lifecycle) const LOCAL_ONLY: &str =
    "Only this end is paused: pause again when the other array is reached, then resume.";
pub(in crate::lifecycle) const AT_SOURCE: &str = "This is done at the source: ask the other array.";
pub(in crate::lifecycle) const AT_DESTINATION: &str = "This is done at the destination: ask the other array.";
pub(in crate::lifecycle) const NO_LINK: &str = "The other array is not reached.";
pub(in crate::lifecycle) const SYNC_OR_PAUSE: &str =
    "The array stopped it: synchronize it, or pause it first and then resume it.";
pub(in crate::lifecycle) const RUN_FIRST: &str =
    "Resume or synchronize it first: a planned failover needs a last copy.";
pub(in crate::lifecycle) const FAILED_OVER_ALREADY: &str =
    "It has failed over already; only force fails it over again.";
pub(in crate::lifecycle) const BOTH_PAUSED: &str = "Both ends are paused already.";
const MEMBER: &str = "A file system follows its NAS server: ask the session of the NAS server.";
const TEST_RUNS: &str = "A failover test runs: stop it first.";
const TEST_COPY: &str = "A failover test runs: stop it first, or keep its data.";
const NO_TEST: &str = "No failover test runs here.";

pub(in crate::lifecycle) const BOTH: &[Effect] = &[Effect::BothEnds];
pub(in crate::lifecycle) const FAILS: &[Effect] = &[Effect::SetsError, Effect::BothEnds];
const SYNCED: &[Effect] = &[Effect::SyncRecorded, Effect::BothEnds];

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
    ERROR,
];

/// Where the old source can be when it hears of an unplanned failover.
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
    FAILING_OVER,
    FAILING_OVER_FOR_DR,
    REPROTECTING,
    ERROR,
];

const RUNS: &[NodeId] = &[OK, SYNCHRONIZING];
const STANDS: &[NodeId] = &[OK, SYNCHRONIZING, PAUSED, SYSTEM_PAUSED];
const TAKEN_OVER: &[NodeId] = &[OK, SYNCHRONIZING, PAUSED, SYSTEM_PAUSED, FAILING_OVER];

/// A documented "no".
pub(in crate::lifecycle) const fn no(
    from: &'static [NodeId],
    action: ActionId,
    guards: &'static [Guard],
    sentence: &'static str,
) -> Transition {
    other(from, Trigger::Action(action), guards, Outcome::Refused(sentence), Evidence::documented(API))
}

/// A "no" of ours.
pub(in crate::lifecycle) const fn hardly(
    from: &'static [NodeId],
    action: ActionId,
    guards: &'static [Guard],
    sentence: &'static str,
    why: &'static str,
) -> Transition {
    other(from, Trigger::Action(action), guards, Outcome::Refused(sentence), Evidence::inferred(why))
}

const OF_NAS_SERVER: &[Guard] = &[is(Member)];

/// A file system does not do it by itself.
const fn not_by_itself(from: &'static [NodeId], action: ActionId) -> Transition {
    hardly(from, action, OF_NAS_SERVER, MEMBER, BY_PARENT)
}

pub(in crate::lifecycle) const CLIENTS: &str = "The vendor's clients expect it, the description is silent.";
pub(in crate::lifecycle) const NEEDS_LINK: &str = "It needs both arrays.";

pub(super) const TRANSITIONS: &[Transition] = &[
    // Beginning.
    start(Trigger::Event(POLICY_ASSIGNED), &[], Outcome::Node(INITIALIZING), Evidence::documented(API))
        .with_effects(BOTH),
    event(&[INITIALIZING], CREATED, &[], OK, BOTH, Evidence::documented(API)),
    event(&[INITIALIZING], CREATION_FAILS, &[], ERROR, FAILS, Evidence::inferred(NOTHING_ELSE_FITS)),
    event(
        &[OK],
        FIRST_COPY_STARTS,
        &[is(SourceSide)],
        SYNCHRONIZING,
        BOTH,
        Evidence::inferred("That there is a first copy is documented, its moment is not."),
    ),
    // Cycles.
    event(&[OK], RPO_TICK, &[is(SourceSide)], SYNCHRONIZING, BOTH, Evidence::documented(API)),
    hardly(&[OK, SYSTEM_PAUSED], SYNC, &[isnt(SourceSide)], AT_SOURCE, CLIENTS),
    hardly(&[OK, SYSTEM_PAUSED], SYNC, &[isnt(LinkUp)], NO_LINK, NEEDS_LINK),
    not_by_itself(&[OK, SYSTEM_PAUSED], SYNC),
    act(&[OK, SYSTEM_PAUSED], SYNC, &[], SYNCHRONIZING, BOTH, Evidence::documented(API)),
    event(&[OK, SYSTEM_PAUSED], NAS_SERVER_SYNCS, &[is(Member)], SYNCHRONIZING, BOTH, Evidence::inferred(BY_PARENT)),
    event(&[SYNCHRONIZING], CYCLE_DONE, &[], OK, SYNCED, Evidence::inferred("Nothing else is left to do.")),
    event(&[SYNCHRONIZING], CYCLE_FAILS, &[], SYSTEM_PAUSED, FAILS, Evidence::documented(API)),
    event(&[SYSTEM_PAUSED], SYSTEM_RECOVERS, &[], SYNCHRONIZING, BOTH, Evidence::documented(API)),
    // Pausing.
    hardly(&[PAUSED], PAUSE, &[isnt(PausedLocally)], BOTH_PAUSED, "The state is not among those that are paused."),
    hardly(&[PAUSED], PAUSE, &[isnt(LinkUp)], NO_LINK, NEEDS_LINK),
    not_by_itself(STANDS, PAUSE),
    act(&[PAUSED], PAUSE, &[is(PausedLocally)], PAUSING, BOTH, Evidence::documented(API)),
    act(&[OK, SYNCHRONIZING, SYSTEM_PAUSED], PAUSE, &[is(LinkUp)], PAUSING, BOTH, Evidence::documented(API)),
    act(&[OK, SYNCHRONIZING, SYSTEM_PAUSED], PAUSE, &[], PAUSING, &[], Evidence::documented(API)),
    event(
        &[PAUSED],
        NAS_SERVER_PAUSES,
        &[is(Member), is(PausedLocally), is(LinkUp)],
        PAUSING,
        BOTH,
        Evidence::inferred(BY_PARENT),
    ),
    event(
        &[OK, SYNCHRONIZING, SYSTEM_PAUSED],
        NAS_SERVER_PAUSES,
        &[is(Member), is(LinkUp)],
        PAUSING,
        BOTH,
        Evidence::inferred(BY_PARENT),
    ),
    event(
        &[OK, SYNCHRONIZING, SYSTEM_PAUSED],
        NAS_SERVER_PAUSES,
        &[is(Member)],
        PAUSING,
        &[],
        Evidence::inferred(BY_PARENT),
    ),
    event(&[PAUSING], PAUSE_DONE, &[is(PausedLocally)], PAUSED, &[], Evidence::documented(API)),
    event(&[PAUSING], PAUSE_DONE, &[], PAUSED, BOTH, Evidence::documented(API)),
    event(&[PAUSING], PAUSE_FAILS, &[], SYSTEM_PAUSED, FAILS, Evidence::trigger_inferred(API, MEANING)),
    no(&[PAUSED], RESUME, &[is(PausedLocally)], LOCAL_ONLY),
    hardly(&[SYSTEM_PAUSED], RESUME, &[], SYNC_OR_PAUSE, "The description speaks of what a person has paused."),
    not_by_itself(&[PAUSED], RESUME),
    act(&[PAUSED], RESUME, &[], RESUMING, BOTH, Evidence::documented(API)),
    event(
        &[PAUSED, SYSTEM_PAUSED],
        NAS_SERVER_RESUMES,
        &[is(Member), isnt(PausedLocally)],
        RESUMING,
        BOTH,
        Evidence::inferred(BY_PARENT),
    ),
    event(&[RESUMING], RESUMED, &[is(IdleBefore)], OK, BOTH, Evidence::documented(API)),
    event(&[RESUMING], RESUMED, &[isnt(IdleBefore)], SYNCHRONIZING, BOTH, Evidence::documented(API)),
    event(&[RESUMING], RESUME_FAILS, &[], SYSTEM_PAUSED, FAILS, Evidence::trigger_inferred(API, MEANING)),
    // Paused by the array.
    event(RUNS, UPGRADE_STARTS, &[], PAUSED_FOR_NDU, BOTH, Evidence::trigger_inferred(API, MEANING)),
    event(RUNS, MIGRATION_STARTS, &[], PAUSED_FOR_MIGRATION, BOTH, Evidence::trigger_inferred(API, MEANING)),
    event(
        &[PAUSED_FOR_NDU],
        UPGRADE_ENDS,
        &[],
        RESUMING,
        BOTH,
        Evidence::outcome_inferred(API, "That the array resumes it is documented, the way is not."),
    ),
    event(
        &[PAUSED_FOR_MIGRATION],
        MIGRATION_ENDS,
        &[],
        RESUMING,
        BOTH,
        Evidence::outcome_inferred(API, "That the array resumes it is documented, the way is not."),
    ),
    // Planned failover.
    no(RUNS, FAILOVER_PLANNED, &[is(TestRunning)], TEST_RUNS),
    no(RUNS, FAILOVER_PLANNED, &[isnt(SourceSide)], AT_SOURCE),
    no(&[PAUSED], FAILOVER_PLANNED, &[is(PausedLocally)], LOCAL_ONLY),
    hardly(&[PAUSED, SYSTEM_PAUSED], FAILOVER_PLANNED, &[], RUN_FIRST, CLIENTS),
    hardly(&[FAILED_OVER], FAILOVER_PLANNED, &[], FAILED_OVER_ALREADY, CLIENTS),
    hardly(RUNS, FAILOVER_PLANNED, &[isnt(LinkUp)], NO_LINK, NEEDS_LINK),
    not_by_itself(RUNS, FAILOVER_PLANNED),
    act(RUNS, FAILOVER_PLANNED, &[], FAILING_OVER, BOTH, Evidence::documented(API)),
    event(RUNS, NAS_SERVER_FAILS_OVER, &[is(Member)], FAILING_OVER, BOTH, Evidence::inferred(BY_PARENT)),
    event(
        &[FAILING_OVER],
        FAILOVER_DONE,
        &[],
        FAILED_OVER,
        &[Effect::SyncRecorded, Effect::SwapsRoles, Effect::BothEnds],
        Evidence::documented(API),
    ),
    event(&[FAILING_OVER], FAILOVER_FAILS, &[], SYSTEM_PAUSED, FAILS, Evidence::documented(API)),
    // Unplanned failover: the other end may be dead, so nothing is said to it.
    no(TAKEN_OVER, FAILOVER_UNPLANNED, &[is(SourceSide)], AT_DESTINATION),
    no(TAKEN_OVER, FAILOVER_UNPLANNED, &[is(TestRunning), isnt(OnTestCopy)], TEST_COPY),
    no(
        TAKEN_OVER,
        FAILOVER_UNPLANNED,
        &[is(TestRunning), is(FromSnapshot)],
        "While a failover test runs no snapshot can be chosen.",
    ),
    hardly(&[FAILED_OVER], FAILOVER_UNPLANNED, &[isnt(Forced)], FAILED_OVER_ALREADY, CLIENTS),
    hardly(&[FAILED_OVER], FAILOVER_UNPLANNED, &[is(SourceSide)], AT_DESTINATION, CLIENTS),
    not_by_itself(TAKEN_OVER, FAILOVER_UNPLANNED),
    not_by_itself(&[FAILED_OVER], FAILOVER_UNPLANNED),
    act(
        &[OK, SYNCHRONIZING, FAILING_OVER],
        FAILOVER_UNPLANNED,
        &[],
        FAILING_OVER_FOR_DR,
        &[],
        Evidence::documented(API),
    ),
    act(&[PAUSED], FAILOVER_UNPLANNED, &[is(PausedLocally)], FAILING_OVER_FOR_DR, &[], Evidence::documented(API)),
    act(&[PAUSED, SYSTEM_PAUSED], FAILOVER_UNPLANNED, &[], FAILING_OVER_FOR_DR, &[], Evidence::inferred(AS_OTHERS)),
    act(
        &[FAILED_OVER],
        FAILOVER_UNPLANNED,
        &[is(Forced)],
        FAILING_OVER_FOR_DR,
        &[],
        Evidence::outcome_inferred(API, "The switch is documented, the way is not."),
    ),
    event(
        TAKEN_OVER,
        NAS_SERVER_FAILS_OVER_FOR_DR,
        &[is(Member)],
        FAILING_OVER_FOR_DR,
        &[],
        Evidence::inferred(BY_PARENT),
    ),
    event(
        &[FAILED_OVER],
        NAS_SERVER_FAILS_OVER_FOR_DR,
        &[is(Member), is(Forced)],
        FAILING_OVER_FOR_DR,
        &[],
        Evidence::inferred(BY_PARENT),
    ),
    event(&[FAILING_OVER_FOR_DR], FAILOVER_DONE, &[], FAILED_OVER, &[Effect::BecomesSource], Evidence::documented(API)),
    event(
        &[FAILING_OVER_FOR_DR],
        FAILOVER_FAILS,
        &[],
        SYSTEM_PAUSED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, MEANING),
    ),
    event(
        NOT_FAILED_OVER,
        FAILED_OVER_ELSEWHERE,
        &[is(LinkUp)],
        FAILED_OVER,
        &[Effect::BecomesDestination],
        Evidence::outcome_inferred(API, "That it turns to destination is documented, the state is not."),
    ),
    other(
        &[FAILED_OVER],
        Trigger::Event(FAILED_OVER_ELSEWHERE),
        &[is(LinkUp)],
        Outcome::Unchanged,
        Evidence::inferred("A forced failover takes the role back."),
    )
    .with_effects(&[Effect::BecomesDestination]),
    // Reprotect.
    event(
        &[FAILED_OVER],
        REVERSAL_BEGINS,
        &[is(Reversing), is(LinkUp)],
        REPROTECTING,
        BOTH,
        Evidence::outcome_inferred(API, "That both steps are combined is documented, the way is not."),
    ),
    no(&[FAILED_OVER], REPROTECT, &[isnt(SourceSide)], AT_SOURCE),
    hardly(&[FAILED_OVER], REPROTECT, &[isnt(LinkUp)], NO_LINK, NEEDS_LINK),
    not_by_itself(&[FAILED_OVER], REPROTECT),
    act(&[FAILED_OVER], REPROTECT, &[], REPROTECTING, BOTH, Evidence::documented(API)),
    event(
        &[FAILED_OVER, SYSTEM_PAUSED],
        NAS_SERVER_REPROTECTS,
        &[is(Member), is(Discarding), is(SourceSide)],
        REPROTECTING,
        BOTH,
        Evidence::inferred(BY_PARENT),
    ),
    event(
        &[FAILED_OVER, SYSTEM_PAUSED],
        NAS_SERVER_REPROTECTS,
        &[is(Member), isnt(Discarding)],
        REPROTECTING,
        BOTH,
        Evidence::inferred(BY_PARENT),
    ),
    event(&[REPROTECTING], REPROTECTED, &[isnt(Discarding)], OK, SYNCED, Evidence::documented(API)),
    event(
        &[REPROTECTING],
        REPROTECTED,
        &[is(Discarding), is(Member)],
        OK,
        &[Effect::SyncRecorded, Effect::SwapsRoles, Effect::BothEnds],
        Evidence::documented(API),
    ),
    event(&[REPROTECTING], REPROTECT_FAILS, &[], SYSTEM_PAUSED, FAILS, Evidence::trigger_inferred(API, MEANING)),
    // Failover tests. The cycles go on meanwhile.
    no(STANDS, START_FAILOVER_TEST, &[is(SourceSide)], AT_DESTINATION),
    no(STANDS, START_FAILOVER_TEST, &[is(TestRunning)], TEST_RUNS),
    not_by_itself(STANDS, START_FAILOVER_TEST),
    other(STANDS, Trigger::Action(START_FAILOVER_TEST), &[], Outcome::Unchanged, Evidence::documented(API))
        .with_effects(&[Effect::TestStarts]),
    no(UNBROKEN, STOP_FAILOVER_TEST, &[is(SourceSide)], AT_DESTINATION),
    no(UNBROKEN, STOP_FAILOVER_TEST, &[isnt(TestRunning)], NO_TEST),
    no(
        UNBROKEN,
        STOP_FAILOVER_TEST,
        &[isnt(LinkUp), isnt(Forced)],
        "The other array is not reached: only force stops the test.",
    ),
    other(UNBROKEN, Trigger::Action(STOP_FAILOVER_TEST), &[], Outcome::Unchanged, Evidence::documented(API))
        .with_effects(&[Effect::TestStops]),
    // Other failures, and the end.
    event(UNBROKEN, FAILURE, &[], ERROR, FAILS, Evidence::trigger_inferred(API, MEANING)),
    event(&[ERROR], FAULT_MENDED, &[], SYNCHRONIZING, BOTH, Evidence::inferred("It is brought up to date first.")),
    event(REMOVABLE, POLICY_REMOVED, &[], DELETING, BOTH, Evidence::documented(API)),
    other(&[DELETING], Trigger::Event(REMOVED), &[], Outcome::Gone, Evidence::documented(API)).with_effects(BOTH),
    event(&[DELETING], REMOVAL_FAILS, &[], ERROR, FAILS, Evidence::inferred(NOTHING_ELSE_FITS)),
];
