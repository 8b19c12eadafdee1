//! A console without a page: a desk, what it shows, and a simulated fleet behind it, under one clock.
//!
//! It does what the page does and nothing more: carries requests, keeps the cookie as a browser would,
//! takes rows in. Shared by the stories and the walks.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod dice;
#[path = "../deploy/endpoints.rs"]
pub mod endpoints;
pub mod imports;

use std::collections::{BTreeMap, VecDeque};

use array_console::array::{Answers, Deed, Method, Request, Response, Secret, TransportFailure};
use array_console::lifecycle::Verdict;
use array_console::lifecycle::import_volume::IMPORT_VOLUME;
use array_console::operation::{Desk, Effect, Event, NamedThing, Settings, Stage, Ticket};
use array_console::simulator::{Answer, Fleet, Options, carried};
use array_console::wire::powerstore::{Job, Resource, Session};
use serde_json::{Value, json};

pub const ARRAY: &str = "frankfurt";
pub const PASSWORD: &str = "Password123!";

/// What went over the wire to change something.
#[derive(Clone, Debug)]
pub struct Change {
    pub method: &'static str,
    pub path: String,
    pub at: i64,
}

pub struct Console {
    pub fleet: Fleet,
    pub desk: Desk,
    pub now: i64,
    /// The imports as the page holds them.
    pub rows: BTreeMap<String, Session>,
    /// The sessions of the other collections, and the newest jobs.
    pub others: BTreeMap<String, Session>,
    pub lists: u32,
    /// How often a part of the list came.
    pub updates: u32,
    pub unreadable: u32,
    pub jobs: BTreeMap<String, Vec<Job>>,
    pub names: BTreeMap<(NamedThing, String), String>,
    /// By the page that was open and the number on it.
    pub journal: BTreeMap<(u32, u64), Deed>,
    page: u32,
    /// Every request that was no read, in order.
    pub changes: Vec<Change>,
    pub requests: u64,
    /// How many of them asked for the list of imports or a part of it.
    pub list_requests: u64,
    /// Bytes of the bodies that came back.
    pub bytes: usize,
    cookie: Option<String>,
    under_way: VecDeque<(Ticket, Request)>,
    /// Answers that never come while this is set: the desk has to lose patience.
    pub silent: bool,
    /// The connection breaks once it has brought the next change, and the browser sends it again.
    pub repeats: bool,
}

impl Console {
    pub fn new(options: Options) -> Console {
        let now = options.start;
        Console {
            fleet: Fleet::new(options),
            desk: desk(false),
            now,
            rows: BTreeMap::new(),
            others: BTreeMap::new(),
            lists: 0,
            updates: 0,
            unreadable: 0,
            jobs: BTreeMap::new(),
            names: BTreeMap::new(),
            journal: BTreeMap::new(),
            page: 0,
            changes: Vec::new(),
            requests: 0,
            list_requests: 0,
            bytes: 0,
            cookie: None,
            under_way: VecDeque::new(),
            silent: false,
            repeats: false,
        }
    }

    /// A quiet fleet, the page open, `admin` logged in, the list read.
    pub fn at_work() -> Console {
        let mut console = Console::new(Options { failures: 0, ..Options::default() });
        console.open_and_log_in();
        console
    }

    pub fn open_and_log_in(&mut self) {
        self.hear(Event::Open);
        self.log_in("admin", PASSWORD);
        assert!(self.desk.access().user().is_some(), "{:?}", self.desk.access());
        assert!(self.lists > 0);
    }

    pub fn log_in(&mut self, user: &str, password: &str) {
        self.hear(Event::LogIn { user: user.to_owned(), password: Secret::new(password) });
    }

    /// The page is closed and opened again: a new desk, the browser's cookie lives.
    pub fn reload(&mut self) {
        self.desk = desk(self.desk.settings().read_only);
        self.page += 1;
        self.under_way.clear();
        self.rows.clear();
        self.lists = 0;
        self.hear(Event::Open);
    }

    pub fn read_only(&mut self) {
        self.desk = desk(true);
        self.hear(Event::Open);
    }

