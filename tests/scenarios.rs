//! The scenarios that come along, told to their ends through the control door, time advanced and never slept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use array_console::fleet::Route;
use array_console::simulator::scenario::SCENARIOS;
use array_console::simulator::{Fleet, Options};
use array_console::wire::powerstore::Resource;
use http::{Method, Request, header};
use serde_json::{Value, json};

/// `admin` with the password of the fleet, for Basic.
const ADMIN: &str = "Basic YWRtaW46UGFzc3dvcmQxMjMh";
const NOW: i64 = 1_800_000_000_000;

/// Somebody who tells stories. Time stands still unless the story moves it.
struct Presenter {
    fleet: Fleet,
    now: i64,
}

impl Presenter {
    fn new() -> Presenter {
        let options = Options { imports: 0, replications: 0, speed: 0.0, start: NOW, ..Options::default() };
        Presenter { fleet: Fleet::new(options), now: NOW }
    }

    fn at(name: &str, seed: u64) -> Presenter {
        let mut presenter = Presenter::new();
        let (status, told) = presenter.door("scenario", json!({ "name": name, "seed": seed, "speed": 0 }));
        assert_eq!(status, 200, "{told}");
        presenter
    }

    fn of_text(text: &str) -> Presenter {
        let mut presenter = Presenter::new();
        let (status, told) = presenter.door("scenario", json!({ "text": text, "speed": 0 }));
        assert_eq!(status, 200, "{told}");
        presenter
    }

    /// Status and body of a request to the door: a `GET` where nothing is sent.
    fn door(&mut self, name: &str, sent: Value) -> (u16, Value) {
        let method = if sent.is_null() { Method::GET } else { Method::POST };
        let bytes = if sent.is_null() { Vec::new() } else { sent.to_string().into_bytes() };
        let request = Request::builder().method(method).uri(format!("/simulator/{name}")).body(bytes).unwrap();
        let response = self.fleet.control(self.now, &request);
        (response.status().as_u16(), serde_json::from_slice(response.body()).unwrap())
    }

    fn told(&mut self) -> Value {
        let (status, told) = self.door("scenario", Value::Null);
        assert_eq!(status, 200, "{told}");
        told["current"].clone()
    }

    fn next(&mut self) -> Value {
        let (status, told) = self.door("scenario", json!({ "next": true }));
        assert_eq!(status, 200, "{told}");
        told["current"].clone()
    }

    fn state(&mut self) -> Value {
        self.door("state", Value::Null).1
    }

    /// A request to an array, as a client sends it.
    fn send(&mut self, array: &str, method: Method, path: &str, body: String) -> (u16, String) {
        let request = Request::builder().method(method).uri(path).header(header::AUTHORIZATION, ADMIN);
        let request = request.body(body.into_bytes()).unwrap();
        let response = self.fleet.handle(array, self.now, &request).into_response().unwrap();
        (response.status().as_u16(), String::from_utf8(response.into_body()).unwrap())
    }

