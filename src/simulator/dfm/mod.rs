//! A simulated DFM server: what it has, what it does by itself, and what is asked of it.

// The door of the server reads most of it.
#![allow(dead_code)]

mod event;
mod job;
mod model;
mod schedule;
