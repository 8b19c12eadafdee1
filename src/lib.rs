//! Array Console: the map of the house.
//!
//! One package, rooms with one-way doors. Someone who wants to change
//!
//! * what a session may do, or what its diagram looks like, goes to [`lifecycle`];
//! * the bytes that an array sends or wants, to [`wire`];
//! * what the console asks of an array, to [`array`];
//! * an action from click to certainty, login, refresh, to [`operation`];
//! * what the list shows and how its address reads, to [`fleet`];
//! * the arrays that demonstrations and tests run on, to `simulator` (native builds, or by the feature `demo`);
//! * what puts those arrays into the console's own page, to `demo` (the same builds);
//! * the page itself, to `ui` (browser builds only).
//!
//! Beside the rooms, for all of them: [`ordered`], maps and sets that cost the browser little code, and
//! [`words`], texts compared whatever their case.
//!
//! # The dependency rule
//!
//! `lifecycle` needs nothing; `wire` needs `lifecycle`; `array` and `simulator` need `wire` and
//! `lifecycle`; `operation` and `fleet` need `array`, `wire` and `lifecycle`; `demo` needs `array`, `wire` and
//! `simulator`, and with the native server it is the only one that joins console and simulator; `ui` needs all but
//! `simulator`, and `demo` only for what a demonstration has besides.
//!
//! All rooms but `ui` are pure: no clock, no randomness, no browser, no runtime. Time and seeds come
//! in as arguments. `tests/architecture.rs` holds the house to this.

pub mod array;
#[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
pub mod demo;
pub mod fleet;
pub mod lifecycle;
pub mod operation;
pub mod ordered;
#[cfg(any(not(target_arch = "wasm32"), feature = "demo"))]
pub mod simulator;
#[cfg(target_arch = "wasm32")]
pub mod ui;
pub mod wire;
pub mod words;
