//! Moves the sessions of an array through their lifecycle. Which move is possible, and where it leads,
//! is read from the table; here is only when it is tried, and what the world looks like to the guards.

use super::behaviour;
use super::jobs::{Resource, Success};
use super::source::Source;
use super::world::{Array, Deleted, Draft, Kind, Passage, Run, Session, Volume};
use crate::lifecycle::import_group;
use crate::lifecycle::import_volume as table;
use crate::lifecycle::{
    ActionId, Circumstance, Circumstances, Effect, Kind as Work, Lifecycle, NodeId, Outcome, Transition, Trigger,
};
use crate::words::folded;

/// The states that take one of the places of [`Array::active_limit`]: those in which the array works.
/// A session that waits for a person leaves its place to the next.
const ACTIVE: [NodeId; 5] = [
    table::IN_PROGRESS,
    table::COPY_IN_PROGRESS,
    table::CUTOVER_IN_PROGRESS,
    table::CANCEL_IN_PROGRESS,
    table::CLEANUP_IN_PROGRESS,
];

/// True when the session takes one of the places. That of a group takes none: its volumes do.
fn is_active(session: &Session) -> bool {
    session.work == Work::ImportVolume && ACTIVE.contains(&session.node)
}

/// True in the states whose end is the end of the job that led into them.
fn works_for_a_job(session: &Session) -> bool {
    match session.work {
        Work::ImportGroup => {
            [import_group::CUTOVER_IN_PROGRESS, import_group::CANCEL_IN_PROGRESS, import_group::CLEANUP_IN_PROGRESS]
                .contains(&session.node)
        }
        _ => {
            [table::CUTOVER_IN_PROGRESS, table::CANCEL_IN_PROGRESS, table::CLEANUP_IN_PROGRESS].contains(&session.node)
        }
    }
}

