//! What can be asked of imports: create, modify, delete and the actions.

use http::{Method, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::errors::{self, Problem};
use super::login::User;
use crate::lifecycle::import_volume::{self as table, IMPORT_VOLUME};
use crate::lifecycle::{ActionId, Release, Verb};
use crate::simulator::answer;
use crate::simulator::engine::Refused;
use crate::simulator::jobs::Success;
use crate::simulator::world::{Array, Draft, Kind};

/// A request that changes something.
pub struct Request<'a> {
    pub parameters: &'a [(String, String)],
    pub body: &'a [u8],
    pub user: User,
    pub now: i64,
}

const NAME_LENGTH: usize = 128;

/// `POST /import_session`.
pub fn create(array: &mut Array, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    let asynchronous = asynchronous(request.parameters)?;
    let draft = draft(array, &body(request.body)?, request.now)?;
    let name = draft.name.clone();
    let id = array.begin(draft, request.now).map_err(|refused| refusal(&refused, ""))?;
    let description = format!("Create import session {name}.");
    let job = array.jobs.open(Some("create"), (&id, &name), description, request.user.name, request.now);
    array.jobs.end_soon(&job, Success::Created(id.clone()));
    array.counts.action("create");
    array.start_from_queue(request.now);
    Ok(match asynchronous {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::json(StatusCode::CREATED, &json!({ "id": id })),
    })
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
    let body = body(request.body)?;
    let allowed: &[&str] = match action {
        table::CANCEL => &["force"],
        table::MODIFY => &["scheduled_timestamp"],
        _ => &[],
    };
    known_keys(&body, allowed)?;
    let force = flag(&body, "force")?.unwrap_or(false);
    let id = array.session_id(address).ok_or_else(|| Problem::no_instance("import_session", address))?;
    if action == table::MODIFY {
        reschedule(array, &id, &body, request.now)?;
    }
    let job =
        array.act(&id, action, request.user.name, force, request.now).map_err(|refused| refusal(&refused, address))?;
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

/// Sets the new time, unless the table refuses the action anyway.
fn reschedule(array: &mut Array, id: &str, body: &Map<String, Value>, now: i64) -> Result<(), Problem> {
    let time = future(body, now)?.ok_or_else(|| Problem::schema("scheduled_timestamp is missing."))?;
    if let Some(session) = array.sessions.get_mut(id)
        && session.node == table::SCHEDULED
    {
        session.asked.scheduled = Some(time);
    }
    Ok(())
}

fn draft(array: &Array, body: &Map<String, Value>, now: i64) -> Result<Draft, Problem> {
    const KEYS: [(&str, Release); 14] = [
        ("name", Release::OLDEST),
        ("remote_system_id", Release::OLDEST),
        ("source_resource_id", Release::OLDEST),
        ("description", Release::OLDEST),
        ("volume_group_id", Release::OLDEST),
        ("automatic_cutover", Release::OLDEST),
        ("protection_policy_id", Release::OLDEST),
        ("scheduled_timestamp", Release::OLDEST),
        ("type", Release([1, 0, 2, 0])),
        ("host_ids", Release([1, 0, 2, 0])),
        ("consistency_group_member_host_ids", Release([1, 0, 2, 0])),
        ("host_group_ids", Release([2, 0, 0, 0])),
        ("consistency_group_member_host_group_ids", Release([2, 0, 0, 0])),
        ("global_storage_discovery_address", Release([3, 0, 0, 0])),
    ];
    let known: Vec<&str> = KEYS.iter().filter(|(_, since)| *since <= array.release).map(|(key, _)| *key).collect();
    known_keys(body, &known)?;
    for key in
        ["host_ids", "host_group_ids", "consistency_group_member_host_ids", "consistency_group_member_host_group_ids"]
    {
        if body.get(key).is_some_and(|value| !value.is_array()) {
            return Err(Problem::schema(format!("{key} is no list.")));
        }
    }
    let required = |key| text(body, key)?.ok_or_else(|| Problem::schema(format!("{key} is missing.")));
    let name = required("name")?;
    if name.is_empty()
        || name.len() > NAME_LENGTH
        || name.contains(|c: char| c.is_whitespace() || c.is_control() || "/?#%&".contains(c))
    {
        return Err(Problem::schema("name must have 1 to 128 letters, without spaces and signs of addresses."));
    }
    let (remote_system, source) = (required("remote_system_id")?, required("source_resource_id")?);
    let kind = match text(body, "type")?.as_deref() {
        None | Some("Non_Disruptive") => Kind::NonDisruptive,
        Some("Agentless") => Kind::Agentless,
        Some(other) => return Err(Problem::schema(format!("{other} is not a type of import session."))),
    };
    let description = text(body, "description")?;
    if description.as_ref().is_some_and(|text| text.len() > NAME_LENGTH) {
        return Err(Problem::schema("description is longer than 128 letters."));
    }
    let automatic_cutover = flag(body, "automatic_cutover")?.unwrap_or(false);
    let scheduled = future(body, now)?;
    if array.session_names.contains_key(&name.to_lowercase()) {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            errors::NAME_TAKEN,
            format!("There is an import session {name} already."),
        ));
    }
    let missing = |kind: &str, id: &str| {
        Problem::refused(errors::NO_OBJECT, format!("There is no {kind} with the id or name {id}."))
    };
    let remote = array.remote_system(&remote_system).ok_or_else(|| missing("remote system", &remote_system))?;
    let found = array.sources.get(&source).filter(|source| source.remote_system == remote.id);
    let found = found.ok_or_else(|| missing("source", &source))?;
    if let Some(group) = text(body, "volume_group_id")? {
        return Err(missing("volume group", &group));
    }
    Ok(Draft {
        name,
        description,
        kind,
        remote_system: remote.id.clone(),
        source: found.id.clone(),
        automatic_cutover,
        protection_policy: text(body, "protection_policy_id")?,
        scheduled,
        discovery_address: text(body, "global_storage_discovery_address")?,
        parent: None,
    })
}

/// The scheduled time, which must be ahead.
fn future(body: &Map<String, Value>, now: i64) -> Result<Option<i64>, Problem> {
    let Some(written) = text(body, "scheduled_timestamp")? else { return Ok(None) };
    let time = crate::wire::time::parse(&written)
        .ok_or_else(|| Problem::schema(format!("scheduled_timestamp {written} is not a time.")))?;
    if time <= now {
        return Err(Problem::refused(errors::TIME_PASSED, "The scheduled time is not in the future."));
    }
    Ok(Some(time))
}

fn asynchronous(parameters: &[(String, String)]) -> Result<bool, Problem> {
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

fn body(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(body)) => Ok(body),
        Ok(_) => Err(Problem::schema("The body is no object.")),
        Err(_) => Err(Problem::new(StatusCode::BAD_REQUEST, errors::NOT_A_REQUEST, "The body is not JSON.")),
    }
}

fn known_keys(body: &Map<String, Value>, known: &[&str]) -> Result<(), Problem> {
    match body.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => {
            Err(Problem::schema(format!("The body has a property which is not allowed by the schema: [{key}]")))
        }
        None => Ok(()),
    }
}

fn text(body: &Map<String, Value>, key: &str) -> Result<Option<String>, Problem> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Problem::schema(format!("{key} is no text."))),
    }
}

fn flag(body: &Map<String, Value>, key: &str) -> Result<Option<bool>, Problem> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(_) => Err(Problem::schema(format!("{key} is neither true nor false."))),
    }
}
