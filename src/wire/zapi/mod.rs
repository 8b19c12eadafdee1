//! ZAPI, the XML of the NetApp DataFabric Manager (DFM): its [`Element`]s, the [`envelope`] around a call and
//! around its results, error numbers ([`errno`]), and the rows of its data-protection jobs.
//!
//! A general library for XML that suits the browser's program, quick-xml, costs it 14 kB packed, measured alone
//! and compiled for size; the reader here costs 4 kB and is bounded: see [`read`]. What the library has besides,
//! other encodings, namespaces, events borrowed from buffers, nothing that a DFM sends has need of.

mod element;
pub mod envelope;
pub mod errno;
mod events;
mod jobs;
#[cfg(test)]
mod round_trips;
mod schedule;
mod xml;

pub use element::Element;
pub use envelope::{ZapiError, answer, answer_written, call, called, results};
pub use events::{Info, ProgressEvent, family, progress_events};
pub use jobs::jobs;
pub use schedule::{ScheduledJob, scheduled_jobs};
pub use xml::{DEPTH, ELEMENTS, LENGTH, read};

/// Every call goes here, after the server's own base (SDK reference, `NaServer`).
pub const PATH: &str = "apis/XMLrequest";

/// What a body is, both ways.
pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

/// A whole number; whitespace around it is passed over. Counts of bytes reach 2^63-1.
pub fn number(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// A flag: the papers write true and TRUE alike, and clients send 1.
pub fn flag(text: &str) -> Option<bool> {
    match text.trim() {
        "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// A `dp-timestamp`, seconds since 1970, as milliseconds.
pub fn time(text: &str) -> Option<i64> {
    number(text)?.checked_mul(1000)
}
