//! Who is logged in, and at what software.

use serde::Deserialize;

use super::{Fields, lenient, timestamp};
use crate::wire::powerstore::Row;

/// `login_session`: who is logged in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct LoginSession {
    /// Its id.
    pub id: Option<String>,
    /// The user, fully qualified.
    pub user: Option<String>,
    /// Seconds until an idle login ends.
    pub idle_timeout: Option<i64>,
    /// True when the array wants a new password first.
    pub is_password_change_required: Option<bool>,
}

impl From<Fields> for LoginSession {
    fn from(mut fields: Fields) -> LoginSession {
        let of = &mut fields;
        LoginSession {
            id: lenient(of, "id"),
            user: lenient(of, "user"),
            idle_timeout: lenient(of, "idle_timeout"),
            is_password_change_required: lenient(of, "is_password_change_required"),
        }
    }
}

/// `software_installed`: the release of the cluster or of an appliance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct SoftwareInstalled {
    /// True for the row that speaks for the whole cluster.
    pub is_cluster: Option<bool>,
    /// Such as `4.1.0.0`.
    pub release_version: Option<String>,
}

impl From<Fields> for SoftwareInstalled {
    fn from(mut fields: Fields) -> SoftwareInstalled {
        let of = &mut fields;
        SoftwareInstalled { is_cluster: lenient(of, "is_cluster"), release_version: lenient(of, "release_version") }
    }
}

/// There is one login to a request: it needs no id.
impl Row for LoginSession {
    const HAS_ID: bool = false;
}

/// Told apart by what they say, not by an id.
impl Row for SoftwareInstalled {
    const HAS_ID: bool = false;
}

/// `cluster`: the array as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Fields")]
pub struct Cluster {
    /// Its clock when it answered, milliseconds since 1970; since 2.0.
    pub system_time: Option<i64>,
}

impl From<Fields> for Cluster {
    fn from(mut fields: Fields) -> Cluster {
        Cluster { system_time: timestamp(&mut fields, "system_time") }
    }
}

/// There is one cluster to an array.
impl Row for Cluster {
    const HAS_ID: bool = false;
}
