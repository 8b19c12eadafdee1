//! Parts that several pages show.

pub mod act;
pub mod dialog;
pub mod login;
pub mod notices;
pub mod phase;
pub mod strip;
pub mod verdict;
pub mod wire;
