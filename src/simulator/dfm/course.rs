//! The course of one job: its parts one after the other, what it tells of them, and its end. Which move is
//! possible, and where it leads, is read from the tables; here is only when it is tried.

use super::event::{Cause, EVENTS_OF_A_JOB, Event, EventType, Severity};
use super::job::{Fate, Job, JobType, Subtask, Work};
use super::model::Carrier;
use crate::lifecycle::protection_job as table;
use crate::lifecycle::protection_progress as progress;
use crate::lifecycle::{Circumstance, Circumstances, EventId, Outcome, Trigger};

/// A transfer that takes longer is told of in between.
const LONG: i64 = 30_000;
/// So often.
const TELLS: u8 = 3;

impl Subtask {
    /// When it ends if nobody intervenes; `None` before it has begun.
    pub(super) fn ends(&self) -> Option<i64> {
        let part = if let Fate::Fails(_, part) = self.fate { i64::from(part) } else { 1000 };
        Some(self.begun? + self.takes * part / 1000)
    }

    /// When there is something to tell of it.
    fn next(&self) -> Option<i64> {
        let (begun, ends) = (self.begun?, self.ends()?);
        let tells = if self.work.is_transfer() && self.takes > LONG { TELLS } else { 0 };
        let tell = begun + self.takes * i64::from(self.told + 1) / i64::from(TELLS + 1);
        Some(if self.told < tells { tell.min(ends) } else { ends })
    }

    /// Bytes copied by `at`.
    pub fn bytes(&self, at: i64) -> u64 {
        match (self.begun, self.ended) {
            (Some(_), Some(_)) => self.moved,
            (Some(begun), None) => {
                let until = self.ends().unwrap_or(begun).min(at);
                let elapsed = u128::from((until - begun).max(0).unsigned_abs());
                let bytes = u128::from(self.size) * elapsed / u128::from(self.takes.max(1).unsigned_abs());
                u64::try_from(bytes).unwrap_or(u64::MAX).min(self.size)
            }
            _ => 0,
        }
    }
}

/// The event types of a transfer: its start, progress and end.
const fn told_as(work: Work) -> [EventType; 3] {
    use EventType as E;
    match work {
        Work::Vault => [E::SnapvaultStart, E::SnapvaultProgress, E::SnapvaultEnd],
        Work::Mirror => [E::SnapmirrorStart, E::SnapmirrorProgress, E::SnapmirrorEnd],
        Work::Create(_) => [E::RelCreateStart, E::RelCreateProgress, E::RelCreateEnd],
        Work::Destroy(_) => [E::RelDestroyStart, E::RelDestroyProgress, E::RelDestroyEnd],
        Work::Restore => [E::RestoreStart, E::RestoreProgress, E::RestoreEnd],
        Work::Snapshot => [E::SnapshotCreate, E::SnapshotCreate, E::SnapshotCreate],
        Work::Expire => [E::SnapshotDelete, E::SnapshotDelete, E::BackupDelete],
        Work::Register => [E::BackupCreate, E::BackupCreate, E::BackupCreate],
        Work::Prepare => [E::JobProgress, E::JobProgress, E::JobProgress],
    }
}

impl Work {
    /// The carrier of a relationship that is made or removed, or along which data is copied.
    pub const fn carrier(self) -> Option<Carrier> {
        match self {
            Work::Vault => Some(Carrier::SnapVault),
            Work::Mirror => Some(Carrier::SnapMirror),
            Work::Create(carrier) | Work::Destroy(carrier) => Some(carrier),
            _ => None,
        }
    }
}

impl Job {
    /// Bytes copied by `at`: never fewer than at an earlier time.
    pub fn bytes(&self, at: i64) -> u64 {
        self.subtasks.iter().map(|subtask| subtask.bytes(at)).sum()
    }

    /// Everything that is left of it succeeds at once.
    pub(super) fn finish(&mut self, now: i64) {
        while self.completed.is_none() && self.subtasks.get(self.current).is_some_and(|part| part.begun.is_some()) {
            self.part_ends(Fate::Succeeds, now);
        }
        if self.completed.is_none() {
            self.end(now);
        }
    }

    /// The next part that counts for the progress ends like this, after those that stand before it; false
    /// when none is left.
    pub(super) fn part_that_counts_ends(&mut self, fate: Fate, now: i64) -> bool {
        if !self.subtasks.iter().skip(self.current).any(|subtask| self.counts(subtask.work)) {
            return false;
        }
        while let Some(work) = self.subtasks.get(self.current).map(|subtask| subtask.work) {
            if self.counts(work) {
                self.part_ends(fate, now);
                return true;
            }
            self.part_ends(Fate::Succeeds, now);
        }
        false
    }

