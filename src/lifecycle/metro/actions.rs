//! What a person can ask of a metro or synchronous replication, and what the dialogs say about it.

use crate::lifecycle::{Action, ActionId, Basis, Circumstance, Danger, Flag, Refusal, Release, Said, Source, Verb};

/// Stop the replication for a while.
pub const PAUSE: ActionId = ActionId(0);
/// Let it go on.
pub const RESUME: ActionId = ActionId(1);
/// Serve hosts at this end.
pub const PROMOTE: ActionId = ActionId(2);
/// Serve no hosts at this end.
pub const DEMOTE: ActionId = ActionId(3);
/// Make this end the preferred one.
pub const MODIFY: ActionId = ActionId(4);
/// Take the two volumes apart for good.
pub const END_METRO: ActionId = ActionId(5);
/// Asynchronous only.
pub const SYNC: ActionId = ActionId(6);
/// Asynchronous only.
pub const FAILOVER: ActionId = ActionId(7);
/// Asynchronous only.
pub const REPROTECT: ActionId = ActionId(8);
/// Asynchronous only.
pub const START_FAILOVER_TEST: ActionId = ActionId(9);
/// Asynchronous only.
pub const STOP_FAILOVER_TEST: ActionId = ActionId(10);

const METRO_RELEASE: Release = Release([3, 0, 0, 0]);
const DOCUMENTED: Basis = Basis::Documented(Source::ApiDescription);
const NOTHING: &str = "Nothing.";
const UNTOUCHED: &str = "None: the hosts go on working.";

const PARTED_ONLY: &str = "An end is promoted or demoted only in a metro session, while it is Fractured or Paused.";

/// An operation that the description gives to asynchronous sessions alone.
const fn asynchronous(name: &'static str, label: &'static str, short: &'static str) -> Action {
    Action {
        name,
        label,
        short,
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: NOTHING,
        host_access: UNTOUCHED,
        written_meanwhile: NOTHING,
        cannot_be_undone: None,
        afterwards: NOTHING,
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some(name),
        elsewhere: Refusal { sentence: "This is for asynchronous replication only.", basis: DOCUMENTED },
    }
}

pub(super) static ACTIONS: [Action; 11] = [
    Action {
        changes: "The data is kept equal no longer, at both ends; at this end only while the other one is not reached.",
        host_access: "A metro volume serves hosts at its preferred end only.",
        written_meanwhile: "Is on one array, takes space there, and is copied after the resume.",
        afterwards: "Resume it soon: the longer the pause, the longer the copy.",
        elsewhere: Refusal {
            sentence: "It can be paused in OK, Synchronizing, System Paused and Fractured.",
            basis: DOCUMENTED,
        },
        ..asynchronous("pause", "Pause", "pause")
    },
    Action {
        changes: "What has changed since the pause is copied, then the data is kept equal again.",
        written_meanwhile: "Is copied to the other array. What was written at the end that catches up is lost.",
        afterwards: "Follow the copy.",
        elsewhere: Refusal {
            sentence: "Only what a person has paused can be resumed.",
            basis: Basis::Inferred("The description names only states that the system paused."),
        },
        ..asynchronous("resume", "Resume", "resume")
    },
    Action {
        since: METRO_RELEASE,
        danger: Danger::Irreversible,
        changes: "This end serves hosts, whatever its role. A snapshot is taken first and kept for three days.",
        host_access: "Hosts can use the volume at this end.",
        written_meanwhile: "What the other end took since they parted is not here.",
        cannot_be_undone: Some("If the other end serves hosts too, the writes of one end will be lost."),
        afterwards: "Demote the other end, or make sure that it is down.",
        confirm: &["The other end serves no hosts."],
        elsewhere: Refusal { sentence: PARTED_ONLY, basis: DOCUMENTED },
        ..asynchronous("promote", "Promote", "promote")
    },
    Action {
        since: METRO_RELEASE,
        danger: Danger::Disruptive,
        changes: "This end serves no hosts.",
        host_access: "Hosts lose the volume at this end.",
        written_meanwhile: "What this end took alone is lost when it catches up with the other one.",
        afterwards: "Promote the other end if hosts need it.",
        elsewhere: Refusal { sentence: PARTED_ONLY, basis: DOCUMENTED },
        ..asynchronous("demote", "Demote", "demote")
    },
    Action {
        verb: Verb::Modify,
        since: METRO_RELEASE,
        changes: "This end becomes the preferred one, the other end the non-preferred one.",
        written_meanwhile: "Is not touched.",
        says: &[Said::Word("role", "Metro_Preferred")],
        elsewhere: Refusal {
            sentence: "The roles are changed while the session is OK, Fractured or Paused.",
            basis: Basis::Inferred("The description does not name the states."),
        },
        ..asynchronous("modify", "Make preferred", "prefer")
    },
    Action {
        verb: Verb::ActOnResource,
        since: METRO_RELEASE,
        danger: Danger::Irreversible,
        changes: "The two copies become independent. The one here keeps its identity, the other one gets a new one.",
        host_access: "Hosts lose the volume at the other end.",
        written_meanwhile: "Stays where it was written.",
        cannot_be_undone: Some("The data is protected by no second array any more."),
        afterwards: "Remove the other copy from its hosts.",
        flags: &[
            // The body for a volume group calls it delete_remote_volume_group.
            Flag {
                name: "delete_remote_volume",
                label: "Delete the other copy",
                meaning: "The copy on the other array is deleted with all its data.",
                danger: Danger::Irreversible,
                makes: None,
                since: Release::OLDEST,
            },
            Flag {
                name: "force",
                label: "Force: ignore errors of the other array",
                meaning: "For an array that is known to be down: it is left as it is, whatever that is.",
                danger: Danger::Irreversible,
                makes: Some(Circumstance::Forced),
                since: Release::OLDEST,
            },
        ],
        elsewhere: Refusal {
            sentence: "The session is being removed.",
            basis: Basis::Inferred("One operation at a time."),
        },
        ..asynchronous("end_metro", "End metro", "end metro")
    },
    asynchronous("sync", "Synchronize", "sync"),
    asynchronous("failover", "Fail over", "fail over"),
    asynchronous("reprotect", "Reprotect", "reprotect"),
    asynchronous("start_failover_test", "Start failover test", "test"),
    asynchronous("stop_failover_test", "Stop failover test", "end test"),
];
