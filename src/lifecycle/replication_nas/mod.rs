//! `replication_session` of a NAS server: one end of an asynchronous replication, above the sessions of
//! the file systems on the NAS server, which are in [`super::replication`].
//!
//! What is asked of it is handed to its file systems, and its state follows theirs: each end derives it
//! from its own members. So rows that follow from members say nothing to the other end, and change the
//! role of their own end alone.
//!
//! Source: the texts of states and operations in the REST API description 4.1. The partial states are
//! described there, the ways into and out of them are not: they are ours, with the reasons.

mod actions;
mod derivations;
mod events;
mod nodes;
mod routes;
mod transitions;

pub use actions::*;
pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of one end of the replication of a NAS server.
pub static REPLICATION_NAS: Lifecycle = Lifecycle {
    kind: Kind::ReplicationNas,
    members: Some(Kind::Replication),
    name: "replication of a NAS server",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &actions::ACTIONS,
    transitions: transitions::TRANSITIONS,
    derivations: derivations::DERIVATIONS,
    routes: routes::ROUTES,
};

#[cfg(test)]
mod tests;
