//! An element of XML: what a DFM sends and wants.

use super::{number, time};
use crate::wire::json::{Fields, Json};

/// An element. Texts are as they are meant: markup characters stand for themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, without the prefix of a namespace.
    pub name: String,
    /// Its attributes in their order, names without prefix.
    pub attributes: Vec<(String, String)>,
    /// Its text; of one with children what is more than whitespace.
    pub text: String,
    /// The elements in it, in their order.
    pub children: Vec<Element>,
}

impl Element {
    /// An empty element.
    pub fn new(name: &str) -> Element {
        Element { name: name.to_owned(), ..Element::default() }
    }

    /// The same with a child that holds a text.
    #[must_use]
    pub fn with(self, name: &str, text: &str) -> Element {
        self.holding(Element { text: text.to_owned(), ..Element::new(name) })
    }

    /// The same with this child.
    #[must_use]
    pub fn holding(mut self, child: Element) -> Element {
        self.children.push(child);
        self
    }

    /// The same with this attribute.
    #[must_use]
    pub fn saying(mut self, name: &str, value: &str) -> Element {
        self.attributes.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of a child.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }

    /// The whole number that a child holds.
    pub fn number_of(&self, name: &str) -> Option<i64> {
        number(self.text_of(name)?)
    }

    /// The time that a child holds, milliseconds since 1970.
    pub fn time_of(&self, name: &str) -> Option<i64> {
        time(self.text_of(name)?)
    }

    /// The items of a list: lists have two levels, a holder and in it elements named for their type. A holder
    /// that is not there is an empty list.
    pub fn items(self, holder: &str, item: &str) -> Vec<Element> {
        let mut holder = self.children.into_iter().find(|child| child.name == holder).unwrap_or_default();
        holder.children.retain(|child| child.name == item);
        holder.children
    }

    /// Its children as the fields of a row: texts, and objects where children have children. Of a list that
    /// lies in a row the fields keep the last item.
    pub fn fields(self) -> Fields {
        let value = |child: Element| {
            if child.children.is_empty() {
                (child.name, Json::Text(child.text))
            } else {
                (child.name.clone(), Json::Object(child.fields()))
            }
        };
        self.children.into_iter().map(value).collect()
    }

    /// It as XML: see [`Element::write`].
    pub fn written(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// Appends it as XML. Line ends and tabs go as references, so that no reader makes blanks of them; what
    /// XML cannot hold at all becomes the replacement character.
    pub fn write(&self, into: &mut String) {
        into.push('<');
        into.push_str(&self.name);
        for (name, value) in &self.attributes {
            into.push(' ');
            into.push_str(name);
            into.push_str("=\"");
            escape(value, into);
            into.push('"');
        }
        if self.text.is_empty() && self.children.is_empty() {
            into.push_str("/>");
            return;
        }
        into.push('>');
        escape(&self.text, into);
        for child in &self.children {
            child.write(into);
        }
        into.push_str("</");
        into.push_str(&self.name);
        into.push('>');
    }
}

fn escape(text: &str, into: &mut String) {
    for character in text.chars() {
        into.push_str(match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&apos;",
            '\t' => "&#9;",
            '\n' => "&#10;",
            '\r' => "&#13;",
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            _ => {
                into.push(character);
                continue;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_with_its_markup_characters_escaped() {
        let element = Element::new("results")
            .saying("reason", "\"a\" < 'b'")
            .with("name", "R&D\r\n\u{1}é")
            .holding(Element::new("jobs"));
        let mut text = String::new();
        element.write(&mut text);
        assert_eq!(
            text,
            "<results reason=\"&quot;a&quot; &lt; &apos;b&apos;\"><name>R&amp;D&#13;&#10;\u{fffd}é</name><jobs/></results>"
        );
    }

    #[test]
    fn becomes_the_fields_of_a_row() {
        let row = Element::new("dp-job-info")
            .with("job-id", "7")
            .holding(Element::new("provision-request-info").with("member-name", "m"))
            .holding(Element::new("empty"));
        let fields = row.fields();
        assert_eq!(fields.get("job-id"), Some(&Json::Text("7".to_owned())));
        assert_eq!(fields.get("empty"), Some(&Json::Text(String::new())));
        let inner = Fields::default().with("member-name", Json::Text("m".to_owned()));
        assert_eq!(fields.get("provision-request-info"), Some(&Json::Object(inner)));
    }

    #[test]
    fn a_list_may_be_empty_or_not_be_there() {
        let names = |results: Element| results.items("jobs", "job").into_iter().map(|job| job.text).collect::<Vec<_>>();
        let jobs = Element::new("jobs").with("job", "1").with("of-tomorrow", "x").with("job", "2");
        assert_eq!(names(Element::new("results").holding(jobs)), ["1", "2"]);
        assert_eq!(names(Element::new("results").holding(Element::new("jobs"))), [""; 0]);
        assert_eq!(names(Element::new("results")), [""; 0]);
    }
}
