//! The states that a migration can show.

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::{Node, NodeId, Phase, ProgressRule};

/// Is being set up.
pub const INITIALIZING: NodeId = NodeId(0);
/// The array makes hosts look for their paths.
pub const AUTOMATIC_RESCAN_IN_PROGRESS: NodeId = NodeId(1);
/// Some hosts wait for a rescan by hand.
pub const MANUAL_RESCAN_REQUIRED: NodeId = NodeId(2);
/// Set up.
pub const INITIALIZED: NodeId = NodeId(3);
/// Copies.
pub const SYNCHRONIZING: NodeId = NodeId(4);
/// Copied.
pub const IDLE: NodeId = NodeId(5);
/// The ownership moves.
pub const CUTTING_OVER: NodeId = NodeId(6);
/// Finished as intended.
pub const COMPLETED: NodeId = NodeId(7);
/// The copy is being stopped.
pub const PAUSING: NodeId = NodeId(8);
/// The copy is stopped by a person.
pub const PAUSED: NodeId = NodeId(9);
/// The copy is being started again.
pub const RESUMING: NodeId = NodeId(10);
/// Stopped by an error that can be mended.
pub const SYSTEM_PAUSED: NodeId = NodeId(11);
/// Ended by an error.
pub const FAILED: NodeId = NodeId(12);
/// The record is being removed.
pub const DELETING: NodeId = NodeId(13);

const fn node(
    name: &'static str,
    label: &'static str,
    meaning: &'static str,
    phase: Phase,
    progress: ProgressRule,
    place: Place,
) -> Node {
    Node { name, label, meaning, phase, progress, shown: &[], place }
}

pub(super) static NODES: [Node; 14] = [
    node(
        "Initializing",
        "Initializing",
        "The session is being set up.",
        Phase::Working,
        ProgressRule::Null,
        at(0, 100),
    ),
    node(
        "Automatic_Rescan_In_Progress",
        "Automatic Rescan In Progress",
        "Hosts look for their paths to the new appliance; the array makes them.",
        Phase::Working,
        ProgressRule::Null,
        at(100, 0),
    ),
    node(
        "Manual_Rescan_Required",
        "Manual Rescan Required",
        "Some hosts must be rescanned by hand. Then synchronize, telling that it is done.",
        Phase::Attention,
        ProgressRule::Null,
        at(200, 0),
    ),
    node(
        "Initialized",
        "Initialized",
        "Set up; nothing is copied until it is synchronized or cut over.",
        Phase::Attention,
        ProgressRule::Null,
        at(200, 100),
    ),
    node(
        "Synchronizing",
        "Synchronizing",
        "Data is copied in the background; the hosts go on working.",
        Phase::Working,
        ProgressRule::Runs,
        at(300, 100),
    ),
    node(
        "Idle",
        "Idle",
        "Copied. Synchronize again to shorten the cutover, or cut over.",
        Phase::Attention,
        ProgressRule::Full,
        at(400, 100),
    ),
    node(
        "Cutting_Over",
        "Cutting Over",
        "What is left is copied and the new appliance becomes the owner.",
        Phase::Working,
        ProgressRule::Null,
        at(500, 100),
    ),
    node(
        "Completed",
        "Completed",
        "The hosts work on the new appliance; the session may be deleted.",
        Phase::Done,
        ProgressRule::Null,
        at(600, 100),
    ),
    node("Pausing", "Pausing", "The copy is being stopped.", Phase::Working, ProgressRule::Held, at(300, 0)),
    node("Paused", "Paused", "A person stopped the copy.", Phase::Paused, ProgressRule::Held, at(400, 0)),
    node("Resuming", "Resuming", "The copy is being started again.", Phase::Working, ProgressRule::Held, at(400, 200)),
    node(
        "System_Paused",
        "System Paused",
        "An error stopped it. Mend the cause, then resume or delete it.",
        Phase::Trouble,
        ProgressRule::Held,
        at(300, 200),
    ),
    node(
        "Failed",
        "Failed",
        "Ended by an error; it cannot go on. Delete it.",
        Phase::Ended,
        ProgressRule::Null,
        at(500, 300),
    ),
    node(
        "Deleting",
        "Deleting",
        "What the migration left on the appliances is removed.",
        Phase::Working,
        ProgressRule::Null,
        at(600, 300),
    ),
];
