//! What comes back from a request.

use http::{HeaderValue, Response, StatusCode, header};

/// The answer to a request, or its absence.
#[derive(Debug)]
pub enum Answer {
    /// An answer, to be given after a delay.
    Reply {
        /// Status, headers and body.
        response: Response<Vec<u8>>,
        /// Real milliseconds to wait before it is sent; 0 as a rule.
        delay_ms: u64,
    },
    /// The connection is closed without a word.
    Dropped,
}

impl Answer {
    /// The response, if there is one.
    pub fn into_response(self) -> Option<Response<Vec<u8>>> {
        match self {
            Answer::Reply { response, .. } => Some(response),
            Answer::Dropped => None,
        }
    }
}

impl From<Response<Vec<u8>>> for Answer {
    fn from(response: Response<Vec<u8>>) -> Self {
        Answer::Reply { response, delay_ms: 0 }
    }
}

/// A response with a JSON body.
pub fn json(status: StatusCode, body: &serde_json::Value) -> Response<Vec<u8>> {
    let mut response = Response::new(super::json::written(body).into_bytes());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A response without a body.
pub fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}
