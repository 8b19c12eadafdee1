//! Names for ids: asked for in batches, once each, and kept by whoever shows them.

use std::collections::{BTreeMap, BTreeSet};

use super::desk::{Desk, Purpose, read};
use super::event::{Effect, NamedThing};
use crate::array::powerstore::{self, NAMES_AT_ONCE, source_resource};
use crate::array::{Response, TransportFailure};
use crate::wire::powerstore::{ImportSession, Named, RemoteSystem};

/// Which ids were asked for, and which are still to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Naming {
    /// Kinds of the remote systems that are known, by id. The kind says which resource lists a source.
    kinds: BTreeMap<String, Option<String>>,
    /// Remote systems that are not known yet.
    unknown_remotes: BTreeSet<String>,
    asked: BTreeSet<(NamedThing, String)>,
    /// Sources that wait until the kind of their remote system is known, by remote system.
    waiting: BTreeMap<String, BTreeSet<String>>,
    queue: BTreeMap<(NamedThing, &'static str), BTreeSet<String>>,
    busy: bool,
}

impl Naming {
    /// Takes the ids in `sessions` down that were never asked for.
    pub(super) fn want(&mut self, sessions: &[ImportSession]) {
        for session in sessions {
            let is_group = session.destination_resource_type.as_deref() == Some("volume_group");
            if let Some(id) = &session.destination_resource_id
                && self.asked.insert((NamedThing::Destination, id.clone()))
            {
                let resource = if is_group { "volume_group" } else { "volume" };
                self.queue.entry((NamedThing::Destination, resource)).or_default().insert(id.clone());
            }
            let Some(remote) = &session.remote_system_id else { continue };
            if !self.kinds.contains_key(remote) {
                self.unknown_remotes.insert(remote.clone());
            }
            if let Some(id) = &session.source_resource_id
                && !is_group
                && self.asked.insert((NamedThing::Source, id.clone()))
            {
                self.waiting.entry(remote.clone()).or_default().insert(id.clone());
            }
        }
        self.sort_sources();
    }

    /// Moves the sources whose resource is known now into the queue.
    fn sort_sources(&mut self) {
        let kinds = &self.kinds;
        let queue = &mut self.queue;
        self.waiting.retain(|remote, ids| match kinds.get(remote) {
            Some(kind) => {
                if let Some(resource) = kind.as_deref().and_then(source_resource) {
                    queue.entry((NamedThing::Source, resource)).or_default().append(ids);
                }
                false
            }
            None => true,
        });
    }

    pub(super) fn stop(&mut self) {
        self.busy = false;
    }

    /// The next batch: of what, from which resource, which ids.
    fn next_batch(&mut self) -> Option<(NamedThing, &'static str, Vec<String>)> {
        let mut entry = self.queue.first_entry()?;
        let (thing, resource) = *entry.key();
        let ids = entry.get_mut();
        let mut batch = Vec::new();
        while batch.len() < NAMES_AT_ONCE
            && let Some(id) = ids.pop_first()
        {
            batch.push(id);
        }
        if ids.is_empty() {
            entry.remove();
        }
        Some((thing, resource, batch))
    }
}

impl Desk {
    pub(super) fn ask_for_names(&mut self, now: i64) {
        if self.naming.busy {
            return;
        }
        if !self.naming.unknown_remotes.is_empty() {
            self.naming.busy = true;
            self.send(Purpose::Remotes, self.api.remote_systems(), now);
        } else if let Some((thing, resource, ids)) = self.naming.next_batch() {
            self.naming.busy = true;
            self.send(Purpose::Names(thing), self.api.names(resource, &ids), now);
        }
    }

    pub(super) fn remotes_answered(&mut self, result: &Result<Response, TransportFailure>) {
        self.naming.busy = false;
        // Those that the answer does not tell are not asked for again: their ids are shown instead.
        for id in std::mem::take(&mut self.naming.unknown_remotes) {
            self.naming.kinds.insert(id, None);
        }
        if let Ok((answer, _)) = read(result, powerstore::rows::<RemoteSystem>) {
            let mut names = Vec::new();
            for remote in answer.rows {
                if let Some(name) = remote.name {
                    names.push((remote.id.clone(), name));
                }
                self.naming.kinds.insert(remote.id, remote.kind);
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
