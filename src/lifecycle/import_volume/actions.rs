//! What a person can ask of an import, and what the dialogs say about it.

use crate::lifecycle::{Action, ActionId, Basis, Circumstance, Danger, Flag, Refusal, Release, Source, Verb};

/// Start a new import.
pub const CREATE: ActionId = ActionId(0);
/// Change the time of a scheduled import.
pub const MODIFY: ActionId = ActionId(1);
/// Let the destination take access.
pub const ENABLE_DESTINATION_VOLUME: ActionId = ActionId(2);
/// Start the copy of an agentless import.
pub const START_COPY: ActionId = ActionId(3);
/// Stop the copy for a while.
pub const PAUSE: ActionId = ActionId(4);
/// Go on with the copy.
pub const RESUME: ActionId = ActionId(5);
/// Commit the import.
pub const CUTOVER: ActionId = ActionId(6);
/// Roll the import back.
pub const CANCEL: ActionId = ActionId(7);
/// Remove what a roll-back left behind.
pub const CLEANUP: ActionId = ActionId(8);
/// Delete the record.
pub const DELETE: ActionId = ActionId(9);

const AGENTLESS_RELEASE: Release = Release([1, 0, 2, 0]);
const DOCUMENTED: Basis = Basis::Documented(Source::ApiDescription);
const NOT_LISTED: Basis = Basis::Inferred("No paper of the vendor's lists this state for it.");

pub(super) static ACTIONS: [Action; 10] = [
    Action {
        name: "create",
        label: "Create",
        short: "create",
        verb: Verb::Create,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "A new import session is recorded for the source.",
        host_access: "None until the session starts.",
        written_meanwhile: "Stays on the source.",
        cannot_be_undone: None,
        afterwards: "Follow the session.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("create"),
        elsewhere: Refusal { sentence: "The session exists already.", basis: DOCUMENTED },
    },
    Action {
        name: "modify",
        label: "Reschedule",
        short: "reschedule",
        verb: Verb::Modify,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "The time at which the import starts.",
        host_access: "None.",
        written_meanwhile: "Stays on the source.",
        cannot_be_undone: None,
        afterwards: "Nothing.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("modify"),
        elsewhere: Refusal { sentence: "Only a scheduled import has a time that can be changed.", basis: NOT_LISTED },
    },
    Action {
        name: "enable_destination_volume",
        label: "Enable destination volume",
        short: "enable",
        verb: Verb::Act,
        since: AGENTLESS_RELEASE,
        danger: Danger::Disruptive,
        changes: "The destination volume takes access from the hosts; access to the source volume ends.",
        host_access: "The host's application must be offline. It comes back on the destination volume, after the host is moved.",
        written_meanwhile: "Nothing must be written while the application is offline.",
        cannot_be_undone: None,
        afterwards: "Move the host to the destination volume, then start the copy.",
        confirm: &["The host's application that uses the source volume is offline."],
        says: &[],
        flags: &[],
        job_verb: None,
        elsewhere: Refusal {
            sentence: "The destination is enabled once, when the set-up of an agentless import is done \
                       (Ready To Enable Destination Volume).",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "start_copy",
        label: "Start copy",
        short: "start copy",
        verb: Verb::Act,
        since: AGENTLESS_RELEASE,
        danger: Danger::Disruptive,
        changes: "The array begins to copy the source in the background.",
        host_access: "The host works on the destination volume; data that is not copied yet is fetched from the source.",
        written_meanwhile: "Is written to both sides until the cutover.",
        cannot_be_undone: None,
        afterwards: "Start the host's application on the destination volume and follow the copy.",
        confirm: &["The host is moved to the destination volume."],
        says: &[],
        flags: &[],
        job_verb: None,
        elsewhere: Refusal {
            sentence: "The copy is started once, after the destination volume of an agentless import is enabled \
                       (Ready To Start Copy).",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "pause",
        label: "Pause",
        short: "pause",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "The background copy stops where it is.",
        host_access: "None: the hosts go on working.",
        written_meanwhile: "Goes on being written to both sides.",
        cannot_be_undone: None,
        afterwards: "Resume it: the copy goes on from the last range that was copied.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("pause"),
        elsewhere: Refusal { sentence: "Only a running copy (Copy In Progress) can be paused.", basis: DOCUMENTED },
    },
    Action {
        name: "resume",
        label: "Resume",
        short: "resume",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "The background copy goes on from the last range that was copied.",
        host_access: "None: the hosts go on working.",
        written_meanwhile: "Goes on being written to both sides.",
        cannot_be_undone: None,
        afterwards: "Follow the copy.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("resume"),
        elsewhere: Refusal { sentence: "Only a paused import (Paused) can be resumed.", basis: DOCUMENTED },
    },
    Action {
        name: "cutover",
        label: "Cut over",
        short: "cut over",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Irreversible,
        changes: "The import is committed: the destination volume becomes the only current one and the source is detached.",
        host_access: "The hosts go on working on the destination volume.",
        written_meanwhile: "Reaches the source until the commit ends, and only this array from then on.",
        cannot_be_undone: Some(
            "After the commit the source falls behind: there is no way back to it without loss of what is written since.",
        ),
        afterwards: "Check the application, then retire the source volume.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("cutover"),
        elsewhere: Refusal {
            sentence: "The cutover waits until all data is copied (Ready For Cutover).",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "cancel",
        label: "Cancel import",
        short: "cancel",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Disruptive,
        changes: "The import is rolled back; what was copied is given up and the destination volume takes no more access.",
        host_access: "The hosts return to the source volume. For an agentless import a person moves them back.",
        written_meanwhile: "Is on the source: writes reached both sides until now.",
        cannot_be_undone: Some("The copy starts from nothing when the same source is imported again."),
        afterwards: "Check that the hosts reach the source. The same source may be imported again by a new session.",
        confirm: &[],
        says: &[],
        flags: &[Flag {
            name: "force",
            label: "Force: end the import without rolling back",
            meaning: "For a source or a host that cannot be reached. The session ends even if nothing can be put back; \
                      the source may have to be repaired by hand.",
            danger: Danger::Irreversible,
            makes: Some(Circumstance::Forced),
            since: Release::OLDEST,
        }],
        job_verb: Some("cancel"),
        elsewhere: Refusal {
            sentence: "An import in this state is not among those that can be cancelled.",
            basis: NOT_LISTED,
        },
    },
    Action {
        name: "cleanup",
        label: "Clean up",
        short: "clean up",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Disruptive,
        changes: "What the roll-back left on both arrays is removed.",
        host_access: "The hosts get the source volume back.",
        written_meanwhile: "Stays where the hosts wrote it.",
        cannot_be_undone: None,
        afterwards: "Check that the hosts reach the source.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("cleanup"),
        elsewhere: Refusal {
            sentence: "There is something to clean up only when the array says so (Cleanup Required).",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "delete",
        label: "Delete",
        short: "delete",
        verb: Verb::Delete,
        since: Release::OLDEST,
        danger: Danger::Irreversible,
        changes: "The record of the session is removed; volumes are left as they are.",
        host_access: "None.",
        written_meanwhile: "Is not touched.",
        cannot_be_undone: Some("The record and its error text are gone."),
        afterwards: "Nothing.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("delete"),
        elsewhere: Refusal { sentence: "Only a finished import can be deleted: cancel it first.", basis: DOCUMENTED },
    },
];
