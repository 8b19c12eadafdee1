//! `replication_session` of a PowerStore that keeps two arrays equal at every write: metro, where hosts
//! use both, and synchronous, where one feeds the other. They share the table; a guard tells them apart.
//!
//! Each end has its own state. What one end hears of the other is the effect [`super::Effect::BothEnds`];
//! whatever lacks it happens at this end alone.
//!
//! Sources: the texts of states and operations in the REST API description 4.1. Where these are silent
//! the evidence says what we concluded.

mod actions;
mod events;
mod nodes;
mod routes;
mod transitions;

pub use actions::*;
pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of a metro or synchronous replication.
pub static METRO: Lifecycle = Lifecycle {
    kind: Kind::Metro,
    members: None,
    name: "metro or synchronous replication",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &actions::ACTIONS,
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};

#[cfg(test)]
mod tests;
