//! What sessions point to, and what the array tells of itself: names for ids, the release.

use serde_json::{Value, json};

use super::errors::Problem;
use super::field::{Field, Kind, Label, Relation, Table, View, time};
use super::imports;
use super::select::Selection;
use crate::simulator::world::{Readiness, RemoteSystem, Source, Volume};

/// A resource of which this array has exactly one, or none: what is read comes from the array itself.
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
        check: |selection, _| match selection == &Selection::id_only() {
            true => Ok(()),
            false => Err(Problem::schema("Replication sessions are not simulated: only their id can be selected.")),
        },
        read: |_, _, _| json!([]),
    },
    // There are none, so whatever is selected of them is there.
    Relation { name: "storage_container_destinations", check: |_, _| Ok(()), read: |_, _, _| json!([]) },
];

static REMOTE_SYSTEM_FIELDS: [Field<RemoteSystem>; 26] = [
    Field::<RemoteSystem>::new("id", Kind::Text, |remote, _| json!(remote.id)),
    Field::<RemoteSystem>::new("name", Kind::Text, |remote, _| json!(remote.name)).folded(),
    Field::<RemoteSystem>::new("description", Kind::Text, |_, _| Value::Null),
    Field::<RemoteSystem>::new("serial_number", Kind::Text, |remote, _| json!(remote.serial_number)),
    Field::<RemoteSystem>::new("version", Kind::Text, |_, _| json!("5.4.0")).since(2, 0, 0),
    Field::<RemoteSystem>::new("management_address", Kind::Text, |remote, _| json!(remote.address)),
    Field::<RemoteSystem>::new("type", Kind::Text, |_, _| json!("Unity")).labelled(Label::Spaced),
    Field::<RemoteSystem>::new("user_name", Kind::Text, |_, _| json!("admin")),
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

pub static UNITY_VOLUME: Table<Source> =
    Table { name: "import_unity_volume", fields: &UNITY_VOLUME_FIELDS, relations: &[] };

static UNITY_VOLUME_FIELDS: [Field<Source>; 13] = [
    Field::<Source>::new("id", Kind::Text, |source, _| json!(source.id)),
    Field::<Source>::new("wwn", Kind::Text, |source, _| json!(source.wwn)),
    Field::<Source>::new("name", Kind::Text, |source, _| json!(source.name)).folded(),
    Field::<Source>::new("size", Kind::Number, |source, _| json!(source.size)),
    Field::<Source>::new("import_unity_id", Kind::Text, |source, _| json!(source.remote_system)),
    Field::<Source>::new("import_unity_consistency_group_id", Kind::Text, |_, _| Value::Null),
    Field::<Source>::new("health", Kind::Text, |_, _| json!("Ok")).labelled(Label::Same),
    Field::<Source>::new("type", Kind::Text, |_, _| json!("Standalone")).labelled(Label::Spaced),
    Field::<Source>::new("migration_state", Kind::Text, |source, _| {
        json!(match (&source.session, source.imported, source.left_behind) {
            (Some(_), ..) => "Source_Migration_In_Progress",
            (None, true, _) => "Source_Migration_Completed",
            (None, false, true) => "Source_Migration_Aborted",
            (None, false, false) => "Normal",
        })
    })
    .labelled(Label::Of(|state| {
        match state {
            "Source_Migration_In_Progress" => "Source Migration in Progress",
            "Source_Migration_Completed" => "Source Migration is Complete",
            "Source_Migration_Aborted" => "Source Migration is Cancelled",
            _ => "Normal",
        }
        .to_owned()
    })),
    Field::<Source>::new("is_replication_destination", Kind::Flag, |_, _| json!(false)),
    Field::<Source>::new("is_thin_clone", Kind::Flag, |_, _| json!(false)),
    Field::<Source>::new("importable_criteria", Kind::Text, |source, _| {
        json!(match (source.session.is_some(), source.imported, source.readiness) {
            (true, ..) => "In_Progress",
            (false, true, _) => "Imported",
            (false, false, Readiness::Ready) => "Ready",
            (false, false, Readiness::AgentlessOnly) => "Ready_For_Agentless_Import",
            (false, false, Readiness::HostNotAdded) => "Host_Not_Added",
        })
    })
    .labelled(Label::Of(|criteria| {
        match criteria {
            "In_Progress" => "Import In Progress",
            "Imported" => "Import Completed",
            "Ready" => "Ready For Import",
            "Ready_For_Agentless_Import" => "Ready For Agentless Import",
            _ => "Host(s) Not Added",
        }
        .to_owned()
    })),
    Field::<Source>::new("host_volume_ids", Kind::List, |_, _| json!([])),
];

pub static VOLUME: Table<Volume> = Table { name: "volume", fields: &VOLUME_FIELDS, relations: &[] };

static VOLUME_FIELDS: [Field<Volume>; 24] = [
    Field::<Volume>::new("id", Kind::Text, |volume, _| json!(volume.id)),
    Field::<Volume>::new("name", Kind::Text, |volume, _| json!(volume.name)).folded(),
    Field::<Volume>::new("description", Kind::Text, |_, _| Value::Null),
    Field::<Volume>::new("type", Kind::Text, |_, _| json!("Primary")).labelled(Label::Same),
    Field::<Volume>::new("wwn", Kind::Text, |volume, _| json!(volume.wwn)),
    Field::<Volume>::new("nsid", Kind::Number, |_, _| Value::Null).since(2, 0, 0),
    Field::<Volume>::new("nguid", Kind::Text, |_, _| Value::Null).since(2, 0, 0),
    Field::<Volume>::new("appliance_id", Kind::Text, |_, _| json!("A1")),
    Field::<Volume>::new("state", Kind::Text, |_, _| json!("Ready")).labelled(Label::Same),
    Field::<Volume>::new("size", Kind::Number, |volume, _| json!(volume.size)),
    Field::<Volume>::new("logical_used", Kind::Number, |volume, _| json!(volume.size / 10 * 6)).since(3, 0, 0),
    Field::<Volume>::new("node_affinity", Kind::Text, |_, _| json!("System_Select_At_Attach")).labelled(Label::Spaced),
    Field::<Volume>::new("creation_timestamp", Kind::Time, |volume, _| time(volume.created)),
    Field::<Volume>::new("protection_policy_id", Kind::Text, |_, _| Value::Null),
    Field::<Volume>::new("performance_policy_id", Kind::Text, |_, _| json!("default_medium")),
    Field::<Volume>::new("qos_performance_policy_id", Kind::Text, |_, _| Value::Null).since(4, 0, 0),
    Field::<Volume>::new("app_type", Kind::Text, |_, _| Value::Null).since(2, 1, 0).labelled(Label::Spaced),
    Field::<Volume>::new("app_type_other", Kind::Text, |_, _| Value::Null).since(2, 1, 0),
    Field::<Volume>::new("is_replication_destination", Kind::Flag, |_, _| json!(false)),
    Field::<Volume>::new("migration_session_id", Kind::Text, |_, _| Value::Null),
    Field::<Volume>::new("metro_replication_session_id", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
    Field::<Volume>::new("is_host_access_available", Kind::Flag, |volume, _| json!(volume.host_access)).since(3, 0, 0),
    Field::<Volume>::new("protection_data", Kind::Whole, |_, _| Value::Null),
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
    Field::<Single>::new("appliance_count", Kind::Number, |_, _| json!(1)),
    Field::<Single>::new("physical_mtu", Kind::Number, |_, _| json!(1500)),
    Field::<Single>::new("is_encryption_enabled", Kind::Flag, |_, _| json!(true)),
    Field::<Single>::new("compatibility_level", Kind::Number, |_, _| json!(10)),
    Field::<Single>::new("state", Kind::Text, |_, _| json!("Configured")).labelled(Label::Same),
    Field::<Single>::new("nvm_subsystem_nqn", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
    Field::<Single>::new("system_time", Kind::Time, |_, view| time(view.now)).since(2, 0, 0),
];

pub static SOFTWARE: Table<Single> = Table { name: "software_installed", fields: &SOFTWARE_FIELDS, relations: &[] };

static SOFTWARE_FIELDS: [Field<Single>; 9] = [
    Field::<Single>::new("id", Kind::Text, |_, view| json!(view.array.seed.named("software").uuid())),
    Field::<Single>::new("is_cluster", Kind::Flag, |_, _| json!(true)),
    Field::<Single>::new("release_version", Kind::Text, |_, view| json!(view.array.release.to_string())),
    Field::<Single>::new("build_version", Kind::Text, |_, view| json!(build(view))).since(2, 0, 0),
    Field::<Single>::new("release_timestamp", Kind::Time, |_, _| json!("2025-01-15T00:00:00.000+00:00")),
    Field::<Single>::new("installed_date", Kind::Time, |_, _| json!("2025-03-01T09:30:00.000+00:00")),
    Field::<Single>::new("build_flavor", Kind::Text, |_, _| json!("Retail")).since(2, 0, 0).labelled(Label::Same),
    Field::<Single>::new("build_type", Kind::Text, |_, _| json!("Release")).since(2, 0, 0).labelled(Label::Same),
    Field::<Single>::new("build_id", Kind::Text, |_, _| json!("2400000")).since(2, 0, 0),
];

fn build(view: &View<'_>) -> String {
    format!("{}-2400000", view.array.release)
}

/// Of groups and hosts there are none yet: their attributes are known so that clients can ask.
pub static VOLUME_GROUP: Table<Single> = Table { name: "volume_group", fields: &VOLUME_GROUP_FIELDS, relations: &[] };
pub static HOST: Table<Single> = Table { name: "host", fields: &EMPTY_FIELDS, relations: &[] };
pub static HOST_GROUP: Table<Single> = Table { name: "host_group", fields: &EMPTY_FIELDS, relations: &[] };

static EMPTY_FIELDS: [Field<Single>; 3] = [
    Field::<Single>::new("id", Kind::Text, |_, _| Value::Null),
    Field::<Single>::new("name", Kind::Text, |_, _| Value::Null).folded(),
    Field::<Single>::new("description", Kind::Text, |_, _| Value::Null),
];

static VOLUME_GROUP_FIELDS: [Field<Single>; 17] = [
    Field::<Single>::new("id", Kind::Text, |_, _| Value::Null),
    Field::<Single>::new("name", Kind::Text, |_, _| Value::Null).folded(),
    Field::<Single>::new("description", Kind::Text, |_, _| Value::Null),
    Field::<Single>::new("creation_timestamp", Kind::Time, |_, _| Value::Null),
    Field::<Single>::new("is_protectable", Kind::Flag, |_, _| Value::Null),
    Field::<Single>::new("protection_policy_id", Kind::Text, |_, _| Value::Null),
    Field::<Single>::new("qos_performance_policy_id", Kind::Text, |_, _| Value::Null).since(4, 0, 0),
    Field::<Single>::new("migration_session_id", Kind::Text, |_, _| Value::Null),
    Field::<Single>::new("is_write_order_consistent", Kind::Flag, |_, _| Value::Null),
    Field::<Single>::new("placement_rule", Kind::Text, |_, _| Value::Null),
    Field::<Single>::new("type", Kind::Text, |_, _| Value::Null).labelled(Label::Same),
    Field::<Single>::new("is_replication_destination", Kind::Flag, |_, _| Value::Null),
    Field::<Single>::new("metro_replication_session_id", Kind::Text, |_, _| Value::Null).since(4, 0, 0),
    Field::<Single>::new("is_host_access_available", Kind::Flag, |_, _| Value::Null).since(4, 0, 0),
    Field::<Single>::new("protection_data", Kind::Whole, |_, _| Value::Null),
    Field::<Single>::new("is_importing", Kind::Flag, |_, _| Value::Null),
    Field::<Single>::new("location_history", Kind::List, |_, _| Value::Null).unfiltered(),
];
