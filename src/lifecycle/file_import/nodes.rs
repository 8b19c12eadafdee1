//! The pairs of state and operation that a file import can show.

use crate::lifecycle::picture::{Place, at};
use crate::lifecycle::{Node, NodeId, Phase, ProgressRule};

/// Waits for its time.
pub const SCHEDULED: NodeId = NodeId(0);
/// Waits for its turn.
pub const QUEUED: NodeId = NodeId(1);
/// The destination is created.
pub const INITIAL_PROVISIONING: NodeId = NodeId(2);
/// Copies what is there.
pub const INITIAL_COPY: NodeId = NodeId(3);
/// Takes over the configuration.
pub const IMPORTING_CONFIG: NodeId = NodeId(4);
/// Waits for the cutover.
pub const READY_FOR_CUTOVER: NodeId = NodeId(5);
/// Clients move to the destination.
pub const CUTTING_OVER: NodeId = NodeId(6);
/// Copies what has changed.
pub const INCREMENTAL_COPY: NodeId = NodeId(7);
/// Waits for the commit.
pub const READY_FOR_COMMIT: NodeId = NodeId(8);
/// The commit runs.
pub const COMMITTING: NodeId = NodeId(9);
/// Finished as intended.
pub const COMPLETED: NodeId = NodeId(10);
/// The first copy is being stopped.
pub const PAUSING_INITIAL_COPY: NodeId = NodeId(11);
/// The first copy is stopped.
pub const PAUSED_INITIAL_COPY: NodeId = NodeId(12);
/// The second copy is being stopped.
pub const PAUSING_INCREMENTAL_COPY: NodeId = NodeId(13);
/// The second copy is stopped.
pub const PAUSED_INCREMENTAL_COPY: NodeId = NodeId(14);
/// Failed while the destination was created.
pub const FAILED_INITIAL_PROVISIONING: NodeId = NodeId(15);
/// Failed in the first copy.
pub const FAILED_INITIAL_COPY: NodeId = NodeId(16);
/// Failed while the configuration was taken over.
pub const FAILED_IMPORTING_CONFIG: NodeId = NodeId(17);
/// Failed before the cutover.
pub const FAILED_READY_FOR_CUTOVER: NodeId = NodeId(18);
/// Failed in the cutover.
pub const FAILED_CUTTING_OVER: NodeId = NodeId(19);
/// Failed in the second copy.
pub const FAILED_INCREMENTAL_COPY: NodeId = NodeId(20);
/// Failed before the commit.
pub const FAILED_READY_FOR_COMMIT: NodeId = NodeId(21);
/// Failed in the commit.
pub const FAILED_COMMITTING: NodeId = NodeId(22);
/// Cancelled before anything was done.
pub const CANCELLING: NodeId = NodeId(23);
/// Cancelled while the destination was created.
pub const CANCELLING_INITIAL_PROVISIONING: NodeId = NodeId(24);
/// Cancelled in the first copy.
pub const CANCELLING_INITIAL_COPY: NodeId = NodeId(25);
/// Cancelled while the configuration was taken over.
pub const CANCELLING_IMPORTING_CONFIG: NodeId = NodeId(26);
/// Cancelled before the cutover.
pub const CANCELLING_READY_FOR_CUTOVER: NodeId = NodeId(27);
/// Cancelled in the cutover.
pub const CANCELLING_CUTTING_OVER: NodeId = NodeId(28);
/// Cancelled in the second copy.
pub const CANCELLING_INCREMENTAL_COPY: NodeId = NodeId(29);
/// Cancelled before the commit.
pub const CANCELLING_READY_FOR_COMMIT: NodeId = NodeId(30);
/// Cancelled in the commit.
pub const CANCELLING_COMMITTING: NodeId = NodeId(31);
/// Taken back.
pub const CANCELLED: NodeId = NodeId(32);

const STOPS: &str = "A person stops the copy.";
const STOPPED: &str = "A person stopped the copy; clients go on working.";
const MENDABLE: &str = "An error stopped it here. Mend the cause, then resume it.";
const NOT_MENDABLE: &str = "An error stopped it here and it cannot go on: cancel it or delete it.";
const TAKEN_BACK: &str = "Clients return to the source; what was imported is removed from this array.";

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

const fn waiting(name: &'static str, meaning: &'static str, row: i16) -> Node {
    node(name, name, meaning, Phase::Waiting, ProgressRule::Zero, at(0, row))
}

const fn pausing(name: &'static str, label: &'static str, column: i16) -> Node {
    node(name, label, STOPS, Phase::Working, ProgressRule::Held, at(column, 0))
}

const fn paused(name: &'static str, label: &'static str, column: i16) -> Node {
    node(name, label, STOPPED, Phase::Paused, ProgressRule::Held, at(column, 0))
}

const fn failed(name: &'static str, label: &'static str, meaning: &'static str, column: i16) -> Node {
    node(name, label, meaning, Phase::Trouble, ProgressRule::Null, at(column, 200))
}

