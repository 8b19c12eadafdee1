//! The demonstration without a page: a long random story is kept, told again, and leads to the same world.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "console/dice.rs"]
mod dice;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use array_console::array::{Method, Request, Response, Transport, TransportFailure};
use array_console::demo::{Demonstration, Link, PASSWORD, Page, Story};
use array_console::simulator::scenario::SCENARIOS;
use array_console::wire::zapi::{self, Element};
use base64::Engine;
use dice::Dice;
use serde_json::{Value, json};

const START: i64 = 1_795_248_000_000;

/// A browser's tab: a clock, and what it keeps through a reload.
#[derive(Default)]
struct Tab {
    now: Cell<i64>,
    kept: RefCell<BTreeMap<String, String>>,
    /// How many characters it takes; then none.
    room: Cell<usize>,
    waited: Cell<u64>,
}

impl Tab {
    fn new() -> Rc<Tab> {
        let tab = Tab::default();
        tab.now.set(START);
        tab.room.set(usize::MAX);
        Rc::new(tab)
    }

    fn pass(&self, milliseconds: i64) {
        self.now.set(self.now.get() + milliseconds);
    }

    fn story(&self) -> Option<String> {
        self.kept.borrow().get("array-console-story").cloned()
    }
}

impl Page for Tab {
    fn now(&self) -> i64 {
        self.now.get()
    }

    fn wait(&self, milliseconds: u64) -> Pin<Box<dyn Future<Output = ()>>> {
        self.waited.set(self.waited.get() + milliseconds);
        Box::pin(async {})
    }

    fn kept(&self, name: &str) -> Option<String> {
        self.kept.borrow().get(name).cloned()
    }

    fn keep(&self, name: &str, text: &str) -> bool {
        let fits = text.len() <= self.room.get();
        if fits {
            self.kept.borrow_mut().insert(name.to_owned(), text.to_owned());
        }
        fits
    }

    fn forget(&self, name: &str) {
        self.kept.borrow_mut().remove(name);
    }
}

/// A page on a demonstration, whose folder is not the root.
struct Visit {
    tab: Rc<Tab>,
    fleet: Demonstration,
    tokens: BTreeMap<&'static str, String>,
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}")))
}

impl Visit {
    fn open(tab: &Rc<Tab>, query: &str) -> Visit {
        let (link, wrong) = Link::read(query);
        assert_eq!(wrong, Vec::<String>::new());
        Visit { fleet: Demonstration::open(&link, tab.clone()), tab: tab.clone(), tokens: BTreeMap::new() }
    }

