//! The lifecycle over the list: how many sessions stand where, and a click that keeps those.

use super::list_filter::counts;
use super::list_state::List;
use crate::fleet::{Counts, ListQuery, State};
use crate::lifecycle::{Circumstances, Kind, NodeId};
use crate::ui::diagram::{Crowd, crowd};
use crate::ui::platform;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{call, cell, known};
use crate::wire::powerstore::Resource;

/// The picture of all imports that the text and the arrays leave in, volumes or groups; drawn while it
/// is open.
pub fn picture_of_many(list: List) -> View {
    let List { console, query, .. } = list;
    let has_dfm = console.arrays().into_iter().any(|array| console.is_dfm(array));
    let mut kinds = kinds(list.resource()).to_vec();
    kinds.retain(|(kind, _)| has_dfm || *kind != Kind::ProtectionJob);
    let Some((first, _)) = kinds.first() else { return View::none() };
    let work = cell(*first);
    let opened = cell(false);
    let counts = counts(list);
    let total = move |kind: Kind| {
        live(move || {
            counts.with(|counts| counted(counts, kind).iter().map(|(_, count)| count).sum::<usize>().to_string())
        })
    };
    let many = known(move || {
        let work = work.get();
        let lifecycle = work.lifecycle();
        let chosen = |states: &ListQuery| {
            lifecycle
                .nodes_with_ids()
                .filter(|(_, node)| states.filter.states.contains(node.name))
                .map(|(id, _)| id)
                .collect()
        };
        Crowd {
            work,
            circumstances: Circumstances::UNKNOWN,
            counts: counts.with(|counts| counted(counts, work)),
            chosen: query.with(chosen),
        }
    });
    let choose = call(move |node: NodeId| {
        if let Some(node) = work.get_untracked().lifecycle().node(node) {
            list.toggle_state(node.name);
        }
    });
    let tab = move |kind: Kind, label: &'static str| {
        el("button")
            .set("type", "button")
            .class("tab")
            .set("aria-pressed", live(move || work.get() == kind))
            .on("click", move |_| work.set(kind))
            .with(label)
            .with(" ")
            .with(el("span").class("count").with(total(kind)))
            .done()
    };
    let shown = live(move || opened.get().then(|| leptos::prelude::untrack(|| crowd(many, console.narrow, choose))));
    el("details")
        .class("picture-of-many")
        .on("toggle", move |event| opened.set(platform::is_open(&event)))
        .with(el("summary").with("Picture"))
        .with(
            el("div")
                .class("tabs")
                .set("role", "group")
                .set("aria-label", "Whose picture")
                .with(kinds.iter().map(|(kind, label)| tab(*kind, label)).collect::<Vec<View>>()),
        )
        .with(shown)
        .done()
}

/// The pictures that a collection has; none for all work together.
fn kinds(resource: Option<Resource>) -> &'static [(Kind, &'static str)] {
    match resource {
        None => &[],
        Some(Resource::Import) => &[(Kind::ImportVolume, "Volumes"), (Kind::ImportGroup, "Groups")],
        Some(Resource::Replication) => &[
            (Kind::Replication, "Asynchronous"),
            (Kind::ReplicationNas, "NAS servers"),
            (Kind::Metro, "Metro and synchronous"),
        ],
        Some(Resource::FileImport) => &[(Kind::FileImport, "File imports")],
        Some(Resource::Migration) => &[(Kind::Migration, "Migrations")],
        Some(Resource::Job) => &[(Kind::Job, "Jobs"), (Kind::ProtectionJob, "Protection jobs")],
        Some(Resource::ProtectionJob) => &[(Kind::ProtectionJob, "Protection jobs")],
    }
}

/// How many sessions of `kind` stand in each node.
fn counted(counts: &Counts, kind: Kind) -> Vec<(NodeId, usize)> {
    let of_kind = |(state, count): (&State, &usize)| match state {
        State::Known(of, node) if *of == kind => Some((*node, *count)),
        _ => None,
    };
    counts.states.iter().filter_map(of_kind).collect()
}
