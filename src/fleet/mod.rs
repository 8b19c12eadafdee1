//! What is shown: pure, compact, without signals.
//!
//! [`Store`] holds the [`Row`]s of all arrays; a refresh is merged into it and answers with the
//! [`Difference`]. [`view`](view::view) filters and sorts, [`window`] says which of the rows the page has to
//! hold, [`Route`] is the page's address. [`Journal`] keeps what persons asked for, [`Course`] the path
//! on which a session was seen, [`format`](mod@format) writes sizes, rates and times for people.

mod course;
pub mod format;
pub mod journal;
mod route;
mod row;
mod store;
pub mod view;
pub mod window;

pub use course::{Course, Leg, Step};
pub use journal::Journal;
pub use route::{ListQuery, Route};
pub use row::{ArrayIndex, ImportKind, Key, Reference, Row, State};
pub use store::{Difference, Store, Thing};
pub use view::{Column, Counts, Filter, Sort, View};
