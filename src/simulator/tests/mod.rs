//! The fleet as a client sees it: through `handle` and `control` alone.

mod api;
mod create;
mod dfm;
mod file_import;
mod groups;
mod jobs;
mod lifecycle;
mod migration;
mod policies;
mod replication;
mod replication_walk;
mod sources;
mod updates;

use super::{Answer, Fleet, Options};
use base64::Engine;
use http::{HeaderMap, Method, Request, Response, header};
use serde_json::{Value, json};

const START: i64 = 1_795_248_000_000;

/// A client with its own idea of the time.
pub struct Client {
    pub fleet: Fleet,
    pub now: i64,
    pub user: &'static str,
    /// The array that it speaks to.
    pub array: &'static str,
}

impl Client {
    pub fn of(options: Options) -> Self {
        Client { fleet: Fleet::new(Options { start: START, ..options }), now: START, user: "admin", array: "frankfurt" }
    }

    /// Without imports, without replications and without failures.
    pub fn quiet() -> Self {
        Client::of(Options { imports: 0, replications: 0, failures: 0, ..Options::default() })
    }

    pub fn try_send(&mut self, method: Method, path: &str, body: &Value, headers: &HeaderMap) -> Answer {
        let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{}:Password123!", self.user));
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/rest/{path}"))
            .header(header::AUTHORIZATION, format!("Basic {encoded}"))
            .body(bytes)
            .unwrap();
        request.headers_mut().extend(headers.clone());
        self.fleet.handle(self.array, self.now, &request)
    }

    pub fn send(&mut self, method: Method, path: &str, body: Value) -> Response<Vec<u8>> {
        self.try_send(method, path, &body, &HeaderMap::new()).into_response().unwrap()
    }

    pub fn get(&mut self, path: &str) -> Value {
        let response = self.send(Method::GET, path, Value::Null);
        assert!(response.status().is_success(), "{path}: {}", String::from_utf8_lossy(response.body()));
        body(&response)
    }

    /// Status and body of a POST.
    pub fn post(&mut self, path: &str, sent: Value) -> (u16, Value) {
        let response = self.send(Method::POST, path, sent);
        (response.status().as_u16(), body(&response))
    }

    pub fn control(&mut self, name: &str, sent: Value) -> (u16, Value) {
        let method = if name == "state" { Method::GET } else { Method::POST };
        let bytes = if sent.is_null() { Vec::new() } else { sent.to_string().into_bytes() };
        let request = Request::builder().method(method).uri(format!("/simulator/{name}")).body(bytes).unwrap();
        let response = self.fleet.control(self.now, &request);
        (response.status().as_u16(), body(&response))
    }

    pub fn wait(&mut self, seconds: i64) {
        self.now += seconds * 1000;
    }

    /// Creates an import; answers with its id.
    pub fn create(&mut self, kind: &str, more: Value) -> String {
        let free = self.get(
            "import_unity_volume?select=id,import_unity_id&importable_criteria=eq.Ready\
             &import_unity_consistency_group_id=is.null&order=size",
        );
        let name = format!("imp_{}", free[0]["id"].as_str().unwrap());
        let mut sent = json!({
            "name": name, "type": kind, "source_resource_id": free[0]["id"], "remote_system_id": free[0]["import_unity_id"],
        });
        sent.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        let (status, answer) = self.post("import_session", sent);
        assert_eq!(status, 201, "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    /// The id of what has this name.
    pub fn named(&mut self, resource: &str, name: &str) -> String {
        self.get(&format!("{resource}/name:{name}"))["id"].as_str().unwrap().to_owned()
    }

    pub fn session(&mut self, id: &str) -> Value {
        self.get(&format!("import_session/{id}?select=*"))
    }

    pub fn state(&mut self, id: &str) -> String {
        self.session(id)["state"].as_str().unwrap().to_owned()
    }

    pub fn act(&mut self, id: &str, action: &str) {
        let (status, answer) = self.post(&format!("import_session/{id}/{action}"), Value::Null);
        assert_eq!(status, 204, "{action}: {answer}");
    }

    pub fn event(&mut self, id: &str, event: &str) {
        let (status, answer) = self.control("event", json!({ "array": "frankfurt", "session": id, "event": event }));
        assert_eq!(status, 200, "{event}: {answer}");
    }

    /// Lets time pass until the session shows the state; at most two days.
    pub fn wait_for(&mut self, id: &str, state: &str) {
        for _ in 0..2 * 24 * 360 {
            if self.state(id) == state {
                return;
            }
            self.wait(10);
        }
        panic!("{state} was not reached: {}", self.session(id));
    }
}

pub fn body(response: &Response<Vec<u8>>) -> Value {
    if response.body().is_empty() { Value::Null } else { serde_json::from_slice(response.body()).unwrap() }
}
