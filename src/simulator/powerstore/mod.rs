//! The REST API of a PowerStore: from a request to its answer.
//!
//! Deep where the console goes: `login_session`, `logout`, `import_session`, `job`, what these point to and
//! what an import is made of. Whatever else the API has is refused by name, never answered with a silent 200.

mod actions;
mod body;
mod create;
mod errands;
mod errors;
mod field;
mod file_imports;
mod file_interfaces;
mod filter;
mod imports;
mod inventory;
mod jobs;
pub mod login;
mod lookups;
mod migrations;
mod nas;
mod protecting;
mod query;
mod replicating;
mod replication;
mod resources;
mod select;
mod snapshots;
mod sources;

use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use percent_encoding::percent_decode_str;

use self::actions::Request as Change;
use self::errors::Problem;
pub use self::file_imports::SINCE as FILES_SINCE;
use self::login::Caller;
use self::resources::Question;
use super::answer::{self, Answer};
use super::fault::{self, Harm};
use super::replication::Replications;
use super::world::Array;
use crate::simulator::json::json;

const ROOT: &str = "/api/rest/";
const LOG_OUT: &str = "/api/rest/logout";
/// The one operation that is a `POST` and changes nothing.
const SCHEDULES: &str = "import_snapshot_schedules";

/// When a request comes, milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// By the fleet's clock.
    pub time: i64,
    /// By the clock of whoever asks. Logins live by it: nobody has left them idle because the fleet's time runs faster.
    pub callers: i64,
}

/// Answers a request to an array.
pub fn answer(array: &mut Array, world: &mut Replications, moment: Moment, request: &Request<Vec<u8>>) -> Answer {
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
        admitted(array, world, moment, request, cookies, &harms).unwrap_or_else(|problem| problem.response())
    };
    if let Ok(date) = HeaderValue::from_str(&crate::wire::time::format_http_date(moment.time + array.faults.skew_ms)) {
        response.headers_mut().insert(header::DATE, date);
    }
    fault::spoil(response, &harms)
}

fn admitted(
    array: &mut Array,
    world: &mut Replications,
    moment: Moment,
    request: &Request<Vec<u8>>,
    cookies: bool,
    harms: &[Harm],
) -> Result<Response<Vec<u8>>, Problem> {
    if harms.contains(&Harm::StaleToken) {
        array.logins.renew_tokens();
    }
    let method = request.method();
    let caller = array.logins.admit(method, request.headers(), cookies, &mut array.counts, moment.callers)?;
    acceptable(request)?;
    let changes = is_change(request);
    if changes && !caller.user.may_change {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            errors::ROLE,
            format!("The role of user {} does not allow this operation.", caller.user.name),
        ));
    }
    array.counts.let_in += u64::from(changes);
    if let Some(Harm::Refuse(code, message)) = harms.iter().find(|harm| matches!(harm, Harm::Refuse(..))) {
        return Err(Problem::refused(code, message.as_str()));
    }
    let mut response = routed(array, world, moment.time, request, &caller)?;
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

/// True for a request by which more may change than logins.
fn is_change(request: &Request<Vec<u8>>) -> bool {
    let path = request.uri().path();
    *request.method() != Method::GET && path != LOG_OUT && !path.ends_with(SCHEDULES)
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
    world: &mut Replications,
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
    let question = |address| Question { address, parameters: &parameters, headers: request.headers() };
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
        (&Method::POST, ["import_psgroup_volume", id, SCHEDULES]) => actions::schedules(array, id, &change),
        (method, segments) if replicating::is_asked(method, segments) => {
            replicating::answer(array, world, segments, &change)
        }
        (&Method::POST, ["file_import_session"]) if array.release >= FILES_SINCE => {
            file_imports::create(array, &change)
        }
        (&Method::POST, ["migration_session"]) => migrations::create(array, &change),
        (&Method::GET, [resource]) => resources::read(array, now, resource, &question(None)),
        (&Method::GET, [resource, id]) => resources::read(array, now, resource, &question(Some(id))),
        (_, ["import_session", address]) => actions::act(array, method, address, None, &change),
        (_, ["import_session", address, action]) => actions::act(array, method, address, Some(action), &change),
        (_, ["file_import_session", address, rest @ ..]) if rest.len() <= 1 && array.release >= FILES_SINCE => {
            file_imports::act(array, method, address, rest.first().copied(), &change)
        }
        (_, ["migration_session", address, rest @ ..]) if rest.len() <= 1 => {
            migrations::act(array, method, address, rest.first().copied(), &change)
        }
        (_, [resource, ..]) => Err(resources::refused_by_name(array, method, resource)),
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
