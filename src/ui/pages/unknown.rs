//! What is shown where there is nothing.

use leptos::prelude::*;

use crate::fleet::{ListQuery, Route};
use crate::ui::console::Console;
use crate::ui::platform;

/// An address that leads nowhere.
pub fn address(console: Console, address: &str) -> AnyView {
    nothing(
        console,
        "There is no such page",
        format!(
            "The address #{address} leads nowhere. It may be mistyped, or come from another version of the console."
        ),
    )
}

/// An array that the configuration does not name.
pub fn array(console: Console, id: &str) -> AnyView {
    nothing(console, "There is no such array", format!("config.json names no array with the id {id}."))
}

fn nothing(console: Console, title: &'static str, words: String) -> AnyView {
    let site = console.config(|config| config.title.clone());
    platform::set_title(&format!("{title} · {site}"));
    view! {
        <section class="page">
            <h1 tabindex="-1">{title}</h1>
            <p>{words}</p>
            <p>
                <a href=Route::Imports(ListQuery::default()).write()>"All imports"</a>
                " · "
                <a href=Route::Arrays.write()>"All arrays"</a>
            </p>
        </section>
    }
    .into_any()
}
