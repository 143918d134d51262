//! A search in the folder: which articles are looked into, in which order, and when hits are handed over.
//!
//! The index says which articles may answer and the scan of each decides, so that both give the same. What
//! the index does not have yet is scanned after it.
//!
//! A key waits for no more than a [screenful](SearchRun::fill) of hits. What is beyond it, further hits and the
//! numbers of all, is worked out [behind](SearchRun::go_on), once no further key comes.

mod article_cache;
pub(super) mod index_map;
mod order;
mod read_ahead;
mod results;
mod session;
mod tally;

use std::sync::Arc;

use self::order::SearchOrder;
use super::folder::scan::Sources;
use super::index::{Index, IndexReader};
use crate::app::protocol::compute::FolderSearch;
use crate::library::{ArticleId, Corrections, SearchScope};
use crate::search::CaseMatching;
pub(super) use article_cache::ArticleCache;
use index_map::{IndexMap, IndexMaps};
use read_ahead::ReadAhead;
pub(super) use results::HandOver;
use results::SearchResults;
use session::{PlaceSet, SearchSession};

/// A question about the folder.
pub(super) struct FolderQuery {
    search: FolderSearch,
    articles: SearchScope,
    corrections: Arc<Corrections>,
}

/// Where a question is asked.
#[derive(Clone, Copy)]
pub(super) struct SearchContext<'h> {
    pub(super) sources: &'h Sources,
    pub(super) index: Option<&'h Index>,
    pub(super) catalogs: &'h IndexMaps,
    pub(super) texts: &'h ArticleCache,
    /// Whether nobody waits for the answer any more.
    pub(super) is_cancelled: &'h (dyn Fn() -> bool + Sync),
}

/// A search under way.
pub(super) struct SearchRun {
    question: FolderQuery,
    catalog: Arc<IndexMap>,
    /// Places in the search scope, and which of them comes next.
    places: Vec<usize>,
    next: usize,
    done: PlaceSet,
    answer: SearchResults,
}

impl FolderQuery {
    /// What the reader typed so far, asked of the articles in the search scope.
    pub(super) fn typing(
        query: &str,
        case: CaseMatching,
        articles: SearchScope,
        corrections: Arc<Corrections>,
    ) -> Self {
        Self {
            search: FolderSearch::typing(query, case),
            articles,
            corrections,
        }
    }

    /// A whole query, asked of the articles in the search scope.
    pub(super) fn whole(
        query: &str,
        case: CaseMatching,
        articles: SearchScope,
        corrections: Arc<Corrections>,
    ) -> Self {
        Self {
            search: FolderSearch::new(query, case),
            articles,
            corrections,
        }
    }

    /// Whether corrections may change the answer; the index knows nothing of them.
    fn is_corrected(&self) -> bool {
        self.search.needs_analysis() && !self.corrections.is_empty()
    }

    /// Makes ready what every search in the search scope needs, before the first letter is typed.
    pub(super) fn prepare(&self, hall: SearchContext<'_>) {
        self.at_desk(hall, &mut |desk| {
            let sample = self.sample(desk);
            self.read_some(&sample, desk, &mut |_| {});
        });
    }

    /// Decides on the order of a search for no more than `most` lines.
    pub(super) fn begin(self, hall: SearchContext<'_>, most: usize) -> SearchRun {
        let mut catalog = None;
        let mut order = SearchOrder::default();
        self.at_desk(hall, &mut |desk| {
            order = self.order(desk);
            catalog = Some(Arc::clone(&desk.catalog));
        });
        let mut answer = SearchResults::new(self.articles.len(), most);
        answer.begin(order.ranking, order.places.len());
        if let Some(tally) = order.tally {
            answer.know(tally);
        }
        SearchRun {
            done: PlaceSet::of(self.articles.len()),
            catalog: catalog.unwrap_or_else(|| hall.catalogs.of(&self.articles, None)),
            places: order.places,
            next: 0,
            answer,
            question: self,
        }
    }

