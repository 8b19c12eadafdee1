//! What happens to a file import by itself, in the vocabulary of the control door.

use crate::lifecycle::{Event, EventId};

events! {
    SCHEDULE_EXPIRES "schedule_expires" "the scheduled time comes",
    SLOT_FREE "slot_free" "its turn in the queue comes",
    STAGE_DONE "stage_done" "the operation is done",
    FAILURE "failure" "the operation fails",
    CUTOVER_UNDONE "cutover_undone" "the cutover fails and is undone",
    CUTOVER_NOT_UNDONE "cutover_not_undone" "the cutover fails and cannot be undone",
    FILES_IN_SYNC "files_in_sync" "all files are equal on both sides",
    PAUSE_DONE "pause_done" "the copy has stopped",
    COMMIT_DONE "commit_done" "the commit is done",
    CANCEL_DONE "cancel_done" "the cancel is done",
    SOURCE_SILENT "source_silent" "the source array does not answer",
}