    fn send(
        &self,
        method: Method,
        address: &str,
        body: &[u8],
        headers: &[(&'static str, String)],
    ) -> Result<Response, TransportFailure> {
        let mut request = Request::new(method, format!("/some/folder/{address}"));
        request.body = body.to_vec();
        for (name, value) in headers {
            request.headers.push(name, value.clone());
        }
        match pin!(self.fleet.send(request)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("nothing here waits"),
        }
    }

    fn control(&self, name: &str, body: &Value) -> (u16, Value) {
        let method = if ["state"].contains(&name) { Method::Get } else { Method::Post };
        let body = if method == Method::Get { Vec::new() } else { body.to_string().into_bytes() };
        let answer = self.send(method, &format!("simulator/{name}"), &body, &[]).unwrap();
        (answer.status, serde_json::from_slice(&answer.body).unwrap())
    }

    /// The world, without who has looked at it.
    fn world(&self) -> Value {
        let mut state = self.control("state", &Value::Null).1;
        for array in state["arrays"].as_object_mut().unwrap().values_mut() {
            for looked in ["requests", "logins", "iterators"] {
                array.as_object_mut().unwrap().remove(looked);
            }
        }
        state
    }

    fn log_in(&mut self, array: &'static str, user: &str, password: &str) -> Option<u16> {
        let headers = [("authorization", basic(user, password))];
        let answer = self.send(Method::Get, &format!("arrays/{array}/api/rest/login_session"), b"", &headers).ok()?;
        if let Some(token) = answer.headers.get("dell-emc-token") {
            self.tokens.insert(array, token.to_owned());
        }
        Some(answer.status)
    }

    fn change(&mut self, array: &'static str, path: &str, body: &Value) -> Option<u16> {
        let token = self.tokens.get(array).cloned().unwrap_or_default();
        let headers = [("dell-emc-token", token), ("content-type", "application/json".to_owned())];
        let address = format!("arrays/{array}/api/rest/{path}");
        Some(self.send(Method::Post, &address, body.to_string().as_bytes(), &headers).ok()?.status)
    }

    fn call(&self, call: &Element) -> Option<u16> {
        let headers = [("authorization", basic("admin", PASSWORD))];
        Some(self.send(Method::Post, "arrays/dfm/apis/XMLrequest", &zapi::call(call), &headers).ok()?.status)
    }

    fn read(&self, array: &str, path: &str) -> Option<Vec<Value>> {
        let answer = self.send(Method::Get, &format!("arrays/{array}/api/rest/{path}"), b"", &[]).ok()?;
        serde_json::from_slice(&answer.body).ok()
    }

    /// Something that a person, a presenter or the time does.
    fn step(&mut self, dice: &mut Dice) {
        let array = *dice.one_of(&["frankfurt", "dublin"]);
        let world = self.world();
        let one_of = |dice: &mut Dice, all: &Value| -> Option<String> {
            let ids: Vec<&String> = all.as_object()?.keys().collect();
            (!ids.is_empty()).then(|| (*dice.one_of(&ids)).clone())
        };
        match dice.below(16) {
            0..=2 => self.tab.pass(i64::try_from(dice.roll() % 120_000).unwrap()),
            3 => {
                let user = *dice.one_of(&["admin", "admin", "viewer"]);
                let _ = self.log_in(array, user, if dice.in_hundred(95) { PASSWORD } else { "wrong" });
            }
            4..=6 => {
                let actions =
                    ["enable_destination_volume", "start_copy", "pause", "resume", "cutover", "cancel", "cleanup"];
                if let Some(id) = one_of(dice, &world["arrays"][array]["sessions"]) {
                    let action = dice.one_of(&actions);
                    let _ = self.change(array, &format!("import_session/{id}/{action}?is_async=true"), &json!({}));
                }
            }
            7 | 8 => {
                let actions =
                    ["sync", "pause", "resume", "failover", "reprotect", "start_failover_test", "stop_failover_test"];
                if let Some(id) = one_of(dice, &world["replications"]["sessions"]) {
                    let action = dice.one_of(&actions);
                    let _ = self.change(array, &format!("replication_session/{id}/{action}"), &json!({}));
                }
            }
            9 => {
                let sources = self.read(array, "import_unity_volume?select=id&importable_criteria=eq.Ready&limit=50");
                let remotes = self.read(array, "remote_system?select=id&type=eq.Unity");
                if let (Some(sources), Some(remotes)) = (sources, remotes)
                    && !sources.is_empty()
                {
                    let wish = json!({ "name": format!("new-{}", dice.roll() % 1000), "type": "Agentless",
                        "remote_system_id": dice.one_of(&remotes)["id"], "source_resource_id": dice.one_of(&sources)["id"] });
                    let _ = self.change(array, "import_session", &wish);
                }
            }
            10 => {
                if let Some(id) = one_of(dice, &world["arrays"]["dfm"]["sessions"]) {
                    let call = if dice.in_hundred(50) { "dp-job-abort" } else { "dp-job-purge" };
                    let _ = self.call(&Element::new(call).with("job-id", &id));
                }
            }
            11 => {
                // Such a list is forgotten by a fault that happens once.
                let start = Element::new("dp-job-list-iter-start");
                let _ = self.call(&start);
                let _ = self.call(&Element::new("dp-job-list-iter-next").with("maximum", "5").with("tag", "1"));
            }
            12 => _ = self.control(if dice.in_hundred(50) { "step" } else { "advance" }, &json!({})),
            13 => _ = self.control("advance", &json!({ "seconds": dice.below(600) })),
            14 => _ = self.control("speed", &json!({ "speed": dice.one_of(&[0, 1, 1, 10, 60]) })),
            _ => {
                let fault = *dice.one_of(&[
                    "drop_answer",
                    "drop_request",
                    "stale_token",
                    "busy_503",
                    "malformed_json",
                    "expire_logins",
                    "link_down",
                    "slow",
                    "forget_iterators",
                ]);
                let array = *dice.one_of(&[array, array, "dfm"]);
                let mut body = json!({ "array": array, "fault": fault, "delay_ms": 20 });
                if dice.in_hundred(50) {
                    body["times"] = json!(1 + dice.below(3));
                }
                let _ = self.control("fault", &body);
                if dice.in_hundred(70) {
                    let _ = self.control("fault", &json!({ "clear": true }));
                }
            }
        }
    }
}

/// The first place where two worlds differ, and how.
fn difference(place: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(ones), Value::Object(others)) => {
            let names = ones.keys().chain(others.keys());
            names.filter_map(|name| difference(&format!("{place}/{name}"), &one[name], &other[name])).next()
        }
        (Value::Array(ones), Value::Array(others)) if ones.len() == others.len() => {
            let pairs = ones.iter().zip(others).enumerate();
            pairs.filter_map(|(at, (one, other))| difference(&format!("{place}/{at}"), one, other)).next()
        }
        _ => (one != other).then(|| format!("{place}: {one} is {other}")),
    }
}

