//! The rows. The order matters only between rows of the same trigger and node: the first whose guards
//! fit is the rule. What is asked of a group reaches its members as an effect of the row.

use super::{actions::*, events::*, nodes::*};
use crate::lifecycle::Circumstance::{
    Agentless, AutomaticCutover, CameFromCancel, Forced, MembersLeft, RecordMatches, ScheduleAhead, SourceReady,
    SourceWithheld,
};
use crate::lifecycle::import_volume::{
    self as member, GROUP_CREATED, GROUP_CUTOVER, GROUP_RESCHEDULED, GROUP_ROLL_BACK, PARENT_DELETED,
};
use crate::lifecycle::row::{act, event, other, start};
use crate::lifecycle::{Effect, Evidence, NodeId, Outcome, Source, Transition, Trigger, is, isnt};

const API: Source = Source::ApiDescription;
const GUIDE_GROUPS: Source = Source::ImportGuide(32);
const GUIDE_LISTS: Source = Source::ImportGuide(40);

const MEMBERS_CREATED: Effect = Effect::Members(Trigger::Event(GROUP_CREATED));
const MEMBERS_RESCHEDULED: Effect = Effect::Members(Trigger::Event(GROUP_RESCHEDULED));
const MEMBERS_QUEUED: Effect = Effect::Members(Trigger::Event(member::SCHEDULE_EXPIRES));
const MEMBERS_RESUME: Effect = Effect::Members(Trigger::Action(member::RESUME));
const MEMBERS_COMMIT: Effect = Effect::Members(Trigger::Event(GROUP_CUTOVER));
const MEMBERS_ROLL_BACK: Effect = Effect::Members(Trigger::Event(GROUP_ROLL_BACK));
const MEMBERS_CLEAN_UP: Effect = Effect::Members(Trigger::Action(member::CLEANUP));
const MEMBERS_GO: Effect = Effect::Members(Trigger::Event(PARENT_DELETED));

const FOLLOWS_MEMBERS: &str = "The group shows what its members are at.";
const MEANING_ONLY: &str = "The state's text tells what it means, not what leads there.";
const ENDS_AS_ITS_CAUSE: &str = "It ends as what made it necessary would have.";
const STILL_NEEDED: &str = "The record of a member that has not ended is needed to bring it to its end.";

/// Nodes in which the group still owns its sources.
const UNFINISHED: &[NodeId] = &[
    SCHEDULED,
    QUEUED,
    IN_PROGRESS,
    PAUSED,
    READY_FOR_CUTOVER,
    CUTOVER_IN_PROGRESS,
    IMPORT_CUTOVER_INCOMPLETE,
    CANCEL_REQUIRED,
    CANCEL_IN_PROGRESS,
    CANCEL_FAILED,
    CLEANUP_REQUIRED,
    CLEANUP_IN_PROGRESS,
];

const ENDS: &[NodeId] = &[IMPORT_COMPLETED, IMPORT_COMPLETED_WITH_ERRORS, CANCELLED, FAILED, CLEANUP_FAILED];

const CREATED: Trigger = Trigger::Action(CREATE);
const DELETED: Trigger = Trigger::Action(DELETE);
const CANCELS: Trigger = Trigger::Action(CANCEL);