    /// True for the parts whose ends count for the progress: transfers; in a job that has none its
    /// snapshots, and in one that has neither all of it.
    pub fn counts(&self, work: Work) -> bool {
        let any = |wanted: fn(Work) -> bool| self.subtasks.iter().any(|subtask| wanted(subtask.work));
        if any(Work::is_transfer) {
            work.is_transfer()
        } else {
            work == Work::Snapshot || !any(|work| work == Work::Snapshot)
        }
    }

    /// True unless its type, or what it does now, forbids to stop it: what is left of a relationship is
    /// removed in one go.
    pub fn can_be_stopped(&self) -> bool {
        let last = self.subtasks.last().is_some_and(|subtask| subtask.begun.is_some());
        self.kind != JobType::Configuration && !(self.kind == JobType::DestroyRelationship && last)
    }

    /// What is true of it, with or without the switch of a purge.
    pub fn circumstances(&self, purging_errors: bool) -> Circumstances {
        Circumstances::UNKNOWN
            .with(Circumstance::Stoppable, Some(self.can_be_stopped()))
            .with(Circumstance::EndedWithError, Some(self.ended_with_error()))
            .with(Circumstance::PurgingErrors, Some(purging_errors))
    }

    /// Lets `trigger` move it, if the table has a row for it; the sentence of the table otherwise.
    pub(super) fn take(&mut self, trigger: Trigger, now: i64) -> Result<Outcome, &'static str> {
        let row = table::PROTECTION_JOB.follow(Some(self.state()), trigger, self.circumstances(false));
        match row.map(|row| row.outcome) {
            Some(Outcome::Refused(sentence)) => return Err(sentence),
            Some(Outcome::Node(table::RUNNING)) => self.started = Some(now),
            Some(Outcome::Node(table::ABORTING)) => self.abort_requested = Some(now),
            Some(Outcome::Node(_)) => self.completed = Some(now),
            Some(_) => {}
            None => return Err("The job is in no state for that."),
        }
        row.map(|row| row.outcome).ok_or("The job is in no state for that.")
    }

    /// Tells of the job as a whole.
    pub(super) fn tell(&mut self, at: i64, kind: EventType, status: Severity, cause: Option<Cause>) {
        self.tell_of(None, at, kind, status, 0, cause);
    }

    fn tell_of(
        &mut self,
        subtask: Option<u8>,
        at: i64,
        kind: EventType,
        status: Severity,
        bytes: u64,
        cause: Option<Cause>,
    ) {
        let place = u32::try_from(self.events.len()).unwrap_or(0);
        let id = self.id * EVENTS_OF_A_JOB + place;
        self.events.push(Event { id, at, kind, status, subtask, bytes, cause });
    }

    /// Tells of the part that is worked on: `which` is 0 for its start, 1 for its progress, 2 for its end.
    fn tell_of_current(&mut self, at: i64, which: usize, status: Severity, cause: Option<Cause>) {
        let Some(subtask) = self.subtasks.get(self.current) else { return };
        let Some(kind) = told_as(subtask.work).get(which).copied() else { return };
        let bytes = subtask.bytes(at);
        self.tell_of(u8::try_from(self.current).ok(), at, kind, status, bytes, cause);
    }

    /// A worker takes it.
    pub(super) fn begin(&mut self, now: i64) {
        if self.take(Trigger::Event(table::WORKER_TAKES_IT), now).is_ok() {
            self.tell(now, EventType::JobStart, Severity::Normal, None);
            self.begin_current(now);
        }
    }

    /// Begins the part whose turn it is, or ends when none is left.
    fn begin_current(&mut self, now: i64) {
        // Nothing is recorded where nothing came about.
        while self.subtasks.get(self.current).is_some_and(|subtask| subtask.work == Work::Register)
            && self.progress == progress::FAILURE
        {
            self.current += 1;
        }
        let Some(subtask) = self.subtasks.get_mut(self.current) else { return self.end(now) };
        subtask.begun = Some(now);
        let tells = subtask.work.is_transfer() || subtask.work == Work::Prepare;
        self.due = subtask.next();
        if tells {
            self.tell_of_current(now, 0, Severity::Normal, None);
        }
    }

    /// Does what is due.
    pub(super) fn step(&mut self, now: i64) {
        self.due = None;
        if self.completed.is_some() {
            return;
        }
        if self.abort_requested.is_some() && self.stops.is_none_or(|stops| stops <= now) {
            return self.stop(table::SUBTASKS_STOPPED, Cause::Aborted, now, now);
        }
        let Some(subtask) = self.subtasks.get_mut(self.current) else { return self.end(now) };
        if subtask.ends().is_none_or(|ends| ends <= now) {
            let fate = subtask.fate;
            self.part_ends(fate, now);
        } else {
            subtask.told += 1;
            let next = subtask.next();
            self.due = self.stops.map_or(next, |stops| next.map(|next| next.min(stops)));
            self.tell_of_current(now, 1, Severity::Normal, None);
        }
    }

    /// The part that is worked on ends like this, and the next one begins, if there is one.
    pub(super) fn part_ends(&mut self, fate: Fate, now: i64) {
        self.end_current(fate, now, now);
        // What is being stopped begins nothing more.
        if self.abort_requested.is_some() { self.end(now) } else { self.begin_current(now) }
    }

    /// The part that is worked on ends; one that fails has copied what it had copied at `counted`.
    fn end_current(&mut self, fate: Fate, counted: i64, now: i64) {
        let Some(subtask) = self.subtasks.get_mut(self.current).filter(|subtask| subtask.begun.is_some()) else {
            return;
        };
        let work = subtask.work;
        subtask.moved = if matches!(fate, Fate::Fails(..)) { subtask.bytes(counted) } else { subtask.size };
        subtask.ended = Some(now);
        let (status, cause) = match fate {
            Fate::Succeeds => (Severity::Normal, None),
            Fate::Warns(cause) => (Severity::Warning, Some(cause)),
            Fate::Fails(cause, _) => (Severity::Error, Some(cause)),
        };
        if work == Work::Expire {
            self.tell_of_current(now, 0, status, cause);
        }
        self.tell_of_current(now, 2, status, cause);
        if self.counts(work) {
            let failed = status == Severity::Error;
            self.progresses(if failed { progress::TRANSFER_FAILS } else { progress::TRANSFER_SUCCEEDS });
        }
        self.current += 1;
    }

    fn progresses(&mut self, event: EventId) {
        let table = &progress::PROTECTION_PROGRESS;
        let row = table.follow(Some(self.progress), Trigger::Event(event), Circumstances::UNKNOWN);
        if let Some(Outcome::Node(to)) = row.map(|row| row.outcome) {
            self.progress = to;
        }
    }

    /// What is left of it is given up for this cause. The part that was worked on has copied what it had
    /// copied at `counted`.
    pub(super) fn stop(&mut self, event: EventId, cause: Cause, counted: i64, now: i64) {
        self.end_current(Fate::Fails(cause, 0), counted, now);
        if self.progress == progress::IN_PROGRESS && self.abort_requested.is_none() {
            // Nothing of it has come about.
            self.progresses(progress::TRANSFER_FAILS);
        }
        self.end_by(event, Some(cause), now);
    }

    /// All that is to be done is done.
    fn end(&mut self, now: i64) {
        self.end_by(table::SUBTASKS_ENDED, None, now);
    }

    fn end_by(&mut self, event: EventId, cause: Option<Cause>, now: i64) {
        let aborted = self.abort_requested.map(|_| Cause::Aborted);
        let failed = self.events.iter().filter(|event| event.status == Severity::Error).find_map(|event| event.cause);
        let (status, cause) = match (cause.or(aborted), self.progress) {
            (Some(Cause::Aborted), _) => (Severity::Warning, None),
            (Some(cause), _) => (Severity::Error, Some(cause)),
            (None, progress::FAILURE) => (Severity::Error, failed),
            (None, progress::PARTIAL_SUCCESS) => (Severity::Warning, None),
            (None, _) => (Severity::Normal, None),
        };
        self.due = None;
        self.stops = None;
        // Before the time of its end is set: its last word belongs to it.
        self.tell(now, EventType::JobEnd, status, cause);
        // The table has a row for each of the ends that get here.
        let _ = self.take(Trigger::Event(event), now);
    }

    /// Somebody had it stopped: it ends at `stops`, or when what it does now ends before.
    pub(super) fn begin_to_stop(&mut self, by: &str, stops: i64, now: i64) {
        self.aborted_by = Some(by.to_owned());
        self.stops = Some(stops);
        self.tell(now, EventType::JobAbort, Severity::Warning, None);
        let running = self.subtasks.get(self.current).and_then(Subtask::next);
        self.due = Some(running.map_or(stops, |next| next.min(stops)));
    }
}