const fn cancelling(name: &'static str, label: &'static str, column: i16) -> Node {
    node(name, label, TAKEN_BACK, Phase::Working, ProgressRule::Null, at(column, 300))
}

pub(super) static NODES: [Node; 33] = [
    waiting("Scheduled", "Waits for the time that was set for it.", 0),
    waiting("Queued", "Waits its turn: the array runs only so many file imports at once.", 100),
    node(
        "In_Progress/Initial_Provisioning",
        "Initial Provisioning",
        "The array creates the NAS server and its file systems.",
        Phase::Working,
        ProgressRule::Zero,
        at(100, 100),
    ),
    node(
        "In_Progress/Initial_Copy",
        "Initial Copy",
        "Directories and files at rest are copied; clients work on the source.",
        Phase::Working,
        ProgressRule::Runs,
        at(200, 100),
    ),
    node(
        "In_Progress/Importing_Config",
        "Importing Config",
        "Interfaces, shares, exports, quotas and name services are taken over.",
        Phase::Working,
        ProgressRule::Full,
        at(300, 100),
    ),
    node(
        "In_Progress/Ready_For_Cutover",
        "Ready For Cutover",
        "Everything is prepared. Clients work on the source until the cutover.",
        Phase::Attention,
        ProgressRule::Full,
        at(400, 100),
    ),
    node(
        "In_Progress/Cutting_Over",
        "Cutting Over",
        "Clients move to this array; for a moment nobody reaches the files.",
        Phase::Working,
        ProgressRule::Null,
        at(500, 100),
    ),
    node(
        "In_Progress/Incremental_Copy",
        "Incremental Copy",
        "Clients work on this array, more slowly: writes go to the source too, and the rest is copied.",
        Phase::Working,
        ProgressRule::Runs,
        at(600, 100),
    ),
    node(
        "In_Progress/Ready_For_Commit",
        "Ready For Commit",
        "Both sides are equal and are kept equal until the commit; until then it can be cancelled.",
        Phase::Attention,
        ProgressRule::Full,
        at(700, 100),
    ),
    node(
        "In_Progress/Committing",
        "Committing",
        "The source gets no more writes and is cleaned up.",
        Phase::Working,
        ProgressRule::Null,
        at(800, 100),
    ),
    node(
        "Completed",
        "Completed",
        "Committed: clients work on this array alone.",
        Phase::Done,
        ProgressRule::Null,
        at(900, 100),
    ),
    pausing("Pausing/Initial_Copy", "Pausing: Initial Copy", 200),
    paused("Paused/Initial_Copy", "Paused: Initial Copy", 300),
    pausing("Pausing/Incremental_Copy", "Pausing: Incremental Copy", 600),
    paused("Paused/Incremental_Copy", "Paused: Incremental Copy", 700),
    failed("Failed/Initial_Provisioning", "Failed: Initial Provisioning", MENDABLE, 100),
    failed("Failed/Initial_Copy", "Failed: Initial Copy", MENDABLE, 200),
    failed("Failed/Importing_Config", "Failed: Importing Config", MENDABLE, 300),
    failed("Failed/Ready_For_Cutover", "Failed: Ready For Cutover", NOT_MENDABLE, 400),
    failed(
        "Failed/Cutting_Over",
        "Failed: Cutting Over",
        "The cutover failed and what was imported is gone from this array: cancel it or delete it.",
        500,
    ),
    failed("Failed/Incremental_Copy", "Failed: Incremental Copy", MENDABLE, 600),
    failed("Failed/Ready_For_Commit", "Failed: Ready For Commit", NOT_MENDABLE, 700),
    failed("Failed/Committing", "Failed: Committing", NOT_MENDABLE, 800),
    node(
        "Cancelling",
        "Cancelling",
        "The cancel runs; nothing had been done yet.",
        Phase::Working,
        ProgressRule::Null,
        at(0, 300),
    ),
    cancelling("Cancelling/Initial_Provisioning", "Cancelling: Initial Provisioning", 100),
    cancelling("Cancelling/Initial_Copy", "Cancelling: Initial Copy", 200),
    cancelling("Cancelling/Importing_Config", "Cancelling: Importing Config", 300),
    cancelling("Cancelling/Ready_For_Cutover", "Cancelling: Ready For Cutover", 400),
    cancelling("Cancelling/Cutting_Over", "Cancelling: Cutting Over", 500),
    cancelling("Cancelling/Incremental_Copy", "Cancelling: Incremental Copy", 600),
    cancelling("Cancelling/Ready_For_Commit", "Cancelling: Ready For Commit", 700),
    cancelling("Cancelling/Committing", "Cancelling: Committing", 800),
    node(
        "Cancelled",
        "Cancelled",
        "Ended by a cancel; clients work on the source.",
        Phase::Ended,
        ProgressRule::Null,
        at(900, 300),
    ),
];
