//! The menu of a row: one in the page, wherever it is open.

use leptos::prelude::*;

use super::list_state::List;
use crate::fleet::{Key, Row};
use crate::lifecycle::{ActionId, Verdict};
use crate::operation::Event;
use crate::ui::components::phase::state_chip;
use crate::ui::components::verdict::{reason, told};
use crate::ui::platform;
use crate::ui::platform::element::{El, View, el, live};
use crate::ui::state::{Held, Known, held, known};

/// What the menu offers: the verdicts of the session's actions, and why none may be sent.
type Offer = (Vec<(ActionId, Verdict)>, Option<&'static str>);

/// The menu of the row whose menu is open.
pub fn menu(list: List) -> View {
    let shown = live(move || list.menu.get().map(|key| untrack(|| opened(list, key))));
    el("div").class("menu-place").with(shown).done()
}

fn opened(list: List, key: Key) -> View {
    let console = list.console;
    let key = held(key);
    let row = known(move || key.with(|key| console.rows(|store, _| store.get(key).cloned())));
    let first = row.get_untracked();
    let name = first.as_ref().map_or_else(|| key.with(|key| key.id.to_string()), |row| row.title().to_owned());
    let is_gone = known(move || row.with(Option::is_none));
    let offer: Known<Offer> = known(move || {
        let Some(session) = row.with(|row| row.as_ref().map(Row::session)) else { return Offer::default() };
        key.with(|key| console.desk(key.array, |desk| told(desk, &session))).unwrap_or_default()
    });
    // The items stay in their places as long as the menu is open, whatever becomes of the session.
    let actions: Vec<ActionId> = offer.with_untracked(|(verdicts, _)| verdicts.iter().map(|(id, _)| *id).collect());
    let work = first.map(|row| row.work).unwrap_or_default();
    let state = live(move || {
        let told = row.with(|row| {
            row.as_ref().map(|row| (row.phase(), row.state.label().to_owned(), row.state.name().to_owned()))
        });
        match told {
            Some((phase, label, raw)) => state_chip(phase, label, Some(raw)),
            None => el("span").with("This is gone: its array does not have it any more.").done(),
        }
    });
    let link = key.with(|key| list.address(key)).map(|route| route.write()).unwrap_or_default();
    let page = link.clone();
    let mut items = vec![
        item("a", "Open").set("href", link.clone()).on("click", move |_| list.menu.set(None)),
        item("a", "Open in new tab")
            .set("href", link)
            .set("target", "_blank")
            .set("rel", "noopener")
            .on("click", move |_| list.close_menu()),
        item("button", "Copy link").on("click", move |_| {
            list.close_menu();
            list.copy("Link to this", platform::whole_address(&page));
        }),
    ];
    items.extend(actions.into_iter().filter_map(|id| {
        let action = work.lifecycle().action(id)?;
        Some(action_item(list, key, offer, is_gone, id, action.label, action.name))
    }));
    let count = items.len();
    let items: Vec<View> =
        items.into_iter().enumerate().map(|(at, item)| item.set("data-item", at.to_string()).done()).collect();
    let at = held(0usize);
    let whole = el("div")
        .class("row-menu")
        .set("role", "menu")
        .set("aria-label", format!("Actions for {name}"))
        .on("keydown", move |event| press(list, at, count, &event))
        .with(
            el("div")
                .class("menu-head")
                .set("role", "presentation")
                .with(el("strong").with(name.clone()))
                .with(el("span").set("role", "status").class("menu-state").with(state)),
        )
        .with(items);
    let element = whole.element().clone();
    let outside = element.clone();
    platform::on_press(move |press| {
        let opener = list.opener.get();
        let elsewhere = |event: &web_sys::Event| {
            !platform::is_within(event, &outside) && !opener.as_ref().is_some_and(|opener| opener.holds(event))
        };
        if press.is_some_and(elsewhere) {
            list.menu.set(None);
        }
    });
    request_animation_frame(move || {
        // The page may be left before the frame is drawn.
        if let Some(opener) = list.opener.try_with(Clone::clone).flatten() {
            platform::put_beside(&element, &opener);
        }
        platform::focus_where_it_is("[data-item='0']");
    });
    whole.done()
}

fn item(tag: &'static str, label: &'static str) -> El {
    let item = el(tag).set("role", "menuitem").set("tabindex", "-1").class("menu-item");
    let item = if tag == "button" { item.set("type", "button") } else { item };
    item.with(el("span").class("menu-label").with(label))
}

/// An action with its verdict. What is refused stays in its place, with the reason.
fn action_item(
    list: List,
    key: Held<Key>,
    offer: Known<Offer>,
    is_gone: Known<bool>,
    id: ActionId,
    label: &'static str,
    name: &'static str,
) -> El {
    let why = known(move || {
        offer.with(|(verdicts, held)| {
            let verdict = verdicts.iter().find(|(other, _)| *other == id).map(|(_, verdict)| *verdict);
            match (verdict, *held) {
                _ if is_gone.get() => (true, None),
                (Some(verdict @ Verdict::Refused(_)), _) => (true, reason(&verdict)),
                (_, Some(held)) => (true, Some(held.to_owned())),
                (Some(Verdict::Allowed), None) => (false, None),
                (Some(verdict), None) => (false, reason(&verdict)),
                // The session follows other rules than when the menu was opened.
                (None, None) => (true, None),
            }
        })
    });
    let choose = move |_| {
        if why.with_untracked(|(refused, _)| *refused) {
            return;
        }
        // The dialog gives the focus back to what has it now.
        list.close_menu();
        let key = key.get();
        list.console.hear(key.array, Event::Ask { session: key.id.to_string(), action: id });
    };
    let (label_id, why_id) = (format!("menu-{name}"), format!("menu-why-{name}"));
    el("button")
        .set("type", "button")
        .set("role", "menuitem")
        .set("tabindex", "-1")
        .set("data-action", name)
        .set("aria-disabled", live(move || why.with(|(refused, _)| *refused)))
        .set("aria-labelledby", label_id.clone())
        .set("aria-describedby", why_id.clone())
        .class("menu-item menu-action")
        .on("click", choose)
        .with(el("span").class("menu-label").set("id", label_id).with(live(move || {
            let doubtful = why.with(|(refused, why)| !refused && why.is_some());
            if doubtful { format!("{label} ?") } else { label.to_owned() }
        })))
        .with(el("span").class("menu-why").set("id", why_id).with(live(move || why.with(|(_, why)| why.clone()))))
}

/// What a key does in the menu of `count` items.
fn press(list: List, at: Held<usize>, count: usize, event: &web_sys::Event) {
    let present = at.get();
    let to = match platform::key_of(event).as_str() {
        "ArrowDown" => (present + 1) % count.max(1),
        "ArrowUp" => present.checked_sub(1).unwrap_or(count.saturating_sub(1)),
        "Home" => 0,
        "End" => count.saturating_sub(1),
        "Escape" | "Tab" => {
            event.prevent_default();
            event.stop_propagation();
            list.close_menu();
            return;
        }
        " " => {
            // A link does not hear the space bar by itself.
            event.prevent_default();
            platform::click(&format!("[data-item='{present}']"));
            return;
        }
        _ => return,
    };
    event.prevent_default();
    at.set(to);
    platform::focus_where_it_is(&format!("[data-item='{to}']"));
}
