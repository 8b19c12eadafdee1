//! The demonstration: a simulated fleet in the console's own page, with no server behind it.
//!
//! [`Demonstration`] is a transport of the console's that leads to a [`crate::simulator::Fleet`] in memory; the
//! console does not notice. [`Link`] is what the page's address says of the fleet, [`Site`] the fleet as a
//! browser sees a site, cookies included, and [`Story`] what has changed it, so that a reloaded page shows the
//! same world. [`Told`] is what the control door says of it. What is of the browser comes in as a [`Page`]: this room knows no clock and no timer.

mod door;
mod link;
mod page;
mod site;
mod story;
mod told;
mod transport;

pub use link::{Link, WHOLE_FLEET, seed};
pub use page::Page;
pub use site::Site;
pub use story::Story;
pub use told::{Current, Told, refusal};
pub use transport::Demonstration;

pub use crate::simulator::{PASSWORD, SENTINEL};

/// The user who may do anything, on every array.
pub const ADMIN: &str = "admin";
