//! `job` of a PowerStore: the array's own work on what was asked of it. Nothing can be asked of a job
//! itself. The names are those of the field `phase`; the older field `state` says the same in capitals.

mod events;
mod nodes;
mod routes;
mod transitions;

pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of a job, alone or as a step of another one.
pub static JOB: Lifecycle = Lifecycle {
    kind: Kind::Job,
    members: None,
    name: "job",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &[],
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};
