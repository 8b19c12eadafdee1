//! The console's requests and answers, as the library has them that the fleet speaks HTTP with.

use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Uri, header};

use super::powerstore::login::TOKEN;
use crate::wire::powerstore::message::{self, Headers, Method};
use crate::wire::powerstore::{READ_HEADERS, Request, Response};

/// A request of the console's; `None` when HTTP has no such address or header.
pub fn request(request: &Request) -> Option<http::Request<Vec<u8>>> {
    let mut carried = http::Request::new(request.body.clone());
    *carried.method_mut() = match request.method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
    };
    *carried.uri_mut() = uri(&request.address)?;
    for (name, value) in request.headers.revealed() {
        carried.headers_mut().insert(named(name)?, HeaderValue::from_str(value).ok()?);
    }
    Some(carried)
}

/// A path with its query; `None` for what is none. Of the library's reading of addresses a page brings this part
/// alone.
pub fn uri(path: &str) -> Option<Uri> {
    let path = path.starts_with('/').then(|| PathAndQuery::try_from(path));
    path?.ok().map(Uri::from)
}

/// An answer for the console, with the headers that it reads.
pub fn response(response: http::Response<Vec<u8>>) -> Response {
    let mut headers = Headers::default();
    for name in READ_HEADERS {
        let value = named(name).and_then(|name| response.headers().get(name));
        if let Some(value) = value.and_then(|value| value.to_str().ok()) {
            headers.push(name, value.to_owned());
        }
    }
    Response { status: response.status().as_u16(), headers, body: response.into_body() }
}

/// The headers that the console knows, each by its constant: the library reads a name by a table of all that there
/// are, which a page would have to bring.
fn named(name: &str) -> Option<HeaderName> {
    Some(match name {
        message::ACCEPT => header::ACCEPT,
        message::AUTHORIZATION => header::AUTHORIZATION,
        message::CONTENT_RANGE => header::CONTENT_RANGE,
        message::CONTENT_TYPE => header::CONTENT_TYPE,
        message::DATE => header::DATE,
        message::TOKEN_HEADER => TOKEN,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_path() {
        let address = "/arrays/a/api/rest/job?select=id%20";
        assert_eq!(uri(address), Some(address.parse().unwrap()));
        for none in ["", "arrays/a", "http://a/b", "/a b"] {
            assert_eq!(uri(none), None, "{none}");
        }
    }

    #[test]
    fn every_header_that_the_console_knows_is_carried() {
        for name in [message::ACCEPT, message::AUTHORIZATION, message::CONTENT_TYPE].into_iter().chain(READ_HEADERS) {
            assert_eq!(named(name).unwrap().as_str(), name);
        }
    }
}
