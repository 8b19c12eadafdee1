//! What may come next, as a list.

use super::Figure;
use crate::lifecycle::{ActionId, Basis, Lifecycle, NodeId, Outcome, Transition, Trigger, Truth};

/// One way on from where the session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The action, when a person can ask for it.
    pub action: Option<ActionId>,
    /// What sets it off.
    pub trigger: &'static str,
    /// Where it leads.
    pub leads_to: String,
    /// What that rests on.
    pub basis: String,
}

/// Every way on that the table knows from where the session is, in the table's order.
pub fn next_steps(figure: &Figure) -> Vec<NextStep> {
    let Some(node) = figure.node() else { return Vec::new() };
    // Of the rows of one trigger the first that fits is the rule, and no later one can be.
    let mut settled: Vec<Trigger> = Vec::new();
    let mut possible = |row: &&Transition| {
        let truth = Truth::of(row.guards, figure.circumstances);
        if !row.from.contains(Some(node)) || truth == Truth::No || settled.contains(&row.trigger) {
            return false;
        }
        if truth == Truth::Yes {
            settled.push(row.trigger);
        }
        !matches!(row.outcome, Outcome::Refused(_))
    };
    let lifecycle = figure.lifecycle();
    let mut steps: Vec<NextStep> = Vec::new();
    for row in lifecycle.transitions.iter().filter(&mut possible) {
        let step = NextStep {
            action: match row.trigger {
                Trigger::Action(action) => Some(action),
                Trigger::Event(_) => None,
            },
            trigger: trigger_label(lifecycle, row.trigger),
            leads_to: outcome_label(lifecycle, row.outcome),
            basis: basis_label(row),
        };
        if !steps.iter().any(|other| other.trigger == step.trigger && other.leads_to == step.leads_to) {
            steps.push(step);
        }
    }
    steps
}

/// The name of a trigger for people.
pub fn trigger_label(lifecycle: &Lifecycle, trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Action(action) => lifecycle.action(action).map_or("", |action| action.label),
        Trigger::Event(event) => lifecycle.event(event).map_or("", |event| event.label),
    }
}

/// The name of a node for people.
pub fn node_label(lifecycle: &Lifecycle, node: NodeId) -> &'static str {
    lifecycle.node(node).map_or("", |node| node.label)
}

fn outcome_label(lifecycle: &Lifecycle, outcome: Outcome) -> String {
    match outcome {
        Outcome::Node(node) => node_label(lifecycle, node).to_owned(),
        Outcome::OneOf(nodes) => nodes.iter().map(|node| node_label(lifecycle, *node)).collect::<Vec<_>>().join(" or "),
        Outcome::NodeBefore => "the state before".to_owned(),
        Outcome::Unchanged => "stays here".to_owned(),
        Outcome::Gone => "the record is removed".to_owned(),
        Outcome::Refused(_) => String::new(),
    }
}

fn basis_label(row: &Transition) -> String {
    match (row.evidence.rule, row.evidence.outcome) {
        (Basis::Documented(source), Basis::Documented(_)) => format!("documented: {}", source.title()),
        (Basis::Documented(_), Basis::Inferred(why)) => format!("documented; where it leads is inferred: {why}"),
        (Basis::Inferred(why), _) => format!("inferred: {why}"),
    }
}
