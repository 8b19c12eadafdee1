//! The rows that the console reads.

mod catalog;
mod job;
mod session;
mod system;

use super::Row;
use crate::wire::json::Json;
use crate::wire::time;

pub use catalog::{Host, ImportSource, Named, Policy, RemoteSystem, Snapshot, SnapshotSchedule, VolumeGroup};
pub use job::Job;
pub use session::Session;
pub use system::{Cluster, LoginSession, SoftwareInstalled};

pub use crate::wire::json::Fields;

/// What a field may tell. One of an unexpected type counts as not told; the raw answer stays visible
/// elsewhere.
pub(super) trait Told: Sized {
    /// The value, if it is of the expected type.
    fn told(value: Json) -> Option<Self>;
}

impl Told for String {
    fn told(value: Json) -> Option<String> {
        match value {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Told for i64 {
    fn told(value: Json) -> Option<i64> {
        match value {
            Json::Number(number) => number,
            _ => None,
        }
    }
}

impl Told for bool {
    fn told(value: Json) -> Option<bool> {
        match value {
            Json::Flag(flag) => Some(flag),
            _ => None,
        }
    }
}

fn lenient<T: Told>(fields: &mut Fields, name: &str) -> Option<T> {
    T::told(fields.take(name))
}

/// An id that is missing or no text is empty, and its row is none: see [`super::Row`].
fn id(fields: &mut Fields, name: &str) -> String {
    lenient(fields, name).unwrap_or_default()
}

/// A timestamp, as milliseconds since 1970.
fn timestamp(fields: &mut Fields, name: &str) -> Option<i64> {
    time::parse(&lenient::<String>(fields, name)?)
}

macro_rules! rows_with_ids {
    ($($row:ty),*) => {
        $(impl Row for $row {
            const HAS_ID: bool = true;
        })*
    };
}

rows_with_ids!(Session, Job, RemoteSystem, Named, Host, Policy, VolumeGroup, ImportSource, Snapshot);
