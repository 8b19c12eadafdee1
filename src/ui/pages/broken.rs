//! The page that stands in for all others when `config.json` is missing or broken.

use leptos::prelude::*;

use crate::array::ConfigError;
use crate::ui::platform;

/// What is wrong, where, and how to mend it.
pub fn broken(error: &ConfigError, again: impl Fn() + 'static) -> AnyView {
    platform::set_title("config.json cannot be used");
    let mend = match error {
        ConfigError::Missing(_) => "Put the file beside index.html. A short one that works looks like this:",
        ConfigError::Unreachable => "When the web server answers again, try again. The file looks like this:",
        ConfigError::Syntax { .. } => {
            "Correct the file at that place, then try again. A short one that works looks like this:"
        }
        ConfigError::Value { .. } => "Correct the value, then try again. A short file that works looks like this:",
    };
    view! {
        <main class="alone">
            <h1 tabindex="-1">"config.json cannot be used"</h1>
            <p role="alert" class="words">{error.to_string()}</p>
            <p>"Nothing was sent to an array. "{mend}</p>
            <pre tabindex="0">{EXAMPLE}</pre>
            <button type="button" class="main" on:click=move |_| again()>"Try again"</button>
        </main>
    }
    .into_any()
}

const EXAMPLE: &str = r#"{
  "title": "Storage Frankfurt",
  "arrays": [
    { "id": "frankfurt", "name": "Frankfurt", "kind": "powerstore", "url": "arrays/frankfurt/" }
  ]
}"#;
