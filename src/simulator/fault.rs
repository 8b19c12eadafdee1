//! What is wrong with an array on purpose. Bodies and meanings: `docs/simulator.md`.

use http::{HeaderValue, Method, Response, StatusCode, header};

use super::answer::Answer;
use crate::simulator::tree::Tree;

/// A body beyond 16 MB, which no client should read to its end.
const TOO_LARGE: usize = 16 * 1024 * 1024 + 4096;

/// Every fault of the control door, those too that are no [`Harm`].
pub const NAMES: [&str; 20] = [
    "network_down",
    "drop_request",
    "drop_answer",
    "status_500_empty",
    "busy_503",
    "refuse_422",
    "stale_token",
    "html",
    "malformed_json",
    "truncated_body",
    "too_large",
    "slow",
    "drop_cookies",
    "expire_logins",
    "clock_skew",
    "source_unreachable",
    "link_down",
    "array_down",
    "unknown_state",
    "forget_iterators",
];

/// What a fault does to a request that it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Harm {
    /// Everything is dropped unread.
    NetworkDown,
    /// The request is dropped unread.
    DropRequest,
    /// The request is carried out, the answer is lost.
    DropAnswer,
    /// 500 without a body; not carried out.
    EmptyError,
    /// 503 in the array's words; not carried out.
    Busy,
    /// Carried out; the answer is a page of HTML with status 200.
    Html,
    /// Carried out; the answer is not JSON.
    MalformedJson,
    /// Carried out; the second half of the answer is missing.
    TruncatedBody,
    /// Carried out; the answer is longer than 16 MB.
    TooLarge,
    /// Carried out; the answer comes after this many milliseconds.
    Slow(u64),
    /// Cookies are neither given nor taken.
    DropCookies,
    /// The iterators of a DFM are forgotten, then it is carried out.
    ForgetIterators,
    /// The token of the request is out of date.
    StaleToken,
    /// A changing request is refused with this code and sentence.
    Refuse(String, String),
}

/// A harm, what it is done to, and how often.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Its name at the control door.
    pub name: String,
    pub harm: Harm,
    pub method: Option<Method>,
    pub path_contains: Option<String>,
    /// How often still; `None` until it is cleared.
    pub times: Option<u64>,
}

/// All that is wrong with one array.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    list: Vec<Fault>,
    /// How often a fault has happened that happens so many times.
    pub spent: u64,
    /// Raw states that are shown in place of the real ones, by session.
    pub states: Tree<String, String>,
    /// What the array's clock is ahead, in milliseconds, when it tells the time.
    pub skew_ms: i64,
}

impl Faults {
    /// Adds a fault.
    pub fn add(&mut self, fault: Fault) {
        self.list.push(fault);
    }

    /// Takes away the faults of this name, or all; raw states are taken back by the array.
    pub fn clear(&mut self, name: Option<&str>) {
        self.list.retain(|fault| name.is_some_and(|name| name != fault.name));
        if name.is_none_or(|name| name == "clock_skew") {
            self.skew_ms = 0;
        }
    }

    /// The harms that a request meets; each of them is used up once.
    pub fn meet(&mut self, method: &Method, path: &str) -> Vec<Harm> {
        let mut met = Vec::new();
        for fault in &mut self.list {
            let fits = fault.method.as_ref().is_none_or(|wanted| wanted == method)
                && fault.path_contains.as_ref().is_none_or(|part| path.contains(part.as_str()))
                && (method != Method::GET
                    || fault.method.is_some()
                    || !matches!(fault.harm, Harm::Refuse(..) | Harm::StaleToken));
            if fits && fault.times != Some(0) {
                self.spent += u64::from(fault.times.is_some());
                fault.times = fault.times.map(|times| times - 1);
                met.push(fault.harm.clone());
            }
        }
        self.list.retain(|fault| fault.times != Some(0));
        met
    }

    /// The names of what is wrong now.
    pub fn names(&self) -> Vec<&str> {
        let states = (!self.states.is_empty()).then_some("unknown_state");
        let skew = (self.skew_ms != 0).then_some("clock_skew");
        self.list.iter().map(|fault| fault.name.as_str()).chain(states).chain(skew).collect()
    }
}

/// What becomes of the answer on its way.
pub fn spoil(mut response: Response<Vec<u8>>, harms: &[Harm]) -> Answer {
    let mut delay_ms = 0;
    for harm in harms {
        match harm {
            Harm::DropAnswer => return Answer::Dropped,
            Harm::Slow(delay) => delay_ms += delay,
            Harm::Html => {
                *response.status_mut() = StatusCode::OK;
                *response.body_mut() = b"<!DOCTYPE html><title>Gateway</title><h1>It works!</h1>".to_vec();
                response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            }
            Harm::MalformedJson => response.body_mut().extend_from_slice(b"}{"),
            Harm::TruncatedBody => {
                let half = response.body().len() / 2;
                response.body_mut().truncate(half);
            }
            Harm::TooLarge => response.body_mut().resize(TOO_LARGE, b' '),
            _ => {}
        }
    }
    Answer::Reply { response, delay_ms }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(harm: Harm, times: Option<u64>) -> Fault {
        Fault {
            name: "it".to_owned(),
            harm,
            method: Some(Method::POST),
            path_contains: Some("/cutover".to_owned()),
            times,
        }
    }

    #[test]
    fn a_fault_meets_what_it_matches_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.add(fault(Harm::Busy, Some(1)));
        assert!(faults.meet(&Method::GET, "/api/rest/import_session/1/cutover").is_empty());
        assert!(faults.meet(&Method::POST, "/api/rest/import_session/1/pause").is_empty());
        assert_eq!(faults.meet(&Method::POST, "/api/rest/import_session/1/cutover"), [Harm::Busy]);
        assert!(faults.meet(&Method::POST, "/api/rest/import_session/1/cutover").is_empty());
        assert!(faults.names().is_empty());
    }

    #[test]
    fn a_fault_without_a_number_stays_until_it_is_cleared() {
        let mut faults = Faults::default();
        faults.add(fault(Harm::Html, None));
        for _ in 0..3 {
            assert_eq!(faults.meet(&Method::POST, "/cutover"), [Harm::Html]);
        }
        faults.clear(Some("other"));
        assert_eq!(faults.names(), ["it"]);
        faults.clear(None);
        assert!(faults.names().is_empty());
    }
}
