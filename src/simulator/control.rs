//! The control door: `/simulator/…`. Bodies in `docs/simulator.md`; whatever is not known is refused.

use http::{Method, Request, Response, StatusCode};
use serde_json::{Map, Value};

use super::answer;
use super::clock::Clock;
use super::fault::{Fault, Harm};
use super::fleet::{DFM, Fleet, Options};
use super::world::{Array, RemoteSystem};
use crate::lifecycle::{Kind as Work, NodeId, Release, Trigger};
use crate::simulator::engine::Refused;
use crate::simulator::json::{self, json};
use crate::simulator::scenario;
use crate::words::folded;

/// A request that was not carried out.
pub struct No(pub StatusCode, pub String);

/// What a request to the door comes to.
pub type Outcome = Result<Value, No>;

/// What makes no sense.
pub fn bad(sentence: impl Into<String>) -> No {
    No(StatusCode::BAD_REQUEST, sentence.into())
}

/// Answers a request to the door when the caller's clock shows `now`.
pub fn answer(fleet: &mut Fleet, now: i64, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    match routed(fleet, now, request) {
        Ok(body) => answer::json(StatusCode::OK, &body),
        Err(No(status, sentence)) => answer::json(status, &json!({ "error": sentence })),
    }
}

fn routed(fleet: &mut Fleet, now: i64, request: &Request<Vec<u8>>) -> Outcome {
    let name = request.uri().path().strip_prefix("/simulator/").unwrap_or_default();
    if name == "scenario" {
        return scenario::door::answer(fleet, now, request.method(), &Body::read(request.body())?);
    }
    // Whoever reads the whole world is a test, and no page has one.
    #[cfg(not(target_arch = "wasm32"))]
    if name == "state" {
        takes(request, name, &Method::GET)?;
        return super::state::state(fleet, now, request.uri().query());
    }
    if !["reset", "advance", "step", "speed", "fault", "event"].contains(&name) {
        return Err(No(StatusCode::NOT_FOUND, format!("The control door has no {name}.")));
    }
    takes(request, name, &Method::POST)?;
    let body = Body::read(request.body())?;
    match name {
        "reset" => reset(fleet, now, &body),
        "advance" => advance(fleet, now, &body),
        "step" => step(fleet, now, &body),
        "speed" => speed(fleet, now, &body),
        "fault" => fault(fleet, fleet.time(now), &body),
        _ => event(fleet, fleet.time(now), &body),
    }
}

fn takes(request: &Request<Vec<u8>>, name: &str, wanted: &Method) -> Result<(), No> {
    if request.method() == wanted {
        return Ok(());
    }
    Err(No(StatusCode::METHOD_NOT_ALLOWED, format!("/simulator/{name} takes {wanted}.")))
}

/// Lets an event or a fault happen when the fleet's own clock shows `time`.
///
/// # Errors
/// What the door would have answered.
pub fn happen(fleet: &mut Fleet, time: i64, name: &str, body: Value) -> Result<(), String> {
    let Value::Object(keys) = body else { return Err("The body is no object.".to_owned()) };
    let body = Body(keys);
    let happened = if name == "event" { event(fleet, time, &body) } else { fault(fleet, time, &body) };
    fleet.settle(time);
    happened.map(|_| ()).map_err(|No(_, words)| words)
}

/// The names of what is wrong with an array now, each once; the link between two of them is no array's.
pub fn faults_of(fleet: &Fleet, id: &str) -> Vec<String> {
    let array = fleet.arrays.get(id);
    let cut_off = array
        .is_some_and(|array| array.remote_systems.values().any(|remote| remote.family.is_some() && !remote.reachable));
    let faults = array.map(|array| &array.faults).or((id == DFM).then_some(&fleet.dfm.faults));
    let mut names: Vec<String> =
        faults.map_or(Vec::new(), |faults| faults.names().into_iter().map(str::to_owned).collect());
    names.extend(cut_off.then(|| "source_unreachable".to_owned()));
    names.sort();
    names.dedup();
    names
}

/// The keys of a body, read by name.
pub struct Body(Map<String, Value>);

impl Body {
    fn read(bytes: &[u8]) -> Result<Self, No> {
        if bytes.is_empty() {
            return Ok(Body(Map::new()));
        }
        match json::read(bytes) {
            Ok(Value::Object(keys)) => Ok(Body(keys)),
            Ok(_) => Err(bad("The body is no object.")),
            Err(error) => Err(bad(format!("The body is not JSON: {error}."))),
        }
    }

