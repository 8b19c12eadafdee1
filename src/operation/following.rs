//! The steps of an act at the desk: asking, sending, following, resolving.

use super::acting::{Act, LOOK_EVERY, Stage};
use super::desk::{Desk, Purpose, read};
use super::event::Effect;
use super::heard::Heard;
use crate::array::{Answers, ArrayError, Deed, DeedEnd, Exchange, Request, Response, TransportFailure};
use crate::array::{dfm, powerstore};
use crate::lifecycle::{ActionId, Said, Verb, Verdict};
use crate::wire::powerstore::{Job, Resource, Snapshot};

/// A dialog that stood open longer than this reads the session again before it sends, milliseconds.
const STALE_DIALOG: i64 = 60_000;

impl Desk {
    pub(super) fn act_mut(&mut self, session: &str) -> Option<&mut Act> {
        self.acts.iter_mut().find(|act| act.session == session)
    }

    fn forget_act(&mut self, session: &str) {
        self.acts.retain(|act| act.session != session);
    }

    pub(super) fn ask(&mut self, session: String, action: ActionId, now: i64) {
        if self.settings.read_only || self.act(&session).is_some_and(Act::is_under_way) {
            return;
        }
        self.forget_act(&session);
        self.acts.push(Act::new(session.clone(), action));
        self.prepare(&session, now);
    }

    /// Reads the session again, so that the dialog asks about what is.
    fn prepare(&mut self, session: &str, now: i64) {
        let ready = self.ready;
        let Some(act) = self.act_mut(session) else { return };
        if ready && act.is_creation() {
            // There is nothing to read: the form is still there, and the person presses again.
            act.stage = Stage::Asking;
        } else if ready {
            act.stage = Stage::Preparing;
            self.send(
                Purpose::Prepare { session: session.to_owned() },
                self.api.session(self.resource_of(session), session),
                now,
            );
        } else {
            act.stage = Stage::WaitingForLogin;
        }
    }

    pub(super) fn prepared(&mut self, session: &str, asked_at: i64, heard: Heard, now: i64) {
        let resource = self.resource_of(session);
        let outcome = heard.session(resource);
        let Some(act) = self.act_mut(session).filter(|act| act.stage == Stage::Preparing) else { return };
        match outcome {
            Ok(fresh) => {
                act.stage = Stage::Asking;
                act.fresh = Some(fresh.clone());
                act.fresh_at = Some(now);
                let says = act.asked_for().map_or(&[][..], |action| action.says);
                let chooses = says.iter().any(|said| matches!(said, Said::Snapshot(_)));
                let request = self.api.snapshots(&fresh).filter(|_| chooses);
                self.session_read(&fresh, asked_at);
                if let Some(request) = request {
                    self.send(Purpose::Snapshots { session: session.to_owned() }, request, now);
                }
            }
            Err(ArrayError::NotFound(_)) => {
                self.forget_act(session);
                self.session_gone(session);
            }
            Err(error) => act.stage = Stage::Unprepared(error),
        }
    }

    pub(super) fn snapshots_answered(&mut self, session: &str, result: &Result<Response, TransportFailure>) {
        let outcome = read(result, powerstore::rows::<Snapshot>).map(|(answer, _)| answer.rows);
        if let Some(act) = self.act_mut(session) {
            act.snapshots = Some(outcome);
        }
    }

