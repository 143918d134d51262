//! Turns the effects of the model into tasks: open, analyze, survey, search, compare, count pages.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::open_article::Opener;
use super::speaker_quotes::gather;
use super::{Lane, LatestGeneration, Workers};
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
use crate::shell::folder::sources::Sources;
use crate::shell::folder::survey_jobs::Surveyor;
use crate::shell::folder::survey_queue::Backpressure;
use crate::shell::folder::{scan, watch};
use crate::shell::index::Index;
use crate::shell::search::{
    ArticleCache, FolderQuery, HandOver, IndexMaps, SearchContext, SearchRun, articles_matching,
    warm_up,
};
use crate::text::fold::Folded;

/// How long a window must keep its size before the pages of a long text are counted, and how long a quotation must
/// be selected before it is looked for in other articles.
const SETTLING: Duration = Duration::from_millis(60);

/// How long no key must be pressed before a search finds the remaining hits and counts them.
const TYPING: Duration = Duration::from_millis(150);

/// Runs the effects that take long.
pub(crate) struct Jobs {
    sources: Sources,
    workers: Workers,
    surveyor: Surveyor,
    opener: Opener,
    messages: Sender<Message>,
    paginating: LatestGeneration,
    finding: LatestGeneration,
    searching: LatestGeneration,
    looking_up: LatestGeneration,
    comparing: LatestGeneration,
    gathering: LatestGeneration,
    index_maps: IndexMaps,
    cache: ArticleCache,
    case: CaseMatching,
    corrections: RefCell<Arc<Corrections>>,
    /// How many lines of hits a folder search lists at most.
    max_hits: usize,
}

impl Jobs {
    pub(crate) fn new(sources: Sources, messages: &Sender<Message>, settings: &Settings) -> Self {
        let workers = Workers::new(messages, &sources.gate);
        let surveyor = Surveyor::new(sources.clone(), workers.clone());
        Self {
            opener: Opener::new(&sources, &surveyor, &workers, messages),
            surveyor,
            sources,
            workers,
            messages: messages.clone(),
            paginating: LatestGeneration::default(),
            finding: LatestGeneration::default(),
            searching: LatestGeneration::default(),
            looking_up: LatestGeneration::default(),
            comparing: LatestGeneration::default(),
            gathering: LatestGeneration::default(),
            index_maps: IndexMaps::default(),
            cache: ArticleCache::default(),
            corrections: RefCell::default(),
            case: compute::case(settings.search.case),
            max_hits: settings.search.max_hits.get(),
        }
    }

    /// Sets the corrections that apply from now on.
    pub(crate) fn set_corrections(&self, corrections: Vec<Correction>) {
        self.corrections
            .replace(Arc::new(corrections.into_iter().collect()));
    }

    fn corrections(&self) -> Arc<Corrections> {
        Arc::clone(&self.corrections.borrow())
    }

    /// The limit for surveys on their way to the model.
    pub(crate) fn survey_backpressure(&self) -> Backpressure {
        self.surveyor.backpressure()
    }

    /// The limit for listed files on their way to the model.
    pub(crate) fn listing_backpressure(&self) -> &Backpressure {
        &self.sources.listing
    }

    /// Frees the memory of the index.
    pub(crate) fn release_memory(&self) {
        self.surveyor.release_memory();
    }

    /// Starts to watch the folder.
    pub(crate) fn watch(&self) {
        watch::start(self.sources.clone(), &self.messages);
    }

    /// Starts the task for an effect.
    pub(crate) fn start(&self, effect: Effect) {
        match effect {
            Effect::Open {
                generation,
                article,
                location,
            } => self.opener.open(generation, article, location),
            Effect::Analyze {
                generation,
                document,
            } => self.opener.analyze(generation, document),
            Effect::Survey(articles) => self.surveyor.survey(&articles),
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
                let query = FolderQuery::typing(&query, self.case, articles, self.corrections());
                self.find_in_folder(generation, query, screenful);
            }
            Effect::PrepareSearch(articles) => self.prepare_search(articles),
            Effect::Group {
                generation,
                duplicates,
            } => self.group(generation, duplicates),
            Effect::Trace(generation, fingerprints, duplicates) => {
                self.trace(generation, fingerprints, duplicates);
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
            Effect::Rescan => scan::rescan(&self.sources, &self.messages),
            Effect::Check => scan::check(&self.sources, &self.messages),
            Effect::Keep(library) => self.keep(*library),
            _ => {}
        }
    }

    /// Groups articles that are nearly the same.
    fn group(&self, generation: u64, duplicates: DuplicateIndex) {
        self.workers.run(Lane::Compare, move |messages| {
            let groups = duplicates.near_duplicates();
            let _ = messages.send(Message::Grouped { generation, groups });
        });
    }

    /// Lists the folder, and reads the article that is likely to be opened first: the one that was read last.
    pub(crate) fn begin(&self, read_last: Option<&String>) {
        let last = read_last.map(|location| Location::parse(location));
        let last_file = last.clone();
        if let Some(first) = last.or_else(|| self.sources.only_file()) {
            self.opener.read_ahead(first);
        }
        scan::begin(&self.sources, last_file, &self.messages);
    }

