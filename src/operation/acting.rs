//! One action of a person's on one session, from the click to what came of it.
//!
//! The stages in order: the session is read again ([`Stage::Preparing`]), the dialog asks
//! ([`Stage::Asking`]), one request goes out and is never repeated ([`Stage::Sending`]), the job and the
//! state are followed to the end ([`Stage::Following`]). No answer leads to [`Stage::Resolving`], where
//! the state and the jobs tell whether the array received it; so they do after a refusal
//! ([`Stage::CheckingRefusal`]). A login that ended leads back to the dialog ([`Stage::WaitingForLogin`]), with the session read again.

use crate::array::{ArrayError, Deed, DeedEnd, Exchange, Plan, Secret, kind, node, standing};
use crate::lifecycle::{Action, ActionId, Kind, Lifecycle, Node, NodeId, Outcome, Phase, Trigger};
use crate::wire::powerstore::{Job, Resource, Session, Snapshot};

/// How often the state and the jobs are looked at before the console says that nothing arrived.
pub(super) const LOOKS: u32 = 4;
/// Milliseconds between two looks, and between two reads of a job.
pub(super) const LOOK_EVERY: i64 = 3_000;
/// How much earlier than the sending a job may seem to have begun, milliseconds: clocks are coarse.
pub(super) const CLOCK_SLACK: i64 = 5_000;

/// Where an action stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The session is being read again before the dialog asks.
    Preparing,
    /// It could not be read again; the dialog says so and can be asked again.
    Unprepared(ArrayError),
    /// A session of the wanted name exists already ([`Act::fresh`]): nothing was sent.
    NameTaken,
    /// The dialog asks, with the session as it was just read.
    Asking,
    /// The login ended before the array did anything; the dialog returns after the next one.
    WaitingForLogin,
    /// The request is out.
    Sending,
    /// The array said "not permitted": is its token stale, or may this person not do it?
    CheckingToken,
    /// The array refused it. Browsers may send a request again by themselves when its connection breaks:
    /// has an earlier copy of it been carried out?
    CheckingRefusal,
    /// Accepted; followed to the end.
    Following,
    /// No answer came; the state and the jobs are looked at.
    Resolving {
        /// How many looks there were.
        looks: u32,
    },
    /// Settled: see [`Act::deed`].
    Settled,
}

/// One action of a person's on one session.
#[derive(Clone, Debug)]
pub struct Act {
    /// The session's id; of a creation, `name:` and the name.
    pub session: String,
    /// What was asked for.
    pub action: ActionId,
    /// Where it stands.
    pub stage: Stage,
    /// The session as it was last read for this act.
    pub fresh: Option<Session>,
    /// When that was, by the browser's clock, milliseconds since 1970.
    pub fresh_at: Option<i64>,
    /// The dialog was open before and came back: after a login, or with a renewed token.
    pub returned: bool,
    /// The line of the journal, from the sending on.
    pub deed: Option<Deed>,
    /// The job as it was last read.
    pub job: Option<Job>,
    /// Why the last read of the job or the session failed, while it is followed.
    pub hindrance: Option<ArrayError>,
    /// The snapshots to choose from, newest first: being read with `None`, of actions that choose none too.
    pub snapshots: Option<Result<Vec<Snapshot>, ArrayError>>,
    /// What the array has told of the session in answer, where the answer is what was asked for.
    pub report: Option<String>,
    /// What a creation is to make.
    pub plan: Option<Box<Plan>>,
    /// The id of what it has made.
    pub created: Option<String>,
    /// The time of a schedule, before and as asked for, milliseconds since 1970.
    pub(super) rescheduled: Option<(Option<i64>, i64)>,
    pub(super) job_id: Option<String>,
    /// The session does not exist any more.
    pub(super) gone: bool,
    /// What the array refused it with, while that is being checked.
    pub(super) refusal: Option<ArrayError>,
    /// A session with the name of a creation exists, and is of another source.
    pub(super) name_is_anothers: bool,
    pub(super) token_used: Option<Secret>,
    /// When it was sent, by the array's clock.
    pub(super) sent_by_array_clock: i64,
    /// When to look again.
    pub(super) look_at: Option<i64>,
    /// Reads that are still out for the present look.
    pub(super) awaited: u32,
    /// How many looks found the session where it stood before, though no job is there to ask.
    pub(super) looks_without_move: u32,
    /// The session was read after the job had ended: its state is the result.
    pub(super) seen_since_job_ended: bool,
}

