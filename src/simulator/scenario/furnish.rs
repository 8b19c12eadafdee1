//! Puts the named things of a story into a fleet at its first moment.

use super::model::{Setup, Thing};
use super::words::Reason;
use crate::simulator::file_import::NasSource;
use crate::simulator::fleet::Fleet;
use crate::simulator::inventory::Host;
use crate::simulator::replication;
use crate::simulator::source::{Family, Readiness, Source};
use crate::simulator::world::Array;

/// Operating systems of hosts, as the API names them.
const SYSTEMS: [&str; 6] = ["Windows", "Linux", "ESXi", "AIX", "HP-UX", "Solaris"];

/// Adds one thing.
///
/// # Errors
/// What it points to is not there.
pub fn furnish(fleet: &mut Fleet, setup: &Setup) -> Result<(), Reason> {
    let start = fleet.options().start;
    if setup.thing == Thing::Dataset {
        return fleet.dfm.server.add_named(&setup.name, setup.size, &setup.detail, start);
    }
    let array = fleet.arrays.get_mut(&setup.array).ok_or_else(|| format!("there is no array {}.", setup.array))?;
    match setup.thing {
        Thing::Source => source(array, setup),
        Thing::NasSource => nas_source(array, setup),
        Thing::Host => {
            let os = SYSTEMS.into_iter().find(|os| *os == setup.detail);
            let os = os.ok_or_else(|| format!("\"{}\" is none of {}.", setup.detail, SYSTEMS.join(", ")))?;
            let id = array.seed.named("named host").named(&setup.name).uuid();
            array.hosts.insert(id.clone(), Host { id, name: setup.name.clone(), os, group: None });
            Ok(())
        }
        Thing::Replication | Thing::Metro => {
            let rpo = (setup.thing == Thing::Replication).then_some(setup.detail.as_str());
            let (world, arrays) = (&mut fleet.replications, &mut fleet.arrays);
            replication::add_volume(world, arrays, &setup.array, (&setup.name, setup.size), rpo, start);
            fleet.happen_until(start);
            fleet.settle(start);
            Ok(())
        }
        Thing::Dataset => Ok(()),
    }
}

/// The remote system that a setup names, and its make.
fn system(array: &Array, setup: &Setup) -> Result<(String, Family), Reason> {
    let mut systems = array.remote_systems.values();
    let found = systems.find_map(|remote| (remote.name == setup.detail).then(|| (remote.id.clone(), remote.family)));
    match found {
        Some((id, Some(family))) => Ok((id, family)),
        _ => {
            let there = array.remote_systems.values().filter(|remote| remote.family.is_some());
            let there: Vec<&str> = there.map(|remote| remote.name.as_str()).collect();
            Err(format!("{} has no source system \"{}\"; there are {}.", array.id, setup.detail, there.join(", ")))
        }
    }
}

fn source(array: &mut Array, setup: &Setup) -> Result<(), Reason> {
    let (remote_system, family) = system(array, setup)?;
    let facts = family.facts();
    let mut chances = array.seed.named("named source").named(&setup.name);
    let id = format!("{}_{}", facts.prefix, chances.within(50_000, 99_999));
    let source = Source {
        id: id.clone(),
        name: setup.name.clone(),
        wwn: crate::simulator::names::wwn(&mut chances),
        family,
        remote_system,
        size: setup.size / 8192 * 8192,
        readiness: if facts.agentless_only { Readiness::AgentlessOnly } else { Readiness::Ready },
        group: None,
        members: None,
        schedules: &[],
        session: None,
        imported: false,
        left_behind: false,
    };
    array.sources.insert(id, source);
    Ok(())
}

fn nas_source(array: &mut Array, setup: &Setup) -> Result<(), Reason> {
    let (remote_system, family) = system(array, setup)?;
    if !matches!(family, Family::Unity | Family::Vnx) {
        return Err(format!("{} has no NAS servers to import.", setup.detail));
    }
    let id = format!("nas_{}", setup.name);
    let source = NasSource {
        id: id.clone(),
        name: setup.name.clone(),
        remote_system,
        size: setup.size,
        file_systems: vec!["fs01".to_owned(), "fs02".to_owned()],
        session: None,
        imported: false,
        left_behind: false,
    };
    array.errands.nas_sources.insert(id, source);
    Ok(())
}
