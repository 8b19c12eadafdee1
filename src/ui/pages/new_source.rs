//! The first part of the form: which array, and which of its volumes and groups.

use std::rc::Rc;

use leptos::prelude::*;

use super::new_form::{Form, field, part, reading, said, select, tied};
use crate::array::check::{PlanField, TYPE_SINCE, longest_name, proposed_name, same_name};
use crate::array::plan::PlanKind;
use crate::array::source::{Fit, IN_GROUP, SourceResource, importable, system_label, type_fits};
use crate::fleet::{ArrayIndex, format};
use crate::operation::{Catalog, Event, List, Reading};
use crate::ordered::order;
use crate::ui::components::line::plain;
use crate::ui::console::Console;
use crate::ui::platform::element::{El, Piece as _, View, el, live};
use crate::ui::state::{cell, known};
use crate::wire::powerstore::{ImportSource, RemoteSystem, Resource, SnapshotSchedule};
use crate::words::{contains, folded};

/// What begins an address by name.
const BY_NAME: &str = "name:";

/// The kinds of arrays that NAS servers come from.
const FILE_SYSTEMS: [&str; 2] = ["Unity", "VNX"];

/// The most sources that are drawn; typing narrows the list.
const SHOWN: usize = 100;

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    source: ImportSource,
    is_group: bool,
    /// The name of the volume's group, or how many volumes the group has.
    group: String,
    fit: Fit,
}

impl Line {
    fn name(&self) -> &str {
        self.source.name.as_deref().unwrap_or(&self.source.id)
    }

    fn rank(&self) -> u8 {
        match self.fit {
            Fit::Yes => 0,
            Fit::Perhaps(_) => 1,
            Fit::No(_) => 2,
        }
    }

    fn holds(&self, text: &str) -> bool {
        let source = &self.source;
        let words = [
            Some(self.name()),
            Some(self.group.as_str()),
            source.wwn.as_deref(),
            source.importable_criteria.as_deref(),
        ];
        words.into_iter().flatten().any(|word| contains(word, text))
    }
}

/// Groups before volumes, what can be imported or moved first, then by name.
fn lines(catalog: &Catalog, resource: Resource) -> Vec<Line> {
    let moves = resource == Resource::Migration;
    let group_of = |source: &ImportSource| {
        let id = source.group_id.as_deref()?;
        let group = catalog.groups.iter().find(|group| group.id == id);
        Some(group.and_then(|group| group.name.clone()).unwrap_or_else(|| id.to_owned()))
    };
    let line = |source: &ImportSource, is_group: bool| {
        let group = if moves {
            let at = source.appliance_id.as_ref();
            let named = at.and_then(|at| catalog.choices.iter().find(|choice| choice.id == *at)?.name.as_ref());
            named.or(at).map(|name| format!("on {name}")).unwrap_or_default()
        } else if is_group {
            let members = catalog.volumes.iter().filter(|volume| volume.group_id.as_ref() == Some(&source.id)).count();
            if members == 1 { "1 volume".to_owned() } else { format!("{members} volumes") }
        } else {
            group_of(source).map(|group| format!("in {group}")).unwrap_or_default()
        };
        let fit = match importable(source.importable_criteria.as_deref()) {
            _ if source.is_busy => Fit::No("An import or another migration has it."),
            _ if moves => Fit::Yes,
            Fit::Yes if source.group_id.is_some() => Fit::Perhaps(IN_GROUP),
            fit => fit,
        };
        Line { source: source.clone(), is_group, group, fit }
    };
    let groups = catalog.groups.iter().map(|source| line(source, true));
    let all: Vec<Line> = groups.chain(catalog.volumes.iter().map(|source| line(source, false))).collect();
    let at = |place: usize| all.get(place).map(|line| (line.rank(), !line.is_group, line.name()));
    order(all.len(), &|a, b| at(a).cmp(&at(b))).into_iter().filter_map(|place| all.get(place).cloned()).collect()
}

