//! Which articles a search scans, and in which order.
//!
//! A small result set is ranked by relevance. A word that a fifth of all articles contain does not help to rank
//! them, and nobody looks for the best among thousands: there, articles with the words in their title come
//! first and the rest follow from the newest to the oldest.
//!
//! For a prefix, the index collects every article that has a word with it before it returns the first one. So a
//! prefix that is common in a sample is left to the scan: the newest articles will contain it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::session::{PlaceSet, SearchSession};
use super::tally::{Tally, tally_of};
use crate::app::protocol::answers::HitOrder;
use crate::search::plan::{PlanCandidates, WordPrefix};

/// If more than a fifth of the articles match, ranking them by the index is not worth the time.
const COMMON_SHARE: usize = 5;
/// A prefix counts as common if more than an eighth of the sample contains it.
const COMMON_PREFIX_SHARE: usize = 8;
/// How many articles are sampled to see whether a prefix is common.
const SAMPLE_SIZE: usize = 48;
/// How many rows are read between two checks for cancellation.
const CHECK_EVERY: usize = 1024;

/// What to scan.
#[derive(Default)]
pub(super) struct SearchOrder {
    /// Places in the scope.
    pub(super) places: Vec<usize>,
    pub(super) ranking: HitOrder,
    /// The totals, where the index gives them at once.
    pub(super) tally: Option<Tally>,
}

impl SearchOrder {
    fn of(places: Vec<usize>) -> Self {
        Self {
            places,
            ..Self::default()
        }
    }
}

/// The prefixes of a query that occur in many articles.
#[derive(Default)]
struct CommonPrefixes<'q> {
    prefixes: Vec<&'q WordPrefix>,
    /// Whether most articles contain one of them. Then it means little in a title, and the index takes long.
    any_in_most: bool,
}

impl CommonPrefixes<'_> {
    fn has(&self, prefix: &WordPrefix) -> bool {
        self.prefixes.contains(&prefix)
    }
}

/// The rows that the index has for an expression.
enum IndexMatches {
    All(Vec<i64>),
    /// A large share of all articles.
    Most,
    /// The index could not be read.
    Unknown,
}

/// Decides what to scan, and in which order.
pub(super) fn search_order(session: &mut SearchSession<'_>) -> SearchOrder {
    let query = session.query;
    let plan = query.search.plan();
    if plan.candidates == PlanCandidates::None {
        return SearchOrder::default();
    }
    if query.is_corrected() || session.reader.is_none() {
        return SearchOrder::of(all(session));
    }
    let common = common_prefixes(session);
    let Some(expression) = plan.expression(&|prefix| common.has(prefix)) else {
        let order = SearchOrder::of(all(session));
        return titles_first(order, &common, session);
    };
    match index_matches(&expression, session) {
        IndexMatches::All(rows) => {
            let order = order_of_rows(&rows, &common, session);
            let tally = if common.prefixes.is_empty() {
                tally_of(&rows, session)
            } else {
                None
            };
            SearchOrder { tally, ..order }
        }
        IndexMatches::Most => titles_first(SearchOrder::of(all(session)), &common, session),
        IndexMatches::Unknown => SearchOrder::of(all(session)),
    }
}

/// Every article, the newest first.
pub(super) fn all(session: &SearchSession<'_>) -> Vec<usize> {
    match session.query.search.plan().candidates {
        PlanCandidates::None => Vec::new(),
        _ => session.map.newest().collect(),
    }
}

/// The articles that match according to the index, the newest first, followed by those that are not in the
/// index. `None` when the index does not narrow the query down.
pub(super) fn matching(session: &SearchSession<'_>) -> Option<Vec<usize>> {
    let PlanCandidates::Matching(expression) = &session.query.search.plan().candidates else {
        return None;
    };
    if session.query.is_corrected() {
        return None;
    }
    let mut rows = Vec::new();
    let could = session.reader?.matching(expression, &mut |row| {
        rows.push(row);
        if rows.len().is_multiple_of(CHECK_EVERY) && (session.context.is_cancelled)() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    could.then(|| newest_of(&rows, session))
}

/// A sample of the indexed articles, spread evenly from the newest to the oldest.
pub(super) fn sample(session: &SearchSession<'_>) -> Vec<usize> {
    let map = &session.map;
    let step = (session.query.articles.len() / SAMPLE_SIZE).max(1);
    let spread = map.newest().step_by(step).take(SAMPLE_SIZE);
    spread.filter(|&place| map.row(place).is_some()).collect()
}

/// The articles of some rows, the newest first, followed by those that are not in the index.
fn newest_of(rows: &[i64], session: &SearchSession<'_>) -> Vec<usize> {
    let mut places = places_of(rows, session);
    places.sort_by_cached_key(|&place| session.map.rank(place));
    places.extend(session.map.not_indexed());
    places
}

/// The places of those rows that meet the conditions beside the words.
fn places_of(rows: &[i64], session: &SearchSession<'_>) -> Vec<usize> {
    let places = rows.iter().filter_map(|&row| session.map.place(row));
    places
        .filter(|&place| session.query.meets(place, &session.map))
        .collect()
}

/// Finds the common prefixes of the query in a sample of the articles.
fn common_prefixes<'q>(session: &mut SearchSession<'q>) -> CommonPrefixes<'q> {
    let query = session.query;
    let prefixes: Vec<&WordPrefix> = query.search.plan().prefixes().collect();
    if prefixes.is_empty() || query.articles.len() <= session.context.limits.ranked {
        return CommonPrefixes::default();
    }
    let sample = sample(session);
    let mut counts = vec![0; prefixes.len()];
    let n_read = session.read_sample(&sample, &mut |article| {
        for (count, prefix) in counts.iter_mut().zip(&prefixes) {
            *count += usize::from(prefix.is_in(article));
        }
    });
    let mut common = CommonPrefixes::default();
    for (prefix, count) in prefixes.into_iter().zip(counts) {
        if count * COMMON_PREFIX_SHARE >= n_read.max(1) {
            common.prefixes.push(prefix);
            common.any_in_most |= count * 2 > n_read;
        }
    }
    common
}

