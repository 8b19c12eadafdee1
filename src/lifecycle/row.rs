//! Short ways to write the rows of a table.

use super::{ActionId, Effect, EventId, Evidence, Guard, NodeId, Origin, Outcome, Transition, Trigger};

/// An action's row.
pub(super) const fn act(
    from: &'static [NodeId],
    action: ActionId,
    guards: &'static [Guard],
    to: NodeId,
    effects: &'static [Effect],
    evidence: Evidence,
) -> Transition {
    Transition {
        from: Origin::Nodes(from),
        trigger: Trigger::Action(action),
        guards,
        outcome: Outcome::Node(to),
        effects,
        evidence,
    }
}

/// An event's row.
pub(super) const fn event(
    from: &'static [NodeId],
    event: EventId,
    guards: &'static [Guard],
    to: NodeId,
    effects: &'static [Effect],
    evidence: Evidence,
) -> Transition {
    Transition {
        from: Origin::Nodes(from),
        trigger: Trigger::Event(event),
        guards,
        outcome: Outcome::Node(to),
        effects,
        evidence,
    }
}

/// A row that brings the session into being, or says why not.
pub(super) const fn start(
    trigger: Trigger,
    guards: &'static [Guard],
    outcome: Outcome,
    evidence: Evidence,
) -> Transition {
    Transition { from: Origin::Nothing, trigger, guards, outcome, effects: &[], evidence }
}

/// A row that is neither a plain step nor a beginning: a refusal, an end, a return, no change.
pub(super) const fn other(
    from: &'static [NodeId],
    trigger: Trigger,
    guards: &'static [Guard],
    outcome: Outcome,
    evidence: Evidence,
) -> Transition {
    Transition { from: Origin::Nodes(from), trigger, guards, outcome, effects: &[], evidence }
}

impl Transition {
    /// The same row with these effects.
    pub(super) const fn with_effects(self, effects: &'static [Effect]) -> Transition {
        Transition { effects, ..self }
    }
}
