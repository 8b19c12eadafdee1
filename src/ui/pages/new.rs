//! The form of a new import, file import or migration.
//!
//! What is typed lies in one [`Draft`], which the console keeps and the address holds: nothing typed is
//! lost by a reload, a login or a visit to another page. What the array would refuse is said beside the
//! field, as [`crate::array::check`] finds it.

use leptos::prelude::*;

use super::new_entry::entries;
use super::new_form::{Form, choice, field, part, said, select, text, tied};
use super::new_hosts::hosts;
use super::new_send::{is_away, send};
use super::new_source::{file_source, movable, source};
use super::unknown;
use crate::array::check::{ADDRESS_SINCE, PlanField, TYPE_SINCE};
use crate::array::plan::PlanKind;
use crate::fleet::Route;
use crate::operation::{Access, Browse, Catalog, Event, List, Stage, Why};
use crate::ui::components::begin::noun;
use crate::ui::components::login::login_form;
use crate::ui::components::schedule::{time_input, time_words};
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{after_drawing, call, known, when_left};
use crate::wire::powerstore::{Policy, Resource, VolumeGroup};

/// The page.
pub fn new(console: Console, array: &str, resource: Resource) -> View {
    let Some(index) = console.array(array) else { return unknown::array(console, array) };
    let form = Form::open(console, index, array, resource);
    let name = console.array_name(index);
    let site = console.config(|config| config.title.clone());
    let title = format!("New {}", noun(resource));
    platform::set_title(&format!("{title} on {name} · {site}"));
    let remote = known(move || form.draft().plan.remote_system.clone());
    after_drawing(move || {
        let remote_system = Some(remote.get()).filter(|remote| !remote.is_empty());
        untrack(|| console.hear(index, Event::Browse(Some(Browse { resource, remote_system }))));
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
    let list = Route::all_of(array, Some(resource)).write();
    let parts = match resource {
        Resource::FileImport => {
            vec![file_source(form), what(form), network(form), logins(form), after(form), when(form)]
        }
        Resource::Migration => vec![movable(form), what(form), target(form)],
        _ => vec![source(form), what(form), how(form), hosts(form), after(form), when(form), advanced(form)],
    };
    el("section")
        .class("page form-page")
        .with(
            el("p")
                .class("crumbs")
                .with(el("a").set("href", Route::all(Some(resource)).write()).with(resource.label()))
                .with(" / ")
                .with(el("a").set("href", list).with(name.clone())),
        )
        .with(el("h1").set("tabindex", "-1").with(title.as_str()).with(" on ").with(name))
        .with(wants_login(form))
        .with(
            el("form")
                .class("plan")
                .set("aria-label", title)
                .set("novalidate", "")
                .on("submit", |event| event.prevent_default())
                .with(el("div").class("parts").set("hidden", away.live()).with(parts))
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
    let name = text(form, PlanField::Name, "Of the session, unique on this array. No white space.");
    // A migration has none.
    let description =
        (form.resource != Resource::Migration).then(|| text(form, PlanField::Description, "Free text, or nothing."));
    part("What", vec![name, description.view()].view())
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
    let policy = select(form, PlanField::Policy, &[List::Policies], "None", policies);
    if form.resource == Resource::FileImport {
        return part("After", policy);
    }
    let volume_group = live(move || {
        if is_group.get() {
            return View::none();
        }
        select(form, PlanField::VolumeGroup, &[List::VolumeGroups], "None", volume_groups)
    });
    let words = "The array commits as soon as the copy is complete; after that there is no way back to the source. Otherwise you decide when.";
    part("After", vec![policy, volume_group.view(), automatic(form, words)].view())
}

fn automatic(form: Form, words: &'static str) -> View {
    choice(
        form,
        "",
        ("Cut over automatically", words),
        |draft| draft.plan.automatic_cutover,
        |draft, on| draft.plan.automatic_cutover = on,
    )
}

fn is_login(key: &str) -> bool {
    key.ends_with("username") || key.ends_with("password")
}

fn network(form: Form) -> View {
    part("Network", entries(form, |key| !is_login(key)))
}

fn logins(form: Form) -> View {
    let note = el("p").class("small").with("Passwords go into the one request: a reload forgets them.").done();
    part("Logins", vec![entries(form, is_login), note].view())
}

fn target(form: Form) -> View {
    let words = "The array moves the ownership as soon as the copy is complete. Otherwise you decide when.";
    part("Where to", vec![entries(form, |_| true), automatic(form, words)].view())
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
    let address =
        text(form, PlanField::Address, "The iSCSI address by which this array's storage network is found, or nothing.");
    el("details")
        .set("open", filled.then_some(""))
        .set("hidden", live(move || !applies.get()))
        .with(el("summary").with("Advanced"))
        .with(address)
        .done()
}
