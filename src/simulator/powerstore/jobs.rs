//! `job`: what can be read of the array's jobs.

use serde_json::Value;

use super::field::{Field, Kind, Label, Relation, Table, View, time};
use crate::lifecycle::job::{IN_PROGRESS, JOB};
use crate::simulator::jobs::Job;
use crate::simulator::json::json;

fn phase(job: &Job, view: &View<'_>) -> &'static str {
    JOB.node(job.phase(view.now)).map_or("Pending", |node| node.name)
}

/// The label of a state is the phase of the same name.
fn state_label(state: &str) -> String {
    let phases = JOB.nodes.iter().map(|node| node.name);
    phases.filter(|phase| phase.eq_ignore_ascii_case(state)).collect()
}

pub static TABLE: Table<Job> = Table { name: "job", fields: &FIELDS, relations: &RELATIONS };

static FIELDS: [Field<Job>; 18] = [
    Field::<Job>::new("id", Kind::Text, |job, _| json!(job.id)),
    Field::<Job>::new("resource_action", Kind::Text, |job, _| json!(job.action)).labelled(Label::Spaced),
    Field::<Job>::new("resource_type", Kind::Text, |job, _| json!(job.resource_kind)).labelled(Label::Spaced),
    Field::<Job>::new("resource_id", Kind::Text, |job, _| json!(job.resource_id)),
    Field::<Job>::new("resource_name", Kind::Text, |job, _| json!(job.resource_name)).folded(),
    Field::<Job>::new("description_l10n", Kind::Text, |job, _| json!(job.description)),
    Field::<Job>::new("state", Kind::Text, |job, view| json!(phase(job, view).to_ascii_uppercase()))
        .labelled(Label::Of(state_label)),
    Field::<Job>::new("start_time", Kind::Time, |job, view| job.started(view.now).map_or(Value::Null, time)),
    Field::<Job>::new("phase", Kind::Text, |job, view| json!(phase(job, view))).since(1, 0, 2).labelled(Label::Same),
    Field::<Job>::new("end_time", Kind::Time, |job, view| job.ended(view.now).map_or(Value::Null, time)),
    Field::<Job>::new("estimated_completion_time", Kind::Time, |job, view| {
        let end = job.planned_end().filter(|_| job.phase(view.now) == IN_PROGRESS);
        end.map_or(Value::Null, time)
    }),
    Field::<Job>::new("progress_percentage", Kind::Number, |job, view| json!(view.array.jobs.progress(job, view.now))),
    Field::<Job>::new("parent_id", Kind::Text, |job, _| json!(job.parent)),
    Field::<Job>::new("root_id", Kind::Text, |job, _| json!(job.root)),
    Field::<Job>::new("user", Kind::Text, |job, _| json!(job.user)),
    Field::<Job>::new("response_body", Kind::Whole, |job, view| job.body(view.now).unwrap_or_default()).unfiltered(),
    Field::<Job>::new("response_status", Kind::Text, |job, view| json!(job.status(view.now)))
        .since(2, 0, 0)
        .labelled(Label::Same),
    Field::<Job>::new("step_order", Kind::Number, |job, _| json!(job.order)),
];

static RELATIONS: [Relation<Job>; 4] = [
    Relation {
        name: "parent",
        check: |selection, release| TABLE.check(selection, release),
        read: |job, view, selection| {
            let parent = job.parent.as_ref().and_then(|id| view.array.jobs.all.get(id));
            TABLE.embed(parent, view, selection)
        },
    },
    Relation {
        name: "root",
        check: |selection, release| TABLE.check(selection, release),
        read: |job, view, selection| TABLE.embed(view.array.jobs.all.get(&job.root), view, selection),
    },
    Relation {
        name: "children",
        check: |selection, release| TABLE.check(selection, release),
        read: |job, view, selection| steps(job, view).map(|step| TABLE.embed(Some(step), view, selection)).collect(),
    },
    // No step has steps of its own: those without are its children.
    Relation {
        name: "leafs",
        check: |selection, release| TABLE.check(selection, release),
        read: |job, view, selection| steps(job, view).map(|step| TABLE.embed(Some(step), view, selection)).collect(),
    },
];

fn steps<'a>(job: &'a Job, view: &View<'a>) -> impl Iterator<Item = &'a Job> {
    let jobs = &view.array.jobs.all;
    job.children.iter().filter_map(|id| jobs.get(id))
}
