//! What a person asked an array to do, and what came of it: a line of the journal.

use super::Exchange;
use crate::wire::powerstore::Resource;

/// One action of a person's, from the click that sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Counts up from 1 in each array's desk.
    pub number: u64,
    /// The array, by its id in the configuration.
    pub array: String,
    /// Who was logged in.
    pub user: String,
    /// The session's id.
    pub session: String,
    /// The collection that it is of.
    pub resource: Resource,
    /// The session's name when it was asked for.
    pub session_name: String,
    /// The label of the action.
    pub action: &'static str,
    /// When it was sent, by the browser's clock, milliseconds since 1970.
    pub sent_at: i64,
    /// When it was settled; `None` while it runs.
    pub settled_at: Option<i64>,
    /// The state just before it was sent, as the wire calls it.
    pub state_before: Option<String>,
    /// The last state that was seen.
    pub state_after: Option<String>,
    /// The request, and the answer once there is one.
    pub exchange: Exchange,
    /// The job that the array made of it.
    pub job: Option<String>,
    /// What came of it.
    pub end: DeedEnd,
}

/// What came of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeedEnd {
    /// Sent; the answer is awaited, or the array works on it.
    Running,
    /// Nobody knows yet whether the array received it.
    Unknown,
    /// Done.
    Completed,
    /// The array said no before doing anything, in these words.
    Refused(String),
    /// The array took it and failed, in these words.
    Failed(String),
    /// There was no answer, or a refusal that may have met a second copy of the request; the state moved
    /// as it would have, but nothing tells who moved it.
    MovedByNobodyKnows,
    /// There was no answer, and the array shows no sign that the request arrived.
    NotArrived,
}

impl DeedEnd {
    /// The end in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            DeedEnd::Running => "Sent; the array works on it.".to_owned(),
            DeedEnd::Unknown => "No answer came: it is not known whether the array received it. The state is being read again.".to_owned(),
            DeedEnd::Completed => "Done.".to_owned(),
            DeedEnd::Refused(words) => format!("Refused, and nothing was done: {words}"),
            DeedEnd::Failed(words) => format!("Taken, and failed: {words}"),
            DeedEnd::MovedByNobodyKnows => {
                "No answer tells that it was done, but the session has moved on as it would have; no job tells who did it.".to_owned()
            }
            DeedEnd::NotArrived => {
                "No answer came, and neither the state nor a job shows that the request arrived. It may be asked for again.".to_owned()
            }
        }
    }
}