    pub(super) fn confirm(&mut self, session: &str, answers: &Answers, now: i64) {
        if self.access.user().is_none() {
            if let Some(act) = self.act_mut(session).filter(|act| act.stage == Stage::Asking) {
                act.stage = Stage::WaitingForLogin;
            }
            return;
        }
        let Some(act) = self.act(session) else { return };
        if self.settings.read_only || act.stage != Stage::Asking {
            return;
        }
        let Some(fresh) = act.fresh.clone() else { return };
        if act.fresh_at.is_none_or(|at| now - at > STALE_DIALOG) {
            if let Some(act) = self.act_mut(session) {
                act.returned = true;
            }
            self.prepare(session, now);
            return;
        }
        if matches!(self.verdict_with(&fresh, act.action, answers), Verdict::Refused(_)) {
            return;
        }
        let Some(action) = act.asked_for() else { return };
        let Some(request) = self.api.act_on(&fresh, action, answers) else { return };
        let wanted = answers.scheduled.filter(|_| action.verb == Verb::Modify && action.says.is_empty());
        let name = fresh.name().unwrap_or(session).to_owned();
        if let Some(act) = self.act_mut(session) {
            act.rescheduled = wanted.map(|wanted| (fresh.scheduled(), wanted));
        }
        self.send_act(session, request, (session.to_owned(), name), fresh.state, now);
    }

    /// Sends what an act asks for, once, and takes it down in the journal: on the session of this id and name.
    pub(super) fn send_act(
        &mut self,
        session: &str,
        request: Request,
        (id, name): (String, String),
        state_before: Option<String>,
        now: i64,
    ) {
        let (user, array) = (self.access.user().unwrap_or_default().to_owned(), self.settings.array.clone());
        let (token, skew) = (self.api.token.clone(), self.health.clock_skew.unwrap_or(0));
        let resource = self.resource_of(session);
        self.deeds += 1;
        let number = self.deeds;
        let Some(act) = self.act_mut(session) else { return };
        act.stage = Stage::Sending;
        act.deed = Some(Deed {
            number,
            array,
            user,
            session: id,
            resource,
            session_name: name,
            action: act.asked_for().map_or("", |action| action.label),
            sent_at: now,
            settled_at: None,
            state_before,
            state_after: None,
            exchange: Exchange::begin(&request, now),
            job: None,
            end: DeedEnd::Running,
        });
        act.token_used = token;
        act.sent_by_array_clock = now + skew;
        self.tell_deed(session);
        self.send(Purpose::Act { session: session.to_owned() }, request, now);
    }

    pub(super) fn dismiss(&mut self, session: &str) {
        if self.act(session).is_some_and(|act| !act.is_under_way()) {
            self.forget_act(session);
            self.abandon(&|purpose| match purpose {
                Purpose::Prepare { session: of }
                | Purpose::Snapshots { session: of }
                | Purpose::NameCheck { session: of } => of == session,
                _ => false,
            });
        }
    }

    pub(super) fn act_answered(
        &mut self,
        session: &str,
        exchange: Exchange,
        result: &Result<Response, TransportFailure>,
        now: i64,
    ) {
        let is_dfm = self.api.is_dfm();
        let outcome =
            if is_dfm { read(result, dfm::results).map(|_| None) } else { read(result, powerstore::accepted) };
        let Some(act) = self.act_mut(session) else { return };
        if let Some(deed) = &mut act.deed {
            deed.exchange = exchange;
        }
        match outcome {
            Ok(None) if act.asked_for().is_some_and(powerstore::is_report) => {
                let body = result.as_ref().map(|response| response.body.as_slice()).unwrap_or_default();
                act.report = Some(String::from_utf8_lossy(body).into_owned()).filter(|text| !text.is_empty());
                act.settle(DeedEnd::Completed, now);
            }
            Ok(job) => {
                let made = result.as_ref().ok().filter(|_| act.is_creation()).and_then(powerstore::created);
                if let Some(id) = made {
                    act.has_created(&id);
                }
                act.follow(job, now);
            }
            Err(ArrayError::LoginWanted) => {
                let words = "The login had ended, so nothing was done.".to_owned();
                act.settle(DeedEnd::Refused(words), now);
                self.tell_deed(session);
                self.expire(now);
                self.return_to_dialog(session, now);
                return;
            }
            Err(error @ ArrayError::NotPermitted(_)) if !is_dfm => {
                act.stage = Stage::CheckingToken;
                act.hindrance = Some(error);
                self.send(Purpose::TokenCheck { session: session.to_owned() }, self.api.probe(), now);
            }
            Err(ArrayError::Busy(messages)) if !messages.is_empty() => {
                act.settle(DeedEnd::Refused(ArrayError::Busy(messages).to_string()), now);
            }
            Err(error) if error.is_refusal() => {
                act.stage = Stage::CheckingRefusal;
                act.refusal = Some(error);
                act.look_at = Some(now);
            }
            // The status says that it was accepted, though not as which job.
            Err(ArrayError::Truncated | ArrayError::Unreadable(_)) if result.is_ok() => act.follow(None, now),
            Err(_) => act.resolve(now),
        }
        self.tell_deed(session);
    }

