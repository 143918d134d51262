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

use super::card::{Card, Marks};
use super::facets::Facets;
use super::files::Files;
use super::packed::{Address, Arena, Numbers, put_rows};
use super::people::People;
use super::{ArticleId, Library, Listed, SortOrder, count};

impl Library {
    /// How often something about an article changed since an image was made; one that is new counts twice.
    #[must_use]
    pub const fn n_changes(&self) -> usize {
        self.n_changes
    }

    /// A copy to make an image of, which has all that changed.
    #[must_use]
    pub fn to_keep(&mut self) -> Self {
        let copy = self.clone();
        self.n_changes = 0;
        self.swapped.clear();
        copy
    }

    /// Makes an image: block after block of bytes, all of which have to come back as they were.
    pub fn put_image(mut self, sink: &mut dyn FnMut(&[u8])) {
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
        put_rows(sink, self.cards.iter().map(Card::numbers));
        put_rows(sink, self.order.iter().map(|id| [id.0]));
        let further = self.further.iter();
        let further = further.flat_map(|(first, further)| further.iter().map(|id| [first.0, id.0]));
        put_rows(sink, further);
        self.facts.put_image(sink);
        self.files.put_image(sink);
        self.facets.put_image(sink);
        self.people.put_image(sink);
    }

    /// The library that an image was made of, by path; nothing when the blocks are not those of one.
    pub fn of_image(source: &mut dyn FnMut() -> Option<Vec<u8>>) -> Option<Self> {
        let [surveyed] = Numbers::next(source)?.row()?;
        let cards = Numbers::next(source)?;
        let order = Numbers::next(source)?;
        let further = Numbers::next(source)?;
        let mut library = Self {
            cards: cards.rows().map(Card::of_numbers).collect(),
            order: order.rows().map(|[id]| ArticleId(id)).collect(),
            surveyed: surveyed as usize,
            facts: Arena::of_image(source)?,
            files: Files::of_image(source)?,
            facets: Facets::of_image(source)?,
            people: People::of_image(source)?,
            ..Self::default()
        };
        for [first, id] in further.rows() {
            let of_file = library.further.entry(ArticleId(first)).or_default();
            of_file.push(ArticleId(id));
        }
        library.settle();
        Some(library)
    }

