//! The list of sessions and jobs: filter, tools, the table, and the menu of its rows.

use leptos::prelude::*;

use super::list_filter::{choices, only_these, phase_chips, search_box, search_notes, state_chips};
use super::list_menu::menu;
use super::list_period::{not_seen, period};
use super::list_picture::picture_of_many;
use super::list_state::List;
use super::list_table::table;
use super::list_tools::{bar, columns, narrow_sort, share};
use super::unknown;
use crate::fleet::{ArrayIndex, Route, format};
use crate::operation::Access;
use crate::ui::components::begin::begin;
use crate::ui::components::drop::fold;
use crate::ui::components::text_dialog::text_dialog;
use crate::ui::console::Console;
use crate::ui::memory::Left;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::known;
use crate::wire::powerstore::Resource;

/// A collection of all arrays, or of the one that the address names; with `None` all work.
pub fn list(console: Console, resource: Option<Resource>, only: Option<String>) -> View {
    let site = console.config(|config| config.title.clone());
    let array = match &only {
        None => None,
        Some(id) => match console.array(id) {
            Some(array) => Some(array),
            None => return unknown::array(console, id),
        },
    };
    let of = array.map(|array| format!(" of {}", console.array_name(array))).unwrap_or_default();
    let label = resource.map_or("All work", Resource::label);
    platform::set_title(&format!("{label}{of} · {site}"));
    let list = List::open(console);
    remember(list, only.clone());
    let all_link = only.is_some().then(|| {
        el("p")
            .class("crumbs")
            .with(el("a").set("href", Route::all(resource).write()).with(format!("{label} of all arrays")))
            .done()
    });
    let tools = vec![
        phase_chips(list),
        el("div")
            .class("list-tools")
            .with(choices(list, only.is_some()))
            .with(period(list))
            .with(narrow_sort(list))
            .with(columns(list))
            .with(share(list))
            .with(state_chips(list))
            .done(),
    ];
    let page = el("section")
        .class("page list-page")
        .on("keydown", move |event| {
            if platform::key_of(&event) == "Escape" && !platform::happened_to(&event, "input[type=search]") {
                console.memory.selection.update(crate::fleet::Selection::clear);
            }
        })
        .with(
            el("div")
                .class("list-head")
                .with(el("h1").set("tabindex", "-1").with(label).with(el("span").class("of").with(of)))
                .with(search_box(list))
                .with(summary(list))
                .with(
                    resource
                        .filter(|resource| {
                            [Resource::Import, Resource::FileImport, Resource::Migration].contains(resource)
                        })
                        .map(|resource| begin(console, array, resource)),
                )
                .with(all_link),
        )
        .with(search_notes(list))
        .with(only_these(list))
        .with(not_seen(list))
        .with(fold("Filters and tools", tools.view()))
        .with(picture_of_many(list))
        .with(table(list))
        .with(live(move || emptiness(list, array)))
        .with(bar(list))
        .with(menu(list));
    vec![page.done(), text_dialog(list.uncopied)].view()
}

/// Shows the list as it was left, and takes down how it is left.
fn remember(list: List, only: Option<String>) {
    let memory = list.console.memory;
    let address = known(move || {
        let wish = list.query.get();
        let route = match &only {
            Some(array) => Route::all_of(array, wish.filter.resource).with_list(wish),
            None => Route::List(wish),
        };
        route.write()
    });
    let left = memory.left.get().filter(|left| left.address == address.get_untracked());
    memory.left.set(None);
    if let Some(Left { scroll, row, .. }) = left {
        memory.restores.set(true);
        list.active.set(row.clone());
        request_animation_frame(move || {
            platform::scroll_to(scroll);
            if row.is_none() || !platform::focus_where_it_is("tr[tabindex='0']") {
                platform::focus_where_it_is("main h1");
            }
        });
    }
    on_cleanup(move || {
        let address = address.get_untracked();
        let row = list.active.get_untracked();
        memory.left.set(Some(Left { address, scroll: platform::scrolled(), row }));
    });
}

fn summary(list: List) -> View {
    let words = live(move || {
        let (shown, all) = list.listed.with(|view| (view.order.len(), view.all));
        let what = list.what();
        let more =
            if list.console.arrays().into_iter().any(|array| is_awaited(list.console, array)) { " so far" } else { "" };
        if shown == all { format!("{all} {what}{more}") } else { format!("{shown} of {all} {what}{more}") }
    });
    el("p").class("summary").set("role", "status").with(words).done()
}

fn is_in(console: Console, array: ArrayIndex) -> bool {
    console.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true)
}

/// True while the first list of an array that somebody is logged in to is read.
fn is_awaited(console: Console, array: ArrayIndex) -> bool {
    is_in(console, array) && console.desk(array, |desk| desk.health().last_read_at.is_none()) == Some(true)
}

/// Why the list is empty, and what to do.
fn emptiness(list: List, array: Option<ArrayIndex>) -> View {
    let (console, listed) = (list.console, list.listed);
    if listed.with(|view| !view.order.is_empty()) {
        return View::none();
    }
    if listed.with(|view| view.all) > 0 {
        return el("p").class("empty").with(format!("None of the {} fits the filter.", list.what())).done();
    }
    let arrays = array.map_or_else(|| console.arrays(), |array| vec![array]);
    if !arrays.iter().any(|array| is_in(console, *array)) {
        return el("p")
            .class("empty")
            .with("Nobody is logged in to an array. ")
            .with(el("a").set("href", Route::Arrays.write()).with("Log in"))
            .with(format!(" to see its {}.", list.what()))
            .done();
    }
    if !arrays.iter().any(|array| is_awaited(console, *array)) {
        return el("p")
            .class("empty")
            .with(format!("There are no {} on the arrays that you are logged in to.", list.what()))
            .done();
    }
    el("p").class("empty").set("aria-busy", "true").with(format!("Reading the list{}", "…")).done()
}

/// A value that may not be known.
pub fn or_dash(value: Option<&str>) -> String {
    value.unwrap_or(format::NOT_KNOWN).to_owned()
}
