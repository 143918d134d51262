//! Reading the articles of a search: from the cache, from the index, or from their files.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::article_cache::CachedArticle;
use super::context::SearchContext;
use super::index_map::IndexMap;
use super::query::FolderQuery;
use super::read_ahead::{ReadAhead, read_ahead};
use crate::analysis::{Analysis, analyze};
use crate::app::protocol::compute::FoldedArticle;
use crate::document;
use crate::library::{ArticleId, Location, SearchDoc};
use crate::search::{SearchedArticle, record};
use crate::shell::index::{Fingerprint, IndexReader};

/// Receives an article that was read.
pub(super) type TakeArticle<'t> = &'t mut dyn FnMut(&SearchDoc, &SearchedArticle<'_>);

/// A query that is being asked, with a connection to the index.
pub(super) struct SearchSession<'s> {
    pub(super) context: SearchContext<'s>,
    pub(super) query: &'s FolderQuery,
    pub(super) map: Arc<IndexMap>,
    pub(super) reader: Option<&'s IndexReader>,
    /// Which places were read.
    pub(super) done: PlaceSet,
    ahead: ReadAhead,
}

/// A set of places in the scope.
#[derive(Default)]
pub(super) struct PlaceSet(Vec<bool>);

impl PlaceSet {
    /// An empty set of places below `n_articles`.
    pub(super) fn of(n_articles: usize) -> Self {
        Self(vec![false; n_articles])
    }

    pub(super) fn has(&self, place: usize) -> bool {
        self.0[place]
    }

    /// Adds a place. Returns whether it is new.
    pub(super) fn insert(&mut self, place: usize) -> bool {
        !std::mem::replace(&mut self.0[place], true)
    }
}

/// A file that is read for a search.
struct OpenedFile<'o> {
    location: &'o Location,
    /// The path it is shown with.
    shown: &'o str,
    /// Its fingerprint before it was read.
    before: Option<Fingerprint>,
}

impl<'s> SearchSession<'s> {
    pub(super) fn new(
        context: SearchContext<'s>,
        query: &'s FolderQuery,
        map: Arc<IndexMap>,
        reader: Option<&'s IndexReader>,
        done: PlaceSet,
    ) -> Self {
        Self {
            context,
            query,
            map,
            reader,
            done,
            ahead: ReadAhead::default(),
        }
    }

