//! What stands around before the first import: remote systems and their volumes, hosts, groups, policies.

use super::fleet::ARRAYS;
use super::inventory::{FileSystem, Host, HostGroup, NasServer, Policy, ReplicationRule, SnapshotRule, VolumeGroup};
use super::names;
use super::seed::Seed;
use super::source::{Family, MOST_MEMBERS, Readiness, SCHEDULES, Source};
use super::world::{Array, RemoteSystem, Volume};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Volumes that have nothing to do with imports, on each array.
const OTHER_VOLUMES: u64 = 8;
/// Unity volumes that wait for an import, on each array.
const FREE_VOLUMES: u64 = 12;

/// The systems that imports come from: the Unitys are everywhere, of the others each array has some.
const SYSTEMS: [&[(&str, Family)]; 2] = [
    &[
        ("Unity-Rhein", Family::Unity),
        ("Unity-Main", Family::Unity),
        ("Unity-Liffey", Family::Unity),
        ("VNX-Neckar", Family::Vnx),
        ("PSGroup-Isar", Family::PsGroup),
        ("Compellent-Spree", Family::StorageCenter),
        ("XtremIO-Elbe", Family::XtremIo),
        ("NetApp-Weser", Family::NetApp),
        ("PowerMax-Donau", Family::PowerMax),
        ("Universal-Mosel", Family::Universal),
    ],
    &[
        ("Unity-Rhein", Family::Unity),
        ("Unity-Main", Family::Unity),
        ("Unity-Liffey", Family::Unity),
        ("VNX-Shannon", Family::Vnx),
        ("PSGroup-Boyne", Family::PsGroup),
    ],
];

/// Names that not every page can show.
const ODD_NAMES: [&str; 6] = [
    "Größe_ÄÖÜ_ß",
    "データ_会計_01",
    "<b>fett</b>&amp;\"zitiert\"",
    "it's_100%_<script>alert(1)</script>",
    "бухгалтерия",
    "rocket_🚀_vol",
];

/// The remote systems of the `index`-th array.
pub fn remote_systems(array: &mut Array, index: u64) {
    let systems = usize::try_from(index).ok().and_then(|index| SYSTEMS.get(index)).copied().unwrap_or_default();
    let named = |name: &str, family: Option<Family>, number: u8, chances: &mut Seed| RemoteSystem {
        id: chances.uuid(),
        name: name.to_owned(),
        family,
        serial_number: format!("APM00{:09}", chances.within(0, 999_999_999)),
        address: format!("192.0.2.{}", 20 + number),
        reachable: true,
    };
    for (number, (name, family)) in (0_u8..).zip(systems) {
        let mut chances = array.seed.named("remote system").derive(u64::from(number));
        let remote = named(name, Some(*family), number, &mut chances);
        if family.facts().since <= array.release {
            array.remote_systems.insert(remote.id.clone(), remote);
        }
    }
    for (number, id) in (100_u8..).zip(ARRAYS.iter().filter(|id| **id != array.id)) {
        let mut chances = array.seed.named("remote system").derive(u64::from(number));
        let remote = named(&title(id), None, number, &mut chances);
        array.remote_systems.insert(remote.id.clone(), remote);
    }
}

/// The name of an array for people.
pub fn title(id: &str) -> String {
    id.get(..1).unwrap_or_default().to_ascii_uppercase() + id.get(1..).unwrap_or_default()
}

/// Hosts, volumes, groups of both, a NAS server, policies and rules.
pub fn inventory(array: &mut Array, start: i64) {
    hosts(array);
    policies(array);
    for number in 0..OTHER_VOLUMES {
        other_volume(array, number, start);
    }
    let ids: Vec<String> = array.volumes.keys().cloned().collect();
    for (number, (name, members)) in (0..).zip([("vg_erp", 3), ("vg_mail", 2)]) {
        let mut chances = array.seed.named("volume group").derive(number);
        let id = chances.uuid();
        let skip = usize::try_from(number).unwrap_or(0) * 3;
        for volume in ids.iter().skip(skip).take(members) {
            if let Some(volume) = array.volumes.get_mut(volume) {
                volume.group = Some(id.clone());
            }
        }
        let created = start - i64::try_from(chances.within(10, 400)).unwrap_or(10) * DAY;
        let group = VolumeGroup {
            snapshot_of: None,
            id: id.clone(),
            name: name.to_owned(),
            created,
            protection_policy: None,
            is_importing: false,
        };
        array.volume_groups.insert(id, group);
    }
    let mut chances = array.seed.named("NAS server");
    nas_server(array, "nas_home", 2, &mut chances, start - 100 * DAY);
}