    /// The array did nothing and the dialog comes back, with the session read again.
    fn return_to_dialog(&mut self, session: &str, now: i64) {
        if let Some(act) = self.act_mut(session) {
            act.deed = None;
            act.returned = true;
            act.hindrance = None;
        }
        self.prepare(session, now);
    }

    pub(super) fn token_checked(&mut self, session: &str, result: &Result<Response, TransportFailure>, now: i64) {
        let renewed = result.as_ref().is_ok_and(|response| response.is_success());
        let token = self.api.token.clone();
        let Some(act) = self.act_mut(session).filter(|act| act.stage == Stage::CheckingToken) else { return };
        let was_stale = renewed && token != act.token_used;
        if was_stale {
            self.refused_by_token(session, now);
            self.return_to_dialog(session, now);
        } else {
            let words = act.hindrance.take().map_or_else(String::new, |error| error.to_string());
            act.settle(DeedEnd::Refused(words), now);
            self.tell_deed(session);
        }
    }

    /// The token, or the login that it belonged to, was out of date.
    fn refused_by_token(&mut self, session: &str, now: i64) {
        if let Some(act) = self.act_mut(session) {
            act.settle(DeedEnd::Refused("The security token was out of date, so nothing was done.".to_owned()), now);
        }
        self.tell_deed(session);
    }

    /// The login has ended: dialogs wait for the next one, looks that were out are repeated after it.
    pub(super) fn put_acts_aside(&mut self, now: i64) {
        let mut refused = Vec::new();
        for act in &mut self.acts {
            if act.awaited > 0 {
                act.awaited = 0;
                act.look_at = Some(now);
            }
            match act.stage {
                Stage::Preparing | Stage::Unprepared(_) | Stage::Asking => act.stage = Stage::WaitingForLogin,
                Stage::CheckingToken => refused.push(act.session.clone()),
                _ => continue,
            }
            act.returned = true;
        }
        for session in refused {
            self.refused_by_token(&session, now);
            self.return_to_dialog(&session, now);
        }
    }

    /// After a login: dialogs come back with the session read again, looks go on.
    pub(super) fn take_acts_up_again(&mut self, now: i64) {
        let waiting: Vec<String> =
            self.acts.iter().filter(|act| act.stage == Stage::WaitingForLogin).map(|act| act.session.clone()).collect();
        for session in waiting {
            self.prepare(&session, now);
        }
    }

    pub(super) fn look_after_acts(&mut self, now: i64) {
        let due: Vec<String> = self
            .acts
            .iter()
            .filter(|act| act.awaited == 0 && act.look_at.is_some_and(|at| at <= now))
            .map(|act| act.session.clone())
            .collect();
        for session in due {
            self.look(&session, now);
        }
    }

