//! The fleet's clock: how fast it runs, and what happens next.

use super::Presenter;
use super::panel::all;
use crate::ui::platform::date_and_time;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::held;
use crate::wire::json::Object;

/// What can be chosen, in simulated seconds per second.
const SPEEDS: [u64; 5] = [1, 10, 60, 300, 1000];

/// The time, pause, speeds, and the step to what happens next.
pub fn clock(presenter: Presenter) -> View {
    let time = all(presenter, |told| told.time);
    let speed = all(presenter, |told| told.speed);
    let next = all(presenter, |told| told.next_event);
    // What it runs at once it goes on.
    let before = held(1);
    let set = move |speed: u64| presenter.make("speed", Object::new().number("speed", speed).done());
    let speeds: Vec<View> = SPEEDS
        .into_iter()
        .map(|one| {
            el("button")
                .set("type", "button")
                .set("aria-pressed", live(move || speed.get() == Some(one)))
                .on("click", move |_| set(one))
                .with(format!("×{one}"))
                .done()
        })
        .collect();
    let is_paused = move || speed.get() == Some(0);
    let pause = el("button")
        .set("type", "button")
        .on("click", move |_| {
            if speed.with_untracked(|speed| *speed == Some(0)) {
                set(before.get());
            } else {
                before.set(speed.with_untracked(|speed| speed.unwrap_or(1)));
                set(0);
            }
        })
        .with(live(move || if is_paused() { "Go on" } else { "Pause" }));
    let step = el("button")
        .set("type", "button")
        .state("disabled", live(move || next.get().is_none()))
        .on("click", move |_| presenter.make("step", "{}".to_owned()))
        .with("Next event");
    let due = live(move || match next.get() {
        Some(at) => format!("Something happens at {}.", date_and_time(at)),
        None => "Nothing happens by itself.".to_owned(),
    });
    el("section")
        .set("aria-label", "Clock")
        .with(el("h3").with("Clock"))
        .with(el("p").class("presenter-time").with(live(move || date_and_time(time.get()))))
        .with(el("p").class("small").with(due))
        .with(el("div").class("presenter-row").with(pause).with(step))
        .with(el("div").class("presenter-row speeds").set("role", "group").set("aria-label", "Speed").with(speeds))
        .done()
}
