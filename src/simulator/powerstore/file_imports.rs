//! `file_import_session`: what can be read and asked of it.

use http::{Method, Response, StatusCode};
use serde_json::{Map, Value};

use super::actions::{Request, asynchronous};
use super::body::Body;
use super::create;
use super::errands::{carry_out, created, free_name, named, shown_state};
use super::errors::{self, Problem};
use super::field::{Field, Kind, Label, Table, View, time};
use super::file_interfaces::FileInterface;
use crate::lifecycle::file_import as table;
use crate::lifecycle::{Circumstance, Circumstances, Kind as Work, ProgressRule, Release};
use crate::simulator::answer;
use crate::simulator::errand::{Errand, Switches, Task};
use crate::simulator::file_import::FileImport;
use crate::simulator::jobs::{Resource, Success};
use crate::simulator::json::json;
use crate::simulator::world::Array;
use crate::words::folded;

/// The first release with file imports.
pub const SINCE: Release = Release([3, 0, 0, 0]);
const RESOURCE: &str = "file_import_session";
/// No action of a person's: it changes nothing that is shown of a session.
const SYNC_OBJECTS: &str = "destination_objects_sync";
/// Letters of a name at most.
const LONGEST_NAME: usize = 32;

/// The keys of a create, with the release that brought them; the first nine are also those of a change.
const KEYS: [(&str, Release); 15] = [
    ("name", SINCE),
    ("description", SINCE),
    ("scheduled_timestamp", SINCE),
    ("source_smb_admin_username", SINCE),
    ("source_smb_admin_password", SINCE),
    ("source_dhsm_username", SINCE),
    ("source_dhsm_password", SINCE),
    ("cta_admin_username", Release([4, 1, 0, 0])),
    ("cta_admin_password", Release([4, 1, 0, 0])),
    ("remote_system_id", SINCE),
    ("source_resource_id", SINCE),
    ("import_file_interface_id", SINCE),
    ("protection_policy_id", SINCE),
    ("file_interfaces", SINCE),
    ("source_interface", Release([4, 0, 0, 0])),
];
const OF_A_CHANGE: usize = 9;

pub static TABLE: Table<Errand> = Table { name: RESOURCE, fields: &FIELDS, relations: &[] };

static FIELDS: [Field<Errand>; 21] = [
    Field::<Errand>::new("id", Kind::Text, |errand, _| json!(errand.id)),
    Field::<Errand>::new("name", Kind::Text, |errand, _| json!(errand.name)).folded(),
    Field::<Errand>::new("description", Kind::Text, |errand, _| of(errand, |import| json!(import.description))),
    Field::<Errand>::new("remote_system_id", Kind::Text, |errand, _| of(errand, |import| json!(import.remote_system))),
    Field::<Errand>::new("source_resource_id", Kind::Text, |errand, _| of(errand, |import| json!(import.source))),
    Field::<Errand>::new("destination_resource_id", Kind::Text, |errand, _| {
        of(errand, |import| json!(import.destination))
    }),
    Field::<Errand>::new("destination_resource_type", Kind::Text, |_, _| json!("nas_server")).labelled(Label::Same),
    Field::<Errand>::new("import_file_interface_id", Kind::Text, |errand, _| {
        of(errand, |import| json!(import.import_interface))
    }),
    Field::<Errand>::new("nas_server_id", Kind::Text, |errand, _| of(errand, |import| json!(import.destination))),
    Field::<Errand>::new("last_update_timestamp", Kind::Time, |errand, view| time(errand.last_update(view.now))),
    Field::<Errand>::new("scheduled_timestamp", Kind::Time, |errand, _| {
        of(errand, |import| import.scheduled.map_or(Value::Null, time))
    }),
    Field::<Errand>::new("state", Kind::Text, |errand, view| json!(pair(shown_state(errand, view)).0))
        .labelled(Label::Same),
    Field::<Errand>::new("current_operation", Kind::Text, |errand, view| json!(pair(shown_state(errand, view)).1))
        .labelled(Label::Spaced),
    Field::<Errand>::new("current_operation_progress_percentage", Kind::Number, progress),
    Field::<Errand>::new("estimated_completion_timestamp", Kind::Number, |errand, view| {
        json!(errand.estimate(view.now))
    }),
    Field::<Errand>::new("protection_policy_id", Kind::Text, |errand, _| of(errand, |import| json!(import.policy))),
    Field::<Errand>::new("source_smb_admin_username", Kind::Text, |errand, _| {
        of(errand, |import| json!(import.smb_user))
    }),
    Field::<Errand>::new("source_dhsm_username", Kind::Text, |errand, _| of(errand, |import| json!(import.dhsm_user))),
    Field::<Errand>::new("cta_admin_username", Kind::Text, |errand, _| of(errand, |import| json!(import.cta_user)))
        .since(4, 1, 0),
    Field::<Errand>::new("source_interface", Kind::Text, |errand, _| {
        of(errand, |import| json!(import.source_interface))
    })
    .since(4, 0, 0),
    Field::<Errand>::new("error", Kind::Text, |errand, _| json!(errand.error.as_ref().map(|error| &error.message))),
];

