//! How the picture draws the edges of a job.

use super::nodes::*;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

pub(super) const ROUTES: &[Route] = &[
    route(PENDING, Port(Right, 0), &[], QUEUED, Port(Left, 0)),
    route(PENDING, Port(Top, 40), &[55], IN_PROGRESS, Port(Top, 0)),
    route(QUEUED, Port(Right, 0), &[], IN_PROGRESS, Port(Left, 0)),
    route(IN_PROGRESS, Port(Right, 0), &[], COMPLETED, Port(Left, 0)),
    route(IN_PROGRESS, Port(Bottom, 0), &[], FAILING, Port(Top, 0)),
    route(FAILING, Port(Right, 0), &[], FAILED, Port(Left, 0)),
    route(FAILING, Port(Bottom, 0), &[], UNRECOVERABLE_FAILED, Port(Left, 0)),
    route(PENDING, Port(Bottom, 0), &[255], FAILED, Port(Bottom, 0)),
    route(QUEUED, Port(Bottom, 0), &[255], FAILED, Port(Bottom, 0)),
];
