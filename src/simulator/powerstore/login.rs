//! Who may ask: Basic on any request, or the cookie of a login, with its token for what changes something.

use base64::Engine;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use super::errors::{self, Problem};
use crate::simulator::counts::Counts;
use crate::simulator::seed::Seed;
use crate::simulator::tree::Tree;

/// The header of the token against forged requests.
pub const TOKEN: HeaderName = HeaderName::from_static("dell-emc-token");
const COOKIE: &str = "auth_cookie";
/// A real array keeps about so many logins and gives up the oldest beyond.
const LOGINS_KEPT: usize = 2000;
/// So many wrong passwords in a row lock an account.
const WRONG_IN_A_ROW: u32 = 5;
/// For how long, in milliseconds.
const LOCKED_MS: i64 = 900_000;
/// The password of every user.
pub const PASSWORD: &str = "Password123!";

/// A user of the array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    pub name: &'static str,
    pub role: &'static str,
    /// May do more than look.
    pub may_change: bool,
}

const USERS: [User; 2] =
    [User { name: "admin", role: "1", may_change: true }, User { name: "viewer", role: "4", may_change: false }];

/// A login.
#[derive(Clone, Debug)]
pub struct Login {
    pub id: String,
    pub user: User,
    pub token: String,
    created: u64,
    used: i64,
}

/// The logins of an array and the state of its accounts.
#[derive(Debug)]
pub struct Logins {
    /// By cookie.
    living: Tree<String, Login>,
    seed: Seed,
    created: u64,
    idle_ms: i64,
    wrong: Tree<String, u32>,
    locked_until: Tree<String, i64>,
}

/// Who asks, and what the answer carries for it.
#[derive(Clone, Debug)]
pub struct Caller {
    pub user: User,
    /// The login of the request; a changing request by Basic alone has none.
    pub login: Option<Login>,
    /// The cookie to set, when the login is new.
    pub new_cookie: Option<String>,
}

impl Logins {
    /// None yet; a login dies after `idle_seconds` without a request.
    pub fn new(seed: Seed, idle_seconds: i64) -> Self {
        Logins {
            living: Tree::new(),
            seed,
            created: 0,
            idle_ms: idle_seconds.saturating_mul(1000),
            wrong: Tree::new(),
            locked_until: Tree::new(),
        }
    }

