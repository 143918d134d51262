//! Which articles a search looks into, and in which order.
//!
//! Where few come into question, those first that answer best. A word that stands in a fifth of all articles
//! says nothing about any of them, and among thousands nobody looks for the best: then those first that have
//! the words in their title, and after them the newest.
//!
//! The index gathers all articles with words that begin as typed before it names the first, so a
//! beginning that is common in a sample of the articles is not asked for: the newest articles have it.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::FolderQuery;
use super::index_map::IndexMap;
use super::session::{PlaceSet, SearchSession};
use super::tally::Tally;
use crate::app::protocol::answers::HitOrder;
use crate::search::plan::{PlanCandidates, WordPrefix};
use crate::shell::index::day_number;

/// More articles than this are not put in an order of their own.
const FEW: usize = if cfg!(test) { 20 } else { 2_000 };
/// A query that so large a part of the articles answers needs no index.
const COMMON_PART: usize = 5;
/// Nor does the beginning of a word in so large a part of them.
const COMMON_BEGUN_PART: usize = 8;
/// How many articles tell whether a beginning is common.
const SAMPLE: usize = 48;
/// How many rows are read between two looks at whether the search goes on.
const STEP: usize = 1024;

/// What is looked into.
#[derive(Default)]
pub(super) struct SearchOrder {
    /// Places in the search scope.
    pub(super) places: Vec<usize>,
    pub(super) ranking: HitOrder,
    /// The numbers of all, as far as the index tells them at once.
    pub(super) tally: Option<Tally>,
}

/// The beginnings of words in a query that are common.
#[derive(Default)]
struct CommonPrefixes<'q> {
    begun: Vec<&'q WordPrefix>,
    /// Whether one of them is in most articles: then it says nothing in a title either, and to ask for it takes long.
    says_nothing: bool,
}

impl CommonPrefixes<'_> {
    fn has(&self, begun: &WordPrefix) -> bool {
        self.begun.contains(&begun)
    }
}

/// The articles that the index has for a query.
enum IndexMatches {
    /// These.
    All(Vec<i64>),
    /// A good part of all articles.
    Most,
    /// It cannot tell.
    Unknown,
}

impl FolderQuery {
    /// What is looked into, in which order.
    pub(super) fn order(&self, desk: &mut SearchSession<'_>) -> SearchOrder {
        let plan = self.search.plan();
        if plan.candidates == PlanCandidates::None {
            return SearchOrder::default();
        }
        if self.is_corrected() || desk.reader.is_none() {
            return self.newest_first(desk);
        }
        let common = self.common(desk);
        let Some(expression) = plan.expression(&|begun| common.has(begun)) else {
            let order = self.newest_first(desk);
            return self.titles_first(order, &common, desk);
        };
        match self.rows(&expression, desk) {
            IndexMatches::All(rows) => {
                let order = self.among(&rows, &common, desk);
                let tally = common
                    .begun
                    .is_empty()
                    .then(|| self.tally_of(&rows, desk))
                    .flatten();
                SearchOrder { tally, ..order }
            }
            IndexMatches::Most => self.titles_first(self.newest_first(desk), &common, desk),
            IndexMatches::Unknown => self.newest_first(desk),
        }
    }

    /// Every article, the newest first.
    pub(super) fn all(&self, desk: &SearchSession<'_>) -> Vec<usize> {
        match self.search.plan().candidates {
            PlanCandidates::None => Vec::new(),
            _ => desk.catalog.newest().collect(),
        }
    }

    fn newest_first(&self, desk: &SearchSession<'_>) -> SearchOrder {
        SearchOrder {
            places: self.all(desk),
            ..SearchOrder::default()
        }
    }

