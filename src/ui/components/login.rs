//! The login of one array.

use leptos::prelude::*;

use crate::array::Secret;
use crate::fleet::ArrayIndex;
use crate::operation::{Access, Event, Why};
use crate::ui::console::Console;

/// Name, password, and why the last attempt failed. What was typed stays until a login succeeds.
pub fn login_form(console: Console, array: ArrayIndex) -> AnyView {
    let user = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let hint = RwSignal::new(None::<&'static str>);
    let access = Memo::new(move |_| console.desk(array, |desk| desk.access().clone()).unwrap_or(Access::Asking));
    let busy = Memo::new(move |_| access.with(|access| matches!(access, Access::LoggingIn { .. } | Access::Asking)));
    Effect::new(move |_| {
        if access.with(|access| matches!(access, Access::In { .. })) {
            password.set(String::new());
        }
    });
    let words = move || match hint.get() {
        Some(hint) => Some(hint.to_owned()),
        None => access.with(|access| match access {
            Access::Out(why) => Some(why.sentence()),
            _ => None,
        }),
    };
    let bad = move || access.with(|access| !matches!(access, Access::Out(Why::NotYet | Why::LoggedOut)));
    let send = move |event: leptos::ev::SubmitEvent| {
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
    view! {
        <form class="login" aria-label=format!("Log in to {name}") on:submit=send>
            <p class="login-words" class:bad=bad role="status">{words}</p>
            <label>
                <span>"User"</span>
                <input
                    type="text"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=move || user.get()
                    on:input=move |event| user.set(event_target_value(&event))
                />
            </label>
            <label>
                <span>"Password"</span>
                <input
                    type="password"
                    autocomplete="current-password"
                    prop:value=move || password.get()
                    on:input=move |event| password.set(event_target_value(&event))
                />
            </label>
            <button type="submit" class="main" disabled=move || busy.get()>
                {move || if access.with(|access| matches!(access, Access::LoggingIn { .. })) { "Logging in…" } else { "Log in" }}
            </button>
        </form>
    }
    .into_any()
}
