//! Questions of the model that threads answer: read, analyze, look into, search, count pages.

use std::cell::RefCell;
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::catalog::Catalogs;
use super::files;
use super::gather::gather;
use super::index::Fingerprint;
use super::looking::{Looking, Stored};
use super::scan::Sources;
use super::search::{Hall, HandOver, Question, Search, Texts};
use super::surveys::Room;
use super::watch;
use super::worker::{Lane, Latest, Workers};
use crate::analysis::{Analysis, analyze};
use crate::app::answers;
use crate::app::article::Content;
use crate::app::effect::Effect;
use crate::app::find::Wanted;
use crate::app::hits::Shelf;
use crate::app::message::Message;
use crate::app::said::Asked;
use crate::config::Settings;
use crate::document::{self, Document, Warned};
use crate::layout::{Measure, Shape, paginate};
use crate::library::{ArticleId, Correction, Corrections, Location, Survey, groups};
use crate::search::{Case, Quoted};
use crate::text::fold::Folded;

/// Longer files are shown by their beginning first.
const LONG_FILE_BYTES: u64 = 1_000_000;
/// Longer texts are shown before they are analyzed.
const LONG_TEXT_BYTES: usize = 100_000;
/// How long a window must keep its size before the pages of a long text are counted.
const SETTLING: Duration = Duration::from_millis(60);

/// How long no key must come before further hits are looked for and all are counted.
const TYPING: Duration = Duration::from_millis(150);

/// The long text that was read last: for which question, from which file, as that was before.
type ReadLast = (u64, Arc<Path>, Option<Fingerprint>);

/// Answers questions.
pub(super) struct Questions {
    sources: Sources,
    workers: Workers,
    looking: Looking,
    read_last: Arc<Mutex<Option<ReadLast>>>,
    messages: Sender<Message>,
    opening: Latest,
    paginating: Latest,
    finding: Latest,
    searching: Latest,
    looking_up: Latest,
    comparing: Latest,
    gathering: Latest,
    catalogs: Catalogs,
    texts: Texts,
    case: Case,
    corrections: RefCell<Arc<Corrections>>,
    /// The most lines of hits of a search in the folder.
    max_hits: usize,
}

impl Questions {
    pub(super) fn new(sources: Sources, messages: &Sender<Message>, settings: &Settings) -> Self {
        let workers = Workers::new(messages);
        Self {
            looking: Looking::new(sources.clone(), workers.clone()),
            sources,
            workers,
            read_last: Arc::default(),
            messages: messages.clone(),
            opening: Latest::default(),
            paginating: Latest::default(),
            finding: Latest::default(),
            searching: Latest::default(),
            looking_up: Latest::default(),
            comparing: Latest::default(),
            gathering: Latest::default(),
            catalogs: Catalogs::default(),
            texts: Texts::default(),
            corrections: RefCell::default(),
            case: answers::case(settings.search.case),
            max_hits: settings.search.max_hits.get(),
        }
    }

    /// Lays other corrections over what searches from now on find.
    pub(super) fn correct(&self, corrections: Vec<Correction>) {
        self.corrections
            .replace(Arc::new(corrections.into_iter().collect()));
    }

    fn corrections(&self) -> Arc<Corrections> {
        Arc::clone(&self.corrections.borrow())
    }

    /// The room for what looks into files told, on its way to the model.
    pub(super) fn room(&self) -> Room {
        self.looking.room()
    }

