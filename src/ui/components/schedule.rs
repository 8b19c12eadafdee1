//! The time of a start: typed in the browser's zone, shown in UTC, judged by the array's clock.

use leptos::prelude::*;

use crate::fleet::{ArrayIndex, format};
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{El, Piece as _, View, el, live};
use crate::ui::state::{Call, Known, known};

/// Clocks that are this far apart are shown side by side, milliseconds.
const SKEW_SHOWN: i64 = 60_000;

/// The array's clock now, milliseconds since 1970; `None` while no answer has told it.
pub fn array_clock(console: Console, array: ArrayIndex) -> Option<i64> {
    let skew = console.desk(array, |desk| desk.skew()).flatten()?;
    Some(console.now.get() + skew)
}

/// The control itself.
pub fn time_input(at: Known<Option<i64>>, set: Call<Option<i64>>) -> El {
    el("input")
        .set("type", "datetime-local")
        .value(live(move || at.get().map(platform::to_local).unwrap_or_default()))
        .on("input", move |event| set.run(platform::from_local(&event_target_value(&event))))
}

/// What the typed time is elsewhere: the zone that it is typed in, the instant in UTC, how far off, and the
/// clock that decides.
pub fn time_words(console: Console, array: ArrayIndex, at: Known<Option<i64>>) -> View {
    let skew = known(move || console.desk(array, |desk| desk.skew()).flatten());
    let instant = live(move || {
        let zone = platform::zone();
        match at.get() {
            None => format!("In this browser's zone: {zone}."),
            Some(at) => format!("In this browser's zone, {zone}. That is {}.", format::utc(at)),
        }
    });
    let clock = live(move || match (skew.get(), at.get()) {
        (None, _) => "The array's clock is not known yet.".to_owned(),
        (Some(skew), at) => {
            let clock = console.now.get() + skew;
            let left = at
                .filter(|at| *at > clock)
                .map(|at| format!(" The start is {} away.", format::duration(Some(at - clock))));
            format!("The array's clock shows {}.{}", platform::date_and_time(clock), left.unwrap_or_default())
        }
    });
    let apart = live(move || {
        let skew = skew.get().filter(|skew| skew.abs() > SKEW_SHOWN)?;
        let side = if skew > 0 { "ahead of" } else { "behind" };
        let now = console.now.get();
        let words = format!(
            "The array's clock is {} {side} this browser's: {} there, {} here. The start counts by the array's.",
            format::duration(Some(skew.abs())),
            platform::time_of_day(now + skew),
            platform::time_of_day(now),
        );
        Some(el("p").class("words skew").with(words).done())
    });
    vec![el("p").class("small").with(instant).view(), el("p").class("small").with(clock).view(), apart.view()].view()
}
