//! A line of text that is typed.

use crate::array::entry::Entry;
use crate::ui::platform::element::{El, el};

/// The control of a line of text; what is typed into a secret one is not seen.
pub fn line(entry: &Entry) -> El {
    let (kind, fill) = if entry.is_secret() { ("password", "new-password") } else { ("text", "off") };
    plain().set("type", kind).set("autocomplete", fill)
}

/// The same of what may be seen.
pub fn plain() -> El {
    el("input").set("type", "text").set("autocomplete", "off").set("autocapitalize", "none").set("spellcheck", "false")
}
