//! What happens to a migration by itself, in the vocabulary of the control door.

use crate::lifecycle::{Event, EventId};

events! {
    SET_UP_DONE "set_up_done" "the set-up is done",
    RESCAN_DONE "rescan_done" "the hosts have looked for their paths",
    COPY_DONE "copy_done" "the copy is done",
    OWNERSHIP_MOVED "ownership_moved" "the new appliance is the owner",
    PAUSE_DONE "pause_done" "the copy has stopped",
    RESUMED "resumed" "the copy runs again",
    ERROR "error" "an error that can be mended",
    FATAL_ERROR "fatal_error" "an error that cannot be mended",
    REMOVED "removed" "everything is removed",
    REMOVAL_FAILS "removal_fails" "the removal fails",
}