    fn rows(&mut self, array: &str, path: &str) -> Vec<Value> {
        let (status, body) = self.send(array, Method::GET, &format!("/api/rest/{path}"), String::new());
        assert!(status == 200, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    fn id(&mut self, array: &str, collection: &str, name: &str) -> String {
        if collection == "replication_session" {
            // A session has no name of its own there: it is that of what it replicates.
            let state = self.state();
            let sessions = state["replications"]["sessions"].as_object().unwrap();
            return sessions.iter().find(|(_, session)| session["name"] == name).unwrap().0.clone();
        }
        let rows = self.rows(array, &format!("{collection}?select=id,name&limit=2000"));
        let found = rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no {name}"));
        found["id"].as_str().unwrap().to_owned()
    }

    /// Does by hand what a line of the story would do.
    fn act(&mut self, line: &[String]) {
        let [array, collection, name, rest @ ..] = line else { panic!("{line:?}") };
        if array == "dfm" {
            assert_eq!(rest, ["on_demand_backup", "create"]);
            let call = format!(
                "<netapp version=\"1.0\"><dp-backup-start><dataset-name-or-id>{name}</dataset-name-or-id></dp-backup-start></netapp>"
            );
            let (_, body) = self.send(array, Method::POST, "/apis/XMLrequest", call);
            assert!(body.contains("passed"), "{body}");
            return;
        }
        let resource = Resource::with_word(collection).unwrap().name();
        let (action, said) = (rest[0].as_str(), &rest[1..]);
        let mut body = serde_json::Map::new();
        for pair in said {
            let (key, value) = pair.split_once('=').unwrap_or((pair, "true"));
            let value = match key {
                "remote_system_id" => json!(self.id(array, "remote_system", value)),
                "host_ids" => json!([self.id(array, "host", value)]),
                "source_resource_id" if resource == "import_session" => {
                    json!(self.id(array, "import_unity_volume", value))
                }
                "source_resource_id" => {
                    let state = self.state();
                    let sources = state["arrays"][array.as_str()]["nas_sources"].as_array().unwrap();
                    sources.iter().find(|source| source["name"] == value).unwrap()["id"].clone()
                }
                _ => serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
            };
            body.insert(key.to_owned(), value);
        }
        let path = match action {
            "create" => {
                body.insert("name".to_owned(), json!(name));
                resource.to_owned()
            }
            _ => {
                let word =
                    action.split_once("_planned").or(action.split_once("_unplanned")).map_or(action, |(word, _)| {
                        body.insert("is_planned".to_owned(), json!(action.ends_with("_planned")));
                        word
                    });
                format!("{resource}/{}/{word}", self.id(array, resource, name))
            }
        };
        let body = Value::Object(body).to_string();
        let (status, answer) = self.send(array, Method::POST, &format!("/api/rest/{path}"), body);
        assert!((200..300).contains(&status), "{path}: {answer}");
    }
}

/// What the lines of each step say that begin with this word, as words.
fn lines(text: &str, keyword: &str) -> Vec<Vec<Vec<String>>> {
    let mut steps = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("step ") {
            steps.push(Vec::new());
        } else if let (Some(rest), Some(step)) = (line.strip_prefix(keyword), steps.last_mut()) {
            let words = rest.split('"').enumerate().flat_map(|(place, part)| match place % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.to_owned()],
            });
            step.push(words.collect());
        }
    }
    steps
}

/// The end is as the file declares, and nothing went wrong on the way.
fn assert_ends_well(name: &str, told: &Value) {
    assert_eq!(told["finished"], true, "{name}");
    assert_eq!(told["trouble"], Value::Null, "{name}");
    let outcome = told["outcome"].as_array().unwrap();
    assert!(!outcome.is_empty());
    for end in outcome {
        assert_eq!(end["reached"], true, "{name}: {end}");
        let is = end["is"].as_str().unwrap();
        assert!(
            end["wanted"].as_str().unwrap().split(" or ").any(|word| word == is)
                || end["wanted"].as_str().unwrap().starts_with("not "),
            "{end}"
        );
    }
}

#[test]
fn every_scenario_comes_to_the_end_that_it_declares_with_any_seed() {
    for (name, _) in SCENARIOS {
        for seed in [1, 7, 20_261_121] {
            let mut presenter = Presenter::at(name, seed);
            let mut told = presenter.told();
            assert_eq!((&told["name"], &told["step"]), (&json!(name), &json!(1)));
            let steps = told["steps"].as_u64().unwrap();
            assert!((5..=9).contains(&steps), "{name} has {steps} steps");
            for step in 1..=steps {
                assert_eq!((&told["step"], &told["finished"]), (&json!(step), &json!(false)), "{name}");
                let narration = told["narration"].as_str().unwrap();
                assert!(narration.len() > 80 && !told["heading"].as_str().unwrap().is_empty(), "{name} {step}");
                told = presenter.next();
            }
            assert_ends_well(name, &told);
            let (status, told) = presenter.door("scenario", json!({ "next": true }));
            assert_eq!(status, 422, "{told}");
        }
    }
}