    /// Refuses keys that are not among `known`.
    pub fn only(&self, known: &[&str]) -> Result<(), No> {
        match self.0.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(bad(format!("The key {key} is unknown here; known: {}.", known.join(", ")))),
            None => Ok(()),
        }
    }

    fn get<'a, T>(&'a self, key: &str, kind: &str, read: impl Fn(&'a Value) -> Option<T>) -> Result<Option<T>, No> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| bad(format!("{key} must be {kind}."))),
        }
    }

    /// A text, if it is there.
    pub fn text(&self, key: &str) -> Result<Option<&str>, No> {
        self.get(key, "a text", Value::as_str)
    }

    /// True or false; false when it is not there.
    pub fn flag(&self, key: &str) -> Result<bool, No> {
        Ok(self.get(key, "true or false", Value::as_bool)?.unwrap_or(false))
    }

    /// A whole number, if it is there.
    pub fn number(&self, key: &str) -> Result<Option<u64>, No> {
        self.get(key, "a whole number from 0", Value::as_u64)
    }

    /// A number, if it is there.
    pub fn float(&self, key: &str) -> Result<Option<f64>, No> {
        self.get(key, "a number from 0", |value| value.as_f64().filter(|number| *number >= 0.0))
    }

    fn needed<T>(key: &str, value: Option<T>) -> Result<T, No> {
        value.ok_or_else(|| bad(format!("{key} is missing.")))
    }
}

fn reset(fleet: &mut Fleet, now: i64, body: &Body) -> Outcome {
    body.only(&[
        "seed",
        "imports",
        "replications",
        "file_imports",
        "migrations",
        "jobs",
        "protection_jobs",
        "failures",
        "active_limit",
        "idle_timeout",
        "speed",
        "time",
        "releases",
    ])?;
    let small = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    // What a story has furnished goes with it.
    let before = if fleet.play.is_some() { Options::default() } else { fleet.options().clone() };
    let mut options = Options { speed: fleet.clock.speed(), start: fleet.time(now), ..before };
    options.seed = body.number("seed")?.unwrap_or(options.seed);
    options.imports = body.number("imports")?.map_or(options.imports, small).min(200_000);
    options.replications = body.number("replications")?.map_or(options.replications, small).min(10_000);
    for (key, count) in [
        ("file_imports", &mut options.file_imports),
        ("migrations", &mut options.migrations),
        ("jobs", &mut options.jobs),
        ("protection_jobs", &mut options.protection_jobs),
    ] {
        *count = body.number(key)?.map(|number| small(number).min(100_000)).or(*count);
    }
    options.active_limit = body.number("active_limit")?.map_or(options.active_limit, small);
    options.speed = body.float("speed")?.unwrap_or(options.speed);
    if let Some(time) = body.text("time")? {
        options.start = crate::wire::time::parse(time).ok_or_else(|| bad(format!("{time} is no time.")))?;
    }
    if let Some(failures) = body.number("failures")? {
        options.failures = u32::try_from(failures.min(1000)).unwrap_or(1000);
    }
    if let Some(seconds) = body.number("idle_timeout")? {
        options.idle_timeout = i64::try_from(seconds).unwrap_or(i64::MAX);
    }
    if let Some(releases) = body.get("releases", "an object of releases by array", Value::as_object)? {
        for (id, release) in releases {
            let release = release.as_str().and_then(Release::parse);
            let release = release.ok_or_else(|| bad(format!("The release of {id} must be like 4.1.0.0.")))?;
            if id != DFM && !fleet.arrays.contains_key(id) {
                return Err(no_array(id));
            }
            options.releases.insert(id.clone(), release);
        }
    }
    let (start, speed) = (options.start, options.speed);
    *fleet = Fleet::new(options);
    fleet.clock = Clock::showing(start, now, speed);
    Ok(json!({ "time": crate::wire::time::format(start) }))
}

fn advance(fleet: &mut Fleet, now: i64, body: &Body) -> Outcome {
    body.only(&["seconds"])?;
    let seconds = Body::needed("seconds", body.float("seconds")?)?;
    #[allow(clippy::cast_possible_truncation)]
    let to = fleet.time(now).saturating_add((seconds * 1000.0) as i64);
    fleet.clock.jump(now, to);
    fleet.advance_to(now);
    Ok(json!({ "time": crate::wire::time::format(to) }))
}

