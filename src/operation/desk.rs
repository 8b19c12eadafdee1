//! The console's side of one array.

use super::access::{Access, Rejected, Why};
use super::acting::Act;
use super::catalog::{Browse, Catalog, List};
use super::event::{Effect, Event, Ticket};
use super::heard::Heard;
use super::listing::Listing;
use super::naming::Naming;
use super::pace;
use super::plans::Plans;
use super::protection::Protection;
use super::purging::Purging;
use super::watching::Watching;
use crate::array::powerstore::{self as powerstore, Api};
use crate::array::{
    Answers, ArrayError, Exchange, Kind, Response, Talk, TransportFailure, circumstances, kind, node, with_members,
    with_other_end,
};
use crate::lifecycle::{Action, ActionId, Circumstance, Circumstances, Release, Verdict, offered, verdict};
use crate::wire::powerstore::{Resource, Session};

/// How a site set the console up, and whose array this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The array's id in the configuration.
    pub array: String,
    /// Which language it speaks.
    pub kind: Kind,
    /// The path on the page's origin under which it is presented; begins and ends with `/`.
    pub base: String,
    /// Milliseconds between two reads while something moves.
    pub refresh: i64,
    /// Milliseconds that an answer is waited for.
    pub patience: i64,
    /// No action is ever sent.
    pub read_only: bool,
}

/// How the reading goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// When the last read of the list or of the watched session ended well, by the browser's clock,
    /// milliseconds since 1970.
    pub last_read_at: Option<i64>,
    /// The array's clock less the browser's, milliseconds, as of the last answer that told it.
    pub clock_skew: Option<i64>,
    /// Why the last read failed; `None` when it did not.
    pub trouble: Option<ArrayError>,
    /// Failures in a row.
    pub failures: u32,
    /// Scheduled reads are stopped.
    pub paused: bool,
}

/// What a request was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Probe,
    LogIn {
        user: String,
    },
    LogOut,
    Release,
    Page {
        offset: u32,
    },
    Remotes,
    Names,
    Watched,
    Members {
        of: String,
    },
    Parent {
        id: String,
    },
    WatchedJobs {
        session: String,
    },
    Catalog {
        list: List,
        offset: u32,
    },
    NameCheck {
        session: String,
    },
    Prepare {
        session: String,
    },
    Snapshots {
        session: String,
    },
    Act {
        session: String,
    },
    TokenCheck {
        session: String,
    },
    LookAtSession {
        session: String,
    },
    LookAtJob {
        session: String,
    },
    LookForJob {
        session: String,
    },
    ProtectionJobs,
    Events {
        of: String,
    },
    PlansChanged,
    Plans,
    Finished,
    Purge,
    /// Gives a list back to its server, which answers nothing of interest.
    Farewell,
}

impl Purpose {
    /// True for the requests that only read: they are given up when the login ends.
    pub(super) fn is_read(&self) -> bool {
        !matches!(
            self,
            Purpose::LogIn { .. } | Purpose::LogOut | Purpose::Act { .. } | Purpose::Purge | Purpose::Farewell
        )
    }
}

#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub ticket: Ticket,
    pub purpose: Purpose,
    /// When it was asked for: of a conversation when it began.
    pub sent_at: i64,
    pub deadline: i64,
    pub exchange: Exchange,
    /// The conversation that it is a part of.
    pub talk: Option<Box<Talk>>,
}

/// The state machine of one array: see the head of [`crate::operation`].
#[derive(Clone, Debug)]
pub struct Desk {
    pub(super) settings: Settings,
    pub(super) api: Api,
    pub(super) access: Access,
    pub(super) rejected: Rejected,
    /// The release was asked for since the login, so reads may begin.
    pub(super) ready: bool,
    /// A read has succeeded since the login: the browser did keep the cookie.
    pub(super) proved: bool,
    /// When to ask again whether the array is there, while it cannot be asked who is logged in.
    pub(super) probe_at: Option<i64>,
    pub(super) health: Health,
    /// A handful at a time.
    pub(super) outstanding: Vec<Sent>,
    pub(super) next_ticket: u64,
    pub(super) listing: Listing,
    pub(super) watching: Option<Watching>,
    pub(super) naming: Naming,
    /// What the creation form wants; `None` while none is open.
    pub(super) browse: Option<Browse>,
    pub(super) catalog: Catalog,
    /// One a session at most, in the order of asking.
    pub(super) acts: Vec<Act>,
    pub(super) deeds: u64,
    /// Of a DFM.
    pub(super) protection: Protection,
    /// What is planned, while somebody looks at it.
    pub(super) plans: Option<Plans>,
    /// The purge that is being prepared.
    pub(super) purging: Option<Purging>,
    /// When the last event was heard.
    pub(super) now: i64,
    pub(super) effects: Vec<Effect>,
}

