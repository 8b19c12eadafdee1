//! The journal: who asked for what, when, and what came of it.

use std::cmp::Reverse;

use serde::Serialize;

use crate::array::{Deed, DeedEnd};
use crate::ordered::order;
use crate::wire::time;

/// Everything that persons asked for in this page, on all arrays.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    deeds: Vec<Deed>,
}

impl Journal {
    /// Takes a deed in, in place of an earlier version of it.
    pub fn record(&mut self, deed: Deed) {
        let earlier = self.deeds.iter_mut().find(|held| held.number == deed.number && held.array == deed.array);
        match earlier {
            Some(earlier) => *earlier = deed,
            None => self.deeds.push(deed),
        }
    }

    /// All deeds, the newest first.
    pub fn newest_first(&self) -> Vec<&Deed> {
        // What was sent in the same millisecond has an order of its own.
        let key = |place: usize| self.deeds.get(place).map(|deed| (deed.sent_at, deed.number, Reverse(&deed.array)));
        let places = order(self.deeds.len(), &|a, b| key(b).cmp(&key(a)));
        places.into_iter().filter_map(|place| self.deeds.get(place)).collect()
    }

    /// The deeds on one session, the newest first.
    pub fn of_session(&self, array: &str, session: &str) -> Vec<&Deed> {
        let mut deeds = self.newest_first();
        deeds.retain(|deed| deed.array == array && deed.session == session);
        deeds
    }

    /// True while nobody has asked for anything.
    pub fn is_empty(&self) -> bool {
        self.deeds.is_empty()
    }
}

/// A deed as it is exported. Its exchange was masked when it was taken down.
#[derive(Serialize)]
struct Line<'a> {
    number: u64,
    array: &'a str,
    user: &'a str,
    session: &'a str,
    session_name: &'a str,
    action: &'a str,
    sent_at: String,
    settled_at: Option<String>,
    state_before: Option<&'a str>,
    state_after: Option<&'a str>,
    end: &'static str,
    end_text: String,
    job: Option<&'a str>,
    method: &'a str,
    address: &'a str,
    request_headers: &'a [(String, String)],
    request_body: &'a str,
    answered_at: Option<String>,
    answer_status: Option<u16>,
    answer_body: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn of(deed: &'a Deed) -> Line<'a> {
        let exchange = &deed.exchange;
        let answer = exchange.answer.as_ref();
        Line {
            number: deed.number,
            array: &deed.array,
            user: &deed.user,
            session: &deed.session,
            session_name: &deed.session_name,
            action: deed.action,
            sent_at: time::format(deed.sent_at),
            settled_at: deed.settled_at.map(time::format),
            state_before: deed.state_before.as_deref(),
            state_after: deed.state_after.as_deref(),
            end: end_word(&deed.end),
            end_text: deed.end.sentence(),
            job: deed.job.as_deref(),
            method: &exchange.method,
            address: &exchange.address,
            request_headers: &exchange.headers,
            request_body: &exchange.body,
            answered_at: answer.map(|answer| time::format(answer.at)),
            answer_status: answer.and_then(|answer| answer.status),
            answer_body: answer.map(|answer| answer.body.as_str()),
        }
    }

    /// The cells of a table, in the order of [`HEADINGS`].
    fn cells(&self) -> [String; HEADINGS.len()] {
        let text = |value: &str| value.to_owned();
        let optional = |value: Option<&str>| value.unwrap_or_default().to_owned();
        [
            self.number.to_string(),
            text(self.array),
            text(self.user),
            text(self.session),
            text(self.session_name),
            text(self.action),
            text(&self.sent_at),
            optional(self.settled_at.as_deref()),
            optional(self.state_before),
            optional(self.state_after),
            text(self.end),
            text(&self.end_text),
            optional(self.job),
            text(self.method),
            text(self.address),
            text(self.request_body),
            optional(self.answered_at.as_deref()),
            self.answer_status.map(|status| status.to_string()).unwrap_or_default(),
            optional(self.answer_body),
        ]
    }
}

/// The headings of the table; the request's headers are in the JSON alone.
const HEADINGS: [&str; 19] = [
    "number",
    "array",
    "user",
    "session",
    "session_name",
    "action",
    "sent_at",
    "settled_at",
    "state_before",
    "state_after",
    "end",
    "end_text",
    "job",
    "method",
    "address",
    "request_body",
    "answered_at",
    "answer_status",
    "answer_body",
];

