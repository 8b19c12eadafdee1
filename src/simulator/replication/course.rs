//! When something happens to a replication by itself. Everything is a function of the seed, the session and
//! how often its ends have moved, so that the order of requests changes nothing.

use super::session::{Local, Replication, Resource, Run, Side};
use super::world::Replications;
use crate::lifecycle::Kind as Work;
use crate::simulator::seed::Seed;

const SECOND: i64 = 1000;
/// How long the ends of a fractured session need to find each other.
const HEALS: i64 = 15 * SECOND;
/// How long an upgrade or a migration keeps a session paused, if nobody ends it at the control door.
const SYSTEM_PAUSE_SECONDS: u64 = 600;

/// The states in which data is copied from the end that leads.
pub fn copies(state: &str) -> bool {
    matches!(
        state,
        "Synchronizing" | "Switching_To_Metro_Sync" | "Switching_To_Synchronous" | "Failing_Over" | "Reprotecting"
    )
}

impl Replications {
    fn chances(&self, session: &Replication, side: Side) -> Seed {
        self.seed.derive(session.number).derive(session.end(side).moves * 2 + u64::from(side == Side::Second))
    }

    /// The copy that begins at `now`. A switch to synchronous and the start of one have little left to do.
    pub(super) fn run(&self, session: &Replication, now: i64) -> Run {
        let bytes = session.unsynced(now);
        let millis = bytes / (session.bandwidth / 1000).max(1);
        Run { started: now, takes: i64::try_from(millis).unwrap_or(i64::MAX / 4).saturating_add(4 * SECOND) }
    }

    /// True while the other end takes what this one copies.
    fn can_copy(&self, session: &Replication, side: Side) -> bool {
        let other = session.name_of(side.opposite());
        let takes =
            !matches!(other, "" | "Paused" | "Pausing" | "Failed_Over" | "Failing_Over_For_DR" | "Fractured" | "Error");
        self.link_up && (takes || session.name_of(side) == other)
    }

    /// True for an end that has to hear from the one that leads where they stand: both are at rest, in states
    /// in which nobody put one of them alone. What is said of a NAS server its file systems say.
    pub(super) fn is_behind(&self, session: &Replication, side: Side) -> bool {
        const AT_REST: [&str; 6] =
            ["OK", "Synchronizing", "System_Paused", "Paused", "Paused_For_NDU", "Paused_For_Migration"];
        let other = side.opposite();
        let at_rest = |side: Side| AT_REST.contains(&session.name_of(side)) && !session.end(side).paused_locally;
        self.link_up
            && session.resource != Resource::NasServer
            && session.leader() != side
            && session.end(side).node != session.end(other).node
            && at_rest(side)
            && at_rest(other)
    }

    /// True for a file system whose neighbours have gone back to the original direction: it waits until it is
    /// sent there too.
    fn is_left_over(&self, session: &Replication) -> bool {
        let parent = session.parent.as_ref().and_then(|id| self.sessions.get(id));
        parent.is_some_and(|parent| Side::BOTH.into_iter().any(|side| parent.name_of(side) == "Partial_Failed_Back"))
    }

