//! What a person can ask of a file import, and what the dialogs say about it.

use crate::lifecycle::{Action, ActionId, Basis, Circumstance, Danger, Flag, Refusal, Release, Source, Verb};

/// Start a new file import.
pub const CREATE: ActionId = ActionId(0);
/// Change name, description, time or logins.
pub const MODIFY: ActionId = ActionId(1);
/// Stop the copy for a while.
pub const PAUSE: ActionId = ActionId(2);
/// Go on, after a pause or a failure.
pub const RESUME: ActionId = ActionId(3);
/// Move the clients to this array.
pub const CUTOVER: ActionId = ActionId(4);
/// Make it final.
pub const COMMIT: ActionId = ActionId(5);
/// Take it back.
pub const CANCEL: ActionId = ActionId(6);
/// Read the detailed report.
pub const REPORT: ActionId = ActionId(7);
/// Delete the record.
pub const DELETE: ActionId = ActionId(8);

const SINCE: Release = Release([3, 0, 0, 0]);
const DOCUMENTED: Basis = Basis::Documented(Source::ApiDescription);
const NOTHING: &str = "Nothing.";
const NONE: &str = "None.";
const CLIENTS_GO_ON: &str = "None: clients go on working.";
const STAYS: &str = "Stays where clients write it.";

/// An action that changes nothing for clients; the table overrides what differs.
const PLAIN: Action = Action {
    name: "",
    label: "",
    short: "",
    verb: Verb::Act,
    since: SINCE,
    danger: Danger::Reversible,
    changes: NOTHING,
    host_access: NONE,
    written_meanwhile: STAYS,
    cannot_be_undone: None,
    afterwards: NOTHING,
    confirm: &[],
    says: &[],
    flags: &[],
    job_verb: None,
    elsewhere: Refusal { sentence: "The array takes this in every state.", basis: DOCUMENTED },
};

/// The switch for a source array that does not answer.
const fn force(label: &'static str, meaning: &'static str) -> Flag {
    Flag {
        name: "force",
        label,
        meaning,
        danger: Danger::Irreversible,
        makes: Some(Circumstance::Forced),
        since: SINCE,
    }
}

pub(super) static ACTIONS: [Action; 9] = [
    Action {
        name: "create",
        label: "Create",
        short: "create",
        verb: Verb::Create,
        changes: "A file import is recorded for a NAS server of another array.",
        host_access: "None until the cutover.",
        afterwards: "Follow the session.",
        job_verb: Some("create"),
        elsewhere: Refusal { sentence: "The session exists already.", basis: DOCUMENTED },
        ..PLAIN
    },
    Action {
        name: "modify",
        label: "Modify",
        short: "modify",
        verb: Verb::Modify,
        changes: "Name, description, logins, and the time while it is scheduled. New logins count at once.",
        job_verb: Some("modify"),
        elsewhere: Refusal {
            sentence: "A finished file import has nothing left to change.",
            basis: Basis::Inferred("No paper says in which states it may be modified."),
        },
        ..PLAIN
    },
    Action {
        name: "pause",
        label: "Pause",
        short: "pause",
        changes: "The copy stops where it is.",
        host_access: CLIENTS_GO_ON,
        written_meanwhile: "During the incremental copy it goes on reaching both sides.",
        afterwards: "Resume it, or cancel it.",
        job_verb: Some("pause"),
        elsewhere: Refusal {
            sentence: "Only a running copy (Initial Copy, Incremental Copy) can be paused.",
            basis: DOCUMENTED,
        },
        ..PLAIN
    },
    Action {
        name: "resume",
        label: "Resume",
        short: "resume",
        changes: "The import goes on with the operation in which it stopped.",
        host_access: CLIENTS_GO_ON,
        afterwards: "Follow the session.",
        job_verb: Some("resume"),
        elsewhere: Refusal {
            sentence: "It is resumed from a pause, or from a failure in a copy, in the provisioning or in the import \
                       of the configuration.",
            basis: DOCUMENTED,
        },
        ..PLAIN
    },
    Action {
        name: "cutover",
        label: "Cut over",
        short: "cut over",
        danger: Danger::Disruptive,
        changes: "The production interfaces go down on the source and up on this array.",
        host_access: "SMB clients are cut off and connect anew; NFS clients wait.",
        written_meanwhile: "From the cutover on it goes to both sides until the commit.",
        afterwards: "Check the clients. The incremental copy runs; then commit, or cancel to go back.",
        job_verb: Some("cutover"),
        elsewhere: Refusal { sentence: "The cutover waits for Ready For Cutover.", basis: DOCUMENTED },
        ..PLAIN
    },
    Action {
        name: "commit",
        label: "Commit",
        short: "commit",
        danger: Danger::Irreversible,
        changes: "The import is made final: the source gets no more writes and is cleaned up.",
        host_access: CLIENTS_GO_ON,
        written_meanwhile: "Is on both sides until the commit, and on this array alone from then on.",
        cannot_be_undone: Some("After the commit there is no way back to the source."),
        afterwards: "Retire the source NAS server.",
        flags: &[force(
            "Force: commit although the source does not answer",
            "The source is not cleaned up: its NAS server has to be put away by hand.",
        )],
        elsewhere: Refusal { sentence: "The commit waits for Ready For Commit.", basis: DOCUMENTED },
        ..PLAIN
    },
    Action {
        name: "cancel",
        label: "Cancel import",
        short: "cancel",
        danger: Danger::Disruptive,
        changes: "The import is taken back: the NAS server and the file systems that it made here are deleted.",
        host_access: "After the cutover clients are moved back to the source, which may cut them off.",
        written_meanwhile: "Is on the source: writes reach both sides until the commit.",
        cannot_be_undone: Some("What was copied is given up."),
        afterwards: "Check that clients reach the source.",
        flags: &[force(
            "Force: cancel although the source does not answer",
            "The source is not cleaned up: clients may have to be brought back by hand.",
        )],
        job_verb: Some("cancel"),
        elsewhere: Refusal {
            sentence: "A file import that has ended, or is being cancelled, cannot be cancelled.",
            basis: DOCUMENTED,
        },
        ..PLAIN
    },
    Action {
        name: "report",
        label: "Report",
        short: "report",
        changes: "Nothing: the array answers with the details of the import.",
        job_verb: Some("report"),
        ..PLAIN
    },
    Action {
        name: "delete",
        label: "Delete",
        short: "delete",
        verb: Verb::Delete,
        danger: Danger::Irreversible,
        changes: "The record of the session is removed.",
        cannot_be_undone: Some("The record, its report and its error are gone."),
        job_verb: Some("delete"),
        elsewhere: Refusal {
            sentence: "Only a file import that has ended or failed can be deleted.",
            basis: Basis::Inferred("No paper says in which states it may be deleted."),
        },
        ..PLAIN
    },
];