/// The rows for an expression, unless they are a large share of all.
fn index_matches(expression: &str, session: &SearchSession<'_>) -> IndexMatches {
    let Some(reader) = session.reader else {
        return IndexMatches::Unknown;
    };
    let n_articles = session.query.articles.len();
    let max_ranked = session.context.limits.ranked;
    let mut rows: Vec<i64> = Vec::new();
    let mut are_most = false;
    let could = reader.matching(expression, &mut |row| {
        rows.push(row);
        let n_rows = rows.len();
        if n_rows > max_ranked {
            // Rows come in ascending order, so this many were passed so far.
            let n_passed = row.abs_diff(rows[0]) + 1;
            let n_passed = usize::try_from(n_passed).unwrap_or(usize::MAX);
            are_most = n_rows * COMMON_SHARE > n_passed.min(n_articles);
        }
        let is_cancelled = n_rows.is_multiple_of(CHECK_EVERY) && (session.context.is_cancelled)();
        if are_most || is_cancelled {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    match could {
        false => IndexMatches::Unknown,
        true if are_most => IndexMatches::Most,
        true => IndexMatches::All(rows),
    }
}

/// Orders the articles of some rows as suits their number.
fn order_of_rows(
    rows: &[i64],
    common: &CommonPrefixes<'_>,
    session: &SearchSession<'_>,
) -> SearchOrder {
    if rows.len() <= session.context.limits.ranked {
        return best_first(rows, common, session);
    }
    titles_first(SearchOrder::of(newest_of(rows, session)), common, session)
}

/// Ranks few articles by relevance, if any word of the query is rare enough to rank them.
fn best_first(
    rows: &[i64],
    common: &CommonPrefixes<'_>,
    session: &SearchSession<'_>,
) -> SearchOrder {
    let (query, map) = (session.query, &session.map);
    let mut places = places_of(rows, session);
    let scores = if places.len() * COMMON_SHARE <= query.articles.len() {
        scores(rows, common, session)
    } else {
        HashMap::new()
    };
    places.sort_by_cached_key(|&place| {
        let row = map.row(place);
        let score = row.and_then(|row| scores.get(&row));
        // An article without a score comes after all that have one.
        let score = (score.is_none(), score.copied());
        (Reverse(query.doc(place).is_inside), score, map.rank(place))
    });
    places.extend(map.not_indexed());
    let order = SearchOrder::of(places);
    if scores.is_empty() {
        return titles_first(order, common, session);
    }
    SearchOrder {
        ranking: HitOrder::Best,
        ..order
    }
}

/// How well articles match, lower being better, by those words of the query that are not common.
fn scores(
    rows: &[i64],
    common: &CommonPrefixes<'_>,
    session: &SearchSession<'_>,
) -> HashMap<i64, i64> {
    let mut scores = HashMap::new();
    let Some(reader) = session.reader else {
        return scores;
    };
    let wanted: HashSet<i64> = rows.iter().copied().collect();
    let parts = &session.query.search.plan().parts;
    for part in parts {
        // The index would collect every article with a common prefix before it returned one.
        let is_common = part.prefixes.iter().any(|prefix| common.has(prefix));
        if is_common || parts.len() > 1 && !is_rare(&part.expression, session) {
            continue;
        }
        let _ = reader.scores(&part.expression, &mut |row, score| {
            if wanted.contains(&row) {
                *scores.entry(row).or_insert(0) += score;
            }
        });
    }
    scores
}

/// Moves articles with the words in their title to the front, unless there are too many of them.
fn titles_first(
    order: SearchOrder,
    common: &CommonPrefixes<'_>,
    session: &SearchSession<'_>,
) -> SearchOrder {
    if common.any_in_most {
        return order;
    }
    let query = session.query;
    let (Some(expression), Some(reader)) = (&query.search.plan().in_title, session.reader) else {
        return order;
    };
    let max_ranked = session.context.limits.ranked;
    let mut rows = Vec::new();
    let could = reader.matching(expression, &mut |row| {
        rows.push(row);
        if rows.len() > max_ranked {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    if !could || rows.len() > max_ranked || rows.is_empty() {
        return order;
    }
    let mut titled = PlaceSet::of(query.articles.len());
    for place in places_of(&rows, session) {
        if query.doc(place).is_inside {
            titled.insert(place);
        }
    }
    let (mut places, others): (Vec<usize>, Vec<usize>) =
        order.places.iter().partition(|&&place| titled.has(place));
    places.extend(others);
    SearchOrder { places, ..order }
}

/// Whether few articles match.
fn is_rare(expression: &str, session: &SearchSession<'_>) -> bool {
    let Some(reader) = session.reader else {
        return false;
    };
    let max_rows = session.context.limits.ranked * 2;
    let mut n_rows = 0;
    let could = reader.matching(expression, &mut |_| {
        n_rows += 1;
        if n_rows > max_rows {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    could && n_rows <= max_rows
}
