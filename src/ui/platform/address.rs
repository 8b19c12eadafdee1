//! The address bar: the page and its filters live in the fragment.

use leptos::prelude::{window, window_event_listener_untyped};
use wasm_bindgen::JsValue;

/// The fragment of the address, with its `#`; empty when there is none.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to another page (`fragment` with its `#`): the present one can be returned to.
pub fn push_fragment(fragment: &str) {
    write(fragment, true);
}

/// Changes the address of the present page: going back leaves it.
pub fn replace_fragment(fragment: &str) {
    write(fragment, false);
}

fn write(fragment: &str, push: bool) {
    let Ok(history) = window().history() else { return };
    // Neither call fires `hashchange`; a browser that refuses (too many at once) leaves the page as it is.
    let _ = if push {
        history.push_state_with_url(&JsValue::NULL, "", Some(fragment))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(fragment))
    };
}

/// Calls `changed` when a link, the person or the back button changes the fragment.
pub fn on_fragment_change(changed: impl Fn() + 'static) {
    // `popstate` comes for links and for going back and forth alike.
    let _ = window_event_listener_untyped("popstate", move |_| changed());
}

/// The path on the page's own origin that `relative` names from the folder of `index.html`.
/// `None` when it leads to another origin or is no address.
pub fn absolute_path(relative: &str) -> Option<String> {
    let page = web_sys::Url::new(&window().location().href().ok()?).ok()?;
    let address = web_sys::Url::new_with_base(relative, &page.href()).ok()?;
    (address.origin() == page.origin()).then(|| address.pathname())
}

/// The whole address of the page with this fragment, to be sent to somebody.
pub fn whole_address(fragment: &str) -> String {
    let here = window().location().href().unwrap_or_default();
    web_sys::Url::new_with_base(fragment, &here).map_or_else(|_| fragment.to_owned(), |address| address.href())
}
