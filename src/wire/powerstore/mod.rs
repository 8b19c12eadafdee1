//! The PowerStore REST API: its JSON, and the HTTP around it ([`message`]).
//!
//! Every field but `id` may be null, missing, or of a type that no paper knows: then it is `None`, and
//! the row lives on. Which fields may be asked for follows the array's release ([`fields`]).

pub mod error;
pub mod fields;
pub mod message;
pub mod page;
pub mod query;
mod resource;
mod rows;

pub use error::{ErrorMessage, error_messages};
pub use message::{Headers, Method, READ_HEADERS, Request, Response, TOKEN_HEADER};
pub use page::{ContentRange, Row, Rows, drop_nameless, has_id, read_object, read_objects};
pub use query::Query;
pub use resource::Resource;
pub use rows::{
    Cluster, Fields, Host, ImportSource, Job, LoginSession, Named, Policy, RemoteSystem, Session, Snapshot,
    SnapshotSchedule, SoftwareInstalled, VolumeGroup,
};

/// Every address of the API begins with this, after the array's own base.
pub const API_ROOT: &str = "api/rest/";
/// The most rows that one page may hold; the array cuts larger limits down to it.
pub const PAGE_LIMIT: u32 = 2000;
