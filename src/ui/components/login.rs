//! The login of one array.

use leptos::prelude::*;

use crate::array::Secret;
use crate::fleet::ArrayIndex;
use crate::operation::{Access, Event, Why};
use crate::ui::console::Console;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{after_drawing, cell, known};

/// Name, password, and why the last attempt failed. What was typed stays until a login succeeds.
pub fn login_form(console: Console, array: ArrayIndex) -> View {
    let user = cell(String::new());
    let password = cell(String::new());
    let hint = cell(None::<&'static str>);
    let access = known(move || console.desk(array, |desk| desk.access().clone()).unwrap_or(Access::Asking));
    let busy = known(move || access.with(|access| matches!(access, Access::LoggingIn { .. } | Access::Asking)));
    after_drawing(move || {
        if access.with(|access| matches!(access, Access::In { .. })) {
            password.set(String::new());
        }
    });
    let words = live(move || match hint.get() {
        Some(hint) => Some(hint.to_owned()),
        None => access.with(|access| match access {
            Access::Out(why) => Some(why.sentence()),
            _ => None,
        }),
    });
    let bad =
        live(move || access.with(|access| !matches!(access, Access::Out(Why::NotYet | Why::NotKept | Why::LoggedOut))));
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let name = user.get_untracked().trim().to_owned();
        if name.is_empty() || password.with_untracked(String::is_empty) {
            hint.set(Some("Type both the user and the password."));
            return;
        }
        hint.set(None);
        console.hear(array, Event::LogIn { user: name, password: Secret::new(password.get_untracked()) });
    };
    let name = console.array_name(array);
    el("form")
        .class("login")
        .set("aria-label", format!("Log in to {name}"))
        .on("submit", send)
        .with(el("p").class("login-words").toggle("bad", bad).set("role", "status").with(words))
        .with(
            el("label").with(el("span").with("User")).with(
                el("input")
                    .set("type", "text")
                    .set("autocomplete", "username")
                    .set("autocapitalize", "none")
                    .set("spellcheck", "false")
                    .value(user.live())
                    .on("input", move |event| user.set(event_target_value(&event))),
            ),
        )
        .with(
            el("label").with(el("span").with("Password")).with(
                el("input")
                    .set("type", "password")
                    .set("autocomplete", "current-password")
                    .value(password.live())
                    .on("input", move |event| password.set(event_target_value(&event))),
            ),
        )
        .with(el("button").set("type", "submit").class("main").state("disabled", busy.live()).with(live(move || {
            if access.with(|access| matches!(access, Access::LoggingIn { .. })) { "Logging in…" } else { "Log in" }
        })))
        .done()
}