    /// The articles that may answer as far as the index knows, the newest first, and then those it does not
    /// know; nothing when the index cannot tell.
    pub(super) fn matching(&self, desk: &SearchSession<'_>) -> Option<Vec<usize>> {
        let PlanCandidates::Matching(expression) = &self.search.plan().candidates else {
            return None;
        };
        if self.is_corrected() {
            return None;
        }
        let mut rows = Vec::new();
        let can_tell = desk.reader?.matching(expression, &mut |row| {
            rows.push(row);
            if rows.len().is_multiple_of(STEP) && (desk.hall.is_cancelled)() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        can_tell.then(|| self.newest_of(&rows, desk))
    }

    /// The places of some rows, the newest first, and those that the index does not know.
    fn newest_of(&self, rows: &[i64], desk: &SearchSession<'_>) -> Vec<usize> {
        let mut places = self.places_of(rows, desk);
        places.sort_by_cached_key(|&place| desk.catalog.rank(place));
        places.extend(desk.catalog.unknown());
        places
    }

    fn places_of(&self, rows: &[i64], desk: &SearchSession<'_>) -> Vec<usize> {
        let places = rows.iter().filter_map(|&row| desk.catalog.place(row));
        places
            .filter(|&place| self.meets(place, &desk.catalog))
            .collect()
    }

    /// Whether an article meets the conditions beside the words, as far as is known. Of an article that the
    /// index has that is for certain.
    pub(super) fn meets(&self, place: usize, catalog: &IndexMap) -> bool {
        let Some(doc) = self.articles.get(place) else {
            return false;
        };
        let plan = self.search.plan();
        let (from, until) = (plan.from.map(day_number), plan.until.map(day_number));
        if from.is_some() || until.is_some() {
            let is_known = catalog.row(place).is_some();
            let published = doc.published.map(|published| day_number(published.date()));
            let day = if is_known {
                catalog.day(place)
            } else {
                published
            };
            let Some(day) = day else { return !is_known };
            if from.is_some_and(|from| day < from) || until.is_some_and(|until| day >= until) {
                return false;
            }
        }
        plan.paths.is_empty() || plan.has_path(catalog.path(place))
    }

    /// The beginnings of words that a good part of the articles has.
    fn common(&self, desk: &mut SearchSession<'_>) -> CommonPrefixes<'_> {
        let begun: Vec<&WordPrefix> = self.search.plan().begun().collect();
        if begun.is_empty() || self.articles.len() <= FEW {
            return CommonPrefixes::default();
        }
        let sample = self.sample(desk);
        let mut counts = vec![0; begun.len()];
        let n_read = self.read_some(&sample, desk, &mut |article| {
            for (count, begun) in counts.iter_mut().zip(&begun) {
                *count += usize::from(begun.is_in(article));
            }
        });
        let mut common = CommonPrefixes::default();
        for (begun, count) in begun.into_iter().zip(counts) {
            if count * COMMON_BEGUN_PART >= n_read.max(1) {
                common.begun.push(begun);
                common.says_nothing |= count * 2 > n_read;
            }
        }
        common
    }

    /// Places from the newest to the oldest that the index knows.
    pub(super) fn sample(&self, desk: &SearchSession<'_>) -> Vec<usize> {
        let step = (self.articles.len() / SAMPLE).max(1);
        let spread = desk.catalog.newest().step_by(step).take(SAMPLE);
        spread
            .filter(|&place| desk.catalog.row(place).is_some())
            .collect()
    }

    /// The rows of an expression, unless they are a good part of all.
    fn rows(&self, expression: &str, desk: &SearchSession<'_>) -> IndexMatches {
        let Some(reader) = desk.reader else {
            return IndexMatches::Unknown;
        };
        let mut rows: Vec<i64> = Vec::new();
        let mut are_most = false;
        let can_tell = reader.matching(expression, &mut |row| {
            rows.push(row);
            let n_rows = rows.len();
            if n_rows > FEW {
                let n_passed = row.abs_diff(rows.first().copied().unwrap_or(row)) + 1;
                let n_passed = usize::try_from(n_passed).unwrap_or(usize::MAX);
                are_most = n_rows * COMMON_PART > n_passed.min(self.articles.len());
            }
            let is_cancelled = n_rows.is_multiple_of(STEP) && (desk.hall.is_cancelled)();
            if are_most || is_cancelled {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        match can_tell {
            false => IndexMatches::Unknown,
            true if are_most => IndexMatches::Most,
            true => IndexMatches::All(rows),
        }
    }

    /// Some of the articles in the order that suits their number.
    fn among(
        &self,
        rows: &[i64],
        common: &CommonPrefixes<'_>,
        desk: &SearchSession<'_>,
    ) -> SearchOrder {
        if rows.len() <= FEW {
            return self.best_first(rows, common, desk);
        }
        let places = self.newest_of(rows, desk);
        let order = SearchOrder {
            places,
            ..SearchOrder::default()
        };
        self.titles_first(order, common, desk)
    }

    /// Few articles: those first that answer best, as far as some words of the query say anything.
    fn best_first(
        &self,
        rows: &[i64],
        common: &CommonPrefixes<'_>,
        desk: &SearchSession<'_>,
    ) -> SearchOrder {
        let mut places = self.places_of(rows, desk);
        let says_something = places.len() * COMMON_PART <= self.articles.len();
        let scores = says_something.then(|| self.scores(rows, common, desk));
        let scores = scores.unwrap_or_default();
        let is_ranked = !scores.is_empty();
        places.sort_by_cached_key(|&place| {
            let is_inside = self.articles.get(place).is_some_and(|doc| doc.is_inside);
            let score = desk.catalog.row(place).and_then(|row| scores.get(&row));
            let score = score.copied().unwrap_or(i64::MAX);
            (!is_inside, score, desk.catalog.rank(place))
        });
        places.extend(desk.catalog.unknown());
        let order = SearchOrder {
            places,
            ..SearchOrder::default()
        };
        if is_ranked {
            SearchOrder {
                ranking: HitOrder::Best,
                ..order
            }
        } else {
            self.titles_first(order, common, desk)
        }
    }

    /// How well articles answer, lower being better, by those words of the query that are not common.
    fn scores(
        &self,
        rows: &[i64],
        common: &CommonPrefixes<'_>,
        desk: &SearchSession<'_>,
    ) -> HashMap<i64, i64> {
        let mut scores = HashMap::new();
        let Some(reader) = desk.reader else {
            return scores;
        };
        let wanted: HashSet<i64> = rows.iter().copied().collect();
        let parts = &self.search.plan().parts;
        for part in parts {
            // What is known to be common is not asked for: the index would gather all of it first.
            let is_common = part.begun.iter().any(|begun| common.has(begun));
            if is_common || parts.len() > 1 && !is_rare(&part.expression, desk) {
                continue;
            }
            let _ = reader.best(&part.expression, &mut |row, score| {
                if wanted.contains(&row) {
                    *scores.entry(row).or_insert(0) += score;
                }
            });
        }
        scores
    }

    /// Puts those first that have the words in their title, when these are not too many to say anything.
    fn titles_first(
        &self,
        order: SearchOrder,
        common: &CommonPrefixes<'_>,
        desk: &SearchSession<'_>,
    ) -> SearchOrder {
        if common.says_nothing {
            return order;
        }
        let (Some(expression), Some(reader)) = (&self.search.plan().in_title, desk.reader) else {
            return order;
        };
        let mut rows = Vec::new();
        let can_tell = reader.matching(expression, &mut |row| {
            rows.push(row);
            if rows.len() > FEW {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if !can_tell || rows.len() > FEW || rows.is_empty() {
            return order;
        }
        let is_inside = |place: &usize| {
            let doc = self.articles.get(*place);
            doc.is_some_and(|doc| doc.is_inside)
        };
        let mut titled = PlaceSet::of(self.articles.len());
        for place in self.places_of(&rows, desk).into_iter().filter(is_inside) {
            titled.insert(place);
        }
        let (mut places, others): (Vec<usize>, Vec<usize>) =
            order.places.iter().partition(|&&place| titled.has(place));
        places.extend(others);
        SearchOrder { places, ..order }
    }
}

/// Whether not many articles match.
fn is_rare(expression: &str, desk: &SearchSession<'_>) -> bool {
    let mut n_rows = 0;
    let can_tell = desk.reader.is_some_and(|reader| {
        reader.matching(expression, &mut |_| {
            n_rows += 1;
            if n_rows > FEW * 2 {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
    });
    can_tell && n_rows <= FEW * 2
}
