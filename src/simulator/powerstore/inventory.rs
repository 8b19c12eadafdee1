//! `host`, `host_group`, `volume_group`, `policy`, `snapshot_rule`, `replication_rule`.

use serde_json::Value;

use super::field::{Field, Kind, Label, Relation, Table, View, time};
use super::lookups::{REMOTE_SYSTEM, VOLUME, is_destination, metro};
use super::snapshots;
use crate::simulator::inventory::{Host, HostGroup, Policy, ReplicationRule, SnapshotRule, VolumeGroup};
use crate::simulator::json::json;
use crate::simulator::migration;

pub static HOST: Table<Host> = Table {
    name: "host",
    fields: &[
        Field::<Host>::new("id", Kind::Text, |host, _| json!(host.id)),
        Field::<Host>::new("name", Kind::Text, |host, _| json!(host.name)).folded(),
        Field::<Host>::new("description", Kind::Text, |_, _| Value::Null),
        Field::<Host>::new("type", Kind::Text, |_, _| json!("External")).since(2, 0, 0).labelled(Label::Same),
        Field::<Host>::new("os_type", Kind::Text, |host, _| json!(host.os)).labelled(Label::Same),
        Field::<Host>::new("host_group_id", Kind::Text, |host, _| json!(host.group)),
        Field::<Host>::new("import_host_system_id", Kind::Text, |_, _| Value::Null),
        Field::<Host>::new("host_connectivity", Kind::Text, |_, _| json!("Local_Only"))
            .since(3, 0, 0)
            .labelled(Label::Spaced),
        Field::<Host>::new("host_initiators", Kind::List, |host, _| {
            let name: String = host.name.chars().filter(char::is_ascii).collect();
            json!([{ "port_name": format!("iqn.1998-01.com.example:{name}"), "port_type": "iSCSI", "active_sessions": [] }])
        })
        .unfiltered(),
    ],
    relations: &[Relation {
        name: "host_group",
        check: |selection, release| HOST_GROUP.check(selection, release),
        read: |host, view, selection| {
            let group = host.group.as_ref().and_then(|id| view.array.host_groups.get(id));
            HOST_GROUP.embed(group, view, selection)
        },
    }],
};

pub static HOST_GROUP: Table<HostGroup> = Table {
    name: "host_group",
    fields: &[
        Field::<HostGroup>::new("id", Kind::Text, |group, _| json!(group.id)),
        Field::<HostGroup>::new("name", Kind::Text, |group, _| json!(group.name)).folded(),
        Field::<HostGroup>::new("description", Kind::Text, |_, _| Value::Null),
        Field::<HostGroup>::new("host_connectivity", Kind::Text, |_, _| json!("Local_Only"))
            .since(3, 0, 0)
            .labelled(Label::Spaced),
    ],
    relations: &[Relation {
        name: "hosts",
        check: |selection, release| HOST.check(selection, release),
        read: |group, view, selection| {
            let hosts = view.array.hosts.values().filter(|host| host.group.as_ref() == Some(&group.id));
            hosts.map(|host| HOST.embed(Some(host), view, selection)).collect()
        },
    }],
};

