//! Questions of the model that threads answer: read, analyze, look into, search, count pages.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::gathered::Gathered;
use super::scan::Sources;
use super::search::Question;
use super::watch;
use super::worker::{Lane, Latest, Workers};
use crate::analysis::analyze;
use crate::app::answers;
use crate::app::article::Content;
use crate::app::effect::Effect;
use crate::app::find::Wanted;
use crate::app::hits::Shelf;
use crate::app::message::Message;
use crate::document::{self, Document, Warned};
use crate::layout::{Measure, Shape, paginate};
use crate::library::{ArticleId, Location, Survey};
use crate::search::Case;
use crate::text::fold::Folded;

/// Longer files are shown by their beginning first.
const LONG_FILE_BYTES: u64 = 1_000_000;
/// Longer texts are shown before they are analyzed.
const LONG_TEXT_BYTES: usize = 100_000;
/// How long a window must keep its size before the pages of a long text are counted.
const SETTLING: Duration = Duration::from_millis(60);

/// Answers questions.
pub(super) struct Questions {
    sources: Sources,
    workers: Workers,
    messages: Sender<Message>,
    opening: Latest,
    paginating: Latest,
    finding: Latest,
    searching: Latest,
    case: Case,
}

impl Questions {
    pub(super) fn new(sources: Sources, messages: &Sender<Message>, case: Case) -> Self {
        Self {
            sources,
            workers: Workers::new(messages),
            messages: messages.clone(),
            opening: Latest::default(),
            paginating: Latest::default(),
            finding: Latest::default(),
            searching: Latest::default(),
            case,
        }
    }

    /// Starts to follow changes of the folder.
    pub(super) fn watch(&self) {
        watch::start(self.sources.clone(), &self.messages);
    }

    /// Hands a question to the thread that answers it.
    pub(super) fn ask(&self, question: Effect) {
        match question {
            Effect::Open {
                generation,
                article,
                location,
            } => {
                self.open(generation, article, location);
            }
            Effect::Analyze {
                generation,
                document,
            } => self.analyze(generation, document),
            Effect::Survey(articles) => self.survey(&articles),
            Effect::Paginate {
                generation,
                document,
                measure,
                shape,
            } => self.paginate(generation, document, measure, shape),
            Effect::Find {
                generation,
                content,
                folded,
                wanted,
            } => self.find(generation, content, folded, wanted),
            Effect::FindInFolder {
                generation,
                query,
                articles,
            } => self.find_in_folder(generation, &query, articles),
            Effect::StopSearch => self.searching.set(0),
            Effect::Rescan => self.sources.scan(&self.messages),
            _ => {}
        }
    }

    /// Reads an article. A long file is shown by its beginning first, a long text before its analysis.
    fn open(&self, generation: u64, article: ArticleId, location: Location) {
        self.opening.set(generation);
        let (latest, sources) = (self.opening.clone(), self.sources.clone());
        self.workers.run(Lane::Front, move |messages| {
            if !latest.is(generation) {
                return;
            }
            let opened = |document, analysis, is_partial| {
                let content = Arc::new(Content {
                    document,
                    analysis,
                    is_partial,
                });
                messages.send(Message::Opened {
                    generation,
                    article,
                    content,
                })
            };
            let name = location.file.to_string_lossy().into_owned();
            if let Some(bytes) = sources.read_beginning(&location.file, LONG_FILE_BYTES) {
                let beginning = document::peek(&bytes, &name);
                if let Some(beginning) = beginning.filter(Warned::is_text) {
                    let _ = opened(Arc::new(beginning), None, true);
                }
            }
            let document = match read(&sources, &location) {
                Ok(document) => Arc::new(document),
                Err(problem) => {
                    let _ = messages.send(Message::OpenFailed {
                        generation,
                        article,
                        problem,
                    });
                    return;
                }
            };
            if document.value.text.len() <= LONG_TEXT_BYTES {
                let analysis = Arc::new(analyze(&document.value));
                let _ = opened(document, Some(analysis), false);
                return;
            }
            let _ = opened(document, None, false);
        });
    }

    /// Analyzes a long text on a thread of its own, so that other articles can be opened meanwhile.
    fn analyze(&self, generation: u64, document: Arc<Warned<Document>>) {
        let (latest, messages) = (self.opening.clone(), self.messages.clone());
        let analyze_behind = move || {
            if latest.is(generation) {
                let analysis = Arc::new(analyze(&document.value));
                let survey = Box::new(Survey::of(&document.value, &analysis));
                let _ = messages.send(Message::Analyzed {
                    generation,
                    analysis,
                    survey,
                });
            }
        };
        // Without the thread the article is never analyzed; it can still be read.
        let _ = std::thread::Builder::new()
            .name("analysis".into())
            .spawn(analyze_behind);
    }

    /// Looks into files in batches, so that all cores have work and lists grow steadily.
    fn survey(&self, articles: &[(ArticleId, Location)]) {
        let size = (articles.len() / 64).clamp(16, 512);
        let gathered = Arc::new(Gathered::new(&self.messages));
        for batch in articles.chunks(size) {
            let (batch, sources) = (batch.to_vec(), self.sources.clone());
            let gathered = Arc::clone(&gathered);
            self.workers.run(Lane::Back, move |_| {
                let look = |(id, location): (ArticleId, Location)| {
                    let bytes = sources.read(&location.file);
                    let surveys = bytes.and_then(|bytes| answers::survey(bytes, &location.file));
                    (id, surveys)
                };
                gathered.add(batch.into_iter().map(look).collect());
            });
        }
    }

    /// Counts the pages of a long text once the window keeps its size.
    fn paginate(
        &self,
        generation: u64,
        document: Arc<Warned<Document>>,
        measure: Measure,
        shape: Shape,
    ) {
        self.paginating.set(generation);
        let latest = self.paginating.clone();
        self.workers.run(Lane::Pages, move |messages| {
            std::thread::sleep(SETTLING);
            let mut is_cancelled = || !latest.is(generation);
            if let Some(pages) = paginate(&document.value, &measure, shape, &mut is_cancelled) {
                let _ = messages.send(Message::Paginated { generation, pages });
            }
        });
    }

    /// Looks for words in an article.
    fn find(&self, generation: u64, content: Content, folded: Option<Arc<Folded>>, wanted: Wanted) {
        self.finding.set(generation);
        let (latest, case) = (self.finding.clone(), self.case);
        self.workers.run(Lane::Middle, move |messages| {
            if latest.is(generation) {
                let found = answers::find(&content, folded, &wanted, case);
                let _ = messages.send(found.answers(generation));
            }
        });
    }

    /// Looks for words in the folder.
    fn find_in_folder(&self, generation: u64, query: &str, articles: Shelf) {
        self.searching.set(generation);
        let question = Question::new(query, self.case, articles);
        let (latest, sources) = (self.searching.clone(), self.sources.clone());
        self.workers.run(Lane::Middle, move |messages| {
            let mut hand_over = |found, progress| {
                let _ = messages.send(Message::FolderFound {
                    generation,
                    found,
                    progress,
                });
            };
            question.answer(&sources, &|| !latest.is(generation), &mut hand_over);
        });
    }
}

fn read(sources: &Sources, location: &Location) -> Result<Warned<Document>, String> {
    answers::read(sources.read(&location.file)?, location)
}
