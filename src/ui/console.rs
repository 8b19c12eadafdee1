//! The whole page's state: a handle that every part of the page is given.
//!
//! Rows live in [`Store`] without signals. What a component shows is bound by fine signals: one per row
//! in the window, one per array's desk, one for the order of the list, one for the journal.

use std::cell::{Ref, RefCell};
use std::ops::Deref;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use super::driver::Driver;
use super::memory::Memory;
use super::platform;
use crate::array::{ArrayEntry, Config, Deed, Response, Transport, TransportFailure};
use crate::fleet::{ArrayIndex, Course, Difference, Draft, Journal, Key, Route, Row, Store, Thing};
use crate::lifecycle::Kind;
use crate::operation::{Access, Desk, Effect, Event, NamedThing, Settings, Ticket, Why};
use crate::ordered::{OrderedMap, OrderedSet, order};
use crate::ui::state::{Cell, Held, Known, Mark, cell, held, known, mark, when_left};
use crate::wire::powerstore::{Job, Resource, Session};

/// Everything that is not a signal.
struct State {
    config: Config,
    transport: Rc<dyn Transport>,
    drivers: Vec<Driver>,
    store: Store,
    /// By array, then by the session's id.
    beside: Vec<OrderedMap<Arc<str>, Beside>>,
    journal: Journal,
    /// Names of policies and volume groups, by id; ids of two arrays do not meet.
    names: OrderedMap<String, String>,
}

/// What the page keeps of a session besides its row.
#[derive(Default)]
struct Beside {
    course: Option<Course>,
    /// What its transfers came to, of a protection job.
    progress: Option<Course>,
    jobs: Option<Vec<Job>>,
    /// The signal of its row, while that is in the window.
    bound: Option<Mark>,
}