#[test]
fn a_long_story_told_again_leads_to_the_same_world() {
    for seed in 1..=2 {
        let tab = Tab::new();
        let query = format!("?scenario=whole&seed={seed}");
        let mut visit = Visit::open(&tab, &query);
        let mut dice = Dice(seed);
        for _ in 0..3 {
            for array in ["frankfurt", "dublin"] {
                visit.log_in(array, "admin", PASSWORD);
            }
            for _ in 0..130 {
                visit.step(&mut dice);
            }
            let world = visit.world();
            // The tab is closed for a day and opened again.
            tab.pass(86_400_000);
            visit = Visit::open(&tab, &query);
            assert_eq!(visit.fleet.notices(), Vec::<String>::new());
            let again = visit.world();
            assert_eq!(difference("", &world, &again), None, "seed {seed}");
        }
        let (_, passages) = Story::read(&tab.story().unwrap()).unwrap();
        assert!(passages.len() > 100, "{} requests", passages.len());
        assert!(passages.iter().any(|passage| passage.user.as_deref() == Some("admin")), "nobody did anything");
    }
}

#[test]
fn every_scenario_stands_after_a_reload_where_it_stood_and_goes_on() {
    for (name, _) in SCENARIOS {
        let tab = Tab::new();
        let query = format!("?scenario={name}&speed=0");
        let mut finished = false;
        while !finished {
            let visit = Visit::open(&tab, &query);
            assert_eq!(visit.fleet.notices(), Vec::<String>::new());
            let (status, told) = visit.control("scenario", &json!({ "next": true }));
            assert_eq!(status, 200, "{name}: {told}");
            finished = told["current"]["finished"] == true;
            let world = visit.world();
            tab.pass(3_600_000);
            assert_eq!(difference("", &world, &Visit::open(&tab, &query).world()), None, "{name}");
        }
    }
}

#[test]
fn a_scenario_that_there_is_not_is_named_after_a_reload_too() {
    let tab = Tab::new();
    let notices = || Visit::open(&tab, "?scenario=flood").fleet.notices();
    let first = notices();
    assert!(first.len() == 1 && first[0].contains("flood"), "{first:?}");
    assert_eq!(notices(), first);
}

#[test]
fn nothing_secret_is_kept() {
    let tab = Tab::new();
    let mut visit = Visit::open(&tab, "?scenario=whole");
    visit.log_in("frankfurt", "admin", PASSWORD);
    visit.change("frankfurt", "file_import_session", &json!({ "name": "x", "domain_password": "s3cret" }));
    visit.call(&Element::new("dp-job-abort").with("job-id", "1"));
    let kept = tab.kept.borrow().values().cloned().collect::<String>();
    assert!(kept.contains("file_import_session") && kept.contains("dp-job-abort"));
    let token = &visit.tokens["frankfurt"];
    for secret in ["s3cret", PASSWORD, token, "Basic", &basic("admin", PASSWORD)] {
        assert!(!kept.contains(secret), "{secret}");
    }
}

#[test]
fn the_configuration_and_the_arrays_are_there_in_any_folder() {
    let mut visit = Visit::open(&Tab::new(), "");
    let config = visit.send(Method::Get, "config.json", b"", &[]).unwrap();
    let config = array_console::array::Config::parse(&String::from_utf8(config.body).unwrap()).unwrap();
    assert_eq!(config.arrays.iter().map(|array| array.id.as_str()).collect::<Vec<_>>(), ["frankfurt", "dublin", "dfm"]);
    assert_eq!(visit.read("frankfurt", "job"), None, "nobody is logged in");
    assert_eq!(visit.log_in("frankfurt", "admin", PASSWORD), Some(200));
    assert!(visit.read("frankfurt", "job?select=id").is_some(), "the cookie is kept as a browser keeps it");
    assert_eq!(visit.read("dublin", "job"), None, "and goes to its own array alone");
    assert_eq!(visit.send(Method::Get, "nothing", b"", &[]).unwrap().status, 404);
}

