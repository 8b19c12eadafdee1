//! The rows. The order matters only between rows of the same trigger and node: the first whose
//! guards fit is the rule.

use super::{actions::*, events::*, nodes::*};
use crate::lifecycle::Circumstance::{
    Agentless, AutomaticCutover, CameFromCancel, Forced, HeadOfQueue, Member, RecordMatches, ReplicatingPolicy,
    ScheduleAhead, SlotFree, SourceReady,
};
use crate::lifecycle::row::{act, event, other, start};
use crate::lifecycle::{Effect, Evidence, NodeId, Outcome, Source, Transition, Trigger, is, isnt};

const API: Source = Source::ApiDescription;
const GUIDE_GROUPS: Source = Source::ImportGuide(32);
const GUIDE_VOLUMES: Source = Source::ImportGuide(40);
const GUIDE_FAULTS: Source = Source::ImportGuide(64);

const NO_COPY_YET: &str = "Before the copy there is nothing that only a person could undo.";
const GROUP_DECIDES: &str = "The commit is to be repeated on the group, so the group is what one cuts over.";
const FOLLOWS_GROUP: &str = "The time is the group's, and its members follow it.";
const ROLL_BACK_MEANING: &str = "The state's text tells what it means, not what leads there.";
const NOTHING_ELSE_FITS: &str = "The text speaks of the copy alone; no other state fits a failure here.";
const STEP_IMPLIED: &str = "The text names the state before and the next step's text names this one.";
const PARENT_TEXT: &str = "The state's text names groups only.";

const CREATED: Trigger = Trigger::Action(CREATE);
const DELETED: Trigger = Trigger::Action(DELETE);
const CANCELS: Trigger = Trigger::Action(CANCEL);

/// Nodes in which the session still owns the source.
const UNFINISHED: &[NodeId] = &[
    SCHEDULED,
    QUEUED,
    IN_PROGRESS,
    MIRROR_ENABLED,
    READY_TO_START_COPY,
    COPY_IN_PROGRESS,
    PAUSED,
    READY_FOR_CUTOVER,
    CUTOVER_IN_PROGRESS,
    CANCEL_REQUIRED,
    CANCEL_IN_PROGRESS,
    CANCEL_FAILED,
    CLEANUP_REQUIRED,
    CLEANUP_IN_PROGRESS,
];

/// Nodes from which the roll-back of a group cancels its members.
const ACTIVE_MEMBER: &[NodeId] = &[
    SCHEDULED,
    QUEUED,
    IN_PROGRESS,
    MIRROR_ENABLED,
    READY_TO_START_COPY,
    COPY_IN_PROGRESS,
    PAUSED,
    READY_FOR_CUTOVER,
    CANCEL_REQUIRED,
    CANCEL_FAILED,
];

const COPIES_OR_COPIED: &[NodeId] = &[COPY_IN_PROGRESS, PAUSED, READY_FOR_CUTOVER];
const BEFORE_THE_COPY: &[NodeId] = &[MIRROR_ENABLED, READY_TO_START_COPY];