#[test]
fn what_a_person_did_by_hand_is_not_done_again() {
    for (name, text) in SCENARIOS {
        let mut presenter = Presenter::at(name, 3);
        let mut told = presenter.told();
        let by_hand = lines(text, "do ");
        let mut asked: Vec<(String, String)> = Vec::new();
        for doings in &by_hand {
            for line in doings {
                presenter.act(line);
                let action = if line[0] == "dfm" { &line[4] } else { &line[3] };
                asked.push((line[0].clone(), action.clone()));
            }
            told = presenter.next();
        }
        assert_ends_well(name, &told);
        let state = presenter.state();
        for (array, action) in &asked {
            let wanted = asked.iter().filter(|other| *other == &(array.clone(), action.clone())).count();
            let actions = &state["arrays"][array.as_str()]["actions"];
            let carried_out: u64 = match array.as_str() {
                "dfm" => state["arrays"]["dfm"]["requests"]["dp-backup-start"].as_u64().unwrap(),
                _ => actions[action.as_str()].as_u64().unwrap_or_else(|| panic!("{name}: {action} of {actions}")),
            };
            assert_eq!(carried_out, wanted as u64, "{name}: {action} on {array}");
        }
    }
}

#[test]
fn a_presenter_may_take_time_between_the_steps() {
    for (name, text) in SCENARIOS {
        for seconds in [1200, 7200] {
            let mut presenter = Presenter::at(name, 6);
            let mut told = Value::Null;
            for _ in &lines(text, "do ") {
                presenter.door("advance", json!({ "seconds": seconds }));
                told = presenter.next();
            }
            assert_ends_well(name, &told);
        }
    }
}

#[test]
fn the_story_asks_each_action_of_the_array_once_when_nobody_else_does() {
    for (name, text) in SCENARIOS {
        let mut presenter = Presenter::at(name, 5);
        let steps = lines(text, "do ");
        for _ in &steps {
            presenter.next();
        }
        let state = presenter.state();
        for line in steps.iter().flatten().filter(|line| line[0] != "dfm") {
            let same = steps.iter().flatten().filter(|other| other[0] == line[0] && other[3] == line[3]).count();
            assert_eq!(state["arrays"][&line[0]]["actions"][&line[3]], same, "{name}: {line:?}");
        }
    }
}

#[test]
fn what_a_step_shows_is_a_page_of_the_console_and_its_session_is_there() {
    for (name, text) in SCENARIOS {
        let mut presenter = Presenter::at(name, 2);
        let steps = lines(text, "show ").len();
        for step in 1..=steps {
            // At the end of a step whatever it tells of has come into being.
            let told = if step == steps { presenter.told() } else { presenter.next() };
            let Some(address) = told["address"].as_str() else { panic!("{name} {step} shows nothing") };
            let route = Route::parse(address);
            match &route {
                Route::Session { array, resource: Resource::ProtectionJob, session, .. } => {
                    assert!(presenter.state()["arrays"][array]["sessions"][session].is_object(), "{address}");
                }
                Route::Session { resource: Resource::Replication, session, .. } => {
                    // Its array may be dead at that moment.
                    assert!(presenter.state()["replications"]["sessions"][session].is_object(), "{address}");
                }
                Route::Session { array, resource, session, .. } => {
                    let path = format!("{}/{session}?select=id", resource.name());
                    let (status, body) =
                        presenter.send(array, Method::GET, &format!("/api/rest/{path}"), String::new());
                    assert_eq!(status, 200, "{name}: {address}: {body}");
                }
                Route::ArrayList { .. } | Route::Array(_) => {}
                other => panic!("{name}: {address} is {other:?}"),
            }
            assert_eq!(route.write(), format!("#{address}"), "it is written as the console writes it");
        }
    }
}

