//! Questions of the model that threads answer: read, analyze, look into, search, count pages.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::open_article::Opener;
use super::speaker_quotes::gather;
use super::{Lane, Latest, Workers};
use crate::app::protocol::answers::FolderMemory;
use crate::app::protocol::compute;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::message::Message;
use crate::app::protocol::questions::{FindQuery, QuotingArticle};
use crate::app::reading::content::Content;
use crate::config::Settings;
use crate::document::{Document, Warned};
use crate::layout::{Measure, PageShape, paginate};
use crate::library::{
    ArticleId, Correction, Corrections, DuplicateIndex, Library, Location, SearchScope,
};
use crate::search::{CaseMatching, QuotedWords};
use crate::shell::folder::scan::Sources;
use crate::shell::folder::survey_jobs::Surveyor;
use crate::shell::folder::survey_queue::Backpressure;
use crate::shell::folder::watch;
use crate::shell::index::Index;
use crate::shell::search::index_map::IndexMaps;
use crate::shell::search::{ArticleCache, FolderQuery, HandOver, SearchContext, SearchRun};
use crate::text::fold::Folded;

/// How long a window must keep its size before the pages of a long text are counted, and how long one must stay at a
/// quotation before it is looked for elsewhere.
const SETTLING: Duration = Duration::from_millis(60);

/// How long no key must come before further hits are looked for and all are counted.
const TYPING: Duration = Duration::from_millis(150);

/// Answers questions.
pub(crate) struct Jobs {
    sources: Sources,
    workers: Workers,
    looking: Surveyor,
    opener: Opener,
    messages: Sender<Message>,
    paginating: Latest,
    finding: Latest,
    searching: Latest,
    looking_up: Latest,
    comparing: Latest,
    gathering: Latest,
    catalogs: IndexMaps,
    texts: ArticleCache,
    case: CaseMatching,
    corrections: RefCell<Arc<Corrections>>,
    /// The most lines of hits of a search in the folder.
    max_hits: usize,
}

impl Jobs {
    pub(crate) fn new(sources: Sources, messages: &Sender<Message>, settings: &Settings) -> Self {
        let workers = Workers::new(messages, &sources.precedence);
        let looking = Surveyor::new(sources.clone(), workers.clone());
        Self {
            opener: Opener::new(&sources, &looking, &workers, messages),
            looking,
            sources,
            workers,
            messages: messages.clone(),
            paginating: Latest::default(),
            finding: Latest::default(),
            searching: Latest::default(),
            looking_up: Latest::default(),
            comparing: Latest::default(),
            gathering: Latest::default(),
            catalogs: IndexMaps::default(),
            texts: ArticleCache::default(),
            corrections: RefCell::default(),
            case: compute::case(settings.search.case),
            max_hits: settings.search.max_hits.get(),
        }
    }

    /// Lays other corrections over what searches from now on find.
    pub(crate) fn correct(&self, corrections: Vec<Correction>) {
        self.corrections
            .replace(Arc::new(corrections.into_iter().collect()));
    }

    fn corrections(&self) -> Arc<Corrections> {
        Arc::clone(&self.corrections.borrow())
    }

    /// The room for what looks into files told, on its way to the model.
    pub(crate) fn room(&self) -> Backpressure {
        self.looking.room()
    }

    /// The room for files that are listed, on their way to the model.
    pub(crate) fn listing_room(&self) -> &Backpressure {
        &self.sources.room
    }

    /// Gives back what it took to look into the folder.
    pub(crate) fn rest(&self) {
        self.looking.rest();
    }

    /// Starts to follow changes of the folder.
    pub(crate) fn watch(&self) {
        watch::start(self.sources.clone(), &self.messages);
    }

