//! Sorting people by name in steps.
//!
//! It is a sample sort. The names are read article by article, which can stop anywhere. The first
//! ones decide on the bounds of the buckets that the others are put into. A bucket is sorted when
//! it comes into view, or in the background.

use std::cmp::Reverse;
use std::ops::Range;

use super::all_names::NameReader;
use super::batch_sizes::BatchSizes;
use crate::library::people::People;
use crate::library::people::identity::id::PersonId;

/// A range of a list that is being sorted.
#[derive(Debug)]
pub(crate) struct NameSort {
    range: Range<usize>,
    /// Whether case is ignored.
    ignores_case: bool,
    sizes: BatchSizes,
    /// Where the names come from, until all are read.
    source: Option<NameSource>,
    /// The people so far. Everyone in a bucket comes before everyone in the next.
    buckets: Vec<SortBucket>,
}

#[derive(Debug)]
enum NameSource {
    /// Few names are looked up.
    OneByOne,
    /// Many are read together.
    Batch(NameReader),
}

#[derive(Debug, Default)]
struct SortBucket {
    /// No name in it is less.
    from: NamePrefix,
    people: Vec<KeyedPerson>,
    is_sorted: bool,
}

/// The first sixteen letters of a name. They nearly always decide, so that few names are looked up twice.
type NamePrefix = [u64; 2];
type KeyedPerson = (NamePrefix, PersonId);

impl NameSort {
    /// Starts to sort a range of a list.
    pub(crate) fn of(
        people: &People,
        range: Range<usize>,
        ignores_case: bool,
        sizes: BatchSizes,
    ) -> Self {
        let source = if range.len() <= sizes.bucket {
            NameSource::OneByOne
        } else {
            NameSource::Batch(NameReader::of(people))
        };
        Self {
            range,
            ignores_case,
            sizes,
            source: Some(source),
            buckets: vec![SortBucket::default()],
        }
    }

    /// Whether this range is being sorted.
    pub(crate) fn is_of(&self, range: &Range<usize>) -> bool {
        self.range == *range
    }

    /// Whether all names are read, so that sorting what is in view takes no time.
    pub(crate) fn has_read(&self) -> bool {
        self.source.is_none()
    }

    /// Whether everyone is sorted.
    pub(crate) fn is_done(&self) -> bool {
        self.has_read() && self.buckets.iter().all(|bucket| bucket.is_sorted)
    }

    /// Writes the people back to the list in the order so far.
    pub(crate) fn write(&self, rows: &mut [PersonId]) {
        if self.has_read() {
            let people = self.buckets.iter().flat_map(|bucket| &bucket.people);
            for (row, (_, id)) in rows[self.range.clone()].iter_mut().zip(people) {
                *row = *id;
            }
        }
    }

    /// Sorts the people in a window of the list.
    pub(crate) fn bring(&mut self, people: &People, rows: &[PersonId], window: &Range<usize>) {
        self.read(people, rows, &mut { usize::MAX });
        let mut start = self.range.start;
        let mut at = 0;
        while at < self.buckets.len() && start < window.end {
            let bucket = &self.buckets[at];
            let end = start + bucket.people.len();
            if window.start < end && !bucket.is_sorted {
                self.sort_or_split(people, at);
            } else {
                start = end;
                at += 1;
            }
        }
    }

    /// Continues for about `n_names` names, and returns how many of these are left.
    pub(crate) fn go_on(&mut self, people: &People, rows: &[PersonId], n_names: usize) -> usize {
        let mut left = n_names;
        if !self.has_read() {
            self.read(people, rows, &mut left);
            return left;
        }
        while left > 0
            && let Some(at) = self.buckets.iter().position(|bucket| !bucket.is_sorted)
        {
            left = left.saturating_sub(self.sort_or_split(people, at));
        }
        left
    }

    /// The index of somebody in the list once everyone is sorted.
    pub(crate) fn position(
        &mut self,
        people: &People,
        rows: &[PersonId],
        id: PersonId,
    ) -> Option<usize> {
        self.read(people, rows, &mut { usize::MAX });
        let place = |bucket: &SortBucket| bucket.people.iter().position(|(_, other)| *other == id);
        let mut at = self
            .buckets
            .iter()
            .position(|bucket| place(bucket).is_some())?;
        while !self.buckets[at].is_sorted {
            self.sort_or_split(people, at);
            at += usize::from(place(&self.buckets[at]).is_none());
        }
        let before = self.buckets[..at].iter().map(|bucket| bucket.people.len());
        Some(self.range.start + before.sum::<usize>() + place(&self.buckets[at])?)
    }

