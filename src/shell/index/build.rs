//! Bringing an index up to date at once, on all cores.
//!
//! Some threads walk the folder, one compares what they find with what the index has, others read what is new
//! or changed, and the writer takes what they found in it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::file_status::{FileStatus, IndexedFingerprints};
use super::fingerprint::Fingerprint;
use super::handle::{Index, UnreadFile};
use super::writer::IndexChange;
use crate::shell::files::{self, FileOptions};
use crate::shell::jobs::cores;

/// How far an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct IndexProgress {
    /// Files found so far.
    pub(crate) found: usize,
    /// Files known to be up to date.
    pub(crate) done: usize,
    /// Files that were read for that.
    pub(crate) read: usize,
    /// Whether all files were found.
    pub(crate) is_listed: bool,
}

/// How many files are handed on at once by those who find them, and to those who read them.
const FOUND: usize = 256;
const READ: usize = 32;
/// About how many bytes the index is told at once.
const TOLD_BYTES: usize = 256 * 1024;
/// How far those who find files may run ahead of those who read them, in portions to read.
const AHEAD: usize = 512;
/// How often progress is told.
const TELLING: Duration = Duration::from_millis(100);

/// A file as a walk finds it, or a sentence about one.
type FoundFile = Result<(Arc<Path>, Option<Fingerprint>), String>;

/// Brings an index up to date with its roots; what cannot be read is told at the end, sorted.
pub(crate) fn build(
    index: &Index,
    roots: &[PathBuf],
    choice: &FileOptions,
    tell: &mut dyn FnMut(IndexProgress),
) -> Vec<String> {
    let n_threads = cores();
    let (finds, found) = mpsc::sync_channel(AHEAD);
    let (work, waiting) = mpsc::sync_channel::<Vec<UnreadFile>>(AHEAD);
    let (results, done) = mpsc::channel();
    let waiting = Mutex::new(waiting);
    let mut building = Building::new(index, tell);
    std::thread::scope(|scope| {
        scope.spawn(move || walk(roots, choice, &finds));
        let waiting = &waiting;
        for _ in 0..n_threads {
            let results = results.clone();
            scope.spawn(move || {
                while let Some(batch) = next(waiting) {
                    let _ = results.send(read_all(index, &batch, choice));
                }
            });
        }
        drop(results);
        let mut kept = IndexedFingerprints::of(index);
        for batch in found {
            let mut unread = building.compare(&mut kept, batch);
            while !unread.is_empty() {
                let rest = unread.split_off(unread.len().min(READ));
                let _ = work.send(std::mem::replace(&mut unread, rest));
            }
            for read in done.try_iter() {
                building.count(read);
            }
            building.tell_now_and_then();
        }
        drop(work);
        building.end_walk(kept);
        loop {
            match done.recv_timeout(TELLING) {
                Ok(read) => building.count(read),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            building.tell_now_and_then();
        }
    });
    building.problems.extend(index.flush().err());
    building.end()
}

/// Finds all files, with their fingerprints.
fn walk(roots: &[PathBuf], choice: &FileOptions, finds: &SyncSender<Vec<FoundFile>>) {
    for root in roots {
        files::walk_all(root, choice, || {
            let mut batch = Batch::new(finds.clone());
            move |found| {
                batch.push(found.map(|file| {
                    let now = Fingerprint::at(&file);
                    (file.into(), now)
                }));
            }
        });
    }
}

/// What one thread found and did not hand on yet.
struct Batch {
    found: Vec<FoundFile>,
    finds: SyncSender<Vec<FoundFile>>,
}

impl Batch {
    fn new(finds: SyncSender<Vec<FoundFile>>) -> Self {
        let found = Vec::new();
        Self { found, finds }
    }

    fn push(&mut self, found: FoundFile) {
        self.found.push(found);
        if self.found.len() == FOUND {
            self.hand_on();
        }
    }

    fn hand_on(&mut self) {
        let _ = self.finds.send(std::mem::take(&mut self.found));
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.hand_on();
    }
}

fn next(waiting: &Mutex<Receiver<Vec<UnreadFile>>>) -> Option<Vec<UnreadFile>> {
    let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.recv().ok()
}

/// Reads files and tells the index of them, of some at a time; none when nothing can be written any more.
fn read_all(index: &Index, files: &[UnreadFile], choice: &FileOptions) -> Vec<Result<(), String>> {
    if index.is_given_up() {
        return Vec::new();
    }
    let mut changes = Vec::new();
    let mut bytes = 0;
    let read = |unread| {
        let (result, change) = read(index, unread, choice);
        bytes += change.as_ref().map_or(0, IndexChange::bytes);
        changes.extend(change);
        if bytes > TOLD_BYTES {
            bytes = 0;
            index.change(changes.drain(..));
        }
        result
    };
    let results = files.iter().map(read).collect();
    index.change(changes);
    results
}

/// Reads a file; one that trips over a fault costs no other.
fn read(
    index: &Index,
    unread: &UnreadFile,
    choice: &FileOptions,
) -> (Result<(), String>, Option<IndexChange>) {
    let file = &unread.file;
    let look = || index.look_into(unread, || files::read(file, choice));
    let Ok((surveys, change)) = catch_unwind(AssertUnwindSafe(look)) else {
        let name = file.display();
        let problem = format!("{name}: a fault in pullquote kept it from being read");
        return (Err(problem), None);
    };
    (surveys.map(|_| ()), change)
}

/// The progress of it all.
struct Building<'b> {
    index: &'b Index,
    progress: IndexProgress,
    problems: Vec<String>,
    /// Whether something could not be looked into.
    has_gap: bool,
    told: Instant,
    tell: &'b mut dyn FnMut(IndexProgress),
}

