//! Updates an index in one go, on all cores.
//!
//! Some threads walk the folder, one compares the files they find with the index, others read and survey the new
//! and changed ones, and the writer stores the results.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::change::IndexChange;
use super::file_status::{FileStatus, IndexedFingerprints};
use super::fingerprint::Fingerprint;
use super::handle::{Index, UnreadFile};
use crate::shell::files::{self, FileOptions};
use crate::shell::jobs::cores;
use crate::shell::sync::lock;

/// Progress of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct IndexProgress {
    /// Files found so far.
    pub(crate) found: usize,
    /// Files known to be up to date.
    pub(crate) done: usize,
    /// Files that had to be read.
    pub(crate) read: usize,
    /// Whether all files have been found.
    pub(crate) is_listed: bool,
}

/// Batch sizes, large enough that the channels cost little: files found by a walk, files for one reader, and about
/// how many bytes go to the writer at once.
const FOUND_BATCH: usize = 256;
const READ_BATCH: usize = 32;
const WRITE_BATCH_BYTES: usize = 256 * 1024;
/// How many batches the walk may be ahead of the readers.
const MAX_BATCHES_AHEAD: usize = 512;
/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// A file with its fingerprint, or a sentence about one that cannot be read.
type FoundFile = Result<(Arc<Path>, Option<Fingerprint>), String>;

/// Updates an index and calls `report` with the progress. Returns sentences about what could not be read, sorted.
pub(crate) fn build(
    index: &Index,
    roots: &[PathBuf],
    options: &FileOptions,
    report: &mut dyn FnMut(IndexProgress),
) -> Vec<String> {
    let n_threads = cores();
    let (finds, found) = mpsc::sync_channel(MAX_BATCHES_AHEAD);
    let (work, waiting) = mpsc::sync_channel::<Vec<UnreadFile>>(MAX_BATCHES_AHEAD);
    let (results, done) = mpsc::channel();
    let waiting = Mutex::new(waiting);
    let mut update = Update::new(index, report);
    std::thread::scope(|scope| {
        scope.spawn(move || walk(roots, options, &finds));
        let waiting = &waiting;
        for _ in 0..n_threads {
            let results = results.clone();
            scope.spawn(move || {
                while let Some(batch) = next(waiting) {
                    let _ = results.send(survey_all(index, &batch, options));
                }
            });
        }
        drop(results);
        let mut indexed = IndexedFingerprints::of(index);
        for batch in found {
            let mut unread = update.compare(&mut indexed, batch);
            while !unread.is_empty() {
                let rest = unread.split_off(unread.len().min(READ_BATCH));
                let _ = work.send(std::mem::replace(&mut unread, rest));
            }
            for read in done.try_iter() {
                update.count(read);
            }
            update.report_when_due();
        }
        drop(work);
        update.end_walk(indexed);
        loop {
            match done.recv_timeout(REPORT_EVERY) {
                Ok(read) => update.count(read),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            update.report_when_due();
        }
    });
    update.problems.extend(index.flush().err());
    update.finish()
}

/// Finds all files and takes their fingerprints.
fn walk(roots: &[PathBuf], options: &FileOptions, finds: &SyncSender<Vec<FoundFile>>) {
    for root in roots {
        files::walk_all(root, options, || {
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

/// The files that one thread found and did not send yet.
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
        if self.found.len() == FOUND_BATCH {
            self.send();
        }
    }

    fn send(&mut self) {
        let _ = self.finds.send(std::mem::take(&mut self.found));
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.send();
    }
}

fn next(waiting: &Mutex<Receiver<Vec<UnreadFile>>>) -> Option<Vec<UnreadFile>> {
    lock(waiting).recv().ok()
}

/// Surveys files and stores the results. Does nothing once the index cannot be written any more.
fn survey_all(
    index: &Index,
    files: &[UnreadFile],
    options: &FileOptions,
) -> Vec<Result<(), String>> {
    if index.has_failed() {
        return Vec::new();
    }
    let mut changes = Vec::new();
    let mut bytes = 0;
    let survey = |unread| {
        let (result, change) = survey(index, unread, options);
        bytes += change.iter().map(IndexChange::bytes).sum::<usize>();
        changes.extend(change);
        if bytes > WRITE_BATCH_BYTES {
            bytes = 0;
            index.send(changes.drain(..));
        }
        result
    };
    let results = files.iter().map(survey).collect();
    index.send(changes);
    results
}

/// Surveys a file. A panic on one file does not affect the others.
fn survey(
    index: &Index,
    unread: &UnreadFile,
    options: &FileOptions,
) -> (Result<(), String>, Option<IndexChange>) {
    let file = &unread.file;
    let survey = || index.survey(unread, || files::read(file, options));
    let Ok((surveys, change)) = catch_unwind(AssertUnwindSafe(survey)) else {
        return (Err(files::internal_error(file)), None);
    };
    (surveys.map(|_| ()), change)
}

/// An update under way.
struct Update<'u> {
    index: &'u Index,
    progress: IndexProgress,
    problems: Vec<String>,
    /// Whether some folder could not be read.
    has_gap: bool,
    last_report: Instant,
    report: &'u mut dyn FnMut(IndexProgress),
}

impl<'u> Update<'u> {
    fn new(index: &'u Index, report: &'u mut dyn FnMut(IndexProgress)) -> Self {
        Self {
            index,
            progress: IndexProgress::default(),
            problems: Vec::new(),
            has_gap: false,
            last_report: Instant::now(),
            report,
        }
    }

    /// Returns the files of a batch that have to be read.
    fn compare(
        &mut self,
        indexed: &mut IndexedFingerprints,
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
            let status = indexed.find(&file, before);
            if status == FileStatus::Again {
                continue;
            }
            self.progress.found += 1;
            let is_huge = before.is_some_and(Fingerprint::is_huge);
            if status == FileStatus::Fresh || is_huge {
                self.progress.done += 1;
                if is_huge && status == FileStatus::Changed {
                    self.index.remove(&file);
                }
                continue;
            }
            unread.push(UnreadFile {
                file,
                before,
                may_be_indexed: status == FileStatus::Changed,
            });
        }
        unread
    }

    /// Removes files that were not found, unless a folder could not be read: it may be back tomorrow.
    fn end_walk(&mut self, indexed: IndexedFingerprints) {
        self.progress.is_listed = true;
        if !self.has_gap && indexed.has_missing() {
            self.index
                .retain_if(move |path_hash| indexed.was_found(path_hash));
        }
    }

    fn count(&mut self, read: Vec<Result<(), String>>) {
        self.progress.done += read.len();
        self.progress.read += read.len();
        self.problems
            .extend(read.into_iter().filter_map(Result::err));
    }

    fn report_when_due(&mut self) {
        if self.last_report.elapsed() > REPORT_EVERY {
            self.last_report = Instant::now();
            (self.report)(self.progress);
        }
    }

    fn finish(mut self) -> Vec<String> {
        (self.report)(self.progress);
        self.problems.sort_unstable();
        self.problems
    }
}
