//! What has moved since the list was last read whole.

use super::desk::Desk;
use super::listing::Run;
use super::pace;
use crate::array::Request;
use crate::array::powerstore::{Api, NAMES_AT_ONCE};
use crate::lifecycle::{Kind, Phase};
use crate::ordered::OrderedSet;
use crate::wire::powerstore::{Resource, Session};

/// Milliseconds after which the list is read whole again, whatever the deltas say.
const WHOLE_EVERY: i64 = 600_000;
/// Changes are asked for from this much before the newest that was seen, milliseconds: an array may show a
/// change somewhat later than its time says.
const OVERLAP: i64 = 15_000;
/// A pause that was longer than this leaves more to catch up than a delta is for, milliseconds.
const LONG_PAUSE: i64 = 60_000;

/// What later reads may leave out.
#[derive(Clone, Debug, Default)]
pub(super) struct Since {
    /// When the last whole read ended.
    pub(super) whole_at: Option<i64>,
    /// The newest change that was seen, by the array's clock.
    newest: Option<i64>,
    /// When the last answer that was taken in was asked for.
    asked_at: i64,
    /// When the sessions are to be counted.
    count_at: i64,
    /// What the array's clock was ahead of the browser's by.
    skew: Option<i64>,
    /// This array does not do it.
    refused: bool,
    paused_at: Option<i64>,
}

/// One of the reads that keep the list true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// All imports.
    Whole,
    /// All of another collection.
    Other(Resource),
    /// What has changed since this time, or moves.
    Delta(i64),
    /// How many there are.
    Count,
    /// Which there are.
    Ids,
    /// These.
    Some(Vec<String>),
}

impl Step {
    pub(super) fn request(&self, api: &Api, offset: u32) -> Request {
        match self {
            Step::Whole => api.sessions(Resource::Import, offset),
            Step::Other(resource) => api.sessions(*resource, offset),
            Step::Delta(since) => api.imports_since(*since, working_states(), offset),
            Step::Count => api.import_count(),
            Step::Ids => api.import_ids(offset),
            Step::Some(ids) => api.imports_with(ids),
        }
    }

    /// False for those of which one page tells everything.
    pub(super) fn has_pages(&self) -> bool {
        !matches!(self, Step::Count | Step::Some(_) | Step::Other(Resource::Job))
    }

    /// The collection that it reads.
    pub(super) fn resource(&self) -> Resource {
        match self {
            Step::Other(resource) => *resource,
            _ => Resource::Import,
        }
    }
}

/// The states in which an array works on an import, as the wire calls them: what is shown of it may run
/// without the record being touched.
fn working_states() -> Vec<&'static str> {
    let mut states = Vec::new();
    for node in [Kind::ImportVolume, Kind::ImportGroup].iter().flat_map(|kind| kind.lifecycle().nodes) {
        if node.phase == Phase::Working && !states.contains(&node.name) {
            states.push(node.name);
        }
    }
    states
}

fn newest(sessions: &[Session]) -> Option<i64> {
    sessions.iter().filter_map(|session| session.updated()).max()
}

impl Desk {
    pub(super) fn whole_is_due(&self, now: i64) -> bool {
        let since = &self.listing.since;
        // A clock that was put back stamps changes with times that were seen before.
        let ran_back = matches!((since.skew, self.health.clock_skew), (Some(then), Some(now)) if now < then - OVERLAP);
        let long_ago = since.whole_at.is_none_or(|at| now - at >= WHOLE_EVERY);
        since.refused || long_ago || since.newest.is_none() || ran_back
    }

    /// The read of what has changed.
    pub(super) fn delta(&self) -> Step {
        let since = &self.listing.since;
        // A session may be stamped ahead of the array's clock; what changes now is not.
        let asked_at = since.asked_at + self.health.clock_skew.unwrap_or(0);
        Step::Delta(since.newest.unwrap_or(asked_at).min(asked_at) - OVERLAP)
    }

    /// The list was read whole.
    pub(super) fn since_whole(&mut self, sessions: &[Session], started_at: i64, now: i64) {
        let count_at = self.next_count(now);
        let since = &mut self.listing.since;
        since.whole_at = Some(started_at);
        since.newest = newest(sessions);
        since.asked_at = started_at;
        since.count_at = count_at;
        since.skew = self.health.clock_skew;
    }

    /// Has the sessions counted with the next read, and that one now.
    pub(super) fn count_soon(&mut self) {
        if self.listing.since.whole_at.is_some() {
            self.listing.since.count_at = i64::MIN;
            self.listing.next_at = Some(i64::MIN);
        }
    }

    /// As often as a list at rest is read; half a pace early, so that it does not miss its turn.
    fn next_count(&self, now: i64) -> i64 {
        now + pace::delay(self.settings.refresh, false, 0) - self.settings.refresh / 2
    }

    /// The array refuses to tell what has changed: the list is read whole, as long as this login lasts.
    pub(super) fn do_without_deltas(&mut self, now: i64) {
        self.listing.since.refused = true;
        self.read_list(now);
    }

    /// Scheduled reads stop or go on.
    pub(super) fn pause(&mut self, paused: bool, now: i64) {
        self.health.paused = paused;
        let since = &mut self.listing.since;
        if paused {
            since.paused_at = since.paused_at.or(Some(now));
        } else if since.paused_at.take().is_some_and(|at| now - at > LONG_PAUSE) {
            since.whole_at = None;
        }
    }

    /// A read of the list has come to its end; another one may have to follow it.
    pub(super) fn step_complete(&mut self, run: Run, now: i64) {
        match &run.step {
            Step::Whole | Step::Other(_) => return self.list_complete(run, now),
            Step::Delta(since) => {
                let working = working_states();
                let asked_for = |session: &Session| {
                    session.state.as_deref().is_some_and(|state| working.contains(&state))
                        || session.updated().is_some_and(|at| at >= *since)
                };
                if run.unreadable > 0 || !run.sessions.iter().all(asked_for) {
                    // It did not look at the filter.
                    return self.do_without_deltas(now);
                }
                let seen = newest(&run.sessions).max(self.listing.since.newest);
                self.listing.since.newest = seen;
                self.listing.since.asked_at = run.started_at;
                if run.shifted {
                    // Something may have slipped between two pages.
                    self.listing.since.whole_at = None;
                }
                self.part_complete(run.sessions, run.started_at);
                if now >= self.listing.since.count_at {
                    self.listing.since.count_at = self.next_count(now);
                    return self.begin_step(Step::Count, now);
                }
            }
            Step::Count => {
                let Some(total) = run.total else { return self.do_without_deltas(now) };
                let known = self.listing.known.len().saturating_add(self.listing.unreadable as usize);
                if usize::try_from(total) != Ok(known) {
                    return self.begin_step(Step::Ids, now);
                }
            }
            Step::Ids if run.shifted => {}
            Step::Ids => {
                let there: OrderedSet<String> = run.sessions.into_iter().map(|session| session.id).collect();
                let gone: Vec<String> = self.listing.missing_in(&there, run.started_at);
                let strange: Vec<String> =
                    there.iter().filter(|id| !self.listing.known.contains_key(id.as_str())).cloned().collect();
                if !gone.is_empty() {
                    self.sessions_gone(gone);
                }
                if strange.len() > NAMES_AT_ONCE {
                    return self.begin_step(Step::Whole, now);
                }
                if !strange.is_empty() {
                    return self.begin_step(Step::Some(strange), now);
                }
            }
            Step::Some(_) => self.part_complete(run.sessions, run.started_at),
        }
        self.read_well(now);
        self.read_next(now);
    }
}
