//! Where a search looks, kept until the folder or the filter changes.

use std::collections::HashSet;

use crate::library::{ArticleId, Library, SearchScope};

/// The scope that was made last.
#[derive(Debug, Default)]
pub(crate) struct ScopeCache {
    made: Option<SearchScope>,
    /// Whether it may differ from what is in the folder now.
    is_stale: bool,
    /// How many articles were surveyed when it was made.
    n_surveyed: usize,
    /// Whether nothing but dates of articles became known since.
    has_only_dates: bool,
}

impl ScopeCache {
    /// The articles of the folder, with those that are `listed` as the inside of the scope. As long as nothing
    /// changes this returns the same scope, so that what was made for it still fits.
    pub(crate) fn get(&mut self, library: &Library, listed: Option<&[ArticleId]>) -> SearchScope {
        let known = self.made.take();
        let now = match known {
            Some(known) if !self.is_stale => known,
            known => {
                let new = self.new_scope(library, listed);
                known
                    .filter(|known| known.has_same_docs(&new))
                    .unwrap_or(new)
            }
        };
        self.made = Some(now.clone());
        self.is_stale = false;
        now
    }

    fn new_scope(&mut self, library: &Library, listed: Option<&[ArticleId]>) -> SearchScope {
        self.n_surveyed = library.n_surveyed();
        let listed: Option<HashSet<ArticleId>> =
            listed.map(|listed| listed.iter().copied().collect());
        library.search_scope(|id| listed.as_ref().is_none_or(|listed| listed.contains(&id)))
    }

    /// Notes that other articles are in the folder or in the scope.
    pub(crate) fn invalidate(&mut self) {
        self.is_stale = true;
    }

    /// Notes that nothing but dates of articles became known.
    pub(crate) fn only_dates_are_new(&mut self) {
        self.has_only_dates = true;
    }

    /// Notes that more of the folder is known. While it is being read dates arrive all the time; without the newest of
    /// them a search finds the same in a slightly different order, so the scope is kept until twice as many are known.
    pub(crate) fn folder_changed(&mut self, library: &Library) {
        let has_only_dates = std::mem::take(&mut self.has_only_dates);
        let n_surveyed = library.n_surveyed();
        let are_many =
            n_surveyed >= self.n_surveyed.saturating_mul(2) || n_surveyed >= library.all().len();
        self.is_stale |= !has_only_dates || are_many;
    }
}
