//! What the console can ask of an array, from the builders of its requests: each is called with everything that
//! makes it ask at another address.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use array_console::array::dfm::JobQuery;
use array_console::array::powerstore::Api;
use array_console::array::source::SOURCES;
use array_console::array::{Answers, Ask, Kind, Plan, Request, Secret, Talk};
use array_console::lifecycle;
use array_console::operation::REPLICATED;
use array_console::wire::powerstore::{Resource, Session};
use serde_json::json;

const BASE: &str = "/array";
const ID: &str = "0b1e7c52-1f0a-4d5e-9c7b-2a3f4e5d6c7b";

/// How the files write a part of a path that may be any id.
pub const ANY_ID: &str = "[0-9A-Za-z][0-9A-Za-z._:-]*";

/// The paths of an array with the methods for each, both as the files write them.
pub type Endpoints = BTreeMap<String, BTreeSet<&'static str>>;

/// What is asked of a PowerStore.
pub fn powerstore() -> &'static Endpoints {
    static FOUND: OnceLock<Endpoints> = OnceLock::new();
    FOUND.get_or_init(|| gathered(of_powerstore()))
}

/// What is asked of a DFM.
pub fn dfm() -> &'static Endpoints {
    static FOUND: OnceLock<Endpoints> = OnceLock::new();
    FOUND.get_or_init(|| gathered(of_dfm()))
}

/// True when the files let a request through, whose path begins at the root of the array.
pub fn lets_through(endpoints: &Endpoints, method: &str, address: &str) -> bool {
    let path = address.split('?').next().unwrap();
    endpoints.iter().any(|(pattern, methods)| methods.contains(method) && fits(pattern, path))
}

/// Reads a pattern as the proxies do: a part is itself, or any id.
fn fits(pattern: &str, path: &str) -> bool {
    let parts = |text: &str| text.matches('/').count();
    // No id holds the slash between parts, nor does the pattern of one.
    parts(pattern) == parts(path)
        && pattern.split('/').zip(path.split('/')).all(|(part, given)| part == given || part == ANY_ID && is_id(given))
}

fn is_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "._:-".contains(letter))
}

fn gathered(requests: Vec<Request>) -> Endpoints {
    let mut found = Endpoints::new();
    for request in requests {
        let path = request.address.split('?').next().unwrap().strip_prefix(BASE).unwrap();
        let parts: Vec<&str> = path.split('/').map(|part| if part == ID { ANY_ID } else { part }).collect();
        found.entry(parts.join("/")).or_default().insert(request.method.word());
    }
    found
}

fn api(kind: Kind) -> Api {
    let mut api = Api::new(kind, &format!("{BASE}/"));
    api.release = lifecycle::Release::parse("9.9.9.9");
    api
}

fn of_powerstore() -> Vec<Request> {
    let api = api(Kind::Powerstore);
    let ids = [ID.to_owned()];
    let mut all = vec![
        api.probe(),
        api.log_in("name", &Secret::new("password")),
        api.log_out(),
        api.software(),
        api.imports_since(0, Vec::new(), 0),
        api.import_count(),
        api.import_ids(0),
        api.imports_with(&ids),
        api.job(ID),
        api.remote_systems(),
        api.hosts(0),
        api.host_groups(0),
        api.volume_groups(0),
        api.policies(true, 0),
        api.snapshot_schedules(ID),
        api.cluster().expect("a new release tells its clock"),
    ];
    for resource in Resource::OF_POWERSTORE {
        all.extend([api.sessions(resource, 0), api.jobs_of(resource, ID), api.jobs_of_creates(resource)]);
        all.extend(one(api.session(resource, ID)));
        if !resource.parent().is_empty() {
            all.push(api.members(resource, ID));
        }
    }
    for resource in [Resource::Import, Resource::FileImport, Resource::Migration] {
        all.push(api.create(&Plan { resource, ..Plan::default() }));
        all.push(api.choices(resource, 0));
    }
    all.extend([false, true].map(|is_group| api.movable(is_group, 0)));
    all.extend(SOURCES.iter().filter_map(|source| api.sources(source, ID, 0)));
    // What names are asked for: `operation::naming`.
    let named = REPLICATED.into_iter().chain(["policy"]).chain(SOURCES.iter().map(|source| source.name));
    for resource in named {
        all.extend([api.names(resource, &ids), api.all_names(resource, 0)]);
    }
    for kind in lifecycle::Kind::ALL {
        for session in sessions_of(kind) {
            all.extend(api.snapshots(&session));
            all.extend(actions(&api, kind, &session));
        }
    }
    all
}

fn of_dfm() -> Vec<Request> {
    let mut api = api(Kind::Dfm);
    let query = JobQuery::default();
    let mut all = vec![
        api.about("name", &Secret::new("password")),
        api.schedule_changed(),
        api.purge_before(0, false),
        begun(&api.protection_jobs(&query)),
        begun(&api.protection_job(ID)),
        begun(&api.progress_events(ID, false)),
        begun(&api.schedule(0, 0, None)),
    ];
    let job = session(Resource::ProtectionJob, "volume");
    all.extend(actions(&api, lifecycle::Kind::ProtectionJob, &job));
    all
}

/// Every action, also those that no state takes: the array refuses them in its own words.
fn actions(api: &Api, kind: lifecycle::Kind, session: &Session) -> Vec<Request> {
    let typed = vec![("name", "another".to_owned())];
    let answers = Answers { scheduled: Some(0), typed, ..Answers::default() };
    kind.lifecycle().actions.iter().filter_map(|action| api.act_on(session, action, &answers)).collect()
}

/// Of each kind as many sessions as it has addresses.
fn sessions_of(kind: lifecycle::Kind) -> Vec<Session> {
    use lifecycle::Kind::*;
    let resource = match kind {
        ImportVolume | ImportGroup => Resource::Import,
        Replication | ReplicationNas | Metro => Resource::Replication,
        FileImport => Resource::FileImport,
        Migration => Resource::Migration,
        Job => Resource::Job,
        ProtectionJob | ProtectionProgress | ScheduleEntry => return Vec::new(),
    };
    REPLICATED.into_iter().map(|of| session(resource, of)).collect()
}

fn session(resource: Resource, of: &str) -> Session {
    let told = json!({ "id": ID, "resource_type": of, "local_resource_id": ID });
    let mut session: Session = serde_json::from_value(told).unwrap();
    session.resource = resource;
    session
}

fn one(ask: Ask) -> Option<Request> {
    match ask {
        Ask::One(request) => Some(request),
        Ask::Talk(talk) => Some(begun(&talk)),
    }
}

/// The first request of a conversation: the others go to the same address.
fn begun(talk: &Talk) -> Request {
    talk.begin()
}
