//! Errands: sessions that go by a table without members, a file import or a migration. Which move is
//! possible, and where it leads, is read from the table; when it is tried is in [`super::file_import`] and
//! [`super::migration`].

use super::copy::Course;
use super::engine::{Refused, not_listed};
use super::file_import::{self, FileImport};
use super::jobs::{Resource, Step, Success};
use super::migration::{self, Migration};
use super::seed::Seed;
use super::world::{Array, Deleted, Passage, Run, SessionError};
use crate::lifecycle::{
    ActionId, Circumstance, Circumstances, Effect, EventId, Kind as Work, Lifecycle, NodeId, Outcome, Trigger,
};
use crate::simulator::tree::Tree;
use crate::words::folded;

/// What a session is about.
#[derive(Clone, Debug)]
pub enum Task {
    FileImport(FileImport),
    Migration(Migration),
}

/// What was said with the last accepted request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Switches {
    pub forced: bool,
    pub rescan_done: bool,
    pub automatic_cutover: bool,
}

/// A file import or a migration.
#[derive(Clone, Debug)]
pub struct Errand {
    pub id: String,
    /// Tells its chances from those of the others.
    pub number: u64,
    pub name: String,
    pub task: Task,
    pub node: NodeId,
    pub history: Vec<Passage>,
    /// What happens next by itself.
    pub due: Option<(i64, EventId)>,
    pub created: i64,
    pub updated: i64,
    pub switches: Switches,
    /// The job that ends with the node.
    pub job: Option<String>,
    pub error: Option<SessionError>,
    /// Bytes that the copy of now has to bring over, and what earlier runs of it brought.
    pub size: u64,
    pub copied: u64,
    pub run: Option<Run>,
    pub runs: u64,
    /// Its place in the queue.
    pub turn: u64,
}

impl Errand {
    /// The kind of its table.
    pub fn work(&self) -> Work {
        match self.task {
            Task::FileImport(_) => Work::FileImport,
            Task::Migration(_) => Work::Migration,
        }
    }

    /// The table that it goes by.
    pub fn table(&self) -> &'static Lifecycle {
        self.work().lifecycle()
    }

    /// The name of its node.
    pub fn node_name(&self) -> &'static str {
        self.table().node(self.node).map_or("?", |node| node.name)
    }

    /// The resource of its API.
    pub fn resource(&self) -> &'static str {
        match self.task {
            Task::FileImport(_) => "file_import_session",
            Task::Migration(_) => "migration_session",
        }
    }

    /// Bytes that are copied, as it is shown.
    pub fn copied_at(&self, now: i64) -> u64 {
        let running = self.run.map_or(0, |run| run.course.copied(run.slice(now) - run.started));
        (self.copied + running).min(self.size)
    }

    /// When the copy will be done, as it is shown.
    pub fn estimate(&self, now: i64) -> Option<i64> {
        let run = self.run?;
        let at = run.slice(now);
        let rate = run.course.rate(at - run.started).max(1);
        Some(at + i64::try_from((self.size - self.copied_at(now)) / rate).unwrap_or(0) * 1000)
    }

    /// When what is shown of it changed last.
    pub fn last_update(&self, now: i64) -> i64 {
        self.run.map_or(self.updated, |run| run.slice(now).max(self.updated))
    }

    /// Something that is shown of it changes at `now`.
    pub fn touch(&mut self, now: i64) {
        self.updated = now.max(self.last_update(now));
    }

    /// The chances of this visit to its node.
    pub fn chances(&self, seed: Seed) -> Seed {
        seed.named(self.resource()).derive(self.number).derive(self.history.len() as u64)
    }

    /// Begins to copy what is left.
    pub fn start_copy(&mut self, seed: Seed, now: i64) {
        let course = Course::of(seed.named(self.resource()).derive(self.number).named("course").derive(self.runs));
        self.run = Some(Run { started: now, course });
        self.runs += 1;
    }

    /// Stops the copy where it is.
    pub fn stop_copy(&mut self, now: i64) {
        if let Some(run) = self.run.take() {
            self.copied = (self.copied + run.course.copied(now - run.started)).min(self.size);
        }
    }

    /// How long what is left to copy takes.
    pub fn copy_takes(&self) -> i64 {
        self.run.map_or(0, |run| run.course.time_for(self.size.saturating_sub(self.copied)))
    }
}

