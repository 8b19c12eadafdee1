//! What can be wrong with the fleet, by name.

use leptos::prelude::{event_target_value, untrack};

use super::Presenter;
use super::panel::all;
use crate::fleet::Route;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::cell;
use crate::wire::json::Object;
use crate::wire::powerstore::Resource;

/// A fault that lasts until it is taken back.
struct Fault {
    /// Its name at the door.
    name: &'static str,
    /// What the panel calls it.
    label: &'static str,
    /// Puts more into the body that asks for it.
    more: fn(Object) -> Object,
    /// A DFM has it too.
    of_dfm: bool,
}

static FAULTS: [Fault; 5] = [
    Fault { name: "source_unreachable", label: "Source arrays unreachable", more: |body| body, of_dfm: false },
    Fault { name: "status_500_empty", label: "Server errors", more: |body| body, of_dfm: true },
    Fault { name: "slow", label: "Slow answers", more: |body| body.number("delay_ms", 4000), of_dfm: true },
    Fault { name: "malformed_json", label: "Malformed answers", more: |body| body, of_dfm: true },
    Fault {
        name: UNKNOWN_STATE,
        label: "A state nobody knows",
        more: |body| body.text("state", "Contemplating"),
        of_dfm: true,
    },
];

const UNKNOWN_STATE: &str = "unknown_state";

/// The id of the DFM in the simulated fleet.
const DFM: &str = "dfm";

/// A switch for each fault of the chosen array, and one for the link.
pub fn faults(presenter: Presenter) -> View {
    let arrays = all(presenter, |told| told.arrays.clone());
    let ids = all(presenter, |told| told.arrays.iter().map(|(id, _)| id.clone()).collect::<Vec<String>>());
    let link_up = all(presenter, |told| told.link_up);
    let chosen = cell(None::<String>);
    let array = move || chosen.get().or_else(|| ids.get().into_iter().next()).unwrap_or_default();
    // What asks for a fault of the array that is chosen now.
    let wish = move |fault: &str| Object::new().text("array", &untrack(array)).text("fault", fault);
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
                let body = wish(fault.name);
                if untrack(is_on) {
                    return presenter.make("fault", body.flag("clear", true).done());
                }
                let session = open_session(presenter, &untrack(array)).filter(|_| fault.name == UNKNOWN_STATE);
                let body = match session {
                    Some(session) => body.text("session", &session),
                    None => body,
                };
                presenter.make("fault", (fault.more)(body).done());
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
            presenter.make("fault", wish("expire_logins").done());
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

/// The session of this array whose page is open, if it can be in a state that nobody knows: replications are not theirs
/// alone, and the steps of jobs are not shown so.
fn open_session(presenter: Presenter, of: &str) -> Option<String> {
    let console = presenter.console.get()?;
    console.route.with_untracked(|route| match route {
        Route::Session { array, resource, session, .. }
            if array == of && !matches!(resource, Resource::Replication | Resource::Job) =>
        {
            Some(session.clone())
        }
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
