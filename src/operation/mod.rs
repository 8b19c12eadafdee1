//! Login, refresh, and an action from click to certainty.
//!
//! A [`Desk`] is the console's side of one array. It is a pure state machine: [`Desk::handle`] takes an
//! [`Event`] and the time and answers with [`Effect`]s, which the page performs: send a request, stop
//! waiting for one, take new rows in. [`Desk::next_wake`] says when it wants an [`Event::Tick`].
//! No clock, no network, no browser: tests and random walks drive it together with the simulator.
//!
//! * [`access`]: who is logged in, and what happens when nobody is; `login`: how that begins and ends;
//! * [`acting`]: one action, from the click to what came of it, and its steps in `following`;
//! * `creating`: the same for a new import; [`catalog`]: what it can be made of;
//! * `listing`, `delta`, `watching`, `naming`: what is read, when; `sending`, `heard`: how
//!   it is asked for, and what came of asking;
//! * `protection`, `plans`, `purging`: the jobs of a DFM, its schedule, and removing what is over;
//! * [`pace`]: how long to wait between two reads.

pub mod access;
pub mod acting;
pub mod catalog;
mod collections;
mod creating;
mod delta;
mod desk;
mod event;
mod following;
mod heard;
mod listing;
mod login;
mod naming;
pub mod pace;
mod plans;
mod protection;
mod purging;
mod sending;
mod watching;

pub use crate::array::Answers;
pub use access::{Access, Why};
pub use acting::{Act, Stage, kind_of};
pub use catalog::{Browse, Catalog, List, Reading};
pub use desk::{Desk, Health, Settings};
pub use event::{Effect, Event, NamedThing, Ticket};
pub use naming::REPLICATED;
pub use plans::{Plans, Window};
pub use protection::JobWish;
pub use purging::{Preview, PurgeStage, Purging};
