//! `import_<make>_volume`, `import_<make>_consistency_group`: what can be imported, as each make of
//! array is described. One row type, and for each resource the list of the attributes that it has.

use serde_json::Value;

use super::field::{Field, Kind, Label, Relation, Table, View};
use super::lookups::REMOTE_SYSTEM;
use crate::lifecycle::Release;
use crate::simulator::json::json;
use crate::simulator::source::{Family, Readiness, Schedule, Source, criteria_label};

type Attribute = Field<Source>;
type Read = fn(&Source, &View<'_>) -> Value;

/// A resource of sources: which of them it has, and how they read.
#[derive(Debug)]
pub struct Sources {
    pub family: Family,
    pub groups: bool,
    pub table: Table<Source>,
}

impl Sources {
    /// The resource of this name, if the release has it.
    pub fn named(resource: &str, release: Release) -> Option<&'static Sources> {
        ALL.iter().copied().find(|sources| sources.table.name == resource && sources.family.facts().since <= release)
    }

    /// True for a source that this resource has.
    pub fn holds(&self, source: &Source) -> bool {
        source.family == self.family && source.is_group() == self.groups
    }
}

const ID: Attribute = Field::new("id", Kind::Text, |source: &Source, _| json!(source.id));
const NAME: Attribute = Field::new("name", Kind::Text, (|source, _| json!(source.name)) as Read).folded();
const WWN: Attribute = Field::new("wwn", Kind::Text, |source: &Source, _| json!(source.wwn));
const SIZE: Attribute = Field::new("size", Kind::Number, |source: &Source, _| json!(source.size));
const CRITERIA: Attribute =
    Field::new("importable_criteria", Kind::Text, (|source, view| json!(source.criteria(&view.array.sources))) as Read)
        .labelled(Label::Of(criteria_label));
const HOST_VOLUMES: Attribute = Field::new("host_volume_ids", Kind::List, |_: &Source, _| json!([]));
const BLOCK_SIZE: Attribute =
    Field::new("block_size", Kind::Text, (|_, _| json!("512_Bytes")) as Read).labelled(Label::Spaced);
const READ_ONLY: Attribute = Field::new("is_read_only", Kind::Flag, |_: &Source, _| json!(false));
const REPLICATED: Attribute =
    Field::new("is_replication_destination", Kind::Flag, |source: &Source, _| json!(unfit(source, "Replication")));
const MIGRATION: Attribute = Field::new("migration_state", Kind::Text, migration as Read).labelled(Label::Of(spelled));

/// The system that a source is on; the id is that of the remote system.
const fn system(name: &'static str) -> Attribute {
    Field::new(name, Kind::Text, |source: &Source, _| json!(source.remote_system))
}

/// The group that a volume is in.
const fn group(name: &'static str) -> Attribute {
    Field::new(name, Kind::Text, |source: &Source, _| json!(source.group))
}

/// Groups of a volume that is in more than one: here none is.
const fn groups(name: &'static str) -> Attribute {
    Field::new(name, Kind::List, |_: &Source, _| json!([]))
}

const fn word(name: &'static str, read: Read) -> Attribute {
    Field::new(name, Kind::Text, read).labelled(Label::Of(spelled))
}

const fn flag(name: &'static str, read: Read) -> Attribute {
    Field::new(name, Kind::Flag, read)
}

/// True when the reason against an import begins with `word`.
fn unfit(source: &Source, word: &str) -> bool {
    matches!(source.readiness, Readiness::Unfit(reason) if reason.starts_with(word))
}

/// How far the source's own record of a migration is, in the words of its make.
fn migration(source: &Source, _: &View<'_>) -> Value {
    let [running, done, aborted, none] = match source.family {
        Family::Unity => {
            ["Source_Migration_In_Progress", "Source_Migration_Completed", "Source_Migration_Aborted", "Normal"]
        }
        Family::StorageCenter => ["In_Progress", "Done", "Aborted", "Not_Applicable"],
        _ => ["In_Progress", "Completed", "Aborted", "None"],
    };
    json!(match (&source.session, source.imported, source.left_behind) {
        (Some(_), ..) => running,
        (None, true, _) => done,
        (None, false, true) => aborted,
        (None, false, false) => none,
    })
}

