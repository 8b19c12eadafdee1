//! How the picture draws the edges of a NAS server's replication: as that of a file system, with the
//! partial states beside the states that they fall short of. Lanes are shared on purpose: what ends in
//! OK comes along row 255, pauses along row 44, what the array pauses along row 52.
//!
//! Edges into Error and Deleting are not drawn, nor those of an old source that hears of a failover.

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
    route(INITIALIZING, Port(Bottom, 0), &[], PARTIAL_OK, Port(Left, 40)),
    route(OK, Port(Right, 50), &[], SYNCHRONIZING, Port(Left, 50)),
    route(SYNCHRONIZING, Port(Left, -40), &[], OK, Port(Right, -40)),
    // Pausing.
    route(OK, Port(Top, -40), &[], PAUSING, Port(Bottom, -40)),
    route(SYNCHRONIZING, Port(Top, -50), &[44], PAUSING, Port(Bottom, 50)),
    route(SYSTEM_PAUSED, Port(Left, -5), &[155, 44], PAUSING, Port(Bottom, 50)),
    route(PARTIAL_OK, Port(Left, -70), &[62, 44], PAUSING, Port(Bottom, -70)),
    route(PARTIAL_PAUSED, Port(Right, 40), &[], PAUSING, Port(Left, 40)),
    route(PAUSING, Port(Left, -40), &[], PARTIAL_PAUSED, Port(Right, -40)),
    route(PAUSING, Port(Right, 50), &[], PAUSED, Port(Left, 50)),
    route(PAUSED, Port(Left, -60), &[], PAUSING, Port(Right, -60)),
    route(SYNCHRONIZING, Port(Top, 5), &[], PAUSED, Port(Bottom, 5)),
    route(PAUSED, Port(Right, 0), &[], RESUMING, Port(Left, 0)),
    route(PARTIAL_PAUSED, Port(Bottom, -30), &[48], RESUMING, Port(Bottom, -85)),
    route(RESUMING, Port(Bottom, -30), &[40], PARTIAL_PAUSED, Port(Bottom, -60)),
    route(RESUMING, Port(Bottom, -60), &[56], OK, Port(Top, 20)),
    route(OK, Port(Top, 60), &[52], PAUSED_FOR_NDU, Port(Bottom, -40)),
    route(SYNCHRONIZING, Port(Top, 60), &[52], PAUSED_FOR_NDU, Port(Bottom, -40)),
    route(OK, Port(Top, 60), &[52], PAUSED_FOR_MIGRATION, Port(Bottom, -40)),
    route(SYNCHRONIZING, Port(Top, 60), &[52], PAUSED_FOR_MIGRATION, Port(Bottom, -40)),
    route(PAUSED_FOR_NDU, Port(Left, 0), &[], RESUMING, Port(Right, 0)),
    route(PAUSED_FOR_MIGRATION, Port(Bottom, 40), &[42], RESUMING, Port(Bottom, 60)),
    // Trouble.
    route(OK, Port(Bottom, 0), &[], PARTIAL_OK, Port(Top, 0)),
    route(SYNCHRONIZING, Port(Bottom, -70), &[144], PARTIAL_OK, Port(Top, 60)),
    route(SYSTEM_PAUSED, Port(Left, -70), &[], PARTIAL_OK, Port(Right, -70)),
    route(PARTIAL_OK, Port(Top, -70), &[], OK, Port(Bottom, -70)),
    route(PARTIAL_OK, Port(Right, 85), &[145], SYNCHRONIZING, Port(Left, 80)),
    route(PARTIAL_OK, Port(Right, 30), &[], SYSTEM_PAUSED, Port(Left, 30)),
    route(OK, Port(Bottom, 75), &[150], SYSTEM_PAUSED, Port(Top, -70)),
    route(SYNCHRONIZING, Port(Bottom, 35), &[], SYSTEM_PAUSED, Port(Top, 35)),
    route(SYSTEM_PAUSED, Port(Top, -35), &[], SYNCHRONIZING, Port(Bottom, -35)),
    route(SYSTEM_PAUSED, Port(Bottom, -40), &[255, 55], OK, Port(Left, 60)),
    route(PAUSING, Port(Left, 70), &[45, 150], SYSTEM_PAUSED, Port(Top, -70)),
    route(RESUMING, Port(Bottom, 0), &[150], SYSTEM_PAUSED, Port(Top, 60)),
    route(FAILING_OVER, Port(Bottom, -70), &[150], SYSTEM_PAUSED, Port(Top, 60)),
    route(FAILING_OVER_FOR_DR, Port(Left, -60), &[], SYSTEM_PAUSED, Port(Right, -60)),
    route(REPROTECTING, Port(Bottom, -40), &[246], SYSTEM_PAUSED, Port(Bottom, 0)),
    route(ERROR, Port(Right, 0), &[145], SYNCHRONIZING, Port(Left, 80)),
    // Failover.
    route(OK, Port(Bottom, -40), &[160, 350], FAILING_OVER, Port(Left, 60)),
    route(SYNCHRONIZING, Port(Right, 0), &[], FAILING_OVER, Port(Left, 0)),
    route(FAILING_OVER, Port(Right, 0), &[], FAILED_OVER, Port(Left, 0)),
    route(FAILING_OVER, Port(Top, 20), &[60], PARTIAL_FAILED_OVER, Port(Top, -20)),
    take_over(OK, Port(Bottom, 40), &[156]),
    take_over(SYNCHRONIZING, Port(Bottom, 75), &[156]),
    take_over(PAUSED, Port(Bottom, 80), &[60, 345, 156]),
    take_over(PARTIAL_PAUSED, Port(Bottom, 65), &[60, 345, 156]),
    route(SYSTEM_PAUSED, Port(Right, 40), &[], FAILING_OVER_FOR_DR, Port(Left, 40)),
    route(PARTIAL_OK, Port(Bottom, -40), &[239], FAILING_OVER_FOR_DR, Port(Bottom, -20)),
    route(FAILING_OVER, Port(Bottom, -10), &[], FAILING_OVER_FOR_DR, Port(Top, -10)),
    route(FAILED_OVER, Port(Bottom, -60), &[148, 456], FAILING_OVER_FOR_DR, Port(Right, 50)),
    route(PARTIAL_FAILED_OVER, Port(Bottom, 0), &[160, 456], FAILING_OVER_FOR_DR, Port(Right, 50)),
    route(FAILING_OVER_FOR_DR, Port(Right, -30), &[444], FAILED_OVER, Port(Left, 60)),
    route(FAILING_OVER_FOR_DR, Port(Right, -30), &[444, 154], PARTIAL_FAILED_OVER, Port(Bottom, -60)),
    route(PARTIAL_FAILED_OVER, Port(Left, 0), &[], FAILED_OVER, Port(Right, 0)),
    // Reprotect.
    route(FAILED_OVER, Port(Bottom, 60), &[], REPROTECTING, Port(Top, 60)),
    route(REPROTECTING, Port(Right, -50), &[], PARTIAL_REPROTECTED, Port(Left, -50)),
    route(PARTIAL_REPROTECTED, Port(Bottom, -40), &[248], REPROTECTING, Port(Bottom, 85)),
    route(REPROTECTING, Port(Bottom, 0), &[], PARTIAL_FAILED_BACK, Port(Top, 0)),
    route(PARTIAL_FAILED_BACK, Port(Top, 60), &[], REPROTECTING, Port(Bottom, 60)),
    route(REPROTECTING, Port(Bottom, 30), &[255, 55], OK, Port(Left, 60)),
    route(PARTIAL_REPROTECTED, Port(Bottom, 40), &[255, 55], OK, Port(Left, 60)),
    route(PARTIAL_FAILED_BACK, Port(Left, 0), &[445, 255, 55], OK, Port(Left, 60)),
];
