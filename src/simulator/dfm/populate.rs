//! What a DFM server begins with: storage, policies, datasets and groups.

use std::collections::BTreeSet;

use super::history;
use super::job::Retention;
use super::model::{
    Carrier, Connection, Dataset, Due, Filer, Group, Node, Policy, Qtree, Relationship, Server, Volume,
};
use super::schedule::{Every, Schedule, Scheduled};
use crate::lifecycle::Release;
use crate::simulator::names;
use crate::simulator::seed::Seed;
use crate::simulator::tree::Tree;
use crate::words::folded;

/// What a server begins with.
#[derive(Clone, Debug)]
pub struct Options {
    pub seed: Seed,
    /// Jobs that it has at its first moment. With none it has no schedule either: nothing happens until
    /// somebody asks for it.
    pub jobs: usize,
    /// Chance that a transfer fails, in thousandths.
    pub failures: u32,
    /// Its first moment.
    pub start: i64,
    pub release: Release,
}

const FILERS: [&str; 4] =
    ["fas-fra-1.example.net", "fas-fra-2.example.net", "fas-dub-1.example.net", "fas-dub-2.example.net"];

/// A dataset, its name on volumes, its policy by its place.
const DATASETS: [(&str, &str, usize); 10] = [
    ("Büro & <Archiv>", "buero", 2),
    ("ERP database", "erp", 0),
    ("Home directories", "home", 1),
    ("Mail", "mail", 0),
    ("Engineering", "cad", 3),
    ("VMware datastores", "vmware", 1),
    ("Finance", "finance", 2),
    ("Projects", "projects", 0),
    ("Web content", "web", 3),
    ("Data warehouse", "dwh", 0),
];

/// A group and the places of its datasets. One has the name of a dataset: a name can be ambiguous.
const GROUPS: [(&str, &[usize]); 3] =
    [("Frankfurt", &[0, 1, 2, 3]), ("Business critical", &[0, 1, 6]), ("Web Content", &[8])];

/// So many jobs make the server a dataset larger.
const JOBS_OF_A_DATASET: usize = 500;

/// The policies, without ids.
fn policies() -> [Policy; 4] {
    let vault = Connection { id: 1, source: 1, destination: 2, carrier: Carrier::SnapVault };
    let mirror = Connection { carrier: Carrier::SnapMirror, ..vault };
    let line = |what, retention, every, minute| Schedule { what, retention, every, minute };
    let (local, backs_up, mirrors) = (Scheduled::LocalSnapshot, Scheduled::SnapVault, Scheduled::SnapMirror);
    let hour = 60;
    let policy = |name: &str, nodes: &[&'static str], connections, schedule| {
        let nodes = (1..).zip(nodes).map(|(id, name)| Node { id, name }).collect();
        Policy { id: 0, name: name.to_owned(), nodes, connections, schedule }
    };
    [
        policy(
            "Back up",
            &["Primary data", "Backup"],
            vec![vault],
            vec![
                line(local(1), Retention::Hourly, Every::Hours(4), 5),
                line(backs_up(1), Retention::Daily, Every::Day, 22 * hour),
                line(backs_up(1), Retention::Weekly, Every::Week, hour),
                line(backs_up(1), Retention::Monthly, Every::Month, 2 * hour),
            ],
        ),
        policy(
            "Mirror",
            &["Primary data", "Mirror"],
            vec![mirror],
            vec![
                line(mirrors(1), Retention::Hourly, Every::Hours(1), 10),
                line(local(1), Retention::Daily, Every::Day, 20 * hour),
            ],
        ),
        policy(
            "Back up, then mirror",
            &["Primary data", "Backup", "Mirror"],
            vec![vault, Connection { id: 2, source: 2, destination: 3, carrier: Carrier::SnapMirror }],
            vec![
                line(local(1), Retention::Hourly, Every::Hours(6), 30),
                line(backs_up(1), Retention::Daily, Every::Day, 21 * hour),
                line(mirrors(2), Retention::Daily, Every::Day, 23 * hour + 30),
                line(backs_up(1), Retention::Weekly, Every::Week, 3 * hour),
            ],
        ),
        policy(
            "Local backups only",
            &["Primary data"],
            vec![],
            vec![
                line(local(1), Retention::Hourly, Every::Hours(4), 20),
                line(local(1), Retention::Daily, Every::Day, 19 * hour),
                line(local(1), Retention::Weekly, Every::Week, 4 * hour),
            ],
        ),
    ]
}

