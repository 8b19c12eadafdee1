//! One row of the table of imports.

use leptos::prelude::*;

use super::imports::or_dash;
use crate::fleet::{Key, Route, Row, format};
use crate::ui::components::phase::state_chip;
use crate::ui::components::strip::is_old;
use crate::ui::console::Console;
use crate::ui::platform;

/// A row, bound to its own signal: a refresh that does not change it does not touch it.
pub fn row(
    console: Console,
    key: Key,
    index: Memo<Option<usize>>,
    tabbed: Memo<Option<Key>>,
    active: RwSignal<Option<Key>>,
) -> AnyView {
    let bound = console.bind_row(&key);
    // While the row is on its way out it shows what it showed.
    let row = Memo::new(move |before: Option<&Option<Row>>| bound.get().or_else(|| before.cloned().flatten()));
    let entry = console.entry(key.array);
    let address = entry.as_ref().map(|entry| Route::import(&entry.id, &key.id).write()).unwrap_or_default();
    let array = entry.map(|entry| entry.name).unwrap_or_default();
    let old = is_old(console, key.array);
    let array_at = key.array;
    let acting = {
        let id = key.id.clone();
        Memo::new(move |_| {
            let act = console.desk(array_at, |desk| desk.act(&id).is_some_and(crate::operation::Act::is_under_way));
            act == Some(true)
        })
    };
    let text = move |read: fn(&Row) -> String| move || row.with(|row| row.as_ref().map(read).unwrap_or_default());
    let has_error = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.error.is_some())));
    let state = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| (row.phase(), row.state.label().to_owned(), row.state.name().to_owned())))
    });
    let chip = move || state.get().map(|(phase, label, raw)| state_chip(phase, label, Some(raw)));
    let is_tabbed = {
        let key = key.clone();
        Memo::new(move |_| tabbed.with(|tabbed| tabbed.as_ref() == Some(&key)))
    };
    let middle = move || {
        if has_error.get() { error_cell(row) } else { progress_cells(console, array_at, row) }
    };
    let focused_key = key.clone();
    view! {
        <tr
            role="row"
            class="import-row"
            class:stale=move || old.get()
            data-session=key.id.to_string()
            aria-rowindex=move || index.get()
            tabindex=move || if is_tabbed.get() { "0" } else { "-1" }
            on:focus=move |_| active.set(Some(focused_key.clone()))
        >
            <th role="rowheader" scope="row" class="col-name">
                <a href=address tabindex="-1">{text(|row| row.title().to_owned())}</a>
                {move || acting.get().then(|| view! { <span class="row-acting" title="An action is under way">"…"</span> })}
            </th>
            <td role="cell" class="col-array">{array}</td>
            <td role="cell" class="col-source" title=text(source)>{text(source)}</td>
            <td role="cell" class="col-destination" title=text(|row| or_dash(row.destination.shown()))>
                {text(|row| or_dash(row.destination.shown()))}
            </td>
            <td role="cell" class="col-type">{text(|row| or_dash(row.kind.label()))}</td>
            <td role="cell" class="col-state">{chip}</td>
            {middle}
            <td role="cell" class="col-scheduled">{text(|row| time(row.scheduled))}</td>
            <td role="cell" class="col-updated">{text(|row| time(row.updated))}</td>
        </tr>
    }
    .into_any()
}

fn source(row: &Row) -> String {
    match (row.remote_system.name.as_deref(), row.source.shown()) {
        (Some(system), Some(source)) => format!("{source} on {system}"),
        (_, source) => or_dash(source),
    }
}

fn time(at: Option<i64>) -> String {
    at.map_or_else(|| format::NOT_KNOWN.to_owned(), platform::short_time)
}

/// The array's words stand where progress, rate and time left would: a session that failed has none.
fn error_cell(row: Memo<Option<Row>>) -> AnyView {
    let words = move || {
        row.with(|row| {
            let row = row.as_ref()?;
            let percent = row.progress.map(|percent| format!("{percent} % · ")).unwrap_or_default();
            Some(format!("{percent}{}", row.error.as_deref().unwrap_or_default()))
        })
    };
    view! { <td role="cell" aria-colspan="3" class="col-error" title=words>{words}</td> }.into_any()
}

fn progress_cells(console: Console, array: crate::fleet::ArrayIndex, row: Memo<Option<Row>>) -> AnyView {
    let progress = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.progress)));
    let bar = move || {
        progress.get().map(|percent| view! { <progress max="100" value=percent aria-hidden="true"></progress> })
    };
    let rate = move || row.with(|row| format::rate(row.as_ref().and_then(|row| row.rate)));
    let left = move || {
        let Some(end) = row.with(|row| row.as_ref().and_then(|row| row.estimated_end)) else {
            return format::NOT_KNOWN.to_owned();
        };
        format::time_left(Some(end), array_time(console, array))
    };
    view! {
        <td role="cell" class="col-progress">{bar}<span class="percent">{move || format::percent(progress.get())}</span></td>
        <td role="cell" class="col-rate">{rate}</td>
        <td role="cell" class="col-left">{left}</td>
    }
    .into_any()
}

/// The array's clock, which its estimates go by.
pub fn array_time(console: Console, array: crate::fleet::ArrayIndex) -> i64 {
    let skew = console.desk(array, |desk| desk.health().clock_skew).flatten().unwrap_or(0);
    console.now.get() + skew
}