pub(super) const TRANSITIONS: &[Transition] = &[
    // Beginning.
    start(
        CREATED,
        &[isnt(SourceReady)],
        Outcome::Refused(
            "The group or one of its volumes is not ready for migration, or an unfinished import has it already.",
        ),
        Evidence::documented(API),
    ),
    start(CREATED, &[is(ScheduleAhead)], Outcome::Node(SCHEDULED), Evidence::documented(API))
        .with_effects(&[MEMBERS_CREATED]),
    start(
        CREATED,
        &[isnt(ScheduleAhead)],
        Outcome::Node(QUEUED),
        Evidence::inferred("Only the text of the queue exists."),
    )
    .with_effects(&[MEMBERS_CREATED]),
    // Waiting.
    other(
        &[SCHEDULED],
        Trigger::Action(MODIFY),
        &[],
        Outcome::Unchanged,
        Evidence::inferred("The operation is documented, the state that takes it is not."),
    )
    .with_effects(&[MEMBERS_RESCHEDULED]),
    event(
        &[SCHEDULED],
        SCHEDULE_EXPIRES,
        &[],
        QUEUED,
        &[MEMBERS_QUEUED],
        Evidence::outcome_inferred(API, "The next state is not named."),
    ),
    event(&[QUEUED], FIRST_MEMBER_STARTS, &[], IN_PROGRESS, &[], Evidence::documented(GUIDE_GROUPS)),
    event(
        &[QUEUED],
        PRE_CHECK_FAILS,
        &[],
        FAILED,
        &[Effect::SetsError, MEMBERS_ROLL_BACK],
        Evidence::inferred("Nothing was started, so nothing stays to be cleaned up."),
    ),
    // Set-up and copy, on the members.
    event(&[IN_PROGRESS], EVERY_MEMBER_READY, &[], READY_FOR_CUTOVER, &[], Evidence::documented(GUIDE_GROUPS)),
    event(
        &[IN_PROGRESS],
        COPIES_PAUSED,
        &[],
        PAUSED,
        &[],
        Evidence::trigger_inferred(GUIDE_GROUPS, "A group is not paused by itself, yet the guide knows it paused."),
    ),
    act(&[PAUSED], RESUME, &[], IN_PROGRESS, &[MEMBERS_RESUME], Evidence::documented(GUIDE_GROUPS)),
    event(&[PAUSED], MEMBER_RESUMED, &[], IN_PROGRESS, &[], Evidence::inferred(FOLLOWS_MEMBERS)),
    event(
        &[IN_PROGRESS],
        MEMBER_FAILED,
        &[],
        CLEANUP_IN_PROGRESS,
        &[Effect::SetsError, MEMBERS_ROLL_BACK],
        Evidence::documented(API),
    ),
    event(
        &[PAUSED, READY_FOR_CUTOVER],
        MEMBER_FAILED,
        &[],
        CLEANUP_IN_PROGRESS,
        &[Effect::SetsError, MEMBERS_ROLL_BACK],
        Evidence::inferred("Documented while the group is in progress; nothing else fits here either."),
    ),
    event(
        &[IN_PROGRESS, PAUSED, READY_FOR_CUTOVER],
        MEMBER_CANCEL_REQUIRED,
        &[is(Agentless)],
        CANCEL_REQUIRED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(GUIDE_GROUPS, FOLLOWS_MEMBERS),
    ),
    // Cutover.
    act(&[READY_FOR_CUTOVER], CUTOVER, &[], CUTOVER_IN_PROGRESS, &[MEMBERS_COMMIT], Evidence::documented(API)),
    act(
        &[IMPORT_CUTOVER_INCOMPLETE],
        CUTOVER,
        &[],
        CUTOVER_IN_PROGRESS,
        &[MEMBERS_COMMIT],
        Evidence::documented(GUIDE_GROUPS),
    ),
    event(
        &[READY_FOR_CUTOVER],
        AUTOMATIC_CUTOVER,
        &[is(AutomaticCutover)],
        CUTOVER_IN_PROGRESS,
        &[MEMBERS_COMMIT],
        Evidence::inferred("Documented is that without it a person must cut over."),
    ),
    event(&[CUTOVER_IN_PROGRESS], ALL_COMMITTED, &[], IMPORT_COMPLETED, &[], Evidence::documented(API)),
    event(
        &[CUTOVER_IN_PROGRESS],
        SOME_NOT_COMMITTED,
        &[],
        IMPORT_CUTOVER_INCOMPLETE,
        &[Effect::SetsError],
        Evidence::documented(API),
    ),
    event(
        &[CUTOVER_IN_PROGRESS],
        SOME_MIRRORS_LOST,
        &[],
        IMPORT_COMPLETED_WITH_ERRORS,
        &[Effect::SetsError],
        Evidence::documented(API),
    ),
    event(
        &[CUTOVER_IN_PROGRESS],
        NONE_COMMITTED,
        &[],
        FAILED,
        &[Effect::SetsError],
        Evidence::inferred("Nothing was imported, and the hosts are on the sources."),
    ),
    event(
        &[CUTOVER_IN_PROGRESS],
        NONE_COMMITTED_NOT_UNDONE,
        &[],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::inferred("Nothing was imported, and hosts may need their sources back."),
    ),
    // Cancel.
    act(
        &[SCHEDULED, QUEUED, READY_FOR_CUTOVER],
        CANCEL,
        &[],
        CANCEL_IN_PROGRESS,
        &[MEMBERS_ROLL_BACK],
        Evidence::documented(API),
    ),
    act(
        &[IN_PROGRESS, PAUSED, IMPORT_CUTOVER_INCOMPLETE, CANCEL_REQUIRED, CANCEL_FAILED],
        CANCEL,
        &[],
        CANCEL_IN_PROGRESS,
        &[MEMBERS_ROLL_BACK],
        Evidence::documented(GUIDE_GROUPS),
    ),
    act(
        &[FAILED],
        CANCEL,
        &[is(MembersLeft)],
        CANCEL_IN_PROGRESS,
        &[MEMBERS_ROLL_BACK],
        Evidence::documented(GUIDE_LISTS),
    ),
    other(
        &[FAILED],
        CANCELS,
        &[isnt(MembersLeft)],
        Outcome::Refused("No volume of the group is left that could be rolled back."),
        Evidence::inferred("The guide lists the state; with no member left a cancel would change nothing."),
    ),
    other(
        &[CUTOVER_IN_PROGRESS, CANCEL_IN_PROGRESS, CLEANUP_IN_PROGRESS],
        CANCELS,
        &[],
        Outcome::Refused(
            "The array is at work on the end of this import; nothing can be asked of the group until that is done.",
        ),
        Evidence::documented(GUIDE_GROUPS),
    ),
    other(
        &[IMPORT_COMPLETED, IMPORT_COMPLETED_WITH_ERRORS],
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
    event(
        &[SCHEDULED, QUEUED, IN_PROGRESS, PAUSED, READY_FOR_CUTOVER, CANCEL_REQUIRED, CANCEL_FAILED],
        EVERY_MEMBER_CANCELLED,
        &[],
        CANCEL_IN_PROGRESS,
        &[],
        Evidence::inferred("A group of which nothing is left is cancelled as if it had been asked to."),
    ),
    event(&[CANCEL_IN_PROGRESS], ROLL_BACK_DONE, &[], CANCELLED, &[], Evidence::documented(API)),
    event(
        &[CANCEL_IN_PROGRESS],
        MEMBER_NOT_CANCELLED,
        &[isnt(Forced)],
        CANCEL_FAILED,
        &[Effect::SetsError],
        Evidence::documented(API),
    ),
    event(
        &[CANCEL_IN_PROGRESS],
        MEMBER_NOT_CANCELLED,
        &[is(Forced)],
        CANCELLED,
        &[Effect::SetsError],
        Evidence::inferred("That a forced cancel ends without roll-back is documented for a session, not for a group."),
    ),
    other(
        &[CANCEL_IN_PROGRESS, CLEANUP_IN_PROGRESS],
        Trigger::Event(MEMBER_PASSED_OVER),
        &[],
        Outcome::Unchanged,
        Evidence::inferred("A roll-back is not done while a member goes on."),
    )
    .with_effects(&[MEMBERS_ROLL_BACK]),
    // Clean-up.
    act(
        &[CLEANUP_REQUIRED],
        CLEANUP,
        &[],
        CLEANUP_IN_PROGRESS,
        &[MEMBERS_CLEAN_UP, MEMBERS_ROLL_BACK],
        Evidence::outcome_inferred(API, "The state's text speaks of the roll-back after a failure."),
    ),
    event(
        &[CLEANUP_IN_PROGRESS],
        CLEAN_UP_DONE,
        &[isnt(CameFromCancel)],
        FAILED,
        &[],
        Evidence::inferred(ENDS_AS_ITS_CAUSE),
    ),
    event(
        &[CLEANUP_IN_PROGRESS],
        CLEAN_UP_DONE,
        &[is(CameFromCancel)],
        CANCELLED,
        &[],
        Evidence::inferred(ENDS_AS_ITS_CAUSE),
    ),
    event(
        &[CLEANUP_IN_PROGRESS],
        ROLL_BACK_FAILS,
        &[is(SourceWithheld)],
        CLEANUP_REQUIRED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, MEANING_ONLY),
    ),
    event(
        &[CLEANUP_IN_PROGRESS],
        ROLL_BACK_FAILS,
        &[isnt(SourceWithheld)],
        CLEANUP_FAILED,
        &[Effect::SetsError],
        Evidence::trigger_inferred(API, MEANING_ONLY),
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
        Evidence::inferred("Hosts may need the sources back, so a person gets a way out."),
    ),
    // End.
    other(
        ENDS,
        DELETED,
        &[is(MembersLeft)],
        Outcome::Refused("A volume of the group has not come to its end: cancel it or clean it up first."),
        Evidence::inferred(STILL_NEEDED),
    ),
    other(
        &[IMPORT_COMPLETED, FAILED, CANCELLED],
        DELETED,
        &[isnt(MembersLeft)],
        Outcome::Gone,
        Evidence::documented(API),
    )
    .with_effects(&[MEMBERS_GO]),
    other(
        &[IMPORT_COMPLETED_WITH_ERRORS, CLEANUP_FAILED],
        DELETED,
        &[isnt(MembersLeft)],
        Outcome::Gone,
        Evidence::inferred("Nothing else leads out of this state."),
    )
    .with_effects(&[MEMBERS_GO]),
];
