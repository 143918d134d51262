//! Byte-pair encoding of short texts: frequent strings in names and headlines take one byte.
//!
//! ASCII leaves the high bit of every byte unused. A byte with that bit set stands for one of
//! [`PIECES`]. English names shrink by 36 %, offices by 40 % and headlines by 34 %. Text with other
//! letters is stored as it is.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

/// Frequent strings of two to [`LONGEST_PIECE`] letters. `byte_pairs.py` beside this file trains
/// them from the word lists of the lexicon. Records on disk depend on this table, so a change of it
/// needs new versions of records and images.
const PIECES: [&str; 128] = [
    " of ", " of the ", "Al", "An", "Ch", "Gu", "Is", "Mar", "Th", "a ", "ab", "ac", "ad", "ag",
    "ak", "al", "am", "an", "an ", "and", "ant", "ap", "ar", "art", "as", "at", "ath", "ation",
    "au", "ay", "ch", "d ", "der", "e ", "e of ", "ec", "ed", "eg", "el", "ell", "em", "en", "en ",
    "ent", "ep", "er", "er ", "ern", "err", "ers", "es", "es ", "et", "h ", "i ", "ia", "ia ",
    "ian", "ian ", "ic", "id", "ie", "ig", "il", "im", "in", "in ", "ine", "ing", "ion", "ip",
    "ir", "is", "ist", "it", "iv", "k ", "la", "land", "le", "li", "man", "ne", "o ", "ob", "oc",
    "of", "of ", "og", "ol", "olog", "ologist", "om", "on", "on ", "ong", "op", "or", "or ", "ors",
    "os", "ot", "ou", "oun", "ov", "ph", "qu", "ra", "re", "res", "ri", "ro", "s ", "sh", "st",
    "t ", "te", "th", "the ", "ub", "ul", "um", "un", "ur", "us", "ut", "wom", "y ",
];

/// No piece has more letters.
const LONGEST_PIECE: usize = 8;
/// Set in the bytes that stand for a piece.
const PIECE_BIT: u8 = 0x80;

/// The pieces by their first two letters.
struct PieceIndex {
    /// The byte of each piece, and its letters after the first two. Pieces with the same first two
    /// letters are neighbors, the longest first.
    tails: Vec<(u8, &'static [u8])>,
    /// The tails of the pieces that begin with two ASCII letters, by [`prefix`].
    by_prefix: Vec<Range<u8>>,
}

static PIECE_INDEX: LazyLock<PieceIndex> = LazyLock::new(|| {
    let mut sorted: Vec<(u8, &str)> = (PIECE_BIT..=u8::MAX).zip(PIECES).collect();
    sorted.sort_by_key(|(_, piece)| (piece.as_bytes().get(..2), Reverse(piece.len())));
    let mut tails = Vec::with_capacity(PIECES.len());
    let mut by_prefix = vec![0..0; 1 << 14];
    for (at, (byte, piece)) in (0..).zip(sorted) {
        if let [first, second, tail @ ..] = piece.as_bytes() {
            tails.push((byte, tail));
            let range: &mut Range<u8> = &mut by_prefix[prefix(*first, *second)];
            if range.end == 0 {
                range.start = at;
            }
            range.end = at + 1;
        }
    }
    PieceIndex { tails, by_prefix }
});

/// Two ASCII letters as a number of 14 bits.
fn prefix(first: u8, second: u8) -> usize {
    usize::from(first & !PIECE_BIT) << 7 | usize::from(second & !PIECE_BIT)
}

impl PieceIndex {
    /// The longest piece at the start of a text: its byte, and its letters after the first two.
    fn longest(&self, first: u8, second: u8, rest: &[u8]) -> Option<(u8, &'static [u8])> {
        let Range { start, end } = self.by_prefix[prefix(first, second)];
        let tails = &self.tails[usize::from(start)..usize::from(end)];
        tails
            .iter()
            .copied()
            .find(|(_, tail)| starts_with(rest, tail))
    }
}

/// Like `starts_with` of slices, which calls `memcmp` and is slower for a few bytes.
fn starts_with(bytes: &[u8], few: &[u8]) -> bool {
    bytes.len() >= few.len() && bytes.iter().zip(few).all(|(a, b)| a == b)
}

/// Appends an ASCII text, compressed.
pub(super) fn compress(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let piece = match after {
            [second, tail @ ..] => PIECE_INDEX.longest(*first, *second, tail),
            [] => None,
        };
        if let Some((byte, tail)) = piece {
            out.push(byte);
            rest = &rest[2 + tail.len()..];
        } else {
            out.push(*first);
            rest = after;
        }
    }
}

