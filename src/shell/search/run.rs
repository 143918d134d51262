//! One search from the first hit to the last count.

use std::sync::Arc;

use super::context::SearchContext;
use super::index_map::IndexMap;
use super::order::{self, search_order};
use super::query::FolderQuery;
use super::results::{HandOver, SearchResults};
use super::session::{PlaceSet, SearchSession};
use super::tally::tally;
use crate::library::ArticleId;
use crate::shell::index::IndexReader;

/// A search under way.
pub(crate) struct SearchRun {
    query: FolderQuery,
    map: Arc<IndexMap>,
    /// The places to scan, in order.
    places: Vec<usize>,
    /// How many of them were scanned.
    n_scanned: usize,
    done: PlaceSet,
    results: SearchResults,
}

impl SearchRun {
    /// Decides on the order of a search that lists at most `max_lines` lines.
    pub(crate) fn begin(query: FolderQuery, context: SearchContext<'_>, max_lines: usize) -> Self {
        let (order, map) = SearchSession::with(context, &query, &mut |session| {
            (search_order(session), Arc::clone(&session.map))
        });
        let n_articles = query.articles.len();
        let mut results = SearchResults::new(n_articles, max_lines);
        results.set_order(order.ranking, order.places.len());
        if let Some(totals) = order.tally {
            results.set_totals(totals);
        }
        Self {
            query,
            map,
            places: order.places,
            n_scanned: 0,
            done: PlaceSet::of(n_articles),
            results,
        }
    }

    /// Finds the first `n_lines` lines of hits and hands them over.
    pub(crate) fn fill(
        &mut self,
        context: SearchContext<'_>,
        n_lines: usize,
        hand_over: HandOver<'_>,
    ) {
        let is_enough = |results: &SearchResults| results.is_full() || results.has_lines(n_lines);
        if !self.scan_until(context, &is_enough, hand_over) {
            return;
        }
        if self.has_more() {
            self.results.hand_over(hand_over);
        } else {
            self.results.finish(hand_over);
        }
    }

    /// Whether there are articles left to scan.
    pub(crate) fn has_more(&self) -> bool {
        self.n_scanned < self.places.len()
    }

    /// Finds the remaining hits and counts all matches.
    pub(crate) fn finish(&mut self, context: SearchContext<'_>, hand_over: HandOver<'_>) {
        if !self.scan_until(context, &SearchResults::is_full, hand_over) {
            return;
        }
        if self.has_more() && !self.results.has_totals() {
            self.results.hand_over(hand_over);
            if let Some(totals) = tally(&self.query, context) {
                self.results.set_totals(totals);
            }
            // The index may know the number of articles without knowing the number of hits.
            if !self.results.has_totals() && !self.scan_until(context, &|_| false, hand_over) {
                return;
            }
        }
        self.results.finish(hand_over);
    }

    /// Scans one article after another until `is_enough`. Returns false when it was cancelled.
    fn scan_until(
        &mut self,
        context: SearchContext<'_>,
        is_enough: &dyn Fn(&SearchResults) -> bool,
        hand_over: HandOver<'_>,
    ) -> bool {
        let mut scan = |reader: Option<&IndexReader>| {
            let done = std::mem::take(&mut self.done);
            let map = Arc::clone(&self.map);
            let mut session = SearchSession::new(context, &self.query, map, reader, done);
            let mut is_cancelled = false;
            while self.n_scanned < self.places.len() && !is_enough(&self.results) {
                is_cancelled = (context.is_cancelled)();
                if is_cancelled {
                    break;
                }
                let left = &self.places[self.n_scanned..];
                self.n_scanned += 1;
                if !self.query.meets(left[0], &session.map) {
                    self.results.skipped();
                    continue;
                }
                let results = &mut self.results;
                session.read_next(left, &mut |doc, article| {
                    if let Some(found) = self.query.search.look(doc.id, article) {
                        results.add(found, doc.is_inside);
                    }
                });
                self.results.scanned(hand_over);
            }
            self.done = session.done;
            !is_cancelled
        };
        let index = context.index;
        let answered = index.and_then(|index| index.ask(|reader| Some(scan(Some(reader)))));
        match answered {
            Some(was_completed) => was_completed,
            None => scan(None),
        }
    }
}

/// The articles for which a query holds, inside the scope and outside; `None` when it was cancelled.
pub(crate) fn articles_matching(
    query: &FolderQuery,
    context: SearchContext<'_>,
) -> Option<Vec<ArticleId>> {
    SearchSession::with(context, query, &mut |session| {
        let mut found = Vec::new();
        let from_index = order::matching(session);
        // Where the index decides, no article has to be read.
        let index_decides = from_index.is_some() && query.search.plan().is_exact;
        let places = match from_index {
            Some(places) => places,
            None => order::all(session),
        };
        for place in places {
            if (context.is_cancelled)() {
                return None;
            }
            if index_decides && session.map.row(place).is_some() {
                found.push(query.doc(place).id);
            } else {
                session.read(place, &mut |doc, article| {
                    found.extend(query.search.spans(article).map(|_| doc.id));
                });
            }
        }
        Some(found)
    })
}

/// Loads what every search needs before the first letter is typed.
pub(crate) fn warm_up(query: &FolderQuery, context: SearchContext<'_>) {
    SearchSession::with(context, query, &mut |session| {
        let sample = order::sample(session);
        session.read_sample(&sample, &mut |_| {});
    });
}
