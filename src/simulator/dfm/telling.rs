//! The words of a DFM server: names, descriptions, messages, and the elements beside them.

use super::event::{Cause, Event, EventType, Info, Named, Severity};
use super::job::{Job, JobType, Subtask, Work};
use super::model::{Carrier, Object, Refusal, Server};
use crate::lifecycle::Release;
use crate::wire::time;
use crate::wire::zapi::errno;
use crate::words::folded;

impl Server {
    /// True from 4.0 on: jobs can be queued, have an overall status and name their object.
    pub fn is_later(&self) -> bool {
        self.release >= Release([4, 0, 0, 0])
    }

    /// The dataset or the group of this name, whatever its case, or of this id, when it is all digits.
    ///
    /// # Errors
    /// There is none, or several have that name.
    pub fn object(&self, name_or_id: &str) -> Result<Object, Refusal> {
        let wanted = name_or_id.trim();
        let found: Vec<Object> = if !wanted.is_empty() && wanted.bytes().all(|byte| byte.is_ascii_digit()) {
            let id = wanted.parse().unwrap_or(0);
            let dataset = self.datasets.contains_key(&id).then_some(Object::Dataset(id));
            dataset.or(self.groups.contains_key(&id).then_some(Object::Group(id))).into_iter().collect()
        } else {
            let same = |name: &str| folded(name) == folded(wanted);
            let datasets = self.datasets.values().filter(|dataset| same(&dataset.name));
            let groups = self.groups.values().filter(|group| same(&group.name));
            datasets.map(|it| Object::Dataset(it.id)).chain(groups.map(|it| Object::Group(it.id))).collect()
        };
        match found.as_slice() {
            [object] => Ok(*object),
            [] => Err(Refusal::new(errno::EOBJECTNOTFOUND, format!("There is no dataset or group {wanted}."))),
            _ => Err(Refusal::new(errno::EOBJECTAMBIGUOUS, format!("Several objects are called {wanted}."))),
        }
    }

    /// The dataset of this name or id.
    ///
    /// # Errors
    /// There is none, or several objects have that name.
    pub fn dataset_named(&self, name_or_id: &str) -> Result<u32, Refusal> {
        match self.object(name_or_id)? {
            Object::Dataset(id) => Ok(id),
            Object::Group(_) => {
                Err(Refusal::new(errno::EOBJECTNOTFOUND, format!("{name_or_id} is no dataset but a group.")))
            }
        }
    }

    /// The datasets that an object stands for.
    pub fn datasets_of(&self, object: Object) -> Vec<u32> {
        match object {
            Object::Dataset(id) => vec![id],
            Object::Group(id) => self.groups.get(&id).map(|group| group.datasets.clone()).unwrap_or_default(),
        }
    }

    /// The name of the dataset with this id.
    pub fn dataset_name(&self, id: u32) -> &str {
        self.datasets.get(&id).map_or("", |dataset| &dataset.name)
    }

    /// The name of a policy.
    pub fn policy_name(&self, id: u32) -> &str {
        self.policies.get(&id).map_or("", |policy| &policy.name)
    }