/// The file imports and the migrations of an array.
#[derive(Debug, Default)]
pub struct Errands {
    /// By id.
    pub all: Tree<String, Errand>,
    /// Those that were deleted, by id.
    pub deleted: Tree<String, Deleted>,
    /// NAS servers of other systems, by id.
    pub nas_sources: Tree<String, file_import::NasSource>,
    /// The appliance of volumes that were moved, by the volume's id.
    pub moved: Tree<String, &'static str>,
    /// What replications have to hear: a volume or a group, and whether it is being copied now.
    pub copying: Vec<(String, bool)>,
    next_number: u64,
    next_turn: u64,
}

impl Array {
    /// The file import or the migration with this id, or with this name after `name:`.
    pub fn errand_id(&self, work: Work, address: &str) -> Option<String> {
        let wanted = address.strip_prefix("name:").map(folded);
        let mut errands = self.errands.all.values().filter(|errand| errand.work() == work);
        let found = errands.find(|errand| match &wanted {
            Some(name) => folded(&errand.name) == *name,
            None => errand.id == address,
        });
        found.map(|errand| errand.id.clone())
    }

    /// Begins an errand; answers with its id.
    pub fn begin_errand(
        &mut self,
        name: String,
        task: Task,
        size: u64,
        circumstances: Circumstances,
        now: i64,
    ) -> Result<String, Refused> {
        let (work, create) = match &task {
            Task::FileImport(_) => (Work::FileImport, crate::lifecycle::file_import::CREATE),
            Task::Migration(_) => (Work::Migration, crate::lifecycle::migration::CREATE),
        };
        let trigger = Trigger::Action(create);
        let node = match work.lifecycle().follow(None, trigger, circumstances).map(|row| row.outcome) {
            Some(Outcome::Node(node)) => node,
            Some(Outcome::Refused(sentence)) => return Err(Refused::Because(sentence.to_owned())),
            _ => return Err(Refused::Because("The session cannot be created.".to_owned())),
        };
        self.errands.next_number += 1;
        let number = self.errands.next_number;
        let id = self.seed.named("errand").derive(number).uuid();
        let errand = Errand {
            id: id.clone(),
            number,
            name,
            task,
            node,
            history: vec![Passage { at: now, from: None, trigger, to: Some(node) }],
            due: None,
            created: now,
            updated: now,
            switches: Switches {
                automatic_cutover: circumstances.get(Circumstance::AutomaticCutover) == Some(true),
                ..Switches::default()
            },
            job: None,
            error: None,
            size,
            copied: 0,
            run: None,
            runs: 0,
            turn: 0,
        };
        self.errands.all.insert(id.clone(), errand);
        self.errand_arrives(&id, None, now);
        Ok(id)
    }

    /// Carries out an action with these switches; answers with the id of its job.
    pub fn ask_errand(
        &mut self,
        id: &str,
        action: ActionId,
        switches: Switches,
        user: &str,
        now: i64,
    ) -> Result<String, Refused> {
        let errand = self.errands.all.get_mut(id).ok_or(Refused::Unknown)?;
        let (before, table, name, kind) = (errand.switches, errand.table(), errand.name.clone(), errand.resource());
        errand.switches = switches;
        if let Err(refused) = self.take_errand(id, Trigger::Action(action), now) {
            if let Some(errand) = self.errands.all.get_mut(id) {
                errand.switches = before;
            }
            return Err(refused);
        }
        let known = table.action(action);
        let description = format!("{} ({name}).", known.map_or("?", |action| action.label));
        let resource = Resource { kind, id, name: &name };
        let job = self.jobs.open(known.and_then(|action| action.job_verb), resource, description, user, now);
        match self.errands.all.get_mut(id).filter(|errand| works_for_a_job(errand)) {
            Some(errand) => {
                errand.job = Some(job.clone());
                let steps = steps(errand, now);
                self.jobs.part(&job, steps);
            }
            None => self.jobs.end_soon(&job, Success::Done),
        }
        self.counts.action(known.map_or("?", |action| action.name));
        self.start_file_imports(now);
        Ok(job)
    }

