//! What every part of the form of a new session needs: what was typed, what is wrong with it, and fields that
//! say so.

use std::rc::Rc;

use leptos::prelude::*;

use crate::array::DeedEnd;
use crate::array::check::{Finding, PlanField, Surroundings, findings, same_name, schedule_fault};
use crate::array::entry;
use crate::fleet::{ArrayIndex, Draft, Route};
use crate::lifecycle::Release;
use crate::operation::{Catalog, Event, List, Reading};
use crate::ui::components::line::plain;
use crate::ui::components::schedule::array_clock;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{El, Piece as _, View, el, live};
use crate::ui::state::{Cell, Held, Known, cell, held, known};
use crate::wire::powerstore::Resource;

/// Milliseconds after the last key until the address follows: browsers refuse to be told too often.
const ADDRESS_FOLLOWS: i64 = 200;

/// What every part of the form needs.
#[derive(Clone, Copy)]
pub struct Form {
    /// The console.
    pub console: Console,
    /// The array.
    pub array: ArrayIndex,
    /// The collection that it adds to.
    pub resource: Resource,
    /// The array's id in addresses.
    id: Held<String>,
    draft: Cell<Rc<Draft>>,
    /// The fields that a person has left once, whether or not anything was typed.
    pub touched: Cell<Vec<PlanField>>,
    /// What is wrong with it.
    pub findings: Known<Vec<Finding>>,
    /// The name that was proposed last: a name that a person has typed is left alone.
    pub proposed: Held<String>,
    alarm: Held<platform::Alarm>,
    /// The draft that the address holds.
    written: Held<Rc<Draft>>,
}

impl Form {
    /// The form as the address fills it in; an address without anything opens it as it was left.
    pub fn open(console: Console, array: ArrayIndex, id: &str, resource: Resource) -> Form {
        let written = untrack(|| in_address(console)).unwrap_or_default();
        let bare = *written == Draft::of(resource);
        let draft = cell(if bare { Rc::new(console.draft(array, resource)) } else { written.clone() });
        // Names and sources of the array's sessions: looked through when they change, and not every second.
        let others = known(move || others(console, array, &draft.get()));
        let findings = known(move || found(console, array, &draft.get(), &others.get()));
        let form = Form {
            console,
            array,
            resource,
            id: held(id.to_owned()),
            draft,
            touched: cell(Vec::new()),
            findings,
            proposed: held(String::new()),
            alarm: held(platform::Alarm::default()),
            written: held(written),
        };
        // What was remembered goes into the address, and what the address holds is remembered.
        form.change(&mut |_| {});
        form
    }

    /// What was typed; whoever reads it is run again when it changes.
    #[inline(never)]
    pub fn draft(self) -> Rc<Draft> {
        self.draft.get()
    }

    /// Looks at what the array lists; whoever does is run again when something happens at the desk.
    #[inline(never)]
    pub fn look(self, read: &mut dyn FnMut(&Catalog)) {
        self.console.desk(self.array, |desk| read(desk.catalog()));
    }

    /// How the reading of a list stands.
    #[inline(never)]
    pub fn reading(self, list: List) -> Reading {
        self.console.desk(self.array, |desk| desk.catalog().reading(list).clone()).unwrap_or_default()
    }

    /// The type of the chosen remote system.
    pub fn kind(self) -> Option<String> {
        let draft = self.draft();
        let mut kind = None;
        self.look(&mut |catalog| kind = kind_of(catalog, &draft.plan.remote_system).map(str::to_owned));
        kind
    }

    /// Changes the draft, and soon the address.
    #[inline(never)]
    pub fn change(self, change: &mut dyn FnMut(&mut Draft)) {
        self.draft.update(|draft| change(Rc::make_mut(draft)));
        let draft = untrack(|| self.draft());
        if *draft != Draft::of(self.resource) || self.written.with(|written| **written != *draft) {
            self.console.keep_draft(self.array, &draft);
            let _ = self.alarm.update(|alarm| alarm.set(ADDRESS_FOLLOWS, move || self.write()));
        }
    }

    fn write(self) {
        let Some(draft) = self.alarm.try_with(|_| untrack(|| self.draft())) else { return };
        let draft = draft.public();
        self.console.rewrite(Route::new(&self.id.get(), draft.clone()));
        self.written.set(Rc::new(draft));
    }