pub static VOLUME_GROUP: Table<VolumeGroup> = Table {
    name: "volume_group",
    fields: &[
        Field::<VolumeGroup>::new("id", Kind::Text, |group, _| json!(group.id)),
        Field::<VolumeGroup>::new("name", Kind::Text, |group, _| json!(group.name)).folded(),
        Field::<VolumeGroup>::new("description", Kind::Text, |_, _| Value::Null),
        Field::<VolumeGroup>::new("creation_timestamp", Kind::Time, |group, _| time(group.created)),
        Field::<VolumeGroup>::new("is_protectable", Kind::Flag, |group, _| json!(!group.is_importing)),
        Field::<VolumeGroup>::new("protection_policy_id", Kind::Text, |group, _| json!(group.protection_policy)),
        Field::<VolumeGroup>::new("qos_performance_policy_id", Kind::Text, |_, _| Value::Null).since(4, 0, 0),
        Field::<VolumeGroup>::new("migration_session_id", Kind::Text, |group, view| {
            json!(migration::of_family(view.array, &group.id).map(|errand| &errand.id))
        }),
        Field::<VolumeGroup>::new("is_write_order_consistent", Kind::Flag, |_, _| json!(true)),
        Field::<VolumeGroup>::new("placement_rule", Kind::Text, |_, _| json!("No_Preference")),
        Field::<VolumeGroup>::new("type", Kind::Text, |group, _| snapshots::sort(group.snapshot_of.as_deref()))
            .labelled(Label::Same),
        Field::<VolumeGroup>::new("is_replication_destination", Kind::Flag, |group, view| {
            json!(is_destination(&group.id, view))
        }),
        Field::<VolumeGroup>::new("metro_replication_session_id", Kind::Text, |group, view| {
            json!(metro(&group.id, view))
        })
        .since(4, 0, 0),
        Field::<VolumeGroup>::new("is_host_access_available", Kind::Flag, |_, _| json!(true)).since(4, 0, 0),
        Field::<VolumeGroup>::new("protection_data", Kind::Whole, |group, _| {
            snapshots::protection_data(group.snapshot_of.as_deref(), group.created)
        }),
        Field::<VolumeGroup>::new("is_importing", Kind::Flag, |group, _| json!(group.is_importing)),
        Field::<VolumeGroup>::new("location_history", Kind::List, |_, _| json!([])).unfiltered(),
    ],
    relations: &[
        Relation {
            name: "volumes",
            check: |selection, release| VOLUME.check(selection, release),
            read: |group, view, selection| {
                let volumes = view.array.volumes.values().filter(|volume| volume.group.as_ref() == Some(&group.id));
                volumes.map(|volume| VOLUME.embed(Some(volume), view, selection)).collect()
            },
        },
        Relation {
            name: "protection_policy",
            check: |selection, release| POLICY.check(selection, release),
            read: |group, view, selection| {
                let policy = group.protection_policy.as_ref().and_then(|id| view.array.policies.get(id));
                POLICY.embed(policy, view, selection)
            },
        },
    ],
};

fn managed_by(_: &str) -> String {
    "Managed by the end user".to_owned()
}