    /// Reads further names until `left` is used up.
    fn read(&mut self, people: &People, rows: &[PersonId], left: &mut usize) {
        let among = &rows[self.range.clone()];
        let (buckets, ignores_case, sizes) = (&mut self.buckets, self.ignores_case, self.sizes);
        let has_more = match &mut self.source {
            None => return,
            Some(NameSource::OneByOne) => {
                for &id in among {
                    add(buckets, prefix(&people.name_of(id), ignores_case), id);
                    *left = left.saturating_sub(people.n_articles_to_read(id));
                }
                false
            }
            Some(NameSource::Batch(names)) => names.go_on(people, among, left, |id, name| {
                add(buckets, prefix(name, ignores_case), id);
                if let [only] = buckets.as_mut_slice()
                    && only.people.len() >= sizes.sample
                {
                    *buckets = split(std::mem::take(&mut only.people), among.len(), sizes.bucket);
                }
            }),
        };
        if !has_more {
            self.source = None;
        }
    }

    /// Sorts a small bucket, or splits a large one in two. Returns how many people are in it.
    fn sort_or_split(&mut self, people: &People, at: usize) -> usize {
        let bucket = &mut self.buckets[at];
        let keyed = &mut bucket.people;
        keyed.sort_unstable_by_key(|(prefix, _)| *prefix);
        let len = keyed.len();
        let all_alike = match keyed.as_slice() {
            [(first, _), .., (last, _)] => first == last,
            _ => true,
        };
        if len <= self.sizes.bucket || all_alike {
            for alike in keyed.chunk_by_mut(|(a, _), (b, _)| a == b) {
                sort_by_full_name(people, self.ignores_case, alike);
            }
            bucket.is_sorted = true;
            return len;
        }
        // Names with the same prefix stay together.
        let (middle, _) = keyed[len / 2];
        let before = keyed.partition_point(|(prefix, _)| *prefix < middle);
        let through = keyed.partition_point(|(prefix, _)| *prefix <= middle);
        let after = keyed.split_off(if before > 0 { before } else { through });
        let after = SortBucket {
            from: after[0].0,
            people: after,
            is_sorted: false,
        };
        self.buckets.insert(at + 1, after);
        len
    }
}

/// Sorts people whose names have the same prefix.
fn sort_by_full_name(people: &People, ignores_case: bool, alike: &mut [KeyedPerson]) {
    if alike.len() < 2 {
        return;
    }
    // Names that differ only in case are sorted by the number of quotations.
    let named = alike.iter().map(|keyed| {
        let name = people.name_of(keyed.1).into_owned();
        let key =
            ignores_case.then(|| (name.to_lowercase(), Reverse(people.n_quotations(keyed.1))));
        ((key, name), *keyed)
    });
    let mut named: Vec<_> = named.collect();
    named.sort_unstable();
    for (to, (_, keyed)) in alike.iter_mut().zip(named) {
        *to = keyed;
    }
}

/// Puts somebody into the right bucket.
fn add(buckets: &mut [SortBucket], prefix: NamePrefix, id: PersonId) {
    // The first bucket starts at the least prefix.
    let at = buckets.partition_point(|bucket| bucket.from <= prefix) - 1;
    buckets[at].people.push((prefix, id));
}

/// Splits a sample into buckets that will have about half of `size` people each, once all
/// `n_people` are read.
fn split(mut sample: Vec<KeyedPerson>, n_people: usize, size: usize) -> Vec<SortBucket> {
    sample.sort_unstable();
    let n_buckets = n_people.div_ceil(size / 2).min(sample.len());
    let start = |number: usize| sample[number * sample.len() / n_buckets].0;
    let mut from: Vec<NamePrefix> = (1..n_buckets).map(start).collect();
    from.insert(0, NamePrefix::default());
    from.dedup();
    let bucket = |from| SortBucket {
        from,
        ..SortBucket::default()
    };
    let mut buckets: Vec<SortBucket> = from.into_iter().map(bucket).collect();
    for (prefix, id) in sample {
        add(&mut buckets, prefix, id);
    }
    buckets
}

fn prefix(name: &str, ignores_case: bool) -> NamePrefix {
    let mut letters = [0; size_of::<NamePrefix>()];
    let mut fill = |bytes: &[u8]| {
        for (to, byte) in letters.iter_mut().zip(bytes) {
            *to = *byte;
        }
    };
    if ignores_case && !name.is_ascii() {
        fill(name.to_lowercase().as_bytes());
    } else {
        fill(name.as_bytes());
        if ignores_case {
            letters.make_ascii_lowercase();
        }
    }
    let (halves, _) = letters.as_chunks::<8>();
    [halves[0], halves[1]].map(u64::from_be_bytes)
}
