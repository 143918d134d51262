//! Groups in the list of articles: the articles of a file that holds many, and articles that are nearly
//! the same.
//!
//! A file of many is a line of its own that opens and closes; of articles nearly the same the first
//! stands for all until its group is opened. What is open stays so while the program runs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::library::{ArticleId, Library};

/// A row of the list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentsRow {
    /// A file that holds many articles, by the first of them.
    File(ArticleId),
    /// An article.
    Article(ArticleId),
}

impl ContentsRow {
    /// The article of the row; a file has none.
    #[must_use]
    pub fn article(self) -> Option<ArticleId> {
        match self {
            Self::File(_) => None,
            Self::Article(id) => Some(id),
        }
    }
}

/// A group that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FoldableGroup {
    /// The articles of a file, by the first.
    File(ArticleId),
    /// Articles that are nearly the same, by the one found first.
    Similar(ArticleId),
}

/// How the list of articles is grouped.
#[derive(Debug, Default)]
pub struct ArticleGroups {
    /// The articles that pass filter and choice, folded away or not, in order.
    pub listed: Vec<ArticleId>,
    /// Whether articles that are nearly the same are one line.
    pub joins_similar: bool,
    /// Article → the group of articles nearly the same that it is in.
    pub(super) similar: HashMap<ArticleId, ArticleId>,
    pub(super) open: BTreeSet<FoldableGroup>,
    /// Article at the head of a group → how many copies it has.
    first: HashMap<ArticleId, usize>,
    /// The copies: articles listed under the head of their group.
    copies: HashSet<ArticleId>,
    /// Whether files are lines of their own.
    pub(super) by_file: bool,
}

impl ArticleGroups {
    /// Nothing grouped yet.
    pub(crate) fn new(joins_similar: bool) -> Self {
        Self {
            joins_similar,
            ..Self::default()
        }
    }

    /// How many copies of an article are grouped under it.
    #[must_use]
    pub fn n_similar(&self, id: ArticleId) -> usize {
        self.first.get(&id).copied().unwrap_or(0)
    }

    /// Whether an article is grouped under another, in an open group or a closed one.
    #[must_use]
    pub fn is_copy(&self, id: ArticleId) -> bool {
        self.copies.contains(&id)
    }

    /// How many of the listed articles are copies.
    #[must_use]
    pub fn n_copies(&self) -> usize {
        self.copies.len()
    }

    /// Whether a group is open.
    #[must_use]
    pub fn is_open(&self, row: ContentsRow) -> bool {
        self.group(row)
            .is_some_and(|group| self.open.contains(&group))
    }

    /// Whether an article is folded away under another.
    #[must_use]
    pub fn is_hidden(&self, id: ArticleId) -> bool {
        self.is_copy(id) && !self.is_open(ContentsRow::Article(id))
    }

    /// How far a row is set in: under its file, under the article it is a copy of.
    #[must_use]
    pub fn depth(&self, row: ContentsRow, library: &Library) -> u16 {
        let ContentsRow::Article(id) = row else {
            return 0;
        };
        let in_file = self.by_file && library.file_of_many(id).is_some();
        u16::from(in_file) + u16::from(self.is_copy(id))
    }

    /// How many articles are left when copies are not counted.
    #[must_use]
    pub fn without_copies(&self, articles: impl IntoIterator<Item = ArticleId>) -> usize {
        let mut known = BTreeSet::new();
        let is_new = |id: &ArticleId| {
            self.similar
                .get(id)
                .is_none_or(|group| known.insert(*group))
        };
        articles.into_iter().filter(is_new).count()
    }

    /// The group a row opens and closes.
    pub(super) fn group(&self, row: ContentsRow) -> Option<FoldableGroup> {
        match row {
            ContentsRow::File(first) => Some(FoldableGroup::File(first)),
            ContentsRow::Article(id) => self.similar.get(&id).copied().map(FoldableGroup::Similar),
        }
    }

    /// Stores which articles are nearly the same; returns whether that changed.
    pub(super) fn set_similar(&mut self, groups: Vec<Vec<ArticleId>>) -> bool {
        let mut similar = HashMap::new();
        for group in groups {
            if let Some(&first) = group.first() {
                similar.extend(group.into_iter().map(|id| (id, first)));
            }
        }
        let differs = similar != self.similar;
        self.similar = similar;
        differs
    }

    /// The rows of the list for the articles that pass, in order.
    pub(crate) fn rows(
        &mut self,
        library: &Library,
        listed: Vec<ArticleId>,
        by_file: bool,
    ) -> Vec<ContentsRow> {
        self.by_file = by_file;
        self.find_copies(library, &listed);
        let mut members: BTreeMap<ArticleId, Vec<ArticleId>> = BTreeMap::new();
        for id in listed.iter().filter(|id| self.copies.contains(id)) {
            if let Some(&group) = self.similar.get(id) {
                members.entry(group).or_default().push(*id);
            }
        }
        let mut rows = Vec::with_capacity(listed.len());
        let mut file = None;
        for &id in &listed {
            let of = library.file_of_many(id).filter(|_| by_file);
            if of != file {
                rows.extend(of.map(ContentsRow::File));
                file = of;
            }
            if self.is_in_closed_file(id, library) || self.is_copy(id) {
                continue;
            }
            rows.push(ContentsRow::Article(id));
            if self.n_similar(id) > 0 && self.is_open(ContentsRow::Article(id)) {
                let group = self.similar.get(&id).and_then(|group| members.get(group));
                rows.extend(
                    group
                        .into_iter()
                        .flatten()
                        .copied()
                        .map(ContentsRow::Article),
                );
            }
        }
        self.listed = listed;
        rows
    }

    fn is_in_closed_file(&self, id: ArticleId, library: &Library) -> bool {
        let file = library.file_of_many(id).filter(|_| self.by_file);
        file.is_some_and(|file| !self.open.contains(&FoldableGroup::File(file)))
    }

    /// Puts the first article of each group, in the current order, at its head.
    fn find_copies(&mut self, library: &Library, listed: &[ArticleId]) {
        self.first.clear();
        self.copies.clear();
        if !self.joins_similar {
            return;
        }
        let mut standing: HashMap<ArticleId, ArticleId> = HashMap::new();
        for &id in listed {
            let Some(&group) = self.similar.get(&id) else {
                continue;
            };
            // Articles in a closed file do not represent articles outside it.
            if self.is_in_closed_file(id, library) {
                continue;
            }
            match standing.get(&group) {
                Some(&first) => {
                    *self.first.entry(first).or_insert(0) += 1;
                    self.copies.insert(id);
                }
                None => {
                    standing.insert(group, id);
                }
            }
        }
    }
}
