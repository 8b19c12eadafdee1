//! What an import, a file import or a migration can be made of: lists of the array's that the creation form offers.
//!
//! They are read once when the form opens and again only when a person asks: nothing here moves while
//! somebody fills a form in, and a list that changed under the hand would be worse than one with an age.

use super::desk::{Desk, Purpose, read};
use crate::array::powerstore;
use crate::array::source::SourceResource;
use crate::array::{ArrayError, Request, Response, TransportFailure};
use crate::ordered::latest;
use crate::wire::powerstore::{
    Cluster, Fields, Host, ImportSource, Named, Policy, RemoteSystem, Resource, Row, Rows, SnapshotSchedule,
    VolumeGroup,
};

/// What the creation form wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browse {
    /// The collection that the form adds to.
    pub resource: Resource,
    /// The remote system whose sources are listed.
    pub remote_system: Option<String>,
}

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Other arrays.
    RemoteSystems,
    /// Hosts.
    Hosts,
    /// Groups of hosts.
    HostGroups,
    /// Protection policies.
    Policies,
    /// Volume groups of this array.
    VolumeGroups,
    /// The array's clock.
    Clock,
    /// Volumes of the chosen remote system.
    Volumes,
    /// Consistency groups of the chosen remote system.
    Groups,
    /// The snapshot schedules of one volume on a PS Group.
    Schedules,
    /// The interfaces for a file import, the appliances for a migration.
    Choices,
}

impl List {
    /// Those of a form that are the same for every source.
    const fn common(resource: Resource) -> &'static [List] {
        match resource {
            Resource::FileImport => &[List::RemoteSystems, List::Choices, List::Policies, List::Clock],
            Resource::Migration => &[List::Choices, List::Volumes, List::Groups, List::Clock],
            _ => &[List::RemoteSystems, List::Hosts, List::HostGroups, List::Policies, List::VolumeGroups, List::Clock],
        }
    }

    const SOURCES: [List; 2] = [List::Volumes, List::Groups];
    const ALL: [List; 10] = [
        List::RemoteSystems,
        List::Hosts,
        List::HostGroups,
        List::Policies,
        List::VolumeGroups,
        List::Clock,
        List::Volumes,
        List::Groups,
        List::Schedules,
        List::Choices,
    ];
}

/// How the reading of a list stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Nobody wants it, or this array has no such list.
    #[default]
    NotWanted,
    /// It is being read, or will be after the next login.
    Reading,
    /// It was read to its end at this time of the browser's clock, milliseconds since 1970.
    ReadAt(i64),
    /// It could not be read.
    Failed(ArrayError),
}

/// What an import can be made of, as far as it was read.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Other arrays; imports come from those that are no PowerStore.
    pub remote_systems: Vec<RemoteSystem>,
    /// Hosts.
    pub hosts: Vec<Host>,
    /// Groups of hosts.
    pub host_groups: Vec<Named>,
    /// Protection policies.
    pub policies: Vec<Policy>,
    /// Volume groups of this array.
    pub volume_groups: Vec<VolumeGroup>,
    /// Volumes of the chosen remote system, by id; of this array for a migration.
    pub volumes: Vec<ImportSource>,
    /// Groups of the same.
    pub groups: Vec<ImportSource>,
    /// See [`List::Choices`].
    pub choices: Vec<Named>,
    /// The snapshot schedules of [`Catalog::schedules_of`].
    pub schedules: Vec<SnapshotSchedule>,
    /// The volume that was last asked for its schedules.
    pub schedules_of: Option<String>,
    /// The array's clock less the browser's, milliseconds, good to a second.
    skew: Option<i64>,
    readings: [Reading; List::ALL.len()],
    /// To be sent as soon as somebody is logged in.
    due: Vec<List>,
    /// The array refused to tell the rules of its policies.
    without_rules: bool,
}

impl Catalog {
    /// How the reading of a list stands.
    pub fn reading(&self, list: List) -> &Reading {
        self.readings.get(list as usize).unwrap_or(&Reading::NotWanted)
    }

    fn set(&mut self, list: List, reading: Reading) {
        if let Some(held) = self.readings.get_mut(list as usize) {
            *held = reading;
        }
    }

    fn want(&mut self, lists: &[List]) {
        for list in lists {
            self.set(*list, Reading::Reading);
            if !self.due.contains(list) {
                self.due.push(*list);
            }
        }
    }

