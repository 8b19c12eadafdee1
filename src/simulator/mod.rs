//! The arrays that demonstrations and tests run on.
//!
//! A [`Fleet`] answers HTTP requests as its arrays would, at a time that the caller passes in: no
//! clock, no randomness, no network. [`Fleet::handle`] is an array, [`Fleet::control`] the door through
//! which tests and the demo's panel move time, set faults and make things happen.
//!
//! What a session may do is read from [`crate::lifecycle`] alone. The rooms here only decide *when*
//! something happens ([`engine`], [`behaviour`]) and fill the circumstances from the [`world`].
//! The answers are rendered here and not by the console's readers, so that the two check each other.
//! Bodies of the control door and every decision of ours: `docs/simulator.md`.

// What only tests are told is not told in a page.
#![cfg_attr(target_arch = "wasm32", allow(dead_code))]

mod answer;
mod behaviour;
pub mod carried;
mod clock;
mod control;
mod copy;
mod counts;
mod dfm;
mod engine;
mod errand;
mod fault;
mod file_import;
mod fleet;
mod group;
mod inventory;
mod jobs;
pub(crate) mod json;
mod migration;
mod names;
mod populate;
mod powerstore;
mod presented;
mod replication;
pub mod scenario;
mod seed;
mod source;
#[cfg(not(target_arch = "wasm32"))]
mod state;
mod stock;
mod tree;
mod world;

pub use answer::Answer;
pub use fleet::{ARRAYS, DFM, Fleet, Options};
pub use powerstore::login::PASSWORD;
pub use presented::array_path;
pub use tree::Tree;

/// Stands in every build that holds a simulated fleet and in no other; `/simulator/state` shows it.
pub const SENTINEL: &str = "array-console simulated fleet";

#[cfg(test)]
mod tests;
