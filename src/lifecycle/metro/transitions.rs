//! The rows. The order matters only between rows of the same trigger and node: the first whose
//! guards fit is the rule.

use super::{actions::*, events::*, nodes::*};
use crate::lifecycle::Circumstance::{BothPromoted, LinkUp, Metro, PausedLocally, Preferred};
use crate::lifecycle::row::{act, event, other, start};
use crate::lifecycle::{Effect, Evidence, NodeId, Outcome, Source, Transition, Trigger, is, isnt};

const API: Source = Source::ApiDescription;

const ORDER: &str = "The states are described, their order is not.";
const MEANING: &str = "The state's text tells what it means, not what leads there.";
const NOT_NAMED: &str = "No paper names what comes next.";
const ASYNCHRONOUS_ALIKE: &str = "As described for asynchronous replication.";
const METRO_ONLY: &str = "This is for metro sessions only.";
const BY_THE_SYSTEM: &str = "The array stopped it and lets it go on by itself when the upgrade or migration ends.";

const BOTH: &[Effect] = &[Effect::BothEnds];
const FAILS: &[Effect] = &[Effect::SetsError, Effect::BothEnds];
const SYNCED: &[Effect] = &[Effect::SyncRecorded, Effect::BothEnds];

/// Every node but Deleting.
const REMOVABLE: &[NodeId] = &[
    INITIALIZING,
    SYNCHRONIZING,
    SWITCHING_TO_METRO_SYNC,
    SWITCHING_TO_SYNCHRONOUS,
    OK,
    FRACTURED,
    PAUSING,
    PAUSED,
    RESUMING,
    SYSTEM_PAUSED,
    PAUSED_FOR_NDU,
    PAUSED_FOR_MIGRATION,
    MODIFY_ROLE_IN_PROGRESS,
    ERROR,
];

/// Every node but Deleting and Error.
const UNBROKEN: &[NodeId] = &[
    INITIALIZING,
    SYNCHRONIZING,
    SWITCHING_TO_METRO_SYNC,
    SWITCHING_TO_SYNCHRONOUS,
    OK,
    FRACTURED,
    PAUSING,
    PAUSED,
    RESUMING,
    SYSTEM_PAUSED,
    PAUSED_FOR_NDU,
    PAUSED_FOR_MIGRATION,
    MODIFY_ROLE_IN_PROGRESS,
];

const RUNS: &[NodeId] = &[OK, SYNCHRONIZING, SYSTEM_PAUSED, FRACTURED];
const COPIES: &[NodeId] = &[SYNCHRONIZING, SWITCHING_TO_METRO_SYNC, SWITCHING_TO_SYNCHRONOUS];
const PARTED: &[NodeId] = &[FRACTURED, PAUSED];
const BY_SYSTEM: &[NodeId] = &[PAUSED_FOR_NDU, PAUSED_FOR_MIGRATION];
const ROLE_CHANGEABLE: &[NodeId] = &[OK, FRACTURED, PAUSED];

