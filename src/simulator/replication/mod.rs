//! Replication between the arrays of the fleet: each session is one thing with two ends.
//!
//! [`session`] says what a session is, [`world`] keeps all of them and the link between the arrays,
//! [`engine`] moves their ends by the tables alone, [`following`] those of NAS servers after their file systems,
//! [`course`] decides when something happens by itself,
//! [`stage`] puts sessions on the arrays, [`told`] tells the control door about them. What an array shows of
//! a session is a [`Seen`], a copy that [`crate::simulator::Fleet`] renews whenever the session has moved.

mod course;
mod engine;
mod following;
mod session;
mod stage;
#[cfg(not(target_arch = "wasm32"))]
mod told;
mod world;

pub use engine::Asked;
pub use session::{Replication, Resource, Seen, Side};
pub use stage::{Birth, OBJECTIVES, add_volume, born, populate};
pub use world::Replications;
