//! Groups in the list of articles: the articles of a file that holds many, and articles that are nearly
//! the same.
//!
//! A file of many is a line of its own that opens and closes; of articles nearly the same the first
//! stands for all until its group is opened. What is open stays so while the program runs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::{Model, lists};
use crate::library::{ArticleId, Library, SortOrder};

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
enum FoldableGroup {
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
    similar: HashMap<ArticleId, ArticleId>,
    open: BTreeSet<FoldableGroup>,
    /// Articles that stand for others → how many others.
    first: HashMap<ArticleId, usize>,
    /// Articles for which another one stands.
    copies: HashSet<ArticleId>,
    /// Whether files are lines of their own.
    by_file: bool,
    generation: u64,
}

impl ArticleGroups {
    /// Nothing grouped yet.
    pub(crate) fn new(joins_similar: bool) -> Self {
        Self {
            joins_similar,
            ..Self::default()
        }
    }

    /// How many other articles an article stands for.
    #[must_use]
    pub fn n_similar(&self, id: ArticleId) -> usize {
        self.first.get(&id).copied().unwrap_or(0)
    }

    /// Whether another article stands for this one, with its group open or not.
    #[must_use]
    pub fn is_copy(&self, id: ArticleId) -> bool {
        self.copies.contains(&id)
    }

    /// How many of the articles listed have another that stands for them.
    #[must_use]
    pub fn n_copies(&self) -> usize {
        self.copies.len()
    }

    /// Whether a group stands open.
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

    /// Of so many articles, how many are left without copies.
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
    fn group(&self, row: ContentsRow) -> Option<FoldableGroup> {
        match row {
            ContentsRow::File(first) => Some(FoldableGroup::File(first)),
            ContentsRow::Article(id) => self.similar.get(&id).copied().map(FoldableGroup::Similar),
        }
    }

    /// Takes in which articles are nearly the same; tells whether others were before.
    fn set_similar(&mut self, groups: Vec<Vec<ArticleId>>) -> bool {
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

    /// Of each group the first in the present order stands for the others.
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
            // What a closed file holds stands for nothing outside of it.
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

impl Model {
    /// Works the list of articles out anew.
    pub(crate) fn refresh_contents(&mut self) {
        let listed = lists::contents(&self.library, &self.contents.filter, self.unread_only);
        // Another order than that of the files tears them apart, and a filter looks into all of them.
        let by_file = self.library.sort_order() == SortOrder::Path
            && self.contents.filter.trim().is_empty()
            && self.library.holds_more_than_one_file();
        let rows = self.groups.rows(&self.library, listed, by_file);
        self.contents.set_rows(rows);
    }

    /// Selects the row of an article, or of the group it is folded into.
    pub(crate) fn select_in_contents(&mut self, article: ArticleId) {
        let library = &self.library;
        let file = library.file_of_many(article).map(ContentsRow::File);
        let group = self.groups.similar.get(&article);
        let stands = |row: &ContentsRow| {
            let id = row.article();
            id.is_some() && id.and_then(|id| self.groups.similar.get(&id)) == group
        };
        let rows = &self.contents.rows;
        let found = rows
            .iter()
            .position(|row| *row == ContentsRow::Article(article))
            .or_else(|| group.and_then(|_| rows.iter().position(stands)))
            .or_else(|| rows.iter().position(|row| Some(*row) == file));
        if let Some(at) = found {
            self.contents.selection.row = at;
        }
    }

    /// Opens the selected group; tells whether there was one to open.
    pub(crate) fn unfold(&mut self) -> bool {
        let Some(&row) = self.contents.selected() else {
            return false;
        };
        let has_group = matches!(row, ContentsRow::File(_))
            || row
                .article()
                .is_some_and(|id| self.groups.n_similar(id) > 0);
        let group = self.groups.group(row).filter(|_| has_group);
        let is_new = group.is_some_and(|group| self.groups.open.insert(group));
        if is_new {
            self.refresh_contents();
        }
        is_new
    }

    /// Closes the group of the selected row and selects its line; tells whether one was open.
    pub(crate) fn fold(&mut self) -> bool {
        let Some(&row) = self.contents.selected() else {
            return false;
        };
        let own = self.groups.group(row);
        let file = row.article().and_then(|id| self.library.file_of_many(id));
        let file = file
            .filter(|_| self.groups.by_file)
            .map(FoldableGroup::File);
        let closed = own
            .into_iter()
            .chain(file)
            .find(|group| self.groups.open.remove(group));
        if closed.is_none() {
            return false;
        }
        self.refresh_contents();
        match row {
            ContentsRow::Article(id) => self.select_in_contents(id),
            ContentsRow::File(_) => self.contents.select(&row),
        }
        true
    }

    /// Opens a file of many articles, or closes it.
    pub(crate) fn toggle_file(&mut self) {
        if !self.unfold() {
            self.fold();
        }
    }

    /// Joins articles that are nearly the same, or lists all.
    pub(crate) fn toggle_similar(&mut self) {
        self.groups.joins_similar = !self.groups.joins_similar;
        self.folder_is_stale = true;
        let text = if self.groups.joins_similar {
            self.ask_for_groups();
            "near-identical articles are grouped; l opens a group"
        } else {
            "every article has its own line"
        };
        self.say(Notice::info(text));
    }

    /// Asks which articles are nearly the same, once the folder is known.
    pub(crate) fn ask_for_groups(&mut self) {
        let is_known = self.scan.is_done && self.library.n_surveyed() == self.library.len();
        if !self.groups.joins_similar || !is_known {
            return;
        }
        self.generation += 1;
        self.groups.generation = self.generation;
        self.effects.push(Effect::Group {
            generation: self.generation,
            duplicates: self.library.duplicates().clone(),
        });
    }

    /// Takes in which articles are nearly the same.
    pub(crate) fn grouped(&mut self, generation: u64, groups: Vec<Vec<ArticleId>>) {
        if generation == self.groups.generation && self.groups.set_similar(groups) {
            self.folder_is_stale = true;
        }
    }
}