    /// The articles that answer, whatever the scope; nothing when it is cancelled.
    pub(super) fn articles(&self, hall: SearchContext<'_>) -> Option<Vec<ArticleId>> {
        let mut found = Vec::new();
        let mut is_whole = true;
        self.at_desk(hall, &mut |desk| {
            let matching = self.matching(desk);
            // Where the index knows all there is to know, nothing need be read.
            let is_known = matching.is_some() && self.search.plan().is_exact;
            for place in matching.unwrap_or_else(|| self.all(desk)) {
                if (hall.is_cancelled)() {
                    is_whole = false;
                    return;
                }
                match self.articles.get(place) {
                    Some(doc) if is_known && desk.catalog.row(place).is_some() => {
                        found.push(doc.id);
                    }
                    _ => self.read(place, desk, &mut |doc, article| {
                        found.extend(self.search.spans(article).map(|_| doc.id));
                    }),
                }
            }
        });
        is_whole.then_some(found)
    }

    /// Works with the index as it is at one moment, if there is one that answers.
    fn at_desk(&self, hall: SearchContext<'_>, work: &mut dyn FnMut(&mut SearchSession<'_>)) {
        let mut with = |reader: Option<&IndexReader>| {
            let index = hall.index.zip(reader);
            let catalog = hall.catalogs.of(&self.articles, index);
            work(&mut SearchSession::new(
                hall,
                catalog,
                reader,
                self.articles.len(),
            ));
        };
        let asked = hall.index.and_then(|index| {
            index.ask(|reader| {
                let _together = reader.together();
                with(Some(reader));
                Some(())
            })
        });
        if asked.is_none() {
            with(None);
        }
    }
}

impl SearchRun {
    /// Looks for the first hits, so many lines of them, and hands them over.
    pub(super) fn fill(
        &mut self,
        hall: SearchContext<'_>,
        n_lines: usize,
        hand_over: HandOver<'_>,
    ) {
        let is_enough = |answer: &SearchResults| answer.is_full() || answer.has_lines(n_lines);
        if !self.look(hall, &is_enough, hand_over) {
            return;
        }
        if self.has_more() {
            self.answer.give(hand_over);
        } else {
            self.answer.finish(hand_over);
        }
    }

    /// Whether there is something left to look into.
    pub(super) fn has_more(&self) -> bool {
        self.next < self.places.len()
    }

    /// Looks for the further hits, and counts all.
    pub(super) fn go_on(&mut self, hall: SearchContext<'_>, hand_over: HandOver<'_>) {
        if !self.look(hall, &SearchResults::is_full, hand_over) {
            return;
        }
        if self.has_more() && !self.answer.knows_all() {
            self.answer.give(hand_over);
            if let Some(tally) = self.question.tally(hall) {
                self.answer.know(tally);
            }
            // The index may know of all articles and yet not of all hits.
            if !self.answer.knows_all() && !self.look(hall, &|_| false, hand_over) {
                return;
            }
        }
        self.answer.finish(hand_over);
    }

    /// Looks into one article after the other until it is enough; whether it was not cancelled.
    fn look(
        &mut self,
        hall: SearchContext<'_>,
        is_enough: &dyn Fn(&SearchResults) -> bool,
        hand_over: HandOver<'_>,
    ) -> bool {
        let mut work = |reader: Option<&IndexReader>| {
            let mut desk = SearchSession {
                hall,
                catalog: Arc::clone(&self.catalog),
                reader,
                done: std::mem::take(&mut self.done),
                ahead: ReadAhead::default(),
            };
            let mut is_going_on = true;
            while let Some(&place) = self.places.get(self.next)
                && !is_enough(&self.answer)
            {
                is_going_on = !(hall.is_cancelled)();
                if !is_going_on {
                    break;
                }
                let (_, left) = self.places.split_at(self.next);
                self.next += 1;
                let (answer, question) = (&mut self.answer, &self.question);
                if !question.meets(place, &desk.catalog) {
                    answer.skipped();
                    continue;
                }
                question.read_next(left, &mut desk, &mut |doc, article| {
                    if let Some(found) = question.search.look(doc.id, article) {
                        answer.take(found, doc.is_inside);
                    }
                });
                answer.looked(hand_over);
            }
            self.done = desk.done;
            is_going_on
        };
        let asked = hall
            .index
            .and_then(|index| index.ask(|reader| Some(work(Some(reader)))));
        asked.unwrap_or_else(|| work(None))
    }
}

#[cfg(test)]
mod tests;
