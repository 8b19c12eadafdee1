//! The path on which one session was seen.
//!
//! The console sees a session only when it asks: states may pass unseen between two answers. The
//! course says what was seen and when, and which legs of it are jumps; it never guesses the rest.

use std::collections::VecDeque;

use crate::lifecycle::picture::leads_to;
use crate::lifecycle::{Lifecycle, NodeId, Outcome};

/// How many steps are kept. A session that is paused and resumed all night stays within memory.
const STEPS_KEPT: usize = 100;

/// A state in which the session was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The state, as the wire calls it.
    pub state: String,
    /// When it was first seen there, milliseconds since 1970.
    pub seen_at: i64,
    /// True for what was seen first: the session has been there since an unknown time before.
    pub since_before: bool,
}

/// The way between two steps, both in states that the lifecycle knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Where it was.
    pub from: NodeId,
    /// Where it was seen next.
    pub to: NodeId,
    /// When it was seen there, milliseconds since 1970.
    pub at: i64,
    /// True when no row of the table leads there directly: states passed unseen.
    pub is_jump: bool,
}

/// The observed path of one session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    steps: VecDeque<Step>,
    forgotten: usize,
}

impl Course {
    /// Takes in an answer that shows the session in `state`; true when that is a new step. Time never
    /// runs backwards in a course: an earlier time counts as that of the last step.
    pub fn observe(&mut self, state: &str, at: i64) -> bool {
        let last = self.steps.back();
        if last.is_some_and(|last| last.state == state) {
            return false;
        }
        let seen_at = last.map_or(at, |last| at.max(last.seen_at));
        let since_before = last.is_none();
        self.steps.push_back(Step { state: state.to_owned(), seen_at, since_before });
        if self.steps.len() > STEPS_KEPT {
            self.steps.pop_front();
            self.forgotten += 1;
        }
        true
    }

    /// What was seen, in order.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> + ExactSizeIterator {
        self.steps.iter()
    }

    /// How many of the earliest steps are no longer kept.
    pub fn forgotten(&self) -> usize {
        self.forgotten
    }

    /// The nodes that were seen, in order, a node as often as the session came to it.
    pub fn visited(&self, lifecycle: &Lifecycle) -> Vec<NodeId> {
        self.steps.iter().filter_map(|step| lifecycle.node_named(&step.state)).collect()
    }

    /// The ways between consecutive steps, in order. A step in a state that no table knows has no legs.
    /// A way back to the step before, which a row may allow without naming it, is direct, but no edge of
    /// the picture.
    pub fn legs(&self, lifecycle: &Lifecycle) -> Vec<Leg> {
        let mut legs = Vec::new();
        let mut earlier: Option<&str> = None;
        for (here, next) in self.steps.iter().zip(self.steps.iter().skip(1)) {
            if let (Some(from), Some(to)) = (lifecycle.node_named(&here.state), lifecycle.node_named(&next.state)) {
                let back = earlier == Some(next.state.as_str());
                let is_jump = !leads_directly(lifecycle, from, to, back);
                legs.push(Leg { from, to, at: next.seen_at, is_jump });
            }
            earlier = Some(&here.state);
        }
        legs
    }
}

/// True when a row leads from one node to the other; `back` when the session was in `to` just before.
fn leads_directly(lifecycle: &Lifecycle, from: NodeId, to: NodeId, back: bool) -> bool {
    lifecycle
        .transitions
        .iter()
        .filter(|row| row.from.contains(Some(from)))
        .any(|row| leads_to(row, to) || (back && row.outcome == Outcome::NodeBefore))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::import_volume::*;

    fn course(states: &[&str]) -> Course {
        let mut course = Course::default();
        for (at, state) in (0..).map(|index| index * 1000).zip(states) {
            course.observe(state, at);
        }
        course
    }

    fn legs(states: &[&str]) -> Vec<(NodeId, NodeId, bool)> {
        course(states).legs(&IMPORT_VOLUME).iter().map(|leg| (leg.from, leg.to, leg.is_jump)).collect()
    }

    #[test]
    fn only_changes_are_steps_and_the_first_has_no_beginning() {
        let mut course = Course::default();
        assert!(course.observe("Queued", 10));
        assert!(!course.observe("Queued", 20));
        assert!(course.observe("In_Progress", 30));
        let steps: Vec<_> = course.steps().map(|step| (step.state.as_str(), step.seen_at, step.since_before)).collect();
        assert_eq!(steps, [("Queued", 10, true), ("In_Progress", 30, false)]);
        assert_eq!(course.visited(&IMPORT_VOLUME), [QUEUED, IN_PROGRESS]);
    }

    #[test]
    fn states_that_passed_unseen_make_a_jump() {
        assert_eq!(
            legs(&["Queued", "In_Progress", "Copy_In_Progress", "Import_Completed"]),
            [
                (QUEUED, IN_PROGRESS, false),
                (IN_PROGRESS, COPY_IN_PROGRESS, false),
                (COPY_IN_PROGRESS, IMPORT_COMPLETED, true),
            ]
        );
    }

    #[test]
    fn a_state_that_no_table_knows_has_no_legs() {
        assert_eq!(
            legs(&["Queued", "Hovering", "In_Progress", "Mirror_Enabled"]),
            [(IN_PROGRESS, MIRROR_ENABLED, false)]
        );
        assert_eq!(course(&["Hovering", "Queued"]).visited(&IMPORT_VOLUME), [QUEUED]);
    }

    #[test]
    fn a_mended_record_leads_back_to_where_it_was_and_nowhere_else() {
        assert_eq!(legs(&["Paused", "Invalid", "Paused"]), [(PAUSED, INVALID, false), (INVALID, PAUSED, false)]);
        assert_eq!(legs(&["Paused", "Invalid", "Queued"]), [(PAUSED, INVALID, false), (INVALID, QUEUED, true)]);
    }

    #[test]
    fn time_does_not_run_backwards_and_memory_is_bounded() {
        let mut course = Course::default();
        for index in 0..250i64 {
            course.observe(if index % 2 == 0 { "Paused" } else { "Copy_In_Progress" }, 1_000_000 - index);
        }
        assert_eq!((course.steps().len(), course.forgotten()), (STEPS_KEPT, 150));
        assert!(course.steps().all(|step| step.seen_at == 1_000_000 && !step.since_before));
    }
}
