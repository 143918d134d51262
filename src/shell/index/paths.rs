//! The files of an index, and the lock that allows writing them.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::integrity::IntegrityNote;
use super::schema;
use crate::shell::files::FileOptions;
use crate::text::hash::hash;

/// Where one index is, and what it depends on.
#[derive(Debug, Clone)]
pub(super) struct IndexPaths {
    /// The database.
    pub(super) database: PathBuf,
    /// What it is the index of.
    pub(super) roots: String,
    /// Identifies the version of the records.
    pub(super) key: i64,
}

/// The right to write an index, until it is dropped or the program ends.
#[derive(Debug)]
pub(super) struct WriteLock(#[expect(dead_code, reason = "held, not used")] File);

impl IndexPaths {
    /// The paths of the index of some roots, in `folder` or else in the user's cache directory. `None` without a
    /// home directory.
    pub(super) fn of(
        roots: &[PathBuf],
        options: &FileOptions,
        folder: Option<&Path>,
    ) -> Option<Self> {
        let own = || {
            let base = etcetera::choose_base_strategy().ok()?;
            Some(base.cache_dir().join("pullquote"))
        };
        let folder = folder.map(Path::to_owned).or_else(own)?;
        // Going through the components drops superfluous slashes.
        let plain = |root: &PathBuf| root.components().collect::<PathBuf>();
        let names = roots.iter().map(plain);
        let mut names: Vec<_> = names.map(|root| root.display().to_string()).collect();
        names.sort_unstable();
        names.dedup();
        let roots = names.join("\n");
        let key = format!("{roots}\n{}\n{}", options.hidden, options.max_bytes);
        let name = format!("{:016x}.index", hash(key.as_bytes()));
        Some(Self {
            database: folder.join(name),
            roots,
            key: schema::key(&options.reader),
        })
    }

    /// Takes the right to write.
    ///
    /// # Errors
    /// A sentence: another program has the lock, or the directory cannot be written or does not support locks.
    pub(super) fn lock(&self) -> Result<WriteLock, String> {
        let file = self.database.with_extension("lock");
        let failed = |error| format!("{}: {error}", file.display());
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&file)
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(WriteLock(lock)),
            Err(TryLockError::WouldBlock) => {
                Err("another pullquote keeps it up to date".to_owned())
            }
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// The image of the library.
    pub(super) fn image(&self) -> PathBuf {
        self.database.with_extension("image")
    }

    /// The note about the state of the database.
    pub(super) fn integrity_note(&self) -> IntegrityNote {
        IntegrityNote::of(&self.database)
    }

    /// Removes the database and everything that belongs to it except the lock.
    pub(super) fn clear(&self) {
        self.integrity_note().remove();
        for ending in ["index", "index-wal", "index-shm", "index-journal", "image"] {
            // A file that cannot be removed causes an error when the database is created.
            let _ = fs::remove_file(self.database.with_extension(ending));
        }
    }
}
