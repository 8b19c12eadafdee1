//! Parts that several pages show.

pub mod act;
pub mod begin;
pub mod dialog;
pub mod drop;
pub mod line;
pub mod login;
pub mod notices;
pub mod phase;
pub mod schedule;
pub mod strip;
pub mod tabs;
pub mod text_dialog;
pub mod verdict;
pub mod wire;
