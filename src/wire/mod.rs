//! Bytes to types and back, nothing else: no network, no decisions.
//!
//! [`powerstore`] is the JSON of the PowerStore REST API: what may be selected since which release,
//! queries, rows, pages and errors. [`time`] reads and writes the timestamps of the arrays, [`json`] its
//! values.

pub mod json;
pub mod powerstore;
pub mod time;
