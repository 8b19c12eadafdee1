//! The whole list, page by page to its end.

use super::desk::{Desk, Purpose, read};
use super::event::Effect;
use super::pace;
use crate::array::powerstore;
use crate::array::{ArrayError, Response, TransportFailure, standing};
use crate::lifecycle::Phase;
use crate::ordered::latest;
use crate::wire::powerstore::{ContentRange, ImportSession};

/// When the list is read, and the pages that have come so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    pub next_at: Option<i64>,
    /// Read it now, also while scheduled reads are paused.
    pub wanted: bool,
    pub run: Option<Run>,
    /// Sessions that were read by themselves, with the time of asking: newer than a page asked for before.
    fresh: Vec<(i64, ImportSession)>,
    moves: bool,
}

/// A read of the list under way.
#[derive(Clone, Debug)]
pub(super) struct Run {
    started_at: i64,
    sessions: Vec<ImportSession>,
    unreadable: u32,
}

impl Listing {
    pub(super) fn stop(&mut self) {
        self.run = None;
        self.next_at = None;
        self.fresh.clear();
    }
}

/// True while the array is at work on a session: it is then asked more often.
pub(super) fn moves(session: &ImportSession) -> bool {
    match standing(session) {
        Some(node) => node.phase == Phase::Working,
        None => true,
    }
}

impl Desk {
    pub(super) fn read_list(&mut self, now: i64) {
        self.listing.wanted = false;
        self.listing.next_at = None;
        self.listing.run = Some(Run { started_at: now, sessions: Vec::new(), unreadable: 0 });
        self.send(Purpose::Page { offset: 0 }, self.api.imports(0), now);
    }

    pub(super) fn page_answered(&mut self, offset: u32, result: &Result<Response, TransportFailure>, now: i64) {
        let Some(mut run) = self.listing.run.take() else { return };
        match read_page(offset, result) {
            Ok(page) => {
                run.unreadable = run.unreadable.saturating_add(page.unreadable);
                run.sessions.extend(page.sessions);
                match page.next {
                    Some(next) => {
                        self.listing.run = Some(run);
                        self.send(Purpose::Page { offset: next }, self.api.imports(next), now);
                    }
                    None => self.list_complete(run, now),
                }
            }
            Err(error) => {
                self.read_badly(error);
                self.schedule_list(now);
            }
        }
    }

    fn list_complete(&mut self, run: Run, now: i64) {
        let Run { started_at, sessions, unreadable } = run;
        // A list that changes while it is read may name a session twice: the later row is the newer one.
        let mut sessions = latest(sessions, |session| &session.id);
        self.listing.fresh.retain(|(asked_at, _)| *asked_at > started_at);
        for (_, session) in &self.listing.fresh {
            if let Ok(at) = sessions.binary_search_by(|older| older.id.cmp(&session.id))
                && let Some(older) = sessions.get_mut(at)
            {
                older.clone_from(session);
            }
        }
        self.listing.moves = sessions.iter().any(moves);
        self.naming.want(&sessions);
        self.read_well(now);
        self.schedule_list(now);
        self.effects.push(Effect::Listed { sessions, unreadable });
    }

    fn schedule_list(&mut self, now: i64) {
        // While the page of one session is open, that session is read often and the list is not.
        let moves = self.listing.moves && self.watching.is_none();
        self.listing.next_at = Some(now + pace::delay(self.settings.refresh, moves, self.health.failures));
    }

    /// A session was read by itself, asked for at `asked_at`.
    pub(super) fn session_read(&mut self, session: &ImportSession, asked_at: i64) {
        self.listing.fresh.retain(|(_, older)| older.id != session.id);
        self.listing.fresh.push((asked_at, session.clone()));
        self.naming.want(std::slice::from_ref(session));
        if let Some(watching) = self.watching.as_mut().filter(|watching| watching.id == session.id) {
            watching.session = Some(session.clone());
        }
        self.effects.push(Effect::Read(Box::new(session.clone())));
    }

    /// A session turned out not to exist any more.
    pub(super) fn session_gone(&mut self, id: &str) {
        self.listing.fresh.retain(|(_, session)| session.id != id);
        self.effects.push(Effect::Gone(id.to_owned()));
    }
}

struct Page {
    sessions: Vec<ImportSession>,
    unreadable: u32,
    next: Option<u32>,
}

fn read_page(offset: u32, result: &Result<Response, TransportFailure>) -> Result<Page, ArrayError> {
    match read(result, powerstore::rows::<ImportSession>) {
        Ok((answer, range)) => {
            let next = next_page(offset, range, result)?;
            Ok(Page { sessions: answer.rows, unreadable: answer.unreadable, next })
        }
        // The list has become shorter while it was read: this page does not exist any more.
        Err(ArrayError::Refused { status: 416, .. }) if offset > 0 => {
            Ok(Page { sessions: Vec::new(), unreadable: 0, next: None })
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
    let partial = result.as_ref().is_ok_and(|response| response.status().as_u16() == 206);
    match range {
        _ if !partial => Ok(None),
        None => Err(ArrayError::Unreadable("a part of the list came without saying which".to_owned())),
        Some(range) if range.first != offset || range.last < offset => {
            Err(ArrayError::Unreadable("another part of the list came than was asked for".to_owned()))
        }
        Some(range) => Ok(Some(range.last + 1).filter(|next| range.total.is_none_or(|total| *next < total))),
    }
}
