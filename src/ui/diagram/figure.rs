//! What the diagram shows of one session.

use crate::fleet::Step;
use crate::lifecycle::{ActionId, Circumstances, Kind, Lifecycle, NodeId, Verdict};

/// Where a session is, what it did, what it may do: everything that the picture depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Whose rules it follows.
    pub work: Kind,
    /// Which variant applies.
    pub circumstances: Circumstances,
    /// The state, as the wire calls it; `None` when it was not told.
    pub state: Option<String>,
    /// Where the other end of a replication is, and the name of its array.
    pub other: Option<(String, NodeId)>,
    /// The states that were seen, in order; the last one is the present one.
    pub path: Vec<Step>,
    /// What may be done now.
    pub verdicts: Vec<(ActionId, Verdict)>,
    /// Why nothing at all may be sent from here now: read-only, or an action is under way.
    pub held: Option<&'static str>,
}

impl Figure {
    /// The table that it follows.
    pub fn lifecycle(&self) -> &'static Lifecycle {
        self.work.lifecycle()
    }

    /// Where the session is; `None` for a state that no table knows.
    pub fn node(&self) -> Option<NodeId> {
        self.lifecycle().node_named(self.state.as_deref()?)
    }

    /// When the session was last seen to enter `node`.
    pub fn entered(&self, node: NodeId) -> Option<i64> {
        let lifecycle = self.lifecycle();
        self.path.iter().rev().find(|step| lifecycle.node_named(&step.state) == Some(node)).map(|step| step.seen_at)
    }

    /// True when the session was seen to go this way.
    pub fn has_taken(&self, from: NodeId, to: NodeId) -> bool {
        let lifecycle = self.lifecycle();
        let node = |step: &Step| lifecycle.node_named(&step.state);
        self.path.iter().zip(self.path.iter().skip(1)).any(|(a, b)| node(a) == Some(from) && node(b) == Some(to))
    }

    /// What the tables say about an action now.
    pub fn verdict(&self, action: ActionId) -> Option<Verdict> {
        self.verdicts.iter().find(|(id, _)| *id == action).map(|(_, verdict)| *verdict)
    }

    /// The picture in a sentence.
    pub fn sentence(&self) -> String {
        let mut sentence = match (self.node().and_then(|id| self.lifecycle().node(id)), &self.state) {
            (Some(node), _) => format!("It is in the state {}. {}", node.label, node.meaning),
            (None, Some(raw)) => format!("It is in the state {raw}, which this console does not know."),
            (None, None) => "The array did not tell the state.".to_owned(),
        };
        if let Some((array, node)) =
            self.other.as_ref().and_then(|(array, id)| Some((array, self.lifecycle().node(*id)?)))
        {
            sentence.push_str(&format!(" {array}: {}.", node.label));
        }
        sentence
    }
}
