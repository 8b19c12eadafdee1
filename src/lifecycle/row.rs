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
    other(from, Trigger::Action(action), guards, Outcome::Node(to), evidence).with_effects(effects)
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
    other(from, Trigger::Event(event), guards, Outcome::Node(to), evidence).with_effects(effects)
}

/// A row that brings the session into being, or says why not.
pub(super) const fn start(
    trigger: Trigger,
    guards: &'static [Guard],
    outcome: Outcome,
    evidence: Evidence,
) -> Transition {
    Transition { from: Origin::Nothing, ..other(&[], trigger, guards, outcome, evidence) }
}

/// A row that is neither a plain step nor a beginning: a refusal, an end, a return, no change.
pub(super) const fn other(
    from: &'static [NodeId],
    trigger: Trigger,
    guards: &'static [Guard],
    outcome: Outcome,
    evidence: Evidence,
) -> Transition {
    Transition {
        from: Origin::Nodes(from),
        trigger,
        guards,
        outcome,
        #[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
        effects: &[],
        evidence,
    }
}

impl Transition {
    /// The same row with these effects.
    #[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
    pub(super) const fn with_effects(self, effects: &'static [Effect]) -> Transition {
        Transition { effects, ..self }
    }

    /// The same row: no effects are carried here.
    #[cfg(not(any(not(target_arch = "wasm32"), feature = "demo")))]
    pub(super) const fn with_effects(self, _: &'static [Effect]) -> Transition {
        self
    }
}
