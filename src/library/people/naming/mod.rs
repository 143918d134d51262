//! Names: their parts, spelling variants, and namesakes.

pub(super) mod name;
pub(super) mod namesakes;
pub(super) mod variants;