    /// The room for files that are listed, on their way to the model.
    pub(super) fn listing_room(&self) -> &Room {
        &self.sources.room
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
            Effect::Survey(articles) => self.looking.survey(&articles),
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
                screenful,
            } => {
                let question = Question::typing(&query, self.case, articles, self.corrections());
                self.find_in_folder(generation, question, screenful);
            }
            Effect::PrepareSearch(articles) => self.prepare_search(articles),
            Effect::Group {
                generation,
                signatures,
            } => self.workers.run(Lane::Compare, move |messages| {
                let groups = groups(&signatures);
                let _ = messages.send(Message::Grouped { generation, groups });
            }),
            Effect::LookUp {
                generation,
                queries,
                articles,
            } => self.look_up(generation, queries, articles),
            Effect::Compare {
                generation,
                quoted,
                articles,
            } => self.compare(generation, quoted, articles),
            Effect::Gather { generation, asked } => self.gather(generation, asked),
            Effect::StopSearch => self.searching.set(0),
            Effect::Rescan => self.sources.scan(&self.messages),
            _ => {}
        }
    }

    /// Reads an article. A long file is shown by its beginning first, a long text before its analysis, unless
    /// the index has that.
    fn open(&self, generation: u64, article: ArticleId, location: Location) {
        self.opening.set(generation);
        self.looking.show(&location.file);
        let (latest, sources) = (self.opening.clone(), self.sources.clone());
        let (looking, read_last) = (self.looking.clone(), Arc::clone(&self.read_last));
        self.workers.run(Lane::Front, move |messages| {
            if !latest.is(generation) {
                return;
            }
            let file_time = files::file_time(&location.file);
            let opened = |document: Arc<Warned<Document>>, analysis: Option<Arc<_>>, is_partial| {
                let of = |analysis: &Arc<_>| survey_of(&document, analysis, &location.file);
                let survey = analysis.as_ref().map(of);
                let content = Arc::new(Content {
                    document,
                    analysis,
                    is_partial,
                    file_time,
                });
                messages.send(Message::Opened {
                    generation,
                    article,
                    content,
                    survey,
                })
            };
            if let Some(beginning) = beginning(&sources, &location) {
                let _ = opened(Arc::new(beginning), None, true);
            }
            let before = Fingerprint::at(&location.file);
            let mut stored = Stored::of(&location, before, &sources.index);
            let document = match stored.document.take() {
                Some(document) => Ok(document),
                None => read(&sources, &location),
            };
            let document = match document {
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
            if let Some(analysis) = stored.analysis_of(&document.value) {
                let _ = opened(document, Some(Arc::new(analysis)), false);
            } else if document.value.text.len() <= LONG_TEXT_BYTES {
                let analysis = Arc::new(analyze(&document.value));
                let _ = opened(Arc::clone(&document), Some(Arc::clone(&analysis)), false);
                looking.keep(&location.file, before, document, analysis);
            } else {
                let mut last = read_last.lock().unwrap_or_else(PoisonError::into_inner);
                *last = Some((generation, Arc::clone(&location.file), before));
                let _ = opened(document, None, false);
            }
        });
    }

    /// Analyzes a long text on a thread of its own, so that other articles can be opened meanwhile.
    fn analyze(&self, generation: u64, document: Arc<Warned<Document>>) {
        let (latest, messages) = (self.opening.clone(), self.messages.clone());
        let (looking, read_last) = (self.looking.clone(), Arc::clone(&self.read_last));
        let analyze_behind = move || {
            if !latest.is(generation) {
                return;
            }
            let analysis = Arc::new(analyze(&document.value));
            let last = read_last
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take_if(|(of, ..)| *of == generation);
            let Some((_, file, before)) = last else {
                return;
            };
            let survey = survey_of(&document, &analysis, &file);
            let _ = messages.send(Message::Analyzed {
                generation,
                analysis: Arc::clone(&analysis),
                survey,
            });
            looking.keep(&file, before, document, analysis);
        };
        // Without the thread the article is never analyzed; it can still be read.
        let _ = std::thread::Builder::new()
            .name("analysis".into())
            .spawn(analyze_behind);
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

    /// Looks up which articles answer saved searches, on a thread of its own: it may take long.
    fn look_up(&self, generation: u64, queries: Vec<(String, String)>, articles: Shelf) {
        self.looking_up.set(generation);
        let (latest, messages) = (self.looking_up.clone(), self.messages.clone());
        let (sources, case) = (self.sources.clone(), self.case);
        let (catalogs, texts) = (self.catalogs.clone(), self.texts.clone());
        let corrections = self.corrections();
        let look_up = move || {
            let is_cancelled = || !latest.is(generation);
            let hall = Hall {
                sources: &sources,
                index: sources.index.at_hand(),
                catalogs: &catalogs,
                texts: &texts,
                is_cancelled: &is_cancelled,
            };
            for (name, query) in queries {
                let question = Question::whole(
                    &query,
                    case,
                    Arc::clone(&articles),
                    Arc::clone(&corrections),
                );
                let Some(articles) = question.articles(hall) else {
                    return;
                };
                let found = vec![(name, articles)];
                let _ = messages.send(Message::LookedUp { generation, found });
            }
        };
        // Without the thread the numbers of the saved searches stay unknown.
        let _ = std::thread::Builder::new()
            .name("saved".into())
            .spawn(look_up);
    }

    /// Compares a quotation with those of other articles, as long as one stays at it.
    fn compare(&self, generation: u64, quoted: Quoted, articles: Vec<(ArticleId, Location)>) {
        self.comparing.set(generation);
        let (latest, sources) = (self.comparing.clone(), self.sources.clone());
        self.workers.run(Lane::Compare, move |messages| {
            let mut echoes = Vec::new();
            for (id, location) in articles {
                if !latest.is(generation) {
                    return;
                }
                if let Ok(document) = read(&sources, &location) {
                    echoes.extend(answers::echo(&quoted, id, &document.value));
                }
            }
            let _ = messages.send(Message::Compared { generation, echoes });
        });
    }

    /// Gathers what somebody said.
    fn gather(&self, generation: u64, asked: Vec<Asked>) {
        self.gathering.set(generation);
        let (latest, sources) = (self.gathering.clone(), self.sources.clone());
        let corrections = self.corrections();
        self.workers.run(Lane::Compare, move |messages| {
            let is_cancelled = || !latest.is(generation);
            let mut hand_over = |quotes, is_done| {
                let _ = messages.send(Message::Gathered(generation, quotes, is_done));
            };
            gather(
                &asked,
                &sources,
                &corrections,
                &is_cancelled,
                &mut hand_over,
            );
        });
    }

    /// Looks for words in the folder: first for what shows, and once no further key comes for the rest.
    fn find_in_folder(&self, generation: u64, question: Question, screenful: usize) {
        self.searching.set(generation);
        let (most, workers) = (self.max_hits, self.workers.clone());
        let behind = Behind {
            generation,
            latest: self.searching.clone(),
            sources: self.sources.clone(),
            catalogs: self.catalogs.clone(),
            texts: self.texts.clone(),
        };
        self.workers.run(Lane::Middle, move |messages| {
            let (mut question, mut search) = (Some(question), None);
            behind.search(messages, &mut |hall, hand_over| {
                let begun = question.take().map(|question| question.begin(hall, most));
                if let Some(search) = begun.map(|begun| search.insert(begun)) {
                    search.fill(hall, screenful, hand_over);
                }
            });
            let Some(mut search) = search.filter(Search::has_more) else {
                return;
            };
            workers.run(Lane::Count, move |messages| {
                if behind.is_wanted() {
                    std::thread::sleep(TYPING);
                }
                behind.search(messages, &mut |hall, hand_over| {
                    search.go_on(hall, hand_over);
                });
            });
        });
    }

    /// Makes ready what searches need.
    fn prepare_search(&self, articles: Shelf) {
        let question = Question::typing("", self.case, articles, self.corrections());
        let behind = Behind {
            generation: 0,
            latest: Latest::default(),
            sources: self.sources.clone(),
            catalogs: self.catalogs.clone(),
            texts: self.texts.clone(),
        };
        self.workers.run(Lane::Middle, move |messages| {
            behind.search(messages, &mut |hall, _| question.prepare(hall));
        });
    }
}

/// What a search works with behind the loop.
struct Behind {
    generation: u64,
    latest: Latest,
    sources: Sources,
    catalogs: Catalogs,
    texts: Texts,
}

impl Behind {
    fn is_wanted(&self) -> bool {
        self.latest.is(self.generation)
    }

    /// Does a part of a search, unless nobody waits for it any more.
    fn search(&self, messages: &Sender<Message>, work: &mut dyn FnMut(Hall<'_>, HandOver<'_>)) {
        if !self.is_wanted() {
            return;
        }
        let mut hand_over = |found, progress, counts| {
            let _ = messages.send(Message::FolderFound {
                generation: self.generation,
                found,
                progress,
                counts,
            });
        };
        let hall = Hall {
            sources: &self.sources,
            index: self.sources.index.at_hand(),
            catalogs: &self.catalogs,
            texts: &self.texts,
            is_cancelled: &|| !self.is_wanted(),
        };
        work(hall, &mut hand_over);
    }
}

/// What the lists tell about an article.
fn survey_of(document: &Warned<Document>, analysis: &Analysis, file: &Path) -> Box<Survey> {
    let mut survey = Survey::of(&document.value, analysis);
    survey.file_time = files::file_time(file);
    Box::new(survey)
}

/// The beginning of an article in a long file.
fn beginning(sources: &Sources, location: &Location) -> Option<Warned<Document>> {
    let bytes = sources.read_beginning(&location.file, LONG_FILE_BYTES)?;
    let beginning = document::peek(&bytes, &location.file.to_string_lossy())?;
    Some(beginning).filter(Warned::is_text)
}

fn read(sources: &Sources, location: &Location) -> Result<Warned<Document>, String> {
    let bytes = sources.read(&location.file)?;
    answers::read(&sources.choice.reader, bytes, location)
}
