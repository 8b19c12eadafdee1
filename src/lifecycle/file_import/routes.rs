//! How the picture draws the edges of a file import. Below each operation stands its failure, and below
//! that its cancel; every cancel ends through the lane of row 345.

use super::nodes::*;
use crate::lifecycle::NodeId;
use crate::lifecycle::picture::{Port, Route, Side, route};
use Side::{Bottom, Left, Right, Top};

/// To the operation's failure, right below.
const fn fail(from: NodeId, to: NodeId) -> Route {
    route(from, Port(Bottom, 20), &[], to, Port(Top, 20))
}

/// Back from it, right above.
const fn resume(from: NodeId, to: NodeId) -> Route {
    route(from, Port(Top, -30), &[], to, Port(Bottom, -30))
}

/// Into the operation's cancel, past its failure.
const fn cancel(from: NodeId, exit: Port, lanes: &'static [i16], to: NodeId) -> Route {
    route(from, exit, lanes, to, Port(Top, 50))
}

/// A failure into the cancel right below.
const fn give_up(from: NodeId, to: NodeId) -> Route {
    route(from, Port(Bottom, 0), &[], to, Port(Top, 0))
}

/// A cancel that the source did not answer.
const fn silent(from: NodeId, to: NodeId) -> Route {
    route(from, Port(Top, -60), &[], to, Port(Bottom, -60))
}

/// The end of a cancel.
const fn cancelled(from: NodeId) -> Route {
    route(from, Port(Bottom, 0), &[345], CANCELLED, Port(Bottom, 0))
}

/// To the next operation.
const fn on(from: NodeId, to: NodeId) -> Route {
    route(from, Port(Right, 0), &[], to, Port(Left, 0))
}

/// To the operation before.
const fn back(from: NodeId, to: NodeId) -> Route {
    route(from, Port(Left, 60), &[], to, Port(Right, 60))
}

const DOWN: Port = Port(Bottom, 60);

