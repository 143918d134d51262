//! Surveying the listed files, so that lists show what is in them.
//!
//! Surveys come from the index where it has them. Only new and changed files are read. The first thread that needs
//! the index opens it, after the first frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::sources::Sources;
use super::survey_queue::Backpressure;
use crate::analysis::Analysis;
use crate::app::protocol::answers::FileSurvey;
use crate::app::protocol::compute;
use crate::app::protocol::message::Message;
use crate::document::{self, Document, Warned};
use crate::library::{ArticleId, Location, PackedSurvey};
use crate::search::record;
use crate::shell::files;
use crate::shell::index::{FileEntry, Fingerprint, Index, IndexedFile, packed};
use crate::shell::jobs::{Lane, Workers};
use crate::shell::sync::lock;

/// How often surveys are handed over.
const HANDOVER: Duration = Duration::from_millis(40);
/// How many files one task looks up in the index.
const FILES_PER_LOOK_UP_TASK: usize = 4096;
/// How many files one query to the index looks up, and how many surveys are handed over at once.
pub(super) const LOOKED_UP_AT_ONCE: usize = 256;
/// How many files on either side of the one on screen are read first.
const NEAR: usize = 32;
/// Files are read in tasks of a sixteenth of all, so that lists grow steadily, within these limits.
const READ_TASKS: usize = 16;
const MIN_FILES_PER_READ_TASK: usize = 16;
const MAX_FILES_PER_READ_TASK: usize = 512;

/// Surveys the files of the folder.
#[derive(Clone)]
pub(crate) struct Surveyor {
    sources: Sources,
    workers: Workers,
    /// The file on screen. Its neighbors are read first.
    on_screen: Arc<Mutex<Option<Arc<Path>>>>,
    /// Limits the surveys on their way to the model.
    backpressure: Backpressure,
}

/// A file to survey, by its first article.
pub(super) type FirstArticle = (ArticleId, Location);

impl Surveyor {
    pub(crate) fn new(sources: Sources, workers: Workers) -> Self {
        Self {
            sources,
            workers,
            on_screen: Arc::default(),
            backpressure: Backpressure::default(),
        }
    }

    /// The limit for surveys on their way to the model.
    pub(crate) fn backpressure(&self) -> Backpressure {
        self.backpressure.clone()
    }

    /// Notes which file is on screen.
    pub(crate) fn set_on_screen(&self, file: &Arc<Path>) {
        *lock(&self.on_screen) = Some(Arc::clone(file));
    }

    /// Surveys files in tasks that are small enough to keep all cores busy.
    pub(crate) fn survey(&self, articles: &[FirstArticle]) {
        for articles in articles.chunks(FILES_PER_LOOK_UP_TASK) {
            let (surveyor, articles) = (self.clone(), articles.to_vec());
            self.workers.run(Lane::Survey, move |messages| {
                surveyor.look_up_or_read(&articles, messages);
            });
        }
    }

    /// Frees the memory of the index once all surveys are done.
    pub(crate) fn release_memory(&self) {
        let index = self.sources.index.clone();
        self.workers.run(Lane::Survey, move |_| {
            if let Some(index) = index.get() {
                index.release_memory();
            }
        });
    }

    /// Takes surveys from the index, and has the remaining files read.
    fn look_up_or_read(&self, articles: &[FirstArticle], messages: &Sender<Message>) {
        let open = || self.sources.open_index();
        let Some(index) = catch_unwind(AssertUnwindSafe(open)).ok().flatten() else {
            return self.read_in_batches(articles);
        };
        let mut stale = Vec::new();
        let mut batch = SurveyBatch::new(messages, &self.backpressure);
        for some in articles.chunks(LOOKED_UP_AT_ONCE) {
            self.sources.gate.wait();
            let Ok(found) = catch_unwind(AssertUnwindSafe(|| look_up(index, some))) else {
                stale.extend_from_slice(some);
                continue;
            };
            for (article, found) in some.iter().zip(found) {
                match found {
                    Some((stamp, surveys)) => batch.push(FileSurvey {
                        first: article.0,
                        stamp,
                        surveys,
                    }),
                    None => stale.push(article.clone()),
                }
            }
        }
        drop(batch);
        self.read_in_batches(&stale);
    }

    /// Has files read: first those near the one on screen, then the others.
    fn read_in_batches(&self, articles: &[FirstArticle]) {
        let (near, others) = self.split(articles);
        if !near.is_empty() {
            let surveyor = self.clone();
            let read = move |messages: &_| surveyor.read_all(near, messages);
            self.workers.run_first(Lane::Survey, read);
        }
        let size = others.len() / READ_TASKS;
        let size = size.clamp(MIN_FILES_PER_READ_TASK, MAX_FILES_PER_READ_TASK);
        for articles in others.chunks(size) {
            let (surveyor, articles) = (self.clone(), articles.to_vec());
            let read = move |messages: &_| surveyor.read_all(articles, messages);
            self.workers.run(Lane::Survey, read);
        }
    }

    /// Splits off the files near the one on screen, the nearest first.
    fn split(&self, articles: &[FirstArticle]) -> (Vec<FirstArticle>, Vec<FirstArticle>) {
        let on_screen = lock(&self.on_screen).clone();
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
        let mut batch = SurveyBatch::new(messages, &self.backpressure);
        for (first, location) in articles {
            self.sources.gate.wait();
            let before = Fingerprint::at(&location.file);
            let surveys = self.read(&location.file);
            batch.push(FileSurvey {
                first,
                stamp: stamp_of(before),
                surveys,
            });
        }
    }

