//! What the papers say of the import of a consistency group.

use array_console::lifecycle::import_group::IMPORT_GROUP;

use crate::papers::{Derived, HandedOn, Papers, Refused, Taken, of_imports};

pub const PAPERS: Papers = Papers {
    table: &IMPORT_GROUP,
    given: of_imports,
    states: STATES,
    taken: TAKEN,
    refused_but_in: REFUSED_BUT_IN,
    refused: REFUSED,
    create: Some("GA"),
    derived: DERIVED,
    handed_on: HANDED_ON,
    mutants: 1_000,
};

const GROUP: &[&str] = &["GA", "GN"];
const AGENTLESS: &[&str] = &["GA"];

/// The guide keeps a group in progress until it is ready: it never copies by itself.
const STATES: &[&str] = &[
    "Scheduled",
    "Queued",
    "In_Progress",
    "Paused",
    "Ready_For_Cutover",
    "Cutover_In_Progress",
    "Import_Cutover_Incomplete",
    "Import_Completed",
    "Import_Completed_With_Errors",
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

/// States from which the description or the guide lets a group be cancelled.
const CANCELLABLE: &[&str] = &[
    "Scheduled",
    "Queued",
    "In_Progress",
    "Paused",
    "Ready_For_Cutover",
    "Import_Cutover_Incomplete",
    "Cancel_Required",
    "Cancel_Failed",
];

const TAKEN: &[Taken] = &[
    // Operations.
    ("create", GROUP, &["-"], "Scheduled"),
    ("resume", GROUP, &["Paused"], "In_Progress"),
    ("cutover", GROUP, &["Ready_For_Cutover", "Import_Cutover_Incomplete"], "Cutover_In_Progress"),
    ("cancel", GROUP, CANCELLABLE, "Cancel_In_Progress"),
    ("cancel with members left", GROUP, CANCELLABLE, "Cancel_In_Progress"),
    ("cancel with members left", GROUP, &["Failed"], "Cancel_In_Progress"),
    ("cleanup", GROUP, &["Cleanup_Required"], "Cleanup_In_Progress"),
    ("delete", GROUP, &["Import_Completed", "Failed", "Cancelled"], "gone"),
    // What the array does by itself.
    ("schedule_expires", GROUP, &["Scheduled"], "Queued"),
    ("first_member_starts", GROUP, &["Queued"], "In_Progress"),
    ("every_member_ready", GROUP, &["In_Progress"], "Ready_For_Cutover"),
    ("copies_paused", GROUP, &["In_Progress"], "Paused"),
    ("member_failed", GROUP, &["In_Progress"], "Cleanup_In_Progress"),
    ("member_cancel_required", AGENTLESS, &["In_Progress", "Paused", "Ready_For_Cutover"], "Cancel_Required"),
    ("all_committed", GROUP, &["Cutover_In_Progress"], "Import_Completed"),
    ("some_not_committed", GROUP, &["Cutover_In_Progress"], "Import_Cutover_Incomplete"),
    ("some_mirrors_lost", GROUP, &["Cutover_In_Progress"], "Import_Completed_With_Errors"),
    ("roll_back_done", GROUP, &["Cancel_In_Progress"], "Cancelled"),
    ("member_not_cancelled", GROUP, &["Cancel_In_Progress"], "Cancel_Failed"),
    ("roll_back_fails", GROUP, &["Cleanup_In_Progress"], "Cleanup_Required"),
    ("roll_back_fails on this side", GROUP, &["Cleanup_In_Progress"], "Cleanup_Failed"),
    (
        "record_inconsistent",
        GROUP,
        &[
            "Scheduled",
            "Queued",
            "In_Progress",
            "Paused",
            "Ready_For_Cutover",
            "Cutover_In_Progress",
            "Import_Cutover_Incomplete",
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
    ("pause", GROUP, &[]),
    ("enable_destination_volume", GROUP, &[]),
    ("start_copy", GROUP, &[]),
    ("resume", GROUP, &["Paused"]),
    ("cutover", GROUP, &["Ready_For_Cutover", "Import_Cutover_Incomplete"]),
    ("cleanup", GROUP, &["Cleanup_Required"]),
    ("delete", GROUP, &["Import_Completed", "Import_Completed_With_Errors", "Failed", "Cancelled", "Cleanup_Failed"]),
];

const REFUSED: &[Refused] = &[(
    "cancel",
    GROUP,
    &[
        "Cutover_In_Progress",
        "Cancel_In_Progress",
        "Cleanup_In_Progress",
        "Import_Completed",
        "Import_Completed_With_Errors",
        "Cleanup_Required",
    ],
)];

const DERIVED: &[Derived] = &[
    // In progress from the start of the first member.
    ("Queued", &["Queued", "Queued"], "-"),
    ("Queued", &["In_Progress", "Queued"], "first_member_starts"),
    ("Queued", &["Queued", "Mirror_Enabled"], "first_member_starts"),
    // Ready when the last member is.
    ("In_Progress", &["Copy_In_Progress", "Queued"], "-"),
    ("In_Progress", &["Ready_For_Cutover", "Copy_In_Progress"], "-"),
    ("In_Progress", &["Ready_For_Cutover", "Mirror_Enabled"], "-"),
    ("In_Progress", &["Ready_For_Cutover", "Ready_For_Cutover"], "every_member_ready"),
    // Paused when no member copies.
    ("In_Progress", &["Paused", "Copy_In_Progress"], "-"),
    ("In_Progress", &["Paused", "Paused"], "copies_paused"),
    ("In_Progress", &["Paused", "Ready_For_Cutover"], "copies_paused"),
    ("Paused", &["Paused", "Ready_For_Cutover"], "-"),
    // A failure stops the whole group; the others are rolled back.
    ("In_Progress", &["Copy_In_Progress", "Failed"], "member_failed"),
    ("In_Progress", &["Cleanup_Required", "Ready_For_Cutover"], "member_failed"),
    ("In_Progress", &["Cancel_Required", "Failed"], "member_failed"),
    ("In_Progress", &["Cancel_Required", "Copy_In_Progress"], "member_cancel_required"),
    ("Paused", &["Paused", "Cancel_Required"], "member_cancel_required"),
    ("Ready_For_Cutover", &["Ready_For_Cutover", "Cancel_Required"], "member_cancel_required"),
    ("Ready_For_Cutover", &["Ready_For_Cutover", "Ready_For_Cutover"], "-"),
    // The end of the cutover.
    ("Cutover_In_Progress", &["Import_Completed", "Cutover_In_Progress"], "-"),
    ("Cutover_In_Progress", &["Ready_For_Cutover", "Cutover_In_Progress"], "-"),
    ("Cutover_In_Progress", &["Import_Completed", "Cancel_In_Progress"], "-"),
    ("Cutover_In_Progress", &["Import_Completed", "Import_Completed"], "all_committed"),
    ("Cutover_In_Progress", &["Import_Completed", "Ready_For_Cutover"], "some_not_committed"),
    ("Cutover_In_Progress", &["Ready_For_Cutover", "Import_Completed", "Cancelled"], "some_not_committed"),
    ("Cutover_In_Progress", &["Import_Completed", "Cancelled"], "some_mirrors_lost"),
    ("Cutover_In_Progress", &["Cancelled", "Cancelled"], "none_committed"),
    // The end of a cancel.
    ("Cancel_In_Progress", &["Cancelled", "Cancel_In_Progress"], "-"),
    ("Cancel_In_Progress", &["Cancel_Failed", "Cancel_In_Progress"], "-"),
    ("Cancel_In_Progress", &["Cancelled", "Cancelled"], "roll_back_done"),
    ("Cancel_In_Progress", &["Cancelled", "Import_Completed"], "roll_back_done"),
    ("Cancel_In_Progress", &["Cancelled", "Cancel_Failed"], "member_not_cancelled"),
    // The end of a clean-up.
    ("Cleanup_In_Progress", &["Failed", "Cancel_In_Progress"], "-"),
    ("Cleanup_In_Progress", &["Cleanup_Required", "Cancel_In_Progress"], "-"),
    ("Cleanup_In_Progress", &["Cleanup_Required", "Cancelled"], "roll_back_fails"),
    ("Cleanup_In_Progress", &["Failed", "Cancel_Failed"], "roll_back_fails"),
];

const HANDED_ON: &[HandedOn] = &[
    ("create", &["-"], &["group_created"]),
    ("schedule_expires", &["Scheduled"], &["schedule_expires"]),
    ("resume", &["Paused"], &["resume"]),
    ("member_failed", &["In_Progress"], &["group_roll_back"]),
    ("cutover", &["Ready_For_Cutover", "Import_Cutover_Incomplete"], &["group_cutover"]),
    ("cancel", CANCELLABLE, &["group_roll_back"]),
    ("cancel with members left", &["Failed"], &["group_roll_back"]),
    ("cleanup", &["Cleanup_Required"], &["cleanup", "group_roll_back"]),
    ("delete", &["Import_Completed", "Failed", "Cancelled"], &["parent_deleted"]),
];
