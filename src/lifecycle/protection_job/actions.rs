//! What a person can ask of a job, and what the dialogs say about it.

use crate::lifecycle::{Action, ActionId, Basis, Circumstance, Danger, Flag, Refusal, Release, Verb};

/// Stop the job.
pub const ABORT: ActionId = ActionId(0);
/// Remove the record of the job.
pub const PURGE: ActionId = ActionId(1);

const PLAIN: Action = Action {
    name: "",
    label: "",
    short: "",
    verb: Verb::Act,
    since: Release::OLDEST,
    danger: Danger::Disruptive,
    changes: "",
    host_access: "None.",
    written_meanwhile: "",
    cannot_be_undone: None,
    afterwards: "",
    confirm: &[],
    says: &[],
    flags: &[],
    job_verb: None,
    elsewhere: Refusal { sentence: "Not now.", basis: Basis::Inferred("Each state has a row of its own.") },
};

pub(super) static ACTIONS: [Action; 2] = [
    Action {
        name: "dp-job-abort",
        label: "Abort",
        short: "abort",
        changes: "The server stops the job; a transfer ends where it is.",
        written_meanwhile: "Stays at the source; what is not copied yet is not protected.",
        cannot_be_undone: Some("The job cannot go on: the next one begins anew."),
        afterwards: "It is Aborting until its parts have stopped.",
        ..PLAIN
    },
    Action {
        name: "dp-job-purge",
        label: "Purge",
        short: "purge",
        verb: Verb::Delete,
        danger: Danger::Irreversible,
        changes: "The record of the job and all its events are removed.",
        written_meanwhile: "Is not touched: back-ups stay.",
        cannot_be_undone: Some("The record and its events are gone for good."),
        afterwards: "Nothing.",
        flags: &[Flag {
            name: "purge-jobs-completed-with-error",
            label: "Even if it ended with an error",
            meaning: "The server keeps failed and aborted jobs otherwise.",
            danger: Danger::Irreversible,
            makes: Some(Circumstance::PurgingErrors),
            since: Release::OLDEST,
        }],
        ..PLAIN
    },
];
