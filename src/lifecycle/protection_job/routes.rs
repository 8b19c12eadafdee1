//! How the picture draws the edges of a data-protection job.

use super::nodes::*;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

pub(super) const ROUTES: &[Route] = &[
    route(QUEUED, Port(Right, 0), &[], RUNNING, Port(Left, 0)),
    route(RUNNING, Port(Right, 0), &[], COMPLETED, Port(Left, 0)),
    route(QUEUED, Port(Bottom, 0), &[], ABORTING, Port(Left, 0)),
    route(RUNNING, Port(Bottom, 0), &[], ABORTING, Port(Top, 0)),
    route(ABORTING, Port(Right, 0), &[], ABORTED, Port(Left, 0)),
];
