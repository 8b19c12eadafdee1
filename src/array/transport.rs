//! The way to an array: bytes out, bytes in.

use std::future::Future;
use std::pin::Pin;

use crate::wire::powerstore::{Request, Response};

/// The longest body that is read, in bytes: a larger one ends the read with [`TransportFailure::TooLarge`].
pub const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// Why there is no answer. Whether the array has received the request cannot be told from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportFailure {
    /// The connection failed or was closed.
    Broken,
    /// No answer within the time that the console waits.
    TimedOut,
    /// The body is longer than [`BODY_LIMIT`].
    TooLarge,
    /// The body ended before its announced length.
    Truncated,
}

/// Something that carries requests: the browser's fetch, or a simulated fleet in the same page.
pub trait Transport {
    /// Sends one request and waits for the whole answer. Dropping the future gives the request up.
    fn send(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, TransportFailure>>>>;
}
