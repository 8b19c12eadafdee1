//! What can be imported: volumes and consistency groups of other makes of arrays, and what of them is
//! ready for it.

use crate::lifecycle::Release;
use crate::simulator::tree::Tree;

/// Members of a consistency group that can be imported together.
pub const MOST_MEMBERS: usize = 12;

/// The makes of arrays that imports come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Unity,
    Vnx,
    PsGroup,
    StorageCenter,
    XtremIo,
    NetApp,
    PowerMax,
    Universal,
}

/// What the makes differ in.
#[derive(Debug)]
pub struct Facts {
    /// Its word among the types of remote systems.
    pub remote_type: &'static str,
    /// The first release that imports from it.
    pub since: Release,
    /// Its volumes are imported agentless or not at all.
    pub agentless_only: bool,
    /// It has consistency groups that can be imported.
    pub has_groups: bool,
    /// How ids of its volumes and groups begin.
    pub prefix: &'static str,
    /// The reasons that are typical for volumes of it that cannot be imported.
    pub unfit: &'static [&'static str],
}

impl Family {
    /// Every make.
    pub const ALL: [Family; 8] = [
        Family::Unity,
        Family::Vnx,
        Family::PsGroup,
        Family::StorageCenter,
        Family::XtremIo,
        Family::NetApp,
        Family::PowerMax,
        Family::Universal,
    ];

    /// What it differs in from the others.
    pub const fn facts(self) -> &'static Facts {
        match self {
            Family::Unity => &Facts {
                remote_type: "Unity",
                since: Release::OLDEST,
                agentless_only: false,
                has_groups: true,
                prefix: "sv",
                unfit: &["Unity_Volume_Health_Inappropriate", "Replication_Destination", "Host_Not_Added"],
            },
            Family::Vnx => &Facts {
                remote_type: "VNX",
                since: Release::OLDEST,
                agentless_only: false,
                has_groups: true,
                prefix: "vnx",
                unfit: &["VNX_Faulted", "Source_Volume_Offline", "VNX_Internal_Volume"],
            },
            Family::PsGroup => &Facts {
                remote_type: "PS_Equallogic",
                since: Release::OLDEST,
                agentless_only: false,
                has_groups: false,
                prefix: "psg",
                unfit: &["Source_Volume_Offline", "Incompatible_Firmware"],
            },
            Family::StorageCenter => &Facts {
                remote_type: "Storage_Center",
                since: Release::OLDEST,
                agentless_only: false,
                has_groups: true,
                prefix: "sc",
                unfit: &["SC_Not_Active", "SC_Degraded", "SC_Live_Volume"],
            },
            Family::XtremIo => &Facts {
                remote_type: "XtremIO",
                since: Release([1, 0, 2, 0]),
                agentless_only: false,
                has_groups: true,
                prefix: "xio",
                unfit: &["XtremIO_Volume_Severity_Inappropriate", "Replication_Destination"],
            },
            Family::NetApp => &Facts {
                remote_type: "NetApp",
                since: Release([3, 0, 0, 0]),
                agentless_only: true,
                has_groups: false,
                prefix: "lun",
                unfit: &["NetApp_Volume_State_Inappropriate", "Volume_Size_Not_Multiple_of_8192"],
            },
            Family::PowerMax => &Facts {
                remote_type: "PowerMax_VMAX",
                since: Release([3, 0, 0, 0]),
                agentless_only: true,
                has_groups: true,
                prefix: "vmax",
                unfit: &["Vmax_Volume_State_Inappropriate", "Unsupported_Protocol"],
            },
            Family::Universal => &Facts {
                remote_type: "Universal",
                since: Release([4, 0, 0, 0]),
                agentless_only: true,
                has_groups: true,
                prefix: "uni",
                unfit: &["Volume_Size_Not_Multiple_of_8192", "Undetermined"],
            },
        }
    }
}

/// Whether a volume can be imported, when nothing else is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// In both ways.
    Ready,
    /// Without the host's agent only.
    AgentlessOnly,
    /// Not, for this reason in the API's word.
    Unfit(&'static str),
}

/// A volume or a consistency group of a remote system.
#[derive(Clone, Debug)]
pub struct Source {
    pub id: String,
    pub name: String,
    /// Empty for a group.
    pub wwn: String,
    pub family: Family,
    pub remote_system: String,
    /// Bytes; of a group all members together.
    pub size: u64,
    /// Of a volume by itself; a group goes by its members.
    pub readiness: Readiness,
    /// The group that a volume is in.
    pub group: Option<String>,
    /// The volumes of a group; `None` for a volume.
    pub members: Option<Vec<String>>,
    /// Snapshot schedules of a PS Group volume.
    pub schedules: &'static [Schedule],
    /// The unfinished session that has it.
    pub session: Option<String>,
    /// A session came to its end with it.
    pub imported: bool,
    /// A forced end left it as it was.
    pub left_behind: bool,
}

/// A snapshot schedule of a PS Group volume. Times of day and frequencies in minutes, dates and
/// intervals in days.
#[derive(Debug)]
pub struct Schedule {
    pub name: &'static str,
    pub kind: &'static str,
    pub active_date: u32,
    pub inactive_date: u32,
    pub repetition_interval: u32,
    pub start_time: u32,
    pub end_time: u32,
    pub frequency: u32,
    pub status: &'static str,
    pub keep_count: u32,
}

