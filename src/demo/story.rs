//! What has changed a fleet since it began, to be told again: everything that is no reading, with its time.
//!
//! Logins are no part of it, and neither are passwords: who asked is kept by name, and a password within a body is
//! masked as the journal does it.

use serde_json::Value;

use crate::array::masked;
use crate::simulator::json::{self, json, written};
use crate::wire::powerstore::{Method, Request};

/// What the text begins with; another number for another form.
const FORM: &str = "array-console story 1";
/// A longer story is not kept: browsers take some five million characters.
const LONGEST: usize = 1_000_000;

/// Everything that has changed a fleet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// What the fleet began with, as a link says it.
    pub link: String,
    /// When, milliseconds since 1970.
    pub start: i64,
    /// A line for each request.
    text: String,
}

/// A request that has changed something, or may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// When, by the clock of whoever called, milliseconds since 1970.
    pub at: i64,
    /// The array; `None` for the control door.
    pub array: Option<String>,
    /// Who asked; `None` for nobody who was let in.
    pub user: Option<String>,
    /// The request, with the path that the array knows; without headers.
    pub request: Request,
}

impl Story {
    /// One in which nothing has happened yet.
    pub fn new(link: String, start: i64) -> Story {
        let text = line(&json!([FORM, link, start]));
        Story { link, start, text }
    }

    /// Takes down a request.
    pub fn add(&mut self, passage: &Passage) {
        let Passage { at, array, user, request } = passage;
        let body = masked(String::from_utf8_lossy(&request.body).into_owned());
        self.text.push_str(&line(&json!([at, array, user, request.method.word(), request.address, body])));
    }

    /// The story as it is kept.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True when it is too long to be kept.
    pub fn is_too_long(&self) -> bool {
        self.text.len() > LONGEST
    }

    /// Reads a story that was kept. The error says what is not as it should be.
    pub fn read(text: &str) -> Result<(Story, Vec<Passage>), String> {
        let mut lines = text.lines().zip(1_usize..).map(|(line, number)| match json::read(line.as_bytes()) {
            Ok(Value::Array(values)) => Ok((number, values)),
            _ => Err(format!("line {number} cannot be read")),
        });
        let (_, head) = lines.next().ok_or("it is empty")??;
        let [Value::String(form), Value::String(link), start] = head.as_slice() else {
            return Err("line 1 is no beginning".to_owned());
        };
        let start = start.as_i64().filter(|_| form == FORM).ok_or("it was kept by another version")?;
        let passages: Result<Vec<Passage>, String> = lines
            .map(|line| {
                let (number, values) = line?;
                passage(&values).ok_or_else(|| format!("line {number} is no request"))
            })
            .collect();
        Ok((Story { link: link.clone(), start, text: text.to_owned() }, passages?))
    }
}

fn line(value: &Value) -> String {
    written(value) + "\n"
}

fn passage(values: &[Value]) -> Option<Passage> {
    let [at, array, user, Value::String(method), Value::String(address), Value::String(body)] = values else {
        return None;
    };
    let known = [Method::Get, Method::Post, Method::Patch, Method::Delete];
    let method = known.into_iter().find(|known| known.word() == method)?;
    let name = |value: &Value| match value {
        Value::Null => Some(None),
        Value::String(name) => Some(Some(name.clone())),
        _ => None,
    };
    let mut request = Request::new(method, address.clone());
    request.body = body.clone().into_bytes();
    Some(Passage { at: at.as_i64()?, array: name(array)?, user: name(user)?, request })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(body: &str) -> Passage {
        let mut request = Request::new(Method::Patch, "/api/rest/file_import_session/1".to_owned());
        request.body = body.as_bytes().to_vec();
        Passage { at: 5, array: Some("dublin".to_owned()), user: Some("admin".to_owned()), request }
    }

    #[test]
    fn a_story_is_read_as_it_was_kept_but_for_its_passwords() {
        let mut story = Story::new("?scenario=whole".to_owned(), 1_000);
        story.add(&passage("{\"note\":\"a\\n\\\"b\\\"\"}"));
        let mut nobody = passage("");
        (nobody.user, nobody.array) = (None, None);
        story.add(&nobody);
        story.add(&passage("{\"smb_password\":\"hush\"}"));
        let (read, passages) = Story::read(story.text()).unwrap();
        assert_eq!((read, passages.len()), (story.clone(), 3));
        assert_eq!((&passages[0], &passages[1]), (&passage("{\"note\":\"a\\n\\\"b\\\"\"}"), &nobody));
        assert_eq!(passages[2].request.body, "{\"smb_password\":\"•••\"}".as_bytes());
        assert!(!story.text().contains("hush"));
    }

    #[test]
    fn what_is_damaged_is_refused_with_its_place() {
        let mut story = Story::new(String::new(), 0);
        story.add(&passage("{}"));
        let text = story.text().to_owned();
        for (damaged, part) in [
            (String::new(), "empty"),
            ("{}".to_owned(), "line 1"),
            (text.replace("story 1", "story 0"), "another version"),
            (text.replace("PATCH", "PUT"), "line 2"),
            (text.get(..text.len() - 4).unwrap().to_owned(), "line 2"),
        ] {
            let told = Story::read(&damaged).unwrap_err();
            assert!(told.contains(part), "{told}");
        }
    }
}