impl Desk {
    /// A desk at which nothing has happened yet.
    pub fn new(settings: Settings) -> Desk {
        Desk {
            api: Api::new(settings.kind, &settings.base),
            settings,
            access: Access::Asking,
            rejected: Rejected::default(),
            ready: false,
            proved: false,
            probe_at: None,
            health: Health::default(),
            outstanding: Vec::new(),
            next_ticket: 0,
            listing: Listing::default(),
            watching: None,
            naming: Naming::default(),
            browse: None,
            catalog: Catalog::default(),
            acts: Vec::new(),
            deeds: 0,
            protection: Protection::default(),
            plans: None,
            purging: None,
            now: 0,
            effects: Vec::new(),
        }
    }

    /// Hears one event at `now` (milliseconds since 1970, the browser's clock) and says what is to be done.
    pub fn handle(&mut self, event: Event, now: i64) -> Vec<Effect> {
        self.now = now;
        match event {
            Event::Open if self.api.is_dfm() => self.access = Access::Out(Why::NotKept),
            Event::Open => self.probe(now),
            Event::LogIn { user, password } => self.log_in(user, &password, now),
            Event::LogOut => self.log_out(now),
            Event::Answered { ticket, result } => {
                if let Some(at) = self.outstanding.iter().position(|sent| sent.ticket == ticket) {
                    let sent = self.outstanding.swap_remove(at);
                    self.answered(sent, result, now);
                }
            }
            Event::Tick => self.give_up_overdue(now),
            Event::Refresh => {
                self.listing.wanted = true;
                if let Some(watching) = &mut self.watching {
                    watching.wanted = true;
                }
            }
            Event::Pause(paused) => self.pause(paused, now),
            Event::Watch(session) => self.watch(session, now),
            Event::OtherEnd(other) => {
                if let Some(watching) = &mut self.watching {
                    watching.other_end = other.map(|other| *other);
                }
            }
            Event::Ask { session, action } => self.ask(session, action, now),
            Event::Confirm { session, answers } => self.confirm(&session, &answers, now),
            Event::Create { plan } => self.create(*plan, now),
            Event::Browse(browse) => self.browse(browse),
            Event::BrowseAgain => self.browse_again(),
            Event::AskSchedules(source) => self.ask_schedules(source, now),
            Event::Dismiss { session } => self.dismiss(&session),
            Event::ListJobs(wish) => self.wish_for_jobs(wish),
            Event::ShowHistory(history) => self.show_history(history),
            Event::LookAtPlans(window) => self.look_at_plans(window),
            Event::OpenPurging(open) => self.open_purging(open),
            Event::Purge { before, with_failed } => self.purge(before, with_failed, now),
            Event::Leave => self.say_farewell(),
        }
        self.start_what_is_due(now);
        self.effects.push(Effect::Changed);
        std::mem::take(&mut self.effects)
    }

    /// When the desk wants a [`Event::Tick`], milliseconds since 1970; `None` while it waits for nothing.
    pub fn next_wake(&self) -> Option<i64> {
        let deadlines = self.outstanding.iter().map(|sent| sent.deadline);
        let scheduled = self.scheduled_reads_run();
        let listing = self.listing.next_at.filter(|_| scheduled && self.listing.run.is_none());
        let watching = self.watching.as_ref().filter(|w| scheduled && w.awaited == 0).and_then(|w| w.next_at);
        let looks = self.acts.iter().filter(|act| self.ready && act.awaited == 0).filter_map(|act| act.look_at);
        let probe = self.probe_at.filter(|_| !self.health.paused);
        let plans = self.plans_wake().filter(|_| scheduled);
        deadlines.chain(listing).chain(watching).chain(looks).chain(probe).chain(plans).min()
    }

    /// Who is logged in.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// How the reading goes.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// How the site set it up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The release that the array reported.
    pub fn release(&self) -> Option<Release> {
        self.api.release
    }

