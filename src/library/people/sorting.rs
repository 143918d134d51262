//! Persons in the order of their names, as far as somebody looks.
//!
//! The names are read article by article, which can stop anywhere and go on later. What is read is parted again and
//! again until the part that is looked at is in order, as quicksort does, but the other parts wait.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use super::listing::Kind;
use super::walk::{Articles, Walk};
use super::{People, PersonId};

/// A stretch of a list that is put in order.
#[derive(Debug)]
pub(super) struct Sorting {
    stretch: Range<usize>,
    /// Whether capitals do not count.
    folds: bool,
    /// Reads the names, until all are read.
    walk: Option<Walk>,
    keyed: Vec<Keyed>,
    /// Parts that are not in order yet; whoever is in a part stands before those in the next.
    parts: Vec<Range<usize>>,
}

/// The first letters of a name, which decide nearly always, so that few names are looked up twice.
type First = [u64; 2];
type Keyed = (First, PersonId);

/// So many are put in order at once.
const FEW: usize = if cfg!(test) { 2 } else { 2048 };

impl Sorting {
    /// Begins to put a stretch of some rows in order.
    pub(super) fn of(
        people: &People,
        rows: &[PersonId],
        stretch: Range<usize>,
        folds: bool,
    ) -> Self {
        let among = rows.get(stretch.clone()).unwrap_or_default();
        let special = among
            .iter()
            .filter(|id| matches!(id.kind(), Kind::Special(_)));
        let keyed = special.map(|id| (first(&people.name_of(*id), folds), *id));
        let mut keyed: Vec<Keyed> = keyed.collect();
        keyed.reserve_exact(among.len().saturating_sub(keyed.len()));
        Self {
            walk: Some(Walk::to(people, among, Articles::First)),
            parts: Vec::new(),
            stretch,
            folds,
            keyed,
        }
    }

    /// Whether this stretch is put in order.
    pub(super) fn is_of(&self, stretch: &Range<usize>) -> bool {
        self.stretch == *stretch
    }

    /// Whether all names are read, so that it takes a moment to put those in order who show.
    pub(super) fn has_read(&self) -> bool {
        self.walk.is_none()
    }

    /// Whether everybody is in order.
    pub(super) fn is_done(&self) -> bool {
        self.walk.is_none() && self.parts.is_empty()
    }

    /// Writes the persons back as far as they are in order.
    pub(super) fn write(&self, rows: &mut [PersonId]) {
        if self.walk.is_none()
            && let Some(rows) = rows.get_mut(self.stretch.clone())
        {
            let keyed = rows.iter_mut().zip(&self.keyed);
            keyed.for_each(|(row, (_, id))| *row = *id);
        }
    }

    /// Puts those in order whom a window shows.
    pub(super) fn bring(&mut self, people: &People, rows: &[PersonId], window: &Range<usize>) {
        self.read(people, rows, usize::MAX);
        let start = window.start.saturating_sub(self.stretch.start);
        let end = window.end.saturating_sub(self.stretch.start);
        let is_seen = |part: &Range<usize>| part.start < end && start < part.end;
        while let Some(at) = self.parts.iter().position(is_seen) {
            let part = self.parts.swap_remove(at);
            self.divide(
                people,
                part,
                [start.saturating_sub(FEW), end.saturating_add(FEW)],
            );
        }
    }

    /// Goes on for some `n_names`; tells how many of these are left.
    pub(super) fn go_on(&mut self, people: &People, rows: &[PersonId], n_names: usize) -> usize {
        if self.walk.is_some() {
            self.read(people, rows, n_names);
            return n_names.saturating_sub(self.keyed.len());
        }
        let mut left = n_names;
        while left > 0
            && let Some(part) = self.parts.pop()
        {
            left = left.saturating_sub(part.len());
            self.divide(people, part, [0, 0]);
        }
        left
    }

    /// Where somebody stands in the list, when all are in order.
    pub(super) fn position(
        &mut self,
        people: &People,
        rows: &[PersonId],
        id: PersonId,
    ) -> Option<usize> {
        self.read(people, rows, usize::MAX);
        let it = *self.keyed.iter().find(|(_, other)| *other == id)?;
        let before = self
            .keyed
            .iter()
            .filter(|other| self.compare(people, other, &it).is_lt());
        Some(self.stretch.start + before.count())
    }

    /// Reads the names of further persons.
    fn read(&mut self, people: &People, rows: &[PersonId], n_names: usize) {
        let Some(walk) = &mut self.walk else {
            return;
        };
        let among = rows.get(self.stretch.clone()).unwrap_or_default();
        let (keyed, folds) = (&mut self.keyed, self.folds);
        let mut name = String::new();
        let has_more = walk.go_on(people, n_names, |wanted, mentions| {
            let Some(&id) = among.get(wanted.at as usize) else {
                return;
            };
            if let [mention] = mentions
                && wanted.is_single
            {
                name.clear();
                mention.name.add_to(&mut name);
                keyed.push((first(&name, folds), id));
            } else {
                keyed.push((first(&people.name_of(id), folds), id));
            }
        });
        if !has_more {
            self.walk = None;
            self.parts.push(0..self.keyed.len());
        }
    }

    /// Puts a part in order, or divides it in two: at one of some places if it has one, else in the middle.
    fn divide(&mut self, people: &People, part: Range<usize>, places: [usize; 2]) {
        let mut keyed = std::mem::take(&mut self.keyed);
        let compare = |a: &Keyed, b: &Keyed| self.compare(people, a, b);
        if let Some(keyed) = keyed.get_mut(part.clone()) {
            if part.len() <= FEW {
                keyed.sort_unstable_by(compare);
            } else {
                let within = |place: &usize| part.start < *place && *place < part.end;
                let middle = part.start + part.len() / 2;
                let place = places.into_iter().find(within).unwrap_or(middle);
                keyed.select_nth_unstable_by(place - part.start, compare);
                self.parts.extend([part.start..place, place..part.end]);
            }
        }
        self.keyed = keyed;
    }

    fn compare(&self, people: &People, (a, a_id): &Keyed, (b, b_id): &Keyed) -> Ordering {
        let name = |id: PersonId| {
            let name = people.name_of(id);
            if self.folds {
                name.to_lowercase().into()
            } else {
                name
            }
        };
        // Names that differ in their capitals only: as everywhere, those quoted most come first.
        let rank = |id: PersonId| (Reverse(people.n_quotations(id)), people.name_of(id));
        let by_name = a.cmp(b).then_with(|| name(*a_id).cmp(&name(*b_id)));
        by_name.then_with(|| rank(*a_id).cmp(&rank(*b_id)))
    }
}

fn first(name: &str, folds: bool) -> First {
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
