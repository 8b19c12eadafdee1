//! The list of imports: filter, chips, and the table.

use leptos::prelude::*;

use super::imports_table::{headings, table};
use super::unknown;
use crate::fleet::view::view as view_of;
use crate::fleet::{ArrayIndex, Column, Counts, ListQuery, Route, Sort, State, View, format};
use crate::lifecycle::Phase;
use crate::operation::Access;
use crate::ui::components::phase::{phase_class, phase_mark, phase_word};
use crate::ui::console::Console;
use crate::ui::platform;

/// The imports of all arrays, or of the one that the address names.
pub fn imports(console: Console, only: Option<String>) -> AnyView {
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
    let query = Memo::new(move |before: Option<&ListQuery>| {
        // On the way to another page the address has no list any more: this page keeps its last one.
        console.route.with(Route::list).or_else(|| before.cloned()).unwrap_or_default()
    });
    let listed = Memo::new(move |_| {
        query.with(|query| console.rows(|store, arrays| view_of(store, arrays, &query.filter, query.sort)))
    });
    let set = move |list: ListQuery| console.go(console.route.get_untracked().with_list(list), true);
    let search = move |event: leptos::ev::Event| {
        let mut list = query.get_untracked();
        list.filter.text = event_target_value(&event);
        set(list);
    };
    let all_link = only.is_some().then(|| {
        view! { <p class="crumbs"><a href=Route::Imports(ListQuery::default()).write()>"Imports of all arrays"</a></p> }
    });
    view! {
        <section class="page list-page">
            <div class="list-head">
                <h1 tabindex="-1">"Imports"<span class="of">{of}</span></h1>
                <input
                    type="search"
                    class="search"
                    aria-label="Filter imports"
                    placeholder="Filter: name, source, state, error…"
                    prop:value=move || query.with(|query| query.filter.text.clone())
                    on:input=search
                />
                {summary(console, listed)}
                {all_link}
            </div>
            {phase_chips(query, listed, Callback::new(set))}
            {state_chips(query, listed, Callback::new(set))}
            {narrow_sort(query, Callback::new(set))}
            {table(console, query, listed, Callback::new(set))}
            {move || emptiness(console, array, listed)}
        </section>
    }
    .into_any()
}

fn summary(console: Console, listed: Memo<View>) -> AnyView {
    let words = move || {
        let (shown, total) = listed.with(|view| (view.rows.len(), view.counts.total));
        let all = console.rows(|store, _| store.len());
        if shown == all { format!("{all} imports") } else { format!("{shown} of {} imports", all.max(total)) }
    };
    view! { <p class="summary" role="status">{words}</p> }.into_any()
}

fn counts(listed: Memo<View>) -> Memo<Counts> {
    Memo::new(move |_| listed.with(|view| view.counts.clone()))
}

fn phase_chips(query: Memo<ListQuery>, listed: Memo<View>, set: Callback<ListQuery>) -> AnyView {
    let counts = counts(listed);
    let chip = move |phase: Option<Phase>| {
        let count = Memo::new(move |_| counts.with(|counts| counts.phases.get(&phase).copied().unwrap_or(0)));
        let on = Memo::new(move |_| query.with(|query| query.filter.phases.contains(&phase)));
        let toggle = move |_| {
            let mut list = query.get_untracked();
            if !list.filter.phases.remove(&phase) {
                list.filter.phases.insert(phase);
            }
            set.run(list);
        };
        view! {
            <li class:none=move || count.get() == 0 && !on.get()>
                <button type="button" class=format!("chip {}", phase_class(phase)) aria-pressed=move || if on.get() { "true" } else { "false" } on:click=toggle>
                    {phase_mark(phase)}
                    <span>{phase_word(phase)}" "<span class="count">{move || count.get()}</span></span>
                </button>
            </li>
        }
        .into_any()
    };
    let chips: Vec<AnyView> = Phase::ALL.into_iter().map(Some).chain([None]).map(chip).collect();
    view! { <ul class="chips" aria-label="Phases">{chips}</ul> }.into_any()
}

