//! The part of the form that agentless imports have: which hosts get the new volumes.

use std::rc::Rc;

use leptos::prelude::*;

use super::new_form::{Form, choice, part, reading, said, tied};
use super::new_source::members;
use crate::array::check::{HOST_GROUPS_SINCE, PlanField};
use crate::array::plan::PlanKind;
use crate::fleet::Draft;
use crate::operation::{Catalog, List};
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{cell, known};
use crate::words::{contains, folded};

/// The most hosts that are drawn at once; typing narrows the list.
const SHOWN: usize = 50;

/// Hosts and host groups, common ones or for each member.
pub fn hosts(form: Form) -> View {
    let applies = known(move || form.draft().plan.kind == Some(PlanKind::Agentless));
    let is_group = known(move || form.draft().is_group);
    let each = known(move || {
        let draft = form.draft();
        draft.is_group && draft.per_member
    });
    let which = el("div")
        .class("ticks")
        .set("role", "radiogroup")
        .set("aria-label", "Hosts of the members")
        .set("hidden", live(move || !is_group.get()))
        .with(choice(
            form,
            "plan-each",
            ("The same for all members", ""),
            |draft| !draft.per_member,
            |draft, _| {
                draft.per_member = false;
            },
        ))
        .with(choice(
            form,
            "plan-each",
            ("For each member by itself", ""),
            |draft| draft.per_member,
            |draft, _| {
                draft.per_member = true;
            },
        ));
    let lists = live(move || {
        let each = each.get();
        untrack(|| if each { each_member(form) } else { both(form, "") })
    });
    let group = el("div").class("host-lists").set("role", "group").set("aria-label", "Hosts").set("tabindex", "-1");
    let inside = vec![
        which.view(),
        reading(form, &[List::Hosts, List::HostGroups]),
        tied(form, PlanField::Hosts, group).with(lists).view(),
        said(form, PlanField::Hosts),
    ];
    el("div").set("hidden", live(move || !applies.get())).with(part("Hosts", inside.view())).done()
}

fn each_member(form: Form) -> View {
    let members = known(move || members(form));
    let shown = live(move || {
        let all = members.get();
        if all.is_empty() {
            let words = "The volumes of the group are not listed (yet): choose a group above.";
            return el("p").class("small").with(words).done();
        }
        all.into_iter().map(|(wwn, name)| member(form, wwn, name)).collect::<Vec<View>>().view()
    });
    shown.view()
}

fn member(form: Form, wwn: String, name: String) -> View {
    let opened = cell(false);
    let of = wwn.clone();
    let count = live(move || {
        let draft = form.draft();
        let count = chosen(&draft, &of, false).len() + chosen(&draft, &of, true).len();
        if count == 0 { "none chosen".to_owned() } else { format!("{count} chosen") }
    });
    let key = wwn.clone();
    // Drawn when it is opened: forty members times a hundred hosts are many boxes.
    let lists = live(move || opened.get().then(|| untrack(|| both(form, &key))));
    let title = el("summary").with(name).with(" ").with(el("code").with(wwn)).with(" ").with(el("span").with(count));
    el("details").class("member").on("toggle", move |_| opened.set(true)).with(title).with(lists).done()
}

/// Hosts, and host groups where the release has them: of the member with this name, or common ones.
fn both(form: Form, member: &str) -> View {
    let has_groups = known(move || form.has(HOST_GROUPS_SINCE));
    let groups = el("div").set("hidden", live(move || !has_groups.get()));
    el("div")
        .class("two-lists")
        .with(check_list(form, member, false))
        .with(groups.with(check_list(form, member, true)))
        .done()
}

/// What is ticked: of the member with this name, or in common.
fn chosen<'a>(draft: &'a Draft, member: &str, is_host_group: bool) -> &'a [String] {
    let plan = &draft.plan;
    let (hosts, groups) = if member.is_empty() {
        (&plan.hosts, &plan.host_groups)
    } else {
        match plan.member_hosts.iter().find(|listed| listed.wwn == member) {
            Some(member) => (&member.hosts, &member.host_groups),
            None => return &[],
        }
    };
    if is_host_group { groups } else { hosts }
}

/// Ids and names.
fn listed(catalog: &Catalog, is_host_group: bool) -> Vec<(String, String)> {
    if is_host_group {
        let groups = catalog.host_groups.iter();
        return groups.map(|group| (group.id.clone(), group.name.as_ref().unwrap_or(&group.id).clone())).collect();
    }
    let hosts = catalog.hosts.iter().map(|host| {
        let mut name = host.name.as_ref().unwrap_or(&host.id).clone();
        if let Some(system) = &host.os_type {
            name.push_str(" · ");
            name.push_str(system);
        }
        (host.id.clone(), name)
    });
    hosts.collect()
}

fn check_list(form: Form, member: &str, is_host_group: bool) -> View {
    let (label, find) = if is_host_group { ("Host groups", "Find host groups") } else { ("Hosts", "Find hosts") };
    let text = cell(String::new());
    let all = known(move || {
        let mut all = Vec::new();
        form.look(&mut |catalog| all = listed(catalog, is_host_group));
        all
    });
    let member: Rc<str> = member.into();
    let boxes = live(move || {
        let wanted = folded(text.get().trim());
        let mut fitting = all.get();
        fitting.retain(|(_, name)| contains(name, &wanted));
        let more = fitting.len().saturating_sub(SHOWN);
        fitting.truncate(SHOWN);
        let tick = |(id, name): (String, String)| {
            let (id, member) = (Rc::<str>::from(id), member.clone());
            let (read, of) = (id.clone(), member.clone());
            let is_on = live(move || chosen(&form.draft(), &of, is_host_group).iter().any(|chosen| **chosen == *read));
            let change = move |event: web_sys::Event| {
                let on = event_target_checked(&event);
                form.change(&mut |draft| {
                    if member.is_empty() {
                        draft.set_common(&id, is_host_group, on);
                    } else {
                        draft.set_member(&member, &id, is_host_group, on);
                    }
                });
            };
            let input = el("input").set("type", "checkbox").state("checked", is_on).on("change", change);
            el("label").class("tick").with(input).with(el("span").with(name)).done()
        };
        let is_empty = fitting.is_empty();
        let mut drawn: Vec<View> = fitting.into_iter().map(tick).collect();
        if more > 0 || is_empty {
            let words = if is_empty { "None.".to_owned() } else { format!("{more} more: type to narrow the list.") };
            drawn.push(el("p").class("small").with(words).done());
        }
        drawn
    });
    el("fieldset")
        .class("check-list")
        .with(el("legend").with(label))
        .with(
            el("input")
                .set("type", "search")
                .set("aria-label", find)
                .set("placeholder", "Find…")
                .on("input", move |event| text.set(event_target_value(&event))),
        )
        .with(el("div").class("boxes").with(boxes))
        .done()
}
