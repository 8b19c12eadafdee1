//! How the picture draws the edges of an import. Lanes are shared on purpose: every cancel runs along
//! row 146 into one arrow, failures along rows 245 (clean-up) and 255 (failed).
//!
//! Edges into Invalid are not drawn: any unfinished session can fall into it, and fourteen lines would
//! say less than the sentence in its meaning does.

use super::nodes::*;
use crate::lifecycle::NodeId;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

/// Into the roll-back, along the lane that all cancels share.
const fn cancel(from: NodeId, exit: Port, lanes: &'static [i16]) -> Route {
    route(from, exit, lanes, CANCEL_IN_PROGRESS, Port(Top, -60))
}

/// Into the failed end.
const fn fail(from: NodeId, exit: Port, lanes: &'static [i16]) -> Route {
    route(from, exit, lanes, FAILED, Port(Top, -40))
}

/// Into the need of a clean-up.
const fn stuck(from: NodeId, exit: Port, lanes: &'static [i16]) -> Route {
    route(from, exit, lanes, CLEANUP_REQUIRED, Port(Top, -30))
}

const DROP: Port = Port(Bottom, -30);

pub(super) const ROUTES: &[Route] = &[
    // The normal course.
    route(SCHEDULED, Port(Bottom, 0), &[], QUEUED, Port(Top, 0)),
    route(QUEUED, Port(Right, 0), &[], IN_PROGRESS, Port(Left, 0)),
    route(IN_PROGRESS, Port(Right, 0), &[], MIRROR_ENABLED, Port(Left, 0)),
    route(MIRROR_ENABLED, Port(Right, 0), &[], READY_TO_START_COPY, Port(Left, 0)),
    route(READY_TO_START_COPY, Port(Right, 0), &[], COPY_IN_PROGRESS, Port(Left, 0)),
    route(IN_PROGRESS, Port(Top, 30), &[55, 345], COPY_IN_PROGRESS, Port(Left, -60)),
    route(COPY_IN_PROGRESS, Port(Right, 0), &[], READY_FOR_CUTOVER, Port(Left, 0)),
    route(READY_FOR_CUTOVER, Port(Right, 0), &[], CUTOVER_IN_PROGRESS, Port(Left, 0)),
    route(CUTOVER_IN_PROGRESS, Port(Right, 0), &[], IMPORT_COMPLETED, Port(Left, 0)),
    route(CUTOVER_IN_PROGRESS, Port(Left, -60), &[], READY_FOR_CUTOVER, Port(Right, -60)),
    // Pausing.
    route(COPY_IN_PROGRESS, Port(Top, -40), &[], PAUSED, Port(Bottom, -40)),
    route(PAUSED, Port(Bottom, 40), &[], COPY_IN_PROGRESS, Port(Top, 40)),
    // Cancels.
    cancel(SCHEDULED, Port(Right, 0), &[50, 146]),
    cancel(QUEUED, Port(Bottom, 30), &[146]),
    cancel(IN_PROGRESS, Port(Bottom, 30), &[146]),
    cancel(MIRROR_ENABLED, Port(Bottom, 30), &[146]),
    cancel(READY_TO_START_COPY, Port(Bottom, 30), &[146]),
    cancel(COPY_IN_PROGRESS, Port(Bottom, 60), &[146]),
    cancel(PAUSED, Port(Right, 0), &[445, 146]),
    cancel(READY_FOR_CUTOVER, Port(Bottom, 30), &[146]),
    cancel(CANCEL_REQUIRED, Port(Right, -40), &[455, 146]),
    route(CANCEL_FAILED, Port(Right, -70), &[], CANCEL_IN_PROGRESS, Port(Left, -70)),
    route(CANCEL_IN_PROGRESS, Port(Left, 70), &[], CANCEL_FAILED, Port(Right, 70)),
    route(CUTOVER_IN_PROGRESS, Port(Bottom, 10), &[], CANCEL_IN_PROGRESS, Port(Top, 10)),
    route(CANCEL_IN_PROGRESS, Port(Right, 0), &[], CANCELLED, Port(Left, 0)),
    // Failures.
    route(COPY_IN_PROGRESS, Port(Bottom, 0), &[], CANCEL_REQUIRED, Port(Top, 0)),
    route(PAUSED, Port(Left, 40), &[358, 155], CANCEL_REQUIRED, Port(Top, -40)),
    route(READY_FOR_CUTOVER, Port(Bottom, -60), &[155], CANCEL_REQUIRED, Port(Top, 40)),
    fail(QUEUED, DROP, &[255]),
    fail(IN_PROGRESS, DROP, &[255]),
    fail(MIRROR_ENABLED, DROP, &[255]),
    fail(READY_TO_START_COPY, DROP, &[255]),
    fail(COPY_IN_PROGRESS, Port(Bottom, -60), &[155, 345, 255]),
    fail(PAUSED, Port(Left, -40), &[345, 255]),
    fail(READY_FOR_CUTOVER, Port(Bottom, -30), &[155, 445, 255]),
    fail(CUTOVER_IN_PROGRESS, Port(Bottom, 60), &[155, 640, 255]),
    stuck(IN_PROGRESS, DROP, &[245]),
    stuck(MIRROR_ENABLED, DROP, &[245]),
    stuck(READY_TO_START_COPY, DROP, &[245]),
    stuck(COPY_IN_PROGRESS, Port(Bottom, -60), &[155, 345, 245]),
    stuck(PAUSED, Port(Left, -40), &[345, 245]),
    stuck(READY_FOR_CUTOVER, Port(Bottom, -30), &[155, 445, 245]),
    route(CUTOVER_IN_PROGRESS, Port(Bottom, 60), &[155, 640, 245], CLEANUP_REQUIRED, Port(Top, 30)),
    route(CANCEL_IN_PROGRESS, Port(Bottom, -40), &[245], CLEANUP_REQUIRED, Port(Top, 30)),
    // Clean-up.
    route(CLEANUP_REQUIRED, Port(Right, -70), &[], CLEANUP_IN_PROGRESS, Port(Left, -70)),
    route(CLEANUP_IN_PROGRESS, Port(Left, 70), &[], CLEANUP_REQUIRED, Port(Right, 70)),
    route(CLEANUP_IN_PROGRESS, Port(Right, 0), &[], FAILED, Port(Left, 0)),
    route(CLEANUP_IN_PROGRESS, Port(Right, -60), &[660], CANCELLED, Port(Left, 60)),
    route(CLEANUP_IN_PROGRESS, Port(Bottom, 0), &[349], CLEANUP_FAILED, Port(Bottom, 30)),
    route(INVALID, Port(Bottom, 0), &[343], CLEANUP_REQUIRED, Port(Bottom, -40)),
];
