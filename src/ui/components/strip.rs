//! The refresh strip: how old the data is, and who decides when it is read.

use crate::fleet::{ArrayIndex, format};
use crate::operation::Access;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{Known, known};

/// Age per array, pause, refresh now.
pub fn strip(console: Console) -> View {
    let ages: Vec<View> = console.arrays().into_iter().map(|array| age(console, array)).collect();
    let paused = move || console.paused.get();
    el("div")
        .class("strip")
        .set("role", "group")
        .set("aria-label", "Refresh")
        .with(el("ul").class("ages").with(ages))
        .with(
            el("button")
                .set("type", "button")
                .on("click", move |_| console.set_paused(!console.paused.get_untracked()))
                .with(live(move || if paused() { "Resume refresh" } else { "Pause refresh" })),
        )
        .with(el("button").set("type", "button").on("click", move |_| console.refresh()).with("Refresh now"))
        .done()
}

fn age(console: Console, array: ArrayIndex) -> View {
    let name = console.array_name(array);
    let read_at = known(move || console.desk(array, |desk| desk.health().last_read_at).flatten());
    let is_in = known(move || console.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true));
    let old = is_old(console, array);
    let words = live(move || match read_at.get() {
        Some(at) => format::age(Some(at), console.now.get()),
        None if is_in.get() => "reading…".to_owned(),
        None => "not logged in".to_owned(),
    });
    let tip = live(move || read_at.get().map(|at| format!("Read at {}", platform::date_and_time(at))));
    el("li")
        .toggle("stale", old.live())
        .set("title", tip)
        .with(el("span").class("age-name").with(name))
        .with(" ")
        .with(el("span").class("age").with(words))
        .done()
}

/// True when what is shown of this array is not what the array would tell now.
pub fn is_old(console: Console, array: ArrayIndex) -> Known<bool> {
    known(move || {
        let now = console.now.get();
        console.desk(array, |desk| desk.is_old(now)).unwrap_or(true)
    })
}
