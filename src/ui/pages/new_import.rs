//! The form of a new import.
//!
//! What is typed lies in one [`Draft`], which the console keeps and the address holds: nothing typed is
//! lost by a reload, a login or a visit to another page. What the array would refuse is said beside the
//! field, as [`crate::array::check`] finds it.

use leptos::prelude::*;

use super::new_import_form::{Form, choice, field, part, said, select, text, tied};
use super::new_import_hosts::hosts;
use super::new_import_send::{is_away, send};
use super::new_import_source::source;
use super::unknown;
use crate::array::check::{ADDRESS_SINCE, PlanField, TYPE_SINCE};
use crate::array::plan::PlanKind;
use crate::fleet::Route;
use crate::operation::{Access, Browse, Catalog, Event, List, Stage, Why};
use crate::ui::components::login::login_form;
use crate::ui::components::schedule::{time_input, time_words};
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{after_drawing, call, known, when_left};
use crate::wire::powerstore::{Policy, Resource, VolumeGroup};

/// The page.
pub fn new_import(console: Console, array: &str) -> View {
    let Some(index) = console.array(array) else { return unknown::array(console, array) };
    let form = Form::open(console, index, array);
    let name = console.array_name(index);
    let site = console.config(|config| config.title.clone());
    platform::set_title(&format!("New import on {name} · {site}"));
    let remote = known(move || form.draft().plan.remote_system.clone());
    after_drawing(move || {
        let remote_system = Some(remote.get()).filter(|remote| !remote.is_empty());
        untrack(|| console.hear(index, Event::Browse(Some(Browse { remote_system }))));
    });
    after_drawing(move || form.follow_address());
    // What went through before is among those of this visit.
    let ended = console
        .desk(index, |desk| desk.creation().filter(|act| act.stage == Stage::Settled).map(|act| act.session.clone()));
    if let Some(session) = ended.flatten() {
        console.hear(index, Event::Dismiss { session });
    }
    let away = is_away(form);
    when_left(move || console.hear(index, Event::Browse(None)));
    let list = Route::all_of(array, Some(Resource::Import)).write();
    el("section")
        .class("page form-page")
        .with(
            el("p")
                .class("crumbs")
                .with(el("a").set("href", Route::all(Some(Resource::Import)).write()).with("Imports"))
                .with(" / ")
                .with(el("a").set("href", list).with(name.clone())),
        )
        .with(el("h1").set("tabindex", "-1").with("New import on ").with(name))
        .with(wants_login(form))
        .with(
            el("form")
                .class("plan")
                .set("aria-label", "New import")
                .set("novalidate", "")
                .on("submit", |event| event.prevent_default())
                .with(
                    el("div")
                        .class("parts")
                        .set("hidden", live(move || away.get().then_some("")))
                        .with(source(form))
                        .with(what(form))
                        .with(how(form))
                        .with(hosts(form))
                        .with(after(form))
                        .with(when(form))
                        .with(advanced(form)),
                )
                .with(send(form)),
        )
        .done()
}

/// The login, where nobody was logged in yet; one that has ended is asked for above every page.
fn wants_login(form: Form) -> View {
    let Form { console, array, .. } = form;
    let out = known(move || {
        console.desk(array, |desk| match desk.access() {
            Access::Out(Why::Expired | Why::CookieLost) | Access::Asking | Access::In { .. } => false,
            Access::Out(_) | Access::LoggingIn { .. } => true,
        })
    });
    let shown = live(move || {
        let out = out.get() == Some(true);
        out.then(|| untrack(|| el("div").class("panel").with(login_form(console, array)).done()))
    });
    shown.view()
}

fn what(form: Form) -> View {
    let inside = vec![
        text(
            form,
            PlanField::Name,
            |draft| &draft.plan.name,
            |draft, typed| draft.plan.name = typed,
            "Of the import session, unique on this array. No white space.",
        ),
        text(
            form,
            PlanField::Description,
            |draft| &draft.plan.description,
            |draft, typed| draft.plan.description = typed,
            "Free text, or nothing.",
        ),
    ];
    part("What", inside.view())
}

const PLUGIN: (&str, &str) =
    ("Non-disruptive", "No outage: the import plugin on every host moves the access. It must be installed.");
const AGENTLESS: (&str, &str) = (
    "Agentless",
    "One outage: you stop the application, enable the new volume, and point the hosts to it before the copy.",
);

