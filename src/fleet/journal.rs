//! The journal: who asked for what, when, and what came of it.

use std::cmp::Reverse;

use super::sheet::{Cell, push_fields, push_headings, push_line};
use crate::array::{Deed, DeedEnd};
use crate::ordered::order;
use crate::wire::json::push_quoted;

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

/// The columns of the table; the request's headers are in the JSON alone.
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

/// A deed as it is exported, in the order of [`HEADINGS`]. Its exchange was masked when it was taken down.
fn cells(deed: &Deed) -> [Cell; HEADINGS.len()] {
    let exchange = &deed.exchange;
    let answer = exchange.answer.as_ref();
    let text = |value: &str| Cell::Text(value.to_owned());
    let optional = Cell::text;
    let time = Cell::time;
    let status = answer.and_then(|answer| answer.status);
    [
        Cell::Number(deed.number),
        text(&deed.array),
        text(&deed.user),
        text(&deed.session),
        text(&deed.session_name),
        text(deed.action),
        time(Some(deed.sent_at)),
        time(deed.settled_at),
        optional(deed.state_before.as_deref()),
        optional(deed.state_after.as_deref()),
        text(end_word(&deed.end)),
        Cell::Text(deed.end.sentence()),
        optional(deed.job.as_deref()),
        text(exchange.method),
        text(&exchange.address),
        text(&exchange.body),
        time(answer.map(|answer| answer.at)),
        Cell::number(status.map(u64::from)),
        optional(answer.map(|answer| answer.body.as_str())),
    ]
}

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

/// The deeds as JSON: a list of objects, times in UTC. The request's headers are in it besides the
/// columns of the table.
pub fn to_json(deeds: &[&Deed]) -> String {
    let mut text = String::from("[");
    for (index, deed) in deeds.iter().enumerate() {
        text.push_str(if index == 0 { "\n  {" } else { ",\n  {" });
        push_fields(&mut text, &HEADINGS, &cells(deed));
        text.push_str(",\n    \"request_headers\": [");
        for (place, (name, value)) in deed.exchange.headers.iter().enumerate() {
            text.push_str(if place == 0 { "[" } else { ", [" });
            push_quoted(&mut text, name);
            text.push_str(", ");
            push_quoted(&mut text, value);
            text.push(']');
        }
        text.push_str("]\n  }");
    }
    text.push_str("\n]\n");
    text
}

/// The deeds as CSV, with headings, times in UTC.
pub fn to_csv(deeds: &[&Deed]) -> String {
    let mut text = String::new();
    push_headings(&mut text, &HEADINGS);
    for deed in deeds {
        push_line(&mut text, &cells(deed));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Exchange, Method, Request};
    use crate::fleet::sheet::read_back;
    use crate::wire::powerstore::TOKEN_HEADER;
    use proptest::prelude::*;

    fn deed(array: &str, number: u64, sent_at: i64, name: &str) -> Deed {
        let mut request = Request::new(Method::Post, "/arrays/a/api/rest/import_session/7/pause".to_owned());
        request.headers.push(TOKEN_HEADER, "token-value".to_owned());
        Deed {
            number,
            array: array.to_owned(),
            user: "admin".to_owned(),
            session: "7".to_owned(),
            resource: crate::wire::powerstore::Resource::Import,
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
            let lines = read_back(&to_csv(&[&deed]));
            assert_eq!(lines[1][4], format!("'{name}"));
        }
    }

    proptest! {
        #[test]
        fn any_text_in_json_reads_back(name: String, header: String) {
            let mut deed = deed("a", 7, 0, &name);
            deed.exchange.headers = vec![(name.clone(), header.clone()), (header.clone(), name.clone())];
            let read: serde_json::Value = serde_json::from_str(&to_json(&[&deed, &deed])).unwrap();
            let wanted = serde_json::json!([[name.clone(), header.clone()], [header, name.clone()]]);
            prop_assert_eq!((&read[1]["session_name"], &read[0]["request_headers"]), (&name.into(), &wanted));
            prop_assert_eq!((&read[1]["number"], read[0].as_object().unwrap().len()), (&7.into(), HEADINGS.len() + 1));
        }

        #[test]
        fn a_table_reads_back_cell_by_cell(name in "[^=+@\t\r\n-][^\u{0}]{0,20}", body in "[a-z\",\r\n]{0,12}") {
            let mut deed = deed("a", 1, 0, &name);
            deed.exchange.body = format!("b{body}");
            let lines = read_back(&to_csv(&[&deed]));
            prop_assert_eq!(lines.len(), 2);
            prop_assert!(lines.iter().all(|line| line.len() == HEADINGS.len()));
            prop_assert_eq!(&lines[1][4], &name);
            prop_assert_eq!(&lines[1][15], &format!("b{body}"));
        }
    }
}
