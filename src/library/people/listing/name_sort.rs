//! ArticlePersons in the order of their names, as far as somebody looks.
//!
//! The names are read article by article, which can stop anywhere and go on later. The first ones that are read tell
//! about where a name stands among all, so that those that follow are parted as they come. A part is put in order when
//! somebody looks at it, or behind that.

use std::cmp::Reverse;
use std::ops::Range;

use super::all_names::NameReader;
use crate::library::people::{People, PersonId};

/// A stretch of a list that is put in order.
#[derive(Debug)]
pub(crate) struct NameSort {
    stretch: Range<usize>,
    /// Whether capitals do not count.
    folds: bool,
    /// How the names are read, until all are.
    reading: Option<NameSource>,
    /// Whoever is in a part stands before those in the next.
    parts: Vec<SortBucket>,
}

#[derive(Debug)]
enum NameSource {
    OneByOne,
    ByArticle(NameReader),
}

/// Some of the persons.
#[derive(Debug, Default)]
struct SortBucket {
    /// What nobody in it is before.
    from: NamePrefix,
    keyed: Vec<KeyedPerson>,
    is_in_order: bool,
}

/// The first letters of a name, which decide nearly always, so that few names are looked up twice.
type NamePrefix = [u64; 2];
type KeyedPerson = (NamePrefix, PersonId);

/// So many are put in order at once.
const FEW: usize = if cfg!(test) { 2 } else { 2048 };
/// So many names are read before the others are parted by them.
const SAMPLE: usize = if cfg!(test) { 3 } else { 4096 };

impl NameSort {
    /// Begins to put a stretch of some rows in order.
    pub(crate) fn of(people: &People, stretch: Range<usize>, folds: bool) -> Self {
        let reading = if stretch.len() <= FEW {
            NameSource::OneByOne
        } else {
            NameSource::ByArticle(NameReader::of(people))
        };
        Self {
            reading: Some(reading),
            parts: vec![SortBucket::default()],
            stretch,
            folds,
        }
    }

    /// Whether this stretch is put in order.
    pub(crate) fn is_of(&self, stretch: &Range<usize>) -> bool {
        self.stretch == *stretch
    }

    /// Whether all names are read, so that it takes a moment to put those in order who show.
    pub(crate) fn has_read(&self) -> bool {
        self.reading.is_none()
    }

    /// Whether everybody is in order.
    pub(crate) fn is_done(&self) -> bool {
        self.reading.is_none() && self.parts.iter().all(|part| part.is_in_order)
    }

    /// Writes the persons back as far as they are in order.
    pub(crate) fn write(&self, rows: &mut [PersonId]) {
        if self.reading.is_none()
            && let Some(rows) = rows.get_mut(self.stretch.clone())
        {
            let keyed = self.parts.iter().flat_map(|part| &part.keyed);
            rows.iter_mut()
                .zip(keyed)
                .for_each(|(row, (_, id))| *row = *id);
        }
    }

    /// Puts those in order whom a window shows.
    pub(crate) fn bring(&mut self, people: &People, rows: &[PersonId], window: &Range<usize>) {
        self.read(people, rows, &mut { usize::MAX });
        let mut start = self.stretch.start;
        let mut at = 0;
        while let Some(part) = self.parts.get(at)
            && start < window.end
        {
            let end = start + part.keyed.len();
            if window.start < end && !part.is_in_order {
                self.divide(people, at);
            } else {
                start = end;
                at += 1;
            }
        }
    }

    /// Goes on for some `n_names`; tells how many of these are left.
    pub(crate) fn go_on(&mut self, people: &People, rows: &[PersonId], n_names: usize) -> usize {
        let mut left = n_names;
        if self.reading.is_some() {
            self.read(people, rows, &mut left);
            return left;
        }
        while left > 0
            && let Some(at) = self.parts.iter().position(|part| !part.is_in_order)
        {
            left = left.saturating_sub(self.divide(people, at));
        }
        left
    }

    /// Where somebody stands in the list, when all are in order.
    pub(crate) fn position(
        &mut self,
        people: &People,
        rows: &[PersonId],
        id: PersonId,
    ) -> Option<usize> {
        self.read(people, rows, &mut { usize::MAX });
        let place = |part: &SortBucket| part.keyed.iter().position(|(_, other)| *other == id);
        let mut at = self.parts.iter().position(|part| place(part).is_some())?;
        while !self.parts.get(at)?.is_in_order {
            self.divide(people, at);
            at += usize::from(place(self.parts.get(at)?).is_none());
        }
        let before = self.parts.iter().take(at).map(|part| part.keyed.len());
        Some(self.stretch.start + before.sum::<usize>() + place(self.parts.get(at)?)?)
    }