    /// Hands a question to the thread that answers it.
    pub(crate) fn ask(&self, question: Effect) {
        match question {
            Effect::Open {
                generation,
                article,
                location,
            } => self.opener.open(generation, article, location),
            Effect::Analyze {
                generation,
                document,
            } => self.opener.analyze(generation, document),
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
                let question = FolderQuery::typing(&query, self.case, articles, self.corrections());
                self.find_in_folder(generation, question, screenful);
            }
            Effect::PrepareSearch(articles) => self.prepare_search(articles),
            Effect::Group {
                generation,
                duplicates,
            } => {
                self.workers.run(Lane::Compare, move |messages| {
                    let groups = duplicates.near_duplicates();
                    let _ = messages.send(Message::Grouped { generation, groups });
                });
            }
            Effect::Trace(generation, fingerprints, duplicates) => {
                self.trace(generation, fingerprints, duplicates)
            }
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
            Effect::Check => self.sources.check(&self.messages),
            Effect::Keep(library) => self.keep(*library),
            _ => {}
        }
    }

    /// Lists the folder, and reads the article that is likely to be asked for first: the one read last.
    pub(crate) fn begin(&self, read_last: Option<&String>) {
        let last = read_last.map(|location| Location::parse(location));
        let last_file = last.clone();
        if let Some(first) = last.or_else(|| self.sources.only_file()) {
            self.opener.read_ahead(first);
        }
        self.sources.begin(last_file, &self.messages);
    }

    /// Keeps what is known of the folder, if this program is the one that keeps the index.
    fn keep(&self, library: Library) {
        let sources = self.sources.clone();
        self.workers.run(Lane::Survey, move |messages| {
            let is_kept = sources.index.at_hand().is_some_and(Index::is_kept);
            let image = sources.image().filter(|_| is_kept);
            // What cannot be written is worked out again the next time.
            let stored = image.and_then(|image| image.write(library).ok());
            let _ = messages.send(Message::Memory(FolderMemory::Kept(stored)));
        });
    }

    /// Counts the pages of a long text once the window keeps its size.
    fn paginate(
        &self,
        generation: u64,
        document: Arc<Warned<Document>>,
        measure: Measure,
        shape: PageShape,
    ) {
        self.paginating.set(generation);
        let latest = self.paginating.clone();
        self.workers.run(Lane::Paginate, move |messages| {
            std::thread::sleep(SETTLING);
            let mut is_cancelled = || !latest.is(generation);
            if let Some(pages) = paginate(&document.value, &measure, shape, &mut is_cancelled) {
                let _ = messages.send(Message::Paginated { generation, pages });
            }
        });
    }

    /// Looks for words in an article.
    fn find(
        &self,
        generation: u64,
        content: Content,
        folded: Option<Arc<Folded>>,
        wanted: FindQuery,
    ) {
        self.finding.set(generation);
        let (latest, case) = (self.finding.clone(), self.case);
        self.workers.run(Lane::Search, move |messages| {
            if latest.is(generation) {
                let found = compute::find(&content, folded, &wanted, case);
                let _ = messages.send(found.answers(generation));
            }
        });
    }

    /// Looks up which articles answer saved searches, on a thread of its own: it may take long.
    fn look_up(&self, generation: u64, queries: Vec<(String, String)>, articles: SearchScope) {
        self.looking_up.set(generation);
        let (latest, messages) = (self.looking_up.clone(), self.messages.clone());
        let (sources, case) = (self.sources.clone(), self.case);
        let (catalogs, texts) = (self.catalogs.clone(), self.texts.clone());
        let corrections = self.corrections();
        let look_up = move || {
            let is_cancelled = || !latest.is(generation);
            let hall = SearchContext {
                sources: &sources,
                index: sources.index.at_hand(),
                catalogs: &catalogs,
                texts: &texts,
                is_cancelled: &is_cancelled,
            };
            for (name, query) in queries {
                let question =
                    FolderQuery::whole(&query, case, articles.clone(), Arc::clone(&corrections));
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

    /// Looks up which articles may quote the same words, as long as one stays at them.
    fn trace(&self, generation: u64, fingerprints: Vec<u32>, duplicates: DuplicateIndex) {
        self.comparing.set(generation);
        let latest = self.comparing.clone();
        self.workers.run(Lane::Compare, move |messages| {
            // Who holds a key passes many quotations.
            if latest.is(generation) {
                std::thread::sleep(SETTLING);
            }
            if latest.is(generation) {
                let articles = duplicates.with_fingerprints(&fingerprints);
                let _ = messages.send(Message::Traced(generation, articles));
            }
        });
    }

    /// Compares a quotation with those of other articles, as long as one stays at it.
    fn compare(&self, generation: u64, quoted: QuotedWords, articles: Vec<(ArticleId, Location)>) {
        self.comparing.set(generation);
        let (latest, sources) = (self.comparing.clone(), self.sources.clone());
        self.workers.run(Lane::Compare, move |messages| {
            let mut echoes = Vec::new();
            for (id, location) in articles {
                if !latest.is(generation) {
                    return;
                }
                if let Ok(document) = sources.article(&location) {
                    echoes.extend(compute::echo(&quoted, id, &document.value));
                }
            }
            let _ = messages.send(Message::Compared { generation, echoes });
        });
    }

    /// Gathers what somebody said.
    fn gather(&self, generation: u64, asked: Vec<QuotingArticle>) {
        self.gathering.set(generation);
        let (latest, sources) = (self.gathering.clone(), self.sources.clone());
        let corrections = self.corrections();
        self.workers.run(Lane::Gather, move |messages| {
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
    fn find_in_folder(&self, generation: u64, question: FolderQuery, screenful: usize) {
        self.searching.set(generation);
        let (most, workers) = (self.max_hits, self.workers.clone());
        let behind = SearchJob {
            generation,
            latest: self.searching.clone(),
            sources: self.sources.clone(),
            catalogs: self.catalogs.clone(),
            texts: self.texts.clone(),
        };
        self.workers.run(Lane::Search, move |messages| {
            let (mut question, mut search) = (Some(question), None);
            behind.search(messages, &mut |hall, hand_over| {
                let begun = question.take().map(|question| question.begin(hall, most));
                if let Some(search) = begun.map(|begun| search.insert(begun)) {
                    search.fill(hall, screenful, hand_over);
                }
            });
            let Some(mut search) = search.filter(SearchRun::has_more) else {
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
    fn prepare_search(&self, articles: SearchScope) {
        let question = FolderQuery::typing("", self.case, articles, self.corrections());
        let behind = SearchJob {
            generation: 0,
            latest: Latest::default(),
            sources: self.sources.clone(),
            catalogs: self.catalogs.clone(),
            texts: self.texts.clone(),
        };
        self.workers.run(Lane::Search, move |messages| {
            behind.search(messages, &mut |hall, _| question.prepare(hall));
        });
    }
}

/// What a search works with behind the loop.
struct SearchJob {
    generation: u64,
    latest: Latest,
    sources: Sources,
    catalogs: IndexMaps,
    texts: ArticleCache,
}

impl SearchJob {
    fn is_wanted(&self) -> bool {
        self.latest.is(self.generation)
    }

    /// Does a part of a search, unless nobody waits for it any more.
    fn search(
        &self,
        messages: &Sender<Message>,
        work: &mut dyn FnMut(SearchContext<'_>, HandOver<'_>),
    ) {
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
        let hall = SearchContext {
            sources: &self.sources,
            index: self.sources.index.at_hand(),
            catalogs: &self.catalogs,
            texts: &self.texts,
            is_cancelled: &|| !self.is_wanted(),
        };
        work(hall, &mut hand_over);
    }
}