    /// Another address of the form was opened: a link, or a step back.
    pub fn follow_address(self) {
        if let Some(opened) = in_address(self.console)
            && self.written.with(|written| *written != opened)
            && *opened != Draft::of(self.resource)
        {
            self.written.set(opened.clone());
            self.console.keep_draft(self.array, &opened);
            self.draft.set(opened);
        }
    }

    /// The field was left.
    pub fn touch(self, field: PlanField) {
        // The browser takes the focus out of a page that is being left, too.
        if self.id.try_with(|_| ()).is_none() {
            return;
        }
        if !self.touched.with_untracked(|touched| touched.contains(&field)) {
            self.touched.update(|touched| touched.push(field));
        }
    }

    /// What is said beside a field: warnings and, once something was typed or the field was left, errors.
    fn said(self, field: PlanField) -> Vec<Finding> {
        let open = self.touched.with(|touched| touched.contains(&field)) || is_filled(&self.draft(), field);
        let mut found = self.findings.get();
        found.retain(|finding| finding.field == field && (open || !finding.blocks));
        if let Some(words) = self.refused(field) {
            found.push(Finding { field, words, blocks: false });
        }
        found
    }

    /// What the array has said of this field, as long as that is what it would be sent again.
    fn refused(self, field: PlanField) -> Option<String> {
        let draft = self.draft();
        let told = self.console.desk(self.array, |desk| {
            let act = desk.creation().filter(|act| act.is_of(self.resource))?;
            match &act.deed.as_ref()?.end {
                DeedEnd::Refused(words) | DeedEnd::Failed(words)
                    if field.is_named_in(words, self.resource)
                        && act.plan.as_ref()?.get(field) == draft.plan.get(field) =>
                {
                    Some(words.clone())
                }
                _ => None,
            }
        });
        told.flatten()
    }

    /// The array's release.
    #[inline(never)]
    pub fn release(self) -> Option<Release> {
        self.console.desk(self.array, |desk| desk.release()).flatten()
    }

    /// False only for a release that is known to lack what came with `since`.
    pub fn has(self, since: Release) -> bool {
        self.release().is_none_or(|release| release >= since)
    }
}

/// The draft in the address, while the form is open.
fn in_address(console: Console) -> Option<Rc<Draft>> {
    console.route.with(|route| match route {
        Route::New { draft, .. } => Some(Rc::new((**draft).clone())),
        _ => None,
    })
}

/// Whether the name is taken, and the session that has the source and has not ended.
fn others(console: Console, array: ArrayIndex, draft: &Draft) -> (bool, Option<String>) {
    let plan = &draft.plan;
    let (mut is_taken, mut importing) = (false, None);
    console.rows(|store, _| {
        for row in store.rows_of(array).filter(|row| row.resource == plan.resource) {
            is_taken |= row.name.as_deref().is_some_and(|other| same_name(other, &plan.name));
            // Of a migration the list of what can be moved tells it.
            let is_final = plan.resource == Resource::Migration || row.state.node().is_some_and(|node| node.is_final());
            if row.source.id.as_deref() == Some(plan.source.as_str())
                && row.remote_system.id.as_deref().is_none_or(|other| other == plan.remote_system)
                && !is_final
            {
                importing = Some(row.title().to_owned());
            }
        }
    });
    (is_taken, importing)
}

fn found(console: Console, array: ArrayIndex, draft: &Draft, others: &(bool, Option<String>)) -> Vec<Finding> {
    let array_clock = array_clock(console, array);
    let told = console.desk(array, |desk| judged(draft, desk.catalog(), desk.release(), array_clock, others));
    told.unwrap_or_default()
}

fn judged(
    draft: &Draft,
    catalog: &Catalog,
    release: Option<Release>,
    array_clock: Option<i64>,
    others: &(bool, Option<String>),
) -> Vec<Finding> {
    let plan = &draft.plan;
    let sources = if draft.is_group { &catalog.groups } else { &catalog.volumes };
    let source = sources.iter().find(|source| source.id == plan.source);
    let policy = catalog.policies.iter().find(|policy| Some(&policy.id) == plan.policy.as_ref());
    let around = Surroundings {
        release,
        array_clock,
        system: kind_of(catalog, &plan.remote_system),
        is_group: draft.is_group,
        criterion: source.map(|source| source.importable_criteria.as_deref()),
        in_group: source.is_some_and(|source| source.group_id.is_some()),
        name_taken: others.0,
        importing: others.1.as_deref(),
        replicates: policy.is_some_and(|policy| policy.replicates == Some(true)),
        appliance: source.and_then(|source| source.appliance_id.as_deref()),
    };
    let mut found = findings(&draft.plan(), &around);
    if draft.later && plan.scheduled.is_none() {
        let words = schedule_fault(None, 0).unwrap_or_default().to_owned();
        found.push(Finding { field: PlanField::Schedule, words, blocks: true });
    }
    found
}

