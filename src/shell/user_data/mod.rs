//! What a reader made, on disk: places, marks and searches in one file, corrections in another.

pub(crate) mod corrections_file;
pub(super) mod state_file;
