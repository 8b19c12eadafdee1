//! The page that stands in for all others when `config.json` is missing or broken.

use crate::array::ConfigError;
use crate::ui::platform;
use crate::ui::platform::element::{View, el};

/// What is wrong, where, and how to mend it.
pub fn broken(error: &ConfigError, again: impl Fn() + 'static) -> View {
    platform::set_title("config.json cannot be used");
    let mend = match error {
        ConfigError::Missing(_) => "Put the file beside index.html. A short one that works looks like this:",
        ConfigError::Unreachable => "When the web server answers again, try again. The file looks like this:",
        ConfigError::Syntax { .. } => {
            "Correct the file at that place, then try again. A short one that works looks like this:"
        }
        ConfigError::Value { .. } => "Correct the value, then try again. A short file that works looks like this:",
    };
    el("main")
        .class("alone")
        .with(el("h1").set("tabindex", "-1").with("config.json cannot be used"))
        .with(el("p").set("role", "alert").class("words").with(error.to_string()))
        .with(el("p").with("Nothing was sent to an array. ").with(mend))
        .with(el("pre").set("tabindex", "0").with(EXAMPLE))
        .with(el("button").set("type", "button").class("main").on("click", move |_| again()).with("Try again"))
        .done()
}

const EXAMPLE: &str = r#"{
  "title": "Storage Frankfurt",
  "arrays": [
    { "id": "frankfurt", "name": "Frankfurt", "kind": "powerstore", "url": "arrays/frankfurt/" }
  ]
}"#;
