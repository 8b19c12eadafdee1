//! The states that a metro or synchronous replication can show.

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::{Circumstance, Guard, Node, NodeId, Phase, ProgressRule, is, isnt};

/// Is being created.
pub const INITIALIZING: NodeId = NodeId(0);
/// Copies what differs.
pub const SYNCHRONIZING: NodeId = NodeId(1);
/// Metro: the last of the copy.
pub const SWITCHING_TO_METRO_SYNC: NodeId = NodeId(2);
/// Synchronous: the last of the copy.
pub const SWITCHING_TO_SYNCHRONOUS: NodeId = NodeId(3);
/// Every write reaches both arrays.
pub const OK: NodeId = NodeId(4);
/// Metro: the arrays have lost each other.
pub const FRACTURED: NodeId = NodeId(5);
/// A pause is under way.
pub const PAUSING: NodeId = NodeId(6);
/// Stopped by a person.
pub const PAUSED: NodeId = NodeId(7);
/// A resume is under way.
pub const RESUMING: NodeId = NodeId(8);
/// Stopped by a failure.
pub const SYSTEM_PAUSED: NodeId = NodeId(9);
/// Stopped by an upgrade.
pub const PAUSED_FOR_NDU: NodeId = NodeId(10);
/// Stopped by a migration.
pub const PAUSED_FOR_MIGRATION: NodeId = NodeId(11);
/// Metro: the ends exchange their roles.
pub const MODIFY_ROLE_IN_PROGRESS: NodeId = NodeId(12);
/// Is being removed.
pub const DELETING: NodeId = NodeId(13);
/// Any other failure.
pub const ERROR: NodeId = NodeId(14);

const METRO: &[Guard] = &[is(Circumstance::Metro)];
const SYNCHRONOUS: &[Guard] = &[isnt(Circumstance::Metro)];

const fn node(name: &'static str, label: &'static str, meaning: &'static str, phase: Phase, place: Place) -> Node {
    Node { name, label, meaning, phase, progress: ProgressRule::Null, shown: &[], place }
}

pub(super) static NODES: [Node; 15] = [
    node("Initializing", "Initializing", "The session is being created.", Phase::Working, at(0, 100)),
    Node {
        progress: ProgressRule::Runs,
        ..node(
            "Synchronizing",
            "Synchronizing",
            "What differs is copied; until it is equal only one array is current.",
            Phase::Working,
            at(150, 100),
        )
    },
    Node {
        progress: ProgressRule::Runs,
        shown: METRO,
        ..node(
            "Switching_To_Metro_Sync",
            "Switching To Metro Sync",
            "The last of the copy, while writes already reach both arrays.",
            Phase::Working,
            at(300, 100),
        )
    },
    Node {
        progress: ProgressRule::Runs,
        shown: SYNCHRONOUS,
        ..node(
            "Switching_To_Synchronous",
            "Switching To Synchronous",
            "The last of the copy, while writes already reach both arrays.",
            Phase::Working,
            at(300, 200),
        )
    },
    node("OK", "OK", "Every write is on both arrays before the host hears of it.", Phase::Working, at(450, 100)),
    Node {
        shown: METRO,
        ..node(
            "Fractured",
            "Fractured",
            "The arrays have lost each other. Hosts are served at one end, the preferred one unless the witness or a \
             person decided otherwise.",
            Phase::Trouble,
            at(450, 200),
        )
    },
    node("Pausing", "Pausing", "The pause is under way.", Phase::Working, at(450, 0)),
    node(
        "Paused",
        "Paused",
        "A person stopped it. Changes pile up, take space, and have to be copied later.",
        Phase::Paused,
        at(300, 0),
    ),
    node("Resuming", "Resuming", "The resume is under way.", Phase::Working, at(150, 0)),
    node(
        "System_Paused",
        "System Paused",
        "Something failed and the array stopped it. It goes on when that is over.",
        Phase::Trouble,
        at(150, 200),
    ),
    node(
        "Paused_For_NDU",
        "Paused For NDU",
        "A software upgrade stopped it and lets it go on by itself.",
        Phase::Waiting,
        at(0, 0),
    ),
    node(
        "Paused_For_Migration",
        "Paused For Migration",
        "A migration inside the cluster stopped it and lets it go on by itself.",
        Phase::Waiting,
        at(0, 200),
    ),
    Node {
        shown: METRO,
        ..node(
            "Modify_Role_In_Progress",
            "Modify Role In Progress",
            "The two ends exchange their roles; then it is as before.",
            Phase::Working,
            at(600, 0),
        )
    },
    node(
        "Deleting",
        "Deleting",
        "The session is being removed. Any other state can lead here.",
        Phase::Working,
        at(600, 300),
    ),
    node(
        "Error",
        "Error",
        "A failure that no other state names. Any other state can lead here.",
        Phase::Trouble,
        at(0, 300),
    ),
];
