//! Rows of an answer and the header that says which of them it holds.

use super::rows::Fields;
use crate::wire::Misread;
use crate::wire::json::{self, Json};

/// `Content-Range: <first>-<last>/<total>`, which comes with status 206.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentRange {
    /// Index of the first row of this page, from 0.
    pub first: u32,
    /// Index of its last row.
    pub last: u32,
    /// Rows in all; `None` when the array does not say.
    pub total: Option<u32>,
}

impl ContentRange {
    /// Reads the header, with or without a unit before it; `None` when it makes no sense.
    pub fn parse(text: &str) -> Option<ContentRange> {
        let text = text.trim();
        let text = text.rsplit_once(' ').map_or(text, |(_, range)| range);
        let (range, total) = text.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        let total = if total == "*" { None } else { Some(total.parse().ok()?) };
        (first <= last && total.is_none_or(|total: u32| last < total)).then_some(ContentRange { first, last, total })
    }
}

/// The rows of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<T> {
    /// The rows that could be read.
    pub rows: Vec<T>,
    /// How many could not: they lack an id. Shown, so that nobody takes the list for complete.
    pub unreadable: u32,
}

/// A row of an answer: whatever of it cannot be read is not told, but without an id it is no row.
pub trait Row: From<Fields> {
    /// False for the few rows that are told apart by other things than an id, or need not be.
    const HAS_ID: bool;
}

impl<T: Row> From<Vec<Fields>> for Rows<T> {
    fn from(mut objects: Vec<Fields>) -> Rows<T> {
        let unreadable = if T::HAS_ID { drop_nameless(&mut objects) } else { 0 };
        Rows { rows: objects.into_iter().map(T::from).collect(), unreadable }
    }
}

/// Drops what has no id, and says how many.
pub fn drop_nameless(objects: &mut Vec<Fields>) -> u32 {
    let count = objects.len();
    objects.retain(has_id);
    u32::try_from(count - objects.len()).unwrap_or(u32::MAX)
}

/// True for an object that can be told from others.
pub fn has_id(object: &Fields) -> bool {
    matches!(object.get("id"), Some(Json::Text(id)) if !id.is_empty())
}

/// Reads an array of objects. The error is that of the JSON reader, with line and column.
pub fn read_objects(body: &[u8]) -> Result<Vec<Fields>, Misread> {
    let Json::List(values) = json::read(body)? else { return Err(Misread::NOT_WANTED) };
    // A row that is no object has no id: it is counted as one that could not be read.
    let fields = |value| if let Json::Object(fields) = value { fields } else { Fields::default() };
    Ok(values.into_iter().map(fields).collect())
}

/// Reads a single object.
pub fn read_object(body: &[u8]) -> Result<Fields, Misread> {
    if let Json::Object(fields) = json::read(body)? { Ok(fields) } else { Err(Misread::NOT_WANTED) }
}

#[cfg(test)]
mod tests {
    use super::super::Session;
    use super::*;

    #[test]
    fn reads_a_content_range() {
        assert_eq!(ContentRange::parse("0-99/1000"), Some(ContentRange { first: 0, last: 99, total: Some(1000) }));
        assert_eq!(ContentRange::parse("items 5-5/*"), Some(ContentRange { first: 5, last: 5, total: None }));
        for text in ["", "0-99", "9-1/10", "0-10/10", "a-b/c", "*/10", "0-4294967296/1"] {
            assert_eq!(ContentRange::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_row_without_an_id_is_counted_and_the_others_live() {
        let body = br#"[{"id":"1","state":"Paused"},{"state":"Paused"},{"id":"3","progress_percentage":"many"}]"#;
        let rows: Rows<Session> = read_objects(body).unwrap().into();
        assert_eq!(rows.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        assert_eq!(rows.unreadable, 1);
        assert_eq!(rows.rows[1].progress(), None);
    }

    #[test]
    fn an_id_is_a_text_that_says_something() {
        for body in ["{}", r#"{"id":null}"#, r#"{"id":""}"#, r#"{"id":7}"#, r#"{"id":"1","id":null}"#] {
            assert!(!has_id(&read_object(body.as_bytes()).unwrap()), "{body}");
        }
        assert!(has_id(&read_object(br#"{"id":"1"}"#).unwrap()));
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        assert!(read_objects(b"<html>").is_err());
        assert!(read_objects(b"{\"id\":\"1\"}").is_err());
        assert!(read_objects(b"[{\"id\":\"1\"}").is_err());
    }
}
