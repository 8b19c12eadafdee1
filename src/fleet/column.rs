//! The columns of the list: which are shown, and by which it is ordered.

use crate::wire::powerstore::Resource;

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The session's name.
    Name,
    /// The kind of work.
    Work,
    /// The array.
    Array,
    /// Which end of a replication it is.
    Role,
    /// The array that holds the source.
    RemoteSystem,
    /// What a job works on.
    Resource,
    /// What is imported.
    Source,
    /// What it becomes.
    Destination,
    /// How it is imported.
    Kind,
    /// The consistency group that it belongs to.
    Group,
    /// Where it stands.
    State,
    /// How much is copied; of a protection job its outcome so far.
    Progress,
    /// How much a protection job has transferred.
    Bytes,
    /// How fast it copies.
    Rate,
    /// How long the copy still takes; ordered by its estimated end.
    TimeLeft,
    /// When it shall start.
    Scheduled,
    /// When the array last changed it.
    Updated,
    /// How long a job took, or has taken so far.
    Duration,
    /// Who asked for a job.
    User,
    /// What a protection job follows.
    Policy,
    /// How far the copy of an asynchronous replication is behind; ordered by its last synchronization.
    Lag,
    /// Whether the cutover is automatic.
    Cutover,
    /// What went wrong.
    Error,
}

impl Column {
    /// Every column, in the order in which they are shown.
    pub const ALL: [Column; 23] = [
        Column::Name,
        Column::Work,
        Column::Array,
        Column::Role,
        Column::RemoteSystem,
        Column::Resource,
        Column::Source,
        Column::Destination,
        Column::Kind,
        Column::Group,
        Column::State,
        Column::Progress,
        Column::Bytes,
        Column::Rate,
        Column::TimeLeft,
        Column::Scheduled,
        Column::Updated,
        Column::Duration,
        Column::User,
        Column::Policy,
        Column::Lag,
        Column::Cutover,
        Column::Error,
    ];

    /// Its heading.
    pub const fn label(self) -> &'static str {
        match self {
            Column::Name => "Name",
            Column::Work => "Work",
            Column::Array => "Array",
            Column::Role => "Role",
            Column::RemoteSystem => "Remote system",
            Column::Resource => "Resource",
            Column::Source => "Source",
            Column::Destination => "Destination",
            Column::Kind => "Type",
            Column::Group => "Group",
            Column::State => "State",
            Column::Progress => "Progress",
            Column::Bytes => "Transferred",
            Column::Rate => "Rate",
            Column::TimeLeft => "Time left",
            Column::Scheduled => "Scheduled",
            Column::Updated => "Last update",
            Column::Duration => "Duration",
            Column::User => "Submitted by",
            Column::Policy => "Policy",
            Column::Lag => "Lag",
            Column::Cutover => "Cutover",
            Column::Error => "Error",
        }
    }

    /// Its heading over a list of `resource`: collections tell different things in the same place.
    pub const fn heading(self, resource: Option<Resource>) -> &'static str {
        match (self, resource) {
            (Column::Scheduled, Some(Resource::Replication)) => "Next sync",
            (Column::Updated, Some(Resource::Replication | Resource::Migration)) => "Last sync",
            (Column::Updated, Some(Resource::Job | Resource::ProtectionJob)) => "Began",
            (Column::Source, Some(Resource::Migration | Resource::ProtectionJob)) => "From",
            (Column::Destination, Some(Resource::Migration | Resource::ProtectionJob)) => "To",
            (Column::Progress, Some(Resource::ProtectionJob)) => "Outcome",
            (Column::Resource, Some(Resource::ProtectionJob)) => "Dataset",
            (Column::Name, Some(Resource::Replication)) => "Resource",
            (Column::Kind, Some(Resource::Job)) => "Action",
            _ => self.label(),
        }
    }

    /// Its name in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::Work => "work",
            Column::Array => "array",
            Column::Role => "role",
            Column::RemoteSystem => "remote",
            Column::Resource => "resource",
            Column::Source => "source",
            Column::Destination => "destination",
            Column::Kind => "type",
            Column::Group => "group",
            Column::State => "state",
            Column::Progress => "progress",
            Column::Bytes => "bytes",
            Column::Rate => "rate",
            Column::TimeLeft => "left",
            Column::Scheduled => "scheduled",
            Column::Updated => "updated",
            Column::Duration => "duration",
            Column::User => "user",
            Column::Policy => "policy",
            Column::Lag => "lag",
            Column::Cutover => "cutover",
            Column::Error => "error",
        }
    }

    /// The column that addresses call `key`.
    pub fn with_key(key: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.key() == key)
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Which columns are shown. The name always is: it leads to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns(u32);