/// Adds a NAS server with so many file systems; answers with its id.
pub fn nas_server(array: &mut Array, name: &str, file_systems: u64, chances: &mut Seed, created: i64) -> String {
    const GB: u64 = 1 << 30;
    let id = chances.uuid();
    array.nas_servers.insert(id.clone(), NasServer { id: id.clone(), name: name.to_owned(), protection_policy: None });
    for number in 1..=file_systems {
        let file_system = FileSystem {
            id: chances.uuid(),
            name: format!("{name}_fs{number}"),
            nas_server: id.clone(),
            size: chances.within(20, 200) * GB,
            created,
        };
        array.file_systems.insert(file_system.id.clone(), file_system);
    }
    id
}

fn hosts(array: &mut Array) {
    let seed = array.seed.named("host");
    let grouped = [("esx-cluster-a", "ESXi", 3), ("sql-cluster", "Windows", 2)];
    let mut number = 0;
    let mut add = |array: &mut Array, name: String, os, group: Option<String>| {
        number += 1;
        let id = seed.derive(number).uuid();
        array.hosts.insert(id.clone(), Host { id, name, os, group });
    };
    for (place, (name, os, members)) in (100..).zip(grouped) {
        let id = seed.derive(place).uuid();
        for member in 1..=members {
            add(array, format!("{name}-{member:02}"), os, Some(id.clone()));
        }
        array.host_groups.insert(id.clone(), HostGroup { id, name: name.to_owned() });
    }
    for (name, os) in [("web-01", "Linux"), ("oracle-aix", "AIX"), ("backup-01", "Linux"), ("büro-süd", "Windows")] {
        add(array, name.to_owned(), os, None);
    }
}

fn policies(array: &mut Array) {
    let seed = array.seed.named("policy");
    let rule = |number: u64, name: &str, interval, time_of_day, retention| SnapshotRule {
        id: seed.derive(number).uuid(),
        name: name.to_owned(),
        interval,
        time_of_day,
        retention,
    };
    let hourly = rule(1, "hourly", Some("One_Hour"), None, 48);
    let nightly = rule(2, "nightly", None, Some("23:30"), 336);
    let peer = array.remote_systems.values().find(|remote| remote.family.is_none());
    let replication = ReplicationRule {
        id: seed.derive(3).uuid(),
        name: "to-the-other-site".to_owned(),
        remote_system: peer.map(|remote| remote.id.clone()).unwrap_or_default(),
        rpo: "One_Hour",
    };
    let both = vec![hourly.id.clone(), nightly.id.clone()];
    for (number, name, snapshot_rules, replication_rules) in [
        (10, "Gold", both.clone(), vec![]),
        (11, "Silver", vec![nightly.id.clone()], vec![]),
        (12, "Gold-Replicated", both, vec![replication.id.clone()]),
    ] {
        let id = seed.derive(number).uuid();
        array.policies.insert(id.clone(), Policy { id, name: name.to_owned(), snapshot_rules, replication_rules });
    }
    array.snapshot_rules = [hourly, nightly].into_iter().map(|rule| (rule.id.clone(), rule)).collect();
    array.replication_rules.insert(replication.id.clone(), replication);
}

fn other_volume(array: &mut Array, number: u64, start: i64) {
    let mut chances = array.seed.named("other volume").derive(number);
    let volume = Volume {
        snapshot_of: None,
        id: chances.uuid(),
        name: format!("vol_{}", names::content(&mut chances, number)),
        wwn: format!("naa.68ccf098{:016x}{number:08x}", chances.draw()),
        size: names::size(&mut chances),
        created: start - i64::try_from(chances.within(10, 400)).unwrap_or(10) * DAY,
        host_access: true,
        group: None,
        protection_policy: None,
    };
    array.volumes.insert(volume.id.clone(), volume);
}

