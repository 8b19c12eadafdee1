//! Requests to a NetApp DFM, and its answers.
//!
//! ZAPI: every call is a POST of one element to one address, with the name and the password; what failed says
//! so in the body, by a number. Lists are conversations: see [`Talk`]. Sources: the reference of the category
//! `dp-job` (API 3.6R2 and 5.x), DFM's table of error numbers.

use super::powerstore::{Api, basic, check};
use super::talk::Told;
use super::{Answers, ArrayError, Method, Request, Response, Secret, Talk};
use crate::lifecycle::{Action, Flag, Release};
use crate::wire::powerstore::message::{AUTHORIZATION, CONTENT_TYPE};
use crate::wire::powerstore::{ErrorMessage, Rows};
use crate::wire::zapi::{self, Element, ZapiError, errno};

/// How many rows one part of a list may hold: about a megabyte of jobs.
pub(super) const PART: u32 = 1000;

/// The lists that a DFM hands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    Jobs,
    Events,
    Plans,
}

impl Listed {
    /// The name of one of its three calls: `start`, `next` or `end`.
    fn call(self, word: &str) -> String {
        let name = match self {
            Listed::Jobs => "dp-job",
            Listed::Events => "dp-job-progress-event",
            Listed::Plans => "dp-job-schedule",
        };
        format!("{name}-list-iter-{word}")
    }

    /// None of its rows yet.
    pub(super) fn rows(self) -> Told {
        match self {
            Listed::Jobs => Told::Jobs(Rows { rows: Vec::new(), unreadable: 0 }),
            Listed::Events => Told::Events(Rows { rows: Vec::new(), unreadable: 0 }),
            Listed::Plans => Told::Plans(Rows { rows: Vec::new(), unreadable: 0 }),
        }
    }
}

/// What lists and pages show of a job, and what its rules read.
static SHOWN: [&str; 19] = [
    "bytes-transferred",
    "dataset-id",
    "dataset-name",
    "destination-node-name",
    "abort-requested-timestamp",
    "completed-timestamp",
    "job-description",
    "job-id",
    "job-overall-status",
    "job-progress",
    "job-state",
    "job-type",
    "object-id",
    "object-name",
    "object-type",
    "policy-name",
    "source-node-name",
    "started-timestamp",
    "submitted-by",
];

/// Which jobs a server is to list; what is `None` or empty leaves all in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobQuery {
    /// One job.
    pub id: Option<String>,
    /// In this state, as the wire calls it.
    pub state: Option<String>,
    /// Of this type, as the wire calls it.
    pub kind: Option<String>,
    /// Of this dataset or group, by its name or id.
    pub dataset: Option<String>,
    /// Begun at this time or later, milliseconds since 1970, by the server's clock. Jobs that have not begun
    /// are left out then.
    pub started_from: Option<i64>,
}

impl Api {
    fn call(&self, call: &Element) -> Request {
        let mut request = Request::new(Method::Post, format!("{}{}", self.base, zapi::PATH));
        request.bare = true;
        request.headers.push(CONTENT_TYPE, zapi::CONTENT_TYPE.to_owned());
        if let Some((user, password)) = &self.login {
            request.headers.push(AUTHORIZATION, basic(user, password));
        }
        request.body = zapi::call(call);
        request
    }

    fn talk(&self, of: Listed, wish: impl FnOnce(Element) -> Element) -> Talk {
        Talk::new(of, self.call(&wish(Element::new(&of.call("start")))))
    }

    /// Whether this name and password are right, and what server it is. They go with every later call.
    pub fn about(&mut self, user: &str, password: &Secret) -> Request {
        self.login = Some((user.to_owned(), password.clone()));
        self.call(&Element::new("dfm-about"))
    }

    /// The jobs of a query.
    pub fn protection_jobs(&self, query: &JobQuery) -> Talk {
        let told = [
            ("job-id", &query.id),
            ("job-state", &query.state),
            ("job-type", &query.kind),
            ("object-name-or-id", &query.dataset),
        ];
        self.talk(Listed::Jobs, |call| {
            let call = told.into_iter().fold(call, |call, (name, value)| with(call, name, value.as_deref()));
            let from = query.started_from.map(seconds);
            // Without a word of it, the server stops at 50,000.
            with(call, "started-timestamp-from", from.as_deref()).with("max-jobs", "0")
        })
    }

    /// One job.
    pub fn protection_job(&self, id: &str) -> Talk {
        self.protection_jobs(&JobQuery { id: Some(id.to_owned()), ..JobQuery::default() })
    }

    /// What a job reported: all of it, or what no later report has replaced.
    pub fn progress_events(&self, job: &str, history: bool) -> Talk {
        self.talk(Listed::Events, |call| call.with("job-id", job).with("history", word(history)))
    }

