//! Bytes to types and back, nothing else: no network, no decisions.
//!
//! [`powerstore`] is the JSON of the PowerStore REST API: what may be selected since which release,
//! queries, rows, pages and errors; [`zapi`] is the XML of the NetApp DFM. [`time`] reads and writes the
//! timestamps of the arrays, [`json`] the values of the one.

pub mod json;
mod misread;
pub mod powerstore;
pub mod time;
pub mod zapi;

pub use misread::Misread;
