//! What a desk hears and what it wants done.

use super::catalog::Browse;
use super::plans::Window;
use super::protection::JobWish;
use crate::array::{Answers, Deed, Plan, Request, Response, Secret, TransportFailure};
use crate::lifecycle::ActionId;
use crate::wire::powerstore::{Job, Resource, Session};

/// Tells the answers of requests apart; never used twice by a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What a desk hears.
#[derive(Clone, Debug)]
pub enum Event {
    /// The page opened: see whether the browser still holds a living login.
    Open,
    /// The person typed a name and a password.
    LogIn {
        /// The name.
        user: String,
        /// The password; it goes into one request and is not kept.
        password: Secret,
    },
    /// The person wants to log out.
    LogOut,
    /// A request was answered, or will not be.
    Answered {
        /// Which one.
        ticket: Ticket,
        /// The answer.
        result: Result<Response, TransportFailure>,
    },
    /// The time of [`super::Desk::next_wake`] has come.
    Tick,
    /// The person pressed "refresh now".
    Refresh,
    /// Scheduled reads stop or go on: the tab is hidden, or the person paused them.
    Pause(bool),
    /// The page of this session is open (`None`: no page of a session is).
    Watch(Option<(Resource, String)>),
    /// Another array has told of the other end of the watched replication (`None`: nothing is known of it).
    OtherEnd(Option<Box<Session>>),
    /// The person pressed an action's button: re-read the session, then ask.
    Ask {
        /// The session.
        session: String,
        /// The action.
        action: ActionId,
    },
    /// The person confirmed the dialog.
    Confirm {
        /// The session.
        session: String,
        /// What was set in it.
        answers: Answers,
    },
    /// The person wants this import, file import or migration: see whether its name is free, then send it, once.
    Create {
        /// What it is to be.
        plan: Box<Plan>,
    },
    /// A creation form is open and wants lists of the array's (`None`: it was left).
    Browse(Option<Browse>),
    /// The person wants those lists read again.
    BrowseAgain,
    /// The person wants to see the snapshot schedules of this source, a volume on a PS Group.
    AskSchedules(String),
    /// The person closed the dialog or the form, or the note of how an action ended.
    Dismiss {
        /// The session.
        session: String,
    },
    /// Of a DFM: these jobs are to be listed.
    ListJobs(JobWish),
    /// Of a DFM: all that the watched job reported is to be shown, or what nothing later has replaced.
    ShowHistory(bool),
    /// Of a DFM: this window of its schedule is looked at (`None`: the page was left).
    LookAtPlans(Option<Window>),
    /// Of a DFM: the page of purging was opened, or what it counts is to be counted again; or it was left.
    OpenPurging(bool),
    /// Of a DFM: the person confirmed a purge by time.
    Purge {
        /// What was over before, milliseconds since 1970, by the server's clock.
        before: i64,
        /// Also what went wrong.
        with_failed: bool,
    },
    /// The page is about to be closed.
    Leave,
}

/// What a desk wants done, in this order.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Send this request and bring the answer back under the ticket.
    Send(Ticket, Box<Request>),
    /// Stop waiting for this one; its answer is of no use any more.
    Abandon(Ticket),
    /// A collection was read whole. Sessions of it that are not in it are gone.
    Listed {
        /// Which one.
        resource: Resource,
        /// Every session of it, by id; of jobs the newest.
        sessions: Vec<Session>,
        /// Rows that could not be read: they lack an id.
        unreadable: u32,
    },
    /// One session was read by itself.
    Read(Box<Session>),
    /// A part of the list was read: these are as they are now, of the others nothing is said.
    Updated {
        /// By id.
        sessions: Vec<Session>,
    },
    /// These sessions do not exist any more.
    Gone(Vec<String>),
    /// The newest jobs on a session were read.
    Jobs {
        /// The session.
        session: String,
        /// Newest first.
        jobs: Vec<Job>,
    },
    /// Names for ids.
    Named {
        /// What kind of thing they name.
        thing: NamedThing,
        /// Id and name.
        names: Vec<(String, String)>,
    },
    /// A line of the journal is new or has changed.
    Deed(Box<Deed>),
    /// Something that the desk's getters tell has changed: login, health, an act.
    Changed,
}

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedThing {
    /// The array that holds sources.
    RemoteSystem,
    /// A source volume.
    Source,
    /// A destination volume.
    Destination,
    /// A protection policy or a volume group.
    Other,
}
