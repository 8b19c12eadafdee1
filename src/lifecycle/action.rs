//! What a person can ask for, with everything a dialog has to say about it.

use super::{Basis, Circumstance, Release};

/// The place of an action in [`super::Lifecycle::actions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub u8);

/// How the API spells an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `POST` on the collection: needs a form.
    Create,
    /// `PATCH` on the session: needs a form.
    Modify,
    /// `DELETE` on the session.
    Delete,
    /// `POST` on the session's own address followed by the action's name.
    Act,
    /// `POST` on the session's own address followed by this word, which several actions share: what they
    /// send besides tells them apart.
    ActAs(&'static str),
    /// `POST` on the address of the replicated volume or volume group followed by the action's name: the
    /// session has no such operation of its own.
    ActOnResource,
}

/// How careful the dialog must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Danger {
    /// Can be taken back by another action.
    Reversible,
    /// Touches the hosts' access or gives up work that was done.
    Disruptive,
    /// Cannot be taken back: the name of the session is typed before it is sent.
    Irreversible,
}

/// Something that an action's body says besides its switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A switch.
    Switch(&'static str, bool),
    /// A word.
    Word(&'static str, &'static str),
    /// The id of a snapshot, under this name, if the person has chosen one: nothing is said otherwise.
    /// [`Circumstance::FromSnapshot`] tells whether one is chosen.
    Snapshot(&'static str),
}

/// An optional switch of an action's body. It is always sent, also when off: the vendor's papers
/// disagree about what its absence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its name in the dialog.
    pub label: &'static str,
    /// What it does when it is on.
    pub meaning: &'static str,
    /// The danger of the action with the flag on.
    pub danger: Danger,
    /// The circumstance that it makes true, where a rule depends on it.
    pub makes: Option<Circumstance>,
    /// The first release that knows it: older ones are neither asked nor told, since they refuse a body
    /// with a word that they do not know.
    pub since: Release,
}

/// A documented or inferred "no", in a sentence for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why not, and what to do instead if there is something.
    pub sentence: &'static str,
    /// What the sentence rests on.
    pub basis: Basis,
}

/// Something a person can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its name in the API.
    pub name: &'static str,
    /// The label of its button.
    pub label: &'static str,
    /// The label of its edge in the picture: at most 12 characters a line.
    pub short: &'static str,
    /// How the API spells it.
    pub verb: Verb,
    /// The first release that has it.
    pub since: Release,
    /// How careful the dialog must be when no flag is on.
    pub danger: Danger,
    /// What it changes on the array.
    pub changes: &'static str,
    /// What the hosts notice.
    pub host_access: &'static str,
    /// What becomes of data that the hosts have written meanwhile.
    pub written_meanwhile: &'static str,
    /// What cannot be undone; `None` when it can be taken back.
    pub cannot_be_undone: Option<&'static str>,
    /// What is left to do afterwards.
    pub afterwards: &'static str,
    /// What the array cannot see, and the person has to confirm before it is sent.
    pub confirm: &'static [&'static str],
    /// What its body says besides the switches.
    pub says: &'static [Said],
    /// The optional switches of its body.
    pub flags: &'static [Flag],
    /// Its verb among the actions of jobs; `None` where the vendor's list has no word for it, so that
    /// no job can prove that it ran.
    pub job_verb: Option<&'static str>,
    /// The answer in every node that the table does not list for it.
    pub elsewhere: Refusal,
}