fn of(errand: &Errand, read: impl FnOnce(&FileImport) -> Value) -> Value {
    match &errand.task {
        Task::FileImport(import) => read(import),
        Task::Migration(_) => Value::Null,
    }
}

/// The two fields of a node's name.
fn pair(name: &str) -> (&str, Option<&str>) {
    name.split_once('/').map_or((name, None), |(state, operation)| (state, Some(operation)))
}

fn progress(errand: &Errand, view: &View<'_>) -> Value {
    let percent = || u64::try_from(u128::from(errand.copied_at(view.now)) * 100 / u128::from(errand.size.max(1)));
    match errand.table().node(errand.node).map(|node| node.progress) {
        Some(ProgressRule::Zero) => json!(0),
        Some(ProgressRule::Runs | ProgressRule::Held) => json!(percent().unwrap_or(99).min(99)),
        Some(ProgressRule::Full) => json!(100),
        Some(ProgressRule::Null) | None => Value::Null,
    }
}

/// `POST /file_import_session`.
pub fn create(array: &mut Array, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    asynchronous(request.parameters)?;
    let body = Body::read(request.body)?;
    let known: Vec<&str> = KEYS.iter().filter(|(_, since)| *since <= array.release).map(|(key, _)| *key).collect();
    body.only(&known)?;
    let name = name(&body)?.ok_or_else(|| Problem::schema("name is missing."))?;
    let (remote, source) = (body.needed("remote_system_id")?, body.needed("source_resource_id")?);
    let interface = body.needed("import_file_interface_id")?;
    let mut import = FileImport::default();
    for mapping in body.objects("file_interfaces")? {
        mapping.only(&["name", "ip_port_id"])?;
        mapping.needed("name")?;
        mapping.needed("ip_port_id")?;
    }
    import.source_interface = body.text("source_interface")?;
    let policy = body.text("protection_policy_id")?;
    change(&mut import, &body)?;
    free_name(array, Work::FileImport, &name, None)?;
    if let Some(time) = import.scheduled {
        create::ahead(time, request.now)?;
    }
    let remote = create::found(&array.remote_systems, "remote_system_id", "remote system", &remote)?.id.clone();
    let source = create::found(&array.errands.nas_sources, "source_resource_id", "NAS server", &source)?;
    if source.remote_system != remote || source.session.is_some() {
        let words = format!("NAS server {} is on another system or in an unfinished import.", source.name);
        return Err(create::refused(errors::SOURCE_NOT_READY, "source_resource_id", &words));
    }
    let size = source.size;
    (import.remote_system, import.source) = (remote, source.id.clone());
    let Some(interface) = FileInterface::addressed(&interface) else {
        let words = format!("there is no file interface with the id or name {interface}.");
        return Err(create::refused(errors::NO_OBJECT, "import_file_interface_id", &words));
    };
    interface.id().clone_into(&mut import.import_interface);
    if let Some(policy) = policy {
        let policy = create::found(&array.policies, "protection_policy_id", "protection policy", &policy)?;
        import.policy = Some(policy.id.clone());
    }
    let ahead = Circumstances::UNKNOWN.with(Circumstance::ScheduleAhead, Some(import.scheduled.is_some()));
    let source = import.source.clone();
    let id = array
        .begin_errand(name, Task::FileImport(import), size, ahead, request.now)
        .map_err(|refused| Problem::refused(errors::WRONG_STATE, String::from(&refused)))?;
    if let Some(source) = array.errands.nas_sources.get_mut(&source) {
        source.session = Some(id.clone());
    }
    created(array, &id, json!({ "id": id }), request)
}

fn name(body: &Body) -> Result<Option<String>, Problem> {
    let Some(name) = body.text("name")? else { return Ok(None) };
    if name.is_empty() || name.chars().count() > LONGEST_NAME || create::is_wrong_name(&name) {
        return Err(Problem::schema(format!(
            "name must have 1 to {LONGEST_NAME} letters, all printable, without white space and signs of addresses."
        )));
    }
    Ok(Some(name))
}

