//! Moves the sessions of an array through their lifecycle. Which move is possible, and where it leads,
//! is read from the table; here is only when it is tried, and what the world looks like to the guards.

use super::behaviour;
use super::jobs::Success;
use super::world::{Array, Deleted, Draft, Kind, Passage, Run, Session, Volume};
use crate::lifecycle::import_volume::{self as table, IMPORT_VOLUME};
use crate::lifecycle::{ActionId, Circumstance, Circumstances, Effect, NodeId, Outcome, Trigger};

/// The states that take one of the places of [`Array::active_limit`]: those in which the array works.
/// A session that waits for a person leaves its place to the next.
const ACTIVE: [NodeId; 5] = [
    table::IN_PROGRESS,
    table::COPY_IN_PROGRESS,
    table::CUTOVER_IN_PROGRESS,
    table::CANCEL_IN_PROGRESS,
    table::CLEANUP_IN_PROGRESS,
];

/// The states whose end is the end of the job that led into them.
const WORKS_FOR_A_JOB: [NodeId; 3] =
    [table::CUTOVER_IN_PROGRESS, table::CANCEL_IN_PROGRESS, table::CLEANUP_IN_PROGRESS];

/// Why a move was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such session.
    Unknown,
    /// The table's reason.
    Because(String),
}

impl Array {
    /// The time of the next event, if one is planned.
    pub fn next_due(&self) -> Option<i64> {
        self.due.first().map(|(at, _)| *at)
    }

    /// Lets the earliest planned event happen.
    pub fn happen(&mut self) {
        let Some((at, id)) = self.due.pop_first() else { return };
        let Some(session) = self.sessions.get_mut(&id) else { return };
        let Some((_, planned)) = session.due.take() else { return };
        let reaches = self.remote_systems.get(&session.asked.remote_system).is_some_and(|remote| remote.reachable);
        let event = if reaches { planned } else { behaviour::without_source(session, planned) };
        // A plan that the table does not know leaves the session where it is.
        let _ = self.take(&id, Trigger::Event(event), at);
        self.start_from_queue(at);
    }

    /// Begins an import, alone or as the member of a group; answers with its id.
    pub fn begin(&mut self, draft: Draft, now: i64) -> Result<String, Refused> {
        let is_member = draft.parent.is_some();
        let trigger = if is_member { Trigger::Event(table::GROUP_CREATED) } else { Trigger::Action(table::CREATE) };
        let source_ready = self.sources.get(&draft.source).is_some_and(|source| {
            source.session.is_none()
                && match source.fitness(&self.sources) {
                    "Ready" => draft.kind == Kind::Agentless || !source.family.facts().agentless_only,
                    "Ready_For_Agentless_Import" => draft.kind == Kind::Agentless,
                    _ => false,
                }
        });
        let circumstances = Circumstances::UNKNOWN
            .with(Circumstance::Agentless, Some(draft.kind == Kind::Agentless))
            .with(Circumstance::Member, Some(is_member))
            .with(Circumstance::ScheduleAhead, Some(draft.scheduled.is_some_and(|time| time > now)))
            .with(Circumstance::SourceReady, Some(source_ready));
        let node = match IMPORT_VOLUME.follow(None, trigger, circumstances).map(|row| row.outcome) {
            Some(Outcome::Node(node)) => node,
            // A member waits for the time of its group, or for its turn.
            Some(Outcome::OneOf(&[scheduled, queued])) => {
                if draft.scheduled.is_some() {
                    scheduled
                } else {
                    queued
                }
            }
            Some(Outcome::Refused(sentence)) => return Err(Refused::Because(sentence.to_owned())),
            _ => return Err(Refused::Because("The import cannot be created.".to_owned())),
        };
        let number = self.next_number;
        self.next_number += 1;
        let id = self.seed.named("session").derive(number).uuid();
        let size = self.sources.get(&draft.source).map_or(0, |source| source.size);
        if let Some(source) = self.sources.get_mut(&draft.source) {
            source.session = Some(id.clone());
        }
        self.session_names.insert(draft.name.to_lowercase(), id.clone());
        let session = Session {
            id: id.clone(),
            number,
            asked: draft,
            destination: None,
            size,
            node,
            node_before: None,
            updated: now,
            copied: 0,
            run: None,
            copied_in: 0,
            runs: 0,
            error: None,
            error_before: None,
            forced: false,
            came_from_cancel: false,
            due: None,
            turn: None,
            job: None,
            history: vec![Passage { at: now, from: None, trigger, to: Some(node) }],
        };
        self.sessions.insert(id.clone(), session);
        self.arrive(&id, now);
        Ok(id)
    }

