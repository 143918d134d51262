//! Bringing an index up to date at once, on all cores.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::opened::{FileNumbers, Index};
use crate::shell::files::{self, Choice};

/// How far an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Progress {
    /// Files found so far.
    pub(crate) found: usize,
    /// Files known to be up to date.
    pub(crate) done: usize,
    /// Files that were read for that.
    pub(crate) read: usize,
    /// Whether all files were found.
    pub(crate) is_listed: bool,
}

/// How many files are given to a thread at once.
const BATCH: usize = 256;
/// How often progress is told.
const TELLING: Duration = Duration::from_millis(100);

#[derive(Default)]
struct Counts {
    done: AtomicUsize,
    read: AtomicUsize,
    problems: Mutex<Vec<String>>,
}

/// Brings an index up to date with its roots; what cannot be read is told at the end.
pub(crate) fn build(
    index: &Index,
    roots: &[PathBuf],
    choice: &Choice,
    tell: &mut dyn FnMut(Progress),
) -> Vec<String> {
    let counts = Counts::default();
    let (work, waiting) = mpsc::sync_channel::<Vec<Arc<Path>>>(64);
    let waiting = Mutex::new(waiting);
    let n_threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut progress = Progress::default();
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some(batch) = next(&waiting) {
                    bring_up_to_date(index, &batch, choice, &counts);
                }
            });
        }
        let mut files = FileNumbers::default();
        let mut told = std::time::Instant::now();
        let mut tell_now = |progress: &mut Progress| {
            progress.done = counts.done.load(Ordering::Relaxed);
            progress.read = counts.read.load(Ordering::Relaxed);
            tell(*progress);
        };
        let mut has_problem = false;
        let mut batch = Vec::with_capacity(BATCH);
        for found in roots.iter().flat_map(|root| files::walk(root, choice)) {
            match found {
                Ok(file) => {
                    let file: Arc<Path> = file.into();
                    files.add(&file);
                    batch.push(file);
                }
                Err(problem) => {
                    has_problem = true;
                    counts.add_problem(problem);
                }
            }
            progress.found = files.len();
            if batch.len() == BATCH {
                let _ = work.send(std::mem::take(&mut batch));
            }
            if told.elapsed() > TELLING {
                told = std::time::Instant::now();
                tell_now(&mut progress);
            }
        }
        let _ = work.send(batch);
        drop(work);
        progress.is_listed = true;
        // A folder that cannot be looked into may be back tomorrow.
        if !has_problem {
            index.retain(files);
        }
        while counts.done.load(Ordering::Relaxed) < progress.found {
            if told.elapsed() > TELLING {
                told = std::time::Instant::now();
                tell_now(&mut progress);
            }
            std::thread::sleep(TELLING / 50);
        }
        tell_now(&mut progress);
    });
    index.flush();
    counts
        .problems
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
}

fn next(waiting: &Mutex<mpsc::Receiver<Vec<Arc<Path>>>>) -> Option<Vec<Arc<Path>>> {
    let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.recv().ok()
}

impl Counts {
    fn add_problem(&self, problem: String) {
        let mut problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        problems.push(problem);
    }
}

fn bring_up_to_date(index: &Index, files: &[Arc<Path>], choice: &Choice, counts: &Counts) {
    let stale = index.stale(files);
    counts
        .done
        .fetch_add(files.len() - stale.len(), Ordering::Relaxed);
    for file in stale {
        counts.read.fetch_add(1, Ordering::Relaxed);
        let read = || index.read(file, || files::read(file, choice));
        // A file that trips over a fault costs no other.
        match catch_unwind(AssertUnwindSafe(read)) {
            Ok(Ok(_)) => {}
            Ok(Err(problem)) => counts.add_problem(problem),
            Err(_) => counts.add_problem(format!(
                "{}: a fault in pullquote kept it from being read",
                file.display()
            )),
        }
        counts.done.fetch_add(1, Ordering::Relaxed);
    }
}
