//! The fleet as a browser sees a site: its configuration, its arrays with a cookie each, its control door.

use std::collections::BTreeMap;

use http::header;

use super::door::Door;
use super::link::Link;
use super::story::{Passage, Story};
use super::told::refusal;
use crate::simulator::{Answer, Fleet, Options, carried};
use crate::wire::powerstore::message::Headers;
use crate::wire::powerstore::{Method, Request, Response};

/// Who is logged in at an array, as the browser keeps it.
#[derive(Debug)]
struct Login {
    cookie: String,
    user: String,
}

/// A fleet with what a browser keeps of it, and what has changed it.
#[derive(Debug)]
pub struct Site {
    fleet: Fleet,
    logins: BTreeMap<String, Login>,
    story: Story,
    /// What the time of the fleet's caller is behind the clock of the page, milliseconds: while nobody looked,
    /// no time went by.
    away: i64,
}

/// What comes back from the site.
#[derive(Debug)]
pub enum Came {
    /// An answer, after so many milliseconds.
    Answer(Response, u64),
    /// The connection is closed without a word.
    Nothing,
}

impl Site {
    /// A fleet at its first moment, as the link wants it. Where the link names a scenario that cannot be told, the
    /// fleet begins without it, and why stands beside it.
    pub fn begin(link: &Link, now: i64) -> (Site, Option<String>) {
        let mut site = Site {
            fleet: Fleet::new(options(link, now)),
            logins: BTreeMap::new(),
            story: Story::new(link.write(), now),
            away: 0,
        };
        if link.story().is_none() {
            return (site, None);
        }
        let (name, body) = link.wish();
        let mut request = Request::new(Method::Post, format!("/simulator/{name}"));
        request.body = body.into_bytes();
        let trouble = match site.answer(&request, now) {
            Came::Answer(answer, _) if answer.is_success() => None,
            Came::Answer(answer, _) => refusal(&answer.body),
            Came::Nothing => None,
        };
        (site, trouble)
    }

    /// The fleet of a story that was kept, when it was left at `left` by the time of its caller, and what
    /// [`Site::begin`] said of it; `None` when it is that of another link. The error says why it cannot be told again.
    pub fn resume(link: &Link, kept: &str, left: i64, now: i64) -> Result<Option<(Site, Option<String>)>, String> {
        let (story, passages) = Story::read(kept)?;
        if story.link != link.write() {
            return Ok(None);
        }
        let mut fleet = Fleet::new(options(link, story.start));
        let (mut last, mut trouble) = (story.start, None);
        for (place, Passage { at, array, user, request }) in passages.iter().enumerate() {
            let carried = carried::request(request).ok_or("a request in it has no such address")?;
            last = last.max(*at);
            match array {
                None => {
                    let answer = carried::response(fleet.control(*at, &carried));
                    if place == 0 && link.story().is_some() && !answer.is_success() {
                        trouble = refusal(&answer.body);
                    }
                }
                Some(id) => {
                    let mut carried = carried;
                    Fleet::introduce(&mut carried, user.as_deref().unwrap_or_default());
                    drop(fleet.handle(id, *at, &carried));
                }
            }
        }
        Ok(Some((Site { fleet, logins: BTreeMap::new(), story, away: now - last.max(left) }, trouble)))
    }

    /// What has changed the fleet so far.
    pub fn story(&self) -> &Story {
        &self.story
    }

    /// The time of the fleet's caller when the page's clock shows `now`, milliseconds since 1970.
    pub fn time(&self, now: i64) -> i64 {
        now - self.away
    }

    /// Answers a request of the console's when the clock of the page shows `now`.
    pub fn answer(&mut self, request: &Request, now: i64) -> Came {
        let now = self.time(now);
        match Door::of(&request.address) {
            Some(Door::Config) => {
                let body = self.fleet.config().into_bytes();
                Came::Answer(Response { status: 200, headers: Headers::default(), body }, 0)
            }
            Some(Door::Control(address)) => self.control(request, address, now),
            Some(Door::Array(id, address)) => self.array(request, id, address, now),
            None => Came::Answer(Response { status: 404, headers: Headers::default(), body: Vec::new() }, 0),
        }
    }

    fn control(&mut self, request: &Request, address: &str, now: i64) -> Came {
        let request = at(request, address);
        let Some(carried) = carried::request(&request) else { return Came::Nothing };
        let answer = self.fleet.control(now, &carried);
        if request.method != Method::Get {
            self.story.add(&Passage { at: now, array: None, user: None, request });
        }
        Came::Answer(carried::response(answer), 0)
    }

    fn array(&mut self, request: &Request, id: &str, address: &str, now: i64) -> Came {
        let request = at(request, address);
        let Some(mut carried) = carried::request(&request) else { return Came::Nothing };
        let introduced = Fleet::introduced(&carried);
        let login = self.logins.get(id).filter(|_| !request.bare);
        if let Some(cookie) = login.and_then(|login| header::HeaderValue::from_str(&login.cookie).ok()) {
            carried.headers_mut().insert(header::COOKIE, cookie);
        }
        let user = introduced.map(str::to_owned).or_else(|| login.map(|login| login.user.clone()));
        let (let_in, spent) = (self.fleet.let_in(), self.fleet.faults_spent());
        let answer = self.fleet.handle(id, now, &carried);
        let changes = self.fleet.let_in() != let_in;
        if changes || self.fleet.faults_spent() != spent {
            // Whoever was not let in is nobody, and so is whoever only reads: all that it leaves is a fault less.
            let user = user.clone().filter(|_| changes);
            self.story.add(&Passage { at: now, array: Some(id.to_owned()), user, request: request.clone() });
        }
        let Answer::Reply { response, delay_ms } = answer else { return Came::Nothing };
        if !request.bare
            && let Some(cookie) = response.headers().get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok())
        {
            let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
            self.logins.insert(id.to_owned(), Login { cookie, user: user.unwrap_or_default() });
        }
        Came::Answer(carried::response(response), delay_ms)
    }
}

fn options(link: &Link, start: i64) -> Options {
    let usual = Options::default();
    Options {
        seed: link.seed.unwrap_or(usual.seed),
        imports: link.imports.unwrap_or(usual.imports),
        speed: link.speed.map_or(usual.speed, f64::from),
        start,
        ..usual
    }
}

/// The same request with the address that the door knows, and without what is of the page.
fn at(request: &Request, address: &str) -> Request {
    Request { address: address.to_owned(), ..request.clone() }
}
