//! Screens over the text that are small enough for one file each.

pub mod echoes;
pub(super) mod help;
pub mod world;
