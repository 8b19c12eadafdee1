//! JSON read.

use super::{Fields, Json};
use crate::wire::Misread;

/// How deep lists and objects may lie in each other.
const DEPTH: u32 = 128;

/// Reads a whole text. A byte order mark before it is passed over; bytes that are no UTF-8 become the
/// replacement character, and so do halves of a surrogate pair: one damaged name does not hide a list.
pub fn read(bytes: &[u8]) -> Result<Json, Misread> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = Reader { text, place: 0 };
    let value = reader.value(0).and_then(|value| match reader.next_sign() {
        None => Ok(value),
        Some(_) => Err("more follows where the text should end"),
    });
    value.map_err(|what| Misread::at(text, reader.place, what))
}

struct Reader<'a> {
    text: &'a str,
    /// In bytes; always between two characters.
    place: usize,
}

type Found<T> = Result<T, &'static str>;

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    /// The next byte that is no white space; it is not passed over.
    fn next_sign(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.place += 1;
        }
        self.peek()
    }

    /// Passes over `sign` if it is what comes next.
    fn sign(&mut self, sign: u8) -> bool {
        let is_next = self.next_sign() == Some(sign);
        self.place += usize::from(is_next);
        is_next
    }

    fn value(&mut self, depth: u32) -> Found<Json> {
        if depth > DEPTH {
            return Err("too many lists and objects lie in each other");
        }
        match self.next_sign() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Found<Json> {
        for (word, value) in [("null", Json::Null), ("true", Json::Flag(true)), ("false", Json::Flag(false))] {
            let rest = self.text.get(self.place..).unwrap_or_default();
            if rest.starts_with(word) {
                self.place += word.len();
                return Ok(value);
            }
            // What was cut off in the middle of a word is cut off, and not wrong.
            if word.starts_with(rest) {
                self.place = self.text.len();
            }
        }
        Err("a value is missing")
    }

    fn object(&mut self, depth: u32) -> Found<Json> {
        let mut fields = Vec::new();
        self.place += 1;
        if self.sign(b'}') {
            return Ok(Json::Object(Fields(fields)));
        }
        loop {
            if self.next_sign() != Some(b'"') {
                return Err("the name of a field, in double quotes, is missing");
            }
            let name = self.string()?;
            if !self.sign(b':') {
                return Err("a colon is missing");
            }
            fields.push((name, self.value(depth + 1)?));
            if self.sign(b'}') {
                return Ok(Json::Object(Fields(fields)));
            }
            if !self.sign(b',') {
                return Err("a comma or a closing brace is missing");
            }
        }
    }

    fn list(&mut self, depth: u32) -> Found<Json> {
        let mut values = Vec::new();
        self.place += 1;
        if self.sign(b']') {
            return Ok(Json::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            if self.sign(b']') {
                return Ok(Json::List(values));
            }
            if !self.sign(b',') {
                return Err("a comma or a closing bracket is missing");
            }
        }
    }

    fn digits(&mut self) -> Found<()> {
        let first = self.place;
        while let Some(b'0'..=b'9') = self.peek() {
            self.place += 1;
        }
        if self.place > first { Ok(()) } else { Err("a digit is missing") }
    }

    fn number(&mut self) -> Found<Json> {
        let first = self.place;
        self.place += usize::from(self.peek() == Some(b'-'));
        let leading = self.place;
        self.digits()?;
        if self.place > leading + 1 && self.text.as_bytes().get(leading) == Some(&b'0') {
            return Err("a number begins with a needless zero");
        }
        let whole = self.text.get(first..self.place).and_then(|digits| digits.parse().ok());
        let mut is_whole = true;
        if self.peek() == Some(b'.') {
            is_whole = false;
            self.place += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            is_whole = false;
            self.place += 1;
            self.place += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(Json::Number(whole.filter(|_| is_whole)))
    }

    fn string(&mut self) -> Found<String> {
        let mut string = String::new();
        self.place += 1;
        loop {
            let rest = self.text.get(self.place..).unwrap_or_default();
            let plain = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len());
            string.push_str(rest.get(..plain).unwrap_or_default());
            self.place += plain;
            match self.peek() {
                Some(b'"') => {
                    self.place += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    self.place += 1;
                    string.push(self.escaped()?);
                }
                _ => return Err("a text does not end"),
            }
        }
    }

    /// The character after a backslash.
    fn escaped(&mut self) -> Found<char> {
        let sign = self.peek();
        self.place += usize::from(sign.is_some_and(|sign| sign.is_ascii()));
        Ok(match sign {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(sign @ (b'"' | b'\\' | b'/')) => char::from(sign),
            Some(b'u') => {
                let first = self.unit()?;
                let rest = self.text.get(self.place..).unwrap_or_default();
                if !(0xD800..0xDC00).contains(&first) || !rest.starts_with("\\u") {
                    return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                let between = self.place;
                self.place += 2;
                let second = self.unit()?;
                if (0xDC00..0xE000).contains(&second) {
                    let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                    return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                self.place = between;
                char::REPLACEMENT_CHARACTER
            }
            _ => return Err("a backslash stands before a character that it does not go with"),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Found<u32> {
        let digits = self.text.get(self.place..self.place + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.place += 4;
                Ok(unit)
            }
            None => Err("four hexadecimal digits are missing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// What the library reads, in our terms.
    fn known(text: &str) -> Option<Json> {
        // The library knows no number beyond 64 bits but with a fraction, which ours does not keep apart.
        serde_json::from_str(text).ok()
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e9f64..1e9).prop_map(Value::from),
            "\\PC{0,8}".prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[a-c\"\\\\ü]{0,3}", inner, 0..6)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_a_library_writes_is_read_as_it_reads_it(value in any_value(), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.unwrap();
            prop_assert_eq!(read(text.as_bytes()).ok(), known(&text));
        }

        #[test]
        fn a_text_of_json_signs_is_right_or_wrong_as_for_the_library(text in r#"[\[\]{}:,"\\ntrue0-9.eE\- u\n]{0,14}"#) {
            // The library takes a zero with a minus for a fraction, and refuses numbers beyond all measure.
            let out_of_range = serde_json::from_str::<Value>(&text).is_err_and(|error| error.to_string().contains("range"));
            prop_assume!(!text.contains("-0") && !out_of_range);
            prop_assert_eq!(read(text.as_bytes()).ok(), known(&text), "{:?}", text);
        }

        #[test]
        fn nothing_that_comes_breaks_it(bytes: Vec<u8>) {
            _ = read(&bytes);
        }

        #[test]
        fn what_was_cut_off_says_so(value in any_value(), part in 0.0f64..1.0) {
            let whole = Value::from(vec![value]).to_string();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let mut end = (whole.len() as f64 * part) as usize;
            while !whole.is_char_boundary(end) {
                end -= 1;
            }
            let error = read(&whole.as_bytes()[..end]).unwrap_err();
            // A cut between the digits of an escape is told as the mistake that it looks like.
            prop_assert!(error.is_cut_off || whole.contains("\\u"), "{:?}: {}", &whole[..end], error);
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        let error = read("{\n \"ü\": 1,\n \"b\" 2}".as_bytes()).unwrap_err();
        assert_eq!((error.line, error.column, error.is_cut_off), (3, 6, false));
        assert_eq!(error.to_string(), "a colon is missing at line 3 column 6");
    }

    #[test]
    fn damaged_characters_are_replaced_and_pairs_are_joined() {
        let text = |bytes: &[u8]| match read(bytes).unwrap() {
            Json::Text(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(text(b"\"a\xffb\""), "a\u{fffd}b");
        assert_eq!(text(br#""\ud83d\ude00 \ud83d \ude00 \u00fc""#), "😀 \u{fffd} \u{fffd} ü");
        assert_eq!(text(br#""\ud83d\u0041""#), "\u{fffd}A");
        assert_eq!(text("\u{feff}\"x\"".as_bytes()), "x");
    }

    #[test]
    fn depth_is_bounded() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(deep(100).as_bytes()).is_ok());
        assert_eq!(read(deep(100_000).as_bytes()).unwrap_err().what, "too many lists and objects lie in each other");
    }
}