pub(super) const ROUTES: &[Route] = &[
    // The normal course.
    route(SCHEDULED, Port(Bottom, 0), &[], QUEUED, Port(Top, 0)),
    on(QUEUED, INITIAL_PROVISIONING),
    on(INITIAL_PROVISIONING, INITIAL_COPY),
    on(INITIAL_COPY, IMPORTING_CONFIG),
    on(IMPORTING_CONFIG, READY_FOR_CUTOVER),
    on(READY_FOR_CUTOVER, CUTTING_OVER),
    back(CUTTING_OVER, READY_FOR_CUTOVER),
    on(CUTTING_OVER, INCREMENTAL_COPY),
    on(INCREMENTAL_COPY, READY_FOR_COMMIT),
    on(READY_FOR_COMMIT, COMMITTING),
    back(COMMITTING, READY_FOR_COMMIT),
    on(COMMITTING, COMPLETED),
    // Pausing.
    route(INITIAL_COPY, Port(Top, -40), &[], PAUSING_INITIAL_COPY, Port(Bottom, -40)),
    on(PAUSING_INITIAL_COPY, PAUSED_INITIAL_COPY),
    route(PAUSED_INITIAL_COPY, Port(Bottom, -40), &[45], INITIAL_COPY, Port(Top, 40)),
    route(PAUSING_INITIAL_COPY, Port(Left, 0), &[155, 150], FAILED_INITIAL_COPY, Port(Top, -50)),
    route(INCREMENTAL_COPY, Port(Top, -40), &[], PAUSING_INCREMENTAL_COPY, Port(Bottom, -40)),
    on(PAUSING_INCREMENTAL_COPY, PAUSED_INCREMENTAL_COPY),
    route(PAUSED_INCREMENTAL_COPY, Port(Bottom, -40), &[45], INCREMENTAL_COPY, Port(Top, 40)),
    route(PAUSING_INCREMENTAL_COPY, Port(Left, 0), &[555, 150], FAILED_INCREMENTAL_COPY, Port(Top, -50)),
    // Failures, and back from them.
    fail(INITIAL_PROVISIONING, FAILED_INITIAL_PROVISIONING),
    resume(FAILED_INITIAL_PROVISIONING, INITIAL_PROVISIONING),
    fail(INITIAL_COPY, FAILED_INITIAL_COPY),
    resume(FAILED_INITIAL_COPY, INITIAL_COPY),
    fail(IMPORTING_CONFIG, FAILED_IMPORTING_CONFIG),
    resume(FAILED_IMPORTING_CONFIG, IMPORTING_CONFIG),
    fail(READY_FOR_CUTOVER, FAILED_READY_FOR_CUTOVER),
    fail(CUTTING_OVER, FAILED_CUTTING_OVER),
    fail(INCREMENTAL_COPY, FAILED_INCREMENTAL_COPY),
    resume(FAILED_INCREMENTAL_COPY, INCREMENTAL_COPY),
    fail(READY_FOR_COMMIT, FAILED_READY_FOR_COMMIT),
    fail(COMMITTING, FAILED_COMMITTING),
    // Cancels.
    cancel(SCHEDULED, Port(Right, 0), &[45, 250], CANCELLING),
    route(QUEUED, Port(Bottom, 0), &[], CANCELLING, Port(Top, 0)),
    cancel(INITIAL_PROVISIONING, DOWN, &[150, 145, 250], CANCELLING_INITIAL_PROVISIONING),
    cancel(INITIAL_COPY, DOWN, &[150, 245, 250], CANCELLING_INITIAL_COPY),
    cancel(PAUSING_INITIAL_COPY, DOWN, &[55, 245, 250], CANCELLING_INITIAL_COPY),
    cancel(PAUSED_INITIAL_COPY, Port(Bottom, 40), &[55, 245, 250], CANCELLING_INITIAL_COPY),
    cancel(IMPORTING_CONFIG, DOWN, &[150, 345, 250], CANCELLING_IMPORTING_CONFIG),
    cancel(READY_FOR_CUTOVER, DOWN, &[150, 445, 250], CANCELLING_READY_FOR_CUTOVER),
    cancel(CUTTING_OVER, DOWN, &[150, 545, 250], CANCELLING_CUTTING_OVER),
    cancel(INCREMENTAL_COPY, DOWN, &[150, 645, 250], CANCELLING_INCREMENTAL_COPY),
    cancel(PAUSING_INCREMENTAL_COPY, DOWN, &[55, 645, 250], CANCELLING_INCREMENTAL_COPY),
    cancel(PAUSED_INCREMENTAL_COPY, Port(Bottom, 40), &[55, 645, 250], CANCELLING_INCREMENTAL_COPY),
    cancel(READY_FOR_COMMIT, DOWN, &[150, 745, 250], CANCELLING_READY_FOR_COMMIT),
    cancel(COMMITTING, DOWN, &[150, 845, 250], CANCELLING_COMMITTING),
    give_up(FAILED_INITIAL_PROVISIONING, CANCELLING_INITIAL_PROVISIONING),
    give_up(FAILED_INITIAL_COPY, CANCELLING_INITIAL_COPY),
    give_up(FAILED_IMPORTING_CONFIG, CANCELLING_IMPORTING_CONFIG),
    give_up(FAILED_READY_FOR_CUTOVER, CANCELLING_READY_FOR_CUTOVER),
    give_up(FAILED_CUTTING_OVER, CANCELLING_CUTTING_OVER),
    give_up(FAILED_INCREMENTAL_COPY, CANCELLING_INCREMENTAL_COPY),
    give_up(FAILED_READY_FOR_COMMIT, CANCELLING_READY_FOR_COMMIT),
    give_up(FAILED_COMMITTING, CANCELLING_COMMITTING),
    silent(CANCELLING_INITIAL_PROVISIONING, FAILED_INITIAL_PROVISIONING),
    silent(CANCELLING_INITIAL_COPY, FAILED_INITIAL_COPY),
    silent(CANCELLING_IMPORTING_CONFIG, FAILED_IMPORTING_CONFIG),
    silent(CANCELLING_READY_FOR_CUTOVER, FAILED_READY_FOR_CUTOVER),
    silent(CANCELLING_CUTTING_OVER, FAILED_CUTTING_OVER),
    silent(CANCELLING_INCREMENTAL_COPY, FAILED_INCREMENTAL_COPY),
    silent(CANCELLING_READY_FOR_COMMIT, FAILED_READY_FOR_COMMIT),
    silent(CANCELLING_COMMITTING, FAILED_COMMITTING),
    cancelled(CANCELLING),
    cancelled(CANCELLING_INITIAL_PROVISIONING),
    cancelled(CANCELLING_INITIAL_COPY),
    cancelled(CANCELLING_IMPORTING_CONFIG),
    cancelled(CANCELLING_READY_FOR_CUTOVER),
    cancelled(CANCELLING_CUTTING_OVER),
    cancelled(CANCELLING_INCREMENTAL_COPY),
    cancelled(CANCELLING_READY_FOR_COMMIT),
    cancelled(CANCELLING_COMMITTING),
];
