//! What the index has of all files at once, to compare a whole folder with it: sixteen bytes a file.

use std::collections::HashMap;
use std::path::Path;

use super::fingerprint::Fingerprint;
use super::handle::Index;
use super::reader::KnownFile;
use super::writer::number;
use crate::text::hash::hash;

/// The files of the index.
#[derive(Debug, Default)]
pub(super) struct IndexedFingerprints {
    /// By the numbers of their paths those of their fingerprints, with [`SEEN`] for a file that was found.
    files: HashMap<u64, u64>,
}

/// Fingerprints have even numbers.
const SEEN: u64 = 1;

/// How a file that was found stands to the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileStatus {
    /// It is as it was.
    Fresh,
    /// It has another fingerprint.
    Changed,
    /// The index does not have it.
    New,
    /// It was found before, in another way.
    Again,
}

impl IndexedFingerprints {
    /// All that an index has.
    pub(super) fn of(index: &Index) -> Self {
        let mut files = HashMap::new();
        let mut take = |path: &[u8], known: KnownFile| {
            files.insert(hash(path), known.kept.number().unwrap_or_default());
        };
        let is_whole = index.ask(|reader| Some(reader.each_file(&mut take)));
        // What cannot be read to its end is not believed in part.
        if is_whole != Some(true) {
            files.clear();
        }
        Self { files }
    }

    /// How a file stands to the index as it is now.
    pub(super) fn find(&mut self, file: &Path, now: Option<Fingerprint>) -> FileStatus {
        let now = now.and_then(Fingerprint::number);
        let Some(kept) = self.files.get_mut(&number(file)) else {
            self.files.insert(number(file), SEEN);
            return FileStatus::New;
        };
        let before = std::mem::replace(kept, *kept | SEEN);
        match now {
            _ if before & SEEN != 0 => FileStatus::Again,
            Some(now) if now == before => FileStatus::Fresh,
            _ => FileStatus::Changed,
        }
    }

    /// Whether some file was not found.
    pub(super) fn has_gone(&self) -> bool {
        self.files.values().any(|kept| kept & SEEN == 0)
    }

    /// Whether a file was found, by its number.
    pub(super) fn is_found(&self, number: u64) -> bool {
        let kept = self.files.get(&number);
        kept.is_some_and(|kept| kept & SEEN != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(modified: i64) -> Fingerprint {
        Fingerprint { size: 1, modified }
    }

    #[test]
    fn files_are_new_changed_fresh_or_gone() {
        let mut kept = IndexedFingerprints::default();
        for name in ["same", "other", "gone"] {
            let known = at(5).number().unwrap();
            kept.files.insert(number(Path::new(name)), known);
        }
        let mut find = |name, now| kept.find(Path::new(name), Some(now));
        assert_eq!(find("same", at(5)), FileStatus::Fresh);
        assert_eq!(find("same", at(5)), FileStatus::Again);
        assert_eq!(find("other", at(6)), FileStatus::Changed);
        assert_eq!(find("new", at(5)), FileStatus::New);
        assert_eq!(find("new", at(5)), FileStatus::Again);
        assert!(kept.has_gone() && !kept.is_found(number(Path::new("gone"))));
        assert_eq!(kept.find(Path::new("gone"), None), FileStatus::Changed);
        assert!(!kept.has_gone());
    }
}