impl<'b> Building<'b> {
    fn new(index: &'b Index, tell: &'b mut dyn FnMut(IndexProgress)) -> Self {
        Self {
            index,
            progress: IndexProgress::default(),
            problems: Vec::new(),
            has_gap: false,
            told: Instant::now(),
            tell,
        }
    }

    /// Those of some files that are to be read.
    fn compare(
        &mut self,
        kept: &mut IndexedFingerprints,
        batch: Vec<FoundFile>,
    ) -> Vec<UnreadFile> {
        let mut unread = Vec::new();
        for found in batch {
            let (file, before) = match found {
                Ok(found) => found,
                Err(problem) => {
                    self.has_gap = true;
                    self.problems.push(problem);
                    continue;
                }
            };
            let standing = kept.find(&file, before);
            if standing == FileStatus::Again {
                continue;
            }
            self.progress.found += 1;
            let is_huge = before.is_some_and(Fingerprint::is_huge);
            if standing == FileStatus::Fresh || is_huge {
                self.progress.done += 1;
                if is_huge && standing == FileStatus::Changed {
                    self.index.remove(&file);
                }
                continue;
            }
            unread.push(UnreadFile {
                file,
                before,
                is_known: standing == FileStatus::Changed,
            });
        }
        unread
    }

    /// Forgets what was not found; a folder that cannot be looked into may be back tomorrow.
    fn end_walk(&mut self, kept: IndexedFingerprints) {
        self.progress.is_listed = true;
        if !self.has_gap && kept.has_gone() {
            self.index.retain_if(move |number| kept.is_found(number));
        }
    }

    fn count(&mut self, read: Vec<Result<(), String>>) {
        self.progress.done += read.len();
        self.progress.read += read.len();
        self.problems
            .extend(read.into_iter().filter_map(Result::err));
    }

    fn tell_now_and_then(&mut self) {
        if self.told.elapsed() > TELLING {
            self.told = Instant::now();
            (self.tell)(self.progress);
        }
    }

    fn end(mut self) -> Vec<String> {
        (self.tell)(self.progress);
        self.problems.sort_unstable();
        self.problems
    }
}