#[test]
fn the_same_seed_begins_with_the_same_world_and_goes_the_same_way() {
    for (name, _) in SCENARIOS {
        let run = |before: i64| {
            let mut presenter = Presenter::new();
            presenter.now += before;
            presenter.door("advance", json!({ "seconds": 7200 }));
            presenter.door("scenario", json!({ "name": name, "seed": 11, "speed": 0 }));
            let first = presenter.state();
            presenter.next();
            presenter.next();
            (first, presenter.state())
        };
        let (one, same) = (run(0), run(86_400_000));
        assert_eq!(one, same, "{name}: neither the caller's clock nor the fleet before counts");
        let other = Presenter::at(name, 12).state();
        assert_ne!(one.0, other, "{name}");
    }
}

#[test]
fn time_alone_lets_happen_what_is_to_happen_by_itself() {
    let mut presenter = Presenter::at("night-of-backups", 4);
    presenter.next();
    presenter.next();
    assert_eq!(presenter.told()["step"], 3);
    presenter.door("advance", json!({ "seconds": 3 * 3600 }));
    let told = presenter.told();
    assert_eq!((&told["waits_for"], &told["trouble"]), (&json!([]), &Value::Null), "the mirror has failed by itself");
    let before = presenter.door("scenario", Value::Null).1["time"].clone();
    presenter.next();
    assert_eq!(presenter.door("scenario", Value::Null).1["time"], before, "nothing was left to wait for");
}

#[test]
fn only_time_that_lacks_is_said_too() {
    let mut presenter = Presenter::of_text(&short("until 2 hours\nwithin 10 minutes"));
    assert_eq!(presenter.told()["waits_for"], json!(["another 2 h have passed"]));
    let (_, told) = presenter.door("scenario", json!({ "next": true }));
    let error = told["error"].as_str().unwrap();
    assert!(error.ends_with("min have passed, and that does not come within 10 min."), "{error}");
}

#[test]
fn an_array_that_is_down_leaves_the_switch_of_the_link_as_it_is() {
    let mut presenter = Presenter::new();
    presenter.door("fault", json!({ "array": "dublin", "fault": "array_down" }));
    assert_eq!(presenter.door("scenario", Value::Null).1["link_up"], true);
    assert_eq!(presenter.state()["replications"]["link"], "down");
}

#[test]
fn a_reset_ends_a_story_and_takes_along_what_the_story_furnished() {
    let mut presenter = Presenter::new();
    let arrays = |presenter: &mut Presenter| {
        let state = presenter.state();
        let count = |key: &str| state["arrays"]["frankfurt"][key].as_object().unwrap().len();
        (count("sessions"), count("migrations"), state["replications"]["sessions"].as_object().unwrap().len())
    };
    let after = ["rolled-back", "failover-test"].map(|name| {
        presenter.door("scenario", json!({ "name": name }));
        presenter.door("reset", json!({}));
        assert_eq!(presenter.door("scenario", Value::Null).1["current"], Value::Null);
        arrays(&mut presenter)
    });
    let [whole, again] = after;
    assert_eq!(whole, again);
    assert!(whole.0 > 0 && whole.1 > 0 && whole.2 > 0, "{whole:?}");
    // Without a story, what is not named stays as it was.
    presenter.door("reset", json!({ "replications": 1 }));
    let few = arrays(&mut presenter);
    presenter.door("reset", json!({}));
    assert_eq!(arrays(&mut presenter), few);
    assert_ne!(few, whole);
}