    /// Tells the desk, and carries requests and answers until none is under way.
    pub fn hear(&mut self, event: Event) {
        let effects = self.desk.handle(event, self.now);
        self.perform(effects);
        while let Some((ticket, request)) = self.under_way.pop_front() {
            if self.silent {
                continue;
            }
            let result = self.carry(&request);
            let effects = self.desk.handle(Event::Answered { ticket, result }, self.now);
            self.perform(effects);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(ticket, request) => self.under_way.push_back((ticket, *request)),
                Effect::Abandon(ticket) => self.under_way.retain(|(other, _)| *other != ticket),
                Effect::Listed { resource, sessions, unreadable } => {
                    let sessions = sessions.into_iter().map(|session| (session.id.clone(), session));
                    if resource == Resource::Import {
                        self.rows = sessions.collect();
                        self.unreadable = unreadable;
                        self.lists += 1;
                    } else {
                        self.others.retain(|_, session| session.resource != resource);
                        self.others.extend(sessions);
                    }
                }
                Effect::Read(session) => {
                    let is_import = session.resource == Resource::Import;
                    let rows = if is_import { &mut self.rows } else { &mut self.others };
                    rows.insert(session.id.clone(), *session);
                }
                Effect::Updated { sessions } => {
                    self.rows.extend(sessions.into_iter().map(|session| (session.id.clone(), session)));
                    self.updates += 1;
                }
                Effect::Gone(sessions) => {
                    self.rows.retain(|id, _| !sessions.contains(id));
                    self.others.retain(|id, _| !sessions.contains(id));
                }
                Effect::Jobs { session, jobs } => _ = self.jobs.insert(session, jobs),
                Effect::Named { thing, names } => {
                    self.names.extend(names.into_iter().map(|(id, name)| ((thing, id), name)));
                }
                Effect::Deed(deed) => _ = self.journal.insert((self.page, deed.number), *deed),
                Effect::Changed => {}
            }
        }
    }

    /// One request to the array, as a browser would bring it there through the proxy.
    fn carry(&mut self, request: &Request) -> Result<Response, TransportFailure> {
        self.requests += 1;
        let path = request.address.strip_prefix(&format!("/arrays/{ARRAY}")).expect("the desk stays under its base");
        self.list_requests += u64::from(path.starts_with("/api/rest/import_session?"));
        let (listed, method) = (endpoints::powerstore(), request.method.word());
        assert!(endpoints::lets_through(listed, method, path), "a real proxy refuses {method} {path}");
        let changes = request.method != Method::Get;
        if changes {
            self.changes.push(Change { method: request.method.word(), path: path.to_owned(), at: self.now });
        }
        let proxied = Request { address: path.to_owned(), ..request.clone() };
        let mut request = carried::request(&proxied).expect("the desk writes addresses and headers as HTTP has them");
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        if changes && std::mem::take(&mut self.repeats) {
            let _ = self.fleet.handle(ARRAY, self.now, &request);
        }
        match self.fleet.handle(ARRAY, self.now, &request) {
            Answer::Dropped => Err(TransportFailure::Broken),
            Answer::Reply { response, .. } => {
                if let Some(cookie) = response.headers().get("set-cookie") {
                    let text = cookie.to_str().unwrap();
                    self.cookie = Some(text.split(';').next().unwrap().to_owned());
                }
                self.bytes += response.body().len();
                if response.body().len() > array_console::array::BODY_LIMIT {
                    return Err(TransportFailure::TooLarge);
                }
                Ok(carried::response(response))
            }
        }
    }

    /// Lets time pass, waking the desk whenever it wants.
    pub fn wait(&mut self, seconds: i64) {
        let until = self.now + seconds * 1000;
        let mut wakes = 0;
        while let Some(at) = self.desk.next_wake().filter(|at| *at <= until) {
            assert!(at > self.now || wakes < 1000, "the desk spins at {}", self.now);
            wakes = if at > self.now { 0 } else { wakes + 1 };
            self.now = self.now.max(at);
            self.hear(Event::Tick);
        }
        self.now = until;
    }

    /// Waits until `done`, at most an hour of the fleet's time.
    pub fn wait_until(&mut self, what: &str, mut done: impl FnMut(&mut Console) -> bool) {
        for _ in 0..3600 {
            if done(self) {
                return;
            }
            self.wait(1);
        }
        panic!("an hour passed, and still not: {what}");
    }

    /// The control door.
    pub fn control(&mut self, name: &str, body: Value) -> Value {
        let request = if name == "state" {
            http::Request::get("/simulator/state")
        } else {
            http::Request::post(format!("/simulator/{name}"))
        };
        let body = if name == "state" { Vec::new() } else { body.to_string().into_bytes() };
        let response = self.fleet.control(self.now, &request.body(body).unwrap());
        let answer: Value = serde_json::from_slice(response.body()).unwrap();
        assert!(response.status().is_success(), "{name}: {answer}");
        answer
    }

    pub fn fault(&mut self, fault: &str, more: Value) {
        let mut body = json!({ "array": ARRAY, "fault": fault });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.control("fault", body);
    }

    pub fn clear_faults(&mut self) {
        self.control("fault", json!({ "array": ARRAY, "clear": true }));
    }

    pub fn event(&mut self, session: &str, event: &str) {
        self.control("event", json!({ "array": ARRAY, "session": session, "event": event }));
    }

    /// What the simulator itself says of the array.
    pub fn truth(&mut self) -> Value {
        self.control("state", json!({}))["arrays"][ARRAY].clone()
    }

    /// The state of a session as the simulator itself has it.
    pub fn true_state(&mut self, session: &str) -> Option<String> {
        self.truth()["sessions"][session]["state"].as_str().map(str::to_owned)
    }

    /// How often the array carried an action out.
    pub fn carried_out(&mut self, action: &str) -> u64 {
        self.truth()["actions"][action].as_u64().unwrap_or(0)
    }

    /// A NAS server that no file import has: its system, and its address by name.
    pub fn free_nas_source(&mut self) -> (String, String) {
        let truth = self.truth();
        let source =
            truth["nas_sources"].as_array().unwrap().iter().find(|source| source["session"].is_null()).unwrap();
        let text = |key: &str| source[key].as_str().unwrap().to_owned();
        (text("remote_system_id"), format!("name:{}", text("name")))
    }

    /// A client that knows nothing of the console: Basic, no cookie.
    pub fn outsider(&mut self, method: &str, path: &str, body: Value) -> (u16, Value) {
        self.outsider_of(ARRAY, method, path, body)
    }

    /// The same at this array of the fleet.
    pub fn outsider_of(&mut self, array: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("/api/rest/{path}"))
            .header("authorization", "Basic YWRtaW46UGFzc3dvcmQxMjMh")
            .body(if body.is_null() { Vec::new() } else { body.to_string().into_bytes() })
            .unwrap();
        let response = self.fleet.handle(array, self.now, &request).into_response().expect("no fault is set");
        let body = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
        (response.status().as_u16(), body)
    }

    /// Begins an import through the API, of a source that is free; answers with its id.
    pub fn create(&mut self, name: &str, more: Value) -> String {
        let (_, sources) = self.outsider(
            "GET",
            "import_unity_volume?select=id,import_unity_id,importable_criteria&limit=2000",
            Value::Null,
        );
        let (_, remotes) = self.outsider("GET", "remote_system?select=id,name,type", Value::Null);
        for source in sources.as_array().unwrap() {
            for remote in remotes.as_array().unwrap().iter().filter(|remote| remote["type"] == "Unity") {
                let mut body = json!({ "name": name, "remote_system_id": remote["id"], "source_resource_id": source["id"], "type": "Agentless" });
                body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
                let (status, answer) = self.outsider("POST", "import_session", body);
                if status == 201 {
                    return answer["id"].as_str().unwrap().to_owned();
                }
            }
        }
        panic!("no source is free");
    }

    /// Presses the button of an action.
    pub fn ask(&mut self, session: &str, action: &str) {
        let action = IMPORT_VOLUME.action_named(action).unwrap();
        self.hear(Event::Ask { session: session.to_owned(), action });
    }

    pub fn confirm(&mut self, session: &str, flags: &[&'static str]) {
        let answers = Answers { flags: flags.to_vec(), ..Answers::default() };
        self.hear(Event::Confirm { session: session.to_owned(), answers });
    }

    /// Presses, confirms, and checks that it was sent.
    pub fn act(&mut self, session: &str, action: &str, flags: &[&'static str]) {
        let before = self.changes.len();
        self.ask(session, action);
        assert_eq!(self.stage(session), Some(Stage::Asking), "the dialog of {action} asks");
        self.confirm(session, flags);
        assert_eq!(self.changes.len(), before + 1, "{action} goes out once");
    }

    pub fn stage(&self, session: &str) -> Option<Stage> {
        self.desk.act(session).map(|act| act.stage.clone())
    }

    /// How the last act on the session ended, once it has.
    pub fn end(&self, session: &str) -> Option<array_console::array::DeedEnd> {
        let act = self.desk.act(session)?;
        (act.stage == Stage::Settled).then(|| act.deed.as_ref().map(|deed| deed.end.clone()))?
    }

    pub fn wait_for_end(&mut self, session: &str) -> array_console::array::DeedEnd {
        self.wait_until("the act is settled", |console| console.stage(session) == Some(Stage::Settled));
        self.end(session).unwrap()
    }

    pub fn wait_for_state(&mut self, session: &str, state: &str) {
        self.wait_until(&format!("the console shows {state}"), |console| {
            console.rows.get(session).and_then(|row| row.state.as_deref()) == Some(state)
        });
        assert_eq!(self.true_state(session).as_deref(), Some(state));
    }
}

fn desk(read_only: bool) -> Desk {
    Desk::new(Settings {
        kind: array_console::array::Kind::Powerstore,
        array: ARRAY.to_owned(),
        base: format!("/arrays/{ARRAY}/"),
        refresh: 5_000,
        patience: 30_000,
        read_only,
    })
}

/// What the tables say about an action on a session, as the console was told of both.
pub fn verdict(console: &Console, session: &str, action: &str) -> Verdict {
    let action = IMPORT_VOLUME.action_named(action).unwrap();
    console.desk.verdict(&console.rows[session], action)
}

/// An import that copies, agentless or with a host agent.
pub fn copying(console: &mut Console, kind: &str) -> String {
    let id = console.create("copying_01", json!({ "type": kind }));
    console.wait_until("its turn", |console| console.true_state(&id).as_deref() != Some("Queued"));
    if console.true_state(&id).as_deref() == Some("In_Progress") {
        console.event(&id, "set_up_done");
    }
    if kind == "Agentless" {
        for action in ["enable_destination_volume", "start_copy"] {
            assert_eq!(console.outsider("POST", &format!("import_session/{id}/{action}"), json!(null)).0, 204);
        }
    }
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    console.wait_for_state(&id, "Copy_In_Progress");
    id
}
