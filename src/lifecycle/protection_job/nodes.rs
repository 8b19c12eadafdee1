//! The states of a data-protection job.

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::{Node, NodeId, Phase, ProgressRule};

/// Not begun.
pub const QUEUED: NodeId = NodeId(0);
/// Runs.
pub const RUNNING: NodeId = NodeId(1);
/// Over.
pub const COMPLETED: NodeId = NodeId(2);
/// Being stopped.
pub const ABORTING: NodeId = NodeId(3);
/// Stopped.
pub const ABORTED: NodeId = NodeId(4);

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

pub(super) static NODES: [Node; 5] = [
    node("queued", "Queued", "Recorded; it waits for its turn.", Phase::Waiting, ProgressRule::Zero, at(0, 0)),
    node("running", "Running", "The server works on it.", Phase::Working, ProgressRule::Runs, at(100, 0)),
    node(
        "completed",
        "Completed",
        "Over. Its progress tells with what success.",
        Phase::Done,
        ProgressRule::Held,
        at(200, 0),
    ),
    node(
        "aborting",
        "Aborting",
        "An abort was asked for; its parts are being stopped.",
        Phase::Working,
        ProgressRule::Held,
        at(100, 100),
    ),
    node("aborted", "Aborted", "Over: it was stopped.", Phase::Ended, ProgressRule::Held, at(200, 100)),
];
