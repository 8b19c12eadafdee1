//! The shape of a lifecycle: nodes, transitions, outcomes, effects.

use super::picture::{Place, Route};
use super::{Action, ActionId, Circumstances, Derivation, Evidence, Guard, Kind, Truth};

/// The place of a node in [`Lifecycle::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u8);

/// The place of an event in [`Lifecycle::events`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u8);

/// What a state means for the person: the only thing that colour stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Nothing happens until a time or a turn comes.
    Waiting,
    /// The array works; nobody needs to do anything.
    Working,
    /// It goes on only when a person does something.
    Attention,
    /// Stopped by a person, who can let it go on.
    Paused,
    /// Something failed and a person must mend it.
    Trouble,
    /// Finished as intended.
    Done,
    /// Finished otherwise.
    Ended,
}

impl Phase {
    /// Every phase, the most urgent last.
    pub const ALL: [Phase; 7] =
        [Phase::Waiting, Phase::Working, Phase::Attention, Phase::Paused, Phase::Trouble, Phase::Done, Phase::Ended];

    /// A word for it, also used as the name of its style.
    pub const fn word(self) -> &'static str {
        match self {
            Phase::Waiting => "waiting",
            Phase::Working => "working",
            Phase::Attention => "attention",
            Phase::Paused => "paused",
            Phase::Trouble => "trouble",
            Phase::Done => "done",
            Phase::Ended => "ended",
        }
    }
}

/// What the progress and rate fields say while a session stands in a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressRule {
    /// Progress is 0, rates and estimate are null: nothing was copied yet.
    Zero,
    /// Progress runs from 0 to 100 percent, with rates and an estimate.
    Runs,
    /// Progress keeps its value, rates and estimate are null.
    Held,
    /// Progress is 100 percent, rates and estimate are null.
    Full,
    /// All of them are null.
    Null,
}

/// A state as the picture draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its name for people, as the vendor's own interface shows it.
    pub label: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// What it means for the person.
    pub phase: Phase,
    /// What the progress fields say meanwhile.
    pub progress: ProgressRule,
    /// The variants that can show it; empty for all. Unknown circumstances show it.
    pub shown: &'static [Guard],
    /// Where it stands in the picture.
    pub place: Place,
}

impl Node {
    /// True when nothing but a deletion leads out.
    pub const fn is_final(&self) -> bool {
        matches!(self.phase, Phase::Done | Phase::Ended)
    }
}

/// Something that happens by itself, or that the simulator's control door makes happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its name for the control door.
    pub name: &'static str,
    /// Its name for people.
    pub label: &'static str,
}

/// Where a transition starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The session does not exist yet.
    Nothing,
    /// Any of these nodes.
    Nodes(&'static [NodeId]),
}

impl Origin {
    /// True when a session that stands in `node` (`None`: does not exist yet) can take it.
    pub fn contains(self, node: Option<NodeId>) -> bool {
        match (self, node) {
            (Origin::Nothing, None) => true,
            (Origin::Nodes(nodes), Some(node)) => nodes.contains(&node),
            _ => false,
        }
    }
}

/// What sets a transition off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// A person asks for it through the API.
    Action(ActionId),
    /// It happens by itself.
    Event(EventId),
}

/// Where a transition leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// To this node.
    Node(NodeId),
    /// To one of these; which one is not for the table to say.
    OneOf(&'static [NodeId]),
    /// Back to the node before this one.
    NodeBefore,
    /// The session stays where it is.
    Unchanged,
    /// The session is no more.
    Gone,
    /// The array says no, with this reason.
    Refused(&'static str),
}

/// What a transition does besides changing the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The session's `error` says what went wrong.
    SetsError,
    /// The hosts use the source again; the destination takes no access.
    HostsToSource,
    /// The hosts use the destination; writes are forwarded to the source.
    HostsToDestination,
    /// The source is no longer fed: from here on the destination alone is current.
    SourceDetached,
    /// The source may be imported again by a new session.
    SourceReleased,
    /// The source was not put back as it was: someone must look at it.
    SourceNotRolledBack,
    /// Every member of the group that can take this trigger of the members' lifecycle takes it, by the
    /// rows of its own table. What the switches of the request make true is true of the members too.
    Members(Trigger),
    /// The other end of the replication comes to the same state, as soon as the link carries it.
    BothEnds,
    /// The roles of both ends are swapped.
    SwapsRoles,
    /// This end becomes the source; the other one turns to destination when it hears of it.
    BecomesSource,
    /// This end becomes the destination.
    BecomesDestination,
    /// A copy of the data to the other end is complete: the times of the last synchronization say so.
    SyncRecorded,
    /// The destination becomes writable for a test.
    TestStarts,
    /// The destination is as it was before the test.
    TestStops,
    /// Hosts are served at this end, as a person wants.
    Promotes,
    /// Hosts are no longer served at this end, as a person wants.
    Demotes,
    /// Hosts are served at this end, as the witness decided.
    PromotesBySystem,
    /// Hosts are no longer served at this end until it has caught up.
    DemotesBySystem,
    /// Both ends of a metro session are what their roles say again.
    AsDefined,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Where it starts.
    pub from: Origin,
    /// What sets it off.
    pub trigger: Trigger,
    /// What must hold, all of it.
    pub guards: &'static [Guard],
    /// Where it leads.
    pub outcome: Outcome,
    /// What else it does. Only a simulated array needs to know: a browser does not fetch it.
    #[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
    pub effects: &'static [Effect],
    /// What it rests on.
    pub evidence: Evidence,
}

