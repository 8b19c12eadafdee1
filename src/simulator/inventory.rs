//! What an array has beside imports: hosts, volume groups, NAS servers and their file systems, protection
//! policies and their rules.

use super::world::Named;

/// A host that uses the array.
#[derive(Clone, Debug)]
pub struct Host {
    pub id: String,
    pub name: String,
    pub os: &'static str,
    pub group: Option<String>,
}

/// Hosts that share their volumes.
#[derive(Clone, Debug)]
pub struct HostGroup {
    pub id: String,
    pub name: String,
}

/// Volumes that belong together; each of them names it.
#[derive(Clone, Debug)]
pub struct VolumeGroup {
    pub id: String,
    pub name: String,
    pub created: i64,
    pub protection_policy: Option<String>,
    /// An import fills it.
    pub is_importing: bool,
    /// Of a snapshot, the group that it was taken of.
    pub snapshot_of: Option<String>,
}

/// A server of files.
#[derive(Clone, Debug)]
pub struct NasServer {
    pub id: String,
    pub name: String,
    pub protection_policy: Option<String>,
}

/// A file system of a NAS server.
#[derive(Clone, Debug)]
pub struct FileSystem {
    pub id: String,
    pub name: String,
    pub nas_server: String,
    pub size: u64,
    pub created: i64,
}

/// A protection policy.
#[derive(Clone, Debug)]
pub struct Policy {
    pub id: String,
    pub name: String,
    pub snapshot_rules: Vec<String>,
    pub replication_rules: Vec<String>,
}

/// When snapshots are taken.
#[derive(Clone, Debug)]
pub struct SnapshotRule {
    pub id: String,
    pub name: String,
    /// Either this or a time of day is given.
    pub interval: Option<&'static str>,
    pub time_of_day: Option<&'static str>,
    /// Hours.
    pub retention: u32,
}

/// Where and how often is replicated.
#[derive(Clone, Debug)]
pub struct ReplicationRule {
    pub id: String,
    pub name: String,
    pub remote_system: String,
    pub rpo: &'static str,
}

macro_rules! named {
    ($($kind:ident)*) => {
        $(impl Named for $kind {
            fn name(&self) -> &str {
                &self.name
            }
        })*
    };
}

named!(Host HostGroup VolumeGroup NasServer FileSystem Policy SnapshotRule ReplicationRule);
