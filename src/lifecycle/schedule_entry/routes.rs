//! How the picture draws the edges of a schedule entry.

use super::nodes::*;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

pub(super) const ROUTES: &[Route] = &[
    route(PLANNED, Port(Right, 0), &[], STARTED, Port(Left, 0)),
    route(PLANNED, Port(Bottom, 40), &[], LATE, Port(Left, 0)),
    route(LATE, Port(Top, 0), &[145], STARTED, Port(Bottom, -40)),
    route(LATE, Port(Right, 0), &[], WITHDRAWN, Port(Left, 0)),
    route(PLANNED, Port(Bottom, -40), &[255], WITHDRAWN, Port(Bottom, 0)),
];
