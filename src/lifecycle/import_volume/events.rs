//! What happens to an import by itself, in the vocabulary of the control door.

use crate::lifecycle::{Event, EventId};

events! {
    SCHEDULE_EXPIRES "schedule_expires" "the scheduled time comes",
    GROUP_CREATED "group_created" "the session of its group is created",
    GROUP_RESCHEDULED "group_rescheduled" "its group is given another time",
    SLOT_FREE "slot_free" "its turn in the queue comes",
    PRE_CHECK_FAILS "pre_check_fails" "a check before the start fails",
    POLICY_CHECK_FAILS "policy_check_fails" "the protection policy turns out to replicate",
    SET_UP_DONE "set_up_done" "the set-up is done",
    FAILURE_UNDONE "failure_undone" "a failure, and the array undoes what it did",
    FAILURE_NOT_UNDONE "failure_not_undone" "a failure that the array cannot undo",
    ALL_DATA_COPIED "all_data_copied" "all data is copied",
    IO_OR_NETWORK_FAILURE "io_or_network_failure" "input/output or the network fails",
    AUTOMATIC_CUTOVER "automatic_cutover" "the array cuts over by itself",
    GROUP_CUTOVER "group_cutover" "its group is cut over",
    COMMIT_DONE "commit_done" "the commit is done",
    COMMIT_FAILS_MIRROR_INTACT "commit_fails_mirror_intact" "the commit fails and the mirror is intact",
    MIRROR_FAILED "mirror_failed" "the mirror is lost during the commit",
    GROUP_ROLL_BACK "group_roll_back" "its group is rolled back",
    ROLL_BACK_DONE "roll_back_done" "the roll-back is done",
    ROLL_BACK_FAILS "roll_back_fails" "the roll-back fails",
    CLEAN_UP_DONE "clean_up_done" "the clean-up is done",
    CLEAN_UP_FAILS "clean_up_fails" "the clean-up fails",
    RECORD_INCONSISTENT "record_inconsistent" "the array finds its record inconsistent",
    RECONCILED "reconciled" "the record is mended",
    RECONCILE_GIVES_UP "reconcile_gives_up" "the record cannot be mended",
    PARENT_DELETED "parent_deleted" "the session of its group is deleted",
}
