//! The list: whole at first, then what has moved.
//!
//! A whole read is exact and dear: ten thousand imports are megabytes. Between two of them the desk asks
//! for what has changed since the newest change that it has seen, and for what the array is at work on,
//! whose progress may run without touching the record. What was deleted shows in no such answer: from
//! time to time the sessions are counted, and their ids are read when the count is another one.

use super::collections::Collections;
use super::delta::Step;
use super::desk::{Desk, Purpose, read};
use super::event::Effect;
use super::pace;
use crate::array::powerstore;
use crate::array::{ArrayError, Response, TransportFailure, standing};
use crate::lifecycle::Phase;
use crate::ordered::{OrderedMap, OrderedSet, latest};
use crate::wire::powerstore::{ContentRange, Resource, Session};

/// When the list is read, and the pages that have come so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    pub next_at: Option<i64>,
    /// Read it now, and whole, also while scheduled reads are paused.
    pub wanted: bool,
    /// The read that is under way was wanted so, and goes through all collections.
    pub(super) by_hand: bool,
    pub run: Option<Run>,
    /// Every import that is known, by id, with when it was asked for last and whether it moves.
    pub(super) known: OrderedMap<String, Known>,
    /// What is known of the other collections.
    pub(super) others: Collections,
    /// Rows of the last whole read that could not be read: they are counted, too.
    pub(super) unreadable: u32,
    /// Sessions that were read by themselves, with the time of asking: newer than a page asked for before.
    fresh: Vec<(i64, Session)>,
    /// Sessions that turned out to be gone while a read was under way.
    pub(super) gone: OrderedSet<String>,
    /// What later reads may leave out.
    pub(super) since: super::delta::Since,
}

/// What is remembered of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    asked_at: i64,
    moves: bool,
}

/// A read of the list under way.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub step: Step,
    pub started_at: i64,
    pub sessions: Vec<Session>,
    pub unreadable: u32,
    /// Rows in all, as the first page told it.
    pub total: Option<u32>,
    /// Another page told another number: something came or went meanwhile.
    pub shifted: bool,
}

impl Run {
    pub(super) fn of(step: Step, now: i64) -> Run {
        Run { step, started_at: now, sessions: Vec::new(), unreadable: 0, total: None, shifted: false }
    }
}

impl Listing {
    pub(super) fn stop(&mut self) {
        self.run = None;
        self.next_at = None;
        self.fresh.clear();
        self.gone.clear();
        self.since = super::delta::Since::default();
        self.others.hurry();
    }

    /// Nothing is known any more.
    pub(super) fn forget(&mut self) {
        self.known = OrderedMap::new();
        self.others = Collections::default();
    }

    /// The sessions of a collection that were read by themselves since `asked_at`.
    pub(super) fn read_since(&self, asked_at: i64, resource: Resource) -> Vec<Session> {
        let newer = self.fresh.iter().filter(|(at, session)| *at > asked_at && session.resource == resource);
        newer.map(|(_, session)| session.clone()).collect()
    }

    /// The sessions that are known, were not read since `asked_at`, and are not in `there`.
    pub(super) fn missing_in(&self, there: &OrderedSet<String>, asked_at: i64) -> Vec<String> {
        let known = self.known.iter().filter(|(id, known)| known.asked_at <= asked_at && !there.contains(id.as_str()));
        known.map(|(id, _)| id.clone()).collect()
    }

    fn moves(&self) -> bool {
        self.known.iter().any(|(_, known)| known.moves) || self.others.move_on()
    }

    /// True when the session was asked for later than `asked_at` and has been answered already.
    fn is_newer(&self, id: &str, asked_at: i64) -> bool {
        self.known.get(id).is_some_and(|known| known.asked_at > asked_at)
    }
}

/// True while the array is at work on a session: it is then asked more often.
pub(super) fn moves(session: &Session) -> bool {
    match standing(session) {
        Some(node) => node.phase == Phase::Working,
        None => true,
    }
}

impl Desk {
    /// Reads the list: whole, or what has moved.
    pub(super) fn read_list(&mut self, now: i64) {
        if self.api.is_dfm() {
            return self.read_protection_jobs(now);
        }
        let whole = self.listing.wanted || self.whole_is_due(now);
        self.listing.by_hand = std::mem::take(&mut self.listing.wanted);
        if self.listing.by_hand {
            self.listing.others.hurry();
        }
        self.listing.others.begin_round(now, self.api.release);
        self.listing.next_at = None;
        let step = if whole { Step::Whole } else { self.delta() };
        self.begin_step(step, now);
    }

