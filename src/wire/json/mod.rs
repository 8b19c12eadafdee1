//! JSON (RFC 8259) as the arrays speak it: [`Json`] is what was read, [`Object`] what is written.
//!
//! A general library brings the browser's program more code than all that it would read here: numbers with
//! fractions, which no field that is read has, trees of keys, visitors for every kind of value. The tests
//! hold this reader against such a library.

mod read;
mod write;

pub use read::read;
pub use write::{Object, push_quoted};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`, or a field that is not there.
    #[default]
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number; `None` when it has a fraction, or is beyond 64 bits.
    Number(Option<i64>),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Fields),
}

/// The fields of an object, in their order. Of two with the same name the later one counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, Json)>);

impl Fields {
    /// The same fields, and this one.
    #[must_use]
    pub fn with(mut self, name: &str, value: Json) -> Fields {
        self.0.push((name.to_owned(), value));
        self
    }

    /// A field; `None` when it is not there.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().rfind(|(held, _)| held == name).map(|(_, value)| value)
    }

    /// Takes a field out; `None` when it is not there.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let place = self.0.iter().rposition(|(held, _)| held == name)?;
        Some(self.0.swap_remove(place).1)
    }

    /// Takes a field out; null when it is not there.
    pub fn take(&mut self, name: &str) -> Json {
        self.remove(name).unwrap_or_default()
    }

    /// The name of a field that was not taken out yet.
    pub fn left(&self) -> Option<&str> {
        self.0.first().map(|(name, _)| name.as_str())
    }
}

impl FromIterator<(String, Json)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(fields: I) -> Fields {
        Fields(fields.into_iter().collect())
    }
}

/// For readers of other kinds, such as those of tests.
impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Fields, D::Error> {
        match Json::deserialize(reader)? {
            Json::Object(fields) => Ok(fields),
            _ => Err(D::Error::custom("an object is wanted")),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Json, D::Error> {
        reader.deserialize_any(AnyJson)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Json;

    fn expecting(&self, words: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        words.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(Some(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(i64::try_from(number).ok()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Number(None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = object.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(Fields(fields)))
    }
}
