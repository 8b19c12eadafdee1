//! What can be imported: the resources that list volumes and groups of other arrays, and what makes one
//! of them importable.

use crate::lifecycle::Release;

/// One resource of the API that lists the volumes, or the groups, of one kind of remote system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceResource {
    /// Its name in the API.
    pub name: &'static str,
    /// The type of remote system whose things it lists, as the wire calls it.
    pub system: &'static str,
    /// It lists groups; otherwise single volumes.
    pub is_group: bool,
    /// The field that holds the id of the remote system.
    pub system_field: &'static str,
    /// The field of a volume that holds the id of its group; `None` for groups, and where there are none.
    pub group_field: Option<&'static str>,
    /// The first release that has it.
    pub since: Release,
    /// The vendor documents agentless imports only.
    pub agentless_only: bool,
}

const fn volume(system: &'static str, name: &'static str, of: &'static str, group: &'static str) -> SourceResource {
    let group_field = if group.is_empty() { None } else { Some(group) };
    SourceResource {
        name,
        system,
        is_group: false,
        system_field: of,
        group_field,
        since: Release::OLDEST,
        agentless_only: false,
    }
}

const fn group(system: &'static str, name: &'static str, of: &'static str) -> SourceResource {
    SourceResource { is_group: true, ..volume(system, name, of, "") }
}

const fn agentless(resource: SourceResource) -> SourceResource {
    SourceResource { agentless_only: true, ..since(3, 0, 0, resource) }
}

const fn since(a: u16, b: u16, c: u16, resource: SourceResource) -> SourceResource {
    SourceResource { since: Release([a, b, c, 0]), ..resource }
}

/// All of them, by kind of remote system, volumes first.
pub static SOURCES: [SourceResource; 14] = [
    volume("Unity", "import_unity_volume", "import_unity_id", "import_unity_consistency_group_id"),
    group("Unity", "import_unity_consistency_group", "import_unity_id"),
    volume("VNX", "import_vnx_volume", "import_vnx_array_id", "import_vnx_consistency_group_id"),
    group("VNX", "import_vnx_consistency_group", "import_vnx_array_id"),
    volume("PS_Equallogic", "import_psgroup_volume", "import_psgroup_id", ""),
    volume(
        "Storage_Center",
        "import_storage_center_volume",
        "import_storage_center_id",
        "import_storage_center_consistency_group_id",
    ),
    group("Storage_Center", "import_storage_center_consistency_group", "import_storage_center_id"),
    since(
        1,
        0,
        2,
        volume("XtremIO", "import_xtremio_volume", "import_xtremio_id", "import_xtremio_consistency_group_id"),
    ),
    since(1, 0, 2, group("XtremIO", "import_xtremio_consistency_group", "import_xtremio_id")),
    agentless(volume("NetApp", "import_netapp_volume", "import_netapp_id", "")),
    agentless(volume("PowerMax_VMAX", "import_vmax_volume", "import_vmax_id", "import_vmax_storage_group_id")),
    agentless(group("PowerMax_VMAX", "import_vmax_storage_group", "import_vmax_id")),
    since(
        4,
        0,
        0,
        volume("Universal", "import_universal_volume", "remote_system_id", "import_universal_consistency_group_id"),
    ),
    since(4, 0, 0, group("Universal", "import_universal_consistency_group", "remote_system_id")),
];

impl SourceResource {
    /// The resource that lists the volumes, or the groups, of a type of remote system.
    pub fn of(system: &str, is_group: bool) -> Option<&'static SourceResource> {
        SOURCES.iter().find(|source| source.system == system && source.is_group == is_group)
    }

    /// What is read of each row.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> + use<> {
        let more: &[&str] = if self.is_group { &[] } else { &["wwn", "size"] };
        ["id", "name", "importable_criteria", self.system_field]
            .into_iter()
            .chain(more.iter().copied())
            .chain(self.group_field)
    }
}

/// The kind of remote system, as people call it.
pub fn system_label(kind: &str) -> &str {
    match kind {
        "PS_Equallogic" => "PS Series",
        "Storage_Center" => "Storage Center",
        "PowerMax_VMAX" => "PowerMax / VMAX",
        "Universal" => "other array",
        other => other,
    }
}

