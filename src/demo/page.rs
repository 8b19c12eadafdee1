//! What the demonstration wants of a browser.

use std::future::Future;
use std::pin::Pin;

/// The page that the demonstration runs in.
pub trait Page {
    /// Its clock, milliseconds since 1970.
    fn now(&self) -> i64;

    /// Ends after so many milliseconds.
    fn wait(&self, milliseconds: u64) -> Pin<Box<dyn Future<Output = ()>>>;

    /// What is kept under this name for a reload of the same tab.
    fn kept(&self, name: &str) -> Option<String>;

    /// Keeps a text under this name; false when the browser does not take it.
    fn keep(&self, name: &str, text: &str) -> bool;

    /// Forgets what is kept under this name.
    fn forget(&self, name: &str);
}
