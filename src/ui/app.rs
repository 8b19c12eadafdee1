//! The frame around the pages: configuration, header, navigation, live regions, dialogs.

use std::rc::Rc;

use leptos::prelude::*;

use super::components::{dialog, notices, strip};
use super::console::Console;
#[cfg(feature = "demo")]
use super::presenter::Presenter;
use super::{pages, platform};
use crate::array::{Config, ConfigError, Method, Request, Transport};
use crate::fleet::{Route, ScheduleQuery};
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{Known, after_drawing, cell, held, known};
use crate::wire::powerstore::Resource;

/// What the page knows of its configuration.
#[derive(Clone)]
enum Start {
    Reading,
    Broken(ConfigError),
    Running(Box<Console>),
}

/// The whole page. `transport` carries requests to the site that the page belongs to, and to its arrays.
pub fn app(transport: Rc<dyn Transport>, #[cfg(feature = "demo")] presenter: Presenter) -> View {
    let start = cell(Start::Reading);
    let transport = held(transport);
    // What outlives every page is owned here, and not by the page that happens to be open.
    let owner = Owner::current().unwrap_or_default();
    let read = move || {
        let owner = owner.clone();
        start.set(Start::Reading);
        platform::spawn(async move {
            let transport = transport.get();
            match configuration(&*transport).await {
                Ok(config) => {
                    let console = owner.with(|| Console::open(config, transport));
                    #[cfg(feature = "demo")]
                    presenter.opened(console);
                    start.set(Start::Running(Box::new(console)));
                }
                Err(error) => start.set(Start::Broken(error)),
            }
        });
    };
    read();
    let again = held(read);
    let whole = live(move || match start.get() {
        Start::Reading => el("p").class("starting").set("role", "status").with("Reading config.json…").done(),
        Start::Broken(error) => pages::broken::broken(&error, move || again.with(|read| read())),
        Start::Running(console) => frame(*console),
    });
    whole.view()
}

async fn configuration(transport: &dyn Transport) -> Result<Config, ConfigError> {
    let path = platform::absolute_path("config.json").ok_or(ConfigError::Unreachable)?;
    match transport.send(Request::new(Method::Get, path)).await {
        Ok(file) if file.status == 200 => Config::parse(&String::from_utf8_lossy(&file.body)),
        Ok(file) => Err(ConfigError::Missing(file.status)),
        Err(_) => Err(ConfigError::Unreachable),
    }
}

/// Which page is open; filters and the like do not make it another one.
#[derive(Clone, PartialEq, Eq)]
enum Place {
    Arrays(Option<String>),
    List(Option<Resource>, Option<String>),
    Session(String, Resource, String),
    Schedule(Option<String>),
    Purge(String),
    New(String, Resource),
    Journal,
    Unknown(String),
}

fn place(route: &Route) -> Place {
    match route {
        Route::Arrays => Place::Arrays(None),
        Route::Array(array) => Place::Arrays(Some(array.clone())),
        Route::List(list) => Place::List(list.filter.resource, None),
        Route::ArrayList { array, list } => Place::List(list.filter.resource, Some(array.clone())),
        Route::Session { array, resource, session, .. } => Place::Session(array.clone(), *resource, session.clone()),
        Route::Schedule(wish) => Place::Schedule(wish.array.clone()),
        Route::Purge(array) => Place::Purge(array.clone()),
        Route::New { array, draft } => Place::New(array.clone(), draft.plan.resource),
        Route::Journal => Place::Journal,
        Route::Unknown(address) => Place::Unknown(address.clone()),
    }
}