impl Server {
    /// A server at its first moment.
    pub fn new(options: &Options) -> Server {
        let mut server = Server {
            host_name: "dfm.example.net".to_owned(),
            release: options.release,
            seed: options.seed,
            failures: options.failures,
            workers: 6,
            datasets: Tree::new(),
            groups: Tree::new(),
            policies: Tree::new(),
            filers: Tree::new(),
            volumes: Tree::new(),
            qtrees: Tree::new(),
            jobs: Tree::new(),
            stopped: None,
            schedule_changed: options.start - 5 * super::schedule::DAY,
            due: BTreeSet::new(),
            queue: BTreeSet::new(),
            busy: BTreeSet::new(),
            next_job: 1001,
            visits: 0,
        };
        let mut ids = 101..;
        let filers: Vec<u32> = FILERS
            .into_iter()
            .zip(&mut ids)
            .map(|(name, id)| {
                server.filers.insert(id, Filer { id, name: name.to_owned() });
                id
            })
            .collect();
        let policies: Vec<u32> = policies()
            .into_iter()
            .zip(&mut ids)
            .map(|(policy, id)| {
                let schedule = if options.jobs == 0 { Vec::new() } else { policy.schedule };
                server.policies.insert(id, Policy { id, schedule, ..policy });
                id
            })
            .collect();
        let more = options.jobs / JOBS_OF_A_DATASET;
        let mut chances = options.seed.named("datasets");
        let named = DATASETS.into_iter().map(|(name, slug, policy)| (name.to_owned(), slug.to_owned(), policy));
        let others = (11u64..).take(more.min(150)).map(|number| {
            let name = names::content(&mut chances, number);
            (name.clone(), name, usize::try_from(number % 4).unwrap_or(0))
        });
        let wanted: Vec<(String, String, usize)> = named.chain(others).collect();
        let mut datasets = Vec::new();
        for (number, (name, slug, policy)) in (0u64..).zip(wanted) {
            let policy = policies.get(policy).copied().unwrap_or_default();
            let seed = options.seed.named("dataset").derive(number);
            datasets.push(server.add_dataset(&mut ids, (name, &slug), policy, &filers, (None, seed)));
        }
        for ((name, places), id) in GROUPS.into_iter().zip(&mut ids) {
            let members = places.iter().filter_map(|place| datasets.get(*place).copied()).collect();
            server.groups.insert(id, Group { id, name: name.to_owned(), datasets: members });
        }
        if options.jobs > 0 {
            history::populate(&mut server, options);
            for dataset in datasets {
                server.plan_entries(dataset, options.start);
            }
            server.due.insert((options.start + 40 * 60_000, Due::Visit));
        }
        server
    }

    /// Adds a dataset of one volume of this size, and plans its entries of the schedule from `now` on.
    ///
    /// # Errors
    /// The name is taken, or there is no such policy: in a sentence.
    pub fn add_named(&mut self, name: &str, size: u64, policy: &str, now: i64) -> Result<(), String> {
        if self.dataset_named(name).is_ok() {
            return Err(format!("there is a dataset \"{name}\" already."));
        }
        let found = self.policies.values().find(|known| known.name == policy).map(|policy| policy.id);
        let policy = found.ok_or_else(|| {
            let there: Vec<&str> = self.policies.values().map(|policy| policy.name.as_str()).collect();
            format!("there is no policy \"{policy}\"; there are {}.", there.join(", "))
        })?;
        let taken = [
            self.datasets.keys().last(),
            self.groups.keys().last(),
            self.volumes.keys().last(),
            self.qtrees.keys().last(),
        ];
        let mut ids = taken.into_iter().flatten().max().copied().unwrap_or(100) + 1..;
        let filers: Vec<u32> = self.filers.keys().copied().collect();
        let slug: String = folded(name).split_whitespace().collect::<Vec<_>>().join("_");
        let seed = self.seed.named("named dataset").named(name);
        let dataset = self.add_dataset(&mut ids, (name.to_owned(), &slug), policy, &filers, (Some(size), seed));
        self.plan_entries(dataset, now);
        Ok(())
    }

    fn add_volume(&mut self, ids: &mut impl Iterator<Item = u32>, filer: u32, name: String) -> u32 {
        let id = ids.next().unwrap_or_default();
        self.volumes.insert(id, Volume { filer, name });
        id
    }

    fn add_qtree(&mut self, ids: &mut impl Iterator<Item = u32>, volume: u32, name: &str) -> u32 {
        let id = ids.next().unwrap_or_default();
        self.qtrees.insert(id, Qtree { volume, name: name.to_owned() });
        id
    }

    fn add_dataset(
        &mut self,
        ids: &mut impl Iterator<Item = u32>,
        (name, slug): (String, &str),
        policy: u32,
        filers: &[u32],
        (size, mut seed): (Option<u64>, Seed),
    ) -> u32 {
        const QTREES: [&str; 3] = ["data", "logs", "archive"];
        let id = ids.next().unwrap_or_default();
        let filer = |place: usize| filers.get(place).copied().unwrap_or_default();
        let home = filer(usize::try_from(seed.within(0, 1)).unwrap_or(0));
        let connections = self.policies.get(&policy).map(|policy| policy.connections.clone()).unwrap_or_default();
        let (mut members, mut relationships) = (Vec::new(), Vec::new());
        let volumes = seed.within(1, 3);
        for number in 1..=if size.is_some() { 1 } else { volumes } {
            let volume = self.add_volume(ids, home, format!("{slug}_{number}"));
            let mut at = vec![volume];
            let drawn = names::size(&mut seed);
            let whole = size.unwrap_or(drawn);
            let qtrees = QTREES.iter().take(usize::try_from(seed.within(1, 2)).unwrap_or(1));
            let qtrees: Vec<(u32, &str)> = qtrees.map(|name| (self.add_qtree(ids, volume, name), *name)).collect();
            members.extend(qtrees.iter().map(|(id, _)| *id));
            for connection in &connections {
                let from = at.last().copied().unwrap_or(volume);
                let (suffix, place) = match connection.carrier {
                    Carrier::SnapVault => ("backup", 2),
                    Carrier::SnapMirror => ("mirror", 3),
                };
                let to = self.add_volume(ids, filer(place), format!("{slug}_{number}_{suffix}"));
                at.push(to);
                let connected =
                    |source, destination, size| Relationship { connection: connection.id, source, destination, size };
                match connection.carrier {
                    Carrier::SnapMirror => relationships.push(connected(from, to, whole)),
                    Carrier::SnapVault => {
                        for (qtree, name) in &qtrees {
                            let copy = self.add_qtree(ids, to, name);
                            relationships.push(connected(*qtree, copy, whole / qtrees.len() as u64));
                        }
                    }
                }
            }
        }
        self.datasets.insert(id, Dataset { id, name, policy, relationships, members, suspended: false });
        id
    }
}
