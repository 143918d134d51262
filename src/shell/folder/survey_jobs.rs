//! Surveyor into the files of the folder, so that lists know what is in them.
//!
//! What the index knows of a file comes from there; only files that are new or changed are read. The index
//! is opened by the first thread that looks, behind the first frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::scan::Sources;
use super::survey_queue::Backpressure;
use crate::analysis::Analysis;
use crate::app::protocol::answers::FileSurvey;
use crate::app::protocol::compute;
use crate::app::protocol::message::Message;
use crate::document::{self, Document, Warned};
use crate::library::{ArticleId, Location, PackedSurvey};
use crate::search::record;
use crate::shell::files;
use crate::shell::index::{FileEntry, Fingerprint, Index, IndexedFile, OpenMode, packed};
use crate::shell::jobs::{Lane, Workers};

/// How often what was found is handed over.
const HANDOVER: Duration = Duration::from_millis(40);
/// How many files are compared with the index in one go.
const COMPARED: usize = 4096;
/// How many of them the index is asked about at once.
pub(crate) const STEP: usize = 256;
/// How many files on either side are beside the one on screen.
const NEAR: usize = 32;

/// The files of the folder, and what is known of them.
#[derive(Clone)]
pub(crate) struct Surveyor {
    sources: Sources,
    workers: Workers,
    /// The file on screen: those beside it come first.
    on_screen: Arc<Mutex<Option<Arc<Path>>>>,
    /// For what is on its way to the model.
    room: Backpressure,
}

/// An index that is opened behind the first frame.
#[derive(Clone, Default)]
pub(crate) struct LateIndex(Arc<OnceLock<Option<Index>>>);

impl LateIndex {
    /// The index; opened now, if it was not yet.
    pub(crate) fn opened(&self, sources: &Sources) -> Option<&Index> {
        let open = || {
            let open = || Index::open(&sources.roots, &sources.choice, None, OpenMode::Keep);
            sources.has_folder().then(open).flatten()
        };
        self.0.get_or_init(open).as_ref()
    }

    /// The index, if it is open already.
    pub(crate) fn at_hand(&self) -> Option<&Index> {
        self.0.get()?.as_ref()
    }

    /// The index, once it is open.
    pub(crate) fn awaited(&self) -> Option<&Index> {
        self.0.wait().as_ref()
    }
}

/// A file to look into, by its first article.
pub(crate) type FirstArticle = (ArticleId, Location);

impl Surveyor {
    pub(crate) fn new(sources: Sources, workers: Workers) -> Self {
        Self {
            sources,
            workers,
            on_screen: Arc::default(),
            room: Backpressure::default(),
        }
    }

    /// The room for what is on its way to the model.
    pub(crate) fn room(&self) -> Backpressure {
        self.room.clone()
    }

    /// Notes which file is on screen.
    pub(crate) fn show(&self, file: &Arc<Path>) {
        *self.on_screen() = Some(Arc::clone(file));
    }

    fn on_screen(&self) -> MutexGuard<'_, Option<Arc<Path>>> {
        self.on_screen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks into files, so that all cores have work and lists grow steadily.
    pub(crate) fn survey(&self, articles: &[(ArticleId, Location)]) {
        for articles in articles.chunks(COMPARED) {
            let (looking, articles) = (self.clone(), articles.to_vec());
            self.workers.run(Lane::Survey, move |messages| {
                looking.compare(&articles, messages);
            });
        }
    }

    /// Gives back what it took to look into the folder.
    pub(crate) fn rest(&self) {
        let index = self.sources.index.clone();
        self.workers.run(Lane::Survey, move |_| {
            if let Some(index) = index.at_hand() {
                index.rest();
            }
        });
    }