/// The part of the navigation that a page belongs to.
fn section(place: &Place) -> Section {
    match place {
        Place::Arrays(_) => Section::Arrays,
        Place::List(Some(Resource::ProtectionJob), _) | Place::Session(_, Resource::ProtectionJob, _) => {
            Section::Work(Some(Resource::Job))
        }
        Place::Purge(_) => Section::Work(Some(Resource::Job)),
        Place::List(resource, _) => Section::Work(*resource),
        Place::Schedule(_) => Section::Schedule,
        Place::Session(_, resource, _) | Place::New(_, resource) => Section::Work(Some(*resource)),
        Place::Journal => Section::Journal,
        Place::Unknown(_) => Section::None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Work(Option<Resource>),
    Arrays,
    Schedule,
    Journal,
    None,
}

fn frame(console: Console) -> View {
    let here = known(move || console.route.with(place));
    let page = live(move || {
        let here = here.get();
        untrack(|| match here {
            Place::Arrays(array) => pages::arrays::arrays(console, array),
            Place::List(resource, array) => pages::list::list(console, resource, array),
            Place::Session(array, resource, session) => pages::session::session(console, &array, resource, &session),
            Place::Schedule(array) => pages::schedule::schedule(console, array),
            Place::Purge(array) => pages::purge::purge(console, &array),
            Place::New(array, resource) => pages::new::new(console, &array, resource),
            Place::Journal => pages::journal::journal(console),
            Place::Unknown(address) => pages::unknown::address(console, &address),
        })
    });
    // A new page is announced by its heading, which takes the focus; the first one is left to the browser,
    // and a list that is returned to shows itself as it was left.
    let mut is_first = true;
    after_drawing(move || {
        here.with(|_| ());
        if !std::mem::replace(&mut is_first, false) {
            request_animation_frame(move || {
                if !console.memory.restores.get() {
                    platform::to_top();
                    platform::focus_first("main h1");
                }
                console.memory.restores.set(false);
            });
        }
    });
    vec![
        // Not a link: the fragment holds the address of the page.
        el("button")
            .set("type", "button")
            .class("skip")
            .on("click", move |_| _ = platform::focus_first("main h1"))
            .with("Skip to the content")
            .view(),
        header(console, here).view(),
        notices::notices(console).view(),
        el("main").with(page).view(),
        dialog::action_dialog(console).view(),
        el("div")
            .class("out-of-sight")
            .set("role", "status")
            .set("aria-live", "polite")
            .set("data-live", "polite")
            .with(console.polite.live())
            .view(),
        el("div")
            .class("out-of-sight")
            .set("role", "alert")
            .set("aria-live", "assertive")
            .set("data-live", "assertive")
            .with(console.assertive.live())
            .view(),
    ]
    .view()
}

fn header(console: Console, here: Known<Place>) -> View {
    let title = console.config(|config| config.title.clone());
    let read_only = console.config(|config| config.read_only);
    let link = move |label: &'static str, route: Route| {
        let of = section(&place(&route));
        let current = live(move || (here.with(section) == of).then_some("page"));
        el("li").with(el("a").set("href", route.write()).set("aria-current", current).with(label)).done()
    };
    let list = |resource: Option<Resource>| link(resource.map_or("All work", Resource::label), Route::all(resource));
    let lists: Vec<View> = std::iter::once(None).chain(Resource::OF_POWERSTORE.map(Some)).map(list).collect();
    let plans = console.arrays().into_iter().any(|array| console.is_dfm(array));
    let schedule = plans.then(|| link("Schedule", Route::Schedule(ScheduleQuery::default())));
    el("header")
        .class("top")
        .with(el("p").class("title").with(el("span").class("title-sign").set("aria-hidden", "true")).with(title))
        .with(
            el("nav").set("aria-label", "Main").with(
                el("ul")
                    .with(lists)
                    .with(schedule)
                    .with(link("Arrays", Route::Arrays))
                    .with(link("Journal", Route::Journal)),
            ),
        )
        .with(read_only.then(|| {
            el("p")
                .class("read-only")
                .set("title", "config.json sets read_only: no action can be sent from here.")
                .with("Read-only")
                .done()
        }))
        .with(strip::strip(console))
        .done()
}
