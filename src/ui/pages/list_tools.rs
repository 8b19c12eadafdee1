//! What is done with the list as a whole: columns, files, links, the selection, the order.

use leptos::prelude::*;

use super::list_state::List;
use crate::fleet::{Column, Columns, Filter, Key, ListQuery, Route, Sort, Waiting, export, sheet};
use crate::ui::components::drop::drop;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::known;
use crate::wire::powerstore::Resource;

fn button(label: &'static str, click: impl Fn() + 'static) -> View {
    el("button").set("type", "button").on("click", move |_| click()).with(label).done()
}

/// Which columns are shown.
pub fn columns(list: List) -> View {
    let query = list.query;
    let tick = move |column: Column| {
        el("label")
            .class("tick")
            .with(
                el("input")
                    .set("type", "checkbox")
                    .state("checked", live(move || query.with(|query| query.columns.has(column))))
                    .on("change", move |_| list.change(|wish| wish.columns = wish.columns.toggled(column))),
            )
            .with(column.heading(list.resource()))
            .done()
    };
    let ticks: Vec<View> = Column::ALL.into_iter().filter(|column| *column != Column::Name).map(tick).collect();
    let usual = move || list.change(|wish| wish.columns = Columns::usual(wish.filter.resource));
    let panel = el("fieldset")
        .class("column-ticks")
        .with(el("legend").with("Shown besides the name"))
        .with(ticks)
        .with(button("As at first", usual))
        .done();
    drop("Columns", "Columns", panel)
}

/// The order, where the window is too narrow for headings.
pub fn narrow_sort(list: List) -> View {
    let sort = known(move || list.query.with(|query| query.sort));
    let choose = move |event: web_sys::Event| {
        if let Some(column) = Column::with_key(&event_target_value(&event)) {
            list.change(|wish| wish.sort = Sort { column, descending: false });
        }
    };
    let option = |column: Column| {
        el("option")
            .set("value", column.key())
            .state("selected", live(move || sort.get().column == column))
            .with(column.heading(list.resource()))
            .done()
    };
    let options: Vec<View> = Column::ALL.into_iter().map(option).collect();
    el("div")
        .class("narrow-sort")
        .with(el("label").with("Sort by ").with(el("select").on("change", choose).with(options)))
        .with(
            el("button")
                .set("type", "button")
                .on("click", move |_| list.change(|wish| wish.sort = wish.sort.clicked(wish.sort.column)))
                .with(live(move || if sort.get().descending { "Descending" } else { "Ascending" })),
        )
        .done()
}

/// Saves these rows as a file.
fn save(list: List, keys: &[Key], json: bool) {
    let (kind, ending) = if json { ("application/json", "json") } else { ("text/csv", "csv") };
    let write = if json { export::to_json } else { export::to_csv };
    let text = untrack(|| list.console.rows(|store, arrays| write(store, arrays, keys)));
    let name = sheet::file_name(list.resource().map_or("work", Resource::word), platform::now(), ending);
    let note = if platform::save(&name, kind, &text) {
        format!("{name}: saved, {} {}.", keys.len(), list.what())
    } else {
        "The browser did not save the file.".to_owned()
    };
    list.tell(note);
}

/// The view as a link and as a file.
pub fn share(list: List) -> View {
    let keys = move || list.order.with_untracked(|order| order.rows().to_vec());
    let link = move || {
        let route = list.console.route.get_untracked();
        list.copy("Link to this view", platform::whole_address(&route.write()));
    };
    let words = live(move || format!("All that are shown: {}", list.order.with(|order| order.len())));
    let panel = el("div")
        .class("share")
        .with(button("Copy link to this view", link))
        .with(el("p").class("small").with(words))
        .with(button("Save as CSV", move || save(list, &keys(), false)))
        .with(button("Save as JSON", move || save(list, &keys(), true)))
        .done();
    drop("Share", "Share", panel)
}

/// The ticked rows: those that are shown in their order, then the others.
fn ticked(list: List) -> Vec<Key> {
    list.console.memory.selection.with_untracked(|selection| {
        list.order.with_untracked(|order| {
            let shown = order.rows().iter().filter(|key| selection.contains(key));
            let others = selection.keys().filter(|key| !order.contains(key));
            shown.chain(others).cloned().collect()
        })
    })
}

/// The link that shows the ticked rows alone.
fn selection_link(list: List) -> String {
    let session = |key: Key| Some((list.console.entry(key.array)?.id, key.id.to_string()));
    let only = ticked(list).into_iter().filter_map(session).collect();
    let filter = Filter { resource: list.resource(), only, ..Filter::default() };
    let wish = ListQuery { filter, ..list.query.get_untracked() };
    platform::whole_address(&Route::List(wish).write())
}

/// Below the table, always in sight: what was done, what waits, what is selected.
pub fn bar(list: List) -> View {
    let selection = list.console.memory.selection;
    let fresh = known(move || list.listed.with(|listed| listed.order.clone()));
    let waiting = known(move || {
        let fresh = fresh.get();
        list.order.with(|order| Waiting::between(order, &fresh).sentence())
    });
    let order = live(move || {
        waiting.get().map(|words| {
            el("p")
                .class("waits")
                .with(
                    el("span")
                        .set("role", "status")
                        .with(format!("{words}: the order is not renewed while you work in the list. ")),
                )
                .with(button("Renew", move || list.renew()))
                .done()
        })
    });
    let told = known(move || list.order.with(|order| selection.with(|selection| selection.sentence(order))));
    let some = known(move || selection.with(|selection| !selection.is_empty()));
    let any = known(move || told.with(Option::is_some));
    let tools = live(move || {
        let names = move || {
            let keys = ticked(list);
            list.copy("Names", untrack(|| list.console.rows(|store, _| export::names(store, &keys))));
        };
        let all = some.get().then(|| {
            vec![
                button("Copy as link", move || list.copy("Link to the selection", selection_link(list))),
                button("Copy names", names),
                button("CSV", move || save(list, &ticked(list), false)),
                button("JSON", move || save(list, &ticked(list), true)),
            ]
            .view()
        });
        any.get().then(|| {
            el("div")
                .class("selection-tools")
                .with(all)
                .with(button("Clear", move || selection.update(crate::fleet::Selection::clear)))
                .done()
        })
    });
    let is_empty = known(move || !any.get() && waiting.with(Option::is_none) && list.note.with(String::is_empty));
    el("div")
        .class("list-bar")
        .toggle("none", is_empty.live())
        .set("role", "region")
        .set("aria-label", "Selection")
        .with(el("p").class("list-note").set("role", "status").with(list.note.live()))
        .with(order)
        .with(
            el("div")
                .class("selection")
                .with(el("p").class("selection-count").set("role", "status").with(told.live()))
                .with(tools),
        )
        .done()
}
