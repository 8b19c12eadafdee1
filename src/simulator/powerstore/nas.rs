//! `nas_server` and `file_system`: names for the ids in replications. What the simulation knows nothing of is null.

use serde_json::Value;

use super::field::{Field, Kind, Label, Relation, Table, time};
use super::inventory::POLICY;
use super::lookups::is_destination;
use crate::simulator::inventory::{FileSystem, NasServer};
use crate::simulator::json::json;

/// The word and nothing else.
const fn nothing<R>(name: &'static str, kind: Kind) -> Field<R> {
    Field::<R>::new(name, kind, |_, _| Value::Null)
}

pub static NAS_SERVER: Table<NasServer> =
    Table { name: "nas_server", fields: &NAS_SERVER_FIELDS, relations: &NAS_SERVER_RELATIONS };

static NAS_SERVER_FIELDS: [Field<NasServer>; 23] = [
    Field::<NasServer>::new("id", Kind::Text, |server, _| json!(server.id)),
    Field::<NasServer>::new("name", Kind::Text, |server, _| json!(server.name)).folded(),
    nothing("description", Kind::Text),
    Field::<NasServer>::new("operational_status", Kind::Text, |_, _| json!("Started")).labelled(Label::Same),
    nothing("current_node_id", Kind::Text),
    nothing("preferred_node_id", Kind::Text),
    nothing("default_unix_user", Kind::Text),
    nothing("default_windows_user", Kind::Text),
    Field::<NasServer>::new("current_unix_directory_service", Kind::Text, |_, _| json!("None")).labelled(Label::Spaced),
    Field::<NasServer>::new("is_username_translation_enabled", Kind::Flag, |_, _| json!(false)),
    Field::<NasServer>::new("is_auto_user_mapping_enabled", Kind::Flag, |_, _| json!(false)),
    nothing("production_IPv4_interface_id", Kind::Text),
    nothing("production_IPv6_interface_id", Kind::Text),
    nothing("backup_IPv4_interface_id", Kind::Text),
    nothing("backup_IPv6_interface_id", Kind::Text),
    nothing("current_preferred_IPv4_interface_id", Kind::Text),
    nothing("current_preferred_IPv6_interface_id", Kind::Text),
    Field::<NasServer>::new("protection_policy_id", Kind::Text, |server, _| json!(server.protection_policy))
        .since(3, 0, 0),
    nothing("performance_policy_id", Kind::Text).since(4, 1, 0),
    Field::<NasServer>::new("file_events_publishing_mode", Kind::Text, |_, _| json!("None"))
        .since(3, 0, 0)
        .labelled(Label::Spaced),
    Field::<NasServer>::new("is_replication_destination", Kind::Flag, |server, view| {
        json!(is_destination(&server.id, view))
    })
    .since(3, 0, 0),
    Field::<NasServer>::new("is_production_mode_enabled", Kind::Flag, |server, view| {
        json!(!is_destination(&server.id, view))
    })
    .since(3, 0, 0),
    Field::<NasServer>::new("is_dr_test", Kind::Flag, |_, _| json!(false)).since(3, 6, 0),
];

static NAS_SERVER_RELATIONS: [Relation<NasServer>; 2] = [
    Relation {
        name: "file_systems",
        check: |selection, release| FILE_SYSTEM.check(selection, release),
        read: |server, view, selection| {
            let held = view.array.file_systems.values().filter(|one| one.nas_server == server.id);
            held.map(|one| FILE_SYSTEM.embed(Some(one), view, selection)).collect()
        },
    },
    Relation {
        name: "protection_policy",
        check: |selection, release| POLICY.check(selection, release),
        read: |server, view, selection| {
            let policy = server.protection_policy.as_ref().and_then(|id| view.array.policies.get(id));
            POLICY.embed(policy, view, selection)
        },
    },
];

pub static FILE_SYSTEM: Table<FileSystem> =
    Table { name: "file_system", fields: &FILE_SYSTEM_FIELDS, relations: &FILE_SYSTEM_RELATIONS };

