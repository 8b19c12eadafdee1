//! XML read, tolerant and bounded.
//!
//! Tolerated is what senders differ in: quotes, prefixes, line ends, a byte order mark, a missing declaration,
//! document types with or without definitions in them, bytes that are no UTF-8. A document type is passed
//! over: nothing in it is fetched, and nothing that it defines is ever expanded, so a short text cannot
//! become a long one.

use super::Element;
use crate::wire::Misread;

/// How deep elements may lie in each other. The deepest that a DFM sends lie in six.
pub const DEPTH: usize = 32;
/// How many elements and attributes a text may have: more than fit into the longest at their usual length.
pub const ELEMENTS: usize = 400_000;
/// How many bytes a text may have: a longer answer is not read from the network either.
pub const LENGTH: usize = 16 << 20;

/// Reads a whole text and answers with its root.
pub fn read(bytes: &[u8]) -> Result<Element, Misread> {
    if bytes.len() > LENGTH {
        return Err(Misread { what: "the text is too long", ..Misread::NOT_WANTED });
    }
    let text = String::from_utf8_lossy(bytes);
    let text = tidy(text.strip_prefix('\u{feff}').unwrap_or(&text));
    let mut reader = Reader { text: &text, place: 0, count: 0, open: Vec::new() };
    reader.document().map_err(|what| Misread::at(&text, reader.place, what))
}

/// With one sign at each line end; what XML cannot hold becomes the replacement character.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut before = '\n';
    for character in text.chars() {
        match character {
            '\n' if before == '\r' => {}
            '\r' => tidied.push('\n'),
            _ => tidied.push(permitted(character)),
        }
        before = character;
    }
    tidied
}

fn permitted(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => character,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

struct Reader<'a> {
    text: &'a str,
    /// In bytes. Where it stands between the bytes of a character, only single bytes are looked for.
    place: usize,
    count: usize,
    /// The elements whose end has not come yet, each in the one before it.
    open: Vec<Element>,
}

type Found<T> = Result<T, &'static str>;

impl<'a> Reader<'a> {
    fn document(&mut self) -> Found<Element> {
        let mut root: Option<Element> = None;
        loop {
            let text = self.until(b"<");
            match self.open.last_mut() {
                Some(element) => decode(text.unwrap_or_default(), &mut element.text),
                None => {
                    let rest = self.text.get(self.place..).unwrap_or_default();
                    if !text.unwrap_or(rest).trim().is_empty() {
                        return Err("words stand outside of all elements");
                    }
                }
            }
            if text.is_none() {
                self.place = self.text.len();
                return match root {
                    Some(root) if self.open.is_empty() => Ok(root),
                    _ => Err("the text ends too early"),
                };
            }
            let ended = if self.passes(b"?") {
                self.until(b"?>").ok_or(ENDLESS)?;
                None
            } else if self.passes(b"!--") {
                self.until(b"-->").ok_or(ENDLESS)?;
                None
            } else if self.passes(b"![CDATA[") {
                let text = self.until(b"]]>").ok_or(ENDLESS)?;
                self.open.last_mut().ok_or("words stand outside of all elements")?.text.push_str(text);
                None
            } else if self.passes(b"!") {
                if root.is_some() || !self.open.is_empty() {
                    return Err("a declaration stands after the beginning of an element");
                }
                self.document_type()?;
                None
            } else if self.passes(b"/") {
                Some(self.end()?)
            } else if root.is_some() && self.open.is_empty() {
                return Err("a second element follows the first");
            } else {
                self.start()?
            };
            if let Some(element) = ended {
                match self.open.last_mut() {
                    Some(parent) => parent.children.push(element),
                    None => root = Some(element),
                }
            }
        }
    }

