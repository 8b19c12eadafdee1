//! The table of imports: headings, and the rows that fit the window.

use leptos::html;
use leptos::prelude::*;

use super::imports_row::row;
use crate::fleet::window::{Scroll, Window, window};
use crate::fleet::{Column, Key, ListQuery, Route, View};
use crate::ui::console::Console;
use crate::ui::platform;

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

/// What stands in the body of the table, from top to bottom.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Item {
    /// Empty space: before, between, after.
    Space(u8),
    Row(Key),
}

/// The table. It holds the rows that fit the window and a few more.
pub fn table(console: Console, query: Memo<ListQuery>, listed: Memo<View>, set: Callback<ListQuery>) -> AnyView {
    let body = NodeRef::<html::Tbody>::new();
    let probe = NodeRef::<html::Div>::new();
    let keys = Memo::new(move |_| listed.with(|view| view.rows.clone()));
    // What the browser measured: how far the list is scrolled, the window's height, a row's height.
    let measured = RwSignal::new((0i64, 800u32, 36u32));
    let measure = move || {
        if let (Some(body), Some(probe)) = (body.get_untracked(), probe.get_untracked()) {
            let seen = (
                whole(platform::above_window(&body)),
                pixels(platform::window_height()),
                pixels(platform::height_of(&probe)),
            );
            if measured.get_untracked() != seen {
                measured.set(seen);
            }
        }
    };
    platform::on_scroll_or_resize(measure);
    Effect::new(move |_| {
        keys.track();
        measure();
    });
    // The row that takes part in the order of the Tab key, and the one that has the focus.
    let active = RwSignal::new(None::<Key>);
    let inside = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        let (top, viewport, row_height) = measured.get();
        keys.with(|keys| {
            let kept = active.with(|active| keys.iter().position(|key| Some(key) == active.as_ref()));
            window(&Scroll { row_height, top, viewport, total: keys.len(), overscan: OVERSCAN, kept })
        })
    });
    let items = Memo::new(move |_| keys.with(|keys| shown.with(|shown| items(keys, shown))));
    let first = Memo::new(move |_| keys.with(|keys| keys.first().cloned()));
    let tabbed = Memo::new(move |_| {
        let active = active.get().filter(|active| keys.with(|keys| keys.contains(active)));
        active.or_else(|| first.get())
    });
    keep_focus(body, items, active, inside);
    let index_of = move |key: &Key| keys.with(|keys| keys.iter().position(|other| other == key));
    let open = move |key: &Key| {
        if let Some(entry) = console.entry(key.array) {
            console.go(Route::import(&entry.id, &key.id), false);
        }
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(present) = tabbed.get_untracked() else { return };
        let at = untrack(|| index_of(&present)).unwrap_or(0);
        let page = untrack(|| shown.with(|shown| shown.rows.len())).saturating_sub(2 * OVERSCAN + 2).max(1);
        let last = keys.with_untracked(Vec::len).saturating_sub(1);
        let to = match event.key().as_str() {
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
    let draw = move |item: Item| match item {
        Item::Space(which) => {
            let height = move || {
                let pixels = shown.with(|shown| match which {
                    0 => shown.before,
                    1 => shown.between,
                    _ => shown.after,
                });
                format!("{pixels}px")
            };
            view! { <tr class="space" role="presentation" aria-hidden="true" style:height=height></tr> }.into_any()
        }
        Item::Row(key) => {
            let at = key.clone();
            let index = Memo::new(move |_| index_of(&at).map(|index| index + 2));
            row(console, key, index, tabbed, active)
        }
    };
    let heads: Vec<AnyView> = headings().iter().map(|column| heading(*column, query, set)).collect();
    view! {
        <div class="row-probe" aria-hidden="true" node_ref=probe></div>
        <table
            class="imports"
            role="table"
            aria-label="Imports"
            aria-rowcount=move || keys.with(|keys| keys.len() + 1)
        >
            <thead role="rowgroup"><tr role="row" aria-rowindex="1">{heads}</tr></thead>
            <tbody
                role="rowgroup"
                node_ref=body
                on:keydown=press
                on:focusin=move |_| inside.set(true)
                on:focusout=move |event| {
                    // A row that is taken out of the page loses the focus to nowhere: that is not the person's doing.
                    if event.related_target().is_some() {
                        inside.set(false);
                    }
                }
            >
                <For each=move || items.get() key=Clone::clone children=draw />
            </tbody>
        </table>
    }
    .into_any()
}

fn heading(column: Column, query: Memo<ListQuery>, set: Callback<ListQuery>) -> AnyView {
    let sort = Memo::new(move |_| query.with(|query| query.sort));
    let direction = move || match sort.get() {
        sort if sort.column != column => "none",
        sort if sort.descending => "descending",
        _ => "ascending",
    };
    let click = move |_| {
        let list = query.get_untracked();
        set.run(ListQuery { sort: list.sort.clicked(column), ..list });
    };
    view! {
        <th role="columnheader" scope="col" class=format!("col-{}", column.key()) aria-sort=direction>
            <button type="button" on:click=click>{column.label()}</button>
        </th>
    }
    .into_any()
}

fn items(keys: &[Key], shown: &Window) -> Vec<Item> {
    let rows = keys.get(shown.rows.clone()).unwrap_or_default().iter().cloned().map(Item::Row);
    let kept = shown.kept.and_then(|kept| keys.get(kept)).cloned().map(Item::Row);
    let mut items = vec![Item::Space(0)];
    match kept {
        Some(kept) if shown.kept_is_above() => {
            items.extend([kept, Item::Space(1)]);
            items.extend(rows);
        }
        Some(kept) => {
            items.extend(rows);
            items.extend([Item::Space(1), kept]);
        }
        None => items.extend(rows),
    }
    items.push(Item::Space(2));
    items
}

/// When a row that had the focus was moved in the page, the browser took the focus away: it gets it back.
fn keep_focus(
    body: NodeRef<html::Tbody>,
    items: Memo<Vec<Item>>,
    active: RwSignal<Option<Key>>,
    inside: RwSignal<bool>,
) {
    Effect::new(move |_| {
        items.track();
        if !inside.get_untracked() || active.with_untracked(Option::is_none) {
            return;
        }
        request_animation_frame(move || {
            let lost =
                body.get_untracked().is_some_and(|body| !platform::is_inside(&body)) && platform::focused().is_none();
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
