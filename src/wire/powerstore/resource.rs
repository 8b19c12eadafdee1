//! The collections of long-running work that an array keeps: five of a PowerStore, one of a NetApp DFM.

use crate::lifecycle::Release;

/// A collection of sessions or jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Imports of volumes and consistency groups.
    #[default]
    Import,
    /// Replications to another array.
    Replication,
    /// Imports of file systems and NAS servers; since 3.0.
    FileImport,
    /// Moves between the appliances of one cluster.
    Migration,
    /// What the array does because somebody asked for it.
    Job,
    /// Backups, mirrors and restores of a NetApp DFM.
    ProtectionJob,
}

impl Resource {
    /// Every collection, in order.
    pub const ALL: [Resource; 6] = [
        Resource::Import,
        Resource::Replication,
        Resource::FileImport,
        Resource::Migration,
        Resource::Job,
        Resource::ProtectionJob,
    ];

    /// Those that a PowerStore has, in order.
    pub const OF_POWERSTORE: [Resource; 5] =
        [Resource::Import, Resource::Replication, Resource::FileImport, Resource::Migration, Resource::Job];

    /// Its name in addresses of the API, and as the type of what a job works on.
    pub const fn name(self) -> &'static str {
        match self {
            Resource::Import => "import_session",
            Resource::Replication => "replication_session",
            Resource::FileImport => "file_import_session",
            Resource::Migration => "migration_session",
            Resource::Job => "job",
            Resource::ProtectionJob => "dp-job",
        }
    }

    /// The first release that has it.
    pub const fn since(self) -> Release {
        match self {
            Resource::FileImport => Release([3, 0, 0, 0]),
            _ => Release::OLDEST,
        }
    }

    /// What a session calls the session that it is a part of; empty where none is.
    pub const fn parent(self) -> &'static str {
        match self {
            Resource::Import => "parent_session_id",
            Resource::Replication => "parent_replication_session_id",
            Resource::Job => "parent_id",
            Resource::FileImport | Resource::Migration | Resource::ProtectionJob => "",
        }
    }

    /// Its word in addresses of the console.
    pub const fn word(self) -> &'static str {
        match self {
            Resource::Import => "imports",
            Resource::Replication => "replications",
            Resource::FileImport => "file-imports",
            Resource::Migration => "migrations",
            Resource::Job => "jobs",
            Resource::ProtectionJob => "protection-jobs",
        }
    }

    /// What it holds, for people, in the plural.
    pub const fn label(self) -> &'static str {
        match self {
            Resource::Import => "Imports",
            Resource::Replication => "Replications",
            Resource::FileImport => "File imports",
            Resource::Migration => "Migrations",
            Resource::Job => "Jobs",
            Resource::ProtectionJob => "Protection jobs",
        }
    }

    /// True when a list of this collection shows sessions of `other`: jobs are jobs, whosoever they are.
    pub fn shows(self, other: Resource) -> bool {
        self == other || self == Resource::Job && other == Resource::ProtectionJob
    }

    /// The collection that addresses of the console call `word`.
    pub fn with_word(word: &str) -> Option<Resource> {
        Resource::ALL.into_iter().find(|resource| resource.word() == word)
    }

    /// The collection of this name.
    pub fn named(name: &str) -> Option<Resource> {
        Resource::ALL.into_iter().find(|resource| resource.name() == name)
    }
}
