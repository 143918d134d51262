//! Which articles a name stands in, or which one a file is.
//!
//! A name that one article has takes ten bytes here: a slot with a number of the name and the article. What the
//! name is stands in the record of that article. A name of several articles has a chain of them, and its
//! quotations summed up. Two names may have the same number, so that each slot found is a question:
//! whether the article has that very name.
//!
//! The slots lie in many small parts, each of which grows by itself: no key waits for half a million of them to be
//! put elsewhere, and no large piece of memory is given up for a larger one.

mod slot;

use std::sync::Arc;

use crate::library::ArticleId;
use crate::packed::{BlockSink, BlockSource, count, put_rows, row, rows};
use crate::text::hash::hash;
use slot::{EMPTY, GONE, SlotValue};

/// The number of a name, the same in every run. Two names may have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameHash(u32);

impl NameHash {
    /// The number of a name with these bytes.
    pub(crate) fn of(name: &[u8]) -> Self {
        Self(u32::try_from(hash(name) >> 32).unwrap_or(0))
    }

    /// The number with these bytes.
    pub(crate) const fn of_bytes(bytes: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(bytes))
    }

    /// Its bytes.
    pub(crate) const fn to_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    /// The number, without its last bit.
    pub(crate) const fn high_bits(self) -> u32 {
        self.0 >> 1
    }

    /// Half of it.
    pub(crate) fn low_bits(self) -> u16 {
        u16::try_from(self.0 & 0xFFFF).unwrap_or(0)
    }
}

/// Where a name stands in the table, until the next change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameSlot(pub(crate) u32);

/// The end of a chain.
const END: u32 = u32::MAX;

/// All names. A copy shares the parts that do not change.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameTable {
    /// By the first bits of a number.
    parts: Vec<Arc<Shard>>,
    n_names: usize,
    n_ambiguous: usize,
    /// Two for the head of a chain (quotations and the first link; what is noted of the name), then one for each
    /// article (the article and the next link).
    links: Vec<(u32, u32)>,
    free: Vec<u32>,
}

/// Some of the names.
#[derive(Debug, Clone, Default)]
struct Shard {
    slots: Vec<(u32, u32)>,
    /// How many slots are not empty.
    n_used: usize,
    n_names: usize,
}

/// How many bits of a number tell the part, and how many of a place the slot in it.
const PART_BITS: u32 = 6;
const SLOT_BITS: u32 = 24;

impl NameHash {
    fn part(self) -> usize {
        (self.0 >> (u32::BITS - PART_BITS)) as usize
    }

    /// Where the search for it begins in a part with so many slots.
    fn start(self, len: usize) -> usize {
        let at = (u64::from(self.0 << PART_BITS) * len as u64) >> u32::BITS;
        usize::try_from(at).unwrap_or(0)
    }
}

impl NameSlot {
    fn of(part: usize, slot: usize) -> Self {
        Self(count(part) << SLOT_BITS | count(slot))
    }

    const fn part(self) -> usize {
        (self.0 >> SLOT_BITS) as usize
    }

    const fn slot(self) -> usize {
        (self.0 & ((1 << SLOT_BITS) - 1)) as usize
    }
}

impl Shard {
    /// The slot after one.
    const fn after(&self, at: usize) -> usize {
        if at + 1 < self.slots.len() { at + 1 } else { 0 }
    }

    /// Puts a number into the first slot that is free for it.
    fn put(&mut self, key: NameHash, value: u32) -> usize {
        let mut at = key.start(self.slots.len());
        while let Some((_, value)) = self.slots.get(at)
            && *value != EMPTY
            && *value != GONE
        {
            at = self.after(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            self.n_used += usize::from(slot.1 == EMPTY);
            *slot = (key.0, value);
        }
        at
    }

    /// Makes room for half as many names again, when there is little left.
    fn make_room(&mut self) {
        if (self.n_used + 1) * 5 <= self.slots.len() * 4 {
            return;
        }
        let len = (self.n_names * 3 / 2).max(16);
        let old = std::mem::replace(&mut self.slots, vec![(0, EMPTY); len]);
        self.n_used = 0;
        for (key, value) in old {
            if value != EMPTY && value != GONE {
                self.put(NameHash(key), value);
            }
        }
    }
}

fn put_pairs(sink: BlockSink<'_>, pairs: &[(u32, u32)]) {
    put_rows(sink, pairs.iter().map(|&(one, other)| [one, other]));
}

fn pairs(source: BlockSource<'_>) -> Option<Vec<(u32, u32)>> {
    rows(source, |[one, other]| (one, other))
}

impl NameTable {
    /// Puts all of it into an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        let counts = [self.parts.len(), self.n_names, self.n_ambiguous];
        put_rows(sink, [counts.map(count)]);
        for part in &self.parts {
            put_rows(sink, [[part.n_used, part.n_names].map(count)]);
            put_pairs(sink, &part.slots);
        }
        put_pairs(sink, &self.links);
        put_rows(sink, self.free.iter().map(|&at| [at]));
    }

