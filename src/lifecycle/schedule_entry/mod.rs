//! An entry in the schedule of a DFM server. It has neither an id nor a state of its own on the wire: it is
//! computed when it is asked for, and gone once it has become a job.

mod events;
mod nodes;
mod routes;
mod transitions;

pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of an entry. Nothing can be asked of it.
pub static SCHEDULE_ENTRY: Lifecycle = Lifecycle {
    kind: Kind::ScheduleEntry,
    members: None,
    name: "schedule entry",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &[],
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};
