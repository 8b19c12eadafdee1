//! The list of imports: filter, chips, and the table.

use leptos::prelude::*;

use super::imports_picture::picture_of_many;
use super::imports_table::{headings, table};
use super::unknown;
use crate::fleet::view::view as view_of;
use crate::fleet::{ArrayIndex, Column, Counts, ListQuery, Route, Sort, State, View as Listed, format};
use crate::lifecycle::Phase;
use crate::operation::Access;
use crate::ui::components::begin::begin;
use crate::ui::components::phase::{phase_class, phase_mark, phase_word};
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{El, View, el, live};
use crate::ui::state::{Call, Known, call, held, known};

/// The imports of all arrays, or of the one that the address names.
pub fn imports(console: Console, only: Option<String>) -> View {
    let site = console.config(|config| config.title.clone());
    let array = match &only {
        None => None,
        Some(id) => match console.array(id) {
            Some(array) => Some(array),
            None => return unknown::array(console, id),
        },
    };
    let of = array.map(|array| format!(" of {}", console.array_name(array))).unwrap_or_default();
    platform::set_title(&format!("Imports{of} · {site}"));
    let last = held(ListQuery::default());
    let query = known(move || {
        // On the way to another page the address has no list any more: this page keeps its last one.
        if let Some(list) = console.route.with(Route::list) {
            last.set(list);
        }
        last.get()
    });
    let listed = known(move || {
        query.with(|query| {
            console.rows(|store, arrays| view_of(store, arrays, &query.filter, query.sort, console.now.get_untracked()))
        })
    });
    let set = move |list: ListQuery| console.go(console.route.get_untracked().with_list(list), true);
    let search = move |event: web_sys::Event| {
        let mut list = query.get_untracked();
        list.filter.text = event_target_value(&event);
        set(list);
    };
    let all_link = only.is_some().then(|| {
        el("p")
            .class("crumbs")
            .with(el("a").set("href", Route::Imports(ListQuery::default()).write()).with("Imports of all arrays"))
            .done()
    });
    el("section")
        .class("page list-page")
        .with(
            el("div")
                .class("list-head")
                .with(el("h1").set("tabindex", "-1").with("Imports").with(el("span").class("of").with(of)))
                .with(
                    el("input")
                        .set("type", "search")
                        .class("search")
                        .set("aria-label", "Filter imports")
                        .set("placeholder", "Filter: name, source, state, error…")
                        .value(live(move || query.with(|query| query.filter.text.clone())))
                        .on("input", search),
                )
                .with(summary(console, listed))
                .with(begin(console, array))
                .with(all_link),
        )
        .with(phase_chips(query, listed, call(set)))
        .with(state_chips(query, listed, call(set)))
        .with(picture_of_many(console, query, listed, call(set)))
        .with(narrow_sort(query, call(set)))
        .with(table(console, query, listed, call(set)))
        .with(live(move || emptiness(console, array, listed)))
        .done()
}

fn summary(console: Console, listed: Known<Listed>) -> View {
    let words = live(move || {
        let (shown, total) = listed.with(|view| (view.order.len(), view.counts.total));
        let all = console.rows(|store, _| store.len());
        if shown == all { format!("{all} imports") } else { format!("{shown} of {} imports", all.max(total)) }
    });
    el("p").class("summary").set("role", "status").with(words).done()
}

fn counts(listed: Known<Listed>) -> Known<Counts> {
    known(move || listed.with(|view| view.counts.clone()))
}

/// A chip that keeps or drops what it names, with how many there are.
fn chip_button(
    phase: Option<Phase>,
    label: &str,
    count: Known<usize>,
    on: Known<bool>,
    toggle: impl FnMut(web_sys::Event) + 'static,
) -> El {
    el("button")
        .set("type", "button")
        .class(format!("chip {}", phase_class(phase)))
        .set("aria-pressed", live(move || if on.get() { "true" } else { "false" }))
        .on("click", toggle)
        .with(phase_mark(phase))
        .with(
            el("span")
                .with(label.to_owned())
                .with(" ")
                .with(el("span").class("count").with(live(move || count.get().to_string()))),
        )
}

fn phase_chips(query: Known<ListQuery>, listed: Known<Listed>, set: Call<ListQuery>) -> View {
    let counts = counts(listed);
    let chip = move |phase: Option<Phase>| {
        let count = known(move || counts.with(|counts| counts.phases.get(&phase).copied().unwrap_or(0)));
        let on = known(move || query.with(|query| query.filter.phases.contains(&phase)));
        let toggle = move |_| {
            let mut list = query.get_untracked();
            if !list.filter.phases.remove(&phase) {
                list.filter.phases.insert(phase);
            }
            set.run(list);
        };
        el("li")
            .toggle("none", live(move || count.get() == 0 && !on.get()))
            .with(chip_button(phase, phase_word(phase), count, on, toggle))
            .done()
    };
    let chips: Vec<View> = Phase::ALL.into_iter().map(Some).chain([None]).map(chip).collect();
    el("ul").class("chips").set("aria-label", "Phases").with(chips).done()
}