/// The whole of one kind of work.
#[derive(Clone, Copy, Debug)]
pub struct Lifecycle {
    /// Which kind of work it is.
    pub kind: Kind,
    /// The kind of the members, if its sessions have members.
    pub members: Option<Kind>,
    /// Its name for people, in the singular.
    pub name: &'static str,
    /// The states, in the order of the normal course.
    pub nodes: &'static [Node],
    /// What happens by itself.
    pub events: &'static [Event],
    /// What a person can ask for.
    pub actions: &'static [Action],
    /// The rows. The first one whose trigger, node and guards fit is the rule.
    pub transitions: &'static [Transition],
    /// What the nodes of the members make happen to the session, in order: the first that fits counts.
    pub derivations: &'static [Derivation],
    /// How the picture draws the edges.
    pub routes: &'static [Route],
}

impl Lifecycle {
    /// True for an action that is taken in some node, of it or of its members; the others are listed for their
    /// refusal alone.
    pub fn takes(&self, action: ActionId) -> bool {
        let row =
            |row: &Transition| row.trigger == Trigger::Action(action) && !matches!(row.outcome, Outcome::Refused(_));
        self.transitions.iter().any(row) || self.members_take(action)
    }

    fn members_take(&self, action: ActionId) -> bool {
        let (Some(members), Some(action)) = (self.members, self.action(action)) else { return false };
        let members = members.lifecycle();
        members.action_named(action.name).is_some_and(|id| members.takes(id))
    }

    /// The node that the wire calls `name`; `None` for a state that no table knows.
    pub fn node_named(&self, name: &str) -> Option<NodeId> {
        let index = self.nodes.iter().position(|node| node.name == name)?;
        u8::try_from(index).ok().map(NodeId)
    }

    /// The node with this id; `None` for an id of another lifecycle.
    pub fn node(&self, id: NodeId) -> Option<&'static Node> {
        self.nodes.get(usize::from(id.0))
    }

    /// The action that the API calls `name`.
    pub fn action_named(&self, name: &str) -> Option<ActionId> {
        let index = self.actions.iter().position(|action| action.name == name)?;
        u8::try_from(index).ok().map(ActionId)
    }

    /// The action with this id; `None` for an id of another lifecycle.
    pub fn action(&self, id: ActionId) -> Option<&'static Action> {
        self.actions.get(usize::from(id.0))
    }

    /// The event that the control door calls `name`.
    pub fn event_named(&self, name: &str) -> Option<EventId> {
        let index = self.events.iter().position(|event| event.name == name)?;
        u8::try_from(index).ok().map(EventId)
    }

    /// The event with this id; `None` for an id of another lifecycle.
    pub fn event(&self, id: EventId) -> Option<&'static Event> {
        self.events.get(usize::from(id.0))
    }

    /// Every node with its id, in order.
    pub fn nodes_with_ids(&self) -> impl Iterator<Item = (NodeId, &'static Node)> + use<> {
        (0u8..).map(NodeId).zip(self.nodes)
    }

    /// Every action with its id, in order.
    pub fn actions_with_ids(&self) -> impl Iterator<Item = (ActionId, &'static Action)> + use<> {
        (0u8..).map(ActionId).zip(self.actions)
    }

    /// The rows that `trigger` may take from `node`, each with the truth of its guards, in order and
    /// up to and including the first that is known to hold. Rows known not to hold are left out.
    pub fn candidates(
        &self,
        node: Option<NodeId>,
        trigger: Trigger,
        circumstances: Circumstances,
    ) -> impl Iterator<Item = (Truth, &'static Transition)> + use<> {
        let mut settled = false;
        self.transitions
            .iter()
            .filter(move |row| row.trigger == trigger && row.from.contains(node))
            .map(move |row| (Truth::of(row.guards, circumstances), row))
            .filter(|(truth, _)| *truth != Truth::No)
            .take_while(move |(truth, _)| {
                let take = !settled;
                settled |= *truth == Truth::Yes;
                take
            })
    }

    /// The row that `trigger` takes from `node`, read strictly: an unknown circumstance counts as not
    /// given. `None` when no row fits; a row may still be a refusal.
    pub fn follow(
        &self,
        node: Option<NodeId>,
        trigger: Trigger,
        circumstances: Circumstances,
    ) -> Option<&'static Transition> {
        self.candidates(node, trigger, circumstances).find(|(truth, _)| *truth == Truth::Yes).map(|(_, row)| row)
    }
}