/// The label of an enumeration of sources: the word, but for a few.
fn spelled(word: &str) -> String {
    match word {
        "Source_Migration_In_Progress" => "Source Migration in Progress",
        "Source_Migration_Completed" => "Source Migration is Complete",
        "Source_Migration_Aborted" => "Source Migration is Cancelled",
        _ => return word.replace('_', " "),
    }
    .to_owned()
}

/// A resource of volumes and, after a semicolon, the one of their groups: each names the other.
macro_rules! sources {
    ($family:ident $volume:ident $volume_name:literal [$($field:expr),* $(,)?]) => {
        static $volume: Sources = Sources {
            family: Family::$family,
            groups: false,
            table: Table { name: $volume_name, fields: &[$($field),*], relations: &[] },
        };
    };
    ($family:ident $volume:ident $volume_name:literal $members:literal [$($field:expr),* $(,)?];
     $group:ident $group_name:literal [$($group_field:expr),* $(,)?] $($relation:expr)?) => {
        static $volume: Sources = Sources {
            family: Family::$family,
            groups: false,
            table: Table {
                name: $volume_name,
                fields: &[$($field),*],
                relations: &[
                    Relation {
                        name: $group_name,
                        check: |selection, release| $group.table.check(selection, release),
                        read: |source: &Source, view, selection| {
                            let group = source.group.as_ref().and_then(|id| view.array.sources.get(id));
                            $group.table.embed(group, view, selection)
                        },
                    },
                    $($relation)?
                ],
            },
        };
        static $group: Sources = Sources {
            family: Family::$family,
            groups: true,
            table: Table {
                name: $group_name,
                fields: &[$($group_field),*],
                relations: &[
                    Relation {
                        name: $members,
                        check: |selection, release| $volume.table.check(selection, release),
                        read: |source: &Source, view, selection| {
                            let members = source.members.iter().flatten();
                            let members = members.filter_map(|id| view.array.sources.get(id));
                            members.map(|member| $volume.table.embed(Some(member), view, selection)).collect()
                        },
                    },
                    $($relation)?
                ],
            },
        };
    };
}

const REMOTE: Relation<Source> = Relation {
    name: "remote_system",
    check: |selection, release| REMOTE_SYSTEM.check(selection, release),
    read: |source, view, selection| {
        REMOTE_SYSTEM.embed(view.array.remote_systems.get(&source.remote_system), view, selection)
    },
};

static ALL: [&Sources; 14] = [
    &UNITY_VOLUME,
    &UNITY_GROUP,
    &VNX_VOLUME,
    &VNX_GROUP,
    &PSGROUP_VOLUME,
    &STORAGE_CENTER_VOLUME,
    &STORAGE_CENTER_GROUP,
    &XTREMIO_VOLUME,
    &XTREMIO_GROUP,
    &NETAPP_VOLUME,
    &VMAX_VOLUME,
    &VMAX_GROUP,
    &UNIVERSAL_VOLUME,
    &UNIVERSAL_GROUP,
];

sources! { Unity UNITY_VOLUME "import_unity_volume" "import_unity_volumes" [
    ID, WWN, NAME, SIZE, system("import_unity_id"), group("import_unity_consistency_group_id"),
    word("health", |source, _| json!(if unfit(source, "Unity_Volume") { "Critical" } else { "Ok" })),
    word("type", |_, _| json!("Standalone")),
    MIGRATION, REPLICATED,
    flag("is_thin_clone", |_, _| json!(false)),
    CRITERIA, HOST_VOLUMES,
]; UNITY_GROUP "import_unity_consistency_group" [ID, NAME, system("import_unity_id"), CRITERIA] }

sources! { Vnx VNX_VOLUME "import_vnx_volume" "import_vnx_volumes" [
    ID, NAME, WWN, SIZE,
    word("health", |source, _| json!(match source.readiness {
        Readiness::Unfit("VNX_Faulted") => "Faulted",
        Readiness::Unfit("Source_Volume_Offline") => "Offline",
        _ => "Ready",
    })),
    MIGRATION, system("import_vnx_array_id"), group("import_vnx_consistency_group_id"), CRITERIA, HOST_VOLUMES,
]; VNX_GROUP "import_vnx_consistency_group" [ID, NAME, system("import_vnx_array_id"), CRITERIA] }

