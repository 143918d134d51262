//! Integration tests: journeys through the interface, screen snapshots, the real program in a terminal,
//! configurations, properties of any input, and rules about the source code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod harness;

mod config;
#[cfg(unix)]
mod e2e;
mod folders;
mod journeys;
mod properties;
mod screens;
#[cfg(unix)]
mod store;
mod tidy;
