//! The end of the form: what is missing, the exact request, one sending, and what came of it.

use leptos::prelude::*;

use super::new_form::{Form, part, place_of};
use crate::array::check::PlanField;
use crate::fleet::Route;
use crate::lifecycle::import_volume::CREATE;
use crate::operation::{Access, Act, Event, Stage, kind_of};
use crate::ui::components::act::creation_panel;
use crate::ui::components::begin::noun;
use crate::ui::components::wire::exchange;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{Cell, Known, after_drawing, cell, known};
use crate::wire::powerstore::Resource;

/// What the form needs of a creation.
#[derive(Clone, PartialEq)]
struct Created {
    key: String,
    stage: Stage,
    /// The id of what it has made.
    id: Option<String>,
    resource: Resource,
    /// The cutover as asked for, and as the array tells it.
    automatic: (bool, Option<bool>),
}

impl Created {
    fn of(act: &Act) -> Created {
        let asked = act.plan.as_ref().is_some_and(|plan| plan.automatic_cutover);
        let told = act.fresh.as_ref().and_then(|session| session.automatic_cutover());
        Created {
            key: act.session.clone(),
            stage: act.stage.clone(),
            id: act.created.clone(),
            resource: act.plan.as_ref().map(|plan| plan.resource).unwrap_or_default(),
            automatic: (asked, told),
        }
    }

    /// From the sending on.
    fn is_sent(&self) -> bool {
        !matches!(self.stage, Stage::Preparing | Stage::Unprepared(_) | Stage::NameTaken | Stage::WaitingForLogin)
    }
}

/// True from the sending on, unless nothing came of it: the form makes room for the result.
pub fn is_away(form: Form) -> Known<bool> {
    let Form { console, array, .. } = form;
    known(move || {
        let is_away = |act: &Act| act.is_under_way() || act.stage == Stage::Settled && act.created.is_some();
        let here =
            console.desk(array, |desk| desk.creation().is_some_and(|act| act.is_of(form.resource) && is_away(act)));
        here == Some(true)
    })
}

/// What is missing, the request, the button, and what came of it.
pub fn send(form: Form) -> View {
    let Form { console, array, .. } = form;
    let creation = known(move || {
        let ours = |act: &&Act| act.is_of(form.resource);
        console.desk(array, |desk| desk.creation().filter(ours).map(Created::of)).flatten()
    });
    let asking = cell(false);
    let is_away = is_away(form);
    after_drawing(move || {
        let is_made = |made: &Created| made.stage == Stage::Settled && made.id.is_some();
        if creation.with(|creation| creation.as_ref().is_some_and(is_made)) {
            // Who comes back to the form begins with the next one.
            console.keep_draft(array, &untrack(|| form.draft()).another());
        }
    });
    let inside = live(move || {
        let away = is_away.get();
        untrack(|| if away { result(form, creation) } else { before(form, creation, asking) })
    });
    let inside = vec![creation_panel(console, array), inside.view(), earlier(form)];
    part("Create", inside.view())
}

fn before(form: Form, creation: Known<Option<Created>>, asking: Cell<bool>) -> View {
    let Form { console, array, .. } = form;
    let blocking = known(move || {
        form.findings.with(|found| {
            let blocking = found.iter().filter(|finding| finding.blocks);
            blocking.map(|finding| (finding.field, finding.words.clone())).collect::<Vec<_>>()
        })
    });
    let held = known(move || {
        let told = console.desk(array, |desk| {
            if desk.settings().read_only {
                Some("This console is read-only: config.json says so. Nothing can be sent from here.")
            } else if !matches!(desk.access(), Access::In { .. }) {
                Some("Log in first. What you typed stays.")
            } else if desk.creation().is_some_and(|act| act.stage == Stage::Preparing) {
                Some("Looking whether the name is free…")
            } else if desk.creation().is_some_and(Act::is_under_way) {
                Some("Another one is on its way.")
            } else {
                None
            }
        });
        told.flatten()
    });
    let missing = live(move || {
        let all = blocking.get();
        if all.is_empty() {
            return View::none();
        }
        let line = |(field, words): (PlanField, String)| {
            let (id, label) = place_of(field);
            let go = move |_| {
                form.touch(field);
                platform::focus_first(&format!("#{id}"));
            };
            el("li")
                .with(el("button").set("type", "button").class("link").on("click", go).with(label))
                .with(": ")
                .with(words)
                .done()
        };
        let lines = all.into_iter().map(line).collect::<Vec<View>>();
        vec![el("p").with("Before it can be sent:").view(), el("ul").class("missing-list").with(lines).view()].view()
    });
    let is_blocked = known(move || held.get().is_some() || blocking.with(|all| !all.is_empty()));
    let ask = move |_| {
        if held.get_untracked().is_some() {
            return;
        }
        let first = blocking.with_untracked(|all| {
            all.iter().for_each(|(field, _)| form.touch(*field));
            all.first().map(|(field, _)| *field)
        });
        match first {
            Some(field) => _ = platform::focus_first(&format!("#{}", place_of(field).0)),
            None => {
                asking.set(true);
                platform::focus_later("#plan-send");
            }
        }
    };
    let now = move |_| {
        if !is_blocked.get_untracked() {
            asking.set(false);
            console.hear(array, Event::Create { plan: Box::new(untrack(|| form.draft()).plan()) });
        }
    };
    let request = live(move || {
        let plan = form.draft().plan();
        console.desk(array, |desk| exchange(&desk.creation_preview(&plan, platform::now())))
    });
    let opened = asking.live();
    let name = console.array_name(array);
    let step = live(move || {
        let name = name.clone();
        if asking.get() {
            let words = format!("Send this request to {name} once? Whether this login may do it, the array decides.");
            el("div")
                .class("ask")
                .set("role", "group")
                .set("aria-label", "Confirm")
                .with(el("p").with(words))
                .with(
                    el("button").set("type", "button").on("click", move |_| asking.set(false)).with("Back to the form"),
                )
                .with(
                    el("button")
                        .set("type", "button")
                        .class("main")
                        .set("id", "plan-send")
                        .set("aria-disabled", is_blocked.live())
                        .on("click", now)
                        .with("Send now"),
                )
                .done()
        } else {
            el("button")
                .set("type", "button")
                .class("main")
                .set("aria-disabled", is_blocked.live())
                .set("aria-describedby", "plan-missing")
                .on("click", ask)
                .with(format!("Create {}", noun(form.resource)))
                .done()
        }
    });
    vec![
        el("div")
            .set("id", "plan-missing")
            .with(missing)
            .with(el("p").class("held").with(live(move || held.get().map(str::to_owned))))
            .view(),
        unsent(form, creation),
        el("details")
            .class("exact")
            .set("open", opened)
            .with(el("summary").with("The exact request"))
            .with(request)
            .view(),
        el("div").class("send-row").with(step).view(),
    ]
    .view()
}