/// Whether something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is documented to be accepted.
    Yes,
    /// The vendor does not say, or this console does not know: the array decides. Why, in a sentence.
    Perhaps(&'static str),
    /// It is documented to be refused. Why, and what to do, in a sentence.
    No(&'static str),
}

/// Ready for the type that needs the hosts' plugin.
const READY: &str = "Ready";
/// Ready for the type that needs no plugin.
const READY_AGENTLESS: &str = "Ready_For_Agentless_Import";

/// Every other word of the array for why something can or cannot be imported, with what it means and what
/// to do. Volumes and groups share most of them.
static REASONS: [(&str, &str); 34] = [
    ("In_Progress", "An import of it is under way."),
    ("Imported", "It has been imported already."),
    ("Host_Not_Added", "Its hosts are not known here: add them to this array, or import agentless if it offers that."),
    ("Incompatible_Firmware", "The source array's software is not supported: update it."),
    ("Incompatible_Host_Agent", "The plugin on a host is of an unsupported version: update it."),
    ("Host_Volume_Offline", "The volume is offline on its host: bring it online there."),
    ("Cluster_Node_Count_MisMatch", "Not all nodes of the host cluster are known here: add the missing ones."),
    ("Undetermined_Cluster_Type", "The kind of host cluster is not recognised: check the hosts' plugin."),
    ("Source_Volume_Offline", "The volume is offline on the source array: bring it online there."),
    ("Replication_Destination", "It is the destination of a replication: import the replication's source."),
    ("SC_Live_Volume", "It is a live volume: end that on the Storage Center first."),
    ("SC_Degraded", "It is degraded or not available: mend it on the Storage Center first."),
    ("SC_Not_Active", "It is not active on any controller: map it on the Storage Center first."),
    ("Used_By_NAS", "NAS uses it: block import is not for such volumes."),
    ("SC_Portable_Volume", "It is the destination of a portable volume: import the original."),
    ("VNX_Faulted", "It is faulted: mend it on the VNX first."),
    ("VNX_Not_Ready", "It is not ready: look at it on the VNX."),
    ("VNX_Internal_Volume", "The VNX uses it for itself: it is not for import."),
    ("Unity_System_Health_Inappropriate", "The Unity is not healthy enough: mend what it reports first."),
    ("Unity_Volume_Health_Inappropriate", "The volume is not healthy enough: mend it on the Unity first."),
    ("XtremIO_Severity_Inappropriate", "The XtremIO reports a grave alert: mend that first."),
    ("XtremIO_State_Inappropriate", "The XtremIO is not in a state to be imported from: look at it there."),
    ("XtremIO_Volume_Severity_Inappropriate", "The volume has a grave alert: mend it on the XtremIO first."),
    ("XtremIO_Volume_State_Inappropriate", "The volume is not in a state to be imported: look at it on the XtremIO."),
    ("NetApp_System_State_Inappropriate", "The NetApp is not in a state to be imported from: look at it there."),
    ("NetApp_Volume_State_Inappropriate", "The volume is not in a state to be imported: look at it on the NetApp."),
    ("Volume_Size_Not_Multiple_of_8192", "Its size is not a multiple of 8 KiB: enlarge it on the source array."),
    ("Unsupported_Protocol", "Fibre Channel to the source and iSCSI to the hosts do not go together: change one."),
    ("Vmax_Volume_State_Inappropriate", "The volume is not in a state to be imported: look at it on the PowerMax."),
    ("Members_Not_Ready", "Not all of its volumes can be imported: look at their reasons."),
    ("No_Members", "It has no volumes."),
    ("Max_Members", "It has more volumes than one import can take: split it on the source array."),
    ("Not_In_Sync", "This array's view of it is out of date: have the remote system read again."),
    // No verdict of the array's: it is offered, and says so.
    ("Undetermined", "The array cannot tell whether it can be imported, and points to the vendor's support."),
];

const AGENTLESS_ONLY: &str = "From this kind of array only agentless imports are possible.";
const NEEDS_AGENTLESS: &str = "It is ready for an agentless import only.";
const PERHAPS_AGENTLESS: &str =
    "It is ready for a non-disruptive import; whether for an agentless one too is not documented: the array decides.";
/// What is said of a volume that belongs to a group.
pub const IN_GROUP: &str = "It belongs to a group: the array probably takes the group as a whole only.";
const NOT_TOLD: &str = "The array does not tell whether it can be imported, and decides when asked.";
const UNKNOWN: &str = "This console does not know this word of the array's, which decides when asked.";

/// The array's words, other than the two that say "ready", each with what it means and what to do.
pub fn reasons() -> impl Iterator<Item = (&'static str, &'static str)> {
    REASONS.iter().copied()
}

/// What the array's word for the readiness of a source means; `None` for the two that say "ready".
pub fn reason(criterion: Option<&str>) -> Option<&'static str> {
    match criterion {
        None => Some(NOT_TOLD),
        Some(READY | READY_AGENTLESS) => None,
        Some(other) => Some(REASONS.iter().find(|(word, _)| *word == other).map_or(UNKNOWN, |(_, reason)| reason)),
    }
}

