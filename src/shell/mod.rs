//! The shell around the pure core: everything that waits, reads, writes or can fail.
//!
//! [`run`] opens the reader. Its event loop takes the messages that have arrived, updates the model with each, performs
//! the effects and draws once. What takes long is a job on another thread, whose result comes back as a message.

// The session and its screen.
mod event_loop;
mod frontend;
mod terminal;

// Work for the model.
mod jobs;
mod programs;
mod search;

// Articles, and what is stored about them.
pub mod files;
pub(crate) mod folder;
pub(crate) mod index;
pub(crate) mod user_data;

mod sync;

pub use event_loop::{SessionOptions, run};
