//! An open index: looking files up in it and changing it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, mpsc};

use super::change::{IndexChange, PathHashes, path_bytes};
use super::file_entry::{FileEntry, packed, survey_file};
use super::fingerprint::Fingerprint;
use super::integrity::Integrity;
use super::paths::{IndexPaths, WriteLock};
use super::reader::IndexReader;
use super::schema;
use super::stale_files::StaleFiles;
use super::write_queue::ChangeSender;
use super::writer;
use crate::app::protocol::compute;
use crate::document;
use crate::library::PackedSurvey;
use crate::search::record;
use crate::shell::files::FileOptions;
use crate::shell::sync::lock;
use crate::text::hash::hash;

/// An open index. Clones share one set of connections.
#[derive(Clone)]
pub(crate) struct Index(Arc<Inner>);

struct Inner {
    paths: IndexPaths,
    /// How files are parsed.
    parser: Arc<document::ArticleReader>,
    /// Connections that are free at the moment.
    readers: Mutex<Vec<IndexReader>>,
    /// Files that changed and have no new entry yet.
    stale: Arc<StaleFiles>,
    /// Why the writer gave up.
    failure: Arc<OnceLock<String>>,
    /// The channel to the writer, if this program is the one that writes.
    changes: Option<ChangeSender>,
    _lock: Option<WriteLock>,
}

/// What to do with an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpenMode {
    /// Keep it up to date. It is created if missing, and opened read-only if another program keeps it.
    Keep,
    /// Rebuild it from scratch.
    Rebuild,
    /// Read it if it exists.
    Ask,
}

/// What the index has for a file.
#[derive(Debug)]
pub(crate) enum IndexedFile {
    /// The file has not changed: the surveys of its articles, or why it has none.
    Fresh(Result<Vec<PackedSurvey>, String>),
    /// The file has to be read.
    Stale,
}

/// The size of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndexStatus {
    /// The database.
    pub(crate) file: PathBuf,
    /// Bytes on disk, of the image too.
    pub(crate) bytes: u64,
    /// Number of files in it.
    pub(crate) files: u64,
    /// Number of articles in those files.
    pub(crate) articles: u64,
}

/// A file that has to be read.
pub(super) struct UnreadFile {
    pub(super) file: Arc<Path>,
    /// Its fingerprint before it is read.
    pub(super) before: Option<Fingerprint>,
    /// Whether the index may have an older entry.
    pub(super) may_be_indexed: bool,
}

impl Index {
    /// Opens the index of some roots, in `folder` or else in the user's cache directory. `None` if there is none
    /// and none can be created.
    pub(crate) fn open(
        roots: &[PathBuf],
        options: &FileOptions,
        folder: Option<&Path>,
        mode: OpenMode,
    ) -> Option<Self> {
        let paths = IndexPaths::of(roots, options, folder)?;
        let lock = match mode {
            OpenMode::Ask if paths.integrity_note().check() == Integrity::Intact => None,
            OpenMode::Ask if !paths.database.exists() => return None,
            _ => paths.lock().ok(),
        };
        if lock.is_some() && mode == OpenMode::Rebuild {
            paths.clear();
        }
        let stale = Arc::<StaleFiles>::default();
        let failure = Arc::<OnceLock<String>>::default();
        let mut changes = None;
        if lock.is_some() && mode != OpenMode::Ask {
            let connection = connect_or_create(&paths).ok()?;
            changes = writer::start(connection, &paths, &stale, &failure);
        } else if lock.is_some() && !is_intact(&paths) {
            return None;
        }
        let connection = schema::connect(&paths.database).ok()?;
        if !schema::is_current(&connection, paths.key) {
            return None;
        }
        Some(Self(Arc::new(Inner {
            readers: Mutex::new(vec![IndexReader::new(connection)]),
            paths,
            parser: Arc::clone(&options.reader),
            stale,
            failure,
            changes,
            _lock: lock.filter(|_| mode != OpenMode::Ask),
        })))
    }

    /// Why the index of some roots cannot be written.
    pub(crate) fn obstacle(roots: &[PathBuf], options: &FileOptions) -> String {
        let Some(paths) = IndexPaths::of(roots, options, None) else {
            return "there is no home directory".to_owned();
        };
        let created = paths.lock().and_then(|_lock| {
            let created = connect_or_create(&paths);
            created.map_err(|error| format!("{}: {error}", paths.database.display()))
        });
        match created {
            Err(obstacle) => obstacle,
            Ok(_) => "try again".to_owned(),
        }
    }

