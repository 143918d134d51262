//! The list of articles: its rows, its order and its groups.

pub mod groups;
pub(super) mod sort_order;

use super::folder::Folder;
use super::lists::selection::ListSelection;
use super::lists::{FilteredList, filtered};
use super::outbox::Outbox;
use super::protocol::effect::Effect;
use super::protocol::notice::Notice;
use super::screens::list_screen::{ListScreen, Request, Selected, Surroundings};
use crate::config::{Action, Screen, Settings};
use crate::library::{ArticleId, Library, ListFilter, SortOrder};
use groups::{ArticleGroups, ContentsRow, FoldableGroup};

/// The list of articles.
#[derive(Debug, Default)]
pub struct Contents {
    /// The rows that pass the filter.
    pub list: FilteredList<ContentsRow>,
    /// How they are grouped.
    pub groups: ArticleGroups,
    /// Whether only unread articles are listed.
    pub unread_only: bool,
    /// The number of the newest question about similar articles.
    generation: u64,
}

impl Contents {
    /// An empty list, grouped as the configuration says.
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            groups: ArticleGroups::new(settings.contents.group_similar),
            unread_only: settings.contents.unread_only,
            ..Self::default()
        }
    }

    /// What the list holds: all articles, or those of a saved search.
    #[must_use]
    pub fn name(folder: &Folder) -> String {
        match &folder.narrowed_to {
            Some(search) => format!("“{search}”"),
            None => "Contents".to_owned(),
        }
    }

    /// Selects the row of an article, or of the group it is folded into.
    pub(super) fn select(&mut self, article: ArticleId, library: &Library) {
        let file = library.file_of_many(article).map(ContentsRow::File);
        let group = self.groups.similar.get(&article);
        let stands_for_it = |row: &ContentsRow| {
            let id = row.article();
            id.is_some() && id.and_then(|id| self.groups.similar.get(&id)) == group
        };
        let rows = &self.list.rows;
        let found = rows
            .iter()
            .position(|row| *row == ContentsRow::Article(article))
            .or_else(|| group.and_then(|_| rows.iter().position(stands_for_it)))
            .or_else(|| rows.iter().position(|row| Some(*row) == file));
        if let Some(at) = found {
            self.list.selection.row = at;
        }
    }

    /// Works the rows out again.
    fn list_articles(&mut self, library: &Library) {
        let listed = passing(library, &self.list.filter, self.unread_only);
        // Any other order would tear files apart, and a filter looks into all of them.
        let by_file = library.sort_order() == SortOrder::Path
            && self.list.filter.trim().is_empty()
            && library.holds_more_than_one_file();
        let rows = self.groups.rows(library, listed, by_file);
        self.list.set_rows(rows);
    }

    /// Opens the selected group; returns whether there was one to open.
    fn unfold(&mut self, library: &Library) -> bool {
        let Some(&row) = self.list.selected() else {
            return false;
        };
        let has_group = match row {
            ContentsRow::File(_) => true,
            ContentsRow::Article(id) => self.groups.n_similar(id) > 0,
        };
        let group = self.groups.group(row).filter(|_| has_group);
        let is_new = group.is_some_and(|group| self.groups.open.insert(group));
        if is_new {
            self.list_articles(library);
        }
        is_new
    }

    /// Closes the group of the selected row and selects its line; returns whether one was open.
    fn fold(&mut self, library: &Library) -> bool {
        let Some(&row) = self.list.selected() else {
            return false;
        };
        let own = self.groups.group(row);
        let file = row.article().and_then(|id| library.file_of_many(id));
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
        self.list_articles(library);
        match row {
            ContentsRow::Article(id) => self.select(id, library),
            ContentsRow::File(_) => self.list.select(&row),
        }
        true
    }

    /// Shows similar articles as one row, or each on its own.
    pub(super) fn toggle_similar(&mut self, folder: &mut Folder, outbox: &mut Outbox) {
        self.groups.joins_similar = !self.groups.joins_similar;
        folder.is_stale = true;
        let text = if self.groups.joins_similar {
            self.ask_for_groups(folder, outbox);
            "near-identical articles are grouped; l opens a group"
        } else {
            "every article has its own line"
        };
        outbox.notify(Notice::info(text));
    }

    /// Lists unread articles only, or all.
    pub(super) fn toggle_unread_only(&mut self, folder: &mut Folder, outbox: &mut Outbox) {
        self.unread_only = !self.unread_only;
        folder.is_stale = true;
        let text = if self.unread_only {
            "unread articles only"
        } else {
            "all articles"
        };
        outbox.notify(Notice::info(text));
    }

    /// Asks which articles are nearly the same, once the folder is known.
    pub(super) fn ask_for_groups(&mut self, folder: &Folder, outbox: &mut Outbox) {
        let library = &folder.library;
        let is_known = folder.scan.is_done && library.n_surveyed() == library.len();
        if !self.groups.joins_similar || !is_known {
            return;
        }
        self.generation = outbox.next_generation();
        outbox.send(Effect::Group {
            generation: self.generation,
            duplicates: library.duplicates().clone(),
        });
    }

    /// Takes in which articles are nearly the same; returns whether that is news.
    pub(super) fn take_groups(&mut self, generation: u64, groups: Vec<Vec<ArticleId>>) -> bool {
        generation == self.generation && self.groups.set_similar(groups)
    }
}