/// The letters of every byte, padded to [`LONGEST_PIECE`], and their number.
const EXPANSIONS: [([u8; LONGEST_PIECE], usize); 256] = {
    let mut expansions = [([0; LONGEST_PIECE], 1); 256];
    let mut byte: u8 = 0;
    while byte < PIECE_BIT {
        expansions[byte as usize].0[0] = byte;
        let piece = PIECES[byte as usize].as_bytes();
        let (letters, n_letters) = &mut expansions[(byte | PIECE_BIT) as usize];
        *n_letters = piece.len();
        let mut at = 0;
        while at < piece.len() {
            letters[at] = piece[at];
            at += 1;
        }
        byte += 1;
    }
    expansions
};

/// Compressed bytes that are expanded into a buffer at a time.
const CHUNK: usize = 32;

/// The text that was compressed.
pub(super) fn decompress(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    decompress_into(bytes, &mut text);
    text
}

/// Appends the text that was compressed.
pub(super) fn decompress_into(bytes: &[u8], text: &mut String) {
    let mut buffer = [0; CHUNK * LONGEST_PIECE];
    for chunk in bytes.chunks(CHUNK) {
        let mut end = 0;
        for &byte in chunk {
            let (letters, n_letters) = &EXPANSIONS[usize::from(byte)];
            // Copying the padding too is faster than copying just the letters.
            buffer[end..end + LONGEST_PIECE].copy_from_slice(letters);
            end += n_letters;
        }
        let letters = str::from_utf8(&buffer[..end]);
        debug_assert!(letters.is_ok(), "every byte expands to ASCII");
        text.push_str(letters.unwrap_or_default());
    }
}

/// Finds a word in compressed texts without decompressing them.
///
/// It is the automaton of Knuth, Morris and Pratt with a step for each compressed byte: the state
/// is how many letters of the word have matched, and `transitions[state][byte]` is the next state.
#[derive(Debug)]
pub(crate) struct WordFinder {
    transitions: Vec<[u8; 256]>,
}

/// States are bytes, so a longer word has no finder.
const LONGEST_WORD: usize = 254;

impl WordFinder {
    /// A finder for a word in lowercase, which ignores case. There is none for a word that is not
    /// ASCII or is too long.
    pub(crate) fn of(word: &str) -> Option<Self> {
        if !word.is_ascii() || word.len() > LONGEST_WORD {
            return None;
        }
        let word = word.as_bytes();
        // For each number of matched letters: how many still match when the next letter differs.
        let mut fallback = vec![0];
        for (at, letter) in word.iter().enumerate().skip(1) {
            fallback.push(step(word, &fallback, fallback[at - 1], *letter));
        }
        let row = |state: u8| {
            let mut row = [0; 256];
            for (byte, next) in (0..=u8::MAX).zip(&mut row) {
                *next = state;
                let (letters, n_letters) = &EXPANSIONS[usize::from(byte)];
                for letter in &letters[..*n_letters] {
                    *next = step(word, &fallback, *next, letter.to_ascii_lowercase());
                }
            }
            row
        };
        let transitions = (0..).take(word.len()).map(row).collect();
        Some(Self { transitions })
    }

    /// Whether the word occurs in a compressed text.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        let mut state = 0;
        for byte in text {
            let Some(row) = self.transitions.get(usize::from(state)) else {
                return true;
            };
            state = row[usize::from(*byte)];
        }
        usize::from(state) >= self.transitions.len()
    }
}

/// The state after another letter. The last state, in which the whole word has matched, is final.
fn step(word: &[u8], fallback: &[u8], state: u8, letter: u8) -> u8 {
    let mut now = state;
    loop {
        match word.get(usize::from(now)) {
            None => return now,
            Some(next) if *next == letter => return now + 1,
            Some(_) if now == 0 => return 0,
            Some(_) => now = fallback[usize::from(now) - 1],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compressed(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        compress(text, &mut bytes);
        bytes
    }

    #[test]
    fn pieces_have_two_letters_or_more_and_differ() {
        let pieces: std::collections::BTreeSet<&str> = PIECES.into_iter().collect();
        assert_eq!(pieces.len(), PIECES.len());
        assert!(
            pieces
                .iter()
                .all(|piece| piece.is_ascii() && (2..=LONGEST_PIECE).contains(&piece.len()))
        );
    }

    #[test]
    fn names_take_a_third_less_room() {
        let names = "Maria Hernandez, Robert Anderson, Finance Minister of Kenya";
        assert!(compressed(names).len() * 3 < names.len() * 2);
    }

    proptest! {
        #[test]
        fn text_comes_back(text in "[ -~]{0,80}") {
            prop_assert_eq!(decompress(&compressed(&text)), text);
        }

        #[test]
        fn a_word_is_found_where_it_occurs(text in "[aAbtheT ]{0,20}|[ -~]{0,40}", word in "[abthe]{0,5}|[a-z0-9.]{0,3}") {
            let occurs = text.to_ascii_lowercase().contains(&word);
            prop_assert_eq!(WordFinder::of(&word).unwrap().is_in(&compressed(&text)), occurs);
        }
    }
}
