//! What can be wrong with the fleet, by name.

use leptos::prelude::event_target_value;

use super::Presenter;
use super::panel::all;
use crate::fleet::Route;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::cell;
use crate::wire::json::Object;

/// A fault that lasts until it is taken back: its name at the door, what the panel calls it, and more of the body
/// that asks for it.
struct Fault {
    name: &'static str,
    label: &'static str,
    more: &'static str,
    /// A DFM has it too.
    of_dfm: bool,
}

static FAULTS: [Fault; 5] = [
    Fault { name: "source_unreachable", label: "Source arrays unreachable", more: "", of_dfm: false },
    Fault { name: "status_500_empty", label: "Server errors", more: "", of_dfm: true },
    Fault { name: "slow", label: "Slow answers", more: ",\"delay_ms\":4000", of_dfm: true },
    Fault { name: "malformed_json", label: "Malformed answers", more: "", of_dfm: true },
    Fault { name: "unknown_state", label: "A state nobody knows", more: ",\"state\":\"Contemplating\"", of_dfm: true },
];

/// The id of the DFM in the simulated fleet.
const DFM: &str = "dfm";

/// A switch for each fault of the chosen array, and one for the link.
pub fn faults(presenter: Presenter) -> View {
    let arrays = all(presenter, |told| told.arrays.clone());
    let ids = all(presenter, |told| told.arrays.iter().map(|(id, _)| id.clone()).collect::<Vec<String>>());
    let link_up = all(presenter, |told| told.link_up);
    let chosen = cell(None::<String>);
    let array = move || chosen.get().or_else(|| ids.get().into_iter().next()).unwrap_or_default();
    let choices = live(move || {
        let choice = |id: String| el("option").set("value", id.clone()).with(id).done();
        ids.get().into_iter().map(choice).collect::<Vec<View>>()
    });
    let switches: Vec<View> = FAULTS
        .iter()
        .map(|fault| {
            let is_on = move || {
                let array = array();
                arrays.with(|all| all.iter().any(|(id, on)| *id == array && on.iter().any(|one| one == fault.name)))
            };
            let flip = move || {
                let array = chosen.get_untracked().or_else(|| ids.with_untracked(|ids| ids.first().cloned()));
                let array = array.unwrap_or_default();
                let on = arrays.with_untracked(|all| {
                    all.iter().any(|(id, on)| *id == array && on.iter().any(|one| one == fault.name))
                });
                let body = Object::new().text("array", &array).text("fault", fault.name);
                if on {
                    return presenter.make("fault", body.flag("clear", true).done());
                }
                let body = match open_session(presenter, &array).filter(|_| fault.name == "unknown_state") {
                    Some(session) => body.text("session", &session),
                    None => body,
                };
                let mut body = body.done();
                body.insert_str(body.len() - 1, fault.more);
                presenter.make("fault", body);
            };
            let button = switch(fault.label, is_on, flip);
            el("li").state("hidden", live(move || !fault.of_dfm && array() == DFM)).with(button).done()
        })
        .collect();
    let link = switch(
        "Link between the arrays down",
        move || !link_up.get(),
        move || {
            let body = Object::new().text("array", "frankfurt").text("fault", "link_down");
            let body = if link_up.with_untracked(|up| *up) { body } else { body.flag("clear", true) };
            presenter.make("fault", body.done());
        },
    );
    let expire = el("button")
        .set("type", "button")
        .on("click", move |_| {
            let array = chosen.get_untracked().or_else(|| ids.with_untracked(|ids| ids.first().cloned()));
            let body = Object::new().text("array", &array.unwrap_or_default()).text("fault", "expire_logins");
            presenter.make("fault", body.done());
        })
        .with("Let the logins expire");
    el("section")
        .set("aria-label", "Faults")
        .with(el("h3").with("Faults"))
        .with(el("ul").class("presenter-faults").with(el("li").with(link)))
        .with(
            el("label").class("presenter-row").with("On ").with(
                el("select").on("change", move |event| chosen.set(Some(event_target_value(&event)))).with(choices),
            ),
        )
        .with(
            el("ul")
                .class("presenter-faults")
                .with(switches)
                .with(el("li").state("hidden", live(move || array() == DFM)).with(expire)),
        )
        .done()
}

/// The session of this array whose page is open: what a fault of one session is for.
fn open_session(presenter: Presenter, of: &str) -> Option<String> {
    let console = presenter.console.get()?;
    console.route.with_untracked(|route| match route {
        Route::Session { array, session, .. } if array == of => Some(session.clone()),
        _ => None,
    })
}

fn switch(label: &'static str, is_on: impl Fn() -> bool + 'static, flip: impl Fn() + 'static) -> View {
    el("button")
        .set("type", "button")
        .class("switch")
        .set("role", "switch")
        .set("aria-checked", live(is_on))
        .on("click", move |_| flip())
        .with(label)
        .done()
}
