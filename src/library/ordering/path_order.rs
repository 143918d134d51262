//! All articles in the order of their paths.
//!
//! Comparing paths is slow, so it is done once. The position of an article in this order is a
//! number that breaks ties in every other order.

use std::cmp::Ordering;
use std::ops::Range;

use super::natural::{natural_cmp, natural_cmp_bytes};
use crate::library::articles::id::ArticleId;
use crate::library::articles::table::ArticleTable;

/// The articles that were added so far, including those that are gone, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub(crate) struct PathOrder {
    articles: Vec<ArticleId>,
    /// By article, its index in `articles`.
    positions: Vec<u32>,
}

/// The position of an article that is not in the order yet.
const LAST: u32 = u32::MAX;

impl PathOrder {
    /// The position of an article.
    pub(crate) fn position(&self, id: ArticleId) -> u32 {
        match self.positions.get(id.index()) {
            Some(position) => *position,
            None => LAST,
        }
    }

    /// The article at a position.
    pub(crate) fn at(&self, position: u32) -> Option<ArticleId> {
        self.articles.get(position as usize).copied()
    }

    /// All articles in order.
    pub(crate) fn articles(&self) -> &[ArticleId] {
        &self.articles
    }

    /// Whether all articles of the table are in the order.
    pub(crate) fn is_complete(&self, table: &ArticleTable) -> bool {
        self.articles.len() == table.len()
    }

    /// Adds the articles that are not in the order yet.
    pub(crate) fn update(&mut self, table: &ArticleTable) {
        if self.is_complete(table) {
            return;
        }
        let new: Vec<ArticleId> = table.ids().skip(self.articles.len()).collect();
        // Files are mostly found in this order.
        let new = if are_sorted(table, &new) {
            new
        } else {
            sorted(table, new)
        };
        self.merge(&new, table);
    }

    /// Merges articles that are already in order among themselves.
    fn merge(&mut self, new: &[ArticleId], table: &ArticleTable) {
        let old = std::mem::take(&mut self.articles);
        let mut rest = old.as_slice();
        let mut merged = Vec::with_capacity(old.len() + new.len());
        for id in new {
            let is_before = |other: ArticleId| compare(table, other, *id).is_lt();
            let (before, after) = rest.split_at(gallop(rest, is_before));
            merged.extend_from_slice(before);
            merged.push(*id);
            rest = after;
        }
        merged.extend_from_slice(rest);
        self.positions = vec![0; merged.len()];
        for (position, id) in (0..).zip(&merged) {
            self.positions[id.index()] = position;
        }
        self.articles = merged;
    }
}

/// Like `partition_point`, but fast when the result is near the start or at the end, as it mostly is.
fn gallop(articles: &[ArticleId], holds: impl Fn(ArticleId) -> bool) -> usize {
    let Some(last) = articles.last() else {
        return 0;
    };
    if holds(*last) {
        return articles.len();
    }
    let mut end = 1;
    while end < articles.len() && holds(articles[end - 1]) {
        end *= 2;
    }
    let between = end / 2..end.min(articles.len());
    between.start + articles[between].partition_point(|id| holds(*id))
}

/// Whether articles are in the order of their paths.
fn are_sorted(table: &ArticleTable, articles: &[ArticleId]) -> bool {
    let keys = articles.iter().map(|id| (table.path(*id), table.part(*id)));
    keys.is_sorted_by(|(a, a_part), (b, b_part)| natural_cmp(a, b).then(a_part.cmp(b_part)).is_le())
}

/// Sorts articles by path. Each path is unpacked once, into one long buffer.
fn sorted(table: &ArticleTable, articles: Vec<ArticleId>) -> Vec<ArticleId> {
    let mut paths = Vec::new();
    let mut keyed = Vec::with_capacity(articles.len());
    for id in articles {
        let start = paths.len();
        paths.extend_from_slice(table.path(id).as_bytes());
        keyed.push((start..paths.len(), table.part(id), id));
    }
    let path = |range: &Range<usize>| &paths[range.clone()];
    // A stable sort is faster on input that is nearly in order.
    keyed.sort_by(|(a, a_part, _), (b, b_part, _)| {
        natural_cmp_bytes(path(a), path(b)).then_with(|| a_part.cmp(b_part))
    });
    keyed.into_iter().map(|(_, _, id)| id).collect()
}

/// Compares two articles by path, then by their number in the file, then by the order they were found.
pub(crate) fn compare(table: &ArticleTable, a: ArticleId, b: ArticleId) -> Ordering {
    let by_path = natural_cmp(&table.path(a), &table.path(b));
    by_path.then_with(|| (table.part(a), a).cmp(&(table.part(b), b)))
}
