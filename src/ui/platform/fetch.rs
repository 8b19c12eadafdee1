//! The way to an array in a browser: `fetch`.

use std::future::Future;
use std::pin::Pin;

use js_sys::{Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStream, ReadableStreamDefaultReader, RequestCache, RequestCredentials,
    RequestInit, RequestRedirect,
};

use crate::array::{BODY_LIMIT, Method, Request, Response, Transport, TransportFailure};
use crate::wire::powerstore::{Headers as Carried, READ_HEADERS};

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
    let abort = AbortOnDrop(AbortController::new().map_err(broken)?);
    let headers = Headers::new().map_err(broken)?;
    for (name, value) in request.headers.revealed() {
        headers.set(name, value).map_err(broken)?;
    }
    let options = RequestInit::new();
    options.set_method(request.method.word());
    options.set_headers_headers(&headers);
    // Nothing is left for the browser to add or to ask for where the console brings all that is needed. What such
    // a request gives back to its server is to arrive even when the page is closed meanwhile.
    options.set_credentials(if request.bare { RequestCredentials::Omit } else { RequestCredentials::SameOrigin });
    if request.bare {
        let _ = Reflect::set(&options, &"keepalive".into(), &true.into());
    }
    options.set_cache(RequestCache::NoStore);
    // Whatever changes something is sent once: a redirect would make the browser send it again.
    let reads = request.method == Method::Get;
    options.set_redirect(if reads { RequestRedirect::Follow } else { RequestRedirect::Error });
    options.set_signal(Some(&abort.0.signal()));
    if !request.body.is_empty() {
        options.set_body(&Uint8Array::from(request.body.as_slice()));
    }
    let sent = window().fetch_with_str_and_init(&request.address, &options);
    let answer: web_sys::Response = JsFuture::from(sent).await.map_err(broken)?.unchecked_into();
    let body = match answer.body() {
        Some(stream) => read(&stream).await?,
        None => Vec::new(),
    };
    let mut headers = Carried::default();
    for name in READ_HEADERS {
        if let Ok(Some(value)) = answer.headers().get(name) {
            headers.push(name, value);
        }
    }
    Ok(Response { status: answer.status(), headers, body })
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
