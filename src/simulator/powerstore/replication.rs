//! `replication_session`: what an array shows of its end of a replication.

use serde_json::Value;

use super::field::{Field, Kind, Label, Relation, Table, View, time};
use super::inventory::{REPLICATION_RULE, VOLUME_GROUP};
use super::lookups::{REMOTE_SYSTEM, VOLUME};
use crate::lifecycle::Kind as Work;
use crate::simulator::json::json;
use crate::simulator::replication::{Resource, Seen, Side};

pub static TABLE: Table<Seen> = Table { name: "replication_session", fields: &FIELDS, relations: &RELATIONS };

fn of_nas(seen: &Seen) -> bool {
    seen.session.resource == Resource::NasServer
}

/// A time that NAS servers do not have.
fn moment(seen: &Seen, at: Option<i64>) -> Value {
    at.filter(|_| !of_nas(seen)).map_or(Value::Null, time)
}

fn progress(seen: &Seen, view: &View<'_>) -> Option<i64> {
    let run = seen.run()?;
    Some(((view.now - run.started) * 100 / run.takes.max(1)).clamp(0, 99))
}

fn pairs(seen: &Seen) -> Value {
    let kind = match seen.session.resource {
        Resource::NasServer | Resource::FileSystem => "file_system",
        _ => "volume",
    };
    let pair = |[first, second]: &[String; 2]| {
        let (local, remote) = if seen.here == Side::First { (first, second) } else { (second, first) };
        json!({
            "local_storage_element_id": local,
            "remote_storage_element_id": remote,
            "storage_element_type": kind,
            "replication_shadow_id": null,
        })
    };
    seen.session.elements.iter().map(pair).collect()
}

fn witness(seen: &Seen) -> Value {
    if !seen.session.metro {
        return Value::Null;
    }
    json!({
        "witness_id": "1",
        "witness_uuid": "3c6d9a14-6a0e-4f0b-9d0e-5b2f1a7c8e21",
        "witness_name": "witness-1",
        "state": "Engaged",
    })
}

static FIELDS: [Field<Seen>; 22] = [
    Field::<Seen>::new("id", Kind::Text, |seen, _| json!(seen.session.id)),
    Field::<Seen>::new("state", Kind::Text, |seen, _| json!(seen.session.name_of(seen.here))).labelled(Label::Spaced),
    Field::<Seen>::new("role", Kind::Text, |seen, _| json!(seen.session.role(seen.here))).labelled(Label::Spaced),
    Field::<Seen>::new("resource_type", Kind::Text, |seen, _| json!(seen.session.resource.word())).labelled(Label::Of(
        |word| match word {
            "volume" => "Volume".to_owned(),
            "volume_group" => "Volume Group".to_owned(),
            "nas_server" => "NAS Server".to_owned(),
            _ => "File System".to_owned(),
        },
    )),
    Field::<Seen>::new("data_transfer_state", Kind::Text, |seen, _| {
        json!(seen.session.transfer(seen.here, seen.link_up))
    })
    .since(3, 0, 0)
    .labelled(Label::Spaced),
    Field::<Seen>::new("type", Kind::Text, |seen, _| json!(seen.session.sort())).since(3, 0, 0).labelled(Label::Spaced),
    Field::<Seen>::new("last_sync_timestamp", Kind::Time, |seen, _| moment(seen, seen.end().last_sync)),
    Field::<Seen>::new("local_resource_id", Kind::Text, |seen, _| json!(seen.end().resource)),
    Field::<Seen>::new("remote_resource_id", Kind::Text, |seen, _| json!(seen.other().resource)),
    Field::<Seen>::new("remote_system_id", Kind::Text, |seen, _| json!(seen.end().remote_system)),
    Field::<Seen>::new("progress_percentage", Kind::Number, |seen, view| json!(progress(seen, view))),
    Field::<Seen>::new("estimated_completion_timestamp", Kind::Time, |seen, _| {
        moment(seen, seen.run().map(|run| run.started + run.takes))
    }),
    Field::<Seen>::new("replication_rule_id", Kind::Text, |seen, _| json!(seen.end().rule)),
    Field::<Seen>::new("last_sync_duration", Kind::Number, |seen, _| {
        json!(seen.end().last_sync.filter(|_| !of_nas(seen)).map(|_| seen.end().last_sync_took))
    })
    .since(2, 0, 0),
    Field::<Seen>::new("next_sync_timestamp", Kind::Time, |seen, _| {
        let session = &seen.session;
        let ticks = session.work == Work::Replication && seen.end().leads && session.based.is_some();
        moment(
            seen,
            (ticks && matches!(session.name_of(seen.here), "OK" | "Synchronizing"))
                .then_some(session.ticked + session.rpo),
        )
    })
    .since(2, 0, 0),
    Field::<Seen>::new("storage_element_pairs", Kind::List, |seen, _| pairs(seen)).unfiltered(),
    Field::<Seen>::new("failover_test_in_progress", Kind::Flag, |seen, _| json!(seen.end().test)).since(2, 0, 0),
    Field::<Seen>::new("error_code", Kind::Text, |seen, _| json!(seen.end().error)).since(3, 0, 0),
    Field::<Seen>::new("data_connection_state", Kind::Text, |seen, _| {
        json!(if seen.link_up { "OK" } else { "Complete_Data_Connection_Loss" })
    })
    .since(3, 0, 0)
    .labelled(Label::Of(|state| if state == "OK" { "OK" } else { "Complete Data Connections Loss" }.to_owned())),
    Field::<Seen>::new("parent_replication_session_id", Kind::Text, |seen, _| json!(seen.session.parent))
        .since(3, 0, 0),
    Field::<Seen>::new("local_resource_state", Kind::Text, |seen, _| json!(seen.end().local.word()))
        .since(3, 0, 0)
        .labelled(Label::Spaced),
    Field::<Seen>::new("witness_details", Kind::Whole, |seen, _| witness(seen)).since(3, 6, 0).unfiltered(),
];

static RELATIONS: [Relation<Seen>; 4] = [
    Relation {
        name: "remote_system",
        check: |selection, release| REMOTE_SYSTEM.check(selection, release),
        read: |seen, view, selection| {
            REMOTE_SYSTEM.embed(view.array.remote_systems.get(&seen.end().remote_system), view, selection)
        },
    },
    Relation {
        name: "replication_rule",
        check: |selection, release| REPLICATION_RULE.check(selection, release),
        read: |seen, view, selection| {
            let rule = seen.end().rule.as_ref().and_then(|id| view.array.replication_rules.get(id));
            REPLICATION_RULE.embed(rule, view, selection)
        },
    },
    Relation {
        name: "volumes",
        check: |selection, release| VOLUME.check(selection, release),
        read: |seen, view, selection| {
            let volume = view.array.volumes.get(&seen.end().resource);
            volume.into_iter().map(|volume| VOLUME.embed(Some(volume), view, selection)).collect()
        },
    },
    Relation {
        name: "volume_groups",
        check: |selection, release| VOLUME_GROUP.check(selection, release),
        read: |seen, view, selection| {
            let group = view.array.volume_groups.get(&seen.end().resource);
            group.into_iter().map(|group| VOLUME_GROUP.embed(Some(group), view, selection)).collect()
        },
    },
];