pub static POLICY: Table<Policy> = Table {
    name: "policy",
    fields: &[
        Field::<Policy>::new("id", Kind::Text, |policy, _| json!(policy.id)),
        Field::<Policy>::new("name", Kind::Text, |policy, _| json!(policy.name)).folded(),
        Field::<Policy>::new("description", Kind::Text, |_, _| Value::Null),
        Field::<Policy>::new("type", Kind::Text, |_, _| json!("Protection")).labelled(Label::Same),
        Field::<Policy>::new("managed_by", Kind::Text, |_, _| json!("User"))
            .since(3, 0, 0)
            .labelled(Label::Of(managed_by)),
        Field::<Policy>::new("managed_by_id", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
        Field::<Policy>::new("is_read_only", Kind::Flag, |_, _| json!(false)).since(3, 0, 0),
        Field::<Policy>::new("is_replica", Kind::Flag, |_, _| json!(false)),
        Field::<Policy>::new("file_io_limit_rule_id", Kind::Text, |_, _| Value::Null).since(4, 1, 0),
    ],
    relations: &[
        Relation {
            name: "snapshot_rules",
            check: |selection, release| SNAPSHOT_RULE.check(selection, release),
            read: |policy, view, selection| {
                let rules = policy.snapshot_rules.iter().map(|id| view.array.snapshot_rules.get(id));
                rules.map(|rule| SNAPSHOT_RULE.embed(rule, view, selection)).collect()
            },
        },
        Relation {
            name: "replication_rules",
            check: |selection, release| REPLICATION_RULE.check(selection, release),
            read: |policy, view, selection| {
                let rules = policy.replication_rules.iter().map(|id| view.array.replication_rules.get(id));
                rules.map(|rule| REPLICATION_RULE.embed(rule, view, selection)).collect()
            },
        },
        Relation {
            name: "volumes",
            check: |selection, release| VOLUME.check(selection, release),
            read: |policy, view, selection| {
                let volumes = view.array.volumes.values();
                let volumes = volumes.filter(|volume| volume.protection_policy.as_ref() == Some(&policy.id));
                volumes.map(|volume| VOLUME.embed(Some(volume), view, selection)).collect()
            },
        },
        Relation {
            name: "volume_groups",
            check: |selection, release| VOLUME_GROUP.check(selection, release),
            read: |policy, view, selection| {
                let groups = view.array.volume_groups.values();
                let groups = groups.filter(|group| group.protection_policy.as_ref() == Some(&policy.id));
                groups.map(|group| VOLUME_GROUP.embed(Some(group), view, selection)).collect()
            },
        },
    ],
};

pub static SNAPSHOT_RULE: Table<SnapshotRule> = Table {
    name: "snapshot_rule",
    fields: &[
        Field::<SnapshotRule>::new("id", Kind::Text, |rule, _| json!(rule.id)),
        Field::<SnapshotRule>::new("name", Kind::Text, |rule, _| json!(rule.name)).folded(),
        Field::<SnapshotRule>::new("remote_system_id", Kind::Text, |_, _| Value::Null).since(3, 5, 0),
        Field::<SnapshotRule>::new("interval", Kind::Text, |rule, _| json!(rule.interval)).labelled(Label::Spaced),
        Field::<SnapshotRule>::new("time_of_day", Kind::Text, |rule, _| json!(rule.time_of_day)),
        Field::<SnapshotRule>::new("timezone", Kind::Text, |rule, _| json!(rule.time_of_day.map(|_| "UTC")))
            .since(2, 0, 0)
            .labelled(Label::Same),
        Field::<SnapshotRule>::new("days_of_week", Kind::List, |_, _| {
            json!(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
        })
        .labelled(Label::Same),
        Field::<SnapshotRule>::new("desired_retention", Kind::Number, |rule, _| json!(rule.retention)),
        Field::<SnapshotRule>::new("is_replica", Kind::Flag, |_, _| json!(false)),
        Field::<SnapshotRule>::new("nas_access_type", Kind::Text, |_, _| json!("Snapshot"))
            .since(3, 0, 0)
            .labelled(Label::Same),
        Field::<SnapshotRule>::new("is_read_only", Kind::Flag, |_, _| json!(false)).since(3, 0, 0),
        Field::<SnapshotRule>::new("managed_by", Kind::Text, |_, _| json!("User"))
            .since(3, 0, 0)
            .labelled(Label::Of(managed_by)),
        Field::<SnapshotRule>::new("managed_by_id", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
        Field::<SnapshotRule>::new("is_secure", Kind::Flag, |_, _| json!(false)).since(3, 5, 0),
    ],
    relations: &[Relation {
        name: "policies",
        check: |selection, release| POLICY.check(selection, release),
        read: |rule, view, selection| policies(view, selection, |policy| policy.snapshot_rules.contains(&rule.id)),
    }],
};

pub static REPLICATION_RULE: Table<ReplicationRule> = Table {
    name: "replication_rule",
    fields: &[
        Field::<ReplicationRule>::new("id", Kind::Text, |rule, _| json!(rule.id)),
        Field::<ReplicationRule>::new("name", Kind::Text, |rule, _| json!(rule.name)).folded(),
        Field::<ReplicationRule>::new("rpo", Kind::Text, |rule, _| json!(rule.rpo)).labelled(Label::Spaced),
        Field::<ReplicationRule>::new("remote_system_id", Kind::Text, |rule, _| json!(rule.remote_system)),
        Field::<ReplicationRule>::new("is_replica", Kind::Flag, |_, _| json!(false)),
        Field::<ReplicationRule>::new("is_read_only", Kind::Flag, |_, _| json!(false)).since(3, 0, 0),
        Field::<ReplicationRule>::new("alert_threshold", Kind::Number, |_, _| json!(60)),
        Field::<ReplicationRule>::new("managed_by", Kind::Text, |_, _| json!("User"))
            .since(3, 0, 0)
            .labelled(Label::Of(managed_by)),
        Field::<ReplicationRule>::new("managed_by_id", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
    ],
    relations: &[
        Relation {
            name: "policies",
            check: |selection, release| POLICY.check(selection, release),
            read: |rule, view, selection| {
                policies(view, selection, |policy| policy.replication_rules.contains(&rule.id))
            },
        },
        Relation {
            name: "remote_system",
            check: |selection, release| REMOTE_SYSTEM.check(selection, release),
            read: |rule, view, selection| {
                REMOTE_SYSTEM.embed(view.array.remote_systems.get(&rule.remote_system), view, selection)
            },
        },
    ],
};

fn policies(view: &View<'_>, selection: &super::select::Selection, with: impl Fn(&Policy) -> bool) -> Value {
    let policies = view.array.policies.values().filter(|policy| with(policy));
    policies.map(|policy| POLICY.embed(Some(policy), view, selection)).collect()
}
