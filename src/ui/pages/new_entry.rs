//! The fields of a form that are data alone: see [`crate::array::entry`].

use leptos::prelude::*;

use super::new_form::{Form, field, select};
use crate::array::check::PlanField;
use crate::array::entry::{Entry, of_create};
use crate::operation::{Catalog, List};
use crate::ui::components::line::line;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::known;

/// Those whose name on the wire `picks`; what the array's release does not know is hidden unless it is filled.
pub fn entries(form: Form, picks: fn(&str) -> bool) -> View {
    let all = of_create(form.resource).iter().filter(|entry| picks(entry.key));
    all.map(|entry| one(form, entry)).collect::<Vec<View>>().view()
}

fn one(form: Form, entry: &'static Entry) -> View {
    let of = PlanField::More(entry.key);
    if entry.is_choice() {
        return select(form, of, &[List::Choices], "Choose…", choices);
    }
    let hidden = known(move || !form.has(entry.since) && form.draft().plan.get(of).is_empty());
    let typed = line(entry)
        .value(live(move || form.draft().plan.get(of).to_owned()))
        .on("input", move |event| form.change(&mut |draft| draft.set_field(of, event_target_value(&event))));
    let hint = el("p").class("small").with(entry.hint).done();
    let shown = el("div").with(field(form, of, typed, hint));
    shown.set("hidden", hidden.live()).done()
}

fn choices(catalog: &Catalog) -> Vec<(String, String)> {
    let all = catalog.choices.iter();
    all.map(|choice| (choice.id.clone(), choice.name.as_ref().unwrap_or(&choice.id).clone())).collect()
}
