//! The error envelope of the API, and its codes.
//!
//! `0xE0404…` and `0xE0201…` are codes that shipping clients have met on real arrays. `0xE0FF…` are ours, in the same
//! form: no vendor's paper lists the codes of import sessions, nor the bodies of 401 and 403.

use http::{HeaderValue, Response, StatusCode, header};

use crate::simulator::answer;
use crate::simulator::json::json;

/// The body or the query does not fit the schema.
pub const SCHEMA: &str = "0xE04040030001";
/// Not a request of this API.
pub const NOT_A_REQUEST: &str = "0xE04040010005";
/// No instance with that id.
pub const NO_INSTANCE: &str = "0xE04040020009";

/// The state of the session does not allow it.
pub const WRONG_STATE: &str = "0xE0FF01010001";
/// The replication has failed over already.
pub const FAILED_OVER: &str = "0xE0201005000C";
/// The name of the session is taken.
pub const NAME_TAKEN: &str = "0xE0FF01010002";
/// The remote system, the source or another object of a create does not exist.
pub const NO_OBJECT: &str = "0xE0FF01010003";
/// The scheduled time is not in the future.
pub const TIME_PASSED: &str = "0xE0FF01010004";
/// The source cannot be imported now.
pub const SOURCE_NOT_READY: &str = "0xE0FF01010005";
/// Fields of a create do not go together, or not with the source.
pub const INCONSISTENT: &str = "0xE0FF01010006";
/// No or wrong credentials, or a login that is no more.
pub const NOT_LOGGED_IN: &str = "0xE0FF09010001";
/// The account is locked.
pub const LOCKED: &str = "0xE0FF09010002";
/// The token is missing or out of date.
pub const TOKEN: &str = "0xE0FF09010003";
/// The role does not allow it.
pub const ROLE: &str = "0xE0FF09010004";
/// The simulator does not know this part of the API.
pub const NOT_SIMULATED: &str = "0xE0FF00010001";
/// Busy.
pub const BUSY: &str = "0xE0FF00010002";

/// A request that was not carried out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub status: StatusCode,
    pub code: String,
    pub message: String,
    pub arguments: Vec<String>,
}

impl Problem {
    /// Any problem.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Problem { status, code: code.to_owned(), message: message.into(), arguments: Vec::new() }
    }

    /// 400 for a body or a query that breaks the schema.
    pub fn schema(detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let mut problem = Problem::new(StatusCode::BAD_REQUEST, SCHEMA, format!("Validation failed: {detail}"));
        problem.arguments.push(detail);
        problem
    }

    /// 400 for an attribute that the resource does not have in this release.
    pub fn attribute(resource: &str, name: &str) -> Self {
        Problem::schema(format!("{resource} has no attribute {name} in this release."))
    }

    /// 404 for an unknown id.
    pub fn no_instance(resource: &str, id: &str) -> Self {
        let mut problem = Problem::new(
            StatusCode::NOT_FOUND,
            NO_INSTANCE,
            format!("There is no {resource} with the id or name {id}."),
        );
        problem.arguments = vec![resource.to_owned(), id.to_owned()];
        problem
    }

    /// 422.
    pub fn refused(code: &str, message: impl Into<String>) -> Self {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
    }

    /// As an answer.
    pub fn response(&self) -> Response<Vec<u8>> {
        let body = json!({ "messages": [{
            "code": self.code,
            "severity": "Error",
            "severity_l10n": "Error",
            "message_l10n": self.message,
            "arguments": self.arguments,
        }] });
        let mut response = answer::json(self.status, &body);
        if self.status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"PowerStore\""));
        }
        response
    }
}