/// What a body says besides the name of what may also be changed later. Passwords are looked at and forgotten.
fn change(import: &mut FileImport, body: &Body) -> Result<(), Problem> {
    for password in ["source_smb_admin_password", "source_dhsm_password", "cta_admin_password"] {
        body.text(password)?;
    }
    let user = |key: &str, field: &mut Option<String>| {
        if let Some(user) = body.text(key)? {
            if user.is_empty() || user.chars().count() > 1023 {
                return Err(Problem::schema(format!("{key} must have 1 to 1023 letters.")));
            }
            *field = Some(user);
        }
        Ok(())
    };
    user("source_smb_admin_username", &mut import.smb_user)?;
    user("source_dhsm_username", &mut import.dhsm_user)?;
    user("cta_admin_username", &mut import.cta_user)?;
    import.description = create::description(body)?.or(import.description.take());
    import.scheduled = body.time("scheduled_timestamp")?.or(import.scheduled);
    Ok(())
}

/// `PATCH` and `DELETE /file_import_session/{id}`, `POST /file_import_session/{id}/{action}`.
pub fn act(
    array: &mut Array,
    method: &Method,
    address: &str,
    action: Option<&str>,
    request: &Request<'_>,
) -> Result<Response<Vec<u8>>, Problem> {
    if (method, action) == (&Method::POST, Some(SYNC_OBJECTS)) {
        return sync_objects(array, address, request);
    }
    let action = named(RESOURCE, Work::FileImport, array.release, method, action)?;
    asynchronous(request.parameters)?;
    let body = Body::read(request.body)?;
    match action {
        table::CANCEL => body.only(&["force", "domain_admin_username", "domain_admin_password"])?,
        table::COMMIT => body.only(&["force"])?,
        table::CUTOVER => {
            body.only(&["new_source_smb_server_configuration", "domain_admin_username", "domain_admin_password"])?;
        }
        table::MODIFY => {
            let keys = KEYS.iter().take(OF_A_CHANGE).filter(|(_, since)| *since <= array.release);
            body.only(&keys.map(|(key, _)| *key).collect::<Vec<_>>())?;
        }
        _ => body.only(&[])?,
    }
    for key in ["domain_admin_username", "domain_admin_password"] {
        body.text(key)?;
    }
    let switches = Switches { forced: body.flag("force")?.unwrap_or(false), ..Switches::default() };
    let id = array.errand_id(Work::FileImport, address).ok_or_else(|| Problem::no_instance(RESOURCE, address))?;
    match action {
        table::MODIFY => modify(array, &id, &body, request),
        table::REPORT => tell(array, &id, request),
        _ => carry_out(array, &id, action, switches, request),
    }
}

/// The array's own housekeeping: whoever asks for it sees nothing but the job.
fn sync_objects(array: &mut Array, address: &str, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    let by_job = asynchronous(request.parameters)?;
    Body::read(request.body)?.only(&[])?;
    let missing = || Problem::no_instance(RESOURCE, address);
    let id = array.errand_id(Work::FileImport, address).ok_or_else(missing)?;
    let name = array.errands.all.get(&id).map(|errand| errand.name.clone()).ok_or_else(missing)?;
    let (resource, user) = (Resource { kind: RESOURCE, id: &id, name: &name }, request.user.name);
    let job = array.jobs.open(Some(SYNC_OBJECTS), resource, format!("Sync objects ({name})."), user, request.now);
    array.jobs.end_soon(&job, Success::Done);
    Ok(match by_job {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::empty(StatusCode::NO_CONTENT),
    })
}

fn modify(array: &mut Array, id: &str, body: &Body, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    let missing = || Problem::no_instance(RESOURCE, id);
    let name = name(body)?;
    let errand = array.errands.all.get(id).ok_or_else(missing)?;
    let Task::FileImport(mut import) = errand.task.clone() else { return Err(missing()) };
    let (node, switches, before) = (errand.node, errand.switches, import.scheduled);
    change(&mut import, body)?;
    if let Some(name) = &name {
        free_name(array, Work::FileImport, name, Some(id))?;
    }
    if let Some(time) = import.scheduled.filter(|time| before != Some(*time)) {
        create::ahead(time, request.now)?;
        if node != table::SCHEDULED {
            let words = "only a scheduled file import has a time that can be changed.";
            return Err(create::refused(errors::WRONG_STATE, "scheduled_timestamp", words));
        }
    }
    let answer = carry_out(array, id, table::MODIFY, switches, request)?;
    if let Some(errand) = array.errands.all.get_mut(id) {
        errand.name = name.unwrap_or(std::mem::take(&mut errand.name));
        errand.task = Task::FileImport(import);
    }
    array.plan_errand(id, request.now);
    Ok(answer)
}

