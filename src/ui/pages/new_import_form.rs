//! What every part of the form of a new import needs: what was typed, what is wrong with it, and fields that
//! say so.

use leptos::prelude::*;

use crate::array::check::{Finding, PlanField, Surroundings, findings, same_name};
use crate::array::source::system_label;
use crate::fleet::{ArrayIndex, Draft, Route};
use crate::lifecycle::Release;
use crate::operation::{Event, List, Reading};
use crate::ui::components::schedule::array_clock;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{El, Piece as _, View, el, live};
use crate::ui::state::{Cell, Held, Known, cell, held, known};
use crate::wire::powerstore::ImportSource;

/// Milliseconds after the last key until the address follows: browsers refuse to be told too often.
const ADDRESS_FOLLOWS: i64 = 200;

/// What every part of the form needs.
#[derive(Clone, Copy)]
pub struct Form {
    /// The console.
    pub console: Console,
    /// The array.
    pub array: ArrayIndex,
    /// The array's id in addresses.
    id: Held<String>,
    /// What was typed.
    pub draft: Cell<Draft>,
    /// The fields that a person has left once, whether or not anything was typed.
    pub touched: Cell<Vec<PlanField>>,
    /// What is wrong with it.
    pub findings: Known<Vec<Finding>>,
    /// The source as the array lists it.
    pub chosen: Known<Option<ImportSource>>,
    /// The name that was proposed last: a name that a person has typed is left alone.
    pub proposed: Held<String>,
    alarm: Held<platform::Alarm>,
    /// The draft that the address holds.
    written: Held<Draft>,
}

impl Form {
    pub fn open(console: Console, array: ArrayIndex, id: &str) -> Form {
        let in_address = console.route.with_untracked(|route| match route {
            Route::NewImport { draft, .. } => (**draft).clone(),
            _ => Draft::default(),
        });
        let bare = in_address == Draft::default();
        let draft = cell(if bare { console.draft(array) } else { in_address.clone() });
        let chosen = known(move || {
            let (source, is_group) = draft.with(|draft| (draft.plan.source.clone(), draft.is_group));
            let list = |sources: &[ImportSource]| sources.iter().find(|listed| listed.id == source).cloned();
            console.desk(array, |desk| {
                let catalog = desk.catalog();
                list(if is_group { &catalog.groups } else { &catalog.volumes })
            })?
        });
        let system = known(move || {
            let remote = draft.with(|draft| draft.plan.remote_system.clone());
            console.desk(array, |desk| {
                desk.catalog().remote_systems.iter().find(|listed| listed.id == remote)?.kind.clone()
            })?
        });
        // Names and sources of the array's sessions: looked through when they change, and not every second.
        let others = known(move || {
            let (name, source, remote) = draft.with(|draft| {
                let plan = &draft.plan;
                (plan.name.clone(), plan.source.clone(), plan.remote_system.clone())
            });
            console.rows(|store, _| {
                let mut rows = store.rows_of(array);
                let taken =
                    store.rows_of(array).any(|row| row.name.as_deref().is_some_and(|other| same_name(other, &name)));
                let importing = rows.find(|row| {
                    let has_ended =
                        row.state.node().is_some_and(|node| node.is_final()) || row.state.name() == "Failed";
                    !has_ended
                        && row.source.id.as_deref() == Some(source.as_str())
                        && row.remote_system.id.as_deref().is_none_or(|other| other == remote)
                });
                (taken, importing.map(|row| row.title().to_owned()))
            })
        });
        let replicates = known(move || {
            let policy = draft.with(|draft| draft.plan.policy.clone());
            let holds = console.desk(array, |desk| {
                desk.catalog()
                    .policies
                    .iter()
                    .any(|listed| Some(&listed.id) == policy.as_ref() && listed.replicates == Some(true))
            });
            holds == Some(true)
        });
        let found = known(move || {
            let (name_taken, importing) = others.get();
            let (system, chosen) = (system.get(), chosen.get());
            draft.with(|draft| {
                let around = Surroundings {
                    release: console.desk(array, |desk| desk.release()).flatten(),
                    array_clock: array_clock(console, array),
                    system: system.as_deref(),
                    is_group: draft.is_group,
                    criterion: chosen.as_ref().map(|source| source.importable_criteria.as_deref()),
                    in_group: chosen.as_ref().is_some_and(|source| source.group_id.is_some()),
                    name_taken,
                    importing: importing.as_deref(),
                    replicates: replicates.get(),
                };
                let mut found = findings(&draft.plan(), &around);
                if draft.later && draft.plan.scheduled.is_none() {
                    let words = crate::array::check::schedule_fault(None, 0).unwrap_or_default().to_owned();
                    found.push(Finding { field: PlanField::Schedule, words, blocks: true });
                }
                found
            })
        });
        let form = Form {
            console,
            array,
            id: held(id.to_owned()),
            draft,
            touched: cell(Vec::new()),
            findings: found,
            chosen,
            proposed: held(String::new()),
            alarm: held(platform::Alarm::default()),
            written: held(in_address),
        };
        if draft.with_untracked(|draft| *draft != Draft::default()) {
            form.change(|_| {});
        }
        form
    }

