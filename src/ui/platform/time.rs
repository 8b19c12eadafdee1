//! The browser's clock, timers, and times as people read them.

use std::pin::Pin;
use std::time::Duration;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::{set_interval, set_timeout_with_handle};
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

/// Milliseconds since 1970 by the browser's clock.
#[allow(clippy::cast_possible_truncation)]
pub fn now() -> i64 {
    Date::now() as i64
}

/// Lets `work` go on beside the page. Boxed, so that the machinery that drives it is there once.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    spawn_local(work);
}

/// Calls `tick` every second as long as the page lives.
pub fn every_second(tick: impl Fn() + 'static) {
    set_interval(tick, Duration::from_secs(1));
}

/// Calls `ring` after so many milliseconds.
#[cfg(feature = "demo")]
pub fn after(milliseconds: u64, ring: impl FnOnce() + 'static) {
    leptos::prelude::set_timeout(ring, Duration::from_millis(milliseconds));
}

/// One call in the future; dropping or setting it again takes the former one back.
#[derive(Default)]
pub struct Alarm(Option<TimeoutHandle>);

impl Alarm {
    /// Calls `ring` after `milliseconds`, and takes back what was set before.
    pub fn set(&mut self, milliseconds: i64, ring: impl FnOnce() + 'static) {
        self.stop();
        // A browser counts timers in 32 bits: whoever waits longer is called earlier and looks again.
        let wait = u64::try_from(milliseconds.clamp(0, 86_400_000)).unwrap_or(0);
        self.0 = set_timeout_with_handle(ring, Duration::from_millis(wait)).ok();
    }

    /// Takes the call back.
    pub fn stop(&mut self) {
        if let Some(handle) = self.0.take() {
            handle.clear();
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.stop();
    }
}

thread_local! {
    static DATE_AND_TIME: Function = formatter(&[
        ("year", "numeric"), ("month", "short"), ("day", "2-digit"),
        ("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23"),
    ]);
    static SHORT: Function = formatter(&[
        ("month", "short"), ("day", "numeric"), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23"),
    ]);
    static CLOCK: Function = formatter(&[
        ("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23"),
    ]);
}

fn formatter(options: &[(&str, &str)]) -> Function {
    let bag = Object::new();
    for (name, value) in options {
        let _ = Reflect::set(&bag, &(*name).into(), &(*value).into());
    }
    Intl::DateTimeFormat::new(&Array::of1(&"en-GB".into()), &bag).format()
}

/// The name of the browser's zone, such as `Europe/Berlin`.
pub fn zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// The instant that a control for date and time of day names in the browser's zone; `None` while it is
/// not complete.
#[allow(clippy::cast_possible_truncation)]
pub fn from_local(text: &str) -> Option<i64> {
    let millis = Date::new(&JsValue::from_str(text)).get_time();
    millis.is_finite().then_some(millis as i64)
}

/// The beginning of the day of an instant in the browser's zone.
pub fn day_of(millis: i64) -> i64 {
    let day = to_local(millis);
    from_local(&format!("{}T00:00", day.get(..10).unwrap_or_default())).unwrap_or(millis)
}

/// An instant as such a control wants it: `2026-11-22T08:00`.
#[allow(clippy::cast_possible_truncation)]
pub fn to_local(millis: i64) -> String {
    let minutes = date(millis).get_timezone_offset() as i64;
    let text = crate::wire::time::format(millis - minutes * 60_000);
    text.get(..16).unwrap_or_default().to_owned()
}

/// A time in the browser's own zone, such as `21 Nov 2026, 12:04:07`.
pub fn date_and_time(millis: i64) -> String {
    DATE_AND_TIME.with(|format| written(format, millis))
}

/// The same without year and seconds, for lists: `21 Nov, 12:04`.
pub fn short_time(millis: i64) -> String {
    SHORT.with(|format| written(format, millis))
}

/// The time of day: `12:04:07`.
pub fn time_of_day(millis: i64) -> String {
    CLOCK.with(|format| written(format, millis))
}

#[allow(clippy::cast_precision_loss)]
fn date(millis: i64) -> Date {
    Date::new(&JsValue::from_f64(millis as f64))
}

fn written(format: &Function, millis: i64) -> String {
    let text = format.call1(&JsValue::NULL, &date(millis));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
