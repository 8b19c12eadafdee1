//! How a login begins and ends: by a cookie that the browser keeps, or, at a DFM, by a name and a password that
//! this page keeps in its memory and sends with every call.

use super::access::{Access, Why};
use super::acting::Act;
use super::catalog::Catalog;
use super::desk::{Desk, Purpose, read};
use super::event::Effect;
use super::pace;
use crate::array::{ArrayError, Response, TransportFailure, dfm, powerstore};
use crate::lifecycle::Release;
use crate::wire::powerstore::{LoginSession, Resource, SoftwareInstalled};

impl Desk {
    pub(super) fn probe(&mut self, now: i64) {
        self.probe_at = None;
        self.send(Purpose::Probe, self.api.probe(), now);
    }

    pub(super) fn probed(&mut self, result: &Result<Response, TransportFailure>, now: i64) {
        match who(result) {
            Ok(login) => self.enter(login, now),
            Err(ArrayError::LoginWanted) => self.access = Access::Out(Why::NotYet),
            Err(error) => {
                self.health.failures += 1;
                self.probe_at = Some(now + pace::delay(self.settings.refresh, true, self.health.failures));
                self.access = Access::Out(Why::Failed(error));
            }
        }
    }

    pub(super) fn log_in(&mut self, user: String, password: &crate::array::Secret, now: i64) {
        if matches!(self.access, Access::LoggingIn { .. } | Access::In { .. }) {
            return;
        }
        if self.rejected.contains(&user, password) {
            self.access = Access::Out(Why::NotSentAgain { user });
            return;
        }
        self.abandon(&|purpose| *purpose == Purpose::Probe);
        self.probe_at = None;
        self.rejected.add(&user, password);
        self.access = Access::LoggingIn { user: user.clone() };
        let request =
            if self.api.is_dfm() { self.api.about(&user, password) } else { self.api.log_in(&user, password) };
        self.send(Purpose::LogIn { user }, request, now);
    }

    pub(super) fn log_in_answered(&mut self, user: String, result: &Result<Response, TransportFailure>, now: i64) {
        let login = if self.api.is_dfm() { self.introduced(&user, result) } else { who(result) };
        match login {
            Ok(login) => {
                self.rejected.clear();
                self.proved = false;
                self.enter(login, now);
            }
            Err(ArrayError::LoginWanted) => self.access = Access::Out(Why::Rejected { user }),
            Err(error) => {
                self.rejected.forget_last();
                self.access = Access::Out(Why::Failed(error));
            }
        }
    }

    /// A DFM has told what it is, or said no.
    fn introduced(
        &mut self,
        user: &str,
        result: &Result<Response, TransportFailure>,
    ) -> Result<LoginSession, ArrayError> {
        let told = match read(result, dfm::results) {
            Ok(answer) => Ok(dfm::release(&answer)),
            // It has let the person in, and only does not know the question.
            Err(ArrayError::Refused { status: 200, .. }) => Ok(None),
            Err(error) => Err(error),
        };
        match told {
            Ok(release) => self.api.release = release,
            Err(_) => self.api.login = None,
        }
        told.map(|_| LoginSession { user: Some(user.to_owned()), ..LoginSession::default() })
    }

    fn enter(&mut self, login: LoginSession, now: i64) {
        self.access = Access::In {
            user: login.user.unwrap_or_default(),
            new_password_wanted: login.is_password_change_required == Some(true),
        };
        self.health.failures = 0;
        self.health.trouble = None;
        if self.api.is_dfm() {
            // There is no cookie that could have been lost.
            self.proved = true;
            self.begin_reading(now);
        } else {
            self.send(Purpose::Release, self.api.software(), now);
        }
    }

    pub(super) fn release_answered(&mut self, result: &Result<Response, TransportFailure>, now: i64) {
        if self.access.user().is_none() {
            return;
        }
        self.api.release = read(result, powerstore::rows::<SoftwareInstalled>).ok().and_then(|(answer, _)| {
            let cluster = answer.rows.iter().find(|row| row.is_cluster == Some(true)).or(answer.rows.first())?;
            Release::parse(cluster.release_version.as_deref()?)
        });
        self.proved |= result.as_ref().is_ok_and(|response| response.is_success());
        self.begin_reading(now);
    }

    fn begin_reading(&mut self, now: i64) {
        self.ready = true;
        self.listing.wanted = true;
        if let Some(watching) = &mut self.watching {
            watching.wanted = true;
        }
        self.take_acts_up_again(now);
    }

    pub(super) fn log_out(&mut self, now: i64) {
        if self.access.user().is_none() {
            return;
        }
        let request = self.api.log_out();
        self.leave(Why::LoggedOut, now);
        if !self.api.is_dfm() {
            self.send(Purpose::LogOut, request, now);
        }
        // What was read under this login is not left on the screen.
        self.listing.forget();
        for resource in Resource::ALL {
            self.effects.push(Effect::Listed { resource, sessions: Vec::new(), unreadable: 0 });
        }
        if let Some(watching) = &mut self.watching {
            watching.forget();
        }
        let browse = self.browse.take();
        self.catalog = Catalog::default();
        self.browse(browse);
        self.acts.retain(Act::is_under_way);
        if let Some(plans) = &mut self.plans {
            plans.entries.clear();
        }
    }

    pub(super) fn log_out_answered(&mut self, result: &Result<Response, TransportFailure>) {
        let outcome = read(result, powerstore::check);
        if let (Access::Out(Why::LoggedOut), Err(error)) = (&self.access, outcome)
            && error != ArrayError::LoginWanted
        {
            self.access = Access::Out(Why::LogOutUnconfirmed(error));
        }
    }

    /// The login has ended: everything to this array stops until a person logs in.
    pub(super) fn expire(&mut self, now: i64) {
        if self.access.user().is_some() {
            if let Some((user, password)) = &self.api.login {
                // It was right once and is not any more: neither is it sent again, to end a list as little as
                // to log in.
                self.rejected.add(user, password);
                self.outstanding.retain(|sent| sent.purpose != Purpose::Farewell);
                for sent in &mut self.outstanding {
                    sent.talk = None;
                }
            }
            self.leave(if self.proved { Why::Expired } else { Why::CookieLost }, now);
        }
    }

    fn leave(&mut self, why: Why, now: i64) {
        self.access = Access::Out(why);
        self.ready = false;
        self.api.token = None;
        self.abandon(&Purpose::is_read);
        self.api.login = None;
        self.protection.stop();
        self.stop_plans();
        if let Some(purging) = &mut self.purging {
            purging.count_again(purging.stage.clone());
        }
        self.listing.stop();
        self.naming.stop();
        self.put_catalog_aside();
        if let Some(watching) = &mut self.watching {
            watching.awaited = 0;
        }
        self.put_acts_aside(now);
    }
}

fn who(result: &Result<Response, TransportFailure>) -> Result<LoginSession, ArrayError> {
    let (answer, _) = read(result, powerstore::rows::<LoginSession>)?;
    let nobody = || ArrayError::Unreadable("it names no user".to_owned());
    answer.rows.into_iter().next().ok_or_else(nobody)
}
