//! The table of imports: headings, and the rows that fit the window.

use leptos::prelude::*;

use super::imports_row::row;
use crate::fleet::window::{Scroll, Window, window};
use crate::fleet::{ArrayIndex, Column, Key, ListQuery, Route, View as Listed};
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, keyed, live};
use crate::ui::state::{Call, Cell, Known, after_drawing, cell, known};

/// Rows held ready on each side of the visible ones.
const OVERSCAN: usize = 6;

/// The columns of the table, in order.
pub fn headings() -> &'static [Column] {
    &[
        Column::Name,
        Column::Array,
        Column::Source,
        Column::Destination,
        Column::Kind,
        Column::State,
        Column::Progress,
        Column::Rate,
        Column::TimeLeft,
        Column::Scheduled,
        Column::Updated,
    ]
}

/// What stands in the body of the table, as the keys of a list: empty space before, between and after the
/// rows, and the rows themselves.
const SPACES: [&str; 3] = ["before", "between", "after"];

fn row_name(key: &Key) -> String {
    format!("{}/{}", key.array.0, key.id)
}

fn named_row(name: &str) -> Option<Key> {
    let (array, id) = name.split_once('/')?;
    Some(Key { array: ArrayIndex(array.parse().ok()?), id: id.into() })
}

/// The table. It holds the rows that fit the window and a few more.
pub fn table(console: Console, query: Known<ListQuery>, listed: Known<Listed>, set: Call<ListQuery>) -> View {
    let body = el("tbody").set("role", "rowgroup");
    let probe = el("div").class("row-probe").set("aria-hidden", "true");
    let keys = known(move || listed.with(|view| view.order.rows().to_vec()));
    // What the browser measured: how far the list is scrolled, the window's height, a row's height.
    let measured = cell((0i64, 800u32, 36u32));
    let (all_rows, one_row) = (body.element().clone(), probe.element().clone());
    let measure = move || {
        let seen = (
            whole(platform::above_window(&all_rows)),
            pixels(platform::window_height()),
            pixels(platform::height_of(&one_row)),
        );
        if measured.get_untracked() != seen {
            measured.set(seen);
        }
    };
    platform::on_scroll_or_resize(measure.clone());
    after_drawing(move || {
        keys.with(|_| ());
        measure();
    });
    // The row that takes part in the order of the Tab key, and the one that has the focus.
    let active = cell(None::<Key>);
    let inside = cell(false);
    let shown = known(move || {
        let (top, viewport, row_height) = measured.get();
        keys.with(|keys| {
            let kept = active.with(|active| keys.iter().position(|key| Some(key) == active.as_ref()));
            window(&Scroll { row_height, top, viewport, total: keys.len(), overscan: OVERSCAN, kept })
        })
    });
    let items = known(move || keys.with(|keys| shown.with(|shown| items(keys, shown))));
    let first = known(move || keys.with(|keys| keys.first().cloned()));
    let tabbed = known(move || {
        let active = active.get().filter(|active| keys.with(|keys| keys.contains(active)));
        active.or_else(|| first.get())
    });
    keep_focus(body.element().clone(), items, active, inside);
    let index_of = move |key: &Key| keys.with(|keys| keys.iter().position(|other| other == key));
    let open = move |key: &Key| {
        if let Some(entry) = console.entry(key.array) {
            console.go(Route::import(&entry.id, &key.id), false);
        }
    };
    let press = move |event: web_sys::Event| {
        let Some(present) = tabbed.get_untracked() else { return };
        let at = untrack(|| index_of(&present)).unwrap_or(0);
        let page = untrack(|| shown.with(|shown| shown.rows.len())).saturating_sub(2 * OVERSCAN + 2).max(1);
        let last = keys.with_untracked(Vec::len).saturating_sub(1);
        let to = match platform::key_of(&event).as_str() {
            "ArrowDown" => at + 1,
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => at + page,
            "PageUp" => at.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                event.prevent_default();
                open(&present);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let target = keys.with_untracked(|keys| keys.get(to.min(last)).cloned());
        active.set(target);
        inside.set(true);
        request_animation_frame(|| _ = platform::focus_row("tr[tabindex='0']"));
    };
    let draw = move |name: &str| {
        if let Some(key) = named_row(name) {
            let at = key.clone();
            let index = known(move || index_of(&at).map(|index| index + 2));
            return row(console, key, index, tabbed, active);
        }
        let which = SPACES.iter().position(|space| *space == name);
        let height = live(move || {
            let pixels = shown.with(|shown| match which {
                Some(0) => shown.before,
                Some(1) => shown.between,
                _ => shown.after,
            });
            format!("{pixels}px")
        });
        let space = el("tr").class("space").set("role", "presentation").set("aria-hidden", "true");
        space.style("height", height).done()
    };
    let heads: Vec<View> = headings().iter().map(|column| heading(*column, query, set)).collect();
    let body = body
        .on("keydown", press)
        .on("focusin", move |_| inside.set(true))
        .on("focusout", move |event| {
            // A row that is taken out of the page loses the focus to nowhere: that is not the person's doing.
            if platform::focus_goes_somewhere(&event) {
                inside.set(false);
            }
        })
        .with(keyed(move || items.get(), draw));
    let head = el("tr").set("role", "row").set("aria-rowindex", "1").with(heads);
    let table = el("table")
        .class("imports")
        .set("role", "table")
        .set("aria-label", "Imports")
        .set("aria-rowcount", live(move || keys.with(|keys| (keys.len() + 1).to_string())))
        .with(el("thead").set("role", "rowgroup").with(head))
        .with(body);
    vec![probe.done(), table.done()].view()
}

fn heading(column: Column, query: Known<ListQuery>, set: Call<ListQuery>) -> View {
    let sort = known(move || query.with(|query| query.sort));
    let direction = live(move || match sort.get() {
        sort if sort.column != column => "none",
        sort if sort.descending => "descending",
        _ => "ascending",
    });
    let click = move |_| {
        let list = query.get_untracked();
        set.run(ListQuery { sort: list.sort.clicked(column), ..list });
    };
    el("th")
        .set("role", "columnheader")
        .set("scope", "col")
        .class(format!("col-{}", column.key()))
        .set("aria-sort", direction)
        .with(el("button").set("type", "button").on("click", click).with(column.label()))
        .done()
}

fn items(keys: &[Key], shown: &Window) -> Vec<String> {
    let [before, between, after] = SPACES;
    let rows = keys.get(shown.rows.clone()).unwrap_or_default().iter().map(row_name);
    let kept = shown.kept.and_then(|kept| keys.get(kept)).map(row_name);
    let mut items = vec![before.to_owned()];
    match kept {
        Some(kept) if shown.kept_is_above() => {
            items.extend([kept, between.to_owned()]);
            items.extend(rows);
        }
        Some(kept) => {
            items.extend(rows);
            items.extend([between.to_owned(), kept]);
        }
        None => items.extend(rows),
    }
    items.push(after.to_owned());
    items
}

/// When a row that had the focus was moved in the page, the browser took the focus away: it gets it back.
fn keep_focus(body: web_sys::Element, items: Known<Vec<String>>, active: Cell<Option<Key>>, inside: Cell<bool>) {
    after_drawing(move || {
        items.with(|_| ());
        if !inside.get_untracked() || active.with_untracked(Option::is_none) {
            return;
        }
        let body = body.clone();
        request_animation_frame(move || {
            let lost = !platform::is_inside(&body) && platform::focused().is_none();
            if lost {
                platform::focus_where_it_is("tr[tabindex='0']");
            }
        });
    });
}

#[allow(clippy::cast_possible_truncation)]
fn whole(pixels: f64) -> i64 {
    pixels as i64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn pixels(pixels: f64) -> u32 {
    pixels.max(0.0) as u32
}