    /// Carries out an action; answers with the id of its job.
    pub fn act(&mut self, id: &str, action: ActionId, user: &str, forced: bool, now: i64) -> Result<String, Refused> {
        let Some(session) = self.sessions.get(id) else { return Err(Refused::Unknown) };
        let name = session.asked.name.clone();
        self.take(id, Trigger::Action(action), now)?;
        let known = IMPORT_VOLUME.action(action);
        let description = format!("{} ({name}).", known.map_or("?", |action| action.label));
        let job = self.jobs.open(known.and_then(|action| action.job_verb), (id, &name), description, user, now);
        match self.sessions.get_mut(id) {
            Some(session) if WORKS_FOR_A_JOB.contains(&session.node) => {
                session.job = Some(job.clone());
                session.forced = forced;
            }
            _ => self.jobs.end_soon(&job, Success::Done),
        }
        self.counts.action(known.map_or("?", |action| action.name));
        self.start_from_queue(now);
        Ok(job)
    }

    /// Lets `trigger` move a session, if the table has a row for it.
    pub fn take(&mut self, id: &str, trigger: Trigger, now: i64) -> Result<(), Refused> {
        let Some(session) = self.sessions.get(id) else { return Err(Refused::Unknown) };
        let from = session.node;
        let Some(row) = IMPORT_VOLUME.follow(Some(from), trigger, self.circumstances(session, now)) else {
            return Err(Refused::Because(not_listed(trigger, from)));
        };
        match row.outcome {
            Outcome::Refused(sentence) => return Err(Refused::Because(sentence.to_owned())),
            Outcome::Node(to) => self.enter(id, trigger, to, row.effects, now),
            Outcome::OneOf(nodes) => {
                let to = nodes.first().copied().unwrap_or(from);
                self.enter(id, trigger, to, row.effects, now);
            }
            Outcome::NodeBefore => {
                let to = session.node_before.unwrap_or(from);
                self.enter(id, trigger, to, row.effects, now);
                if let Some(session) = self.sessions.get_mut(id) {
                    session.error = session.error_before.take();
                }
            }
            Outcome::Unchanged => {
                if let Some(session) = self.sessions.get_mut(id) {
                    session.touch(now);
                    session.history.push(Passage { at: now, from: Some(from), trigger, to: Some(from) });
                }
                self.plan(id, now);
            }
            Outcome::Gone => self.remove(id, trigger, now),
        }
        Ok(())
    }

    /// What the guards of the table read.
    fn circumstances(&self, session: &Session, now: i64) -> Circumstances {
        let first = self.queue.first().is_some_and(|(_, id)| *id == session.id);
        Circumstances::UNKNOWN
            .with(Circumstance::Agentless, Some(session.asked.kind == Kind::Agentless))
            .with(Circumstance::Member, Some(session.asked.parent.is_some()))
            .with(Circumstance::ScheduleAhead, Some(session.asked.scheduled.is_some_and(|time| time > now)))
            .with(Circumstance::HeadOfQueue, Some(first))
            .with(Circumstance::SlotFree, Some(self.active < self.active_limit))
            .with(Circumstance::AutomaticCutover, Some(session.asked.automatic_cutover))
            .with(Circumstance::ReplicatingPolicy, Some(behaviour::replicates(self, session)))
            .with(Circumstance::Forced, Some(session.forced))
            .with(Circumstance::CameFromCancel, Some(session.came_from_cancel))
            .with(Circumstance::RecordMatches, Some(true))
    }

