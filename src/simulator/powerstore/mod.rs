//! The REST API of a PowerStore: from a request to its answer.
//!
//! Deep where the console goes: `login_session`, `logout`, `import_session`, `job` and what these point
//! to. Whatever else the API has is refused by name, never answered with a silent 200.

mod actions;
mod errors;
mod field;
mod filter;
mod imports;
mod jobs;
pub mod login;
mod lookups;
mod query;
mod select;

use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use percent_encoding::percent_decode_str;
use serde_json::json;

use self::actions::Request as Change;
use self::errors::Problem;
use self::field::{Table, View};
use self::login::Caller;
use self::lookups::Single;
use super::answer::{self, Answer};
use super::fault::Harm;
use super::world::Array;

const ROOT: &str = "/api/rest/";
/// A body beyond 16 MB, which no client should read to its end.
const TOO_LARGE: usize = 16 * 1024 * 1024 + 4096;

/// Parts of the API that a real array has and this one refuses.
const NOT_SIMULATED: [&str; 22] = [
    "alert",
    "appliance",
    "event",
    "file_import_session",
    "file_system",
    "import_psgroup_volume",
    "import_storage_center_volume",
    "import_unity",
    "import_unity_consistency_group",
    "import_vnx_volume",
    "import_xtremio_volume",
    "metrics",
    "migration_session",
    "nas_server",
    "node",
    "performance_rule",
    "policy",
    "replication_group",
    "replication_rule",
    "replication_session",
    "security_config",
    "snapshot_rule",
];

/// Answers a request to an array whose time stands at `now`.
pub fn answer(array: &mut Array, now: i64, request: &Request<Vec<u8>>) -> Answer {
    let (method, path) = (request.method(), request.uri().path());
    array.counts.request(method, path);
    let harms = array.faults.meet(method, path);
    if harms.iter().any(|harm| matches!(harm, Harm::NetworkDown | Harm::DropRequest)) {
        return Answer::Dropped;
    }
    let cookies = !harms.contains(&Harm::DropCookies);
    let mut response = if harms.contains(&Harm::EmptyError) {
        answer::empty(StatusCode::INTERNAL_SERVER_ERROR)
    } else if harms.contains(&Harm::Busy) {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, errors::BUSY, "The array is busy: try again later.").response()
    } else {
        admitted(array, now, request, cookies, &harms).unwrap_or_else(|problem| problem.response())
    };
    if let Ok(date) = HeaderValue::from_str(&crate::wire::time::format_http_date(now)) {
        response.headers_mut().insert(header::DATE, date);
    }
    spoiled(response, &harms)
}

fn admitted(
    array: &mut Array,
    now: i64,
    request: &Request<Vec<u8>>,
    cookies: bool,
    harms: &[Harm],
) -> Result<Response<Vec<u8>>, Problem> {
    if harms.contains(&Harm::StaleToken) {
        array.logins.renew_tokens();
    }
    let method = request.method();
    let caller = array.logins.admit(method, request.headers(), cookies, &mut array.counts, now)?;
    acceptable(request)?;
    let path = request.uri().path();
    if *method != Method::GET && !caller.user.may_change && path != "/api/rest/logout" {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            errors::ROLE,
            format!("The role of user {} does not allow this operation.", caller.user.name),
        ));
    }
    if let Some(Harm::Refuse(code, message)) = harms.iter().find(|harm| matches!(harm, Harm::Refuse(..))) {
        return Err(Problem::refused(code, message.as_str()));
    }
    let mut response = routed(array, now, request, &caller)?;
    if *method == Method::GET
        && let Some(login) = &caller.login
        && let Ok(token) = HeaderValue::from_str(&login.token)
    {
        response.headers_mut().insert(login::TOKEN, token);
        if cookies && let Some(cookie) = caller.new_cookie.as_deref().and_then(login::set_cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
    }
    Ok(response)
}

/// JSON is the only thing that is spoken.
fn acceptable(request: &Request<Vec<u8>>) -> Result<(), Problem> {
    let named = |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let accepts = |value: &str| ["application/json", "application/*", "*/*"].iter().any(|kind| value.contains(kind));
    if named(header::ACCEPT).is_some_and(|value| !accepts(value)) {
        return Err(Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            errors::NOT_A_REQUEST,
            "Only application/json is answered.",
        ));
    }
    let is_json = |value: &str| value.trim_start().to_ascii_lowercase().starts_with("application/json");
    if !request.body().is_empty() && named(header::CONTENT_TYPE).is_some_and(|value| !is_json(value)) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            errors::NOT_A_REQUEST,
            "Only application/json is read.",
        ));
    }
    Ok(())
}

fn routed(
    array: &mut Array,
    now: i64,
    request: &Request<Vec<u8>>,
    caller: &Caller,
) -> Result<Response<Vec<u8>>, Problem> {
    let path = request.uri().path();
    let no_path =
        || Problem::new(StatusCode::NOT_FOUND, errors::NOT_A_REQUEST, format!("There is no {path} in this API."));
    let inside = path.strip_prefix(ROOT).ok_or_else(no_path)?;
    let segments: Vec<String> = inside
        .trim_end_matches('/')
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let parameters = query::parameters(request.uri().query());
    let method = request.method();
    let change = Change { parameters: &parameters, body: request.body(), user: caller.user, now };
    match (method, segments.as_slice()) {
        (&Method::POST, ["logout"]) => {
            if let Some(login) = &caller.login {
                array.logins.log_out(login);
            }
            Ok(answer::empty(StatusCode::NO_CONTENT))
        }
        (&Method::GET, ["login_session"]) => Ok(login_session(array, caller)),
        (&Method::POST, ["import_session"]) => actions::create(array, &change),
        (&Method::GET, [resource]) => collection(array, now, resource, &parameters, request.headers()),
        (&Method::GET, [resource, id]) => instance(array, now, resource, id, &parameters),
        (_, ["import_session", address]) => actions::act(array, method, address, None, &change),
        (_, ["import_session", address, action]) => actions::act(array, method, address, Some(action), &change),
        (_, [resource, ..]) => Err(refused_by_name(method, resource)),
        _ => Err(no_path()),
    }
}

