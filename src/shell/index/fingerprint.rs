//! Whether a file is still the one that was read: its size and time, and a hash when those differ.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::text::hash::hash;

/// Size and time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// Bytes.
    pub(super) size: i64,
    /// Nanoseconds since 1970; [`UNSURE`](Self::UNSURE) when the time says nothing.
    pub(super) modified: i64,
}

/// The longest file that is kept in the index.
const MOST_KEPT_BYTES: i64 = 16_000_000;

/// A file that was changed within this time may be changed again without a new time.
const TICK: Duration = Duration::from_millis(20);

impl Fingerprint {
    /// The time of a file that had just been written: it equals no time, not even itself.
    const UNSURE: i64 = i64::MIN;

    /// The fingerprint of a file as it is now, asked for before it is read.
    pub(crate) fn of(about: &Metadata) -> Self {
        let modified = about.modified().unwrap_or(UNIX_EPOCH);
        let nanoseconds = match modified.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN + 1, |n| -n),
        };
        Self {
            size: i64::try_from(about.len()).unwrap_or(i64::MAX),
            modified: nanoseconds,
        }
    }

    /// The fingerprint of the file at a path; nothing when there is none.
    pub(crate) fn at(file: &Path) -> Option<Self> {
        let about = std::fs::metadata(file).ok()?;
        about.is_file().then(|| Self::of(&about))
    }

    /// The same, to be kept: a file written this very moment is looked at again another time.
    pub(crate) fn kept(self) -> Self {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let age = i64::try_from(now.as_nanos())
            .unwrap_or(i64::MAX)
            .saturating_sub(self.modified);
        let tick = i64::try_from(TICK.as_nanos()).unwrap_or_default();
        Self {
            modified: if age < tick {
                Self::UNSURE
            } else {
                self.modified
            },
            ..self
        }
    }

    /// Whether a file is too long to be kept in the index: its words would take more memory on their way into
    /// it than reading does. It is scanned when one searches, as all that the index does not have.
    pub(crate) fn is_huge(self) -> bool {
        self.is_longer_than(MOST_KEPT_BYTES)
    }

    /// Whether a file has more bytes.
    pub(crate) fn is_longer_than(self, bytes: i64) -> bool {
        self.size > bytes
    }

    /// The number by which one sees whether a file is still as it was with this fingerprint, before it was read;
    /// zero when one cannot.
    pub(crate) fn stamp(self) -> u64 {
        self.kept().number().unwrap_or(0)
    }

    /// A number that stands for it, never odd; none when nothing equals it.
    pub(super) fn number(self) -> Option<u64> {
        let bytes = [self.size.to_le_bytes(), self.modified.to_le_bytes()];
        (self.modified != Self::UNSURE).then(|| hash(bytes.as_flattened()) & !1)
    }

    /// Whether a file with this fingerprint is the one that had `kept`.
    pub(crate) fn is(self, kept: Self) -> bool {
        kept.modified != Self::UNSURE && self == kept
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
        assert!(!now.is(now.kept()) && now.is(now));
        let old = Fingerprint {
            modified: now.modified - 1_000_000_000,
            ..now
        };
        assert!(old.is(old.kept()) && !old.is(now));
    }
}