    /// Lets what is due of an errand happen.
    pub(super) fn errand_happens(&mut self, id: &str, at: i64) {
        let Some(errand) = self.errands.all.get_mut(id) else { return };
        let Some((_, planned)) = errand.due.take() else { return };
        let Some(errand) = self.errands.all.get(id) else { return };
        let event = match &errand.task {
            Task::FileImport(import) if !self.reaches(&import.remote_system) => {
                file_import::without_source(errand.node, planned)
            }
            _ => planned,
        };
        // A plan that the table does not know leaves the session where it is.
        let _ = self.take_errand(id, Trigger::Event(event), at);
        self.start_file_imports(at);
    }

    /// Lets `trigger` move an errand, if its table has a row for it.
    pub fn take_errand(&mut self, id: &str, trigger: Trigger, now: i64) -> Result<(), Refused> {
        let errand = self.errands.all.get(id).ok_or(Refused::Unknown)?;
        let (from, table) = (errand.node, errand.table());
        let Some(row) = table.follow(Some(from), trigger, self.errand_circumstances(errand, now)) else {
            return Err(Refused::Because(not_listed(table, trigger, from)));
        };
        match row.outcome {
            Outcome::Refused(sentence) => return Err(Refused::Because(sentence.to_owned())),
            Outcome::Gone => self.remove_errand(id, trigger, now),
            Outcome::Node(to) => self.errand_enters(id, trigger, to, row.effects, now),
            // A look at the report is no change.
            Outcome::Unchanged if trigger == Trigger::Action(crate::lifecycle::file_import::REPORT) => {}
            _ => {
                if let Some(errand) = self.errands.all.get_mut(id) {
                    errand.touch(now);
                    errand.history.push(Passage { at: now, from: Some(from), trigger, to: Some(from) });
                }
                self.plan_errand(id, now);
            }
        }
        Ok(())
    }

    fn errand_circumstances(&self, errand: &Errand, now: i64) -> Circumstances {
        let known = Circumstances::UNKNOWN
            .with(Circumstance::Forced, Some(errand.switches.forced))
            .with(Circumstance::RescanDone, Some(errand.switches.rescan_done))
            .with(Circumstance::AutomaticCutover, Some(errand.switches.automatic_cutover));
        match &errand.task {
            Task::FileImport(_) => file_import::circumstances(self, errand, known),
            Task::Migration(migration) => migration::circumstances(migration, known, now),
        }
    }

    fn errand_enters(&mut self, id: &str, trigger: Trigger, to: NodeId, effects: &[Effect], now: i64) {
        let Some(mut errand) = self.errands.all.remove(id) else { return };
        let from = errand.node;
        self.leave_errand(&mut errand, now);
        let failed = effects.contains(&Effect::SetsError);
        match trigger {
            Trigger::Event(event) if failed => errand.error = Some(self.errand_error(&errand, event)),
            // Who goes on leaves the old error behind.
            Trigger::Action(_) => errand.error = None,
            Trigger::Event(_) => {}
        }
        // What was forced was carried out, although the source did not answer.
        let carried_out = effects.contains(&Effect::SourceNotRolledBack);
        if let Some(job) = errand.job.take() {
            let result = match &errand.error {
                Some(error) if failed && !carried_out => Err(error.clone()),
                _ => Ok(Success::Done),
            };
            self.jobs.end(&job, result, now);
        }
        errand.node = to;
        errand.history.push(Passage { at: now, from: Some(from), trigger, to: Some(to) });
        match &mut errand.task {
            Task::FileImport(import) => file_import::effects(&mut self.errands.nas_sources, import, effects),
            Task::Migration(migration) if effects.contains(&Effect::SyncRecorded) => migration.last_sync = Some(now),
            Task::Migration(_) => {}
        }
        if let Task::Migration(migration) = &errand.task
            && migration::copies(from) != migration::copies(to)
        {
            let moved = migration.volumes.iter().filter(|volume| **volume != migration.family);
            let all = moved.chain([&migration.family]).map(|id| (id.clone(), migration::copies(to)));
            self.errands.copying.extend(all);
        }
        self.errands.all.insert(id.to_owned(), errand);
        self.errand_arrives(id, Some(from), now);
    }

