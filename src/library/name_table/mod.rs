//! A hash table from names to the articles that have them; also from paths to articles.
//!
//! A name that only one article has takes ten bytes: a slot with a hash of the name, and the
//! article. The name itself is only in the record of that article. A name of several articles has a
//! linked list of them and the sum of its quotations. Two names may have the same hash, so a lookup
//! checks whether an article in the slot really has it.
//!
//! The slots are in many small shards that grow independently, so adding a name never moves half a
//! million others.

mod slot;

use std::sync::Arc;

use crate::library::articles::id::ArticleId;
use crate::packed::{BlockSink, BlockSource, count, put_rows, row, rows};
use crate::text::hash::hash;
use slot::{EMPTY, GONE, SlotValue};

/// The hash of a name, the same in every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameHash(u32);

impl NameHash {
    pub(crate) fn of(name: &[u8]) -> Self {
        let [.., a, b, c, d] = hash(name).to_le_bytes();
        Self(u32::from_le_bytes([a, b, c, d]))
    }

    /// The hash of the base of a name, which everyone in its name group has.
    pub(crate) fn of_base(base: &str) -> Self {
        Self::of(base.as_bytes())
    }

    pub(crate) const fn of_bytes(bytes: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(bytes))
    }

    pub(crate) const fn to_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    /// All bits but the lowest.
    pub(crate) const fn high_bits(self) -> u32 {
        self.0 >> 1
    }

    /// The lowest 16 bits.
    pub(crate) const fn low_bits(self) -> u16 {
        let [low, high, ..] = self.0.to_le_bytes();
        u16::from_le_bytes([low, high])
    }

    const fn shard(self) -> usize {
        (self.0 >> (u32::BITS - SHARD_BITS)) as usize
    }

    /// The index in a shard with `len` slots where the search for it begins. It preserves order, so
    /// that the names stay in order when a shard grows.
    const fn start(self, len: usize) -> usize {
        (((self.0 << SHARD_BITS) as u64 * len as u64) >> u32::BITS) as usize
    }
}

/// The slot of a name. It is valid until the table changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameSlot(pub(crate) u32);

/// The highest bits of a hash choose the shard.
const SHARD_BITS: u32 = 6;
/// The lower bits of a [`NameSlot`] are the index in the shard.
const INDEX_BITS: u32 = 24;

impl NameSlot {
    fn of(shard: usize, index: usize) -> Self {
        Self(count(shard) << INDEX_BITS | count(index))
    }

    const fn shard(self) -> usize {
        (self.0 >> INDEX_BITS) as usize
    }

    const fn index(self) -> usize {
        (self.0 & ((1 << INDEX_BITS) - 1)) as usize
    }
}

/// The end of a linked list.
const END: u32 = u32::MAX;

/// A link has two numbers. A chain begins with two links: the sum of quotations and the index of
/// the first article's link; the note. The link of an article has the article and the index of the
/// next.
type Link = (u32, u32);

/// All names. A clone shares the shards until one of the two changes them.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameTable {
    shards: Vec<Arc<Shard>>,
    n_names: usize,
    n_ambiguous: usize,
    links: Vec<Link>,
    /// Links that are not used.
    free: Vec<u32>,
}

/// Some of the names, by open addressing.
#[derive(Debug, Clone, Default)]
struct Shard {
    /// Hash and [`SlotValue`] of each.
    slots: Vec<(u32, u32)>,
    /// The number of slots that are not empty.
    n_used: usize,
    n_names: usize,
}

/// A shard has at least this many slots.
const FEWEST_SLOTS: usize = 16;

impl Shard {
    const fn after(&self, index: usize) -> usize {
        if index + 1 < self.slots.len() {
            index + 1
        } else {
            0
        }
    }

    /// Puts a name into the first slot that is free for it, and returns its index. There has to be one.
    fn put(&mut self, hash: NameHash, value: u32) -> usize {
        let mut index = hash.start(self.slots.len());
        while !matches!(self.slots[index].1, EMPTY | GONE) {
            index = self.after(index);
        }
        self.n_used += usize::from(self.slots[index].1 == EMPTY);
        self.slots[index] = (hash.0, value);
        index
    }

