//! Files that the page makes.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Lets the browser save `text` as a file. False when it cannot.
pub fn save(name: &str, kind: &str, text: &str) -> bool {
    try_save(name, kind, text).is_some()
}

fn try_save(name: &str, kind: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = document().create_element("a").ok()?.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address).ok()
}
