//! The way to an array in a browser: `fetch`.

use std::future::Future;
use std::pin::Pin;

use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStream, ReadableStreamDefaultReader};
use web_sys::{RequestCache, RequestCredentials, RequestRedirect};

use super::absolute_path;
use crate::array::powerstore::READ_HEADERS;
use crate::array::{BODY_LIMIT, Request, Response, Transport, TransportFailure};

/// The browser's own HTTP client. It keeps the arrays' cookies, and their passwords never.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, TransportFailure>>>> {
        Box::pin(send(request))
    }
}

/// Gives the request up when the future that waits for it is dropped.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn send(request: Request) -> Result<Response, TransportFailure> {
    let broken = |_| TransportFailure::Broken;
    let abort = AbortOnDrop(AbortController::new().map_err(|_| TransportFailure::Broken)?);
    // Whatever changes something is sent once: a redirect would make the browser send it again.
    let (method, redirect) = match request.method().as_str() {
        "GET" => (Method::GET, RequestRedirect::Follow),
        "POST" => (Method::POST, RequestRedirect::Error),
        "PATCH" => (Method::PATCH, RequestRedirect::Error),
        "DELETE" => (Method::DELETE, RequestRedirect::Error),
        _ => return Err(TransportFailure::Broken),
    };
    let mut builder = RequestBuilder::new(&request.uri().to_string())
        .method(method)
        .credentials(RequestCredentials::SameOrigin)
        .cache(RequestCache::NoStore)
        .redirect(redirect)
        .abort_signal(Some(&abort.0.signal()));
    for (name, value) in request.headers() {
        builder = builder.header(name.as_str(), value.to_str().map_err(|_| TransportFailure::Broken)?);
    }
    let ready = if request.body().is_empty() {
        builder.build()
    } else {
        builder.body(Uint8Array::from(request.body().as_slice()))
    };
    let answer = ready.map_err(broken)?.send().await.map_err(broken)?;
    let mut response = http::Response::builder().status(answer.status());
    // The headers that the console reads, by name: to take over any header whatever, the program would
    // have to carry the reading of their names.
    let headers = answer.headers();
    for name in READ_HEADERS {
        if let Some(value) = headers.get(name.as_str()) {
            response = response.header(name, value);
        }
    }
    let body = match answer.body() {
        Some(stream) => read(&stream).await?,
        None => Vec::new(),
    };
    // A status or header that HTTP does not know is no answer of an array.
    response.body(body).map_err(|_| TransportFailure::Broken)
}

/// Reads a body piece by piece, and no further than [`BODY_LIMIT`].
async fn read(stream: &ReadableStream) -> Result<Vec<u8>, TransportFailure> {
    let truncated = |_| TransportFailure::Truncated;
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(truncated)?;
        if Reflect::get(&piece, &"done".into()).map_err(truncated)?.is_truthy() {
            return Ok(body);
        }
        let bytes: Uint8Array = Reflect::get(&piece, &"value".into()).map_err(truncated)?.unchecked_into();
        let length = usize::try_from(bytes.length()).unwrap_or(usize::MAX);
        if body.len().saturating_add(length) > BODY_LIMIT {
            return Err(TransportFailure::TooLarge);
        }
        body.extend_from_slice(&bytes.to_vec());
    }
}

/// Fetches a file that lies beside the page: its status and its text.
pub async fn file(name: &str) -> Result<(u16, String), TransportFailure> {
    let path = absolute_path(name).ok_or(TransportFailure::Broken)?;
    let request = http::Request::get(path).body(Vec::new()).map_err(|_| TransportFailure::Broken)?;
    let response = send(request).await?;
    Ok((response.status().as_u16(), String::from_utf8_lossy(response.body()).into_owned()))
}