    fn enter(&mut self, id: &str, trigger: Trigger, to: NodeId, effects: &[Effect], now: i64) {
        let Some(mut session) = self.sessions.remove(id) else { return };
        let from = session.node;
        session.touch(now);
        self.leave(&mut session, now);
        if let (Trigger::Event(event), true) = (trigger, effects.contains(&Effect::SetsError)) {
            session.error_before = session.error.take();
            session.error = Some(behaviour::error(self, &session, event));
        }
        if to == table::CLEANUP_REQUIRED {
            match from {
                table::CLEANUP_IN_PROGRESS | table::INVALID => {}
                _ => session.came_from_cancel = from == table::CANCEL_IN_PROGRESS,
            }
        }
        if let Some(job) = session.job.take() {
            let failed = effects.contains(&Effect::SetsError) && to != table::CANCELLED;
            let result = match &session.error {
                Some(error) if failed => Err(error.clone()),
                _ => Ok(Success::Done),
            };
            self.jobs.end(&job, result, now);
        }
        session.node_before = Some(from);
        session.node = to;
        session.history.push(Passage { at: now, from: Some(from), trigger, to: Some(to) });
        self.effects(&session, effects);
        self.sessions.insert(id.to_owned(), session);
        self.arrive(id, now);
    }

    /// Ends what belongs to the node that `session` leaves.
    fn leave(&mut self, session: &mut Session, now: i64) {
        if let Some((at, _)) = session.due.take() {
            self.due.remove(&(at, session.id.clone()));
        }
        if let Some(turn) = session.turn.take() {
            self.queue.remove(&(turn, session.id.clone()));
        }
        if ACTIVE.contains(&session.node) {
            self.active = self.active.saturating_sub(1);
        }
        if let Some(run) = session.run.take() {
            let elapsed = now - run.started;
            session.copied = (session.copied + run.course.copied(elapsed)).min(session.size);
            session.copied_in += elapsed;
        }
    }

    /// Begins what belongs to the node that the session stands in now.
    fn arrive(&mut self, id: &str, now: i64) {
        let Some(mut session) = self.sessions.remove(id) else { return };
        if ACTIVE.contains(&session.node) {
            self.active += 1;
        }
        match session.node {
            table::QUEUED => {
                self.next_turn += 1;
                session.turn = Some(self.next_turn);
                self.queue.insert((self.next_turn, id.to_owned()));
            }
            table::IN_PROGRESS if session.destination.is_none() => {
                session.destination = Some(self.add_destination(&session, now));
            }
            table::COPY_IN_PROGRESS => {
                session.run = Some(Run { started: now, course: behaviour::course(self, &session) });
                session.runs += 1;
            }
            table::READY_FOR_CUTOVER => session.copied = session.size,
            table::IMPORT_COMPLETED => {
                if let Some(volume) = session.destination.as_ref().and_then(|id| self.volumes.get_mut(id)) {
                    volume.group.clone_from(&session.asked.volume_group);
                    volume.protection_policy.clone_from(&session.asked.protection_policy);
                }
            }
            _ => {}
        }
        self.sessions.insert(id.to_owned(), session);
        self.plan(id, now);
    }

    /// Sets the new time of a session whose [`table::MODIFY`] was accepted.
    pub fn reschedule(&mut self, id: &str, time: i64, now: i64) {
        if let Some(session) = self.sessions.get_mut(id) {
            session.asked.scheduled = Some(time);
        }
        self.plan(id, now);
    }

    /// A session shows `state` in place of its own, or its own again.
    pub fn show_state(&mut self, id: &str, state: Option<String>, now: i64) {
        if let Some(session) = self.sessions.get_mut(id) {
            session.touch(now);
        }
        match state {
            Some(state) => self.faults.states.insert(id.to_owned(), state),
            None => self.faults.states.remove(id),
        };
    }

    /// Plans what happens next to a session by itself.
    pub fn plan(&mut self, id: &str, now: i64) {
        let Some(session) = self.sessions.get(id) else { return };
        let next = behaviour::next(self, session, now);
        let Some(session) = self.sessions.get_mut(id) else { return };
        if let Some((at, _)) = session.due.take() {
            self.due.remove(&(at, id.to_owned()));
        }
        session.due = next;
        if let Some((at, _)) = next {
            self.due.insert((at, id.to_owned()));
        }
    }

