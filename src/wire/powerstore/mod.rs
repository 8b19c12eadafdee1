//! The JSON of the PowerStore REST API.
//!
//! Every field but `id` may be null, missing, or of a type that no paper knows: then it is `None`, and
//! the row lives on. Which fields may be asked for follows the array's release ([`fields`]).

pub mod error;
pub mod fields;
pub mod page;
pub mod query;
mod rows;

pub use error::{ErrorMessage, error_messages};
pub use page::{ContentRange, Row, Rows, read_row, read_rows};
pub use query::Query;
pub use rows::{
    Cluster, Fields, Host, ImportSession, ImportSource, Job, LoginSession, Named, Policy, RemoteSystem, SessionError,
    SnapshotSchedule, SoftwareInstalled, VolumeGroup,
};

use http::HeaderName;

/// The header that carries the anti-forgery token, both ways (Developers Guide, "Authentication").
pub static TOKEN_HEADER: HeaderName = HeaderName::from_static("dell-emc-token");
/// Every address of the API begins with this, after the array's own base.
pub const API_ROOT: &str = "api/rest/";
/// The most rows that one page may hold; the array cuts larger limits down to it.
pub const PAGE_LIMIT: u32 = 2000;
