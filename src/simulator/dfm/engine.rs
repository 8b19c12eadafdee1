//! What a DFM server does by itself, and what is asked of its jobs: entries of the schedule become jobs,
//! workers take them, somebody asks for one now and then, and the service may stand still.

use super::event::{Cause, EventType, Severity};
use super::job::{Fate, Job, JobType, Retention};
use super::model::{BackUp, Due, Purge, Refusal, Server};
use super::plan::Order;
use crate::lifecycle::protection_job as table;
use crate::lifecycle::protection_progress as progress;
use crate::lifecycle::{NodeId, Outcome, Trigger};
use crate::wire::zapi::errno;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

/// Who asks for jobs in the simulation.
pub(super) const PEOPLE: [&str; 4] = ["admin", "kschmidt", "operations", "mokafor"];

/// More events would leave the range of ids that a job has.
const MOST_EVENTS: usize = 400;

impl Server {
    /// When something happens next; never while the service stands still.
    pub fn next_due(&self) -> Option<i64> {
        self.stopped.map_or_else(|| self.due.first().map(|(at, _)| *at), |_| None)
    }

    /// Lets everything happen that is due by then, in its order. A fleet does it for all of its arrays.
    #[cfg(test)]
    pub fn advance(&mut self, until: i64) {
        while self.next_due().is_some_and(|at| at <= until) {
            self.happen_next();
        }
    }

    /// Lets the first thing happen that is due.
    pub fn happen_next(&mut self) {
        let Some((at, due)) = self.due.pop_first() else { return };
        match due {
            Due::Job(id) => {
                let Some(job) = self.jobs.get_mut(&id) else { return };
                job.due = None;
                if job.state() == table::QUEUED {
                    self.queue.insert(id);
                    self.take_from_queue(at);
                } else {
                    job.step(at);
                    self.after_step(id, at);
                }
            }
            Due::Entry { .. } => self.entry_is_due(at, due, at),
            Due::Visit => self.visit(at),
        }
    }

    /// An entry becomes a job, and the next one of its line is planned.
    pub(super) fn entry_is_due(&mut self, scheduled: i64, due: Due, now: i64) {
        let Due::Entry { dataset, line } = due else { return };
        let Some(schedule) = self.line(dataset, line) else { return };
        self.due.insert((schedule.next(scheduled), due));
        self.store(&Order::of_schedule(dataset, schedule), now);
    }

    /// Stores the record of a job that begins soon.
    pub(super) fn store(&mut self, order: &Order, now: i64) -> Option<u32> {
        let id = self.next_job;
        let mut job = self.plan(order, id, now)?;
        self.next_job += 1;
        let wait = self.seed.named("wait").derive(u64::from(id)).within(1000, 6000);
        job.due = Some(now + i64::try_from(wait).unwrap_or(SECOND));
        self.jobs.insert(id, job);
        self.keep_due(id, None);
        Some(id)
    }

    /// Keeps the list of what is due in step with a job, which was due at `before`.
    fn keep_due(&mut self, id: u32, before: Option<i64>) {
        if let Some(at) = before {
            self.due.remove(&(at, Due::Job(id)));
        }
        if let Some(at) = self.jobs.get(&id).and_then(|job| job.due) {
            self.due.insert((at, Due::Job(id)));
        }
    }

    /// What follows when a job has moved.
    fn after_step(&mut self, id: u32, now: i64) {
        self.keep_due(id, None);
        if self.jobs.get(&id).is_none_or(|job| job.completed.is_some()) {
            self.busy.remove(&id);
        }
        self.take_from_queue(now);
    }

    fn take_from_queue(&mut self, now: i64) {
        while self.busy.len() < self.workers && self.stopped.is_none() {
            let Some(id) = self.queue.pop_first() else { return };
            if let Some(job) = self.jobs.get_mut(&id) {
                job.begin(now);
                self.busy.insert(id);
                self.keep_due(id, None);
            }
        }
    }

    /// Somebody asks for a job, and somebody will again.
    fn visit(&mut self, now: i64) {
        self.visits += 1;
        let mut chances = self.seed.named("visit").derive(u64::from(self.visits));
        if let Some(order) = self.visitor(&mut chances) {
            self.store(&order, now);
        }
        let pause = i64::try_from(chances.within(90, 360)).unwrap_or(90);
        self.due.insert((now + pause * MINUTE, Due::Visit));
    }

