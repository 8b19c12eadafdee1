//! The text that the browser did not let the page copy, for the person to copy.

use leptos::prelude::*;

use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{Cell, held};

/// What is to be copied, and what it is.
pub type Text = Option<(&'static str, String)>;

/// Shows the text while there is one, all of it marked.
pub fn text_dialog(text: Cell<Text>) -> View {
    let shown = live(move || {
        let (what, words) = text.get()?;
        let opener = held(platform::focused());
        on_cleanup(move || {
            let before = opener.get();
            request_animation_frame(move || _ = before.as_ref().is_some_and(platform::refocus));
        });
        let dialog = el("dialog")
            .class("text-dialog")
            .set("aria-labelledby", "text-dialog-title")
            .on("cancel", move |event: web_sys::Event| {
                event.prevent_default();
                text.set(None);
            })
            .with(el("h2").set("id", "text-dialog-title").with(what))
            .with(el("p").with("The browser does not let the page copy it. It is marked: copy it yourself."))
            .with(
                el("textarea")
                    .set("readonly", "")
                    .set("rows", "6")
                    .set("aria-labelledby", "text-dialog-title")
                    .with(words),
            )
            .with(
                el("p")
                    .class("dialog-end")
                    .with(el("button").set("type", "button").on("click", move |_| text.set(None)).with("Close")),
            );
        let element = dialog.element().clone();
        request_animation_frame(move || {
            platform::show_dialog(&element);
            platform::focus_first(".text-dialog textarea");
            platform::select_all(".text-dialog textarea");
        });
        Some(dialog.done())
    });
    shown.view()
}