/// The kind of what is added to a collection, as long as no more is known of it.
pub fn kind_of(resource: Resource) -> Kind {
    match resource {
        Resource::FileImport => Kind::FileImport,
        Resource::Migration => Kind::Migration,
        _ => Kind::ImportVolume,
    }
}

impl Act {
    pub(super) fn new(session: String, action: ActionId) -> Act {
        Act {
            session,
            action,
            stage: Stage::Preparing,
            fresh: None,
            fresh_at: None,
            returned: false,
            deed: None,
            job: None,
            hindrance: None,
            snapshots: None,
            report: None,
            plan: None,
            created: None,
            rescheduled: None,
            job_id: None,
            gone: false,
            refusal: None,
            name_is_anothers: false,
            token_used: None,
            sent_by_array_clock: 0,
            look_at: None,
            awaited: 0,
            looks_without_move: 0,
            seen_since_job_ended: false,
        }
    }

    /// Whose rules the session follows; as long as it was not read, those of a volume.
    fn lifecycle(&self) -> &'static Lifecycle {
        let planned = self.plan.as_ref().map(|plan| plan.resource).unwrap_or_default();
        self.fresh.as_ref().map_or_else(|| kind_of(planned), kind).lifecycle()
    }

    /// What was asked for.
    pub fn asked_for(&self) -> Option<&'static Action> {
        self.lifecycle().action(self.action)
    }

    /// True from the sending until it is settled: no other action goes to this session meanwhile.
    pub fn is_under_way(&self) -> bool {
        matches!(
            self.stage,
            Stage::Sending | Stage::CheckingToken | Stage::CheckingRefusal | Stage::Following | Stage::Resolving { .. }
        )
    }

    /// True while a dialog is open for it; a creation has a form instead.
    pub fn is_dialog(&self) -> bool {
        !self.is_creation()
            && matches!(self.stage, Stage::Preparing | Stage::Unprepared(_) | Stage::Asking | Stage::WaitingForLogin)
    }

    /// The last exchange of this act, once it was sent.
    pub fn exchange(&self) -> Option<&Exchange> {
        self.deed.as_ref().map(|deed| &deed.exchange)
    }

    pub(super) fn settle(&mut self, end: DeedEnd, now: i64) {
        self.stage = Stage::Settled;
        self.look_at = None;
        self.hindrance = None;
        if let Some(deed) = &mut self.deed {
            deed.end = end;
            deed.settled_at = Some(now);
        }
    }

    /// What the state tells of an accepted action when no job does: `None` while the array is at work.
    pub(super) fn end_by_state(&mut self) -> Option<DeedEnd> {
        if self.has_new_time() == Some(true) {
            return Some(DeedEnd::Completed);
        }
        let session = self.fresh.as_ref()?;
        if session.state == self.deed.as_ref()?.state_before {
            // Not moved yet, or moved and fallen back: only patience tells.
            self.looks_without_move += 1;
            let over = self.looks_without_move >= LOOKS;
            let label = standing(session).map_or("as before", |node| node.label);
            let error = session.error().map(|error| format!(" {error}")).unwrap_or_default();
            let words = format!("the session stands where it stood before: {label}.{error}");
            return over.then_some(DeedEnd::Failed(words));
        }
        match node(session).zip(standing(session)) {
            Some((node, _)) if !rests(self.lifecycle(), node) => None,
            Some((_, node)) if node.phase == Phase::Trouble => Some(DeedEnd::Failed(trouble(session, node))),
            _ => Some(DeedEnd::Completed),
        }
    }

    /// What a look at state and jobs tells of an action that got no answer; `None`: look again.
    pub(super) fn resolved(&self, looks: u32) -> Option<DeedEnd> {
        if self.has_moved_as_asked()? {
            Some(DeedEnd::MovedByNobodyKnows)
        } else {
            (looks >= LOOKS).then_some(DeedEnd::NotArrived)
        }
    }

    /// True when the session has the time that was asked for and had another one before; `None` when no
    /// time was asked for, or before it was read.
    fn has_new_time(&self) -> Option<bool> {
        let (before, wanted) = self.rescheduled?;
        // An array may keep whole seconds.
        let is_wanted = |at: Option<i64>| at.is_some_and(|at| (at - wanted).abs() < 1000);
        Some(is_wanted(self.fresh.as_ref()?.scheduled()) && !is_wanted(before))
    }

    /// True when the session stands where this action may have brought it; `None` before it was read.
    pub(super) fn has_moved_as_asked(&self) -> Option<bool> {
        if self.rescheduled.is_some() {
            return self.has_new_time();
        }
        let session = self.fresh.as_ref()?;
        let before = self.deed.as_ref()?.state_before.as_deref();
        let moved = session.state.as_deref() != before;
        let lifecycle = self.lifecycle();
        let from = before.and_then(|name| lifecycle.node_named(name));
        let as_asked = match node(session) {
            Some(to) => from.is_none_or(|from| may_lead_to(lifecycle, from, self.action, to)),
            None => true,
        };
        Some(moved && as_asked)
    }

    /// The job among `jobs` that this act became, when its sending was not answered.
    pub(super) fn job_among(&self, jobs: &[Job], user: &str) -> Option<Job> {
        let verb = self.asked_for()?.job_verb?;
        let since = self.sent_by_array_clock - CLOCK_SLACK;
        let mine = |job: &&Job| {
            job.resource_action.as_deref() == Some(verb)
                && job.user.as_deref().is_some_and(|by| by == user)
                && job.start_time.is_none_or(|start| start >= since)
        };
        jobs.iter().find(mine).cloned()
    }
}

