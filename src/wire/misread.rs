//! Why a text could not be read, and where: JSON and XML tell it alike.

use std::fmt;

/// The first mistake of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misread {
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What is wrong there.
    pub what: &'static str,
    /// The text was right as far as it goes.
    pub is_cut_off: bool,
}

impl Misread {
    /// What is readable, and is not what was wanted.
    pub const NOT_WANTED: Misread =
        Misread { line: 1, column: 1, what: "something else stands where it should begin", is_cut_off: false };

    /// A mistake at `place`, in bytes from the beginning of `text`.
    pub(super) fn at(text: &str, place: usize, what: &'static str) -> Misread {
        let before = text.get(..place).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Misread {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            what,
            is_cut_off: place >= text.len(),
        }
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(words, "{} at line {} column {}", self.what, self.line, self.column)
    }
}
