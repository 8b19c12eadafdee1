//! `import_session` of a PowerStore: the session of a whole consistency group, above those of its
//! volumes ([`super::import_volume`]).
//!
//! It follows its members, as the derivations tell, and hands on to them what is asked of it, as the
//! effects of its rows tell. It never shows Mirror_Enabled, Ready_To_Start_Copy and Copy_In_Progress:
//! it stays In_Progress until every member has all its data.
//!
//! Sources: the texts of states and operations in the REST API description 4.1, the import guide.
//! Where these are silent or disagree the evidence says what we concluded.

mod actions;
mod derivations;
mod events;
mod nodes;
mod routes;
mod transitions;

pub use actions::*;
pub use derivations::MEMBERS_LEFT;
pub use events::*;
pub use nodes::*;

use super::{Kind, Lifecycle};

/// The lifecycle of a consistency group's import.
pub static IMPORT_GROUP: Lifecycle = Lifecycle {
    kind: Kind::ImportGroup,
    members: Some(Kind::ImportVolume),
    name: "import of a consistency group",
    nodes: &nodes::NODES,
    events: &events::EVENTS,
    actions: &actions::ACTIONS,
    transitions: transitions::TRANSITIONS,
    derivations: derivations::DERIVATIONS,
    routes: routes::ROUTES,
};

#[cfg(test)]
mod tests;
