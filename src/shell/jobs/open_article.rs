//! Reading the article on screen: before it is opened if possible, and in steps if it is long.

use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

use super::{Lane, LatestGeneration, Workers};
use crate::analysis::{Analysis, analyze};
use crate::app::protocol::message::Message;
use crate::app::reading::content::Content;
use crate::document::{self, Document, Warned};
use crate::library::{ArticleId, Location, PackedSurvey, Survey};
use crate::shell::files;
use crate::shell::folder::sources::Sources;
use crate::shell::folder::survey_jobs::{Stored, Surveyor};
use crate::shell::index::Fingerprint;
use crate::shell::sync::lock;

/// The beginning of a longer file is shown first.
const LONG_FILE_BYTES: u64 = 1_000_000;
/// A longer text is shown before it is analyzed.
const LONG_TEXT_BYTES: usize = 100_000;

/// Reads articles that are opened.
#[derive(Clone)]
pub(crate) struct Opener {
    sources: Sources,
    surveyor: Surveyor,
    workers: Workers,
    messages: Sender<Message>,
    latest: LatestGeneration,
    /// The article that was read before it was opened.
    ahead: Arc<Mutex<Option<(Location, Whole)>>>,
    read_last: Arc<Mutex<Option<ReadLast>>>,
}

/// The long text that was read last: its generation, its file and the fingerprint of that before it was read.
type ReadLast = (u64, Arc<Path>, Option<Fingerprint>);

impl Opener {
    pub(crate) fn new(
        sources: &Sources,
        surveyor: &Surveyor,
        workers: &Workers,
        messages: &Sender<Message>,
    ) -> Self {
        Self {
            sources: sources.clone(),
            surveyor: surveyor.clone(),
            workers: workers.clone(),
            messages: messages.clone(),
            latest: LatestGeneration::default(),
            ahead: Arc::default(),
            read_last: Arc::default(),
        }
    }

    /// Reads the article that will probably be opened once the folder is listed. A long file is left to
    /// [`Self::open`], which shows it in steps.
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

    /// Reads an article. The beginning of a long file is sent first. A long text is sent without its analysis unless
    /// the index has that.
    pub(crate) fn open(&self, generation: u64, article: ArticleId, location: Location) {
        self.latest.set(generation);
        self.surveyor.set_on_screen(&location.file);
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
        let whole = if let Some(whole) = self.take_read_ahead(location) {
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
            self.surveyor.store(file, before, whole.document, analysis);
        }
    }

    /// The article, if it was read ahead and its file has not changed.
    fn take_read_ahead(&self, location: &Location) -> Option<Whole> {
        let (read, whole) = lock(&self.ahead).take()?;
        (read == *location && whole.is_current(location)).then_some(whole)
    }

    /// Analyzes a long text on a thread of its own, so that other articles can be opened meanwhile.
    pub(crate) fn analyze(&self, generation: u64, document: Arc<Warned<Document>>) {
        let opener = self.clone();
        let analyze = move || {
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
            opener.surveyor.store(&file, before, document, analysis);
        };
        // Without the thread the article is never analyzed, but it can be read.
        let _ = std::thread::Builder::new()
            .name("analysis".into())
            .spawn(analyze);
    }
}

/// An article that was read.
struct Whole {
    document: Arc<Warned<Document>>,
    /// `None` for a long text.
    analysis: Option<Arc<Analysis>>,
    /// Whether the index lacks the analysis.
    is_news: bool,
    /// The fingerprint of the file before it was read.
    before: Option<Fingerprint>,
}

impl Whole {
    fn read(sources: &Sources, location: &Location) -> Result<Self, String> {
        let before = Fingerprint::at(&location.file);
        let mut stored = Stored::of(location, before, sources);
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

    /// Whether the file has not changed since.
    fn is_current(&self, location: &Location) -> bool {
        self.before.is_some() && self.before == Fingerprint::at(&location.file)
    }
}

/// The survey of an article, packed for the library.
fn packed_survey_of(document: &Warned<Document>, analysis: &Analysis, file: &Path) -> PackedSurvey {
    let mut survey = Survey::of(&document.value, analysis);
    // QuotingArticle of the file only where nothing else dates an article.
    if survey.published.is_none() {
        survey.file_time = files::file_time(file);
    }
    PackedSurvey::from(survey)
}

/// The beginning of the article in a long file.
fn beginning(sources: &Sources, location: &Location) -> Option<Warned<Document>> {
    let bytes = sources.read_beginning(&location.file, LONG_FILE_BYTES)?;
    let beginning = document::peek(&bytes, &location.file.to_string_lossy())?;
    Some(beginning).filter(Warned::is_text)
}
