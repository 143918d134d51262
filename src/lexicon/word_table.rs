//! A hash table from words to classes, filled while the program is compiled, made for one look-up a word of
//! running text.
//!
//! Case and the shape of the apostrophe are folded while hashing, so a look-up neither allocates nor
//! compares strings: 52 bits of hash stand for the word. A stranger that collides with a known word would
//! be taken for it; with some 8,000 words that is a chance of one in 10^11.
//!
//! It holds no address, so nothing of it is written when the program starts, and little of it is read.

use super::class::Classes;

/// Words and their classes; open addressing, at most half full.
pub(super) struct WordTable {
    /// A bit for each hash that some word has: so few bytes that most words of a text, which are not in the
    /// table, are told without waiting for memory.
    filter: [u64; FILTER / 64],
    /// The upper bits of a hash and the place of its classes in `sets`; 0 where no word is.
    slots: [u64; SLOTS],
    used: usize,
    /// The sets of classes that words have; the first is that of no word.
    sets: [Classes; SETS],
    n_sets: usize,
    /// The set found last: words of a class stand together in the files.
    last: usize,
}

/// Places for words.
const SLOTS: usize = 1 << 14;
/// Bits of the filter.
const FILTER: usize = 1 << 16;
/// The most sets of classes.
const SETS: usize = 512;
/// The bits of a slot that say which set it is; the others are the hash.
const SET: u64 = 0xFFF;

impl WordTable {
    /// A table without words.
    #[expect(clippy::large_stack_arrays, reason = "the compiler has no stack")]
    pub(super) const EMPTY: Self = Self {
        filter: [0; FILTER / 64],
        slots: [0; SLOTS],
        used: 0,
        sets: [Classes::NONE; SETS],
        n_sets: 1,
        last: 0,
    };

    /// Adds classes to a word.
    pub(super) const fn add(&mut self, word: &[u8], classes: Classes) {
        let hash = fold_hash(word);
        let (at, bit) = place(hash);
        self.filter[at] |= bit;
        let index = self.find(hash);
        if self.slots[index] == 0 {
            self.used += 1;
            assert!(self.used * 2 <= SLOTS, "more words: raise SLOTS");
        }
        let known = self.sets[set_of(self.slots[index])];
        self.last = self.set(known.and(classes));
        self.slots[index] = hash & !SET | self.last as u64;
    }

    /// The place of a set of classes.
    const fn set(&mut self, classes: Classes) -> usize {
        if self.sets[self.last].is(classes) {
            return self.last;
        }
        let mut set = 0;
        while set < self.n_sets {
            if self.sets[set].is(classes) {
                return set;
            }
            set += 1;
        }
        assert!(set < SETS, "more sets of classes: raise SETS");
        self.sets[set] = classes;
        self.n_sets += 1;
        set
    }

    /// The classes of a word.
    pub(super) const fn get(&self, word: &[u8]) -> Classes {
        let hash = fold_hash(word);
        let (at, bit) = place(hash);
        if self.filter[at] & bit == 0 {
            return Classes::NONE;
        }
        self.sets[set_of(self.slots[self.find(hash)])]
    }

    /// The slot of a hash: its own or the empty one where it would go.
    const fn find(&self, hash: u64) -> usize {
        let mut index = (hash >> 20) as usize % SLOTS;
        while self.slots[index] != 0 && self.slots[index] & !SET != hash & !SET {
            index = (index + 1) % SLOTS;
        }
        index
    }
}

const fn set_of(slot: u64) -> usize {
    (slot & SET) as usize % SETS
}

/// Where the bit of a hash is in the filter: by its upper half, while the slots go by the middle.
const fn place(hash: u64) -> (usize, u64) {
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
