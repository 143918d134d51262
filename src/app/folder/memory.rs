//! What is known of a huge folder from one time to the next.

use super::FEW_KNOWN;
use crate::app::Model;
use crate::app::protocol::answers::FolderMemory;
use crate::app::protocol::effect::Effect;
use crate::library::{ArticleId, Library, SortOrder};

/// What is known of the folder is kept anew once such a part of it is news.
const NEWS_SHARE: usize = 16;

/// Whether it is worth it to keep what is known of so many articles, some of which are news since it was kept last.
pub(crate) const fn is_worth_keeping(known: usize, news: usize) -> bool {
    known >= FEW_KNOWN && news >= known / NEWS_SHARE
}

impl Model {
    /// Takes in what is remembered, or that something will be.
    pub(crate) fn remember(&mut self, memory: FolderMemory) {
        match memory {
            FolderMemory::Library(library) => self.go_on_with(*library),
            FolderMemory::Gone(files) => self.gone(&files),
            FolderMemory::Kept(stored) => self.library.image_written(stored.as_ref()),
        }
    }

    /// Goes on with the folder as it was known the last time. What was listed before stays as it is.
    fn go_on_with(&mut self, mut library: Library) {
        library.take_over(&self.library);
        self.library = library;
        self.clear_shelf();
        self.recall_all();
        self.scan.n_listed_of = self.library.n_surveyed();
        self.folder_is_stale = true;
        self.open_something(false);
        self.scan.is_compared = true;
        self.effects.push(Effect::Check);
    }

    /// What the reader did with all articles in earlier runs.
    fn recall_all(&mut self) {
        let marked = self.state.places.iter();
        let marked = marked.filter(|(_, place)| place.is_read || place.is_bookmarked);
        let marked = self.library.with_keys(marked.map(|(key, _)| key.as_str()));
        let marked: Vec<_> = marked
            .into_iter()
            .map(|(id, key)| (id, key.to_owned()))
            .collect();
        for (id, key) in marked {
            self.recall(id, &key);
        }
        if self.library.sort_order() == SortOrder::Unread {
            self.library.sort_by(SortOrder::Unread);
        }
    }

    /// Keeps for the next time what is known of a huge folder, once all of it is.
    pub(crate) fn keep_folder(&mut self) {
        let known = self.library.n_surveyed();
        let is_whole =
            self.scan.is_done && self.scan.n_looked_into == 0 && known >= self.library.all().len();
        if is_whole && is_worth_keeping(known, self.library.n_changes()) {
            self.effects
                .push(Effect::Keep(Box::new(self.library.image_copy())));
        }
    }

    /// Takes in which files that were known the last time are gone.
    fn gone(&mut self, files: &[ArticleId]) {
        let files: Vec<ArticleId> = files
            .iter()
            .map(|id| self.library.current_id(*id))
            .collect();
        self.forget(&files);
    }
}