/// An array with the one login of the caller; it knows no query parameters.
fn login_session(array: &Array, caller: &Caller) -> Response<Vec<u8>> {
    let body = json!([{
        "id": caller.login.as_ref().map(|login| login.id.as_str()),
        "user": caller.user.name,
        "role_ids": [caller.user.role],
        "idle_timeout": array.logins.idle_seconds(),
        "is_password_change_required": false,
        "is_built_in_user": true,
    }]);
    answer::json(StatusCode::OK, &body)
}

fn collection(
    array: &Array,
    now: i64,
    resource: &str,
    parameters: &[(String, String)],
    headers: &HeaderMap,
) -> Result<Response<Vec<u8>>, Problem> {
    let view = View { array, now };
    macro_rules! query {
        ($table:expr, $rows:expr) => {
            query::collection(&$table, $rows, &view, parameters, headers)
        };
    }
    match resource {
        "import_session" => query!(imports::TABLE, array.sessions.values()),
        "job" => query!(jobs::TABLE, array.jobs.all.values()),
        "remote_system" => query!(lookups::REMOTE_SYSTEM, array.remote_systems.values()),
        "import_unity_volume" => query!(lookups::UNITY_VOLUME, array.sources.values()),
        "volume" => query!(lookups::VOLUME, array.volumes.values()),
        "cluster" => query!(lookups::CLUSTER, std::iter::once(&Single)),
        "software_installed" => query!(lookups::SOFTWARE, std::iter::once(&Single)),
        _ => match empty(resource) {
            Some(table) => query!(*table, std::iter::empty()),
            None => Err(refused_by_name(&Method::GET, resource)),
        },
    }
}

fn instance(
    array: &Array,
    now: i64,
    resource: &str,
    address: &str,
    parameters: &[(String, String)],
) -> Result<Response<Vec<u8>>, Problem> {
    let view = View { array, now };
    macro_rules! query {
        ($table:expr, $row:expr) => {
            query::instance(&$table, $row, address, &view, parameters)
        };
    }
    let name = address.strip_prefix("name:");
    let is = |other: &str| name.is_some_and(|name| name.eq_ignore_ascii_case(other));
    match resource {
        "import_session" => query!(imports::TABLE, array.session_id(address).and_then(|id| array.sessions.get(&id))),
        "job" => query!(jobs::TABLE, array.jobs.all.get(address)),
        "remote_system" => query!(lookups::REMOTE_SYSTEM, array.remote_system(address)),
        "import_unity_volume" => query!(lookups::UNITY_VOLUME, array.sources.get(address)),
        "volume" => {
            let volume = array.volumes.get(address);
            query!(lookups::VOLUME, volume.or_else(|| array.volumes.values().find(|volume| is(&volume.name))))
        }
        "cluster" => query!(lookups::CLUSTER, (address == "0").then_some(&Single)),
        "software_installed" => {
            let software = array.seed.named("software").uuid();
            query!(lookups::SOFTWARE, (address == software).then_some(&Single))
        }
        _ => match empty(resource) {
            Some(table) => query!(*table, None),
            None => Err(refused_by_name(&Method::GET, resource)),
        },
    }
}

/// Resources of which there are no instances yet.
fn empty(resource: &str) -> Option<&'static Table<Single>> {
    match resource {
        "volume_group" => Some(&lookups::VOLUME_GROUP),
        "host" => Some(&lookups::HOST),
        "host_group" => Some(&lookups::HOST_GROUP),
        _ => None,
    }
}

/// The refusal of what this simulation does not have.
fn refused_by_name(method: &Method, resource: &str) -> Problem {
    const READ_ONLY: [&str; 9] = [
        "cluster",
        "host",
        "host_group",
        "import_unity_volume",
        "job",
        "remote_system",
        "software_installed",
        "volume",
        "volume_group",
    ];
    if NOT_SIMULATED.contains(&resource) || READ_ONLY.contains(&resource) {
        return Problem::new(
            StatusCode::NOT_IMPLEMENTED,
            errors::NOT_SIMULATED,
            format!("{method} of {resource} is not simulated."),
        );
    }
    Problem::new(StatusCode::NOT_FOUND, errors::NOT_A_REQUEST, format!("There is no resource {resource} in this API."))
}

/// What becomes of the answer on its way.
fn spoiled(mut response: Response<Vec<u8>>, harms: &[Harm]) -> Answer {
    let mut delay_ms = 0;
    for harm in harms {
        match harm {
            Harm::DropAnswer => return Answer::Dropped,
            Harm::Slow(delay) => delay_ms += delay,
            Harm::Html => {
                *response.status_mut() = StatusCode::OK;
                *response.body_mut() = b"<!DOCTYPE html><title>Gateway</title><h1>It works!</h1>".to_vec();
                response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            }
            Harm::MalformedJson => response.body_mut().extend_from_slice(b"}{"),
            Harm::TruncatedBody => {
                let half = response.body().len() / 2;
                response.body_mut().truncate(half);
            }
            Harm::TooLarge => response.body_mut().resize(TOO_LARGE, b' '),
            _ => {}
        }
    }
    Answer::Reply { response, delay_ms }
}
