//! A choice between two, as buttons of which one is pressed.

use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{Call, Known};

/// The two choices; `second` tells which holds, and `choose` is called with the other.
pub fn tabs(about: &'static str, labels: [&'static str; 2], second: Known<bool>, choose: Call<bool>) -> View {
    let mut tabs = el("div").class("tabs").set("role", "group").set("aria-label", about);
    for (own, label) in [false, true].into_iter().zip(labels) {
        let pressed = live(move || second.get() == own);
        let tab = el("button").set("type", "button").class("tab").set("aria-pressed", pressed);
        tabs = tabs.with(tab.on("click", move |_| choose.run(own)).with(label).done());
    }
    tabs.done()
}
