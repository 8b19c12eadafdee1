//! A request and its answer as they went over the wire, secrets masked.

use super::{Request, Response, TransportFailure};
use crate::wire::powerstore::TOKEN_HEADER;
use crate::wire::powerstore::message::AUTHORIZATION;

/// How much of a body is kept, in bytes.
const BODY_KEPT: usize = 4096;

/// One request and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The method.
    pub method: &'static str,
    /// The address, as it was asked for.
    pub address: String,
    /// The headers that the console sets, secrets masked.
    pub headers: Vec<(String, String)>,
    /// The body, empty when there is none.
    pub body: String,
    /// When it was sent, milliseconds since 1970.
    pub sent_at: i64,
    /// What came back; `None` while nothing has.
    pub answer: Option<Answer>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When, milliseconds since 1970.
    pub at: i64,
    /// The HTTP status; `None` when there was no answer.
    pub status: Option<u16>,
    /// The beginning of the body, or why there is none.
    pub body: String,
}

impl Exchange {
    /// Takes down a request that is about to be sent.
    pub fn begin(request: &Request, now: i64) -> Exchange {
        let headers = request.headers.masked();
        Exchange {
            method: request.method.word(),
            address: request.address.clone(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: masked(beginning(&request.body)),
            sent_at: now,
            answer: None,
        }
    }

    /// Takes down what came back.
    pub fn finish(&mut self, result: &Result<Response, TransportFailure>, now: i64) {
        let (status, body) = match result {
            Ok(response) => (Some(response.status), beginning(&response.body)),
            Err(TransportFailure::Broken) => (None, "The connection failed or was closed.".to_owned()),
            Err(TransportFailure::TimedOut) => (None, "No answer in time.".to_owned()),
            Err(TransportFailure::TooLarge) => (None, "The answer is larger than 16 MB.".to_owned()),
            Err(TransportFailure::Truncated) => (None, "The answer broke off.".to_owned()),
        };
        self.answer = Some(Answer { at: now, status, body });
    }

    /// The request as a line for a shell, secrets as variables to fill in.
    pub fn curl(&self) -> String {
        let mut line = format!("curl -X {} {}", self.method, quoted(&self.address));
        for (name, value) in &self.headers {
            if name == AUTHORIZATION {
                continue;
            }
            // A variable is only filled in between double quotes.
            let is_token = name == TOKEN_HEADER;
            let header = if is_token { format!("\"{name}: $TOKEN\"") } else { quoted(&format!("{name}: {value}")) };
            line.push_str(" -H ");
            line.push_str(&header);
        }
        // Who speaks, either by a name and a password with each request or by the cookie of a login.
        let is_basic = self.headers.iter().any(|(name, _)| name == AUTHORIZATION);
        line.push_str(if is_basic { " --user \"$USER\"" } else { " --cookie \"auth_cookie=$COOKIE\"" });
        if !self.body.is_empty() {
            line.push_str(" --data ");
            line.push_str(&quoted(&self.body));
        }
        line
    }
}

fn beginning(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body.get(..BODY_KEPT).unwrap_or(body)).into_owned();
    if body.len() > BODY_KEPT { format!("{text}… ({} bytes in all)", body.len()) } else { text }
}

/// A body without the values of the fields that are passwords.
pub fn masked(body: String) -> String {
    let mut shown = String::new();
    let (mut escaped, mut secret) = (false, false);
    for letter in body.chars() {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        if !secret || ends {
            shown.push(letter);
        }
        if secret && ends {
            secret = false;
        } else if ends && shown.ends_with("_password\":\"") {
            secret = true;
            shown.push_str("•••");
        }
    }
    shown
}

/// Between single quotes, as a shell reads them.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::powerstore::message::{CONTENT_TYPE, Headers, Method};

    fn request() -> Request {
        let address = "/arrays/a/api/rest/import_session/1/cancel?is_async=true";
        let mut request = Request::new(Method::Post, address.to_owned());
        request.headers.push(TOKEN_HEADER, "token-value".to_owned());
        request.headers.push(AUTHORIZATION, "Basic c2VjcmV0".to_owned());
        request.headers.push(CONTENT_TYPE, "application/json".to_owned());
        request.body = br#"{"force":false,"note":"it's"}"#.to_vec();
        request
    }

    #[test]
    fn passwords_in_a_body_are_masked() {
        let body = r#"{"a":"1","x_password":"se\"cret","b":"2","y_password":"","z_password":"cut"#.to_owned();
        let wanted = r#"{"a":"1","x_password":"•••","b":"2","y_password":"•••","z_password":"•••"#;
        assert_eq!(masked(body), wanted);
    }

    #[test]
    fn no_secret_is_kept_or_printed() {
        let exchange = Exchange::begin(&request(), 5);
        let everything = format!("{exchange:?} {}", exchange.curl());
        assert!(!everything.contains("token-value") && !everything.contains("c2VjcmV0"));
    }

    #[test]
    fn the_curl_line_survives_a_shell() {
        let line = Exchange::begin(&request(), 5).curl();
        assert!(line.starts_with("curl -X POST '/arrays/a/api/rest/import_session/1/cancel?is_async=true'"));
        assert!(line.contains(r#"-H "dell-emc-token: $TOKEN""#));
        assert!(line.contains(r#"--data '{"force":false,"note":"it'\''s"}'"#));
    }

    #[test]
    fn long_bodies_are_cut_and_say_so() {
        let mut exchange = Exchange::begin(&request(), 5);
        let response = Response { status: 200, headers: Headers::default(), body: vec![b'x'; 10_000] };
        exchange.finish(&Ok(response), 9);
        let body = exchange.answer.unwrap().body;
        assert!(body.ends_with("(10000 bytes in all)"));
    }
}
