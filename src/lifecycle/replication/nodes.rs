//! The states that an asynchronous replication can show.

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::{Node, NodeId, Phase, ProgressRule};

/// Is being created.
pub const INITIALIZING: NodeId = NodeId(0);
/// Idle and healthy.
pub const OK: NodeId = NodeId(1);
/// Copies.
pub const SYNCHRONIZING: NodeId = NodeId(2);
/// A pause begins.
pub const PAUSING: NodeId = NodeId(3);
/// Paused by a person.
pub const PAUSED: NodeId = NodeId(4);
/// A pause ends.
pub const RESUMING: NodeId = NodeId(5);
/// Something failed.
pub const SYSTEM_PAUSED: NodeId = NodeId(6);
/// Paused for a software upgrade.
pub const PAUSED_FOR_NDU: NodeId = NodeId(7);
/// Paused for a migration inside the cluster.
pub const PAUSED_FOR_MIGRATION: NodeId = NodeId(8);
/// A planned failover runs.
pub const FAILING_OVER: NodeId = NodeId(9);
/// An unplanned failover runs.
pub const FAILING_OVER_FOR_DR: NodeId = NodeId(10);
/// Failed over and not protected.
pub const FAILED_OVER: NodeId = NodeId(11);
/// Is being protected again.
pub const REPROTECTING: NodeId = NodeId(12);
/// Is being removed.
pub const DELETING: NodeId = NodeId(13);
/// Failed in a way that no other state names.
pub const ERROR: NodeId = NodeId(14);

/// A state that every variant can show.
pub(in crate::lifecycle) const fn node(
    name: &'static str,
    label: &'static str,
    meaning: &'static str,
    phase: Phase,
    progress: ProgressRule,
    place: Place,
) -> Node {
    Node { name, label, meaning, phase, progress, shown: &[], place }
}

pub(in crate::lifecycle) const NODES: [Node; 15] = [
    node(
        "Initializing",
        "Initializing",
        "The session is being created at both ends.",
        Phase::Working,
        ProgressRule::Null,
        at(0, 100),
    ),
    node(
        "OK",
        "OK",
        "Healthy: waits for the time of the next synchronization.",
        Phase::Waiting,
        ProgressRule::Null,
        at(100, 100),
    ),
    node(
        "Synchronizing",
        "Synchronizing",
        "What has changed at the source is copied to the destination.",
        Phase::Working,
        ProgressRule::Runs,
        at(200, 100),
    ),
    node("Pausing", "Pausing", "A pause begins.", Phase::Working, ProgressRule::Null, at(100, 0)),
    node(
        "Paused",
        "Paused",
        "A person stopped it: changes pile up at the source until it is resumed.",
        Phase::Paused,
        ProgressRule::Null,
        at(200, 0),
    ),
    node("Resuming", "Resuming", "A pause ends.", Phase::Working, ProgressRule::Null, at(300, 0)),
    node(
        "System_Paused",
        "System Paused",
        "Something failed and the array stopped it. Mend the cause; it may go on by itself then, or synchronize it.",
        Phase::Trouble,
        ProgressRule::Null,
        at(200, 200),
    ),
    node(
        "Paused_For_NDU",
        "Paused For NDU",
        "The array stopped it for a software upgrade and resumes it afterwards.",
        Phase::Waiting,
        ProgressRule::Null,
        at(400, 0),
    ),
    node(
        "Paused_For_Migration",
        "Paused For Migration",
        "The array stopped it for a migration inside the cluster and resumes it afterwards.",
        Phase::Waiting,
        ProgressRule::Null,
        at(500, 0),
    ),
    node(
        "Failing_Over",
        "Failing Over",
        "A planned failover: what is left is copied, then the roles are swapped.",
        Phase::Working,
        ProgressRule::Runs,
        at(400, 100),
    ),
    node(
        "Failing_Over_For_DR",
        "Failing Over For DR",
        "An unplanned failover: the destination becomes the source with the data that it has.",
        Phase::Working,
        ProgressRule::Null,
        at(400, 200),
    ),
    node(
        "Failed_Over",
        "Failed Over",
        "The roles are swapped and nothing is protected: reprotect at the new source. The old source comes here \
         from any state once it hears of it.",
        Phase::Attention,
        ProgressRule::Null,
        at(500, 100),
    ),
    node(
        "Reprotecting",
        "Reprotecting",
        "The first copy after the failover runs; then it is protected again.",
        Phase::Working,
        ProgressRule::Runs,
        at(500, 200),
    ),
    node(
        "Deleting",
        "Deleting",
        "The session is being removed, since the policy was taken away. Any state can lead here.",
        Phase::Working,
        ProgressRule::Null,
        at(0, 300),
    ),
    node(
        "Error",
        "Error",
        "A failure that no other state names. Mend it, or remove the protection policy. Any state can lead here.",
        Phase::Trouble,
        ProgressRule::Null,
        at(100, 300),
    ),
];
