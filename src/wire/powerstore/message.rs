//! What goes to an array and what comes back: HTTP, as far as the console speaks it.
//!
//! A library that knows all of HTTP brings the browser's program the names of eighty headers, and the
//! reading of addresses that the console has written itself.

use std::fmt;

/// The header that says what kind of answer is wanted.
pub const ACCEPT: &str = "accept";
/// The header that carries a name and a password.
pub const AUTHORIZATION: &str = "authorization";
/// The header that says which rows an answer holds: see [`super::ContentRange`].
pub const CONTENT_RANGE: &str = "content-range";
/// The header that says of what kind a body is.
pub const CONTENT_TYPE: &str = "content-type";
/// The header that tells the clock of whoever answers.
pub const DATE: &str = "date";
/// The header that carries the anti-forgery token, both ways (Developers Guide, "Authentication").
pub const TOKEN_HEADER: &str = "dell-emc-token";

/// The headers of an answer that the console reads; a transport need not carry others.
pub static READ_HEADERS: [&str; 3] = [TOKEN_HEADER, DATE, CONTENT_RANGE];

/// What replaces a secret.
const MASK: &str = "••••";

/// The methods that the API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads, and changes nothing.
    Get,
    /// Creates or acts.
    Post,
    /// Changes some fields.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// As the wire calls it.
    pub fn word(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// A handful of headers in the order in which they were put in, names in small letters. Whoever prints
/// them sees no secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(&'static str, String)>);

impl Headers {
    /// Puts a header in that is not there yet.
    pub fn push(&mut self, name: &'static str, value: String) {
        self.0.push((name, value));
    }

    /// The value of a header, whatever the case of its name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// All of them, secrets too, for whoever carries them.
    pub fn revealed(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// All of them, secrets masked.
    pub fn masked(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, if is_secret(name) { MASK } else { value.as_str() }))
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.masked()).finish()
    }
}

/// True for the headers that let whoever reads them act as the person.
fn is_secret(name: &str) -> bool {
    matches!(name, AUTHORIZATION | TOKEN_HEADER | "cookie")
}

/// A request, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What it wants.
    pub method: Method,
    /// Path and query: it begins at the page's own folder or is absolute on its origin.
    pub address: String,
    /// The headers that the console sets.
    pub headers: Headers,
    /// The body, empty when there is none.
    pub body: Vec<u8>,
    /// It goes out as it is: the browser adds no cookie and no password of its own, keeps none that comes
    /// back, and asks the person for none.
    pub bare: bool,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: Method, address: String) -> Request {
        Request { method, address, headers: Headers::default(), body: Vec::new(), bare: false }
    }
}

/// An answer, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// At least those of [`READ_HEADERS`] that came.
    pub headers: Headers,
    /// The body, empty when there is none.
    pub body: Vec<u8>,
}

impl Response {
    /// True when what was asked for was done, or is being done.
    pub fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_found_whatever_its_case_and_prints_no_secret() {
        let mut headers = Headers::default();
        headers.push(AUTHORIZATION, "Basic c2VjcmV0".to_owned());
        headers.push(TOKEN_HEADER, "token-value".to_owned());
        headers.push(ACCEPT, "application/json".to_owned());
        assert_eq!((headers.get("DELL-EMC-TOKEN"), headers.get("date")), (Some("token-value"), None));
        let mut request = Request::new(Method::Get, "/".to_owned());
        request.headers = headers;
        let printed = format!("{request:?}");
        assert!(printed.contains("application/json"));
        assert!(!printed.contains("c2VjcmV0") && !printed.contains("token-value"), "{printed}");
    }
}
