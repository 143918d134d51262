//! What pullquote promises, tried from outside: journeys of a reader, screens, the real program in a
//! terminal of its own, configurations, laws that hold for any input, and the order of the house.
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
