//! What a person can ask of an asynchronous replication, and what the dialogs say about it.

use crate::lifecycle::{Action, ActionId, Basis, Circumstance, Danger, Flag, Refusal, Release, Said, Source, Verb};

/// Copy now what has changed.
pub const SYNC: ActionId = ActionId(0);
/// Stop the replication for a while.
pub const PAUSE: ActionId = ActionId(1);
/// Let it go on.
pub const RESUME: ActionId = ActionId(2);
/// Swap the roles after a last copy.
pub const FAILOVER_PLANNED: ActionId = ActionId(3);
/// Make the destination the source with the data that it has.
pub const FAILOVER_UNPLANNED: ActionId = ActionId(4);
/// Protect again after a failover.
pub const REPROTECT: ActionId = ActionId(5);
/// Make the destination writable for a test.
pub const START_FAILOVER_TEST: ActionId = ActionId(6);
/// End the test.
pub const STOP_FAILOVER_TEST: ActionId = ActionId(7);

/// The first release that tests failovers and takes snapshots for them.
const TESTS: Release = Release([2, 0, 0, 0]);
const DOCUMENTED: Basis = Basis::Documented(Source::ApiDescription);
const NOT_LISTED: Basis = Basis::Inferred("No paper of the vendor's lists this state for it.");
const UNTOUCHED: &str = "None: the hosts go on working at the source.";
const FOLLOW: &str = "Follow the copy.";

