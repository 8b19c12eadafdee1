//! A simulated DFM server: what it has, what it does by itself, and what is asked of its jobs.
//!
//! What a job may do is read from [`crate::lifecycle::protection_job`] and its progress from
//! [`crate::lifecycle::protection_progress`]; the rooms here decide when something happens. Everything is a
//! function of the seed and of what was asked when: how often somebody looks changes nothing.

mod calls;
mod course;
pub mod door;
mod engine;
mod event;
mod history;
mod iterators;
mod job;
mod model;
mod plan;
pub mod populate;
mod schedule;
#[cfg(not(target_arch = "wasm32"))]
mod state;
mod telling;
mod told;

pub use door::Dfm;
pub use job::{Job, JobType};
pub use model::Server;

#[cfg(test)]
mod tests;