fn how(form: Form) -> View {
    let has_types = known(move || form.has(TYPE_SINCE));
    let inside = live(move || {
        if !has_types.get() {
            return el("p")
                .with("This release of the array knows non-disruptive imports only: no type is sent.")
                .done();
        }
        let plugin = choice(
            form,
            "plan-kind",
            PLUGIN,
            |draft| draft.plan.kind == Some(PlanKind::NonDisruptive),
            |draft, _| draft.plan.kind = Some(PlanKind::NonDisruptive),
        );
        let agentless = choice(
            form,
            "plan-kind",
            AGENTLESS,
            |draft| draft.plan.kind == Some(PlanKind::Agentless),
            |draft, _| draft.plan.kind = Some(PlanKind::Agentless),
        );
        vec![plugin, agentless].view()
    });
    let group = el("div").class("ticks").set("role", "radiogroup").set("aria-label", "Type").set("tabindex", "-1");
    part("How", vec![tied(form, PlanField::Kind, group).with(inside).view(), said(form, PlanField::Kind)].view())
}

fn policies(catalog: &Catalog) -> Vec<(String, String)> {
    let policy = |policy: &Policy| {
        let more = if policy.replicates == Some(true) { " (replicates)" } else { "" };
        (policy.id.clone(), format!("{}{more}", policy.name.as_deref().unwrap_or(&policy.id)))
    };
    catalog.policies.iter().map(policy).collect()
}

fn volume_groups(catalog: &Catalog) -> Vec<(String, String)> {
    let group = |group: &VolumeGroup| (group.id.clone(), group.name.as_ref().unwrap_or(&group.id).clone());
    catalog.volume_groups.iter().filter(|group| group.is_importing != Some(true)).map(group).collect()
}

fn after(form: Form) -> View {
    let is_group = known(move || form.draft().is_group);
    let volume_group = live(move || {
        if is_group.get() {
            return View::none();
        }
        select(
            form,
            PlanField::VolumeGroup,
            &[List::VolumeGroups],
            "None",
            volume_groups,
            |draft| draft.plan.volume_group.as_deref().unwrap_or_default(),
            |draft, id| draft.plan.volume_group = Some(id).filter(|id| !id.is_empty()),
        )
    });
    let policy = select(
        form,
        PlanField::Policy,
        &[List::Policies],
        "None",
        policies,
        |draft| draft.plan.policy.as_deref().unwrap_or_default(),
        |draft, id| draft.plan.policy = Some(id).filter(|id| !id.is_empty()),
    );
    let automatic = choice(
        form,
        "",
        (
            "Cut over automatically",
            "The array commits as soon as the copy is complete; after that there is no way back to the source. Otherwise you decide when.",
        ),
        |draft| draft.plan.automatic_cutover,
        |draft, on| draft.plan.automatic_cutover = on,
    );
    part("After", vec![policy, volume_group.view(), automatic].view())
}

fn when(form: Form) -> View {
    let later = known(move || form.draft().later);
    let at = known(move || form.draft().plan.scheduled);
    let time = live(move || {
        if !later.get() {
            return View::none();
        }
        let input = time_input(at, call(move |at| form.change(&mut |draft| draft.plan.scheduled = at)));
        untrack(|| field(form, PlanField::Schedule, input, time_words(form.console, form.array, at)))
    });
    let now = ("Now", "It waits in the array's queue until its turn comes.");
    let then = ("At a time", "It waits until then, and then for its turn.");
    let choices = el("div")
        .class("ticks")
        .set("role", "radiogroup")
        .set("aria-label", "When")
        .with(choice(form, "plan-when", now, |draft| !draft.later, |draft, _| draft.later = false))
        .with(choice(form, "plan-when", then, |draft| draft.later, |draft, _| draft.later = true));
    part("When", vec![choices.view(), time.view()].view())
}

fn advanced(form: Form) -> View {
    let filled = !untrack(|| form.draft()).plan.discovery_address.is_empty();
    let applies = known(move || form.has(ADDRESS_SINCE) || !form.draft().plan.discovery_address.is_empty());
    let address = text(
        form,
        PlanField::Address,
        |draft| &draft.plan.discovery_address,
        |draft, typed| draft.plan.discovery_address = typed,
        "The iSCSI address by which this array's storage network is found, or nothing.",
    );
    el("details")
        .set("open", filled.then_some(""))
        .set("hidden", live(move || (!applies.get()).then_some("")))
        .with(el("summary").with("Advanced"))
        .with(address)
        .done()
}
