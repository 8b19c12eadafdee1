//! Which rows a resource has, and the refusal by name of what is not here.

use http::{HeaderMap, Method, Response, StatusCode};

use super::errors::{self, Problem};
use super::field::{Rows, Sheet, Table, View};
use super::file_interfaces::FileInterface;
use super::lookups::Single;
use super::sources::Sources;
use super::{
    file_imports, file_interfaces, imports, inventory, jobs, lookups, migrations, nas, query, replication, snapshots,
};
use crate::lifecycle::Kind as Work;
use crate::simulator::errand::Errand;
use crate::simulator::tree::Tree;
use crate::simulator::world::{Array, Named, addressed};
use crate::words::folded;

/// Parts of the API that a real array has and this one refuses.
const NOT_SIMULATED: [&str; 8] =
    ["alert", "event", "import_unity", "metrics", "node", "performance_rule", "replication_group", "security_config"];

/// Parts that can be read only.
const READ_ONLY: [&str; 18] = [
    "appliance",
    "cluster",
    "file_interface",
    "file_system",
    "host",
    "host_group",
    "job",
    "nas_server",
    "policy",
    "remote_system",
    "replication_rule",
    "replication_session",
    "snapshot_rule",
    "software_installed",
    "volume",
    "volume_group",
    "import_session",
    "migration_session",
];

/// A question about a resource.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The instance that is asked for; `None` for the collection.
    pub address: Option<&'a str>,
    pub parameters: &'a [(String, String)],
    pub headers: &'a HeaderMap,
}

impl Question<'_> {
    fn answer<'r, R: 'static>(
        &self,
        view: &View<'_>,
        table: &'r Table<R>,
        rows: &mut dyn Iterator<Item = &'r R>,
        row: &dyn Fn(&str) -> Option<&'r R>,
    ) -> Result<Response<Vec<u8>>, Problem> {
        let rows = match self.address {
            Some(address) => row(address).into_iter().collect(),
            None => rows.collect(),
        };
        self.answer_of(view, &Rows { table, rows })
    }

    fn answer_of(&self, view: &View<'_>, sheet: &dyn Sheet) -> Result<Response<Vec<u8>>, Problem> {
        match self.address {
            Some(address) => query::instance(sheet, address, view, self.parameters),
            None => query::collection(sheet, view, self.parameters, self.headers),
        }
    }

    fn of<'r, R: Named + 'static>(
        &self,
        view: &View<'_>,
        table: &'r Table<R>,
        rows: &'r Tree<String, R>,
    ) -> Result<Response<Vec<u8>>, Problem> {
        self.with(view, table, rows, &[], |_| "")
    }

    /// The same with rows that are not kept: `id` tells theirs.
    fn with<'r, R: Named + 'static>(
        &self,
        view: &View<'_>,
        table: &'r Table<R>,
        rows: &'r Tree<String, R>,
        more: &'r [R],
        id: fn(&R) -> &str,
    ) -> Result<Response<Vec<u8>>, Problem> {
        self.answer(view, table, &mut rows.values().chain(more), &|address| {
            let other =
                || more.iter().find(|row| id(row) == address || address.strip_prefix("name:") == Some(row.name()));
            addressed(rows, address).or_else(other)
        })
    }
}

