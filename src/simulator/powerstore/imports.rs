//! `import_session`: what can be read of it.

use serde_json::Value;

use super::field::{Field, Kind, Label, Relation, Table, View, time};
use super::lookups;
use crate::lifecycle::{Kind as Work, ProgressRule};
use crate::simulator::json::json;
use crate::simulator::world::{self, Session};

pub static TABLE: Table<Session> = Table { name: "import_session", fields: &FIELDS, relations: &RELATIONS };

static FIELDS: [Field<Session>; 21] = [
    Field::<Session>::new("id", Kind::Text, |session, _| json!(session.id)),
    Field::<Session>::new("name", Kind::Text, |session, _| json!(session.asked.name)).folded(),
    Field::<Session>::new("description", Kind::Text, |session, _| json!(session.asked.description)),
    Field::<Session>::new("type", Kind::Text, |session, _| json!(type_name(session.asked.kind)))
        .since(1, 0, 2)
        .labelled(Label::Spaced),
    Field::<Session>::new("remote_system_id", Kind::Text, |session, _| json!(session.asked.remote_system)),
    Field::<Session>::new("source_resource_id", Kind::Text, |session, _| json!(session.asked.source)),
    Field::<Session>::new("destination_resource_id", Kind::Text, |session, _| json!(session.destination)),
    Field::<Session>::new("destination_resource_type", Kind::Text, |session, _| {
        json!(match session.work {
            Work::ImportGroup => "volume_group",
            _ => "volume",
        })
    })
    .labelled(Label::Of(|kind| if kind == "volume" { "Volume" } else { "Volume Group" }.to_owned())),
    Field::<Session>::new("parent_session_id", Kind::Text, |session, _| json!(session.asked.parent)),
    Field::<Session>::new("state", Kind::Text, state).labelled(Label::Of(state_label)),
    Field::<Session>::new("progress_percentage", Kind::Number, progress),
    Field::<Session>::new("estimated_completion_timestamp", Kind::Time, |session, view| {
        copying(session, view).map_or(Value::Null, |copy| time(copy.estimate))
    }),
    Field::<Session>::new("average_transfer_rate", Kind::Number, |session, view| {
        copying(session, view).map_or(Value::Null, |copy| json!(copy.average))
    }),
    Field::<Session>::new("current_transfer_rate", Kind::Number, |session, view| {
        copying(session, view).map_or(Value::Null, |copy| json!(copy.current))
    }),
    Field::<Session>::new("scheduled_timestamp", Kind::Time, |session, _| {
        session.asked.scheduled.map_or(Value::Null, time)
    }),
    Field::<Session>::new("last_update_timestamp", Kind::Time, |session, view| {
        time(view.array.last_update(session, view.now))
    }),
    Field::<Session>::new("automatic_cutover", Kind::Flag, |session, _| json!(session.asked.automatic_cutover)),
    Field::<Session>::new("protection_policy_id", Kind::Text, |session, _| json!(session.asked.protection_policy)),
    Field::<Session>::new("volume_group_id", Kind::Text, |session, _| json!(session.asked.volume_group)),
    Field::<Session>::new("global_storage_discovery_address", Kind::Text, |session, _| {
        json!(session.asked.discovery_address)
    })
    .since(3, 0, 0),
    Field::<Session>::new("error", Kind::Whole, |session, _| {
        session.error.as_ref().map_or(
            Value::Null,
            |error| json!({ "code": error.code, "message_l10n": error.message, "arguments": error.arguments }),
        )
    })
    .unfiltered(),
];

static RELATIONS: [Relation<Session>; 1] = [Relation {
    name: "remote_system",
    check: |selection, release| lookups::REMOTE_SYSTEM.check(selection, release),
    read: |session, view, selection| {
        let remote = view.array.remote_systems.get(&session.asked.remote_system);
        lookups::REMOTE_SYSTEM.embed(remote, view, selection)
    },
}];

fn type_name(kind: world::Kind) -> &'static str {
    match kind {
        world::Kind::Agentless => "Agentless",
        world::Kind::NonDisruptive => "Non_Disruptive",
    }
}

fn state(session: &Session, view: &View<'_>) -> Value {
    if let Some(raw) = view.array.faults.states.get(&session.id) {
        return json!(raw);
    }
    json!(session.table().node(session.node).map_or("Invalid", |node| node.name))
}

fn state_label(state: &str) -> String {
    let labelled = |kind: Work| {
        let table = kind.lifecycle();
        table.node_named(state).and_then(|node| table.node(node)).map(|node| node.label.to_owned())
    };
    [Work::ImportVolume, Work::ImportGroup].into_iter().find_map(labelled).unwrap_or_else(|| state.replace('_', " "))
}

fn progress(session: &Session, view: &View<'_>) -> Value {
    let percent = || u128::from(session.copied_at(view.now)) * 100 / u128::from(session.size.max(1));
    let progress = session.table().node(session.node).map(|node| node.progress);
    match progress {
        Some(ProgressRule::Zero) => json!(0),
        Some(ProgressRule::Runs | ProgressRule::Held) if session.work == Work::ImportGroup => {
            json!(view.array.group_progress(session, view.now))
        }
        Some(ProgressRule::Runs | ProgressRule::Held) => json!(u64::try_from(percent().min(99)).unwrap_or(99)),
        Some(ProgressRule::Full) => json!(100),
        Some(ProgressRule::Null) | None => Value::Null,
    }
}

/// A copy that runs, as it stood at the beginning of the current slice of its course: everything that
/// is shown of it changes together, and with it the time of the last update.
struct Copying {
    average: u64,
    current: u64,
    estimate: i64,
}

fn copying(session: &Session, view: &View<'_>) -> Option<Copying> {
    let run = session.run?;
    let at = run.slice(view.now);
    let elapsed = at - run.started;
    let copied = session.copied_at(view.now);
    let current = run.course.rate(elapsed);
    let seconds = u64::try_from((session.copied_in + elapsed) / 1000).unwrap_or(0);
    let average = copied.checked_div(seconds).filter(|rate| *rate > 0).unwrap_or(current);
    let left = i64::try_from((session.size - copied) / average.max(1)).unwrap_or(0);
    Some(Copying { average, current, estimate: at + left * 1000 })
}
