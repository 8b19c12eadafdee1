//! Asks an array as a person does: a login, the action through the array's own API, a logout. So the same rules
//! hold for a story as for whoever clicks.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use serde_json::{Map, Value};

use super::model::Of;
use super::sight;
use super::words::Reason;
use crate::lifecycle::{Action, Kind as Work, Said, Verb};
use crate::simulator::carried;
use crate::simulator::fleet::Fleet;
use crate::simulator::json::{self, json, written};
use crate::simulator::powerstore::login;
use crate::wire::powerstore::Resource;
use crate::wire::zapi::{self, Element};

/// Who asks.
const USER: &str = "admin";

/// Asks for an action when the caller's clock shows `now`.
///
/// # Errors
/// There is nothing of that name, the array refuses, or it does not answer: in a sentence.
pub fn ask(fleet: &mut Fleet, now: i64, of: &Of, action: &str, said: &[(String, String)]) -> Result<(), Reason> {
    if of.resource == Resource::ProtectionJob {
        return ask_dfm(fleet, now, of, action);
    }
    let work = work(fleet, of);
    let known = work.lifecycle().action_named(action).and_then(|id| work.lifecycle().action(id));
    let known = known.ok_or_else(|| format!("{of} has no action {action}."))?;
    let (method, path) = address(fleet, of, known)?;
    let mut body = said_always(known);
    if known.verb == Verb::Create {
        body.insert("name".to_owned(), json!(of.name));
    }
    for (key, value) in said {
        body.insert(key.clone(), valued(fleet, of, key, value)?);
    }
    let opened =
        sent(fleet, now, &of.array, request(Method::GET, "/api/rest/login_session", Vec::new(), &credentials()))?;
    accepted(of, "the login", &opened)?;
    let headers = login_of(&opened);
    let path = format!("/api/rest/{path}?is_async=true");
    let answer = sent(fleet, now, &of.array, request(method, &path, written(&Value::Object(body)).into(), &headers))?;
    let result = accepted(of, action, &answer);
    sent(fleet, now, &of.array, request(Method::POST, "/api/rest/logout", Vec::new(), &headers))?;
    result
}

/// The kind of work that a session is; of one that is not there yet, what its create makes of it.
fn work(fleet: &Fleet, of: &Of) -> Work {
    match of.resource {
        Resource::FileImport => Work::FileImport,
        Resource::Migration => Work::Migration,
        Resource::Replication => sight::replication(fleet, of).map_or(Work::Replication, |(session, _)| session.work),
        _ => {
            let array = fleet.arrays.get(&of.array);
            let session = sight::id(fleet, of).and_then(|id| array?.sessions.get(&id));
            session.map_or(Work::ImportVolume, |session| session.work)
        }
    }
}

/// The method and the path below the root of the API.
fn address(fleet: &Fleet, of: &Of, action: &Action) -> Result<(Method, String), Reason> {
    let collection = of.resource.name();
    if action.verb == Verb::Create {
        return Ok((Method::POST, collection.to_owned()));
    }
    let id = sight::id(fleet, of).ok_or_else(|| format!("there is no {of}."))?;
    Ok(match action.verb {
        Verb::Create | Verb::Act => (Method::POST, format!("{collection}/{id}/{}", action.name)),
        Verb::ActAs(word) => (Method::POST, format!("{collection}/{id}/{word}")),
        Verb::Modify => (Method::PATCH, format!("{collection}/{id}")),
        Verb::Delete => (Method::DELETE, format!("{collection}/{id}")),
        Verb::ActOnResource => {
            let found = sight::replication(fleet, of);
            let (session, side) = found.ok_or_else(|| format!("there is no {of}."))?;
            let (kind, resource) = (session.resource.word(), &session.end(side).resource);
            (Method::POST, format!("{kind}/{resource}/{}", action.name))
        }
    })
}

/// What the body of an action says in any case.
fn said_always(action: &Action) -> Map<String, Value> {
    let pair = |said: &Said| match said {
        Said::Switch(key, value) => Some(((*key).to_owned(), json!(value))),
        Said::Word(key, value) => Some(((*key).to_owned(), json!(value))),
        Said::Snapshot(_) => None,
    };
    action.says.iter().filter_map(pair).collect()
}