/// Remote system and source.
pub fn source(form: Form) -> View {
    let remote = select(form, PlanField::RemoteSystem, &[List::RemoteSystems], "Choose…", remotes);
    let none = live(move || {
        let mut is_empty = false;
        form.look(&mut |catalog| is_empty = remotes(catalog).is_empty());
        let is_read = matches!(form.reading(List::RemoteSystems), Reading::ReadAt(_));
        let words = "This array knows no array to import from: add the remote system on it first.";
        (is_read && is_empty).then(|| el("p").class("words").with(words).done())
    });
    let has_remote = known(move || !form.draft().plan.remote_system.is_empty());
    let list = live(move || has_remote.get().then(|| untrack(|| sources(form))));
    let inside = vec![remote, none.view(), list.view(), chosen(form), said(form, PlanField::Source), schedules(form)];
    part("Source", inside.view())
}

/// The NAS server of a file import: no resource of the array's API lists those of other systems.
pub fn file_source(form: Form) -> View {
    let remote = select(form, PlanField::RemoteSystem, &[List::RemoteSystems], "Choose…", file_remotes);
    let typed = plain()
        .value(live(move || {
            let draft = form.draft();
            draft.plan.source.strip_prefix(BY_NAME).unwrap_or(&draft.plan.source).to_owned()
        }))
        .on("input", move |event| {
            let name = event_target_value(&event);
            let source = if name.is_empty() { name } else { format!("{BY_NAME}{name}") };
            form.change(&mut |draft| draft.plan.source.clone_from(&source));
        });
    let hint = "The NAS server by its name on the source: the array's API does not list them.";
    let source = field(form, PlanField::Source, typed, el("p").class("small").with(hint).done());
    part("Source", vec![remote, source].view())
}

/// What of this array can go to another appliance.
pub fn movable(form: Form) -> View {
    part("Source", vec![sources(form), chosen(form), said(form, PlanField::Source)].view())
}

/// What was chosen, by its name.
fn chosen(form: Form) -> View {
    let chosen = live(move || {
        let draft = form.draft();
        let mut name = draft.plan.source.clone();
        form.look(&mut |catalog| {
            let sources = if draft.is_group { &catalog.groups } else { &catalog.volumes };
            let listed = sources.iter().find(|source| source.id == draft.plan.source);
            if let Some(listed) = listed.and_then(|source| source.name.as_ref()) {
                name.clone_from(listed);
            }
        });
        (!name.is_empty()).then(|| el("p").with("Chosen: ").with(el("strong").with(name)).done())
    });
    chosen.view()
}

/// The arrays that something can be imported from, by name.
fn remotes(catalog: &Catalog) -> Vec<(String, String)> {
    remotes_with(catalog, |kind| SourceResource::of(kind, false).is_some())
}

/// The same of NAS servers.
fn file_remotes(catalog: &Catalog) -> Vec<(String, String)> {
    remotes_with(catalog, |kind| FILE_SYSTEMS.contains(&kind))
}

fn remotes_with(catalog: &Catalog, has_sources: fn(&str) -> bool) -> Vec<(String, String)> {
    let remotes = catalog.remote_systems.iter().filter(|remote| remote.kind.as_deref().is_none_or(has_sources));
    let all: Vec<&RemoteSystem> = remotes.collect();
    let name = |place: usize| all.get(place).map(|remote| &remote.name);
    let sorted = order(all.len(), &|a, b| name(a).cmp(&name(b)));
    sorted.into_iter().filter_map(|place| all.get(place)).map(|remote| (remote.id.clone(), label(remote))).collect()
}

/// A remote system as people call it.
fn label(remote: &RemoteSystem) -> String {
    let name = remote.name.as_deref().unwrap_or(&remote.id);
    let kind = system_label(remote.kind.as_deref().unwrap_or("kind not told"));
    match remote.state.as_deref() {
        None | Some("OK") => format!("{name} ({kind})"),
        Some(state) => format!("{name} ({kind}, {})", state.replace('_', " ")),
    }
}

