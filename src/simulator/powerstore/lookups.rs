//! What sessions point to, and what the array tells of itself: names for ids, the release.

use serde_json::Value;

use super::field::{Field, Kind, Label, Relation, Table, View, time};
use super::inventory::{POLICY, VOLUME_GROUP};
use super::{imports, replication, snapshots};
use crate::simulator::json::json;
use crate::simulator::migration;
use crate::simulator::source::Family;
use crate::simulator::world::{RemoteSystem, Volume};

/// A resource of which this array has exactly one: what is read comes from the array itself.
#[derive(Debug)]
pub struct Single;

pub static REMOTE_SYSTEM: Table<RemoteSystem> =
    Table { name: "remote_system", fields: &REMOTE_SYSTEM_FIELDS, relations: &REMOTE_SYSTEM_RELATIONS };

static REMOTE_SYSTEM_RELATIONS: [Relation<RemoteSystem>; 3] = [
    Relation {
        name: "import_sessions",
        check: |selection, release| imports::TABLE.check(selection, release),
        read: |remote, view, selection| {
            let of_remote = view.array.sessions.values().filter(|session| session.asked.remote_system == remote.id);
            of_remote.map(|session| imports::TABLE.embed(Some(session), view, selection)).collect()
        },
    },
    Relation {
        name: "replication_sessions",
        check: |selection, release| replication::TABLE.check(selection, release),
        read: |remote, view, selection| {
            let to_remote = view.array.replications.values().filter(|seen| seen.end().remote_system == remote.id);
            to_remote.map(|seen| replication::TABLE.embed(Some(seen), view, selection)).collect()
        },
    },
    // There are none, so whatever is selected of them is there.
    Relation { name: "storage_container_destinations", check: |_, _| Ok(()), read: |_, _, _| json!([]) },
];

fn remote_type(remote: &RemoteSystem) -> &'static str {
    remote.family.map_or("PowerStore", |family| family.facts().remote_type)
}

