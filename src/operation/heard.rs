//! What came of asking: one answer, or all that a conversation told.

use super::desk::read;
use crate::array::{ArrayError, Response, Told, TransportFailure, powerstore};
use crate::wire::powerstore::{Resource, Rows, Session};

/// What came of asking.
#[derive(Debug)]
pub(super) enum Heard<'a> {
    /// One answer.
    Answer(&'a Result<Response, TransportFailure>),
    /// The rows of a conversation.
    Told(Result<Told, ArrayError>),
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
        match self.told()? {
            Told::Jobs(rows) => Ok(rows),
            _ => Ok(Rows { rows: Vec::new(), unreadable: 0 }),
        }
    }

    /// What a conversation told; an answer tells nothing of that kind.
    pub(super) fn told(self) -> Result<Told, ArrayError> {
        match self {
            Heard::Told(told) => told,
            Heard::Answer(_) => Ok(Told::Jobs(Rows { rows: Vec::new(), unreadable: 0 })),
        }
    }
}
