//! What happens to a job by itself, in the vocabulary of the control door.

use crate::lifecycle::{Event, EventId};

events! {
    ENTRY_DUE "entry_due" "its entry in the schedule is due",
    REQUESTED "requested" "somebody asks for it",
    WORKER_TAKES_IT "worker_takes_it" "the work begins",
    SUBTASKS_ENDED "subtasks_ended" "all its parts have ended",
    SUBTASKS_STOPPED "subtasks_stopped" "its parts are stopped",
    RETRIED "retried" "a part is tried again",
    DATASET_FAILS_OVER "dataset_fails_over" "its dataset fails over",
    SERVICE_RESTARTED "service_restarted" "the service was restarted",
}
