//! The last words of a program that stops.

use leptos::prelude::document;

/// From now on a panic leaves its words in the message that `boot.js` shows after the trap.
pub fn tell_of_panics() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        if let Ok(Some(place)) = document().query_selector("#boot-stopped [data-reason]") {
            place.set_text_content(Some(&info.to_string()));
        }
    }));
}
