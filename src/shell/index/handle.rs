//! An index that is open: what it knows of a file, and changes of it.

use std::collections::HashSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};

use super::file_entry::{FileEntry, look, packed};
use super::fingerprint::Fingerprint;
use super::integrity::Integrity;
use super::paths::{IndexPaths, WriteLock};
use super::reader::IndexReader;
use super::schema;
use super::write_queue::ChangeSender;
use super::writer::{self, IndexChange, name};
use crate::app::protocol::compute;
use crate::document;
use crate::library::PackedSurvey;
use crate::search::record;
use crate::shell::files::FileOptions;
use crate::text::hash::hash;

/// An index that is open.
#[derive(Clone)]
pub(crate) struct Index(Arc<Inner>);

struct Inner {
    place: IndexPaths,
    /// How files are read.
    reader: Arc<document::ArticleReader>,
    /// Connections that nobody uses at the moment.
    readers: Mutex<Vec<IndexReader>>,
    /// Files that changed since, and whose new record is not there yet.
    stale: Arc<StaleFiles>,
    /// Why the writer had to give up.
    trouble: Arc<OnceLock<String>>,
    /// To the writer, when this program is the one that writes.
    changes: Option<ChangeSender>,
    _lock: Option<WriteLock>,
}

/// What an index is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpenMode {
    /// To be kept up to date; it is made when there is none, and read only when another program keeps it.
    Keep,
    /// To be made anew.
    Rebuild,
    /// Only to be asked, when there is one.
    Ask,
}

/// What is known of a file that may have changed.
#[derive(Debug)]
pub(crate) enum IndexedFile {
    /// It is as it was: what lists tell of its articles, or why there are none.
    Fresh(Result<Vec<PackedSurvey>, String>),
    /// It must be read.
    Stale,
}

/// What there is to tell of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndexStatus {
    /// Where it lies.
    pub(crate) file: PathBuf,
    /// Its bytes on disk.
    pub(crate) bytes: u64,
    /// How many files it knows.
    pub(crate) files: u64,
    /// How many articles are in them.
    pub(crate) articles: u64,
}

/// Files that changed while the index has their old record.
#[derive(Debug, Default)]
pub(super) struct StaleFiles {
    files: Mutex<HashSet<u64>>,
    n_turns: AtomicU64,
}

