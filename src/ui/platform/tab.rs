//! What a demonstration wants of the browser: the query of the address, and what a tab keeps through a reload.

use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, KeyboardEvent, Storage};

use super::time::{after, now};
use crate::demo::Page;

/// The tab that the page is open in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tab;

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

impl Page for Tab {
    fn now(&self) -> i64 {
        now()
    }

    fn wait(&self, milliseconds: u64) -> Pin<Box<dyn Future<Output = ()>>> {
        let waited = Promise::new(&mut |done, _| {
            after(milliseconds, move || _ = done.call0(&wasm_bindgen::JsValue::NULL));
        });
        Box::pin(async move { _ = JsFuture::from(waited).await })
    }

    fn kept(&self, name: &str) -> Option<String> {
        storage()?.get_item(name).ok().flatten()
    }

    fn keep(&self, name: &str, text: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(name, text).is_ok())
    }

    fn forget(&self, name: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(name);
        }
    }
}

/// The query of the address, with its `?`; empty when there is none.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// Leaves the page for the one with this query and fragment, or begins it anew when it is the same.
pub fn go_to(query: &str, fragment: &str) {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let is_same = location.search().is_ok_and(|present| present == query);
    let _ = location.set_href(&format!("{path}{query}{fragment}"));
    if is_same {
        // Only the fragment has changed, which loads nothing.
        let _ = location.reload();
    }
}

/// True when the key was pressed that goes on with a story: Alt and N, whatever letter that gives.
pub fn is_next_key(event: &Event) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(|press| {
        press.alt_key() && !press.ctrl_key() && !press.meta_key() && !press.repeat() && press.code() == "KeyN"
    })
}

/// True when the key goes to something that is typed into, or to a dialog that asks something.
pub fn key_may_be_typed(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("input, textarea, select, dialog").is_ok_and(|found| found.is_some()))
}
