//! JSON written out: a general writer is larger than all that it would write.

/// Appends a text between double quotes, as JSON wants it (RFC 8259, section 7).
pub fn push_quoted(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '\n' => text.push_str("\\n"),
            '\0'..='\u{1f}' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => text.push(character),
        }
    }
    text.push('"');
}

/// An object in the making; the order of calls is the order on the wire.
#[derive(Clone, Debug, Default)]
pub struct Object {
    text: String,
}

impl Object {
    /// An empty object.
    pub fn new() -> Object {
        Object::default()
    }

    fn name(&mut self, name: &str) {
        self.text.push(if self.text.is_empty() { '{' } else { ',' });
        push_quoted(&mut self.text, name);
        self.text.push(':');
    }

    /// A field with a text.
    #[must_use]
    pub fn text(mut self, name: &str, value: &str) -> Object {
        self.name(name);
        push_quoted(&mut self.text, value);
        self
    }

    /// A field that is on or off.
    #[must_use]
    pub fn flag(mut self, name: &str, value: bool) -> Object {
        self.name(name);
        self.text.push_str(if value { "true" } else { "false" });
        self
    }

    /// A field with a whole number.
    #[must_use]
    pub fn number(mut self, name: &str, value: u64) -> Object {
        self.name(name);
        self.text.push_str(&value.to_string());
        self
    }

    /// A field with a list of texts.
    #[must_use]
    pub fn texts(mut self, name: &str, values: &[String]) -> Object {
        self.name(name);
        for (place, value) in values.iter().enumerate() {
            self.text.push(if place == 0 { '[' } else { ',' });
            push_quoted(&mut self.text, value);
        }
        self.text.push_str(if values.is_empty() { "[]" } else { "]" });
        self
    }

    /// A field with a list of objects.
    #[must_use]
    pub fn objects(mut self, name: &str, values: impl Iterator<Item = Object>) -> Object {
        self.name(name);
        self.text.push('[');
        for (place, value) in values.enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            self.text.push_str(&value.done());
        }
        self.text.push(']');
        self
    }

    /// The whole text.
    pub fn done(mut self) -> String {
        self.text.push_str(if self.text.is_empty() { "{}" } else { "}" });
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_is_written_reads_back() {
        let written = Object::new()
            .text("a \"quoted\" name", "tab\t, line\nand \\ \u{1} ü")
            .flag("on", true)
            .number("most", u64::MAX)
            .texts("none", &[])
            .texts("two", &["1".to_owned(), "2".to_owned()])
            .objects("inner", [Object::new(), Object::new().flag("off", false)].into_iter())
            .done();
        let wanted = json!({
            "a \"quoted\" name": "tab\t, line\nand \\ \u{1} ü", "on": true, "most": u64::MAX, "none": [], "two": ["1", "2"],
            "inner": [{}, { "off": false }],
        });
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), wanted);
        assert_eq!(Object::new().done(), "{}");
    }
}
