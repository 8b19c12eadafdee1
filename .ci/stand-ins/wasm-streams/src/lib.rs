//! Stands in for the crate of this name, which Leptos wants for server functions that stream.
//!
//! The console has no server functions, but the classes that the real crate exports to JavaScript stay in
//! every program that is linked with it, and so does all that they call. Here is what Leptos names of it.
#![forbid(unsafe_code)]

use futures_util::future::{Ready, ready};
use futures_util::stream::{Once, once};
use wasm_bindgen::{JsCast, JsValue};

/// A stream of the browser's that can be read.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Of a stream of the browser's.
    pub fn from_raw(raw: web_sys::ReadableStream) -> ReadableStream {
        ReadableStream(raw)
    }

    /// A stream that `fetch` refuses to send: nothing is read from `_source`.
    pub fn from_stream<S>(_source: S) -> ReadableStream {
        ReadableStream(JsValue::UNDEFINED.unchecked_into())
    }

    /// The stream of the browser's.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// An error in place of what could be read.
    pub fn into_stream(self) -> Once<Ready<Result<JsValue, JsValue>>> {
        once(ready(Err(JsValue::from_str("this program was built without streams"))))
    }
}
