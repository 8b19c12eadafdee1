//! What can be asked of replications: the actions and the role. What begins and ends them is asked of what is
//! replicated: [`super::protecting`].

use http::{Method, Response, StatusCode};

use super::actions::{Request, asynchronous};
use super::body::Body;
use super::errors::{self, Problem};
use super::{create, protecting, snapshots};
use crate::lifecycle::{ActionId, Kind as Work, Lifecycle, Release, Said, Verb};
use crate::simulator::answer;
use crate::simulator::engine::Refused;
use crate::simulator::jobs::{Resource as Concern, Success};
use crate::simulator::json::json;
use crate::simulator::replication::{Asked, Replications, Resource, Seen, Side};
use crate::simulator::world::Array;

const RESOURCE: &str = "replication_session";

/// A job on a session.
pub(super) fn concern<'a>(id: &'a str, name: &'a str) -> Concern<'a> {
    Concern { kind: RESOURCE, id, name }
}

pub(super) type Answer = Result<Response<Vec<u8>>, Problem>;

/// `POST /replication_session/{id}/{word}`, and `PATCH /replication_session/{id}` without a word.
pub fn act(array: &mut Array, world: &mut Replications, id: &str, word: Option<&str>, request: &Request<'_>) -> Answer {
    let since = match word {
        None | Some("promote" | "demote") => Release([3, 0, 0, 0]),
        Some("start_failover_test" | "stop_failover_test") => Release([2, 0, 0, 0]),
        Some(_) => Release::OLDEST,
    };
    if array.release < since {
        return Err(unknown(word));
    }
    let by_job = asynchronous(request.parameters)?;
    let body = Body::read(request.body)?;
    let keys: &[&str] = match word {
        None => &["role"],
        Some("failover") => &["is_planned", "reverse", "force", "use_test_copy", "failover_snapshot_id"],
        Some("reprotect") => &["discard_changes_after_failover"],
        Some("start_failover_test") => &["snapshot_id"],
        Some("stop_failover_test") => &["create_end_of_test_snapshot", "force"],
        Some(_) => &[],
    };
    body.only(keys)?;
    for (key, since) in [
        ("use_test_copy", Release([2, 0, 0, 0])),
        ("failover_snapshot_id", Release([2, 0, 0, 0])),
        ("discard_changes_after_failover", Release([4, 0, 0, 0])),
    ] {
        if body.has(key) && array.release < since {
            return Err(Problem::schema(format!("{key} is not allowed in this release.")));
        }
    }
    let seen = array.replications.get(id).ok_or_else(|| Problem::no_instance(RESOURCE, id))?;
    let asked = asked(&body, seen)?;
    let from = snapshot(array, &body, seen)?;
    let planned = body.flag("is_planned")?.unwrap_or(true);
    if word.is_none() && body.needed("role")? != "Metro_Preferred" {
        return Err(Problem::schema("role can only be changed to Metro_Preferred."));
    }
    let table = seen.session.work.lifecycle();
    let action = named(table, array.release, word, planned)?;
    let (side, leads) = (seen.here, seen.end().leads);
    let at_destination = word == Some("failover") && planned && !leads && seen.session.work != Work::Metro;
    let failed_over = word == Some("failover") && seen.session.name_of(side) == "Failed_Over";
    let snapshot = body.flag("create_end_of_test_snapshot")?.unwrap_or(false);
    let told = json!({ "snapshot_id": world.seed.named("snapshot").derive(request.now.unsigned_abs()).uuid() });
    let success = match snapshot {
        true => Success::Told("job_replication_session_stop_failover_test_response", told.clone()),
        false => Success::Done,
    };
    let job =
        carry_out(array, world, (id, side), (action, asked), success, request).map_err(|problem| match problem {
            Problem { message, .. } if at_destination => {
                Problem::new(StatusCode::BAD_REQUEST, errors::WRONG_STATE, message)
            }
            Problem { message, .. } if failed_over => Problem::refused(errors::FAILED_OVER, message),
            problem => problem,
        })?;
    // What came after the snapshot is lost, too.
    if let Some(session) = world.sessions.get_mut(id).filter(|_| word == Some("failover")) {
        session.based = session.based.map(|based| from.map_or(based, |from| from.min(based)));
    }
    Ok(match (by_job, snapshot) {
        (true, _) => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        (false, true) => answer::json(StatusCode::OK, &told),
        (false, false) => answer::empty(StatusCode::NO_CONTENT),
    })
}

/// When the snapshot that the body names was taken. Those of file systems are not known here: any name is one.
fn snapshot(array: &Array, body: &Body, seen: &Seen) -> Result<Option<i64>, Problem> {
    let session = &seen.session;
    let is_known = matches!(session.resource, Resource::Volume | Resource::VolumeGroup);
    if session.work == Work::Metro || !is_known {
        return Ok(None);
    }
    for key in ["failover_snapshot_id", "snapshot_id"] {
        if let Some(wanted) = body.text(key)? {
            let missing = || create::refused(errors::NO_OBJECT, key, &format!("there is no snapshot {wanted} of it."));
            return snapshots::taken_at(array, seen, &wanted).map(Some).ok_or_else(missing);
        }
    }
    Ok(None)
}

