//! The phases of a job.

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::{Node, NodeId, Phase, ProgressRule};

/// Accepted.
pub const PENDING: NodeId = NodeId(0);
/// Waits.
pub const QUEUED: NodeId = NodeId(1);
/// Runs.
pub const IN_PROGRESS: NodeId = NodeId(2);
/// Succeeded.
pub const COMPLETED: NodeId = NodeId(3);
/// Not needed.
pub const SKIPPED: NodeId = NodeId(4);
/// Failed and cleans up.
pub const FAILING: NodeId = NodeId(5);
/// Failed and left nothing behind.
pub const FAILED: NodeId = NodeId(6);
/// Failed and left something behind.
pub const UNRECOVERABLE_FAILED: NodeId = NodeId(7);

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

pub(super) static NODES: [Node; 8] = [
    node("Pending", "Pending", "Accepted, and not begun yet.", Phase::Waiting, ProgressRule::Zero, at(0, 100)),
    node("Queued", "Queued", "Waits for other jobs.", Phase::Waiting, ProgressRule::Zero, at(100, 100)),
    node("In_Progress", "In Progress", "The array works on it.", Phase::Working, ProgressRule::Runs, at(200, 100)),
    node("Completed", "Completed", "Carried out.", Phase::Done, ProgressRule::Full, at(300, 100)),
    node("Skipped", "Skipped", "A step of an upgrade that is not needed.", Phase::Ended, ProgressRule::Zero, at(0, 0)),
    node(
        "Failing",
        "Failing",
        "Failed; what it did is being taken back.",
        Phase::Working,
        ProgressRule::Held,
        at(200, 200),
    ),
    node("Failed", "Failed", "Failed; what it did is taken back.", Phase::Ended, ProgressRule::Full, at(300, 200)),
    node(
        "Unrecoverable_Failed",
        "Unrecoverable Failed",
        "Failed, and could not take back what it did: look for what it left.",
        Phase::Ended,
        ProgressRule::Full,
        at(300, 300),
    ),
];
