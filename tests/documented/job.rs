//! What the papers say of jobs.

use array_console::lifecycle::job::JOB;

use crate::papers::{Papers, Taken, of_imports};

pub const PAPERS: Papers = Papers {
    table: &JOB,
    given: of_imports,
    states: STATES,
    taken: TAKEN,
    refused_but_in: &[],
    refused: &[],
    create: None,
    derived: &[],
    handed_on: &[],
    mutants: 60,
};

const ANY: &[&str] = &["J"];

/// Copied from the description's enumeration of phases.
const STATES: &[&str] =
    &["Pending", "Queued", "In_Progress", "Completed", "Skipped", "Failing", "Unrecoverable_Failed", "Failed"];

/// Nothing can be asked of a job.
const TAKEN: &[Taken] = &[
    ("accepted", ANY, &["-"], "Pending"),
    ("not_needed", ANY, &["-"], "Skipped"),
    ("starts", ANY, &["Pending", "Queued"], "In_Progress"),
    ("done", ANY, &["In_Progress"], "Completed"),
    ("fails", ANY, &["In_Progress"], "Failing"),
    ("clean_up_done", ANY, &["Failing"], "Failed"),
    ("clean_up_fails", ANY, &["Failing"], "Unrecoverable_Failed"),
];
