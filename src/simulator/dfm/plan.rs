//! What a job has to do, decided when its record is stored: its parts, how long each takes, how it ends.

use super::event::Cause;
use super::job::{Fate, Job, JobType, Retention, Subtask, Work};
use super::model::{Carrier, Connection, Dataset, Policy, Relationship, Server};
use super::schedule::{Schedule, Scheduled};
use crate::lifecycle::protection_progress as progress;
use crate::lifecycle::{Circumstances, Outcome, Trigger};
use crate::simulator::seed::Seed;

/// What somebody wants to have done.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub kind: JobType,
    pub dataset: u32,
    /// The connection of the policy; the first that fits where none is named.
    pub connection: Option<u32>,
    pub retention: Retention,
    /// `None` for the scheduler.
    pub by: Option<String>,
    pub description: Option<String>,
}

impl Order {
    /// What an entry of the schedule wants.
    pub fn of_schedule(dataset: u32, schedule: Schedule) -> Order {
        let connection = match schedule.what {
            Scheduled::LocalSnapshot(_) => None,
            Scheduled::SnapVault(connection) | Scheduled::SnapMirror(connection) => Some(connection),
        };
        let (kind, retention) = (schedule.what.job_type(), schedule.retention);
        Order { kind, dataset, connection, retention, by: None, description: None }
    }

    /// What a person wants.
    pub fn of_person(kind: JobType, dataset: u32, by: &str) -> Order {
        let by = Some(by.to_owned());
        Order { kind, dataset, connection: None, retention: Retention::Daily, by, description: None }
    }
}

/// What can go wrong with a transfer by itself.
const CAUSES: [Cause; 5] = [Cause::Network, Cause::AggregateFull, Cause::Quota, Cause::SnapshotMissing, Cause::Licence];

/// Draws what varies between the parts of a job.
struct Draw<'a> {
    seed: Seed,
    failures: u32,
    kind: JobType,
    parts: &'a mut Vec<Subtask>,
}

impl Draw<'_> {
    fn add(&mut self, work: Work, source: u32, destination: u32, size: u64, takes: i64, fate: Fate) {
        let part =
            Subtask { work, source, destination, size, takes, fate, begun: None, ended: None, moved: 0, told: 0 };
        self.parts.push(part);
    }

    /// A part that copies nothing, of `low` to `high` milliseconds.
    fn short(&mut self, work: Work, object: u32, low: u64, high: u64) {
        let takes = i64::try_from(self.seed.within(low, high)).unwrap_or(1000);
        self.add(work, object, object, 0, takes, Fate::Succeeds);
    }

    fn prepare(&mut self, object: u32) {
        self.short(Work::Prepare, object, 1500, 5000);
    }

    fn snapshots(&mut self, volumes: &[u32]) {
        let may_fail = self.kind == JobType::LocalBackup;
        for volume in volumes {
            self.short(Work::Snapshot, *volume, 800, 4000);
            if may_fail
                && self.seed.chance(self.failures.div_ceil(2))
                && let Some(part) = self.parts.last_mut()
            {
                part.fate = Fate::Fails(Cause::Quota, 1000);
            }
        }
    }

    /// A copy of so many thousandths of what a first copy has.
    fn transfer(&mut self, work: Work, from: u32, to: u32, whole: u64, thousandths: u64) {
        let size = whole / 1000 * thousandths + if thousandths == 1000 { whole % 1000 } else { 0 };
        let rate = self.seed.within(40, 180) * 1_000_000;
        let takes = i64::try_from(size / (rate / 1000)).unwrap_or(i64::MAX / 2) + 2000;
        let fate = if self.seed.chance(self.failures) {
            let cause = self.seed.pick(&CAUSES).copied().unwrap_or(Cause::Network);
            let part = u16::try_from(self.seed.within(50, 900)).unwrap_or(500);
            // Without a licence, or without what it goes on from, it does not begin to copy.
            let copies = !matches!(cause, Cause::Licence | Cause::SnapshotMissing);
            Fate::Fails(cause, if copies { part } else { 0 })
        } else if self.seed.chance(self.failures) {
            Fate::Warns(Cause::NetworkForAWhile)
        } else {
            Fate::Succeeds
        };
        self.add(work, from, to, size, takes, fate);
    }

    fn update(&mut self, work: Work, relationship: &Relationship) {
        let thousandths = self.seed.within(2, 25);
        let Relationship { source, destination, size, .. } = *relationship;
        self.transfer(work, source, destination, size, thousandths);
    }
}

impl Server {
    /// The volumes of a dataset at its first node.
    pub(super) fn volumes_of(&self, dataset: &Dataset) -> Vec<u32> {
        let mut volumes: Vec<u32> = Vec::new();
        for member in &dataset.members {
            if let Some(volume) = self.qtrees.get(member).map(|qtree| qtree.volume)
                && !volumes.contains(&volume)
            {
                volumes.push(volume);
            }
        }
        volumes
    }

