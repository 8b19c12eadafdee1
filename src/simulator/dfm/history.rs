//! The jobs of the past days: what the schedule and persons have made, and a few that show something.

use super::event::Cause;
use super::job::{Fate, Job, JobType, Retention, Work};
use super::model::{Due, Server};
use super::plan::Order;
use super::populate::Options;
use super::schedule::{DAY, Schedule, Scheduled};
use crate::simulator::seed::Seed;

const MINUTE: i64 = 60_000;

/// A job of the past, and what is special about it.
type Past = (i64, Order, Twist);

/// What is special about a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Twist {
    None,
    /// Every transfer fails for this cause.
    Fails(Cause),
    /// The first transfer fails, the others succeed.
    FailsInPart,
    /// Somebody had it stopped after a minute.
    Aborted,
    /// It copied more bytes than a floating-point number counts one by one.
    Huge,
    /// It still runs at the server's first moment, and will for so many minutes.
    Runs(i64),
}

/// The first count of bytes that a floating-point number does not hold.
const HUGE: u64 = (1 << 53) + 1;

/// Fills a server that has its datasets with the jobs of its past.
pub fn populate(server: &mut Server, options: &Options) {
    let mut special = special(server, options.start);
    special.truncate(options.jobs);
    let mut past = ordinary(server, options, options.jobs - special.len());
    past.append(&mut special);
    past.sort_by_key(|(at, order, _)| (*at, order.dataset));
    for (at, order, twist) in past {
        add(server, at, &order, twist, options.start);
    }
}

/// Fewer jobs than that are spread over days: hourly ones are left out that are older than [`HOURLY_KEPT`], as if
/// somebody had purged them.
const SPARSE: usize = 400;
const HOURLY_KEPT: i64 = 4 * 60 * MINUTE;

/// The latest of what the schedule and persons made, so many.
fn ordinary(server: &Server, options: &Options, count: usize) -> Vec<Past> {
    let lines: Vec<(u32, u8)> = server
        .datasets
        .values()
        .flat_map(|dataset| {
            let lines = server.policies.get(&dataset.policy).map_or(0, |policy| policy.schedule.len());
            (0u8..).take(lines).map(|line| (dataset.id, line))
        })
        .collect();
    let is_sparse = count < SPARSE;
    let counts = |schedule: &Schedule| !is_sparse || schedule.retention != Retention::Hourly;
    let schedules = lines.iter().filter_map(|(dataset, line)| server.line(*dataset, *line)).filter(counts);
    let daily: i64 = schedules.map(|schedule| schedule.daily()).sum();
    let days = i64::try_from(count).unwrap_or(0) / daily.max(1) + 2;
    let (from, until) = (options.start - days * DAY, options.start - 30 * MINUTE);
    let mut past: Vec<Past> = Vec::new();
    for (dataset, line) in lines {
        let Some(schedule) = server.line(dataset, line) else { continue };
        let mut at = schedule.next(from);
        while at < until {
            past.push((at, Order::of_schedule(dataset, schedule), Twist::None));
            at = schedule.next(at);
        }
    }
    let mut at = from;
    let mut chances = options.seed.named("past visit");
    while at < until {
        past.extend(server.visitor(&mut chances).map(|order| (at, order, Twist::None)));
        at += i64::try_from(chances.within(90, 360)).unwrap_or(90) * MINUTE;
    }
    if is_sparse {
        let kept = |at: i64, order: &Order| order.retention != Retention::Hourly || at > options.start - HOURLY_KEPT;
        past.retain(|(at, order, _)| kept(*at, order));
    }
    // The same entry is not made twice: that of last night is among the special ones.
    past.retain(|(at, order, _)| {
        last_night(server, options.start)
            .is_none_or(|(night, of)| (*at, order.dataset, order.kind) != (night, of.dataset, of.kind))
    });
    past.sort_by_key(|(at, order, _)| (*at, order.dataset));
    past.split_off(past.len().saturating_sub(count))
}

/// The backup of the first dataset in the evening before `start`.
fn last_night(server: &Server, start: i64) -> Option<(i64, Order)> {
    let dataset = server.datasets.values().next()?;
    let lines = (0u8..).take(8).filter_map(|line| server.line(dataset.id, line));
    let line = lines
        .into_iter()
        .find(|line| matches!(line.what, Scheduled::SnapVault(_)) && line.retention == Retention::Daily)?;
    let midnight = start.div_euclid(DAY) * DAY;
    Some((line.next(midnight - DAY), Order::of_schedule(dataset.id, line)))
}

