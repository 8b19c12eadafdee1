//! What is asked: one request, or a conversation about a list that a server hands out in parts.
//!
//! A DFM answers the start of a list with how many rows it has laid aside and the name under which they lie
//! there; the rows are fetched in parts, and the server is told when they are no longer wanted. It may forget
//! them in between: the conversation then begins anew, from the first row.

use super::dfm::{self, Listed};
use super::{ArrayError, Request, Response, TransportFailure};
use crate::wire::zapi::Element;

/// How often a forgotten list is asked for anew.
const RENEWALS: u8 = 2;

/// What is asked of an array.
#[derive(Clone, Debug)]
pub enum Ask {
    /// One request with one answer.
    One(Request),
    /// As many as a list takes.
    Talk(Box<Talk>),
}

impl From<Request> for Ask {
    fn from(request: Request) -> Ask {
        Ask::One(request)
    }
}

impl From<Talk> for Ask {
    fn from(talk: Talk) -> Ask {
        Ask::Talk(Box::new(talk))
    }
}

/// A conversation.
#[derive(Clone, Debug)]
pub struct Talk {
    of: Listed,
    start: Request,
    /// Under which name the rows lie on the server; `None` before they do, and when they were given back.
    tag: Option<String>,
    /// How many of them are still to come.
    records: usize,
    /// What has come so far, as if it were one answer.
    told: Element,
    renewals: u8,
}

/// How a conversation goes on.
#[derive(Debug)]
pub enum Turn {
    /// This is asked next.
    Ask(Request),
    /// This is the whole list, as one answer.
    Done(Element),
    /// It came to nothing.
    Failed(ArrayError),
}

impl Talk {
    pub(super) fn new(of: Listed, start: Request) -> Talk {
        Talk { of, start, tag: None, records: 0, told: Element::default(), renewals: 0 }
    }

    /// The first request.
    pub fn begin(&self) -> Request {
        self.start.clone()
    }

    /// Takes an answer in.
    pub fn heard(&mut self, result: &Result<Response, TransportFailure>) -> Turn {
        match self.take(result) {
            Ok(true) => Turn::Done(std::mem::take(&mut self.told)),
            Ok(false) => Turn::Ask(self.next()),
            Err(error) if self.tag.is_some() && dfm::has_forgotten(&error) => {
                self.tag = None;
                self.told.children.clear();
                if self.renewals == RENEWALS {
                    return Turn::Failed(ArrayError::Forgotten(RENEWALS + 1));
                }
                self.renewals += 1;
                Turn::Ask(self.begin())
            }
            Err(error) => {
                if error == ArrayError::LoginWanted {
                    // Nothing more is sent with this password.
                    self.tag = None;
                }
                Turn::Failed(error)
            }
        }
    }

    /// True when that was the last part.
    fn take(&mut self, result: &Result<Response, TransportFailure>) -> Result<bool, ArrayError> {
        let answer = match result {
            Ok(response) => dfm::results(response)?,
            Err(failure) => return Err(ArrayError::from(*failure)),
        };
        if self.tag.is_none() {
            let (records, tag) = dfm::started(&answer)?;
            self.records = records;
            self.tag = Some(tag);
            return Ok(records == 0);
        }
        let more = self.add(dfm::what_is_shown(answer, self.of));
        self.records = self.records.saturating_sub(more);
        // A part without rows is the end, whatever the server counted at first.
        Ok(more == 0 || self.records == 0)
    }

    /// Takes the rows of a part in; answers with how many they are.
    fn add(&mut self, mut more: Element) -> usize {
        let count = more.children.len();
        match self.told.children.first_mut() {
            Some(holder) => holder.children.append(&mut more.children),
            None => self.told.children.push(more),
        }
        count
    }

    fn next(&self) -> Request {
        let tag = self.tag.as_deref().unwrap_or_default();
        dfm::next(&self.start, self.of, tag)
    }

    /// What gives the rows back to the server, once; `None` when nothing lies there, as far as is known.
    pub fn end(&mut self) -> Option<Request> {
        let tag = self.tag.take()?;
        Some(dfm::end(&self.start, self.of, &tag))
    }
}