    /// Who asks. With Basic no token is needed; with the cookie alone, what changes something needs it.
    pub fn admit(
        &mut self,
        method: &Method,
        headers: &HeaderMap,
        cookies: bool,
        counts: &mut Counts,
        now: i64,
    ) -> Result<Caller, Problem> {
        let idle = self.idle_ms;
        self.living.retain(|_, login| now - login.used < idle);
        let cookie = if cookies { cookie(headers) } else { None };
        let by_basic = match headers.get(header::AUTHORIZATION) {
            Some(value) => Some(self.check(value, counts, now)?),
            None => None,
        };
        if let Some(login) = cookie.as_ref().and_then(|cookie| self.living.get_mut(cookie))
            && by_basic.is_none_or(|user| user == login.user)
        {
            login.used = now;
            let token = headers.get(TOKEN).and_then(|value| value.to_str().ok());
            if *method != Method::GET && by_basic.is_none() && token != Some(login.token.as_str()) {
                return Err(Problem::new(
                    StatusCode::FORBIDDEN,
                    errors::TOKEN,
                    "The token against forged requests is missing or out of date: read it again and repeat.",
                ));
            }
            return Ok(Caller { user: login.user, login: Some(login.clone()), new_cookie: None });
        }
        let Some(user) = by_basic else {
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                errors::NOT_LOGGED_IN,
                "Authentication is needed: nobody is logged in, or the login has expired.",
            ));
        };
        if *method != Method::GET {
            return Ok(Caller { user, login: None, new_cookie: None });
        }
        let (login, cookie) = self.log_in(user, now);
        Ok(Caller { user, login: Some(login), new_cookie: Some(cookie) })
    }

    fn log_in(&mut self, user: User, now: i64) -> (Login, String) {
        self.created += 1;
        let mut chances = self.seed.derive(self.created);
        let login = Login { id: chances.uuid(), user, token: chances.uuid(), created: self.created, used: now };
        let cookie = format!("{:016x}{:016x}", chances.draw(), chances.draw());
        while self.living.len() >= LOGINS_KEPT {
            let oldest = self.living.iter().min_by_key(|(_, login)| login.created).map(|(cookie, _)| cookie.clone());
            let Some(oldest) = oldest else { break };
            self.living.remove(&oldest);
        }
        self.living.insert(cookie.clone(), login.clone());
        (login, cookie)
    }

    fn check(&mut self, value: &HeaderValue, counts: &mut Counts, now: i64) -> Result<User, Problem> {
        let refused = |code, message: &str| Problem::new(StatusCode::UNAUTHORIZED, code, message);
        let Some((name, password)) = basic(value) else {
            counts.logins_wrong += 1;
            return Err(refused(errors::NOT_LOGGED_IN, "The credentials cannot be read: Basic is expected."));
        };
        if self.locked_until.get(&name).is_some_and(|until| now < *until) {
            counts.logins_wrong += 1;
            return Err(refused(
                errors::LOCKED,
                "The account is locked after too many wrong passwords. Try again later.",
            ));
        }
        let user = USERS.into_iter().find(|user| user.name == name);
        match user {
            Some(user) if password == PASSWORD => {
                counts.logins_right += 1;
                self.wrong.remove(&name);
                Ok(user)
            }
            _ => {
                counts.logins_wrong += 1;
                let wrong = self.wrong.get(&name).map_or(1, |wrong| wrong + 1);
                self.wrong.insert(name.clone(), wrong);
                if wrong >= WRONG_IN_A_ROW {
                    self.wrong.remove(&name);
                    self.locked_until.insert(name, now + LOCKED_MS);
                }
                Err(refused(errors::NOT_LOGGED_IN, "The user name or the password is wrong."))
            }
        }
    }

    /// Ends a login.
    pub fn log_out(&mut self, login: &Login) {
        self.living.retain(|_, living| living.id != login.id);
    }

    /// Ends all logins.
    pub fn expire(&mut self) {
        self.living.clear();
    }

    /// Gives the logins new tokens: those that were handed out are out of date.
    pub fn renew_tokens(&mut self) {
        for login in self.living.values_mut() {
            self.created += 1;
            login.token = self.seed.derive(self.created).uuid();
        }
    }

    /// Seconds that a login may stay idle.
    pub const fn idle_seconds(&self) -> i64 {
        self.idle_ms / 1000
    }

    /// How many are logged in.
    pub fn len(&self) -> usize {
        self.living.len()
    }
}

/// The cookie of a new login, as the appliance sets it.
pub fn set_cookie(cookie: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{COOKIE}={cookie}; Path=/; Secure; HttpOnly")).ok()
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.to_owned())
}

/// The user who comes with the right password; for a server that keeps no logins.
pub fn known(value: &HeaderValue) -> Option<User> {
    let (name, password) = basic(value)?;
    USERS.into_iter().find(|user| user.name == name && password == PASSWORD)
}

/// Puts the name of a user and the password into the headers of a request; nothing of a user whom nobody knows.
pub fn introduce(headers: &mut HeaderMap, name: &str) {
    if USERS.iter().any(|user| user.name == name) {
        let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{PASSWORD}"));
        if let Ok(value) = HeaderValue::from_str(&format!("Basic {encoded}")) {
            headers.insert(header::AUTHORIZATION, value);
        }
    }
}

