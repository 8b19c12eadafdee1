//! What begins and ends replications, asked of what is replicated: the protection policy of a volume, a volume
//! group or a NAS server, and metro.

use http::{Response, StatusCode};

use super::actions::{Request, asynchronous};
use super::body::Body;
use super::errors::{self, Problem};
use super::replicating::{Answer, carry_out, concern, refusal};
use crate::lifecycle::{Kind as Work, Release};
use crate::simulator::answer;
use crate::simulator::jobs::{Resource as Concern, Success};
use crate::simulator::json::json;
use crate::simulator::migration;
use crate::simulator::replication::{Asked, Birth, Replications, Resource, Seen};
use crate::simulator::world::{Array, addressed};

/// The first release that replicates NAS servers, and volumes by metro.
const NAS_AND_METRO: Release = Release([3, 0, 0, 0]);
/// The first release with metro volume groups and synchronous replication.
const GROUPS_AND_SYNCHRONOUS: Release = Release([4, 0, 0, 0]);

fn wrong(message: impl Into<String>) -> Problem {
    Problem::refused(errors::WRONG_STATE, message)
}

/// What can be replicated, by its id or its name.
#[derive(Clone)]
struct Thing {
    /// The name of its collection.
    kind: &'static str,
    resource: Resource,
    id: String,
    name: String,
}

impl Thing {
    fn found(array: &Array, kind: &str, address: &str) -> Result<Thing, Problem> {
        let thing =
            |kind, resource, id: &String, name: &String| Thing { kind, resource, id: id.clone(), name: name.clone() };
        let found = match kind {
            "volume" => addressed(&array.volumes, address)
                .map(|volume| thing("volume", Resource::Volume, &volume.id, &volume.name)),
            "volume_group" => addressed(&array.volume_groups, address)
                .map(|group| thing("volume_group", Resource::VolumeGroup, &group.id, &group.name)),
            _ => addressed(&array.nas_servers, address)
                .map(|server| thing("nas_server", Resource::NasServer, &server.id, &server.name)),
        };
        found.ok_or_else(|| Problem::no_instance(kind, address))
    }

    /// Its session, or that of a group in which it is replicated, if there is one.
    fn seen<'a>(&self, array: &'a Array) -> Option<&'a Seen> {
        let inside = array.volumes.values().filter(|volume| volume.group.as_deref() == Some(&self.id));
        array.replication_of(&self.id).or_else(|| inside.filter_map(|one| array.replication_of(&one.id)).next())
    }

    /// Whether a replication can begin: it has none, and it is all there.
    fn is_free(&self, array: &Array) -> Result<(), Problem> {
        if let Some(seen) = self.seen(array) {
            let mine = seen.end().resource == self.id;
            let state = seen.session.name_of(seen.here);
            return Err(wrong(match (mine, state) {
                (true, "Deleting") => format!("The replication of the {} is still being removed.", self.kind),
                (true, _) => format!("The {} is replicated already.", self.kind),
                (false, _) => format!("The {} is replicated with its volume group or in parts.", self.kind),
            }));
        }
        if array.volume_groups.get(&self.id).is_some_and(|group| group.is_importing) {
            return Err(wrong("The volume group is being imported."));
        }
        Ok(())
    }
}

/// Answers a change that is carried out by a job.
fn changed(by_job: bool, job: &str) -> Response<Vec<u8>> {
    match by_job {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::empty(StatusCode::NO_CONTENT),
    }
}

fn not_in_this_release(message: String) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, errors::NOT_A_REQUEST, message)
}

/// `POST /volume/{id}/configure_metro`, `/end_metro`, and the same of a volume group.
pub fn metro(array: &mut Array, world: &mut Replications, path: (&str, &str, &str), request: &Request<'_>) -> Answer {
    let (kind, address, word) = path;
    let since = if kind == "volume" { NAS_AND_METRO } else { GROUPS_AND_SYNCHRONOUS };
    if array.release < since {
        return Err(not_in_this_release(format!("{kind} has no operation {word} in this release.")));
    }
    let by_job = asynchronous(request.parameters)?;
    let body = Body::read(request.body)?;
    let thing = Thing::found(array, kind, address)?;
    if word == "end_metro" {
        return end_metro(array, world, &thing, &body, by_job, request);
    }
    body.only(&["remote_system_id", "remote_appliance_id"])?;
    let wanted = body.needed("remote_system_id")?;
    let appliance = body.text("remote_appliance_id")?;
    let remote = addressed(&array.remote_systems, &wanted)
        .ok_or_else(|| Problem::refused(errors::NO_OBJECT, format!("There is no remote system {wanted}.")))?;
    if remote.family.is_some() {
        return Err(wrong(format!("{} takes no metro configuration.", remote.name)));
    }
    if !world.link_up {
        return Err(wrong(format!("{} is not reached.", remote.name)));
    }
    if let Some(appliance) = appliance.filter(|appliance| !migration::APPLIANCES.contains(&appliance.as_str())) {
        return Err(Problem::refused(errors::NO_OBJECT, format!("{} has no appliance {appliance}.", remote.name)));
    }
    thing.is_free(array)?;
    let (id, job) = begin(array, world, &thing, None, request);
    let told = json!({ "metro_replication_session_id": id });
    array.jobs.end_soon(&job, Success::Told("job_configure_metro_response", told.clone()));
    Ok(match by_job {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::json(StatusCode::OK, &told),
    })
}

