//! The first part of the form: which array, and which of its volumes and groups.

use leptos::prelude::*;

use super::new_import_form::{Form, field, part, reading, remote_label, said, tied};
use crate::array::check::{PlanField, TYPE_SINCE, proposed_name, same_name};
use crate::array::plan::PlanKind;
use crate::array::source::{Fit, IN_GROUP, SourceResource, importable, type_fits};
use crate::fleet::{Draft, format};
use crate::operation::{Catalog, Event, List, Reading};
use crate::ordered::order;
use crate::ui::platform::element::{El, Piece as _, View, el, live};
use crate::ui::state::{Known, cell, known};
use crate::wire::powerstore::{ImportSource, SnapshotSchedule};

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
        words.into_iter().flatten().any(|word| word.to_lowercase().contains(text))
    }
}

/// Groups before volumes, what can be imported first, then by name.
fn lines(catalog: &Catalog) -> Vec<Line> {
    let group_of = |source: &ImportSource| {
        let id = source.group_id.as_deref()?;
        let group = catalog.groups.iter().find(|group| group.id == id);
        Some(group.and_then(|group| group.name.clone()).unwrap_or_else(|| id.to_owned()))
    };
    let line = |source: &ImportSource, is_group: bool| {
        let group = if is_group {
            let members = catalog.volumes.iter().filter(|volume| volume.group_id.as_ref() == Some(&source.id)).count();
            if members == 1 { "1 volume".to_owned() } else { format!("{members} volumes") }
        } else {
            group_of(source).map(|group| format!("in {group}")).unwrap_or_default()
        };
        let fit = match importable(source.importable_criteria.as_deref()) {
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
    let chosen = known(move || {
        let line = form.chosen.get().map(|source| {
            let size = source.size.and_then(|size| u64::try_from(size).ok());
            let size = size.map(|size| format!(", {}", format::bytes(Some(size)))).unwrap_or_default();
            format!("{}{size}", source.name.as_deref().unwrap_or(&source.id))
        });
        line.or_else(|| form.draft.with(|draft| Some(draft.plan.source.clone()).filter(|id| !id.is_empty())))
    });
    let shown = live(move || {
        chosen.get().map(|line| el("p").class("chosen-source").with("Chosen: ").with(el("strong").with(line)).done())
    });
    let has_remote = known(move || form.draft.with(|draft| !draft.plan.remote_system.is_empty()));
    let list = live(move || has_remote.get().then(|| untrack(|| sources(form))));
    let inside = vec![remote(form), list.view(), shown.view(), said(form, PlanField::Source), schedules(form)];
    part("Source", inside.view())
}

fn remote(form: Form) -> View {
    let remotes = known(move || {
        let importing = |catalog: &Catalog| -> Vec<(String, String)> {
            let has_sources = |kind: &str| SourceResource::of(kind, false).is_some();
            let remotes = catalog.remote_systems.iter().filter(|remote| remote.kind.as_deref().is_none_or(has_sources));
            let all: Vec<(String, String)> = remotes.map(|remote| (remote.id.clone(), remote_label(remote))).collect();
            let name = |place: usize| all.get(place).map(|(_, name)| name);
            order(all.len(), &|a, b| name(a).cmp(&name(b)))
                .into_iter()
                .filter_map(|place| all.get(place).cloned())
                .collect()
        };
        form.console.desk(form.array, |desk| importing(desk.catalog())).unwrap_or_default()
    });
    let chosen = known(move || form.draft.with(|draft| draft.plan.remote_system.clone()));
    let options = live(move || {
        let mut all = vec![(String::new(), "Choose…".to_owned())];
        all.extend(remotes.get());
        let held = chosen.get_untracked();
        if !all.iter().any(|(id, _)| *id == held) {
            all.push((held.clone(), held));
        }
        let option = |(id, label): (String, String)| {
            let value = id.clone();
            el("option")
                .set("value", value)
                .state("selected", live(move || chosen.with(|chosen| *chosen == id)))
                .with(label)
                .done()
        };
        all.into_iter().map(option).collect::<Vec<View>>()
    });
    let control = el("select").with(options).on("change", move |event| {
        let id = event_target_value(&event);
        form.change(|draft| {
            draft.plan.remote_system = id;
            draft.plan.source.clear();
            draft.plan.member_hosts.clear();
        });
    });
    let none = live(move || {
        let read = form
            .console
            .desk(form.array, |desk| matches!(desk.catalog().reading(List::RemoteSystems), Reading::ReadAt(_)));
        (read == Some(true) && remotes.with(Vec::is_empty)).then(|| {
            el("p")
                .class("words")
                .with("This array knows no array to import from: add the remote system on it first.")
                .done()
        })
    });
    let hint = vec![reading(form, &[List::RemoteSystems]), none.view()].view();
    field(form, PlanField::RemoteSystem, control, Some(hint))
}

fn sources(form: Form) -> View {
    let text = cell(String::new());
    // The lists change when they are read, and not with everything else that happens at the desk.
    let read = known(move || {
        form.console.desk(form.array, |desk| {
            let catalog = desk.catalog();
            let at = |list| catalog.reading(list).clone();
            (at(List::Volumes), at(List::Groups), catalog.volumes.len(), catalog.groups.len())
        })
    });
    let all = known(move || {
        let _ = read.get();
        untrack(|| form.console.desk(form.array, |desk| lines(desk.catalog())).unwrap_or_default())
    });
    let list = live(move || {
        let wanted = text.get().trim().to_lowercase();
        let fitting: Vec<Line> = all.with(|all| all.iter().filter(|line| line.holds(&wanted)).cloned().collect());
        let (count, total) = (fitting.len(), all.with(Vec::len));
        let words = match (count, total) {
            (_, 0) => String::new(),
            (0, _) => "None fits.".to_owned(),
            (count, _) if count > SHOWN => format!("{SHOWN} of {count} are shown: type to narrow the list."),
            (count, total) if count < total => format!("{count} of {total}."),
            (count, _) => format!("{count} in all."),
        };
        let drawn = fitting.into_iter().take(SHOWN).map(|line| choice(form, line)).collect::<Vec<View>>();
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
        let done = read.with(|read| matches!(read, Some((Reading::ReadAt(_), _, 0, 0))));
        done.then(|| el("p").class("words").with("The array lists nothing of this remote system.").done())
    });
    let find = el("input")
        .set("type", "search")
        .set("autocomplete", "off")
        .set("placeholder", "Find: name, group, reason…")
        .value(live(move || text.get()))
        .on("input", move |event| text.set(event_target_value(&event)));
    el("div")
        .class("field")
        .with(el("label").set("for", "plan-source").with("Source"))
        .with(tied(form, PlanField::Source, find))
        .with(reading(form, &[List::Volumes, List::Groups]))
        .with(empty)
        .with(list)
        .done()
}

fn choice(form: Form, line: Line) -> View {
    let Line { source, is_group, group, fit } = line;
    let name = source.name.clone().unwrap_or_else(|| source.id.clone());
    let size = source.size.and_then(|size| u64::try_from(size).ok()).map(|size| format::bytes(Some(size)));
    let (class, why) = match fit {
        Fit::Yes => ("source", None),
        Fit::Perhaps(why) => ("source perhaps", Some(why)),
        Fit::No(why) => ("source refused", Some(why)),
    };
    let raw = source.importable_criteria.clone().unwrap_or_else(|| "not told".to_owned()).replace('_', " ");
    let id = source.id.clone();
    let is_chosen = known(move || form.draft.with(|draft| draft.plan.source == id && draft.is_group == is_group));
    let facts: Vec<String> = [Some(if is_group { "group".to_owned() } else { "volume".to_owned() }), size, Some(group)]
        .into_iter()
        .flatten()
        .filter(|fact| !fact.is_empty())
        .collect();
    let with_schedules = known(move || {
        let remote = form.draft.with(|draft| draft.plan.remote_system.clone());
        let is_ps = form.console.desk(form.array, |desk| {
            let remotes = &desk.catalog().remote_systems;
            remotes.iter().any(|listed| listed.id == remote && listed.kind.as_deref() == Some("PS_Equallogic"))
        });
        is_ps == Some(true)
    });
    let (asked, label) = (source.id.clone(), format!("Snapshot schedules of {name}"));
    let button = live(move || {
        let (asked, label) = (asked.clone(), label.clone());
        with_schedules.get().then(|| {
            el("button")
                .set("type", "button")
                .set("aria-label", label)
                .on("click", move |_| form.console.hear(form.array, Event::AskSchedules(asked.clone())))
                .with("Schedules")
                .done()
        })
    });
    let radio = el("input")
        .set("type", "radio")
        .set("name", "plan-source-choice")
        .set("disabled", matches!(fit, Fit::No(_)).then_some(""))
        .state("checked", live(move || is_chosen.get()))
        .on("change", move |_| choose(form, &source, is_group));
    el("div")
        .class(class)
        .with(
            el("label")
                .with(radio)
                .with(el("span").class("source-name").with(name))
                .with(el("span").class("source-facts").with(facts.join(" · ")))
                .with(el("span").class("source-raw").with(raw))
                .with(why.map(|why| el("span").class("source-why").with(why).done())),
        )
        .with(button)
        .done()
}

/// Takes a source, proposes a name, and the type that fits it.
fn choose(form: Form, source: &ImportSource, is_group: bool) {
    let shown = source.name.as_deref().unwrap_or(&source.id);
    let name = form.console.rows(|store, _| {
        let taken = |name: &str| {
            store.rows_of(form.array).any(|row| row.name.as_deref().is_some_and(|other| same_name(other, name)))
        };
        proposed_name(shown, &taken)
    });
    let before = form.proposed.get();
    form.proposed.set(name.clone());
    let criterion = source.importable_criteria.as_deref();
    let knows_types = form.release().is_none_or(|release| release >= TYPE_SINCE);
    let system = form.console.desk(form.array, |desk| {
        let remote = form.draft.with_untracked(|draft| draft.plan.remote_system.clone());
        desk.catalog().remote_systems.iter().find(|listed| listed.id == remote)?.kind.clone()
    });
    let resource = system.flatten().and_then(|kind| SourceResource::of(&kind, is_group));
    let fits = |kind: PlanKind| type_fits(resource, criterion, kind == PlanKind::Agentless);
    form.change(|draft: &mut Draft| {
        draft.is_group = is_group;
        if draft.plan.source != source.id {
            draft.plan.member_hosts.clear();
        }
        draft.plan.source.clone_from(&source.id);
        if draft.plan.name.is_empty() || draft.plan.name == before {
            draft.plan.name = name;
        }
        let unfit = draft.plan.kind.is_none_or(|kind| matches!(fits(kind), Fit::No(_)));
        if unfit && knows_types {
            let best = PlanKind::ALL.into_iter().find(|kind| fits(*kind) == Fit::Yes);
            draft.plan.kind = Some(best.unwrap_or(PlanKind::Agentless));
        }
    });
}

/// The snapshot schedules that were asked for.
fn schedules(form: Form) -> View {
    let told = known(move || {
        form.console.desk(form.array, |desk| {
            let catalog = desk.catalog();
            let of = catalog.schedules_of.as_ref()?;
            let name = catalog.volumes.iter().find(|volume| volume.id == *of).and_then(|volume| volume.name.clone());
            Some((
                name.unwrap_or_else(|| of.clone()),
                catalog.reading(List::Schedules).clone(),
                catalog.schedules.clone(),
            ))
        })?
    });
    let shown = live(move || {
        let (name, reading, schedules) = told.get()?;
        let inside = match reading {
            Reading::Failed(error) => el("p").class("words bad").set("role", "alert").with(error.to_string()),
            Reading::ReadAt(_) if schedules.is_empty() => el("p").with("It has none."),
            Reading::ReadAt(_) => table(&schedules),
            Reading::Reading | Reading::NotWanted => el("p").set("aria-busy", "true").with("Reading…"),
        };
        let label = format!("Snapshot schedules of {name}");
        Some(
            el("section")
                .class("schedules")
                .set("aria-label", label.clone())
                .with(el("h3").with(label))
                .with(inside)
                .done(),
        )
    });
    shown.view()
}

fn table(schedules: &[SnapshotSchedule]) -> El {
    let clock = |minutes: Option<i64>| {
        minutes
            .map_or_else(|| format::NOT_KNOWN.to_owned(), |minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60))
    };
    let row = |schedule: &SnapshotSchedule| {
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| format::NOT_KNOWN.to_owned());
        let every = match (schedule.kind.as_deref(), schedule.repetition_interval, schedule.frequency) {
            (Some("Hourly"), _, Some(minutes)) => format!("{minutes} min"),
            (Some("Daily" | "Weekly"), Some(days), _) if days > 1 => format!("{days} days"),
            _ => format::NOT_KNOWN.to_owned(),
        };
        let keep = schedule.keep_count.map_or_else(|| format::NOT_KNOWN.to_owned(), |count| count.to_string());
        let cells = [
            or_dash(&schedule.kind),
            clock(schedule.start_time),
            clock(schedule.end_time),
            every,
            keep,
            or_dash(&schedule.status),
        ];
        let cells: Vec<View> = cells.into_iter().map(|text| el("td").with(text).done()).collect();
        el("tr").with(el("th").set("scope", "row").with(or_dash(&schedule.name))).with(cells).done()
    };
    let heads: Vec<View> = ["Name", "How often", "From", "Until", "Every", "Kept", "Status"]
        .into_iter()
        .map(|head| el("th").set("scope", "col").with(head).done())
        .collect();
    el("table")
        .class("plain")
        .with(el("thead").with(el("tr").with(heads)))
        .with(el("tbody").with(schedules.iter().map(row).collect::<Vec<View>>()))
}

/// The members of the chosen group: their world wide names and names.
pub fn members(form: Form) -> Known<Vec<(String, String)>> {
    known(move || {
        let group = form.draft.with(|draft| draft.plan.source.clone());
        let of_group = |catalog: &Catalog| {
            let members = catalog.volumes.iter().filter(|volume| volume.group_id.as_ref() == Some(&group));
            members
                .filter_map(|volume| {
                    Some((volume.wwn.clone()?, volume.name.clone().unwrap_or_else(|| volume.id.clone())))
                })
                .collect()
        };
        form.console.desk(form.array, |desk| of_group(desk.catalog())).unwrap_or_default()
    })
}
