//! Both ends of a replication side by side, when both arrays are configured.

use leptos::prelude::*;

use super::list_row::{array_time, lag, role};
use super::session::Subject;
use crate::fleet::{ArrayIndex, Key, Route, Row};
use crate::operation::Event;
use crate::ui::components::phase::state_chip;
use crate::ui::console::Console;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{Held, Known, after_drawing, known};
use crate::wire::powerstore::Resource;

/// The end that another array tells of: both know the session by the same id.
pub(super) fn other_end(console: Console, array: ArrayIndex, key: Held<Key>) -> Known<Option<(ArrayIndex, Row)>> {
    known(move || {
        key.with(|key| {
            console.rows(|store, _| {
                let others = console.arrays().into_iter().filter(|other| *other != array);
                let row =
                    |other: ArrayIndex| Some((other, store.get(&crate::ui::console::key(other, &key.id))?.clone()));
                others.filter_map(row).find(|(_, row)| row.resource == Resource::Replication)
            })
        })
    })
}

/// Where each end stands, and what it is; nothing for other sorts of work.
pub fn ends(subject: Subject) -> View {
    let Subject { console, array, session, other, .. } = subject;
    if session
        .with_untracked(|session| session.as_ref().is_none_or(|session| session.resource != Resource::Replication))
    {
        return View::none();
    }
    after_drawing(move || {
        let told = other.with(|other| other.as_ref().map(|(_, row)| Box::new(row.session())));
        untrack(|| console.hear(array, Event::OtherEnd(told)));
    });
    let here = known(move || session.with(|session| session.as_ref().map(|session| Row::from_session(array, session))));
    let shown = live(move || {
        let mut cards: Vec<View> = Vec::new();
        here.with(|row| cards.extend(row.as_ref().map(|row| end(console, array, row, (&subject.name(), None)))));
        other.with(|other| {
            cards.extend(other.as_ref().map(|(of, row)| {
                let id = console.entry(*of).map(|entry| entry.id).unwrap_or_default();
                let page = Route::session(&id, Resource::Replication, &row.key.id);
                end(console, *of, row, (row.title(), Some(page)))
            }));
        });
        cards
    });
    let alone = live(move || {
        let alone = other.with(Option::is_none);
        alone.then(|| {
            let words = "The other end is not shown: its array is not configured here, or nobody is logged in to it.";
            el("p").class("small").with(words).done()
        })
    });
    let kept = live(move || here.with(|row| row.as_ref().and_then(kept)).map(|words| el("p").with(words).done()));
    el("section")
        .class("ends")
        .set("aria-label", "Both ends")
        .with(el("h2").with("Both ends"))
        .with(el("ul").class("cards").with(shown))
        .with(alone)
        .with(kept)
        .done()
}

/// What may not be done to what is replicated while this is the end that is copied to.
fn kept(row: &Row) -> Option<&'static str> {
    (row.role.as_deref() == Some("Destination")).then_some(
        "As long as this end is the destination, what is replicated takes no writes here but those of a failover \
         test; it cannot be resized, restored from a snapshot or given other members.",
    )
}

fn end(console: Console, array: ArrayIndex, row: &Row, (title, page): (&str, Option<Route>)) -> View {
    let name = console.array_name(array);
    let heading = match page {
        Some(page) => el("a").set("href", page.write()).with(name.clone()).done(),
        None => el("span").with(name.clone()).done(),
    };
    let words = row.role.as_deref().map_or_else(|| "role not told".to_owned(), |word| role(word).to_owned());
    let late = if row.last_sync().is_some() {
        format!(" · behind by {}", lag(row, array_time(console, array)))
    } else {
        String::new()
    };
    el("li")
        .class("card")
        .set("aria-label", name)
        .with(el("h3").with(heading).with(format!(" · {title}")))
        .with(
            el("p")
                .with(state_chip(row.phase(), row.state.label().to_owned(), Some(row.state.name().to_owned())))
                .with(format!(" {words}{late}")),
        )
        .done()
}
