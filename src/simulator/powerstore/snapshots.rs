//! The snapshots of what is replicated asynchronously: one for every full hour, of the data that is at both ends. They are
//! a function of the time and of how far the replication has come; nothing keeps them. After a failover there are no
//! newer ones until the ends have synchronized again.

use serde_json::Value;

use crate::lifecycle::Kind as Work;
use crate::simulator::inventory::VolumeGroup;
use crate::simulator::json::json;
use crate::simulator::replication::{Resource, Seen};
use crate::simulator::world::{Array, Volume};

const HOUR: i64 = 3_600_000;
/// How many there are of each.
const KEPT: i64 = 6;

/// A snapshot of what a replication has at this end.
struct Snapshot<'a> {
    id: String,
    name: String,
    of: &'a str,
    at: i64,
}

/// Newest first.
fn of<'a>(array: &Array, seen: &'a Seen) -> Vec<Snapshot<'a>> {
    let newest = seen.session.based.min(seen.end().last_sync).map_or(0, |based| based / HOUR * HOUR);
    let resource = seen.end().resource.as_str();
    let one = |at: i64| Snapshot {
        id: array.seed.named("snapshot").named(resource).derive(at.unsigned_abs()).uuid(),
        name: format!("{}.{}", seen.session.name, crate::wire::time::format(at).get(..16).unwrap_or_default()),
        of: resource,
        at,
    };
    (0..KEPT).map(|back| newest - back * HOUR).filter(|at| *at > 0).map(one).collect()
}

fn all(array: &Array, resource: Resource) -> impl Iterator<Item = Snapshot<'_>> {
    let seen = array
        .replications
        .values()
        .filter(move |seen| seen.session.resource == resource && seen.session.work == Work::Replication);
    seen.flat_map(|seen| of(array, seen))
}

/// When the snapshot with this id of a replicated resource was taken.
pub fn taken_at(array: &Array, seen: &Seen, id: &str) -> Option<i64> {
    of(array, seen).into_iter().find(|snapshot| snapshot.id == id).map(|snapshot| snapshot.at)
}

/// Those of volumes.
pub fn of_volumes(array: &Array) -> Vec<Volume> {
    let volume = |snapshot: Snapshot<'_>| {
        let Snapshot { id, name, of, at } = snapshot;
        let snapshot_of = Some(of.to_owned());
        Some(Volume { id, name, created: at, host_access: false, snapshot_of, ..array.volumes.get(of)?.clone() })
    };
    all(array, Resource::Volume).filter_map(volume).collect()
}

/// Those of volume groups.
pub fn of_groups(array: &Array) -> Vec<VolumeGroup> {
    let group = |snapshot: Snapshot<'_>| {
        let Snapshot { id, name, of, at } = snapshot;
        let snapshot_of = Some(of.to_owned());
        Some(VolumeGroup { id, name, created: at, snapshot_of, ..array.volume_groups.get(of)?.clone() })
    };
    all(array, Resource::VolumeGroup).filter_map(group).collect()
}

/// The type of a volume or a group.
pub fn sort(snapshot_of: Option<&str>) -> Value {
    json!(if snapshot_of.is_some() { "Snapshot" } else { "Primary" })
}

/// `protection_data` of a volume or a group.
pub fn protection_data(snapshot_of: Option<&str>, created: i64) -> Value {
    let Some(of) = snapshot_of else { return Value::Null };
    json!({
        "created_by_rule_id": null, "created_by_rule_name": null,
        "creator_type": "Scheduler", "creator_type_l10n": "Scheduler",
        "expiration_timestamp": null, "source_timestamp": crate::wire::time::format(created),
        "family_id": of, "source_id": of, "parent_id": of,
    })
}