    /// Starts the next imports of the queue while there is room.
    pub fn start_from_queue(&mut self, now: i64) {
        while let Some((_, id)) = self.queue.first().cloned() {
            if self.take(&id, Trigger::Event(table::SLOT_FREE), now).is_err() {
                return;
            }
        }
    }

    fn add_destination(&mut self, session: &Session, now: i64) -> String {
        let mut chances = self.seed.named("volume").derive(session.number);
        let id = chances.uuid();
        let source = self.sources.get(&session.asked.source);
        let volume = Volume {
            id: id.clone(),
            name: source.map_or_else(|| session.asked.name.clone(), |source| source.name.clone()),
            wwn: format!("naa.68ccf098{:016x}{:08x}", chances.draw(), session.number),
            size: session.size,
            created: now,
            host_access: false,
            group: None,
            protection_policy: None,
        };
        self.volumes.insert(id.clone(), volume);
        id
    }

    fn effects(&mut self, session: &Session, effects: &[Effect]) {
        let source = self.sources.get_mut(&session.asked.source);
        let destination = session.destination.as_ref().and_then(|id| self.volumes.get_mut(id));
        let (Some(source), mut destination) = (source, destination) else { return };
        for effect in effects {
            let access = match effect {
                Effect::HostsToSource => false,
                Effect::HostsToDestination => true,
                Effect::SourceDetached => {
                    source.imported = true;
                    continue;
                }
                Effect::SourceReleased => {
                    source.session = None;
                    continue;
                }
                Effect::SourceNotRolledBack => {
                    source.left_behind = true;
                    false
                }
                Effect::SetsError | Effect::Members(_) => continue,
            };
            if let Some(volume) = destination.as_deref_mut() {
                volume.host_access = access;
            }
        }
    }

    fn remove(&mut self, id: &str, trigger: Trigger, now: i64) {
        let Some(mut session) = self.sessions.remove(id) else { return };
        self.leave(&mut session, now);
        self.session_names.remove(&session.asked.name.to_lowercase());
        session.history.push(Passage { at: now, from: Some(session.node), trigger, to: None });
        self.deleted.insert(id.to_owned(), Deleted { name: session.asked.name, history: session.history });
    }

    /// Sets whether a remote system answers; the copies from it fail soon when it does not.
    pub fn set_reachable(&mut self, remote_system: &str, reachable: bool, now: i64) {
        let Some(remote) = self.remote_systems.get_mut(remote_system) else { return };
        if remote.reachable == reachable {
            return;
        }
        remote.reachable = reachable;
        let copies: Vec<String> = self
            .sessions
            .values()
            .filter(|session| session.node == table::COPY_IN_PROGRESS && session.asked.remote_system == remote_system)
            .map(|session| session.id.clone())
            .collect();
        for id in copies {
            self.replan_copy(&id, now);
        }
    }

    /// A copy goes on with what is left of it, or fails: the plan of its start no longer holds.
    fn replan_copy(&mut self, id: &str, now: i64) {
        let Some(mut session) = self.sessions.remove(id) else { return };
        session.touch(now);
        if let Some(run) = session.run.take() {
            session.copied = (session.copied + run.course.copied(now - run.started)).min(session.size);
            session.copied_in += now - run.started;
        }
        session.run = Some(Run { started: now, course: behaviour::course(self, &session) });
        session.runs += 1;
        self.sessions.insert(id.to_owned(), session);
        self.plan(id, now);
    }
}

/// The sentence for a trigger that the table does not list for a node.
fn not_listed(trigger: Trigger, node: NodeId) -> String {
    match trigger {
        Trigger::Action(action) => IMPORT_VOLUME
            .action(action)
            .map_or("There is no such action.", |action| action.elsewhere.sentence)
            .to_owned(),
        Trigger::Event(event) => {
            let event = IMPORT_VOLUME.event(event).map_or("?", |event| event.name);
            let state = IMPORT_VOLUME.node(node).map_or("?", |node| node.name);
            format!("The table has no row for the event {event} of this session in the state {state}.")
        }
    }
}

impl From<&Refused> for String {
    fn from(refused: &Refused) -> String {
        match refused {
            Refused::Unknown => "There is no such session.".to_owned(),
            Refused::Because(sentence) => sentence.clone(),
        }
    }
}
