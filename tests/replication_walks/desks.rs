//! A person at the console of one array, while another one sits at the other.

use std::collections::{BTreeMap, VecDeque};

use array_console::array::{Answers, Request, Secret, TransportFailure, kind};
use array_console::lifecycle::{ActionId, Verdict};
use array_console::operation::{Desk, Effect, Event, Settings, Stage, Ticket};
use array_console::simulator::{Answer, carried};
use array_console::wire::powerstore::{Resource, Session};

use crate::console::PASSWORD;
use crate::console::dice::Dice;
use crate::sight::{ARRAYS, World};

pub struct Person {
    array: usize,
    pub desk: Desk,
    cookie: Option<String>,
    under_way: VecDeque<(Ticket, Request)>,
    rows: BTreeMap<String, Session>,
    /// Addresses that something was asked of to change it.
    pub sent: Vec<String>,
}

impl Person {
    pub fn new(array: usize, world: &mut World) -> Person {
        let name = ARRAYS[array];
        let settings = Settings {
            kind: array_console::array::Kind::Powerstore,
            array: name.to_owned(),
            base: format!("/arrays/{name}/"),
            refresh: 20_000,
            patience: 30_000,
            read_only: false,
        };
        let mut person = Person {
            array,
            desk: Desk::new(settings),
            cookie: None,
            under_way: VecDeque::new(),
            rows: BTreeMap::new(),
            sent: Vec::new(),
        };
        person.hear(world, Event::Open);
        person.log_in(world);
        person
    }

    fn log_in(&mut self, world: &mut World) {
        self.hear(world, Event::LogIn { user: "admin".to_owned(), password: Secret::new(PASSWORD) });
        assert!(self.desk.access().user().is_some(), "{:?}", self.desk.access());
    }

    /// Tells the desk, and carries requests and answers until none is under way.
    pub fn hear(&mut self, world: &mut World, event: Event) {
        let effects = self.desk.handle(event, world.now);
        self.perform(effects);
        while let Some((ticket, request)) = self.under_way.pop_front() {
            let result = self.carry(world, &request);
            let effects = self.desk.handle(Event::Answered { ticket, result }, world.now);
            self.perform(effects);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(ticket, request) => self.under_way.push_back((ticket, *request)),
                Effect::Abandon(ticket) => self.under_way.retain(|(other, _)| *other != ticket),
                Effect::Listed { resource: Resource::Replication, sessions, .. } => {
                    self.rows = sessions.into_iter().map(|session| (session.id.clone(), session)).collect();
                }
                Effect::Read(session) if session.resource == Resource::Replication => {
                    self.rows.insert(session.id.clone(), *session);
                }
                Effect::Gone(sessions) => self.rows.retain(|id, _| !sessions.contains(id)),
                _ => {}
            }
        }
    }

    fn carry(
        &mut self,
        world: &mut World,
        request: &Request,
    ) -> Result<array_console::array::Response, TransportFailure> {
        let base = format!("/arrays/{}", ARRAYS[self.array]);
        let path = request.address.strip_prefix(&base).expect("the desk stays under its base").to_owned();
        if request.method != array_console::array::Method::Get {
            self.sent.push(path.clone());
        }
        let mut request =
            carried::request(&Request { address: path.clone(), ..request.clone() }).expect("as HTTP has it");
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
        }
        let Answer::Reply { response, .. } = world.fleet.handle(ARRAYS[self.array], world.now, &request) else {
            panic!("no fault is set, and {path} was dropped");
        };
        let status = response.status().as_u16();
        assert!(status < 500, "{path}: {status}");
        if let Some(cookie) = response.headers().get("set-cookie") {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        Ok(carried::response(response))
    }

    /// Presses the button of some action; mostly one that the console offers.
    pub fn ask(&mut self, world: &mut World, dice: &mut Dice) {
        let rows: Vec<&Session> = self.rows.values().collect();
        if rows.is_empty() {
            return;
        }
        let row = (*dice.one_of(&rows)).clone();
        let any = dice.in_hundred(15);
        let offered = |id: &ActionId| any || !matches!(self.desk.verdict(&row, *id), Verdict::Refused(_));
        // Metro is ended seldom: a fleet without any is no fleet to walk in.
        let ends = dice.in_hundred(5);
        let actions = kind(&row).lifecycle().actions_with_ids();
        let actions = actions.filter(|(_, action)| ends || action.name != "end_metro");
        let actions: Vec<ActionId> = actions.map(|(id, _)| id).filter(offered).collect();
        if !actions.is_empty() {
            let action = *dice.one_of(&actions);
            self.hear(world, Event::Ask { session: row.id, action });
        }
    }

    /// Confirms a dialog that is open, with some of its switches on: the session, and the name of the action.
    /// Answers with it if the request went out.
    pub fn confirm(&mut self, world: &mut World, dice: &mut Dice) -> Option<(String, &'static str)> {
        let asking = self.desk.acts().filter(|act| act.stage == Stage::Asking);
        let asking: Vec<(String, ActionId)> = asking.map(|act| (act.session.clone(), act.action)).collect();
        if asking.is_empty() {
            return None;
        }
        let (session, action) = dice.one_of(&asking).clone();
        let action = kind(self.rows.get(&session)?).lifecycle().action(action)?;
        let flags: Vec<&'static str> =
            action.flags.iter().map(|flag| flag.name).filter(|_| dice.in_hundred(40)).collect();
        let before = self.sent.len();
        self.hear(world, Event::Confirm { session: session.clone(), answers: Answers { flags, ..Answers::default() } });
        let sent = self.sent.len() - before;
        assert!(sent <= 1, "one click sent {sent} requests");
        (sent == 1).then_some((session, action.name))
    }

    /// Closes the dialogs that are open.
    pub fn dismiss(&mut self, world: &mut World) {
        let open: Vec<String> = self.desk.acts().filter(|act| act.is_dialog()).map(|act| act.session.clone()).collect();
        for session in open {
            self.hear(world, Event::Dismiss { session });
        }
    }

    /// Opens the page of a session, or the list.
    pub fn turn_to(&mut self, world: &mut World, dice: &mut Dice) {
        let ids: Vec<&String> = self.rows.keys().collect();
        let id = if ids.is_empty() || dice.in_hundred(30) { None } else { Some((*dice.one_of(&ids)).clone()) };
        self.hear(world, Event::Watch(id.map(|id| (Resource::Replication, id))));
    }

    /// After an hour of rest the login may have ended; somebody comes and logs in.
    pub fn come_back(&mut self, world: &mut World) {
        if self.desk.access().user().is_none() {
            self.log_in(world);
        }
    }

    /// By the state of each session, as the console shows it.
    pub fn shown(&self) -> BTreeMap<&str, &str> {
        self.rows.iter().map(|(id, row)| (id.as_str(), row.state.as_deref().unwrap_or_default())).collect()
    }
}
