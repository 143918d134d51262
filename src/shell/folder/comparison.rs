//! Comparing the folder with the files that the last session knew.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

use super::survey_queue::LISTED_AT_ONCE;
use crate::app::protocol::answers::FolderMemory;
use crate::app::protocol::message::Message;
use crate::library::{ArticleId, ListedFile};
use crate::shell::files;
use crate::shell::index::{Fingerprint, PathHashes, RememberedFiles, path_hash};
use crate::shell::sync::lock;

/// A comparison that is to be made once the model has the library of the last session.
#[derive(Clone, Default)]
pub(crate) struct PendingComparison(Arc<Mutex<Option<FolderComparison>>>);

impl PendingComparison {
    pub(super) fn set(&self, comparison: FolderComparison) {
        *lock(&self.0) = Some(comparison);
    }

    pub(super) fn take(&self) -> Option<FolderComparison> {
        lock(&self.0).take()
    }
}

/// The differences between the folder and the last session.
pub(super) struct FolderComparison {
    remembered: RememberedFiles,
    /// Files that were listed before the comparison.
    listed_early: Vec<PathBuf>,
    /// New and changed files.
    news: Vec<ListedFile>,
    /// Sentences about what could not be read.
    pub(super) problems: Vec<String>,
}

impl FolderComparison {
    pub(super) fn new(remembered: RememberedFiles, listed_early: Vec<PathBuf>) -> Self {
        Self {
            remembered,
            listed_early,
            news: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Records a file that exists, or a problem.
    pub(super) fn add(
        &mut self,
        file: Result<PathBuf, String>,
        now: Option<Fingerprint>,
        root: &Path,
    ) {
        match file {
            Ok(file) => {
                if !self.remembered.matches(&file, now) {
                    self.news.push(files::listed(file, root));
                }
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    /// The first articles of the files that are gone.
    pub(super) fn missing(&self) -> Vec<ArticleId> {
        self.remembered.missing()
    }

    pub(super) fn has_news(&self) -> bool {
        !self.news.is_empty()
    }

    /// All files that exist.
    pub(super) fn all(&self) -> PathHashes {
        let news = self.news.iter().map(|file| path_hash(&file.location));
        self.remembered.found().chain(news).collect()
    }

    fn exists(&self, file: &Path) -> bool {
        self.remembered.has_found(file) || self.news.iter().any(|listed| listed.location == file)
    }

    /// Reports the files that are gone.
    pub(super) fn report_missing(&self, missing: Vec<ArticleId>, messages: &Sender<Message>) {
        let _ = messages.send(Message::Memory(FolderMemory::Gone(missing)));
        // A file that was listed early may be ignored by now.
        let gone = self.listed_early.iter().filter(|file| !self.exists(file));
        let gone: Vec<PathBuf> = gone.cloned().collect();
        if !gone.is_empty() {
            let present = Vec::new();
            let _ = messages.send(Message::Changed { present, gone });
        }
    }

    /// Takes the new and changed files in the order of a walk, in batches.
    pub(super) fn take_batches(&mut self) -> impl Iterator<Item = Vec<ListedFile>> + use<> {
        let mut news = std::mem::take(&mut self.news);
        news.sort_by(|a, b| files::walking_cmp(&a.location, &b.location));
        let mut news = news.into_iter();
        std::iter::from_fn(move || {
            let batch: Vec<ListedFile> = news.by_ref().take(LISTED_AT_ONCE).collect();
            (!batch.is_empty()).then_some(batch)
        })
    }
}
