//! What the papers say of the import of a volume, alone or as the member of a group.

use array_console::lifecycle::import_volume::IMPORT_VOLUME;

use crate::papers::{Papers, Refused, Taken, of_imports};

pub const PAPERS: Papers = Papers {
    table: &IMPORT_VOLUME,
    given: of_imports,
    states: STATES,
    taken: TAKEN,
    refused_but_in: REFUSED_BUT_IN,
    refused: REFUSED,
    create: Some("SA"),
    derived: &[],
    handed_on: &[],
    mutants: 1_000,
};

const ALL: &[&str] = &["SA", "SN", "MA", "MN"];
const AGENTLESS: &[&str] = &["SA", "MA"];
const BY_AGENT: &[&str] = &["SN", "MN"];
const SINGLE: &[&str] = &["SA", "SN"];
const MEMBER: &[&str] = &["MA", "MN"];

/// States that a volume can show, copied from the description's enumeration.
const STATES: &[&str] = &[
    "Scheduled",
    "Queued",
    "In_Progress",
    "Mirror_Enabled",
    "Ready_To_Start_Copy",
    "Copy_In_Progress",
    "Paused",
    "Ready_For_Cutover",
    "Cutover_In_Progress",
    "Import_Completed",
    "Cancel_Required",
    "Cancel_In_Progress",
    "Cancelled",
    "Cancel_Failed",
    "Cleanup_Required",
    "Cleanup_In_Progress",
    "Cleanup_Failed",
    "Failed",
    "Invalid",
];

const TAKEN: &[Taken] = &[
    // Operations.
    ("create", SINGLE, &["-"], "Scheduled"),
    ("enable_destination_volume", AGENTLESS, &["Mirror_Enabled"], "Ready_To_Start_Copy"),
    ("start_copy", AGENTLESS, &["Ready_To_Start_Copy"], "Copy_In_Progress"),
    ("pause", ALL, &["Copy_In_Progress"], "Paused"),
    ("resume", ALL, &["Paused"], "Copy_In_Progress"),
    ("cutover", SINGLE, &["Ready_For_Cutover"], "Cutover_In_Progress"),
    ("cancel", ALL, &["Scheduled", "Queued", "Copy_In_Progress", "Ready_For_Cutover", "Paused"], "Cancel_In_Progress"),
    ("cancel", AGENTLESS, &["Cancel_Required"], "Cancel_In_Progress"),
    ("cancel", &["SA"], &["Mirror_Enabled", "Ready_To_Start_Copy"], "Cancel_In_Progress"),
    ("cleanup", ALL, &["Cleanup_Required"], "Cleanup_In_Progress"),
    ("delete", SINGLE, &["Import_Completed", "Failed", "Cancelled"], "gone"),
    // What the array does by itself.
    ("schedule_expires", ALL, &["Scheduled"], "Queued"),
    ("slot_free", ALL, &["Queued"], "In_Progress"),
    ("policy_check_fails", ALL, &["In_Progress"], "Failed"),
    ("set_up_done", AGENTLESS, &["In_Progress"], "Mirror_Enabled"),
    ("all_data_copied", ALL, &["Copy_In_Progress"], "Ready_For_Cutover"),
    ("io_or_network_failure", AGENTLESS, &["Copy_In_Progress"], "Cancel_Required"),
    ("failure_undone", BY_AGENT, &["Copy_In_Progress", "Paused", "Ready_For_Cutover"], "Failed"),
    ("failure_not_undone", BY_AGENT, &["Copy_In_Progress", "Paused", "Ready_For_Cutover"], "Cleanup_Required"),
    ("failure_not_undone", ALL, &["In_Progress"], "Cleanup_Required"),
    ("failure_not_undone", AGENTLESS, &["Mirror_Enabled", "Ready_To_Start_Copy"], "Cleanup_Required"),
    ("commit_done", ALL, &["Cutover_In_Progress"], "Import_Completed"),
    ("mirror_failed", MEMBER, &["Cutover_In_Progress"], "Cancel_In_Progress"),
    (
        "group_roll_back",
        MEMBER,
        &[
            "Scheduled",
            "Queued",
            "In_Progress",
            "Mirror_Enabled",
            "Ready_To_Start_Copy",
            "Copy_In_Progress",
            "Paused",
            "Ready_For_Cutover",
            "Cancel_Required",
            "Cancel_Failed",
        ],
        "Cancel_In_Progress",
    ),
    ("roll_back_done", ALL, &["Cancel_In_Progress"], "Cancelled"),
    ("roll_back_fails by force", ALL, &["Cancel_In_Progress"], "Cancelled"),
    ("roll_back_fails", SINGLE, &["Cancel_In_Progress"], "Cleanup_Required"),
    ("roll_back_fails", MEMBER, &["Cancel_In_Progress"], "Cancel_Failed"),
    ("clean_up_fails", MEMBER, &["Cleanup_In_Progress"], "Cleanup_Failed"),
    (
        "record_inconsistent",
        ALL,
        &[
            "Scheduled",
            "Queued",
            "In_Progress",
            "Mirror_Enabled",
            "Ready_To_Start_Copy",
            "Copy_In_Progress",
            "Paused",
            "Ready_For_Cutover",
            "Cutover_In_Progress",
            "Cancel_Required",
            "Cancel_In_Progress",
            "Cancel_Failed",
            "Cleanup_Required",
            "Cleanup_In_Progress",
        ],
        "Invalid",
    ),
];

const REFUSED_BUT_IN: &[Refused] = &[
    ("pause", ALL, &["Copy_In_Progress"]),
    ("resume", ALL, &["Paused"]),
    ("enable_destination_volume", AGENTLESS, &["Mirror_Enabled"]),
    ("enable_destination_volume", BY_AGENT, &[]),
    ("start_copy", AGENTLESS, &["Ready_To_Start_Copy"]),
    ("start_copy", BY_AGENT, &[]),
    ("cutover", ALL, &["Ready_For_Cutover"]),
    ("cleanup", ALL, &["Cleanup_Required"]),
    ("delete", ALL, &["Import_Completed", "Failed", "Cancelled", "Cleanup_Failed"]),
];

const REFUSED: &[Refused] = &[(
    "cancel",
    ALL,
    &["Cutover_In_Progress", "Cancel_In_Progress", "Cleanup_In_Progress", "Import_Completed", "Cleanup_Required"],
)];
