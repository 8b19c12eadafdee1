//! A new import, file import or migration, from the click to what came of it: an act whose subject does not exist yet.
//!
//! Until the array has told an id, the session is addressed by its name, which is unique on the array:
//! that the name is free is read before the request goes out, so a session of that name afterwards is
//! the one that was asked for, or somebody else was quicker.

use super::acting::{Act, CLOCK_SLACK, LOOKS, Stage};
use super::desk::{Desk, Purpose, read};
use crate::array::powerstore;
use crate::array::{ArrayError, DeedEnd, Exchange, Plan, Response, TransportFailure};
use crate::lifecycle::import_volume::CREATE;
use crate::wire::powerstore::{Job, Resource, Session};

impl Desk {
    /// The creation that was asked for last: under way, or ended and not dismissed.
    pub fn creation(&self) -> Option<&Act> {
        self.acts.iter().find(|act| act.is_creation())
    }

    /// The exact request that creating would send, secrets masked.
    pub fn creation_preview(&self, plan: &Plan, now: i64) -> Exchange {
        Exchange::begin(&self.api.create(plan), now)
    }

    pub(super) fn create(&mut self, plan: Plan, now: i64) {
        let goes_on = |act: &Act| act.is_under_way() || act.stage == Stage::Preparing;
        if self.settings.read_only || self.creation().is_some_and(goes_on) {
            return;
        }
        self.acts.retain(|act| !act.is_creation());
        let (session, resource) = (format!("name:{}", plan.name()), plan.resource);
        let mut act = Act::new(session.clone(), CREATE);
        act.plan = Some(Box::new(plan));
        if self.ready {
            self.send(Purpose::NameCheck { session: session.clone() }, self.api.session(resource, &session), now);
        } else {
            act.stage = Stage::WaitingForLogin;
        }
        self.acts.push(act);
    }

    pub(super) fn name_checked(&mut self, session: &str, result: &Result<Response, TransportFailure>, now: i64) {
        let resource = self.resource_of(session);
        let outcome = read(result, |response| powerstore::session(resource, response));
        let Some(act) = self.act_mut(session).filter(|act| act.stage == Stage::Preparing) else { return };
        match outcome {
            Ok(other) => {
                act.stage = Stage::NameTaken;
                act.fresh = Some(other);
            }
            Err(ArrayError::NotFound(_)) => self.send_creation(session, now),
            Err(error) => act.stage = Stage::Unprepared(error),
        }
    }

    fn send_creation(&mut self, session: &str, now: i64) {
        let Some(plan) = self.act(session).and_then(|act| act.plan.as_deref()) else { return };
        let (request, name) = (self.api.create(plan), plan.name().to_owned());
        if let Some(plan) = self.act_mut(session).and_then(|act| act.plan.as_mut()) {
            plan.forget_secrets();
        }
        self.send_act(session, request, (String::new(), name), None, now);
    }
}

impl Act {
    /// True when the session is to be made by it.
    pub fn is_creation(&self) -> bool {
        self.plan.is_some()
    }

    /// True for a creation of what this collection holds.
    pub fn is_of(&self, resource: Resource) -> bool {
        self.plan.as_ref().is_some_and(|plan| plan.resource == resource)
    }

    /// True when this session of the planned name may have come of the plan: the name was free before, but
    /// somebody else may have taken it since, for another source.
    pub(super) fn is_of_plan(&self, session: &Session) -> bool {
        let Some(plan) = &self.plan else { return false };
        // What was named by its name is told by its id.
        let same =
            |told: Option<&str>, planned: &str| planned.starts_with("name:") || told.is_none_or(|told| told == planned);
        let source = match plan.resource {
            Resource::Migration => session.text("family_id"),
            _ => session.source(),
        };
        same(source, &plan.source) && same(session.remote_system(), &plan.remote_system)
    }

    /// Takes down which session it has made.
    pub(super) fn has_created(&mut self, id: &str) {
        self.created = Some(id.to_owned());
        if let Some(deed) = &mut self.deed {
            id.clone_into(&mut deed.session);
        }
    }

    /// The job among those of creates that this one became.
    pub(super) fn creation_among(&self, jobs: &[Job], user: &str) -> Option<Job> {
        let plan = self.plan.as_ref()?;
        let since = self.sent_by_array_clock - CLOCK_SLACK;
        let of_it = |job: &Job| {
            let named = job.resource_name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(plan.name()));
            let found = self.created.as_deref();
            named || found.is_some() && (job.resource_id.as_deref() == found || job.created() == found)
        };
        let mine = |job: &&Job| {
            job.user.as_deref().is_some_and(|by| by == user)
                && job.start_time.is_none_or(|start| start >= since)
                && of_it(job)
        };
        jobs.iter().find(mine).cloned()
    }

    /// What the look that just ended tells of a creation without a job to follow; `None`: look again.
    pub(super) fn creation_judged(&mut self) -> Option<DeedEnd> {
        let exists = self.fresh.is_some();
        match self.stage {
            Stage::Following if exists => Some(DeedEnd::Completed),
            Stage::Following => {
                self.looks_without_move += 1;
                let over = self.looks_without_move >= LOOKS;
                over.then(|| match self.created {
                    // It was made, and somebody has deleted it since.
                    Some(_) => DeedEnd::Completed,
                    None => DeedEnd::Failed("it was accepted, but no session of this name has come of it.".to_owned()),
                })
            }
            Stage::Resolving { .. } if exists => Some(DeedEnd::MovedByNobodyKnows),
            Stage::Resolving { looks } => {
                self.stage = Stage::Resolving { looks: looks + 1 };
                (looks + 1 >= LOOKS).then_some(DeedEnd::NotArrived)
            }
            Stage::CheckingRefusal if exists => Some(DeedEnd::MovedByNobodyKnows),
            Stage::CheckingRefusal => Some(self.refused()),
            _ => None,
        }
    }
}
