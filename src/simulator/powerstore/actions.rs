//! What can be asked of imports: create, modify, delete and the actions.

use http::{Method, Response, StatusCode};

use super::body::Body;
use super::errors::{self, Problem};
use super::login::User;
use super::sources::{self, Sources};
use super::{create, resources};
use crate::lifecycle::import_volume::{self as table, IMPORT_VOLUME};
use crate::lifecycle::{ActionId, Release, Verb};
use crate::simulator::answer;
use crate::simulator::engine::{self, Refused};
use crate::simulator::jobs::{Step, Success};
use crate::simulator::json::json;
use crate::simulator::world::{Array, Session};

/// A request that changes something.
pub struct Request<'a> {
    pub parameters: &'a [(String, String)],
    pub body: &'a [u8],
    pub user: User,
    pub now: i64,
}

/// `POST /import_session`.
pub fn create(array: &mut Array, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    let asynchronous = asynchronous(request.parameters)?;
    let draft = create::draft(array, &Body::read(request.body)?, request.now)?;
    let name = draft.name.clone();
    let id = array.begin(draft, request.now).map_err(|refused| refusal(&refused, ""))?;
    let description = format!("Create import session {name}.");
    let resource = engine::resource(&id, &name);
    let job = array.jobs.open(Some("create"), resource, description, request.user.name, request.now);
    array.jobs.part(&job, members(array, &id));
    array.jobs.end_soon(&job, Success::Created(id.clone()));
    array.counts.action("create");
    array.start_from_queue(request.now);
    Ok(match asynchronous {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::json(StatusCode::CREATED, &json!({ "id": id })),
    })
}

/// The creation of a group goes volume by volume.
fn members(array: &Array, group: &str) -> Vec<Step> {
    let members = array.sessions.get(group).map(|session| session.members.as_slice()).unwrap_or_default();
    let step = |session: &Session| Step {
        action: Some("create"),
        resource_kind: "import_session",
        resource_id: session.id.clone(),
        resource_name: session.asked.name.clone(),
        description: format!("Create import session {}.", session.asked.name),
        takes: Some(60),
    };
    members.iter().filter_map(|id| array.sessions.get(id)).map(step).collect()
}

/// `PATCH /import_session/{id}`, `DELETE /import_session/{id}`, `POST /import_session/{id}/{action}`.
pub fn act(
    array: &mut Array,
    method: &Method,
    address: &str,
    action: Option<&str>,
    request: &Request<'_>,
) -> Result<Response<Vec<u8>>, Problem> {
    let action = named(array.release, method, action)?;
    let asynchronous = asynchronous(request.parameters)?;
    let body = Body::read(request.body)?;
    body.only(match action {
        table::CANCEL => &["force"],
        table::MODIFY => &["scheduled_timestamp"],
        _ => &[],
    })?;
    let force = body.flag("force")?.unwrap_or(false);
    let time = match (action, body.time("scheduled_timestamp")?) {
        (table::MODIFY, None) => return Err(Problem::schema("scheduled_timestamp is missing.")),
        (_, time) => time,
    };
    let id = array.session_id(address).ok_or_else(|| Problem::no_instance("import_session", address))?;
    if let Some(time) = time {
        create::ahead(time, request.now)?;
    }
    let user = request.user.name;
    let job = array.act(&id, action, user, force, request.now).map_err(|refused| refusal(&refused, address))?;
    if let Some(time) = time {
        array.reschedule(&id, time, request.now);
    }
    Ok(match asynchronous {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::empty(StatusCode::NO_CONTENT),
    })
}

/// The action of a request; those of later releases are unknown addresses.
fn named(release: Release, method: &Method, action: Option<&str>) -> Result<ActionId, Problem> {
    let verb = match (method, action) {
        (&Method::PATCH, None) => Some(table::MODIFY),
        (&Method::DELETE, None) => Some(table::DELETE),
        (&Method::POST, Some(name)) => IMPORT_VOLUME
            .actions_with_ids()
            .find(|(_, action)| action.verb == Verb::Act && action.name == name && action.since <= release)
            .map(|(id, _)| id),
        _ => {
            return Err(Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                errors::NOT_A_REQUEST,
                format!("{method} is not for this address."),
            ));
        }
    };
    verb.ok_or_else(|| {
        let name = action.unwrap_or_default();
        Problem::new(
            StatusCode::NOT_FOUND,
            errors::NOT_A_REQUEST,
            format!("import_session has no operation {name} in this release."),
        )
    })
}

fn refusal(refused: &Refused, address: &str) -> Problem {
    match refused {
        Refused::Unknown => Problem::no_instance("import_session", address),
        Refused::Because(sentence) => Problem::refused(errors::WRONG_STATE, sentence.as_str()),
    }
}

/// `POST /import_psgroup_volume/{id}/import_snapshot_schedules`.
pub fn schedules(array: &Array, address: &str, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    const RESOURCE: &str = "import_psgroup_volume";
    if let Some((name, value)) = request.parameters.first() {
        return Err(Problem::schema(format!("The parameter {name}={value} is unknown.")));
    }
    Body::read(request.body)?.only(&[])?;
    let sources = Sources::named(RESOURCE, array.release);
    let id = sources.and_then(|sources| resources::addressed_source(array, sources, address));
    let source = id.and_then(|id| array.sources.get(&id)).ok_or_else(|| Problem::no_instance(RESOURCE, address))?;
    Ok(answer::json(StatusCode::OK, &sources::schedules(source)))
}

/// Whether the answer is a job.
pub fn asynchronous(parameters: &[(String, String)]) -> Result<bool, Problem> {
    let mut asynchronous = false;
    for (name, value) in parameters {
        match (name.as_str(), value.to_ascii_lowercase().as_str()) {
            ("is_async", "true") => asynchronous = true,
            ("is_async", "false") => asynchronous = false,
            _ => return Err(Problem::schema(format!("The parameter {name}={value} is unknown."))),
        }
    }
    Ok(asynchronous)
}
