//! A console without a page: a desk, what it shows, and some server behind it, under one clock.

use std::collections::{BTreeMap, VecDeque};

use array_console::array::{Answers, Deed, DeedEnd, Kind, Request, Response, Secret, TransportFailure};
use array_console::lifecycle::ActionId;
use array_console::operation::{Desk, Effect, Event, Settings, Stage, Ticket};
use array_console::wire::powerstore::Session;

/// What the desk speaks with.
pub trait Server {
    fn answer(&mut self, request: &Request, now: i64) -> Result<Response, TransportFailure>;
}

pub struct Console<S> {
    pub desk: Desk,
    pub server: S,
    pub now: i64,
    pub rows: BTreeMap<String, Session>,
    pub journal: BTreeMap<u64, Deed>,
    pub under_way: VecDeque<(Ticket, Request)>,
    /// Answers are left lying.
    pub held: bool,
}

impl<S: Server> Console<S> {
    pub fn of(server: S, now: i64) -> Console<S> {
        let settings = Settings {
            array: "dfm".to_owned(),
            kind: Kind::Dfm,
            base: "/arrays/dfm/".to_owned(),
            refresh: 5000,
            patience: 30_000,
            read_only: false,
        };
        let (rows, journal) = (BTreeMap::new(), BTreeMap::new());
        Console { desk: Desk::new(settings), server, now, rows, journal, under_way: VecDeque::new(), held: false }
    }

    pub fn log_in(&mut self, user: &str, password: &str) {
        self.hear(Event::LogIn { user: user.to_owned(), password: Secret::new(password) });
    }

    pub fn hear(&mut self, event: Event) {
        self.tell(event);
        while !self.held
            && let Some((ticket, request)) = self.under_way.pop_front()
        {
            let result = self.server.answer(&request, self.now);
            self.tell(Event::Answered { ticket, result });
        }
    }

    pub fn tell(&mut self, event: Event) {
        for effect in self.desk.handle(event, self.now) {
            match effect {
                Effect::Send(ticket, request) => self.under_way.push_back((ticket, *request)),
                Effect::Abandon(ticket) => self.under_way.retain(|(other, _)| *other != ticket),
                Effect::Listed { resource, sessions, .. } => {
                    self.rows.retain(|_, row| row.resource != resource);
                    self.rows.extend(sessions.into_iter().map(|row| (row.id.clone(), row)));
                }
                Effect::Read(row) => _ = self.rows.insert(row.id.clone(), *row),
                Effect::Updated { sessions } => self.rows.extend(sessions.into_iter().map(|row| (row.id.clone(), row))),
                Effect::Gone(ids) => self.rows.retain(|id, _| !ids.contains(id)),
                Effect::Deed(deed) => _ = self.journal.insert(deed.number, *deed),
                _ => {}
            }
        }
    }

    pub fn wait(&mut self, seconds: i64) {
        let until = self.now + seconds * 1000;
        while let Some(at) = self.desk.next_wake().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.hear(Event::Tick);
        }
        self.now = until;
    }

    pub fn ids(&self) -> Vec<&str> {
        self.rows.keys().map(String::as_str).collect()
    }

    pub fn act(&mut self, id: &str, action: ActionId, flags: &[&'static str]) {
        self.hear(Event::Ask { session: id.to_owned(), action });
        assert_eq!(self.desk.act(id).map(|act| act.stage.clone()), Some(Stage::Asking));
        let answers = Answers { flags: flags.to_vec(), ..Answers::default() };
        self.hear(Event::Confirm { session: id.to_owned(), answers });
    }

    pub fn end(&self, id: &str) -> Option<DeedEnd> {
        self.desk.act(id)?.deed.as_ref().map(|deed| deed.end.clone())
    }
}
