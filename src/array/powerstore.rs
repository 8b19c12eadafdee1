//! Requests to a PowerStore, and its answers.
//!
//! [`Api`] builds requests for one array; the functions beside it read answers. Nothing is sent here.
//! Sources: REST API Developers Guide ("Authentication", "Querying", "Asynchronous requests").

use super::{Answers, ArrayError, Ask, Kind, Method, Plan, Request, Response, Secret};
use crate::lifecycle::{Action, Release, Said, Verb};
use crate::wire::Misread;
use crate::wire::json::Object;
use crate::wire::powerstore::message::{ACCEPT, AUTHORIZATION, CONTENT_RANGE, CONTENT_TYPE, DATE, TOKEN_HEADER};
use crate::wire::powerstore::query::escape;
use crate::wire::powerstore::{
    API_ROOT, ContentRange, Fields, Named, PAGE_LIMIT, Query, Resource, Row, Rows, Session, drop_nameless,
    error_messages, fields, has_id, read_object, read_objects,
};
use crate::wire::time;

/// How many ids go into one look-up of names: the address stays under 4 kB.
pub const NAMES_AT_ONCE: usize = 80;
/// How many jobs a list of them shows: arrays keep those of months.
const NEWEST_JOBS: u32 = 200;
const IMPORTS: &str = Resource::Import.name();

/// One array: where it is, what is known of it, and what proves the login.
#[derive(Clone, Debug)]
pub struct Api {
    pub(super) base: String,
    /// Which language it speaks.
    pub kind: Kind,
    /// Of a DFM: the name and the password that go with every call, for as long as somebody is logged in.
    pub login: Option<(String, Secret)>,
    /// The token that every changing request carries; renewed by every answer that has one.
    pub token: Option<Secret>,
    /// The release that the array reported.
    pub release: Option<Release>,
}

impl Api {
    /// An array at `base`: a path on the page's origin that begins and ends with `/`.
    pub fn new(kind: Kind, base: &str) -> Api {
        Api { base: base.to_owned(), kind, login: None, token: None, release: None }
    }

    /// True when it speaks ZAPI.
    pub fn is_dfm(&self) -> bool {
        self.kind == Kind::Dfm
    }

    fn request(&self, method: Method, path: &str, query: &Query, body: Option<Vec<u8>>) -> Request {
        let mut request = Request::new(method, format!("{}{API_ROOT}{path}{}", self.base, query.text()));
        request.headers.push(ACCEPT, "application/json".to_owned());
        if method != Method::Get
            && let Some(token) = &self.token
        {
            request.headers.push(TOKEN_HEADER, token.reveal().to_owned());
        }
        if let Some(body) = body {
            request.headers.push(CONTENT_TYPE, "application/json".to_owned());
            request.body = body;
        }
        request
    }

    pub(super) fn get(&self, path: &str, query: &Query) -> Request {
        self.request(Method::Get, path, query, None)
    }

    pub(super) fn post(&self, path: &str, query: &Query, body: Option<Vec<u8>>) -> Request {
        self.request(Method::Post, path, query, body)
    }

    /// Who is logged in, by the cookie that the browser may still hold.
    pub fn probe(&self) -> Request {
        let fields = ["id", "user", "role_ids", "idle_timeout", "is_password_change_required"];
        self.get("login_session", &Query::new().select(fields.into_iter()))
    }

    /// The same with a name and a password: a login.
    pub fn log_in(&self, user: &str, password: &Secret) -> Request {
        let mut request = self.probe();
        request.headers.push(AUTHORIZATION, basic(user, password));
        request
    }

    /// Ends the login on the array.
    pub fn log_out(&self) -> Request {
        self.request(Method::Post, "logout", &Query::new(), None)
    }

    /// The release of the array's software.
    pub fn software(&self) -> Request {
        self.get("software_installed", &Query::new().select(["id", "is_cluster", "release_version"].into_iter()))
    }

    /// A page of a collection, ordered by id so that pages fit together; of jobs the newest.
    pub fn sessions(&self, resource: Resource, offset: u32) -> Request {
        let query = self.list(resource);
        let query = match resource {
            Resource::Job => query.order("start_time.desc").page(NEWEST_JOBS, 0),
            _ => query.order("id").page(PAGE_LIMIT, offset),
        };
        self.get(resource.name(), &query)
    }

