//! `replication_session` of a PowerStore of type Asynchronous: one end of the replication of a volume,
//! a volume group or a file system. A file system belongs to the session of its NAS server, which is in
//! [`super::replication_nas`]; what keeps both arrays equal at every write is in [`super::metro`].
//!
//! Both ends are sessions of their own. Most rows lead the other end to the same state
//! ([`super::Effect::BothEnds`]); an unplanned failover and a pause without a link do not, and the other
//! end hears of the failover later (`failed_over_elsewhere`).
//!
//! Source: the texts of states and operations in the REST API description 4.1. Where these are silent
//! the evidence says what we concluded.

mod actions;
mod events;
mod nodes;
mod routes;
pub(super) mod transitions;

pub use actions::*;
pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of one end of an asynchronous replication.
pub static REPLICATION: Lifecycle = Lifecycle {
    kind: Kind::Replication,
    members: None,
    name: "asynchronous replication",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &actions::ACTIONS,
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};

#[cfg(test)]
mod tests;