    fn look(&mut self, session: &str, now: i64) {
        let Some(act) = self.act(session) else { return };
        let of = || session.to_owned();
        let job = match (&act.stage, &act.job_id) {
            (Stage::Following, Some(job)) if !act.job.as_ref().is_some_and(Job::is_final) => {
                Some((Purpose::LookAtJob { session: of() }, self.api.job(job)))
            }
            (Stage::Resolving { .. } | Stage::CheckingRefusal, _) if has_job_verb(act) => {
                let jobs = if act.is_creation() {
                    self.api.jobs_of_creates(self.resource_of(session))
                } else {
                    self.api.jobs_of(self.resource_of(session), session)
                };
                Some((Purpose::LookForJob { session: of() }, jobs))
            }
            _ => None,
        };
        let request = self.api.session(self.resource_of(session), act.created.as_deref().unwrap_or(session));
        if let Some(act) = self.act_mut(session) {
            act.look_at = None;
            act.awaited = 1 + u32::from(job.is_some());
        }
        self.send(Purpose::LookAtSession { session: of() }, request, now);
        if let Some((purpose, request)) = job {
            self.send(purpose, request, now);
        }
    }

    pub(super) fn looked_at_session(&mut self, session: &str, asked_at: i64, heard: Heard, now: i64) {
        let resource = self.resource_of(session);
        let outcome = heard.session(resource);
        let Some(act) = self.act_mut(session) else { return };
        match outcome {
            Ok(fresh) if act.is_creation() && !act.is_of_plan(&fresh) => {
                act.name_is_anothers = true;
                act.not_there();
            }
            Err(ArrayError::NotFound(_)) if act.is_creation() => act.not_there(),
            Ok(fresh) => {
                act.hindrance = None;
                act.seen_since_job_ended = act.job.as_ref().is_some_and(Job::is_final);
                if act.is_creation() {
                    act.has_created(&fresh.id);
                }
                if let Some(deed) = &mut act.deed {
                    deed.state_after.clone_from(&fresh.state);
                }
                act.fresh = Some(fresh.clone());
                act.fresh_at = Some(now);
                self.session_read(&fresh, asked_at);
            }
            // A job that is being looked for may still tell who removed it.
            Err(ArrayError::NotFound(_)) => {
                act.hindrance = None;
                act.gone = true;
                self.session_gone(session);
            }
            Err(error) => act.hindrance = Some(error),
        }
        self.look_answered(session, now);
    }

    pub(super) fn looked_at_job(&mut self, session: &str, result: &Result<Response, TransportFailure>, now: i64) {
        let outcome = read(result, powerstore::row::<Job>);
        let Some(act) = self.act_mut(session) else { return };
        match outcome {
            Ok(job) => {
                if let Some(id) = job.created().filter(|_| act.is_creation()) {
                    act.has_created(id);
                }
                act.job = Some(job);
            }
            // The array keeps jobs for a while only: without it, the state tells.
            Err(ArrayError::NotFound(_)) => act.job_id = None,
            Err(error) => act.hindrance = Some(error),
        }
        self.look_answered(session, now);
    }

    pub(super) fn looked_for_job(&mut self, session: &str, result: &Result<Response, TransportFailure>, now: i64) {
        let outcome = read(result, powerstore::rows::<Job>);
        let user = self.access.user().unwrap_or_default().to_owned();
        let Some(act) = self.act_mut(session) else { return };
        match outcome {
            Ok((answer, _)) => {
                let jobs = &answer.rows;
                let job = if act.is_creation() { act.creation_among(jobs, &user) } else { act.job_among(jobs, &user) };
                if let Some(job) = job {
                    act.follow(Some(job.id.clone()), now);
                    act.job = Some(job);
                }
            }
            Err(error) => act.hindrance = Some(error),
        }
        self.look_answered(session, now);
    }

    /// One of the answers of a look is in; with the last one it is judged.
    fn look_answered(&mut self, session: &str, now: i64) {
        let Some(act) = self.act_mut(session) else { return };
        act.awaited = act.awaited.saturating_sub(1);
        if act.awaited > 0 || !act.is_under_way() {
            return;
        }
        act.look_at = Some(now + LOOK_EVERY);
        if act.hindrance.is_none()
            && let Some(end) = act.judged()
        {
            act.settle(end, now);
            // Its page shows the job and the state as they are now.
            if let Some(watching) = &mut self.watching {
                watching.wanted = true;
            }
        }
        self.tell_deed(session);
    }

