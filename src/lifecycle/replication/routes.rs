//! How the picture draws the edges of an asynchronous replication. Pauses run above the course, what
//! goes wrong below it, failover and reprotect at its end. Lanes are shared on purpose: pauses run along
//! row 44, what the array pauses along row 52, ends of pauses along row 56, unplanned failovers along
//! row 156.
//!
//! Edges into Error and Deleting are not drawn, nor those of an old source that hears of a failover:
//! every state has one, and the meanings say so.

use super::nodes::*;
use crate::lifecycle::NodeId;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

/// Into an unplanned failover, along the lane that most of them share.
const fn take_over(from: NodeId, exit: Port, lanes: &'static [i16]) -> Route {
    route(from, exit, lanes, FAILING_OVER_FOR_DR, Port(Top, -50))
}

pub(super) const ROUTES: &[Route] = &[
    // The normal course.
    route(INITIALIZING, Port(Right, 0), &[], OK, Port(Left, 0)),
    route(OK, Port(Right, 50), &[], SYNCHRONIZING, Port(Left, 50)),
    route(SYNCHRONIZING, Port(Left, -40), &[], OK, Port(Right, -40)),
    // Pausing.
    route(OK, Port(Top, -40), &[], PAUSING, Port(Bottom, -40)),
    route(SYNCHRONIZING, Port(Top, -50), &[44], PAUSING, Port(Bottom, 50)),
    route(SYSTEM_PAUSED, Port(Left, 0), &[155, 44], PAUSING, Port(Bottom, 50)),
    route(PAUSING, Port(Right, 50), &[], PAUSED, Port(Left, 50)),
    route(PAUSED, Port(Left, -60), &[], PAUSING, Port(Right, -60)),
    route(PAUSED, Port(Right, 0), &[], RESUMING, Port(Left, 0)),
    route(RESUMING, Port(Bottom, -60), &[56], OK, Port(Top, 20)),
    route(RESUMING, Port(Bottom, -60), &[56], SYNCHRONIZING, Port(Top, 20)),
    route(OK, Port(Top, 60), &[52], PAUSED_FOR_NDU, Port(Bottom, -40)),
    route(SYNCHRONIZING, Port(Top, 60), &[52], PAUSED_FOR_NDU, Port(Bottom, -40)),
    route(OK, Port(Top, 60), &[52], PAUSED_FOR_MIGRATION, Port(Bottom, -40)),
    route(SYNCHRONIZING, Port(Top, 60), &[52], PAUSED_FOR_MIGRATION, Port(Bottom, -40)),
    route(PAUSED_FOR_NDU, Port(Left, 0), &[], RESUMING, Port(Right, 0)),
    route(PAUSED_FOR_MIGRATION, Port(Bottom, 40), &[42], RESUMING, Port(Bottom, 60)),
    // Trouble.
    route(SYNCHRONIZING, Port(Bottom, 35), &[], SYSTEM_PAUSED, Port(Top, 35)),
    route(SYSTEM_PAUSED, Port(Top, -35), &[], SYNCHRONIZING, Port(Bottom, -35)),
    route(PAUSING, Port(Left, 0), &[45, 150], SYSTEM_PAUSED, Port(Top, -60)),
    route(RESUMING, Port(Bottom, 0), &[150], SYSTEM_PAUSED, Port(Top, 60)),
    route(SYSTEM_PAUSED, Port(Top, 85), &[146], RESUMING, Port(Bottom, 30)),
    route(FAILING_OVER, Port(Bottom, -70), &[150], SYSTEM_PAUSED, Port(Top, 60)),
    route(FAILING_OVER_FOR_DR, Port(Left, -60), &[], SYSTEM_PAUSED, Port(Right, -60)),
    route(REPROTECTING, Port(Bottom, -40), &[244], SYSTEM_PAUSED, Port(Bottom, 0)),
    route(SYSTEM_PAUSED, Port(Bottom, 50), &[239], REPROTECTING, Port(Bottom, -75)),
    route(ERROR, Port(Right, 0), &[145], SYNCHRONIZING, Port(Left, 80)),
    // Failover.
    route(OK, Port(Bottom, -40), &[160, 350], FAILING_OVER, Port(Left, 60)),
    route(SYNCHRONIZING, Port(Right, 0), &[], FAILING_OVER, Port(Left, 0)),
    route(FAILING_OVER, Port(Right, 0), &[], FAILED_OVER, Port(Left, 0)),
    take_over(OK, Port(Bottom, 40), &[156]),
    take_over(SYNCHRONIZING, Port(Bottom, 75), &[156]),
    take_over(PAUSED, Port(Bottom, 80), &[60, 345, 156]),
    route(SYSTEM_PAUSED, Port(Right, 40), &[], FAILING_OVER_FOR_DR, Port(Left, 40)),
    route(FAILING_OVER, Port(Bottom, -10), &[], FAILING_OVER_FOR_DR, Port(Top, -10)),
    route(FAILED_OVER, Port(Bottom, -60), &[150, 456], FAILING_OVER_FOR_DR, Port(Right, 50)),
    route(FAILING_OVER_FOR_DR, Port(Right, -30), &[444], FAILED_OVER, Port(Left, 60)),
    // Reprotect.
    route(FAILED_OVER, Port(Bottom, 60), &[], REPROTECTING, Port(Top, 60)),
    route(REPROTECTING, Port(Bottom, 40), &[255, 55], OK, Port(Left, 60)),
];
