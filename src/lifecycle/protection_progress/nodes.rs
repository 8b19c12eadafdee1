//! What the transfers of a job can have come to.

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::{Node, NodeId, Phase, ProgressRule};

/// Nothing has ended yet.
pub const IN_PROGRESS: NodeId = NodeId(0);
/// What has ended succeeded.
pub const SUCCESS: NodeId = NodeId(1);
/// Some succeeded, some failed.
pub const PARTIAL_SUCCESS: NodeId = NodeId(2);
/// What has ended failed.
pub const FAILURE: NodeId = NodeId(3);

const fn node(name: &'static str, label: &'static str, meaning: &'static str, phase: Phase, place: Place) -> Node {
    Node { name, label, meaning, phase, progress: ProgressRule::Runs, shown: &[], place }
}

pub(super) static NODES: [Node; 4] = [
    node("in_progress", "In progress", "No transfer has ended yet.", Phase::Working, at(0, 0)),
    node("success", "Success", "All transfers that have ended succeeded.", Phase::Done, at(100, 0)),
    node(
        "partial_success",
        "Partial success",
        "Some transfers succeeded and some failed, whatever the others come to.",
        Phase::Trouble,
        at(200, 0),
    ),
    node("failure", "Failure", "All transfers that have ended failed.", Phase::Trouble, at(100, 100)),
];