    /// Changes the draft, and soon the address.
    pub fn change(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        self.console.keep_draft(self.array, self.draft.get_untracked());
        let _ = self.alarm.update(|alarm| alarm.set(ADDRESS_FOLLOWS, move || self.write()));
    }

    fn write(self) {
        let Some(draft) = self.alarm.try_with(|_| self.draft.get_untracked()) else { return };
        self.written.set(draft.clone());
        self.console.rewrite(Route::new_import(&self.id.get(), draft));
    }

    /// Another address of the form was opened: a link, or a step back.
    pub fn follow_address(self) {
        let opened = self.console.route.with(|route| match route {
            Route::NewImport { draft, .. } => Some((**draft).clone()),
            _ => None,
        });
        if let Some(opened) = opened
            && self.written.with(|written| *written != opened)
            && opened != Draft::default()
        {
            self.written.set(opened.clone());
            self.console.keep_draft(self.array, opened.clone());
            self.draft.set(opened);
        }
    }

    /// The field was left.
    pub fn touch(self, field: PlanField) {
        if !self.touched.with_untracked(|touched| touched.contains(&field)) {
            self.touched.update(|touched| touched.push(field));
        }
    }

    /// What is said beside a field: warnings and, once something was typed or the field was left, errors.
    fn said(self, field: PlanField) -> Vec<Finding> {
        let open =
            self.touched.with(|touched| touched.contains(&field)) || self.draft.with(|draft| is_filled(draft, field));
        self.findings.with(|found| {
            found.iter().filter(|finding| finding.field == field && (open || !finding.blocks)).cloned().collect()
        })
    }

    /// The array's release.
    pub fn release(self) -> Option<Release> {
        self.console.desk(self.array, |desk| desk.release()).flatten()
    }
}

fn is_filled(draft: &Draft, field: PlanField) -> bool {
    let plan = &draft.plan;
    match field {
        PlanField::RemoteSystem => !plan.remote_system.is_empty(),
        PlanField::Source => !plan.source.is_empty(),
        PlanField::Name => !plan.name.is_empty(),
        PlanField::Description => !plan.description.is_empty(),
        PlanField::Schedule => plan.scheduled.is_some(),
        PlanField::Kind => plan.kind.is_some(),
        PlanField::Hosts | PlanField::Policy | PlanField::VolumeGroup | PlanField::Address => true,
    }
}

/// The id of the element that stands for a field, its name for people.
pub fn place_of(field: PlanField) -> (&'static str, &'static str) {
    match field {
        PlanField::RemoteSystem => ("plan-remote", "Remote system"),
        PlanField::Source => ("plan-source", "Source"),
        PlanField::Name => ("plan-name", "Name"),
        PlanField::Description => ("plan-description", "Description"),
        PlanField::Kind => ("plan-type", "Type"),
        PlanField::Hosts => ("plan-hosts", "Hosts"),
        PlanField::Policy => ("plan-policy", "Protection policy"),
        PlanField::VolumeGroup => ("plan-group", "Volume group"),
        PlanField::Schedule => ("plan-time", "Start"),
        PlanField::Address => ("plan-address", "Discovery address"),
    }
}

/// A part of the form.
pub fn part(title: &'static str, inside: View) -> View {
    el("section").class("part").set("aria-label", title).with(el("h2").with(title)).with(inside).done()
}

/// What is said beside a field. Its id is the field's with `-said` behind.
pub fn said(form: Form, field: PlanField) -> View {
    let words = known(move || form.said(field));
    let lines = live(move || {
        let line = |finding: Finding| {
            el("span").class(if finding.blocks { "bad" } else { "warns" }).with(finding.words).done()
        };
        words.get().into_iter().map(line).collect::<Vec<View>>()
    });
    el("p").class("said").set("id", format!("{}-said", place_of(field).0)).with(lines).done()
}

/// Ties a control to what is said about its field.
pub fn tied(form: Form, field: PlanField, control: El) -> El {
    let wrong = known(move || form.said(field).iter().any(|finding| finding.blocks));
    let id = place_of(field).0;
    control
        .set("id", id)
        .set("aria-describedby", format!("{id}-said"))
        .set("aria-invalid", live(move || if wrong.get() { "true" } else { "false" }))
        .on("focusout", move |event| {
            if platform::leaves(&event) {
                form.touch(field);
            }
        })
}

