//! An image: a library as it lies in memory, to be kept in a file and to go on from another time.
//!
//! Nothing is taken in again from it: records, the table of names and the order are there at once. Only what may
//! have become something else meanwhile is left out: problems, marks and corrections. Whether a file is still as
//! it was looked into is seen by its stamp.
//!
//! A few articles have their numbers before an image is at hand, above all the one on screen. They keep them, and
//! those in the image that have the same get the others' in turn.

use std::path::Path;
use std::sync::Arc;

use super::articles::file_index::FileIndex;
use super::articles::row::{ArticleRow, Marks};
use super::ordering::by_path::ByPath;
use super::ordering::country_totals::FolderCountries;
use super::people::People;
use super::{ArticleId, DuplicateIndex, FingerprintStore, Library, ListedFile, SortOrder};
use crate::packed::{Address, Arena, count, put_rows, row, rows};

impl Library {
    /// How often something about an article changed since an image was made; one that is new counts twice.
    #[must_use]
    pub const fn n_changes(&self) -> usize {
        self.n_changes
    }

    /// A copy to make an image of, which has all that changed.
    #[must_use]
    pub fn image_copy(&mut self) -> Self {
        let copy = self.clone();
        self.n_changes = 0;
        self.on_their_way = Some(self.traces.clone());
        copy
    }

    /// The traces of the copy made last are elsewhere from now on, and need not be in memory; or there is no image of
    /// that copy.
    pub fn image_written(&mut self, traces: Option<&Arc<dyn FingerprintStore>>) {
        let copy = self.on_their_way.take();
        if let (Some(copy), Some(traces)) = (copy, traces) {
            self.traces.move_out(&copy, traces);
        }
    }

    /// Tells a library that comes from an image where the traces are that were put there.
    pub fn set_stored_fingerprints(&mut self, traces: Arc<dyn FingerprintStore>) {
        let is_known = self.cards.iter().map(|card| card.facts != Address::NONE);
        self.traces = DuplicateIndex::elsewhere(is_known, traces);
    }

    /// Makes an image of a copy: block after block of bytes, all of which have to come back as they were. DuplicateIndex are put
    /// [elsewhere](DuplicateIndex::put_image).
    pub fn put_image(&mut self, sink: &mut dyn FnMut(&[u8])) {
        if !self.people.corrections().is_empty() {
            self.correct(&Arc::default());
        }
        self.narrow(None);
        self.is_reversed = false;
        if self.sort != SortOrder::Path {
            self.sort_by(SortOrder::Path);
        }
        let known = self.cards.iter().filter(|card| card.facts != Address::NONE);
        put_rows(sink, [[count(known.count())]]);
        put_rows(sink, self.cards.iter().map(ArticleRow::numbers));
        put_rows(sink, self.order.iter().map(|id| [id.0]));
        let further = self.further.iter();
        let further = further.flat_map(|(first, further)| further.iter().map(|id| [first.0, id.0]));
        put_rows(sink, further);
        self.facts.put_image(sink);
        self.files.put_image(sink);
        self.countries.put_image(sink);
        self.people.put_image(sink);
    }

    /// The library that an image was made of, by path; nothing when the blocks are not those of one.
    pub fn of_image(source: &mut dyn FnMut() -> Option<Vec<u8>>) -> Option<Self> {
        let [surveyed] = row(source)?;
        let cards = rows(source, ArticleRow::of_numbers)?;
        let order = rows(source, |[id]| ArticleId(id))?;
        let further = rows(source, |row| row.map(ArticleId))?;
        let mut library = Self {
            cards,
            order,
            surveyed: surveyed as usize,
            facts: Arena::of_image(source)?,
            files: FileIndex::of_image(source)?,
            countries: FolderCountries::of_image(source)?,
            people: People::of_image(source)?,
            ..Self::default()
        };
        for [first, id] in further {
            library.further.entry(first).or_default().push(id);
        }
        library.update_people();
        Some(library)
    }

    /// The first article of each file with its location and stamp.
    pub fn stamps(&self) -> impl Iterator<Item = (ArticleId, Arc<Path>, u64)> + '_ {
        let is_first = |card: &ArticleRow| card.part == 0 && !card.marks.has(Marks::GONE);
        let first = self.articles().zip(&self.cards);
        let first = first.filter(move |(_, card)| is_first(card));
        first.map(|(id, card)| (id, self.files.location(card.file), card.stamp))
    }

    /// The present number of an article by the one it had in the image.
    #[must_use]
    pub fn current_id(&self, id: ArticleId) -> ArticleId {
        self.traces.current_id(id)
    }

    /// Goes on from where another library is, which knows little yet: its articles keep their numbers, marks and
    /// order.
    pub fn take_over(&mut self, other: &Self) {
        while self.cards.len() < other.cards.len() {
            self.cards.push(ArticleRow::NONE);
        }
        for id in other.articles() {
            let Some(location) = other.location(id) else {
                continue;
            };
            let known = self.find(&location.file).unwrap_or_else(|| {
                self.add(&ListedFile {
                    location: location.file.to_path_buf(),
                    path: other.path(id),
                    bytes: 0,
                })
            });
            if let Some(known) = self.add_part(known, location.part) {
                self.swap(known, id);
            }
            self.set_read(id, other.is_read(id));
            self.set_bookmarked(id, other.has(id, Marks::BOOKMARKED));
        }
        self.people.supersede(&other.people);
        if !other.people.corrections().is_empty() {
            self.correct(other.people.corrections());
        }
        self.update_people();
        if other.is_reversed() != self.is_reversed() {
            self.reverse();
        }
        if other.sort != self.sort {
            self.sort_by(other.sort);
        }
        let narrowed = other.narrowed.as_ref();
        self.narrow(narrowed.map(|narrowed| narrowed.articles.clone()));
    }

    /// Two articles get the numbers of each other.
    fn swap(&mut self, a: ArticleId, b: ArticleId) {
        if a == b {
            return;
        }
        let other = |id: ArticleId| match id {
            _ if id == a => b,
            _ if id == b => a,
            _ => id,
        };
        let is_among_many = |id| self.file_of_many(id).is_some();
        if is_among_many(a) || is_among_many(b) {
            let further = std::mem::take(&mut self.further).into_iter();
            let further = further.map(|(first, further)| {
                let further = further.into_iter().map(other).collect();
                (other(first), further)
            });
            self.further = further.collect();
        }
        let Self { files, cards, .. } = self;
        let file_of = |id: ArticleId| {
            let card = cards.get(id.0 as usize).filter(|card| card.part == 0);
            card.map_or(Address::NONE, |card| card.file)
        };
        files.swap([a, b], file_of);
        self.people.swap(a, b);
        self.traces.swap(a, b);
        self.by_path = ByPath::default();
        self.cards.swap(a.0 as usize, b.0 as usize);
        for id in &mut self.order {
            *id = other(*id);
        }
    }
}

#[cfg(test)]
mod tests;
