//! What an import is made of: other arrays, sources, hosts, policies, groups.

use super::{Fields, id, lenient, timestamp};
use crate::wire::json::Json;
use crate::wire::powerstore::Row;
use serde::Deserialize;

/// `remote_system`: another array that this one knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct RemoteSystem {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// What kind of array it is, such as `Unity`.
    pub kind: Option<String>,
    /// `OK`, `Update_Needed`, `Management_Connection_Lost` or `Partial_Delete`.
    pub state: Option<String>,
    /// Whether data can be fetched from it: `OK`, or what is wrong.
    pub data_connection_state: Option<String>,
}

impl From<Fields> for RemoteSystem {
    fn from(mut fields: Fields) -> RemoteSystem {
        let of = &mut fields;
        RemoteSystem {
            id: id(of, "id"),
            name: lenient(of, "name"),
            kind: lenient(of, "type"),
            state: lenient(of, "state"),
            data_connection_state: lenient(of, "data_connection_state"),
        }
    }
}

/// Anything that has an id and a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
}

impl From<Fields> for Named {
    fn from(mut fields: Fields) -> Named {
        let of = &mut fields;
        Named { id: id(of, "id"), name: lenient(of, "name") }
    }
}

/// `host`: a host that this array knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct Host {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// The host group that it belongs to.
    pub host_group_id: Option<String>,
    /// Such as `Linux` or `ESXi`.
    pub os_type: Option<String>,
}

impl From<Fields> for Host {
    fn from(mut fields: Fields) -> Host {
        let of = &mut fields;
        Host {
            id: id(of, "id"),
            name: lenient(of, "name"),
            host_group_id: lenient(of, "host_group_id"),
            os_type: lenient(of, "os_type"),
        }
    }
}

/// `policy`: a protection policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// True when it holds a replication rule, which makes an import fail; `None` when the array did not tell.
    pub replicates: Option<bool>,
}

impl From<Fields> for Policy {
    fn from(mut fields: Fields) -> Policy {
        let of = &mut fields;
        let rules = of.take("replication_rules");
        Policy {
            id: id(of, "id"),
            name: lenient(of, "name"),
            replicates: if let Json::List(rules) = rules { Some(!rules.is_empty()) } else { None },
        }
    }
}

/// `volume_group`: a group of volumes on this array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct VolumeGroup {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// True while it is itself the destination of an import.
    pub is_importing: Option<bool>,
}

impl From<Fields> for VolumeGroup {
    fn from(mut fields: Fields) -> VolumeGroup {
        let of = &mut fields;
        VolumeGroup { id: id(of, "id"), name: lenient(of, "name"), is_importing: lenient(of, "is_importing") }
    }
}

/// The fields in which volumes of the different kinds of arrays name their consistency group.
const GROUP_FIELDS: [&str; 6] = [
    "import_unity_consistency_group_id",
    "import_vnx_consistency_group_id",
    "import_storage_center_consistency_group_id",
    "import_xtremio_consistency_group_id",
    "import_vmax_storage_group_id",
    "import_universal_consistency_group_id",
];

/// A volume or consistency group of a remote system, from whichever `import_<source>` resource lists it; for a
/// migration, a volume or volume group of this array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct ImportSource {
    /// Its id, as a create names it.
    pub id: String,
    /// Its name on the remote system.
    pub name: Option<String>,
    /// Bytes; groups have none.
    pub size: Option<i64>,
    /// Its world-wide name; groups have none.
    pub wwn: Option<String>,
    /// Whether it can be imported, and if not, why: `Ready`, `In_Progress`, `Host_Not_Added` and others.
    pub importable_criteria: Option<String>,
    /// The consistency group that a volume belongs to.
    pub group_id: Option<String>,
    /// Where a volume of this array is; `None` for all others.
    pub appliance_id: Option<String>,
    /// A thing of this array is on its way already, or is being filled by an import.
    pub is_busy: bool,
}

impl From<Fields> for ImportSource {
    fn from(mut fields: Fields) -> ImportSource {
        let of = &mut fields;
        ImportSource {
            id: id(of, "id"),
            name: lenient(of, "name"),
            size: lenient(of, "size"),
            wwn: lenient(of, "wwn"),
            importable_criteria: lenient(of, "importable_criteria"),
            group_id: GROUP_FIELDS.into_iter().find_map(|name| lenient(of, name)),
            appliance_id: lenient(of, "appliance_id"),
            is_busy: lenient::<String>(of, "migration_session_id").is_some_and(|id| !id.is_empty())
                || lenient(of, "is_importing") == Some(true),
        }
    }
}

/// A snapshot of a volume or a volume group of this array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct Snapshot {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// When it was taken, milliseconds since 1970.
    pub taken: Option<i64>,
}

impl From<Fields> for Snapshot {
    fn from(mut fields: Fields) -> Snapshot {
        let of = &mut fields;
        Snapshot { id: id(of, "id"), name: lenient(of, "name"), taken: timestamp(of, "creation_timestamp") }
    }
}

/// A snapshot schedule of a volume on a PS Group: `import_snapshot_schedules`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct SnapshotSchedule {
    /// Its name.
    pub name: Option<String>,
    /// `Once`, `Hourly`, `Daily`, `Weekly` or `Monthly`.
    pub kind: Option<String>,
    /// Whether it is in force.
    pub status: Option<String>,
    /// Days between two runs.
    pub repetition_interval: Option<i64>,
    /// Minute of the day at which it begins.
    pub start_time: Option<i64>,
    /// Minute of the day at which it ends.
    pub end_time: Option<i64>,
    /// Minutes between two snapshots.
    pub frequency: Option<i64>,
    /// How many snapshots are kept.
    pub keep_count: Option<i64>,
}

impl From<Fields> for SnapshotSchedule {
    fn from(mut fields: Fields) -> SnapshotSchedule {
        let of = &mut fields;
        SnapshotSchedule {
            name: lenient(of, "name"),
            kind: lenient(of, "type"),
            status: lenient(of, "status"),
            repetition_interval: lenient(of, "repetition_interval"),
            start_time: lenient(of, "start_time"),
            end_time: lenient(of, "end_time"),
            frequency: lenient(of, "frequency"),
            keep_count: lenient(of, "keep_count"),
        }
    }
}

/// A schedule has a name, but no id.
impl Row for SnapshotSchedule {
    const HAS_ID: bool = false;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: Row>(text: &str) -> T {
        T::from(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn a_source_names_its_group_in_the_words_of_its_array() {
        for field in GROUP_FIELDS {
            let source: ImportSource = read(&format!(r#"{{"id":"sv_1","size":8192,"{field}":"res_7"}}"#));
            assert_eq!((source.size, source.group_id.as_deref()), (Some(8192), Some("res_7")), "{field}");
        }
        let alone: ImportSource = read(r#"{"id":"sv_1","size":"large","import_unity_consistency_group_id":null}"#);
        assert_eq!((alone.size, alone.group_id), (None, None));
    }

    #[test]
    fn a_policy_replicates_does_not_or_nobody_knows() {
        let policy = |text| read::<Policy>(text).replicates;
        assert_eq!(policy(r#"{"id":"1","replication_rules":[{"id":"r"}]}"#), Some(true));
        assert_eq!(policy(r#"{"id":"1","replication_rules":[]}"#), Some(false));
        assert_eq!(policy(r#"{"id":"1"}"#), None);
        assert_eq!(policy(r#"{"id":"1","replication_rules":"many"}"#), None);
    }
}
