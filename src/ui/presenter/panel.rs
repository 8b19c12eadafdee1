//! The frame of the presenter's panel, and the story in it.

use leptos::prelude::window_event_listener_untyped;

use super::{Presenter, clock, faults, fleet};
use crate::demo::{Current, Told};
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::platform::{is_next_key, key_may_be_typed};
use crate::ui::state::{Known, cell, known};

/// The panel: beside the console in a wide window, below it in a narrow one. Folded away, it keeps what the story
/// needs to go on.
pub fn panel(presenter: Presenter) -> View {
    let folded = cell(false);
    let fold = el("button")
        .set("type", "button")
        .class("presenter-fold")
        .set("aria-expanded", live(move || !folded.get()))
        .set("aria-controls", "presenter-parts")
        .on("click", move |_| folded.set(!folded.get_untracked()))
        .with(live(move || if folded.get() { "Unfold" } else { "Fold" }));
    let _ = window_event_listener_untyped("keydown", move |event| {
        if is_next_key(&event) && !key_may_be_typed(&event) {
            event.prevent_default();
            presenter.next();
        }
    });
    let parts = el("div")
        .set("id", "presenter-parts")
        .class("presenter-parts")
        .with(wrong(presenter))
        .with(story(presenter))
        .with(clock::clock(presenter))
        .with(faults::faults(presenter))
        .with(fleet::fleet(presenter));
    el("aside")
        .class("presenter")
        .toggle("folded", folded.live())
        .set("aria-label", "Presenter")
        .with(el("header").class("presenter-head").with(el("h2").with("Simulated fleet")).with(fold))
        .with(parts)
        .done()
}

/// What a person should know, and what the door has refused.
fn wrong(presenter: Presenter) -> View {
    let lines = live(move || {
        presenter.troubles().map(|words| el("p").class("words bad").with(words).done()).collect::<Vec<View>>()
    });
    el("div").class("presenter-wrong").set("role", "alert").with(lines).done()
}

/// Something of the story that is being told.
fn of<T: PartialEq>(presenter: Presenter, read: impl Fn(&Current) -> T + 'static) -> Known<Option<T>> {
    known(move || presenter.told.with(|told| told.as_ref().and_then(|told| told.current.as_ref()).map(&read)))
}

fn story(presenter: Presenter) -> View {
    let title = of(presenter, |current| current.title.clone());
    let part = live(move || match title.get() {
        Some(title) => leptos::prelude::untrack(|| told(presenter, title)),
        None => View::none(),
    });
    part.view()
}

fn told(presenter: Presenter, title: String) -> View {
    let words = |read: fn(&Current) -> String| {
        let words = of(presenter, read);
        live(move || words.get().unwrap_or_default())
    };
    let finished = of(presenter, |current| current.finished);
    let is_over = move || finished.get() == Some(true);
    let address = of(presenter, |current| current.address.clone());
    let show = live(move || {
        let address = address.get().flatten()?;
        Some(el("a").set("href", format!("#{address}")).with("Show it in the console").done())
    });
    let waits_for = of(presenter, |current| match &current.trouble {
        Some(trouble) => Some(trouble.clone()),
        None if current.waits_for.is_empty() => None,
        None => Some(format!("The step ends when {}.", current.waits_for.join(" and "))),
    });
    let outcome = of(presenter, |current| current.outcome.clone());
    let states = live(move || {
        if !is_over() {
            return Vec::new();
        }
        let states = outcome.get().unwrap_or_default().into_iter();
        states
            .map(|one| {
                let sign = if one.reached { "✓ " } else { "✗ " };
                let said = if one.reached { one.is } else { format!("{}, but should be {}", one.is, one.wanted) };
                let line = el("li").class(if one.reached { "reached" } else { "missed" });
                line.with(el("span").set("aria-hidden", "true").with(sign))
                    .with(el("span").with(one.of))
                    .with(": ")
                    .with(el("strong").with(said))
                    .done()
            })
            .collect()
    });
    let next = el("button")
        .set("type", "button")
        .class("main")
        .set("aria-keyshortcuts", "Alt+N")
        .state("hidden", live(is_over))
        .state("disabled", presenter.busy.live())
        .on("click", move |_| presenter.next())
        .with("Next step ")
        .with(el("kbd").with("Alt+N"));
    el("section")
        .class("presenter-story")
        .set("aria-label", "Story")
        .with(el("h3").with(title))
        .with(el("p").class("step").with(words(|current| match current.finished {
            true => "Told to its end".to_owned(),
            false => format!("Step {} of {}", current.step, current.steps),
        })))
        .with(
            el("div")
                .class("narration")
                .set("aria-live", "polite")
                .set("aria-atomic", "true")
                .with(el("h4").with(words(|current| current.heading.clone())))
                .with(el("p").with(words(|current| current.narration.clone())))
                .with(el("ul").class("outcome").with(states)),
        )
        .with(el("p").class("waits").with(live(move || waits_for.get().flatten())))
        .with(el("p").class("presenter-next").with(next).with(show))
        .done()
}

/// Something of what the door told last.
pub fn all<T: PartialEq + Default>(presenter: Presenter, read: impl Fn(&Told) -> T + 'static) -> Known<T> {
    known(move || presenter.told.with(|told| told.as_ref().map(&read).unwrap_or_default()))
}
