//! Which rows are shown: the search box with its language, chips, and choices by the mouse.

use leptos::prelude::*;

use super::list_state::List;
use crate::fleet::search::{HELP, Search, term_value, with_term};
use crate::fleet::{Counts, State};
use crate::lifecycle::Phase;
use crate::ui::components::drop::drop;
use crate::ui::components::phase::{phase_class, phase_mark, phase_word};
use crate::ui::platform::element::{El, Live, Piece as _, View, el, keyed, live};
use crate::ui::state::{Known, known};

/// The search box and its help.
pub fn search_box(list: List) -> View {
    let query = list.query;
    let search = move |event: web_sys::Event| list.filter(|filter| filter.text = event_target_value(&event));
    let line = |(term, meaning): &(&'static str, &'static str)| {
        vec![el("dt").with(el("code").with(*term)).done(), el("dd").with(*meaning).done()]
    };
    let help = el("div")
        .class("search-help")
        .with(el("p").with("Every term must fit."))
        .with(el("dl").with(HELP.iter().flat_map(line).collect::<Vec<View>>()))
        .done();
    el("div")
        .class("search-box")
        .with(
            el("input")
                .set("type", "search")
                .class("search")
                .set("aria-label", format!("Filter {}", list.what()))
                .set("aria-describedby", "search-notes")
                .set("placeholder", "Filter: words, state:paused, progress>50…")
                .set("spellcheck", "false")
                .set("autocapitalize", "none")
                .value(live(move || query.with(|query| query.filter.text.clone())))
                .on("input", search),
        )
        .with(drop("?", "Help for the filter", help))
        .done()
}

/// What of the search box was not understood.
pub fn search_notes(list: List) -> View {
    let notes = known(move || list.query.with(|query| Search::parse(&query.filter.text).notes));
    let words = live(move || {
        let line = |note: &String| el("li").with(note.clone()).done();
        notes.with(|notes| notes.iter().map(line).collect::<Vec<View>>())
    });
    el("ul").class("search-notes").set("id", "search-notes").set("aria-live", "polite").with(words).done()
}

/// What a link to a selection leaves out, with the way out.
pub fn only_these(list: List) -> View {
    let count = known(move || list.query.with(|query| query.filter.only.len()));
    let shown = live(move || {
        let there = list.listed.with(|listed| listed.counts.total);
        let what = list.what();
        (count.get() > 0).then(|| {
            let words = match (count.get(), there) {
                (count, there) if count == there => format!("Only the {count} {what} of the link are shown. "),
                (count, there) => format!("Only the {what} of the link are shown: {there} of {count} are there. "),
            };
            el("p")
                .class("only")
                .with(words)
                .with(
                    el("button")
                        .set("type", "button")
                        .on("click", move |_| list.filter(|filter| filter.only.clear()))
                        .with(format!("Show all {}", list.what())),
                )
                .done()
        })
    });
    el("div").set("role", "status").with(shown).done()
}

pub fn counts(list: List) -> Known<Counts> {
    known(move || list.listed.with(|view| view.counts.clone()))
}

/// A chip that keeps or drops what it names, with how many there are.
fn chip_button(
    phase: Option<Phase>,
    label: &str,
    count: Live<String>,
    on: Live<bool>,
    toggle: impl FnMut(web_sys::Event) + 'static,
) -> El {
    el("button")
        .set("type", "button")
        .class(format!("chip {}", phase_class(phase)))
        .set("aria-pressed", on)
        .on("click", toggle)
        .with(phase_mark(phase))
        .with(el("span").with(label.to_owned()).with(" ").with(el("span").class("count").with(count)))
}

/// The phases, with how many imports are in each.
pub fn phase_chips(list: List) -> View {
    let (query, counts) = (list.query, counts(list));
    let chip = move |phase: Option<Phase>| {
        let count = move || counts.with(|counts| counts.phases.get(&phase).copied().unwrap_or(0));
        let on = move || query.with(|query| query.filter.phases.contains(&phase));
        let toggle = move |_| {
            list.filter(|filter| {
                if !filter.phases.remove(&phase) {
                    filter.phases.insert(phase);
                }
            });
        };
        el("li")
            .toggle("none", live(move || count() == 0 && !on()))
            .with(chip_button(phase, phase_word(phase), live(move || count().to_string()), live(on), toggle))
            .done()
    };
    let chips: Vec<View> = Phase::ALL.into_iter().map(Some).chain([None]).map(chip).collect();
    el("ul").class("chips").set("aria-label", "Phases").with(chips).done()
}

