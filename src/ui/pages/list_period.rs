//! How far back protection jobs are listed, and what their servers are asked for.

use leptos::prelude::*;

use super::list_state::List;
use crate::fleet::search::exact;
use crate::fleet::{ArrayIndex, Days, Filter, Route};
use crate::operation::{Event, JobWish};
use crate::ui::platform::Alarm;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{after_drawing, held, known};
use crate::wire::powerstore::Resource;

/// The periods that are offered, in days; the last one is all time.
const PERIODS: [(&str, &str); 5] = [
    ("1", "last 24 hours"),
    ("7", "last 7 days"),
    ("30", "last 30 days"),
    ("365", "last year"),
    ("all", "all that are kept"),
];
/// Whoever types is not followed letter by letter, milliseconds.
const PAUSE: i64 = 300;

fn wish(filter: &Filter) -> JobWish {
    let asked = |field: &str| exact(&filter.text, field);
    JobWish { days: filter.days.0, state: asked("state"), kind: asked("type"), dataset: asked("dataset") }
}

/// The servers whose jobs the list shows.
fn servers(list: List) -> Vec<ArrayIndex> {
    let shows = list.resource().is_none_or(|resource| resource.shows(Resource::ProtectionJob));
    let mut arrays = list.console.arrays();
    arrays.retain(|array| shows && list.console.is_dfm(*array));
    arrays
}

/// The choice of the period; nothing where no protection jobs are listed.
pub fn period(list: List) -> View {
    let servers = untrack(|| servers(list));
    if servers.is_empty() {
        return View::none();
    }
    let console = list.console;
    let alarm = held(Alarm::default());
    after_drawing(move || {
        let (wish, servers) = (list.query.with(|query| wish(&query.filter)), servers.clone());
        let ask = move || {
            for array in servers {
                console.hear(array, Event::ListJobs(wish.clone()));
            }
        };
        let _ = alarm.update(|alarm| alarm.set(PAUSE, ask));
    });
    let days = known(move || list.query.with(|query| query.filter.days));
    let option = |(value, label): &(&'static str, &'static str)| {
        let own = Days(value.parse().ok());
        el("option").set("value", *value).state("selected", live(move || days.get() == own)).with(*label).done()
    };
    el("label")
        .class("choice")
        .with("Protection jobs begun in the ")
        .with(
            el("select")
                .on("change", move |event| {
                    let days = Days(event_target_value(&event).parse().ok());
                    list.filter(|filter| filter.days = days);
                })
                .with(PERIODS.iter().map(option).collect::<Vec<View>>()),
        )
        .done()
}

/// Servers whose jobs are not in the list because nobody is logged in.
pub fn not_seen(list: List) -> View {
    let lines = live(move || {
        let console = list.console;
        let line = |array: ArrayIndex| {
            let entry = console.entry(array)?;
            let link = el("a").set("href", Route::Array(entry.id).write()).with(format!("Log in to {}", entry.name));
            Some(el("p").class("small").with(link).with(" to see its protection jobs.").done())
        };
        servers(list).into_iter().filter(|array| !console.is_in(*array)).filter_map(line).collect::<Vec<View>>()
    });
    el("div").with(lines).done()
}