/// The detailed report: 200, for a 204 cannot carry it.
fn tell(array: &mut Array, id: &str, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    let Some(errand) = array.errands.all.get(id) else { return Err(Problem::no_instance(RESOURCE, id)) };
    let (told, name) = (report(array, errand, request.now), errand.name.clone());
    let resource = Resource { kind: RESOURCE, id, name: &name };
    let job = array.jobs.open(Some("report"), resource, format!("Report ({name})."), request.user.name, request.now);
    array.jobs.end_soon(&job, Success::Told("job_file_import_session_report_response", told.clone()));
    array.counts.action("report");
    Ok(match asynchronous(request.parameters)? {
        true => answer::json(StatusCode::ACCEPTED, &json!({ "id": job })),
        false => answer::json(StatusCode::OK, &told),
    })
}

fn report(array: &Array, errand: &Errand, now: i64) -> Value {
    let Task::FileImport(import) = &errand.task else { return Value::Null };
    let view = &View { array, now };
    let source = array.errands.nas_sources.get(&import.source);
    let name = source.map_or("?", |source| source.name.as_str());
    let (state, operation) = pair(errand.node_name());
    let percent = progress(errand, view);
    let copies = if errand.run.is_some() { "Copying" } else { "Idle" };
    let systems = source.map(|source| source.file_systems.as_slice()).unwrap_or_default();
    let share = source.map_or(0, |source| source.size) / (systems.len().max(1) as u64);
    let file_systems: Vec<Value> = systems
        .iter()
        .map(|system| {
            json!({
                "source_file_system_name": system, "destination_file_system_name": system,
                "source_size_total": share, "destination_size_total": share, "flr_enabled": false,
                "state": copies, "progress_percentage": percent,
                "estimated_completion_timestamp": errand.estimate(now).map(crate::wire::time::format),
            })
        })
        .collect();
    let message = |error: &crate::simulator::world::SessionError| {
        json!({ "message": {
            "code": error.code, "severity": "Error", "message_l10n": error.message, "arguments": error.arguments,
        } })
    };
    let log: Vec<Value> = errand
        .history
        .iter()
        .filter_map(|passage| Some(pair(errand.table().node(passage.to?)?.name).0))
        .map(|state| json!({ "state": state, "state_l10n": state }))
        .collect();
    let mut told = json!({
        "id": errand.id, "name": errand.name, "remote_system_id": import.remote_system,
        "source_nas_server_name": name, "target_nas_server_name": name,
        "destination_resource_id": import.destination, "destination_nas_server_id": import.destination,
        "created_timestamp": crate::wire::time::format(errand.created),
        "protocol_type": "NFS", "protocol_type_l10n": "NFS",
        "state": state, "state_l10n": state, "current_operation": operation,
        "current_operation_l10n": operation.map(|operation| operation.replace('_', " ")),
        "current_operation_progress_percentage": percent,
        "estimated_completion_timestamp": errand.estimate(now).map(crate::wire::time::format),
        "file_systems": file_systems, "production_netInterfaces": [],
        "source_smb_admin_username": import.smb_user, "source_dhsm_username": import.dhsm_user,
        "warnings": [], "statistics": { "total_imported_data": errand.copied_at(now) },
        "state_duration": durations(errand, now), "change_log": log,
        "latest_failure_messages": errand.error.iter().map(message).collect::<Vec<_>>(),
    });
    if let Some(keys) = told.as_object_mut().filter(|_| array.release < Release([3, 5, 0, 0])) {
        keys.remove("destination_nas_server_id");
    }
    told
}

/// Seconds that were spent in each operation.
fn durations(errand: &Errand, now: i64) -> Value {
    let mut seconds: Map<String, Value> = Map::new();
    let ends = errand.history.iter().skip(1).map(|passage| passage.at).chain([now]);
    for (passage, end) in errand.history.iter().zip(ends) {
        let Some(node) = passage.to.and_then(|node| errand.table().node(node)) else { continue };
        let key = match pair(node.name) {
            ("Cancelling", _) => "cancelling_duration".to_owned(),
            (_, Some(operation)) if !operation.starts_with("Ready_For") => folded(operation) + "_duration",
            _ => continue,
        };
        let spent = seconds.get(&key).and_then(Value::as_i64).unwrap_or(0) + (end - passage.at) / 1000;
        seconds.insert(key, json!(spent));
    }
    seconds.insert("total_duration".to_owned(), json!((now - errand.created) / 1000));
    Value::Object(seconds)
}
