//! A hash table from words to classes, built by the build script. Every word of an article is looked up in it.
//!
//! Case and the shape of apostrophes are folded while hashing, so a lookup neither allocates nor compares
//! strings: it compares 52 bits of the hash. With some 8,000 words in the table, the chance that another
//! word has the same 52 bits is about one in 10^11.
//!
//! A table is used where it is in the program file: nothing is built at the start, and little is loaded.

use super::class::Classes;
use crate::text::mix::{SEED, first_eight, mix};

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
    /// A bit for each hash in the table. It is small enough to stay in the cache, and rejects most of the words that
    /// are not in the table.
    filter: &'static [Word],
    /// The upper bits of a hash and the index of its set; 0 if free.
    slots: &'static [Word],
    /// The sets of classes that words have; the first is empty.
    sets: &'static [Word],
}

impl WordTable {
    /// The table in the bytes that the build script wrote.
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

/// The index and the bit of a hash in the filter. It uses the upper bits, because slots use the middle ones.
pub(super) fn filter_bit(hash: u64) -> (usize, u64) {
    let at = (hash >> 48) as usize;
    (at % FILTER / 64, 1 << (at % 64))
}

/// The hash of a word in any case (in ASCII and Latin-1) and with any shape of apostrophes; never 0.
pub(crate) const fn fold_hash(word: &[u8]) -> u64 {
    let (mut hash, mut rest) = (SEED, word);
    let mut seen = 0;
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        let eight = u64::from_le_bytes(*eight);
        seen |= eight;
        hash = mix(hash, eight | LOWER_CASE);
        rest = after;
    }
    let last = first_eight(rest);
    if (seen | last) & BEYOND_ASCII != 0 {
        return fold_hash_wide(word);
    }
    finished(mix(hash, last | LOWER_CASE), word.len())
}

/// The bit of each byte that makes a letter lower case. Digits, hyphens and apostrophes have it anyway.
const LOWER_CASE: u64 = u64::from_le_bytes([0x20; 8]);
/// The bit of each byte that ASCII characters do not have.
const BEYOND_ASCII: u64 = u64::from_le_bytes([0x80; 8]);

const fn finished(hash: u64, n_bytes: usize) -> u64 {
    mix(hash, n_bytes as u64) | 1
}

/// The same for words with characters beyond ASCII.
#[cold]
const fn fold_hash_wide(mut bytes: &[u8]) -> u64 {
    const BLANK: [u8; 8] = LOWER_CASE.to_le_bytes();
    let (mut hash, mut n_bytes) = (SEED, 0);
    let (mut eight, mut before) = (BLANK, 0);
    while let [byte, after @ ..] = bytes {
        let (folded, rest) = match (before, bytes) {
            (_, [0xE2, 0x80, 0x99, rest @ ..]) => (b'\'', rest),
            // ASCII, or the second byte of a letter from À to Þ.
            (_, [0x00..=0x7F, ..]) | (0xC3, [0x80..=0x9E, ..]) => (*byte | 0x20, after),
            _ => (*byte, after),
        };
        eight[n_bytes % 8] = folded;
        n_bytes += 1;
        if n_bytes % 8 == 0 {
            hash = mix(hash, u64::from_le_bytes(eight));
            eight = BLANK;
        }
        (before, bytes) = (*byte, rest);
    }
    finished(mix(hash, u64::from_le_bytes(eight)), n_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_the_shape_of_apostrophes_do_not_count() {
        let same = [
            ("didn’t", "DIDN'T"),
            ("Élysée", "éLYSÉE"),
            ("l’Église-aînée’s", "L'église-Aînée's"),
            ("", ""),
        ];
        for (one, other) in same {
            assert_eq!(
                fold_hash(one.as_bytes()),
                fold_hash(other.as_bytes()),
                "{one}"
            );
        }
    }

    #[test]
    fn words_of_any_length_differ_from_their_beginnings_and_variants() {
        let word = "Internationalisierungsgröße";
        let mut hashes: Vec<u64> = word
            .char_indices()
            .map(|(at, _)| word.split_at(at).0)
            .flat_map(|start| [start.to_owned(), format!("{start}x")])
            .map(|word| fold_hash(word.as_bytes()))
            .collect();
        let n_words = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), n_words);
    }
}
