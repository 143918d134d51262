//! Words in fewer bytes: what comes often in names and headlines is one byte.
//!
//! Plain ASCII has a bit to spare in every byte; with it set, the byte stands for one of the [`PIECES`]. English
//! names, offices and headlines take a third less, and words in other letters stay as they are.

use std::cmp::Reverse;
use std::sync::LazyLock;

/// Strings that come often in the news, worked out by joining the most frequent pair of neighbors again and again.
/// The index keeps words written with them: another table is another version of its records.
const PIECES: [&str; 128] = [
    " A", " I", " M", " S", " T", " W", " a", " and", " b", " be", " c", " d", " e", " f", " for",
    " g", " ha", " had", " in", " is", " it", " l", " m", " n", " of", " on", " p", " re", " s",
    " said", " st", " t", " that", " the", " to", " w", " was", " who", "-a", "-b", "-c", "-d",
    "-f", "-ha", "-m", "-n", "-p", "-s", "-t", "-the", "-w", "The", "ac", "ad", "aid", "ak", "al",
    "am", "ample", "an", "and", "ar", "as", "at", "ate", "ay", "ce", "ed", "el", "en", "ent", "er",
    "ers", "es", "et", "ha", "hat", "he", "her", "his", "ho", "ht", "ia", "ic", "id", "ig", "il",
    "ill", "in", "ing", "ion", "ir", "ire", "is", "it", "ked", "ld", "le", "ll", "nd", "od", "of",
    "om", "on", "or", "ort", "ot", "ote", "ou", "out", "ow", "pe", "ple", "qu", "quote", "re",
    "ri", "ro", "rom", "se", "st", "ter", "ull", "un", "ur", "ut", "ve", "ver",
];

