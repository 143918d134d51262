//! A hash table from words to classes, compiled by the build script, made for one look-up a word of running
//! text.
//!
//! Case and the shape of the apostrophe are folded while hashing, so a look-up neither allocates nor
//! compares strings: 52 bits of the hash represent the word. An unknown word that collides with a known one
//! would be taken for it; with 8,000 words the chance is one in 10^11.
//!
//! The tables are read where they lie in the program file: nothing is built at start, and little is loaded.

use super::class::Classes;

/// Slots for words; open addressing, at most half full.
pub(super) const SLOTS: usize = 1 << 14;
/// Bits of the filter in front of the slots.
pub(super) const FILTER: usize = 1 << 16;
/// The most sets of classes that words may have.
pub(super) const SETS: usize = 512;
/// The bits of a slot that hold the index of its set; the others hold the hash.
pub(super) const SET: u64 = 0xFFF;
/// The length of a compiled table: the filter, the slots, the sets.
pub(super) const BYTES: usize = 8 * (FILTER / 64 + SLOTS + SETS);

type Word = [u8; 8];

/// A compiled table of words.
pub(super) struct WordTable {
    /// A bit for each hash in the table: so few bytes that most words of a text, which are not in it, are
    /// rejected without waiting for memory.
    filter: &'static [Word],
    /// The upper bits of a hash and the index of its set; 0 where a slot is free.
    slots: &'static [Word],
    /// The sets of classes that words have; the first is empty.
    sets: &'static [Word],
}

impl WordTable {
    /// The table in the bytes the build script wrote.
    pub(super) const fn new(bytes: &'static [u8; BYTES]) -> Self {
        let (words, _) = bytes.as_chunks();
        let (filter, words) = words.split_at(FILTER / 64);
        let (slots, sets) = words.split_at(SLOTS);
        Self {
            filter,
            slots,
            sets,
        }
    }

    /// The classes of a word; none if it is unknown.
    pub(super) fn get(&self, word: &[u8]) -> Classes {
        let hash = fold_hash(word);
        let (at, bit) = filter_bit(hash);
        if u64::from_le_bytes(self.filter[at]) & bit == 0 {
            return Classes::NONE;
        }
        let set = set_of(self.slot(hash));
        Classes(u64::from_le_bytes(self.sets[set]))
    }

    /// The slot of a hash; 0 if it has none.
    fn slot(&self, hash: u64) -> u64 {
        let mut index = first_slot(hash);
        loop {
            let slot = u64::from_le_bytes(self.slots[index]);
            if slot == 0 || slot & !SET == hash & !SET {
                return slot;
            }
            index = (index + 1) % SLOTS;
        }
    }
}

/// Where the search for a hash begins.
pub(super) fn first_slot(hash: u64) -> usize {
    (hash >> 20) as usize % SLOTS
}

/// The index of the set in a slot.
pub(super) fn set_of(slot: u64) -> usize {
    (slot & SET) as usize % SETS
}

/// The word and the bit of the filter for a hash: from its upper half, as the slots use the middle.
pub(super) fn filter_bit(hash: u64) -> (usize, u64) {
    let at = (hash >> 48) as usize;
    (at % FILTER / 64, 1 << (at % 64))
}

/// FNV-1a over the word in lower case (ASCII and Latin-1), curly apostrophes straightened; never 0.
pub(crate) const fn fold_hash(word: &[u8]) -> u64 {
    let mut hash = SEED;
    let mut rest = word;
    while let [byte, after @ ..] = rest {
        if *byte >= 0x80 {
            return fold_hash_wide(word);
        }
        // The bit that tells cases apart is set in digits, hyphens and apostrophes anyway.
        hash = step(hash, *byte | 0x20);
        rest = after;
    }
    hash | 1
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;

/// The same for words with letters beyond ASCII.
#[cold]
const fn fold_hash_wide(mut bytes: &[u8]) -> u64 {
    let mut hash = SEED;
    loop {
        let (byte, rest) = match bytes {
            [0xE2, 0x80, 0x99, rest @ ..] => (b'\'', rest),
            [0xC3, second @ 0x80..=0x9E, rest @ ..] => {
                hash = step(hash, 0xC3);
                (*second | 0x20, rest)
            }
            [byte @ 0x00..=0x7F, rest @ ..] => (*byte | 0x20, rest),
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
