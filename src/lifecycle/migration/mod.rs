//! `migration_session` of a PowerStore: a volume or a group of them moves to another appliance of the
//! same cluster.

mod actions;
mod events;
mod nodes;
mod routes;
mod transitions;

pub use actions::*;
pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of a migration.
pub static MIGRATION: Lifecycle = Lifecycle {
    kind: Kind::Migration,
    members: None,
    name: "migration",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &actions::ACTIONS,
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};

#[cfg(test)]
mod tests;
