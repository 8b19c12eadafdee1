//! `import_session` of a PowerStore: one volume, alone or as the member of a consistency group.
//!
//! Agentless and Non_Disruptive share the table; guards tell them apart. The two states that only a
//! group's own session shows (Import_Completed_With_Errors, Import_Cutover_Incomplete) are in
//! [`super::import_group`].
//!
//! Sources: the texts of states and operations in the REST API description 4.1, the import guide,
//! the reference page. Where these are silent or disagree the evidence says what we concluded.

mod actions;
mod events;
mod nodes;
mod routes;
mod transitions;

pub use actions::*;
pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of a volume's import.
pub static IMPORT_VOLUME: Lifecycle = Lifecycle {
    kind: Kind::ImportVolume,
    members: None,
    name: "import of a volume",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &actions::ACTIONS,
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};

#[cfg(test)]
mod tests;
