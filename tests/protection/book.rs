//! A DFM of a few lines: it answers by the book and writes down what it was asked.

use std::collections::{BTreeMap, VecDeque};

use array_console::array::{Request, Response, TransportFailure};
use array_console::operation::Event;
use array_console::wire::powerstore::Headers;
use array_console::wire::zapi::{self, Element, errno};

use super::console::{Console, Server};

pub const START: i64 = 1_795_248_000_000;
pub const DAY: i64 = 86_400_000;
pub const PASSWORD: &str = "Zürich:1";
/// `admin:Zürich:1`.
pub const BASIC: &str = "Basic YWRtaW46WsO8cmljaDox";

/// A job, its fields by their names on the wire.
pub type Job = BTreeMap<&'static str, String>;

#[derive(Default)]
pub struct Book {
    pub jobs: Vec<Job>,
    /// By tag: the rows that are left, and the family.
    pub lists: BTreeMap<String, (&'static str, VecDeque<Element>)>,
    pub tags: u32,
    /// So many lists are forgotten at their next part.
    pub forgets: u32,
    /// Every call by its name.
    pub calls: Vec<String>,
    /// Rejected passwords that came.
    pub rejected: u32,
    /// What the next abort or purge is answered with.
    pub refuse: Option<(u32, &'static str)>,
    /// Nothing comes back of the next change.
    pub silent: bool,
    pub changed: i64,
    pub no_queue: bool,
}

pub fn job(id: u32, state: &str, started: Option<i64>) -> Job {
    let mut job = Job::from([
        ("job-id", id.to_string()),
        ("job-state", state.to_owned()),
        ("job-type", "mirror".to_owned()),
        ("job-progress", if state == "completed" { "success" } else { "in_progress" }.to_owned()),
        ("job-description", format!("Mirror <{id}> & Zürich")),
        ("dataset-id", "412".to_owned()),
        ("dataset-name", "erp".to_owned()),
        ("bytes-transferred", i64::MAX.to_string()),
    ]);
    if let Some(at) = started {
        job.insert("started-timestamp", (at / 1000).to_string());
        if state == "completed" {
            job.insert("completed-timestamp", (at / 1000 + 60).to_string());
        }
    }
    job
}

fn of(name: &str, fields: &Job) -> Element {
    fields.iter().fold(Element::new(name), |row, (name, value)| row.with(name, value))
}

impl Book {
    fn failed(number: u32, reason: &str) -> Element {
        Element::new("results").saying("status", "failed").saying("errno", &number.to_string()).saying("reason", reason)
    }

    fn begin(&mut self, family: &'static str, rows: VecDeque<Element>) -> Element {
        self.tags += 1;
        let tag = format!("tag_{}", self.tags);
        let records = rows.len().to_string();
        self.lists.insert(tag.clone(), (family, rows));
        Element::new("results").saying("status", "passed").with("records", &records).with("tag", &tag)
    }

    fn go_on(&mut self, family: &str, call: &Element) -> Element {
        let tag = call.text_of("tag").unwrap();
        if self.forgets > 0 {
            self.forgets -= 1;
            self.lists.remove(tag);
        }
        let Some((of, rows)) = self.lists.get_mut(tag) else {
            return Book::failed(errno::EINVALIDTAG, "No such tag.");
        };
        assert_eq!(*of, family, "a tag of another list");
        let maximum = usize::try_from(call.number_of("maximum").unwrap()).unwrap();
        let part: Vec<Element> = (0..maximum).map_while(|_| rows.pop_front()).collect();
        let holder = match family {
            "dp-job" => "jobs",
            "dp-job-progress-event" => "progress-events",
            _ => "scheduled-jobs",
        };
        let results = Element::new("results").saying("status", "passed").with("records", &part.len().to_string());
        if part.is_empty() {
            results
        } else {
            results.holding(part.into_iter().fold(Element::new(holder), Element::holding))
        }
    }

    fn listed(&self, call: &Element) -> VecDeque<Element> {
        let fits = |job: &&Job| {
            let is = |input: &str, field: &str| {
                call.text_of(input).is_none_or(|wanted| job.get(field).is_some_and(|told| told == wanted))
            };
            let from = call.number_of("started-timestamp-from");
            let started = job.get("started-timestamp").and_then(|at| at.parse::<i64>().ok());
            is("job-id", "job-id")
                && is("job-state", "job-state")
                && is("job-type", "job-type")
                && is("object-name-or-id", "dataset-name")
                && from.is_none_or(|from| started.is_some_and(|at| at >= from))
        };
        self.jobs.iter().filter(fits).map(|job| of("dp-job-info", job)).collect()
    }

    fn change(&mut self, call: &Element) -> Element {
        if let Some((number, reason)) = self.refuse.take() {
            return Book::failed(number, reason);
        }
        let passed = Element::new("results").saying("status", "passed");
        let id = call.text_of("job-id").map(str::to_owned);
        if call.name == "dp-job-abort" {
            let job = self.jobs.iter_mut().find(|job| Some(&job["job-id"]) == id.as_ref()).unwrap();
            job.insert("job-state", "aborting".to_owned());
            return passed;
        }
        let errors = call.text_of("purge-jobs-completed-with-error") == Some("true");
        let before = call.number_of("completed-timestamp");
        self.jobs.retain(|job| {
            let good = job["job-progress"] == "success" && job["job-state"] == "completed";
            let ended = job.get("completed-timestamp").map(|at| at.parse::<i64>().unwrap());
            let goes = match &id {
                Some(id) => job["job-id"] == *id,
                None => ended.zip(before).is_some_and(|(ended, before)| ended < before) && (good || errors),
            };
            !goes
        });
        passed
    }
}

impl Server for Book {
    fn answer(&mut self, request: &Request, now: i64) -> Result<Response, TransportFailure> {
        assert!(request.bare, "the browser must add nothing of its own");
        assert_eq!(request.address, "/arrays/dfm/apis/XMLrequest");
        let respond = |status, body: Vec<u8>| Ok(Response { status, headers: Headers::default(), body });
        let call = zapi::called(&request.body).unwrap();
        self.calls.push(call.name.clone());
        if request.headers.get("authorization") != Some(BASIC) {
            self.rejected += 1;
            return respond(401, Vec::new());
        }
        let results = match call.name.as_str() {
            "dfm-about" => Element::new("results").saying("status", "passed").with("version", "5.2.0.16835"),
            "dp-job-list-iter-start" if self.no_queue && call.text_of("job-state") == Some("queued") => {
                Book::failed(errno::EINVALIDINPUT, "No such state.")
            }
            "dp-job-list-iter-start" => self.begin("dp-job", self.listed(&call)),
            "dp-job-progress-event-list-iter-start" => {
                let event = Element::new("dp-job-progress-event-info").with("event-id", "1").with("job-id", "1");
                self.begin("dp-job-progress-event", VecDeque::from([event]))
            }
            "dp-job-schedule-list-iter-start" => {
                let from = call.text_of("from-time").unwrap().to_owned();
                let data = Element::new("dp-snapmirror-transfer-job-data").with("connection-id", "9");
                let entry =
                    Element::new("dp-scheduled-job").with("dataset-id", "412").with("start-time", &from).holding(data);
                self.begin("dp-job-schedule", VecDeque::from([entry]))
            }
            "dp-job-schedule-get-last-changed" => Element::new("results")
                .saying("status", "passed")
                .with("last-changed-timestamp", &self.changed.to_string()),
            "dp-job-abort" | "dp-job-purge" => {
                let results = self.change(&call);
                if std::mem::take(&mut self.silent) {
                    return Err(TransportFailure::Broken);
                }
                results
            }
            name if name.ends_with("-list-iter-next") => {
                self.go_on(name.strip_suffix("-list-iter-next").unwrap(), &call)
            }
            name if name.ends_with("-list-iter-end") => match self.lists.remove(call.text_of("tag").unwrap()) {
                Some(_) => Element::new("results").saying("status", "passed"),
                None => Book::failed(errno::EINVALIDTAG, "No such tag."),
            },
            other => panic!("{other} at {now}"),
        };
        let mut text = "<?xml version='1.0' encoding='UTF-8' ?>\n<netapp version='1.0'>\n".to_owned();
        results.write(&mut text);
        respond(200, (text + "</netapp>").into_bytes())
    }
}

impl Console<Book> {
    pub fn with(jobs: Vec<Job>) -> Console<Book> {
        Console::of(Book { jobs, changed: 7, ..Book::default() }, START)
    }

    pub fn at_work(jobs: Vec<Job>) -> Console<Book> {
        let mut console = Console::with(jobs);
        console.hear(Event::Open);
        console.log_in("admin", PASSWORD);
        assert_eq!(console.desk.access().user(), Some("admin"));
        console
    }

    pub fn count(&self, call: &str) -> usize {
        self.server.calls.iter().filter(|name| name.as_str() == call).count()
    }
}
