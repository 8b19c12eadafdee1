//! A client of the simulated DFM server, and of the control door beside it.

use array_console::lifecycle::Release;
use array_console::simulator::{DFM, Fleet, Options};
use array_console::wire::zapi::{self, Element, ZapiError};
use base64::Engine;
use http::{Method, Request};
use serde_json::{Value, json};

pub struct Door {
    pub fleet: Fleet,
    /// Milliseconds since 1970.
    pub now: i64,
}

/// A call with these inputs.
pub fn call(name: &str, inputs: &[(&str, &str)]) -> Element {
    inputs.iter().fold(Element::new(name), |call, (input, value)| call.with(input, value))
}

impl Door {
    /// A server with so many jobs, and nothing else in the fleet.
    pub fn new(seed: u64, jobs: usize, failures: u32, release: [u16; 4]) -> Door {
        let options = Options {
            seed,
            imports: 0,
            replications: 0,
            protection_jobs: Some(jobs),
            failures,
            releases: [(DFM.to_owned(), Release(release))].into(),
            ..Options::default()
        };
        Door { now: options.start, fleet: Fleet::new(options) }
    }

    /// What comes back from a call: its results, or the number and the words of its refusal.
    pub fn make(&mut self, user: &str, call: &Element) -> Result<Element, (u32, String)> {
        let login = base64::engine::general_purpose::STANDARD.encode(format!("{user}:Password123!"));
        let request = Request::builder()
            .method(Method::POST)
            .uri("/apis/XMLrequest")
            .header("authorization", format!("Basic {login}"))
            .body(zapi::call(call))
            .unwrap();
        let response = self.fleet.handle(DFM, self.now, &request).into_response().expect("an answer");
        zapi::results(response.body()).map_err(|error| match error {
            ZapiError::Failed { errno, reason } => (errno, reason),
            error => panic!("{call:?}: {error}"),
        })
    }

    pub fn ask(&mut self, name: &str, inputs: &[(&str, &str)]) -> Element {
        self.make("admin", &call(name, inputs)).unwrap_or_else(|no| panic!("{name} {inputs:?}: {no:?}"))
    }

    /// Begins a list; its tag.
    pub fn start(&mut self, family: &str, inputs: &[(&str, &str)]) -> String {
        self.ask(&format!("{family}-iter-start"), inputs).text_of("tag").unwrap().to_owned()
    }

    /// The rest of a list, in pages of so many, and its end.
    pub fn rest(&mut self, family: &str, holder: &str, tag: &str, maximum: usize) -> Vec<Element> {
        let mut rows = Vec::new();
        loop {
            let inputs = [("maximum", maximum.to_string()), ("tag", tag.to_owned())];
            let inputs: Vec<(&str, &str)> = inputs.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let page = self.ask(&format!("{family}-iter-next"), &inputs);
            match page.child(holder) {
                Some(holder) => rows.extend(holder.children.iter().cloned()),
                None => break,
            }
        }
        self.ask(&format!("{family}-iter-end"), &[("tag", tag)]);
        rows
    }

    pub fn list(&mut self, family: &str, holder: &str, inputs: &[(&str, &str)]) -> Vec<Element> {
        let tag = self.start(family, inputs);
        self.rest(family, holder, &tag, 60)
    }

    pub fn jobs(&mut self, inputs: &[(&str, &str)]) -> Vec<Element> {
        self.list("dp-job-list", "jobs", inputs)
    }

    /// Asks the control door; its status and its answer.
    pub fn control(&mut self, name: &str, body: &Value) -> (u16, Value) {
        let request = Request::builder().method(Method::POST).uri(format!("/simulator/{name}"));
        let answer = self.fleet.control(self.now, &request.body(body.to_string().into_bytes()).unwrap());
        (answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap())
    }

    /// Makes an event happen to a job or to the schedule of a dataset; what it has come to.
    pub fn happen(&mut self, session: &str, event: &str) -> Option<Value> {
        let (status, told) = self.control("event", &json!({ "array": DFM, "session": session, "event": event }));
        (status == 200).then_some(told)
    }
}
