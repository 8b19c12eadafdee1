//! The clipboard.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Copies `text`; false when the browser does not permit it (a page over plain HTTP, for one).
pub async fn copy(text: &str) -> bool {
    // Outside of a secure context there is no clipboard object at all.
    let navigator = window().navigator();
    let present = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| value.is_object());
    if !present {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
