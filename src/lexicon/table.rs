//! A hash table from words to classes, made for one look-up a word of running text.
//!
//! Case and the shape of the apostrophe are folded while hashing, so a look-up neither allocates nor
//! compares strings: 64 bits of hash stand for the word. A stranger that collides with a known word would
//! be taken for it; with some 10,000 words that is a chance of one in 10^15.

use super::class::Classes;

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    classes: Classes,
}

/// Words and their classes; open addressing, at most half full.
pub(super) struct Table {
    /// A bit for each hash that some word has: so few bytes that most words of a text, which are not in the
    /// table, are told without waiting for memory.
    filter: Vec<u64>,
    slots: Vec<Slot>,
    used: usize,
}

impl Table {
    /// An empty table with room for `words` words.
    pub(super) fn with_capacity(words: usize) -> Self {
        Self {
            filter: vec![0; FILTER / 64],
            slots: vec![Slot::default(); (words * 2).next_power_of_two()],
            used: 0,
        }
    }

    /// Adds classes to a word.
    pub(super) fn add(&mut self, word: &str, classes: Classes) {
        if self.used * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = fold_hash(word);
        let (at, bit) = place(hash);
        if let Some(bits) = self.filter.get_mut(at) {
            *bits |= bit;
        }
        let index = self.find(hash);
        if let Some(slot) = self.slots.get_mut(index) {
            self.used += usize::from(slot.hash == 0);
            *slot = Slot {
                hash,
                classes: slot.classes.and(classes),
            };
        }
    }

    /// The classes of a word.
    pub(super) fn get(&self, word: &str) -> Classes {
        let hash = fold_hash(word);
        let (at, bit) = place(hash);
        if self.filter.get(at).is_none_or(|bits| bits & bit == 0) {
            return Classes::NONE;
        }
        let index = self.find(hash);
        self.slots
            .get(index)
            .map_or(Classes::NONE, |slot| slot.classes)
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len() * 2];
        for slot in old.into_iter().filter(|slot| slot.hash != 0) {
            let index = self.find(slot.hash);
            if let Some(place) = self.slots.get_mut(index) {
                *place = slot;
            }
        }
    }

    /// The slot of a hash: its own or the empty one where it would go.
    fn find(&self, hash: u64) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let mut index = usize::try_from(hash >> 20).unwrap_or(0) & mask;
        while self
            .slots
            .get(index)
            .is_some_and(|slot| slot.hash != 0 && slot.hash != hash)
        {
            index = (index + 1) & mask;
        }
        index
    }
}

/// Bits of the filter.
const FILTER: usize = 1 << 16;

/// Where the bit of a hash is in the filter: by its upper half, while the slots go by the middle.
const fn place(hash: u64) -> (usize, u64) {
    let at = (hash >> 48) as usize;
    (at % FILTER / 64, 1 << (at % 64))
}

/// FNV-1a over the word in lower case (ASCII and Latin-1), curly apostrophes straightened; never 0.
pub(crate) fn fold_hash(word: &str) -> u64 {
    let mut hash = SEED;
    for &byte in word.as_bytes() {
        if byte >= 0x80 {
            return fold_hash_wide(word.as_bytes());
        }
        // The bit that tells cases apart is set in digits, hyphens and apostrophes anyway.
        hash = step(hash, byte | 0x20);
    }
    hash | 1
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;

/// The same for words with letters beyond ASCII.
#[cold]
fn fold_hash_wide(mut bytes: &[u8]) -> u64 {
    let mut hash = SEED;
    loop {
        let (byte, rest) = match bytes {
            [0xE2, 0x80, 0x99, rest @ ..] => (b'\'', rest),
            [0xC3, second @ 0x80..=0x9E, rest @ ..] => {
                hash = step(hash, 0xC3);
                (second | 0x20, rest)
            }
            [byte @ 0x00..=0x7F, rest @ ..] => (byte | 0x20, rest),
            [byte, rest @ ..] => (*byte, rest),
            [] => return hash | 1,
        };
        hash = step(hash, byte);
        bytes = rest;
    }
}

const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01B3)
}