fn state_chips(query: Memo<ListQuery>, listed: Memo<View>, set: Callback<ListQuery>) -> AnyView {
    let counts = counts(listed);
    let states = Memo::new(move |_| counts.with(|counts| counts.states.keys().cloned().collect::<Vec<State>>()));
    let chip = move |state: State| {
        let name = state.name().to_owned();
        let label = state.label().to_owned();
        let phase = state.phase();
        let count = Memo::new(move |_| counts.with(|counts| counts.states.get(&state).copied().unwrap_or(0)));
        let wanted = name.clone();
        let on = Memo::new(move |_| query.with(|query| query.filter.states.contains(&wanted)));
        let toggle = move |_| {
            let mut list = query.get_untracked();
            if !list.filter.states.remove(&name) {
                list.filter.states.insert(name.clone());
            }
            set.run(list);
        };
        view! {
            <li>
                <button type="button" class=format!("chip {}", phase_class(phase)) aria-pressed=move || if on.get() { "true" } else { "false" } on:click=toggle>
                    {phase_mark(phase)}
                    <span>{label}" "<span class="count">{move || count.get()}</span></span>
                </button>
            </li>
        }
        .into_any()
    };
    let chosen =
        Memo::new(move |_| query.with(|query| query.filter.states.iter().cloned().collect::<Vec<_>>().join(", ")));
    view! {
        <details class="states">
            <summary>"States"<span class="chosen">{move || chosen.get()}</span></summary>
            <ul class="chips" aria-label="States">
                <For each=move || states.get() key=|state| state.name().to_owned() children=chip />
            </ul>
        </details>
    }
    .into_any()
}

/// The order, where the window is too narrow for headings.
fn narrow_sort(query: Memo<ListQuery>, set: Callback<ListQuery>) -> AnyView {
    let sort = Memo::new(move |_| query.with(|query| query.sort));
    let choose = move |event: leptos::ev::Event| {
        if let Some(column) = Column::with_key(&event_target_value(&event)) {
            set.run(ListQuery { sort: Sort { column, descending: false }, ..query.get_untracked() });
        }
    };
    let turn = move |_| {
        let list = query.get_untracked();
        set.run(ListQuery { sort: list.sort.clicked(list.sort.column), ..list });
    };
    let options: Vec<AnyView> = headings()
        .iter()
        .map(|column| {
            let column = *column;
            view! { <option value=column.key() prop:selected=move || sort.get().column == column>{column.label()}</option> }.into_any()
        })
        .collect();
    view! {
        <div class="narrow-sort">
            <label>"Sort by "<select on:change=choose>{options}</select></label>
            <button type="button" on:click=turn>{move || if sort.get().descending { "Descending" } else { "Ascending" }}</button>
        </div>
    }
    .into_any()
}

/// Why the list is empty, and what to do.
fn emptiness(console: Console, array: Option<ArrayIndex>, listed: Memo<View>) -> AnyView {
    if listed.with(|view| !view.rows.is_empty()) {
        return ().into_any();
    }
    if listed.with(|view| view.counts.total) > 0 || console.rows(|store, _| !store.is_empty()) {
        return view! { <p class="empty">"No import fits the filter."</p> }.into_any();
    }
    let arrays = array.map_or_else(|| console.arrays(), |array| vec![array]);
    let is_in =
        |array: &ArrayIndex| console.desk(*array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true);
    let was_read = |array: &ArrayIndex| console.desk(*array, |desk| desk.health().last_read_at.is_some()) == Some(true);
    if !arrays.iter().any(is_in) {
        return view! {
            <p class="empty">"Nobody is logged in to an array. "<a href=Route::Arrays.write()>"Log in"</a>" to see its imports."</p>
        }
        .into_any();
    }
    if arrays.iter().filter(|array| is_in(array)).all(was_read) {
        return view! { <p class="empty">"There is no import session on the arrays that you are logged in to."</p> }
            .into_any();
    }
    view! { <p class="empty" aria-busy="true">{format!("Reading the list{}", "…")}</p> }.into_any()
}

/// A value that may not be known.
pub fn or_dash(value: Option<&str>) -> String {
    value.unwrap_or(format::NOT_KNOWN).to_owned()
}