    fn no_such_job(id: u32) -> Refusal {
        Refusal::new(errno::EJOBDOESNOTEXIST, format!("There is no job {id}."))
    }

    /// Asks a job to stop.
    ///
    /// # Errors
    /// There is no such job, it has ended or is aborted already, or it cannot be stopped.
    pub fn abort(&mut self, id: u32, by: &str, now: i64) -> Result<(), Refusal> {
        self.abort_for(id, Trigger::Action(table::ABORT), by, now)
    }

    fn abort_for(&mut self, id: u32, trigger: Trigger, by: &str, now: i64) -> Result<(), Refusal> {
        let mut chances = self.seed.named("stop").derive(u64::from(id));
        let job = self.jobs.get_mut(&id).ok_or_else(|| Self::no_such_job(id))?;
        let (state, before) = (job.state(), job.due);
        match job.take(trigger, now) {
            Err(sentence) => {
                let errno = match state {
                    table::COMPLETED => errno::EJOBALREADYCOMPLETED,
                    table::ABORTED => errno::EJOBALREADYABORTED,
                    _ => errno::EJOBCANNOTBEABORTED,
                };
                Err(Refusal::new(errno, words(sentence)))
            }
            Ok(Outcome::Node(_)) => {
                let takes = if state == table::QUEUED { chances.within(1, 5) } else { chances.within(4, 45) };
                job.begin_to_stop(by, now + i64::try_from(takes).unwrap_or(5) * SECOND, now);
                self.queue.remove(&id);
                self.keep_due(id, before);
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    /// Removes jobs for good, each with its events; answers how many.
    ///
    /// # Errors
    /// There is no such job, it has not ended or not with success and that is not asked for, or neither a
    /// job nor a time is named.
    pub fn purge(&mut self, purge: Purge) -> Result<usize, Refusal> {
        if let Some(id) = purge.job {
            let job = self.jobs.get(&id).ok_or_else(|| Self::no_such_job(id))?;
            let known = job.circumstances(purge.with_errors);
            let row = table::PROTECTION_JOB.follow(Some(job.state()), Trigger::Action(table::PURGE), known);
            if let Some(Outcome::Refused(sentence)) = row.map(|row| row.outcome) {
                return Err(Refusal::new(errno::EINVALIDINPUT, words(sentence)));
            }
            self.jobs.remove(&id);
            return Ok(1);
        }
        let Some(before) = purge.before else {
            return Err(Refusal::new(errno::EINVALIDINPUT, "Neither a job nor a time is given."));
        };
        let jobs = self.jobs.len();
        self.jobs.retain(|_, job| {
            let goes = job.completed.is_some_and(|at| at < before);
            !goes || !purge.with_errors && job.ended_with_error()
        });
        Ok(jobs - self.jobs.len())
    }

    /// Stores a back-up that a person asks for; answers with its id.
    ///
    /// # Errors
    /// There is no such dataset.
    pub fn back_up(&mut self, asked: BackUp, by: &str, now: i64) -> Result<u32, Refusal> {
        let order =
            Order { retention: asked.retention, ..Order::of_person(JobType::OnDemandBackup, asked.dataset, by) };
        self.store(&Order { description: asked.description, ..order }, now).ok_or_else(|| no_dataset(asked.dataset))
    }

    /// Stores a job of any type that a person asks for; answers with its id.
    ///
    /// # Errors
    /// There is no such dataset, or its policy has no connection for such a job.
    pub fn submit(&mut self, kind: JobType, dataset: u32, by: &str, now: i64) -> Result<u32, Refusal> {
        if !self.datasets.contains_key(&dataset) {
            return Err(no_dataset(dataset));
        }
        let order = Order { retention: Retention::Daily, ..Order::of_person(kind, dataset, by) };
        let no_connection = "The policy of this dataset has no connection for that.";
        self.store(&order, now).ok_or_else(|| Refusal::new(errno::EINVALIDINPUT, no_connection))
    }

    /// The service stops: nothing begins, and what runs stands still.
    pub fn stop_service(&mut self, now: i64) {
        self.stopped = self.stopped.or(Some(now));
    }

    /// The service is back: what it interrupted has ended, and what it missed begins.
    pub fn start_service(&mut self, now: i64) {
        let Some(stopped) = self.stopped.take() else { return };
        let interrupted: Vec<u32> =
            self.jobs.values().filter(|job| job.completed.is_none()).map(|job| job.id).collect();
        for id in interrupted {
            self.interrupt(id, stopped, now);
        }
        while let Some((at, due)) = self.due.first().copied().filter(|(at, _)| *at <= now) {
            self.due.pop_first();
            match due {
                Due::Job(id) => _ = self.queue.insert(id),
                Due::Entry { .. } => self.entry_is_due(at, due, now),
                Due::Visit => self.visit(now),
            }
        }
        self.take_from_queue(now);
    }

    /// A restart of the service ends what ran or was being stopped. What was copied is what was copied when
    /// it `stopped`.
    fn interrupt(&mut self, id: u32, stopped: i64, now: i64) {
        let Some(job) = self.jobs.get_mut(&id).filter(|job| job.state() != table::QUEUED) else { return };
        let before = job.due;
        job.stop(table::SERVICE_RESTARTED, Cause::ServiceRestarted, stopped, now);
        self.keep_due(id, before);
        self.busy.remove(&id);
    }

    /// The time by which bytes are counted: while the service stands still no more are copied.
    pub fn counted(&self, now: i64) -> i64 {
        self.stopped.map_or(now, |stopped| stopped.min(now))
    }

    /// Makes an event of [`table::PROTECTION_JOB`] or of [`progress::PROTECTION_PROGRESS`] happen to a job, as
    /// the control door asks. Answers with the states before and after.
    ///
    /// # Errors
    /// There is no such job or event, the service stands still, or the table has no row for it.
    pub fn happen(&mut self, id: u32, event: &str, now: i64) -> Result<(&'static str, &'static str), Refusal> {
        let no = |reason: String| Refusal::new(0, reason);
        let job = self.jobs.get_mut(&id).ok_or_else(|| Self::no_such_job(id))?;
        let from = job.state();
        let of_job = table::PROTECTION_JOB.event_named(event);
        let of_progress = progress::PROTECTION_PROGRESS.event_named(event);
        let nothing = || no(format!("A job that is {} does not take the event {event}.", name(from)));
        if of_job.is_none() && of_progress.is_none() {
            return Err(no(format!("No data-protection job has the event {event}.")));
        }
        if self.stopped.is_some() {
            return Err(no("The service stands still: start it first.".to_owned()));
        }
        let before = job.due;
        if let Some(event) = of_job {
            let known = job.circumstances(false);
            table::PROTECTION_JOB.follow(Some(from), Trigger::Event(event), known).ok_or_else(nothing)?;
            match event {
                table::WORKER_TAKES_IT => {
                    job.begin(now);
                    self.queue.remove(&id);
                    self.busy.insert(id);
                }
                table::SUBTASKS_ENDED => job.finish(now),
                table::SUBTASKS_STOPPED => job.stop(event, Cause::Aborted, now, now),
                table::RETRIED if job.events.len() < MOST_EVENTS => {
                    job.tell(now, EventType::JobRetry, Severity::Warning, None);
                }
                table::DATASET_FAILS_OVER => {
                    return self
                        .abort_for(id, Trigger::Event(event), "failover", now)
                        .map(|()| (name(from), "aborting"));
                }
                table::SERVICE_RESTARTED => job.stop(event, Cause::ServiceRestarted, now, now),
                _ => return Err(nothing()),
            }
        } else {
            let fate = match of_progress {
                Some(progress::TRANSFER_SUCCEEDS) => Fate::Succeeds,
                Some(progress::TRANSFER_FAILS) => Fate::Fails(Cause::Network, 0),
                _ => return Err(nothing()),
            };
            if from != table::RUNNING || !job.part_that_counts_ends(fate, now) {
                return Err(nothing());
            }
        }
        if let (Some(at), true) = (before, before != job.due) {
            self.due.remove(&(at, Due::Job(id)));
        }
        self.after_step(id, now);
        // A part that copies nothing fails in the moment in which it begins.
        while self.next_due().is_some_and(|at| at <= now) {
            self.happen_next();
        }
        let to = self.jobs.get(&id).map_or(from, Job::state);
        Ok((name(from), name(to)))
    }
}

fn no_dataset(id: u32) -> Refusal {
    Refusal::new(errno::EOBJECTNOTFOUND, format!("There is no dataset {id}."))
}

/// The sentence of a refusal without the number, which stands beside it on the wire.
fn words(sentence: &str) -> String {
    sentence.split_once(" (2").map_or(sentence, |(words, _)| words).trim_end_matches('.').to_owned() + "."
}

fn name(state: NodeId) -> &'static str {
    table::PROTECTION_JOB.node(state).map_or("?", |node| node.name)
}
