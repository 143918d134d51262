//! A huge folder is remembered from one run to the next.

use super::{FEW_KNOWN, Folder};
use crate::app::Model;
use crate::app::outbox::Outbox;
use crate::app::protocol::answers::FolderMemory;
use crate::app::protocol::effect::Effect;
use crate::app::search::scope::ScopeCache;
use crate::app::state::SavedState;
use crate::library::{ArticleId, Library, SortOrder};

/// The folder is stored again once one article in this many is new or changed.
const NEWS_SHARE: usize = 16;

/// Whether a folder with `known` articles, of which `news` changed since it was stored, is worth storing.
pub(crate) const fn is_worth_keeping(known: usize, news: usize) -> bool {
    known >= FEW_KNOWN && news >= known / NEWS_SHARE
}

impl Model {
    /// Takes in what is remembered, or what became of it.
    pub(crate) fn remember(&mut self, memory: FolderMemory) {
        match memory {
            FolderMemory::Library(library) => self.go_on_with(*library),
            FolderMemory::Gone(files) => {
                let library = &self.folder.library;
                let files: Vec<ArticleId> =
                    files.iter().map(|id| library.current_id(*id)).collect();
                self.forget(&files);
            }
            FolderMemory::Kept(stored) => self.folder.library.image_written(stored.as_ref()),
        }
    }

    /// Goes on with the folder as it was last time. What was listed before stays as it is.
    fn go_on_with(&mut self, library: Library) {
        self.folder.replace_library(library, &self.state);
        // Articles of the old library may have had the same numbers.
        self.search.scopes = ScopeCache::default();
        self.open_something(false);
        self.folder.scan.is_compared = true;
        self.outbox.send(Effect::Check);
    }
}

impl Folder {
    fn replace_library(&mut self, mut library: Library, state: &SavedState) {
        library.take_over(&self.library);
        self.library = library;
        self.recall_all(state);
        self.scan.n_listed_of = self.library.n_surveyed();
        self.is_stale = true;
    }

    /// Marks all articles as read and bookmarked as they were in earlier runs.
    fn recall_all(&mut self, state: &SavedState) {
        let marked = state.places.iter();
        let marked = marked.filter(|(_, place)| place.is_read || place.is_bookmarked);
        let marked = self.library.with_keys(marked.map(|(key, _)| key.as_str()));
        let marked: Vec<_> = marked
            .into_iter()
            .map(|(id, key)| (id, key.to_owned()))
            .collect();
        for (id, key) in marked {
            self.recall(id, &key, state);
        }
        if self.library.sort_order() == SortOrder::Unread {
            self.library.sort_by(SortOrder::Unread);
        }
    }

    /// Stores a huge folder for the next run, once all of it is surveyed.
    pub(crate) fn keep(&mut self, outbox: &mut Outbox) {
        let is_whole = self.is_known() && self.scan.n_in_survey == 0;
        let (known, news) = (self.library.n_surveyed(), self.library.n_changes());
        if is_whole && is_worth_keeping(known, news) {
            outbox.send(Effect::Keep(Box::new(self.library.image_copy())));
        }
    }
}