    /// Calls `work` with a session that sees the index as it is now, or none if there is no index.
    pub(super) fn with<T>(
        context: SearchContext<'_>,
        query: &FolderQuery,
        work: &mut dyn FnMut(&mut SearchSession<'_>) -> T,
    ) -> T {
        let n_articles = query.articles.len();
        let mut with = |reader: Option<&IndexReader>| {
            let index = context.index.zip(reader);
            let map = context.index_maps.of(&query.articles, index);
            let done = PlaceSet::of(n_articles);
            work(&mut SearchSession::new(context, query, map, reader, done))
        };
        let index = context.index;
        let answered = index.and_then(|index| {
            index.ask(|reader| {
                let _snapshot = reader.snapshot();
                Some(with(Some(reader)))
            })
        });
        match answered {
            Some(result) => result,
            None => with(None),
        }
    }

    /// Reads the first of `places`. Once many articles had to be read from their files, also reads the following
    /// ones ahead, on all cores.
    pub(super) fn read_next(&mut self, places: &[usize], take: TakeArticle<'_>) {
        if let Some(size) = self.ahead.next_size() {
            let is_unread = |place: &usize| !self.done.has(*place);
            let places = places.iter().copied().take(size).filter(is_unread);
            let places: Vec<usize> = places.collect();
            read_ahead(self.query, &places, self.context, &self.map);
        }
        if let Some(&place) = places.first() {
            self.read(place, take);
        }
    }

    /// Reads an article unless it was read before. When its file has to be opened, all other articles in that file
    /// are read too.
    pub(super) fn read(&mut self, place: usize, take: TakeArticle<'_>) {
        if !self.done.insert(place) {
            return;
        }
        let doc = self.query.doc(place);
        let (location, shown) = self.query.articles.located(doc);
        let file = OpenedFile {
            location: &location,
            shown: shown.path(&location.file),
            before: Fingerprint::at(&location.file),
        };
        match self.without_file(doc.id, &location, file.before) {
            Some(article) => self.hand_over(doc, &file, &article, take),
            None => self.read_file(place, &file, take),
        }
    }

    /// Reads some articles even if they were read before. Returns how many could be read.
    pub(super) fn read_sample(
        &mut self,
        places: &[usize],
        take: &mut dyn FnMut(&SearchedArticle<'_>),
    ) -> usize {
        let none = PlaceSet::of(self.query.articles.len());
        let done = std::mem::replace(&mut self.done, none);
        let mut n_read = 0;
        for &place in places {
            self.read(place, &mut |_, article| {
                take(article);
                n_read += 1;
            });
        }
        self.done = done;
        n_read
    }

    /// The article from the cache, or from the index if extracting it from its file is expensive.
    fn without_file(
        &self,
        id: ArticleId,
        location: &Location,
        now: Option<Fingerprint>,
    ) -> Option<Arc<CachedArticle>> {
        let now = now?;
        if let Some(cached) = self.context.cache.get(id, now) {
            return Some(cached);
        }
        if document::holds_one(&location.file.to_string_lossy()) {
            return None;
        }
        let reader = self.reader?;
        let row = reader.row(location, now)?;
        let text = FoldedArticle::of(reader.document(row)?.value);
        let article = Arc::new(CachedArticle::new(text, Some(now)));
        self.context.cache.put(id, Arc::clone(&article));
        Some(article)
    }

    fn read_file(&mut self, place: usize, file: &OpenedFile<'_>, take: TakeArticle<'_>) {
        self.ahead.count_read();
        let sources = self.context.sources;
        let Ok(bytes) = sources.read(&file.location.file) else {
            return;
        };
        let beside = self.map.beside(place, self.query.doc(place));
        let place_of_part: BTreeMap<u32, usize> = beside
            .into_iter()
            .map(|place| (self.query.doc(place).part, place))
            .collect();
        let name = file.location.file.to_string_lossy();
        let mut part = 0;
        let _ = sources.options.reader.each(bytes, &name, &mut |document| {
            if let Some(&at) = place_of_part.get(&part)
                && (at == place || self.done.insert(at))
            {
                let doc = self.query.doc(at);
                let article = Arc::new(CachedArticle::new(
                    FoldedArticle::of(document.value),
                    file.before,
                ));
                self.context.cache.put(doc.id, Arc::clone(&article));
                self.hand_over(doc, file, &article, take);
            }
            part += 1;
            ControlFlow::Continue(())
        });
    }

    /// Hands over an article, analyzed and corrected if the query needs that.
    fn hand_over(
        &self,
        doc: &SearchDoc,
        file: &OpenedFile<'_>,
        article: &CachedArticle,
        take: TakeArticle<'_>,
    ) {
        let searched = |analysis| article.text.searched(file.shown, analysis);
        if !self.query.search.needs_analysis() {
            return take(doc, &searched(None));
        }
        let document = &article.text.document;
        let location = || Location {
            part: doc.part,
            ..file.location.clone()
        };
        let analysis =
            article
                .analysis
                .get_or_init(|| match self.indexed_analysis(&location(), article) {
                    Some(analysis) => analysis,
                    None => analyze(document),
                });
        if self.query.corrections.is_empty() {
            return take(doc, &searched(Some(analysis)));
        }
        let key = location().key(document.meta.id.as_deref());
        match self.query.corrections.applied(&key, document, analysis) {
            Some(corrected) => take(doc, &searched(Some(&corrected))),
            None => take(doc, &searched(Some(analysis))),
        }
    }

    /// The analysis in the index, if the file has not changed since.
    fn indexed_analysis(&self, location: &Location, article: &CachedArticle) -> Option<Analysis> {
        let reader = self.reader?;
        let row = reader.row(location, article.before()?)?;
        let analysis = reader.analysis(row)?;
        record::fits(&analysis, &article.text.document.text).then_some(analysis)
    }
}
