//! Files that have changed since the index last read them.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::change::path_hash;
use crate::shell::sync::lock;

/// The hashes of files whose entry in the index is out of date.
#[derive(Debug, Default)]
pub(super) struct StaleFiles {
    files: Mutex<HashSet<u64>>,
    n_changes: AtomicU64,
}

impl StaleFiles {
    pub(super) fn add(&self, file: &Path) {
        if lock(&self.files).insert(path_hash(file)) {
            self.n_changes.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(super) fn has(&self, path_hash: u64) -> bool {
        lock(&self.files).contains(&path_hash)
    }

    /// Removes files whose entry is up to date again.
    pub(super) fn settle(&self, path_hashes: &[u64]) {
        let mut files = lock(&self.files);
        for file in path_hashes {
            if files.remove(file) {
                self.n_changes.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// How often a file was added or removed.
    pub(super) fn n_changes(&self) -> u64 {
        self.n_changes.load(Ordering::Relaxed)
    }
}
