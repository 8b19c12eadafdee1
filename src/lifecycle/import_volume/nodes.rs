//! The states that an import of a volume can show.

use crate::lifecycle::picture::at;
use crate::lifecycle::{Circumstance, Guard, Node, NodeId, Phase, ProgressRule, is};

/// Waits for its time.
pub const SCHEDULED: NodeId = NodeId(0);
/// Waits for its turn.
pub const QUEUED: NodeId = NodeId(1);
/// Is being set up.
pub const IN_PROGRESS: NodeId = NodeId(2);
/// Agentless: waits for the host's application to stop.
pub const MIRROR_ENABLED: NodeId = NodeId(3);
/// Agentless: waits for the host to be moved.
pub const READY_TO_START_COPY: NodeId = NodeId(4);
/// Copies.
pub const COPY_IN_PROGRESS: NodeId = NodeId(5);
/// The copy is stopped by a person.
pub const PAUSED: NodeId = NodeId(6);
/// All data is copied.
pub const READY_FOR_CUTOVER: NodeId = NodeId(7);
/// The commit runs.
pub const CUTOVER_IN_PROGRESS: NodeId = NodeId(8);
/// Finished as intended.
pub const IMPORT_COMPLETED: NodeId = NodeId(9);
/// Agentless: the copy failed and only a cancel leads on.
pub const CANCEL_REQUIRED: NodeId = NodeId(10);
/// The roll-back runs.
pub const CANCEL_IN_PROGRESS: NodeId = NodeId(11);
/// Rolled back.
pub const CANCELLED: NodeId = NodeId(12);
/// Member of a group: the roll-back failed.
pub const CANCEL_FAILED: NodeId = NodeId(13);
/// Left-overs keep the source from its hosts.
pub const CLEANUP_REQUIRED: NodeId = NodeId(14);
/// The clean-up runs.
pub const CLEANUP_IN_PROGRESS: NodeId = NodeId(15);
/// Member of a group: the clean-up failed.
pub const CLEANUP_FAILED: NodeId = NodeId(16);
/// Ended by an error.
pub const FAILED: NodeId = NodeId(17);
/// The array's own record does not fit together.
pub const INVALID: NodeId = NodeId(18);

const AGENTLESS: &[Guard] = &[is(Circumstance::Agentless)];
const MEMBER: &[Guard] = &[is(Circumstance::Member)];

pub(super) static NODES: [Node; 19] = [
    Node {
        name: "Scheduled",
        label: "Scheduled",
        meaning: "Waits for the time that was set for it.",
        phase: Phase::Waiting,
        progress: ProgressRule::Zero,
        shown: &[],
        place: at(0, 0),
    },
    Node {
        name: "Queued",
        label: "Queued",
        meaning: "Waits its turn: the array runs only so many imports at once, first come, first served.",
        phase: Phase::Waiting,
        progress: ProgressRule::Zero,
        shown: &[],
        place: at(0, 100),
    },
    Node {
        name: "In_Progress",
        label: "In Progress",
        meaning: "The array creates the destination volume and connects it to the source.",
        phase: Phase::Working,
        progress: ProgressRule::Zero,
        shown: &[],
        place: at(100, 100),
    },
    Node {
        name: "Mirror_Enabled",
        label: "Ready To Enable Destination Volume",
        meaning: "Set up. Stop the host's application, then enable the destination volume.",
        phase: Phase::Attention,
        progress: ProgressRule::Zero,
        shown: AGENTLESS,
        place: at(200, 100),
    },
    Node {
        name: "Ready_To_Start_Copy",
        label: "Ready To Start Copy",
        meaning: "The destination takes access. Move the host to it, then start the copy.",
        phase: Phase::Attention,
        progress: ProgressRule::Zero,
        shown: AGENTLESS,
        place: at(300, 100),
    },
    Node {
        name: "Copy_In_Progress",
        label: "Copy In Progress",
        meaning: "Data is copied in the background; the hosts work on this array and their writes reach the source too.",
        phase: Phase::Working,
        progress: ProgressRule::Runs,
        shown: &[],
        place: at(400, 100),
    },
    Node {
        name: "Paused",
        label: "Paused",
        meaning: "A person stopped the copy; hosts go on working and writes go on reaching the source.",
        phase: Phase::Paused,
        progress: ProgressRule::Held,
        shown: &[],
        place: at(400, 0),
    },
    Node {
        name: "Ready_For_Cutover",
        label: "Ready For Cutover",
        meaning: "All data is here and both sides are kept equal until the cutover.",
        phase: Phase::Attention,
        progress: ProgressRule::Full,
        shown: &[],
        place: at(500, 100),
    },
    Node {
        name: "Cutover_In_Progress",
        label: "Cutover In Progress",
        meaning: "The import is being committed; from its end on the source gets no more writes.",
        phase: Phase::Working,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(600, 100),
    },
    Node {
        name: "Import_Completed",
        label: "Import Completed",
        meaning: "Committed: the hosts work on this array alone and the source is detached.",
        phase: Phase::Done,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(700, 100),
    },
    Node {
        name: "Cancel_Required",
        label: "Cancel Required",
        meaning: "The copy failed and cannot go on. Cancel the import to give the source back to its hosts.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: AGENTLESS,
        place: at(400, 200),
    },
    Node {
        name: "Cancel_In_Progress",
        label: "Cancel In Progress",
        meaning: "The import is rolled back and the hosts return to the source.",
        phase: Phase::Working,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(600, 200),
    },
    Node {
        name: "Cancelled",
        label: "Cancelled",
        meaning: "Ended by a cancel. The same source may be imported again by a new session.",
        phase: Phase::Ended,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(700, 200),
    },
    Node {
        name: "Cancel_Failed",
        label: "Cancel Failed",
        meaning: "This member of a group could not be rolled back. Cancel again, if need be by force.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: MEMBER,
        place: at(500, 200),
    },
    Node {
        name: "Cleanup_Required",
        label: "Cleanup Required",
        meaning: "The roll-back left things behind that keep the source from its hosts. Run the clean-up.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(500, 300),
    },
    Node {
        name: "Cleanup_In_Progress",
        label: "Cleanup In Progress",
        meaning: "Left-overs are removed and the source is given back to its hosts.",
        phase: Phase::Working,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(600, 300),
    },
    Node {
        name: "Cleanup_Failed",
        label: "Cleanup Failed",
        meaning: "The clean-up of this member of a group failed; left-overs stay on this array.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: MEMBER,
        place: at(400, 300),
    },
    Node {
        name: "Failed",
        label: "Failed",
        meaning: "Ended by an error, which the session tells. The hosts are on the source.",
        phase: Phase::Ended,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(700, 300),
    },
    Node {
        name: "Invalid",
        label: "Invalid",
        meaning: "The array's record of this session does not fit together; it tries to mend it by itself. \
                  Any unfinished session can come here.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(0, 300),
    },
];