pub(super) const TRANSITIONS: &[Transition] = &[
    // Beginning.
    start(
        CREATED,
        &[isnt(SourceReady)],
        Outcome::Refused("The source is not ready for migration, or an unfinished import has it already."),
        Evidence::documented(API),
    ),
    start(CREATED, &[isnt(Member), is(ScheduleAhead)], Outcome::Node(SCHEDULED), Evidence::documented(API)),
    start(
        CREATED,
        &[isnt(Member), isnt(ScheduleAhead)],
        Outcome::Node(QUEUED),
        Evidence::inferred("Only the text of the queue exists."),
    ),
    start(
        Trigger::Event(GROUP_CREATED),
        &[is(Member)],
        Outcome::OneOf(&[SCHEDULED, QUEUED]),
        Evidence::inferred("A member needs a state before its turn: the group's."),
    ),
    // Waiting.
    other(
        &[SCHEDULED],
        Trigger::Action(MODIFY),
        &[isnt(Member)],
        Outcome::Unchanged,
        Evidence::inferred("The operation is documented, the state that takes it is not."),
    ),
    other(
        &[SCHEDULED],
        Trigger::Action(MODIFY),
        &[is(Member)],
        Outcome::Refused("A member starts with its group: reschedule the group."),
        Evidence::inferred(FOLLOWS_GROUP),
    ),
    other(
        &[SCHEDULED],
        Trigger::Event(GROUP_RESCHEDULED),
        &[is(Member)],
        Outcome::Unchanged,
        Evidence::inferred(FOLLOWS_GROUP),
    ),
    event(
        &[SCHEDULED],
        SCHEDULE_EXPIRES,
        &[],
        QUEUED,
        &[],
        Evidence::outcome_inferred(API, "The next state is not named."),
    ),
    event(&[QUEUED], SLOT_FREE, &[is(HeadOfQueue), is(SlotFree)], IN_PROGRESS, &[], Evidence::documented(API)),
    event(
        &[QUEUED, IN_PROGRESS],
        PRE_CHECK_FAILS,
        &[],
        FAILED,
        &[Effect::SetsError, Effect::SourceReleased],
        Evidence::inferred("The import guide: it stops with no effect on the hosts. The state is not named."),
    ),
    // Set-up.
    event(
        &[IN_PROGRESS],
        POLICY_CHECK_FAILS,
        &[is(ReplicatingPolicy)],
        FAILED,
        &[Effect::SetsError, Effect::SourceReleased],
        Evidence::documented(API),
    ),
    event(&[IN_PROGRESS], SET_UP_DONE, &[is(Agentless)], MIRROR_ENABLED, &[], Evidence::documented(API)),
    event(
        &[IN_PROGRESS],
        SET_UP_DONE,
        &[isnt(Agentless)],
        COPY_IN_PROGRESS,
        &[Effect::HostsToDestination],
        Evidence::inferred("A person has no step to do here."),
    ),
    event(
        &[IN_PROGRESS],
        FAILURE_UNDONE,
        &[],
        FAILED,
        &[Effect::SetsError, Effect::SourceReleased],
        Evidence::inferred(NO_COPY_YET),
    ),
    event(
        &[IN_PROGRESS],
        FAILURE_NOT_UNDONE,
        &[],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, ROLL_BACK_MEANING),
    ),
    // Agentless: two steps by hand.
    act(
        &[MIRROR_ENABLED],
        ENABLE_DESTINATION_VOLUME,
        &[is(Agentless)],
        READY_TO_START_COPY,
        &[],
        Evidence::outcome_inferred(API, STEP_IMPLIED),
    ),
    act(
        &[READY_TO_START_COPY],
        START_COPY,
        &[is(Agentless)],
        COPY_IN_PROGRESS,
        &[Effect::HostsToDestination],
        Evidence::outcome_inferred(API, STEP_IMPLIED),
    ),
    event(
        BEFORE_THE_COPY,
        FAILURE_UNDONE,
        &[is(Agentless)],
        FAILED,
        &[Effect::SetsError, Effect::HostsToSource, Effect::SourceReleased],
        Evidence::inferred(NO_COPY_YET),
    ),
    event(
        BEFORE_THE_COPY,
        FAILURE_NOT_UNDONE,
        &[is(Agentless)],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, ROLL_BACK_MEANING),
    ),
    // Copy.
    act(&[COPY_IN_PROGRESS], PAUSE, &[], PAUSED, &[], Evidence::documented(API)),
    act(&[PAUSED], RESUME, &[], COPY_IN_PROGRESS, &[], Evidence::documented(GUIDE_GROUPS)),
    event(&[COPY_IN_PROGRESS], ALL_DATA_COPIED, &[], READY_FOR_CUTOVER, &[], Evidence::documented(API)),
    event(
        &[COPY_IN_PROGRESS],
        IO_OR_NETWORK_FAILURE,
        &[is(Agentless)],
        CANCEL_REQUIRED,
        &[Effect::SetsError],
        Evidence::documented(API),
    ),
    event(
        &[PAUSED, READY_FOR_CUTOVER],
        IO_OR_NETWORK_FAILURE,
        &[is(Agentless)],
        CANCEL_REQUIRED,
        &[Effect::SetsError],
        Evidence::inferred(NOTHING_ELSE_FITS),
    ),
    event(
        COPIES_OR_COPIED,
        FAILURE_UNDONE,
        &[isnt(Agentless)],
        FAILED,
        &[Effect::SetsError, Effect::HostsToSource, Effect::SourceReleased],
        Evidence::outcome_inferred(GUIDE_FAULTS, "The array cancels by itself; the state at its end is not named."),
    ),
    event(
        COPIES_OR_COPIED,
        FAILURE_NOT_UNDONE,
        &[isnt(Agentless)],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, ROLL_BACK_MEANING),
    ),
    // Cutover.
    act(
        &[READY_FOR_CUTOVER],
        CUTOVER,
        &[isnt(Member)],
        CUTOVER_IN_PROGRESS,
        &[],
        Evidence::outcome_inferred(API, PARENT_TEXT),
    ),
    other(
        &[READY_FOR_CUTOVER],
        Trigger::Action(CUTOVER),
        &[is(Member)],
        Outcome::Refused("A member is not cut over by itself: cut its group over."),
        Evidence::inferred(GROUP_DECIDES),
    ),
    event(
        &[READY_FOR_CUTOVER],
        AUTOMATIC_CUTOVER,
        &[isnt(Member), is(AutomaticCutover)],
        CUTOVER_IN_PROGRESS,
        &[],
        Evidence::inferred("Documented is that without it a person must cut over."),
    ),
    event(
        &[READY_FOR_CUTOVER],
        GROUP_CUTOVER,
        &[is(Member)],
        CUTOVER_IN_PROGRESS,
        &[],
        Evidence::inferred(GROUP_DECIDES),
    ),
    event(
        &[CUTOVER_IN_PROGRESS],
        COMMIT_DONE,
        &[],
        IMPORT_COMPLETED,
        &[Effect::SourceDetached, Effect::SourceReleased],
        Evidence::documented(API),
    ),
    event(
        &[CUTOVER_IN_PROGRESS],
        FAILURE_UNDONE,
        &[isnt(Member)],
        FAILED,
        &[Effect::SetsError, Effect::HostsToSource, Effect::SourceReleased],
        Evidence::inferred(NOTHING_ELSE_FITS),
    ),
    event(
        &[CUTOVER_IN_PROGRESS],
        FAILURE_NOT_UNDONE,
        &[isnt(Member)],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::inferred(NOTHING_ELSE_FITS),
    ),
    event(
        &[CUTOVER_IN_PROGRESS],
        COMMIT_FAILS_MIRROR_INTACT,
        &[is(Member)],
        READY_FOR_CUTOVER,
        &[],
        Evidence::inferred("The group's cutover is to be repeated, so the member must be ready again."),
    ),
    event(
        &[CUTOVER_IN_PROGRESS],
        MIRROR_FAILED,
        &[is(Member)],
        CANCEL_IN_PROGRESS,
        &[Effect::SetsError],
        Evidence::documented(API),
    ),
    // Cancel.
    act(
        &[SCHEDULED, QUEUED, COPY_IN_PROGRESS, READY_FOR_CUTOVER, PAUSED],
        CANCEL,
        &[],
        CANCEL_IN_PROGRESS,
        &[],
        Evidence::documented(API),
    ),
    act(&[CANCEL_REQUIRED], CANCEL, &[is(Agentless)], CANCEL_IN_PROGRESS, &[], Evidence::documented(API)),
    act(
        BEFORE_THE_COPY,
        CANCEL,
        &[is(Agentless), isnt(Member)],
        CANCEL_IN_PROGRESS,
        &[],
        Evidence::documented(GUIDE_VOLUMES),
    ),
    act(
        BEFORE_THE_COPY,
        CANCEL,
        &[is(Agentless), is(Member)],
        CANCEL_IN_PROGRESS,
        &[],
        Evidence::inferred("The import guide lists it for volumes that are imported alone."),
    ),
    act(
        &[CANCEL_FAILED],
        CANCEL,
        &[is(Member)],
        CANCEL_IN_PROGRESS,
        &[],
        Evidence::inferred("The import guide lists it for the group."),
    ),
    other(
        &[CUTOVER_IN_PROGRESS, CANCEL_IN_PROGRESS, CLEANUP_IN_PROGRESS],
        CANCELS,
        &[],
        Outcome::Refused(
            "The array is at work on the end of this import; nothing can be asked of it until that is done.",
        ),
        Evidence::documented(GUIDE_GROUPS),
    ),
    other(
        &[IMPORT_COMPLETED],
        CANCELS,
        &[],
        Outcome::Refused("The import is committed: there is nothing left to roll back."),
        Evidence::documented(GUIDE_GROUPS),
    ),
    other(
        &[CLEANUP_REQUIRED],
        CANCELS,
        &[],
        Outcome::Refused("A roll-back has failed already: run the clean-up instead."),
        Evidence::documented(GUIDE_GROUPS),
    ),
    event(ACTIVE_MEMBER, GROUP_ROLL_BACK, &[is(Member)], CANCEL_IN_PROGRESS, &[], Evidence::documented(API)),
    event(
        &[CANCEL_IN_PROGRESS],
        ROLL_BACK_DONE,
        &[],
        CANCELLED,
        &[Effect::HostsToSource, Effect::SourceReleased],
        Evidence::documented(API),
    ),
    event(
        &[CANCEL_IN_PROGRESS],
        ROLL_BACK_FAILS,
        &[is(Forced)],
        CANCELLED,
        &[Effect::SetsError, Effect::SourceNotRolledBack, Effect::SourceReleased],
        Evidence::outcome_inferred(API, "That it ends without roll-back is documented, the state is not."),
    ),
    event(
        &[CANCEL_IN_PROGRESS],
        ROLL_BACK_FAILS,
        &[isnt(Forced), isnt(Member)],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, ROLL_BACK_MEANING),
    ),
    event(
        &[CANCEL_IN_PROGRESS],
        ROLL_BACK_FAILS,
        &[isnt(Forced), is(Member)],
        CANCEL_FAILED,
        &[Effect::SetsError],
        Evidence::documented(API),
    ),
    // Clean-up.
    act(&[CLEANUP_REQUIRED], CLEANUP, &[], CLEANUP_IN_PROGRESS, &[], Evidence::outcome_inferred(API, PARENT_TEXT)),
    event(
        &[CLEANUP_IN_PROGRESS],
        CLEAN_UP_DONE,
        &[isnt(CameFromCancel)],
        FAILED,
        &[Effect::HostsToSource, Effect::SourceReleased],
        Evidence::inferred("It ends as what made it necessary would have: a failure."),
    ),
    event(
        &[CLEANUP_IN_PROGRESS],
        CLEAN_UP_DONE,
        &[is(CameFromCancel)],
        CANCELLED,
        &[Effect::HostsToSource, Effect::SourceReleased],
        Evidence::inferred("It ends as what made it necessary would have: a cancel."),
    ),
    event(
        &[CLEANUP_IN_PROGRESS],
        CLEAN_UP_FAILS,
        &[isnt(Member)],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::inferred("The text of Cleanup Required: it is reached when a clean-up fails."),
    ),
    event(
        &[CLEANUP_IN_PROGRESS],
        CLEAN_UP_FAILS,
        &[is(Member)],
        CLEANUP_FAILED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, ROLL_BACK_MEANING),
    ),
    // A record that does not fit together.
    event(
        UNFINISHED,
        RECORD_INCONSISTENT,
        &[],
        INVALID,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, "The text only says that the state is unexpected."),
    ),
    other(
        &[INVALID],
        Trigger::Event(RECONCILED),
        &[is(RecordMatches)],
        Outcome::NodeBefore,
        Evidence::inferred("A record that can be matched was only misread."),
    ),
    event(
        &[INVALID],
        RECONCILE_GIVES_UP,
        &[],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::inferred("Hosts may need the source back, so a person gets a way out."),
    ),
    // End.
    other(&[IMPORT_COMPLETED, FAILED, CANCELLED], DELETED, &[isnt(Member)], Outcome::Gone, Evidence::documented(API)),
    other(&[CLEANUP_FAILED], DELETED, &[], Outcome::Gone, Evidence::inferred("Nothing else leads out of this state.")),
    other(
        &[IMPORT_COMPLETED, FAILED, CANCELLED],
        DELETED,
        &[is(Member)],
        Outcome::Refused("A member goes with its group: delete the session of the group."),
        Evidence::inferred("Members belong to the record of their group."),
    ),
    other(
        &[IMPORT_COMPLETED, FAILED, CANCELLED, CLEANUP_FAILED],
        Trigger::Event(PARENT_DELETED),
        &[is(Member)],
        Outcome::Gone,
        Evidence::inferred("Members belong to the record of their group."),
    ),
];
