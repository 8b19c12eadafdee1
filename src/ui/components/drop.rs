//! A button that shows and hides what belongs to it.

use crate::ui::platform;
use crate::ui::platform::element::{El, View, el, live};
use crate::ui::state::{Cell, cell};

/// A button with a panel that lies over the page while it is open. Escape and a press elsewhere close it.
pub fn drop(label: &'static str, name: &'static str, content: View) -> View {
    let open = cell(false);
    let button = button(label, name, open);
    let opener = button.element().clone();
    let whole = whole("drop", open);
    let around = whole.element().clone();
    platform::on_press(move |press| {
        if press.is_some_and(|event| open.get_untracked() && !platform::is_within(event, &around)) {
            open.set(false);
        }
    });
    let close = move |event: web_sys::Event| {
        if open.get_untracked() && platform::key_of(&event) == "Escape" {
            event.stop_propagation();
            open.set(false);
            platform::refocus(&platform::Focused::at(&opener));
        }
    };
    whole.on("keydown", close).with(button).with(panel(content)).done()
}

/// A button with a part of the page that it shows where there is no room; elsewhere the part is always shown.
pub fn fold(label: &'static str, content: View) -> View {
    let open = cell(false);
    whole("fold", open).with(button(label, label, open)).with(panel(content)).done()
}

fn whole(class: &'static str, open: Cell<bool>) -> El {
    el("div").class(class).toggle("shut", live(move || !open.get()))
}

fn button(label: &'static str, name: &'static str, open: Cell<bool>) -> El {
    el("button")
        .set("type", "button")
        .class("drop-button")
        .set("aria-label", name)
        .set("aria-expanded", open.live())
        .on("click", move |_| open.update(|open| *open = !*open))
        .with(label)
}

fn panel(content: View) -> El {
    el("div").class("drop-panel").with(content)
}
