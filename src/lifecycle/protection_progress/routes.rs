//! How the picture draws the edges of a job's progress.

use super::nodes::*;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right};

pub(super) const ROUTES: &[Route] = &[
    route(IN_PROGRESS, Port(Right, 0), &[], SUCCESS, Port(Left, 0)),
    route(IN_PROGRESS, Port(Bottom, 0), &[], FAILURE, Port(Left, 0)),
    route(SUCCESS, Port(Right, 0), &[], PARTIAL_SUCCESS, Port(Left, 0)),
    route(FAILURE, Port(Right, 0), &[], PARTIAL_SUCCESS, Port(Bottom, 0)),
];
