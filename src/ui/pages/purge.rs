//! Removing the records of jobs that are over: what would go, a typed word, and what came of it.

use leptos::prelude::*;

use super::unknown;
use crate::array::DeedEnd;
use crate::fleet::{ArrayIndex, Route, format};
use crate::operation::{Access, Event, Preview, PurgeStage};
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{cell, known, when_left};
use crate::wire::powerstore::Resource;

/// What is offered at first: the records of jobs that were over thirty days ago, milliseconds.
const USUAL: i64 = 30 * 86_400_000;

/// The page of purging on an array.
pub fn purge(console: Console, id: &str) -> View {
    let Some(array) = console.array(id).filter(|array| console.is_dfm(*array)) else {
        return unknown::array(console, id);
    };
    let name = console.array_name(array);
    platform::set_title(&format!("Purge · {name}"));
    console.hear(array, Event::OpenPurging(true));
    when_left(move || console.hear(array, Event::OpenPurging(false)));
    let before = cell(platform::to_local(platform::now() - USUAL));
    let with_failed = cell(false);
    let typed = cell(String::new());
    let stage = move || stage(console, array);
    let time = known(move || before.with(|text| platform::from_local(text)));
    // The person chooses by the browser's clock; the server goes by its own.
    let asked = known(move || {
        let skew = console.desk(array, |desk| desk.health().clock_skew).flatten().unwrap_or(0);
        time.get().map(|time| time + skew)
    });
    let preview = move || preview(console, array, asked.get(), with_failed.get());
    let count = known(move || preview().map_or(0, |preview| preview.count));
    let words = live(move || match stage() {
        None | Some(PurgeStage::Counting | PurgeStage::CountingAfter(_)) => "Counting the jobs…".to_owned(),
        Some(PurgeStage::Uncounted(error)) => error.to_string(),
        _ => match preview() {
            None => "Choose a date and a time.".to_owned(),
            Some(preview) if preview.count == 0 => "No job that is over fits.".to_owned(),
            Some(preview) => {
                let time = |at: Option<i64>| at.map_or_else(|| format::NOT_KNOWN.to_owned(), platform::date_and_time);
                let (oldest, newest) = (time(preview.oldest), time(preview.newest));
                format!("{} jobs would go: the oldest ended {oldest}, the newest {newest}.", preview.count)
            }
        },
    });
    let is_in = known(move || console.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true));
    let read_only = console.config(|config| config.read_only);
    let word = name.clone();
    let ready = known(move || {
        let counted = matches!(stage(), Some(PurgeStage::Counted | PurgeStage::CountedAnew));
        counted && !read_only && count.get() > 0 && typed.with(|typed| typed.trim() == word)
    });
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        if let Some(before) = asked.get_untracked().filter(|_| ready.get_untracked()) {
            let with_failed = with_failed.get_untracked();
            typed.set(String::new());
            console.hear(array, Event::Purge { before, with_failed });
        }
    };
    let outcome = live(move || {
        let (class, words) = match stage()? {
            PurgeStage::CountedAnew => {
                ("words", "The count was old and has been renewed: look at it again. Nothing was sent.".to_owned())
            }
            PurgeStage::Sending => ("words", "Sent; the answer is awaited.".to_owned()),
            PurgeStage::Settled(end) => {
                let class = if end == DeedEnd::Completed { "words" } else { "words bad" };
                (class, end.sentence())
            }
            _ => return None,
        };
        Some(el("p").class(class).set("role", "status").with(words).done())
    });
    let again = live(move || {
        matches!(stage(), Some(PurgeStage::Uncounted(_) | PurgeStage::Settled(_))).then(|| {
            el("button")
                .set("type", "button")
                .on("click", move |_| console.hear(array, Event::OpenPurging(true)))
                .with("Count again")
                .done()
        })
    });
    let list = Route::all_of(id, Some(Resource::ProtectionJob)).write();
    let crumb = el("a").set("href", list.clone()).with(Resource::ProtectionJob.label());
    let form = el("form")
        .class("purge panel")
        .on("submit", send)
        .with(
            el("label").with(el("span").with("Jobs that were over before")).with(
                el("input")
                    .set("type", "datetime-local")
                    .value(before.live())
                    .on("input", move |event| before.set(event_target_value(&event))),
            ),
        )
        .with(
            el("label")
                .class("tick")
                .with(
                    el("input")
                        .set("type", "checkbox")
                        .state("checked", with_failed.live())
                        .on("change", move |_| with_failed.update(|on| *on = !*on)),
                )
                .with("Also those that ended with an error or were aborted"),
        )
        .with(el("p").class("purge-count").set("role", "status").with(words))
        .with(
            el("p")
                .class("words bad")
                .with("The records go with all their events, and cannot be brought back. Backups are not touched."),
        )
        .with(
            el("label").with(el("span").with("To confirm, type ").with(el("strong").with(name.clone()))).with(
                el("input")
                    .set("type", "text")
                    .set("autocomplete", "off")
                    .set("spellcheck", "false")
                    .value(typed.live())
                    .on("input", move |event| typed.set(event_target_value(&event))),
            ),
        )
        .with(
            el("button")
                .set("type", "submit")
                .class("danger")
                .state("disabled", live(move || !ready.get()))
                .with(live(move || format!("Purge {} jobs", count.get()))),
        )
        .with(outcome)
        .with(again)
        .done();
    let hidden = live(move || {
        (!is_in.get()).then(|| {
            el("p")
                .class("empty")
                .with(el("a").set("href", Route::Arrays.write()).with("Log in"))
                .with(" to count and purge jobs.")
                .done()
        })
    });
    el("section")
        .class("page")
        .with(el("p").class("crumbs").with(crumb).with(" / ").with(el("a").set("href", list).with(name.clone())))
        .with(el("h1").set("tabindex", "-1").with(format!("Purge jobs of {name}")))
        .with(hidden)
        .with(form)
        .done()
}

fn stage(console: Console, array: ArrayIndex) -> Option<PurgeStage> {
    console.desk(array, |desk| desk.purging().map(|purging| purging.stage.clone())).flatten()
}

fn preview(console: Console, array: ArrayIndex, before: Option<i64>, with_failed: bool) -> Option<Preview> {
    let before = before?;
    console.desk(array, |desk| desk.purging().map(|purging| purging.preview(before, with_failed))).flatten()
}
