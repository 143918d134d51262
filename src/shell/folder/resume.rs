//! Going on from what was known of the folder the last time.
//!
//! The library as it was comes from its image, before the folder is walked. Then all files are looked for, on all
//! cores, and only those that are new, changed or gone are told of.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::scan::{FIRST, MOST_AT_ONCE, Sources, listed};
use super::survey_jobs::{FirstArticle, STEP, known};
use crate::app::folder::memory::is_worth_keeping;
use crate::app::protocol::answers::FolderMemory;
use crate::app::protocol::message::Message;
use crate::library::{ArticleId, Library, ListedFile, Location};
use crate::shell::files::{self, FileOptions};
use crate::shell::index::{
    FileNumbers, Fingerprint, Image, Index, IndexProgress, RememberedFiles, path_number,
};

/// Keeps what an index that was just brought up to date knows of a huge folder, unless most of that is kept.
pub(crate) fn keep(index: &Index, roots: &[PathBuf], choice: &FileOptions, made: IndexProgress) {
    let is_folder = roots.iter().any(|root| root.is_dir());
    let Some(image) = Image::of(roots, choice).filter(|_| is_folder) else {
        return;
    };
    let n_news = if image.open().is_some() {
        made.read
    } else {
        made.found
    };
    if !is_worth_keeping(made.found, n_news) {
        return;
    }
    let mut library = Library::default();
    for root in roots {
        let mut files = files::walk(root, choice).flatten().peekable();
        while files.peek().is_some() {
            let some = files.by_ref().take(STEP).map(|file| listed(file, root));
            let some = some.map(|file| (library.add(&file), Location::from(file.location)));
            let some: Vec<FirstArticle> = some.collect();
            for ((first, _), known) in some.iter().zip(known(index, &some)) {
                if let Some((stamp, Ok(surveys))) = known {
                    library.set_surveys(*first, stamp, &surveys);
                }
            }
        }
    }
    library.update_people();
    // What cannot be written is worked out again the next time.
    let _ = image.write(library);
}

/// What a folder is to be compared with, once that is known.
#[derive(Clone, Default)]
pub(crate) struct Before(Arc<Mutex<Option<Comparing>>>);

impl Before {
    fn lock(&self) -> MutexGuard<'_, Option<Comparing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sources {
    /// The image of the folder. What comes on standard input is in none.
    pub(crate) fn image(&self) -> Option<Image> {
        let is_whole = self.standard_input.is_none() && self.has_folder();
        is_whole.then(|| Image::of(&self.roots, &self.choice))?
    }

