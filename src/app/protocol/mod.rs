//! What the model and the shell say to each other: messages in, effects out, and what they carry.

pub mod answers;
pub mod compute;
pub mod effect;
pub mod message;
pub mod notice;
pub mod questions;
