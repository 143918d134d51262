//! The articles of the folder as searches look at them, kept until the folder or the scope changes.

use std::collections::HashSet;

use crate::app::Model;
use crate::library::{ArticleId, SearchScope};

/// The shelf made last.
#[derive(Debug, Default)]
pub(crate) struct Shelves {
    made: Option<SearchScope>,
    /// Whether it may differ from what is in the folder.
    is_stale: bool,
    /// How many articles had been looked into when it was made.
    n_surveyed: usize,
    /// Whether nothing but dates of articles became known since.
    has_only_dates: bool,
}

impl Model {
    /// The articles of the folder with the scope of the search marked. What did not change is the same shelf as
    /// before, so that whatever was made for it still fits.
    pub(crate) fn shelf(&mut self) -> SearchScope {
        self.hits.scope = self.search_scope();
        let known = self.shelves.made.take();
        let now = match known {
            Some(known) if !self.shelves.is_stale => known,
            known => {
                let new = self.new_shelf();
                known
                    .filter(|known| known.has_same_docs(&new))
                    .unwrap_or(new)
            }
        };
        self.shelves.made = Some(now.clone());
        self.shelves.is_stale = false;
        now
    }

    fn new_shelf(&mut self) -> SearchScope {
        self.shelves.n_surveyed = self.library.n_surveyed();
        let listed: Option<HashSet<ArticleId>> = (self.hits.scope.is_some()
            && !self.hits.is_everywhere)
            .then(|| self.groups.listed.iter().copied().collect());
        let is_inside = |id| listed.as_ref().is_none_or(|listed| listed.contains(&id));
        self.library.search_scope(is_inside)
    }

    /// Other articles are in the folder or in the scope.
    pub(crate) fn shelf_may_differ(&mut self) {
        self.shelves.is_stale = true;
    }

    /// The folder is another one: its articles may be called as others were before.
    pub(crate) fn clear_shelf(&mut self) {
        self.shelves = Shelves::default();
    }

    /// Notes that nothing but dates of articles became known.
    pub(crate) fn only_dates_are_new(&mut self) {
        self.shelves.has_only_dates = true;
    }

    /// Something of the folder became known. While it is read dates come in all the time; without the newest of them a
    /// search finds the same, if in another order, so they are waited for until they are as many again.
    pub(crate) fn renew_shelf(&mut self) {
        let has_only_dates = std::mem::take(&mut self.shelves.has_only_dates);
        let n_surveyed = self.library.n_surveyed();
        let are_many = n_surveyed >= self.shelves.n_surveyed.saturating_mul(2)
            || n_surveyed >= self.library.all().len();
        self.shelves.is_stale |= !has_only_dates || are_many;
    }
}
