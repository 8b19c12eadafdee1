//! What the papers say of the move of volumes to another appliance.

use array_console::lifecycle::migration::MIGRATION;

use crate::papers::{Papers, Refused, Taken, of_imports};

pub const PAPERS: Papers = Papers {
    table: &MIGRATION,
    given: of_imports,
    states: STATES,
    taken: TAKEN,
    refused_but_in: REFUSED_BUT_IN,
    refused: REFUSED,
    create: None,
    derived: &[],
    handed_on: &[],
    mutants: 500,
};

const ANY: &[&str] = &["V"];

/// Copied from the description's enumeration.
const STATES: &[&str] = &[
    "Initializing",
    "Automatic_Rescan_In_Progress",
    "Manual_Rescan_Required",
    "Initialized",
    "Synchronizing",
    "Idle",
    "Cutting_Over",
    "Deleting",
    "Completed",
    "Pausing",
    "Paused",
    "System_Paused",
    "Resuming",
    "Failed",
];

const TAKEN: &[Taken] = &[
    // Operations.
    ("create", ANY, &["-"], "Initializing"),
    ("sync", ANY, &["Initialized", "Idle"], "Synchronizing"),
    ("sync after the rescan", ANY, &["Manual_Rescan_Required", "Initialized", "Idle"], "Synchronizing"),
    ("cutover", ANY, &["Initialized"], "Cutting_Over"),
    ("pause", ANY, &["Synchronizing"], "Pausing"),
    ("resume", ANY, &["Paused"], "Resuming"),
    ("resume once mended", ANY, &["Paused", "System_Paused"], "Resuming"),
    ("delete", ANY, &["Completed"], "Deleting"),
    ("delete once mended", ANY, &["System_Paused"], "Deleting"),
    (
        "delete by force",
        ANY,
        &[
            "Initializing",
            "Automatic_Rescan_In_Progress",
            "Manual_Rescan_Required",
            "Initialized",
            "Synchronizing",
            "Idle",
            "Cutting_Over",
            "Completed",
            "Pausing",
            "Paused",
            "System_Paused",
            "Resuming",
            "Failed",
        ],
        "Deleting",
    ),
    // What the array does by itself.
    ("set_up_done", ANY, &["Initializing"], "Initialized"),
    ("set_up_done with hosts to rescan", ANY, &["Initializing"], "Automatic_Rescan_In_Progress"),
    ("set_up_done with hosts to rescan by hand", ANY, &["Initializing"], "Manual_Rescan_Required"),
    ("copy_done", ANY, &["Synchronizing"], "Cutting_Over"),
    ("copy_done waiting for a person", ANY, &["Synchronizing"], "Idle"),
    ("ownership_moved", ANY, &["Cutting_Over"], "Completed"),
    ("pause_done", ANY, &["Pausing"], "Paused"),
    ("resumed", ANY, &["Resuming"], "Synchronizing"),
    (
        "error",
        ANY,
        &["Synchronizing", "Cutting_Over", "Pausing", "Resuming", "Automatic_Rescan_In_Progress"],
        "System_Paused",
    ),
    ("fatal_error", ANY, &["Initializing", "Cutting_Over"], "Failed"),
    ("removed", ANY, &["Deleting"], "gone"),
];

const REFUSED_BUT_IN: &[Refused] = &[("pause", ANY, &["Synchronizing"])];

const REFUSED: &[Refused] = &[("sync", ANY, &["Manual_Rescan_Required"]), ("resume", ANY, &["Failed"])];
