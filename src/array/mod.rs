//! What the console asks of an array, over a [`Transport`].
//!
//! Requests are built and answers are read here, without sending anything: the rooms above decide
//! when, the page carries the bytes. There is one error type, [`ArrayError`], in words that an
//! administrator can act on; [`Exchange`] keeps a request and its answer as they went over the wire,
//! secrets masked; [`Deed`] keeps what a person asked for and what came of it.

mod answers;
pub mod catalog;
pub mod check;
pub mod config;
mod deed;
pub mod dfm;
pub mod entry;
mod error;
mod exchange;
pub mod plan;
pub mod powerstore;
mod secret;
mod session;
pub mod source;
mod talk;
mod transport;

pub use answers::Answers;
pub use config::{ArrayEntry, Config, ConfigError, Kind};
pub use deed::{Deed, DeedEnd};
pub use error::ArrayError;
pub use exchange::{Exchange, masked};
pub use plan::{MemberHosts, Plan, PlanKind};
pub use secret::Secret;
pub use session::{circumstances, kind, node, overall, standing, with_members, with_other_end};
pub use talk::{Ask, Talk, Turn};
pub use transport::{BODY_LIMIT, Transport, TransportFailure};

pub use crate::wire::powerstore::{Method, Request, Response};
