//! Hashes of words, for comparing texts. Letter case, accents and apostrophes are ignored, and so is everything
//! but letters and digits.
//!
//! The hashes are the same on every machine and in every run, so they may be stored.
//!
//! ```
//! use pullquote::text::{Span, words::words};
//!
//! let hashes = |text| words(text, Span::whole(text)).map(|word| word.hash).collect::<Vec<_>>();
//! assert_eq!(hashes("“Don’t wait, José!”"), hashes("don't wait, jose"));
//! ```

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Span;
use super::mix::{SEED, mix};

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashedWord {
    /// Its bytes.
    pub span: Span,
    /// The hash of its folded characters.
    pub hash: u64,
}

/// The words of the part of `text` under `span`, in order.
pub fn words(text: &str, span: Span) -> impl Iterator<Item = HashedWord> {
    let inside = span.of(text);
    let offset = span.start as usize;
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_start(inside, at)?;
        let (end, hash) = read(inside, start);
        at = end;
        Some(HashedWord {
            span: Span::from_usize(offset + start, offset + end),
            hash,
        })
    })
}

/// The offset of the next letter or digit from `at` on.
fn next_start(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii_alphanumeric() {
            return Some(at);
        }
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let character = character(text, at)?;
        if character.is_alphanumeric() {
            return Some(at);
        }
        at += character.len_utf8();
    }
}

/// The end of the word that begins at `start`, and the hash of its characters.
fn read(text: &str, start: usize) -> (usize, u64) {
    let bytes = text.as_bytes();
    let (mut at, mut end, mut hash) = (start, start, SEED);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            hash = with(hash, char::from(byte.to_ascii_lowercase()));
            at += 1;
            end = at;
        } else if byte == b'\'' {
            at += 1;
        } else if byte.is_ascii() {
            break;
        } else {
            let is_first = at == start;
            let Some(next) = character(text, at).filter(|&next| is_first || goes_on(next)) else {
                break;
            };
            at += next.len_utf8();
            if next.is_alphanumeric() {
                hash = with_folded(hash, next);
                end = at;
            }
            // In scripts without spaces, every character is a word.
            if is_first && next >= UNSPACED {
                break;
            }
        }
    }
    (end, mix(hash, END))
}

fn character(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Whether a character beyond ASCII continues the word before it.
fn goes_on(character: char) -> bool {
    character.is_alphanumeric() && character < UNSPACED
        || is_apostrophe(character)
        || is_combining_mark(character)
}

/// One hash for several words in a row.
#[must_use]
#[inline]
pub fn joined(hashes: &[u64]) -> u64 {
    let hash = hashes.iter().copied().fold(SEED, mix);
    mix(hash, END)
}

/// Mixed in after the last character or word, which no character is.
const END: u64 = u64::MAX;

/// From here on, Unicode mostly has the characters of scripts without spaces.
const UNSPACED: char = '\u{2E80}';

/// Characters beyond ASCII that may be inside a word: apostrophes and the soft hyphen.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '’' | '‘' | 'ʼ' | '\u{AD}')
}

/// Adds a character beyond ASCII to a hash: its lower-case letters without accents.
fn with_folded(hash: u64, character: char) -> u64 {
    let bare = character.nfkd().filter(|&c| !is_combining_mark(c));
    bare.flat_map(char::to_lowercase).fold(hash, with)
}

/// Adds a character to a hash.
const fn with(hash: u64, character: char) -> u64 {
    mix(hash, character as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<u64> {
        words(text, Span::whole(text))
            .map(|word| word.hash)
            .collect()
    }

    #[test]
    fn case_accents_and_marks_do_not_count() {
        assert_eq!(
            hashes("It’s “HERE”, Ångström…"),
            hashes("its here angstrom")
        );
        assert_eq!(hashes("cafe\u{301} noir"), hashes("café noir"));
        assert_ne!(hashes("the court"), hashes("the courts"));
        assert!(hashes(" — “…” ").is_empty());
    }

    #[test]
    fn words_have_their_places_in_the_text() {
        let text = "a “Café” won’t";
        let found: Vec<_> = words(text, Span::from_usize(2, text.len())).collect();
        let shown: Vec<_> = found.iter().map(|word| word.span.of(text)).collect();
        assert_eq!(shown, ["Café", "won’t"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_at_every_character() {
        assert_eq!(hashes("東京は雨").len(), 4);
    }

    #[test]
    fn numbers_never_change() {
        assert_eq!(hashes("harbor"), [15_334_783_949_600_253_354]);

        assert_ne!(joined(&[1, 2]), joined(&[2, 1]));
    }
}
