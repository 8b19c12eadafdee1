//! `job`: what can be read of the array's jobs.

use serde_json::{Value, json};

use super::field::{Field, Kind, Label, Relation, Table, time};
use crate::simulator::jobs::{Job, Phase};

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Pending => "Pending",
        Phase::InProgress => "In_Progress",
        Phase::Completed => "Completed",
        Phase::Failing => "Failing",
        Phase::Failed => "Failed",
    }
}

/// The label of a state is the phase of the same name.
fn state_label(state: &str) -> String {
    match state {
        "PENDING" => "Pending",
        "IN_PROGRESS" => "In_Progress",
        "COMPLETED" => "Completed",
        "FAILING" => "Failing",
        _ => "Failed",
    }
    .to_owned()
}

pub static TABLE: Table<Job> = Table { name: "job", fields: &FIELDS, relations: &RELATIONS };

static FIELDS: [Field<Job>; 18] = [
    Field::<Job>::new("id", Kind::Text, |job, _| json!(job.id)),
    Field::<Job>::new("resource_action", Kind::Text, |job, _| json!(job.action)).labelled(Label::Spaced),
    Field::<Job>::new("resource_type", Kind::Text, |_, _| json!("import_session")).labelled(Label::Spaced),
    Field::<Job>::new("resource_id", Kind::Text, |job, _| json!(job.resource_id)),
    Field::<Job>::new("resource_name", Kind::Text, |job, _| json!(job.resource_name)).folded(),
    Field::<Job>::new("description_l10n", Kind::Text, |job, _| json!(job.description)),
    Field::<Job>::new("state", Kind::Text, |job, view| json!(phase(job.phase(view.now)).to_uppercase()))
        .labelled(Label::Of(state_label)),
    Field::<Job>::new(
        "start_time",
        Kind::Time,
        |job, view| if view.now < job.starts { Value::Null } else { time(job.starts) },
    ),
    Field::<Job>::new("phase", Kind::Text, |job, view| json!(phase(job.phase(view.now))))
        .since(1, 0, 2)
        .labelled(Label::Same),
    Field::<Job>::new("end_time", Kind::Time, |job, view| job.ended(view.now).map_or(Value::Null, time)),
    Field::<Job>::new("estimated_completion_time", Kind::Time, |job, view| match (&job.end, job.phase(view.now)) {
        (Some(end), Phase::InProgress) => time(end.at),
        _ => Value::Null,
    }),
    Field::<Job>::new("progress_percentage", Kind::Number, |job, view| json!(job.progress(view.now))),
    Field::<Job>::new("parent_id", Kind::Text, |_, _| Value::Null),
    Field::<Job>::new("root_id", Kind::Text, |job, _| json!(job.id)),
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
        read: |_, _, _| Value::Null,
    },
    Relation {
        name: "root",
        check: |selection, release| TABLE.check(selection, release),
        read: |job, view, selection| TABLE.embed(Some(job), view, selection),
    },
    Relation {
        name: "children",
        check: |selection, release| TABLE.check(selection, release),
        read: |_, _, _| json!([]),
    },
    Relation { name: "leafs", check: |selection, release| TABLE.check(selection, release), read: |_, _, _| json!([]) },
];
