//! The image of a library: its memory, written to a file and read back the next time.
//!
//! Nothing is rebuilt from it: records, the table of names and the order are there at once. What
//! may have changed meanwhile is left out: problems, marks and corrections. The stamp of each file
//! shows whether it changed.
//!
//! A few articles have numbers before the image is read, above all the one on screen. They keep
//! their numbers, and the articles of the image that had them get the others in exchange.

pub(super) mod state;

use std::path::Path;
use std::sync::Arc;

use super::articles::row::Marks;
use super::articles::table::ArticleTable;
use super::ordering::article_order::ArticleOrder;
use super::ordering::country_totals::FolderCountries;
use super::{ArticleId, DuplicateIndex, FingerprintStore, Library, ListedFile, People, SortOrder};

impl Library {
    /// The number of changes to articles since an image was made. A new article counts twice.
    #[must_use]
    pub const fn n_changes(&self) -> usize {
        self.image.n_changes
    }

    /// A clone to make an image of.
    #[must_use]
    pub fn image_copy(&mut self) -> Self {
        let copy = self.clone();
        self.image.n_changes = 0;
        self.image.being_written = Some(self.duplicates.clone());
        copy
    }

    /// Ends what [`image_copy`](Self::image_copy) began. If the image was written, `stored` has its
    /// fingerprints, and they are dropped from memory.
    pub fn image_written(&mut self, stored: Option<&Arc<dyn FingerprintStore>>) {
        let copy = self.image.being_written.take();
        if let (Some(copy), Some(stored)) = (copy, stored) {
            self.duplicates.move_out(&copy, stored);
        }
    }

    /// Sets where the fingerprints are that were written with the image this library was read from.
    pub fn set_stored_fingerprints(&mut self, stored: Arc<dyn FingerprintStore>) {
        self.duplicates = DuplicateIndex::stored(self.articles.have_meta(), stored);
    }

    /// Writes the image as blocks of bytes, which have to be read back unchanged. The duplicates are
    /// [written separately](DuplicateIndex::put_image).
    pub fn put_image(&mut self, sink: &mut dyn FnMut(&[u8])) {
        if !self.people.corrections().is_empty() {
            self.correct(&Arc::default());
        }
        self.narrow(None);
        if self.is_reversed() {
            self.reverse();
        }
        if self.sort_order() != SortOrder::Path {
            self.sort_by(SortOrder::Path);
        }
        self.articles.put_image(sink);
        self.order.put_image(sink);
        self.countries.put_image(sink);
        self.people.put_image(sink);
    }

    /// Reads a library, in the order of paths, from the blocks of an image; `None` if they are no image.
    pub fn of_image(source: &mut dyn FnMut() -> Option<Vec<u8>>) -> Option<Self> {
        let mut library = Self {
            articles: ArticleTable::of_image(source)?,
            order: ArticleOrder::of_image(source)?,
            countries: FolderCountries::of_image(source)?,
            people: People::of_image(source)?,
            ..Self::default()
        };
        library.update_people();
        Some(library)
    }

    /// The first article of each file with its location and stamp.
    pub fn stamps(&self) -> impl Iterator<Item = (ArticleId, Arc<Path>, u64)> + '_ {
        self.articles.stamps()
    }

    /// The present number of the article that has number `id` in the image.
    #[must_use]
    pub fn current_id(&self, id: ArticleId) -> ArticleId {
        self.duplicates.current_id(id)
    }

    /// Takes the place of another library that knows little yet. Its articles keep their numbers,
    /// marks and order.
    pub fn take_over(&mut self, other: &Self) {
        self.articles.grow(other.articles.len());
        for id in other.articles.ids() {
            let Some(location) = other.location(id) else {
                continue;
            };
            let first = match self.find(&location.file) {
                Some(first) => first,
                None => self.add(&ListedFile {
                    location: location.file.to_path_buf(),
                    path: other.path(id),
                    bytes: 0,
                }),
            };
            if let Some(present) = self.add_part(first, location.part) {
                self.swap(present, id);
            }
            self.set_read(id, other.is_read(id));
            self.set_bookmarked(id, other.articles.has(id, Marks::BOOKMARKED));
        }
        self.people.supersede(&other.people);
        if !other.people.corrections().is_empty() {
            self.correct(other.people.corrections());
        }
        self.update_people();
        if other.is_reversed() != self.is_reversed() {
            self.reverse();
        }
        if other.sort_order() != self.sort_order() {
            self.sort_by(other.sort_order());
        }
        self.narrow(other.order.selection().cloned());
    }

    /// Exchanges the numbers of two articles.
    fn swap(&mut self, a: ArticleId, b: ArticleId) {
        if a != b {
            self.articles.swap(a, b);
            self.order.swap(a, b);
            self.people.swap(a, b);
            self.duplicates.swap(a, b);
        }
    }
}

#[cfg(test)]
mod tests;