    fn tell_deed(&mut self, session: &str) {
        if let Some(deed) = self.act(session).and_then(|act| act.deed.clone()) {
            self.effects.push(Effect::Deed(Box::new(deed)));
        }
    }
}

impl Act {
    fn follow(&mut self, job: Option<String>, now: i64) {
        self.stage = Stage::Following;
        self.look_at = Some(now);
        if let Some(deed) = &mut self.deed {
            deed.job.clone_from(&job);
            deed.end = DeedEnd::Running;
        }
        self.job_id = job;
    }

    /// A look found no session that could be the one to be made.
    fn not_there(&mut self) {
        self.hindrance = None;
        self.seen_since_job_ended = self.job.as_ref().is_some_and(Job::is_final);
        self.fresh = None;
    }

    /// What the array refused it with.
    pub(super) fn refused(&mut self) -> DeedEnd {
        DeedEnd::Refused(self.refusal.take().map_or_else(String::new, |error| error.to_string()))
    }

    fn resolve(&mut self, now: i64) {
        self.stage = Stage::Resolving { looks: 0 };
        self.look_at = Some(now);
        if let Some(deed) = &mut self.deed {
            deed.end = DeedEnd::Unknown;
        }
    }

    /// What the look that just ended tells; `None`: look again.
    fn judged(&mut self) -> Option<DeedEnd> {
        // The array refused it, and another session has its name: a job of that name is the other's.
        if self.name_is_anothers && self.created.is_none() && self.refusal.is_some() {
            return Some(self.refused());
        }
        if self.gone {
            return Some(end_of_gone(self));
        }
        match self.stage {
            Stage::Following => match (&self.job_id, &self.job) {
                (Some(_), Some(job)) if !job.is_final() => None,
                (Some(_), Some(_)) if !self.seen_since_job_ended => None,
                (Some(_), Some(job)) if job.has_failed() => {
                    let words: Vec<String> = job.messages().iter().map(|message| message.text()).collect();
                    let silent = words.is_empty();
                    Some(DeedEnd::Failed(if silent { "the job gives no reason.".to_owned() } else { words.join(" ") }))
                }
                (Some(_), Some(_)) => Some(DeedEnd::Completed),
                (Some(_), None) => None,
                (None, _) if self.is_creation() => self.creation_judged(),
                (None, _) => self.end_by_state(),
            },
            _ if self.is_creation() => self.creation_judged(),
            Stage::Resolving { looks } => {
                self.stage = Stage::Resolving { looks: looks + 1 };
                self.resolved(looks + 1)
            }
            // A number tells more than a state: no second copy of a request is told apart by it.
            Stage::CheckingRefusal if self.fresh.as_ref()?.resource == Resource::ProtectionJob => Some(self.refused()),
            Stage::CheckingRefusal if self.has_moved_as_asked()? => Some(DeedEnd::MovedByNobodyKnows),
            Stage::CheckingRefusal => Some(self.refused()),
            _ => None,
        }
    }
}

fn has_job_verb(act: &Act) -> bool {
    act.asked_for().is_some_and(|action| action.job_verb.is_some())
}

fn end_of_gone(act: &Act) -> DeedEnd {
    let deletes = act.asked_for().is_some_and(|action| action.verb == Verb::Delete);
    match (&act.stage, deletes) {
        (Stage::CheckingRefusal, false) => {
            DeedEnd::Refused(act.refusal.as_ref().map_or_else(String::new, ToString::to_string))
        }
        (Stage::Resolving { .. } | Stage::CheckingRefusal, _) => DeedEnd::MovedByNobodyKnows,
        (_, true) => DeedEnd::Completed,
        (_, false) => DeedEnd::Failed("the session does not exist any more.".to_owned()),
    }
}
