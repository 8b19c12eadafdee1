//! What is shown where there is nothing.

use crate::fleet::Route;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{View, el};

/// An address that leads nowhere.
pub fn address(console: Console, address: &str) -> View {
    nothing(
        console,
        "There is no such page",
        format!(
            "The address #{address} leads nowhere. It may be mistyped, or come from another \
    version of the console."
        ),
    )
}

/// An array that the configuration does not name.
pub fn array(console: Console, id: &str) -> View {
    nothing(console, "There is no such array", format!("config.json names no array with the id {id}."))
}

fn nothing(console: Console, title: &'static str, words: String) -> View {
    let site = console.config(|config| config.title.clone());
    platform::set_title(&format!("{title} · {site}"));
    el("section")
        .class("page")
        .with(el("h1").set("tabindex", "-1").with(title))
        .with(el("p").with(words))
        .with(
            el("p")
                .with(el("a").set("href", Route::all(None).write()).with("All work"))
                .with(" · ")
                .with(el("a").set("href", Route::Arrays.write()).with("All arrays")),
        )
        .done()
}