fn basic(value: &HeaderValue) -> Option<(String, String)> {
    let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = base64::engine::general_purpose::STANDARD.decode(encoded.trim()).ok()?;
    let (name, password) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_basic(name: &str, password: &str) -> HeaderMap {
        let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{password}"));
        HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_str(&format!("Basic {encoded}")).unwrap())])
    }

    fn with_cookie(cookie: &str, token: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(&format!("a=b; {COOKIE}={cookie}")).unwrap());
        if let Some(token) = token {
            headers.insert(TOKEN, HeaderValue::from_str(token).unwrap());
        }
        headers
    }

    struct Door {
        logins: Logins,
        counts: Counts,
    }

    impl Door {
        fn new() -> Self {
            Door { logins: Logins::new(Seed::new(1), 3600), counts: Counts::default() }
        }

        fn ask(&mut self, method: Method, headers: &HeaderMap, now: i64) -> Result<Caller, Problem> {
            self.logins.admit(&method, headers, true, &mut self.counts, now)
        }

        fn log_in(&mut self) -> (String, String) {
            let caller = self.ask(Method::GET, &with_basic("admin", PASSWORD), 0).unwrap();
            (caller.new_cookie.unwrap(), caller.login.unwrap().token)
        }
    }

    #[test]
    fn a_cookie_reads_and_needs_its_token_to_change() {
        let mut door = Door::new();
        let (cookie, token) = door.log_in();
        assert!(door.ask(Method::GET, &with_cookie(&cookie, None), 1).is_ok());
        assert_eq!(door.ask(Method::POST, &with_cookie(&cookie, None), 1).unwrap_err().code, errors::TOKEN);
        assert_eq!(door.ask(Method::POST, &with_cookie(&cookie, Some("old")), 1).unwrap_err().status, 403);
        assert!(door.ask(Method::POST, &with_cookie(&cookie, Some(&token)), 1).is_ok());
        door.logins.renew_tokens();
        assert_eq!(door.ask(Method::POST, &with_cookie(&cookie, Some(&token)), 1).unwrap_err().code, errors::TOKEN);
    }

    #[test]
    fn basic_alone_needs_no_token_and_leaves_no_login_behind_when_it_changes_something() {
        let mut door = Door::new();
        let caller = door.ask(Method::POST, &with_basic("admin", PASSWORD), 0).unwrap();
        assert!(caller.login.is_none());
        assert_eq!(door.logins.len(), 0);
    }

    #[test]
    fn a_login_dies_of_idleness_and_lives_on_by_use() {
        let mut door = Door::new();
        let (cookie, _) = door.log_in();
        assert!(door.ask(Method::GET, &with_cookie(&cookie, None), 3_599_999).is_ok());
        assert!(door.ask(Method::GET, &with_cookie(&cookie, None), 2 * 3_599_998).is_ok());
        let dead = door.ask(Method::GET, &with_cookie(&cookie, None), 4 * 3_600_000).unwrap_err();
        assert_eq!((dead.status.as_u16(), dead.code.as_str()), (401, errors::NOT_LOGGED_IN));
    }

    #[test]
    fn five_wrong_passwords_lock_the_account_even_for_the_right_one() {
        let mut door = Door::new();
        for _ in 0..5 {
            assert_eq!(door.ask(Method::GET, &with_basic("admin", "x"), 0).unwrap_err().code, errors::NOT_LOGGED_IN);
        }
        assert_eq!(door.ask(Method::GET, &with_basic("admin", PASSWORD), 1).unwrap_err().code, errors::LOCKED);
        assert!(door.ask(Method::GET, &with_basic("viewer", PASSWORD), 1).is_ok());
        assert!(door.ask(Method::GET, &with_basic("admin", PASSWORD), LOCKED_MS).is_ok());
        assert_eq!((door.counts.logins_wrong, door.counts.logins_right), (6, 2));
    }

    #[test]
    fn a_right_password_forgets_the_wrong_ones_before_it() {
        let mut door = Door::new();
        for _ in 0..3 {
            for _ in 0..4 {
                assert!(door.ask(Method::GET, &with_basic("admin", "x"), 0).is_err());
            }
            assert!(door.ask(Method::GET, &with_basic("admin", PASSWORD), 0).is_ok());
        }
    }

    #[test]
    fn the_oldest_login_gives_way_beyond_the_limit() {
        let mut door = Door::new();
        let (first, _) = door.log_in();
        for _ in 1..LOGINS_KEPT {
            door.log_in();
        }
        assert!(door.ask(Method::GET, &with_cookie(&first, None), 0).is_ok());
        door.log_in();
        assert!(door.ask(Method::GET, &with_cookie(&first, None), 0).is_err());
        assert_eq!(door.logins.len(), LOGINS_KEPT);
    }
}
