//! What a demonstration has besides the console.
//!
//! It says on every page that the fleet is simulated, begins logged in, lets a person choose a story on the first
//! page, and puts the presenter's panel beside the console. The panel speaks to the control door over the
//! console's own transport: of the fleet in the page, or of the server that serves it (`?fleet=server`).
//!
//! * [`panel`]: the frame of the panel, the story in it;
//! * [`clock`], [`faults`], [`fleet`]: what can be done to the fleet;
//! * [`chooser`]: the first page.

mod chooser;
mod clock;
mod faults;
mod fleet;
mod panel;

use std::ops::Deref;
use std::rc::Rc;

use leptos::prelude::Owner;

use super::app;
use super::console::Console;
use super::platform::element::{Piece as _, View, el, show};
use super::platform::{self, Fetch, Tab};
use crate::array::{Method, Request, Secret, Transport};
use crate::demo::{ADMIN, Demonstration, Link, PASSWORD, SENTINEL, Told, WHOLE_FLEET, refusal};
use crate::fleet::Route;
use crate::operation::Event;
use crate::ui::state::{Cell, Held, cell, held};

/// Shows the console on a simulated fleet.
pub fn start() {
    platform::tell_of_panics();
    leptos::mount::mount_to_body(|| {
        let presenter = Presenter::new();
        show(banner());
        // What is shown later lives as long as the page, too.
        let owner = Owner::current().unwrap_or_default();
        platform::spawn(presenter.begin(owner));
    });
}

/// Sets a cell, if that is another value: whoever listens is not told the same again.
fn bring<T: PartialEq>(cell: Cell<T>, value: T) {
    if cell.with_untracked(|before| *before != value) {
        cell.set(value);
    }
}

/// Stands on every page, on paper too.
fn banner() -> View {
    el("p")
        .class("simulated")
        .set("data-fleet", SENTINEL)
        .with(el("strong").with("Simulated fleet."))
        .with(" No array here is real, and nothing that you do reaches one.")
        .done()
}

/// What is said where nothing answers as a control door does.
const NO_DOOR: &str = "The server has no control door: start it with --control.";

