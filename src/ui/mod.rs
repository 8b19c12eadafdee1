//! The page itself: Leptos, and the only room that knows a browser.
//!
//! It performs the effects that [`crate::operation`] wants, shows what [`crate::fleet`] and
//! [`crate::lifecycle`] tell, and decides nothing: no rule of a lifecycle, no filter, no pace is here.
//!
//! * [`console`]: the state of the page, and the signals by which its parts are redrawn;
//! * [`state`]: values that the page follows;
//! * [`closure`]: closures that are kept;
//! * [`driver`]: carries one desk's requests and timers;
//! * [`app`]: the frame around the pages;
//! * [`pages`], [`components`], [`diagram`]: what is seen;
//! * [`platform`]: the browser; nothing else speaks to it;
//! * `presenter`: what a demonstration has besides (by the feature `demo`).

mod app;
mod closure;
mod components;
mod console;
mod diagram;
mod driver;
mod memory;
mod pages;
mod platform;
#[cfg(feature = "demo")]
pub mod presenter;
mod state;

/// Shows the console in the page.
#[cfg(not(feature = "demo"))]
pub fn start() {
    platform::tell_of_panics();
    leptos::mount::mount_to_body(|| platform::element::show(app::app(std::rc::Rc::new(platform::Fetch))));
}
