//! A note of how the database was left, to detect changes that others made.
//!
//! `SQLite` finds most damage only when it reads the damaged page, and never a flipped bit in a list of
//! occurrences. So the size and time of the database file are noted whenever it was written to, which only happens
//! when the write-ahead log is carried over. If they differ later, the index is rebuilt. The log itself has
//! checksums.

use std::fs;
use std::path::{Path, PathBuf};

use super::fingerprint::Fingerprint;

/// The note beside a database.
#[derive(Debug, Clone)]
pub(super) struct IntegrityNote {
    database: PathBuf,
    file: PathBuf,
}

/// The state of a database according to its note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Integrity {
    /// The database is as it was left.
    Intact,
    /// The program ended while it was writing. The database has to be checked.
    Unknown,
    /// Something else changed the database.
    Broken,
}

impl IntegrityNote {
    pub(super) fn of(database: &Path) -> Self {
        Self {
            database: database.to_owned(),
            file: database.with_extension("seal"),
        }
    }

    /// Compares the database with the note.
    pub(super) fn check(&self) -> Integrity {
        let Some(now) = Fingerprint::at(&self.database) else {
            return Integrity::Broken;
        };
        match fs::read_to_string(&self.file) {
            Ok(noted) if noted == text(now) => Integrity::Intact,
            Ok(noted) if noted.is_empty() => Integrity::Unknown,
            _ => Integrity::Broken,
        }
    }

    /// Notes that the database is about to be written to.
    pub(super) fn open(&self) -> std::io::Result<()> {
        fs::write(&self.file, "")
    }

    /// Notes the present state of the database.
    pub(super) fn close(&self) -> std::io::Result<()> {
        match Fingerprint::at(&self.database) {
            Some(now) => fs::write(&self.file, text(now)),
            None => Ok(()),
        }
    }

    /// Removes the note. A database without one counts as broken.
    pub(super) fn remove(&self) {
        let _ = fs::remove_file(&self.file);
    }
}

fn text(now: Fingerprint) -> String {
    format!("{} {}\n", now.size, now.modified)
}
