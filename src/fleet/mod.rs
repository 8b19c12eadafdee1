//! What is shown: pure, compact, without signals.
//!
//! [`Store`] holds the [`Row`]s of all arrays; a refresh is merged into it and answers with the
//! [`Difference`].

mod row;
mod store;

pub use row::{ArrayIndex, ImportKind, Key, Reference, Row, State};
pub use store::{Difference, Store, Thing};