impl Default for Columns {
    fn default() -> Columns {
        Columns::usual(Some(Resource::Import))
    }
}

impl FromIterator<Column> for Columns {
    fn from_iter<I: IntoIterator<Item = Column>>(columns: I) -> Columns {
        Columns(columns.into_iter().fold(Column::Name.bit(), |all, column| all | column.bit()))
    }
}

impl Columns {
    /// Those that a list of `resource` shows unless others are chosen; `None`: a list of all work.
    pub fn usual(resource: Option<Resource>) -> Columns {
        use Column::{Array, Destination, Error, Kind, Lag, Progress, Rate, RemoteSystem, Role, Scheduled, Source};
        use Column::{Bytes, Duration, Policy, Resource as Of, State, TimeLeft, Updated, User, Work};
        let columns: &[Column] = match resource {
            None => &[Work, Array, RemoteSystem, Kind, State, Progress, TimeLeft, Updated],
            Some(Resource::Import) => {
                &[Array, Source, Destination, Kind, State, Progress, Rate, TimeLeft, Scheduled, Updated]
            }
            Some(Resource::Replication) => &[Array, Role, RemoteSystem, Kind, State, Progress, Scheduled, Updated, Lag],
            Some(Resource::FileImport) => &[Array, RemoteSystem, Source, State, Progress, TimeLeft, Scheduled, Updated],
            Some(Resource::Migration) => &[Array, Source, Destination, Kind, State, Progress, Rate, TimeLeft, Updated],
            Some(Resource::Job) => &[Work, Array, Of, Kind, State, Progress, Bytes, Updated, Duration, User, Error],
            Some(Resource::ProtectionJob) => {
                &[Array, Of, Kind, State, Progress, Bytes, Updated, Duration, User, Policy, Source, Destination]
            }
        };
        columns.iter().copied().collect()
    }

    /// True when `column` is shown.
    pub const fn has(self, column: Column) -> bool {
        self.0 & column.bit() != 0
    }

    /// With `column` shown if it is not, and without it if it is.
    #[must_use]
    pub const fn toggled(self, column: Column) -> Columns {
        Columns((self.0 ^ column.bit()) | Column::Name.bit())
    }

    /// Those that are shown, from left to right.
    pub fn shown(self) -> impl Iterator<Item = Column> {
        Column::ALL.into_iter().filter(move |column| self.has(*column))
    }
}

/// The order of the rows: by name at first, which stays put while rows change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By which column.
    pub column: Column,
    /// True when the greatest comes first. Rows without a value are last either way.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Sort {
        Sort { column: Column::Name, descending: false }
    }
}

impl Sort {
    /// How a list of `resource` is ordered unless asked otherwise: jobs with the newest first.
    pub fn usual(resource: Option<Resource>) -> Sort {
        match resource {
            Some(Resource::Job | Resource::ProtectionJob) => Sort { column: Column::Updated, descending: true },
            _ => Sort::default(),
        }
    }

    /// What a click on a column's heading makes of it: the same column turns around.
    #[must_use]
    pub fn clicked(self, column: Column) -> Sort {
        Sort { column, descending: self.column == column && !self.descending }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_found_by_its_key_and_turns_around_when_clicked() {
        for column in Column::ALL {
            assert_eq!(Column::with_key(column.key()), Some(column));
            let once = Sort { column: Column::Updated, descending: true }.clicked(column);
            assert!(!once.descending);
            assert!(once.clicked(column).descending);
        }
    }

    #[test]
    fn every_column_but_the_name_can_be_taken_away_and_put_back() {
        for column in Column::ALL {
            let other = Columns::default().toggled(column);
            let wanted = column == Column::Name || !Columns::default().has(column);
            assert_eq!(other.has(column), wanted);
            let others = |columns: Columns| columns.shown().filter(|shown| *shown != column).collect::<Vec<_>>();
            assert_eq!(others(other), others(Columns::default()));
            assert_eq!(other.toggled(column), Columns::default());
        }
    }
}