    /// The first article of each file with its location and stamp.
    pub fn stamps(&self) -> impl Iterator<Item = (ArticleId, Arc<Path>, u64)> + '_ {
        let is_first = |card: &Card| card.part == 0 && !card.marks.has(Marks::GONE);
        let first = self.articles().zip(&self.cards);
        let first = first.filter(move |(_, card)| is_first(card));
        first.map(|(id, card)| (id, self.files.location(card.file), card.stamp))
    }

    /// The present number of an article by the one it had in the image.
    #[must_use]
    pub fn now(&self, id: ArticleId) -> ArticleId {
        let swapped = self.swapped.iter();
        swapped.fold(id, |id, &(a, b)| match id {
            _ if id == a => b,
            _ if id == b => a,
            _ => id,
        })
    }

    /// Goes on from where another library is, which knows little yet: its articles keep their numbers, marks and
    /// order.
    pub fn take_over(&mut self, other: &Self) {
        while self.cards.len() < other.cards.len() {
            self.cards.push(Card::NONE);
        }
        for id in other.articles() {
            let Some(location) = other.location(id) else {
                continue;
            };
            let known = self.find(&location.file).unwrap_or_else(|| {
                self.add(&Listed {
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
        self.settle();
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
        self.cards.swap(a.0 as usize, b.0 as usize);
        for id in &mut self.order {
            *id = other(*id);
        }
        self.swapped.push((a, b));
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{CountryCode, Speaker, SpeakerKind};
    use crate::document::{DateOrigin, Published};
    use crate::library::{Brief, SpeakerCount, Survey};

    const NAMES: &[&str] = &[
        "Ana Ruiz",
        "Ruiz",
        "Ana B. Ruiz",
        "Ana C. Ruiz",
        "World Health Organization",
        "WHO",
        "Lin Wei",
        "Lin",
        "John Kirby",
        "Kirby",
    ];

    /// A file of some articles, each of which quotes some of the names so many times.
    type Filed = (u8, Vec<Vec<(usize, u32)>>);

    fn file() -> impl Strategy<Value = Filed> {
        let quoted = prop::collection::vec((0..NAMES.len(), 1..4_u32), 0..4);
        (0..30_u8, prop::collection::vec(quoted, 1..3))
    }

    fn listed(file: u8) -> Listed {
        Listed {
            location: format!("/news/{}/{file}.mbox", file % 3).into(),
            path: format!("{}/{file}.mbox", file % 3),
            bytes: 0,
        }
    }

    fn brief(file: u8, part: i64, quoted: &[(usize, u32)]) -> Brief {
        let speaker = |&(name, quotations): &(usize, u32)| SpeakerCount {
            speaker: Arc::new(Speaker {
                name: NAMES[name].into(),
                role: Some(format!("officer {}", name % 2).into()),
                kind: SpeakerKind::Person,
                aliases: ["WHO".into()].into(),
            }),
            quotations,
        };
        Brief::from(Survey {
            title: format!("Story {file} {part}"),
            // Of two offices on a day either may be the last.
            published: Some(Published {
                when: date(2026, 1, 1)
                    .saturating_add((i64::from(file) * 9 + part).days())
                    .into(),
                has_time: false,
                origin: DateOrigin::Metadata,
            }),
            words: 10,
            quotations: 3,
            speakers: quoted.iter().map(speaker).collect(),
            countries: vec![(CountryCode([b'A' + file % 26, b'Z']), u32::from(file) + 1)],
            prints: vec![u32::from(file) << 8],
            ..Survey::default()
        })
    }

    fn take_in(library: &mut Library, files: &[Filed]) {
        for (file, articles) in files {
            let first = library.add(&listed(*file));
            let articles = (0..).zip(articles);
            let briefs = articles.map(|(part, quoted)| brief(*file, part, quoted));
            library.set_surveys(
                first,
                u64::from(*file) << 40 | 2,
                &briefs.collect::<Vec<_>>(),
            );
        }
        library.settle();
    }

    fn blocks(library: &mut Library) -> Vec<Vec<u8>> {
        let mut blocks = Vec::new();
        library
            .to_keep()
            .put_image(&mut |block| blocks.push(block.to_vec()));
        blocks
    }

    fn back(blocks: Vec<Vec<u8>>) -> Option<Library> {
        let mut blocks = blocks.into_iter();
        Library::of_image(&mut || blocks.next())
    }

    /// All that a reader sees of a library, whatever the numbers of its articles.
    fn seen(library: &Library) -> String {
        let entries: Vec<_> = library.all().iter().map(|id| library.entry(*id)).collect();
        let mut people: Vec<String> = Vec::new();
        for name in NAMES {
            let person = library.speaker(name);
            let place = |id: &ArticleId| library.location(*id).map(|at| at.to_string());
            let articles: Vec<_> = library.articles_quoting(name).iter().map(place).collect();
            people.push(format!("{person:?} {articles:?}"));
        }
        let sharing = library.articles_sharing(&[5 << 8]);
        let sharing = sharing.iter().map(|id| library.location(*id));
        let mut sharing: Vec<_> = sharing.collect();
        sharing.sort_unstable();
        let mut stamps: Vec<_> = library
            .stamps()
            .map(|(_, file, stamp)| (file, stamp))
            .collect();
        stamps.sort_unstable();
        format!(
            "{entries:?}\n{people:?}\n{:?}\n{sharing:?}\n{stamps:?}\n{}",
            library.countries(),
            library.surveyed()
        )
    }

    proptest! {
        #[test]
        fn a_library_goes_on_from_its_image(
            files in prop::collection::vec(file(), 0..12),
            gone in prop::collection::vec(0..30_u8, 0..3),
            later in prop::collection::vec(file(), 0..6),
        ) {
            let mut library = Library::default();
            take_in(&mut library, &files);
            for file in gone {
                if let Some(first) = library.find(&listed(file).location) {
                    library.remove(first);
                }
            }
            library.sort_by(SortOrder::Path);
            library.settle();
            let mut again = back(blocks(&mut library)).unwrap();
            prop_assert_eq!(seen(&again), seen(&library));
            for library in [&mut library, &mut again] {
                take_in(library, &later);
                library.sort_by(SortOrder::Path);
            }
            prop_assert_eq!(seen(&again), seen(&library));
        }

        #[test]
        fn articles_keep_the_numbers_they_have(
            files in prop::collection::vec(file(), 0..12),
            early in prop::collection::vec((0..30_u8, 0..2_u32), 0..6),
        ) {
            let mut library = Library::default();
            take_in(&mut library, &files);
            let mut few = Library::default();
            for (file, part) in early {
                for library in [&mut few, &mut library] {
                    let first = library.add(&listed(file));
                    let id = library.add_part(first, part).unwrap();
                    library.set_read(id, true);
                }
            }
            let had: Vec<_> = few.articles().map(|id| (id, few.location(id))).collect();
            library.sort_by(SortOrder::Path);
            let mut again = back(blocks(&mut library)).unwrap();
            let kept: Vec<_> = again.articles().map(|id| (id, again.location(id))).collect();
            again.take_over(&few);
            again.sort_by(SortOrder::Path);
            for (id, location) in had {
                prop_assert_eq!(again.location(id), location);
            }
            for (id, location) in kept {
                prop_assert_eq!(again.location(again.now(id)), location);
            }
            library.settle();
            prop_assert_eq!(seen(&again), seen(&library));
        }
    }

    #[test]
    fn half_an_image_is_none() {
        let mut library = Library::default();
        take_in(
            &mut library,
            &[(1, vec![vec![(0, 2)]]), (2, vec![vec![(1, 1)]])],
        );
        let blocks = blocks(&mut library);
        for n_blocks in 0..blocks.len() {
            assert!(back(blocks[..n_blocks].to_vec()).is_none());
        }
        assert_eq!(seen(&back(blocks).unwrap()), seen(&library));
    }
}
