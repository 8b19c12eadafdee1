//! What a session may do, as data.
//!
//! One [`Lifecycle`] per kind of work: its [`Node`]s, the [`Transition`]s between them, the
//! [`Action`]s a person can ask for, the [`Event`]s that happen by themselves, and where everything
//! stands in the picture. Buttons, dialogs, the diagram, the simulated arrays and the tests read
//! these tables; nothing else in the house knows a rule.
//!
//! [`verdict`] answers whether an action is allowed, refused or uncertain; [`picture`] lays the
//! diagram out; [`Lifecycle::follow`] is the strict reading that the simulator uses. A group's session
//! moves with its members: [`Lifecycle::derived`] reads how.

#[macro_use]
mod event_list;

mod action;
mod circumstance;
mod derivation;
mod evidence;
pub mod file_import;
pub mod import_group;
pub mod import_volume;
pub mod job;
mod kind;
pub mod metro;
pub mod migration;
pub mod picture;
pub mod protection_job;
pub mod protection_progress;
mod release;
pub mod replication;
pub mod replication_nas;
mod row;
#[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
pub mod schedule_entry;
mod table;
mod verdict;

pub use action::{Action, ActionId, Danger, Flag, Refusal, Said, Verb};
pub use circumstance::{Circumstance, Circumstances, Guard, Truth, is, isnt};
pub use derivation::{Derivation, Members};
pub use evidence::{Basis, Evidence, Source};
pub use kind::Kind;
pub use release::Release;
pub use table::{
    Effect, Event, EventId, Lifecycle, Node, NodeId, Origin, Outcome, Phase, ProgressRule, Transition, Trigger,
};
pub use verdict::{Doubt, Verdict, offered, verdict};

#[cfg(test)]
mod tests;
