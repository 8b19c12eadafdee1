//! How the picture draws the edges of a group's import. Cancels share row 146, failures of members run
//! along row 250 into the clean-up, what ends in Failed along row 257.
//!
//! Edges into Invalid are not drawn, as in the picture of a volume.

use super::nodes::*;
use crate::lifecycle::NodeId;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

/// Into the roll-back, along the lane that all cancels share.
const fn cancel(from: NodeId, exit: Port, lanes: &'static [i16]) -> Route {
    route(from, exit, lanes, CANCEL_IN_PROGRESS, Port(Top, -60))
}

/// Into the roll-back of the members after the failure of one.
const fn roll_back(from: NodeId, exit: Port, lanes: &'static [i16]) -> Route {
    route(from, exit, lanes, CLEANUP_IN_PROGRESS, Port(Top, -40))
}

pub(super) const ROUTES: &[Route] = &[
    // The normal course.
    route(SCHEDULED, Port(Bottom, 0), &[], QUEUED, Port(Top, 0)),
    route(QUEUED, Port(Right, 0), &[], IN_PROGRESS, Port(Left, 0)),
    route(IN_PROGRESS, Port(Right, 0), &[], READY_FOR_CUTOVER, Port(Left, 0)),
    route(READY_FOR_CUTOVER, Port(Right, 0), &[], CUTOVER_IN_PROGRESS, Port(Left, 0)),
    route(CUTOVER_IN_PROGRESS, Port(Right, 0), &[], IMPORT_COMPLETED, Port(Left, 0)),
    route(CUTOVER_IN_PROGRESS, Port(Right, -60), &[358], IMPORT_COMPLETED_WITH_ERRORS, Port(Left, 0)),
    route(CUTOVER_IN_PROGRESS, Port(Top, -40), &[], IMPORT_CUTOVER_INCOMPLETE, Port(Bottom, -40)),
    route(IMPORT_CUTOVER_INCOMPLETE, Port(Bottom, 40), &[], CUTOVER_IN_PROGRESS, Port(Top, 40)),
    // Pausing.
    route(IN_PROGRESS, Port(Top, -40), &[], PAUSED, Port(Bottom, -40)),
    route(PAUSED, Port(Bottom, 40), &[], IN_PROGRESS, Port(Top, 40)),
    // Cancels.
    cancel(SCHEDULED, Port(Right, 0), &[46, 146]),
    cancel(QUEUED, Port(Bottom, 30), &[146]),
    cancel(IN_PROGRESS, Port(Bottom, 60), &[146]),
    cancel(PAUSED, Port(Right, 0), &[145, 146]),
    cancel(READY_FOR_CUTOVER, Port(Bottom, 30), &[146]),
    cancel(IMPORT_CUTOVER_INCOMPLETE, Port(Left, 0), &[257, 146]),
    cancel(CANCEL_REQUIRED, Port(Right, -40), &[155, 146]),
    route(FAILED, Port(Right, 0), &[445, 152], CANCEL_IN_PROGRESS, Port(Top, 20)),
    route(CANCEL_FAILED, Port(Right, -70), &[], CANCEL_IN_PROGRESS, Port(Left, -70)),
    route(CANCEL_IN_PROGRESS, Port(Left, 70), &[], CANCEL_FAILED, Port(Right, 70)),
    route(CANCEL_IN_PROGRESS, Port(Right, 0), &[], CANCELLED, Port(Left, 0)),
    // Failures.
    route(IN_PROGRESS, Port(Bottom, 0), &[], CANCEL_REQUIRED, Port(Top, 0)),
    route(PAUSED, Port(Left, 60), &[60, 155], CANCEL_REQUIRED, Port(Top, -40)),
    route(READY_FOR_CUTOVER, Port(Bottom, -60), &[155], CANCEL_REQUIRED, Port(Top, 40)),
    roll_back(IN_PROGRESS, Port(Bottom, -60), &[155, 53, 250]),
    roll_back(PAUSED, Port(Left, 10), &[53, 250]),
    roll_back(READY_FOR_CUTOVER, Port(Bottom, -30), &[155, 145, 250]),
    route(QUEUED, Port(Bottom, -30), &[257], FAILED, Port(Top, -40)),
    route(CUTOVER_IN_PROGRESS, Port(Bottom, 60), &[144, 340, 257], FAILED, Port(Top, -40)),
    route(CUTOVER_IN_PROGRESS, Port(Bottom, 60), &[144, 340, 243], CLEANUP_REQUIRED, Port(Top, 30)),
    // Clean-up.
    route(CLEANUP_REQUIRED, Port(Right, -70), &[], CLEANUP_IN_PROGRESS, Port(Left, -70)),
    route(CLEANUP_IN_PROGRESS, Port(Left, 70), &[], CLEANUP_REQUIRED, Port(Right, 70)),
    route(CLEANUP_IN_PROGRESS, Port(Right, 0), &[], FAILED, Port(Left, 0)),
    route(CLEANUP_IN_PROGRESS, Port(Right, -60), &[360], CANCELLED, Port(Left, 60)),
    route(CLEANUP_IN_PROGRESS, Port(Bottom, 0), &[349], CLEANUP_FAILED, Port(Bottom, 30)),
    route(INVALID, Port(Bottom, 0), &[343], CLEANUP_REQUIRED, Port(Bottom, -40)),
];
