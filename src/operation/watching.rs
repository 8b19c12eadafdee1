//! The session whose page is open.

use super::desk::{Desk, Purpose, read};
use super::event::Effect;
use super::listing::moves;
use super::pace;
use crate::array::powerstore;
use crate::array::{ArrayError, Exchange, Response, TransportFailure};
use crate::wire::powerstore::{ImportSession, Job};

/// One session, read more often than the list and with all its fields.
#[derive(Clone, Debug)]
pub(super) struct Watching {
    pub id: String,
    pub next_at: Option<i64>,
    /// Read it now, also while scheduled reads are paused.
    pub wanted: bool,
    /// Answers that are still out.
    pub awaited: u32,
    pub session: Option<ImportSession>,
    pub exchange: Option<Exchange>,
    pub gone: bool,
}

impl Watching {
    pub(super) fn forget(&mut self) {
        self.session = None;
        self.exchange = None;
    }
}

impl Desk {
    pub(super) fn watch(&mut self, session: Option<String>, now: i64) {
        if self.watching.as_ref().map(|watching| &watching.id) == session.as_ref() {
            return;
        }
        self.abandon(|purpose| matches!(purpose, Purpose::Watched | Purpose::WatchedJobs { .. }));
        let opened = session.is_some();
        self.watching = session.map(|id| Watching {
            id,
            next_at: None,
            wanted: true,
            awaited: 0,
            session: None,
            exchange: None,
            gone: false,
        });
        if !opened && self.ready && self.listing.run.is_none() {
            // Back at the list, which was read seldom meanwhile.
            self.listing.next_at = Some(now);
        }
    }

    pub(super) fn read_watched(&mut self, now: i64) {
        let Some(watching) = &mut self.watching else { return };
        watching.wanted = false;
        watching.next_at = None;
        watching.awaited = 2;
        let id = watching.id.clone();
        self.send(Purpose::Watched, self.api.import(&id), now);
        self.send(Purpose::WatchedJobs { session: id.clone() }, self.api.jobs_of_import(&id), now);
    }

    pub(super) fn watched_answered(
        &mut self,
        exchange: Exchange,
        asked_at: i64,
        result: &Result<Response, TransportFailure>,
        now: i64,
    ) {
        let outcome = read(result, powerstore::row::<ImportSession>);
        let Some(watching) = &mut self.watching else { return };
        watching.awaited = watching.awaited.saturating_sub(1);
        watching.exchange = Some(exchange);
        match outcome {
            Ok(session) => {
                self.read_well(now);
                self.session_read(&session, asked_at);
            }
            Err(ArrayError::NotFound(_)) => {
                watching.gone = true;
                let id = watching.id.clone();
                self.session_gone(&id);
            }
            Err(error) => self.read_badly(error),
        }
        let (refresh, failures) = (self.settings.refresh, self.health.failures);
        if let Some(watching) = &mut self.watching
            && !watching.gone
        {
            let moves = watching.session.as_ref().is_none_or(moves);
            watching.next_at = Some(now + pace::delay(refresh, moves, failures));
        }
    }

    pub(super) fn watched_jobs_answered(&mut self, session: String, result: &Result<Response, TransportFailure>) {
        if let Some(watching) = &mut self.watching {
            watching.awaited = watching.awaited.saturating_sub(1);
        }
        match read(result, powerstore::rows::<Job>) {
            Ok((answer, _)) => self.effects.push(Effect::Jobs { session, jobs: answer.rows }),
            Err(error) => self.read_badly(error),
        }
    }
}
