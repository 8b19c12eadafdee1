//! How the picture draws the edges of a metro or synchronous replication. Lanes between the rows: 41 to
//! the change of roles, 47 from a failed pause, 53 into the pause, 59 to what the system pauses.
//!
//! Edges into Error and Deleting are not drawn: every state has one, and their meanings say so.

use super::nodes::*;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

pub(super) const ROUTES: &[Route] = &[
    // The normal course.
    route(INITIALIZING, Port(Right, 0), &[], SYNCHRONIZING, Port(Left, 0)),
    route(SYNCHRONIZING, Port(Right, 0), &[], SWITCHING_TO_METRO_SYNC, Port(Left, 0)),
    route(SYNCHRONIZING, Port(Right, 60), &[217], SWITCHING_TO_SYNCHRONOUS, Port(Left, 0)),
    route(SWITCHING_TO_METRO_SYNC, Port(Right, 0), &[], OK, Port(Left, 0)),
    route(SWITCHING_TO_SYNCHRONOUS, Port(Right, 0), &[375], OK, Port(Left, 60)),
    // Faults.
    route(SYNCHRONIZING, Port(Bottom, -30), &[], SYSTEM_PAUSED, Port(Top, -30)),
    route(SYSTEM_PAUSED, Port(Top, 0), &[], SYNCHRONIZING, Port(Bottom, 0)),
    route(SWITCHING_TO_METRO_SYNC, Port(Bottom, -30), &[150], SYSTEM_PAUSED, Port(Top, 60)),
    route(SWITCHING_TO_SYNCHRONOUS, Port(Left, 60), &[], SYSTEM_PAUSED, Port(Right, 60)),
    route(OK, Port(Bottom, -60), &[150], SYSTEM_PAUSED, Port(Top, 60)),
    route(OK, Port(Bottom, 30), &[], FRACTURED, Port(Top, 30)),
    route(FRACTURED, Port(Bottom, -30), &[250, 98], SYNCHRONIZING, Port(Left, 60)),
    route(ERROR, Port(Right, 0), &[98], SYNCHRONIZING, Port(Left, 60)),
    // Pausing.
    route(OK, Port(Top, 30), &[], PAUSING, Port(Bottom, 30)),
    route(SYNCHRONIZING, Port(Top, 40), &[53], PAUSING, Port(Bottom, -30)),
    route(SYSTEM_PAUSED, Port(Right, -60), &[233, 53], PAUSING, Port(Bottom, -30)),
    route(FRACTURED, Port(Right, 0), &[525], PAUSING, Port(Right, 0)),
    route(PAUSED, Port(Right, 0), &[], PAUSING, Port(Left, 0)),
    route(PAUSING, Port(Left, -60), &[], PAUSED, Port(Right, -60)),
    route(PAUSING, Port(Bottom, -60), &[47, 78], SYSTEM_PAUSED, Port(Left, -40)),
    route(PAUSED, Port(Left, 0), &[], RESUMING, Port(Right, 0)),
    route(RESUMING, Port(Bottom, 0), &[], SYNCHRONIZING, Port(Top, 0)),
    route(RESUMING, Port(Left, 60), &[78], SYSTEM_PAUSED, Port(Left, -40)),
    // Paused by the system.
    route(OK, Port(Top, -60), &[59], PAUSED_FOR_NDU, Port(Bottom, 40)),
    route(SYNCHRONIZING, Port(Top, -60), &[59], PAUSED_FOR_NDU, Port(Bottom, 40)),
    route(OK, Port(Top, -60), &[59, 42], PAUSED_FOR_MIGRATION, Port(Right, 40)),
    route(SYNCHRONIZING, Port(Top, -60), &[59, 42], PAUSED_FOR_MIGRATION, Port(Right, 40)),
    route(PAUSED_FOR_NDU, Port(Right, 0), &[], RESUMING, Port(Left, 0)),
    route(PAUSED_FOR_MIGRATION, Port(Right, -40), &[60], RESUMING, Port(Left, 0)),
    // Roles.
    route(OK, Port(Right, -30), &[], MODIFY_ROLE_IN_PROGRESS, Port(Bottom, 0)),
    route(FRACTURED, Port(Bottom, 40), &[250], MODIFY_ROLE_IN_PROGRESS, Port(Bottom, 40)),
    route(PAUSED, Port(Bottom, 30), &[41], MODIFY_ROLE_IN_PROGRESS, Port(Bottom, -40)),
];