/// Answers a question about the resource of this name.
pub fn read(array: &Array, now: i64, resource: &str, question: &Question<'_>) -> Result<Response<Vec<u8>>, Problem> {
    let view = &View { array, now };
    match resource {
        "import_session" => question.answer(view, &imports::TABLE, &mut array.sessions.values(), &|address| {
            array.session_id(address).and_then(|id| array.sessions.get(&id))
        }),
        "file_import_session" if array.release >= file_imports::SINCE => {
            errands(array, Work::FileImport, &file_imports::TABLE, view, question)
        }
        "migration_session" => errands(array, Work::Migration, &migrations::TABLE, view, question),
        "appliance" => {
            question.answer(view, &migrations::APPLIANCE, &mut migrations::ALL_APPLIANCES.iter(), &|address| {
                migrations::ALL_APPLIANCES.iter().find(|appliance| appliance.id() == address)
            })
        }
        "file_interface" => {
            question.answer(view, &file_interfaces::TABLE, &mut file_interfaces::ALL.iter(), &FileInterface::addressed)
        }
        "job" => {
            question.answer(view, &jobs::TABLE, &mut array.jobs.all.values(), &|address| array.jobs.all.get(address))
        }
        "replication_session" => {
            question.answer(view, &replication::TABLE, &mut array.replications.values(), &|address| {
                array.replications.get(address)
            })
        }
        "remote_system" => question.of(view, &lookups::REMOTE_SYSTEM, &array.remote_systems),
        "volume" => {
            let snapshots = snapshots::of_volumes(array);
            question.with(view, &lookups::VOLUME, &array.volumes, &snapshots, |volume| &volume.id)
        }
        "volume_group" => {
            let snapshots = snapshots::of_groups(array);
            question.with(view, &inventory::VOLUME_GROUP, &array.volume_groups, &snapshots, |group| &group.id)
        }
        "nas_server" => question.of(view, &nas::NAS_SERVER, &array.nas_servers),
        "file_system" => question.of(view, &nas::FILE_SYSTEM, &array.file_systems),
        "host" => question.of(view, &inventory::HOST, &array.hosts),
        "host_group" => question.of(view, &inventory::HOST_GROUP, &array.host_groups),
        "policy" => question.of(view, &inventory::POLICY, &array.policies),
        "snapshot_rule" => question.of(view, &inventory::SNAPSHOT_RULE, &array.snapshot_rules),
        "replication_rule" => question.of(view, &inventory::REPLICATION_RULE, &array.replication_rules),
        "cluster" => question.answer(view, &lookups::CLUSTER, &mut std::iter::once(&Single), &|address| {
            (address == "0").then_some(&Single)
        }),
        "software_installed" => question.answer(view, &lookups::SOFTWARE, &mut std::iter::once(&Single), &|address| {
            (address == array.seed.named("software").uuid()).then_some(&Single)
        }),
        _ => match Sources::named(resource, array.release) {
            Some(sources) => {
                let mut rows = array.sources.values().filter(|source| sources.holds(source));
                question.answer(view, &sources.table, &mut rows, &|address| {
                    addressed_source(array, sources, address).and_then(|id| array.sources.get(&id))
                })
            }
            None => Err(refused_by_name(array, &Method::GET, resource)),
        },
    }
}

fn errands(
    array: &Array,
    work: Work,
    table: &'static Table<Errand>,
    view: &View<'_>,
    question: &Question<'_>,
) -> Result<Response<Vec<u8>>, Problem> {
    let mut rows = array.errands.all.values().filter(|errand| errand.work() == work);
    question.answer(view, table, &mut rows, &|address| {
        array.errand_id(work, address).and_then(|id| array.errands.all.get(&id))
    })
}

/// The source of a resource with this id, or with this name after `name:`.
pub fn addressed_source(array: &Array, sources: &Sources, address: &str) -> Option<String> {
    let mut held = array.sources.values().filter(|source| sources.holds(source));
    let found = match address.strip_prefix("name:") {
        Some(name) => {
            let name = folded(name);
            held.find(|source| folded(&source.name) == name)
        }
        None => array.sources.get(address).filter(|source| sources.holds(source)),
    };
    found.map(|source| source.id.clone())
}

/// The refusal of what this simulation does not have.
pub fn refused_by_name(array: &Array, method: &Method, resource: &str) -> Problem {
    let known = (resource == "file_import_session" && array.release >= file_imports::SINCE)
        || NOT_SIMULATED.contains(&resource)
        || READ_ONLY.contains(&resource)
        || Sources::named(resource, array.release).is_some();
    if known {
        return Problem::new(
            StatusCode::NOT_IMPLEMENTED,
            errors::NOT_SIMULATED,
            format!("{method} of {resource} is not simulated."),
        );
    }
    Problem::new(StatusCode::NOT_FOUND, errors::NOT_A_REQUEST, format!("There is no resource {resource} in this API."))
}
