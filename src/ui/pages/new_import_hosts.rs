//! The part of the form that agentless imports have: which hosts get the new volumes.

use leptos::prelude::*;

use super::new_import_form::{Form, choice, part, reading, said, tied};
use super::new_import_source::members;
use crate::array::check::{HOST_GROUPS_SINCE, PlanField};
use crate::array::plan::PlanKind;
use crate::operation::List;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{cell, held, known};

/// The most hosts that are drawn at once; typing narrows the list.
const SHOWN: usize = 50;

/// Hosts and host groups, common ones or for each member.
pub fn hosts(form: Form) -> View {
    let applies = known(move || form.draft.with(|draft| draft.plan.kind == Some(PlanKind::Agentless)));
    let is_group = known(move || form.draft.with(|draft| draft.is_group));
    let each = known(move || form.draft.with(|draft| draft.is_group && draft.per_member));
    let which = live(move || is_group.get().then(|| untrack(|| which(form))));
    let lists = held(move || if each.get() { untrack(|| each_member(form)) } else { untrack(|| both(form, None)) });
    let shown = live(move || {
        applies.get().then(|| {
            untrack(|| {
                let which = which.clone();
                let lists = live(move || lists.with(|draw| draw()));
                let group =
                    el("div").class("host-lists").set("role", "group").set("aria-label", "Hosts").set("tabindex", "-1");
                let inside = vec![
                    which.view(),
                    reading(form, &[List::Hosts, List::HostGroups]),
                    tied(form, PlanField::Hosts, group).with(lists).view(),
                    said(form, PlanField::Hosts),
                ];
                part("Hosts", inside.view())
            })
        })
    });
    shown.view()
}

fn which(form: Form) -> View {
    let choice = |label, per_member| {
        choice(
            "plan-each",
            label,
            "",
            move || form.draft.with(|draft| draft.per_member == per_member),
            move || form.change(|draft| draft.per_member = per_member),
        )
    };
    el("div")
        .class("ticks")
        .set("role", "radiogroup")
        .set("aria-label", "Hosts of the members")
        .with(choice("The same for all members", false))
        .with(choice("For each member by itself", true))
        .done()
}

fn each_member(form: Form) -> View {
    let members = members(form);
    let shown = live(move || {
        let all = members.get();
        if all.is_empty() {
            return el("p")
                .class("small")
                .with("The volumes of the group are not listed (yet): choose a group above.")
                .done();
        }
        all.into_iter().map(|(wwn, name)| member(form, wwn, name)).collect::<Vec<View>>().view()
    });
    shown.view()
}

fn member(form: Form, wwn: String, name: String) -> View {
    let opened = cell(false);
    let of = wwn.clone();
    let count = live(move || {
        let chosen = form.draft.with(|draft| {
            let member = draft.plan.member_hosts.iter().find(|member| member.wwn == of);
            member.map_or(0, |member| member.hosts.len() + member.host_groups.len())
        });
        if chosen == 0 { "none chosen".to_owned() } else { format!("{chosen} chosen") }
    });
    let key = wwn.clone();
    // Drawn when it is opened: forty members times a hundred hosts are many boxes.
    let lists = live(move || opened.get().then(|| untrack(|| both(form, Some(key.clone())))));
    el("details")
        .class("member")
        .on("toggle", move |_| opened.set(true))
        .with(
            el("summary")
                .with(name)
                .with(" ")
                .with(el("code").with(wwn))
                .with(" ")
                .with(el("span").class("count").with(count)),
        )
        .with(lists)
        .done()
}

/// Hosts, and host groups where the release has them: of a member, or common.
fn both(form: Form, member: Option<String>) -> View {
    let with_groups = known(move || form.release().is_none_or(|release| release >= HOST_GROUPS_SINCE));
    let of = member.clone();
    let groups = live(move || with_groups.get().then(|| untrack(|| check_list(form, of.clone(), true))));
    el("div").class("two-lists").with(check_list(form, member, false)).with(groups).done()
}

fn check_list(form: Form, member: Option<String>, is_host_group: bool) -> View {
    let label = if is_host_group { "Host groups" } else { "Hosts" };
    let text = cell(String::new());
    let all = known(move || {
        form.console
            .desk(form.array, |desk| {
                let catalog = desk.catalog();
                let shown = |id: &String, name: &Option<String>, more: Option<&String>| {
                    let name = name.clone().unwrap_or_else(|| id.clone());
                    (id.clone(), name, more.cloned().unwrap_or_default())
                };
                if is_host_group {
                    catalog.host_groups.iter().map(|group| shown(&group.id, &group.name, None)).collect::<Vec<_>>()
                } else {
                    catalog.hosts.iter().map(|host| shown(&host.id, &host.name, host.os_type.as_ref())).collect()
                }
            })
            .unwrap_or_default()
    });
    let member = held(member);
    let boxes = live(move || {
        let wanted = text.get().trim().to_lowercase();
        let fits = |(_, name, more): &&(String, String, String)| {
            name.to_lowercase().contains(&wanted) || more.to_lowercase().contains(&wanted)
        };
        let fitting: Vec<_> = all.with(|all| all.iter().filter(fits).cloned().collect());
        let more = fitting.len().saturating_sub(SHOWN);
        let mut drawn: Vec<View> = fitting
            .into_iter()
            .take(SHOWN)
            .map(|(id, name, more)| {
                let of = id.clone();
                let on = known(move || {
                    form.draft.with(|draft| {
                        let plan = &draft.plan;
                        let common = || if is_host_group { &plan.host_groups } else { &plan.hosts };
                        let ids = member.with(|member| match member {
                            None => Some(common()),
                            Some(wwn) => {
                                let member = plan.member_hosts.iter().find(|member| member.wwn == *wwn)?;
                                Some(if is_host_group { &member.host_groups } else { &member.hosts })
                            }
                        });
                        ids.is_some_and(|ids| ids.contains(&of))
                    })
                });
                let change = move |event: web_sys::Event| {
                    let on = event_target_checked(&event);
                    let member = member.get();
                    form.change(|draft| match &member {
                        None => draft.set_common(&id, is_host_group, on),
                        Some(wwn) => draft.set_member(wwn, &id, is_host_group, on),
                    });
                };
                let input =
                    el("input").set("type", "checkbox").state("checked", live(move || on.get())).on("change", change);
                let more = (!more.is_empty()).then(|| el("small").with(more).done());
                el("label").class("tick").with(input).with(el("span").with(name).with(more)).done()
            })
            .collect();
        if more > 0 {
            drawn.push(el("p").class("small").with(format!("{more} more: type to narrow the list.")).done());
        }
        if drawn.is_empty() {
            drawn.push(el("p").class("small").with("None.").done());
        }
        drawn
    });
    el("fieldset")
        .class("check-list")
        .with(el("legend").with(label))
        .with(
            el("input")
                .set("type", "search")
                .set("aria-label", format!("Find {}", label.to_lowercase()))
                .set("placeholder", "Find…")
                .on("input", move |event| text.set(event_target_value(&event))),
        )
        .with(el("div").class("boxes").with(boxes))
        .done()
}
