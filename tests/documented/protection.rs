//! What the papers say of data-protection jobs, of their progress and of the schedule.

use array_console::lifecycle::protection_job::PROTECTION_JOB;
use array_console::lifecycle::protection_progress::PROTECTION_PROGRESS;
use array_console::lifecycle::schedule_entry::SCHEDULE_ENTRY;
use array_console::lifecycle::{Circumstance, Circumstances, Lifecycle};

use crate::papers::{Papers, Refused, Taken};

/// There is one sort of each. Words of a line: ` of a failed one`, ` with the switch`, ` of a failed one with
/// the switch`.
fn given(_: &str, line: &str) -> Circumstances {
    Circumstances::UNKNOWN
        .with(Circumstance::Stoppable, Some(true))
        .with(Circumstance::EndedWithError, Some(line.contains("failed one")))
        .with(Circumstance::PurgingErrors, Some(line.ends_with("with the switch")))
}

const fn papers(table: &'static Lifecycle, states: &'static [&'static str], taken: &'static [Taken]) -> Papers {
    Papers {
        table,
        given,
        states,
        taken,
        refused_but_in: &[],
        refused: &[],
        create: None,
        derived: &[],
        handed_on: &[],
        mutants: 0,
    }
}

const ANY: &[&str] = &["P"];

pub const JOB: Papers = Papers {
    refused: REFUSED,
    mutants: 50,
    ..papers(&PROTECTION_JOB, &["queued", "running", "completed", "aborting", "aborted"], TAKEN)
};

/// Queued is a word of the later generation; before, such a job was without a state. Each transition stands
/// in the texts of the job's three times, of abort and of purge.
const TAKEN: &[Taken] = &[
    ("entry_due", ANY, &["-"], "queued"),
    ("requested", ANY, &["-"], "queued"),
    ("worker_takes_it", ANY, &["queued"], "running"),
    ("subtasks_ended", ANY, &["running"], "completed"),
    ("dp-job-abort", ANY, &["running"], "aborting"),
    ("dataset_fails_over", ANY, &["running"], "aborting"),
    ("subtasks_stopped", ANY, &["aborting"], "aborted"),
    ("dp-job-purge", ANY, &["completed"], "gone"),
    ("dp-job-purge with the switch", ANY, &["completed"], "gone"),
    ("dp-job-purge of a failed one with the switch", ANY, &["completed"], "gone"),
];

/// Each has a number of its own among those of abort.
const REFUSED: &[Refused] = &[("dp-job-abort", ANY, &["completed", "aborted"])];

pub const PROGRESS: Papers = Papers {
    mutants: 40,
    ..papers(&PROTECTION_PROGRESS, &["in_progress", "success", "partial_success", "failure"], PROGRESSED)
};

/// From the diagram of the values: no arrow leads out of a partial success but the end of the record.
const PROGRESSED: &[Taken] = &[
    ("job_created", ANY, &["-"], "in_progress"),
    ("transfer_succeeds", ANY, &["in_progress"], "success"),
    ("transfer_fails", ANY, &["in_progress"], "failure"),
    ("transfer_fails", ANY, &["success"], "partial_success"),
    ("transfer_succeeds", ANY, &["failure"], "partial_success"),
    ("transfer_succeeds", ANY, &["partial_success"], "same"),
    ("transfer_fails", ANY, &["partial_success"], "same"),
    ("job_purged", ANY, &["in_progress", "success", "partial_success", "failure"], "gone"),
];

pub const ENTRY: Papers =
    Papers { mutants: 20, ..papers(&SCHEDULE_ENTRY, &["planned", "late", "started", "withdrawn"], SCHEDULED) };

/// The states are ours: the papers tell what is listed, and what is not listed any more.
const SCHEDULED: &[Taken] = &[
    ("policy_applied", ANY, &["-"], "planned"),
    ("due", ANY, &["planned"], "started"),
    ("due_while_down", ANY, &["planned"], "late"),
    ("next_listing", ANY, &["started", "withdrawn"], "gone"),
];
