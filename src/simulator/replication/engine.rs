//! Moves the ends of replications. Which move is possible, where it leads and what the other end hears of it
//! is read from the tables; here it is carried out.

use super::session::{Local, Loss, Replication, Resource, Side};
use super::world::Replications;
use super::{course, stage};
use crate::lifecycle::{ActionId, Effect, Kind as Work, NodeId, Outcome, Transition, Trigger, Verb};
use crate::simulator::engine::{Refused, not_listed};
use crate::simulator::jobs::Success;
use crate::simulator::world::{Passage, SessionError};

/// What a request says besides its action.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    pub forced: bool,
    pub reversing: bool,
    pub discarding: bool,
    pub on_test_copy: bool,
    pub from_snapshot: bool,
    /// The copy at the other end is to be deleted.
    pub without_copy: bool,
}

/// Whether the other end follows wherever it stands, or only from the same state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carry {
    Always,
    Together,
}

/// The error of a copy that failed, as the API tells it. A code of ours.
const COPY_FAILED: &str = "0xE0FF06010001";

impl Replications {
    /// Lets the earliest planned event happen.
    pub fn happen(&mut self) {
        let Some((at, id, side)) = self.due.pop_first() else { return };
        let Some(session) = self.sessions.get_mut(&id) else { return };
        let Some((_, event)) = session.end_mut(side).due.take() else { return };
        if self.sessions.get(&id).is_some_and(|session| self.is_behind(session, side)) {
            self.settle_debt(&id, side, at);
            self.told_anew(&id, at);
            return;
        }
        if self.take(&id, side, Trigger::Event(event), Carry::Together, at).is_err() {
            // A plan that the table does not know is not made again before something else has happened.
            self.changed.insert(id);
        }
    }

    /// Carries out an action that was asked of the end on `array`.
    pub fn act(&mut self, id: &str, side: Side, action: ActionId, asked: Asked, now: i64) -> Result<(), Refused> {
        self.tell_of_failover(id, side, now);
        let session = self.sessions.get_mut(id).ok_or(Refused::Unknown)?;
        let (before, reversing) = (session.end(side).clone(), session.reversing);
        // A failover that breaks into a planned one is not reprotected by itself.
        let known = session.work.lifecycle().action(action);
        let fails_over = known.is_some_and(|action| action.verb == Verb::ActAs("failover"));
        session.reversing = asked.reversing || session.reversing && !fails_over && session.name_of(side) != "OK";
        let end = session.end_mut(side);
        end.forced = asked.forced;
        end.discarding = asked.discarding;
        end.on_test_copy = asked.on_test_copy;
        end.from_snapshot = asked.from_snapshot;
        let result = self.take(id, side, Trigger::Action(action), Carry::Always, now);
        let Some(session) = self.sessions.get_mut(id) else { return result };
        if result.is_err() {
            session.reversing = reversing;
            *session.end_mut(side) = before;
        } else {
            // An array that is not reached keeps what it has.
            session.end_mut(side.opposite()).doomed = asked.without_copy && self.link_up;
        }
        result
    }

    /// An old source hears that it was taken over before it hears anything else of the end that did.
    fn tell_of_failover(&mut self, id: &str, side: Side, now: i64) {
        let Some(session) = self.sessions.get(id).filter(|_| self.link_up) else { return };
        for id in session.members.iter().chain([&session.id]).cloned().collect::<Vec<_>>() {
            let Some(session) = self.sessions.get(&id) else { continue };
            let other = side.opposite();
            if session.work == Work::Replication
                && session.is_overtaken(other)
                && let Some(event) = Replications::event(session, "failed_over_elsewhere")
            {
                // One that is being removed hears of nothing any more.
                let _ = self.take(&id, other, Trigger::Event(event), Carry::Together, now);
            }
        }
    }

    /// The policy that made a session is taken off its source: both ends hear of it.
    pub fn remove_policy(&mut self, id: &str, side: Side, now: i64) -> Result<(), Refused> {
        let session = self.sessions.get(id).ok_or(Refused::Unknown)?;
        let event = Replications::event(session, "policy_removed").ok_or(Refused::Unknown)?;
        self.take(id, side, Trigger::Event(event), Carry::Always, now)
    }