/// An import, for its job.
pub fn resource<'a>(id: &'a str, name: &'a str) -> Resource<'a> {
    Resource { kind: "import_session", id, name }
}

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
        if self.errands.all.contains_key(&id) {
            return self.errand_happens(&id, at);
        }
        let Some(session) = self.sessions.get_mut(&id) else { return };
        let Some((_, planned)) = session.due.take() else { return };
        let reaches = self.remote_systems.get(&session.asked.remote_system).is_some_and(|remote| remote.reachable);
        let is_group = session.work == Work::ImportGroup;
        let event = if reaches || is_group { planned } else { behaviour::without_source(session, planned) };
        // A plan that the table does not know leaves the session where it is.
        let _ = self.take(&id, Trigger::Event(event), at);
        self.start_from_queue(at);
    }

    /// Begins an import: of a volume, alone or as the member of a group, or of a group with all its
    /// volumes. Answers with its id.
    pub fn begin(&mut self, draft: Draft, now: i64) -> Result<String, Refused> {
        let is_member = draft.parent.is_some();
        let is_group = self.sources.get(&draft.source).is_some_and(Source::is_group);
        let work = if is_group { Work::ImportGroup } else { Work::ImportVolume };
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
        let row = work.lifecycle().follow(None, trigger, circumstances);
        let node = match row.map(|row| row.outcome) {
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
        self.session_names.insert(folded(&draft.name), id.clone());
        let session = Session {
            id: id.clone(),
            number,
            work,
            asked: draft,
            members: Vec::new(),
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
        if is_group {
            self.begin_members(&id, now);
        }
        Ok(id)
    }

    /// Carries out an action; answers with the id of its job.
    pub fn act(&mut self, id: &str, action: ActionId, user: &str, forced: bool, now: i64) -> Result<String, Refused> {
        let group = self.group_of(id);
        let Some(session) = self.sessions.get_mut(id) else { return Err(Refused::Unknown) };
        let (name, table) = (session.asked.name.clone(), session.table());
        let before = std::mem::replace(&mut session.forced, forced);
        if let Err(refused) = self.step(id, Trigger::Action(action), now) {
            if let Some(session) = self.sessions.get_mut(id) {
                session.forced = before;
            }
            return Err(refused);
        }
        let known = table.action(action);
        let description = format!("{} ({name}).", known.map_or("?", |action| action.label));
        let job = self.jobs.open(known.and_then(|action| action.job_verb), resource(id, &name), description, user, now);
        match self.sessions.get_mut(id) {
            Some(session) if works_for_a_job(session) => session.job = Some(job.clone()),
            _ => self.jobs.end_soon(&job, Success::Done),
        }
        if let Some(group) = group {
            self.follow_members(&group, now);
        }
        self.counts.action(known.map_or("?", |action| action.name));
        self.start_from_queue(now);
        Ok(job)
    }

    /// Lets `trigger` move a session, if the table has a row for it, and the group's with it.
    pub fn take(&mut self, id: &str, trigger: Trigger, now: i64) -> Result<(), Refused> {
        let group = self.group_of(id);
        self.step(id, trigger, now)?;
        if let Some(group) = group {
            self.follow_members(&group, now);
        }
        Ok(())
    }

    /// Lets `trigger` move a session alone, and hands on to the members of a group what the row says.
    pub(super) fn step(&mut self, id: &str, trigger: Trigger, now: i64) -> Result<(), Refused> {
        let Some(session) = self.sessions.get(id) else { return Err(Refused::Unknown) };
        let (from, table) = (session.node, session.table());
        let Some(row) = table.follow(Some(from), trigger, self.circumstances(session, now)) else {
            return Err(Refused::Because(not_listed(table, trigger, from)));
        };
        match row.outcome {
            Outcome::Refused(sentence) => return Err(Refused::Because(sentence.to_owned())),
            Outcome::Gone => {
                self.hand_on(id, row.effects, now);
                self.remove(id, trigger, now);
            }
            _ => {
                self.move_on(id, row, from, now);
                self.hand_on(id, row.effects, now);
            }
        }
        Ok(())
    }

    /// Carries out a row that leaves the session in the world.
    fn move_on(&mut self, id: &str, row: &Transition, from: NodeId, now: i64) {
        let trigger = row.trigger;
        match row.outcome {
            Outcome::Node(to) => self.enter(id, trigger, to, row.effects, now),
            Outcome::OneOf(nodes) => {
                let to = nodes.first().copied().unwrap_or(from);
                self.enter(id, trigger, to, row.effects, now);
            }
            Outcome::NodeBefore => {
                let to = self.sessions.get(id).and_then(|session| session.node_before).unwrap_or(from);
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
            Outcome::Gone | Outcome::Refused(_) => {}
        }
    }

    pub(super) fn circumstances(&self, session: &Session, now: i64) -> Circumstances {
        let first = self.queue.first().is_some_and(|(_, id)| *id == session.id);
        let known = Circumstances::UNKNOWN
            .with(Circumstance::Agentless, Some(session.asked.kind == Kind::Agentless))
            .with(Circumstance::Member, Some(session.asked.parent.is_some()))
            .with(Circumstance::ScheduleAhead, Some(session.asked.scheduled.is_some_and(|time| time > now)))
            .with(Circumstance::HeadOfQueue, Some(first))
            .with(Circumstance::SlotFree, Some(self.active < self.active_limit))
            .with(Circumstance::AutomaticCutover, Some(session.asked.automatic_cutover))
            .with(Circumstance::ReplicatingPolicy, Some(behaviour::replicates(self, session)))
            .with(Circumstance::Forced, Some(session.forced))
            .with(Circumstance::CameFromCancel, Some(session.came_from_cancel))
            .with(Circumstance::RecordMatches, Some(true));
        match session.work {
            Work::ImportGroup => self.group_circumstances(session, known),
            _ => known,
        }
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
        match (session.work, from, to) {
            (Work::ImportVolume, table::CLEANUP_IN_PROGRESS | table::INVALID, table::CLEANUP_REQUIRED) => {}
            (Work::ImportVolume, _, table::CLEANUP_REQUIRED) => {
                session.came_from_cancel = from == table::CANCEL_IN_PROGRESS;
            }
            (Work::ImportGroup, _, import_group::CANCEL_IN_PROGRESS) => session.came_from_cancel = true,
            (Work::ImportGroup, _, import_group::IN_PROGRESS | import_group::CUTOVER_IN_PROGRESS) => {
                session.came_from_cancel = false;
            }
            _ => {}
        }
        if let Some(job) = session.job.take() {
            // A cancel by force that could put nothing back was nevertheless carried out.
            let cancelled = match session.work {
                Work::ImportGroup => import_group::CANCELLED,
                _ => table::CANCELLED,
            };
            let failed = effects.contains(&Effect::SetsError) && to != cancelled;
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
        if is_active(session) {
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
        if is_active(&session) {
            self.active += 1;
        }
        match session.node {
            import_group::IN_PROGRESS if session.work == Work::ImportGroup && session.destination.is_none() => {
                session.destination = Some(self.add_volume_group(&session, now));
            }
            _ if session.work == Work::ImportGroup => {}
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
                    if session.asked.parent.is_none() {
                        volume.group.clone_from(&session.asked.volume_group);
                    }
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
        self.reschedule_members(id, time);
        self.plan(id, now);
    }

    /// A session shows `state` in place of its own, or its own again.
    pub fn show_state(&mut self, id: &str, state: Option<String>, now: i64) {
        if let Some(session) = self.sessions.get_mut(id) {
            session.touch(now);
        }
        if let Some(errand) = self.errands.all.get_mut(id) {
            errand.touch(now);
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
        let parent = session.asked.parent.as_ref().and_then(|id| self.sessions.get(id));
        let volume = Volume {
            snapshot_of: None,
            id: id.clone(),
            name: source.map_or_else(|| session.asked.name.clone(), |source| source.name.clone()),
            wwn: format!("naa.68ccf098{:016x}{:08x}", chances.draw(), session.number),
            size: session.size,
            created: now,
            host_access: false,
            group: parent.and_then(|parent| parent.destination.clone()),
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
                _ => continue,
            };
            if let Some(volume) = destination.as_deref_mut() {
                volume.host_access = access;
            }
        }
    }

    fn remove(&mut self, id: &str, trigger: Trigger, now: i64) {
        let Some(mut session) = self.sessions.remove(id) else { return };
        self.leave(&mut session, now);
        self.session_names.remove(&folded(&session.asked.name));
        session.history.push(Passage { at: now, from: Some(session.node), trigger, to: None });
        if let Some(parent) = session.asked.parent.as_ref().and_then(|id| self.sessions.get_mut(id)) {
            parent.members.retain(|member| member != id);
        }
        // A clean-up that was given up leaves its source as it is, and to whoever wants it next.
        if let Some(source) = self.sources.get_mut(&session.asked.source)
            && source.session.as_deref() == Some(id)
        {
            source.session = None;
            source.left_behind = true;
        }
        let deleted = Deleted { name: session.asked.name, work: session.work, history: session.history };
        self.deleted.insert(id.to_owned(), deleted);
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
            .filter(|session| session.run.is_some() && session.asked.remote_system == remote_system)
            .map(|session| session.id.clone())
            .collect();
        for id in copies {
            self.replan_copy(&id, now);
        }
        self.replan_errands(remote_system, now);
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
pub(super) fn not_listed(table: &Lifecycle, trigger: Trigger, node: NodeId) -> String {
    match trigger {
        Trigger::Action(action) => {
            table.action(action).map_or("There is no such action.", |action| action.elsewhere.sentence).to_owned()
        }
        Trigger::Event(event) => {
            let event = table.event(event).map_or("?", |event| event.name);
            let state = table.node(node).map_or("?", |node| node.name);
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
