//! What a person can ask of a migration, and what the dialogs say about it.

use crate::lifecycle::{Action, ActionId, Basis, Circumstance, Danger, Flag, Refusal, Release, Source, Verb};

/// Start a new migration.
pub const CREATE: ActionId = ActionId(0);
/// Copy, or copy what has changed since.
pub const SYNC: ActionId = ActionId(1);
/// Stop the copy for a while.
pub const PAUSE: ActionId = ActionId(2);
/// Go on with the copy.
pub const RESUME: ActionId = ActionId(3);
/// Move the ownership.
pub const CUTOVER: ActionId = ActionId(4);
/// End the migration and delete the record.
pub const DELETE: ActionId = ActionId(5);

const DOCUMENTED: Basis = Basis::Documented(Source::ApiDescription);
const NOT_LISTED: Basis = Basis::Inferred("No paper lists this state for it.");
const GO_ON: &str = "None: the hosts go on working.";
const SOURCE_APPLIANCE: &str = "Stays on the appliance where the volumes are; the next copy brings it over.";

const PLAIN: Action = Action {
    name: "",
    label: "",
    short: "",
    verb: Verb::Act,
    since: Release::OLDEST,
    danger: Danger::Reversible,
    changes: "",
    host_access: GO_ON,
    written_meanwhile: SOURCE_APPLIANCE,
    cannot_be_undone: None,
    afterwards: "Follow the session.",
    confirm: &[],
    says: &[],
    flags: &[],
    job_verb: None,
    elsewhere: Refusal { sentence: "", basis: NOT_LISTED },
};

pub(super) static ACTIONS: [Action; 6] = [
    Action {
        name: "create",
        label: "Create",
        short: "create",
        verb: Verb::Create,
        changes: "A migration to another appliance is recorded; no data is copied yet.",
        afterwards: "Rescan the hosts that the array names, then synchronize.",
        job_verb: Some("create"),
        elsewhere: Refusal { sentence: "The session exists already.", basis: DOCUMENTED },
        ..PLAIN
    },
    Action {
        name: "sync",
        label: "Synchronize",
        short: "sync",
        changes: "The array copies what the new appliance does not have yet.",
        afterwards: "Cut over, or synchronize again.",
        flags: &[
            Flag {
                name: "rescan_complete",
                label: "All hosts are rescanned",
                meaning: "Needed when the array asked for it: hosts without paths to the new appliance lose access \
                          at the cutover.",
                danger: Danger::Disruptive,
                makes: Some(Circumstance::RescanDone),
                since: Release::OLDEST,
            },
            Flag {
                name: "automatic_cutover",
                label: "Cut over when the copy is done",
                meaning: "The array moves the ownership without asking again.",
                danger: Danger::Disruptive,
                makes: Some(Circumstance::AutomaticCutover),
                since: Release::OLDEST,
            },
        ],
        job_verb: Some("sync"),
        elsewhere: Refusal {
            sentence: "A migration is synchronized when it is set up (Initialized) or has copied (Idle).",
            basis: NOT_LISTED,
        },
        ..PLAIN
    },
    Action {
        name: "pause",
        label: "Pause",
        short: "pause",
        changes: "The copy stops where it is.",
        afterwards: "Resume it.",
        job_verb: Some("pause"),
        elsewhere: Refusal { sentence: "Only a running copy (Synchronizing) can be paused.", basis: DOCUMENTED },
        ..PLAIN
    },
    Action {
        name: "resume",
        label: "Resume",
        short: "resume",
        changes: "The copy goes on.",
        job_verb: Some("resume"),
        elsewhere: Refusal { sentence: "Only a paused migration can be resumed.", basis: NOT_LISTED },
        ..PLAIN
    },
    Action {
        name: "cutover",
        label: "Cut over",
        short: "cut over",
        danger: Danger::Irreversible,
        changes: "The rest is copied and the new appliance becomes the owner.",
        host_access: "The hosts are served by the new appliance; one that has no paths to it loses access.",
        written_meanwhile: "Is brought over before the ownership moves.",
        cannot_be_undone: Some("The way back is another migration."),
        afterwards: "Check the hosts, then delete the session.",
        job_verb: Some("cutover"),
        elsewhere: Refusal {
            sentence: "The cutover waits until it is set up (Initialized) or has copied (Idle).",
            basis: NOT_LISTED,
        },
        ..PLAIN
    },
    Action {
        name: "delete",
        label: "Delete",
        short: "delete",
        verb: Verb::Delete,
        danger: Danger::Irreversible,
        changes: "The session is removed; before the cutover the migration is given up with it.",
        written_meanwhile: "Is not touched: the volumes stay where they are.",
        cannot_be_undone: Some("The record is gone; what was copied before a cutover is given up."),
        afterwards: "Nothing.",
        flags: &[Flag {
            name: "force",
            label: "Force: stop what runs and delete",
            meaning: "For a session that is at work: the array stops it first.",
            danger: Danger::Irreversible,
            makes: Some(Circumstance::Forced),
            since: Release::OLDEST,
        }],
        job_verb: Some("delete"),
        elsewhere: Refusal { sentence: "It is being deleted already.", basis: NOT_LISTED },
        ..PLAIN
    },
];
