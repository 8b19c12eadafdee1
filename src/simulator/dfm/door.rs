//! The door of a DFM: from a request to its answer.
//!
//! One address takes every call. Basic goes with each of them; who comes without is asked for it, as clients
//! that wait for the question need it. A call that is refused is answered with 200 all the same: the number
//! and the words of a refusal are in the body.

use http::{HeaderValue, Method, Request, Response, StatusCode, header};

use super::calls::{self, Asked};
use super::iterators::Iterators;
use super::model::{Refusal, Server};
use crate::simulator::answer::{self, Answer};
use crate::simulator::counts::{Counts, count};
use crate::simulator::fault::{self, Faults, Harm};
use crate::simulator::powerstore::login;
use crate::wire::Misread;
use crate::wire::zapi::{self, Element, errno};

/// Where calls go.
const ADDRESS: &str = "/apis/XMLrequest";

/// A DFM server with all that stands between it and the network.
#[derive(Debug)]
pub struct Dfm {
    pub server: Server,
    pub iterators: Iterators,
    /// What is wrong with it on purpose.
    pub faults: Faults,
    /// What was asked of it.
    pub counts: Counts,
}

impl Dfm {
    /// A server of which nothing was asked yet.
    pub fn new(server: Server) -> Dfm {
        let iterators = Iterators::new(server.seed.named("tags"));
        Dfm { server, iterators, faults: Faults::default(), counts: Counts::default() }
    }

    /// Answers a request when its time stands at `now`.
    pub fn answer(&mut self, now: i64, request: &Request<Vec<u8>>) -> Answer {
        let call = zapi::called(request.body());
        let name = call.as_ref().map_or("unreadable", |call| call.name.as_str());
        let known = calls::named(name);
        count(&mut self.counts.requests, known.map_or("unknown", |call| call.name).to_owned());
        // Every call is a POST: for faults those that only read count as GET.
        let method = if known.is_some_and(|call| call.changes) { Method::POST } else { Method::GET };
        let harms = self.faults.meet(&method, &format!("{ADDRESS} {name}"));
        if harms.iter().any(|harm| matches!(harm, Harm::NetworkDown | Harm::DropRequest)) {
            return Answer::Dropped;
        }
        if harms.contains(&Harm::ForgetIterators) {
            self.iterators.forget();
        }
        let mut response = if harms.contains(&Harm::EmptyError) {
            answer::empty(StatusCode::INTERNAL_SERVER_ERROR)
        } else if harms.contains(&Harm::Busy) {
            sentence(StatusCode::SERVICE_UNAVAILABLE, "The server is busy: try again later.\n")
        } else {
            self.admitted(now, request, call, &harms)
        };
        let date = crate::wire::time::format_http_date(now + self.faults.skew_ms);
        if let Ok(date) = HeaderValue::from_str(&date) {
            response.headers_mut().insert(header::DATE, date);
        }
        fault::spoil(response, &harms)
    }

    fn admitted(
        &mut self,
        now: i64,
        request: &Request<Vec<u8>>,
        call: Result<Element, Misread>,
        harms: &[Harm],
    ) -> Response<Vec<u8>> {
        if request.uri().path() != ADDRESS {
            return sentence(StatusCode::NOT_FOUND, "There is nothing at this address.\n");
        }
        if request.method() != Method::POST {
            return sentence(StatusCode::METHOD_NOT_ALLOWED, "Calls are made with POST.\n");
        }
        let credentials = request.headers().get(header::AUTHORIZATION);
        let Some(user) = credentials.and_then(login::known) else {
            // One that waits to be asked has done nothing wrong.
            self.counts.logins_wrong += u64::from(credentials.is_some());
            return challenge();
        };
        self.counts.logins_right += 1;
        let changes = call.as_ref().is_ok_and(|call| calls::named(&call.name).is_some_and(|call| call.changes));
        self.counts.let_in += u64::from(changes);
        let made = match call {
            Ok(call) => calls::answer(self, &Asked { call: &call, user, now }, harms),
            Err(mistake) => Err(Refusal::new(errno::EAPIERROR, format!("The request cannot be read: {mistake}."))),
        };
        let body = match made {
            Ok(results) if results.is_empty() => zapi::answer_written("<results status=\"passed\"/>"),
            Ok(results) => zapi::answer_written(&format!("<results status=\"passed\">{results}</results>")),
            Err(refusal) => {
                let results = Element::new("results")
                    .saying("status", "failed")
                    .saying("reason", &refusal.reason)
                    .saying("errno", &refusal.errno.to_string());
                zapi::answer(&results)
            }
        };
        let mut response = Response::new(body);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(zapi::CONTENT_TYPE));
        response
    }
}

fn sentence(status: StatusCode, words: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(words.as_bytes().to_vec());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn challenge() -> Response<Vec<u8>> {
    let mut response = sentence(StatusCode::UNAUTHORIZED, "A name and its password are needed.\n");
    let scheme = HeaderValue::from_static("Basic realm=\"DataFabric Manager\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    response
}