/// The most telling ones first.
fn special(server: &Server, start: i64) -> Vec<Past> {
    let id = |place: usize| server.datasets.keys().nth(place).copied().unwrap_or_default();
    let ago = |minutes: i64| start - minutes * MINUTE;
    let asked = |kind, place, by| Order::of_person(kind, id(place), by);
    let mirror = Order { by: None, connection: Some(1), ..asked(JobType::Mirror, 5, "") };
    let nightly = Order { by: None, connection: Some(1), ..asked(JobType::RemoteBackup, 3, "") };
    let mut special: Vec<Past> = last_night(server, start)
        .into_iter()
        .map(|(at, order)| (at, order, Twist::Fails(Cause::AggregateFull)))
        .collect();
    let ltr = if server.is_later() { JobType::LocalThenRemoteBackup } else { JobType::OnDemandBackup };
    special.extend([
        (ago(3), asked(ltr, 1, "kschmidt"), Twist::Runs(25)),
        (ago(95), asked(JobType::OnDemandBackup, 7, "operations"), Twist::Aborted),
        (ago(700), asked(JobType::Restore, 6, "mokafor"), Twist::FailsInPart),
        (ago(6), mirror, Twist::Runs(12)),
        (ago(20), nightly, Twist::Runs(40)),
        (ago(2000), asked(JobType::CreateRelationship, 9, "admin"), Twist::Huge),
        (ago(310), asked(JobType::DestroyRelationship, 3, "admin"), Twist::None),
        (ago(45), asked(JobType::LocalBackup, 8, "kschmidt"), Twist::None),
    ]);
    if server.is_later() {
        special.push((ago(50), asked(JobType::Configuration, 2, "admin"), Twist::None));
    }
    special
}

/// Adds a job whose record was stored at `at`, with what has become of it by `start`.
fn add(server: &mut Server, at: i64, order: &Order, twist: Twist, start: i64) {
    let id = server.next_job;
    let Some(mut job) = server.plan(order, id, at) else { return };
    server.next_job += 1;
    let mut chances = server.seed.named("past").derive(u64::from(id));
    twisted(&mut job, twist, start - at);
    job.begin(at + i64::try_from(chances.within(1, 6)).unwrap_or(1) * 1000);
    while let Some(due) = job.due.filter(|due| *due <= start) {
        if twist == Twist::Aborted && job.abort_requested.is_none() && due > at + MINUTE {
            abort(&mut job, at + MINUTE, &mut chances);
        } else {
            job.step(due);
        }
    }
    if let Some(due) = job.due {
        server.due.insert((due, Due::Job(id)));
        server.busy.insert(id);
    }
    server.jobs.insert(id, job);
}

fn abort(job: &mut Job, at: i64, chances: &mut Seed) {
    let asks = crate::lifecycle::Trigger::Action(crate::lifecycle::protection_job::ABORT);
    if job.take(asks, at).is_ok() {
        job.begin_to_stop("admin", at + i64::try_from(chances.within(5, 40)).unwrap_or(5) * 1000, at);
    }
}

/// Changes what a job has to do. Its record is `age` old.
fn twisted(job: &mut Job, twist: Twist, age: i64) {
    let transfers = job.subtasks.iter_mut().filter(|part| part.work.is_transfer());
    for (number, part) in transfers.enumerate() {
        match twist {
            Twist::None => {}
            Twist::Fails(cause) => part.fate = Fate::Fails(cause, if number == 0 { 640 } else { 80 }),
            Twist::FailsInPart => {
                part.fate = if number == 0 { Fate::Fails(Cause::Network, 450) } else { Fate::Succeeds };
            }
            Twist::Huge => {
                part.fate = Fate::Succeeds;
                // A rate that no filer of those years had: the count is what matters.
                (part.size, part.takes) =
                    if number == 0 { (HUGE, 20 * 60 * MINUTE) } else { (part.size, part.takes.min(MINUTE)) };
            }
            Twist::Aborted => (part.fate, part.takes) = (Fate::Succeeds, 30 * MINUTE),
            Twist::Runs(minutes) => {
                // About 90 megabytes a second until then.
                let left = (minutes * MINUTE + age).max(MINUTE);
                (part.fate, part.takes) = (Fate::Succeeds, left);
                part.size = left.unsigned_abs() * 90_000;
            }
        }
        if matches!(part.work, Work::Restore) && twist == Twist::FailsInPart {
            part.takes = part.takes.max(MINUTE);
        }
    }
}
