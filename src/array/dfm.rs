//! Requests to a NetApp DFM, and its answers.
//!
//! ZAPI: every call is a POST of one element to one address, with the name and the password; what failed says
//! so in the body, by a number. Lists are conversations: see [`Talk`]. Sources: the reference of the category
//! `dp-job` (API 3.6R2 and 5.x), DFM's table of error numbers.

use super::powerstore::{Api, basic, check};
use super::{Answers, ArrayError, Method, Request, Response, Secret, Talk};
use crate::lifecycle::{Action, Release};
use crate::wire::powerstore::ErrorMessage;
use crate::wire::powerstore::message::{AUTHORIZATION, CONTENT_TYPE};
use crate::wire::zapi::{self, Element, ZapiError, errno};

/// How many rows one part of a list may hold: about a megabyte of jobs.
pub(super) const PART: &str = "1000";

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
        let (name, _) = self.names();
        [name, "-list-iter-", word].concat()
    }

    /// How its calls begin, and what holds its rows in their answers.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Listed::Jobs => ("dp-job", "jobs"),
            Listed::Events => ("dp-job-progress-event", "progress-events"),
            Listed::Plans => ("dp-job-schedule", "scheduled-jobs"),
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

/// What is told with a call: names, each with its value where there is one.
type Given<'a> = &'a [(&'a str, Option<&'a str>)];

fn calling(name: &str, given: Given) -> Vec<u8> {
    let mut call = Element::new(name);
    for (name, value) in given {
        if let Some(value) = value {
            call = call.with(name, value);
        }
    }
    zapi::call(&call)
}

impl Api {
    fn call(&self, name: &str, given: Given) -> Request {
        let mut request = Request::new(Method::Post, format!("{}{}", self.base, zapi::PATH));
        request.bare = true;
        request.headers.push(CONTENT_TYPE, zapi::CONTENT_TYPE.to_owned());
        if let Some((user, password)) = &self.login {
            request.headers.push(AUTHORIZATION, basic(user, password));
        }
        request.body = calling(name, given);
        request
    }

    fn talk(&self, of: Listed, given: Given) -> Talk {
        Talk::new(of, self.call(&of.call("start"), given))
    }

    /// Whether this name and password are right, and what server it is. They go with every later call.
    pub fn about(&mut self, user: &str, password: &Secret) -> Request {
        self.login = Some((user.to_owned(), password.clone()));
        self.call("dfm-about", &[])
    }

    /// The jobs of a query.
    pub fn protection_jobs(&self, query: &JobQuery) -> Talk {
        let from = query.started_from.map(seconds);
        self.talk(
            Listed::Jobs,
            &[
                ("job-id", query.id.as_deref()),
                ("job-state", query.state.as_deref()),
                ("job-type", query.kind.as_deref()),
                ("object-name-or-id", query.dataset.as_deref()),
                ("started-timestamp-from", from.as_deref()),
                // Without a word of it, the server stops at 50,000.
                ("max-jobs", Some("0")),
            ],
        )
    }

    /// One job.
    pub fn protection_job(&self, id: &str) -> Talk {
        self.talk(Listed::Jobs, &[("job-id", Some(id)), ("max-jobs", Some("0"))])
    }

    /// What a job reported: all of it, or what no later report has replaced.
    pub fn progress_events(&self, job: &str, history: bool) -> Talk {
        self.talk(Listed::Events, &[("job-id", Some(job)), ("history", Some(word(history)))])
    }

    /// What is planned between two times, milliseconds since 1970, by the server's clock.
    pub fn schedule(&self, from: i64, to: i64, dataset: Option<&str>) -> Talk {
        let (from, to) = (seconds(from), seconds(to));
        let given = [("from-time", Some(&*from)), ("to-time", Some(&*to)), ("dataset-name-or-id", dataset)];
        self.talk(Listed::Plans, &given)
    }

    /// When anything that plans are made from was changed last.
    pub fn schedule_changed(&self) -> Request {
        self.call("dp-job-schedule-get-last-changed", &[])
    }

    /// An action on one job, with every flag that it has, on or off.
    pub(super) fn act_on_job(&self, id: &str, action: &Action, answers: &Answers) -> Request {
        let mut given = vec![("job-id", Some(id))];
        for flag in action.flags {
            given.push((flag.name, Some(word(answers.flags.contains(&flag.name)))));
        }
        self.call(action.name, &given)
    }

    /// Removes the jobs that were over before a time, milliseconds since 1970, by the server's clock.
    pub fn purge_before(&self, time: i64, with_failed: bool) -> Request {
        let time = seconds(time);
        self.call(
            "dp-job-purge",
            &[("completed-timestamp", Some(&time)), ("purge-jobs-completed-with-error", Some(word(with_failed)))],
        )
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
    again(start, &of.call("next"), &[("maximum", Some(PART)), ("tag", Some(tag))])
}

/// Gives the list back.
pub(super) fn end(start: &Request, of: Listed, tag: &str) -> Request {
    again(start, &of.call("end"), &[("tag", Some(tag))])
}

/// Another call on the same way.
fn again(request: &Request, name: &str, given: Given) -> Request {
    Request { body: calling(name, given), ..request.clone() }
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

/// What holds the rows of a part; of jobs, of which there may be fifty thousand, without what nobody looks at.
pub(super) fn what_is_shown(part: Element, of: Listed) -> Element {
    let (_, name) = of.names();
    let mut holder = part.children.into_iter().find(|child| child.name == name).unwrap_or_default();
    if of == Listed::Jobs {
        for job in &mut holder.children {
            job.children.retain(|field| SHOWN.contains(&field.name.as_str()));
        }
    }
    holder
}

/// The release that a server tells of itself.
pub fn release(answer: &Element) -> Option<Release> {
    Release::parse(answer.text_of("version")?)
}

/// When plans were changed last, milliseconds since 1970.
pub fn changed_at(answer: &Element) -> Option<i64> {
    answer.time_of("last-changed-timestamp")
}
