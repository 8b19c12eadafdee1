//! Removing the records of jobs that are over: what would go, a typed word, and what came of it.

use leptos::prelude::*;

use super::unknown;
use crate::array::DeedEnd;
use crate::fleet::{ArrayIndex, Route};
use crate::operation::{Desk, Event, Preview, PurgeStage};
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
    let time = known(move || before.with(|text| platform::from_local(text)));
    // The person chooses by the browser's clock; the server goes by its own.
    let asked = known(move || Some(time.get()? + console.clock_skew(array)));
    let look = known(move || look(console, array, asked.get(), with_failed.get()).unwrap_or_default());
    let read_only = console.config(|config| config.read_only);
    let word = name.clone();
    let ready = known(move || {
        look.with(|look| look.is_counted && look.count > 0) && !read_only && typed.with(|typed| typed.trim() == word)
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
        look.with(|look| {
            let class = if look.is_bad { "words bad" } else { "words" };
            let words = look.outcome.as_deref()?;
            Some(el("p").class(class).set("role", "status").with(words).done())
        })
    });
    let again = live(move || {
        look.with(|look| look.is_over).then(|| {
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
        .with(
            el("p").class("purge-count").set("role", "status").with(live(move || look.with(|look| look.words.clone()))),
        )
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
                .with(live(move || look.with(|look| format!("Purge {} jobs", look.count)))),
        )
        .with(outcome)
        .with(again)
        .done();
    let hidden = live(move || {
        (!console.is_in(array)).then(|| {
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

/// What is shown of a purge.
#[derive(Default, PartialEq)]
struct Look {
    /// Of the count, or why there is none.
    words: String,
    count: usize,
    is_counted: bool,
    /// What came of it.
    outcome: Option<String>,
    is_bad: bool,
    /// It can be counted again.
    is_over: bool,
}

fn look(console: Console, array: ArrayIndex, before: Option<i64>, with_failed: bool) -> Option<Look> {
    let counting = Look { words: "Counting the jobs…".to_owned(), ..Look::default() };
    let told = |desk: &Desk| {
        let Some(purging) = desk.purging() else { return counting };
        let mut look = Look { words: "Choose a date and a time.".to_owned(), ..Look::default() };
        if let Some(before) = before {
            let Preview { count, oldest, newest } = purging.preview(before, with_failed);
            look.count = count;
            look.words = match (oldest, newest) {
                (Some(oldest), Some(newest)) => format!(
                    "{count} jobs would go: the oldest ended {}, the newest {}.",
                    platform::date_and_time(oldest),
                    platform::date_and_time(newest)
                ),
                _ => "No job that is over fits.".to_owned(),
            };
        }
        match &purging.stage {
            PurgeStage::Counting | PurgeStage::CountingAfter(_) => return counting,
            PurgeStage::Counted => look.is_counted = true,
            PurgeStage::CountedAnew => {
                look.is_counted = true;
                look.outcome =
                    Some("The count was old and has been renewed: look at it again. Nothing was sent.".to_owned());
            }
            PurgeStage::Uncounted(error) => {
                look.is_over = true;
                look.words = error.to_string();
            }
            PurgeStage::Sending => look.outcome = Some("Sent; the answer is awaited.".to_owned()),
            PurgeStage::Settled(end) => {
                look.is_over = true;
                look.is_bad = *end != DeedEnd::Completed;
                look.outcome = Some(end.sentence());
            }
        }
        look
    };
    console.desk(array, told)
}
