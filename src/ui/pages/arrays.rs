//! The arrays: who is logged in where, how the reading goes, how many imports there are of each sort.

use leptos::prelude::*;

use super::unknown;
use crate::array::{ArrayEntry, Kind};
use crate::fleet::view::view as view_of;
use crate::fleet::{ArrayIndex, Counts, Filter, ListQuery, Order, Route, ScheduleQuery, format};
use crate::lifecycle::Phase;
use crate::operation::{Access, Event};
use crate::ui::components::begin::begin;
use crate::ui::components::login::login_form;
use crate::ui::components::phase::{phase_class, phase_mark, phase_word};
use crate::ui::components::strip::is_old;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::known;
use crate::wire::powerstore::Resource;

/// A clock that is this far off is worth a word, milliseconds.
const SKEW_TOLD: i64 = 60_000;

/// All arrays, or the one that the address names.
pub fn arrays(console: Console, only: Option<String>) -> View {
    let site = console.config(|config| config.title.clone());
    let (title, which) = match &only {
        None => ("Arrays".to_owned(), console.arrays()),
        Some(id) => match console.array(id) {
            Some(array) => (console.array_name(array), vec![array]),
            None => return unknown::array(console, id),
        },
    };
    platform::set_title(&format!("{title} · {site}"));
    let cards: Vec<View> = which.into_iter().map(|array| card(console, array)).collect();
    el("section")
        .class("page")
        .with(el("h1").set("tabindex", "-1").with(title))
        .with(el("ul").class("cards").with(cards))
        .done()
}

fn card(console: Console, array: ArrayIndex) -> View {
    let Some(ArrayEntry { id, name, kind, url }) = console.entry(array) else { return View::none() };
    let kind = match kind {
        Kind::Powerstore => "Dell PowerStore",
        Kind::Dfm => "NetApp DFM",
    };
    let release = live(move || {
        let release = console.desk(array, |desk| desk.release()).flatten();
        release.map_or_else(|| "release not known".to_owned(), |release| format!("release {release}"))
    });
    let is_in = known(move || console.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true));
    let asking = known(move || console.desk(array, |desk| matches!(desk.access(), Access::Asking)) == Some(true));
    let heading = Route::Array(id.clone()).write();
    let old = is_old(console, array);
    let (label, id_of) = (name.clone(), id.clone());
    let body = live(move || {
        let id = id.clone();
        if is_in.get() {
            untrack(|| inside(console, array, id))
        } else if asking.get() {
            el("p").set("role", "status").with("Asking whether somebody is logged in…").done()
        } else {
            untrack(|| login_form(console, array))
        }
    });
    el("li")
        .class("card")
        .set("aria-label", label)
        .set("data-array", id_of)
        .with(el("h2").with(el("a").set("href", heading).with(name)))
        .with(el("p").class("card-kind").with(kind).with(", ").with(release).with(" · ").with(el("code").with(url)))
        .with(el("div").toggle("stale", live(move || is_in.get() && old.get())).with(body))
        .done()
}

fn inside(console: Console, array: ArrayIndex, id: String) -> View {
    let user = live(move || console.desk(array, |desk| desk.access().user().unwrap_or_default().to_owned()));
    let health = known(move || console.desk(array, |desk| desk.health().clone()).unwrap_or_default());
    let read = live(move || health.with(|health| format::age(health.last_read_at, console.now.get())));
    let trouble = live(move || {
        let words = health.with(|health| health.trouble.as_ref().map(ToString::to_string));
        words.map(|words| el("p").class("words bad").with(words).done())
    });
    let skew = live(move || {
        let skew = health.with(|health| health.clock_skew).filter(|skew| skew.abs() >= SKEW_TOLD)?;
        let side = if skew > 0 { "ahead of" } else { "behind" };
        let words = format!("The array's clock is {} {side} this browser's.", format::duration(Some(skew.abs())));
        Some(el("p").class("words").with(words).done())
    });
    let is_dfm = console.is_dfm(array);
    let resource = Some(if is_dfm { Resource::ProtectionJob } else { Resource::Import });
    let list = Filter { resource, arrays: [id.clone()].into(), ..Filter::default() };
    let counts =
        known(move || console.rows(|store, arrays| view_of(store, arrays, &list, &Order::default(), 0).counts));
    let more = if is_dfm {
        let schedule = Route::Schedule(ScheduleQuery { array: Some(id.clone()), ..ScheduleQuery::default() });
        let link = |words: &str, route: Route| el("a").class("button").set("href", route.write()).with(words);
        el("p").with(link("Schedule", schedule)).with(" ").with(link("Purge", Route::Purge(id.clone()))).done()
    } else {
        el("p").with(begin(console, Some(array), Resource::Import)).done()
    };
    let chips = live(move || counts.with(|counts| chips(&id, resource, counts)));
    vec![
        el("p")
            .with("Logged in as ")
            .with(el("strong").with(user))
            .with(" · read ")
            .with(read)
            .with(" ")
            .with(
                el("button")
                    .set("type", "button")
                    .on("click", move |_| console.hear(array, Event::LogOut))
                    .with("Log out"),
            )
            .view(),
        trouble.view(),
        skew.view(),
        chips.view(),
        more,
    ]
    .view()
}

fn chips(id: &str, resource: Option<Resource>, counts: &Counts) -> View {
    let list = |filter: Filter| {
        Route::ArrayList { array: id.to_owned(), list: ListQuery { filter, ..ListQuery::of(resource) } }.write()
    };
    let chip = |(phase, count): (&Option<Phase>, &usize)| {
        let phase = *phase;
        let filter = Filter { resource, phases: [phase].into(), ..Filter::default() };
        el("li")
            .with(
                el("a")
                    .class(format!("chip {}", phase_class(phase)))
                    .set("href", list(filter))
                    .with(phase_mark(phase))
                    .with(el("span").with(format!("{count} {}", phase_word(phase)))),
            )
            .done()
    };
    let all = list(Filter { resource, ..Filter::default() });
    let what = if resource == Some(Resource::Import) { "import" } else { "protection job" };
    let total = match counts.total {
        1 => format!("1 {what}"),
        total => format!("{total} {what}s"),
    };
    vec![
        el("p").with(el("a").set("href", all).with(total)).view(),
        el("ul").class("chips").with(counts.phases.iter().map(chip).collect::<Vec<_>>()).view(),
    ]
    .view()
}