/// The articles that pass the filter, in order.
fn passing(library: &Library, filter: &str, unread_only: bool) -> Vec<ArticleId> {
    let all = library.order().iter().copied();
    let all = all.filter(|id| !unread_only || !library.is_read(*id));
    let filter = ListFilter::new(filter);
    if filter.is_empty() {
        return all.collect();
    }
    library.filtered(all, filter).collect()
}

impl ListScreen for Contents {
    fn title(&self, at: Surroundings<'_>) -> String {
        let sort = at.folder.library.sort_order().name();
        let filter = filtered(&self.list.filter);
        format!("{}, by {sort}{filter}", Self::name(at.folder))
    }

    fn count(&self, at: Surroundings<'_>) -> String {
        let listed = self.groups.listed.len();
        let count = super::lists::shown_of(listed, at.folder.library.len());
        let n_apart = listed.saturating_sub(self.groups.n_copies());
        if n_apart < listed && at.window.regions.boxed {
            let copies = match listed - n_apart {
                1 => "1 copy".to_owned(),
                copies => format!("{copies} copies"),
            };
            format!("{count} articles ({copies})")
        } else {
            count
        }
    }

    fn n_rows(&self) -> usize {
        self.list.rows.len()
    }

    fn selection(&self) -> ListSelection {
        self.list.selection
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        &mut self.list.selection
    }

    fn filter(&self) -> Option<&str> {
        Some(&self.list.filter)
    }

    fn set_filter(&mut self, filter: &str, _at: Surroundings<'_>) -> Vec<Request> {
        filter.clone_into(&mut self.list.filter);
        vec![Request::RefreshFolder]
    }

    fn refresh(&mut self, at: Surroundings<'_>) {
        self.list_articles(&at.folder.library);
    }

    fn settle(&mut self, at: Surroundings<'_>) {
        let covers = at.window.top() == Some(Screen::Contents);
        let height = if covers {
            at.window.list_area().height
        } else {
            at.window.regions.text.height.saturating_sub(2)
        };
        let n_rows = self.n_rows();
        self.list.selection.settle(n_rows, usize::from(height));
    }

    fn open(&mut self, at: Surroundings<'_>) -> Vec<Request> {
        match self.list.selected() {
            Some(&ContentsRow::Article(id)) => vec![Request::Visit(id)],
            Some(ContentsRow::File(_)) => {
                if !self.unfold(&at.folder.library) {
                    self.fold(&at.folder.library);
                }
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn selected(&self, _at: Surroundings<'_>) -> Selected {
        let article = self.list.selected().and_then(|row| row.article());
        article.map_or(Selected::Nothing, Selected::Article)
    }

    fn lists_articles(&self) -> bool {
        true
    }

    fn perform(
        &mut self,
        action: Action,
        _count: Option<u32>,
        at: Surroundings<'_>,
    ) -> Option<Vec<Request>> {
        let library = &at.folder.library;
        let is_done = match action {
            Action::Unfold => self.unfold(library),
            Action::Fold => self.fold(library),
            _ => false,
        };
        is_done.then(Vec::new)
    }
}