    /// What is planned between two times, milliseconds since 1970, by the server's clock.
    pub fn schedule(&self, from: i64, to: i64, dataset: Option<&str>) -> Talk {
        self.talk(Listed::Plans, |call| {
            let call = call.with("from-time", &seconds(from)).with("to-time", &seconds(to));
            with(call, "dataset-name-or-id", dataset)
        })
    }

    /// When anything that plans are made from was changed last.
    pub fn schedule_changed(&self) -> Request {
        self.call(&Element::new("dp-job-schedule-get-last-changed"))
    }

    /// An action on one job, with every flag that it has, on or off.
    pub(super) fn act_on_job(&self, id: &str, action: &Action, answers: &Answers) -> Request {
        let call = Element::new(action.name).with("job-id", id);
        let flagged = |call: Element, flag: &Flag| call.with(flag.name, word(answers.flags.contains(&flag.name)));
        self.call(&action.flags.iter().fold(call, flagged))
    }

    /// Removes the jobs that were over before a time, milliseconds since 1970, by the server's clock.
    pub fn purge_before(&self, time: i64, with_failed: bool) -> Request {
        let call = Element::new("dp-job-purge").with("completed-timestamp", &seconds(time));
        self.call(&call.with("purge-jobs-completed-with-error", word(with_failed)))
    }
}

fn with(call: Element, name: &str, value: Option<&str>) -> Element {
    match value {
        Some(value) => call.with(name, value),
        None => call,
    }
}

fn word(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

fn seconds(milliseconds: i64) -> String {
    milliseconds.div_euclid(1000).to_string()
}

/// The next part of the list that `start` has begun, and lies under `tag`.
pub(super) fn next(start: &Request, of: Listed, tag: &str) -> Request {
    again(start, &Element::new(&of.call("next")).with("maximum", &PART.to_string()).with("tag", tag))
}

/// Gives the list back.
pub(super) fn end(start: &Request, of: Listed, tag: &str) -> Request {
    again(start, &Element::new(&of.call("end")).with("tag", tag))
}

/// Another call on the same way.
fn again(request: &Request, call: &Element) -> Request {
    Request { body: zapi::call(call), ..request.clone() }
}

/// What a call that succeeded gave back.
pub fn results(response: &Response) -> Result<Element, ArrayError> {
    check(response)?;
    zapi::results(&response.body).map_err(|error| match error {
        ZapiError::Failed { errno, reason } => failure(response.status, errno, reason),
        ZapiError::Unreadable(_) if is_page(&response.body) => ArrayError::WebPage,
        ZapiError::Unreadable(what) => ArrayError::Unreadable(what.to_string()),
    })
}

fn is_page(body: &[u8]) -> bool {
    let head = body.get(..15).unwrap_or(body).to_ascii_lowercase();
    [&b"<html"[..], b"<!doctype html"].iter().any(|page| head.starts_with(page))
}

/// What a number means for whoever asked.
fn failure(status: u16, number: u32, reason: String) -> ArrayError {
    let code = errno::code(number);
    let messages = vec![ErrorMessage { code: Some(code), severity: None, message_l10n: Some(reason) }];
    match number {
        errno::EACCESSDENIED | errno::EAPIPRIVILEGE => ArrayError::NotPermitted(messages),
        errno::EJOBDOESNOTEXIST => ArrayError::NotFound(messages),
        // Whether anything was done is not said.
        errno::EDATABASEERROR | errno::EAPIERROR | errno::EINTERNALERROR | 0 => ArrayError::Failed { status, messages },
        _ => ArrayError::Refused { status, messages },
    }
}

/// True when the server does not know the name of a list (any more).
pub(super) fn has_forgotten(error: &ArrayError) -> bool {
    let code = errno::code(errno::EINVALIDTAG);
    matches!(error, ArrayError::Refused { messages, .. } if messages.iter().any(|told| told.code.as_ref() == Some(&code)))
}

/// How many rows lie on the server, and under which name.
pub(super) fn started(answer: &Element) -> Result<(usize, String), ArrayError> {
    let records = answer.number_of("records").and_then(|records| usize::try_from(records).ok());
    match (records, answer.text_of("tag")) {
        (Some(records), Some(tag)) => Ok((records, tag.to_owned())),
        _ => Err(ArrayError::Unreadable("a list began without a number of records or without a tag".to_owned())),
    }
}

/// A part of the list of jobs without what nobody looks at: there may be fifty thousand.
pub(super) fn what_is_shown(mut part: Element) -> Element {
    for job in part.children.iter_mut().flat_map(|holder| holder.children.iter_mut()) {
        job.children.retain(|field| SHOWN.contains(&field.name.as_str()));
    }
    part
}

/// The release that a server tells of itself.
pub fn release(answer: &Element) -> Option<Release> {
    Release::parse(answer.text_of("version")?)
}

/// When plans were changed last, milliseconds since 1970.
pub fn changed_at(answer: &Element) -> Option<i64> {
    answer.time_of("last-changed-timestamp")
}