/// The states, with how many imports are in each. Volumes and groups share the names of states.
pub fn state_chips(list: List) -> View {
    let (query, counts) = (list.query, counts(list));
    let names = move || {
        let mut names: Vec<String> = Vec::new();
        counts.with(|counts| {
            for state in counts.states.keys() {
                if !names.iter().any(|name| name == state.name()) {
                    names.push(state.name().to_owned());
                }
            }
        });
        names
    };
    let draw = move |name: &str| {
        let wanted = name.to_owned();
        let first = counts.with(|counts| counts.states.keys().find(|state| state.name() == wanted).cloned());
        let Some(first) = first else { return View::none() };
        let count = live(move || {
            let of_name = |(state, count): (&State, &usize)| if state.name() == wanted { *count } else { 0 };
            counts.with(|counts| counts.states.iter().map(of_name).sum::<usize>()).to_string()
        });
        let (name, wanted) = (name.to_owned(), name.to_owned());
        let on = live(move || query.with(|query| query.filter.states.contains(&wanted)));
        let toggle = move |_| {
            list.toggle_state(&name);
        };
        el("li").with(chip_button(first.phase(), first.label(), count, on, toggle)).done()
    };
    let chosen = live(move || query.with(|query| query.filter.states.iter().cloned().collect::<Vec<_>>().join(", ")));
    el("details")
        .class("states")
        .with(el("summary").with("States").with(el("span").class("chosen").with(chosen)))
        .with(el("ul").class("chips").set("aria-label", "States").with(keyed(names, draw)))
        .done()
}

/// A choice of one of several values, or of all; not there while there is nothing to choose.
fn choice(
    label: &'static str,
    values: Known<Vec<(String, String)>>,
    chosen: Known<Option<String>>,
    choose: impl Fn(Option<String>) + 'static,
) -> View {
    let option = move |value: &str| {
        let value = value.to_owned();
        let name = values.with(|values| values.iter().find(|(id, _)| *id == value).map(|(_, name)| name.clone()));
        let name = name.unwrap_or_else(|| if value.is_empty() { "any".to_owned() } else { value.clone() });
        let own = value.clone();
        el("option")
            .set("value", value)
            .state("selected", live(move || chosen.get().unwrap_or_default() == own))
            .with(name)
            .done()
    };
    // What a link or the box asks for is an option too, whether there is such a thing or not.
    let names = move || {
        let mut names = vec![String::new()];
        names.extend(values.with(|values| values.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>()));
        names.extend(chosen.get().filter(|chosen| !names.contains(chosen)));
        names
    };
    el("label")
        .class("choice")
        .toggle("none", live(move || chosen.with(Option::is_none) && values.with(Vec::len) < 2))
        .with(label)
        .with(
            el("select")
                .on("change", move |event| {
                    let value = event_target_value(&event);
                    choose(Some(value).filter(|value| !value.is_empty()));
                })
                .with(keyed(names, option)),
        )
        .done()
}

/// Array, remote system and type, for those who choose by the mouse. The last two are terms of the box.
pub fn choices(list: List, one_array: bool) -> View {
    let console = list.console;
    let arrays = known(move || {
        let entries = console.arrays().into_iter().filter_map(|array| console.entry(array));
        entries.map(|entry| (entry.id, entry.name)).collect::<Vec<_>>()
    });
    let array = known(move || {
        list.query.with(|query| {
            let arrays: Vec<&str> = query.filter.arrays.iter().map(String::as_str).collect();
            (!arrays.is_empty()).then(|| arrays.join(","))
        })
    });
    let choose_array = move |array: Option<String>| {
        list.filter(|filter| filter.arrays = array.into_iter().flat_map(split).collect());
    };
    let term = move |field: &'static str| known(move || list.query.with(|query| term_value(&query.filter.text, field)));
    let choose = move |field: &'static str| {
        move |value: Option<String>| {
            list.filter(|filter| filter.text = with_term(&filter.text, field, value.as_deref()));
        }
    };
    let pair = |value: &str| (value.to_owned(), value.to_owned());
    let remotes =
        known(move || list.listed.with(|view| view.remotes.iter().map(|name| pair(name)).collect::<Vec<_>>()));
    let kinds = known(move || list.listed.with(|view| view.kinds.iter().map(|name| pair(name)).collect::<Vec<_>>()));
    vec![
        if one_array { View::none() } else { choice("Array", arrays, array, choose_array) },
        choice("Remote system", remotes, term("remote"), choose("remote")),
        choice("Type", kinds, term("type"), choose("type")),
    ]
    .view()
}

fn split(arrays: String) -> Vec<String> {
    arrays.split(',').map(str::to_owned).collect()
}