/// The end in one word, for programs that read the export.
const fn end_word(end: &DeedEnd) -> &'static str {
    match end {
        DeedEnd::Running => "running",
        DeedEnd::Unknown => "unknown",
        DeedEnd::Completed => "completed",
        DeedEnd::Refused(_) => "refused",
        DeedEnd::Failed(_) => "failed",
        DeedEnd::MovedByNobodyKnows => "moved_by_nobody_knows",
        DeedEnd::NotArrived => "not_arrived",
    }
}

/// The deeds as JSON: a list of objects, times in UTC.
pub fn to_json(deeds: &[&Deed]) -> String {
    let lines: Vec<Line<'_>> = deeds.iter().map(|deed| Line::of(deed)).collect();
    // Text and numbers only: there is nothing in it that cannot be written.
    serde_json::to_string_pretty(&lines).unwrap_or_else(|_| "[]".to_owned())
}

/// The deeds as CSV (RFC 4180), with headings, times in UTC. A cell that a spreadsheet would take for
/// a formula gets a quote before it: names and messages come from elsewhere.
pub fn to_csv(deeds: &[&Deed]) -> String {
    let mut text = String::new();
    push_line(&mut text, HEADINGS);
    for deed in deeds {
        push_line(&mut text, Line::of(deed).cells().each_ref().map(String::as_str));
    }
    text
}

fn push_line<const N: usize>(text: &mut String, cells: [&str; N]) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
        if cell.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(guard);
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(guard);
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Exchange;
    use proptest::prelude::*;

    fn deed(array: &str, number: u64, sent_at: i64, name: &str) -> Deed {
        let request = http::Request::post("/arrays/a/api/rest/import_session/7/pause")
            .header("dell-emc-token", "token-value")
            .body(Vec::new())
            .unwrap();
        Deed {
            number,
            array: array.to_owned(),
            user: "admin".to_owned(),
            session: "7".to_owned(),
            session_name: name.to_owned(),
            action: "Pause",
            sent_at,
            settled_at: None,
            state_before: Some("Copy_In_Progress".to_owned()),
            state_after: None,
            exchange: Exchange::begin(&request, sent_at),
            job: None,
            end: DeedEnd::Running,
        }
    }

    /// Reads CSV back, independently of how it is written.
    fn cells(text: &str) -> Vec<Vec<String>> {
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

    #[test]
    fn a_later_version_takes_the_place_of_the_earlier() {
        let mut journal = Journal::default();
        journal.record(deed("a", 1, 10, "x"));
        journal.record(deed("b", 1, 20, "x"));
        journal.record(deed("a", 2, 30, "x"));
        journal.record(Deed { end: DeedEnd::Completed, settled_at: Some(40), ..deed("a", 1, 10, "x") });
        let order: Vec<_> =
            journal.newest_first().iter().map(|deed| (deed.array.clone(), deed.number, deed.settled_at)).collect();
        assert_eq!(order, [("a".to_owned(), 2, None), ("b".to_owned(), 1, None), ("a".to_owned(), 1, Some(40))]);
        assert_eq!(journal.of_session("a", "7").len(), 2);
        assert!(journal.of_session("a", "8").is_empty());
    }

    #[test]
    fn the_exports_tell_all_but_secrets() {
        let deed = Deed { end: DeedEnd::Refused("Not now.".to_owned()), ..deed("a", 1, 1_000, "vol") };
        let json = to_json(&[&deed]);
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read[0]["sent_at"], "1970-01-01T00:00:01.000+00:00");
        assert_eq!((&read[0]["end"], &read[0]["state_after"]), (&"refused".into(), &serde_json::Value::Null));
        let csv = to_csv(&[&deed]);
        assert!(csv.contains("Not now.") && json.contains("Not now."));
        assert!(!csv.contains("token-value") && !json.contains("token-value"));
    }

    #[test]
    fn no_cell_is_a_formula() {
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            let deed = deed("a", 1, 0, name);
            let lines = cells(&to_csv(&[&deed]));
            assert_eq!(lines[1][4], format!("'{name}"));
        }
    }

    proptest! {
        #[test]
        fn a_table_reads_back_cell_by_cell(name in "[^=+@\t\r\n-][^\u{0}]{0,20}", body in "[a-z\",\r\n]{0,12}") {
            let mut deed = deed("a", 1, 0, &name);
            deed.exchange.body = format!("b{body}");
            let lines = cells(&to_csv(&[&deed]));
            prop_assert_eq!(lines.len(), 2);
            prop_assert!(lines.iter().all(|line| line.len() == HEADINGS.len()));
            prop_assert_eq!(&lines[1][4], &name);
            prop_assert_eq!(&lines[1][15], &format!("b{body}"));
        }
    }
}
