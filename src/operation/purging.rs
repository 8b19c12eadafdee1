//! Purging by time: what it would take, counted by listing, because the call itself tells no number; one
//! request; and what is left, counted again.

use super::desk::{Desk, Purpose};
use super::event::Effect;
use super::heard::Heard;
use crate::array::dfm::JobQuery;
use crate::array::{ArrayError, Deed, DeedEnd, Exchange};
use crate::wire::powerstore::{Resource, Session};

/// A count that is older than this is counted again before anything is sent, milliseconds.
const STALE_COUNT: i64 = 60_000;
/// The states of jobs that are over, as the wire calls them.
const OVER: [&str; 2] = ["completed", "aborted"];

/// Where a purge stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PurgeStage {
    /// The jobs are being counted.
    Counting,
    /// They were counted; the person decides.
    Counted,
    /// The count was old when the person confirmed, and was renewed: nothing was sent.
    CountedAnew,
    /// They could not be counted.
    Uncounted(ArrayError),
    /// The request is out.
    Sending,
    /// It was answered, or not: the jobs are being counted again.
    CountingAfter(DeedEnd),
    /// What came of it.
    Settled(DeedEnd),
}

/// What a purge would take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// So many jobs.
    pub count: usize,
    /// When the first of them was over, milliseconds since 1970.
    pub oldest: Option<i64>,
    /// When the last one was.
    pub newest: Option<i64>,
}

/// The page of purging is open.
#[derive(Clone, Debug)]
pub struct Purging {
    /// Where it stands.
    pub stage: PurgeStage,
    /// When the jobs were counted, by the browser's clock.
    pub counted_at: Option<i64>,
    /// When each job was over, and whether it went well.
    finished: Vec<(i64, bool)>,
    /// What is still to be listed.
    states: Vec<&'static str>,
    fresh: Vec<(i64, bool)>,
    deed: Option<Deed>,
    asked: (i64, bool),
}

impl Purging {
    /// What would go of the jobs that were over before this time.
    pub fn preview(&self, before: i64, with_failed: bool) -> Preview {
        let mut preview = Preview::default();
        for (at, good) in &self.finished {
            if *at < before && (*good || with_failed) {
                preview.count += 1;
                preview.oldest = Some(preview.oldest.map_or(*at, |oldest| oldest.min(*at)));
                preview.newest = Some(preview.newest.map_or(*at, |newest| newest.max(*at)));
            }
        }
        preview
    }
}

/// When a job was over, and whether all of it went well; `None` for one that is not over.
fn finished(job: &Session) -> Option<(i64, bool)> {
    let good = job.state.as_deref() == Some("completed") && job.text("job-progress") == Some("success");
    Some((job.time("completed-timestamp")?, good))
}

impl Desk {
    /// The purge that is being prepared, or has been sent.
    pub fn purging(&self) -> Option<&Purging> {
        self.purging.as_ref()
    }

    pub(super) fn open_purging(&mut self, open: bool) {
        if open != self.purging.is_some() {
            self.abandon(&|purpose| *purpose == Purpose::Finished);
            self.purging = open.then(|| Purging {
                stage: PurgeStage::Counting,
                counted_at: None,
                finished: Vec::new(),
                states: OVER.to_vec(),
                fresh: Vec::new(),
                deed: None,
                asked: (0, false),
            });
        } else if let Some(purging) = &mut self.purging
            && matches!(purging.stage, PurgeStage::Uncounted(_) | PurgeStage::Settled(_))
        {
            purging.count_again(PurgeStage::Counting);
        }
    }

    /// Asks for the next part of the count, unless one is out.
    pub(super) fn count_finished(&mut self, now: i64) {
        let counts = |purging: &Purging| {
            matches!(purging.stage, PurgeStage::Counting | PurgeStage::CountedAnew | PurgeStage::CountingAfter(_))
        };
        if !self.purging.as_ref().is_some_and(counts) || self.is_out(&Purpose::Finished) {
            return;
        }
        let Some(state) = self.purging.as_mut().and_then(|purging| purging.states.pop()) else { return };
        let query = JobQuery { state: Some(state.to_owned()), ..JobQuery::default() };
        self.send(Purpose::Finished, self.api.protection_jobs(&query), now);
    }