    pub(super) fn begin_step(&mut self, step: Step, now: i64) {
        let request = step.request(&self.api, 0);
        self.listing.run = Some(Run::of(step, now));
        self.send(Purpose::Page { offset: 0 }, request, now);
    }

    pub(super) fn page_answered(&mut self, offset: u32, result: &Result<Response, TransportFailure>, now: i64) {
        let Some(mut run) = self.listing.run.take() else { return };
        match read_page(run.step.resource(), offset, result) {
            Ok(page) => {
                run.unreadable = run.unreadable.saturating_add(page.unreadable);
                run.sessions.extend(page.sessions);
                if offset == 0 {
                    run.total = page.total;
                }
                run.shifted |= page.total != run.total;
                match page.next.filter(|_| run.step.has_pages()) {
                    Some(next) => {
                        if run.step == Step::Whole && self.listing.known.is_empty() && offset == 0 {
                            // There is something to look at while the rest comes.
                            self.effects.push(Effect::Updated { sessions: run.sessions.clone() });
                        }
                        let request = run.step.request(&self.api, next);
                        self.listing.run = Some(run);
                        self.send(Purpose::Page { offset: next }, request, now);
                    }
                    None => self.step_complete(run, now),
                }
            }
            Err(error) if is_not_had(&error) && matches!(run.step, Step::Other(_)) => {
                self.listing.others.is_absent(run.step.resource(), now);
                self.read_next(now);
            }
            Err(error)
                if error.is_refusal()
                    && error != ArrayError::LoginWanted
                    && !matches!(run.step, Step::Whole | Step::Other(_)) =>
            {
                self.do_without_deltas(now);
            }
            Err(error) => {
                if run.step == Step::Whole {
                    self.listing.since.whole_at = None;
                }
                self.read_badly(error);
                self.schedule_list(now);
            }
        }
    }

    /// The whole list has come.
    pub(super) fn list_complete(&mut self, run: Run, now: i64) {
        if run.step != Step::Whole {
            return self.collection_complete(run, now);
        }
        let Run { started_at, mut sessions, unreadable, .. } = run;
        // What was read by itself is newer than the page that it is on, or would be on.
        self.keep_fresh(started_at);
        sessions.extend(self.listing.read_since(started_at, Resource::Import));
        // A list that changes while it is read may name a session twice: the later row is the newer one.
        let mut sessions = latest(sessions, |session| &session.id);
        let gone = std::mem::take(&mut self.listing.gone);
        sessions.retain(|session| !gone.contains(&session.id));
        self.listing.known = OrderedMap::new();
        self.now_known(&sessions, started_at);
        for (asked_at, session) in &self.listing.fresh {
            if let Some(known) = self.listing.known.get_mut(&session.id) {
                known.asked_at = *asked_at;
            }
        }
        self.listing.unreadable = unreadable;
        self.naming.want(&sessions);
        self.since_whole(&sessions, started_at, now);
        self.read_well(now);
        self.effects.push(Effect::Listed { resource: Resource::Import, sessions, unreadable });
        self.read_next(now);
    }

    /// A part of the list has come, asked for at `asked_at`.
    pub(super) fn part_complete(&mut self, sessions: Vec<Session>, asked_at: i64) {
        self.keep_fresh(asked_at);
        let gone = std::mem::take(&mut self.listing.gone);
        let mut sessions = latest(sessions, |session| &session.id);
        sessions.retain(|session| !gone.contains(&session.id) && !self.listing.is_newer(&session.id, asked_at));
        if sessions.is_empty() {
            return;
        }
        self.now_known(&sessions, asked_at);
        self.naming.want(&sessions);
        self.effects.push(Effect::Updated { sessions });
    }

    fn keep_fresh(&mut self, asked_at: i64) {
        self.listing.fresh.retain(|(fresh_at, _)| *fresh_at > asked_at);
    }

    fn now_known(&mut self, sessions: &[Session], asked_at: i64) {
        let mut fresh = OrderedMap::new();
        for session in sessions {
            if session.resource == Resource::Import {
                fresh.insert(session.id.clone(), Known { asked_at, moves: moves(session) });
            } else {
                self.listing.others.add(session);
            }
        }
        self.listing.known.append(fresh);
    }