    /// An index that contains these files and folders: their own, or that of a folder around them.
    pub(crate) fn covering(paths: &[PathBuf], options: &FileOptions) -> Option<Self> {
        let roots = paths.iter().map(std::path::absolute);
        let roots: Vec<PathBuf> = roots.collect::<Result<_, _>>().ok()?;
        let own = || Self::open(&roots, options, None, OpenMode::Ask);
        let around = || {
            let (first, others) = roots.split_first()?;
            let folders = first.ancestors();
            let mut folders =
                folders.filter(|folder| others.iter().all(|root| root.starts_with(folder)));
            folders
                .find_map(|folder| Self::open(&[folder.to_owned()], options, None, OpenMode::Ask))
        };
        own().or_else(around)
    }

    /// Whether this program keeps the index up to date.
    pub(crate) fn is_kept(&self) -> bool {
        self.0.changes.is_some()
    }

    /// Runs a question on a free connection. `None` if the question returns that or there is no connection.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&IndexReader) -> Option<T>) -> Option<T> {
        if self.0.paths.integrity_note().check() == Integrity::Broken {
            return None;
        }
        let free = lock(&self.0.readers).pop();
        let reader = match free {
            Some(reader) => reader,
            None => IndexReader::new(schema::connect(&self.0.paths.database).ok()?),
        };
        let answer = question(&reader);
        lock(&self.0.readers).push(reader);
        answer
    }

    /// Frees the memory of all connections that are not in use.
    pub(crate) fn release_memory(&self) {
        for reader in lock(&self.0.readers).iter() {
            reader.release_memory();
        }
    }

    /// Looks up files by their present fingerprints.
    pub(crate) fn look_up(&self, files: &[(Arc<Path>, Option<Fingerprint>)]) -> Vec<IndexedFile> {
        let mut sorted: Vec<(&[u8], usize)> = (files.iter().zip(0..))
            .map(|((file, _), at)| (path_bytes(file), at))
            .collect();
        sorted.sort_unstable();
        let names: Vec<&[u8]> = sorted.iter().map(|(name, _)| *name).collect();
        let mut found: Vec<IndexedFile> = files.iter().map(|_| IndexedFile::Stale).collect();
        let mut take = |position: usize, stored: Fingerprint, record: &[u8]| {
            let (_, at) = sorted[position];
            let (file, now) = &files[at];
            let is_fresh = now.is_some_and(|now| now.is(stored));
            let surveys = is_fresh
                .then(|| record::read_surveys(record).ok())
                .flatten();
            match surveys {
                Some(surveys) => found[at] = IndexedFile::Fresh(surveys),
                None => self.0.stale.add(file),
            }
        };
        // Files that cannot be looked up are read again.
        let _ = self.ask(|reader| {
            let _snapshot = reader.snapshot();
            reader.each_of(&names, &mut take).ok()
        });
        found
    }

    /// Whether the index has the file as it is now.
    pub(crate) fn is_fresh(&self, file: &Path, now: Fingerprint) -> bool {
        let rows = self.ask(|reader| reader.rows_of(file, now));
        rows.is_some()
    }

    /// Whether the file with this hash was found changed, so that its entry does not count.
    pub(crate) fn is_stale(&self, path_hash: u64) -> bool {
        self.0.stale.has(path_hash)
    }

    /// A number that grows whenever [`is_stale`](Self::is_stale) changes for some file.
    pub(crate) fn n_stale_changes(&self) -> u64 {
        self.0.stale.n_changes()
    }

    /// Reads and surveys a file that the index does not have as it is now, and stores the result.
    pub(crate) fn survey_and_store(
        &self,
        file: &Arc<Path>,
        read: impl FnOnce() -> Result<Vec<u8>, String>,
    ) -> Result<Vec<PackedSurvey>, String> {
        let unread = UnreadFile {
            file: Arc::clone(file),
            before: Fingerprint::at(file),
            may_be_indexed: true,
        };
        let (surveys, change) = self.survey(&unread, read);
        self.send(change);
        surveys
    }

    /// Reads and surveys a file. Also returns the change that stores the result.
    pub(super) fn survey(
        &self,
        unread: &UnreadFile,
        read: impl FnOnce() -> Result<Vec<u8>, String>,
    ) -> (Result<Vec<PackedSurvey>, String>, Option<IndexChange>) {
        let UnreadFile {
            ref file,
            before,
            may_be_indexed,
        } = *unread;
        let bytes = match read() {
            Ok(bytes) => bytes,
            Err(problem) => return (Err(problem), Some(IndexChange::Remove(Arc::clone(file)))),
        };
        let Some(before) = before else {
            let surveys = compute::survey(&self.0.parser, bytes, file);
            return (packed(surveys), None);
        };
        if may_be_indexed && let Some(surveys) = self.same_content(file, &bytes) {
            let touch = IndexChange::Touch(Arc::clone(file), before.to_store());
            return (surveys, Some(touch));
        }
        let (surveys, entry) = survey_file(&self.0.parser, bytes, file, before);
        (surveys, Some(IndexChange::Put(Box::new(entry))))
    }

    /// The stored surveys of a file whose time changed but whose content did not.
    fn same_content(&self, file: &Path, bytes: &[u8]) -> Option<Result<Vec<PackedSurvey>, String>> {
        let stored = self.ask(|reader| reader.file(file))?;
        let is_same = stored.hash == hash(bytes);
        is_same.then(|| record::read_surveys(&stored.surveys).ok())?
    }

    /// Stores what was found in a file.
    pub(crate) fn put(&self, entry: FileEntry) {
        self.send([IndexChange::Put(Box::new(entry))]);
    }

    /// Removes a file, or a folder with everything in it.
    pub(crate) fn remove(&self, path: &Path) {
        self.send([IndexChange::Remove(path.into())]);
    }

    /// Removes all files but these.
    pub(crate) fn retain(&self, files: PathHashes) {
        let sorted = files.into_sorted();
        self.retain_if(move |path_hash| sorted.binary_search(&path_hash).is_ok());
    }

    /// Removes all files for whose hash `exists` returns false.
    pub(super) fn retain_if(&self, exists: impl Fn(u64) -> bool + Send + 'static) {
        self.send([IndexChange::Retain(Box::new(exists))]);
    }

    /// Waits until all changes are on disk.
    ///
    /// # Errors
    /// A sentence: the disk is full or broken.
    pub(crate) fn flush(&self) -> Result<(), String> {
        let (done, wait) = mpsc::sync_channel(1);
        self.send([IndexChange::Flush(done)]);
        let _ = wait.recv();
        match self.0.failure.get() {
            Some(failure) => Err(format!("the index cannot be written: {failure}")),
            None => Ok(()),
        }
    }

    /// Whether the writer has given up.
    pub(super) fn has_failed(&self) -> bool {
        self.0.failure.get().is_some()
    }

    /// Sends changes to the writer. Does nothing if this program is not the one that writes.
    pub(super) fn send(&self, changes: impl IntoIterator<Item = IndexChange>) {
        if let Some(sender) = &self.0.changes {
            let changes: Vec<_> = changes.into_iter().collect();
            if !changes.is_empty() {
                sender.send(changes);
            }
        }
    }

    /// The size of the index.
    pub(crate) fn status(&self) -> Option<IndexStatus> {
        let (files, articles) = self.ask(IndexReader::counts)?;
        let file = self.0.paths.database.clone();
        let log = file.with_extension("index-wal");
        // The log and the image need not exist.
        let length = |file: &Path| std::fs::metadata(file).map_or(0, |about| about.len());
        Some(IndexStatus {
            bytes: length(&file) + length(&log) + length(&self.0.paths.image()),
            file,
            files,
            articles,
        })
    }
}

/// Whether a database that no program is writing is as it was left, or at least sound.
fn is_intact(paths: &IndexPaths) -> bool {
    match paths.integrity_note().check() {
        Integrity::Intact => true,
        Integrity::Broken => false,
        Integrity::Unknown => {
            let connection = schema::connect(&paths.database);
            connection.is_ok_and(|connection| schema::is_sound(&connection))
        }
    }
}

/// A connection to the database. It is created from scratch unless it is intact and of this version.
fn connect_or_create(paths: &IndexPaths) -> Result<rusqlite::Connection, Box<dyn Error>> {
    if is_intact(paths)
        && let Ok(connection) = schema::connect(&paths.database)
        && schema::is_current(&connection, paths.key)
    {
        return Ok(connection);
    }
    paths.clear();
    paths.integrity_note().open()?;
    Ok(schema::create(&paths.database, paths.key, &paths.roots)?)
}