static REMOTE_SYSTEM_FIELDS: [Field<RemoteSystem>; 26] = [
    Field::<RemoteSystem>::new("id", Kind::Text, |remote, _| json!(remote.id)),
    Field::<RemoteSystem>::new("name", Kind::Text, |remote, _| json!(remote.name)).folded(),
    Field::<RemoteSystem>::new("description", Kind::Text, |_, _| Value::Null),
    Field::<RemoteSystem>::new("serial_number", Kind::Text, |remote, _| json!(remote.serial_number)),
    Field::<RemoteSystem>::new("version", Kind::Text, |remote, _| match remote.family {
        Some(Family::Unity) => json!("5.4.0"),
        _ => Value::Null,
    })
    .since(2, 0, 0),
    Field::<RemoteSystem>::new("management_address", Kind::Text, |remote, _| json!(remote.address)),
    Field::<RemoteSystem>::new("type", Kind::Text, |remote, _| json!(remote_type(remote))).labelled(Label::Of(
        |kind| match kind {
            "PowerMax_VMAX" => "PowerMax/VMAX".to_owned(),
            kind => kind.replace('_', " "),
        },
    )),
    Field::<RemoteSystem>::new("user_name", Kind::Text, |remote, _| json!(remote.family.map(|_| "admin"))),
    Field::<RemoteSystem>::new("state", Kind::Text, |remote, _| {
        json!(if remote.reachable { "OK" } else { "Management_Connection_Lost" })
    })
    .labelled(Label::Spaced),
    Field::<RemoteSystem>::new("data_connection_type", Kind::Text, |_, _| json!("iSCSI"))
        .since(3, 0, 0)
        .labelled(Label::Same),
    Field::<RemoteSystem>::new("data_connection_state", Kind::Text, |remote, _| {
        json!(if remote.reachable { "OK" } else { "Complete_Data_Connection_Loss" })
    })
    .labelled(Label::Of(|state| if state == "OK" { "OK" } else { "Complete Data Connections Loss" }.to_owned())),
    Field::<RemoteSystem>::new("discovery_chap_mode", Kind::Text, |_, _| json!("Disabled")).labelled(Label::Same),
    Field::<RemoteSystem>::new("session_chap_mode", Kind::Text, |_, _| json!("Disabled")).labelled(Label::Same),
    Field::<RemoteSystem>::new("data_network_latency", Kind::Text, |_, _| Value::Null).labelled(Label::Spaced),
    Field::<RemoteSystem>::new("management_port", Kind::Number, |_, _| json!(443)).since(3, 0, 0),
    Field::<RemoteSystem>::new("iscsi_addresses", Kind::List, |remote, _| json!([remote.address])),
    Field::<RemoteSystem>::new("fc_target_wwns", Kind::List, |_, _| json!([])).since(3, 0, 0),
    Field::<RemoteSystem>::new("data_connections", Kind::List, |_, _| json!([])).unfiltered(),
    Field::<RemoteSystem>::new("capabilities", Kind::List, |_, _| json!([])).since(3, 0, 0).labelled(Label::Same),
    Field::<RemoteSystem>::new("file_connection_address", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
    Field::<RemoteSystem>::new("file_connection_state", Kind::Text, |_, _| Value::Null)
        .since(3, 0, 0)
        .labelled(Label::Spaced),
    Field::<RemoteSystem>::new("vnx_file_username", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
    Field::<RemoteSystem>::new("ppdd_storage_unit_details", Kind::Whole, |_, _| Value::Null).since(3, 5, 0),
    Field::<RemoteSystem>::new("appliance_details", Kind::List, |_, _| json!([])).since(3, 0, 0).unfiltered(),
    Field::<RemoteSystem>::new("unity_file_details", Kind::Whole, |_, _| Value::Null).since(4, 0, 0),
    Field::<RemoteSystem>::new("powerstore_data_network_configuration", Kind::List, |_, _| json!([]))
        .since(4, 0, 0)
        .unfiltered(),
];

/// True while a resource takes its data from another array.
pub fn is_destination(resource: &str, view: &View<'_>) -> bool {
    view.array.replication_of(resource).is_some_and(|seen| !seen.session.metro && !seen.end().leads)
}

/// The metro session of a resource.
pub fn metro(resource: &str, view: &View<'_>) -> Option<String> {
    let seen = view.array.replication_of(resource).filter(|seen| seen.session.metro)?;
    (seen.end().resource == resource).then(|| seen.session.id.clone())
}

pub static VOLUME: Table<Volume> = Table { name: "volume", fields: &VOLUME_FIELDS, relations: &VOLUME_RELATIONS };

static VOLUME_RELATIONS: [Relation<Volume>; 2] = [
    Relation {
        name: "volume_groups",
        check: |selection, release| VOLUME_GROUP.check(selection, release),
        read: |volume, view, selection| {
            let group = volume.group.as_ref().and_then(|id| view.array.volume_groups.get(id));
            group.iter().map(|group| VOLUME_GROUP.embed(Some(*group), view, selection)).collect()
        },
    },
    Relation {
        name: "protection_policy",
        check: |selection, release| POLICY.check(selection, release),
        read: |volume, view, selection| {
            let policy = volume.protection_policy.as_ref().and_then(|id| view.array.policies.get(id));
            POLICY.embed(policy, view, selection)
        },
    },
];

static VOLUME_FIELDS: [Field<Volume>; 24] = [
    Field::<Volume>::new("id", Kind::Text, |volume, _| json!(volume.id)),
    Field::<Volume>::new("name", Kind::Text, |volume, _| json!(volume.name)).folded(),
    Field::<Volume>::new("description", Kind::Text, |_, _| Value::Null),
    Field::<Volume>::new("type", Kind::Text, |volume, _| snapshots::sort(volume.snapshot_of.as_deref()))
        .labelled(Label::Same),
    Field::<Volume>::new("wwn", Kind::Text, |volume, _| json!(volume.wwn)),
    Field::<Volume>::new("nsid", Kind::Number, |_, _| Value::Null).since(2, 0, 0),
    Field::<Volume>::new("nguid", Kind::Text, |_, _| Value::Null).since(2, 0, 0),
    Field::<Volume>::new("appliance_id", Kind::Text, |volume, view| {
        json!(migration::appliance(view.array, &volume.id))
    }),
    Field::<Volume>::new("state", Kind::Text, |_, _| json!("Ready")).labelled(Label::Same),
    Field::<Volume>::new("size", Kind::Number, |volume, _| json!(volume.size)),
    Field::<Volume>::new("logical_used", Kind::Number, |volume, _| json!(volume.size / 10 * 6)).since(3, 0, 0),
    Field::<Volume>::new("node_affinity", Kind::Text, |_, _| json!("System_Select_At_Attach")).labelled(Label::Spaced),
    Field::<Volume>::new("creation_timestamp", Kind::Time, |volume, _| time(volume.created)),
    Field::<Volume>::new("protection_policy_id", Kind::Text, |volume, _| json!(volume.protection_policy)),
    Field::<Volume>::new("performance_policy_id", Kind::Text, |_, _| json!("default_medium")),
    Field::<Volume>::new("qos_performance_policy_id", Kind::Text, |_, _| Value::Null).since(4, 0, 0),
    Field::<Volume>::new("app_type", Kind::Text, |_, _| Value::Null).since(2, 1, 0).labelled(Label::Spaced),
    Field::<Volume>::new("app_type_other", Kind::Text, |_, _| Value::Null).since(2, 1, 0),
    Field::<Volume>::new("is_replication_destination", Kind::Flag, |volume, view| {
        json!(is_destination(&volume.id, view))
    }),
    Field::<Volume>::new("migration_session_id", Kind::Text, |volume, view| {
        json!(migration::of_family(view.array, &volume.id).map(|errand| &errand.id))
    }),
    Field::<Volume>::new("metro_replication_session_id", Kind::Text, |volume, view| json!(metro(&volume.id, view)))
        .since(3, 0, 0),
    Field::<Volume>::new("is_host_access_available", Kind::Flag, |volume, view| {
        json!(
            volume.host_access
                && view.array.replication_of(&volume.id).is_none_or(|seen| seen.session.is_writable(seen.here))
        )
    })
    .since(3, 0, 0),
    Field::<Volume>::new("protection_data", Kind::Whole, |volume, _| {
        snapshots::protection_data(volume.snapshot_of.as_deref(), volume.created)
    }),
    Field::<Volume>::new("location_history", Kind::List, |_, _| json!([])).unfiltered(),
];

pub static CLUSTER: Table<Single> = Table { name: "cluster", fields: &CLUSTER_FIELDS, relations: &[] };

static CLUSTER_FIELDS: [Field<Single>; 14] = [
    Field::<Single>::new("id", Kind::Text, |_, _| json!("0")),
    Field::<Single>::new("global_id", Kind::Text, |_, view| {
        json!(format!("PS{:012x}", view.array.seed.named("cluster").draw() >> 16))
    }),
    Field::<Single>::new("name", Kind::Text, |_, view| json!(view.array.name)).folded(),
    Field::<Single>::new("management_address", Kind::Text, |_, _| json!("192.0.2.10")),
    Field::<Single>::new("storage_discovery_address", Kind::Text, |_, _| json!("192.0.2.11")),
    Field::<Single>::new("master_appliance_id", Kind::Text, |_, _| json!("A1")),
    Field::<Single>::new("primary_appliance_id", Kind::Text, |_, _| json!("A1")).since(2, 0, 0),
    Field::<Single>::new("appliance_count", Kind::Number, |_, _| json!(migration::APPLIANCES.len())),
    Field::<Single>::new("physical_mtu", Kind::Number, |_, _| json!(1500)),
    Field::<Single>::new("is_encryption_enabled", Kind::Flag, |_, _| json!(true)),
    Field::<Single>::new("compatibility_level", Kind::Number, |_, _| json!(10)),
    Field::<Single>::new("state", Kind::Text, |_, _| json!("Configured")).labelled(Label::Same),
    Field::<Single>::new("nvm_subsystem_nqn", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
    Field::<Single>::new("system_time", Kind::Time, |_, view| time(view.now + view.array.faults.skew_ms))
        .since(2, 0, 0),
];

pub static SOFTWARE: Table<Single> = Table { name: "software_installed", fields: &SOFTWARE_FIELDS, relations: &[] };

static SOFTWARE_FIELDS: [Field<Single>; 9] = [
    Field::<Single>::new("id", Kind::Text, |_, view| json!(view.array.seed.named("software").uuid())),
    Field::<Single>::new("is_cluster", Kind::Flag, |_, _| json!(true)),
    Field::<Single>::new("release_version", Kind::Text, |_, view| json!(view.array.release.to_string())),
    Field::<Single>::new("build_version", Kind::Text, |_, view| json!(build(view))).since(2, 0, 0),
    Field::<Single>::new("release_timestamp", Kind::Time, |_, _| time(1_736_899_200_000)),
    Field::<Single>::new("installed_date", Kind::Time, |_, _| time(1_740_821_400_000)),
    Field::<Single>::new("build_flavor", Kind::Text, |_, _| json!("Retail")).since(2, 0, 0).labelled(Label::Same),
    Field::<Single>::new("build_type", Kind::Text, |_, _| json!("Release")).since(2, 0, 0).labelled(Label::Same),
    Field::<Single>::new("build_id", Kind::Text, |_, _| json!("2400000")).since(2, 0, 0),
];

fn build(view: &View<'_>) -> String {
    format!("{}-2400000", view.array.release)
}
