//! What changes a job's progress, in the vocabulary of the control door.

use crate::lifecycle::{Event, EventId};

events! {
    JOB_CREATED "job_created" "the job is recorded",
    TRANSFER_SUCCEEDS "transfer_succeeds" "a transfer succeeds",
    TRANSFER_FAILS "transfer_fails" "a transfer fails",
    JOB_PURGED "job_purged" "the job is removed",
}