    /// Takes what is known from the index, and has the rest read.
    fn compare(&self, articles: &[(ArticleId, Location)], messages: &Sender<Message>) {
        let open = || self.sources.index.opened(&self.sources);
        let Some(index) = catch_unwind(AssertUnwindSafe(open)).ok().flatten() else {
            return self.read_in_batches(articles);
        };
        let mut stale = Vec::new();
        let mut found = SurveyBatch::new(messages, &self.room);
        for some in articles.chunks(STEP) {
            self.sources.precedence.give_way();
            let known = catch_unwind(AssertUnwindSafe(|| known(index, some)));
            // What trips over a fault is read, one file at a time.
            let known = known.unwrap_or_else(|_| some.iter().map(|_| None).collect());
            for ((id, location), known) in some.iter().zip(known) {
                match known {
                    Some((stamp, surveys)) => found.push(FileSurvey {
                        first: *id,
                        stamp,
                        surveys,
                    }),
                    None => stale.push((*id, location.clone())),
                }
            }
        }
        drop(found);
        self.read_in_batches(&stale);
    }

    /// Has files read: first those beside the one on screen, then the others.
    fn read_in_batches(&self, articles: &[(ArticleId, Location)]) {
        let (near, others) = self.split(articles);
        if !near.is_empty() {
            let looking = self.clone();
            let read = move |messages: &_| looking.read_all(near, messages);
            self.workers.run_first(Lane::Survey, read);
        }
        let size = (others.len() / 16).clamp(16, 512);
        for articles in others.chunks(size) {
            let (looking, articles) = (self.clone(), articles.to_vec());
            let read = move |messages: &_| looking.read_all(articles, messages);
            self.workers.run(Lane::Survey, read);
        }
    }

    /// The files beside the one on screen, the nearest first, and the others.
    fn split(&self, articles: &[(ArticleId, Location)]) -> (Vec<FirstArticle>, Vec<FirstArticle>) {
        let on_screen = self.on_screen().clone();
        let is_shown = |(_, location): &FirstArticle| Some(&location.file) == on_screen.as_ref();
        let Some(here) = articles.iter().position(is_shown) else {
            return (Vec::new(), articles.to_vec());
        };
        let (mut near, others): (Vec<_>, Vec<_>) = articles
            .iter()
            .enumerate()
            .partition(|(at, _)| at.abs_diff(here) <= NEAR);
        near.sort_by_key(|(at, _)| at.abs_diff(here));
        let plain = |articles: Vec<(usize, &FirstArticle)>| {
            let articles = articles.into_iter();
            articles.map(|(_, article)| article.clone()).collect()
        };
        (plain(near), plain(others))
    }

    fn read_all(&self, articles: Vec<FirstArticle>, messages: &Sender<Message>) {
        let mut found = SurveyBatch::new(messages, &self.room);
        for (first, location) in articles {
            self.sources.precedence.give_way();
            let before = Fingerprint::at(&location.file);
            let surveys = self.read(&location.file);
            found.push(FileSurvey {
                first,
                stamp: before.map_or(0, Fingerprint::stamp),
                surveys,
            });
        }
    }

    /// Reads a file; one that trips over a fault costs no other.
    fn read(&self, file: &Arc<Path>) -> Result<Vec<PackedSurvey>, String> {
        let read = || self.sources.read(file);
        let look = || match self.sources.index.at_hand() {
            Some(index) if !is_huge(file) => index.read(file, read),
            _ => packed(compute::survey(&self.sources.choice.reader, read()?, file)),
        };
        let look = || with_file_time(look(), file);
        catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|_| {
            Err(format!(
                "{}: a fault in pullquote kept it from being read",
                file.display()
            ))
        })
    }

    /// Keeps what was found in the one article of a file when it was opened; `before` is the fingerprint that
    /// the file had before it was read.
    pub(crate) fn keep(
        &self,
        file: &Arc<Path>,
        before: Option<Fingerprint>,
        document: Arc<Warned<Document>>,
        analysis: Arc<Analysis>,
    ) {
        let is_kept = document::holds_one(&file.to_string_lossy()) && !is_huge(file);
        let Some(before) = before.filter(|_| is_kept) else {
            return;
        };
        let (file, looking) = (Arc::clone(file), self.clone());
        self.workers.run(Lane::Survey, move |_| {
            let index = looking.sources.index.opened(&looking.sources);
            if let Some(index) = index.filter(|index| !index.is_fresh(&file, before)) {
                index.put(FileEntry::at(&file, before, &document, &analysis));
            }
        });
    }
}