/// Adds a volume of a make that this array imports from; answers with its id.
pub fn add_volume(array: &mut Array, family: Family, number: u64, readiness: Readiness) -> String {
    let mut chances = seed(array, family).derive(number);
    let remotes: Vec<&str> = of_family(array, family);
    let facts = family.facts();
    let id = format!("{}_{}", facts.prefix, 100 + number);
    let readiness = match readiness {
        Readiness::Ready if facts.agentless_only => Readiness::AgentlessOnly,
        other => other,
    };
    let name = names::content(&mut chances, number + 1);
    let wwn = names::wwn(&mut chances);
    let remote_system = chances.pick(&remotes).map(|id| (*id).to_owned()).unwrap_or_default();
    let odd_size = if readiness == Readiness::Unfit("Volume_Size_Not_Multiple_of_8192") { 512 } else { 0 };
    let source = Source {
        id: id.clone(),
        name,
        wwn,
        family,
        remote_system,
        size: names::size(&mut chances) + odd_size,
        readiness,
        group: None,
        members: None,
        schedules: match (family, number % 3) {
            (Family::PsGroup, 0) => &SCHEDULES,
            (Family::PsGroup, 1) => SCHEDULES.get(1..4).unwrap_or_default(),
            _ => &[],
        },
        session: None,
        imported: false,
        left_behind: false,
    };
    array.sources.insert(id.clone(), source);
    id
}

/// Adds a consistency group of volumes with the numbers from `first` on; answers with its id.
pub fn add_group(array: &mut Array, family: Family, first: u64, readiness: &[Readiness]) -> String {
    let id = format!("{}_cg_{}", family.facts().prefix, 100 + first);
    let members: Vec<String> =
        (first..).zip(readiness).map(|(number, readiness)| add_volume(array, family, number, *readiness)).collect();
    // All of a group are on one system.
    let first_member = members.first().and_then(|member| array.sources.get(member));
    let home = first_member.map(|source| source.remote_system.clone());
    let home = home.or_else(|| of_family(array, family).first().map(|id| (*id).to_owned())).unwrap_or_default();
    let mut size = 0;
    for member in &members {
        if let Some(source) = array.sources.get_mut(member) {
            source.remote_system.clone_from(&home);
            source.group = Some(id.clone());
            size += source.size;
        }
    }
    let mut chances = seed(array, family).named("group").derive(first);
    let group = Source {
        id: id.clone(),
        name: format!("cg_{}", names::content(&mut chances, first + 1)),
        wwn: String::new(),
        family,
        remote_system: home,
        size,
        readiness: Readiness::Ready,
        group: None,
        members: Some(members),
        schedules: &[],
        session: None,
        imported: false,
        left_behind: false,
    };
    array.sources.insert(id.clone(), group);
    id
}

/// Volumes and groups that wait for an import, with numbers from `first` on.
pub fn free_sources(array: &mut Array, first: u64) {
    use Readiness::{AgentlessOnly, Ready, Unfit};
    for number in 0..FREE_VOLUMES {
        let readiness = match number {
            0..8 => Ready,
            8..10 => AgentlessOnly,
            _ => Unfit("Host_Not_Added"),
        };
        add_volume(array, Family::Unity, first + number, readiness);
    }
    let mut number = first + FREE_VOLUMES;
    let full = [Ready; MOST_MEMBERS + 1];
    for family in Family::ALL {
        if of_family(array, family).is_empty() {
            continue;
        }
        let unfit: Vec<Readiness> = family.facts().unfit.iter().map(|reason| Unfit(reason)).collect();
        let usual = [Ready, Ready, Ready, AgentlessOnly];
        let alone = if family == Family::Unity { &[][..] } else { &usual[..] };
        for readiness in alone.iter().chain(&unfit) {
            add_volume(array, family, number, *readiness);
            number += 1;
        }
        if !family.facts().has_groups {
            continue;
        }
        let one_unfit = [Ready, Ready, unfit.first().copied().unwrap_or(Ready)];
        let mut groups: Vec<&[Readiness]> = vec![&[Ready, Ready, Ready], &one_unfit];
        if family == Family::Unity {
            groups.extend([&[Ready; 5][..], &[Ready, AgentlessOnly], &[], &full]);
        }
        for members in groups {
            add_group(array, family, number, members);
            number += members.len().max(1) as u64;
        }
    }
    for name in ODD_NAMES {
        let id = add_volume(array, Family::Unity, number, Ready);
        if let Some(source) = array.sources.get_mut(&id) {
            name.clone_into(&mut source.name);
        }
        number += 1;
    }
}

fn seed(array: &Array, family: Family) -> Seed {
    match family {
        Family::Unity => array.seed.named("source"),
        _ => array.seed.named("source").named(family.facts().prefix),
    }
}

/// The ids of the systems of a make.
pub fn of_family(array: &Array, family: Family) -> Vec<&str> {
    let systems = array.remote_systems.values().filter(|remote| remote.family == Some(family));
    systems.map(|remote| remote.id.as_str()).collect()
}