fn step(fleet: &mut Fleet, now: i64, body: &Body) -> Outcome {
    body.only(&[])?;
    let Some((due, array)) = fleet.next_due() else {
        return Err(No(StatusCode::UNPROCESSABLE_ENTITY, "Nothing is due: no event is planned.".to_owned()));
    };
    fleet.clock.jump(now, due);
    fleet.advance_to(now);
    Ok(json!({ "time": crate::wire::time::format(due), "array": array }))
}

fn speed(fleet: &mut Fleet, now: i64, body: &Body) -> Outcome {
    body.only(&["speed"])?;
    let speed = Body::needed("speed", body.float("speed")?)?;
    fleet.clock.set_speed(now, speed);
    Ok(json!({ "speed": speed }))
}

fn no_array(id: &str) -> No {
    No(StatusCode::UNPROCESSABLE_ENTITY, format!("There is no array {id} in this fleet."))
}

fn fault(fleet: &mut Fleet, time: i64, body: &Body) -> Outcome {
    const KEYS: [&str; 12] = [
        "array",
        "fault",
        "match",
        "times",
        "clear",
        "delay_ms",
        "seconds",
        "code",
        "message",
        "remote_system",
        "session",
        "state",
    ];
    body.only(&KEYS)?;
    let name = body.text("fault")?;
    let clear = body.flag("clear")?;
    let id = body.text("array")?;
    if clear {
        if id.is_none_or(|id| id == DFM) {
            fleet.dfm.faults.clear(name);
            if name.is_none_or(|name| name == "unknown_state") {
                fleet.dfm.faults.states.clear();
            }
        }
        for (known, array) in fleet.arrays.iter_mut() {
            if id.is_none_or(|id| id == known) {
                lift(array, name, time);
            }
        }
        if name.is_none_or(|name| name == "array_down") {
            let dead: Vec<String> = fleet.replications.down.iter().cloned().collect();
            for dead in dead.iter().filter(|dead| id.is_none_or(|id| id == *dead)) {
                fleet.set_down(dead, false, time);
            }
        }
        if name.is_none_or(|name| name == "link_down") {
            fleet.set_link(true, time);
        }
        return match id {
            Some(id) if id != DFM && !fleet.arrays.contains_key(id) => Err(no_array(id)),
            _ => Ok(json!({ "cleared": true })),
        };
    }
    let id = Body::needed("array", id)?;
    let name = Body::needed("fault", name)?;
    if id == DFM {
        return fault_of_dfm(fleet, name, body);
    }
    if name == "link_down" && fleet.arrays.contains_key(id) {
        fleet.set_link(false, time);
        return Ok(json!({ "fault": name }));
    }
    if name == "array_down" && fleet.arrays.contains_key(id) {
        fleet.set_down(id, true, time);
    }
    let array = fleet.arrays.get_mut(id).ok_or_else(|| no_array(id))?;
    match name {
        "clock_skew" => array.faults.skew_ms = skew(body)?,
        "expire_logins" => array.logins.expire(),
        "source_unreachable" => {
            let wanted = body.text("remote_system")?;
            let is_meant = |remote: &&RemoteSystem| match wanted {
                Some(wanted) => remote.id == wanted || remote.name == wanted,
                None => remote.family.is_some(),
            };
            let meant = array.remote_systems.values().filter(is_meant).map(|remote| remote.id.clone());
            let meant: Vec<String> = meant.collect();
            if let Some(wanted) = wanted.filter(|_| meant.is_empty()) {
                return Err(No(StatusCode::UNPROCESSABLE_ENTITY, format!("There is no remote system {wanted}.")));
            }
            for remote in &meant {
                array.set_reachable(remote, false, time);
            }
        }
        "unknown_state" => {
            let session = match body.text("session")? {
                Some(session) => session_id(array, session)?,
                None => array.sessions.keys().next().cloned().ok_or_else(nothing_there)?,
            };
            let state = Body::needed("state", body.text("state")?)?;
            array.show_state(&session, Some(state.to_owned()), time);
        }
        _ => {
            let harm = harm(name, body)?;
            let (method, path_contains) = matched(body)?;
            let times = match (name, body.0.get("times")) {
                ("stale_token", None) => Some(1),
                _ => body.number("times")?,
            };
            array.faults.add(Fault { name: name.to_owned(), harm, method, path_contains, times });
        }
    }
    Ok(json!({ "fault": name }))
}

