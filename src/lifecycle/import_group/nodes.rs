//! The states that an import of a consistency group can show. Each stands where the same state of a
//! volume stands, with the columns taken out in which a volume is set up and copies.

use crate::lifecycle::picture::at;
use crate::lifecycle::{Circumstance, Guard, Node, NodeId, Phase, ProgressRule, is};

/// Waits for its time.
pub const SCHEDULED: NodeId = NodeId(0);
/// Waits for the turn of its first member.
pub const QUEUED: NodeId = NodeId(1);
/// Its members are set up and copied.
pub const IN_PROGRESS: NodeId = NodeId(2);
/// No member copies, for a person stopped some.
pub const PAUSED: NodeId = NodeId(3);
/// All data of every member is copied.
pub const READY_FOR_CUTOVER: NodeId = NodeId(4);
/// The commit runs.
pub const CUTOVER_IN_PROGRESS: NodeId = NodeId(5);
/// Some members are not committed yet.
pub const IMPORT_CUTOVER_INCOMPLETE: NodeId = NodeId(6);
/// Finished as intended.
pub const IMPORT_COMPLETED: NodeId = NodeId(7);
/// Finished, but for members that were cancelled.
pub const IMPORT_COMPLETED_WITH_ERRORS: NodeId = NodeId(8);
/// Agentless: the copy of a member failed and only a cancel leads on.
pub const CANCEL_REQUIRED: NodeId = NodeId(9);
/// The members are rolled back.
pub const CANCEL_IN_PROGRESS: NodeId = NodeId(10);
/// Rolled back.
pub const CANCELLED: NodeId = NodeId(11);
/// A member could not be rolled back.
pub const CANCEL_FAILED: NodeId = NodeId(12);
/// Left-overs keep a source from its hosts.
pub const CLEANUP_REQUIRED: NodeId = NodeId(13);
/// A member failed, or a clean-up was asked for: the members are rolled back.
pub const CLEANUP_IN_PROGRESS: NodeId = NodeId(14);
/// Left-overs stay on this array.
pub const CLEANUP_FAILED: NodeId = NodeId(15);
/// Ended by an error.
pub const FAILED: NodeId = NodeId(16);
/// The array's own record does not fit together.
pub const INVALID: NodeId = NodeId(17);

const AGENTLESS: &[Guard] = &[is(Circumstance::Agentless)];

pub(super) static NODES: [Node; 18] = [
    Node {
        name: "Scheduled",
        label: "Scheduled",
        meaning: "The group waits for the time that was set for it.",
        phase: Phase::Waiting,
        progress: ProgressRule::Zero,
        shown: &[],
        place: at(0, 0),
    },
    Node {
        name: "Queued",
        label: "Queued",
        meaning: "Waits for the turn of its first volume: the array runs only so many imports at once.",
        phase: Phase::Waiting,
        progress: ProgressRule::Zero,
        shown: &[],
        place: at(0, 100),
    },
    Node {
        name: "In_Progress",
        label: "In Progress",
        meaning: "At least one volume has started. The group stays here until all data of every volume is copied; \
                  the steps in between are taken on its volumes.",
        phase: Phase::Working,
        progress: ProgressRule::Held,
        shown: &[],
        place: at(100, 100),
    },
    Node {
        name: "Paused",
        label: "Paused",
        meaning: "No volume of the group copies, for a person paused one or more of them; hosts go on working.",
        phase: Phase::Paused,
        progress: ProgressRule::Held,
        shown: &[],
        place: at(100, 0),
    },
    Node {
        name: "Ready_For_Cutover",
        label: "Ready For Cutover",
        meaning: "All data of every volume is here and both sides are kept equal until the group is cut over.",
        phase: Phase::Attention,
        progress: ProgressRule::Full,
        shown: &[],
        place: at(200, 100),
    },
    Node {
        name: "Cutover_In_Progress",
        label: "Cutover In Progress",
        meaning: "The volumes are being committed; a source gets no more writes once its volume is committed.",
        phase: Phase::Working,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(300, 100),
    },
    Node {
        name: "Import_Cutover_Incomplete",
        label: "Import Cutover Incomplete",
        meaning: "Some volumes are not committed, and their sources are still kept equal. Cut the group over again, \
                  or cancel what is left.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(300, 0),
    },
    Node {
        name: "Import_Completed",
        label: "Import Completed",
        meaning: "Every volume is committed: the hosts work on this array alone and the sources are detached.",
        phase: Phase::Done,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(400, 100),
    },
    Node {
        name: "Import_Completed_With_Errors",
        label: "Import Completed With Errors",
        meaning: "Volumes whose mirror was lost during the commit were cancelled; the others are committed.",
        phase: Phase::Ended,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(400, 0),
    },
    Node {
        name: "Cancel_Required",
        label: "Cancel Required",
        meaning: "The copy of a volume failed and cannot go on. Cancel the group to give the sources back to their \
                  hosts.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: AGENTLESS,
        place: at(100, 200),
    },
    Node {
        name: "Cancel_In_Progress",
        label: "Cancel In Progress",
        meaning: "The volumes that are not committed are rolled back and their hosts return to the sources.",
        phase: Phase::Working,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(300, 200),
    },
    Node {
        name: "Cancelled",
        label: "Cancelled",
        meaning: "Ended by a cancel. Volumes that were committed before stay committed; the other sources may be \
                  imported again.",
        phase: Phase::Ended,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(400, 200),
    },
    Node {
        name: "Cancel_Failed",
        label: "Cancel Failed",
        meaning: "At least one volume could not be rolled back. Cancel again, if need be by force.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(200, 200),
    },
    Node {
        name: "Cleanup_Required",
        label: "Cleanup Required",
        meaning: "The roll-back left things behind that keep hosts from a source. Run the clean-up.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(200, 300),
    },
    Node {
        name: "Cleanup_In_Progress",
        label: "Cleanup In Progress",
        meaning: "A volume failed, or a clean-up was asked for: the array rolls the other volumes back by itself.",
        phase: Phase::Working,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(300, 300),
    },
    Node {
        name: "Cleanup_Failed",
        label: "Cleanup Failed",
        meaning: "Not everything could be removed; left-overs stay on this array.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(100, 300),
    },
    Node {
        name: "Failed",
        label: "Failed",
        meaning: "Ended by an error, which the session tells. If a volume is left, the group can still be cancelled.",
        phase: Phase::Ended,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(400, 300),
    },
    Node {
        name: "Invalid",
        label: "Invalid",
        meaning: "The array's record of this group does not fit together; it tries to mend it by itself. \
                  Any unfinished session can come here.",
        phase: Phase::Trouble,
        progress: ProgressRule::Null,
        shown: &[],
        place: at(0, 300),
    },
];
