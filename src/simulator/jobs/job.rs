//! One job: what is planned for it, and what that makes of it at any moment.

use serde_json::Value;

use crate::lifecycle::job::{self as table, JOB};
use crate::lifecycle::{Circumstances, EventId, NodeId, Outcome, Trigger};
use crate::simulator::json::json;
use crate::simulator::world::SessionError;

/// What a job works on, by its kind in the vendor's list of resources.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    pub kind: &'static str,
    pub id: &'a str,
    pub name: &'a str,
}

/// A job, alone, with steps, or a step.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: String,
    /// The place among its siblings; those without a parent are numbered through.
    pub order: u32,
    pub parent: Option<String>,
    /// Itself, when it has no parent.
    pub root: String,
    /// Its steps, in their order.
    pub children: Vec<String>,
    /// `None` where the vendor's list of actions has no word for it.
    pub action: Option<&'static str>,
    pub resource_kind: &'static str,
    pub resource_id: String,
    pub resource_name: String,
    pub description: String,
    pub user: String,
    /// What has happened and what is planned, in the order of time.
    pub(super) events: Vec<(i64, EventId)>,
    /// How it ends, once that is decided.
    pub(super) result: Option<Result<Success, SessionError>>,
}

/// The answer that a synchronous request would have had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Success {
    Done,
    Created(String),
    /// With this body, and the name of its kind.
    Told(&'static str, Value),
}

impl Job {
    /// The phases that it went through by `now`, each with its time. What the table does not know of a
    /// phase does not happen in it.
    pub fn passages(&self, now: i64) -> impl Iterator<Item = (i64, EventId, NodeId)> {
        let mut node = None;
        self.events.iter().take_while(move |(at, _)| *at <= now).filter_map(move |(at, event)| {
            let row = JOB.follow(node, Trigger::Event(*event), Circumstances::UNKNOWN)?;
            let Outcome::Node(to) = row.outcome else { return None };
            node = Some(to);
            Some((*at, *event, to))
        })
    }

    /// Where it is at `now`.
    pub fn phase(&self, now: i64) -> NodeId {
        self.passages(now).last().map_or(table::PENDING, |(_, _, node)| node)
    }

    /// When its work began, if it has by `now`.
    pub fn started(&self, now: i64) -> Option<i64> {
        self.passages(now).find(|(_, _, node)| *node == table::IN_PROGRESS).map(|(at, ..)| at)
    }

    /// When it began or will begin.
    pub(super) fn starts(&self) -> i64 {
        self.started(i64::MAX).or_else(|| Some(self.events.first()?.0)).unwrap_or(0)
    }

    /// The time at which it was over, if it is at `now`.
    pub fn ended(&self, now: i64) -> Option<i64> {
        let (at, _, node) = self.passages(now).last()?;
        JOB.node(node)?.is_final().then_some(at)
    }

    /// The time at which its work ends, if that is planned.
    pub fn planned_end(&self) -> Option<i64> {
        let ends = |event: EventId| event == table::DONE || event == table::FAILS;
        self.events.iter().find(|(_, event)| ends(*event)).map(|(at, _)| *at)
    }

    /// 0 to 100, of a job without steps.
    pub(super) fn own_progress(&self, now: i64) -> i64 {
        let Some(start) = self.started(now) else {
            return if self.ended(now).is_some() && self.phase(now) != table::SKIPPED { 100 } else { 0 };
        };
        match self.planned_end() {
            _ if self.ended(now).is_some() => 100,
            Some(end) if end > start => ((now - start) * 100 / (end - start)).clamp(0, 99),
            // The end is not known: half an hour would show 97.
            _ => (now - start) * 100 / (now - start + 60_000),
        }
    }

    /// The status of the answer, once there is one.
    pub fn status(&self, now: i64) -> Option<&'static str> {
        self.ended(now)?;
        Some(match self.result.as_ref()? {
            Ok(Success::Done) => "204",
            Ok(Success::Created(_)) => "201",
            Ok(Success::Told(..)) => "200",
            Err(_) => "422",
        })
    }

    /// The body of the answer, once there is one.
    pub fn body(&self, now: i64) -> Option<Value> {
        self.ended(now)?;
        match self.result.as_ref()? {
            Ok(Success::Done) => None,
            Ok(Success::Created(id)) => Some(json!({ "response_type": "job_create_response", "id": id })),
            Ok(Success::Told(kind, told)) => {
                let mut body = told.clone();
                body.as_object_mut()?.insert("response_type".to_owned(), json!(kind));
                Some(body)
            }
            Err(error) => Some(json!({
                "response_type": "job_error_response",
                "messages": [{
                    "code": error.code,
                    "severity": "Error",
                    "message_l10n": error.message,
                    "arguments": error.arguments,
                }],
            })),
        }
    }

    /// True when the table lets `event` happen to it at `now`.
    pub(super) fn may(&self, event: EventId, now: i64) -> bool {
        let row = JOB.follow(Some(self.phase(now)), Trigger::Event(event), Circumstances::UNKNOWN);
        row.is_some_and(|row| matches!(row.outcome, Outcome::Node(_) | Outcome::Gone))
    }

    /// Plans an event, after those of the same time.
    pub(super) fn plan(&mut self, at: i64, event: EventId) {
        let place = self.events.partition_point(|(time, _)| *time <= at);
        self.events.insert(place, (at, event));
    }

    /// Takes back what is planned for later than `now`.
    pub(super) fn forget_plans(&mut self, now: i64) {
        self.events.retain(|(at, _)| *at <= now);
    }
}
