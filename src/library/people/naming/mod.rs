//! Names: their parts, spelling variants, and namesakes.

pub(in crate::library) mod name;
pub(super) mod namesakes;
pub(super) mod variants;