    /// What stands before `end`; it is passed over with its end. `None`, and nothing is passed over, when the
    /// end does not come.
    fn until(&mut self, end: &[u8]) -> Option<&'a str> {
        let rest = self.text.get(self.place..)?;
        let length = rest.as_bytes().windows(end.len()).position(|bytes| bytes == end)?;
        self.place += length + end.len();
        rest.get(..length)
    }

    /// Passes over `sign` if it is what comes next.
    fn passes(&mut self, sign: &[u8]) -> bool {
        let is_next = self.text.as_bytes().get(self.place..).is_some_and(|rest| rest.starts_with(sign));
        self.place += if is_next { sign.len() } else { 0 };
        is_next
    }

    fn pass_space(&mut self) {
        while self.passes(b" ") || self.passes(b"\n") || self.passes(b"\t") {}
    }

    /// A document type, of which nothing is kept.
    fn document_type(&mut self) -> Found<()> {
        let mut has_definitions = false;
        loop {
            if self.passes(b"<!--") {
                self.until(b"-->").ok_or(ENDLESS)?;
            } else if self.passes(b"<?") {
                self.until(b"?>").ok_or(ENDLESS)?;
            } else if self.passes(b"\"") {
                self.until(b"\"").ok_or(ENDLESS)?;
            } else if self.passes(b"'") {
                self.until(b"'").ok_or(ENDLESS)?;
            } else if self.passes(b"[") {
                has_definitions = true;
            } else if self.passes(b"]") {
                has_definitions = false;
            } else if self.passes(b">") {
                if !has_definitions {
                    return Ok(());
                }
            } else if self.place < self.text.len() {
                self.place += 1;
            } else {
                return Err(ENDLESS);
            }
        }
    }

    /// A name with its prefix, of which the first part is empty where there is none.
    fn name(&mut self) -> Found<(&'a str, &'a str)> {
        let rest = self.text.get(self.place..).unwrap_or_default();
        let ends = |byte: u8| !(byte.is_ascii_alphanumeric() || byte >= 0x80 || b"-_.:".contains(&byte));
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.place += length;
        let name = rest.get(..length).unwrap_or_default();
        let (prefix, name) = name.rsplit_once(':').unwrap_or(("", name));
        if name.is_empty() { Err("a name is missing") } else { Ok((prefix, name)) }
    }

    fn end(&mut self) -> Found<Element> {
        let (_, name) = self.name()?;
        self.pass_space();
        if !self.passes(b">") {
            return Err("a closing sign is missing");
        }
        match self.open.pop() {
            Some(mut element) if element.name == name => {
                if !element.children.is_empty() && element.text.trim().is_empty() {
                    element.text.clear();
                }
                Ok(element)
            }
            _ => Err("an element ends that was not begun last"),
        }
    }

    /// The beginning of an element; the whole of it when nothing is in it.
    fn start(&mut self) -> Found<Option<Element>> {
        let (_, name) = self.name()?;
        let mut element = Element::new(name);
        loop {
            self.count += 1;
            if self.count > ELEMENTS {
                return Err("there are too many elements");
            }
            self.pass_space();
            if self.passes(b"/>") {
                return Ok(Some(element));
            }
            if self.passes(b">") {
                if self.open.len() >= DEPTH {
                    return Err("too many elements lie in each other");
                }
                self.open.push(element);
                return Ok(None);
            }
            let (prefix, name) = self.name()?;
            self.pass_space();
            if !self.passes(b"=") {
                return Err("an equals sign is missing");
            }
            self.pass_space();
            let quote: &[u8] = if self.passes(b"\"") {
                b"\""
            } else if self.passes(b"'") {
                b"'"
            } else {
                return Err("a value in quotes is missing");
            };
            let value = self.until(quote).ok_or(ENDLESS)?;
            // A namespace is the meaning of a prefix, and no attribute that its name could be taken for.
            if prefix != "xmlns" {
                let mut text = String::new();
                decode(value, &mut text);
                element.attributes.push((name.to_owned(), text));
            }
        }
    }
}

const ENDLESS: &str = "something that was begun has no end";

/// Appends `rest` with its references resolved: the five of XML and numbers. One that is not known, such as
/// one that a document type defines, stays as it is written.
fn decode(mut rest: &str, text: &mut String) {
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let named = after.bytes().take(10).position(|byte| byte == b';');
        let named = named.and_then(|end| Some((meant(after.get(..end)?)?, after.get(end + 1..)?)));
        let (character, after) = named.unwrap_or(('&', after));
        text.push(character);
        rest = after;
    }
    text.push_str(rest);
}

/// The character that a reference means.
fn meant(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?).map_or(char::REPLACEMENT_CHARACTER, permitted)
        }
    })
}

#[cfg(test)]
#[path = "xml_tests.rs"]
mod tests;