    fn forget(&mut self, lists: &[List]) {
        self.due.retain(|list| !lists.contains(list));
        for list in lists {
            self.set(*list, Reading::NotWanted);
        }
    }

    fn kind_of(&self, remote_system: &str) -> Option<&str> {
        self.remote_systems.iter().find(|remote| remote.id == remote_system)?.kind.as_deref()
    }
}

impl Desk {
    /// What an import can be made of; empty while no creation form is open.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The array's clock less the browser's, milliseconds: by the array's own word where it was asked,
    /// else by the header of its last answer, which is good to a second or two.
    pub fn skew(&self) -> Option<i64> {
        self.catalog.skew.or(self.health.clock_skew)
    }

    pub(super) fn browse(&mut self, browse: Option<Browse>) {
        if self.browse == browse {
            return;
        }
        let Some(wanted) = &browse else {
            self.abandon(&|purpose| matches!(purpose, Purpose::Catalog { .. }));
            self.catalog = Catalog::default();
            self.browse = None;
            return;
        };
        if self.browse.as_ref().is_none_or(|before| before.resource != wanted.resource) {
            self.catalog = Catalog::default();
            self.catalog.want(List::common(wanted.resource));
        }
        if wanted.resource == Resource::Import
            && self.browse.as_ref().and_then(|before| before.remote_system.as_ref()) != wanted.remote_system.as_ref()
        {
            self.abandon(&|purpose| {
                matches!(purpose, Purpose::Catalog { list: List::Volumes | List::Groups | List::Schedules, .. })
            });
            let catalog = &mut self.catalog;
            catalog.volumes.clear();
            catalog.groups.clear();
            catalog.schedules.clear();
            catalog.schedules_of = None;
            catalog.forget(&[List::Volumes, List::Groups, List::Schedules]);
            if wanted.remote_system.is_some() {
                catalog.want(&List::SOURCES);
            }
        }
        self.browse = browse;
    }

    /// Reads every list again.
    pub(super) fn browse_again(&mut self) {
        let Some(browse) = &self.browse else { return };
        let with_sources = browse.resource == Resource::Import && browse.remote_system.is_some();
        let common = List::common(browse.resource);
        self.abandon(&|purpose| matches!(purpose, Purpose::Catalog { .. }));
        self.catalog.forget(&[List::Schedules]);
        self.catalog.want(common);
        if with_sources {
            self.catalog.want(&List::SOURCES);
        }
    }

    /// Asks for the snapshot schedules of a volume: a POST, though it changes nothing, so it is sent when
    /// a person asks and never by itself.
    pub(super) fn ask_schedules(&mut self, source: String, now: i64) {
        if self.browse.is_none() || !self.ready {
            return;
        }
        self.abandon(&|purpose| matches!(purpose, Purpose::Catalog { list: List::Schedules, .. }));
        self.catalog.schedules.clear();
        self.catalog.set(List::Schedules, Reading::Reading);
        let request = self.api.snapshot_schedules(&source);
        self.catalog.schedules_of = Some(source);
        self.send(Purpose::Catalog { list: List::Schedules, offset: 0 }, request, now);
    }

    /// The login has ended: what was being read is read after the next one.
    pub(super) fn put_catalog_aside(&mut self) {
        for list in List::ALL {
            if *self.catalog.reading(list) == Reading::Reading {
                match list {
                    List::Schedules => self.catalog.set(list, Reading::Failed(ArrayError::LoginWanted)),
                    _ => self.catalog.want(&[list]),
                }
            }
        }
    }

    /// Sends what is due. Sources wait until the kind of their remote system is known.
    pub(super) fn read_catalog(&mut self, now: i64) {
        for list in std::mem::take(&mut self.catalog.due) {
            let waits = List::SOURCES.contains(&list) && *self.catalog.reading(List::RemoteSystems) == Reading::Reading;
            if waits {
                self.catalog.due.push(list);
            } else {
                self.read_catalog_page(list, 0, now);
            }
        }
    }

    fn read_catalog_page(&mut self, list: List, offset: u32, now: i64) {
        match self.catalog_request(list, offset) {
            Some(request) => self.send(Purpose::Catalog { list, offset }, request, now),
            None => self.catalog.set(list, Reading::NotWanted),
        }
    }

