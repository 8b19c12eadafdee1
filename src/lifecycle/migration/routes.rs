//! How the picture draws the edges of a migration. Every delete runs along row 245 into one arrow.

use super::nodes::*;
use crate::lifecycle::NodeId;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

/// Into the deletion, along the lane that all share.
const fn delete(from: NodeId, exit: Port, lanes: &'static [i16]) -> Route {
    route(from, exit, lanes, DELETING, Port(Top, -40))
}

/// To the right neighbour.
const fn on(from: NodeId, to: NodeId) -> Route {
    route(from, Port(Right, 0), &[], to, Port(Left, 0))
}

/// Into the pause by an error.
const fn stop(from: NodeId, exit: Port, lanes: &'static [i16], enter: i8) -> Route {
    route(from, exit, lanes, SYSTEM_PAUSED, Port(Top, enter))
}

pub(super) const ROUTES: &[Route] = &[
    // Set-up.
    route(INITIALIZING, Port(Top, -20), &[], AUTOMATIC_RESCAN_IN_PROGRESS, Port(Left, 0)),
    route(INITIALIZING, Port(Top, 40), &[55], MANUAL_RESCAN_REQUIRED, Port(Bottom, -60)),
    on(INITIALIZING, INITIALIZED),
    on(AUTOMATIC_RESCAN_IN_PROGRESS, MANUAL_RESCAN_REQUIRED),
    route(AUTOMATIC_RESCAN_IN_PROGRESS, Port(Bottom, 40), &[45], INITIALIZED, Port(Top, -40)),
    // The normal course.
    route(MANUAL_RESCAN_REQUIRED, Port(Bottom, 40), &[45], SYNCHRONIZING, Port(Top, -60)),
    on(INITIALIZED, SYNCHRONIZING),
    on(SYNCHRONIZING, IDLE),
    route(IDLE, Port(Left, -60), &[], SYNCHRONIZING, Port(Right, -60)),
    on(IDLE, CUTTING_OVER),
    route(INITIALIZED, Port(Top, -10), &[55], CUTTING_OVER, Port(Top, 0)),
    route(SYNCHRONIZING, Port(Top, 60), &[55], CUTTING_OVER, Port(Top, 0)),
    on(CUTTING_OVER, COMPLETED),
    // Pausing.
    route(SYNCHRONIZING, Port(Top, -20), &[], PAUSING, Port(Bottom, -20)),
    on(PAUSING, PAUSED),
    route(PAUSED, Port(Right, 0), &[445, 145], RESUMING, Port(Top, 40)),
    route(RESUMING, Port(Top, -40), &[145], SYNCHRONIZING, Port(Bottom, 40)),
    // Errors.
    stop(SYNCHRONIZING, Port(Bottom, -20), &[], -20),
    stop(AUTOMATIC_RESCAN_IN_PROGRESS, Port(Bottom, -40), &[155], -60),
    stop(PAUSING, Port(Left, 0), &[255, 155], -60),
    stop(CUTTING_OVER, Port(Bottom, -40), &[155], 40),
    on(SYSTEM_PAUSED, RESUMING),
    route(RESUMING, Port(Left, 60), &[], SYSTEM_PAUSED, Port(Right, 60)),
    route(INITIALIZING, Port(Bottom, -20), &[255], FAILED, Port(Top, -40)),
    route(CUTTING_OVER, Port(Bottom, 0), &[], FAILED, Port(Top, 0)),
    // End.
    delete(INITIALIZING, Port(Bottom, 40), &[245]),
    delete(AUTOMATIC_RESCAN_IN_PROGRESS, Port(Bottom, 0), &[245]),
    delete(MANUAL_RESCAN_REQUIRED, Port(Right, 40), &[245, 245]),
    delete(INITIALIZED, Port(Bottom, 20), &[245]),
    delete(SYNCHRONIZING, Port(Bottom, 60), &[160, 345, 245]),
    delete(IDLE, Port(Bottom, 40), &[160, 455, 245]),
    delete(CUTTING_OVER, Port(Bottom, 50), &[245]),
    delete(PAUSING, Port(Bottom, 50), &[45, 345, 245]),
    delete(PAUSED, Port(Bottom, 40), &[45, 455, 245]),
    delete(RESUMING, Port(Bottom, 20), &[245]),
    delete(SYSTEM_PAUSED, Port(Bottom, 20), &[245]),
    route(COMPLETED, Port(Bottom, 0), &[], DELETING, Port(Top, 0)),
    route(FAILED, Port(Right, -40), &[], DELETING, Port(Left, -40)),
    route(DELETING, Port(Left, 60), &[], FAILED, Port(Right, 60)),
];