pub(super) const TRANSITIONS: &[Transition] = &[
    // Beginning.
    start(Trigger::Event(METRO_CONFIGURED), &[is(Metro)], Outcome::Node(INITIALIZING), Evidence::documented(API)),
    start(
        Trigger::Event(POLICY_ASSIGNED),
        &[isnt(Metro)],
        Outcome::Node(INITIALIZING),
        Evidence::trigger_inferred(API, "That the rule makes it synchronous is written, the way is not."),
    ),
    event(
        &[INITIALIZING],
        CREATED,
        &[],
        SYNCHRONIZING,
        BOTH,
        Evidence::inferred("The text names OK next; the data has to be copied first."),
    ),
    event(&[INITIALIZING], CREATION_FAILS, &[], ERROR, FAILS, Evidence::inferred("No other state fits.")),
    event(
        &[SYNCHRONIZING],
        COPY_CAUGHT_UP,
        &[is(Metro)],
        SWITCHING_TO_METRO_SYNC,
        SYNCED,
        Evidence::trigger_inferred(API, ORDER),
    ),
    event(
        &[SYNCHRONIZING],
        COPY_CAUGHT_UP,
        &[isnt(Metro)],
        SWITCHING_TO_SYNCHRONOUS,
        SYNCED,
        Evidence::trigger_inferred(API, ORDER),
    ),
    event(
        &[SWITCHING_TO_METRO_SYNC, SWITCHING_TO_SYNCHRONOUS],
        SWITCHED,
        &[],
        OK,
        &[Effect::SyncRecorded, Effect::AsDefined, Effect::BothEnds],
        Evidence::inferred(NOT_NAMED),
    ),
    // Faults.
    event(COPIES, COPY_FAILS, &[], SYSTEM_PAUSED, FAILS, Evidence::trigger_inferred(API, MEANING)),
    event(&[SYSTEM_PAUSED], SYSTEM_RECOVERS, &[], SYNCHRONIZING, BOTH, Evidence::inferred(ASYNCHRONOUS_ALIKE)),
    event(&[OK], LINK_OR_PEER_FAULT, &[is(Metro), is(Preferred)], FRACTURED, &[], Evidence::documented(API)),
    event(
        &[OK],
        LINK_OR_PEER_FAULT,
        &[is(Metro), isnt(Preferred)],
        FRACTURED,
        &[Effect::DemotesBySystem],
        Evidence::documented(API),
    ),
    event(
        &[OK],
        LINK_OR_PEER_FAULT,
        &[isnt(Metro)],
        SYSTEM_PAUSED,
        &[Effect::SetsError],
        Evidence::inferred("Fractured is for metro only."),
    ),
    other(
        &[FRACTURED],
        Trigger::Event(WITNESS_DECIDES),
        &[isnt(Preferred)],
        Outcome::Unchanged,
        Evidence::inferred("Only what is shown afterwards (System Promoted) is described."),
    )
    .with_effects(&[Effect::PromotesBySystem]),
    event(&[FRACTURED], FAULT_GONE, &[isnt(BothPromoted)], SYNCHRONIZING, &[], Evidence::inferred(NOT_NAMED)),
    event(
        &[FRACTURED],
        FAULT_GONE_BEHIND,
        &[isnt(BothPromoted)],
        SYNCHRONIZING,
        &[Effect::DemotesBySystem],
        Evidence::inferred(NOT_NAMED),
    ),
    // Pausing. What is paused while the arrays do not reach each other is paused at this end alone.
    act(RUNS, PAUSE, &[is(LinkUp)], PAUSING, BOTH, Evidence::documented(API)),
    act(RUNS, PAUSE, &[isnt(LinkUp)], PAUSING, &[], Evidence::documented(API)),
    act(&[PAUSED], PAUSE, &[is(PausedLocally), is(LinkUp)], PAUSING, BOTH, Evidence::documented(API)),
    other(
        &[PAUSED],
        Trigger::Action(PAUSE),
        &[is(PausedLocally), isnt(LinkUp)],
        Outcome::Refused("This end is paused, and the other one is not reached."),
        Evidence::inferred("It would change nothing."),
    ),
    other(
        &[PAUSED],
        Trigger::Action(PAUSE),
        &[isnt(PausedLocally)],
        Outcome::Refused("Both ends are paused already."),
        Evidence::inferred("Paused is not in the list of states."),
    ),
    event(&[PAUSING], PAUSE_DONE, &[], PAUSED, BOTH, Evidence::documented(API)),
    event(&[PAUSING], PAUSE_FAILS, &[], SYSTEM_PAUSED, FAILS, Evidence::inferred(ASYNCHRONOUS_ALIKE)),
    other(
        &[PAUSED],
        Trigger::Action(RESUME),
        &[is(PausedLocally)],
        Outcome::Refused("Only this end is paused. Pause it again when the other array is reached, then resume."),
        Evidence::documented(API),
    ),
    act(&[PAUSED], RESUME, &[isnt(PausedLocally)], RESUMING, BOTH, Evidence::documented(API)),
    other(BY_SYSTEM, Trigger::Action(RESUME), &[], Outcome::Refused(BY_THE_SYSTEM), Evidence::documented(API)),
    event(&[RESUMING], RESUMED, &[], SYNCHRONIZING, BOTH, Evidence::documented(API)),
    event(&[RESUMING], RESUME_FAILS, &[], SYSTEM_PAUSED, FAILS, Evidence::inferred(ASYNCHRONOUS_ALIKE)),
    event(&[OK, SYNCHRONIZING], UPGRADE_STARTS, &[], PAUSED_FOR_NDU, BOTH, Evidence::trigger_inferred(API, MEANING)),
    event(
        &[OK, SYNCHRONIZING],
        MIGRATION_STARTS,
        &[],
        PAUSED_FOR_MIGRATION,
        BOTH,
        Evidence::trigger_inferred(API, MEANING),
    ),
    event(&[PAUSED_FOR_NDU], UPGRADE_ENDS, &[], RESUMING, BOTH, Evidence::inferred(NOT_NAMED)),
    event(&[PAUSED_FOR_MIGRATION], MIGRATION_ENDS, &[], RESUMING, BOTH, Evidence::inferred(NOT_NAMED)),
    // Who serves the hosts.
    other(PARTED, Trigger::Action(PROMOTE), &[is(Metro)], Outcome::Unchanged, Evidence::documented(API))
        .with_effects(&[Effect::Promotes]),
    other(PARTED, Trigger::Action(DEMOTE), &[is(Metro)], Outcome::Unchanged, Evidence::documented(API))
        .with_effects(&[Effect::Demotes]),
    other(REMOVABLE, Trigger::Action(MODIFY), &[isnt(Metro)], Outcome::Refused(METRO_ONLY), Evidence::documented(API)),
    other(
        ROLE_CHANGEABLE,
        Trigger::Action(MODIFY),
        &[is(Preferred)],
        Outcome::Refused("This end is the preferred one already; ask for it at the other end."),
        Evidence::documented(API),
    ),
    act(
        &[OK],
        MODIFY,
        &[is(Metro), isnt(Preferred)],
        MODIFY_ROLE_IN_PROGRESS,
        BOTH,
        Evidence::trigger_inferred(API, "The operation is described, the states that take it are not."),
    ),
    act(
        PARTED,
        MODIFY,
        &[is(Metro), isnt(Preferred), is(LinkUp)],
        MODIFY_ROLE_IN_PROGRESS,
        BOTH,
        Evidence::trigger_inferred(API, "The operation is described, the states that take it are not."),
    ),
    other(
        PARTED,
        Trigger::Action(MODIFY),
        &[is(Metro), isnt(Preferred), isnt(LinkUp)],
        Outcome::Refused("The roles of both ends change together, and the other array is not reached."),
        Evidence::inferred("Both ends have to agree on who is preferred."),
    ),
    other(
        &[MODIFY_ROLE_IN_PROGRESS],
        Trigger::Event(ROLE_CHANGED),
        &[],
        Outcome::NodeBefore,
        Evidence::inferred(NOT_NAMED),
    )
    .with_effects(&[Effect::SwapsRoles, Effect::BothEnds]),
    other(
        &[MODIFY_ROLE_IN_PROGRESS],
        Trigger::Event(ROLE_CHANGE_FAILS),
        &[],
        Outcome::NodeBefore,
        Evidence::inferred(NOT_NAMED),
    )
    .with_effects(FAILS),
    // Other failures.
    event(UNBROKEN, FAILURE, &[], ERROR, FAILS, Evidence::inferred("The text: any other failure.")),
    event(&[ERROR], FAULT_MENDED, &[], SYNCHRONIZING, BOTH, Evidence::inferred(NOT_NAMED)),
    // End.
    act(REMOVABLE, END_METRO, &[is(Metro)], DELETING, BOTH, Evidence::documented(API)),
    other(
        REMOVABLE,
        Trigger::Action(END_METRO),
        &[isnt(Metro)],
        Outcome::Refused("It ends when the protection policy is taken off the volume or the group."),
        Evidence::documented(API),
    ),
    event(REMOVABLE, POLICY_REMOVED, &[isnt(Metro)], DELETING, BOTH, Evidence::documented(API)),
    other(&[DELETING], Trigger::Event(REMOVED), &[], Outcome::Gone, Evidence::documented(API)).with_effects(BOTH),
    event(&[DELETING], REMOVAL_FAILS, &[], ERROR, FAILS, Evidence::inferred("No other state fits.")),
];
