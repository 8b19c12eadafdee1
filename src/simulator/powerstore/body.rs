//! The body of a changing request, read key by key; whatever does not fit the schema is 400.

use http::StatusCode;
use serde_json::{Map, Value};

use super::errors::{self, Problem};

/// An object of a body.
#[derive(Debug)]
pub struct Body(Map<String, Value>);

impl Body {
    /// Reads a body; none at all is an object without keys.
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.is_empty() {
            return Ok(Body(Map::new()));
        }
        match crate::simulator::json::read(bytes) {
            Ok(Value::Object(keys)) => Ok(Body(keys)),
            Ok(_) => Err(Problem::schema("The body is no object.")),
            Err(_) => Err(Problem::new(StatusCode::BAD_REQUEST, errors::NOT_A_REQUEST, "The body is not JSON.")),
        }
    }

    /// Refuses keys that are not among `known`.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        match self.0.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => {
                Err(Problem::schema(format!("The body has a property which is not allowed by the schema: [{key}]")))
            }
            None => Ok(()),
        }
    }

    /// True when the body has the key.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    fn get<'a, T>(
        &'a self,
        key: &str,
        kind: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| Problem::schema(format!("{key} is no {kind}."))),
        }
    }

    /// A text; null counts as absent, as for every key.
    pub fn text(&self, key: &str) -> Result<Option<String>, Problem> {
        self.get(key, "text", |value| value.as_str().map(str::to_owned))
    }

    /// A text that must be there.
    pub fn needed(&self, key: &str) -> Result<String, Problem> {
        self.text(key)?.ok_or_else(|| Problem::schema(format!("{key} is missing.")))
    }

    /// True or false.
    pub fn flag(&self, key: &str) -> Result<Option<bool>, Problem> {
        self.get(key, "true or false", Value::as_bool)
    }

    /// A time in any offset, in milliseconds since 1970.
    pub fn time(&self, key: &str) -> Result<Option<i64>, Problem> {
        self.get(key, "time", |value| crate::wire::time::parse(value.as_str()?))
    }

    /// A list of texts; empty when it is absent.
    pub fn texts(&self, key: &str) -> Result<Vec<String>, Problem> {
        let read = |value: &Value| {
            value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        };
        Ok(self.get(key, "list of texts", read)?.unwrap_or_default())
    }

    /// A list of objects; empty when it is absent.
    pub fn objects(&self, key: &str) -> Result<Vec<Body>, Problem> {
        let read = |value: &Value| {
            value.as_array()?.iter().map(|item| item.as_object().cloned().map(Body)).collect::<Option<Vec<_>>>()
        };
        Ok(self.get(key, "list of objects", read)?.unwrap_or_default())
    }
}
