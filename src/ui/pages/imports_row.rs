//! One row of the table of imports.

use super::import_parts::bar;
use super::imports::or_dash;
use crate::fleet::{Key, Route, Row, format};
use crate::ui::components::phase::state_chip;
use crate::ui::components::strip::is_old;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{Cell, Known, known};

/// A row, bound to its own signal: a refresh that does not change it does not touch it.
pub fn row(
    console: Console,
    key: Key,
    index: Known<Option<usize>>,
    tabbed: Known<Option<Key>>,
    active: Cell<Option<Key>>,
) -> View {
    let row = console.bind_row(&key);
    let entry = console.entry(key.array);
    let address = entry.as_ref().map(|entry| Route::import(&entry.id, &key.id).write()).unwrap_or_default();
    let array = entry.map(|entry| entry.name).unwrap_or_default();
    let old = is_old(console, key.array);
    let array_at = key.array;
    let acting = {
        let id = key.id.clone();
        known(move || {
            let act = console.desk(array_at, |desk| desk.act(&id).is_some_and(crate::operation::Act::is_under_way));
            act == Some(true)
        })
    };
    let text = move |read: fn(&Row) -> String| live(move || row.with(|row| row.as_ref().map(read).unwrap_or_default()));
    let has_error = known(move || row.with(|row| row.as_ref().is_some_and(|row| row.error.is_some())));
    let state = known(move || {
        row.with(|row| row.as_ref().map(|row| (row.phase(), row.state.label().to_owned(), row.state.name().to_owned())))
    });
    let chip = live(move || state.get().map(|(phase, label, raw)| state_chip(phase, label, Some(raw))));
    let is_tabbed = {
        let key = key.clone();
        known(move || tabbed.with(|tabbed| tabbed.as_ref() == Some(&key)))
    };
    let middle = live(move || if has_error.get() { error_cell(row) } else { progress_cells(console, array_at, row) });
    let focused_key = key.clone();
    el("tr")
        .set("role", "row")
        .class("import-row")
        .toggle("stale", live(move || old.get()))
        .set("data-session", key.id.to_string())
        .set("aria-rowindex", live(move || index.get().map(|index| index.to_string())))
        .set("tabindex", live(move || if is_tabbed.get() { "0" } else { "-1" }))
        .on("focus", move |_| active.set(Some(focused_key.clone())))
        .with(
            el("th")
                .set("role", "rowheader")
                .set("scope", "row")
                .class("col-name")
                .with(el("a").set("href", address).set("tabindex", "-1").with(text(|row| row.title().to_owned())))
                .with(live(move || {
                    acting
                        .get()
                        .then(|| el("span").class("row-acting").set("title", "An action is under way").with("…").done())
                })),
        )
        .with(el("td").set("role", "cell").class("col-array").with(array))
        .with(
            el("td")
                .set("role", "cell")
                .class("col-source")
                .set("title", text(source))
                .with(text(|row| or_dash(row.source.shown()))),
        )
        .with(
            el("td")
                .set("role", "cell")
                .class("col-destination")
                .set("title", text(|row| or_dash(row.destination.shown())))
                .with(text(|row| or_dash(row.destination.shown()))),
        )
        .with(el("td").set("role", "cell").class("col-type").with(text(|row| or_dash(row.kind.label()))))
        .with(el("td").set("role", "cell").class("col-state").with(chip))
        .with(middle)
        .with(el("td").set("role", "cell").class("col-scheduled").with(text(|row| time(row.scheduled))))
        .with(el("td").set("role", "cell").class("col-updated").with(text(|row| time(row.updated))))
        .done()
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
fn error_cell(row: Known<Option<Row>>) -> View {
    let words = live(move || {
        row.with(|row| {
            let row = row.as_ref()?;
            let percent = row.progress.map(|percent| format!("{percent} % · ")).unwrap_or_default();
            Some(format!("{percent}{}", row.error.as_deref().unwrap_or_default()))
        })
    });
    let whole = words.clone();
    el("td").set("role", "cell").set("aria-colspan", "3").class("col-error").set("title", whole).with(words).done()
}

fn progress_cells(console: Console, array: crate::fleet::ArrayIndex, row: Known<Option<Row>>) -> View {
    let progress = known(move || row.with(|row| row.as_ref().and_then(|row| row.progress)));
    let bar = bar(progress).set("aria-hidden", "true");
    let rate = live(move || row.with(|row| format::rate(row.as_ref().and_then(|row| row.rate))));
    let left = live(move || {
        let Some(end) = row.with(|row| row.as_ref().and_then(|row| row.estimated_end)) else {
            return format::NOT_KNOWN.to_owned();
        };
        format::time_left(Some(end), array_time(console, array))
    });
    vec![
        el("td")
            .set("role", "cell")
            .class("col-progress")
            .with(bar)
            .with(el("span").class("percent").with(live(move || format::percent(progress.get()))))
            .view(),
        el("td").set("role", "cell").class("col-rate").with(rate).view(),
        el("td").set("role", "cell").class("col-left").with(left).view(),
    ]
    .view()
}

/// The array's clock, which its estimates go by.
pub fn array_time(console: Console, array: crate::fleet::ArrayIndex) -> i64 {
    let skew = console.desk(array, |desk| desk.health().clock_skew).flatten().unwrap_or(0);
    console.now.get() + skew
}
