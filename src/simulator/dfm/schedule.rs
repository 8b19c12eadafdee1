//! When policies start jobs, and what is planned.

use super::job::{JobType, Retention};
use super::model::{Due, Refusal, Server};
use crate::lifecycle::{Outcome, Trigger, schedule_entry as table};
use crate::wire::time;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;
/// How far ahead the service plans.
const HORIZON: i64 = 62 * DAY;

/// One line of a policy's schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub what: Scheduled,
    pub retention: Retention,
    /// From one to the next.
    pub every: Every,
    /// Minutes after the beginning of the period, in UTC.
    pub minute: i64,
}

/// How long a schedule's period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// So many hours: a divisor of 24.
    Hours(i64),
    /// Each day.
    Day,
    /// Each Sunday.
    Week,
    /// The first day of each month.
    Month,
}

/// What an entry of the schedule starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheduled {
    /// `dp-local-snapshot-job-data`, of the node with this number
    LocalSnapshot(u32),
    /// `dp-snapvault-transfer-job-data`, along the connection with this number
    SnapVault(u32),
    /// `dp-snapmirror-transfer-job-data`, along the connection with this number
    SnapMirror(u32),
}

impl Scheduled {
    /// The type of the job that it becomes.
    pub const fn job_type(self) -> JobType {
        match self {
            Scheduled::LocalSnapshot(_) => JobType::LocalBackup,
            Scheduled::SnapVault(_) => JobType::RemoteBackup,
            Scheduled::SnapMirror(_) => JobType::Mirror,
        }
    }
}

/// A job that is planned: computed when it is asked for, and without an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub dataset: u32,
    /// When it will start.
    pub start: i64,
    /// When it should start; earlier than [`Entry::start`] while the service is down.
    pub scheduled: i64,
    pub what: Scheduled,
    pub retention: Retention,
}

impl Schedule {
    /// Its first time after `after`.
    pub fn next(&self, after: i64) -> i64 {
        let (period, begin) = match self.every {
            Every::Hours(hours) => (hours * HOUR, 0),
            Every::Day => (DAY, 0),
            // The first day of 1970 was a Thursday.
            Every::Week => (7 * DAY, 3 * DAY),
            Every::Month => {
                let this = month_of(after) + self.minute * MINUTE;
                return if this > after { this } else { month_of(month_of(after) + 32 * DAY) + self.minute * MINUTE };
            }
        };
        let begin = begin + self.minute * MINUTE;
        begin + ((after - begin).div_euclid(period) + 1) * period
    }

    /// How often each day.
    pub(super) fn daily(&self) -> i64 {
        match self.every {
            Every::Hours(hours) => 24 / hours.max(1),
            Every::Day => 1,
            Every::Week | Every::Month => 0,
        }
    }
}

/// The beginning of the month in which `at` lies.
fn month_of(at: i64) -> i64 {
    let text = time::format(at);
    let month = text.get(..7).and_then(|month| time::parse(&format!("{month}-01T00:00:00Z")));
    month.unwrap_or(at)
}

impl Server {
    /// The line of a dataset's policy with this number.
    pub(super) fn line(&self, dataset: u32, line: u8) -> Option<Schedule> {
        let policy = self.policies.get(&self.datasets.get(&dataset)?.policy)?;
        policy.schedule.get(usize::from(line)).copied()
    }

    /// What is planned to start within a window (both ends included), of one dataset or of all, in the order
    /// of the starts; at most [`HORIZON`] ahead.
    pub fn entries(&self, from: i64, to: i64, dataset: Option<u32>, now: i64) -> Vec<Entry> {
        let to = to.min(now + HORIZON);
        let mut entries = Vec::new();
        for (at, due) in &self.due {
            let Due::Entry { dataset: of, line } = *due else { continue };
            let Some(schedule) = self.line(of, line).filter(|_| dataset.is_none_or(|dataset| dataset == of)) else {
                continue;
            };
            let mut scheduled = *at;
            while scheduled <= to {
                // What the service missed starts as soon as it is back.
                let start = scheduled.max(now);
                if (from..=to).contains(&start) {
                    let (what, retention) = (schedule.what, schedule.retention);
                    entries.push(Entry { dataset: of, start, scheduled, what, retention });
                }
                scheduled = schedule.next(scheduled);
            }
        }
        entries.sort_by_key(|entry| (entry.start, entry.scheduled, entry.dataset, entry.retention));
        entries
    }

    /// Plans the entries of a dataset anew, from `now` on.
    pub(super) fn plan_entries(&mut self, dataset: u32, now: i64) {
        self.due.retain(|(_, due)| !matches!(due, Due::Entry { dataset: of, .. } if *of == dataset));
        let known = self.datasets.get(&dataset).filter(|dataset| !dataset.suspended);
        let Some(policy) = known.and_then(|dataset| self.policies.get(&dataset.policy)) else { return };
        let entries = (0u8..).zip(&policy.schedule);
        self.due.extend(entries.map(|(line, schedule)| (schedule.next(now), Due::Entry { dataset, line })));
    }

