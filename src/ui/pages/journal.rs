//! What persons asked for in this page, and what came of it.

use leptos::prelude::*;

use crate::array::{Deed, DeedEnd};
use crate::fleet::{Route, format};
use crate::ui::components::wire::exchange;
use crate::ui::console::Console;
use crate::ui::platform;

/// The journal, newest first, and its export.
pub fn journal(console: Console) -> AnyView {
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
    let deeds =
        Memo::new(move |_| console.journal(|journal| journal.newest_first().into_iter().cloned().collect::<Vec<_>>()));
    let empty = Memo::new(move |_| deeds.with(Vec::is_empty));
    let lines = move || {
        if empty.get() {
            return view! { <p class="empty">"Nothing was asked for yet. Every action that is sent from this page is kept here until the page is closed."</p> }
                .into_any();
        }
        view! {
            <div class="scroll-x">
            <table class="plain" aria-label="Journal">
                <thead>
                    <tr><th>"Sent"</th><th>"Who"</th><th>"Action"</th><th>"Import"</th><th>"State"</th><th>"What came of it"</th></tr>
                </thead>
                <tbody>
                    <For
                        each=move || deeds.get()
                        key=|deed| (deed.array.clone(), deed.number, deed.settled_at, deed.state_after.clone(), deed.end.is_settled())
                        children=move |deed| line(console, &deed)
                    />
                </tbody>
            </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="page">
            <h1 tabindex="-1">"Journal"</h1>
            <p class="tools">
                <button type="button" disabled=move || empty.get() on:click=move |_| save(true)>"Export JSON"</button>
                <button type="button" disabled=move || empty.get() on:click=move |_| save(false)>"Export CSV"</button>
            </p>
            {lines}
        </section>
    }
    .into_any()
}

fn line(console: Console, deed: &Deed) -> AnyView {
    let array = console.array(&deed.array).map(|array| console.array_name(array)).unwrap_or_default();
    let state = |state: &Option<String>| state.clone().unwrap_or_else(|| format::NOT_KNOWN.to_owned());
    let class = match deed.end {
        DeedEnd::Completed => "done",
        DeedEnd::Running => "busy",
        DeedEnd::Unknown | DeedEnd::MovedByNobodyKnows | DeedEnd::NotArrived => "unsure",
        DeedEnd::Refused(_) | DeedEnd::Failed(_) => "bad",
    };
    let job = deed.job.as_ref().map(|job| format!("Job {job}. "));
    let address = Route::import(&deed.array, &deed.session).write();
    view! {
        <tr class=format!("deed {class}")>
            <td>{platform::date_and_time(deed.sent_at)}</td>
            <td>{deed.user.clone()}</td>
            <td>{deed.action}</td>
            <td><a href=address>{deed.session_name.clone()}</a><br/><small>{array}</small></td>
            <td>{state(&deed.state_before)}" → "{state(&deed.state_after)}</td>
            <td>
                <p class="deed-end">{deed.end.sentence()}</p>
                <details><summary>{job}"Request and answer"</summary>{exchange(&deed.exchange)}</details>
            </td>
        </tr>
    }
    .into_any()
}