/// What may be wrong with a DFM. It keeps no logins and has no link to break.
fn fault_of_dfm(fleet: &mut Fleet, name: &str, body: &Body) -> Outcome {
    let dfm = &mut fleet.dfm;
    match name {
        "clock_skew" => dfm.faults.skew_ms = skew(body)?,
        "unknown_state" => {
            let newest = dfm.server.jobs.keys().next_back().map(ToString::to_string);
            let session = body.text("session")?.map(str::to_owned).or(newest).ok_or_else(nothing_there)?;
            if !session.parse().is_ok_and(|id| dfm.server.jobs.contains_key(&id)) {
                return Err(No(StatusCode::UNPROCESSABLE_ENTITY, format!("There is no job {session} on {DFM}.")));
            }
            let state = Body::needed("state", body.text("state")?)?;
            dfm.faults.states.insert(session, state.to_owned());
        }
        "drop_cookies" | "stale_token" | "expire_logins" | "source_unreachable" | "link_down" => {
            return Err(bad(format!("A DFM server knows no fault {name}.")));
        }
        _ => {
            let (method, path_contains) = matched(body)?;
            // Asked of a start it would be for nothing.
            let forgets = name == "forget_iterators" && path_contains.is_none();
            let path_contains = if forgets { Some("-iter-next".to_owned()) } else { path_contains };
            let harm = if name == "forget_iterators" { Harm::ForgetIterators } else { harm(name, body)? };
            let times = match (name, body.0.get("times")) {
                ("forget_iterators", None) => Some(1),
                _ => body.number("times")?,
            };
            dfm.faults.add(Fault { name: name.to_owned(), harm, method, path_contains, times });
        }
    }
    Ok(json!({ "fault": name }))
}

fn nothing_there() -> No {
    No(StatusCode::UNPROCESSABLE_ENTITY, "There is no session that could show it.".to_owned())
}

/// What a clock is ahead, in milliseconds: at most a year.
fn skew(body: &Body) -> Result<i64, No> {
    let seconds = Body::needed("seconds", body.get("seconds", "a whole number", Value::as_i64)?)?;
    Ok(seconds.clamp(-31_536_000, 31_536_000) * 1000)
}

/// Takes faults away, and with them what they had done to the world.
fn lift(array: &mut Array, name: Option<&str>, now: i64) {
    array.faults.clear(name);
    if name.is_none_or(|name| name == "unknown_state") {
        let shown: Vec<String> = array.faults.states.keys().cloned().collect();
        for session in shown {
            array.show_state(&session, None, now);
        }
    }
    if name.is_none_or(|name| name == "source_unreachable") {
        let remotes: Vec<String> = array.remote_systems.keys().cloned().collect();
        for remote in remotes {
            array.set_reachable(&remote, true, now);
        }
    }
}

fn harm(name: &str, body: &Body) -> Result<Harm, No> {
    Ok(match name {
        "network_down" | "array_down" => Harm::NetworkDown,
        "drop_request" => Harm::DropRequest,
        "drop_answer" => Harm::DropAnswer,
        "status_500_empty" => Harm::EmptyError,
        "busy_503" => Harm::Busy,
        "html" => Harm::Html,
        "malformed_json" => Harm::MalformedJson,
        "truncated_body" => Harm::TruncatedBody,
        "too_large" => Harm::TooLarge,
        "slow" => Harm::Slow(Body::needed("delay_ms", body.number("delay_ms")?)?.min(600_000)),
        "drop_cookies" => Harm::DropCookies,
        "stale_token" => Harm::StaleToken,
        "refuse_422" => Harm::Refuse(
            body.text("code")?.unwrap_or("0xE0FF00010003").to_owned(),
            body.text("message")?.unwrap_or("The array refuses this.").to_owned(),
        ),
        _ => return Err(bad(format!("There is no fault {name}."))),
    })
}

fn matched(body: &Body) -> Result<(Option<Method>, Option<String>), No> {
    let Some(wanted) = body.get("match", "an object", Value::as_object)? else { return Ok((None, None)) };
    let wanted = Body(wanted.clone());
    wanted.only(&["method", "path_contains"])?;
    let method = match wanted.text("method")? {
        Some(method) => Some(Method::from_bytes(method.as_bytes()).map_err(|_| bad("match.method is no method."))?),
        None => None,
    };
    Ok((method, wanted.text("path_contains")?.map(str::to_owned)))
}

