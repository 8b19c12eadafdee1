//! `config.json`: the arrays and the manner of the console, as a site sets them.

use crate::wire::json::{self, Json};
use thiserror::Error;

/// What kind of array an entry leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Dell PowerStore, REST.
    Powerstore,
    /// NetApp DFM (OnCommand Unified Manager Core), ZAPI.
    Dfm,
}

/// One array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrayEntry {
    /// Its id in addresses: letters, digits, `-` and `_`, 1 to 64 of them.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// The path on the page's own origin under which the proxy presents it, ending in `/`; relative
    /// ones start at the folder of `index.html`.
    pub url: String,
}

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The title of the page.
    pub title: String,
    /// True when no action can be sent from this console.
    pub read_only: bool,
    /// Seconds between two refreshes while something moves: 2 to 300.
    pub refresh_seconds: u32,
    /// Seconds that the console waits for an answer: 2 to 300.
    pub answer_seconds: u32,
    /// The arrays, in the order in which they are shown.
    pub arrays: Vec<ArrayEntry>,
}

/// What is wrong with the file, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// Not there.
    #[error(
        "config.json was not found beside index.html (status {0}). Copy the example from the documentation there and name your arrays in it."
    )]
    Missing(u16),
    /// The connection failed.
    #[error("config.json could not be fetched. Check the web server, then reload.")]
    Unreachable,
    /// Not JSON, or not these fields.
    #[error("config.json, line {line}, column {column}: {what}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The reader's words.
        what: String,
    },
    /// A value that makes no sense.
    #[error("config.json, {place}: {what}")]
    Value {
        /// Which field.
        place: String,
        /// What is wrong and what is wanted.
        what: String,
    },
}

impl Config {
    /// Reads the file and checks every value.
    pub fn parse(text: &str) -> Result<Config, ConfigError> {
        let whole = json::read(text.as_bytes()).map_err(|error| {
            let what = format!("{}.", error.what);
            ConfigError::Syntax { line: error.line, column: error.column, what }
        })?;
        let mut file = Fields::of(whole, text, "the file")?;
        let config = Config {
            title: file.text("title")?.unwrap_or_else(|| "Array Console".to_owned()),
            read_only: file.take("read_only", "true or false", flag)?.unwrap_or(false),
            refresh_seconds: file.seconds("refresh_seconds")?.unwrap_or(5),
            answer_seconds: file.seconds("answer_seconds")?.unwrap_or(30),
            arrays: file.arrays()?,
        };
        file.nothing_else()?;
        let seconds = |place: &str, value: u32| {
            let wrong = || value_error(place, format!("{value} is not between 2 and 300 seconds."));
            (2..=300).contains(&value).then_some(()).ok_or_else(wrong)
        };
        seconds("refresh_seconds", config.refresh_seconds)?;
        seconds("answer_seconds", config.answer_seconds)?;
        if config.arrays.is_empty() {
            return Err(value_error("arrays", "name at least one array.".to_owned()));
        }
        for (index, array) in config.arrays.iter().enumerate() {
            let place = |field: &str| format!("arrays[{index}].{field}");
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if array.id.is_empty() || array.id.len() > 64 || !array.id.chars().all(plain) {
                let what = format!("\"{}\" must be 1 to 64 letters, digits, - or _.", array.id);
                return Err(value_error(&place("id"), what));
            }
            if config.arrays.iter().take(index).any(|earlier| earlier.id == array.id) {
                return Err(value_error(&place("id"), format!("\"{}\" is used twice.", array.id)));
            }
            check_url(&array.url).map_err(|what| value_error(&place("url"), what))?;
        }
        Ok(config)
    }

    /// The array with this id.
    pub fn array(&self, id: &str) -> Option<&ArrayEntry> {
        self.arrays.iter().find(|array| array.id == id)
    }
}

/// The fields of an object of the file, taken one by one. Read by hand: a derived reader would cost the
/// browser's program more than the rest of this room.
struct Fields<'a> {
    fields: json::Fields,
    text: &'a str,
    /// What stands before a field's name in an error; empty for the file itself.
    place: String,
}

