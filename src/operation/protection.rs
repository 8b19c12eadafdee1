//! The protection jobs of a DFM: which are listed, and how the list is kept true.
//!
//! A server may keep the jobs of years. The list asks for those of a period, and the server picks; jobs that
//! have not begun have no time that it could pick them by, and are asked for by their state. Between two whole
//! readings only what has begun since, or since the oldest job that was not over, is asked for; of jobs that
//! were not over and are in no answer, each is asked for by its id.

use super::desk::{Desk, Purpose};
use super::event::{Effect, NamedThing};
use super::heard::Heard;
use super::listing::{Run, moves};
use super::{delta::Step, pace};
use crate::array::ArrayError;
use crate::array::dfm::JobQuery;
use crate::ordered::OrderedSet;
use crate::wire::powerstore::{Resource, Session};
use crate::wire::zapi::{self, ProgressEvent};

/// Milliseconds after which the list is read whole again: what was purged shows in no other reading.
const WHOLE_EVERY: i64 = 600_000;
/// Jobs are asked for from this much before the last reading, milliseconds.
const OVERLAP: i64 = 60_000;
/// So many jobs that have vanished from the answers are asked for one by one; more are read with all others.
const ONE_BY_ONE: usize = 20;
const DAY: i64 = 86_400_000;
/// States in which a job is listed whenever it began, as the wire calls them.
const UNFINISHED: [&str; 3] = ["queued", "running", "aborting"];

/// Which protection jobs are listed; what is `None` leaves all in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobWish {
    /// Begun within so many days, or not over.
    pub days: Option<u16>,
    /// In this state, as the wire calls it.
    pub state: Option<String>,
    /// Of this type, as the wire calls it.
    pub kind: Option<String>,
    /// Of this dataset or group, by its name or id.
    pub dataset: Option<String>,
}

impl Default for JobWish {
    /// Those of the last week.
    fn default() -> JobWish {
        JobWish { days: Some(7), state: None, kind: None, dataset: None }
    }
}

/// How the list of jobs stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Protection {
    wish: JobWish,
    /// What is still to be asked in the reading that is under way, the next one last.
    parts: Vec<JobQuery>,
    /// What is being asked.
    asked: JobQuery,
    /// The reading that is under way is whole.
    whole: bool,
    whole_at: Option<i64>,
    /// When the last reading began, by the server's clock.
    asked_at: i64,
    /// Jobs that are not over, and when they began.
    unfinished: Vec<(String, Option<i64>)>,
    /// Jobs that turned out to be gone in the reading that is under way.
    lost: Vec<String>,
    /// The server does not know jobs that wait.
    no_queue: bool,
    named: OrderedSet<String>,
    /// The person wants to see all that a job reported, and not only what nothing later has replaced.
    pub(super) history: bool,
}

/// The name of the dataset, or of whatever else a job works on.
fn dataset(job: &Session) -> Option<&str> {
    job.text("dataset-name").or(job.text("object-name"))
}

impl Protection {
    /// The login has ended.
    pub(super) fn stop(&mut self) {
        self.parts.clear();
        self.lost.clear();
        self.whole_at = None;
    }
}

impl Desk {
    /// Which protection jobs are listed.
    pub fn job_wish(&self) -> &JobWish {
        &self.protection.wish
    }

    pub(super) fn wish_for_jobs(&mut self, wish: JobWish) {
        if self.protection.wish != wish {
            self.protection.wish = wish;
            self.abandon(&|purpose| *purpose == Purpose::ProtectionJobs);
            self.protection.stop();
            self.listing.run = None;
            self.listing.wanted = true;
        }
    }

    pub(super) fn read_protection_jobs(&mut self, now: i64) {
        let clock = self.array_time(now);
        let protection = &mut self.protection;
        let by_hand = std::mem::take(&mut self.listing.wanted);
        let whole = by_hand || protection.whole_at.is_none_or(|at| now - at >= WHOLE_EVERY);
        let JobWish { days, state, kind, dataset } = protection.wish.clone();
        let period = days.map(|days| clock - i64::from(days) * DAY);
        let no_queue = protection.no_queue;
        let mut parts = Vec::new();
        let mut ask = |state: Option<&str>, started_from| {
            if !(no_queue && state == Some("queued")) {
                let (state, kind, dataset) = (state.map(str::to_owned), kind.clone(), dataset.clone());
                parts.push(JobQuery { id: None, state, kind, dataset, started_from });
            }
        };
        if !whole {
            let mut from = protection.asked_at - OVERLAP;
            for (_, began) in &protection.unfinished {
                from = from.min(began.unwrap_or(from));
            }
            ask(Some("queued"), None);
            ask(None, Some(from));
        } else if state.is_some() {
            let unfinished = state.as_deref().is_some_and(|state| UNFINISHED.contains(&state));
            ask(state.as_deref(), period.filter(|_| !unfinished));
        } else {
            for state in UNFINISHED.iter().filter(|_| period.is_some()) {
                ask(Some(state), None);
            }
            ask(None, period);
        }
        protection.parts = parts;
        protection.whole = whole;
        protection.asked_at = clock;
        self.listing.next_at = None;
        self.ask_for_part(Run::of(Step::Other(Resource::ProtectionJob), now), now);
    }

