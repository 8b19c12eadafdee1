//! The session whose page is open, and with it those that it cannot be understood without: the members of a
//! group, the group of a member.

use super::desk::{Desk, Purpose, read};
use super::event::Effect;
use super::heard::Heard;
use super::listing::moves;
use super::pace;
use crate::array::powerstore;
use crate::array::{ArrayError, Exchange, Response, TransportFailure, kind};
use crate::wire::powerstore::{Job, Resource, Session};
use crate::wire::zapi::ProgressEvent;

/// One session, read more often than the list and with all its fields.
#[derive(Clone, Debug)]
pub(super) struct Watching {
    pub resource: Resource,
    pub id: String,
    pub next_at: Option<i64>,
    /// Read it now, also while scheduled reads are paused.
    pub wanted: bool,
    /// Answers that are still out.
    pub awaited: u32,
    pub session: Option<Session>,
    /// Of a group: its members, ordered by their ids.
    pub members: Option<Vec<Session>>,
    /// Of one end of a replication: the other one, as another array tells it.
    pub other_end: Option<Session>,
    /// Of a member: its group.
    pub parent: Option<Session>,
    pub exchange: Option<Exchange>,
    pub gone: bool,
    /// What a protection job reported, in its order.
    pub events: Option<Vec<ProgressEvent>>,
}

impl Watching {
    pub(super) fn forget(&mut self) {
        self.session = None;
        self.members = None;
        self.other_end = None;
        self.parent = None;
        self.exchange = None;
        self.events = None;
    }
}

impl Desk {
    pub(super) fn watch(&mut self, session: Option<(Resource, String)>, now: i64) {
        if self.watching.as_ref().map(|watching| &watching.id) == session.as_ref().map(|(_, id)| id) {
            return;
        }
        self.abandon(&|purpose| {
            matches!(
                purpose,
                Purpose::Watched
                    | Purpose::WatchedJobs { .. }
                    | Purpose::Members { .. }
                    | Purpose::Parent { .. }
                    | Purpose::Events { .. }
            )
        });
        let opened = session.is_some();
        self.watching = session.map(|(resource, id)| Watching {
            resource,
            id,
            next_at: None,
            wanted: true,
            awaited: 0,
            session: None,
            members: None,
            other_end: None,
            parent: None,
            exchange: None,
            gone: false,
            events: None,
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
        let (resource, id) = (watching.resource, watching.id.clone());
        self.send(Purpose::Watched, self.api.session(resource, &id), now);
        if resource == Resource::ProtectionJob {
            let events = self.api.progress_events(&id, self.protection.history);
            return self.send(Purpose::Events { of: id }, events, now);
        }
        self.send(Purpose::WatchedJobs { session: id.clone() }, self.api.jobs_of(resource, &id), now);
    }

    pub(super) fn watched_answered(&mut self, exchange: Exchange, asked_at: i64, heard: Heard, now: i64) {
        let Some(watching) = &mut self.watching else { return };
        let outcome = heard.session(watching.resource);
        watching.awaited = watching.awaited.saturating_sub(1);
        watching.exchange = Some(exchange);
        match outcome {
            Ok(session) => {
                self.read_well(now);
                self.session_read(&session, asked_at);
                self.read_kin(&session, now);
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

    /// Asks for the members of a group, or for the group of a member.
    fn read_kin(&mut self, session: &Session, now: i64) {
        let asked = if kind(session).lifecycle().members.is_some() || session.resource == Resource::Job {
            (Purpose::Members { of: session.id.clone() }, self.api.members(session.resource, &session.id).into())
        } else if let Some(id) = session.parent() {
            (Purpose::Parent { id: id.to_owned() }, self.api.session(session.resource, id))
        } else {
            return;
        };
        if let Some(watching) = &mut self.watching {
            watching.awaited += 1;
        }
        self.send(asked.0, asked.1, now);
    }

    pub(super) fn members_answered(&mut self, of: &str, asked_at: i64, result: &Result<Response, TransportFailure>) {
        let Some(watching) = self.watching.as_mut().filter(|watching| watching.id == of) else { return };
        let outcome = read(result, |response| powerstore::sessions(watching.resource, response));
        watching.awaited = watching.awaited.saturating_sub(1);
        let members = match outcome {
            Ok((answer, _)) => answer.rows,
            Err(error) => return self.read_badly(error),
        };
        let before = watching.members.replace(members.clone()).unwrap_or_default();
        for gone in before.iter().filter(|member| members.iter().all(|other| other.id != member.id)) {
            self.session_gone(&gone.id);
        }
        for member in &members {
            self.session_read(member, asked_at);
        }
    }

    pub(super) fn parent_answered(&mut self, id: &str, asked_at: i64, result: &Result<Response, TransportFailure>) {
        let Some(watching) = &mut self.watching else { return };
        let outcome = read(result, |response| powerstore::session(watching.resource, response));
        watching.awaited = watching.awaited.saturating_sub(1);
        match outcome {
            Ok(parent) => {
                watching.parent = Some(parent.clone());
                self.session_read(&parent, asked_at);
            }
            Err(ArrayError::NotFound(_)) => {
                watching.parent = None;
                self.session_gone(id);
            }
            Err(error) => self.read_badly(error),
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

    /// What the watched protection job reported, in its order; `None` as long as it was not read.
    pub fn watched_events(&self) -> Option<&[ProgressEvent]> {
        self.watching.as_ref()?.events.as_deref()
    }
}
