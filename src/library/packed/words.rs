//! Words in fewer bytes: what comes often in names and headlines is one byte.
//!
//! Plain ASCII has a bit to spare in every byte; with it set, the byte stands for one of the [`PIECES`]. English
//! names, offices and headlines take a third less, and words in other letters stay as they are.

use std::sync::LazyLock;

use crate::library::filter::letters_of;

/// Strings that come often in the news, worked out by joining the most frequent pair of neighbors again and again.
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

/// The pieces by their first byte, the longest first.
static BY_FIRST: LazyLock<Vec<Vec<(u8, &str)>>> = LazyLock::new(|| {
    let mut by_first: Vec<Vec<(u8, &str)>> = vec![Vec::new(); 128];
    for (number, piece) in (0x80..=u8::MAX).zip(PIECES) {
        let first = piece.bytes().next().map_or(0, usize::from);
        if let Some(pieces) = by_first.get_mut(first) {
            pieces.push((number, piece));
        }
    }
    for pieces in &mut by_first {
        pieces.sort_by_key(|(_, piece)| std::cmp::Reverse(piece.len()));
    }
    by_first
});

/// Adds ASCII words in fewer bytes.
pub(super) fn shorten(words: &str, out: &mut Vec<u8>) {
    let mut rest = words.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let pieces = BY_FIRST
            .get(usize::from(first))
            .map_or(&[][..], Vec::as_slice);
        let mut fitting = pieces.iter();
        let piece = fitting.find_map(|(number, piece)| {
            let after = rest.strip_prefix(piece.as_bytes())?;
            Some((*number, after))
        });
        let (byte, after) = piece.unwrap_or((first, after));
        out.push(byte);
        rest = after;
    }
}

/// The words that were shortened.
pub(super) fn whole(short: &[u8]) -> String {
    let mut words = String::with_capacity(short.len() * 2);
    lengthen(short, &mut words);
    words
}

/// Adds the words that were shortened.
pub(super) fn lengthen(short: &[u8], words: &mut String) {
    for &byte in short {
        match PIECES.get(usize::from(byte & 0x7F)) {
            Some(piece) if byte >= 0x80 => words.push_str(piece),
            _ => words.push(char::from(byte)),
        }
    }
}

/// The letters each byte stands for.
static LETTERS: LazyLock<[u32; 256]> = LazyLock::new(|| {
    let mut letters = [0; 256];
    for (byte, letters) in (0..=u8::MAX).zip(&mut letters) {
        *letters = letters_of(whole(&[byte]).bytes());
    }
    letters
});

/// The letters among words that were shortened, each as a bit.
pub(super) fn letters(short: &[u8]) -> u32 {
    let table = &*LETTERS;
    let of = |byte: &u8| table.get(usize::from(*byte)).copied().unwrap_or(0);
    short.iter().map(of).fold(0, |all, letters| all | letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn short(words: &str) -> Vec<u8> {
        let mut short = Vec::new();
        shorten(words, &mut short);
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
            prop_assert_eq!(letters(&short(&words)), letters_of(words.bytes()));
            prop_assert_eq!(whole(&short(&words)), words);
        }
    }
}
