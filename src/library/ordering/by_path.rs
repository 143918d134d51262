//! The articles in the order of their paths, worked out once: where an article stands there is a number, by which
//! every other order goes on.

use std::cmp::Ordering;

use crate::library::{ArticleId, Library, natural_cmp};

/// All articles that were taken in so far, those that are gone too, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub(crate) struct ByPath {
    articles: Vec<ArticleId>,
    /// By article, where it stands there.
    places: Vec<u32>,
}

impl ByPath {
    /// Where an article stands.
    pub(crate) fn place(&self, id: ArticleId) -> u32 {
        let place = self.places.get(id.0 as usize);
        place.copied().unwrap_or(u32::MAX)
    }

    /// The article at a place.
    pub(crate) fn at(&self, place: u32) -> Option<ArticleId> {
        self.articles.get(place as usize).copied()
    }

    /// All articles.
    pub(crate) fn articles(&self) -> impl Iterator<Item = ArticleId> {
        self.articles.iter().copied()
    }

    /// Takes in articles that are in order among themselves.
    fn merge(&mut self, new: &[ArticleId], compare: impl Fn(ArticleId, ArticleId) -> Ordering) {
        let old = std::mem::take(&mut self.articles);
        let mut rest = old.as_slice();
        let mut merged = Vec::with_capacity(old.len() + new.len());
        for id in new {
            let stands_before = |other: ArticleId| compare(other, *id).is_lt();
            let (before, after) = rest.split_at(first_not(rest, stands_before));
            merged.extend_from_slice(before);
            merged.push(*id);
            rest = after;
        }
        merged.extend_from_slice(rest);
        self.places = vec![0; merged.len()];
        for (place, id) in (0..).zip(&merged) {
            if let Some(slot) = self.places.get_mut(id.0 as usize) {
                *slot = place;
            }
        }
        self.articles = merged;
    }
}

/// How many articles are before the first of which something does not hold. Mostly these are few, or all.
fn first_not(articles: &[ArticleId], holds: impl Fn(ArticleId) -> bool) -> usize {
    if articles.last().is_some_and(|last| holds(*last)) {
        return articles.len();
    }
    let mut end = 1;
    while articles.get(end - 1).is_some_and(|id| holds(*id)) {
        end *= 2;
    }
    let start = end / 2;
    let between = articles.get(start..end.min(articles.len()));
    start + between.map_or(0, |between| between.partition_point(|id| holds(*id)))
}

impl Library {
    /// Whether all articles are taken into the order of paths, by which the other orders go on.
    #[must_use]
    pub fn has_ordered_paths(&self) -> bool {
        self.by_path.articles.len() == self.cards.len()
    }

    /// Takes articles that came since into the order of paths.
    pub fn order_paths(&mut self) {
        if self.has_ordered_paths() {
            return;
        }
        let known = self.by_path.articles.len();
        let new: Vec<ArticleId> = self.articles().skip(known).collect();
        // FileIndex are mostly found in this order.
        let new = if self.are_in_order(&new) {
            new
        } else {
            self.sorted_by_path(new)
        };
        let mut by_path = std::mem::take(&mut self.by_path);
        by_path.merge(&new, |a, b| self.compare_paths(a, b));
        self.by_path = by_path;
    }

    /// Whether articles are in the order of their paths.
    fn are_in_order(&self, articles: &[ArticleId]) -> bool {
        let mut articles = articles.iter().map(|id| (self.path(*id), self.part(*id)));
        let Some(mut before) = articles.next() else {
            return true;
        };
        articles.all(|this| {
            let ordering = natural_cmp(&before.0, &this.0).then(before.1.cmp(&this.1));
            before = this;
            ordering.is_le()
        })
    }

    /// Puts articles in order, of which each path is written out once.
    fn sorted_by_path(&self, articles: Vec<ArticleId>) -> Vec<ArticleId> {
        let mut paths = String::new();
        let mut keyed = Vec::with_capacity(articles.len());
        for id in articles {
            let start = paths.len();
            paths.push_str(&self.path(id));
            keyed.push((start..paths.len(), self.part(id), id));
        }
        let path = |span: &std::ops::Range<usize>| paths.get(span.clone()).unwrap_or_default();
        // FileIndex are mostly found in this order, which a stable sort makes use of.
        keyed.sort_by(|(a, a_part, _), (b, b_part, _)| {
            natural_cmp(path(a), path(b)).then_with(|| a_part.cmp(b_part))
        });
        keyed.into_iter().map(|(_, _, id)| id).collect()
    }

    /// Compares two articles by path, then by their place in the file, then by which came first.
    pub(crate) fn compare_paths(&self, a: ArticleId, b: ArticleId) -> Ordering {
        let by_path = natural_cmp(&self.path(a), &self.path(b));
        by_path.then_with(|| (self.part(a), a).cmp(&(self.part(b), b)))
    }
}
