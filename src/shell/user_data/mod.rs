//! What the user made, on disk: places, bookmarks and saved searches in one file, corrections in another.

pub(crate) mod corrections_file;
pub(super) mod state_file;
