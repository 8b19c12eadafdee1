//! The states that the replication of a NAS server can show: those of its file systems, and the partial
//! ones.

pub use crate::lifecycle::replication::{
    DELETING, ERROR, FAILED_OVER, FAILING_OVER, FAILING_OVER_FOR_DR, INITIALIZING, OK, PAUSED, PAUSED_FOR_MIGRATION,
    PAUSED_FOR_NDU, PAUSING, REPROTECTING, RESUMING, SYNCHRONIZING, SYSTEM_PAUSED,
};

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::replication::{NODES as OF_FILE_SYSTEM, node};
use crate::lifecycle::{Node, NodeId, Phase, ProgressRule};

/// Some file systems do not replicate.
pub const PARTIAL_OK: NodeId = NodeId(15);
/// Some file systems are not paused.
pub const PARTIAL_PAUSED: NodeId = NodeId(16);
/// Some file systems are not failed over.
pub const PARTIAL_FAILED_OVER: NodeId = NodeId(17);
/// Some file systems are not reprotected.
pub const PARTIAL_REPROTECTED: NodeId = NodeId(18);
/// Some file systems are not back in the original direction.
pub const PARTIAL_FAILED_BACK: NodeId = NodeId(19);

const fn partial(name: &'static str, label: &'static str, meaning: &'static str, place: Place) -> Node {
    node(name, label, meaning, Phase::Trouble, ProgressRule::Null, place)
}

/// A NAS server tells no progress: its file systems do.
const fn silent(node: Node) -> Node {
    Node { progress: ProgressRule::Null, ..node }
}

pub(super) static NODES: [Node; 20] = [
    OF_FILE_SYSTEM[0],
    OF_FILE_SYSTEM[1],
    silent(OF_FILE_SYSTEM[2]),
    OF_FILE_SYSTEM[3],
    OF_FILE_SYSTEM[4],
    OF_FILE_SYSTEM[5],
    OF_FILE_SYSTEM[6],
    OF_FILE_SYSTEM[7],
    OF_FILE_SYSTEM[8],
    silent(OF_FILE_SYSTEM[9]),
    OF_FILE_SYSTEM[10],
    OF_FILE_SYSTEM[11],
    silent(OF_FILE_SYSTEM[12]),
    OF_FILE_SYSTEM[13],
    OF_FILE_SYSTEM[14],
    partial("Partial_OK", "Partial OK", "Some file systems do not replicate: look at each of them.", at(100, 200)),
    partial("Partial_Paused", "Partial Paused", "Some file systems are paused and some are not.", at(0, 0)),
    partial(
        "Partial_Failed_Over",
        "Partial Failed Over",
        "Some file systems are failed over and some are not.",
        at(600, 100),
    ),
    partial(
        "Partial_Reprotected",
        "Partial Reprotected",
        "Some file systems are reprotected and some are not.",
        at(600, 200),
    ),
    partial(
        "Partial_Failed_Back",
        "Partial Failed Back",
        "Some file systems replicate in the original direction again and some do not.",
        at(500, 300),
    ),
];
