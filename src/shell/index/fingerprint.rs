//! Whether a file is still the one that was read: its size and time.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::text::hash::hash;

/// The size and time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// Bytes.
    pub(super) size: i64,
    /// Nanoseconds since 1970, or [`UNSURE`](Self::UNSURE).
    pub(super) modified: i64,
}

/// The longest file that is stored in the index.
const MAX_INDEXED_BYTES: i64 = 16_000_000;

/// The resolution of file times: a file may change twice within this time and keep the first time.
const TIME_RESOLUTION: Duration = Duration::from_millis(20);

impl Fingerprint {
    /// The time of a file that was written just before it was read. It equals no time, not even itself.
    const UNSURE: i64 = i64::MIN;

    /// The fingerprint of a file as it is now. It must be taken before the file is read.
    pub(crate) fn of(about: &Metadata) -> Self {
        // Where files have no times only their sizes are compared.
        let modified = about.modified().unwrap_or(UNIX_EPOCH);
        Self {
            size: i64::try_from(about.len()).unwrap_or(i64::MAX),
            modified: nanoseconds(modified),
        }
    }

    /// The fingerprint of the file at a path, if there is one.
    pub(crate) fn at(file: &Path) -> Option<Self> {
        let about = std::fs::metadata(file).ok()?;
        about.is_file().then(|| Self::of(&about))
    }

    /// The fingerprint to store. A file that was written this very moment has to be read again another time.
    pub(crate) fn to_store(self) -> Self {
        let resolution = nanoseconds(UNIX_EPOCH + TIME_RESOLUTION);
        let age = nanoseconds(SystemTime::now()).saturating_sub(self.modified);
        Self {
            modified: if age < resolution {
                Self::UNSURE
            } else {
                self.modified
            },
            ..self
        }
    }

    /// Whether a file is too long for the index: collecting its words would take more memory than reading it does.
    /// Such files are scanned in each search, like files that are not in the index yet.
    pub(crate) fn is_huge(self) -> bool {
        self.is_longer_than(MAX_INDEXED_BYTES)
    }

    /// Whether the file has more than `bytes` bytes.
    pub(crate) fn is_longer_than(self, bytes: i64) -> bool {
        self.size > bytes
    }

    /// A number to recognize an unchanged file by; zero when that is impossible.
    pub(crate) fn stamp(self) -> u64 {
        self.to_store().hash().unwrap_or(0)
    }

    /// An even number that identifies this fingerprint; `None` when nothing equals it.
    pub(super) fn hash(self) -> Option<u64> {
        let bytes = [self.size.to_le_bytes(), self.modified.to_le_bytes()];
        (self.modified != Self::UNSURE).then(|| hash(bytes.as_flattened()) & !1)
    }

    /// Whether a file with this fingerprint is the one that had the `stored` one.
    pub(crate) fn is(self, stored: Self) -> bool {
        stored.modified != Self::UNSURE && self == stored
    }
}

/// Nanoseconds since 1970. Times centuries away are clamped.
fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN + 1, |n| -n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_written_this_moment_is_not_taken_for_known() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, "one").unwrap();
        let now = Fingerprint::at(file.path()).unwrap();
        assert!(!now.is(now.to_store()) && now.is(now));
        let old = Fingerprint {
            modified: now.modified - 1_000_000_000,
            ..now
        };
        assert!(old.is(old.to_store()) && !old.is(now));
    }
}
