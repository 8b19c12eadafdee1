//! The one fleet that all ports share, and how bytes get to it and from it.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use array_console::simulator::{Answer, Fleet, Options};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, StatusCode};

use crate::arguments::Story;

/// A body on its way out.
pub type Body = UnsyncBoxBody<Bytes, std::io::Error>;

/// Requests with longer bodies are refused.
const LONGEST_BODY: usize = 1024 * 1024;

/// The connection is to be closed without an answer.
#[derive(Debug)]
pub struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed without an answer")
    }
}

impl std::error::Error for Closed {}

/// The fleet, shared by the tasks of one thread.
#[derive(Clone)]
pub struct Shared(Rc<RefCell<Fleet>>);

impl Shared {
    /// A fleet at its first moment, or at that of a story.
    ///
    /// # Errors
    /// The story does not fit its fleet: in a sentence.
    pub fn new(options: Options, story: Option<Story>) -> Result<Self, String> {
        let mut fleet = Fleet::new(options);
        if let Some(Story { scenario, seed, speed }) = story {
            fleet.play(now(), scenario, seed, speed).map_err(|broken| broken.to_string())?;
        }
        Ok(Shared(Rc::new(RefCell::new(fleet))))
    }

    /// The answer of an array to a request with its real path.
    pub async fn handle(&self, id: &str, request: Request<Incoming>, path: &str) -> Result<Response<Body>, Closed> {
        let Some(request) = whole(request, path).await else { return Ok(too_long()) };
        let answer = self.0.borrow_mut().handle(id, now(), &request);
        match answer {
            Answer::Dropped => Err(Closed),
            Answer::Reply { response, delay_ms } => {
                if delay_ms > 0 {
                    tokio::time::sleep(Duration::from_millis(delay_ms)).await;
                }
                Ok(response.map(bytes))
            }
        }
    }

    /// A configuration that names the arrays of the fleet.
    pub fn config(&self) -> String {
        self.0.borrow().config()
    }

    /// The answer of the control door.
    pub async fn control(&self, request: Request<Incoming>) -> Response<Body> {
        let path = request.uri().path().to_owned();
        match whole(request, &path).await {
            Some(request) => self.0.borrow_mut().control(now(), &request).map(bytes),
            None => too_long(),
        }
    }
}

/// Milliseconds since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The request with its body, at another path; `None` when the body is too long or breaks off.
async fn whole(request: Request<Incoming>, path: &str) -> Option<Request<Vec<u8>>> {
    let (mut parts, body) = request.into_parts();
    let query = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    parts.uri = format!("{path}{query}").parse().ok()?;
    let body = Limited::new(body, LONGEST_BODY).collect().await.ok()?;
    Some(Request::from_parts(parts, body.to_bytes().to_vec()))
}

fn too_long() -> Response<Body> {
    plain(StatusCode::PAYLOAD_TOO_LARGE, "The body of the request is longer than 1 MB, or broke off.\n")
}

/// A body of these bytes.
pub fn bytes(bytes: Vec<u8>) -> Body {
    Full::new(Bytes::from(bytes)).map_err(|never: Infallible| match never {}).boxed_unsync()
}

/// A sentence as an answer.
pub fn plain(status: StatusCode, sentence: &str) -> Response<Body> {
    let mut response = Response::new(bytes(sentence.as_bytes().to_vec()));
    *response.status_mut() = status;
    let kind = hyper::header::HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(hyper::header::CONTENT_TYPE, kind);
    response
}
