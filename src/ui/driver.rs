//! What carries a desk's effects out: requests, timers, and news for the page.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use crate::array::{ArrayEntry, Request, Response, Transport, TransportFailure};
use crate::operation::{Desk, Settings, Ticket};
use crate::ui::platform::Alarm;
use crate::wire::powerstore::Resource;

/// A request under way; emptied, it is given up.
type Slot = Rc<RefCell<Option<Pin<Box<dyn Future<Output = Result<Response, TransportFailure>>>>>>>;

/// The desk of one array, and what it has going on in the browser.
pub struct Driver {
    /// The array, as the configuration names it.
    pub entry: ArrayEntry,
    /// The state machine that decides.
    pub desk: Desk,
    /// Of each collection: rows of its last list that could not be read.
    pub unreadable: Vec<(Resource, u32)>,
    /// Rings when the desk wants a tick.
    pub alarm: Alarm,
    /// At most a handful.
    under_way: Vec<(Ticket, Slot)>,
}

impl Driver {
    /// A driver that has not begun.
    pub fn new(entry: ArrayEntry, settings: Settings) -> Driver {
        Driver {
            entry,
            desk: Desk::new(settings),
            unreadable: Vec::new(),
            alarm: Alarm::default(),
            under_way: Vec::new(),
        }
    }

    /// Sends a request: the future ends with the answer, and never ends when the request is given up.
    pub fn send(
        &mut self,
        transport: &Rc<dyn Transport>,
        ticket: Ticket,
        request: Request,
    ) -> impl Future<Output = Result<Response, TransportFailure>> + use<> {
        let slot: Slot = Rc::new(RefCell::new(Some(transport.send(request))));
        self.under_way.push((ticket, slot.clone()));
        poll_fn(move |context| match slot.borrow_mut().as_mut() {
            Some(future) => future.as_mut().poll(context),
            None => Poll::Pending,
        })
    }

    /// Gives a request up: dropping it makes the browser close its connection.
    pub fn abandon(&mut self, ticket: Ticket) {
        if let Some((_, slot)) = self.under_way.iter().find(|(other, _)| *other == ticket) {
            drop(slot.borrow_mut().take());
        }
        self.forget(ticket);
    }

    /// An answer has come.
    pub fn forget(&mut self, ticket: Ticket) {
        self.under_way.retain(|(other, _)| *other != ticket);
    }
}
