//! Changes of the index, and how it names files.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use super::file_entry::FileEntry;
use super::fingerprint::Fingerprint;
use crate::text::hash::hash;

/// A change of the index.
pub(super) enum IndexChange {
    /// Store a file that was just read.
    Put(Box<FileEntry>),
    /// A file has a new fingerprint but the same content.
    Touch(Arc<Path>, Fingerprint),
    /// A file is gone, or a folder with everything in it.
    Remove(Arc<Path>),
    /// Remove all files for whose [hash](path_hash) this returns false.
    Retain(Box<dyn Fn(u64) -> bool + Send>),
    /// Send a reply once all changes before this one are on disk.
    Flush(SyncSender<()>),
}

impl IndexChange {
    /// The hash of the file that the index is up to date with after this change.
    pub(super) fn settles(&self) -> Option<u64> {
        match self {
            Self::Put(entry) => Some(path_hash(&entry.file)),
            Self::Touch(file, _) | Self::Remove(file) => Some(path_hash(file)),
            Self::Retain(_) | Self::Flush(_) => None,
        }
    }

    /// Approximate size in memory.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Put(entry) => entry.bytes(),
            _ => 0,
        }
    }
}

/// The bytes that identify a file in the index.
pub(super) fn path_bytes(file: &Path) -> &[u8] {
    file.as_os_str().as_encoded_bytes()
}

/// The hash of a path, used where the path itself would take too much memory.
pub(crate) fn path_hash(file: &Path) -> u64 {
    hash(path_bytes(file))
}

/// The hashes of all files that exist.
#[derive(Debug, Default)]
pub(crate) struct PathHashes(Vec<u64>);

impl PathHashes {
    /// Adds a file.
    pub(crate) fn add(&mut self, file: &Path) {
        self.0.push(path_hash(file));
    }

    /// The hashes in ascending order.
    pub(super) fn into_sorted(mut self) -> Vec<u64> {
        self.0.sort_unstable();
        self.0
    }
}

impl FromIterator<u64> for PathHashes {
    fn from_iter<I: IntoIterator<Item = u64>>(hashes: I) -> Self {
        Self(hashes.into_iter().collect())
    }
}
