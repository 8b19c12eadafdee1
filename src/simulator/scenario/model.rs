//! What a scenario says, after it was read.

use std::fmt;

use thiserror::Error;

use crate::simulator::Options;
use crate::wire::powerstore::Resource;

/// A text that is no scenario, or one that does not fit its fleet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {reason}")]
pub struct Broken {
    /// Its name, with the ending of a file.
    pub file: String,
    /// The first line is 1.
    pub line: u32,
    /// A sentence.
    pub reason: String,
}

/// A story.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// As links and the command line call it.
    pub name: String,
    /// Its file, as errors call it.
    pub file: String,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// The fleet that it begins with.
    pub options: Options,
    /// Simulated seconds per second of the caller, if it wants to say.
    pub speed: Option<f64>,
    /// Named things that the fleet is to have besides.
    pub setup: Vec<Setup>,
    /// What happens by itself from the beginning on.
    pub hooks: Vec<Hook>,
    /// At least one.
    pub steps: Vec<Step>,
    /// What is to be true at the end.
    pub finally: Vec<State>,
}

/// A named thing that the fleet is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    pub line: u32,
    pub array: String,
    pub thing: Thing,
    pub name: String,
    /// Bytes; 0 where nothing has a size.
    pub size: u64,
    /// The remote system, the operating system, the recovery point objective or the policy.
    pub detail: String,
}

/// What a fleet can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A volume of a remote system.
    Source,
    /// A NAS server of a remote system.
    NasSource,
    Host,
    /// A volume with a replication that has been running for hours.
    Replication,
    /// A volume that is on both arrays.
    Metro,
    /// A dataset of the DFM.
    Dataset,
}

/// A part of the story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    pub line: u32,
    pub heading: String,
    /// Paragraphs, with an empty line between them.
    pub narration: String,
    pub show: Option<Show>,
    /// What a person does, or the presenter lets happen, to get to its end.
    pub doings: Vec<Doing>,
    /// What happens by itself from its beginning on.
    pub hooks: Vec<Hook>,
    /// What is true at its end.
    pub until: Vec<Until>,
    /// How long its end may take, in milliseconds, if it wants to say.
    pub within: Option<i64>,
}

/// A page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Show {
    Array(String),
    List(String, Resource),
    Session(Of),
}

/// A session by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Of {
    pub array: String,
    pub resource: Resource,
    /// Its name; of a data-protection job that of its dataset.
    pub name: String,
    /// Of a data-protection job its type: the newest one is meant.
    pub job: Option<String>,
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Of { array, resource, name, job } = self;
        write!(f, "{array} {} ", resource.word())?;
        if name.contains(char::is_whitespace) { write!(f, "\"{name}\"") } else { f.write_str(name) }?;
        job.as_ref().map_or(Ok(()), |job| write!(f, " {job}"))
    }
}

/// Something that is done or happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doing {
    pub line: u32,
    pub what: What,
}

/// What it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A person asks for an action, with switches and values.
    Ask { of: Of, action: String, said: Vec<(String, String)> },
    /// An event of its lifecycle happens to a session.
    Event { of: Of, event: String },
    /// Something goes wrong with an array.
    Fault { array: String, fault: String, said: Vec<(String, String)> },
    /// It goes right again: with all arrays, or in all respects.
    Clear { array: Option<String>, fault: Option<String> },
}

/// Something that happens by itself, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    pub when: Until,
    pub doing: Doing,
}

/// What is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// So many milliseconds have passed since the beginning of the step, or of the story.
    Passed(i64),
    State(State),
}

/// How a session is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub line: u32,
    pub of: Of,
    /// False: in none of these.
    pub is: bool,
    pub words: Vec<String>,
}

impl State {
    /// What is wanted, in words.
    pub fn wanted(&self) -> String {
        let words = self.words.join(" or ");
        if self.is { words } else { format!("not {words}") }
    }
}