/// The value of a key: what points to something names it, and the body wants its id.
fn valued(fleet: &Fleet, of: &Of, key: &str, value: &str) -> Result<Value, Reason> {
    let missing = || format!("{}: {} has nothing called \"{value}\".", key, of.array);
    let array = fleet.arrays.get(&of.array).ok_or_else(missing)?;
    Ok(match (key, value) {
        ("source_resource_id", _) if of.resource == Resource::FileImport => {
            let mut sources = array.errands.nas_sources.values();
            json!(sources.find(|source| source.name == value).ok_or_else(missing)?.id)
        }
        ("source_resource_id", _) => {
            json!(array.sources.values().find(|source| source.name == value).ok_or_else(missing)?.id)
        }
        ("family_id", _) => {
            let volume = array.volumes.values().find(|volume| volume.name == value).map(|volume| &volume.id);
            let group = array.volume_groups.values().find(|group| group.name == value).map(|group| &group.id);
            json!(volume.or(group).ok_or_else(missing)?)
        }
        ("remote_system_id" | "protection_policy_id" | "volume_group_id", _) => json!(format!("name:{value}")),
        (key, _) if key.ends_with("_ids") => {
            json!(value.split(',').map(|name| format!("name:{name}")).collect::<Vec<_>>())
        }
        (_, "true") => json!(true),
        (_, "false") => json!(false),
        _ => json!(value),
    })
}

fn credentials() -> HeaderMap {
    let mut headers = HeaderMap::new();
    login::introduce(&mut headers, USER);
    headers
}

/// The cookie and the token that an answer to a login gives.
fn login_of(answer: &Response<Vec<u8>>) -> HeaderMap {
    let named = |name: HeaderName| answer.headers().get(name).and_then(|value| value.to_str().ok());
    let cookie = named(header::SET_COOKIE).and_then(|cookie| cookie.split(';').next());
    let pairs = [(header::COOKIE, cookie), (login::TOKEN, named(login::TOKEN))];
    pairs.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_str(value?).ok()?))).collect()
}

fn request(method: Method, path: &str, body: Vec<u8>, headers: &HeaderMap) -> Request<Vec<u8>> {
    let mut request = Request::new(body);
    *request.method_mut() = method;
    // Ids are letters, digits and hyphens: every path here is one.
    *request.uri_mut() = carried::uri(path).unwrap_or_default();
    *request.headers_mut() = headers.clone();
    request
}

fn sent(fleet: &mut Fleet, now: i64, array: &str, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Reason> {
    fleet.handle(array, now, &request).into_response().ok_or_else(|| format!("{array} does not answer."))
}

/// Nothing when the array took it, else its own words.
fn accepted(of: &Of, action: &str, answer: &Response<Vec<u8>>) -> Result<(), Reason> {
    if answer.status().is_success() {
        return Ok(());
    }
    let read: Value = json::read(answer.body()).unwrap_or_default();
    let words = read.pointer("/messages/0/message_l10n").and_then(Value::as_str);
    let words = words.map_or_else(|| format!("status {}", answer.status().as_u16()), str::to_owned);
    Err(format!("{} refuses {action} of {of}: {words}", of.array))
}

fn ask_dfm(fleet: &mut Fleet, now: i64, of: &Of, action: &str) -> Result<(), Reason> {
    let call = match action {
        "abort" => {
            let id = sight::id(fleet, of).ok_or_else(|| format!("there is no {of}."))?;
            Element::new("dp-job-abort").with("job-id", &id)
        }
        _ if of.job.as_deref() == Some("on_demand_backup") => {
            Element::new("dp-backup-start").with("dataset-name-or-id", &of.name)
        }
        _ => {
            return Err(
                "a person asks a DFM for an on_demand_backup only; other jobs are requested as an event.".into()
            );
        }
    };
    let asked = request(Method::POST, "/apis/XMLrequest", zapi::call(&call), &credentials());
    let answer = sent(fleet, now, &of.array, asked)?;
    zapi::results(answer.body())
        .map(|_| ())
        .map_err(|refusal| format!("{} refuses {action} of {of}: {refusal}", of.array))
}
