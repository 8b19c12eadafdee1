//! Requests on their way: one by one, and as parts of conversations, which are always ended.

use super::desk::{Desk, Purpose, Sent};
use super::event::{Effect, Ticket};
use super::heard::Heard;
use crate::array::{ArrayError, Ask, Exchange, Request, Response, Talk, TransportFailure, Turn};

impl Desk {
    pub(super) fn send(&mut self, purpose: Purpose, ask: impl Into<Ask>, now: i64) {
        match ask.into() {
            Ask::One(request) => self.send_one(purpose, request, None, (now, now)),
            Ask::Talk(talk) => self.send_one(purpose, talk.begin(), Some(talk), (now, now)),
        }
    }

    fn send_one(&mut self, purpose: Purpose, request: Request, talk: Option<Box<Talk>>, (sent_at, now): (i64, i64)) {
        self.next_ticket += 1;
        let ticket = Ticket(self.next_ticket);
        let exchange = Exchange::begin(&request, now);
        let deadline = now + self.settings.patience;
        self.outstanding.push(Sent { ticket, purpose, sent_at, deadline, exchange, talk });
        self.effects.push(Effect::Send(ticket, Box::new(request)));
    }

    /// True while something is asked for this.
    pub(super) fn is_out(&self, purpose: &Purpose) -> bool {
        self.outstanding.iter().any(|sent| sent.purpose == *purpose)
    }

    /// Gives up every request that `which` picks. Lists are given back; one that has only been begun is waited
    /// for, and given back then.
    pub(super) fn abandon(&mut self, which: &dyn Fn(&Purpose) -> bool) {
        let mut farewells = Vec::new();
        let effects = &mut self.effects;
        self.outstanding.retain_mut(|sent| {
            if !which(&sent.purpose) {
                return true;
            }
            if let Some(talk) = &mut sent.talk {
                match talk.end() {
                    Some(end) => farewells.push(end),
                    None => {
                        sent.purpose = Purpose::Farewell;
                        return true;
                    }
                }
            }
            effects.push(Effect::Abandon(sent.ticket));
            false
        });
        for end in farewells {
            self.send(Purpose::Farewell, end, self.now);
        }
    }

    /// The page is being closed, perhaps for good: lists are given back now. Should it go on, they are read anew.
    pub(super) fn say_farewell(&mut self) {
        let ends: Vec<Request> =
            self.outstanding.iter_mut().filter_map(|sent| sent.talk.as_ref()?.clone().end()).collect();
        for end in ends {
            self.send(Purpose::Farewell, end, self.now);
        }
    }

    /// Goes on with a conversation; `None` while it lasts.
    pub(super) fn talk_on(
        &mut self,
        mut talk: Box<Talk>,
        purpose: &Purpose,
        sent_at: i64,
        result: &Result<Response, TransportFailure>,
    ) -> Option<Heard<'static>> {
        let now = self.now;
        let turn = talk.heard(result);
        let told = match turn {
            Turn::Ask(request) if *purpose != Purpose::Farewell => {
                self.send_one(purpose.clone(), request, Some(talk), (sent_at, now));
                return None;
            }
            Turn::Ask(_) => Err(ArrayError::TimedOut),
            Turn::Done(rows) => Ok(rows),
            Turn::Failed(error) => Err(error),
        };
        if let Some(end) = talk.end() {
            self.send(Purpose::Farewell, end, now);
        }
        Some(Heard::Told(told))
    }
}
