//! Where an index lies, and who may write it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::integrity::IntegrityNote;
use super::schema;
use crate::shell::files::FileOptions;
use crate::text::hash::hash;

/// The files of one index.
#[derive(Debug, Clone)]
pub(super) struct IndexPaths {
    /// The database.
    pub(super) file: PathBuf,
    /// What it is the index of.
    pub(super) roots: String,
    /// What its records depend on.
    pub(super) key: i64,
}

/// The right to write an index, held until it is dropped or the program ends.
#[derive(Debug)]
pub(super) struct WriteLock(#[expect(dead_code, reason = "held, not used")] File);

impl IndexPaths {
    /// The place of the index of some roots in `folder`, or else in this user's cache directory. None
    /// without a home.
    pub(super) fn of(
        roots: &[PathBuf],
        choice: &FileOptions,
        folder: Option<&Path>,
    ) -> Option<Self> {
        let own = || {
            let base = etcetera::choose_base_strategy().ok()?;
            Some(base.cache_dir().join("pullquote"))
        };
        let folder = folder.map(Path::to_owned).or_else(own)?;
        // However many slashes it was written with.
        let plain = |root: &PathBuf| root.components().collect::<PathBuf>();
        let names = roots.iter().map(plain);
        let mut names: Vec<_> = names.map(|root| root.display().to_string()).collect();
        names.sort_unstable();
        names.dedup();
        let roots = names.join("\n");
        let key = format!("{roots}\n{}\n{}", choice.hidden, choice.max_bytes);
        let name = format!("{:016x}.index", hash(key.as_bytes()));
        Some(Self {
            file: folder.join(name),
            roots,
            key: schema::key(&choice.reader),
        })
    }

    /// Takes the right to write.
    ///
    /// # Errors
    /// What is in the way: another program has it, the directory cannot be written, or has no locks.
    pub(super) fn lock(&self) -> Result<WriteLock, String> {
        let file = self.file.with_extension("lock");
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

    /// The image of the library beside it.
    pub(super) fn image(&self) -> PathBuf {
        self.file.with_extension("image")
    }

    /// The seal of the database.
    pub(super) fn seal(&self) -> IntegrityNote {
        IntegrityNote::new(&self.file)
    }

    /// Removes the database and all that belongs to it but the lock.
    pub(super) fn clear(&self) {
        self.seal().remove();
        for ending in ["index", "index-wal", "index-shm", "index-journal", "image"] {
            // What is not there is as good as removed; what cannot be removed shows when it is opened.
            let _ = fs::remove_file(self.file.with_extension(ending));
        }
    }
}