static FILE_SYSTEM_FIELDS: [Field<FileSystem>; 36] = [
    Field::<FileSystem>::new("id", Kind::Text, |one, _| json!(one.id)),
    Field::<FileSystem>::new("name", Kind::Text, |one, _| json!(one.name)).folded(),
    nothing("description", Kind::Text),
    Field::<FileSystem>::new("nas_server_id", Kind::Text, |one, _| json!(one.nas_server)),
    nothing("parent_id", Kind::Text),
    Field::<FileSystem>::new("filesystem_type", Kind::Text, |_, _| json!("Primary")).labelled(Label::Same),
    Field::<FileSystem>::new("size_total", Kind::Number, |one, _| json!(one.size)),
    Field::<FileSystem>::new("size_used", Kind::Number, |one, _| json!(one.size / 10 * 6)),
    Field::<FileSystem>::new("config_type", Kind::Text, |_, _| json!("General")).since(3, 0, 0).labelled(Label::Same),
    nothing("protection_policy_id", Kind::Text),
    nothing("performance_policy_id", Kind::Text).since(4, 1, 0),
    Field::<FileSystem>::new("access_policy", Kind::Text, |_, _| json!("Native")).labelled(Label::Same),
    Field::<FileSystem>::new("locking_policy", Kind::Text, |_, _| json!("Advisory")).labelled(Label::Same),
    Field::<FileSystem>::new("folder_rename_policy", Kind::Text, |_, _| json!("All_Allowed")).labelled(Label::Spaced),
    Field::<FileSystem>::new("is_smb_sync_writes_enabled", Kind::Flag, |_, _| json!(false)),
    Field::<FileSystem>::new("is_smb_op_locks_enabled", Kind::Flag, |_, _| json!(true)),
    Field::<FileSystem>::new("is_smb_no_notify_enabled", Kind::Flag, |_, _| json!(false)),
    Field::<FileSystem>::new("is_smb_notify_on_access_enabled", Kind::Flag, |_, _| json!(false)),
    Field::<FileSystem>::new("is_smb_notify_on_write_enabled", Kind::Flag, |_, _| json!(false)),
    nothing("smb_notify_on_change_dir_depth", Kind::Number),
    Field::<FileSystem>::new("is_async_MTime_enabled", Kind::Flag, |_, _| json!(false)),
    Field::<FileSystem>::new("is_quota_enabled", Kind::Flag, |_, _| json!(false)),
    Field::<FileSystem>::new("grace_period", Kind::Number, |_, _| json!(0)),
    Field::<FileSystem>::new("default_hard_limit", Kind::Number, |_, _| json!(0)),
    Field::<FileSystem>::new("default_soft_limit", Kind::Number, |_, _| json!(0)),
    Field::<FileSystem>::new("creation_timestamp", Kind::Time, |one, _| time(one.created)),
    nothing("expiration_timestamp", Kind::Time),
    nothing("last_refresh_timestamp", Kind::Time),
    nothing("last_writable_timestamp", Kind::Time),
    nothing("is_modified", Kind::Flag),
    nothing("access_type", Kind::Text).labelled(Label::Same),
    nothing("creator_type", Kind::Text).labelled(Label::Same),
    Field::<FileSystem>::new("file_events_publishing_mode", Kind::Text, |_, _| json!("None"))
        .since(3, 0, 0)
        .labelled(Label::Spaced),
    nothing("flr_attributes", Kind::Whole).since(3, 0, 0),
    nothing("host_io_size", Kind::Text).since(3, 0, 0).labelled(Label::Spaced),
    nothing("is_secure", Kind::Flag).since(4, 1, 0),
];

static FILE_SYSTEM_RELATIONS: [Relation<FileSystem>; 1] = [Relation {
    name: "nas_server",
    check: |selection, release| NAS_SERVER.check(selection, release),
    read: |one, view, selection| NAS_SERVER.embed(view.array.nas_servers.get(&one.nas_server), view, selection),
}];