    /// Makes sure that one slot in five is empty. A shard that grows gets room for half as many names again.
    fn make_room(&mut self) {
        if (self.n_used + 1) * 5 <= self.slots.len() * 4 {
            return;
        }
        let len = (self.n_names * 3 / 2).max(FEWEST_SLOTS);
        let old = std::mem::replace(&mut self.slots, vec![(0, EMPTY); len]);
        self.n_used = 0;
        for (hash, value) in old {
            if value != EMPTY && value != GONE {
                self.put(NameHash(hash), value);
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

/// Images.
impl NameTable {
    /// Writes the table to an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        let counts = [self.shards.len(), self.n_names, self.n_ambiguous];
        put_rows(sink, [counts.map(count)]);
        for shard in &self.shards {
            put_rows(sink, [[shard.n_used, shard.n_names].map(count)]);
            put_pairs(sink, &shard.slots);
        }
        put_pairs(sink, &self.links);
        put_rows(sink, self.free.iter().map(|&at| [at]));
    }

    /// Reads a table from an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let [n_shards, n_names, n_ambiguous] = row(source)?;
        let mut shard = || {
            let [n_used, n_names] = row::<2>(source)?;
            Some(Arc::new(Shard {
                slots: pairs(source)?,
                n_used: n_used as usize,
                n_names: n_names as usize,
            }))
        };
        Some(Self {
            shards: (0..n_shards).map(|_| shard()).collect::<Option<_>>()?,
            n_names: n_names as usize,
            n_ambiguous: n_ambiguous as usize,
            links: pairs(source)?,
            free: rows(source, |[at]| at)?,
        })
    }
}

/// Reading.
impl NameTable {
    /// The slots of all names.
    pub(crate) fn slots(&self) -> impl Iterator<Item = NameSlot> {
        let shards = self.shards.iter().enumerate();
        shards.flat_map(|(number, shard)| {
            let slots = shard.slots.iter().enumerate();
            slots.filter_map(move |(index, (_, value))| match SlotValue::of(*value) {
                SlotValue::Empty | SlotValue::Gone => None,
                _ => Some(NameSlot::of(number, index)),
            })
        })
    }

    /// The slot of a name with a hash; `is_in` decides whether an article has the name.
    pub(crate) fn find(
        &self,
        hash: NameHash,
        is_in: impl Fn(ArticleId) -> bool,
    ) -> Option<NameSlot> {
        let shard = self.shards.get(hash.shard())?;
        let mut index = hash.start(shard.slots.len());
        for _ in 0..shard.slots.len() {
            let (other, value) = shard.slots[index];
            match SlotValue::of(value) {
                SlotValue::Empty => return None,
                SlotValue::Gone => {}
                _ if other == hash.0 => {
                    let slot = NameSlot::of(hash.shard(), index);
                    if let Some(article) = self.articles(slot).next()
                        && is_in(article)
                    {
                        return Some(slot);
                    }
                }
                _ => {}
            }
            index = shard.after(index);
        }
        None
    }

    fn slot(&self, slot: NameSlot) -> (u32, u32) {
        self.shards[slot.shard()].slots[slot.index()]
    }

    fn value(&self, slot: NameSlot) -> SlotValue {
        SlotValue::of(self.slot(slot).1)
    }

    /// The hash of the name in a slot.
    pub(crate) fn hash(&self, slot: NameSlot) -> NameHash {
        NameHash(self.slot(slot).0)
    }

    /// The articles that have the name in a slot, in no particular order.
    pub(crate) fn articles(&self, slot: NameSlot) -> impl Iterator<Item = ArticleId> {
        let (single, mut next) = match self.value(slot) {
            SlotValue::Single { article, .. } => (Some(article), END),
            SlotValue::Chain { head, .. } => (None, self.link(head).1),
            SlotValue::Empty | SlotValue::Gone => (None, END),
        };
        let chain = std::iter::from_fn(move || {
            if next == END {
                return None;
            }
            let (article, after) = self.link(next);
            next = after;
            Some(article)
        });
        single.into_iter().chain(chain).map(ArticleId)
    }

    /// Whether only one article has the name in a slot. There may be a chain even for one article.
    pub(crate) fn is_single(&self, slot: NameSlot) -> bool {
        matches!(self.value(slot), SlotValue::Single { .. })
    }

    /// The number of quotations by everyone with the name in a slot.
    pub(crate) fn quotations(&self, slot: NameSlot) -> u32 {
        match self.value(slot) {
            SlotValue::Single { quotations, .. } => quotations,
            SlotValue::Chain { head, .. } => self.link(head).0,
            SlotValue::Empty | SlotValue::Gone => 0,
        }
    }

    /// Whether the name in a slot is marked as ambiguous.
    pub(crate) fn is_ambiguous(&self, slot: NameSlot) -> bool {
        let value = self.value(slot);
        matches!(
            value,
            SlotValue::Chain {
                is_ambiguous: true,
                ..
            }
        )
    }

    /// The number of names that are not ambiguous.
    pub(crate) const fn n_unambiguous(&self) -> usize {
        self.n_names - self.n_ambiguous
    }

    /// The note on a name of several articles.
    pub(crate) fn note(&self, slot: NameSlot) -> Option<(u32, u32)> {
        match self.value(slot) {
            SlotValue::Chain { head, .. } => Some(self.link(head + 1)),
            _ => None,
        }
    }

    fn link(&self, at: u32) -> Link {
        self.links[at as usize]
    }
}

/// Changing.
impl NameTable {
    fn set(&mut self, slot: NameSlot, value: SlotValue) {
        let shard = Arc::make_mut(&mut self.shards[slot.shard()]);
        shard.slots[slot.index()].1 = value.number();
    }

    /// Adds a name that is not there yet, with its first article.
    pub(crate) fn insert(
        &mut self,
        hash: NameHash,
        article: ArticleId,
        quotations: u32,
    ) -> NameSlot {
        if self.shards.is_empty() {
            self.shards = (0..1 << SHARD_BITS).map(|_| Arc::default()).collect();
        }
        let shard = Arc::make_mut(&mut self.shards[hash.shard()]);
        shard.make_room();
        let index = shard.put(hash, GONE);
        shard.n_names += 1;
        self.n_names += 1;
        let slot = NameSlot::of(hash.shard(), index);
        match SlotValue::single(article.0, quotations) {
            Some(single) => self.set(slot, single),
            None => _ = self.make_chain(slot, article, quotations),
        }
        slot
    }

    /// Makes a chain with one article for the name in a slot, and returns its head.
    fn make_chain(&mut self, slot: NameSlot, article: ArticleId, quotations: u32) -> u32 {
        let head = count(self.links.len());
        self.links.extend([(quotations, END), (0, 0)]);
        let is_ambiguous = false;
        self.set(slot, SlotValue::Chain { head, is_ambiguous });
        self.push(head, article);
        head
    }

    /// The head of the chain of the name in a slot, which is made if there is none.
    fn chain(&mut self, slot: NameSlot) -> Option<u32> {
        match self.value(slot) {
            SlotValue::Chain { head, .. } => Some(head),
            SlotValue::Single {
                article,
                quotations,
            } => Some(self.make_chain(slot, ArticleId(article), quotations)),
            SlotValue::Empty | SlotValue::Gone => {
                debug_assert!(false, "the slot has a name");
                None
            }
        }
    }

    /// Adds an article to a chain.
    fn push(&mut self, head: u32, article: ArticleId) {
        let (quotations, first) = self.link(head);
        let link = (article.0, first);
        let at = if let Some(at) = self.free.pop() {
            self.links[at as usize] = link;
            at
        } else {
            self.links.push(link);
            count(self.links.len() - 1)
        };
        self.links[head as usize] = (quotations, at);
    }

    /// Marks a name as ambiguous.
    pub(crate) fn mark_ambiguous(&mut self, slot: NameSlot) {
        if !self.is_ambiguous(slot)
            && let Some(head) = self.chain(slot)
        {
            self.n_ambiguous += 1;
            let is_ambiguous = true;
            self.set(slot, SlotValue::Chain { head, is_ambiguous });
        }
    }

    /// Adds another article of a name.
    pub(crate) fn append(&mut self, slot: NameSlot, article: ArticleId, quotations: u32) {
        if let Some(head) = self.chain(slot) {
            self.push(head, article);
            let total = &mut self.links[head as usize].0;
            *total = total.saturating_add(quotations);
        }
    }

    /// Sets the note on a name.
    pub(crate) fn set_note(&mut self, slot: NameSlot, note: (u32, u32)) {
        if let Some(head) = self.chain(slot) {
            self.links[head as usize + 1] = note;
        }
    }

    /// Removes an article of a name, and the name with its last article.
    pub(crate) fn remove(&mut self, slot: NameSlot, article: ArticleId, quotations: u32) {
        let SlotValue::Chain { head, .. } = self.value(slot) else {
            return self.remove_name(slot);
        };
        let mut before = head;
        let mut at = self.link(head).1;
        while at != END {
            let (other, next) = self.link(at);
            if other == article.0 {
                self.links[before as usize].1 = next;
                self.free.push(at);
                break;
            }
            (before, at) = (at, next);
        }
        let (total, first) = &mut self.links[head as usize];
        *total = total.saturating_sub(quotations);
        if *first == END {
            self.free.extend([head, head + 1]);
            self.remove_name(slot);
        }
    }

    fn remove_name(&mut self, slot: NameSlot) {
        self.n_ambiguous -= usize::from(self.is_ambiguous(slot));
        self.set(slot, SlotValue::Gone);
        self.n_names -= 1;
        Arc::make_mut(&mut self.shards[slot.shard()]).n_names -= 1;
    }
}