/// What the body says, if it says what fits together.
fn asked(body: &Body, seen: &Seen) -> Result<Asked, Problem> {
    let on = |key: &str| body.flag(key).map(|flag| flag.unwrap_or(false));
    let asked = Asked {
        forced: on("force")?,
        reversing: on("reverse")?,
        discarding: on("discard_changes_after_failover")?,
        on_test_copy: on("use_test_copy")?,
        from_snapshot: body.text("failover_snapshot_id")?.is_some(),
        without_copy: false,
    };
    let planned = body.flag("is_planned")?.unwrap_or(true);
    let of_failover = body.has("is_planned") || asked.reversing || asked.on_test_copy || asked.from_snapshot;
    if of_failover && !planned && asked.reversing {
        return Err(Problem::schema("reverse is only allowed for a planned failover."));
    }
    if of_failover && planned && (asked.forced || asked.on_test_copy || asked.from_snapshot) {
        return Err(Problem::schema(
            "force, use_test_copy and failover_snapshot_id are only allowed for an unplanned failover.",
        ));
    }
    if asked.discarding && seen.session.resource != Resource::NasServer {
        return Err(Problem::refused(
            errors::INCONSISTENT,
            "discard_changes_after_failover is only supported for the replication of NAS servers.",
        ));
    }
    Ok(asked)
}

fn unknown(word: Option<&str>) -> Problem {
    let what = word.map_or_else(|| "change".to_owned(), |word| format!("operation {word}"));
    let message = format!("{RESOURCE} has no {what} in this release.");
    Problem::new(StatusCode::NOT_FOUND, errors::NOT_A_REQUEST, message)
}

/// The action that the API spells so; those of later releases are unknown addresses.
fn named(table: &Lifecycle, release: Release, word: Option<&str>, planned: bool) -> Result<ActionId, Problem> {
    let fits = |verb: Verb, name: &str, says: &[Said]| match (verb, word) {
        (Verb::Modify, None) => true,
        (Verb::Act, Some(word)) => name == word,
        (Verb::ActAs(shared), Some(word)) => {
            shared == word && says.iter().all(|said| !matches!(said, Said::Switch(_, value) if *value != planned))
        }
        _ => false,
    };
    let mut known = table.actions_with_ids();
    let found = known.find(|(_, action)| action.since <= release && fits(action.verb, action.name, action.says));
    match (found, word) {
        (Some((id, _)), _) => Ok(id),
        (None, None) => Err(Problem::refused(errors::WRONG_STATE, "Only the role of a metro session can be changed.")),
        (None, Some("promote" | "demote")) => {
            Err(Problem::refused(errors::WRONG_STATE, "Only an end of a metro session is promoted or demoted."))
        }
        (None, Some("start_failover_test" | "stop_failover_test")) => {
            Err(Problem::refused(errors::WRONG_STATE, "There are no failover tests of NAS servers."))
        }
        (None, Some(_)) => Err(unknown(word)),
    }
}

/// Asks an end for an action; answers with the job.
pub(super) fn carry_out(
    array: &mut Array,
    world: &mut Replications,
    (id, side): (&str, Side),
    (action, asked): (ActionId, Asked),
    success: Success,
    request: &Request<'_>,
) -> Result<String, Problem> {
    let seen = array.replications.get(id).ok_or_else(|| Problem::no_instance(RESOURCE, id))?;
    let (name, known) = (seen.session.name.clone(), seen.session.work.lifecycle().action(action));
    world.act(id, side, action, asked, request.now).map_err(|refused| refusal(&refused, id))?;
    let description = format!("{} ({name}).", known.map_or("?", |action| action.label));
    let verb = known.and_then(|action| action.job_verb);
    let job = array.jobs.open(verb, concern(id, &name), description, request.user.name, request.now);
    if !world.give_job(id, side, &job) {
        array.jobs.end_soon(&job, success);
    }
    array.counts.action(known.map_or("?", |action| action.name));
    Ok(job)
}

pub(super) fn refusal(refused: &Refused, id: &str) -> Problem {
    match refused {
        Refused::Unknown => Problem::no_instance(RESOURCE, id),
        Refused::Because(sentence) => Problem::refused(errors::WRONG_STATE, sentence.as_str()),
    }
}

/// True for requests of this room.
pub fn is_asked(method: &Method, segments: &[&str]) -> bool {
    match segments {
        ["replication_session", _] | ["volume" | "volume_group" | "nas_server", _] => *method == Method::PATCH,
        ["replication_session", _, _] | ["volume" | "volume_group", _, "configure_metro" | "end_metro"] => {
            *method == Method::POST
        }
        _ => false,
    }
}

/// Answers a request of this room.
pub fn answer(array: &mut Array, world: &mut Replications, segments: &[&str], request: &Request<'_>) -> Answer {
    match segments {
        ["replication_session", id] => act(array, world, id, None, request),
        ["replication_session", id, word] => act(array, world, id, Some(word), request),
        [kind, address] => protecting::protect(array, world, (kind, address), request),
        [kind, address, word] => protecting::metro(array, world, (kind, address, word), request),
        _ => Err(Problem::new(StatusCode::NOT_FOUND, errors::NOT_A_REQUEST, "There is no such address.")),
    }
}