    /// Reads and surveys a file. A panic on one file does not affect the others.
    fn read(&self, file: &Arc<Path>) -> Result<Vec<PackedSurvey>, String> {
        let read = || self.sources.read(file);
        let survey = || match self.sources.index.get() {
            Some(index) if !is_huge(file) => index.survey_and_store(file, read),
            _ => packed(compute::survey(&self.sources.options.reader, read()?, file)),
        };
        let survey = || with_file_time(survey(), file);
        match catch_unwind(AssertUnwindSafe(survey)) {
            Ok(surveys) => surveys,
            Err(_) => Err(files::internal_error(file)),
        }
    }

    /// Stores the analysis of an article that was opened, if it is the only one in its file. `before` is the
    /// fingerprint that the file had before it was read.
    pub(crate) fn store(
        &self,
        file: &Arc<Path>,
        before: Option<Fingerprint>,
        document: Arc<Warned<Document>>,
        analysis: Arc<Analysis>,
    ) {
        let is_stored = document::holds_one(&file.to_string_lossy()) && !is_huge(file);
        let Some(before) = before.filter(|_| is_stored) else {
            return;
        };
        let (file, surveyor) = (Arc::clone(file), self.clone());
        self.workers.run(Lane::Survey, move |_| {
            let index = surveyor.sources.open_index();
            if let Some(index) = index.filter(|index| !index.is_fresh(&file, before)) {
                index.put(FileEntry::at(&file, before, &document, &analysis));
            }
        });
    }
}

/// The stamp of a file and the surveys of its articles.
type Stamped = (u64, Result<Vec<PackedSurvey>, String>);

/// Looks files up in the index. `None` for a file that has to be read.
pub(super) fn look_up(index: &Index, files: &[FirstArticle]) -> Vec<Option<Stamped>> {
    let now = |(_, location): &FirstArticle| {
        let file = Arc::clone(&location.file);
        let now = Fingerprint::at(&file);
        (file, now)
    };
    let asked: Vec<_> = files.iter().map(now).collect();
    let found = index.look_up(&asked).into_iter().zip(&asked);
    let fresh = found.map(|(found, (file, now))| match found {
        IndexedFile::Fresh(surveys) => Some((stamp_of(*now), with_file_time(surveys, file))),
        IndexedFile::Stale => None,
    });
    fresh.collect()
}

/// The stamp of a file, or zero if it could not be looked at.
fn stamp_of(fingerprint: Option<Fingerprint>) -> u64 {
    fingerprint.map_or(0, Fingerprint::stamp)
}

/// Whether a file is too long for the index.
fn is_huge(file: &Path) -> bool {
    Fingerprint::at(file).is_some_and(Fingerprint::is_huge)
}

/// Dates articles by the time of their file where nothing else gives a date.
fn with_file_time(
    surveys: Result<Vec<PackedSurvey>, String>,
    file: &Path,
) -> Result<Vec<PackedSurvey>, String> {
    let mut surveys = surveys?;
    // The time is only looked up if some article needs it.
    if !surveys.iter().all(PackedSurvey::is_dated)
        && let Some(time) = files::file_time(file)
    {
        for survey in &mut surveys {
            *survey = survey.with_file_time(time);
        }
    }
    Ok(surveys)
}

/// Surveys that are handed over every now and then, and when the batch is dropped.
struct SurveyBatch<'m> {
    surveys: Vec<FileSurvey>,
    last_handover: Instant,
    messages: &'m Sender<Message>,
    backpressure: &'m Backpressure,
}

impl<'m> SurveyBatch<'m> {
    fn new(messages: &'m Sender<Message>, backpressure: &'m Backpressure) -> Self {
        Self {
            surveys: Vec::new(),
            last_handover: Instant::now(),
            messages,
            backpressure,
        }
    }

    fn push(&mut self, survey: FileSurvey) {
        self.surveys.push(survey);
        if self.last_handover.elapsed() > HANDOVER || self.surveys.len() >= LOOKED_UP_AT_ONCE {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        self.last_handover = Instant::now();
        if !self.surveys.is_empty() {
            let surveys = std::mem::take(&mut self.surveys);
            self.backpressure.enter(surveys.len());
            let _ = self.messages.send(Message::Surveyed(surveys));
        }
    }
}

impl Drop for SurveyBatch<'_> {
    fn drop(&mut self) {
        self.hand_over();
    }
}

/// What the index has of an article that is about to be opened.
#[derive(Default)]
pub(crate) struct Stored {
    /// Its text, if extracting it from the file is expensive.
    pub(crate) document: Option<Warned<Document>>,
    analysis: Option<Analysis>,
}

impl Stored {
    /// What the index has of an article, if its file has not changed.
    pub(crate) fn of(location: &Location, now: Option<Fingerprint>, sources: &Sources) -> Self {
        let (Some(index), Some(now)) = (sources.index.get(), now) else {
            return Self::default();
        };
        let stored = index.ask(|reader| {
            let row = reader.row(location, now)?;
            Some(Self {
                document: reader.document(row),
                analysis: reader.analysis(row),
            })
        });
        stored.unwrap_or_default()
    }

    /// The analysis, if it fits this text.
    pub(crate) fn analysis_of(self, document: &Document) -> Option<Analysis> {
        let analysis = self.analysis?;
        record::fits(&analysis, &document.text).then_some(analysis)
    }
}
