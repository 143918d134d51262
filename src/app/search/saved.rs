//! Saved searches: the articles that answer a query, read as if they were a folder of their own.

use std::collections::{BTreeMap, HashSet};

use crate::app::folder::Folder;
use crate::app::lists::selection::ListSelection;
use crate::app::lists::{FilteredList, filtered, passes};
use crate::app::screens::list_screen::{ListScreen, Request, Surroundings};
use crate::app::state::SavedState;
use crate::library::ArticleId;

/// The list of saved searches; their names and queries are in the state.
#[derive(Debug, Default)]
pub struct SavedSearches {
    /// The names that pass the filter; the first row is the whole folder.
    pub list: FilteredList<Option<String>>,
    /// The articles that match, for the searches looked up so far.
    members: BTreeMap<String, HashSet<ArticleId>>,
    /// Number of the newest question.
    pub(super) generation: u64,
    /// Whether the folder or the searches changed since they were looked up.
    pub(super) is_stale: bool,
}

impl SavedSearches {
    /// The articles of a saved search; `None` until they were looked up.
    #[must_use]
    pub fn members(&self, name: &str) -> Option<&HashSet<ArticleId>> {
        self.members.get(name)
    }

    /// Notes that the folder changed since the searches were looked up.
    pub(crate) fn may_differ(&mut self) {
        self.is_stale = true;
    }

    /// Takes in the articles of a saved search; returns them if they are others than before.
    pub(super) fn set_members(
        &mut self,
        name: String,
        articles: Vec<ArticleId>,
    ) -> Option<HashSet<ArticleId>> {
        let articles: HashSet<ArticleId> = articles.into_iter().collect();
        let is_news = self.members.get(&name) != Some(&articles);
        self.members.insert(name, articles.clone());
        is_news.then_some(articles)
    }

    /// Forgets the articles of a saved search.
    pub(super) fn forget_members(&mut self, name: &str) {
        self.members.remove(name);
    }

    /// The names and queries to look up now: all while the list shows, else the one that is open.
    pub(super) fn take_unknown(
        &mut self,
        state: &SavedState,
        folder: &Folder,
        shows: bool,
    ) -> Vec<(String, String)> {
        let open = folder.narrowed_to.as_ref();
        let is_needed = shows || open.is_some() && folder.is_known();
        if !is_needed || !std::mem::take(&mut self.is_stale) {
            return Vec::new();
        }
        let saved = state.saved.iter();
        let wanted = saved.filter(|(name, _)| shows || open == Some(*name));
        wanted
            .map(|(name, query)| (name.clone(), query.clone()))
            .collect()
    }
}

impl ListScreen for SavedSearches {
    fn title(&self, _at: Surroundings<'_>) -> String {
        format!("Saved searches{}", filtered(&self.list.filter))
    }

    fn count(&self, at: Surroundings<'_>) -> String {
        at.state.saved.len().to_string()
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

    fn set_filter(&mut self, filter: &str, at: Surroundings<'_>) -> Vec<Request> {
        filter.clone_into(&mut self.list.filter);
        self.refresh(at);
        Vec::new()
    }

    fn refresh(&mut self, at: Surroundings<'_>) {
        let filter = &self.list.filter;
        let searches = at.state.saved.iter();
        let passing = searches.filter(|(name, query)| passes(filter, &format!("{name} {query}")));
        let names = passing.map(|(name, _)| Some(name.clone()));
        let rows = std::iter::once(None).chain(names).collect();
        self.list.set_rows(rows);
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        let selected = self.list.selected().cloned();
        selected.map(Request::OpenSavedSearch).into_iter().collect()
    }
}