    /// The policy at the source replicates by another rule from now on.
    pub fn change_rule(&mut self, id: &str, side: Side, rule: &str, rpo: &str, now: i64) {
        let Some(session) = self.sessions.get(id) else { return };
        let all: Vec<String> = session.members.iter().chain([&session.id]).cloned().collect();
        for id in all {
            if let Some(session) = self.sessions.get_mut(&id) {
                session.rpo = stage::millis(rpo);
                session.end_mut(side).rule = Some(rule.to_owned());
            }
            self.replan(&id, now);
            self.changed.insert(id);
        }
    }

    /// Makes something happen to an end, as the control door asks; answers with its states before and after.
    pub fn happen_to(
        &mut self,
        id: &str,
        array: &str,
        name: &str,
        now: i64,
    ) -> Result<(&'static str, Option<&'static str>), Refused> {
        let session = self.sessions.get(id).ok_or(Refused::Unknown)?;
        let side = session.side_on(array).ok_or(Refused::Unknown)?;
        let from = session.name_of(side);
        let event = Replications::event(session, name);
        let event = event.ok_or_else(|| {
            Refused::Because(format!("There is no event {name} of a {}.", session.work.lifecycle().name))
        })?;
        self.take(id, side, Trigger::Event(event), Carry::Together, now)?;
        Ok((from, self.sessions.get(id).map(|session| session.name_of(side))))
    }

    /// Gives an end the job that ends when it leaves its node; false when nothing is at work.
    pub fn give_job(&mut self, id: &str, side: Side, job: &str) -> bool {
        let Some(session) = self.sessions.get_mut(id) else { return false };
        let works = matches!(
            session.name_of(side),
            "Initializing" | "Pausing" | "Resuming" | "Failing_Over_For_DR" | "Modify_Role_In_Progress" | "Deleting"
        ) || course::copies(session.name_of(side));
        let end = session.end_mut(side);
        match end.node {
            Some(node) if works => {
                end.job = Some((job.to_owned(), node));
                true
            }
            _ => false,
        }
    }

    /// Lets `trigger` move an end, if its table has a row for it, and with it what follows.
    pub fn take(&mut self, id: &str, side: Side, trigger: Trigger, carry: Carry, now: i64) -> Result<(), Refused> {
        let session = self.sessions.get(id).ok_or(Refused::Unknown)?;
        let table = session.work.lifecycle();
        let from = session.end(side).node.ok_or(Refused::Unknown)?;
        let row = table.follow(Some(from), trigger, self.circumstances(session, side));
        let row = row.ok_or_else(|| Refused::Because(not_listed(table, trigger, from)))?;
        if let Outcome::Refused(sentence) = row.outcome {
            return Err(Refused::Because(sentence.to_owned()));
        }
        let Some(mut session) = self.sessions.remove(id) else { return Err(Refused::Unknown) };
        let other = side.opposite();
        let ends = led(&session, side, row).is_none_or(|to| table.node_named("Deleting") == Some(to));
        // Whoever was taken over has nothing to say any more, but that the session ends.
        let follows = row.effects.contains(&Effect::BothEnds)
            && session.end(other).node.is_some()
            && (ends || !session.is_overtaken(side))
            && (carry == Carry::Always || ends || session.end(other).node == Some(from));
        let carried = follows && self.link_up;
        if carried && matches!(trigger, Trigger::Action(_)) {
            session.end_mut(other).discarding = session.end(side).discarding;
        }
        let (here, there) = (led(&session, side, row), led(&session, other, row));
        effects(&mut session, side, row, self.link_up, now);
        self.arrive(&mut session, side, trigger, here, row, now);
        let alone = match session.name_of(side) {
            "Pausing" => !carried,
            "Paused" | "Modify_Role_In_Progress" => session.end(side).paused_locally,
            _ => false,
        };
        session.end_mut(side).paused_locally = alone;
        if carried {
            self.arrive(&mut session, other, trigger, there, row, now);
            let stays = matches!(session.name_of(other), "Paused" | "Modify_Role_In_Progress");
            session.end_mut(other).paused_locally &= stays;
        } else if follows {
            session.end_mut(other).owed = Some(there);
        }
        self.keep_running(&mut session, from != here.unwrap_or(from), now);
        let (members, parent) = (session.members.clone(), session.parent.clone());
        let (flags, gone) =
            (session.end(side).clone(), Side::BOTH.iter().all(|side| session.end(*side).node.is_none()));
        if gone {
            self.forget(&session);
        } else {
            self.sessions.insert(id.to_owned(), session);
        }
        self.changed.insert(id.to_owned());
        for effect in row.effects {
            let Effect::Members(trigger) = effect else { continue };
            for member in &members {
                if let Some(member) = self.sessions.get_mut(member) {
                    member.end_mut(side).forced = flags.forced;
                    for side in Side::BOTH {
                        member.end_mut(side).discarding = flags.discarding;
                    }
                }
                // A file system that has no row for it stays where it is.
                let _ = self.take(member, side, *trigger, Carry::Always, now);
            }
        }
        self.replan(id, now);
        for nas_server in parent.iter().map(String::as_str).chain([id]) {
            self.follow_members(nas_server, now);
        }
        Ok(())
    }

