//! How the session of a group follows its members.

use super::{Circumstances, EventId, Lifecycle, NodeId, Outcome, Trigger};

/// A condition on the nodes of a group's members; the ids are those of the members' lifecycle. None of
/// them holds of a group without members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// Every member stands in one of these.
    Every(&'static [NodeId]),
    /// At least one member stands in one of these.
    Any(&'static [NodeId]),
    /// No member stands in one of these.
    None(&'static [NodeId]),
}

impl Members {
    /// Whether it holds of members that stand in `nodes`.
    pub fn holds(self, nodes: &[NodeId]) -> bool {
        !nodes.is_empty()
            && match self {
                Members::Every(these) => nodes.iter().all(|node| these.contains(node)),
                Members::Any(these) => nodes.iter().any(|node| these.contains(node)),
                Members::None(these) => !nodes.iter().any(|node| these.contains(node)),
            }
    }
}

/// What the nodes of the members make happen to their group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// The event of the group.
    pub event: EventId,
    /// What must hold of the members, all of it.
    pub when: &'static [Members],
}

impl Lifecycle {
    /// What happens to a group that stands in `node` because its members stand in `members`: the event
    /// of the first derivation that has a row from `node` under `circumstances`, read strictly, and
    /// whose conditions hold. To be asked again after each move, of the group or of a member, until it
    /// answers `None`.
    pub fn derived(&self, node: NodeId, members: &[NodeId], circumstances: Circumstances) -> Option<EventId> {
        let possible = |event: EventId| {
            self.follow(Some(node), Trigger::Event(event), circumstances)
                .is_some_and(|row| !matches!(row.outcome, Outcome::Refused(_)))
        };
        self.derivations
            .iter()
            .find(|derivation| {
                derivation.when.iter().all(|condition| condition.holds(members)) && possible(derivation.event)
            })
            .map(|derivation| derivation.event)
    }
}
