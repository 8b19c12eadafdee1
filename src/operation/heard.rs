//! What came of asking: one answer, or all that a conversation told.

use super::desk::read;
use crate::array::{ArrayError, Response, TransportFailure, dfm, powerstore};
use crate::wire::powerstore::{Resource, Rows, Session};
use crate::wire::zapi::{self, Element};

/// What came of asking.
#[derive(Debug)]
pub(super) enum Heard<'a> {
    /// One answer.
    Answer(&'a Result<Response, TransportFailure>),
    /// All that a conversation told, as one answer.
    Told(Result<Element, ArrayError>),
}

impl Heard<'_> {
    /// The one session that was asked for.
    pub(super) fn session(self, resource: Resource) -> Result<Session, ArrayError> {
        match self {
            Heard::Answer(result) => read(result, |response| powerstore::session(resource, response)),
            told => told.jobs()?.rows.pop().ok_or_else(|| ArrayError::NotFound(Vec::new())),
        }
    }

    /// The protection jobs that were told.
    pub(super) fn jobs(self) -> Result<Rows<Session>, ArrayError> {
        self.told().map(zapi::jobs)
    }

    /// What a DFM told.
    pub(super) fn told(self) -> Result<Element, ArrayError> {
        match self {
            Heard::Told(told) => told,
            Heard::Answer(result) => read(result, dfm::results),
        }
    }
}