#[test]
fn a_login_outlasts_the_days_of_a_story_and_ends_when_the_page_is_left_idle() {
    let tab = Tab::new();
    let mut visit = Visit::open(&tab, "?scenario=whole&speed=0");
    visit.log_in("frankfurt", "admin", PASSWORD);
    visit.control("advance", &json!({ "seconds": 47 * 3600 }));
    assert!(visit.read("frankfurt", "job?select=id").is_some());
    tab.pass(3_600_000);
    assert_eq!(visit.read("frankfurt", "job?select=id"), None);
}

#[test]
fn faults_are_met_as_over_a_network() {
    let mut visit = Visit::open(&Tab::new(), "");
    visit.log_in("frankfurt", "admin", PASSWORD);
    let fault = |fault: &str| {
        visit.control("fault", &json!({ "array": "frankfurt", "fault": fault, "delay_ms": 700, "times": 1 }))
    };
    let ask = || visit.send(Method::Get, "arrays/frankfurt/api/rest/job?select=id", b"", &[]);
    fault("drop_answer");
    assert_eq!(ask().unwrap_err(), TransportFailure::Broken);
    fault("too_large");
    assert_eq!(ask().unwrap_err(), TransportFailure::TooLarge);
    fault("slow");
    assert_eq!(ask().unwrap().status, 200);
    assert_eq!(visit.tab.waited.get(), 700);
    fault("expire_logins");
    assert_eq!(ask().unwrap().status, 401);
}

#[test]
fn another_link_begins_at_the_beginning_and_says_nothing() {
    let tab = Tab::new();
    let visit = Visit::open(&tab, "?scenario=whole&seed=1");
    visit.control("advance", &json!({ "seconds": 3600 }));
    let visit = Visit::open(&tab, "?scenario=whole&seed=2");
    assert_eq!(visit.fleet.notices(), Vec::<String>::new());
    assert_eq!((&visit.world()["seed"], &visit.world()["time"]), (&json!(2), &json!("2026-11-21T08:00:00.000+00:00")));
}

#[test]
fn a_story_that_cannot_be_told_is_dropped_and_that_is_said() {
    for damage in ["", "nonsense", "[\"array-console story 0\",\"\",0]\n"] {
        let tab = Tab::new();
        tab.keep("array-console-story", damage);
        let visit = Visit::open(&tab, "");
        let notices = visit.fleet.notices();
        assert!(notices.len() == 1 && notices[0].contains("begins anew"), "{notices:?}");
        assert_eq!(Visit::open(&tab, "").fleet.notices(), Vec::<String>::new(), "it is said once");
    }
    // The page stopped while it told the story.
    let tab = Tab::new();
    Visit::open(&tab, "");
    tab.keep("array-console-telling", "");
    assert!(Visit::open(&tab, "").fleet.notices()[0].contains("stopped"));
    assert_eq!(Visit::open(&tab, "").fleet.notices(), Vec::<String>::new());
}

#[test]
fn a_tab_without_room_goes_on_and_says_so() {
    let tab = Tab::new();
    let visit = Visit::open(&tab, "");
    visit.control("advance", &json!({ "seconds": 60 }));
    tab.room.set(0);
    visit.control("advance", &json!({ "seconds": 60 }));
    assert!(visit.fleet.notices()[0].contains("keeps nothing more"), "{:?}", visit.fleet.notices());
    assert_eq!(tab.story(), None, "half a story is none");
    assert_eq!(visit.control("advance", &json!({ "seconds": 60 })).0, 200);
    assert_eq!(visit.fleet.notices().len(), 1);
    // One that becomes too long is dropped as well.
    let tab = Tab::new();
    let visit = Visit::open(&tab, "");
    for _ in 0..3 {
        visit.control("fault", &json!({ "array": "x".repeat(400_000) }));
    }
    assert!(visit.fleet.notices()[0].contains("too long"), "{:?}", visit.fleet.notices());
    assert_eq!(tab.story(), None);
}

#[test]
fn what_was_begun_anew_is_forgotten() {
    let tab = Tab::new();
    let visit = Visit::open(&tab, "");
    visit.control("advance", &json!({ "seconds": 3600 }));
    visit.fleet.forget();
    visit.control("advance", &json!({ "seconds": 3600 }));
    tab.pass(5_000);
    assert_eq!(Visit::open(&tab, "").world()["time"], json!("2026-11-21T08:00:05.000+00:00"));
}