fn trouble(session: &Session, node: &Node) -> String {
    let label = node.label;
    match session.error() {
        Some(error) => format!("{label}. {error}"),
        None => format!("{label}."),
    }
}

/// True when a session can stay in `node`: it is an end, or a person may act on it there. From other
/// nodes the array goes on by itself.
fn rests(lifecycle: &Lifecycle, node: NodeId) -> bool {
    let is_final = lifecycle.node(node).is_some_and(|node| node.is_final());
    is_final
        || lifecycle.transitions.iter().any(|row| {
            matches!(row.trigger, Trigger::Action(_))
                && row.from.contains(Some(node))
                && !matches!(row.outcome, Outcome::Refused(_) | Outcome::Unchanged)
        })
}

/// True when `action` from `from` may have led to `to` by now: directly, or by events after it.
fn may_lead_to(lifecycle: &Lifecycle, from: NodeId, action: ActionId, to: NodeId) -> bool {
    let mut reached: Vec<NodeId> = Vec::new();
    let mut fresh = targets(lifecycle, from, |trigger| trigger == Trigger::Action(action));
    while let Some(node) = fresh.pop() {
        if node == to {
            return true;
        }
        if !reached.contains(&node) {
            reached.push(node);
            fresh.extend(targets(lifecycle, node, |trigger| matches!(trigger, Trigger::Event(_))));
        }
    }
    false
}

fn targets(lifecycle: &Lifecycle, from: NodeId, by: impl Fn(Trigger) -> bool) -> Vec<NodeId> {
    let rows = lifecycle.transitions.iter().filter(|row| row.from.contains(Some(from)) && by(row.trigger));
    let mut nodes = Vec::new();
    for row in rows {
        match row.outcome {
            Outcome::Node(node) => nodes.push(node),
            Outcome::OneOf(several) => nodes.extend_from_slice(several),
            _ => {}
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::import_volume::*;

    #[test]
    fn a_session_rests_where_a_person_may_act() {
        for node in [COPY_IN_PROGRESS, PAUSED, READY_FOR_CUTOVER, CLEANUP_REQUIRED, CANCELLED, FAILED] {
            assert!(rests(&IMPORT_VOLUME, node), "{node:?}");
        }
        for node in [CUTOVER_IN_PROGRESS, CANCEL_IN_PROGRESS, CLEANUP_IN_PROGRESS, INVALID] {
            assert!(!rests(&IMPORT_VOLUME, node), "{node:?}");
        }
    }

    #[test]
    fn an_action_may_have_led_past_its_first_state() {
        assert!(may_lead_to(&IMPORT_VOLUME, READY_FOR_CUTOVER, CUTOVER, IMPORT_COMPLETED));
        assert!(may_lead_to(&IMPORT_VOLUME, COPY_IN_PROGRESS, CANCEL, CANCELLED));
        assert!(!may_lead_to(&IMPORT_VOLUME, COPY_IN_PROGRESS, PAUSE, READY_FOR_CUTOVER));
    }
}