/// The handle: a pointer, for every part of the page keeps one.
#[derive(Clone, Copy)]
pub struct Console(&'static Whole);

impl Deref for Console {
    type Target = Whole;

    fn deref(&self) -> &Whole {
        self.0
    }
}

/// What the handle points to. It lives as long as the page.
pub struct Whole {
    state: RefCell<State>,
    desks: Vec<Mark>,
    /// Where the person is.
    pub route: Cell<Route>,
    /// The browser's clock, renewed every second.
    pub now: Cell<i64>,
    /// The person stopped the refresh.
    pub paused: Cell<bool>,
    /// The window is too narrow for the wide picture.
    pub narrow: Cell<bool>,
    /// What the list keeps while another page is open.
    pub memory: Memory,
    /// What the polite live region says.
    pub polite: Cell<String>,
    /// What the assertive live region says.
    pub assertive: Cell<String>,
    /// The forms of new imports as they were left, by array.
    drafts: Held<Vec<(ArrayIndex, Draft)>>,
    hidden: Cell<bool>,
    rows: Mark,
    journal: Mark,
}

/// An answer that has to be waited for.
type Answer = Pin<Box<dyn Future<Output = Result<Response, TransportFailure>>>>;

/// What performing effects has touched.
#[derive(Default)]
struct News {
    difference: Difference,
    journal: bool,
}

impl Console {
    /// Sets everything up and asks every array who is logged in.
    pub fn open(config: Config, transport: Rc<dyn Transport>) -> Console {
        let driver = |entry: &ArrayEntry| {
            let settings = Settings {
                array: entry.id.clone(),
                kind: entry.kind,
                base: platform::absolute_path(&entry.url).unwrap_or_else(|| "/".to_owned()),
                refresh: i64::from(config.refresh_seconds) * 1000,
                patience: i64::from(config.answer_seconds) * 1000,
                read_only: config.read_only,
            };
            Driver::new(entry.clone(), settings)
        };
        let drivers: Vec<Driver> = config.arrays.iter().map(driver).collect();
        let desks: Vec<Mark> = drivers.iter().map(|_| mark()).collect();
        let beside = drivers.iter().map(|_| OrderedMap::new()).collect();
        let state = State {
            config,
            transport,
            drivers,
            store: Store::default(),
            beside,
            journal: Journal::default(),
            names: OrderedMap::new(),
        };
        let console = Console(Box::leak(Box::new(Whole {
            state: RefCell::new(state),
            desks,
            route: cell(Route::parse(&platform::fragment())),
            now: cell(platform::now()),
            paused: cell(false),
            narrow: platform::matches_while("(max-width: 899.9px)"),
            memory: Memory::new(),
            polite: cell(String::new()),
            assertive: cell(String::new()),
            drafts: held(Vec::new()),
            hidden: cell(false),
            rows: mark(),
            journal: mark(),
        })));
        for array in console.arrays() {
            console.hear(array, Event::Open);
        }
        console.watch_what_is_open();
        platform::every_second(move || console.now.set(platform::now()));
        platform::scroll_by_ourselves();
        platform::on_fragment_change(move || console.arrive(Route::parse(&platform::fragment())));
        platform::on_leaving(move || {
            for array in console.arrays() {
                console.hear(array, Event::Leave);
            }
        });
        platform::on_visibility_change(move |hidden| {
            console.hidden.set(hidden);
            console.pause_or_go_on();
        });
        console
    }

    // What there is.

    /// The places of all arrays.
    pub fn arrays(self) -> Vec<ArrayIndex> {
        (0u16..).map(ArrayIndex).take(self.desks.len()).collect()
    }

    /// The place of the array that the configuration calls `id`.
    pub fn array(self, id: &str) -> Option<ArrayIndex> {
        let place = self.state().drivers.iter().position(|driver| driver.entry.id == id)?;
        u16::try_from(place).ok().map(ArrayIndex)
    }

    /// The array's entry in the configuration.
    pub fn entry(self, array: ArrayIndex) -> Option<ArrayEntry> {
        self.state().drivers.get(place(array)).map(|driver| driver.entry.clone())
    }

    /// True for an array that speaks ZAPI.
    pub fn is_dfm(self, array: ArrayIndex) -> bool {
        self.state().drivers.get(place(array)).is_some_and(|driver| driver.entry.kind == crate::array::Kind::Dfm)
    }

    /// True while somebody is logged in.
    pub fn is_in(self, array: ArrayIndex) -> bool {
        self.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true)
    }

    /// The array's clock less the browser's, milliseconds, as far as it is known.
    pub fn clock_skew(self, array: ArrayIndex) -> i64 {
        self.desk(array, |desk| desk.health().clock_skew).flatten().unwrap_or(0)
    }

    /// The array's name for people.
    pub fn array_name(self, array: ArrayIndex) -> String {
        self.entry(array).map(|entry| entry.name).unwrap_or_default()
    }

    /// Something of the configuration.
    pub fn config<T>(self, read: impl FnOnce(&Config) -> T) -> T {
        read(&self.state().config)
    }

    /// Something of an array's desk; whoever reads it is run again when the desk changes.
    pub fn desk<T>(self, array: ArrayIndex, read: impl FnOnce(&Desk) -> T) -> Option<T> {
        self.desk_of(array, true).map(|desk| read(&desk))
    }

    /// Something on the array with its name, once that is known.
    pub fn named(self, array: ArrayIndex, id: &str) -> String {
        self.track_desk(array);
        let state = self.state();
        let name = state.names.get(id).map(String::as_str).or_else(|| state.store.name_of(array, id));
        name.map_or_else(|| id.to_owned(), |name| format!("{name} ({id})"))
    }

    /// How many rows of the array's last lists could not be read.
    pub fn unreadable(self, array: ArrayIndex) -> u32 {
        self.track_desk(array);
        let state = self.state();
        let counts = state.drivers.get(place(array)).map(|driver| driver.unreadable.iter().map(|(_, count)| count));
        counts.map_or(0, Iterator::sum)
    }

    /// Something of all rows; whoever reads it is run again when any row changes.
    pub fn rows<T>(self, read: impl FnOnce(&Store, &[ArrayEntry]) -> T) -> T {
        let state = self.all();
        read(&state.store, &state.config.arrays)
    }

    /// Whose rules a session follows; as long as it was not read, those of a volume.
    pub fn work_of(self, key: &Key) -> Kind {
        self.state().store.get(key).map(|row| row.work).unwrap_or_default()
    }

    /// Binds one row to the component that calls it: the memo changes with this row alone.
    pub fn bind_row(self, key: &Key) -> Known<Option<Row>> {
        let version = mark();
        if let Some(beside) = self.state.borrow_mut().beside(key) {
            beside.bound = Some(version);
        }
        let unbound = key.clone();
        when_left(move || {
            // The row may have been drawn anew before this one was cleared away.
            let mut state = self.state.borrow_mut();
            if let Some(beside) = state.beside(&unbound).filter(|beside| beside.bound == Some(version)) {
                beside.bound = None;
            }
        });
        let key = key.clone();
        known(move || {
            version.track();
            self.state().store.get(&key).cloned()
        })
    }

    /// Something of the path on which a session was seen.
    pub fn course<T>(self, key: &Key, read: impl FnOnce(Option<&Course>) -> T) -> T {
        self.track_desk(key.array);
        read(self.state().known_beside(key).and_then(|beside| beside.course.as_ref()))
    }

    /// The same of what the transfers of a protection job came to.
    pub fn progress<T>(self, key: &Key, read: impl FnOnce(Option<&Course>) -> T) -> T {
        self.track_desk(key.array);
        read(self.state().known_beside(key).and_then(|beside| beside.progress.as_ref()))
    }

    /// The newest jobs on a session; `None` while they were not read.
    pub fn jobs(self, key: &Key) -> Option<Vec<Job>> {
        self.track_desk(key.array);
        self.state().known_beside(key).and_then(|beside| beside.jobs.clone())
    }

    /// Something of the journal.
    pub fn journal<T>(self, read: impl FnOnce(&Journal) -> T) -> T {
        self.journal.track();
        read(&self.state().journal)
    }

    #[inline(never)]
    fn track_desk(self, array: ArrayIndex) {
        if let Some(version) = self.desks.get(place(array)) {
            version.track();
        }
    }

    // What a person does.

    /// Goes to another page, or to other filters when `replace` is true.
    pub fn go(self, route: Route, replace: bool) {
        let address = route.write();
        if replace {
            platform::replace_fragment(&address);
        } else {
            platform::push_fragment(&address);
        }
        self.arrive(route);
    }

    /// The form of what this collection of the array is added to by, as it was left.
    pub fn draft(self, array: ArrayIndex, resource: Resource) -> Draft {
        let is_of = |(of, draft): &&(ArrayIndex, Draft)| *of == array && draft.plan.resource == resource;
        let kept = self.drafts.with(|drafts| drafts.iter().find(is_of).map(|(_, draft)| draft.clone()));
        kept.unwrap_or_else(|| Draft::of(resource))
    }

    /// Remembers a form, but for what is kept nowhere.
    pub fn keep_draft(self, array: ArrayIndex, draft: &Draft) {
        let draft = draft.public();
        let _ = self.drafts.update(|drafts| {
            drafts.retain(|(of, kept)| *of != array || kept.plan.resource != draft.plan.resource);
            drafts.push((array, draft));
        });
    }

    /// The present page has another address now: nothing else is opened by it.
    pub fn rewrite(self, route: Route) {
        platform::replace_fragment(&route.write());
        self.route.set(route);
    }

    fn arrive(self, route: Route) {
        if self.route.with_untracked(|present| *present != route) {
            self.route.set(route);
            self.watch_what_is_open();
        }
    }

    /// Tells every desk whether the page of one of its sessions is open.
    fn watch_what_is_open(self) {
        let open = match self.route.get_untracked() {
            Route::Session { array, resource, session, .. } => {
                self.array(&array).map(|array| (array, (resource, session)))
            }
            _ => None,
        };
        for array in self.arrays() {
            let session = open.as_ref().filter(|(of, _)| *of == array).map(|(_, session)| session.clone());
            self.hear(array, Event::Watch(session));
        }
    }

    /// Stops the scheduled reads, or lets them go on.
    pub fn set_paused(self, paused: bool) {
        self.paused.set(paused);
        self.pause_or_go_on();
    }

    fn pause_or_go_on(self) {
        let pause = self.paused.get_untracked() || self.hidden.get_untracked();
        for array in self.arrays() {
            self.hear(array, Event::Pause(pause));
        }
    }

    /// Reads everything now.
    pub fn refresh(self) {
        for array in self.arrays() {
            self.hear(array, Event::Refresh);
        }
    }

    /// Says something to those who listen, when they are not busy.
    pub fn say(self, words: String) {
        self.polite.set(words);
    }

    // What the desks want.

    /// Lets a desk hear something, and does what it wants done.
    pub fn hear(self, array: ArrayIndex, event: Event) {
        let now = platform::now();
        let mut news = News::default();
        let before = self.desk_untracked(array, |desk| desk.access().clone());
        let futures = self.state.borrow_mut().hear(self, array, event, now, &mut news);
        for (ticket, future) in futures {
            platform::spawn(async move {
                let result = future.await;
                if let Some(driver) = self.state.borrow_mut().drivers.get_mut(place(array)) {
                    driver.forget(ticket);
                }
                self.hear(array, Event::Answered { ticket, result });
            });
        }
        self.tell(array, &news, before);
    }

    fn desk_untracked<T>(self, array: ArrayIndex, read: impl FnOnce(&Desk) -> T) -> Option<T> {
        self.desk_of(array, false).map(|desk| read(&desk))
    }

    /// An array's desk, for reading.
    #[inline(never)]
    fn desk_of(self, array: ArrayIndex, following: bool) -> Option<Ref<'static, Desk>> {
        if following {
            self.track_desk(array);
        }
        Ref::filter_map(self.state(), |state| state.drivers.get(place(array)).map(|driver| &driver.desk)).ok()
    }

    /// All rows, for reading.
    #[inline(never)]
    fn all(self) -> Ref<'static, State> {
        self.rows.track();
        self.state()
    }

    /// The state, for reading.
    fn state(self) -> Ref<'static, State> {
        self.0.state.borrow()
    }

    /// Runs what shows something that has changed.
    fn tell(self, array: ArrayIndex, news: &News, before: Option<Access>) {
        let Difference { added, changed, removed } = &news.difference;
        let touched: Vec<Mark> = {
            let state = self.state();
            let all = changed.iter().chain(removed).chain(added);
            all.filter_map(|key| state.known_beside(key)?.bound).collect()
        };
        for version in touched {
            version.changed();
        }
        if !removed.is_empty() && self.memory.selection.with_untracked(|selection| !selection.is_empty()) {
            self.memory.selection.update(|selection| _ = selection.forget(removed));
        }
        if !(added.is_empty() && changed.is_empty() && removed.is_empty()) {
            self.rows.changed();
        }
        if news.journal {
            self.journal.changed();
        }
        if let Some(version) = self.desks.get(place(array)) {
            version.changed();
        }
        let after = self.desk_untracked(array, |desk| desk.access().clone());
        if let (Some(Access::In { .. }), Some(Access::Out(why @ (Why::Expired | Why::CookieLost)))) = (before, after) {
            self.assertive.set(format!("{}: {}", self.array_name(array), why.sentence()));
        }
    }
}

