//! How a library differs from its image.

use crate::library::duplicates::DuplicateIndex;

/// How a library differs from its image.
#[derive(Debug, Clone, Default)]
pub(crate) struct ImageState {
    /// The number of changes since an image was made.
    pub(crate) n_changes: usize,
    /// The duplicates that went into the image that is being written.
    pub(super) being_written: Option<DuplicateIndex>,
}
