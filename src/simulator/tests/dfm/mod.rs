//! The DFM as a client sees it, bytes in, bytes out: through `handle` and `control` alone.

mod door;
mod work;

use base64::Engine;
use http::{Method, Request, Response, header};
use serde_json::{Value, json};

use super::START;
use crate::lifecycle::Release;
use crate::simulator::{Answer, DFM, Fleet, Options};
use crate::wire::zapi::{self, Element, ZapiError};

/// A client that sends its password with each call.
struct Client {
    fleet: Fleet,
    now: i64,
    user: &'static str,
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}")))
}

fn call(name: &str, inputs: &[(&str, &str)]) -> Element {
    inputs.iter().fold(Element::new(name), |call, (input, value)| call.with(input, value))
}

impl Client {
    fn of(options: Options) -> Client {
        let quiet = Options { imports: 0, replications: 0, failures: 0, start: START, ..options };
        Client { fleet: Fleet::new(quiet), now: START, user: "admin" }
    }

    fn with_jobs(jobs: usize) -> Client {
        Client::of(Options { protection_jobs: Some(jobs), ..Options::default() })
    }

    fn old(jobs: usize) -> Client {
        let releases = [(DFM.to_owned(), Release([3, 6, 2, 0]))].into();
        Client::of(Options { protection_jobs: Some(jobs), releases, ..Options::default() })
    }

    fn try_send(&mut self, body: &[u8], authorization: Option<&str>) -> Answer {
        let mut request = Request::builder().method(Method::POST).uri("/apis/XMLrequest");
        if let Some(value) = authorization {
            request = request.header(header::AUTHORIZATION, value);
        }
        self.fleet.handle(DFM, self.now, &request.body(body.to_vec()).unwrap())
    }

    fn send(&mut self, body: &[u8]) -> Response<Vec<u8>> {
        let authorization = basic(self.user, "Password123!");
        self.try_send(body, Some(&authorization)).into_response().unwrap()
    }

    fn text(&mut self, body: &str) -> String {
        let response = self.send(body.as_bytes());
        assert_eq!(response.status(), 200);
        String::from_utf8(response.into_body()).unwrap()
    }

    fn make(&mut self, call: &Element) -> Result<Element, ZapiError> {
        zapi::results(self.send(&zapi::call(call)).body())
    }

    fn ask(&mut self, name: &str, inputs: &[(&str, &str)]) -> Element {
        self.make(&call(name, inputs)).unwrap_or_else(|error| panic!("{name} {inputs:?}: {error}"))
    }

    /// The number of the refusal; 0 when it was carried out.
    fn errno(&mut self, name: &str, inputs: &[(&str, &str)]) -> u32 {
        self.errno_of(&call(name, inputs))
    }

    fn errno_of(&mut self, call: &Element) -> u32 {
        match self.make(call) {
            Ok(_) => 0,
            Err(ZapiError::Failed { errno, .. }) => errno,
            Err(error) => panic!("{call:?}: {error}"),
        }
    }

    /// All rows of a list, in pages of seven.
    fn list(&mut self, family: &str, start: &Element, holder: &str) -> Vec<Element> {
        let started = self.make(start).unwrap();
        let (count, tag) = (started.number_of("records").unwrap(), started.text_of("tag").unwrap().to_owned());
        let mut rows = Vec::new();
        loop {
            let page = self.ask(&format!("{family}-iter-next"), &[("maximum", "7"), ("tag", &tag)]);
            let told = page.number_of("records").unwrap();
            match page.child(holder) {
                Some(holder) => {
                    assert_eq!(told, holder.children.len() as i64);
                    rows.extend(holder.children.clone());
                }
                None => {
                    assert_eq!((told, rows.len() as i64), (0, count));
                    break;
                }
            }
        }
        self.ask(&format!("{family}-iter-end"), &[("tag", &tag)]);
        rows
    }

    fn jobs(&mut self, inputs: &[(&str, &str)]) -> Vec<Element> {
        self.list("dp-job-list", &call("dp-job-list-iter-start", inputs), "jobs")
    }

    fn events(&mut self, inputs: &[(&str, &str)]) -> Vec<Element> {
        let family = "dp-job-progress-event-list";
        self.list(family, &call(&format!("{family}-iter-start"), inputs), "progress-events")
    }

    fn ids(&mut self, inputs: &[(&str, &str)]) -> Vec<String> {
        self.jobs(inputs).iter().map(|job| job.text_of("job-id").unwrap().to_owned()).collect()
    }

    fn control(&mut self, name: &str, body: Value) -> (u16, Value) {
        let method = if name == "state" { Method::GET } else { Method::POST };
        let body = if name == "state" { Vec::new() } else { body.to_string().into_bytes() };
        let request = Request::builder().method(method).uri(format!("/simulator/{name}")).body(body).unwrap();
        let answer = self.fleet.control(self.now, &request);
        (answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap())
    }

    fn fault(&mut self, mut body: Value) {
        body["array"] = json!(DFM);
        let (status, told) = self.control("fault", body);
        assert_eq!(status, 200, "{told}");
    }

    /// A job of this type that somebody asks for now.
    fn submit(&mut self, dataset: &str, kind: &str) -> String {
        let (status, told) = self.control("event", json!({ "array": DFM, "session": dataset, "event": kind }));
        assert_eq!(status, 200, "{told}");
        told["session"].as_str().unwrap().to_owned()
    }

    fn happen(&mut self, session: &str, event: &str) {
        let (status, told) = self.control("event", json!({ "array": DFM, "session": session, "event": event }));
        assert_eq!(status, 200, "{told}");
    }

    fn job(&mut self, id: &str) -> Element {
        self.jobs(&[("job-id", id)]).remove(0)
    }

    fn state_of(&mut self, id: &str) -> String {
        self.job(id).text_of("job-state").unwrap().to_owned()
    }

    fn wait(&mut self, seconds: i64) {
        self.now += seconds * 1000;
    }
}
