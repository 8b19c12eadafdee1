//! The refresh strip: how old the data is, and who decides when it is read.

use leptos::prelude::*;

use crate::fleet::{ArrayIndex, format};
use crate::operation::Access;
use crate::ui::console::Console;
use crate::ui::platform;

/// Age per array, pause, refresh now.
pub fn strip(console: Console) -> AnyView {
    let ages: Vec<AnyView> = console.arrays().into_iter().map(|array| age(console, array)).collect();
    let paused = move || console.paused.get();
    view! {
        <div class="strip" role="group" aria-label="Refresh">
            <ul class="ages">{ages}</ul>
            <button type="button" on:click=move |_| console.set_paused(!console.paused.get_untracked())>
                {move || if paused() { "Resume refresh" } else { "Pause refresh" }}
            </button>
            <button type="button" on:click=move |_| console.refresh()>"Refresh now"</button>
        </div>
    }
    .into_any()
}

fn age(console: Console, array: ArrayIndex) -> AnyView {
    let name = console.array_name(array);
    let read_at = Memo::new(move |_| console.desk(array, |desk| desk.health().last_read_at).flatten());
    let is_in =
        Memo::new(move |_| console.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true));
    let old = is_old(console, array);
    let words = move || match read_at.get() {
        Some(at) => format::age(Some(at), console.now.get()),
        None if is_in.get() => "reading…".to_owned(),
        None => "not logged in".to_owned(),
    };
    let tip = move || read_at.get().map(|at| format!("Read at {}", platform::date_and_time(at)));
    view! {
        <li class:stale=move || old.get() title=tip>
            <span class="age-name">{name}</span>" "<span class="age">{words}</span>
        </li>
    }
    .into_any()
}

/// True when what is shown of this array is not what the array would tell now.
pub fn is_old(console: Console, array: ArrayIndex) -> Memo<bool> {
    Memo::new(move |_| {
        let now = console.now.get();
        console.desk(array, |desk| desk.is_old(now)).unwrap_or(true)
    })
}