/// The handle that every part of the panel is given: a pointer.
#[derive(Clone, Copy)]
pub struct Presenter(&'static Whole);

impl Deref for Presenter {
    type Target = Whole;

    fn deref(&self) -> &Whole {
        self.0
    }
}

/// What the handle points to. It lives as long as the page.
pub struct Whole {
    transport: Rc<dyn Transport>,
    /// What the address of the page says.
    link: Link,
    /// The fleet in the page; `None` when it is that of the server.
    demonstration: Option<Demonstration>,
    /// What the door told last; `None` before it did.
    told: Cell<Option<Told>>,
    /// What is not as the person wanted it: of the link, and of the last thing that was asked for.
    wrong: Cell<Vec<String>>,
    refused: Cell<Option<String>>,
    /// Why the door tells nothing now.
    silent: Cell<Option<String>>,
    /// Something was asked for and is not answered yet.
    busy: Cell<bool>,
    /// The door is being asked how the fleet stands.
    looking: Held<bool>,
    console: Held<Option<Console>>,
}

impl Presenter {
    fn new() -> Presenter {
        let (link, wrong) = Link::read(&platform::query());
        let demonstration = (!link.on_server).then(|| Demonstration::open(&link, Rc::new(Tab)));
        let transport: Rc<dyn Transport> = match &demonstration {
            Some(demonstration) => Rc::new(demonstration.clone()),
            None => Rc::new(Fetch),
        };
        Presenter(Box::leak(Box::new(Whole {
            transport,
            link,
            demonstration,
            told: cell(None),
            wrong: cell(wrong),
            refused: cell(None),
            silent: cell(None),
            busy: cell(false),
            looking: held(false),
            console: held(None),
        })))
    }

    /// The first page while nothing is chosen, or the console with the panel; neither where no door tells that the
    /// fleet is a simulated one.
    async fn begin(self, owner: Owner) {
        self.look().await;
        if self.told.with_untracked(Option::is_none) {
            return owner.with(|| show(chooser::nothing(self)));
        }
        if self.link.scenario.is_none() {
            return owner.with(|| show(chooser::chooser(self)));
        }
        self.tell_server().await;
        owner.with(|| show(vec![app::app(self.transport.clone(), self), panel::panel(self)].view()));
        platform::every_second(move || {
            if !self.looking.get() && !self.busy.get_untracked() {
                platform::spawn(self.look());
            }
        });
    }

    /// A server that tells another story is asked for the one of the link, or for none; one that tells it already
    /// goes on.
    async fn tell_server(self) {
        let is_told = |told: &Told| told.story() == self.link.story();
        if !self.link.on_server || self.told.with_untracked(|told| told.as_ref().is_some_and(is_told)) {
            return;
        }
        let (name, body) = self.link.wish();
        if let Err(words) = self.post(name, body).await {
            self.wrong.update(|wrong| wrong.push(words));
        }
        self.look().await;
    }

    /// What a person should know, and what is not as it was wanted.
    fn troubles(self) -> impl Iterator<Item = String> {
        self.wrong.get().into_iter().chain(self.refused.get()).chain(self.silent.get())
    }

    /// The console is there: somebody is logged in on every array. When that login ends, it is as everywhere.
    pub fn opened(self, console: Console) {
        self.console.set(Some(console));
        for array in console.arrays() {
            console.hear(array, Event::LogIn { user: ADMIN.to_owned(), password: Secret::new(PASSWORD) });
        }
    }

    /// Asks the door how the fleet stands. While it is silent, what it told last stays.
    async fn look(self) {
        self.looking.set(true);
        let answer = self.ask(Method::Get, "scenario", String::new()).await;
        self.looking.set(false);
        match answer.and_then(|body| Told::read(&body).ok_or_else(|| NO_DOOR.to_owned())) {
            Ok(told) => {
                bring(self.silent, None);
                self.take_in(told);
            }
            Err(words) => bring(self.silent, Some(words)),
        }
        let Some(demonstration) = &self.demonstration else { return };
        let is_new = |notice: &String| self.wrong.with_untracked(|wrong| !wrong.contains(notice));
        let new: Vec<String> = demonstration.notices().into_iter().filter(is_new).collect();
        if !new.is_empty() {
            self.wrong.update(|wrong| wrong.extend(new));
        }
    }

    /// On a server somebody else may have begun another story, or this one anew. Then nobody is logged in any more, and
    /// other arrays may be there: the page begins with it.
    fn take_in(self, told: Told) {
        let is_left = |before: &Told| told.story() != before.story() || told.time < before.time;
        let is_shown = self.link.on_server && self.console.get().is_some();
        if is_shown && self.told.with_untracked(|before| before.as_ref().is_some_and(is_left)) {
            let begun = self.link.with(told.story().unwrap_or(WHOLE_FLEET));
            return platform::go_to(&begun.write(), "#/");
        }
        bring(self.told, Some(told));
    }

    async fn post(self, name: &'static str, body: String) -> Result<(), String> {
        self.ask(Method::Post, name, body).await.map(|_| ())
    }

    async fn ask(self, method: Method, name: &'static str, body: String) -> Result<Vec<u8>, String> {
        let path = platform::absolute_path(&format!("simulator/{name}")).unwrap_or_default();
        let mut request = Request::new(method, path);
        request.body = body.into_bytes();
        match self.transport.send(request).await {
            Ok(answer) if answer.is_success() => Ok(answer.body),
            Ok(answer) => Err(refusal(&answer.body).unwrap_or_else(|| NO_DOOR.to_owned())),
            Err(_) => Err("The control door does not answer.".to_owned()),
        }
    }

    /// Lets something happen to the fleet; then the panel and the console look again.
    fn make(self, name: &'static str, body: String) {
        self.make_then(name, body, |_| {});
    }

    fn make_then(self, name: &'static str, body: String, then: fn(Presenter)) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        platform::spawn(async move {
            let refused = self.post(name, body).await.err();
            self.refused.set(refused);
            self.look().await;
            self.busy.set(false);
            then(self);
            if let Some(console) = self.console.get() {
                console.refresh();
            }
        });
    }

    /// Goes on with the story, and shows in the console what it is about.
    fn next(self) {
        let goes_on = |told: &Told| told.current.as_ref().is_some_and(|current| !current.finished);
        if self.told.with_untracked(|told| told.as_ref().is_some_and(goes_on)) {
            self.make_then("scenario", "{\"next\":true}".to_owned(), Presenter::show_step);
        }
    }

    /// Opens the page of the console that the step is about.
    fn show_step(self) {
        let address = |told: &Option<Told>| told.as_ref()?.current.as_ref()?.address.clone();
        if let (Some(console), Some(address)) = (self.console.get(), self.told.with_untracked(address)) {
            console.go(Route::parse(&format!("#{address}")), false);
        }
    }

    /// Leaves for a fleet at its first moment.
    fn begin_anew(self, link: &Link) {
        if let Some(demonstration) = &self.demonstration {
            demonstration.forget();
            return platform::go_to(&link.write(), "#/");
        }
        let query = link.write();
        let (name, body) = link.wish();
        platform::spawn(async move {
            match self.post(name, body).await {
                Ok(()) => platform::go_to(&query, "#/"),
                Err(words) => self.refused.set(Some(words)),
            }
        });
    }
}