    pub(super) fn finished_told(&mut self, heard: Heard, now: i64) {
        let Some(purging) = &mut self.purging else { return };
        match heard.jobs() {
            Ok(rows) => {
                purging.fresh.extend(rows.rows.iter().filter_map(finished));
                if purging.states.is_empty() {
                    purging.finished = std::mem::take(&mut purging.fresh);
                    purging.counted_at = Some(now);
                    self.counted(now);
                }
            }
            // They are counted after the next login.
            Err(ArrayError::LoginWanted) => purging.count_again(purging.stage.clone()),
            Err(error) => match &purging.stage {
                PurgeStage::CountingAfter(end) => {
                    let end = end.clone();
                    self.settle_purge(end, now);
                }
                _ => purging.stage = PurgeStage::Uncounted(error),
            },
        }
    }

    fn counted(&mut self, now: i64) {
        let Some(purging) = &mut self.purging else { return };
        let (before, with_failed) = purging.asked;
        let nothing_left = purging.preview(before, with_failed).count == 0;
        match &purging.stage {
            PurgeStage::CountingAfter(DeedEnd::Unknown) => {
                let end = if nothing_left { DeedEnd::MovedByNobodyKnows } else { DeedEnd::NotArrived };
                self.settle_purge(end, now);
            }
            PurgeStage::CountingAfter(end) => {
                let end = end.clone();
                self.settle_purge(end, now);
            }
            PurgeStage::CountedAnew => {}
            _ => purging.stage = PurgeStage::Counted,
        }
    }

    /// The person confirmed: jobs that were over before this time, with or without those that went wrong.
    pub(super) fn purge(&mut self, before: i64, with_failed: bool, now: i64) {
        let (user, read_only) = (self.access.user().map(str::to_owned), self.settings.read_only);
        let (Some(purging), Some(user)) = (&mut self.purging, user) else { return };
        if read_only || !matches!(purging.stage, PurgeStage::Counted | PurgeStage::CountedAnew) {
            return;
        }
        if purging.counted_at.is_none_or(|at| now - at > STALE_COUNT) {
            return purging.count_again(PurgeStage::CountedAnew);
        }
        let request = self.api.purge_before(before, with_failed);
        purging.stage = PurgeStage::Sending;
        purging.asked = (before, with_failed);
        self.deeds += 1;
        let jobs = purging.preview(before, with_failed).count;
        purging.deed = Some(Deed {
            number: self.deeds,
            array: self.settings.array.clone(),
            user,
            session: String::new(),
            resource: Resource::ProtectionJob,
            session_name: format!("{jobs} protection jobs"),
            action: "Purge",
            sent_at: now,
            settled_at: None,
            state_before: None,
            state_after: None,
            exchange: Exchange::begin(&request, now),
            job: None,
            end: DeedEnd::Running,
        });
        self.tell_purge();
        self.send(Purpose::Purge, request, now);
    }

    pub(super) fn purge_answered(&mut self, exchange: Exchange, heard: Heard, now: i64) {
        let outcome = heard.told();
        if outcome == Err(ArrayError::LoginWanted) {
            self.expire(now);
        }
        let Some(purging) = &mut self.purging else { return };
        if let Some(deed) = &mut purging.deed {
            deed.exchange = exchange;
        }
        match outcome {
            Err(error) if error.is_refusal() => self.settle_purge(DeedEnd::Refused(error.to_string()), now),
            outcome => {
                let end = if outcome.is_ok() { DeedEnd::Completed } else { DeedEnd::Unknown };
                if let Some(deed) = &mut purging.deed {
                    deed.end = end.clone();
                }
                purging.count_again(PurgeStage::CountingAfter(end));
                // The list is to show it, too.
                self.listing.wanted = true;
                self.tell_purge();
            }
        }
    }

    fn settle_purge(&mut self, end: DeedEnd, now: i64) {
        let Some(purging) = &mut self.purging else { return };
        purging.stage = PurgeStage::Settled(end.clone());
        if let Some(deed) = &mut purging.deed {
            deed.end = end;
            deed.settled_at = Some(now);
        }
        self.tell_purge();
    }

    fn tell_purge(&mut self) {
        if let Some(deed) = self.purging.as_ref().and_then(|purging| purging.deed.clone()) {
            self.effects.push(Effect::Deed(Box::new(deed)));
        }
    }
}

impl Purging {
    pub(super) fn count_again(&mut self, stage: PurgeStage) {
        self.stage = stage;
        self.states = OVER.to_vec();
        self.fresh.clear();
    }
}
