//! A note of how the database was left, so that one that somebody else changed is not believed.
//!
//! `SQLite` notices most damage only when it meets it, and a flipped bit in a list of places not at all.
//! So the size and time of the file are written down whenever the database was written to, which is only
//! when its log is carried over; what was changed in between, by whatever hand, is made anew. The log
//! itself carries checksums.

use std::fs;
use std::path::{Path, PathBuf};

use super::fingerprint::Fingerprint;

/// The note beside a database.
#[derive(Debug, Clone)]
pub(super) struct IntegrityNote {
    database: PathBuf,
    file: PathBuf,
}

/// What the note says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Integrity {
    /// The database is as it was left.
    Whole,
    /// The program ended while it wrote: the database must be checked.
    Unknown,
    /// Something else changed it.
    Broken,
}

impl IntegrityNote {
    pub(super) fn new(database: &Path) -> Self {
        Self {
            database: database.to_owned(),
            file: database.with_extension("seal"),
        }
    }

    /// How the database is.
    pub(super) fn condition(&self) -> Integrity {
        let Some(now) = Fingerprint::at(&self.database) else {
            return Integrity::Broken;
        };
        match fs::read_to_string(&self.file) {
            Ok(noted) if noted == note(now) => Integrity::Whole,
            Ok(noted) if noted.is_empty() => Integrity::Unknown,
            _ => Integrity::Broken,
        }
    }

    /// Notes that the database is about to be written to.
    pub(super) fn open(&self) -> std::io::Result<()> {
        fs::write(&self.file, "")
    }

    /// Notes how the database is now.
    pub(super) fn close(&self) -> std::io::Result<()> {
        match Fingerprint::at(&self.database) {
            Some(now) => fs::write(&self.file, note(now)),
            None => Ok(()),
        }
    }

    /// Without a note the database is not believed.
    pub(super) fn remove(&self) {
        let _ = fs::remove_file(&self.file);
    }
}

fn note(now: Fingerprint) -> String {
    format!("{} {}\n", now.size, now.modified)
}