    fn list(&self, resource: Resource) -> Query {
        Query::new().select(fields::known(&[fields::of_list(resource)], self.release))
    }

    /// A page of the imports that have changed since `since` (milliseconds since 1970, by the array's
    /// clock), or stand in one of these states.
    pub fn imports_since(&self, since: i64, states: Vec<&'static str>, offset: u32) -> Request {
        let changed = format!("last_update_timestamp.gte.{}", time::format(since));
        let works = format!("state.in.({})", states.join(","));
        let query = self.list(Resource::Import).either(&[&changed, &works]).order("id").page(PAGE_LIMIT, offset);
        self.get(IMPORTS, &query)
    }

    /// How many imports there are: the answer tells it in its range.
    pub fn import_count(&self) -> Request {
        self.get(IMPORTS, &Query::new().select(["id"].into_iter()).page(1, 0))
    }

    /// A page of the ids of all imports.
    pub fn import_ids(&self, offset: u32) -> Request {
        self.get(IMPORTS, &Query::new().select(["id"].into_iter()).order("id").page(PAGE_LIMIT, offset))
    }

    /// The imports with these ids, at most [`NAMES_AT_ONCE`], as the list shows them.
    pub fn imports_with(&self, ids: &[String]) -> Request {
        let query = self.list(Resource::Import).one_of("id", ids.iter().map(String::as_str)).page(PAGE_LIMIT, 0);
        self.get(IMPORTS, &query)
    }

    /// One session with everything that is shown of it.
    pub fn session(&self, resource: Resource, id: &str) -> Ask {
        if resource == Resource::ProtectionJob {
            return Ask::Talk(Box::new(self.protection_job(id)));
        }
        let lists = [fields::of_list(resource), fields::of_page(resource)];
        let query = Query::new().select(fields::known(&lists, self.release));
        Ask::One(self.get(&format!("{}/{}", resource.name(), escape(id)), &query))
    }

    /// The members of a group, the file systems of a NAS server, the steps of a job, with what the list needs
    /// of them. They are far fewer than a page holds.
    pub fn members(&self, resource: Resource, id: &str) -> Request {
        let query = self.list(resource).equal(resource.parent(), id).order("id").page(PAGE_LIMIT, 0);
        self.get(resource.name(), &query)
    }

    /// The newest jobs on a session.
    pub fn jobs_of(&self, resource: Resource, id: &str) -> Request {
        let query = self.list(Resource::Job).equal("resource_type", resource.name()).equal("resource_id", id);
        self.get("job", &query.order("start_time.desc").page(50, 0))
    }

    /// One job.
    pub fn job(&self, id: &str) -> Request {
        self.get(&format!("job/{}", escape(id)), &Query::new().select(fields::known(&[fields::JOB], self.release)))
    }

    /// The other arrays that this one knows.
    pub fn remote_systems(&self) -> Request {
        let fields = ["id", "name", "type", "state", "data_connection_state"];
        self.get("remote_system", &Query::new().select(fields.into_iter()).page(PAGE_LIMIT, 0))
    }

    /// Names for ids of `resource`, at most [`NAMES_AT_ONCE`].
    pub fn names(&self, resource: &str, ids: &[String]) -> Request {
        let ids = ids.iter().map(String::as_str);
        let query = Query::new().select(["id", "name"].into_iter()).one_of("id", ids).page(PAGE_LIMIT, 0);
        self.get(resource, &query)
    }

    /// A page of all names of `resource`.
    pub fn all_names(&self, resource: &str, offset: u32) -> Request {
        self.get(resource, &Query::new().select(["id", "name"].into_iter()).order("id").page(PAGE_LIMIT, offset))
    }

    /// An action on a session, with every flag that it has, on or off, and as a job.
    /// `None` for a create, which needs a plan, and for a change without a new time.
    pub fn act_on(&self, session: &Session, action: &Action, answers: &Answers) -> Option<Request> {
        if self.is_dfm() {
            return Some(self.act_on_job(&session.id, action, answers));
        }
        let query = if is_report(action) { Query::new() } else { Query::new().asynchronous() };
        let path = format!("{}/{}", session.resource.name(), escape(&session.id));
        let is_group = session.text("resource_type") == Some("volume_group");
        let body = self.body(action, answers, is_group);
        Some(match action.verb {
            Verb::Act => self.post(&format!("{path}/{}", action.name), &query, body),
            Verb::ActAs(word) => self.post(&format!("{path}/{word}"), &query, body),
            Verb::ActOnResource => {
                let kind = session.text("resource_type").filter(|kind| ["volume", "volume_group"].contains(kind))?;
                let path = format!("{kind}/{}/{}", escape(session.source()?), action.name);
                self.post(&path, &query, body)
            }
            Verb::Delete => self.request(Method::Delete, &path, &query, body),
            // There is nothing to change.
            Verb::Modify => self.request(Method::Patch, &path, &query, Some(body?)),
            Verb::Create => return None,
        })
    }