    /// The job with this id that does what is ordered; `None` when the dataset is unknown or its policy has
    /// no connection for it.
    pub(super) fn plan(&self, order: &Order, id: u32, now: i64) -> Option<Job> {
        let dataset = self.datasets.get(&order.dataset)?;
        let policy = self.policies.get(&dataset.policy)?;
        let connection = connection_for(policy, order);
        let volumes = self.volumes_of(dataset);
        let first = *volumes.first()?;
        let relationships = || {
            let of = connection.map_or(0, |connection| connection.id);
            dataset.relationships.iter().filter(move |relationship| relationship.connection == of)
        };
        let carrier = connection.map(|connection| connection.carrier);
        let update = if carrier == Some(Carrier::SnapMirror) { Work::Mirror } else { Work::Vault };
        let mut parts = Vec::new();
        let seed = self.seed.named("job").derive(u64::from(id));
        let mut draw = Draw { seed, failures: self.failures, kind: order.kind, parts: &mut parts };
        match order.kind {
            JobType::LocalBackup => {
                draw.snapshots(&volumes);
                if order.retention == Retention::Hourly {
                    draw.short(Work::Expire, first, 500, 2000);
                }
                draw.short(Work::Register, first, 500, 2000);
            }
            JobType::RemoteBackup | JobType::Mirror => {
                connection?;
                draw.prepare(first);
                relationships().for_each(|relationship| draw.update(update, relationship));
                draw.short(Work::Register, first, 500, 2000);
            }
            JobType::LocalThenRemoteBackup | JobType::OnDemandBackup => {
                if order.kind == JobType::LocalThenRemoteBackup {
                    connection?;
                }
                draw.snapshots(&volumes);
                draw.short(Work::Register, first, 500, 2000);
                relationships().for_each(|relationship| draw.update(update, relationship));
                if connection.is_some() {
                    draw.short(Work::Register, first, 500, 2000);
                }
            }
            JobType::Restore => {
                connection?;
                draw.prepare(first);
                for relationship in relationships().take(2) {
                    let (from, to) = (relationship.destination, relationship.source);
                    let thousandths = draw.seed.within(5, 40);
                    draw.transfer(Work::Restore, from, to, relationship.size, thousandths);
                }
            }
            JobType::CreateRelationship => {
                connection?;
                draw.prepare(first);
                for relationship in relationships() {
                    let Relationship { source, destination, size, .. } = *relationship;
                    draw.transfer(Work::Create(carrier?), source, destination, size, 1000);
                }
            }
            JobType::DestroyRelationship => {
                for relationship in relationships() {
                    let takes = i64::try_from(draw.seed.within(4000, 12_000)).unwrap_or(5000);
                    let Relationship { source, destination, .. } = *relationship;
                    draw.add(Work::Destroy(carrier?), source, destination, 0, takes, Fate::Succeeds);
                }
            }
            JobType::Configuration => (0..3).for_each(|_| draw.prepare(first)),
        }
        if parts.is_empty() {
            return None;
        }
        let (source, destination) = match (order.kind, connection) {
            (JobType::Restore, Some(connection)) => (connection.destination, Some(connection.source)),
            (_, Some(connection)) => (connection.source, Some(connection.destination)),
            _ => (policy.nodes.first()?.id, None),
        };
        let table = &progress::PROTECTION_PROGRESS;
        let born = table.follow(None, Trigger::Event(progress::JOB_CREATED), Circumstances::UNKNOWN);
        let Outcome::Node(progress) = born?.outcome else { return None };
        Some(Job {
            id,
            kind: order.kind,
            dataset: order.dataset,
            policy: order.by.is_none().then_some(policy.id),
            source,
            destination,
            retention: order.retention,
            submitted_by: order.by.clone(),
            description: order.description.clone(),
            stored: now,
            started: None,
            abort_requested: None,
            completed: None,
            aborted_by: None,
            subtasks: parts,
            events: Vec::new(),
            progress,
            due: None,
            current: 0,
            stops: None,
        })
    }

    /// What somebody asks for who comes by.
    pub(super) fn visitor(&self, chances: &mut Seed) -> Option<Order> {
        const WANTED: [JobType; 6] = [
            JobType::OnDemandBackup,
            JobType::Restore,
            JobType::CreateRelationship,
            JobType::DestroyRelationship,
            JobType::LocalThenRemoteBackup,
            JobType::Configuration,
        ];
        let wanted = if self.is_later() { &WANTED[..] } else { WANTED.get(..4)? };
        let kind = *chances.pick(wanted)?;
        let datasets: Vec<&Dataset> = self.datasets.values().collect();
        let (dataset, by) = (*chances.pick(&datasets)?, chances.pick(&super::engine::PEOPLE)?);
        let order = Order::of_person(kind, dataset.id, by);
        // What needs a connection where there is none becomes a backup.
        let connected = connection_for(self.policies.get(&dataset.policy)?, &order).is_some();
        let kind = if connected || kind == JobType::Configuration { kind } else { JobType::OnDemandBackup };
        Some(Order { kind, ..order })
    }
}

fn connection_for<'a>(policy: &'a Policy, order: &Order) -> Option<&'a Connection> {
    if let Some(id) = order.connection {
        return policy.connection(id);
    }
    let backs_up = || policy.connections.iter().find(|connection| connection.carrier == Carrier::SnapVault);
    match order.kind {
        JobType::LocalBackup | JobType::Configuration => None,
        JobType::OnDemandBackup | JobType::LocalThenRemoteBackup | JobType::RemoteBackup => backs_up(),
        _ => backs_up().or(policy.connections.first()),
    }
}
