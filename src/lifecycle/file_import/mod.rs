//! `file_import_session` of a PowerStore: the import of a NAS server.
//!
//! A person works with two fields together, the state and the operation that it is busy with; so a node
//! is the pair, named `State/Operation`. Where the array tells no operation the state stands alone. Pairs
//! that are not here are never shown.

mod actions;
mod events;
mod nodes;
mod routes;
mod transitions;

pub use actions::*;
pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of a NAS server's import.
pub static FILE_IMPORT: Lifecycle = Lifecycle {
    kind: Kind::FileImport,
    members: None,
    name: "file import",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &actions::ACTIONS,
    transitions: transitions::TRANSITIONS,
    derivations: &[],
    routes: routes::ROUTES,
};

#[cfg(test)]
mod tests;
