//! The query part of an address: select, filters, order, page (Developers Guide, "Querying").

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays readable in an address: the marks that the API's own syntax uses besides letters.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b',')
    .remove(b'(')
    .remove(b')')
    .remove(b':')
    .remove(b'*');

/// Escapes one piece of a path or a value of a query.
pub fn escape(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

/// A query in the making; the order of calls is the order on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    text: String,
}

impl Query {
    /// An empty query.
    pub fn new() -> Query {
        Query::default()
    }

    fn pair(mut self, name: &str, value: &str) -> Query {
        self.text.push(if self.text.is_empty() { '?' } else { '&' });
        self.text.push_str(name);
        self.text.push('=');
        self.text.push_str(&escape(value));
        self
    }

    /// Asks for these fields; without it an array sends ids only.
    #[must_use]
    pub fn select(self, fields: impl Iterator<Item = &'static str>) -> Query {
        let list: Vec<&str> = fields.collect();
        self.pair("select", &list.join(","))
    }

    /// Keeps rows whose `field` equals `value`.
    #[must_use]
    pub fn equal(self, field: &str, value: &str) -> Query {
        self.pair(field, &format!("eq.{value}"))
    }

    /// Keeps rows whose `field` is at least `value`.
    #[must_use]
    pub fn at_least(self, field: &str, value: &str) -> Query {
        self.pair(field, &format!("gte.{value}"))
    }

    /// Keeps rows whose `field` is one of `values`.
    #[must_use]
    pub fn one_of<'a>(self, field: &str, values: impl Iterator<Item = &'a str>) -> Query {
        let list: Vec<&str> = values.collect();
        self.pair(field, &format!("in.({})", list.join(",")))
    }

    /// Keeps rows for which at least one of these conditions holds, each written as in
    /// `state.in.(Queued,Scheduled)`.
    #[must_use]
    pub fn either(self, conditions: &[&str]) -> Query {
        self.pair("or", &format!("({})", conditions.join(",")))
    }

    /// Sorts, for example `id` or `start_time.desc`.
    #[must_use]
    pub fn order(self, order: &str) -> Query {
        self.pair("order", order)
    }

    /// Asks for `limit` rows from `offset` on.
    #[must_use]
    pub fn page(self, limit: u32, offset: u32) -> Query {
        self.pair("limit", &limit.to_string()).pair("offset", &offset.to_string())
    }

    /// Asks for a job instead of an answer at the end.
    #[must_use]
    pub fn asynchronous(self) -> Query {
        self.pair("is_async", "true")
    }

    /// The text to put behind the path: empty, or beginning with `?`.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_the_guide_writes_it() {
        let query = Query::new()
            .select(["id", "remote_system(id,name)"].into_iter())
            .equal("state", "Paused")
            .one_of("id", ["a b", "c&d"].into_iter())
            .at_least("start_time", "2026-01-01T00:00:00+00:00")
            .order("name.desc")
            .page(2000, 4000);
        assert_eq!(
            query.text(),
            "?select=id,remote_system(id,name)&state=eq.Paused&id=in.(a%20b,c%26d)\
             &start_time=gte.2026-01-01T00:00:00%2B00:00&order=name.desc&limit=2000&offset=4000"
        );
        assert_eq!(Query::new().text(), "");
        assert_eq!(Query::new().asynchronous().text(), "?is_async=true");
    }
}