const fn schedule(name: &'static str, kind: &'static str, every: u32, from: u32, to: u32, keep: u32) -> Schedule {
    Schedule {
        name,
        kind,
        active_date: 410,
        inactive_date: 0,
        repetition_interval: every,
        start_time: from,
        end_time: to,
        frequency: 0,
        status: "Enabled",
        keep_count: keep,
    }
}

/// One of each frequency, and one that has expired.
pub static SCHEDULES: [Schedule; 6] = [
    Schedule { frequency: 60, ..schedule("hourly-office", "Hourly", 1, 480, 1080, 12) },
    schedule("daily-night", "Daily", 1, 1320, 1320, 14),
    schedule("every-other-day", "Daily", 2, 90, 90, 7),
    schedule("weekly-sunday", "Weekly", 7, 180, 180, 8),
    schedule("monthly-closing", "Monthly", 1, 60, 60, 13),
    Schedule { status: "Expired", inactive_date: 30, ..schedule("before-upgrade", "Once", 1, 720, 720, 1) },
];

impl Source {
    /// True for a consistency group.
    pub fn is_group(&self) -> bool {
        self.members.is_some()
    }

    /// What stands in the way of an import, or that nothing does, in the API's word.
    pub fn criteria(&self, sources: &Tree<String, Source>) -> &'static str {
        match (self.session.is_some(), self.imported) {
            (true, _) => "In_Progress",
            (false, true) => "Imported",
            (false, false) => self.fitness(sources),
        }
    }

    /// The same, without regard to earlier and running imports of the source itself.
    pub fn fitness(&self, sources: &Tree<String, Source>) -> &'static str {
        let Some(members) = &self.members else {
            return match self.readiness {
                Readiness::Ready => "Ready",
                Readiness::AgentlessOnly => "Ready_For_Agentless_Import",
                Readiness::Unfit(reason) => reason,
            };
        };
        if members.is_empty() {
            return "No_Members";
        }
        if members.len() > MOST_MEMBERS {
            return "Max_Members";
        }
        let mut word = "Ready";
        let imported = members.iter().filter(|id| sources.get(*id).is_some_and(|member| member.imported)).count();
        if imported > 0 && imported < members.len() {
            return "Members_Not_Ready";
        }
        for member in members.iter().filter_map(|id| sources.get(id)) {
            match member.readiness {
                _ if member.session.is_some() => return "Members_Not_Ready",
                Readiness::Unfit(_) => return "Members_Not_Ready",
                Readiness::AgentlessOnly => word = "Ready_For_Agentless_Import",
                Readiness::Ready => {}
            }
        }
        word
    }
}

/// The label of a word of `importable_criteria`.
pub fn criteria_label(word: &str) -> String {
    match word {
        "In_Progress" => "Import In Progress",
        "Imported" => "Import Completed",
        "Ready" => "Ready For Import",
        "Host_Not_Added" => "Host(s) Not Added",
        "Max_Members" => "Maximum Members",
        "VNX_Not_Ready" => "VNX Volume Not Ready",
        "VNX_Internal_Volume" => "Internal Volume",
        "Volume_Size_Not_Multiple_of_8192" => "Volume Size Not Multiple Of 8192",
        "Vmax_Volume_State_Inappropriate" => "VMAX Volume State Inappropriate",
        _ => return word.replace('_', " "),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(id: &str, readiness: Readiness, members: Option<&[&str]>) -> (String, Source) {
        let source = Source {
            id: id.to_owned(),
            name: id.to_owned(),
            wwn: String::new(),
            family: Family::Unity,
            remote_system: String::new(),
            size: 8192,
            readiness,
            group: None,
            members: members.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect()),
            schedules: &[],
            session: None,
            imported: false,
            left_behind: false,
        };
        (id.to_owned(), source)
    }

    #[test]
    fn a_group_is_as_ready_as_its_least_ready_member() {
        let mut sources: Tree<String, Source> = [
            source("a", Readiness::Ready, None),
            source("b", Readiness::AgentlessOnly, None),
            source("c", Readiness::Unfit("Host_Not_Added"), None),
            source("ready", Readiness::Ready, Some(&["a"])),
            source("agentless", Readiness::Ready, Some(&["a", "b"])),
            source("unfit", Readiness::Ready, Some(&["a", "b", "c"])),
            source("empty", Readiness::Ready, Some(&[])),
            source("full", Readiness::Ready, Some(&["a"; MOST_MEMBERS + 1])),
        ]
        .into();
        let told = |sources: &Tree<String, Source>, id: &str| sources[id].criteria(sources);
        for (id, criteria) in [
            ("ready", "Ready"),
            ("agentless", "Ready_For_Agentless_Import"),
            ("unfit", "Members_Not_Ready"),
            ("empty", "No_Members"),
            ("full", "Max_Members"),
            ("c", "Host_Not_Added"),
        ] {
            assert_eq!(told(&sources, id), criteria, "{id}");
        }
        sources.get_mut("a").unwrap().session = Some("1".to_owned());
        assert_eq!(told(&sources, "ready"), "Members_Not_Ready");
        assert_eq!(told(&sources, "a"), "In_Progress");
        sources.get_mut("ready").unwrap().imported = true;
        assert_eq!(told(&sources, "ready"), "Imported");
    }
}