    fn ask_for_part(&mut self, run: Run, now: i64) {
        let Some(part) = self.protection.parts.pop() else { return self.protection_jobs_complete(run, now) };
        let talk = self.api.protection_jobs(&part);
        self.protection.asked = part;
        self.listing.run = Some(run);
        self.send(Purpose::ProtectionJobs, talk, now);
    }

    pub(super) fn protection_jobs_answered(&mut self, heard: Heard, now: i64) {
        let Some(mut run) = self.listing.run.take() else { return };
        let asked = std::mem::take(&mut self.protection.asked);
        match heard.jobs() {
            Ok(mut rows) => {
                if let Some(id) = asked.id.filter(|_| rows.rows.is_empty()) {
                    self.protection.lost.push(id);
                }
                run.unreadable = run.unreadable.saturating_add(rows.unreadable);
                run.sessions.append(&mut rows.rows);
            }
            // Older servers have no word for it.
            Err(ArrayError::Refused { .. }) if asked.state.as_deref() == Some("queued") => {
                self.protection.no_queue = true;
            }
            Err(error) => {
                self.protection.stop();
                self.read_badly(error);
                return self.schedule_list(now);
            }
        }
        if self.protection.parts.is_empty() && !self.protection.whole {
            self.ask_for_vanished(&run.sessions);
        }
        self.ask_for_part(run, now);
    }

    /// Jobs that were not over and are in no answer are so by now, or gone.
    fn ask_for_vanished(&mut self, sessions: &[Session]) {
        let protection = &mut self.protection;
        for (id, _) in std::mem::take(&mut protection.unfinished) {
            if !sessions.iter().any(|session| session.id == id) {
                protection.parts.push(JobQuery { id: Some(id), ..JobQuery::default() });
            }
        }
        if protection.parts.len() > ONE_BY_ONE {
            protection.whole_at = None;
            protection.parts.clear();
        }
    }

    fn protection_jobs_complete(&mut self, run: Run, now: i64) {
        self.name_datasets(&run.sessions);
        let protection = &mut self.protection;
        let unfinished = run.sessions.iter().filter(|job| job.time("completed-timestamp").is_none());
        protection.unfinished = unfinished.map(|job| (job.id.clone(), job.updated())).collect();
        if protection.whole {
            protection.whole_at = Some(run.started_at);
            return self.collection_complete(run, now);
        }
        let lost = std::mem::take(&mut protection.lost);
        let moves = run.sessions.iter().any(moves);
        if !lost.is_empty() {
            self.sessions_gone(lost);
        }
        self.part_complete(run.sessions, run.started_at);
        self.listing.others.now_moves(Resource::ProtectionJob, moves);
        self.read_well(now);
        self.read_next(now);
    }

    /// Plans name datasets by their ids alone; jobs tell both.
    fn name_datasets(&mut self, jobs: &[Session]) {
        let mut names = Vec::new();
        for job in jobs {
            let told = (job.text("dataset-id").or(job.text("object-id")), dataset(job));
            let (Some(id), Some(name)) = told else { continue };
            if self.protection.named.insert(id.to_owned()) {
                names.push((id.to_owned(), name.to_owned()));
            }
        }
        if !names.is_empty() {
            self.effects.push(Effect::Named { thing: NamedThing::Other, names });
        }
    }

    /// The array's clock, as far as it is known.
    pub(super) fn array_time(&self, now: i64) -> i64 {
        now + self.health.clock_skew.unwrap_or(0)
    }

    /// Of the watched job: all that it reported, or what nothing later has replaced.
    pub(super) fn show_history(&mut self, history: bool) {
        self.protection.history = history;
        if let Some(watching) = &mut self.watching {
            watching.events = None;
            watching.wanted = true;
        }
    }

    /// True when all that a job reported is shown.
    pub fn shows_history(&self) -> bool {
        self.protection.history
    }

    pub(super) fn events_answered(&mut self, of: &str, heard: Heard) {
        let Some(watching) = self.watching.as_mut().filter(|watching| watching.id == of) else { return };
        watching.awaited = watching.awaited.saturating_sub(1);
        match heard.told() {
            Ok(told) => {
                // Most servers tell them in their order: each is looked for from the end.
                let mut events: Vec<ProgressEvent> = Vec::new();
                for event in zapi::progress_events(told).rows {
                    let before = events.iter().rposition(|other| other.id <= event.id);
                    events.insert(before.map_or(0, |place| place + 1), event);
                }
                watching.events = Some(events);
            }
            Err(ArrayError::NotFound(_)) => {}
            Err(error) => self.read_badly(error),
        }
    }

    /// When a list at rest is read again.
    pub(super) fn at_rest(&self, now: i64) -> i64 {
        now + pace::delay(self.settings.refresh, false, self.health.failures)
    }
}