    pub(super) fn schedule_list(&mut self, now: i64) {
        // While the page of one session is open, that session is read often and the list is not.
        let moves = self.watching.is_none() && self.listing.moves();
        self.listing.next_at = Some(now + pace::delay(self.settings.refresh, moves, self.health.failures));
    }

    /// A session was read by itself, asked for at `asked_at`.
    pub(super) fn session_read(&mut self, session: &Session, asked_at: i64) {
        if self.listing.is_newer(&session.id, asked_at) {
            return;
        }
        self.listing.fresh.retain(|(_, older)| older.id != session.id);
        self.listing.fresh.push((asked_at, session.clone()));
        self.now_known(std::slice::from_ref(session), asked_at);
        self.naming.want(std::slice::from_ref(session));
        if let Some(watching) = self.watching.as_mut().filter(|watching| watching.id == session.id) {
            watching.session = Some(session.clone());
        }
        self.effects.push(Effect::Read(Box::new(session.clone())));
    }

    /// A session turned out not to exist any more, and if it was a group, its members with it: those that are
    /// not known here show when the sessions are counted, which is done at once.
    pub(super) fn session_gone(&mut self, id: &str) {
        let mut gone = vec![id.to_owned()];
        let watched = self.watching.as_mut().filter(|watching| watching.id == id);
        let members = watched.and_then(|watching| watching.members.take()).unwrap_or_default();
        gone.extend(members.into_iter().map(|member| member.id));
        self.sessions_gone(gone);
        self.count_soon();
    }

    /// Several sessions turned out not to exist any more.
    pub(super) fn sessions_gone(&mut self, ids: Vec<String>) {
        let gone: OrderedSet<String> = ids.iter().cloned().collect();
        self.listing.fresh.retain(|(_, session)| !gone.contains(&session.id));
        self.listing.known.retain(|id| !gone.contains(id));
        self.listing.others.remove(&gone);
        if self.listing.run.is_some() {
            self.listing.gone.append(gone);
        }
        self.effects.push(Effect::Gone(ids));
    }
}

struct Page {
    sessions: Vec<Session>,
    unreadable: u32,
    next: Option<u32>,
    /// Rows in all, as far as this page tells.
    total: Option<u32>,
}

fn read_page(resource: Resource, offset: u32, result: &Result<Response, TransportFailure>) -> Result<Page, ArrayError> {
    match read(result, |response| powerstore::sessions(resource, response)) {
        Ok((answer, range)) => {
            let next = next_page(offset, range, result)?;
            let alone = u32::try_from(answer.rows.len()).unwrap_or(u32::MAX).saturating_add(answer.unreadable);
            let total = if is_partial(result) { range.and_then(|range| range.total) } else { Some(alone) };
            Ok(Page { sessions: answer.rows, unreadable: answer.unreadable, next, total })
        }
        // The list has become shorter while it was read: this page does not exist any more.
        Err(ArrayError::Refused { status: 416, .. }) if offset > 0 => {
            Ok(Page { sessions: Vec::new(), unreadable: 0, next: None, total: None })
        }
        Err(error) => Err(error),
    }
}

/// Where the page after the one at `offset` begins; `None` when that was the last.
pub(super) fn next_page(
    offset: u32,
    range: Option<ContentRange>,
    result: &Result<Response, TransportFailure>,
) -> Result<Option<u32>, ArrayError> {
    match range {
        _ if !is_partial(result) => Ok(None),
        None => Err(ArrayError::Unreadable("a part of the list came without saying which".to_owned())),
        Some(range) if range.first != offset || range.last < offset => {
            Err(ArrayError::Unreadable("another part of the list came than was asked for".to_owned()))
        }
        Some(range) => Ok(Some(range.last + 1).filter(|next| range.total.is_none_or(|total| *next < total))),
    }
}

/// True when the array, or what stands before it, does not know such a collection.
fn is_not_had(error: &ArrayError) -> bool {
    matches!(error, ArrayError::NotFound(_) | ArrayError::Failed { status: 501, .. })
}

fn is_partial(result: &Result<Response, TransportFailure>) -> bool {
    result.as_ref().is_ok_and(|response| response.status == 206)
}