    /// Reads the names of further persons, as many as are left.
    fn read(&mut self, people: &People, rows: &[PersonId], left: &mut usize) {
        let among = rows.get(self.stretch.clone()).unwrap_or_default();
        let (parts, folds) = (&mut self.parts, self.folds);
        let has_more = match &mut self.reading {
            None => return,
            Some(NameSource::OneByOne) => {
                for &id in among {
                    add(parts, first(&people.name_of(id), folds), id);
                    *left = left.saturating_sub(people.n_articles_to_read(id));
                }
                false
            }
            Some(NameSource::ByArticle(names)) => names.go_on(people, among, left, |id, name| {
                add(parts, first(name, folds), id);
                if let [only] = parts.as_mut_slice()
                    && only.keyed.len() >= SAMPLE
                {
                    *parts = parted(std::mem::take(&mut only.keyed), among.len());
                }
            }),
        };
        if !has_more {
            self.reading = None;
        }
    }

    /// Puts a part in order, or divides it in two; tells how many are in it.
    fn divide(&mut self, people: &People, at: usize) -> usize {
        let Some(part) = self.parts.get_mut(at) else {
            return 0;
        };
        let keyed = &mut part.keyed;
        keyed.sort_unstable_by_key(|(first, _)| *first);
        let len = keyed.len();
        let ends = keyed.first().zip(keyed.last());
        let are_alike = ends.is_none_or(|((a, _), (b, _))| a == b);
        if len <= FEW || are_alike {
            for alike in keyed.chunk_by_mut(|(a, _), (b, _)| a == b) {
                settle(people, self.folds, alike);
            }
            part.is_in_order = true;
            return len;
        }
        // Those who begin alike stay together.
        let middle = keyed.get(len / 2).map_or(part.from, |(first, _)| *first);
        let before = keyed.partition_point(|(first, _)| *first < middle);
        let not_behind = keyed.partition_point(|(first, _)| *first <= middle);
        let after = keyed.split_off(if before > 0 { before } else { not_behind });
        let after = SortBucket {
            from: after.first().map_or(part.from, |(first, _)| *first),
            keyed: after,
            is_in_order: false,
        };
        self.parts.insert(at + 1, after);
        len
    }
}

/// Puts persons in order whose names begin alike.
fn settle(people: &People, folds: bool, alike: &mut [KeyedPerson]) {
    if alike.len() < 2 {
        return;
    }
    // Of names that differ in their capitals only, as everywhere, those quoted most come first.
    let named = alike.iter().map(|keyed| {
        let name = people.name_of(keyed.1).into_owned();
        let folded = if folds {
            name.to_lowercase()
        } else {
            String::new()
        };
        let quotations = if folds {
            people.n_quotations(keyed.1)
        } else {
            0
        };
        ((folded, Reverse(quotations), name), *keyed)
    });
    let mut named: Vec<_> = named.collect();
    named.sort_unstable();
    let sorted = named.into_iter().map(|(_, keyed)| keyed);
    alike
        .iter_mut()
        .zip(sorted)
        .for_each(|(to, keyed)| *to = keyed);
}

/// Puts somebody in the part where they belong.
fn add(parts: &mut [SortBucket], first: NamePrefix, id: PersonId) {
    let at = parts.partition_point(|part| part.from <= first);
    if let Some(part) = parts.get_mut(at.saturating_sub(1)) {
        part.keyed.push((first, id));
    }
}

/// Parts those who were read first, so that there are few in each when all `n_persons` are read.
fn parted(mut sample: Vec<KeyedPerson>, n_persons: usize) -> Vec<SortBucket> {
    sample.sort_unstable();
    let n_parts = n_persons.div_ceil(FEW / 2).min(sample.len());
    let begins = |number: usize| sample.get(number * sample.len() / n_parts);
    let mut from: Vec<NamePrefix> = (1..n_parts)
        .filter_map(|number| Some(begins(number)?.0))
        .collect();
    from.insert(0, NamePrefix::default());
    from.dedup();
    let mut parts: Vec<SortBucket> = from
        .into_iter()
        .map(|from| SortBucket {
            from,
            ..SortBucket::default()
        })
        .collect();
    for (first, id) in sample {
        add(&mut parts, first, id);
    }
    parts
}

fn first(name: &str, folds: bool) -> NamePrefix {
    let fill = |bytes: &[u8]| {
        let mut all = bytes.iter().copied().chain(std::iter::repeat(0));
        [0; 2].map(|_: u64| u64::from_be_bytes([0; 8].map(|_: u8| all.next().unwrap_or(0))))
    };
    if !folds {
        fill(name.as_bytes())
    } else if name.is_ascii() {
        let mut small = [0; 16];
        let bytes = small.iter_mut().zip(name.bytes());
        bytes.for_each(|(to, byte)| *to = byte.to_ascii_lowercase());
        fill(&small)
    } else {
        fill(name.to_lowercase().as_bytes())
    }
}