    pub(super) fn arrive(
        &mut self,
        session: &mut Replication,
        side: Side,
        trigger: Trigger,
        to: Option<NodeId>,
        row: &Transition,
        now: i64,
    ) {
        let (id, idle, was_equal) = (session.id.clone(), session.name_of(side) == "OK", session.is_equal());
        let failed = row.effects.contains(&Effect::SetsError);
        if was_equal {
            session.based = Some(now);
        }
        let reversing = session.reversing;
        let end = session.end_mut(side);
        let from = end.node;
        if from != to {
            end.before = from;
            end.error = failed.then_some(COPY_FAILED);
        }
        end.node = to;
        end.moves += 1;
        end.owed = None;
        let array = end.array.clone();
        if let Some((job, works_in)) = end.job.take() {
            if to == Some(works_in) {
                end.job = Some((job, works_in));
            } else {
                let error = SessionError {
                    code: COPY_FAILED,
                    message: "The operation on the replication session failed.".to_owned(),
                    arguments: Vec::new(),
                };
                self.finished.push((array, job, if failed { Err(error) } else { Ok(Success::Done) }));
            }
        }
        let state = session.name_of(side);
        let is_tick = session.work == Work::Replication && state == "Synchronizing";
        if matches!(state, "Pausing" | "Paused_For_NDU" | "Paused_For_Migration") && from != to {
            session.end_mut(side).idle_before = idle;
        }
        if is_tick && from != to && session.end(side).leads {
            session.ticked = now;
        }
        if reversing && state == "OK" {
            session.reversing = false;
        }
        self.remember(&id, side, Passage { at: now, from, trigger, to });
    }

    /// A copy runs exactly in the states that copy.
    fn keep_running(&self, session: &mut Replication, moved: bool, now: i64) {
        let copies = session.resource != Resource::NasServer && course::copies(session.name_of(session.leader()));
        session.run = match session.run {
            Some(run) if copies && !moved => Some(run),
            _ if copies => Some(self.run(session, now)),
            _ => None,
        };
    }

    /// What follows when an end was told where it stands.
    fn told_anew(&mut self, id: &str, now: i64) {
        self.changed.insert(id.to_owned());
        self.replan(id, now);
        let parent = self.sessions.get(id).and_then(|session| session.parent.clone());
        for nas_server in parent.as_deref().into_iter().chain([id]) {
            self.follow_members(nas_server, now);
        }
    }

