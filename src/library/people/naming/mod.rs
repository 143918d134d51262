//! Names of people: their parts, their variants, and telling namesakes apart.

pub(super) mod name;
pub(super) mod namesakes;
pub(super) mod variants;