fn sources(form: Form) -> View {
    let text = cell(String::new());
    let all = known(move || {
        let mut all = Vec::new();
        form.look(&mut |catalog| all = lines(catalog, form.resource));
        all
    });
    let list = live(move || {
        let wanted = folded(text.get().trim());
        let mut fitting = all.get();
        let total = fitting.len();
        fitting.retain(|line| line.holds(&wanted));
        let count = fitting.len();
        fitting.truncate(SHOWN);
        let words = if total == 0 {
            String::new()
        } else if count > SHOWN {
            format!("{SHOWN} of {count} are shown: type to narrow the list.")
        } else {
            format!("{count} of {total}.")
        };
        let drawn = fitting.into_iter().map(|line| option(form, line)).collect::<Vec<View>>();
        vec![
            el("div")
                .class("sources")
                .set("role", "radiogroup")
                .set("aria-label", "Volumes and groups")
                .with(drawn)
                .view(),
            el("p").class("small").set("role", "status").with(words).view(),
        ]
        .view()
    });
    let empty = live(move || {
        let is_read = matches!(form.reading(List::Volumes), Reading::ReadAt(_));
        let words = "The array lists nothing.";
        (is_read && all.with(Vec::is_empty)).then(|| el("p").class("words").with(words).done())
    });
    let find = el("input")
        .set("type", "search")
        .set("autocomplete", "off")
        .set("placeholder", "Find: name, group, reason…")
        .on("input", move |event| text.set(event_target_value(&event)));
    let hint = vec![reading(form, &[List::Volumes, List::Groups]), empty.view(), list.view()].view();
    el("div")
        .class("field")
        .with(el("label").set("for", "plan-source").with("Source"))
        .with(tied(form, PlanField::Source, find))
        .with(hint)
        .done()
}

fn option(form: Form, line: Line) -> View {
    let (class, why) = match line.fit {
        Fit::Yes => ("source", ""),
        Fit::Perhaps(why) => ("source perhaps", why),
        Fit::No(why) => ("source refused", why),
    };
    let name = line.name().to_owned();
    let mut facts = if line.is_group { "group".to_owned() } else { "volume".to_owned() };
    let size = line.source.size.and_then(|size| u64::try_from(size).ok());
    for fact in [size.map(|size| format::bytes(Some(size))).unwrap_or_default(), line.group.clone()] {
        if !fact.is_empty() {
            facts.push_str(" · ");
            facts.push_str(&fact);
        }
    }
    let told = if form.resource == Resource::Migration { "" } else { "not told" };
    let raw = line.source.importable_criteria.as_deref().unwrap_or(told).replace('_', " ");
    let with_schedules = !line.is_group && untrack(|| form.kind()).as_deref() == Some("PS_Equallogic");
    let asked = line.source.id.clone();
    let button = with_schedules.then(|| {
        el("button")
            .set("type", "button")
            .set("aria-label", format!("Snapshot schedules of {name}"))
            .on("click", move |_| form.console.hear(form.array, Event::AskSchedules(asked.clone())))
            .with("Schedules")
            .done()
    });
    let line = Rc::new(line);
    let of = line.clone();
    let is_chosen = live(move || {
        let draft = form.draft();
        draft.plan.source == of.source.id && draft.is_group == of.is_group
    });
    let radio = el("input")
        .set("type", "radio")
        .set("name", "plan-source-choice")
        .set("disabled", matches!(line.fit, Fit::No(_)).then_some(""))
        .state("checked", is_chosen)
        .on("change", move |_| choose(form, &line));
    let span = |class: &str, words: String| el("span").class(class).with(words).done();
    el("div")
        .class(class)
        .with(
            el("label")
                .with(radio)
                .with(span("source-name", name))
                .with(span("source-facts", facts))
                .with(span("source-raw", raw))
                .with(span("source-why", why.to_owned())),
        )
        .with(button)
        .done()
}

/// Takes a source, proposes a name, and the type that fits it.
fn choose(form: Form, line: &Line) {
    let Line { source, is_group, .. } = line;
    let name = untrack(|| free_name(form.console, form.array, form.resource, line.name(), ""));
    let before = form.proposed.get();
    form.proposed.set(name.clone());
    let has_types = form.resource == Resource::Import && untrack(|| form.has(TYPE_SINCE));
    let kind = untrack(|| form.kind());
    let resource = kind.and_then(|kind| SourceResource::of(&kind, *is_group));
    let fits = |kind: PlanKind| type_fits(resource, source.importable_criteria.as_deref(), kind == PlanKind::Agentless);
    form.change(&mut |draft| {
        let plan = &mut draft.plan;
        draft.is_group = *is_group;
        if plan.source != source.id {
            plan.member_hosts.clear();
        }
        plan.source.clone_from(&source.id);
        if plan.name.is_empty() || plan.name == before {
            plan.name.clone_from(&name);
        }
        if has_types && plan.kind.is_none_or(|kind| matches!(fits(kind), Fit::No(_))) {
            let best = PlanKind::ALL.into_iter().find(|kind| fits(*kind) == Fit::Yes);
            plan.kind = best.or(Some(PlanKind::Agentless));
        }
    });
}