    /// What an end hears of the other one when the link is back: that it is gone, or where it stands if it
    /// leads and neither was moved by itself meanwhile.
    pub(super) fn settle_debt(&mut self, id: &str, side: Side, now: i64) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        let other = session.end(side.opposite());
        let by_itself = |state: &str| matches!(state, "" | "Failed_Over" | "Failing_Over_For_DR" | "Fractured");
        let told = match other.node {
            None => None,
            _ if session.leader() == side
                || other.paused_locally
                || session.end(side).paused_locally
                || by_itself(session.name_of(side))
                || by_itself(session.name_of(side.opposite())) =>
            {
                session.end_mut(side).owed = None;
                return;
            }
            _ => other.node,
        };
        if session.end(side).node != told {
            self.stand(id, side, told, now);
        }
    }

    /// Puts an end where the other one says that they stand, or away.
    pub(super) fn stand(&mut self, id: &str, side: Side, told: Option<NodeId>, now: i64) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        let idle = session.name_of(side) == "OK";
        let end = session.end_mut(side);
        let from = end.node;
        (end.before, end.node, end.owed, end.idle_before) = (from, told, None, idle);
        end.moves += 1;
        if let Some((job, _)) = end.job.take() {
            let array = end.array.clone();
            self.finished.push((array, job, Ok(Success::Done)));
        }
        let event = Replications::event(session, if told.is_none() { "removed" } else { "system_recovers" });
        let event = event.or_else(|| Replications::event(session, "all_replicate"));
        let gone = Side::BOTH.iter().all(|side| session.end(*side).node.is_none()).then(|| session.clone());
        if let Some(event) = event {
            self.remember(id, side, Passage { at: now, from, trigger: Trigger::Event(event), to: told });
        }
        if let Some(gone) = gone {
            self.sessions.remove(id);
            self.forget(&gone);
        }
    }

    /// A session that is gone at both ends has nothing ahead, and what was to go with it goes.
    fn forget(&mut self, session: &Replication) {
        for side in Side::BOTH {
            let end = session.end(side);
            if let Some((at, _)) = end.due {
                self.due.remove(&(at, session.id.clone(), side));
            }
            if end.doomed {
                self.doomed.push((end.array.clone(), session.resource, end.resource.clone()));
            }
        }
    }

    /// What an end does at once when the arrays lose each other.
    pub(super) fn lose_link(&mut self, id: &str, side: Side, now: i64) {
        let Some(session) = self.sessions.get(id) else { return };
        // Roles change together or not at all, and only an end that was equal to the other one notices.
        let events = ["role_change_fails", "link_or_peer_fault"].map(|name| Replications::event(session, name));
        for event in events.into_iter().flatten() {
            let _ = self.take(id, side, Trigger::Event(event), Carry::Together, now);
        }
    }
}

/// What a row does besides moving an end.
fn effects(session: &mut Replication, side: Side, row: &Transition, link_up: bool, now: i64) {
    let other = side.opposite();
    for effect in row.effects {
        match effect {
            Effect::SwapsRoles => {
                session.first.leads = !session.first.leads;
                session.second.leads = !session.second.leads;
            }
            Effect::BecomesSource => {
                let takes = session.name_of(side) == "Failing_Over_For_DR" && !session.end(side).leads;
                if takes && session.resource != Resource::NasServer {
                    let since = session.based.unwrap_or(now);
                    let bytes = if session.based.is_none() { session.size } else { session.unsynced(now) };
                    session.losses.push(Loss { at: now, since, bytes });
                    session.based = Some(now);
                }
                if !session.end(side).leads {
                    session.took_over = side;
                }
                session.end_mut(side).leads = true;
                session.end_mut(side).test = false;
            }
            Effect::BecomesDestination => session.end_mut(side).leads = false,
            Effect::SyncRecorded => {
                let (started, took) = session.run.map_or((now, 0), |run| (run.started, now - run.started));
                let swaps = row.effects.contains(&Effect::SwapsRoles);
                session.based = Some(if swaps { now } else { started });
                // Whoever has got the data knows, whatever its state.
                for side in [Some(side), link_up.then_some(other)].into_iter().flatten() {
                    session.end_mut(side).last_sync = Some(now);
                    session.end_mut(side).last_sync_took = took;
                }
            }
            Effect::TestStarts => session.end_mut(side).test = true,
            Effect::TestStops => session.end_mut(side).test = false,
            Effect::Promotes => session.end_mut(side).local = Local::Promoted,
            Effect::Demotes => session.end_mut(side).local = Local::Demoted,
            Effect::PromotesBySystem => {
                session.end_mut(side).local = Local::SystemPromoted;
                // The witness grants one end only; what a person decided at the other one stays.
                if session.end(other).local == Local::SystemDefined {
                    session.end_mut(other).local = Local::SystemDemoted;
                }
            }
            Effect::DemotesBySystem => session.end_mut(side).local = Local::SystemDemoted,
            Effect::AsDefined => {
                session.first.local = Local::SystemDefined;
                session.second.local = Local::SystemDefined;
            }
            _ => {}
        }
    }
}

/// Where a row leads an end; `None` when it is gone.
pub(super) fn led(session: &Replication, side: Side, row: &Transition) -> Option<NodeId> {
    let end = session.end(side);
    match row.outcome {
        Outcome::Node(node) => Some(node),
        Outcome::OneOf(nodes) => nodes.first().copied(),
        Outcome::NodeBefore => end.before.or(end.node),
        Outcome::Unchanged | Outcome::Refused(_) => end.node,
        Outcome::Gone => None,
    }
}