impl<'a> Fields<'a> {
    fn of(value: Json, text: &'a str, place: &str) -> Result<Fields<'a>, ConfigError> {
        match value {
            Json::Object(fields) => Ok(Fields { fields, text, place: String::new() }),
            _ => Err(value_error(place, "must be an object in braces.".to_owned())),
        }
    }

    fn place_of(&self, name: &str) -> String {
        format!("{}{name}", self.place)
    }

    fn take<T>(&mut self, name: &str, kind: &str, read: fn(Json) -> Option<T>) -> Result<Option<T>, ConfigError> {
        match self.fields.remove(name) {
            None => Ok(None),
            Some(value) => {
                read(value).map(Some).ok_or_else(|| value_error(&self.place_of(name), format!("must be {kind}.")))
            }
        }
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, ConfigError> {
        self.take(name, "a text in quotes", |value| match value {
            Json::Text(text) => Some(text),
            _ => None,
        })
    }

    fn needed_text(&mut self, name: &str) -> Result<String, ConfigError> {
        self.text(name)?.ok_or_else(|| value_error(&self.place_of(name), "is missing.".to_owned()))
    }

    fn seconds(&mut self, name: &str) -> Result<Option<u32>, ConfigError> {
        self.take(name, "a whole number of seconds", |value| match value {
            Json::Number(number) => u32::try_from(number?).ok(),
            _ => None,
        })
    }

    fn arrays(&mut self) -> Result<Vec<ArrayEntry>, ConfigError> {
        let list = self.take("arrays", "a list in brackets", |value| match value {
            Json::List(list) => Some(list),
            _ => None,
        })?;
        let list = list.ok_or_else(|| value_error("arrays", "is missing: name at least one array.".to_owned()))?;
        let entry = |(index, value): (usize, Json)| {
            let place = format!("arrays[{index}]");
            let mut fields = Fields { place: format!("{place}."), ..Fields::of(value, self.text, &place)? };
            let kind = match fields.needed_text("kind")?.as_str() {
                "powerstore" => Kind::Powerstore,
                "dfm" => Kind::Dfm,
                other => {
                    let what = format!(
                        "\"{other}\" is no kind of array that this console knows; \"powerstore\" and \"dfm\" are."
                    );
                    return Err(value_error(&fields.place_of("kind"), what));
                }
            };
            let (id, name, url) = (fields.needed_text("id")?, fields.needed_text("name")?, fields.needed_text("url")?);
            fields.nothing_else()?;
            Ok(ArrayEntry { id, name, kind, url })
        };
        list.into_iter().enumerate().map(entry).collect()
    }

    /// A field that nobody asked for is probably misspelt.
    fn nothing_else(&self) -> Result<(), ConfigError> {
        let Some(name) = self.fields.left() else { return Ok(()) };
        let before = self.text.split(&format!("\"{name}\"")).next().unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
        Err(ConfigError::Syntax { line, column, what: format!("there is no field \"{}\".", self.place_of(name)) })
    }
}

fn flag(value: Json) -> Option<bool> {
    match value {
        Json::Flag(flag) => Some(flag),
        _ => None,
    }
}

fn value_error(place: &str, what: String) -> ConfigError {
    ConfigError::Value { place: place.to_owned(), what }
}

/// Only the page's own origin: the browser sends the array's cookie nowhere else.
fn check_url(url: &str) -> Result<(), String> {
    if url.contains("://") || url.starts_with("//") {
        return Err(format!(
            "\"{url}\" is on another origin. Browsers keep an array's login to the page's own origin, so let the \
             proxy present the array under a path here, such as \"arrays/frankfurt/\"."
        ));
    }
    if !url.ends_with('/') {
        return Err(format!("\"{url}\" must end with a slash."));
    }
    if url.contains(['?', '#', '\\'])
        || url.chars().any(|c| c.is_control() || c.is_whitespace())
        || url.split('/').any(|part| part == "..")
    {
        return Err(format!("\"{url}\" must be a plain path."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"title":"T","arrays":[{"id":"frankfurt","name":"Frankfurt","kind":"powerstore","url":"arrays/frankfurt/"}]}"#;

    #[test]
    fn a_short_file_gets_the_defaults() {
        let config = Config::parse(GOOD).unwrap();
        assert_eq!((config.refresh_seconds, config.answer_seconds, config.read_only), (5, 30, false));
        assert_eq!(config.array("frankfurt").unwrap().name, "Frankfurt");
    }

    #[test]
    fn a_broken_file_is_answered_with_line_and_column() {
        let error = Config::parse("{\n  \"arrays\": [,]\n}").unwrap_err();
        assert!(matches!(error, ConfigError::Syntax { line: 2, .. }), "{error}");
        let error = Config::parse("{\n\"readonly\": true,\n\"arrays\": []}").unwrap_err();
        assert!(error.to_string().contains("line 2") && error.to_string().contains("readonly"), "{error}");
    }

    #[test]
    fn another_origin_is_refused_with_the_reason() {
        for url in ["https://array.example/", "//array.example/"] {
            let error = Config::parse(&GOOD.replace("arrays/frankfurt/", url)).unwrap_err().to_string();
            assert!(error.contains("arrays[0].url") && error.contains("another origin"), "{error}");
        }
    }

    #[test]
    fn the_schema_for_editors_accepts_and_refuses_the_same_files() {
        let schema = serde_json::from_str(include_str!("../../docs/config.schema.json")).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let good = GOOD.to_owned();
        let files = [
            (good.clone(), true),
            (good.replace("\"title\":\"T\"", "\"refresh_seconds\":2,\"answer_seconds\":300,\"read_only\":true"), true),
            (good.replace("arrays/frankfurt/", "/arrays/a..b/"), true),
            (good.replace("\"title\"", "\"titel\""), false),
            (good.replace("\"title\":\"T\"", "\"refresh_seconds\":1"), false),
            (good.replace("\"title\":\"T\"", "\"answer_seconds\":301"), false),
            (good.replace("\"id\":\"frankfurt\"", "\"id\":\"a b\""), false),
            (good.replace("\"kind\":\"powerstore\"", "\"kind\":\"dfm\""), true),
            (good.replace("\"kind\":\"powerstore\"", "\"kind\":\"toaster\""), false),
            (good.replace("arrays/frankfurt/", "arrays/frankfurt"), false),
            (good.replace("arrays/frankfurt/", "../frankfurt/"), false),
            (good.replace("arrays/frankfurt/", "https://array.example/"), false),
            (good.replace("arrays/frankfurt/", "//array.example/"), false),
            (good.replace("arrays/frankfurt/", "arrays/?a/"), false),
            (r#"{"arrays":[]}"#.to_owned(), false),
            ("{}".to_owned(), false),
        ];
        for (file, accepted) in files {
            assert_eq!(Config::parse(&file).is_ok(), accepted, "the console: {file}");
            assert_eq!(validator.is_valid(&serde_json::from_str(&file).unwrap()), accepted, "the schema: {file}");
        }
    }

    #[test]
    fn every_value_is_checked() {
        for (from, to, place) in [
            ("arrays/frankfurt/", "arrays/frankfurt", "url"),
            ("arrays/frankfurt/", "arrays/../x/", "url"),
            ("\"id\":\"frankfurt\"", "\"id\":\"a b\"", "id"),
            ("\"title\":\"T\"", "\"refresh_seconds\":1", "refresh_seconds"),
            ("\"title\":\"T\"", "\"answer_seconds\":301", "answer_seconds"),
        ] {
            let error = Config::parse(&GOOD.replace(from, to)).unwrap_err().to_string();
            assert!(error.contains(place), "{error}");
        }
        assert!(Config::parse(r#"{"arrays":[]}"#).is_err());
    }
}