    /// Writes the image of the library, if this program is the one that writes the index.
    fn keep(&self, library: Library) {
        let sources = self.sources.clone();
        self.workers.run(Lane::Survey, move |messages| {
            let is_kept = sources.index.get().is_some_and(Index::is_kept);
            let image = sources.image().filter(|_| is_kept);
            // Without an image the next session builds the library from the index.
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

    /// Finds words in an article.
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

    /// Finds the articles that match saved searches, on a thread of its own because it may take long.
    fn look_up(&self, generation: u64, queries: Vec<(String, String)>, articles: SearchScope) {
        self.looking_up.set(generation);
        let (latest, messages) = (self.looking_up.clone(), self.messages.clone());
        let (sources, case) = (self.sources.clone(), self.case);
        let (index_maps, cache) = (self.index_maps.clone(), self.cache.clone());
        let corrections = self.corrections();
        let look_up = move || {
            let is_cancelled = || !latest.is(generation);
            let context = SearchContext::new(&sources, &index_maps, &cache, &is_cancelled);
            for (name, query) in queries {
                let query =
                    FolderQuery::whole(&query, case, articles.clone(), Arc::clone(&corrections));
                let Some(articles) = articles_matching(&query, context) else {
                    return;
                };
                let found = vec![(name, articles)];
                let _ = messages.send(Message::LookedUp { generation, found });
            }
        };
        // Without the thread the saved searches are listed without their numbers.
        let _ = std::thread::Builder::new()
            .name("saved".into())
            .spawn(look_up);
    }

    /// Finds the articles that may quote the same words, once a quotation has been selected for a while.
    fn trace(&self, generation: u64, fingerprints: Vec<u32>, duplicates: DuplicateIndex) {
        self.comparing.set(generation);
        let latest = self.comparing.clone();
        self.workers.run(Lane::Compare, move |messages| {
            // A held key selects many quotations for a moment each.
            if latest.is(generation) {
                std::thread::sleep(SETTLING);
            }
            if latest.is(generation) {
                let articles = duplicates.with_fingerprints(&fingerprints);
                let _ = messages.send(Message::Traced(generation, articles));
            }
        });
    }

    /// Compares a quotation with those in other articles, as long as it is selected.
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

    /// Collects the quotations of a speaker.
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

    /// Searches the folder: first for a screenful of hits, then, once no further key is pressed, for the rest.
    fn find_in_folder(&self, generation: u64, query: FolderQuery, screenful: usize) {
        self.searching.set(generation);
        let (max_lines, workers) = (self.max_hits, self.workers.clone());
        let job = SearchJob {
            generation,
            latest: self.searching.clone(),
            sources: self.sources.clone(),
            index_maps: self.index_maps.clone(),
            cache: self.cache.clone(),
        };
        self.workers.run(Lane::Search, move |messages| {
            let run = job.run(messages, |context, hand_over| {
                let mut run = SearchRun::begin(query, context, max_lines);
                run.fill(context, screenful, hand_over);
                run
            });
            let Some(mut run) = run.filter(SearchRun::has_more) else {
                return;
            };
            workers.run(Lane::Count, move |messages| {
                if job.is_wanted() {
                    std::thread::sleep(TYPING);
                }
                job.run(messages, |context, hand_over| {
                    run.finish(context, hand_over);
                });
            });
        });
    }

    /// Loads what searches need before the first letter is typed.
    fn prepare_search(&self, articles: SearchScope) {
        let query = FolderQuery::typing("", self.case, articles, self.corrections());
        let job = SearchJob {
            generation: 0,
            latest: LatestGeneration::default(),
            sources: self.sources.clone(),
            index_maps: self.index_maps.clone(),
            cache: self.cache.clone(),
        };
        self.workers.run(Lane::Search, move |messages| {
            job.run(messages, |context, _| warm_up(&query, context));
        });
    }
}

/// What a folder search needs in the background.
struct SearchJob {
    generation: u64,
    latest: LatestGeneration,
    sources: Sources,
    index_maps: IndexMaps,
    cache: ArticleCache,
}

impl SearchJob {
    fn is_wanted(&self) -> bool {
        self.latest.is(self.generation)
    }

    /// Does a part of a search, unless nobody waits for the result any more.
    fn run<T>(
        &self,
        messages: &Sender<Message>,
        work: impl FnOnce(SearchContext<'_>, HandOver<'_>) -> T,
    ) -> Option<T> {
        if !self.is_wanted() {
            return None;
        }
        let mut hand_over = |found, progress, counts| {
            let _ = messages.send(Message::FolderFound {
                generation: self.generation,
                found,
                progress,
                counts,
            });
        };
        let is_cancelled = || !self.is_wanted();
        let context =
            SearchContext::new(&self.sources, &self.index_maps, &self.cache, &is_cancelled);
        Some(work(context, &mut hand_over))
    }
}