    /// What an action says; `None` when it says nothing.
    fn body(&self, action: &Action, answers: &Answers, is_group: bool) -> Option<Vec<u8>> {
        let mut body = Object::new();
        let mut is_empty = true;
        for said in action.says {
            body = match (said, &answers.snapshot) {
                (Said::Switch(name, on), _) => body.flag(name, *on),
                (Said::Word(name, word), _) => body.text(name, word),
                (Said::Snapshot(name), Some(id)) => body.text(name, id),
                (Said::Snapshot(_), None) => continue,
            };
            is_empty = false;
        }
        // A word that it does not know yet makes an array refuse the whole.
        for flag in action.flags.iter().filter(|flag| self.release.unwrap_or(Release::OLDEST) >= flag.since) {
            // The one word that names its resource: `end_metro` in the API description 4.1.
            let name = match flag.name {
                "delete_remote_volume" if is_group => "delete_remote_volume_group",
                name => name,
            };
            body = body.flag(name, answers.flags.contains(&flag.name));
            is_empty = false;
        }
        for (key, value) in &answers.typed {
            body = body.text(key, value);
            is_empty = false;
        }
        if let Some(at) = answers.scheduled.filter(|_| action.verb == Verb::Modify) {
            body = body.text("scheduled_timestamp", &time::format(at));
            is_empty = false;
        }
        (!is_empty).then(|| body.done().into_bytes())
    }

    /// A new import, file import or migration, as a job.
    pub fn create(&self, plan: &Plan) -> Request {
        self.post(plan.resource.name(), &Query::new().asynchronous(), Some(plan.body()))
    }

    /// The newest jobs that created sessions of a collection.
    pub fn jobs_of_creates(&self, resource: Resource) -> Request {
        let query = Query::new()
            .select(fields::known(&[fields::JOB], self.release))
            .equal("resource_type", resource.name())
            .equal("resource_action", "create")
            .order("start_time.desc")
            .page(50, 0);
        self.get("job", &query)
    }
}

/// The header that carries a name and a password.
pub(super) fn basic(user: &str, password: &Secret) -> String {
    format!("Basic {}", base64(format!("{user}:{}", password.reveal()).as_bytes()))
}

/// The crate that reads it in the simulator is made for speed: it would be ten times as long in the browser.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |place: usize| three.get(place).map_or(0, |byte| usize::from(*byte));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let sign = SIGNS.get(bits >> shift & 63).filter(|_| place <= three.len());
            text.push(sign.map_or('=', |sign| char::from(*sign)));
        }
    }
    text
}

/// True for the action whose answer is what it is for: it is waited for, and not made a job.
pub fn is_report(action: &Action) -> bool {
    action.name == "report"
}

/// Passes an answer that succeeded, and names the failure of one that did not.
pub fn check(response: &Response) -> Result<(), ArrayError> {
    let status = response.status;
    let messages = || error_messages(&response.body);
    match status {
        200..=299 => Ok(()),
        401 => Err(ArrayError::LoginWanted),
        403 => Err(ArrayError::NotPermitted(messages())),
        404 => Err(ArrayError::NotFound(messages())),
        503 => Err(ArrayError::Busy(messages())),
        400..=499 => Err(ArrayError::Refused { status, messages: messages() }),
        _ => Err(ArrayError::Failed { status, messages: messages() }),
    }
}

/// The rows of an answer and, when it is a part only (206), which part.
pub fn rows<T: Row>(response: &Response) -> Result<(Rows<T>, Option<ContentRange>), ArrayError> {
    let (objects, range) = objects(response)?;
    Ok((Rows::from(objects), range))
}

