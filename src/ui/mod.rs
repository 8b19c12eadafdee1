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
//! * [`platform`]: the browser; nothing else speaks to it.

mod app;
mod closure;
mod components;
mod console;
mod diagram;
mod driver;
mod memory;
mod pages;
mod platform;
mod state;

use std::rc::Rc;

use crate::array::Transport;

/// Shows the console in the page. `transport` carries requests to the arrays; without one, the
/// browser's own `fetch` does.
pub fn start(transport: Option<Rc<dyn Transport>>) {
    platform::tell_of_panics();
    let transport = transport.unwrap_or_else(|| Rc::new(platform::Fetch));
    leptos::mount::mount_to_body(move || platform::element::show(app::app(transport)));
}
