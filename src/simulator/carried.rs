//! The console's requests and answers, as the library has them that the fleet speaks HTTP with.

use http::{HeaderName, HeaderValue};

use crate::wire::powerstore::{Headers, READ_HEADERS, Request, Response};

/// A request of the console's; `None` when HTTP has no such address or header.
pub fn request(request: &Request) -> Option<http::Request<Vec<u8>>> {
    let mut carried = http::Request::new(request.body.clone());
    *carried.method_mut() = request.method.word().parse().ok()?;
    *carried.uri_mut() = request.address.parse().ok()?;
    for (name, value) in request.headers.revealed() {
        let name: HeaderName = name.parse().ok()?;
        carried.headers_mut().insert(name, HeaderValue::from_str(value).ok()?);
    }
    Some(carried)
}

/// An answer for the console, with the headers that it reads.
pub fn response(response: http::Response<Vec<u8>>) -> Response {
    let mut headers = Headers::default();
    for name in READ_HEADERS {
        if let Some(value) = response.headers().get(name).and_then(|value| value.to_str().ok()) {
            headers.push(name, value.to_owned());
        }
    }
    Response { status: response.status().as_u16(), headers, body: response.into_body() }
}