sources! { PsGroup PSGROUP_VOLUME "import_psgroup_volume" [
    ID,
    flag("is_online", |source, _| json!(!unfit(source, "Source_Volume_Offline"))),
    system("import_psgroup_id"), NAME, SIZE, BLOCK_SIZE, WWN, READ_ONLY, MIGRATION, CRITERIA, HOST_VOLUMES,
] }

sources! { StorageCenter STORAGE_CENTER_VOLUME "import_storage_center_volume" "import_storage_center_volumes" [
    ID, NAME, SIZE, WWN,
    word("health", |source, _| json!(if unfit(source, "SC_Degraded") { "Degraded" } else { "Up" })),
    flag("is_active", |source, _| json!(!unfit(source, "SC_Not_Active"))),
    system("import_storage_center_id"), MIGRATION, READ_ONLY, CRITERIA, HOST_VOLUMES,
    group("import_storage_center_consistency_group_id"), groups("import_storage_center_consistency_group_names"),
]; STORAGE_CENTER_GROUP "import_storage_center_consistency_group"
    [ID, NAME, system("import_storage_center_id"), CRITERIA] }

sources! { XtremIo XTREMIO_VOLUME "import_xtremio_volume" "import_xtremio_volumes" [
    ID, WWN, NAME, SIZE,
    word("severity", |source, _| json!(if unfit(source, "XtremIO_Volume_Severity") { "Critical" } else { "Clear" })),
    word("certainty", |_, _| json!("Ok")),
    READ_ONLY, REPLICATED, CRITERIA, system("import_xtremio_id"),
    group("import_xtremio_consistency_group_id"), groups("import_xtremio_consistency_group_names"),
]; XTREMIO_GROUP "import_xtremio_consistency_group" [ID, NAME, system("import_xtremio_id"), CRITERIA] }

sources! { NetApp NETAPP_VOLUME "import_netapp_volume" [
    ID, WWN, NAME, SIZE,
    word("state", |source, _| json!(if unfit(source, "NetApp_Volume") { "Space_Error" } else { "Online" })),
    word("container_state", |_, _| json!("Online")),
    READ_ONLY, REPLICATED, CRITERIA, system("import_netapp_id"),
] }

sources! { PowerMax VMAX_VOLUME "import_vmax_volume" "import_vmax_volumes" [
    ID, WWN, NAME, SIZE,
    word("state", |source, _| json!(if unfit(source, "Vmax_Volume") { "Not_Ready" } else { "Ready" })),
    READ_ONLY,
    flag("is_snap_vx_target", |_, _| json!(false)),
    CRITERIA, system("import_vmax_id"), group("import_vmax_storage_group_id"), REPLICATED, BLOCK_SIZE,
]; VMAX_GROUP "import_vmax_storage_group" [ID, NAME, system("import_vmax_id"), CRITERIA] }

sources! { Universal UNIVERSAL_VOLUME "import_universal_volume" "import_universal_volumes" [
    ID, WWN, NAME, SIZE, BLOCK_SIZE, system("remote_system_id"), CRITERIA,
    group("import_universal_consistency_group_id"),
]; UNIVERSAL_GROUP "import_universal_consistency_group" [ID, NAME, system("remote_system_id"), CRITERIA] REMOTE }

/// The snapshot schedules of a PS Group volume.
pub fn schedules(source: &Source) -> Value {
    let row = |schedule: &Schedule| {
        json!({
            "name": schedule.name,
            "type": schedule.kind,
            "type_l10n": schedule.kind,
            "active_date": schedule.active_date,
            "inactive_date": schedule.inactive_date,
            "repetition_interval": schedule.repetition_interval,
            "start_time": schedule.start_time,
            "end_time": schedule.end_time,
            "frequency": schedule.frequency,
            "status": schedule.status,
            "status_l10n": schedule.status,
            "keep_count": schedule.keep_count,
        })
    };
    source.schedules.iter().map(row).collect()
}
