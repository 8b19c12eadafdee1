//! Tables as files: CSV for spreadsheets, JSON for programs. Written out here: general writers are larger
//! than all that they would write.

use crate::wire::json::push_quoted;
use crate::wire::time;

/// A value of a table.
pub enum Cell {
    /// A whole number.
    Number(u64),
    /// Yes or no.
    Truth(bool),
    /// A text.
    Text(String),
    /// Not known.
    Nothing,
}

impl Cell {
    /// A text that may not be known.
    pub fn text(value: Option<&str>) -> Cell {
        value.map_or(Cell::Nothing, |value| Cell::Text(value.to_owned()))
    }

    /// A time, milliseconds since 1970, written in UTC.
    pub fn time(at: Option<i64>) -> Cell {
        at.map_or(Cell::Nothing, |at| Cell::Text(time::format(at)))
    }

    /// A number that may not be known.
    pub fn number(value: Option<u64>) -> Cell {
        value.map_or(Cell::Nothing, Cell::Number)
    }

    /// A yes or no that may not be known.
    pub fn truth(value: Option<bool>) -> Cell {
        value.map_or(Cell::Nothing, Cell::Truth)
    }
}

/// Writes one line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets a quote before
/// it: names and messages come from elsewhere.
pub fn push_line(text: &mut String, cells: &[Cell]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        match cell {
            Cell::Number(number) => text.push_str(&number.to_string()),
            Cell::Truth(truth) => text.push_str(truth_word(*truth)),
            Cell::Text(value) => push_cell(text, value),
            Cell::Nothing => {}
        }
    }
    text.push_str("\r\n");
}

/// Writes the headings of CSV.
pub fn push_headings(text: &mut String, headings: &[&str]) {
    text.push_str(&headings.join(","));
    text.push_str("\r\n");
}

fn push_cell(text: &mut String, value: &str) {
    let guard = if value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if value.contains([',', '"', '\r', '\n']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&value.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(value);
    }
}

/// Writes the fields of a JSON object, without its braces.
pub fn push_fields(text: &mut String, headings: &[&str], cells: &[Cell]) {
    for (index, (name, cell)) in headings.iter().zip(cells).enumerate() {
        text.push_str(if index == 0 { "\n    " } else { ",\n    " });
        push_quoted(text, name);
        text.push_str(": ");
        match cell {
            Cell::Number(number) => text.push_str(&number.to_string()),
            Cell::Truth(truth) => text.push_str(truth_word(*truth)),
            Cell::Text(value) => push_quoted(text, value),
            Cell::Nothing => text.push_str("null"),
        }
    }
}

const fn truth_word(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// The name of a file of this moment, such as `imports-2026-11-21T120400Z.csv`: in UTC, without the
/// characters that file systems refuse.
pub fn file_name(what: &str, now: i64, ending: &str) -> String {
    let time = time::format(now);
    let until_seconds = time.get(..19).unwrap_or(&time).replace(':', "");
    format!("{what}-{until_seconds}Z.{ending}")
}

/// Reads CSV back, independently of how it is written.
#[cfg(test)]
pub(super) fn read_back(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (quoted, character) {
            (true, '"') if characters.peek() == Some(&'"') => cell.extend(characters.next()),
            (_, '"') => quoted = !quoted,
            (false, ',') => line.push(std::mem::take(&mut cell)),
            (false, '\r') if characters.peek() == Some(&'\n') => {
                characters.next();
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            (_, other) => cell.push(other),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_moment_in_utc() {
        assert_eq!(file_name("imports", 86_399_999, "csv"), "imports-1970-01-01T235959Z.csv");
    }

    #[test]
    fn no_text_is_a_formula_and_no_number_is_a_text() {
        let mut text = String::new();
        let cells = [Cell::Text("=1,\"2\"".to_owned()), Cell::Number(7), Cell::Truth(true), Cell::Nothing];
        push_line(&mut text, &cells);
        assert_eq!(text, "\"'=1,\"\"2\"\"\",7,true,\r\n");
    }
}