    /// The name of a node of the policy of a job's dataset.
    pub fn node_name(&self, job: &Job, node: u32) -> &'static str {
        let policy = self.datasets.get(&job.dataset).and_then(|dataset| self.policies.get(&dataset.policy));
        policy.and_then(|policy| policy.node(node)).map_or("", |node| node.name)
    }

    /// The full name of a volume (`filer:/volume`) or a qtree (`filer:/volume/qtree`).
    pub fn full_name(&self, id: u32) -> String {
        if let Some(qtree) = self.qtrees.get(&id) {
            return format!("{}/{}", self.full_name(qtree.volume), qtree.name);
        }
        let volume = self.volumes.get(&id);
        let filer = volume.and_then(|volume| self.filers.get(&volume.filer));
        format!("{}:/{}", filer.map_or("", |filer| &filer.name), volume.map_or("", |volume| &volume.name))
    }

    fn named(&self, id: u32) -> Named {
        Named { id, name: self.full_name(id) }
    }

    /// The filer that a volume or a qtree is on.
    fn filer_of(&self, id: u32) -> &str {
        let volume = self.qtrees.get(&id).map_or(id, |qtree| qtree.volume);
        let filer = self.volumes.get(&volume).and_then(|volume| self.filers.get(&volume.filer));
        filer.map_or("", |filer| &filer.name)
    }

    /// What a job is for, in one sentence.
    pub fn description(&self, job: &Job) -> String {
        if let Some(description) = &job.description {
            return description.clone();
        }
        let dataset = self.dataset_name(job.dataset);
        let source = self.node_name(job, job.source);
        let destination = job.destination.map_or("", |node| self.node_name(job, node));
        let retention = job.retention.word();
        match job.kind {
            JobType::LocalBackup => format!("Local {retention} backup of {dataset} at {source}"),
            JobType::RemoteBackup => format!("Remote {retention} backup of {dataset} from {source} to {destination}"),
            JobType::Mirror => format!("Mirror of {dataset} from {source} to {destination}"),
            JobType::Restore => format!("Restore of {dataset} from {source} to {destination}"),
            JobType::CreateRelationship => {
                format!("Create the relationships of {dataset} from {source} to {destination}")
            }
            JobType::DestroyRelationship => {
                format!("Remove the relationships of {dataset} from {source} to {destination}")
            }
            JobType::OnDemandBackup => format!("Backup of {dataset} on demand"),
            JobType::LocalThenRemoteBackup => format!("Local backup of {dataset}, then remote to {destination}"),
            JobType::Configuration => format!("Apply the configuration of {dataset}"),
        }
    }

    /// What an event says.
    pub fn message(&self, job: &Job, event: &Event) -> String {
        use EventType as E;
        let part = part_of(job, event);
        let source = part.map_or_else(String::new, |part| self.full_name(part.source));
        let destination = part.map_or_else(String::new, |part| self.full_name(part.destination));
        let failed = event.status == Severity::Error;
        let ended = if failed { "failed" } else { "finished" };
        match event.kind {
            E::JobStart => format!("Started: {}", self.description(job)),
            E::JobProgress => {
                // The first of the two of a part says that it goes on.
                let first = job.events.iter().find(|other| other.subtask == event.subtask && other.kind == event.kind);
                let first = first.is_some_and(|first| first.id == event.id);
                let what = if job.kind == JobType::Configuration { "configuration" } else { "preferred interfaces" };
                format!("{} {what}", if first { "Retrieving" } else { "Retrieved" })
            }
            E::JobEnd if job.aborted_by.is_some() => "The job was aborted".to_owned(),
            E::JobEnd => match event.status {
                Severity::Normal => "The job succeeded".to_owned(),
                Severity::Warning => "The job succeeded in part".to_owned(),
                Severity::Error => "The job failed".to_owned(),
            },
            E::JobAbort => format!("Abort asked for by {}", job.aborted_by.as_deref().unwrap_or("")),
            E::JobRetry => "Trying again what failed".to_owned(),
            E::RelCreateStart => format!("Creating the relationship of {source} with {destination}"),
            E::RelDestroyStart => format!("Removing the relationship of {source} with {destination}"),
            E::RelCreateProgress | E::RelDestroyProgress => format!("Working on the relationship with {destination}"),
            E::RelCreateEnd => format!("Creating the relationship with {destination} {ended}"),
            E::RelDestroyEnd => format!("Removing the relationship with {destination} {ended}"),
            E::SnapshotCreate => format!("Snapshot of {source} {}", if failed { "failed" } else { "taken" }),
            E::SnapshotDelete => format!("Snapshot of {source} deleted: its time is over"),
            E::BackupCreate => "Backup registered".to_owned(),
            E::BackupDelete => "Backup removed: its time is over".to_owned(),
            E::SnapvaultStart | E::SnapmirrorStart => format!("Starting the transfer from {source} to {destination}"),
            E::SnapvaultProgress | E::SnapmirrorProgress | E::RestoreProgress => "Transferring".to_owned(),
            E::SnapvaultEnd | E::SnapmirrorEnd => format!("Transfer from {source} to {destination} {ended}"),
            E::RestoreStart => format!("Restoring {destination} from {source}"),
            E::RestoreEnd => format!("Restore of {destination} {ended}"),
        }
    }

    /// Why something went wrong.
    pub fn error_message(&self, job: &Job, event: &Event) -> Option<String> {
        let part = part_of(job, event).or_else(|| job.subtasks.iter().find(|part| part.moved < part.size));
        let (source, destination) =
            part.or(job.subtasks.first()).map_or((0, 0), |part| (part.source, part.destination));
        let (from, to) = (self.filer_of(source), self.filer_of(destination));
        Some(match event.cause? {
            Cause::Network => format!("The connection between {from} and {to} broke during the transfer."),
            Cause::NetworkForAWhile => format!("The connection between {from} and {to} broke and came back."),
            Cause::AggregateFull => {
                format!("No space left in the aggregate of {}.", self.full_name(destination))
            }
            Cause::Quota if source == destination => {
                format!("No space left for snapshots in {}.", self.full_name(source))
            }
            Cause::Quota => format!("The quota of {} is used up.", self.full_name(destination)),
            Cause::SnapshotMissing => {
                format!("The base snapshot is missing on {}; a new baseline is needed.", self.full_name(source))
            }
            Cause::Licence => {
                let product = match part.map(|part| part.work.carrier()) {
                    Some(Some(Carrier::SnapMirror)) => "SnapMirror",
                    _ => "SnapVault",
                };
                format!("{product} is not licensed on {to}.")
            }
            Cause::Aborted => format!("Stopped on request of {}.", job.aborted_by.as_deref().unwrap_or("the service")),
            Cause::ServiceRestarted => "Interrupted by a restart of the service.".to_owned(),
        })
    }

    /// The element beside the message, if the event has one.
    pub fn info(&self, job: &Job, event: &Event) -> Option<Info> {
        if event.kind == EventType::JobAbort {
            return Some(Info::JobAbort { aborted_by: job.aborted_by.clone().unwrap_or_default() });
        }
        let part = part_of(job, event)?;
        let (bytes, source, destination) = (event.bytes, self.named(part.source), self.named(part.destination));
        let version = job.started.unwrap_or(job.stored);
        // Each part of a job that makes a copy has a backup of its own.
        let id = job.id * 16 + u32::from(event.subtask.unwrap_or(0).min(15));
        Some(match part.work {
            Work::Prepare => return None,
            Work::Create(carrier) | Work::Destroy(carrier) => {
                Info::Relationship { bytes, source, destination, carrier }
            }
            Work::Vault => Info::Snapvault { bytes, source, destination },
            Work::Mirror => Info::Snapmirror { bytes, source, destination },
            Work::Snapshot => Info::Snapshot { name: self.snapshot(job, version), volume: source },
            Work::Expire => {
                const DAY: i64 = 86_400_000;
                match event.kind {
                    EventType::SnapshotDelete => {
                        Info::Snapshot { name: self.snapshot(job, version - DAY), volume: source }
                    }
                    _ => Info::Backup { id: id - 16, version: version - DAY, retention: job.retention },
                }
            }
            Work::Register => Info::Backup { id, version, retention: job.retention },
            Work::Restore => Info::Restore {
                bytes,
                backup: id - 16,
                version: version - 86_400_000,
                member: self.named(part.destination),
                path: "/".to_owned(),
                destination: destination.name,
            },
        })
    }

    fn snapshot(&self, job: &Job, at: i64) -> String {
        let time: String = time::format(at).chars().take(16).map(|c| if c == 'T' { '_' } else { c }).collect();
        format!("{}_{}_{}", time.replace([':', '-'], ""), job.retention.word(), job.dataset)
    }
}

fn part_of<'a>(job: &'a Job, event: &Event) -> Option<&'a Subtask> {
    job.subtasks.get(usize::from(event.subtask?))
}