    /// Makes an event happen to the entries of a dataset, as the control door asks: see
    /// [`table::SCHEDULE_ENTRY`]. Answers with the states before and after.
    pub fn happen_to_schedule(
        &mut self,
        dataset: u32,
        event: &str,
        now: i64,
    ) -> Result<(&'static str, &'static str), Refusal> {
        let no = |reason: String| Refusal::new(0, reason);
        let lifecycle = &table::SCHEDULE_ENTRY;
        let name = |node| lifecycle.node(node).map_or("?", |node| node.name);
        let id = lifecycle.event_named(event).ok_or_else(|| no(format!("No schedule has the event {event}.")))?;
        let suspended = self.datasets.get(&dataset).map(|dataset| dataset.suspended);
        let suspended = suspended.ok_or_else(|| no(format!("There is no dataset {dataset}.")))?;
        let next =
            self.due.iter().find(|(_, due)| matches!(due, Due::Entry { dataset: of, .. } if *of == dataset)).copied();
        let before = match (id, next) {
            // It comes back whether or not something is late already.
            (table::SERVICE_BACK, _) if self.stopped.is_some() => Some(table::LATE),
            (table::POLICY_APPLIED, _) if suspended => None,
            _ if suspended => Some(table::WITHDRAWN),
            (_, Some((at, _))) if self.stopped.is_some() && at <= now => Some(table::LATE),
            _ => Some(table::PLANNED),
        };
        let row = lifecycle.follow(before, Trigger::Event(id), crate::lifecycle::Circumstances::UNKNOWN);
        let from = before.map_or("-", name);
        let Some(row) = row.filter(|row| row.outcome != Outcome::Gone) else {
            return Err(no(format!("No entry that is {from} takes the event {event}.")));
        };
        match id {
            table::DUE_WHILE_DOWN => self.stop_service(now),
            table::SERVICE_BACK => self.start_service(now),
            table::DUE => {
                let Some(due) = next else { return Err(no("Nothing is planned for this dataset.".to_owned())) };
                self.due.remove(&due);
                self.entry_is_due(due.0, due.1, now);
            }
            _ => {
                self.schedule_changed = now;
                match id {
                    table::SCHEDULE_CHANGED => self.move_schedule(dataset, now),
                    _ => {
                        if let Some(dataset) = self.datasets.get_mut(&dataset) {
                            dataset.suspended = id == table::TAKEN_OUT;
                        }
                        self.plan_entries(dataset, now);
                    }
                }
            }
        }
        let to = match row.outcome {
            Outcome::Node(node) => name(node),
            _ => from,
        };
        Ok((from, to))
    }

    /// Moves all times of the policy of a dataset by a quarter of an hour.
    fn move_schedule(&mut self, dataset: u32, now: i64) {
        let Some(policy) = self.datasets.get(&dataset).map(|dataset| dataset.policy) else { return };
        if let Some(policy) = self.policies.get_mut(&policy) {
            for line in &mut policy.schedule {
                let period = if let Every::Hours(hours) = line.every { hours * 60 } else { 24 * 60 };
                line.minute = (line.minute + 15) % period;
            }
        }
        let same = self.datasets.values().filter(|dataset| dataset.policy == policy);
        let ids: Vec<u32> = same.map(|dataset| dataset.id).collect();
        for id in ids {
            self.plan_entries(id, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(every: Every, minute: i64, from: &str) -> Vec<String> {
        let line = Schedule { what: Scheduled::LocalSnapshot(1), retention: Retention::Hourly, every, minute };
        let mut at = time::parse(from).unwrap();
        let mut times = Vec::new();
        for _ in 0..3 {
            at = line.next(at);
            times.push(time::format(at)[..16].to_owned());
        }
        times
    }

    #[test]
    fn the_next_time_is_after_the_last_one_and_on_the_calendar() {
        let at = "2026-11-21T08:00:00Z";
        assert_eq!(times(Every::Hours(6), 0, at), ["2026-11-21T12:00", "2026-11-21T18:00", "2026-11-22T00:00"]);
        assert_eq!(times(Every::Day, 8 * 60, at), ["2026-11-22T08:00", "2026-11-23T08:00", "2026-11-24T08:00"]);
        // A Saturday.
        assert_eq!(times(Every::Week, 60, at), ["2026-11-22T01:00", "2026-11-29T01:00", "2026-12-06T01:00"]);
        assert_eq!(times(Every::Month, 120, at), ["2026-12-01T02:00", "2027-01-01T02:00", "2027-02-01T02:00"]);
        assert_eq!(times(Every::Month, 120, "2027-01-01T01:59:59Z")[0], "2027-01-01T02:00");
    }
}
