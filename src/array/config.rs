//! `config.json`: the arrays and the manner of the console, as a site sets them.

use serde::Deserialize;
use thiserror::Error;

/// What kind of array an entry leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Dell PowerStore, REST.
    Powerstore,
}

/// One array.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The title of the page.
    #[serde(default = "title")]
    pub title: String,
    /// True when no action can be sent from this console.
    #[serde(default)]
    pub read_only: bool,
    /// Seconds between two refreshes while something moves: 2 to 300.
    #[serde(default = "refresh")]
    pub refresh_seconds: u32,
    /// Seconds that the console waits for an answer: 2 to 300.
    #[serde(default = "patience")]
    pub answer_seconds: u32,
    /// The arrays, in the order in which they are shown.
    pub arrays: Vec<ArrayEntry>,
}

fn title() -> String {
    "Array Console".to_owned()
}

const fn refresh() -> u32 {
    5
}

const fn patience() -> u32 {
    30
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
        let config: Config = serde_json::from_slice(text.as_bytes()).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let whole = error.to_string();
            let place = format!(" at line {line} column {column}");
            let what = whole.strip_suffix(&place).unwrap_or(&whole).to_owned();
            ConfigError::Syntax { line, column, what }
        })?;
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
