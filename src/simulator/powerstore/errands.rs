//! What file imports and migrations have in common: how an action is named and answered.

use http::{Method, Response, StatusCode};
use serde_json::Value;

use super::actions::{Request, asynchronous};
use super::errors::{self, Problem};
use super::field::View;
use crate::lifecycle::{ActionId, Kind as Work, Release, Verb};
use crate::simulator::answer;
use crate::simulator::engine::Refused;
use crate::simulator::errand::{Errand, Switches};
use crate::simulator::jobs::{Resource, Success};
use crate::simulator::json::json;
use crate::simulator::world::Array;

/// The action of a request to an instance of `resource`; those of later releases are unknown addresses.
pub fn named(
    resource: &str,
    work: Work,
    release: Release,
    method: &Method,
    action: Option<&str>,
) -> Result<ActionId, Problem> {
    let fits = |verb: Verb, name: &str| match (method, action) {
        (&Method::PATCH, None) => verb == Verb::Modify,
        (&Method::DELETE, None) => verb == Verb::Delete,
        (&Method::POST, Some(wanted)) => verb == Verb::Act && name == wanted,
        _ => false,
    };
    let mut actions = work.lifecycle().actions_with_ids();
    let found = actions.find(|(_, action)| action.since <= release && fits(action.verb, action.name));
    found.map(|(id, _)| id).ok_or_else(|| match action {
        Some(name) => Problem::new(
            StatusCode::NOT_FOUND,
            errors::NOT_A_REQUEST,
            format!("{resource} has no operation {name} in this release."),
        ),
        None => Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            errors::NOT_A_REQUEST,
            format!("{method} is not for this address."),
        ),
    })
}

/// Carries out an action that was looked at, and answers.
pub fn carry_out(
    array: &mut Array,
    id: &str,
    action: ActionId,
    switches: Switches,
    request: &Request<'_>,
) -> Result<Response<Vec<u8>>, Problem> {
    let asynchronous = asynchronous(request.parameters)?;
    let job =
        array.ask_errand(id, action, switches, request.user.name, request.now).map_err(|refused| match refused {
            Refused::Unknown => Problem::no_instance("session", id),
            Refused::Because(sentence) => Problem::refused(errors::WRONG_STATE, sentence),
        })?;
    Ok(match asynchronous {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::empty(StatusCode::NO_CONTENT),
    })
}

/// The answer to a create, with the body that tells of the new session.
pub fn created(array: &mut Array, id: &str, told: Value, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    let asynchronous = asynchronous(request.parameters)?;
    let Some((name, kind)) = array.errands.all.get(id).map(|errand| (errand.name.clone(), errand.resource())) else {
        return Err(Problem::no_instance("session", id));
    };
    let resource = Resource { kind, id, name: &name };
    let job = array.jobs.open(Some("create"), resource, format!("Create {name}."), request.user.name, request.now);
    array.jobs.end_soon(&job, Success::Created(id.to_owned()));
    array.counts.action("create");
    array.start_file_imports(request.now);
    Ok(match asynchronous {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::json(StatusCode::CREATED, &told),
    })
}

/// What a session shows as its state: its own, or what a fault puts in its place.
pub fn shown_state<'a>(errand: &'a Errand, view: &View<'a>) -> &'a str {
    view.array.faults.states.get(&errand.id).map_or(errand.node_name(), String::as_str)
}

/// 400 when another session of this kind has the name.
pub fn free_name(array: &Array, work: Work, name: &str, own: Option<&str>) -> Result<(), Problem> {
    match array.errand_id(work, &format!("name:{name}")) {
        Some(other) if own != Some(other.as_str()) => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            errors::NAME_TAKEN,
            format!("name: there is a session {name} already."),
        )),
        _ => Ok(()),
    }
}