fn end_metro(
    array: &mut Array,
    world: &mut Replications,
    thing: &Thing,
    body: &Body,
    by_job: bool,
    request: &Request<'_>,
) -> Answer {
    let delete = if thing.kind == "volume" { "delete_remote_volume" } else { "delete_remote_volume_group" };
    body.only(&[delete, "force"])?;
    let asked = Asked {
        forced: body.flag("force")?.unwrap_or(false),
        without_copy: body.flag(delete)?.unwrap_or(false),
        ..Asked::default()
    };
    let is_equal = |seen: &&Seen| seen.end().resource == thing.id && seen.session.work == Work::Metro;
    let not_metro = || wrong(format!("The {} is in no metro configuration.", thing.kind));
    let seen = array.replication_of(&thing.id).filter(is_equal).ok_or_else(not_metro)?;
    let (id, side) = (seen.session.id.clone(), seen.here);
    let action = seen.session.work.lifecycle().action_named("end_metro").ok_or_else(not_metro)?;
    let job = carry_out(array, world, (&id, side), (action, asked), Success::Done, request)?;
    Ok(changed(by_job, &job))
}

/// The rule by which a policy replicates: its id and its recovery point objective.
type Rule = (String, &'static str);

/// Takes down that a session is to begin; its id, and the job of its beginning.
fn begin(
    array: &mut Array,
    world: &mut Replications,
    thing: &Thing,
    rule: Option<Rule>,
    request: &Request<'_>,
) -> (String, String) {
    let (id, number) = world.name();
    let (verb, words) = match rule {
        Some(_) => ("create", "Create replication session"),
        None => ("configure_metro", "Configure metro"),
    };
    let description = format!("{words} ({}).", thing.name);
    let job = array.jobs.open(Some(verb), concern(&id, &thing.name), description, request.user.name, request.now);
    let metro = rule.is_none();
    let (rule, rpo) = rule.unzip();
    world.births.push(Birth {
        id: id.clone(),
        number,
        array: array.id.clone(),
        resource: thing.resource,
        local: thing.id.clone(),
        metro,
        rpo,
        rule,
        job: (!metro).then(|| job.clone()),
    });
    (id, job)
}

/// `PATCH` of a volume, a volume group or a NAS server: the protection policy, and nothing else. A policy that
/// replicates begins a session, one that does not ends it, another one that does changes its objective.
pub fn protect(
    array: &mut Array,
    world: &mut Replications,
    (kind, address): (&str, &str),
    request: &Request<'_>,
) -> Answer {
    let by_job = asynchronous(request.parameters)?;
    let body = Body::read(request.body)?;
    body.only(&["protection_policy_id"])?;
    let wanted = body.needed("protection_policy_id")?;
    let thing = Thing::found(array, kind, address)?;
    let policy = match wanted.as_str() {
        "" => None,
        wanted => Some(
            addressed(&array.policies, wanted)
                .ok_or_else(|| Problem::refused(errors::NO_OBJECT, format!("There is no policy {wanted}.")))?
                .id
                .clone(),
        ),
    };
    let rule = policy.as_deref().and_then(|policy| array.rule_of(policy)).map(|rule| (rule.id.clone(), rule.rpo));
    let own = |seen: &&Seen| seen.end().resource == thing.id && !seen.session.metro;
    let seen = array.replication_of(&thing.id).filter(own).cloned();
    let job = match (seen, rule) {
        (None, None) => None,
        (Some(seen), _) if !seen.end().leads => {
            return Err(wrong("The policy is that of the source: ask the other array."));
        }
        (Some(seen), None) => Some(end(array, world, &seen, request)?),
        (None, Some(rule)) => {
            may_replicate(array, world, &thing, rule.1)?;
            Some(begin(array, world, &thing, Some(rule), request).1)
        }
        (Some(seen), Some((rule, rpo))) => {
            if (rpo == "Zero") != (seen.session.work == Work::Metro) {
                return Err(wrong(
                    "Take the policy off first: synchronous and asynchronous replication do not change over.",
                ));
            }
            if seen.session.name_of(seen.here) == "Deleting" {
                thing.is_free(array)?;
            }
            world.change_rule(&seen.session.id, seen.here, &rule, rpo, request.now);
            None
        }
    };
    array.assign(thing.resource, &thing.id, policy);
    if !by_job {
        return Ok(answer::empty(StatusCode::NO_CONTENT));
    }
    let job = job.unwrap_or_else(|| {
        let concern = Concern { kind: thing.kind, id: &thing.id, name: &thing.name };
        let job = array.jobs.open(Some("modify"), concern, "Modify.".to_owned(), request.user.name, request.now);
        array.jobs.end_soon(&job, Success::Done);
        job
    });
    Ok(changed(true, &job))
}

/// Whether a session of the thing can begin by a rule with this objective.
fn may_replicate(array: &Array, world: &Replications, thing: &Thing, rpo: &str) -> Result<(), Problem> {
    thing.is_free(array)?;
    let since = match (thing.resource, rpo) {
        (Resource::NasServer, "Zero") => return Err(wrong("NAS servers are replicated asynchronously only.")),
        (Resource::NasServer, _) => NAS_AND_METRO,
        (_, "Zero") => GROUPS_AND_SYNCHRONOUS,
        _ => Release::OLDEST,
    };
    if array.release < since {
        return Err(wrong("This release does not replicate so."));
    }
    if !world.link_up {
        return Err(wrong("The other array is not reached."));
    }
    Ok(())
}

/// Ends the session that a policy made; answers with the job.
fn end(array: &mut Array, world: &mut Replications, seen: &Seen, request: &Request<'_>) -> Result<String, Problem> {
    let (id, name) = (&seen.session.id, &seen.session.name);
    world.remove_policy(id, seen.here, request.now).map_err(|refused| refusal(&refused, id))?;
    let description = format!("Delete replication session ({name}).");
    let job = array.jobs.open(Some("delete"), concern(id, name), description, request.user.name, request.now);
    if !world.give_job(id, seen.here, &job) {
        array.jobs.end_soon(&job, Success::Done);
    }
    Ok(job)
}
