//! Screens over the text that are small enough for one file each.

pub mod echoes;
pub mod help;
pub mod world;
