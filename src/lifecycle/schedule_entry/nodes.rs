//! What can have become of an entry.

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::{Node, NodeId, Phase, ProgressRule};

/// Its time lies ahead.
pub const PLANNED: NodeId = NodeId(0);
/// Its time has passed.
pub const LATE: NodeId = NodeId(1);
/// It is a job.
pub const STARTED: NodeId = NodeId(2);
/// It will never be one.
pub const WITHDRAWN: NodeId = NodeId(3);

const fn node(name: &'static str, label: &'static str, meaning: &'static str, phase: Phase, place: Place) -> Node {
    Node { name, label, meaning, phase, progress: ProgressRule::Null, shown: &[], place }
}

pub(super) static NODES: [Node; 4] = [
    node("planned", "Planned", "It starts at its time.", Phase::Waiting, at(0, 100)),
    node("late", "Late", "Its time has passed; it starts when the service is back.", Phase::Trouble, at(100, 200)),
    node("started", "Started", "It has become a job.", Phase::Done, at(200, 100)),
    node("withdrawn", "Withdrawn", "It will not start.", Phase::Ended, at(200, 200)),
];
