//! The browser: everything of `web_sys` and `js_sys` lives here.
//!
//! The rest of the page speaks of requests, times, addresses and focus, and not of the browser's objects.

mod address;
mod clipboard;
mod dom;
mod download;
pub mod element;
mod fetch;
mod panic;
mod place;
#[cfg(feature = "demo")]
mod tab;
mod time;

pub use address::{absolute_path, fragment, on_fragment_change, push_fragment, replace_fragment, whole_address};
pub use clipboard::copy;
pub use dom::{
    Focused, above_window, click, focus_first, focus_goes_somewhere, focus_later, focus_row, focus_where_it_is,
    focused, height_of, is_inside, is_open, key_of, leaves, matches_while, on_leaving, on_scroll_or_resize,
    on_visibility_change, refocus, set_title, show_dialog, to_top, window_height,
};
pub use download::save;
pub use fetch::Fetch;
pub use panic::tell_of_panics;
pub use place::{
    happened_to, is_within, listener_of, on_press, put_beside, scroll_by_ourselves, scroll_to, scrolled, select_all,
    with_shift,
};
#[cfg(feature = "demo")]
pub use tab::{Tab, go_to, is_next_key, key_may_be_typed, query};
pub use time::{
    Alarm, date_and_time, day_of, every_second, from_local, now, short_time, spawn, time_of_day, to_local, zone,
};