/// Why a creation was not sent.
fn unsent(form: Form, creation: Known<Option<Created>>) -> View {
    let Form { console, array, .. } = form;
    let words =
        live(move || {
            let made = creation.get().filter(|made| !made.is_sent())?;
            let again = move |_| {
                console.hear(array, Event::Create { plan: Box::new(untrack(|| form.draft()).plan()) });
            };
            Some(match made.stage {
            Stage::NameTaken => el("p").class("words bad").set("role", "alert")
                .with("Nothing was sent: the array has a session of this name already. Choose another name.")
                .done(),
            Stage::Unprepared(error) => el("div").class("words bad").set("role", "alert")
                .with("Nothing was sent: whether the name is free could not be read. ")
                .with(error.to_string())
                .with(" ")
                .with(el("button").set("type", "button").on("click", again).with("Try again"))
                .done(),
            Stage::WaitingForLogin => el("p").class("words").set("role", "status")
                .with("Nothing was sent: the login had ended. What you typed stays; log in and press the button again.")
                .done(),
            _ => return None,
        })
        });
    words.view()
}

/// What it has made.
fn result(form: Form, creation: Known<Option<Created>>) -> View {
    let Form { console, array, .. } = form;
    let shown = live(move || {
        let Created { key, id: Some(id), resource, automatic: (asked, told), stage: Stage::Settled } =
            creation.get()?
        else {
            return None;
        };
        let name = key.strip_prefix("name:").unwrap_or(&key).to_owned();
        let word = |automatic: bool| if automatic { "automatic" } else { "by hand" };
        // Of the others the array does not tell it.
        let cutover = (resource == Resource::Import).then(|| {
            let told = told.map_or("not told yet", word);
            vec![", ".view(), el("strong").with(format!("cutover: {told}")).view()].view()
        });
        let differs = told.filter(|told| *told != asked).map(|_| {
            let words = format!(
                "You asked for a cutover {}: the array holds another one. Look at the import before its copy ends.",
                word(asked)
            );
            el("p").class("words bad").set("role", "alert").with(words).done()
        });
        let of_array = console.entry(array).map(|entry| entry.id).unwrap_or_default();
        let another = move |_| {
            console.hear(array, Event::Dismiss { session: key.clone() });
            form.touched.set(Vec::new());
            form.proposed.set(String::new());
            form.change(&mut |draft| *draft = draft.another());
            platform::focus_later("#plan-source");
        };
        Some(
            el("div")
                .class("made")
                .set("role", "status")
                .with(
                    el("p")
                        .with(el("a").set("href", Route::session(&of_array, resource, &id).write()).with(name))
                        .with(" exists")
                        .with(cutover)
                        .with("."),
                )
                .with(differs)
                .with(
                    el("button")
                        .set("type", "button")
                        .class("main")
                        .on("click", another)
                        .with("Create another like this"),
                )
                .done(),
        )
    });
    shown.view()
}

/// The imports that were created on this visit.
fn earlier(form: Form) -> View {
    let Form { console, array, .. } = form;
    let all = known(move || {
        let of_array = console.entry(array).map(|entry| entry.id).unwrap_or_default();
        console.journal(|journal| {
            let label = kind_of(form.resource).lifecycle().action(CREATE).map(|action| action.label);
            let mut deeds = journal.newest_first();
            deeds.retain(|deed| {
                let is_here = deed.array == of_array && deed.resource == form.resource;
                is_here && Some(deed.action) == label && !deed.session.is_empty()
            });
            deeds.into_iter().map(|deed| (deed.session.clone(), deed.session_name.clone())).collect::<Vec<_>>()
        })
    });
    let shown = live(move || {
        let all = all.get();
        let of_array = console.entry(array).map(|entry| entry.id).unwrap_or_default();
        (!all.is_empty()).then(|| {
            let line = |(id, name): (String, String)| {
                el("li")
                    .with(el("a").set("href", Route::session(&of_array, form.resource, &id).write()).with(name))
                    .done()
            };
            el("section")
                .class("earlier")
                .set("aria-label", "Created on this visit")
                .with(el("h3").with("Created on this visit"))
                .with(el("ul").with(all.into_iter().map(line).collect::<Vec<View>>()))
                .done()
        })
    });
    shown.view()
}
