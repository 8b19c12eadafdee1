//! The fleet itself: its seed, its size, and its beginning.

use leptos::prelude::event_target_value;

use super::Presenter;
use crate::demo::{self, Link, WHOLE_FLEET};
use crate::ui::platform::element::{View, el};
use crate::ui::state::{cell, held};

/// How many imports there are when nobody says anything.
const USUAL: usize = 24;
/// What can be chosen: a word, and how many imports that is.
const SIZES: [(&str, usize); 4] =
    [("Small: 24 imports", USUAL), ("100 imports", 100), ("1,000 imports", 1_000), ("10,000 imports", 10_000)];

/// What the fleet begins with anew.
pub fn fleet(presenter: Presenter) -> View {
    let link = &presenter.link;
    let has_story = link.story().is_some();
    let seed = cell(link.seed.map(|seed| seed.to_string()).unwrap_or_default());
    let size = held(link.imports);
    let wrong = cell(None::<String>);
    let begin = move |event: web_sys::Event| {
        event.prevent_default();
        let typed = seed.get_untracked();
        let seed = demo::seed(typed.trim());
        if seed.is_none() && !typed.trim().is_empty() {
            return wrong.set(Some("The seed must be a whole number from 0, or nothing.".to_owned()));
        }
        let scenario = presenter.link.scenario.clone().or_else(|| Some(WHOLE_FLEET.to_owned()));
        presenter.begin_anew(&Link { scenario, seed, imports: size.get(), ..presenter.link.clone() });
    };
    // On a server it is not known how large the fleet is.
    let begun = link.imports.or((!link.on_server).then_some(USUAL));
    let other = (!SIZES.iter().any(|(_, imports)| Some(*imports) == begun)).then_some(("As it is", begun));
    let sizes: Vec<View> = other
        .into_iter()
        .chain(SIZES.map(|(words, imports)| (words, Some(imports))))
        .map(|(words, imports)| {
            let value = imports.map(|imports| imports.to_string()).unwrap_or_default();
            let is_chosen = imports == begun;
            el("option").set("value", value).set("selected", is_chosen.then_some("")).with(words).done()
        })
        .collect();
    let sizes = (!has_story).then(|| {
        let choose = move |event: web_sys::Event| size.set(event_target_value(&event).parse().ok());
        el("label").class("presenter-row").with("Size ").with(el("select").on("change", choose).with(sizes)).done()
    });
    let seed_field = el("input")
        .set("type", "text")
        .set("inputmode", "numeric")
        .set(
            "placeholder",
            presenter.told.with_untracked(|told| told.as_ref().map(|told| told.seed)).unwrap_or_default().to_string(),
        )
        .value(seed.live())
        .on("input", move |event| seed.set(event_target_value(&event)));
    let choice = Link { on_server: presenter.link.on_server, ..Link::default() };
    let choose = format!("./{}", choice.write());
    el("section")
        .set("aria-label", "Fleet")
        .with(el("h3").with("Fleet"))
        .with(
            el("form")
                .on("submit", begin)
                .with(el("label").class("presenter-row").with("Seed ").with(seed_field))
                .with(sizes)
                .with(el("p").class("bad").set("role", "status").with(wrong.live()))
                .with(
                    el("div")
                        .class("presenter-row")
                        .with(el("button").set("type", "submit").with("Begin anew"))
                        .with(el("a").set("href", choose).with("All stories")),
                ),
        )
        .done()
}