/// A name like this one that no session of the array has, and that is not `but`.
pub fn free_name(console: Console, array: ArrayIndex, resource: Resource, like: &str, but: &str) -> String {
    console.rows(|store, _| {
        proposed_name(like, longest_name(resource), &|name| {
            let same = |other: &str| same_name(other, name);
            let mut others = store.rows_of(array).filter(|row| row.resource == resource);
            same(but) || others.any(|row| row.name.as_deref().is_some_and(same))
        })
    })
}

/// The snapshot schedules that were asked for.
fn schedules(form: Form) -> View {
    let shown = live(move || {
        let mut drawn = None;
        form.look(&mut |catalog| drawn = schedules_of(catalog));
        drawn
    });
    shown.view()
}

fn schedules_of(catalog: &Catalog) -> Option<View> {
    let of = catalog.schedules_of.as_ref()?;
    let name = catalog.volumes.iter().find(|volume| volume.id == *of).and_then(|volume| volume.name.as_ref());
    let label = format!("Snapshot schedules of {}", name.unwrap_or(of));
    let inside = match catalog.reading(List::Schedules) {
        Reading::Failed(error) => el("p").class("words bad").set("role", "alert").with(error.to_string()),
        Reading::ReadAt(_) if catalog.schedules.is_empty() => el("p").with("It has none."),
        Reading::ReadAt(_) => table(&catalog.schedules),
        Reading::Reading | Reading::NotWanted => el("p").set("aria-busy", "true").with("Reading…"),
    };
    let head = el("h3").with(label.as_str());
    Some(el("section").class("schedules").set("aria-label", label).with(head).with(inside).done())
}

fn row(tag: &'static str, cells: [String; 7]) -> View {
    let cells: Vec<View> = cells.into_iter().map(|text| el(tag).with(text).done()).collect();
    el("tr").with(cells).done()
}

fn table(schedules: &[SnapshotSchedule]) -> El {
    let dash = || format::NOT_KNOWN.to_owned();
    let clock = |minutes: Option<i64>| minutes.map_or_else(dash, |at| format!("{:02}:{:02}", at / 60, at % 60));
    let lines = schedules.iter().map(|schedule| {
        let every = match (schedule.kind.as_deref(), schedule.repetition_interval, schedule.frequency) {
            (Some("Hourly"), _, Some(minutes)) => format!("{minutes} min"),
            (Some("Daily" | "Weekly"), Some(days), _) if days > 1 => format!("{days} days"),
            _ => dash(),
        };
        let text = |text: &Option<String>| text.clone().unwrap_or_else(dash);
        let cells = [
            text(&schedule.name),
            text(&schedule.kind),
            clock(schedule.start_time),
            clock(schedule.end_time),
            every,
            schedule.keep_count.map_or_else(dash, |count| count.to_string()),
            text(&schedule.status),
        ];
        row("td", cells)
    });
    let heads = ["Name", "How often", "From", "Until", "Every", "Kept", "Status"].map(str::to_owned);
    el("table")
        .class("plain")
        .with(el("thead").with(row("th", heads)))
        .with(el("tbody").with(lines.collect::<Vec<View>>()))
}

/// The members of the chosen group: their world wide names and names.
pub fn members(form: Form) -> Vec<(String, String)> {
    let draft = form.draft();
    let mut all = Vec::new();
    form.look(&mut |catalog| {
        for volume in catalog.volumes.iter().filter(|volume| volume.group_id.as_ref() == Some(&draft.plan.source)) {
            if let Some(wwn) = &volume.wwn {
                all.push((wwn.clone(), volume.name.as_ref().unwrap_or(&volume.id).clone()));
            }
        }
    });
    all
}
