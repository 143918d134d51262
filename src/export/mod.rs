//! Articles and what was found in them, written for other programs.

pub mod json;