    /// What was put into an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let [n_parts, n_names, n_ambiguous] = row(source)?;
        let mut part = || {
            let [n_used, n_names] = row::<2>(source)?;
            Some(Arc::new(Shard {
                slots: pairs(source)?,
                n_used: n_used as usize,
                n_names: n_names as usize,
            }))
        };
        Some(Self {
            parts: (0..n_parts).map(|_| part()).collect::<Option<_>>()?,
            n_names: n_names as usize,
            n_ambiguous: n_ambiguous as usize,
            links: pairs(source)?,
            free: rows(source, |[at]| at)?,
        })
    }

    /// The places of all names.
    pub(crate) fn places(&self) -> impl Iterator<Item = NameSlot> {
        let parts = self.parts.iter().enumerate();
        parts.flat_map(|(number, part)| {
            let slots = part.slots.iter().enumerate();
            slots.filter_map(move |(at, (_, value))| match SlotValue::of(*value) {
                SlotValue::Empty | SlotValue::Gone => None,
                _ => Some(NameSlot::of(number, at)),
            })
        })
    }

    /// The place of the name with a number for which `is_in` holds of its first article.
    pub(crate) fn find(
        &self,
        key: NameHash,
        is_in: impl Fn(ArticleId) -> bool,
    ) -> Option<NameSlot> {
        let part = self.parts.get(key.part())?;
        let mut at = key.start(part.slots.len());
        for _ in 0..part.slots.len() {
            let (known, value) = *part.slots.get(at)?;
            match SlotValue::of(value) {
                SlotValue::Empty => return None,
                SlotValue::Gone => {}
                _ if known == key.0 => {
                    let place = NameSlot::of(key.part(), at);
                    if self.articles(place).next().is_some_and(&is_in) {
                        return Some(place);
                    }
                }
                _ => {}
            }
            at = part.after(at);
        }
        None
    }

    fn slot_at(&self, place: NameSlot) -> Option<&(u32, u32)> {
        self.parts.get(place.part())?.slots.get(place.slot())
    }

    fn slot(&self, place: NameSlot) -> SlotValue {
        let slot = self.slot_at(place);
        slot.map_or(SlotValue::Empty, |(_, value)| SlotValue::of(*value))
    }

    fn part_mut(&mut self, part: usize) -> Option<&mut Shard> {
        self.parts.get_mut(part).map(Arc::make_mut)
    }

    fn set(&mut self, place: NameSlot, slot: SlotValue) {
        let part = self.part_mut(place.part());
        if let Some((_, value)) = part.and_then(|part| part.slots.get_mut(place.slot())) {
            *value = slot.value();
        }
    }

    /// The number of the name at a place.
    pub(crate) fn key(&self, place: NameSlot) -> NameHash {
        NameHash(self.slot_at(place).map_or(0, |(key, _)| *key))
    }

    /// The articles with the name, in no order.
    pub(crate) fn articles(&self, place: NameSlot) -> impl Iterator<Item = ArticleId> {
        let (single, mut next) = match self.slot(place) {
            SlotValue::Single { article, .. } => (Some(article), END),
            SlotValue::Chain { head, .. } => (None, self.link(head).1),
            SlotValue::Empty | SlotValue::Gone => (None, END),
        };
        let chain = std::iter::from_fn(move || {
            let (article, after) = *self.links.get(next as usize)?;
            next = after;
            Some(article)
        });
        single.into_iter().chain(chain).map(ArticleId)
    }

    /// Whether only one article has the name.
    pub(crate) fn is_single(&self, place: NameSlot) -> bool {
        matches!(self.slot(place), SlotValue::Single { .. })
    }

    /// Quotations by those who bear the name.
    pub(crate) fn quotations(&self, place: NameSlot) -> u32 {
        match self.slot(place) {
            SlotValue::Single { quotations, .. } => quotations,
            SlotValue::Chain { head, .. } => self.link(head).0,
            SlotValue::Empty | SlotValue::Gone => 0,
        }
    }

    /// Whether more has to be known of the name than stands here.
    pub(crate) fn is_ambiguous(&self, place: NameSlot) -> bool {
        matches!(
            self.slot(place),
            SlotValue::Chain {
                is_ambiguous: true,
                ..
            }
        )
    }

    fn link(&self, at: u32) -> (u32, u32) {
        self.links.get(at as usize).copied().unwrap_or((0, END))
    }

    fn set_link(&mut self, at: u32, link: (u32, u32)) {
        if let Some(slot) = self.links.get_mut(at as usize) {
            *slot = link;
        }
    }

    /// Adds a name that is not there yet.
    pub(crate) fn insert(
        &mut self,
        key: NameHash,
        article: ArticleId,
        quotations: u32,
    ) -> NameSlot {
        if self.parts.is_empty() {
            self.parts = (0..1 << PART_BITS).map(|_| Arc::default()).collect();
        }
        let mut at = 0;
        if let Some(part) = self.part_mut(key.part()) {
            part.make_room();
            at = part.put(key, GONE);
            part.n_names += 1;
        }
        self.n_names += 1;
        let place = NameSlot::of(key.part(), at);
        match SlotValue::single(article.0, quotations) {
            Some(single) => self.set(place, single),
            None => self.chain(place, &[article], quotations),
        }
        place
    }

    /// Makes a chain of a name.
    fn chain(&mut self, place: NameSlot, articles: &[ArticleId], quotations: u32) {
        let head = count(self.links.len());
        self.links.push((quotations, END));
        self.links.push((0, 0));
        self.set(
            place,
            SlotValue::Chain {
                head,
                is_ambiguous: false,
            },
        );
        for article in articles {
            self.put(head, *article);
        }
    }

    fn put(&mut self, head: u32, article: ArticleId) {
        let (quotations, first) = self.link(head);
        let link = (article.0, first);
        let at = self.free.pop().unwrap_or_else(|| {
            self.links.push(link);
            count(self.links.len() - 1)
        });
        self.set_link(at, link);
        self.set_link(head, (quotations, at));
    }

    /// The head of the chain of a name, which it has from now on.
    fn head(&mut self, place: NameSlot) -> Option<u32> {
        if let SlotValue::Single {
            article,
            quotations,
        } = self.slot(place)
        {
            self.chain(place, &[ArticleId(article)], quotations);
        }
        match self.slot(place) {
            SlotValue::Chain { head, .. } => Some(head),
            _ => None,
        }
    }

    /// Notes that more has to be known of a name.
    pub(crate) fn mark_ambiguous(&mut self, place: NameSlot) {
        if !self.is_ambiguous(place)
            && let Some(head) = self.head(place)
        {
            self.n_ambiguous += 1;
            self.set(
                place,
                SlotValue::Chain {
                    head,
                    is_ambiguous: true,
                },
            );
        }
    }

    /// How many names are not ambiguous.
    pub(crate) fn n_plain(&self) -> usize {
        self.n_names.saturating_sub(self.n_ambiguous)
    }

    /// Adds a further article of a name.
    pub(crate) fn append(&mut self, place: NameSlot, article: ArticleId, quotations: u32) {
        if let Some(head) = self.head(place) {
            self.put(head, article);
            self.count(head, |total| total.saturating_add(quotations));
        }
    }

    fn count(&mut self, head: u32, change: impl Fn(u32) -> u32) {
        let (total, first) = self.link(head);
        self.set_link(head, (change(total), first));
    }

    /// What was noted of a name of several articles.
    pub(crate) fn note(&self, place: NameSlot) -> Option<(u32, u32)> {
        match self.slot(place) {
            SlotValue::Chain { head, .. } => Some(self.link(head + 1)),
            _ => None,
        }
    }

    /// Notes something of a name.
    pub(crate) fn set_note(&mut self, place: NameSlot, note: (u32, u32)) {
        if let Some(head) = self.head(place) {
            self.set_link(head + 1, note);
        }
    }

    /// Takes an article away from a name.
    pub(crate) fn remove(&mut self, place: NameSlot, article: ArticleId, quotations: u32) {
        let SlotValue::Chain { head, .. } = self.slot(place) else {
            return self.drop_name(place);
        };
        let mut before = head;
        let mut at = self.link(head).1;
        while at != END {
            let (of, next) = self.link(at);
            if of == article.0 {
                let (kept, _) = self.link(before);
                self.set_link(before, (kept, next));
                self.free.push(at);
                break;
            }
            (before, at) = (at, next);
        }
        self.count(head, |total| total.saturating_sub(quotations));
        if self.link(head).1 == END {
            self.free.extend([head, head + 1]);
            self.drop_name(place);
        }
    }

    fn drop_name(&mut self, place: NameSlot) {
        self.n_ambiguous = self
            .n_ambiguous
            .saturating_sub(usize::from(self.is_ambiguous(place)));
        self.set(place, SlotValue::Gone);
        self.n_names = self.n_names.saturating_sub(1);
        if let Some(part) = self.part_mut(place.part()) {
            part.n_names = part.n_names.saturating_sub(1);
        }
    }
}
