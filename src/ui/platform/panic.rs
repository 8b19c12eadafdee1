//! The last words of a program that stops.

#[cfg(debug_assertions)]
use leptos::prelude::document;

/// From now on a panic leaves its words in the message that `boot.js` shows after the trap. In what a site
/// deploys a panic has no words and calls nobody: the trap itself is told.
pub fn tell_of_panics() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        if let Ok(Some(place)) = document().query_selector("#boot-stopped [data-reason]") {
            place.set_text_content(Some(&info.to_string()));
        }
    }));
}
