//! What a person has set in an action's dialog.

/// The answers of a dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The flags that are on, by their names on the wire.
    pub flags: Vec<&'static str>,
    /// The time of a schedule, milliseconds since 1970.
    pub scheduled: Option<i64>,
    /// The id of a snapshot.
    pub snapshot: Option<String>,
    /// What [`super::entry::of_action`] asks for, by its name on the wire; nothing of it is empty.
    pub typed: Vec<(&'static str, String)>,
}