    /// `None` for a list that this array or this kind of remote system does not have.
    fn catalog_request(&self, list: List, offset: u32) -> Option<Request> {
        let browse = self.browse.as_ref()?;
        let remote = browse.remote_system.as_deref();
        let sources = |is_group: bool| {
            if browse.resource == Resource::Migration {
                return Some(self.api.movable(is_group, offset));
            }
            let resource = SourceResource::of(self.catalog.kind_of(remote?)?, is_group)?;
            self.api.sources(resource, remote?, offset)
        };
        match list {
            List::RemoteSystems => Some(self.api.remote_systems()),
            List::Hosts => Some(self.api.hosts(offset)),
            List::HostGroups => Some(self.api.host_groups(offset)),
            List::Policies => Some(self.api.policies(!self.catalog.without_rules, offset)),
            List::VolumeGroups => Some(self.api.volume_groups(offset)),
            List::Clock => self.api.cluster(),
            List::Volumes => sources(false),
            List::Groups => sources(true),
            List::Choices => Some(self.api.choices(browse.resource, offset)),
            List::Schedules => None,
        }
    }

    pub(super) fn catalog_answered(
        &mut self,
        (list, offset): (List, u32),
        sent_at: i64,
        result: &Result<Response, TransportFailure>,
        now: i64,
    ) {
        let catalog = &mut self.catalog;
        let page = page(list, offset, result).map(|(rows, next)| {
            match list {
                List::RemoteSystems => take(&mut catalog.remote_systems, offset, rows),
                List::Hosts => take(&mut catalog.hosts, offset, rows),
                List::HostGroups => take(&mut catalog.host_groups, offset, rows),
                List::Policies => take(&mut catalog.policies, offset, rows),
                List::VolumeGroups => take(&mut catalog.volume_groups, offset, rows),
                List::Volumes => take(&mut catalog.volumes, offset, rows),
                List::Groups => take(&mut catalog.groups, offset, rows),
                List::Schedules => take(&mut catalog.schedules, offset, rows),
                List::Choices => take(&mut catalog.choices, offset, rows),
                List::Clock => {
                    let cluster = rows.into_iter().next().map(Cluster::from);
                    if let Some(time) = cluster.and_then(|cluster| cluster.system_time) {
                        // It read its clock somewhere between the asking and the answer.
                        catalog.skew = Some(time - (sent_at + now) / 2);
                    }
                }
            }
            next
        });
        match page {
            Ok(Some(next)) => self.read_catalog_page(list, next, now),
            Ok(None) => {
                for sources in [&mut catalog.volumes, &mut catalog.groups] {
                    // A list that changes while it is read may name a source twice.
                    if offset > 0 {
                        *sources = latest(std::mem::take(sources), |source| &source.id);
                    }
                }
                catalog.set(list, Reading::ReadAt(now));
            }
            // The login's own end: it is read after the next one, and `leave` has seen to that.
            Err(ArrayError::LoginWanted) if list != List::Schedules => catalog.want(&[list]),
            Err(ArrayError::Refused { .. }) if list == List::Policies && !catalog.without_rules => {
                catalog.without_rules = true;
                self.read_catalog_page(list, 0, now);
            }
            Err(error) => catalog.set(list, Reading::Failed(error)),
        }
    }
}

/// The rows of a page of a list, and the offset of the next one.
fn page(
    list: List,
    offset: u32,
    result: &Result<Response, TransportFailure>,
) -> Result<(Vec<Fields>, Option<u32>), ArrayError> {
    // No schedules at all may come as no content.
    if list == List::Schedules && result.as_ref().is_ok_and(|response| response.status == 204) {
        return Ok((Vec::new(), None));
    }
    match read(result, powerstore::objects) {
        Ok((rows, range)) => Ok((rows, super::listing::next_page(offset, range, result)?)),
        // The list has become shorter while it was read.
        Err(ArrayError::Refused { status: 416, .. }) if offset > 0 => Ok((Vec::new(), None)),
        Err(error) => Err(error),
    }
}

/// Takes a page in; what is held stays until the first page of a new reading has come.
fn take<T: Row>(held: &mut Vec<T>, offset: u32, rows: Vec<Fields>) {
    if offset == 0 {
        held.clear();
    }
    held.extend(Rows::from(rows).rows);
}
