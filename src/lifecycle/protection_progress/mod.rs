//! `dp-job-progress` of a DFM server: what the transfers of a job have come to so far. Frozen once the job
//! has ended, and together with its state one word: [`overall`].
//!
//! A job that transfers nothing has its snapshots count in their place; it would end as if nothing had
//! come of it otherwise.

mod events;
mod nodes;
mod overall;
mod routes;
mod transitions;

pub use events::*;
pub use nodes::*;
pub use overall::{Overall, overall};

use super::{Kind, Lifecycle};

/// The lifecycle of a job's progress. Nothing can be asked of it.
pub static PROTECTION_PROGRESS: Lifecycle = Lifecycle {
    kind: Kind::ProtectionProgress,
    members: None,
    name: "progress of a protection job",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &[],
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};