    /// True when what was read may not be what the array would tell at `now`: nobody is logged in, the
    /// last read failed, or it is long ago.
    pub fn is_old(&self, now: i64) -> bool {
        let overdue = self.health.last_read_at.is_none_or(|at| now - at > pace::overdue(self.settings.refresh));
        overdue || self.access.user().is_none() || self.health.trouble.is_some()
    }

    /// The act on this session: under way, asking, or settled and not yet dismissed.
    pub fn act(&self, session: &str) -> Option<&Act> {
        self.acts.iter().find(|act| act.session == session)
    }

    /// Every act, by session.
    pub fn acts(&self) -> impl Iterator<Item = &Act> {
        self.acts.iter()
    }

    /// What the tables say about an action on a session of this array, however its switches are set.
    pub fn verdict(&self, session: &Session, action: ActionId) -> Verdict {
        let circumstances = self.circumstances(session);
        offered(kind(session).lifecycle(), node(session), action, circumstances, self.api.release)
    }

    /// The same with the switches as they are set.
    pub fn verdict_with(&self, session: &Session, action: ActionId, answers: &Answers) -> Verdict {
        let lifecycle = kind(session).lifecycle();
        let known = self.circumstances(session).with(Circumstance::FromSnapshot, Some(answers.snapshot.is_some()));
        let flags = lifecycle.action(action).map_or(&[][..], |action| action.flags);
        let circumstances = flags.iter().fold(known, |known, flag| match flag.makes {
            Some(makes) => known.with(makes, Some(answers.flags.contains(&flag.name))),
            None => known,
        });
        verdict(lifecycle, node(session), action, circumstances, self.api.release)
    }

    /// What is known of a session of this array: of a group also what its members tell, while it is watched.
    pub fn circumstances(&self, session: &Session) -> Circumstances {
        let known = circumstances(session, self.api.release);
        let Some(watching) = self.watching.as_ref().filter(|watching| watching.id == session.id) else { return known };
        let known = match &watching.other_end {
            Some(other) => with_other_end(known, session, other),
            None => known,
        };
        match watching.members.as_deref().filter(|_| session.resource == Resource::Import) {
            Some(members) => with_members(known, members),
            None => known,
        }
    }

    /// The exact request that confirming would send, secrets masked.
    pub fn preview(&self, session: &str, action: &Action, answers: &Answers, now: i64) -> Option<Exchange> {
        let fresh = self.act(session)?.fresh.as_ref()?;
        Some(Exchange::begin(&self.api.act_on(fresh, action, answers)?, now))
    }

    /// The watched session as it was last read.
    pub fn watched(&self) -> Option<&Session> {
        self.watching.as_ref()?.session.as_ref()
    }

    /// The members of the watched session, by their ids; empty as long as they were not read.
    pub fn watched_members(&self) -> &[Session] {
        self.watching.as_ref().and_then(|watching| watching.members.as_deref()).unwrap_or_default()
    }

    /// The group that the watched session is a member of, as it was last read.
    pub fn watched_parent(&self) -> Option<&Session> {
        self.watching.as_ref()?.parent.as_ref()
    }

    /// True when the watched session does not exist (any more).
    pub fn watched_is_gone(&self) -> bool {
        self.watching.as_ref().is_some_and(|watching| watching.gone)
    }

    /// The last read of the watched session, as on the wire.
    pub fn last_exchange(&self) -> Option<&Exchange> {
        self.watching.as_ref()?.exchange.as_ref()
    }

    fn give_up_overdue(&mut self, now: i64) {
        while let Some(at) = self.outstanding.iter().position(|sent| sent.deadline <= now) {
            let sent = self.outstanding.swap_remove(at);
            self.effects.push(Effect::Abandon(sent.ticket));
            self.answered(sent, Err(TransportFailure::TimedOut), now);
        }
    }

    fn scheduled_reads_run(&self) -> bool {
        self.ready && !self.health.paused
    }

