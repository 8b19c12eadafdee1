//! What the papers say of the import of a NAS server.

use array_console::lifecycle::file_import::FILE_IMPORT;

use crate::papers::{Papers, Refused, Taken, of_imports};

pub const PAPERS: Papers = Papers {
    table: &FILE_IMPORT,
    given: of_imports,
    states: STATES,
    taken: TAKEN,
    refused_but_in: REFUSED_BUT_IN,
    refused: &[],
    create: None,
    derived: &[],
    handed_on: &[],
    mutants: 3_000,
};

const ANY: &[&str] = &["F"];

/// The pairs of the two enumerations that their texts and those of the operations let meet.
const STATES: &[&str] = &[
    "Scheduled",
    "Queued",
    "In_Progress/Initial_Provisioning",
    "In_Progress/Initial_Copy",
    "In_Progress/Importing_Config",
    "In_Progress/Ready_For_Cutover",
    "In_Progress/Cutting_Over",
    "In_Progress/Incremental_Copy",
    "In_Progress/Ready_For_Commit",
    "In_Progress/Committing",
    "Pausing/Initial_Copy",
    "Pausing/Incremental_Copy",
    "Paused/Initial_Copy",
    "Paused/Incremental_Copy",
    "Cancelling",
    "Cancelling/Initial_Provisioning",
    "Cancelling/Initial_Copy",
    "Cancelling/Importing_Config",
    "Cancelling/Ready_For_Cutover",
    "Cancelling/Cutting_Over",
    "Cancelling/Incremental_Copy",
    "Cancelling/Ready_For_Commit",
    "Cancelling/Committing",
    "Failed/Initial_Provisioning",
    "Failed/Initial_Copy",
    "Failed/Importing_Config",
    "Failed/Ready_For_Cutover",
    "Failed/Cutting_Over",
    "Failed/Incremental_Copy",
    "Failed/Ready_For_Commit",
    "Failed/Committing",
    "Cancelled",
    "Completed",
];

/// All but Completed and Cancelled.
const UNFINISHED: &[&str] = STATES.split_at(STATES.len() - 2).0;

/// "Cancelling", at work on something.
const AT_WORK: &[&str] = &[
    "Cancelling/Initial_Provisioning",
    "Cancelling/Initial_Copy",
    "Cancelling/Importing_Config",
    "Cancelling/Ready_For_Cutover",
    "Cancelling/Cutting_Over",
    "Cancelling/Incremental_Copy",
    "Cancelling/Ready_For_Commit",
    "Cancelling/Committing",
];