#[test]
fn the_door_tells_little_whatever_the_size_of_the_world() {
    let mut presenter = Presenter::new();
    presenter.door("reset", json!({ "imports": 2000, "replications": 50, "seed": 9 }));
    presenter.door("fault", json!({ "array": "dublin", "fault": "slow", "delay_ms": 1000 }));
    presenter
        .door("fault", json!({ "array": "frankfurt", "fault": "source_unreachable", "remote_system": "Unity-Rhein" }));
    presenter.door("fault", json!({ "array": "dublin", "fault": "link_down" }));
    let told = presenter.door("scenario", Value::Null).1;
    assert!(told.to_string().len() < 4000, "{told}");
    assert_eq!((&told["seed"], &told["current"], &told["link_up"]), (&json!(9), &Value::Null, &json!(false)));
    assert_eq!(told["arrays"][0], json!({ "id": "frankfurt", "faults": ["source_unreachable"] }));
    assert_eq!(told["arrays"][1], json!({ "id": "dublin", "faults": ["slow"] }));
    assert!(told["next_event"].is_string());
    let names: Vec<&str> =
        told["scenarios"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, SCENARIOS.map(|(name, _)| name));
    for scenario in told["scenarios"].as_array().unwrap() {
        assert!(!scenario["title"].as_str().unwrap().is_empty() && !scenario["summary"].as_str().unwrap().is_empty());
    }
}

/// A story of one step.
fn short(step: &str) -> String {
    format!(
        "title T\nsummary S\nfleet imports 0\nfleet replications 0\nfleet protection_jobs 0\n\
         setup frankfurt replication erp 40 GB every Five_Minutes\nstep One\n{step}\nfinally frankfurt replications erp is OK\n"
    )
}

#[test]
fn an_unknown_name_and_a_broken_text_are_told_and_the_fleet_goes_on() {
    let mut presenter = Presenter::at("disaster", 1);
    let before = presenter.state();
    let (status, told) = presenter.door("scenario", json!({ "name": "flood" }));
    let error = told["error"].as_str().unwrap();
    assert!(status == 404 && error.contains("flood") && error.contains("metro-fracture"), "{error}");
    let broken = [
        (short("until frankfurt replications erp is Okay"), "yours.scenario, line 8: replications have no state \"Okay\""),
        (short("do frankfurt replications erp explode"), "line 8: replications have no action \"explode\""),
        (short("").replace("40 GB", "40 MB"), "line 6: \"MB\" is no unit of a size"),
        ("title T\nsummary S\nsetup frankfurt source v 1 GB on Unity-Nil\nstep A\nfinally frankfurt imports v is gone".to_owned(),
            "line 3: frankfurt has no source system \"Unity-Nil\""),
        (String::new(), "line 1: the scenario ends here"),
    ];
    for (text, part) in broken {
        let (status, told) = presenter.door("scenario", json!({ "text": text }));
        let error = told["error"].as_str().unwrap();
        assert!(status == 400 && error.contains(part), "{error}");
    }
    for (body, part) in [
        (json!({}), "missing"),
        (json!({ "name": "disaster", "pace": 1 }), "pace"),
        (json!({ "next": 1 }), "next"),
        (json!({ "name": "disaster", "seed": -1 }), "seed"),
    ] {
        let (status, told) = presenter.door("scenario", body);
        assert!(status == 400 && told["error"].as_str().unwrap().contains(part), "{told}");
    }
    assert_eq!(presenter.state(), before);
}

#[test]
fn an_end_that_does_not_come_is_said_and_the_story_stays_where_it_is() {
    let mut presenter = Presenter::of_text(&short("until frankfurt replications erp is Paused\nwithin 10 minutes"));
    let (status, told) = presenter.door("scenario", json!({ "next": true }));
    let error = told["error"].as_str().unwrap();
    assert_eq!(status, 422);
    for part in ["yours.scenario, line 7", "frankfurt replications erp is Paused", "within 10 min. ", "erp is OK"] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert_eq!(presenter.told()["step"], 1);
}