impl State {
    /// Lets a desk hear something, performs what it wants, and answers with what has to be waited for.
    fn hear(
        &mut self,
        console: Console,
        array: ArrayIndex,
        event: Event,
        now: i64,
        news: &mut News,
    ) -> Vec<(Ticket, Answer)> {
        let effects = self.drivers.get_mut(place(array)).map(|driver| driver.desk.handle(event, now));
        let mut waiting = Vec::new();
        for effect in effects.unwrap_or_default() {
            if let Effect::Send(ticket, request) = effect {
                let transport = self.transport.clone();
                if let Some(driver) = self.drivers.get_mut(place(array)) {
                    let answer: Answer = Box::pin(driver.send(&transport, ticket, *request));
                    waiting.push((ticket, answer));
                }
            } else {
                self.perform(array, effect, now, news);
            }
        }
        if let Some(driver) = self.drivers.get_mut(place(array)) {
            match driver.desk.next_wake() {
                Some(at) => driver.alarm.set(at.saturating_sub(now), move || console.hear(array, Event::Tick)),
                None => driver.alarm.stop(),
            }
        }
        waiting
    }

    fn perform(&mut self, array: ArrayIndex, effect: Effect, now: i64, news: &mut News) {
        match effect {
            Effect::Abandon(ticket) => {
                if let Some(driver) = self.drivers.get_mut(place(array)) {
                    driver.abandon(ticket);
                }
            }
            Effect::Listed { resource, sessions, unreadable } => {
                if let Some(driver) = self.drivers.get_mut(place(array)) {
                    driver.unreadable.retain(|(of, _)| *of != resource);
                    driver.unreadable.push((resource, unreadable));
                }
                self.observe(array, &sessions, now);
                // Each session goes when its row is made: a hundred thousand of both need not be held at once.
                let rows = sessions.into_iter().map(|session| Row::from_session(array, &session)).collect();
                let difference = self.store.merge(array, rows, Some(resource));
                self.take(array, difference, news);
            }
            Effect::Read(session) => {
                self.observe(array, std::slice::from_ref(&session), now);
                let difference = self.store.merge(array, vec![Row::from_session(array, &session)], None);
                self.take(array, difference, news);
            }
            Effect::Updated { sessions } => {
                self.observe(array, &sessions, now);
                let rows = sessions.into_iter().map(|session| Row::from_session(array, &session)).collect();
                let difference = self.store.merge(array, rows, None);
                self.take(array, difference, news);
            }
            Effect::Gone(ids) => {
                let difference = self.store.remove(array, &ids);
                self.take(array, difference, news);
            }
            Effect::Jobs { session, jobs } => {
                if let Some(beside) = self.beside(&key(array, &session)) {
                    beside.jobs = Some(jobs);
                }
            }
            Effect::Named { thing, names } => {
                let thing = match thing {
                    NamedThing::RemoteSystem => Thing::RemoteSystem,
                    NamedThing::Source => Thing::Source,
                    NamedThing::Destination => Thing::Destination,
                    NamedThing::Other => {
                        for (id, name) in names {
                            self.names.insert(id, name);
                        }
                        return;
                    }
                };
                let names = names.into_iter().map(|(id, name)| (id, Some(name)));
                let difference = self.store.name(array, thing, names);
                self.take(array, difference, news);
            }
            Effect::Deed(deed) => {
                let deed: Deed = *deed;
                self.journal.record(deed);
                news.journal = true;
            }
            // Sent by whoever can wait for the answer; every event changes the desk's version anyway.
            Effect::Send(..) | Effect::Changed => {}
        }
    }

