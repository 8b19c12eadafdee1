//! What is shown: pure, compact, without signals.
//!
//! [`Store`] holds the [`Row`]s of all arrays; a refresh is merged into it and answers with the
//! [`Difference`]. [`view`](view::view) filters by the language of [`search`] and sorts by a [`Column`] into an
//! [`Order`], [`window`] says which of its rows the page has to hold, [`Selection`] which of them a person has
//! ticked, [`export`] writes them as files. [`Route`] is the page's address, [`Draft`] the form of a new import
//! that stands in it. [`Journal`] keeps what persons asked for, [`Course`] the path
//! on which a session was seen, [`report`] what a protection job told of itself, [`plan`] guesses what became of
//! an entry of a schedule, [`format`](mod@format) writes sizes, rates and times for people.

mod column;
mod course;
mod draft;
pub mod export;
pub mod format;
pub mod journal;
mod order;
pub mod plan;
pub mod property;
pub mod report;
mod route;
mod row;
pub mod search;
mod selection;
pub mod sheet;
pub mod stakes;
mod store;
pub mod view;
pub mod window;

pub use column::{Column, Columns, Sort};
pub use course::{Course, Leg, Step};
pub use draft::Draft;
pub use journal::Journal;
pub use order::{Order, Waiting};
pub use route::{ListQuery, Route, ScheduleQuery};
pub use row::{ArrayIndex, ImportKind, JobPart, Key, Reference, Row, State};
pub use selection::Selection;
pub use store::{Difference, Store, Thing};
pub use view::{Counts, Days, Filter, View};
