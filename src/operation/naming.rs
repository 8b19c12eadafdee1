//! Names for ids: asked for in batches or with whole pages, once each, and kept by whoever shows them.

use super::desk::{Desk, Purpose, read};
use super::event::{Effect, NamedThing};
use super::listing::next_page;
use crate::array::powerstore::{self, NAMES_AT_ONCE};
use crate::array::source::SourceResource;
use crate::array::{Response, TransportFailure, kind};
use crate::lifecycle::Kind;
use crate::ordered::{OrderedSet, latest, order};
use crate::wire::powerstore::{Named, PAGE_LIMIT, RemoteSystem, Resource, Session};

/// Up to so many batches are simply asked for; before more, a page of the resource tells how long it is.
const FEW_BATCHES: usize = 3;

/// What may be replicated, by the names of its collections.
pub const REPLICATED: [&str; 5] = ["volume", "volume_group", "replication_group", "nas_server", "file_system"];

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
    asked_policies: OrderedSet<String>,
    asked_groups: OrderedSet<String>,
    /// Sources until the kind of their remote system is known.
    waiting: Vec<Waiting>,
    queue: Vec<Unnamed>,
    busy: bool,
    /// What the request that is out asks names for; nothing when it asks for the remote systems.
    out: Option<Unnamed>,
}

/// A source whose remote system is not known yet.
#[derive(Clone, Debug)]
struct Waiting {
    remote_system: String,
    id: String,
    is_group: bool,
}

/// The ids of one resource that want a name.
#[derive(Clone, Debug)]
struct Unnamed {
    thing: NamedThing,
    resource: &'static str,
    ids: Vec<String>,
    /// Where the next page of the resource begins, while it is read from end to end; `None`: ids are asked
    /// for in batches.
    page: Option<u32>,
    /// Whether reading it from end to end costs fewer requests is known, and it does not.
    in_batches: bool,
    /// What was found, and nobody has been told yet.
    found: Vec<(String, String)>,
    /// How many were told before.
    told: usize,
}

impl Unnamed {
    /// Requests that batches would take.
    fn batches(&self) -> usize {
        self.ids.len().div_ceil(NAMES_AT_ONCE)
    }

    /// Takes the names out of `rows` that are wanted; `ids` are in their order.
    fn find(&mut self, rows: Vec<Named>) {
        let mut is_found = vec![false; self.ids.len()];
        for Named { id, name } in rows {
            let Ok(place) = self.ids.binary_search(&id) else { continue };
            if let Some(is_found) = is_found.get_mut(place) {
                *is_found = true;
            }
            self.found.extend(name.map(|name| (id, name)));
        }
        let mut is_found = is_found.into_iter();
        self.ids.retain(|_| is_found.next() != Some(true));
    }
}

impl Naming {
    /// Takes the ids in `sessions` down that were never asked for.
    pub(super) fn want(&mut self, sessions: &[Session]) {
        // What a replication copies is here; what it copies to is the other array's, which names it.
        let replicated = |session: &Session| {
            session.source().filter(|_| session.resource == Resource::Replication).map(str::to_owned)
        };
        for (id, session) in never_asked(&mut self.asked_sources, sessions, &replicated) {
            let kind = session.text("resource_type").unwrap_or_default();
            let resource = REPLICATED.into_iter().find(|resource| *resource == kind);
            if let Some(resource) = resource {
                self.push(NamedThing::Source, resource, id);
            }
        }
        let import = |session: &Session| session.resource == Resource::Import;
        let destination = |session: &Session| session.destination().filter(|_| import(session)).map(str::to_owned);
        for (id, session) in never_asked(&mut self.asked_destinations, sessions, &destination) {
            let resource = if is_group(session) { "volume_group" } else { "volume" };
            self.push(NamedThing::Destination, resource, id);
        }
        let policy = |session: &Session| session.text("protection_policy_id").map(str::to_owned);
        for (id, _) in never_asked(&mut self.asked_policies, sessions, &policy) {
            self.push(NamedThing::Other, "policy", id);
        }
        let group = |session: &Session| session.text("volume_group_id").map(str::to_owned);
        for (id, _) in never_asked(&mut self.asked_groups, sessions, &group) {
            self.push(NamedThing::Other, "volume_group", id);
        }
        let remote = |session: &Session| session.remote_system().map(str::to_owned);
        self.remotes_wanted |= !never_asked(&mut self.asked_remotes, sessions, &remote).is_empty();
        // Which resource lists a source is told by its remote system.
        let source = |session: &Session| {
            session.source().filter(|_| import(session) && session.remote_system().is_some()).map(str::to_owned)
        };
        for (id, session) in never_asked(&mut self.asked_sources, sessions, &source) {
            let remote_system = session.remote_system().unwrap_or_default().to_owned();
            self.waiting.push(Waiting { remote_system, id, is_group: is_group(session) });
        }
        self.sort_sources();
    }

