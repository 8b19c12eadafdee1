//! Why an array did not do what was asked, in words that an administrator can act on.

use thiserror::Error;

use super::TransportFailure;
use crate::wire::powerstore::ErrorMessage;

/// The one error of this room.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ArrayError {
    /// Nothing came back.
    #[error("The array does not answer. Check that it and the proxy in front of it are up.")]
    Unreachable,
    /// Nothing came back in time.
    #[error("The array did not answer in time.")]
    TimedOut,
    /// The answer was given up.
    #[error("The answer is larger than 16 MB and was not read. Narrow the request, or ask whoever runs the proxy.")]
    TooLarge,
    /// The answer broke off.
    #[error("The answer broke off in the middle. The connection between console, proxy and array is unsteady.")]
    Truncated,
    /// 401: nobody is logged in, or no longer.
    #[error("The array wants a login.")]
    LoginWanted,
    /// 403: the person's role, or a stale token.
    #[error("The array does not permit it: {}", words(.0))]
    NotPermitted(Vec<ErrorMessage>),
    /// 404: there is no such thing (any more).
    #[error("The array does not have it (any more): {}", words(.0))]
    NotFound(Vec<ErrorMessage>),
    /// 503: try again later.
    #[error("The array is busy and asks to try again later: {}", words(.0))]
    Busy(Vec<ErrorMessage>),
    /// Any other 4xx: the array understood and said no.
    #[error("The array refuses: {}", words(.messages))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The array's own words.
        messages: Vec<ErrorMessage>,
    },
    /// 5xx, or a status that makes no sense.
    #[error("The array failed{}: {}", with_status(*.status), words(.messages))]
    Failed {
        /// The HTTP status; 200 when only the body tells the failure.
        status: u16,
        /// The array's own words, often none.
        messages: Vec<ErrorMessage>,
    },
    /// A list that a server hands out in parts was forgotten by it before the last part, time and again.
    #[error(
        "The server forgot the list while it was being read, {0} times in a row. It may be short of memory, or restarting."
    )]
    Forgotten(u8),
    /// A web page came instead of data.
    #[error(
        "A web page came instead of data. The address in config.json probably leads to something else than the array's API."
    )]
    WebPage,
    /// The answer is not what the API describes.
    #[error("The answer cannot be read ({0}). Nothing was changed by reading it.")]
    Unreadable(String),
}

impl ArrayError {
    /// True when the array certainly did not carry out what was asked: it said so before doing anything.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            ArrayError::LoginWanted
                | ArrayError::NotPermitted(_)
                | ArrayError::NotFound(_)
                | ArrayError::Refused { .. }
        )
    }
}

impl From<TransportFailure> for ArrayError {
    fn from(failure: TransportFailure) -> ArrayError {
        match failure {
            TransportFailure::Broken => ArrayError::Unreachable,
            TransportFailure::TimedOut => ArrayError::TimedOut,
            TransportFailure::TooLarge => ArrayError::TooLarge,
            TransportFailure::Truncated => ArrayError::Truncated,
        }
    }
}

fn with_status(status: u16) -> String {
    if status == 200 { String::new() } else { format!(" with status {status}") }
}

/// The array's own words, joined.
pub(super) fn words(messages: &[ErrorMessage]) -> String {
    if messages.is_empty() {
        return "it gave no reason.".to_owned();
    }
    messages.iter().map(ErrorMessage::text).collect::<Vec<_>>().join(" ")
}
