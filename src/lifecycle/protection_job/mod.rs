//! `dp-job-state` of a DFM server: a data-protection job, from its record to its removal. The server stores
//! no state: [`state_of`] finds it by what the times of the job say.

mod actions;
mod events;
mod nodes;
mod routes;
mod transitions;

pub use actions::*;
pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle, NodeId};

/// The lifecycle of a data-protection job.
pub static PROTECTION_JOB: Lifecycle = Lifecycle {
    kind: Kind::ProtectionJob,
    members: None,
    name: "protection job",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &actions::ACTIONS,
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};

/// The state of a job with these times. Total: one that ended without having begun counts as completed,
/// although no server makes such a one.
pub const fn state_of(started: bool, abort_requested: bool, completed: bool) -> NodeId {
    match (started, abort_requested, completed) {
        (_, true, true) => ABORTED,
        (_, false, true) => COMPLETED,
        (_, true, false) => ABORTING,
        (true, false, false) => RUNNING,
        (false, false, false) => QUEUED,
    }
}

#[cfg(test)]
mod tests;
