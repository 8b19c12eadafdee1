//! The collections besides the imports: replications, file imports, migrations, jobs; of a DFM its jobs.
//!
//! They are small, and most of them keep no time of their last change: each is read whole, with every read of
//! the list while something in it moves, and seldom while nothing does.

use super::desk::Desk;
use super::listing::{Run, moves};
use super::{delta::Step, event::Effect, pace};
use crate::lifecycle::Release;
use crate::ordered::{OrderedSet, latest};
use crate::wire::powerstore::{Resource, Session};

/// Milliseconds after which an array that has no such collection is asked again.
const ABSENT: i64 = 600_000;

/// What is known of each.
#[derive(Clone, Debug)]
pub(super) struct Collections(Vec<Collection>);

#[derive(Clone, Debug)]
struct Collection {
    resource: Resource,
    /// When it is to be read.
    turn: i64,
    /// It is, with the read of the list that is under way.
    is_due: bool,
    moves: bool,
    known: OrderedSet<String>,
}

impl Default for Collections {
    fn default() -> Collections {
        let others = Resource::ALL.into_iter().filter(|resource| *resource != Resource::Import);
        let collection =
            |resource| Collection { resource, turn: i64::MIN, is_due: false, moves: false, known: OrderedSet::new() };
        Collections(others.map(collection).collect())
    }
}

impl Collections {
    /// All of them have their turn with the next read of the list.
    pub(super) fn hurry(&mut self) {
        for collection in &mut self.0 {
            collection.turn = i64::MIN;
        }
    }

    /// The list begins to be read: those whose turn has come are read after it, once each.
    pub(super) fn begin_round(&mut self, now: i64, release: Option<Release>) {
        for collection in &mut self.0 {
            let has = release.unwrap_or(Release::OLDEST) >= collection.resource.since()
                && collection.resource != Resource::ProtectionJob;
            collection.is_due = has && collection.turn <= now;
        }
    }

    fn next(&mut self) -> Option<Resource> {
        let due = self.0.iter_mut().find(|collection| collection.is_due)?;
        due.is_due = false;
        Some(due.resource)
    }

    fn get_mut(&mut self, resource: Resource) -> Option<&mut Collection> {
        self.0.iter_mut().find(|collection| collection.resource == resource)
    }

    /// True while the array is at work on something in them.
    pub(super) fn move_on(&self) -> bool {
        self.0.iter().any(|collection| collection.moves)
    }

    /// The collection of a session that is known by its id.
    pub(super) fn of(&self, id: &str) -> Option<Resource> {
        self.0.iter().find(|collection| collection.known.contains(id)).map(|collection| collection.resource)
    }

    /// A session was read by itself.
    pub(super) fn add(&mut self, session: &Session) {
        if let Some(collection) = self.get_mut(session.resource) {
            collection.known.insert(session.id.clone());
            collection.moves |= moves(session);
        }
    }

    /// These are gone.
    pub(super) fn remove(&mut self, gone: &OrderedSet<String>) {
        for id in gone.iter() {
            for collection in &mut self.0 {
                collection.known.remove(id.as_str());
            }
        }
    }

    /// Whether the array is at work on something in the collection.
    pub(super) fn now_moves(&mut self, resource: Resource, moves: bool) {
        if let Some(collection) = self.get_mut(resource) {
            collection.moves = moves;
        }
    }

    /// The array does not have the collection.
    pub(super) fn is_absent(&mut self, resource: Resource, now: i64) {
        if let Some(collection) = self.get_mut(resource) {
            collection.turn = now.saturating_add(ABSENT);
        }
    }
}

impl Desk {
    /// The collection of a session that is known by its id; an import's as long as nothing is known of it.
    pub(super) fn resource_of(&self, id: &str) -> Resource {
        if self.api.is_dfm() {
            return Resource::ProtectionJob;
        }
        if let Some(plan) = self.act(id).and_then(|act| act.plan.as_ref()) {
            return plan.resource;
        }
        let watched = self.watching.as_ref().filter(|watching| watching.id == id);
        watched.map(|watching| watching.resource).or_else(|| self.listing.others.of(id)).unwrap_or_default()
    }

    /// A part of the list was read: the next collection has its turn, or the list is at rest for a while.
    pub(super) fn read_next(&mut self, now: i64) {
        let goes_on = self.listing.by_hand || !self.health.paused;
        match if goes_on { self.listing.others.next() } else { None } {
            Some(resource) => self.begin_step(Step::Other(resource), now),
            None => self.schedule_list(now),
        }
    }

    /// A collection has come.
    pub(super) fn collection_complete(&mut self, run: Run, now: i64) {
        let resource = run.step.resource();
        let Run { started_at, mut sessions, unreadable, .. } = run;
        sessions.extend(self.listing.read_since(started_at, resource));
        let mut sessions = latest(sessions, |session| &session.id);
        let gone = std::mem::take(&mut self.listing.gone);
        sessions.retain(|session| !gone.contains(&session.id));
        let rest = now.saturating_add(pace::delay(self.settings.refresh, false, 0)) - self.settings.refresh / 2;
        if let Some(collection) = self.listing.others.get_mut(resource) {
            collection.moves = sessions.iter().any(moves);
            collection.turn = if collection.moves { i64::MIN } else { rest };
            collection.known = sessions.iter().map(|session| session.id.clone()).collect();
        }
        self.naming.want(&sessions);
        self.read_well(now);
        self.effects.push(Effect::Listed { resource, sessions, unreadable });
        self.read_next(now);
    }
}