/// Whether a source with this word for its readiness can be imported by any type.
pub fn importable(criterion: Option<&str>) -> Fit {
    match (reason(criterion), criterion) {
        (None, _) => Fit::Yes,
        (Some(why), Some("Undetermined") | None) => Fit::Perhaps(why),
        (Some(why), _) if why == UNKNOWN => Fit::Perhaps(why),
        (Some(why), _) => Fit::No(why),
    }
}

/// Whether a type of import fits a source.
pub fn type_fits(resource: Option<&SourceResource>, criterion: Option<&str>, agentless: bool) -> Fit {
    if !agentless && resource.is_some_and(|resource| resource.agentless_only) {
        return Fit::No(AGENTLESS_ONLY);
    }
    match (criterion, agentless) {
        (Some(READY_AGENTLESS), true) | (Some(READY), false) => Fit::Yes,
        (Some(READY_AGENTLESS), false) => Fit::No(NEEDS_AGENTLESS),
        (Some(READY), true) => Fit::Perhaps(PERHAPS_AGENTLESS),
        // Said of the source already, and not of the type.
        _ => Fit::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_source_is_found_by_its_system() {
        let names: Vec<_> = SOURCES.iter().filter_map(|s| SourceResource::of(s.system, s.is_group)).collect();
        assert_eq!(names, SOURCES.iter().collect::<Vec<_>>());
        assert_eq!(SourceResource::of("PS_Equallogic", true), None);
        assert_eq!(SourceResource::of("PowerStore", false), None);
    }

    #[test]
    fn a_row_is_read_with_the_field_that_names_its_system_and_its_group() {
        let fields = |name: &str| {
            let source = SOURCES.iter().find(|source| source.name == name).unwrap();
            source.fields().collect::<Vec<_>>().join(",")
        };
        assert_eq!(
            fields("import_vnx_volume"),
            "id,name,importable_criteria,import_vnx_array_id,wwn,size,import_vnx_consistency_group_id"
        );
        assert_eq!(fields("import_psgroup_volume"), "id,name,importable_criteria,import_psgroup_id,wwn,size");
        assert_eq!(fields("import_vmax_storage_group"), "id,name,importable_criteria,import_vmax_id");
    }

    #[test]
    fn what_is_ready_may_be_imported_and_by_which_type() {
        let unity = SourceResource::of("Unity", false);
        assert_eq!(type_fits(unity, Some("Ready"), false), Fit::Yes);
        assert!(matches!(type_fits(unity, Some("Ready"), true), Fit::Perhaps(_)));
        assert_eq!(type_fits(unity, Some("Ready_For_Agentless_Import"), true), Fit::Yes);
        assert!(matches!(type_fits(unity, Some("Ready_For_Agentless_Import"), false), Fit::No(_)));
        for system in ["NetApp", "PowerMax_VMAX"] {
            let source = SourceResource::of(system, false);
            assert!(matches!(type_fits(source, Some("Ready"), false), Fit::No(_)), "{system}");
            assert!(matches!(type_fits(source, Some("Ready"), true), Fit::Perhaps(_)), "{system}");
        }
    }

    #[test]
    fn what_the_array_cannot_tell_or_we_do_not_know_is_offered_with_a_word() {
        for word in [None, Some("Undetermined"), Some("Of_Tomorrow")] {
            assert!(matches!(importable(word), Fit::Perhaps(_)), "{word:?}");
            assert_eq!(type_fits(SourceResource::of("Unity", true), word, true), Fit::Yes, "{word:?}");
        }
    }

    #[test]
    fn every_other_word_has_a_sentence_of_its_own() {
        let mut sentences: Vec<&str> = REASONS.iter().map(|(_, reason)| *reason).collect();
        for (word, sentence) in REASONS.iter().filter(|(word, _)| *word != "Undetermined") {
            assert_eq!(importable(Some(word)), Fit::No(sentence));
        }
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), REASONS.len());
    }
}