#[test]
fn the_arrays_own_words_tell_why_it_refuses_what_the_story_asks() {
    let mut presenter = Presenter::of_text(&short("do dublin replications erp reprotect"));
    let (status, told) = presenter.door("scenario", json!({ "next": true }));
    let error = told["error"].as_str().unwrap();
    assert!(status == 422 && error.contains("line 8: dublin refuses reprotect"), "{error}");
    presenter.door("fault", json!({ "array": "dublin", "fault": "network_down" }));
    let (_, told) = presenter.door("scenario", json!({ "next": true }));
    assert!(told["error"].as_str().unwrap().contains("dublin does not answer"), "{told}");
}

#[test]
fn another_way_to_the_same_end_is_taken_as_done() {
    let mut presenter = Presenter::of_text(&short(
        "do frankfurt replications erp failover_planned\nuntil dublin replications erp is Failed_Over",
    ));
    presenter.act(&["dublin", "replications", "erp", "failover_unplanned"].map(str::to_owned));
    presenter.door("advance", json!({ "seconds": 60 }));
    let told = presenter.next();
    assert_eq!(told["finished"], true);
    assert_eq!(presenter.state()["arrays"]["frankfurt"]["actions"], json!({}));
}

#[test]
fn faults_of_a_story_are_set_once_and_cleared() {
    let text = short("fault frankfurt link_down\nfault dublin slow delay_ms=250\nuntil 1 minute")
        .replace("finally", "step Two\nclear\nuntil 2 hours\nuntil frankfurt replications erp is OK\nfinally");
    let mut presenter = Presenter::of_text(&text);
    presenter.door("fault", json!({ "array": "dublin", "fault": "slow", "delay_ms": 9 }));
    presenter.next();
    let told = presenter.door("scenario", Value::Null).1;
    assert_eq!((&told["link_up"], &told["arrays"][1]["faults"]), (&json!(false), &json!(["slow"])));
    let told = presenter.next();
    assert_eq!(told["finished"], true);
    let told = presenter.door("scenario", Value::Null).1;
    assert_eq!((&told["link_up"], &told["arrays"][1]["faults"]), (&json!(true), &json!([])));
}

#[test]
fn what_happens_by_itself_happens_at_its_time_and_says_when_it_cannot() {
    let text = short("after 5 minutes then event dublin replications erp fault_mended").replacen(
        "setup",
        "after 2 minutes then fault dublin slow delay_ms=100\nsetup",
        1,
    );
    let mut presenter = Presenter::of_text(&text);
    let slow = |presenter: &mut Presenter| presenter.door("scenario", Value::Null).1["arrays"][1]["faults"].clone();
    presenter.door("advance", json!({ "seconds": 119 }));
    assert_eq!(slow(&mut presenter), json!([]));
    presenter.door("advance", json!({ "seconds": 1 }));
    assert_eq!(slow(&mut presenter), json!(["slow"]));
    presenter.door("advance", json!({ "seconds": 180 }));
    let trouble = presenter.told()["trouble"].as_str().unwrap().to_owned();
    assert!(trouble.starts_with("yours.scenario, line 9: "), "{trouble}");
    let (status, told) = presenter.door("scenario", json!({ "next": true }));
    assert!(status == 422 && told["error"] == trouble, "{told}");
    assert_eq!(presenter.next()["finished"], true, "it is said once, and the story can go on");
}

#[test]
fn the_example_of_the_document_is_told_to_its_end() {
    let document = include_str!("../docs/scenarios.md");
    let lines = document.lines().skip_while(|line| !line.starts_with("    title"));
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    let mut presenter = Presenter::of_text(&text);
    let mut told = presenter.told();
    while told["finished"] == false {
        told = presenter.next();
    }
    assert_ends_well("the example", &told);
    for (name, _) in SCENARIOS {
        assert!(document.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn a_plain_reset_ends_the_story() {
    let mut presenter = Presenter::at("disaster", 1);
    presenter.door("reset", json!({}));
    assert_eq!(presenter.told(), Value::Null);
    let (status, _) = presenter.door("scenario", json!({ "next": true }));
    assert_eq!(status, 422);
}