impl StaleFiles {
    fn files(&self) -> MutexGuard<'_, HashSet<u64>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, file: &Path) {
        if self.files().insert(writer::number(file)) {
            self.n_turns.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn has(&self, file: u64) -> bool {
        self.files().contains(&file)
    }

    /// The index has what there is of these files now.
    pub(super) fn settle(&self, files: &[u64]) {
        let mut stale = self.files();
        for file in files {
            if stale.remove(file) {
                self.n_turns.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

/// A file that is to be read.
pub(super) struct UnreadFile {
    pub(super) file: Arc<Path>,
    /// Its fingerprint before it is read.
    pub(super) before: Option<Fingerprint>,
    /// Whether the index may have it.
    pub(super) is_known: bool,
}

/// The files that were found, as numbers that take little room.
#[derive(Debug, Default)]
pub(crate) struct FileNumbers(Vec<u64>);

impl FileNumbers {
    /// Adds a file.
    pub(crate) fn add(&mut self, file: &Path) {
        self.0.push(writer::number(file));
    }
}

impl FromIterator<u64> for FileNumbers {
    fn from_iter<I: IntoIterator<Item = u64>>(numbers: I) -> Self {
        Self(numbers.into_iter().collect())
    }
}

impl Index {
    /// Opens the index of some roots, in `folder` rather than in the user's cache directory. None when there
    /// is none and none can be made.
    pub(crate) fn open(
        roots: &[PathBuf],
        choice: &FileOptions,
        folder: Option<&Path>,
        mode: OpenMode,
    ) -> Option<Self> {
        let place = IndexPaths::of(roots, choice, folder)?;
        let lock = match mode {
            OpenMode::Ask if place.seal().condition() == Integrity::Whole => None,
            OpenMode::Ask if !place.file.exists() => return None,
            _ => place.lock().ok(),
        };
        if lock.is_some() && mode == OpenMode::Rebuild {
            place.clear();
        }
        let stale = Arc::<StaleFiles>::default();
        let trouble = Arc::<OnceLock<String>>::default();
        let mut changes = None;
        if lock.is_some() && mode != OpenMode::Ask {
            let connection = connect_or_create(&place).ok()?;
            changes = writer::start(connection, &place, &stale, &trouble);
        } else if lock.is_some() && !is_left_well(&place) {
            return None;
        }
        let connection = schema::connect(&place.file).ok()?;
        if !schema::is_current(&connection, place.key) {
            return None;
        }
        Some(Self(Arc::new(Inner {
            readers: Mutex::new(vec![IndexReader::new(connection)]),
            place,
            reader: Arc::clone(&choice.reader),
            stale,
            trouble,
            changes,
            _lock: lock.filter(|_| mode != OpenMode::Ask),
        })))
    }

    /// What keeps the index of some roots from being written.
    pub(crate) fn obstacle(roots: &[PathBuf], choice: &FileOptions) -> String {
        let Some(place) = IndexPaths::of(roots, choice, None) else {
            return "there is no home directory".to_owned();
        };
        let obstacle = place.lock().and_then(|_lock| {
            let made = connect_or_create(&place);
            made.map_err(|error| format!("{}: {error}", place.file.display()))
        });
        obstacle.err().unwrap_or_else(|| "try again".to_owned())
    }

    /// An index in which these files and folders are, if there is one: their own, or that of a folder around.
    pub(crate) fn covering(paths: &[PathBuf], choice: &FileOptions) -> Option<Self> {
        let roots = paths.iter().map(std::path::absolute);
        let roots: Vec<PathBuf> = roots.collect::<Result<_, _>>().ok()?;
        let own = || Self::open(&roots, choice, None, OpenMode::Ask);
        let around = || {
            let (first, others) = roots.split_first()?;
            let folders = first.ancestors();
            let mut folders =
                folders.filter(|folder| others.iter().all(|root| root.starts_with(folder)));
            folders.find_map(|folder| Self::open(&[folder.to_owned()], choice, None, OpenMode::Ask))
        };
        own().or_else(around)
    }

    /// Whether this program keeps it up to date.
    pub(crate) fn is_kept(&self) -> bool {
        self.0.changes.is_some()
    }

    /// Asks the index. None when it cannot answer.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&IndexReader) -> Option<T>) -> Option<T> {
        if self.0.place.seal().condition() == Integrity::Broken {
            return None;
        }
        let free = self.readers().pop();
        let reader = match free {
            Some(reader) => reader,
            None => IndexReader::new(schema::connect(&self.0.place.file).ok()?),
        };
        let answer = question(&reader);
        self.readers().push(reader);
        answer
    }

    /// Gives back the memory of those who ask, as long as nobody does.
    pub(crate) fn rest(&self) {
        for reader in self.readers().iter() {
            let _ = reader.connection.execute_batch(schema::GIVE_BACK);
        }
    }

    fn readers(&self) -> MutexGuard<'_, Vec<IndexReader>> {
        let readers = self.0.readers.lock();
        readers.unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of each of some files, which are as they are now.
    pub(crate) fn known(&self, files: &[(Arc<Path>, Option<Fingerprint>)]) -> Vec<IndexedFile> {
        let mut sorted: Vec<(&[u8], usize)> = (files.iter().zip(0..))
            .map(|((file, _), at)| (name(file), at))
            .collect();
        sorted.sort_unstable();
        let names: Vec<&[u8]> = sorted.iter().map(|(name, _)| *name).collect();
        let mut all: Vec<IndexedFile> = files.iter().map(|_| IndexedFile::Stale).collect();
        let mut take = |place: usize, kept: Fingerprint, record: &[u8]| {
            let at = sorted.get(place).map(|(_, at)| *at);
            let file = at.and_then(|at| Some((files.get(at)?, all.get_mut(at)?)));
            let Some(((file, now), known)) = file else {
                return;
            };
            let is_fresh = now.is_some_and(|now| now.is(kept));
            let surveys = is_fresh
                .then(|| record::read_surveys(record).ok())
                .flatten();
            match surveys {
                Some(surveys) => *known = IndexedFile::Fresh(surveys),
                None => self.0.stale.add(file),
            }
        };
        // What cannot be told is as if it were not known.
        let _ = self.ask(|reader| {
            let _together = reader.together();
            reader.each_of(&names, &mut take).ok()
        });
        all
    }

    /// Whether a file with this fingerprint is known.
    pub(crate) fn is_fresh(&self, file: &Path, now: Fingerprint) -> bool {
        let rows = self.ask(|reader| reader.rows_of(file, now));
        rows.is_some()
    }

    /// Whether the file with this number was found changed, so that what the index says of it does not count.
    pub(crate) fn is_stale(&self, file: u64) -> bool {
        self.0.stale.has(file)
    }

    /// A number that grows whenever [`is_stale`](Self::is_stale) may answer otherwise.
    pub(crate) fn n_turns(&self) -> u64 {
        self.0.stale.n_turns.load(Ordering::Relaxed)
    }

    /// Reads a file that is not known as it is now, and keeps what was found.
    pub(crate) fn read(
        &self,
        file: &Arc<Path>,
        read: impl FnOnce() -> Result<Vec<u8>, String>,
    ) -> Result<Vec<PackedSurvey>, String> {
        let unread = UnreadFile {
            file: Arc::clone(file),
            before: Fingerprint::at(file),
            is_known: true,
        };
        let (surveys, change) = self.look_into(&unread, read);
        self.change(change);
        surveys
    }

    /// Reads a file; with what was found, what the index is to be told of it.
    pub(super) fn look_into(
        &self,
        unread: &UnreadFile,
        read: impl FnOnce() -> Result<Vec<u8>, String>,
    ) -> (Result<Vec<PackedSurvey>, String>, Option<IndexChange>) {
        let UnreadFile {
            ref file,
            before,
            is_known,
        } = *unread;
        let bytes = match read() {
            Ok(bytes) => bytes,
            Err(problem) => return (Err(problem), Some(IndexChange::Remove(Arc::clone(file)))),
        };
        let Some(before) = before else {
            let surveys = compute::survey(&self.0.reader, bytes, file);
            return (packed(surveys), None);
        };
        if is_known && let Some(surveys) = self.same_content(file, &bytes) {
            let touched = IndexChange::Touch(Arc::clone(file), before.kept());
            return (surveys, Some(touched));
        }
        let (surveys, looked) = look(&self.0.reader, bytes, file, before);
        (surveys, Some(IndexChange::Put(Box::new(looked))))
    }

    /// What is known of a file of which only the time changed.
    fn same_content(&self, file: &Path, bytes: &[u8]) -> Option<Result<Vec<PackedSurvey>, String>> {
        let kept = self.ask(|reader| reader.file(file))?;
        let is_same = kept.hash == hash(bytes);
        is_same.then(|| record::read_surveys(&kept.surveys).ok())?
    }

    /// Keeps what a look inside a file told.
    pub(crate) fn put(&self, looked: FileEntry) {
        self.change([IndexChange::Put(Box::new(looked))]);
    }

    /// Forgets a file, or a folder.
    pub(crate) fn remove(&self, path: &Path) {
        self.change([IndexChange::Remove(path.into())]);
    }

    /// Forgets all files but these.
    pub(crate) fn retain(&self, files: FileNumbers) {
        let FileNumbers(mut sorted) = files;
        sorted.sort_unstable();
        self.retain_if(move |number| sorted.binary_search(&number).is_ok());
    }

    /// Forgets all files but those of which the numbers are found.
    pub(super) fn retain_if(&self, is_found: impl Fn(u64) -> bool + Send + 'static) {
        self.change([IndexChange::Retain(Box::new(is_found))]);
    }

    /// Waits until everything is on disk.
    ///
    /// # Errors
    /// A sentence: the disk is full, or broken.
    pub(crate) fn flush(&self) -> Result<(), String> {
        let (done, wait) = mpsc::sync_channel(1);
        self.change([IndexChange::Flush(done)]);
        let _ = wait.recv();
        match self.0.trouble.get() {
            Some(trouble) => Err(format!("the index cannot be written: {trouble}")),
            None => Ok(()),
        }
    }

    /// Whether nothing can be written any more.
    pub(super) fn is_given_up(&self) -> bool {
        self.0.trouble.get().is_some()
    }

    /// A program that does not write changes nothing; nor does one whose writer had to give up.
    pub(super) fn change(&self, changes: impl IntoIterator<Item = IndexChange>) {
        if let Some(to) = &self.0.changes {
            let changes: Vec<_> = changes.into_iter().collect();
            if !changes.is_empty() {
                to.send(changes);
            }
        }
    }

    /// What there is to tell of it.
    pub(crate) fn status(&self) -> Option<IndexStatus> {
        let (files, articles) = self.ask(IndexReader::counts)?;
        let file = self.0.place.file.clone();
        let log = file.with_extension("index-wal");
        let length = |file: &Path| std::fs::metadata(file).map_or(0, |about| about.len());
        Some(IndexStatus {
            bytes: length(&file) + length(&log) + length(&self.0.place.image()),
            file,
            files: u64::try_from(files).unwrap_or_default(),
            articles: u64::try_from(articles).unwrap_or_default(),
        })
    }
}

/// Whether a database that nobody writes can be believed.
fn is_left_well(place: &IndexPaths) -> bool {
    match place.seal().condition() {
        Integrity::Whole => true,
        Integrity::Broken => false,
        Integrity::Unknown => {
            let connection = schema::connect(&place.file);
            connection.is_ok_and(|connection| schema::is_sound(&connection))
        }
    }
}

/// A connection to the database, made anew unless it can be believed and is of this version.
fn connect_or_create(place: &IndexPaths) -> Result<rusqlite::Connection, Box<dyn Error>> {
    if is_left_well(place)
        && let Ok(connection) = schema::connect(&place.file)
        && schema::is_current(&connection, place.key)
    {
        // What was in the middle of being carried over is so now.
        return Ok(connection);
    }
    place.clear();
    place.seal().open()?;
    Ok(schema::create(place)?)
}