/// The same, the rows not yet read: what they tell depends on their kind, and all else does not.
pub fn objects(response: &Response) -> Result<(Vec<Fields>, Option<ContentRange>), ArrayError> {
    check(response)?;
    let objects = read_objects(&response.body).map_err(|error| unreadable(response, &error))?;
    Ok((objects, response.headers.get(CONTENT_RANGE).and_then(ContentRange::parse)))
}

/// The sessions of an answer, how many could not be read, and which part it is.
pub fn sessions(resource: Resource, response: &Response) -> Result<(Rows<Session>, Option<ContentRange>), ArrayError> {
    let (mut objects, range) = objects(response)?;
    let unreadable = drop_nameless(&mut objects);
    let rows = objects.into_iter().map(|fields| Session::of(resource, fields)).collect();
    Ok((Rows { rows, unreadable }, range))
}

/// The session of an answer.
pub fn session(resource: Resource, response: &Response) -> Result<Session, ArrayError> {
    Ok(Session::of(resource, object(response, true)?))
}

/// The single object of an answer.
pub fn row<T: Row>(response: &Response) -> Result<T, ArrayError> {
    Ok(T::from(object(response, T::HAS_ID)?))
}

/// The part of [`row`] that is the same whatever the row is.
fn object(response: &Response, wants_id: bool) -> Result<Fields, ArrayError> {
    check(response)?;
    let object = read_object(&response.body).map_err(|error| unreadable(response, &error))?;
    if wants_id && !has_id(&object) {
        return Err(ArrayError::Unreadable("it has no id".to_owned()));
    }
    Ok(object)
}

/// The id of the job that an accepted action became; `None` when the array did it at once.
pub fn accepted(response: &Response) -> Result<Option<String>, ArrayError> {
    check(response)?;
    if response.status != 202 {
        // Something between here and the array may answer for it, with a page of its own.
        let page = response.body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        return if page { Err(ArrayError::WebPage) } else { Ok(None) };
    }
    let named: Named = row(response)?;
    Ok(Some(named.id))
}

/// The id of what a create has made at once; `None` when the answer does not tell it.
pub fn created(response: &Response) -> Option<String> {
    (response.status == 201).then(|| row::<Named>(response).ok().map(|named| named.id))?
}

/// The token that an answer renews.
pub fn token(response: &Response) -> Option<Secret> {
    response.headers.get(TOKEN_HEADER).map(Secret::new)
}

/// The array's clock when it answered, milliseconds since 1970.
pub fn clock(response: &Response) -> Option<i64> {
    time::parse_http_date(response.headers.get(DATE)?)
}