    fn push(&mut self, thing: NamedThing, resource: &'static str, id: String) {
        match self.queue.iter_mut().find(|queued| (queued.thing, queued.resource) == (thing, resource)) {
            Some(queued) => queued.ids.push(id),
            None => self.queue.push(Unnamed {
                thing,
                resource,
                ids: vec![id],
                page: None,
                in_batches: false,
                found: Vec::new(),
                told: 0,
            }),
        }
    }

    /// Moves the sources whose remote system is known now into the queue.
    fn sort_sources(&mut self) {
        for source in std::mem::take(&mut self.waiting) {
            match self.remotes.iter().find(|(other, _)| *other == source.remote_system) {
                Some((_, kind)) => {
                    let kind = kind.as_deref().unwrap_or_default();
                    if let Some(of) = SourceResource::of(kind, source.is_group) {
                        self.push(NamedThing::Source, of.name, source.id);
                    }
                }
                None => self.waiting.push(source),
            }
        }
    }

    /// The login has ended: what is out is asked for again after the next one.
    pub(super) fn stop(&mut self) {
        if std::mem::take(&mut self.busy) {
            match self.out.take() {
                Some(out) => self.queue.push(out),
                None => self.remotes_wanted = true,
            }
        }
    }
}

fn is_group(session: &Session) -> bool {
    kind(session) == Kind::ImportGroup
}

/// The ids in `sessions` that are not among `asked`, each with the first session that has it, in the turn
/// of the sessions; from now on they are among `asked`. All at once, for there may be 100,000 of them.
fn never_asked<'a>(
    asked: &mut OrderedSet<String>,
    sessions: &'a [Session],
    id: &dyn Fn(&Session) -> Option<String>,
) -> Vec<(String, &'a Session)> {
    let ids = sessions.iter().filter_map(|session| Some((id(session)?, session)));
    let mut wanted: Vec<(String, &Session)> = ids.filter(|(id, _)| !asked.contains(id)).collect();
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
            return;
        }
        let Some(mut next) = self.naming.queue.pop() else { return };
        next.ids = latest(next.ids, |id| id);
        if next.page.is_none() && !next.in_batches && next.batches() > FEW_BATCHES {
            next.page = Some(0);
        }
        self.naming.busy = true;
        let request = match next.page {
            Some(offset) => self.api.all_names(next.resource, offset),
            None => {
                let batch = next.ids.split_off(next.ids.len().saturating_sub(NAMES_AT_ONCE));
                let rest = std::mem::replace(&mut next.ids, batch);
                let request = self.api.names(next.resource, &next.ids);
                if !rest.is_empty() {
                    self.naming.queue.push(Unnamed { ids: rest, found: Vec::new(), ..next.clone() });
                }
                request
            }
        };
        self.naming.out = Some(next);
        self.send(Purpose::Names, request, now);
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

    pub(super) fn names_answered(&mut self, result: &Result<Response, TransportFailure>) {
        self.naming.busy = false;
        let Some(mut of) = self.naming.out.take() else { return };
        let Ok((answer, range)) = read(result, powerstore::rows::<Named>) else {
            if of.page.take().is_some() {
                // From end to end it cannot be read: it may be larger than what is read at all.
                self.naming.queue.push(Unnamed { in_batches: true, ..of });
            }
            return;
        };
        of.find(answer.rows);
        let next = of.page.and_then(|offset| next_page(offset, range, result).ok()?).filter(|_| !of.ids.is_empty());
        if let Some(next) = next {
            let rows = range.and_then(|range| range.total).unwrap_or(u32::MAX).saturating_sub(next);
            of.in_batches = rows.div_ceil(PAGE_LIMIT) as usize > of.batches();
            of.page = Some(next).filter(|_| !of.in_batches);
        }
        // Whoever is told goes through all rows: of many names it is told when as many have come as before.
        if next.is_none() || of.in_batches || of.found.len() >= of.told {
            of.told += of.found.len();
            let names = std::mem::take(&mut of.found);
            self.effects.push(Effect::Named { thing: of.thing, names });
        }
        if next.is_some() {
            self.naming.queue.push(of);
        }
    }
}