/// The type of a remote system.
fn kind_of<'a>(catalog: &'a Catalog, remote: &str) -> Option<&'a str> {
    catalog.remote_systems.iter().find(|listed| listed.id == remote)?.kind.as_deref()
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
        PlanField::More(key) => !plan.get(PlanField::More(key)).is_empty(),
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
        PlanField::More(key) => {
            let all = [Resource::FileImport, Resource::Migration].into_iter();
            (key, all.filter_map(|resource| entry::named(resource, key)).next().map_or(key, |entry| entry.label))
        }
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
    control.set("id", id).set("aria-describedby", format!("{id}-said")).set("aria-invalid", wrong.live()).on(
        "focusout",
        move |event| {
            if platform::leaves(&event) {
                form.touch(field);
            }
        },
    )
}

/// A control with its name above and what is said of it below.
pub fn field(form: Form, field: PlanField, control: El, hint: View) -> View {
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
pub fn text(form: Form, of: PlanField, hint: &'static str) -> View {
    let input = plain()
        .value(live(move || form.draft().plan.get(of).to_owned()))
        .on("input", move |event| form.change(&mut |draft| draft.set_field(of, event_target_value(&event))));
    field(form, of, input, el("p").class("small").with(hint).done())
}

/// One of a few choices in the group of this name, or a box to tick when the name is empty.
pub fn choice(
    form: Form,
    group: &'static str,
    (label, sentence): (&'static str, &'static str),
    is_on: fn(&Draft) -> bool,
    set: fn(&mut Draft, bool),
) -> View {
    let kind = if group.is_empty() { "checkbox" } else { "radio" };
    let input = el("input")
        .set("type", kind)
        .set("name", group)
        .state("checked", live(move || is_on(&form.draft())))
        .on("change", move |event| form.change(&mut |draft| set(draft, event_target_checked(&event))));
    el("label").class("tick").with(input).with(el("span").with(label).with(el("small").with(sentence))).done()
}

/// A choice of one thing of a list of the array's; `none` stands for no choice.
pub fn select(
    form: Form,
    of: PlanField,
    lists: &'static [List],
    none: &'static str,
    items: fn(&Catalog) -> Vec<(String, String)>,
) -> View {
    let listed = known(move || {
        let mut all = Vec::new();
        form.look(&mut |catalog| all = items(catalog));
        all
    });
    let options = live(move || {
        let mut all = vec![(String::new(), none.to_owned())];
        all.extend(listed.get());
        let held = untrack(|| form.draft().plan.get(of).to_owned());
        // What a link names is kept although the array does not list it (yet).
        if !all.iter().any(|(id, _)| *id == held) {
            all.push((held.clone(), held));
        }
        let option = |(id, name): (String, String)| {
            let value = id.clone();
            let is_chosen = live(move || form.draft().plan.get(of) == id);
            el("option").set("value", value).state("selected", is_chosen).with(name).done()
        };
        all.into_iter().map(option).collect::<Vec<View>>()
    });
    let control = el("select")
        .with(options)
        .on("change", move |event| form.change(&mut |draft| draft.set_field(of, event_target_value(&event))));
    field(form, of, control, reading(form, lists))
}

/// How the reading of lists stands, while it is not simply done.
pub fn reading(form: Form, lists: &'static [List]) -> View {
    // Why it failed; nothing while it goes on.
    let state = known(move || {
        lists.iter().rev().find_map(|list| match form.reading(*list) {
            Reading::Reading => Some(String::new()),
            Reading::Failed(error) => Some(error.to_string()),
            Reading::NotWanted | Reading::ReadAt(_) => None,
        })
    });
    let shown = live(move || match state.get() {
        None => View::none(),
        Some(why) if why.is_empty() => {
            el("p").class("small").set("role", "status").set("aria-busy", "true").with("Reading the list…").done()
        }
        Some(why) => el("p")
            .class("words bad")
            .set("role", "alert")
            .with("The list could not be read. ")
            .with(why)
            .with(" ")
            .with(
                el("button")
                    .set("type", "button")
                    .on("click", move |_| form.console.hear(form.array, Event::BrowseAgain))
                    .with("Read again"),
            )
            .done(),
    });
    shown.view()
}
