//! The order of the articles, and the selection that is read.

use std::collections::HashSet;

use super::path_order::{self, PathOrder};
use super::sort_key::{SortKey, sorted};
use super::sort_order::SortOrder;
use crate::library::articles::id::ArticleId;
use crate::library::articles::row::Marks;
use crate::library::articles::table::ArticleTable;
use crate::packed::{BlockSink, BlockSource, put_rows, rows};

/// The articles that exist, in an order, and optionally a selection of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct ArticleOrder {
    all: Vec<ArticleId>,
    narrowed: Option<Narrowed>,
    by_path: PathOrder,
    sort: SortOrder,
    is_reversed: bool,
}

/// A selection of the articles.
#[derive(Debug, Clone, Default)]
struct Narrowed {
    articles: HashSet<ArticleId>,
    /// Those of them that exist, in order.
    order: Vec<ArticleId>,
}

impl ArticleOrder {
    /// All articles in order.
    pub(crate) fn all(&self) -> &[ArticleId] {
        &self.all
    }

    /// The selected articles in order, or all.
    pub(crate) fn selected(&self) -> &[ArticleId] {
        match &self.narrowed {
            Some(narrowed) => &narrowed.order,
            None => &self.all,
        }
    }

    /// The order that articles are sorted by.
    pub(crate) fn sort(&self) -> SortOrder {
        self.sort
    }

    pub(crate) fn is_reversed(&self) -> bool {
        self.is_reversed
    }

    /// Adds an article at the end.
    pub(crate) fn push(&mut self, id: ArticleId) {
        self.all.push(id);
    }

    /// Selects some articles, or all.
    pub(crate) fn narrow(&mut self, articles: Option<HashSet<ArticleId>>) {
        self.narrowed = articles.map(|articles| Narrowed {
            articles,
            order: Vec::new(),
        });
        self.update_selection();
    }

    /// The selected articles, including those that are gone.
    pub(crate) fn selection(&self) -> Option<&HashSet<ArticleId>> {
        self.narrowed.as_ref().map(|narrowed| &narrowed.articles)
    }

    fn update_selection(&mut self) {
        if let Some(narrowed) = &mut self.narrowed {
            let all = self.all.iter().copied();
            narrowed.order = all.filter(|id| narrowed.articles.contains(id)).collect();
        }
    }

    /// Sorts the articles.
    pub(crate) fn sort_by(&mut self, table: &ArticleTable, sort: SortOrder) {
        self.sort = sort;
        self.by_path.update(table);
        self.all = sorted(table, &self.by_path, sort);
        if self.is_reversed {
            self.all.reverse();
        }
        self.update_selection();
    }

    /// Reverses the order.
    pub(crate) fn reverse(&mut self) {
        self.is_reversed = !self.is_reversed;
        self.all.reverse();
        self.update_selection();
    }

    /// Removes the articles that are marked as gone.
    pub(crate) fn remove_gone(&mut self, table: &ArticleTable) {
        self.all.retain(|id| !table.has(*id, Marks::GONE));
        self.update_selection();
    }

    /// Whether the order of paths has all articles.
    pub(crate) fn has_all_paths(&self, table: &ArticleTable) -> bool {
        self.by_path.is_complete(table)
    }

    /// Adds new articles to the order of paths.
    pub(crate) fn update_paths(&mut self, table: &ArticleTable) {
        self.by_path.update(table);
    }

    /// The index of an article among the selected ones.
    pub(crate) fn position(&self, id: ArticleId) -> Option<usize> {
        self.selected().iter().position(|&other| other == id)
    }

    /// The selected articles before and after one. An article that is gone keeps its place between
    /// the others.
    pub(crate) fn around(
        &self,
        table: &ArticleTable,
        id: ArticleId,
    ) -> (&[ArticleId], &[ArticleId]) {
        let selected = self.selected();
        match self.position(id) {
            Some(at) => (&selected[..at], &selected[at + 1..]),
            None => selected.split_at(self.insertion_point(table, id)),
        }
    }

    /// The article `step` places after another; before it if `step` is negative.
    pub(crate) fn neighbor(
        &self,
        table: &ArticleTable,
        id: ArticleId,
        step: isize,
    ) -> Option<ArticleId> {
        let (before, after) = self.around(table, id);
        let distance = step.unsigned_abs().checked_sub(1)?;
        if step > 0 {
            after.get(distance).copied()
        } else {
            before.iter().rev().nth(distance).copied()
        }
    }

    /// Where an article belongs among the selected ones.
    pub(crate) fn insertion_point(&self, table: &ArticleTable, id: ArticleId) -> usize {
        let selected = self.selected();
        selected.partition_point(|other| self.is_before(table, *other, id))
    }

    fn is_before(&self, table: &ArticleTable, a: ArticleId, b: ArticleId) -> bool {
        let [key_a, key_b] = [a, b].map(|id| SortKey::of(table, self.sort, id));
        let ordering = key_a.cmp(&key_b);
        let ordering = ordering.then_with(|| path_order::compare(table, a, b));
        if self.is_reversed {
            ordering.is_gt()
        } else {
            ordering.is_lt()
        }
    }

    /// Some of all articles, in order.
    pub(crate) fn in_order(
        &self,
        table: &ArticleTable,
        articles: impl IntoIterator<Item = ArticleId>,
    ) -> impl Iterator<Item = ArticleId> {
        let mut is_wanted = vec![false; table.len()];
        let mut n_wanted = 0;
        for id in articles {
            n_wanted += usize::from(!std::mem::replace(&mut is_wanted[id.index()], true));
        }
        let is_wanted = move |id: &ArticleId| is_wanted[id.index()];
        self.all.iter().copied().filter(is_wanted).take(n_wanted)
    }

    /// Exchanges the numbers of two articles.
    pub(crate) fn swap(&mut self, a: ArticleId, b: ArticleId) {
        self.by_path = PathOrder::default();
        for id in &mut self.all {
            if *id == a {
                *id = b;
            } else if *id == b {
                *id = a;
            }
        }
    }

    /// Writes the order to an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        put_rows(sink, self.all.iter().map(|id| [id.0]));
    }

    /// Reads the order from an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        Some(Self {
            all: rows(source, |[id]| ArticleId(id))?,
            ..Self::default()
        })
    }
}