    /// The next event of an end that stands where it stands at `now`; `None` when only a person, the other
    /// end or the file systems move it on.
    pub(super) fn next(&self, session: &Replication, side: Side, now: i64) -> Option<(i64, &'static str)> {
        let (end, other) = (session.end(side), session.end(side.opposite()));
        end.node?;
        if self.down.contains(&end.array) {
            return None;
        }
        let mut chances = self.chances(session, side);
        let mut within = |low, high| now + i64::try_from(chances.within(low, high)).unwrap_or(0) * SECOND;
        let soon = within(2, 6);
        let state = session.name_of(side);
        let hears = session.work == Work::Replication && state != "Deleting";
        if self.link_up && hears && session.is_overtaken(side) {
            return Some((soon, "failed_over_elsewhere"));
        }
        if self.is_behind(session, side) {
            return Some((soon, "system_recovers"));
        }
        let together = self.link_up && end.node == other.node;
        if together && state != "Fractured" && session.leader() != side {
            return None;
        }
        let is_member = session.parent.is_some();
        let copies = self.can_copy(session, side);
        let done = session.run.map_or(soon, |run| (run.started + run.takes).max(now));
        let fails = self.seed.derive(session.number).derive(end.moves).named("fails").chance(self.failures);
        match (session.work, state) {
            (_, "Deleting") if session.metro && !self.link_up && !end.forced => Some((soon, "removal_fails")),
            (_, "Deleting") => Some((soon, "removed")),
            (_, "Paused_For_NDU") => Some((within(SYSTEM_PAUSE_SECONDS, SYSTEM_PAUSE_SECONDS), "upgrade_ends")),
            (_, "Paused_For_Migration") => Some((within(SYSTEM_PAUSE_SECONDS, SYSTEM_PAUSE_SECONDS), "migration_ends")),
            (_, "Failed_Over") if session.reversing && end.leads && self.link_up && !is_member => {
                Some((soon, "reversal_begins"))
            }
            (Work::ReplicationNas, _) => None,
            (_, "Initializing") => Some((within(5, 20), "created")),
            (_, "Pausing") => Some((soon, "pause_done")),
            (_, "Resuming") if copies => Some((soon, "resumed")),
            (_, "Resuming") => Some((soon, "resume_fails")),
            (_, "System_Paused") if self.is_left_over(session) => None,
            (_, "System_Paused") if copies => Some((within(30, 90), "system_recovers")),
            (Work::Metro, "Synchronizing") if copies && !fails => Some((done, "copy_caught_up")),
            (Work::Metro, "Switching_To_Metro_Sync" | "Switching_To_Synchronous") if copies => Some((done, "switched")),
            (Work::Metro, "Synchronizing" | "Switching_To_Metro_Sync" | "Switching_To_Synchronous") => {
                Some((within(5, 15), "copy_fails"))
            }
            (Work::Metro, "Fractured") if self.link_up => {
                let event = if session.is_writable(side) { "fault_gone" } else { "fault_gone_behind" };
                Some((now + HEALS, event))
            }
            // Nobody else can tell that the preferred end is dead, and not only out of reach.
            (Work::Metro, "Fractured") if self.down.contains(&other.array) && end.local == Local::SystemDemoted => {
                Some((within(5, 10), "witness_decides"))
            }
            (Work::Metro, "OK") if !self.link_up => Some((now + SECOND, "link_or_peer_fault")),
            (Work::Metro, "Modify_Role_In_Progress") if self.link_up => Some((soon, "role_changed")),
            (Work::Metro, "Modify_Role_In_Progress") => Some((soon, "role_change_fails")),
            (Work::Replication, "OK") if end.leads && session.based.is_none() => Some((soon, "first_copy_starts")),
            (Work::Replication, "OK") if end.leads => Some(((session.ticked + session.rpo).max(soon), "rpo_tick")),
            (Work::Replication, "Synchronizing") if end.leads && copies && !fails => Some((done, "cycle_done")),
            (Work::Replication, "Synchronizing") => Some((within(5, 15), "cycle_fails")),
            (_, "Failing_Over") if end.leads && copies => Some((done, "failover_done")),
            (_, "Failing_Over") if end.leads => Some((soon, "failover_fails")),
            (_, "Failing_Over_For_DR") => Some((within(5, 15), "failover_done")),
            (_, "Reprotecting") if copies => Some((done, "reprotected")),
            (_, "Reprotecting") => Some((soon, "reprotect_fails")),
            _ => None,
        }
    }

    /// Plans what happens next to both ends.
    pub(super) fn replan(&mut self, id: &str, now: i64) {
        for side in Side::BOTH {
            let Some(session) = self.sessions.get(id) else { return };
            let next = self.next(session, side, now);
            let next = next.and_then(|(at, name)| Some((at, Replications::event(session, name)?)));
            // What is planned already keeps its time.
            let held = session.end(side).due;
            let next = match (next, held) {
                (Some((at, event)), Some((held, same))) if event == same && at >= held && held >= now => {
                    Some((held, event))
                }
                (next, _) => next,
            };
            if let Some((at, _)) = held {
                self.due.remove(&(at, id.to_owned(), side));
            }
            if let Some((at, _)) = next {
                self.due.insert((at, id.to_owned(), side));
            }
            if let Some(session) = self.sessions.get_mut(id) {
                session.end_mut(side).due = next;
            }
        }
    }
}
