//! Requests for what an import, a file import or a migration is made of.

use super::Request;
use super::powerstore::Api;
use super::source::SourceResource;
use crate::lifecycle::Release;
use crate::wire::powerstore::query::escape;
use crate::wire::powerstore::{PAGE_LIMIT, Query, Resource, Session};

/// How many snapshots are offered.
const SNAPSHOTS: u32 = 100;

/// The release that tells its clock, and that fails over to a chosen snapshot.
const CLOCK_SINCE: Release = Release([2, 0, 0, 0]);

impl Api {
    fn named_page(&self, resource: &str, more: &[&'static str], offset: u32) -> Request {
        let fields = ["id", "name"].into_iter().chain(more.iter().copied());
        self.get(resource, &Query::new().select(fields).order("id").page(PAGE_LIMIT, offset))
    }

    /// A page of the hosts.
    pub fn hosts(&self, offset: u32) -> Request {
        self.named_page("host", &["host_group_id", "os_type"], offset)
    }

    /// A page of the host groups.
    pub fn host_groups(&self, offset: u32) -> Request {
        self.named_page("host_group", &[], offset)
    }

    /// A page of the volume groups.
    pub fn volume_groups(&self, offset: u32) -> Request {
        self.named_page("volume_group", &["is_importing"], offset)
    }

    /// A page of the protection policies, with their replication rules unless the array refuses those.
    pub fn policies(&self, with_rules: bool, offset: u32) -> Request {
        let rules = with_rules.then_some("replication_rules(id,name)");
        let query = Query::new()
            .select(["id", "name"].into_iter().chain(rules))
            .equal("type", "Protection")
            .order("id")
            .page(PAGE_LIMIT, offset);
        self.get("policy", &query)
    }

    /// A page of the sources of a remote system; `None` when this release does not list them.
    pub fn sources(&self, of: &SourceResource, remote_system: &str, offset: u32) -> Option<Request> {
        let query = Query::new().select(of.fields()).equal(of.system_field, remote_system);
        let is_there = self.release.is_none_or(|release| release >= of.since);
        is_there.then(|| self.get(of.name, &query.order("id").page(PAGE_LIMIT, offset)))
    }

    /// A page of what a create of this collection chooses from: interfaces of this array for file imports,
    /// appliances for migrations.
    pub fn choices(&self, resource: Resource, offset: u32) -> Request {
        self.named_page(if resource == Resource::Migration { "appliance" } else { "file_interface" }, &[], offset)
    }

    /// A page of the volumes, or of the groups, that this array can move to another appliance.
    pub fn movable(&self, is_group: bool, offset: u32) -> Request {
        let (resource, more): (_, &[_]) =
            if is_group { ("volume_group", &["is_importing"]) } else { ("volume", &["size", "wwn", "appliance_id"]) };
        let fields = ["id", "name", "migration_session_id"].into_iter().chain(more.iter().copied());
        let query = Query::new().select(fields).equal("type", "Primary").order("id");
        self.get(resource, &query.page(PAGE_LIMIT, offset))
    }

    /// The newest snapshots of what a replication copies to, on this array; `None` where this release or this
    /// sort of resource has none to fail over to.
    pub fn snapshots(&self, session: &Session) -> Option<Request> {
        let kind = session.text("resource_type").filter(|kind| ["volume", "volume_group"].contains(kind))?;
        let query = Query::new()
            .select(["id", "name", "creation_timestamp"].into_iter())
            .equal("type", "Snapshot")
            .equal("protection_data-%3E%3Esource_id", session.source()?)
            .order("creation_timestamp.desc")
            .page(SNAPSHOTS, 0);
        let chooses = self.release.is_some_and(|release| release >= CLOCK_SINCE);
        chooses.then(|| self.get(kind, &query))
    }

    /// The snapshot schedules of a volume on a PS Group. A POST that changes nothing.
    pub fn snapshot_schedules(&self, source: &str) -> Request {
        let path = format!("import_psgroup_volume/{}/import_snapshot_schedules", escape(source));
        self.post(&path, &Query::new(), None)
    }

    /// The array's clock; `None` for releases that do not tell it.
    pub fn cluster(&self) -> Option<Request> {
        let tells = self.release.is_some_and(|release| release >= CLOCK_SINCE);
        tells.then(|| self.get("cluster", &Query::new().select(["id", "system_time"].into_iter())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Kind;

    #[test]
    fn sources_are_asked_for_in_the_words_of_their_array() {
        let mut api = Api::new(Kind::Powerstore, "/a/");
        let unity = SourceResource::of("Unity", false).unwrap();
        assert_eq!(
            api.sources(unity, "r 1", 2000).unwrap().address,
            "/a/api/rest/import_unity_volume?select=id,name,importable_criteria,import_unity_id,wwn,size,\
             import_unity_consistency_group_id&import_unity_id=eq.r%201&order=id&limit=2000&offset=2000"
        );
        api.release = Release::parse("2.1");
        assert!(api.sources(SourceResource::of("Universal", false).unwrap(), "r", 0).is_none());
    }

    #[test]
    fn an_old_release_is_not_asked_for_its_clock() {
        let mut api = Api::new(Kind::Powerstore, "/a/");
        assert!(api.cluster().is_none());
        api.release = Release::parse("1.0.4");
        assert!(api.cluster().is_none());
        api.release = Release::parse("2.0.0");
        assert_eq!(api.cluster().unwrap().address, "/a/api/rest/cluster?select=id,system_time");
    }
}
