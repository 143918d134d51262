//! The index of the folder, which is opened after the first frame.

use std::sync::{Arc, OnceLock};

use crate::shell::index::Index;

/// An index that one thread opens and all share.
#[derive(Clone, Default)]
pub(crate) struct LateIndex(Arc<OnceLock<Option<Index>>>);

impl LateIndex {
    /// The index, opened now if it was not yet. `None` if there is none.
    pub(super) fn get_or_open(&self, open: impl FnOnce() -> Option<Index>) -> Option<&Index> {
        self.0.get_or_init(open).as_ref()
    }

    /// The index, if it is open already.
    pub(crate) fn get(&self) -> Option<&Index> {
        self.0.get()?.as_ref()
    }

    /// Waits until another thread has opened the index.
    pub(super) fn wait(&self) -> Option<&Index> {
        self.0.wait().as_ref()
    }
}