/// A stamp of a file, and what is known of the articles in it.
pub(crate) type Stamped = (u64, Result<Vec<PackedSurvey>, String>);

/// What the index knows of each of some files as it is now; nothing of one that is to be read.
pub(crate) fn known(index: &Index, files: &[FirstArticle]) -> Vec<Option<Stamped>> {
    let now = |(_, location): &FirstArticle| {
        let file = Arc::clone(&location.file);
        let now = Fingerprint::at(&file);
        (file, now)
    };
    let asked: Vec<_> = files.iter().map(now).collect();
    let known = index.known(&asked).into_iter().zip(&asked);
    let fresh = known.map(|(known, (file, now))| match known {
        IndexedFile::Fresh(surveys) => {
            let stamp = now.map_or(0, Fingerprint::stamp);
            Some((stamp, with_file_time(surveys, file)))
        }
        IndexedFile::Stale => None,
    });
    fresh.collect()
}

/// Whether a file is too long to be kept in the index.
fn is_huge(file: &Path) -> bool {
    Fingerprint::at(file).is_some_and(Fingerprint::is_huge)
}

/// Articles that do not say when they were published are as old as their file.
fn with_file_time(
    surveys: Result<Vec<PackedSurvey>, String>,
    file: &Path,
) -> Result<Vec<PackedSurvey>, String> {
    let mut surveys = surveys?;
    // Asked of the file only where nothing else dates an article.
    if !surveys.iter().all(PackedSurvey::is_dated)
        && let Some(time) = files::file_time(file)
    {
        for survey in &mut surveys {
            *survey = survey.with_file_time(time);
        }
    }
    Ok(surveys)
}

/// What was found, handed over now and then, and at the end.
struct SurveyBatch<'m> {
    found: Vec<FileSurvey>,
    last: Instant,
    messages: &'m Sender<Message>,
    room: &'m Backpressure,
}

impl<'m> SurveyBatch<'m> {
    fn new(messages: &'m Sender<Message>, room: &'m Backpressure) -> Self {
        Self {
            found: Vec::new(),
            last: Instant::now(),
            messages,
            room,
        }
    }

    fn push(&mut self, found: FileSurvey) {
        self.found.push(found);
        if self.last.elapsed() > HANDOVER || self.found.len() >= STEP {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        self.last = Instant::now();
        if !self.found.is_empty() {
            let found = std::mem::take(&mut self.found);
            self.room.enter(found.len());
            let _ = self.messages.send(Message::Surveyed(found));
        }
    }
}

impl Drop for SurveyBatch<'_> {
    fn drop(&mut self) {
        self.hand_over();
    }
}

/// What the index has of an article that is to be opened.
#[derive(Default)]
pub(crate) struct Stored {
    /// Its text, when that is costly to find in the file.
    pub(crate) document: Option<Warned<Document>>,
    /// What was found in it.
    analysis: Option<Analysis>,
}

impl Stored {
    /// What the index has, as far as the file is still the same.
    pub(crate) fn of(location: &Location, now: Option<Fingerprint>, index: &LateIndex) -> Self {
        let of = || {
            index.at_hand()?.ask(|reader| {
                let row = reader.row(location, now?)?;
                Some(Self {
                    document: reader.document(row),
                    analysis: reader.analysis(row),
                })
            })
        };
        of().unwrap_or_default()
    }

    /// The analysis, if it can be that of this text.
    pub(crate) fn analysis_of(self, document: &Document) -> Option<Analysis> {
        let analysis = self.analysis?;
        record::fits(&analysis, &document.text).then_some(analysis)
    }
}