fn session_id(array: &Array, wanted: &str) -> Result<String, No> {
    array
        .session_id(wanted)
        .or_else(|| array.session_names.get(&folded(wanted)).cloned())
        .or_else(|| errand_id(array, wanted))
        .ok_or_else(|| No(StatusCode::UNPROCESSABLE_ENTITY, format!("There is no session {wanted} on {}.", array.id)))
}

/// A file import or a migration, by its id or its name.
fn errand_id(array: &Array, wanted: &str) -> Option<String> {
    let mut errands = array.errands.all.values();
    let found = errands.find(|errand| errand.id == wanted || errand.name.eq_ignore_ascii_case(wanted));
    found.map(|errand| errand.id.clone())
}

fn refusal(refused: &Refused) -> No {
    No(StatusCode::UNPROCESSABLE_ENTITY, String::from(refused))
}

fn no_event(name: &str, work: Work) -> No {
    bad(format!("There is no event {name} of a kind of work that is called {}.", work.lifecycle().name))
}

/// An event of a file import or a migration.
fn event_of_errand(array: &mut Array, id: &str, name: &str, time: i64) -> Outcome {
    let known = array.errands.all.get(id).map(|errand| (errand.work(), errand.node));
    let (work, before) = known.ok_or_else(|| refusal(&Refused::Unknown))?;
    let event = work.lifecycle().event_named(name).ok_or_else(|| no_event(name, work))?;
    array.take_errand(id, Trigger::Event(event), time).map_err(|refused| refusal(&refused))?;
    let after = array.errands.all.get(id).map(|errand| errand.node);
    array.start_file_imports(time);
    Ok(json!({ "session": id, "from": node_name(work, Some(before)), "to": node_name(work, after) }))
}

/// An event of a job or of one of its steps.
fn event_of_job(array: &mut Array, id: &str, name: &str, time: i64) -> Outcome {
    let event = Work::Job.lifecycle().event_named(name).ok_or_else(|| no_event(name, Work::Job))?;
    let (before, after) = array.jobs.happen(id, event, time).map_err(|refused| refusal(&refused))?;
    Ok(json!({ "session": id, "from": node_name(Work::Job, Some(before)), "to": node_name(Work::Job, after) }))
}

fn event(fleet: &mut Fleet, time: i64, body: &Body) -> Outcome {
    body.only(&["array", "session", "event"])?;
    let id = Body::needed("array", body.text("array")?)?;
    let session = Body::needed("session", body.text("session")?)?;
    let name = Body::needed("event", body.text("event")?)?;
    if id == DFM {
        let happened = fleet.dfm.happen(session, name, time);
        return happened.map_err(|refused| No(StatusCode::UNPROCESSABLE_ENTITY, refused.reason));
    }
    let array = fleet.arrays.get_mut(id).ok_or_else(|| no_array(id))?;
    if fleet.replications.sessions.contains_key(session) {
        let happened = fleet.replications.happen_to(session, id, name, time);
        fleet.settle(time);
        let (from, to) = happened.map_err(|refused| No(StatusCode::UNPROCESSABLE_ENTITY, String::from(&refused)))?;
        return Ok(json!({ "session": session, "from": from, "to": to }));
    }
    if array.jobs.all.contains_key(session) {
        return event_of_job(array, session, name, time);
    }
    let session = session_id(array, session)?;
    if array.errands.all.contains_key(&session) {
        return event_of_errand(array, &session, name, time);
    }
    let work = array.sessions.get(&session).map_or(Work::ImportVolume, |session| session.work);
    let event = work.lifecycle().event_named(name);
    let event = event.ok_or_else(|| bad(format!("There is no event {name} of an {}.", work.lifecycle().name)))?;
    let before = array.sessions.get(&session).map(|session| session.node);
    let happened = array.may_happen_from_outside(&session, event);
    happened.and_then(|()| array.take(&session, Trigger::Event(event), time)).map_err(|refused| {
        No(
            StatusCode::UNPROCESSABLE_ENTITY,
            match refused {
                Refused::Unknown => format!("There is no session {session}."),
                Refused::Because(sentence) => sentence,
            },
        )
    })?;
    let after = array.sessions.get(&session).map(|session| session.node);
    array.start_from_queue(time);
    Ok(json!({ "session": session, "from": node_name(work, before), "to": node_name(work, after) }))
}

/// The name of a node on the wire.
pub fn node_name(work: Work, node: Option<NodeId>) -> Value {
    json!(node.and_then(|node| work.lifecycle().node(node)).map(|node| node.name))
}
