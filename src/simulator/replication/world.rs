//! All replication sessions, and the link between the arrays.

use std::collections::BTreeSet;

use super::session::{Replication, Resource, Side};
use super::stage::Birth;
use crate::lifecycle::{Circumstance, Circumstances, EventId, Kind as Work};
use crate::simulator::jobs::Success;
use crate::simulator::seed::Seed;
use crate::simulator::tree::Tree;
use crate::simulator::world::{Passage, SessionError};

/// How many steps are remembered of an end: a replication has no last one.
const REMEMBERED: usize = 400;

/// How a job of an array ended.
pub type Finished = (String, String, Result<Success, SessionError>);

/// The replications of the fleet.
#[derive(Debug)]
pub struct Replications {
    pub seed: Seed,
    /// Chance that a copy fails, in thousandths.
    pub failures: u32,
    /// Data and management get through between the arrays.
    pub link_up: bool,
    /// The link itself is cut.
    pub cut: bool,
    /// Arrays that are dead.
    pub down: BTreeSet<String>,
    /// By id.
    pub sessions: Tree<String, Replication>,
    /// What the ends went through, the first one first, by session.
    histories: Tree<String, (Vec<Passage>, Vec<Passage>)>,
    /// What is planned.
    pub due: BTreeSet<(i64, String, Side)>,
    pub next_number: u64,
    /// Sessions that have moved since an array was told.
    pub changed: BTreeSet<String>,
    /// Jobs that have ended since an array was told.
    pub finished: Vec<Finished>,
    /// What was asked for and needs both arrays.
    pub births: Vec<Birth>,
    /// Copies to be deleted: the array, and what it is there.
    pub doomed: Vec<(String, Resource, String)>,
}

impl Replications {
    /// None yet.
    pub fn new(seed: Seed, failures: u32) -> Self {
        Replications {
            seed,
            failures,
            link_up: true,
            cut: false,
            down: BTreeSet::new(),
            sessions: Tree::new(),
            histories: Tree::new(),
            due: BTreeSet::new(),
            next_number: 1,
            changed: BTreeSet::new(),
            finished: Vec::new(),
            births: Vec::new(),
            doomed: Vec::new(),
        }
    }

    /// The time of the next event, if one is planned.
    pub fn next_due(&self) -> Option<(i64, &str)> {
        let (at, id, side) = self.due.first()?;
        Some((*at, self.sessions.get(id).map_or("", |session| session.end(*side).array.as_str())))
    }

    /// What an end went through, as far as it is remembered.
    pub fn history(&self, id: &str, side: Side) -> &[Passage] {
        match (self.histories.get(id), side) {
            (Some((first, _)), Side::First) => first,
            (Some((_, second)), Side::Second) => second,
            (None, _) => &[],
        }
    }

    /// Remembers a step of an end.
    pub(super) fn remember(&mut self, id: &str, side: Side, passage: Passage) {
        let Some(histories) = self.histories.get_or_insert_with(id.to_owned(), Default::default) else { return };
        let history = match side {
            Side::First => &mut histories.0,
            Side::Second => &mut histories.1,
        };
        if history.len() >= REMEMBERED {
            history.drain(..REMEMBERED / 2);
        }
        history.push(passage);
    }

    /// What the world looks like to the guards, seen from an end.
    pub(super) fn circumstances(&self, session: &Replication, side: Side) -> Circumstances {
        let (end, other) = (session.end(side), session.end(side.opposite()));
        let both = session.metro && session.is_writable(side) && session.is_writable(side.opposite());
        Circumstances::UNKNOWN
            .with(Circumstance::Member, Some(session.parent.is_some()))
            .with(Circumstance::SourceSide, Some(end.leads))
            .with(Circumstance::Preferred, Some(end.leads))
            .with(Circumstance::LinkUp, Some(self.link_up))
            .with(Circumstance::PausedLocally, Some(end.paused_locally))
            .with(Circumstance::TestRunning, Some(end.test || other.test))
            .with(Circumstance::IdleBefore, Some(end.idle_before))
            .with(Circumstance::Reversing, Some(session.reversing))
            .with(Circumstance::FromSnapshot, Some(end.from_snapshot))
            .with(Circumstance::OnTestCopy, Some(end.on_test_copy))
            .with(Circumstance::Metro, Some(session.work == Work::Metro && session.metro))
            .with(Circumstance::BothPromoted, Some(both))
            .with(Circumstance::Discarding, Some(end.discarding))
            .with(Circumstance::Forced, Some(end.forced))
    }

    /// The event of a session's table that the control door calls `name`.
    pub fn event(session: &Replication, name: &str) -> Option<EventId> {
        session.work.lifecycle().event_named(name)
    }

    /// Cuts the link, or mends it.
    pub fn set_link(&mut self, up: bool, now: i64) {
        self.cut = !up;
        self.reach(now);
    }

    /// Lets an array die, or live again: its ends stand still meanwhile, and copies begin anew afterwards.
    pub fn set_down(&mut self, array: &str, down: bool, now: i64) {
        let changes = if down { self.down.insert(array.to_owned()) } else { self.down.remove(array) };
        if !changes {
            return;
        }
        let ids: Vec<String> = self.sessions.keys().cloned().collect();
        for id in &ids {
            if let Some(session) = self.sessions.get(id)
                && session.run.is_some()
            {
                let run = self.run(session, now);
                if let Some(session) = self.sessions.get_mut(id) {
                    session.run = Some(run);
                }
            }
        }
        self.reach(now);
        for id in &ids {
            self.replan(id, now);
            self.changed.insert(id.clone());
        }
    }

    /// Lets the arrays reach each other, or not.
    fn reach(&mut self, now: i64) {
        let up = !self.cut && self.down.is_empty();
        if self.link_up == up {
            return;
        }
        self.link_up = up;
        let ids: Vec<String> = self.sessions.keys().cloned().collect();
        for id in &ids {
            for side in Side::BOTH {
                if up {
                    self.settle_debt(id, side, now);
                } else {
                    self.lose_link(id, side, now);
                }
            }
            self.replan(id, now);
            self.changed.insert(id.clone());
        }
        for id in &ids {
            self.follow_members(id, now);
        }
    }
}
