//! What happens to a group's import by itself, in the vocabulary of the control door. Most of it
//! follows from the members.

use crate::lifecycle::{Event, EventId};

events! {
    SCHEDULE_EXPIRES "schedule_expires" "the scheduled time comes",
    FIRST_MEMBER_STARTS "first_member_starts" "the turn of its first member comes",
    PRE_CHECK_FAILS "pre_check_fails" "a check before the start fails",
    EVERY_MEMBER_READY "every_member_ready" "all data of every member is copied",
    COPIES_PAUSED "copies_paused" "no member copies any more and some are paused",
    MEMBER_RESUMED "member_resumed" "the members go on",
    MEMBER_FAILED "member_failed" "a member fails",
    MEMBER_CANCEL_REQUIRED "member_cancel_required" "a member fails so that only a cancel leads on",
    EVERY_MEMBER_CANCELLED "every_member_cancelled" "every member is cancelled by itself",
    AUTOMATIC_CUTOVER "automatic_cutover" "the array cuts over by itself",
    ALL_COMMITTED "all_committed" "every member is committed",
    SOME_NOT_COMMITTED "some_not_committed" "some members are not committed and their mirrors are intact",
    SOME_MIRRORS_LOST "some_mirrors_lost" "some members lost their mirrors and the others are committed",
    NONE_COMMITTED "none_committed" "no member is committed and all are rolled back",
    NONE_COMMITTED_NOT_UNDONE "none_committed_not_undone" "no member is committed and some are not rolled back",
    MEMBER_PASSED_OVER "member_passed_over" "a member was not reached by the roll-back and is rolled back now",
    ROLL_BACK_DONE "roll_back_done" "every member is rolled back",
    MEMBER_NOT_CANCELLED "member_not_cancelled" "a member cannot be cancelled",
    ROLL_BACK_FAILS "roll_back_fails" "the roll-back of a member fails",
    CLEAN_UP_DONE "clean_up_done" "every member is rolled back and cleaned up",
    RECORD_INCONSISTENT "record_inconsistent" "the array finds its record inconsistent",
    RECONCILED "reconciled" "the record is mended",
    RECONCILE_GIVES_UP "reconcile_gives_up" "the record cannot be mended",
}
