//! What persons asked for in this page, and what came of it.

use crate::array::{Deed, DeedEnd};
use crate::fleet::{Journal, Route, format};
use crate::ui::components::wire::exchange;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{View, el, keyed, live};
use crate::ui::state::{held, known};

/// The journal, newest first, and its export.
pub fn journal(console: Console) -> View {
    let site = console.config(|config| config.title.clone());
    platform::set_title(&format!("Journal · {site}"));
    let save = move |json: bool| {
        let text = console.journal(|journal| {
            let deeds = journal.newest_first();
            if json { crate::fleet::journal::to_json(&deeds) } else { crate::fleet::journal::to_csv(&deeds) }
        });
        let saved = if json {
            platform::save("journal.json", "application/json", &text)
        } else {
            platform::save("journal.csv", "text/csv", &text)
        };
        if !saved {
            console.say("The browser did not save the file.".to_owned());
        }
    };
    let empty = known(move || console.journal(Journal::is_empty));
    let lines = live(move || {
        if empty.get() {
            return el("p")
                .class("empty")
                .with(
                    "Nothing was asked for yet. Every action that is sent from this page is kept here \
    until the page is closed.",
                )
                .done();
        }
        let names = move || console.journal(|journal| journal.newest_first().into_iter().map(name_of).collect());
        el("div")
            .class("scroll-x")
            .with(
                el("table")
                    .class("plain")
                    .set("aria-label", "Journal")
                    .with(
                        el("thead").with(
                            el("tr")
                                .with(el("th").with("Sent"))
                                .with(el("th").with("Who"))
                                .with(el("th").with("Action"))
                                .with(el("th").with("Import"))
                                .with(el("th").with("State"))
                                .with(el("th").with("What came of it")),
                        ),
                    )
                    .with(el("tbody").with(keyed(names, move |name| line(console, name.to_owned())))),
            )
            .done()
    });
    el("section")
        .class("page")
        .with(el("h1").set("tabindex", "-1").with("Journal"))
        .with(
            el("p")
                .class("tools")
                .with(
                    el("button")
                        .set("type", "button")
                        .state("disabled", empty.live())
                        .on("click", move |_| save(true))
                        .with("Export JSON"),
                )
                .with(
                    el("button")
                        .set("type", "button")
                        .state("disabled", empty.live())
                        .on("click", move |_| save(false))
                        .with("Export CSV"),
                ),
        )
        .with(lines)
        .done()
}

fn name_of(deed: &Deed) -> String {
    format!("{}/{}", deed.array, deed.number)
}

/// Something of the deed with this name.
fn look<T>(console: Console, name: &str, read: impl FnOnce(&Deed) -> T) -> Option<T> {
    console.journal(|journal| journal.newest_first().into_iter().find(|deed| name_of(deed) == name).map(read))
}

fn line(console: Console, name: String) -> View {
    let Some(first) = look(console, &name, Deed::clone) else { return View::none() };
    let array = console.array(&first.array).map(|array| console.array_name(array)).unwrap_or_default();
    let deed = held(name);
    let class = live(move || {
        let class = |deed: &Deed| match deed.end {
            DeedEnd::Completed => "deed done",
            DeedEnd::Running => "deed busy",
            DeedEnd::Refused(_) | DeedEnd::Failed(_) => "deed bad",
            _ => "deed unsure",
        };
        deed.with(|name| look(console, name, class)).unwrap_or_default()
    });
    let states = live(move || {
        let state = |state: &Option<String>| state.clone().unwrap_or_else(|| format::NOT_KNOWN.to_owned());
        let states = |deed: &Deed| format!("{} → {}", state(&deed.state_before), state(&deed.state_after));
        deed.with(|name| look(console, name, states))
    });
    let end = live(move || deed.with(|name| look(console, name, |deed| deed.end.sentence())));
    let job = live(move || {
        let job = deed.with(|name| look(console, name, |deed| deed.job.clone())).flatten();
        job.map_or_else(|| "Request and answer".to_owned(), |job| format!("Job {job}. Request and answer"))
    });
    let wire = live(move || deed.with(|name| look(console, name, |deed| exchange(&deed.exchange))));
    let address = Route::session(&first.array, first.resource, &first.session).write();
    el("tr")
        .class(class)
        .with(el("td").with(platform::date_and_time(first.sent_at)))
        .with(el("td").with(first.user))
        .with(el("td").with(first.action))
        .with(
            el("td")
                .with(el("a").set("href", address).with(first.session_name))
                .with(el("br"))
                .with(el("small").with(array)),
        )
        .with(el("td").with(states))
        .with(
            el("td")
                .with(el("p").class("deed-end").with(end))
                .with(el("details").with(el("summary").with(job)).with(wire)),
        )
        .done()
}
