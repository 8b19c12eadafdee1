//! What is wrong with the reading of an array, on whatever page a person is.

use leptos::prelude::*;

use super::login::login_form;
use crate::fleet::{ArrayIndex, Route, format};
use crate::operation::{Access, Why};
use crate::ui::console::Console;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{held, known};

/// One notice per array that has one.
pub fn notices(console: Console) -> View {
    let all: Vec<View> = console.arrays().into_iter().map(|array| notice(console, array)).collect();
    el("div").class("notices").with(all).done()
}

/// What a notice is about.
#[derive(Clone, PartialEq)]
enum Matter {
    None,
    /// The login ended while the data was in use.
    Ended,
    /// The array does not answer as it should.
    Trouble(String),
    /// The array wants something else first.
    NewPassword,
    /// Rows that could not be read.
    Unreadable(u32),
}

fn notice(console: Console, array: ArrayIndex) -> View {
    // The page of the arrays shows logins by itself.
    let on_arrays = known(move || console.route.with(|route| matches!(route, Route::Arrays | Route::Array(_))));
    // A form in which somebody types stays where it is until a login succeeds.
    let asked = held(false);
    let matter = known(move || {
        let asked_before = asked.get();
        let unreadable = console.unreadable(array);
        let matter = console.desk(array, |desk| match (desk.access(), &desk.health().trouble) {
            (Access::Out(Why::Expired | Why::CookieLost), _) => Matter::Ended,
            (
                Access::Out(Why::Rejected { .. } | Why::NotSentAgain { .. } | Why::Failed(_))
                | Access::LoggingIn { .. },
                _,
            ) if asked_before => Matter::Ended,
            (Access::Out(Why::Failed(error)), _) => Matter::Trouble(error.to_string()),
            (Access::In { .. }, Some(error)) => Matter::Trouble(error.to_string()),
            (Access::In { new_password_wanted: true, .. }, None) => Matter::NewPassword,
            (Access::In { .. }, None) if unreadable > 0 => Matter::Unreadable(unreadable),
            _ => Matter::None,
        });
        let matter = matter.unwrap_or(Matter::None);
        asked.set(matter == Matter::Ended);
        matter
    });
    let name = console.array_name(array);
    let since = known(move || {
        let read_at = console.desk(array, |desk| desk.health().last_read_at).flatten();
        read_at.map(|at| format!(" What is shown was read {}.", format::age(Some(at), console.now.get())))
    });
    let shown = live(move || {
        let name = name.clone();
        match matter.get() {
            Matter::None => View::none(),
            Matter::Ended if on_arrays.get() => View::none(),
            Matter::Ended => el("section").class("notice login-ended").set("aria-label", format!("Login to {name} has ended"))
.with(el("p")
.with(el("strong")
.with(name.clone()))
.with(since.live()))
.with(untrack(|| login_form(console, array))).done(),
            Matter::Trouble(words) => el("section").class("notice trouble").set("role", "alert")
.with(el("p")
.with(el("strong")
.with(name)
.with(": "))
.with(words))
.with(el("p")
.with("Nothing was changed by this; the array goes on with its work. It is asked again by itself.")
.with(since.live())).done(),
            Matter::NewPassword => el("section").class("notice")
.with(el("p")
.with(el("strong")
.with(name)
.with(": "))
.with("the array wants a new password for this user before it accepts anything else. \
    Set it in the array's own interface.")).done(),
            Matter::Unreadable(count) => el("section").class("notice")
.with(el("p")
.with(el("strong")
.with(name)
.with(": "))
.with(format!("{count} rows of its list have no id and are not shown."))).done(),
        }
    });
    shown.view()
}
