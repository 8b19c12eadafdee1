//! What happens to a job, in the vocabulary of the control door.

use crate::lifecycle::{Event, EventId};

events! {
    ACCEPTED "accepted" "an action is accepted",
    NOT_NEEDED "not_needed" "the step turns out not to be needed",
    MUST_WAIT "must_wait" "other jobs come first",
    STARTS "starts" "the work begins",
    DONE "done" "the work is done",
    FAILS "fails" "the work fails",
    CLEAN_UP_DONE "clean_up_done" "the clean-up is done",
    CLEAN_UP_FAILS "clean_up_fails" "the clean-up fails",
    EARLIER_STEP_FAILED "earlier_step_failed" "an earlier step failed",
    RETENTION_PASSES "retention_passes" "it is kept no longer",
}