    fn start_what_is_due(&mut self, now: i64) {
        if !self.health.paused && self.probe_at.is_some_and(|at| at <= now) {
            self.probe(now);
        }
        if !self.ready {
            return;
        }
        let scheduled = self.scheduled_reads_run();
        let due = |at: Option<i64>| scheduled && at.is_some_and(|at| at <= now);
        if self.listing.run.is_none() && (self.listing.wanted || due(self.listing.next_at)) {
            self.read_list(now);
        }
        if self.watching.as_ref().is_some_and(|w| w.awaited == 0 && !w.gone && (w.wanted || due(w.next_at))) {
            self.read_watched(now);
        }
        self.look_after_acts(now);
        self.read_plans(now);
        self.count_finished(now);
        self.read_catalog(now);
        self.ask_for_names(now);
    }

    fn answered(&mut self, mut sent: Sent, result: Result<Response, TransportFailure>, now: i64) {
        sent.exchange.finish(&result, now);
        if let Ok(response) = &result {
            if let Some(clock) = powerstore::clock(response) {
                self.health.clock_skew = Some(clock - now);
            }
            if response.is_success()
                && let Some(token) = powerstore::token(response)
            {
                self.api.token = Some(token);
            }
            if response.status == 401 && sent.purpose.is_read() && sent.purpose != Purpose::Probe {
                // The answer still goes to whoever asked, which may have to be put aside until the login.
                self.expire(now);
            }
        }
        let heard = match sent.talk.take() {
            None => Heard::Answer(&result),
            Some(talk) => match self.talk_on(talk, &sent.purpose, sent.sent_at, &result) {
                Some(heard) => heard,
                None => return,
            },
        };
        let Sent { purpose, sent_at, exchange, .. } = sent;
        match &purpose {
            Purpose::Probe => self.probed(&result, now),
            Purpose::LogIn { user } => self.log_in_answered(user.clone(), &result, now),
            Purpose::LogOut => self.log_out_answered(&result),
            Purpose::Release => self.release_answered(&result, now),
            Purpose::Page { offset } => self.page_answered(*offset, &result, now),
            Purpose::Remotes => self.remotes_answered(&result),
            Purpose::Names => self.names_answered(&result),
            Purpose::Watched => self.watched_answered(exchange, sent_at, heard, now),
            Purpose::Members { of } => self.members_answered(of, sent_at, &result),
            Purpose::Parent { id } => self.parent_answered(id, sent_at, &result),
            Purpose::WatchedJobs { session } => self.watched_jobs_answered(session.clone(), &result),
            Purpose::Catalog { list, offset } => self.catalog_answered((*list, *offset), sent_at, &result, now),
            Purpose::NameCheck { session } => self.name_checked(session, &result, now),
            Purpose::Prepare { session } => self.prepared(session, sent_at, heard, now),
            Purpose::Snapshots { session } => self.snapshots_answered(session, &result),
            Purpose::Act { session } => self.act_answered(session, exchange, &result, now),
            Purpose::TokenCheck { session } => self.token_checked(session, &result, now),
            Purpose::LookAtSession { session } => self.looked_at_session(session, sent_at, heard, now),
            Purpose::LookAtJob { session } => self.looked_at_job(session, &result, now),
            Purpose::LookForJob { session } => self.looked_for_job(session, &result, now),
            Purpose::ProtectionJobs => self.protection_jobs_answered(heard, now),
            Purpose::Events { of } => self.events_answered(of, heard),
            Purpose::PlansChanged => self.plans_changed(heard, now),
            Purpose::Plans => self.plans_answered(heard, now),
            Purpose::Finished => self.finished_told(heard, now),
            Purpose::Purge => self.purge_answered(exchange, heard, now),
            Purpose::Farewell => {}
        }
    }

    /// A read of the list or the watched session ended well.
    pub(super) fn read_well(&mut self, now: i64) {
        self.health.last_read_at = Some(now);
        self.health.trouble = None;
        self.health.failures = 0;
        self.proved = true;
    }

    /// A read failed; the login's own end is told elsewhere.
    pub(super) fn read_badly(&mut self, error: ArrayError) {
        if error != ArrayError::LoginWanted {
            self.health.trouble = Some(error);
            self.health.failures += 1;
        }
    }
}

/// Applies `reader` to an answer that came, and names the failure of one that did not.
pub(super) fn read<T>(
    result: &Result<Response, TransportFailure>,
    reader: impl FnOnce(&Response) -> Result<T, ArrayError>,
) -> Result<T, ArrayError> {
    match result {
        Ok(response) => reader(response),
        Err(failure) => Err(ArrayError::from(*failure)),
    }
}
