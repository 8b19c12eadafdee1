//! The arrays: who is logged in where, how the reading goes, how many imports there are of each sort.

use leptos::prelude::*;

use super::unknown;
use crate::array::{ArrayEntry, Kind};
use crate::fleet::view::view as view_of;
use crate::fleet::{ArrayIndex, Counts, Filter, ListQuery, Route, Sort, format};
use crate::lifecycle::Phase;
use crate::operation::{Access, Event};
use crate::ui::components::login::login_form;
use crate::ui::components::phase::{phase_class, phase_mark, phase_word};
use crate::ui::components::strip::is_old;
use crate::ui::console::Console;
use crate::ui::platform;

/// A clock that is this far off is worth a word, milliseconds.
const SKEW_TOLD: i64 = 60_000;

/// All arrays, or the one that the address names.
pub fn arrays(console: Console, only: Option<String>) -> AnyView {
    let site = console.config(|config| config.title.clone());
    let (title, which) = match &only {
        None => ("Arrays".to_owned(), console.arrays()),
        Some(id) => match console.array(id) {
            Some(array) => (console.array_name(array), vec![array]),
            None => return unknown::array(console, id),
        },
    };
    platform::set_title(&format!("{title} · {site}"));
    let cards: Vec<AnyView> = which.into_iter().map(|array| card(console, array)).collect();
    view! {
        <section class="page">
            <h1 tabindex="-1">{title}</h1>
            <ul class="cards">{cards}</ul>
        </section>
    }
    .into_any()
}

fn card(console: Console, array: ArrayIndex) -> AnyView {
    let Some(ArrayEntry { id, name, kind, url }) = console.entry(array) else { return ().into_any() };
    let kind = match kind {
        Kind::Powerstore => "Dell PowerStore",
    };
    let release = move || {
        let release = console.desk(array, |desk| desk.release()).flatten();
        release.map_or_else(|| "release not known".to_owned(), |release| format!("release {release}"))
    };
    let is_in =
        Memo::new(move |_| console.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true));
    let asking = Memo::new(move |_| console.desk(array, |desk| matches!(desk.access(), Access::Asking)) == Some(true));
    let heading = Route::Array(id.clone()).write();
    let old = is_old(console, array);
    let (label, id_of) = (name.clone(), id.clone());
    let body = move || {
        let id = id.clone();
        if is_in.get() {
            untrack(|| inside(console, array, id))
        } else if asking.get() {
            view! { <p role="status">"Asking whether somebody is logged in…"</p> }.into_any()
        } else {
            untrack(|| login_form(console, array))
        }
    };
    view! {
        <li class="card" aria-label=label data-array=id_of>
            <h2><a href=heading>{name}</a></h2>
            <p class="card-kind">{kind}", "{release}" · "<code>{url}</code></p>
            <div class:stale=move || is_in.get() && old.get()>{body}</div>
        </li>
    }
    .into_any()
}

fn inside(console: Console, array: ArrayIndex, id: String) -> AnyView {
    let user = move || console.desk(array, |desk| desk.access().user().unwrap_or_default().to_owned());
    let health = Memo::new(move |_| console.desk(array, |desk| desk.health().clone()).unwrap_or_default());
    let read = move || health.with(|health| format::age(health.last_read_at, console.now.get()));
    let trouble = move || health.with(|health| health.trouble.as_ref().map(ToString::to_string));
    let skew = move || {
        let skew = health.with(|health| health.clock_skew).filter(|skew| skew.abs() >= SKEW_TOLD)?;
        let side = if skew > 0 { "ahead of" } else { "behind" };
        Some(format!("The array's clock is {} {side} this browser's.", format::duration(Some(skew.abs()))))
    };
    let list = Filter { arrays: [id.clone()].into(), ..Filter::default() };
    let counts =
        Memo::new(move |_| console.rows(|store, arrays| view_of(store, arrays, &list, Sort::default()).counts));
    let chips = move || counts.with(|counts| chips(&id, counts));
    view! {
        <p>
            "Logged in as "<strong>{user}</strong>" · read "{read}" "
            <button type="button" on:click=move |_| console.hear(array, Event::LogOut)>"Log out"</button>
        </p>
        {move || trouble().map(|words| view! { <p class="words bad">{words}</p> })}
        {move || skew().map(|words| view! { <p class="words">{words}</p> })}
        {chips}
    }
    .into_any()
}

fn chips(id: &str, counts: &Counts) -> AnyView {
    let list = |filter: Filter| {
        Route::ArrayImports { array: id.to_owned(), list: ListQuery { filter, sort: Sort::default() } }.write()
    };
    let chip = |(phase, count): (&Option<Phase>, &usize)| {
        let phase = *phase;
        let filter = Filter { phases: [phase].into(), ..Filter::default() };
        view! {
            <li>
                <a class=format!("chip {}", phase_class(phase)) href=list(filter)>
                    {phase_mark(phase)}
                    <span>{format!("{count} {}", phase_word(phase))}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let all = list(Filter::default());
    let total = match counts.total {
        1 => "1 import".to_owned(),
        total => format!("{total} imports"),
    };
    view! {
        <p><a href=all>{total}</a></p>
        <ul class="chips">{counts.phases.iter().map(chip).collect::<Vec<_>>()}</ul>
    }
    .into_any()
}