    fn errand_error(&self, errand: &Errand, event: EventId) -> SessionError {
        match &errand.task {
            Task::FileImport(import) => file_import::error(self, import, event),
            Task::Migration(migration) => migration::error(migration, event),
        }
    }

    /// Ends what belongs to the node that an errand leaves.
    fn leave_errand(&mut self, errand: &mut Errand, now: i64) {
        errand.touch(now);
        if let Some((at, _)) = errand.due.take() {
            self.due.remove(&(at, errand.id.clone()));
        }
        errand.stop_copy(now);
    }

    /// Begins what belongs to the node in which an errand stands now.
    fn errand_arrives(&mut self, id: &str, from: Option<NodeId>, now: i64) {
        let Some(mut errand) = self.errands.all.remove(id) else { return };
        if errand.node == crate::lifecycle::file_import::QUEUED && errand.work() == Work::FileImport {
            self.errands.next_turn += 1;
            errand.turn = self.errands.next_turn;
        }
        match errand.work() {
            Work::FileImport => file_import::arrive(self.seed, &mut errand, from, now),
            _ => migration::arrive(self, &mut errand, from, now),
        }
        self.errands.all.insert(id.to_owned(), errand);
        self.plan_errand(id, now);
    }

    /// Plans what happens next to an errand by itself.
    pub fn plan_errand(&mut self, id: &str, now: i64) {
        let Some(errand) = self.errands.all.get(id) else { return };
        let next = match errand.work() {
            Work::FileImport => file_import::next(self, errand, now),
            _ => migration::next(self, errand, now),
        };
        let Some(errand) = self.errands.all.get_mut(id) else { return };
        if let Some((at, _)) = errand.due.take() {
            self.due.remove(&(at, id.to_owned()));
        }
        errand.due = next;
        if let Some((at, _)) = next {
            self.due.insert((at, id.to_owned()));
        }
    }

    fn remove_errand(&mut self, id: &str, trigger: Trigger, now: i64) {
        let Some(mut errand) = self.errands.all.remove(id) else { return };
        self.leave_errand(&mut errand, now);
        if let Some(job) = errand.job.take() {
            self.jobs.end(&job, Ok(Success::Done), now);
        }
        if let Task::FileImport(import) = &errand.task
            && let Some(source) = self.errands.nas_sources.get_mut(&import.source)
            && source.session.as_deref() == Some(id)
        {
            source.session = None;
        }
        errand.history.push(Passage { at: now, from: Some(errand.node), trigger, to: None });
        let work = errand.work();
        self.errands.deleted.insert(id.to_owned(), Deleted { name: errand.name, work, history: errand.history });
    }

    /// Starts the next file imports of the queue while there is room.
    pub fn start_file_imports(&mut self, now: i64) {
        while let Some(id) = file_import::head(self) {
            if self.take_errand(&id, Trigger::Event(crate::lifecycle::file_import::SLOT_FREE), now).is_err() {
                return;
            }
        }
    }

    /// The copies from a remote system go on, or fail soon: the plans of their start no longer hold.
    pub(super) fn replan_errands(&mut self, remote_system: &str, now: i64) {
        let copies = |errand: &Errand| matches!(&errand.task, Task::FileImport(import) if import.remote_system == remote_system && errand.run.is_some());
        let ids: Vec<String> =
            self.errands.all.values().filter(|errand| copies(errand)).map(|errand| errand.id.clone()).collect();
        for id in ids {
            let seed = self.seed;
            if let Some(errand) = self.errands.all.get_mut(&id) {
                errand.touch(now);
                errand.stop_copy(now);
                errand.start_copy(seed, now);
            }
            self.plan_errand(&id, now);
        }
    }
}

/// True in the states whose end is the end of the job that led into them.
fn works_for_a_job(errand: &Errand) -> bool {
    match errand.work() {
        Work::FileImport => file_import::works_for_a_job(errand.node),
        _ => migration::works_for_a_job(errand.node),
    }
}

/// The steps of the job that led an errand into its node.
fn steps(errand: &Errand, now: i64) -> Vec<Step> {
    match &errand.task {
        Task::FileImport(import) if errand.node == crate::lifecycle::file_import::CUTTING_OVER => {
            let takes = errand.due.map_or(0, |(at, _)| at - now);
            file_import::steps_of_cutover(import, takes)
        }
        _ => Vec::new(),
    }
}