/// A control with its name above and what is said of it below.
pub fn field(form: Form, field: PlanField, control: El, hint: Option<View>) -> View {
    let (id, label) = place_of(field);
    el("div")
        .class("field")
        .with(el("label").set("for", id).with(label))
        .with(tied(form, field, control))
        .with(hint)
        .with(said(form, field))
        .done()
}

/// A field for a line of text.
pub fn text(
    form: Form,
    of: PlanField,
    read: fn(&Draft) -> &String,
    write: fn(&mut Draft, String),
    hint: &'static str,
) -> View {
    let input = el("input")
        .set("type", "text")
        .set("autocomplete", "off")
        .set("autocapitalize", "none")
        .set("spellcheck", "false")
        .value(live(move || form.draft.with(|draft| read(draft).clone())))
        .on("input", move |event| {
            let typed = event_target_value(&event);
            form.change(|draft| write(draft, typed));
        });
    field(form, of, input, Some(el("p").class("small").with(hint).done()))
}

/// One of a few choices, with a sentence.
pub fn choice(
    group: &'static str,
    label: &'static str,
    sentence: &'static str,
    on: impl Fn() -> bool + 'static,
    choose: impl Fn() + 'static,
) -> View {
    el("label")
        .class("tick")
        .with(
            el("input")
                .set("type", "radio")
                .set("name", group)
                .state("checked", live(on))
                .on("change", move |_| choose()),
        )
        .with(el("span").with(label).with((!sentence.is_empty()).then(|| el("small").with(sentence).done())))
        .done()
}

/// A choice of one thing of a list of the array's, or none.
pub fn select(
    form: Form,
    of: PlanField,
    lists: &'static [List],
    items: fn(&crate::operation::Catalog) -> Vec<(String, String)>,
    read: fn(&Draft) -> Option<&String>,
    write: fn(&mut Draft, Option<String>),
) -> View {
    let Form { console, array, draft, .. } = form;
    let listed = known(move || console.desk(array, |desk| items(desk.catalog())).unwrap_or_default());
    let chosen = known(move || draft.with(|draft| read(draft).cloned().unwrap_or_default()));
    let options = live(move || {
        let mut all = vec![(String::new(), "None".to_owned())];
        all.extend(listed.get());
        let held = chosen.get_untracked();
        // What a link names is kept although the array does not list it (yet).
        if !all.iter().any(|(id, _)| *id == held) {
            all.push((held.clone(), held));
        }
        let option = |(id, name): (String, String)| {
            let value = id.clone();
            el("option")
                .set("value", value)
                .state("selected", live(move || chosen.with(|chosen| *chosen == id)))
                .with(name)
                .done()
        };
        all.into_iter().map(option).collect::<Vec<View>>()
    });
    let control = el("select").with(options).on("change", move |event| {
        let id = Some(event_target_value(&event)).filter(|id| !id.is_empty());
        form.change(|draft| write(draft, id));
    });
    field(form, of, control, Some(reading(form, lists)))
}

/// How the reading of lists stands, while it is not simply done.
pub fn reading(form: Form, lists: &'static [List]) -> View {
    let Form { console, array, .. } = form;
    let state = known(move || {
        console.desk(array, |desk| {
            let readings = lists.iter().map(|list| desk.catalog().reading(*list));
            readings.rev().find(|reading| matches!(reading, Reading::Reading | Reading::Failed(_))).cloned()
        })?
    });
    let shown = live(move || match state.get() {
        Some(Reading::Reading) => {
            el("p").class("small").set("role", "status").set("aria-busy", "true").with("Reading the list…").done()
        }
        Some(Reading::Failed(error)) => el("p")
            .class("words bad")
            .set("role", "alert")
            .with("The list could not be read. ")
            .with(error.to_string())
            .with(" ")
            .with(
                el("button")
                    .set("type", "button")
                    .on("click", move |_| console.hear(array, Event::BrowseAgain))
                    .with("Read again"),
            )
            .done(),
        _ => View::none(),
    });
    shown.view()
}

/// A remote system as people call it.
pub fn remote_label(remote: &crate::wire::powerstore::RemoteSystem) -> String {
    let name = remote.name.as_deref().unwrap_or(&remote.id);
    let kind = system_label(remote.kind.as_deref().unwrap_or("kind not told"));
    let trouble =
        remote.state.as_deref().filter(|state| *state != "OK").map(|state| format!(", {}", state.replace('_', " ")));
    format!("{name} ({kind}{})", trouble.unwrap_or_default())
}
