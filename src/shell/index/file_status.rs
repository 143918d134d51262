//! Comparing a whole folder with the index: sixteen bytes a file in memory.

use std::collections::HashMap;
use std::path::Path;

use super::change::path_hash;
use super::fingerprint::Fingerprint;
use super::handle::Index;
use super::reader::KnownFile;
use crate::text::hash::hash;

/// The fingerprints of all files in the index.
#[derive(Debug, Default)]
pub(super) struct IndexedFingerprints {
    /// The hashes of fingerprints by those of paths, with [`SEEN`] set for files that were found.
    files: HashMap<u64, u64>,
}

/// The hashes of fingerprints are even, so this bit is free.
const SEEN: u64 = 1;

/// How a file that was found compares with the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileStatus {
    /// It has not changed.
    Fresh,
    /// It has another fingerprint.
    Changed,
    /// It is not in the index.
    New,
    /// It was found before, by another path or root.
    Again,
}

impl IndexedFingerprints {
    /// Loads all fingerprints of an index.
    pub(super) fn of(index: &Index) -> Self {
        let mut files = HashMap::new();
        let mut take = |path: &[u8], known: KnownFile| {
            // An entry without a fingerprint equals none that a file may have.
            files.insert(hash(path), known.stored.hash().unwrap_or(0));
        };
        let is_complete = index.ask(|reader| Some(reader.each_file(&mut take)));
        // What cannot be read to its end is not used at all.
        if is_complete != Some(true) {
            files.clear();
        }
        Self { files }
    }

    /// Compares a file with the index, and records that it was found.
    pub(super) fn find(&mut self, file: &Path, now: Option<Fingerprint>) -> FileStatus {
        let now = now.and_then(Fingerprint::hash);
        let Some(stored) = self.files.get_mut(&path_hash(file)) else {
            self.files.insert(path_hash(file), SEEN);
            return FileStatus::New;
        };
        let before = std::mem::replace(stored, *stored | SEEN);
        match now {
            _ if before & SEEN != 0 => FileStatus::Again,
            Some(now) if now == before => FileStatus::Fresh,
            _ => FileStatus::Changed,
        }
    }

    /// Whether a file of the index was not found.
    pub(super) fn has_missing(&self) -> bool {
        self.files.values().any(|stored| stored & SEEN == 0)
    }

    /// Whether the file with this path hash was found.
    pub(super) fn was_found(&self, path_hash: u64) -> bool {
        match self.files.get(&path_hash) {
            Some(stored) => stored & SEEN != 0,
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(modified: i64) -> Fingerprint {
        Fingerprint { size: 1, modified }
    }

    #[test]
    fn files_are_new_changed_fresh_or_missing() {
        let mut indexed = IndexedFingerprints::default();
        for name in ["same", "other", "gone"] {
            let stored = at(5).hash().unwrap();
            indexed.files.insert(path_hash(Path::new(name)), stored);
        }
        let mut find = |name, now| indexed.find(Path::new(name), Some(now));
        assert_eq!(find("same", at(5)), FileStatus::Fresh);
        assert_eq!(find("same", at(5)), FileStatus::Again);
        assert_eq!(find("other", at(6)), FileStatus::Changed);
        assert_eq!(find("new", at(5)), FileStatus::New);
        assert_eq!(find("new", at(5)), FileStatus::Again);
        assert!(indexed.has_missing() && !indexed.was_found(path_hash(Path::new("gone"))));
        assert_eq!(indexed.find(Path::new("gone"), None), FileStatus::Changed);
        assert!(!indexed.has_missing());
    }
}