    fn known_beside(&self, key: &Key) -> Option<&Beside> {
        self.beside.get(place(key.array))?.get(&key.id)
    }

    /// `None` only for an array that is not in the configuration.
    fn beside(&mut self, key: &Key) -> Option<&mut Beside> {
        self.beside.get_mut(place(key.array))?.get_or_default(key.id.clone())
    }

    /// Takes down where sessions were seen; all at once, for a list may have 100,000 of them.
    fn observe(&mut self, array: ArrayIndex, sessions: &[Session], now: i64) {
        let Some(held) = self.beside.get_mut(place(array)) else { return };
        let id = |place: usize| sessions.get(place).map(|session| &session.id);
        let mut fresh: OrderedMap<Arc<str>, Beside> = OrderedMap::new();
        for session in order(sessions.len(), &|a, b| id(a).cmp(&id(b))) {
            let Some(session) = sessions.get(session) else { continue };
            let Some(state) = &session.state else { continue };
            let beside = match held.get_mut(session.id.as_str()) {
                Some(beside) => Some(beside),
                None => fresh.get_or_default(session.id.as_str().into()),
            };
            if let Some(beside) = beside {
                beside.course.get_or_insert_default().observe(state, now);
                if let Some(progress) = session.text("job-progress") {
                    beside.progress.get_or_insert_default().observe(progress, now);
                }
            }
        }
        held.append(fresh);
    }

    fn take(&mut self, array: ArrayIndex, difference: Difference, news: &mut News) {
        if let Some(held) = self.beside.get_mut(place(array))
            && !difference.removed.is_empty()
        {
            // A row in the window outlives its session, and follows it should it come back.
            let bound: Vec<(Arc<str>, Mark)> =
                difference.removed.iter().filter_map(|key| Some((key.id.clone(), held.get(&key.id)?.bound?))).collect();
            let gone: OrderedSet<Arc<str>> = difference.removed.iter().map(|key| key.id.clone()).collect();
            held.retain(|id| !gone.contains(id));
            for (id, version) in bound {
                held.insert(id, Beside { bound: Some(version), ..Beside::default() });
            }
        }
        news.difference.added.extend(difference.added);
        news.difference.changed.extend(difference.changed);
        news.difference.removed.extend(difference.removed);
    }
}

/// The key of a session.
pub fn key(array: ArrayIndex, session: &str) -> Key {
    Key { array, id: session.into() }
}

fn place(array: ArrayIndex) -> usize {
    usize::from(array.0)
}