pub(in crate::lifecycle) const ACTIONS: [Action; 8] = [
    Action {
        name: "sync",
        label: "Synchronize",
        short: "sync",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "What the source has changed since the last synchronization is copied to the destination.",
        host_access: UNTOUCHED,
        written_meanwhile: "Is copied by the next synchronization.",
        cannot_be_undone: None,
        afterwards: FOLLOW,
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("sync"),
        elsewhere: Refusal { sentence: "It is synchronized when it is OK or System Paused.", basis: DOCUMENTED },
    },
    Action {
        name: "pause",
        label: "Pause",
        short: "pause",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "Nothing is copied any more, seen from both ends; at this end alone while the other array is not reached.",
        host_access: UNTOUCHED,
        written_meanwhile: "Piles up: it takes space on the source and makes the next synchronization longer.",
        cannot_be_undone: None,
        afterwards: "Resume it soon. If only this end was paused, pause again when the other array is reached.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("pause"),
        elsewhere: Refusal {
            sentence: "It is paused when it is OK, Synchronizing or System Paused.",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "resume",
        label: "Resume",
        short: "resume",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "Replication goes on, in the direction that it had.",
        host_access: UNTOUCHED,
        written_meanwhile: "What has piled up is copied.",
        cannot_be_undone: None,
        afterwards: FOLLOW,
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("resume"),
        elsewhere: Refusal {
            sentence: "Only what a person has paused (Paused) is resumed; what the array has paused it resumes by itself.",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "failover_planned",
        label: "Fail over (planned)",
        short: "fail over",
        verb: Verb::ActAs("failover"),
        since: Release::OLDEST,
        danger: Danger::Disruptive,
        changes: "What is left is copied, then the roles are swapped: the other end becomes the source and takes writes, \
                  this end becomes the destination and takes none.",
        host_access: "The applications stop here and come back on the other array.",
        written_meanwhile: "Must stop before: nothing is lost then. Afterwards writes are on the new source alone.",
        cannot_be_undone: None,
        afterwards: "Start the applications on the other array and reprotect there.",
        confirm: &["The applications that write to the source are stopped."],
        says: &[Said::Switch("is_planned", true)],
        flags: &[Flag {
            name: "reverse",
            label: "Reverse: reprotect at once",
            meaning: "Replication goes on in the other direction when the failover is done.",
            danger: Danger::Disruptive,
            makes: Some(Circumstance::Reversing),
            since: Release::OLDEST,
        }],
        job_verb: Some("failover"),
        elsewhere: Refusal { sentence: "It fails over as planned when it is OK or Synchronizing.", basis: NOT_LISTED },
    },
    Action {
        name: "failover_unplanned",
        label: "Fail over (unplanned)",
        short: "take over",
        verb: Verb::ActAs("failover"),
        since: Release::OLDEST,
        danger: Danger::Irreversible,
        changes: "This end becomes the source and takes writes, with the data of the last synchronization or of the \
                  chosen snapshot. The other end becomes the destination when it is reached.",
        host_access: "Hosts use this array. The old source, if it still runs, is taken from its hosts once it is reached.",
        written_meanwhile: "What the old source took since the last synchronization is not here.",
        cannot_be_undone: Some("What was never copied here is overwritten by the reprotect."),
        afterwards: "Start the applications here. Reprotect when the other array is back.",
        confirm: &["No host writes to the source any more."],
        says: &[Said::Switch("is_planned", false), Said::Snapshot("failover_snapshot_id")],
        flags: &[
            Flag {
                name: "force",
                label: "Force: although it has failed over already",
                meaning: "Takes the failover back from this end; what was written since then is given up.",
                danger: Danger::Irreversible,
                makes: Some(Circumstance::Forced),
                since: Release::OLDEST,
            },
            Flag {
                name: "use_test_copy",
                label: "Keep the data of the failover test",
                meaning: "While a test runs: this end goes on with what the test has left.",
                danger: Danger::Irreversible,
                makes: Some(Circumstance::OnTestCopy),
                since: TESTS,
            },
        ],
        job_verb: Some("failover"),
        elsewhere: Refusal { sentence: "Something else runs that a failover cannot break into.", basis: NOT_LISTED },
    },
    Action {
        name: "reprotect",
        label: "Reprotect",
        short: "reprotect",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Irreversible,
        changes: "This end is copied to the other one, and replication goes on in this direction.",
        host_access: "None: the hosts go on working at this end.",
        written_meanwhile: "Is copied to the other end.",
        cannot_be_undone: Some("What the old source took and never copied is overwritten there."),
        afterwards: FOLLOW,
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("reprotect"),
        elsewhere: Refusal { sentence: "There is something to reprotect only after a failover.", basis: DOCUMENTED },
    },
    Action {
        name: "start_failover_test",
        label: "Start failover test",
        short: "test",
        verb: Verb::Act,
        since: TESTS,
        danger: Danger::Reversible,
        changes: "The destination takes writes for a test, with the data of the last synchronization or of the chosen \
                  snapshot. Synchronizations go on and reach it when the test ends.",
        host_access: "Hosts can use the destination on this array; the source is not touched.",
        written_meanwhile: "What the test writes is given up at its end, unless it is kept.",
        cannot_be_undone: None,
        afterwards: "Stop the test: it stands in the way of a failover.",
        confirm: &[],
        says: &[Said::Snapshot("snapshot_id")],
        flags: &[],
        job_verb: Some("start_failover_test"),
        elsewhere: Refusal {
            sentence: "A test starts when it is OK, Synchronizing, Paused or System Paused.",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "stop_failover_test",
        label: "Stop failover test",
        short: "stop test",
        verb: Verb::Act,
        since: TESTS,
        danger: Danger::Irreversible,
        changes: "The destination is what it was before the test, and synchronizations reach it again.",
        host_access: "Hosts lose the destination on this array; the source is not touched.",
        written_meanwhile: "What the test has written is given up, unless a snapshot keeps it.",
        cannot_be_undone: Some("Without a snapshot what the test has written is gone."),
        afterwards: "Nothing.",
        confirm: &[],
        says: &[],
        flags: &[
            Flag {
                name: "create_end_of_test_snapshot",
                label: "Keep what the test has written in a snapshot",
                meaning: "Its name begins with failover_test_STOPPED; it expires by itself.",
                danger: Danger::Disruptive,
                makes: None,
                since: TESTS,
            },
            Flag {
                name: "force",
                label: "Force: also if the other array is not reached",
                meaning: "For a failover to another point in time than the one under test.",
                danger: Danger::Irreversible,
                makes: Some(Circumstance::Forced),
                since: TESTS,
            },
        ],
        job_verb: Some("stop_failover_test"),
        elsewhere: Refusal { sentence: "A test is not stopped while this runs.", basis: NOT_LISTED },
    },
];