fn unreadable(response: &Response, error: &Misread) -> ArrayError {
    let first = response.body.iter().find(|byte| !byte.is_ascii_whitespace());
    match first {
        Some(b'<') => ArrayError::WebPage,
        None => ArrayError::Unreadable("it is empty".to_owned()),
        _ if error.is_cut_off => ArrayError::Truncated,
        _ => ArrayError::Unreadable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::file_import::FILE_IMPORT;
    use crate::lifecycle::import_volume::{CANCEL, IMPORT_VOLUME, MODIFY};
    use crate::wire::json::Json;
    use crate::wire::powerstore::Headers;

    fn answer(status: u16, body: &str) -> Response {
        Response { status, headers: Headers::default(), body: body.as_bytes().to_vec() }
    }

    #[test]
    fn a_name_and_a_password_are_coded_as_others_code_them() {
        use base64::Engine as _;
        let text = "R&D ü \u{10ffff} ~~~ÿ?>".as_bytes();
        for length in 0..=text.len() {
            let part = text.get(..length).unwrap();
            assert_eq!(super::base64(part), base64::engine::general_purpose::STANDARD.encode(part));
        }
    }

    fn import(id: &str) -> Session {
        Session::default().with("id", Json::Text(id.to_owned()))
    }

    fn api() -> Api {
        Api {
            token: Some(Secret::new("t0")),
            release: Release::parse("4.1.0.0"),
            ..Api::new(Kind::Powerstore, "/arrays/f/")
        }
    }

    #[test]
    fn a_flag_is_sent_whether_it_is_on_or_off() {
        let cancel = IMPORT_VOLUME.action(CANCEL).unwrap();
        let gentle = api().act_on(&import("a/b"), cancel, &Answers::default()).unwrap();
        assert_eq!(gentle.address, "/arrays/f/api/rest/import_session/a%2Fb/cancel?is_async=true");
        assert_eq!(gentle.body, br#"{"force":false}"#);
        assert_eq!(gentle.headers.get("dell-emc-token"), Some("t0"));
        let forced = Answers { flags: vec!["force"], ..Answers::default() };
        assert_eq!(api().act_on(&import("1"), cancel, &forced).unwrap().body, br#"{"force":true}"#);
    }

    #[test]
    fn a_reschedule_names_its_time_and_is_not_sent_without_one() {
        let modify = IMPORT_VOLUME.action(MODIFY).unwrap();
        assert!(api().act_on(&import("1"), modify, &Answers::default()).is_none());
        let answers = Answers { scheduled: Some(1_795_248_000_000), ..Answers::default() };
        let request = api().act_on(&import("1"), modify, &answers).unwrap();
        let address = "/arrays/f/api/rest/import_session/1?is_async=true";
        assert_eq!((request.method.word(), request.address.as_str()), ("PATCH", address));
        assert_eq!(request.body, br#"{"scheduled_timestamp":"2026-11-21T08:00:00.000+00:00"}"#);
    }

    #[test]
    fn a_change_says_what_was_typed_and_nothing_else() {
        let modify = FILE_IMPORT.action(crate::lifecycle::file_import::MODIFY).unwrap();
        let session = Session::of(Resource::FileImport, serde_json::from_str(r#"{"id":"1"}"#).unwrap());
        assert!(api().act_on(&session, modify, &Answers::default()).is_none());
        let answers = Answers { typed: vec![("name", "a".to_owned())], ..Answers::default() };
        assert_eq!(api().act_on(&session, modify, &answers).unwrap().body, br#"{"name":"a"}"#);
    }

    #[test]
    fn reads_carry_no_token_and_logins_show_no_password() {
        assert_eq!(api().sessions(Resource::Import, 0).headers.get("dell-emc-token"), None);
        let login = api().log_in("admin", &Secret::new("pass"));
        assert_eq!(login.headers.get("authorization"), Some("Basic YWRtaW46cGFzcw=="));
        assert!(!format!("{login:?}").contains("YWRtaW46cGFzcw"));
    }

    #[test]
    fn what_has_moved_is_one_question() {
        let request = api().imports_since(1_795_248_000_000, vec!["In_Progress", "Queued"], 0);
        assert!(request.address.ends_with(
            "&or=(last_update_timestamp.gte.2026-11-21T08:00:00.000%2B00:00,state.in.(In_Progress,Queued))\
             &order=id&limit=2000&offset=0"
        ));
    }

    #[test]
    fn each_kind_of_bad_answer_has_its_own_name() {
        let read = |status, body| rows::<Session>(&answer(status, body)).unwrap_err();
        assert_eq!(read(401, "<html>"), ArrayError::LoginWanted);
        assert_eq!(read(200, "<!doctype html><p>hello"), ArrayError::WebPage);
        assert_eq!(read(200, "[{\"id\":\"1\""), ArrayError::Truncated);
        assert!(matches!(read(200, "[1,]"), ArrayError::Unreadable(_)));
        assert!(matches!(read(200, ""), ArrayError::Unreadable(_)));
        assert_eq!(read(500, ""), ArrayError::Failed { status: 500, messages: Vec::new() });
        assert!(matches!(read(503, ""), ArrayError::Busy(_)));
        let refusal = read(422, r#"{"messages":[{"code":"0x1","message_l10n":"Not now."}]}"#);
        assert_eq!(refusal.to_string(), "The array refuses: Not now. (0x1)");
        assert!(refusal.is_refusal() && !read(500, "").is_refusal());
    }

    #[test]
    fn an_accepted_action_tells_its_job() {
        assert_eq!(accepted(&answer(202, r#"{"id":"j1"}"#)), Ok(Some("j1".to_owned())));
        assert_eq!(accepted(&answer(204, "")), Ok(None));
        assert_eq!(accepted(&answer(200, "<html>")), Err(ArrayError::WebPage));
        assert!(accepted(&answer(202, "")).is_err());
        assert_eq!(created(&answer(201, r#"{"id":"7"}"#)), Some("7".to_owned()));
        assert_eq!(created(&answer(202, r#"{"id":"j1"}"#)), None);
    }
}
