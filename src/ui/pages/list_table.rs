//! The table of the list: headings, and the rows that fit the window.

use leptos::prelude::*;

use super::list_row::row;
use super::list_state::List;
use crate::fleet::window::{Scroll, Window, window};
use crate::fleet::{ArrayIndex, Column, Columns, Key};
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, keyed, live};
use crate::ui::state::{Cell, Known, after_drawing, cell, known};
use crate::wire::powerstore::Resource;

/// Rows held ready on each side of the visible ones.
const OVERSCAN: usize = 6;

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
pub fn table(list: List) -> View {
    let List { query, order, active, inside, .. } = list;
    let body = el("tbody").set("role", "rowgroup");
    let probe = el("div").class("row-probe").set("aria-hidden", "true");
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
        order.with(|_| ());
        measure();
    });
    let shown = known(move || {
        let (top, viewport, row_height) = measured.get();
        order.with(|order| {
            let kept = active.with(|active| order.index_of(active.as_ref()?));
            window(&Scroll { row_height, top, viewport, total: order.len(), overscan: OVERSCAN, kept })
        })
    });
    let items = known(move || order.with(|order| shown.with(|shown| items(order.rows(), shown))));
    let tabbed = known(move || {
        order.with(|order| {
            let active = active.get().filter(|active| order.contains(active));
            active.or_else(|| order.rows().first().cloned())
        })
    });
    keep_focus(body.element().clone(), items, active, inside);
    hold(list, body.element().clone());
    let draw = move |name: &str| {
        if let Some(key) = named_row(name) {
            return row(list, key, tabbed);
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
    let body = body
        .on("keydown", move |event| press(list, tabbed, shown, &event))
        .on("focusin", move |_| inside.set(true))
        .on("focusout", move |event| {
            // A row that is taken out of the page loses the focus to nowhere: that is not the person's doing.
            if platform::focus_goes_somewhere(&event) {
                inside.set(false);
            }
        })
        .with(keyed(move || items.get(), draw));
    let columns = known(move || query.with(|query| query.columns));
    let tracks = live(move || {
        let mut tracks = "[pick] var(--w-pick)".to_owned();
        for column in columns.get().shown() {
            tracks.push_str(&format!(" [{key}] var(--w-{key})", key = column.key()));
        }
        tracks.push_str(" [menu] var(--w-menu)");
        tracks
    });
    let table = el("table")
        .class("imports")
        .toggle("chosen", live(move || query.with(|query| query.columns != Columns::usual(query.filter.resource))))
        .style("--shown-columns", tracks)
        .set("role", "table")
        .set("aria-label", list.resource().map_or("All work", Resource::label))
        .set("aria-rowcount", live(move || order.with(|order| (order.len() + 1).to_string())))
        .with(el("thead").set("role", "rowgroup").with(head(list, columns)))
        .with(body);
    vec![probe.done(), table.done()].view()
}

/// What a key does in the rows.
fn press(list: List, tabbed: Known<Option<Key>>, shown: Known<Window>, event: &web_sys::Event) {
    let Some(present) = tabbed.get_untracked() else { return };
    let order = list.order.get_untracked();
    let at = order.index_of(&present).unwrap_or(0);
    let page = shown.with_untracked(|shown| shown.rows.len()).saturating_sub(2 * OVERSCAN + 2).max(1);
    let last = order.len().saturating_sub(1);
    let on_row = platform::happened_to(event, "tr");
    let to = match platform::key_of(event).as_str() {
        "ArrowDown" => at + 1,
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at + page,
        "PageUp" => at.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        "Enter" if on_row => {
            event.prevent_default();
            list.open_page(&present);
            return;
        }
        " " if on_row => {
            event.prevent_default();
            pick(list, &present, platform::with_shift(event));
            return;
        }
        _ => return,
    };
    event.prevent_default();
    list.active.set(order.rows().get(to.min(last)).cloned());
    list.inside.set(true);
    request_animation_frame(|| _ = platform::focus_row("tr[tabindex='0']"));
}

/// Ticks a row or takes its tick away; `reach` does so for all rows from the last one touched.
pub fn pick(list: List, key: &Key, reach: bool) {
    let order = list.order.get_untracked();
    list.console
        .memory
        .selection
        .update(|selection| if reach { selection.reach(&order, key) } else { selection.toggle(key) });
}

/// Takes down whether a pointer is pressed on the rows, and that a press elsewhere leaves them.
fn hold(list: List, body: web_sys::Element) {
    platform::on_press(move |press| match press {
        Some(event) if platform::is_within(event, &body) => list.pressed.set(true),
        Some(_) if list.inside.get_untracked() => list.inside.set(false),
        Some(_) => {}
        None if list.pressed.get_untracked() => list.pressed.set(false),
        None => {}
    });
}

/// The headings: what is ticked, the columns, and room for the menus.
fn head(list: List, columns: Known<Columns>) -> View {
    let selection = list.console.memory.selection;
    let has_all = known(move || list.order.with(|order| selection.with(|selection| selection.has_all(order))));
    let label = live(move || format!("Select all {} shown", list.order.with(|order| order.len())));
    let toggle = move |_| {
        let order = list.order.get_untracked();
        let all = has_all.get_untracked();
        selection.update(|selection| if all { selection.remove_all(&order) } else { selection.add_all(&order) });
    };
    let pick_all = el("input")
        .set("type", "checkbox")
        .set("aria-label", label)
        .state("checked", has_all.live())
        .state("indeterminate", live(move || !has_all.get() && selection.with(|selection| !selection.is_empty())))
        .on("click", toggle);
    let names = move || columns.get().shown().map(|column| column.key().to_owned()).collect();
    let draw = move |key: &str| Column::with_key(key).map_or_else(View::none, |column| heading(list, column));
    el("tr")
        .set("role", "row")
        .set("aria-rowindex", "1")
        .with(el("th").set("role", "columnheader").set("scope", "col").class("col-pick").with(pick_all))
        .with(keyed(names, draw))
        .with(
            el("th")
                .set("role", "columnheader")
                .set("scope", "col")
                .class("col-menu")
                .with(el("span").class("out-of-sight").with("Actions")),
        )
        .done()
}

fn heading(list: List, column: Column) -> View {
    let sort = known(move || list.query.with(|query| query.sort));
    let direction = live(move || match sort.get() {
        sort if sort.column != column => "none",
        sort if sort.descending => "descending",
        _ => "ascending",
    });
    el("th")
        .set("role", "columnheader")
        .set("scope", "col")
        .class(format!("col-{}", column.key()))
        .set("aria-sort", direction)
        .with(
            el("button")
                .set("type", "button")
                .on("click", move |_| list.change(|wish| wish.sort = wish.sort.clicked(column)))
                .with(column.heading(list.resource())),
        )
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