fn state_chips(query: Known<ListQuery>, listed: Known<Listed>, set: Call<ListQuery>) -> View {
    let counts = counts(listed);
    let chip = move |state: State| {
        let name = state.name().to_owned();
        let label = state.label().to_owned();
        let phase = state.phase();
        // A volume and a group may stand in states of the same name: one chip for both.
        let counted = name.clone();
        let count = known(move || {
            counts.with(|counts| {
                counts.states.iter().filter(|(state, _)| state.name() == counted).map(|(_, count)| count).sum()
            })
        });
        let wanted = name.clone();
        let on = known(move || query.with(|query| query.filter.states.contains(&wanted)));
        let toggle = move |_| {
            let mut list = query.get_untracked();
            if !list.filter.states.remove(&name) {
                list.filter.states.insert(name.clone());
            }
            set.run(list);
        };
        el("li").with(chip_button(phase, &label, count, on, toggle)).done()
    };
    let states = live(move || {
        let mut states: Vec<State> = Vec::new();
        counts.with(|counts| {
            for state in counts.states.keys() {
                if !states.iter().any(|other| other.name() == state.name()) {
                    states.push(state.clone());
                }
            }
        });
        states.into_iter().map(&chip).collect::<Vec<View>>()
    });
    let chosen = known(move || query.with(|query| query.filter.states.iter().cloned().collect::<Vec<_>>().join(", ")));
    el("details")
        .class("states")
        .with(el("summary").with("States").with(el("span").class("chosen").with(live(move || chosen.get()))))
        .with(el("ul").class("chips").set("aria-label", "States").with(states))
        .done()
}

/// The order, where the window is too narrow for headings.
fn narrow_sort(query: Known<ListQuery>, set: Call<ListQuery>) -> View {
    let sort = known(move || query.with(|query| query.sort));
    let choose = move |event: web_sys::Event| {
        if let Some(column) = Column::with_key(&event_target_value(&event)) {
            set.run(ListQuery { sort: Sort { column, descending: false }, ..query.get_untracked() });
        }
    };
    let turn = move |_| {
        let list = query.get_untracked();
        set.run(ListQuery { sort: list.sort.clicked(list.sort.column), ..list });
    };
    let options: Vec<View> = headings()
        .iter()
        .map(|column| {
            let column = *column;
            el("option")
                .set("value", column.key())
                .state("selected", live(move || sort.get().column == column))
                .with(column.label())
                .done()
        })
        .collect();
    el("div")
        .class("narrow-sort")
        .with(el("label").with("Sort by ").with(el("select").on("change", choose).with(options)))
        .with(
            el("button")
                .set("type", "button")
                .on("click", turn)
                .with(live(move || if sort.get().descending { "Descending" } else { "Ascending" })),
        )
        .done()
}

/// Why the list is empty, and what to do.
fn emptiness(console: Console, array: Option<ArrayIndex>, listed: Known<Listed>) -> View {
    if listed.with(|view| !view.order.is_empty()) {
        return View::none();
    }
    if listed.with(|view| view.counts.total) > 0 || console.rows(|store, _| !store.is_empty()) {
        return el("p").class("empty").with("No import fits the filter.").done();
    }
    let arrays = array.map_or_else(|| console.arrays(), |array| vec![array]);
    let is_in =
        |array: &ArrayIndex| console.desk(*array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true);
    let was_read = |array: &ArrayIndex| console.desk(*array, |desk| desk.health().last_read_at.is_some()) == Some(true);
    if !arrays.iter().any(is_in) {
        return el("p")
            .class("empty")
            .with("Nobody is logged in to an array. ")
            .with(el("a").set("href", Route::Arrays.write()).with("Log in"))
            .with(" to see its imports.")
            .done();
    }
    if arrays.iter().filter(|array| is_in(array)).all(was_read) {
        return el("p")
            .class("empty")
            .with("There is no import session on the arrays that you are logged in to.")
            .done();
    }
    el("p").class("empty").set("aria-busy", "true").with(format!("Reading the list{}", "…")).done()
}

/// A value that may not be known.
pub fn or_dash(value: Option<&str>) -> String {
    value.unwrap_or(format::NOT_KNOWN).to_owned()
}