/// The pieces by their beginnings.
struct PieceIndex {
    /// The byte that stands for each piece, and what the piece is behind its first two bytes, which all have. Those that
    /// begin alike are side by side, the longest first.
    tails: Vec<(u8, &'static [u8])>,
    /// For each two bytes which of the pieces begin with them: where, and how many.
    places: Vec<(u8, u8)>,
}

static PIECE_INDEX: LazyLock<PieceIndex> = LazyLock::new(|| {
    let mut sorted: Vec<(u8, &str)> = (0x80..=u8::MAX).zip(PIECES).collect();
    sorted.sort_by_key(|(_, piece)| (piece.as_bytes().get(..2), Reverse(piece.len())));
    let mut tails = Vec::new();
    let mut places = vec![(0, 0); 1 << 14];
    for (at, (number, piece)) in (0..).zip(sorted) {
        if let [first, second, tail @ ..] = piece.as_bytes()
            && let Some((start, count)) = places.get_mut(beginning(*first, *second))
        {
            tails.push((number, tail));
            *start = if *count == 0 { at } else { *start };
            *count += 1;
        }
    }
    PieceIndex { tails, places }
});

fn beginning(first: u8, second: u8) -> usize {
    usize::from(first & 0x7F) << 7 | usize::from(second & 0x7F)
}

/// Adds ASCII words in fewer bytes.
pub(super) fn compress(words: &str, out: &mut Vec<u8>) {
    let PieceIndex { tails, places } = &*PIECE_INDEX;
    let mut rest = words.as_bytes();
    while let [first, second, after @ ..] = rest {
        let place = places.get(beginning(*first, *second));
        let (start, count) = place.map_or((0, 0), |(start, count)| (*start, *count));
        let alike = tails
            .iter()
            .skip(usize::from(start))
            .take(usize::from(count));
        let piece = alike.copied().find(|(_, tail)| begins_with(after, tail));
        if let Some((number, tail)) = piece {
            out.push(number);
            rest = after.get(tail.len()..).unwrap_or_default();
        } else {
            out.push(*first);
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    out.extend_from_slice(rest);
}

/// Whether some bytes begin with a few others.
fn begins_with(bytes: &[u8], few: &[u8]) -> bool {
    bytes.len() >= few.len() && bytes.iter().zip(few).all(|(a, b)| a == b)
}

/// What each byte stands for, filled up to as many letters as one goes by at a time, and how many are meant.
const MEANT: [([u8; STEP], usize); 256] = {
    let mut meant = [([0; STEP], 1); 256];
    let mut byte: u8 = 0;
    while byte < 0x80 {
        meant[byte as usize].0[0] = byte;
        let piece = PIECES[byte as usize].as_bytes();
        let (letters, n_letters) = &mut meant[byte as usize | 0x80];
        *n_letters = piece.len();
        let mut at = 0;
        while at < piece.len() {
            letters[at] = piece[at];
            at += 1;
        }
        byte += 1;
    }
    meant
};

/// At least as many letters as a piece has.
const STEP: usize = 8;
/// So many bytes are written out before the letters are added to others.
const PART: usize = 32;

/// The words that were shortened.
pub(super) fn decompress(short: &[u8]) -> String {
    let mut words = String::with_capacity(short.len() * 2);
    decompress_into(short, &mut words);
    words
}

/// Adds the words that were shortened.
pub(super) fn decompress_into(short: &[u8], words: &mut String) {
    let mut letters = [0; PART * STEP];
    for part in short.chunks(PART) {
        let mut end = 0;
        for &byte in part {
            let (meant, n_letters) = MEANT[usize::from(byte)];
            if let Some(place) = letters.get_mut(end..end + STEP) {
                place.copy_from_slice(&meant);
                end += n_letters;
            }
        }
        let letters = letters.get(..end).unwrap_or_default();
        words.push_str(str::from_utf8(letters).unwrap_or_default());
    }
}

/// A word that is looked for in words as they are shortened: they need not be written out for it.
///
/// For each number of its letters that stand before and each byte, how many stand then.
#[derive(Debug)]
pub(crate) struct WordFinder(Vec<[u8; 256]>);

impl WordFinder {
    /// Finds a word without capitals, where capitals do not count; nothing for a word that is too long or has other
    /// letters than those of ASCII.
    pub(crate) fn of(word: &str) -> Option<Self> {
        if !word.is_ascii() || word.len() > MOST_LETTERS {
            return None;
        }
        let word = word.as_bytes();
        // By how many letters stand: what to fall back to when the next is another one.
        let mut shorter = vec![0];
        for (at, letter) in word.iter().enumerate().skip(1) {
            shorter.push(standing(word, &shorter, shorter[at - 1], *letter));
        }
        let row = |n_standing: usize| {
            let mut row = [0; 256];
            for (byte, standing_then) in (0..=u8::MAX).zip(&mut row) {
                let mut now = n_standing;
                for letter in decompress(&[byte]).bytes() {
                    now = standing(word, &shorter, now, letter.to_ascii_lowercase());
                }
                *standing_then = u8::try_from(now).unwrap_or(u8::MAX);
            }
            row
        };
        Some(Self((0..word.len()).map(row).collect()))
    }

    /// Whether the word stands in words that were shortened.
    pub(super) fn stands_in(&self, short: &[u8]) -> bool {
        let mut n_standing = 0;
        for byte in short {
            let Some(row) = self.0.get(usize::from(n_standing)) else {
                return true;
            };
            n_standing = row.get(usize::from(*byte)).copied().unwrap_or(0);
        }
        usize::from(n_standing) >= self.0.len()
    }
}

/// So many letters a word may have that is looked for.
const MOST_LETTERS: usize = 254;

/// How many letters of a word stand after a further letter; once the decompress word stands, it does so for good.
fn standing(word: &[u8], shorter: &[usize], before: usize, letter: u8) -> usize {
    let mut now = before;
    loop {
        match word.get(now) {
            None => return now,
            Some(next) if *next == letter => return now + 1,
            Some(_) if now == 0 => return 0,
            Some(_) => now = shorter.get(now - 1).copied().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn short(words: &str) -> Vec<u8> {
        let mut short = Vec::new();
        compress(words, &mut short);
        short
    }

    #[test]
    fn headlines_take_less_room() {
        let headline = "Harbor talks end without a date for the second terminal";
        assert!(short(headline).len() * 3 < headline.len() * 2);
    }

    proptest! {
        #[test]
        fn words_come_back(words in "[ -~]{0,80}") {
            prop_assert_eq!(decompress(&short(&words)), words);
        }

        #[test]
        fn a_word_is_found_where_it_stands(words in "[aAbtheT ]{0,20}|[ -~]{0,40}", word in "[abthe]{0,5}|[a-z0-9.]{0,3}") {
            let stands = words.to_ascii_lowercase().contains(&word);
            prop_assert_eq!(WordFinder::of(&word).unwrap().stands_in(&short(&words)), stands);
        }
    }
}