const TAKEN: &[Taken] = &[
    // Operations.
    ("create", ANY, &["-"], "Scheduled"),
    ("create at once", ANY, &["-"], "Queued"),
    ("modify", ANY, UNFINISHED, "same"),
    ("report", ANY, STATES, "same"),
    ("pause", ANY, &["In_Progress/Initial_Copy"], "Pausing/Initial_Copy"),
    ("pause", ANY, &["In_Progress/Incremental_Copy"], "Pausing/Incremental_Copy"),
    ("resume", ANY, &["Paused/Initial_Copy", "Failed/Initial_Copy"], "In_Progress/Initial_Copy"),
    ("resume", ANY, &["Paused/Incremental_Copy", "Failed/Incremental_Copy"], "In_Progress/Incremental_Copy"),
    ("resume", ANY, &["Failed/Initial_Provisioning"], "In_Progress/Initial_Provisioning"),
    ("resume", ANY, &["Failed/Importing_Config"], "In_Progress/Importing_Config"),
    ("cutover", ANY, &["In_Progress/Ready_For_Cutover"], "In_Progress/Cutting_Over"),
    ("commit", ANY, &["In_Progress/Ready_For_Commit"], "In_Progress/Committing"),
    ("cancel", ANY, &["Scheduled", "Queued"], "Cancelling"),
    (
        "cancel",
        ANY,
        &["In_Progress/Initial_Provisioning", "Failed/Initial_Provisioning"],
        "Cancelling/Initial_Provisioning",
    ),
    (
        "cancel",
        ANY,
        &["In_Progress/Initial_Copy", "Pausing/Initial_Copy", "Paused/Initial_Copy", "Failed/Initial_Copy"],
        "Cancelling/Initial_Copy",
    ),
    ("cancel", ANY, &["In_Progress/Importing_Config", "Failed/Importing_Config"], "Cancelling/Importing_Config"),
    ("cancel", ANY, &["In_Progress/Ready_For_Cutover", "Failed/Ready_For_Cutover"], "Cancelling/Ready_For_Cutover"),
    ("cancel", ANY, &["In_Progress/Cutting_Over", "Failed/Cutting_Over"], "Cancelling/Cutting_Over"),
    (
        "cancel",
        ANY,
        &[
            "In_Progress/Incremental_Copy",
            "Pausing/Incremental_Copy",
            "Paused/Incremental_Copy",
            "Failed/Incremental_Copy",
        ],
        "Cancelling/Incremental_Copy",
    ),
    ("cancel", ANY, &["In_Progress/Ready_For_Commit", "Failed/Ready_For_Commit"], "Cancelling/Ready_For_Commit"),
    ("cancel", ANY, &["In_Progress/Committing", "Failed/Committing"], "Cancelling/Committing"),
    // What the array does by itself.
    ("slot_free", ANY, &["Queued"], "In_Progress/Initial_Provisioning"),
    ("stage_done", ANY, &["In_Progress/Cutting_Over"], "In_Progress/Incremental_Copy"),
    ("cutover_undone", ANY, &["In_Progress/Cutting_Over"], "In_Progress/Ready_For_Cutover"),
    ("cutover_not_undone", ANY, &["In_Progress/Cutting_Over"], "Failed/Cutting_Over"),
    ("files_in_sync", ANY, &["In_Progress/Incremental_Copy"], "In_Progress/Ready_For_Commit"),
    ("commit_done", ANY, &["In_Progress/Committing"], "Completed"),
    ("pause_done", ANY, &["Pausing/Initial_Copy"], "Paused/Initial_Copy"),
    ("pause_done", ANY, &["Pausing/Incremental_Copy"], "Paused/Incremental_Copy"),
    ("failure", ANY, &["In_Progress/Initial_Provisioning"], "Failed/Initial_Provisioning"),
    ("failure", ANY, &["In_Progress/Initial_Copy"], "Failed/Initial_Copy"),
    ("failure", ANY, &["In_Progress/Importing_Config"], "Failed/Importing_Config"),
    ("failure", ANY, &["In_Progress/Incremental_Copy"], "Failed/Incremental_Copy"),
    ("cancel_done", ANY, &["Cancelling"], "Cancelled"),
    ("cancel_done", ANY, AT_WORK, "Cancelled"),
    // A source that does not answer: the operations fail, unless they are forced.
    ("source_silent by force", ANY, &["In_Progress/Committing"], "Completed"),
    ("source_silent by force", ANY, AT_WORK, "Cancelled"),
    ("source_silent", ANY, &["In_Progress/Committing"], "In_Progress/Ready_For_Commit"),
    ("source_silent", ANY, &["Cancelling/Initial_Provisioning"], "Failed/Initial_Provisioning"),
    ("source_silent", ANY, &["Cancelling/Initial_Copy"], "Failed/Initial_Copy"),
    ("source_silent", ANY, &["Cancelling/Importing_Config"], "Failed/Importing_Config"),
    ("source_silent", ANY, &["Cancelling/Ready_For_Cutover"], "Failed/Ready_For_Cutover"),
    ("source_silent", ANY, &["Cancelling/Cutting_Over"], "Failed/Cutting_Over"),
    ("source_silent", ANY, &["Cancelling/Incremental_Copy"], "Failed/Incremental_Copy"),
    ("source_silent", ANY, &["Cancelling/Ready_For_Commit"], "Failed/Ready_For_Commit"),
    ("source_silent", ANY, &["Cancelling/Committing"], "Failed/Committing"),
];

const REFUSED_BUT_IN: &[Refused] = &[
    ("pause", ANY, &["In_Progress/Initial_Copy", "In_Progress/Incremental_Copy"]),
    (
        "resume",
        ANY,
        &[
            "Paused/Initial_Copy",
            "Paused/Incremental_Copy",
            "Failed/Initial_Provisioning",
            "Failed/Initial_Copy",
            "Failed/Importing_Config",
            "Failed/Incremental_Copy",
        ],
    ),
    ("cutover", ANY, &["In_Progress/Ready_For_Cutover"]),
    ("commit", ANY, &["In_Progress/Ready_For_Commit"]),
    // All but Completed, Cancelling and Cancelled.
    (
        "cancel",
        ANY,
        &[
            "Scheduled",
            "Queued",
            "In_Progress/Initial_Provisioning",
            "In_Progress/Initial_Copy",
            "In_Progress/Importing_Config",
            "In_Progress/Ready_For_Cutover",
            "In_Progress/Cutting_Over",
            "In_Progress/Incremental_Copy",
            "In_Progress/Ready_For_Commit",
            "In_Progress/Committing",
            "Pausing/Initial_Copy",
            "Pausing/Incremental_Copy",
            "Paused/Initial_Copy",
            "Paused/Incremental_Copy",
            "Failed/Initial_Provisioning",
            "Failed/Initial_Copy",
            "Failed/Importing_Config",
            "Failed/Ready_For_Cutover",
            "Failed/Cutting_Over",
            "Failed/Incremental_Copy",
            "Failed/Ready_For_Commit",
            "Failed/Committing",
        ],
    ),
];
