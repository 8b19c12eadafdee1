//! Names for ids: asked for in batches, once each, and kept by whoever shows them.

use super::desk::{Desk, Purpose, read};
use super::event::{Effect, NamedThing};
use crate::array::powerstore::{self, NAMES_AT_ONCE};
use crate::array::source::SourceResource;
use crate::array::{Response, TransportFailure};
use crate::ordered::{OrderedSet, order};
use crate::wire::powerstore::{ImportSession, Named, RemoteSystem};

/// Which ids were asked for, and which are still to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Naming {
    /// The remote systems that are known, with their kind, which says what resource lists their volumes.
    remotes: Vec<(String, Option<String>)>,
    /// An unknown remote system was named: the list of them is to be read.
    remotes_wanted: bool,
    asked_remotes: OrderedSet<String>,
    asked_sources: OrderedSet<String>,
    asked_destinations: OrderedSet<String>,
    /// Sources with their remote system, until its kind is known.
    waiting: Vec<(String, String)>,
    queue: Vec<(NamedThing, &'static str, String)>,
    busy: bool,
}

impl Naming {
    /// Takes the ids in `sessions` down that were never asked for.
    pub(super) fn want(&mut self, sessions: &[ImportSession]) {
        let destination = |session: &ImportSession| session.destination_resource_id.clone();
        for (id, session) in never_asked(&mut self.asked_destinations, sessions, &destination) {
            let resource = if is_group(session) { "volume_group" } else { "volume" };
            self.queue.push((NamedThing::Destination, resource, id));
        }
        let remote = |session: &ImportSession| session.remote_system_id.clone();
        self.remotes_wanted |= !never_asked(&mut self.asked_remotes, sessions, &remote).is_empty();
        // Which resource lists a source is told by its remote system.
        let source = |session: &ImportSession| {
            let can_be_asked = session.remote_system_id.is_some() && !is_group(session);
            session.source_resource_id.clone().filter(|_| can_be_asked)
        };
        for (id, session) in never_asked(&mut self.asked_sources, sessions, &source) {
            self.waiting.push((session.remote_system_id.clone().unwrap_or_default(), id));
        }
        self.sort_sources();
    }

    /// Moves the sources whose remote system is known now into the queue.
    fn sort_sources(&mut self) {
        let remotes = &self.remotes;
        let queue = &mut self.queue;
        self.waiting.retain_mut(|(remote, id)| {
            let known = remotes.iter().find(|(other, _)| other == remote);
            if let Some(of) = known.and_then(|(_, kind)| SourceResource::of(kind.as_deref()?, false)) {
                queue.push((NamedThing::Source, of.name, std::mem::take(id)));
            }
            known.is_none()
        });
    }

    pub(super) fn stop(&mut self) {
        self.busy = false;
    }

    /// The next batch: of what, from which resource, which ids.
    fn next_batch(&mut self) -> Option<(NamedThing, &'static str, Vec<String>)> {
        let (thing, resource) = self.queue.first().map(|(thing, resource, _)| (*thing, *resource))?;
        let mut batch = Vec::new();
        self.queue.retain_mut(|(other, from, id)| {
            let take = batch.len() < NAMES_AT_ONCE && (*other, *from) == (thing, resource);
            if take {
                batch.push(std::mem::take(id));
            }
            !take
        });
        Some((thing, resource, batch))
    }
}

fn is_group(session: &ImportSession) -> bool {
    session.destination_resource_type.as_deref() == Some("volume_group")
}

/// The ids in `sessions` that are not among `asked`, each with the first session that has it, in the turn
/// of the sessions; from now on they are among `asked`. All at once, for there may be 100,000 of them.
fn never_asked<'a>(
    asked: &mut OrderedSet<String>,
    sessions: &'a [ImportSession],
    id: &dyn Fn(&ImportSession) -> Option<String>,
) -> Vec<(String, &'a ImportSession)> {
    let ids = sessions.iter().filter_map(|session| Some((id(session)?, session)));
    let mut wanted: Vec<(String, &ImportSession)> = ids.filter(|(id, _)| !asked.contains(id)).collect();
    let mut fresh = OrderedSet::new();
    let mut is_first = vec![false; wanted.len()];
    let word = |place: usize| wanted.get(place).map(|(id, _)| id);
    for place in order(wanted.len(), &|a, b| word(a).cmp(&word(b))) {
        if let (Some(id), Some(is_first)) = (word(place), is_first.get_mut(place)) {
            *is_first = fresh.insert(id.clone());
        }
    }
    asked.append(fresh);
    let mut is_first = is_first.into_iter();
    wanted.retain(|_| is_first.next() == Some(true));
    wanted
}

impl Desk {
    pub(super) fn ask_for_names(&mut self, now: i64) {
        if self.naming.busy {
            return;
        }
        if self.naming.remotes_wanted {
            self.naming.remotes_wanted = false;
            self.naming.busy = true;
            self.send(Purpose::Remotes, self.api.remote_systems(), now);
        } else if let Some((thing, resource, ids)) = self.naming.next_batch() {
            self.naming.busy = true;
            self.send(Purpose::Names(thing), self.api.names(resource, &ids), now);
        }
    }

    pub(super) fn remotes_answered(&mut self, result: &Result<Response, TransportFailure>) {
        self.naming.busy = false;
        if let Ok((answer, _)) = read(result, powerstore::rows::<RemoteSystem>) {
            let mut names = Vec::new();
            for remote in answer.rows {
                if let Some(name) = remote.name {
                    names.push((remote.id.clone(), name));
                }
                self.naming.remotes.retain(|(id, _)| *id != remote.id);
                self.naming.remotes.push((remote.id, remote.kind));
            }
            self.effects.push(Effect::Named { thing: NamedThing::RemoteSystem, names });
        }
        self.naming.sort_sources();
    }

    pub(super) fn names_answered(&mut self, thing: NamedThing, result: &Result<Response, TransportFailure>) {
        self.naming.busy = false;
        if let Ok((answer, _)) = read(result, powerstore::rows::<Named>) {
            let names = answer.rows.into_iter().filter_map(|row| Some((row.id, row.name?))).collect();
            self.effects.push(Effect::Named { thing, names });
        }
    }
}
