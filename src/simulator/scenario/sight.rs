//! Finds sessions by their names, and says how they stand: as it is, and not as an array may show it.

use super::model::{Of, Show, State};
use super::vocabulary::{GONE, TEST};
use crate::lifecycle::protection_job::PROTECTION_JOB;
use crate::lifecycle::protection_progress::PROTECTION_PROGRESS;
use crate::lifecycle::{Kind as Work, Lifecycle, Trigger};
use crate::simulator::dfm::Job;
use crate::simulator::fleet::Fleet;
use crate::simulator::replication::{Replication, Side};
use crate::simulator::world::Passage;
use crate::wire::powerstore::Resource;
use crate::wire::powerstore::query::escape;
use crate::words::folded;

/// The replication of this name, and its end on the array: the one that lives, the newest.
pub fn replication<'a>(fleet: &'a Fleet, of: &Of) -> Option<(&'a Replication, Side)> {
    let sessions = fleet.replications.sessions.values().filter(|session| session.name.eq_ignore_ascii_case(&of.name));
    let ends = sessions.filter_map(|session| Some((session, session.side_on(&of.array)?)));
    ends.max_by_key(|(session, side)| (session.end(*side).node.is_some(), session.parent.is_none(), session.number))
}

/// The data-protection jobs of this dataset and type, the newest last.
pub fn jobs<'a>(fleet: &'a Fleet, of: &Of) -> impl Iterator<Item = &'a Job> {
    let server = &fleet.dfm.server;
    let dataset = server.dataset_named(&of.name).ok();
    let kind = of.job.clone().unwrap_or_default();
    server.jobs.values().filter(move |job| Some(job.dataset) == dataset && job.kind.word() == kind)
}

fn work(resource: Resource) -> Work {
    if resource == Resource::FileImport { Work::FileImport } else { Work::Migration }
}

/// The id of a session that is there.
pub fn id(fleet: &Fleet, of: &Of) -> Option<String> {
    let array = fleet.arrays.get(&of.array);
    match of.resource {
        Resource::Import => array?.session_names.get(&folded(&of.name)).cloned(),
        Resource::FileImport | Resource::Migration => array?.errand_id(work(of.resource), &format!("name:{}", of.name)),
        Resource::Replication => {
            let (session, side) = replication(fleet, of)?;
            session.end(side).node.map(|_| session.id.clone())
        }
        Resource::ProtectionJob => jobs(fleet, of).last().map(|job| job.id.to_string()),
        Resource::Job => None,
    }
}

/// The words for how a session stands, its state first.
pub fn words(fleet: &Fleet, of: &Of) -> Vec<String> {
    told(fleet, of).unwrap_or_else(|| vec![GONE.to_owned()])
}

fn told(fleet: &Fleet, of: &Of) -> Option<Vec<String>> {
    let array = fleet.arrays.get(&of.array);
    match of.resource {
        Resource::Import => {
            let session = array?.sessions.get(&id(fleet, of)?)?;
            Some(vec![session.table().node(session.node)?.name.to_owned()])
        }
        Resource::FileImport | Resource::Migration => {
            let errand = array?.errands.all.get(&id(fleet, of)?)?;
            Some(vec![errand.node_name().to_owned()])
        }
        Resource::Replication => {
            let (session, side) = replication(fleet, of)?;
            let end = session.end(side);
            end.node?;
            let test = end.test.then_some(TEST);
            let shown = [session.name_of(side), session.role(side), end.local.word()].into_iter().chain(test);
            Some(shown.map(str::to_owned).collect())
        }
        Resource::ProtectionJob => {
            let job = jobs(fleet, of).last()?;
            let state = PROTECTION_JOB.node(job.state())?.name;
            let progress = PROTECTION_PROGRESS.node(job.progress())?.name;
            Some(vec![format!("{state}/{progress}"), state.to_owned(), progress.to_owned()])
        }
        Resource::Job => None,
    }
}

/// True when a session stands as it is to.
pub fn holds(fleet: &Fleet, state: &State) -> bool {
    let words = words(fleet, &state.of);
    state.words.iter().any(|wanted| words.contains(wanted)) == state.is
}

/// How it stands: in the word that was asked for, if that is true of it.
pub fn stands(fleet: &Fleet, state: &State) -> String {
    let words = words(fleet, &state.of);
    match state.words.iter().find(|wanted| words.contains(wanted)) {
        Some(word) => word.clone(),
        // The first is its state. What else it shows is told where that was asked for.
        None if words.iter().any(|word| word == TEST) || state.of.resource == Resource::Replication => words.join(", "),
        None => words.first().cloned().unwrap_or_default(),
    }
}

/// How often a trigger of this name has moved a session since then.
pub fn times(fleet: &Fleet, of: &Of, name: &str, since: i64) -> usize {
    let array = fleet.arrays.get(&of.array);
    let counted = |table: &Lifecycle, passages: &[Passage]| {
        let is_it = |passage: &&Passage| {
            let named = match passage.trigger {
                Trigger::Action(action) => table.action(action).map(|action| action.name),
                Trigger::Event(event) => table.event(event).map(|event| event.name),
            };
            passage.at >= since && named == Some(name)
        };
        passages.iter().filter(is_it).count()
    };
    match of.resource {
        Resource::Import => array.map_or(0, |array| {
            let named = |deleted: &&crate::simulator::world::Deleted| deleted.name.eq_ignore_ascii_case(&of.name);
            let deleted = array.deleted.values().filter(named);
            let living = id(fleet, of).and_then(|id| array.sessions.get(&id));
            let living = living.map_or(0, |session| counted(session.table(), &session.history));
            living + deleted.map(|deleted| counted(deleted.work.lifecycle(), &deleted.history)).sum::<usize>()
        }),
        Resource::FileImport | Resource::Migration => array.map_or(0, |array| {
            let table = work(of.resource).lifecycle();
            let living = id(fleet, of).and_then(|id| array.errands.all.get(&id));
            let deleted = array.errands.deleted.values().filter(|deleted| deleted.name == of.name);
            living.map_or(0, |errand| counted(table, &errand.history))
                + deleted.map(|deleted| counted(table, &deleted.history)).sum::<usize>()
        }),
        Resource::Replication => replication(fleet, of).map_or(0, |(session, side)| {
            counted(session.work.lifecycle(), fleet.replications.history(&session.id, side))
        }),
        Resource::ProtectionJob => match name {
            "abort" => jobs(fleet, of).filter(|job| job.abort_requested.is_some_and(|at| at >= since)).count(),
            _ => jobs(fleet, of).filter(|job| job.submitted_by.is_some() && job.stored >= since).count(),
        },
        Resource::Job => 0,
    }
}

/// The console's address of a page; of a session that is not there, that of its list.
pub fn address(fleet: &Fleet, show: &Show) -> String {
    let (array, resource, session) = match show {
        Show::Array(array) => return format!("/arrays/{array}"),
        Show::List(array, resource) => (array, resource, None),
        Show::Session(of) => (&of.array, &of.resource, id(fleet, of)),
    };
    let list = format!("/arrays/{array}/{}", resource.word());
    session.map_or_else(|| list.clone(), |id| format!("{list}/{}", escape(&id)))
}