    /// Goes on from what is remembered of the folder; tells whether there is anything. The file that was read last
    /// is listed at once, or else the first ones.
    pub(crate) fn remember(
        &self,
        read_last: Option<&Location>,
        messages: &Sender<Message>,
    ) -> bool {
        let Some(image) = self.image().and_then(|image| image.open()) else {
            return false;
        };
        let mut early = Vec::new();
        let read = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().name("image".into());
            let reading = thread.spawn_scoped(scope, || image.read());
            let last = read_last.filter(|last| last.file.is_file());
            let last = last.and_then(|last| self.listed(&last.file));
            let files = last.map_or_else(|| self.first(), |last| vec![last]);
            early.extend(files.iter().map(|file| file.location.clone()));
            let _ = messages.send(Message::Listed {
                files,
                is_done: false,
                problems: Vec::new(),
            });
            reading.ok()?.join().ok().flatten()
        });
        let Some((mut library, remembered)) = read else {
            return false;
        };
        let (sort, is_reversed) = self.order;
        if is_reversed {
            library.reverse();
        }
        if sort != library.sort_order() {
            library.sort_by(sort);
        }
        *self.before.lock() = Some(Comparing::with(remembered, early));
        let library = FolderMemory::Library(Box::new(library));
        messages.send(Message::Memory(library)).is_ok()
    }

    fn first(&self) -> Vec<ListedFile> {
        let files = self.roots.iter().flat_map(|root| {
            let files = files::walk(root, &self.choice).flatten();
            files.map(|file| listed(file, root))
        });
        files.take(FIRST).collect()
    }

    /// Compares the folder with what is remembered of it: tells of files that are new, changed or gone.
    pub(crate) fn compare(&self, messages: &Sender<Message>) {
        let Some(comparing) = self.before.lock().take() else {
            return self.walk(messages);
        };
        // Perhaps nothing will have to be looked into, which would open it.
        let index = self.index.opened(self);
        let comparing = Mutex::new(comparing);
        for root in &self.roots {
            let find = |file: Result<PathBuf, String>| {
                let now = file.as_ref().ok().and_then(|file| Fingerprint::at(file));
                let mut comparing = comparing.lock().unwrap_or_else(PoisonError::into_inner);
                comparing.find(file, now, root);
            };
            files::walk_all(root, &self.choice, || &find);
        }
        let comparing = comparing.into_inner();
        let mut found = comparing.unwrap_or_else(PoisonError::into_inner);
        // What could not be looked into may still be there.
        let is_whole = found.problems.is_empty();
        let gone = found.remembered.gone();
        // Where nothing is other than remembered, nothing of the index is to be forgotten.
        let is_other = !gone.is_empty() || !found.news.is_empty();
        let all = (is_whole && is_other).then(|| found.all());
        if is_whole {
            found.tell_gone(gone, messages);
        }
        for files in found.batches() {
            self.room.enter(files.len());
            let _ = messages.send(Message::Listed {
                files,
                is_done: false,
                problems: Vec::new(),
            });
        }
        let _ = messages.send(Message::Listed {
            files: Vec::new(),
            is_done: true,
            problems: found.problems,
        });
        if let Some((index, all)) = index.zip(all) {
            index.retain(all);
        }
    }
}

/// A folder as it is compared with what is remembered of it.
struct Comparing {
    remembered: RememberedFiles,
    /// The files that were listed before it was compared.
    early: Vec<PathBuf>,
    /// New and changed files.
    news: Vec<ListedFile>,
    problems: Vec<String>,
}

impl Comparing {
    fn with(remembered: RememberedFiles, early: Vec<PathBuf>) -> Self {
        Self {
            remembered,
            early,
            news: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Takes note of a file that is there, or of what could not be looked into.
    fn find(&mut self, file: Result<PathBuf, String>, now: Option<Fingerprint>, root: &Path) {
        match file {
            Ok(file) => {
                if !self.remembered.find(&file, now) {
                    self.news.push(listed(file, root));
                }
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    /// All files that are there.
    fn all(&self) -> FileNumbers {
        let news = self.news.iter().map(|file| path_number(&file.location));
        self.remembered.found().chain(news).collect()
    }

    /// Whether a file is there.
    fn has(&self, file: &Path) -> bool {
        self.remembered.has_found(file) || self.news.iter().any(|listed| listed.location == file)
    }

    fn tell_gone(&self, gone: Vec<ArticleId>, messages: &Sender<Message>) {
        let _ = messages.send(Message::Memory(FolderMemory::Gone(gone)));
        // One that was read last may be left out by now.
        let gone = self.early.iter().filter(|file| !self.has(file));
        let gone: Vec<PathBuf> = gone.cloned().collect();
        if !gone.is_empty() {
            let present = Vec::new();
            let _ = messages.send(Message::Changed { present, gone });
        }
    }

    /// New and changed files in their order, some at a time.
    fn batches(&mut self) -> impl Iterator<Item = Vec<ListedFile>> + use<> {
        let mut news = std::mem::take(&mut self.news);
        news.sort_by(|a, b| files::walking_cmp(&a.location, &b.location));
        let mut news = news.into_iter();
        std::iter::from_fn(move || {
            let batch: Vec<ListedFile> = news.by_ref().take(MOST_AT_ONCE).collect();
            (!batch.is_empty()).then_some(batch)
        })
    }
}
