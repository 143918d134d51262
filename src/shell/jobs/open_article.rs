//! Reading the article on screen: ahead of being asked for, and step by step when it is long.

use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Lane, Latest, Workers};
use crate::analysis::{Analysis, analyze};
use crate::app::protocol::message::Message;
use crate::app::reading::content::Content;
use crate::document::{self, Document, Warned};
use crate::library::{ArticleId, Location, PackedSurvey, Survey};
use crate::shell::files;
use crate::shell::folder::scan::Sources;
use crate::shell::folder::survey_jobs::{Stored, Surveyor};
use crate::shell::index::Fingerprint;

/// Longer files are shown by their beginning first.
const LONG_FILE_BYTES: u64 = 1_000_000;
/// Longer texts are shown before they are analyzed.
const LONG_TEXT_BYTES: usize = 100_000;

/// Reads articles that are opened.
#[derive(Clone)]
pub(crate) struct Opener {
    sources: Sources,
    looking: Surveyor,
    workers: Workers,
    messages: Sender<Message>,
    latest: Latest,
    /// The article that was read before it was asked for.
    ahead: Arc<Mutex<Option<(Location, Whole)>>>,
    read_last: Arc<Mutex<Option<ReadLast>>>,
}

/// The long text that was read last: for which question, from which file, as that was before.
type ReadLast = (u64, Arc<Path>, Option<Fingerprint>);

impl Opener {
    pub(crate) fn new(
        sources: &Sources,
        looking: &Surveyor,
        workers: &Workers,
        messages: &Sender<Message>,
    ) -> Self {
        Self {
            sources: sources.clone(),
            looking: looking.clone(),
            workers: workers.clone(),
            messages: messages.clone(),
            latest: Latest::default(),
            ahead: Arc::default(),
            read_last: Arc::default(),
        }
    }

    /// Reads the article that will be asked for, so that it is there when the folder is listed. A long file is
    /// left to [`Self::open`], which shows it step by step.
    pub(crate) fn read_ahead(&self, location: Location) {
        let opener = self.clone();
        self.workers.run(Lane::Open, move |_| {
            let about = std::fs::metadata(&location.file);
            if about.is_ok_and(|about| about.len() <= LONG_FILE_BYTES)
                && let Ok(whole) = Whole::read(&opener.sources, &location)
            {
                *lock(&opener.ahead) = Some((location, whole));
            }
        });
    }

    /// Reads an article. A long file is shown by its beginning first, a long text before its analysis, unless
    /// the index has that.
    pub(crate) fn open(&self, generation: u64, article: ArticleId, location: Location) {
        self.latest.set(generation);
        self.looking.show(&location.file);
        let opener = self.clone();
        self.workers.run(Lane::Open, move |_| {
            if opener.latest.is(generation) {
                opener.read(generation, article, &location);
            }
        });
    }

    fn read(&self, generation: u64, article: ArticleId, location: &Location) {
        let file_time = files::file_time(&location.file);
        let opened = |document: Arc<Warned<Document>>, analysis: Option<Arc<_>>, is_partial| {
            let of =
                |analysis: &Arc<_>| Box::new(packed_survey_of(&document, analysis, &location.file));
            let survey = analysis.as_ref().map(of);
            let content = Arc::new(Content {
                document,
                analysis,
                is_partial,
                file_time,
            });
            let _ = self.messages.send(Message::Opened {
                generation,
                article,
                content,
                survey,
            });
        };
        let whole = if let Some(whole) = self.read_already(location) {
            whole
        } else {
            if let Some(beginning) = beginning(&self.sources, location) {
                opened(Arc::new(beginning), None, true);
            }
            match Whole::read(&self.sources, location) {
                Ok(whole) => whole,
                Err(problem) => {
                    let _ = self.messages.send(Message::OpenFailed {
                        generation,
                        article,
                        problem,
                    });
                    return;
                }
            }
        };
        if whole.analysis.is_none() {
            let file = Arc::clone(&location.file);
            *lock(&self.read_last) = Some((generation, file, whole.before));
        }
        opened(Arc::clone(&whole.document), whole.analysis.clone(), false);
        if let Some(analysis) = whole.analysis.filter(|_| whole.is_news) {
            let (file, before) = (&location.file, whole.before);
            self.looking.keep(file, before, whole.document, analysis);
        }
    }

    /// The article, when it was read ahead and its file is still the same.
    fn read_already(&self, location: &Location) -> Option<Whole> {
        let (read, whole) = lock(&self.ahead).take()?;
        (read == *location && whole.is_of_now(location)).then_some(whole)
    }

    /// Analyzes a long text on a thread of its own, so that other articles can be opened meanwhile.
    pub(crate) fn analyze(&self, generation: u64, document: Arc<Warned<Document>>) {
        let opener = self.clone();
        let analyze_behind = move || {
            if !opener.latest.is(generation) {
                return;
            }
            let analysis = Arc::new(analyze(&document.value));
            let last = lock(&opener.read_last).take_if(|(of, ..)| *of == generation);
            let Some((_, file, before)) = last else {
                return;
            };
            let survey = Box::new(packed_survey_of(&document, &analysis, &file));
            let _ = opener.messages.send(Message::Analyzed {
                generation,
                analysis: Arc::clone(&analysis),
                survey,
            });
            opener.looking.keep(&file, before, document, analysis);
        };
        // Without the thread the article is never analyzed; it can still be read.
        let _ = std::thread::Builder::new()
            .name("analysis".into())
            .spawn(analyze_behind);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An article as it was read.
struct Whole {
    document: Arc<Warned<Document>>,
    /// There is none of a long text.
    analysis: Option<Arc<Analysis>>,
    /// Whether the index does not have the analysis.
    is_news: bool,
    /// The file before it was read.
    before: Option<Fingerprint>,
}

impl Whole {
    fn read(sources: &Sources, location: &Location) -> Result<Self, String> {
        let before = Fingerprint::at(&location.file);
        let mut stored = Stored::of(location, before, &sources.index);
        let document = match stored.document.take() {
            Some(document) => document,
            None => sources.article(location)?,
        };
        let stored = stored.analysis_of(&document.value);
        let is_news = stored.is_none();
        let is_short = document.value.text.len() <= LONG_TEXT_BYTES;
        let analysis = stored.or_else(|| is_short.then(|| analyze(&document.value)));
        Ok(Self {
            document: Arc::new(document),
            analysis: analysis.map(Arc::new),
            is_news,
            before,
        })
    }

    /// Whether the file is still the same.
    fn is_of_now(&self, location: &Location) -> bool {
        self.before.is_some() && self.before == Fingerprint::at(&location.file)
    }
}

/// What the lists tell about an article.
fn packed_survey_of(document: &Warned<Document>, analysis: &Analysis, file: &Path) -> PackedSurvey {
    let mut survey = Survey::of(&document.value, analysis);
    // Asked of the file only where nothing else dates an article.
    if survey.published.is_none() {
        survey.file_time = files::file_time(file);
    }
    PackedSurvey::from(survey)
}

/// The beginning of an article in a long file.
fn beginning(sources: &Sources, location: &Location) -> Option<Warned<Document>> {
    let bytes = sources.read_beginning(&location.file, LONG_FILE_BYTES)?;
    let beginning = document::peek(&bytes, &location.file.to_string_lossy())?;
    Some(beginning).filter(Warned::is_text)
}
