//! Words as numbers, to compare texts by: letter case, accents and apostrophes do not count, and
//! nothing but letters and digits does.
//!
//! The numbers are the same on every machine and in every run, so they may be kept.
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

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashedWord {
    /// Its bytes.
    pub span: Span,
    /// The number of all words that are written alike.
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
            hash: finished(hash),
        })
    })
}

/// Where the next letter or digit is.
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

/// Where the word ends that begins at `start`, and the hash of its characters.
fn read(text: &str, start: usize) -> (usize, u64) {
    let bytes = text.as_bytes();
    let (mut at, mut end, mut hash) = (start, start, START);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            hash = step(hash, char::from(byte.to_ascii_lowercase()));
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
                hash = mixed(hash, next);
                end = at;
            }
            // Scripts without spaces: every character counts as a word.
            if is_first && next >= UNSPACED {
                break;
            }
        }
    }
    (end, hash)
}

fn character(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Whether a character beyond ASCII belongs to the word before it.
fn goes_on(character: char) -> bool {
    character.is_alphanumeric() && character < UNSPACED
        || is_apostrophe(character)
        || is_combining_mark(character)
}

/// One number for several words in a row.
#[must_use]
#[inline]
pub fn joined(hashes: &[u64]) -> u64 {
    let joined = hashes.iter().fold(START, |joined, hash| {
        (joined.rotate_left(23) ^ hash).wrapping_mul(PRIME)
    });
    finished(joined)
}

const START: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;
/// From here on, the characters of Unicode are mostly those of scripts without spaces.
const UNSPACED: char = '\u{2E80}';

/// What stands inside a word besides `'`.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '’' | '‘' | 'ʼ' | '\u{AD}')
}

/// A hash with a character beyond ASCII more: its small letters without accents.
fn mixed(hash: u64, character: char) -> u64 {
    let bare = character.nfkd().filter(|&c| !is_combining_mark(c));
    bare.flat_map(char::to_lowercase).fold(hash, step)
}

/// A hash with a character more, by FNV-1a.
const fn step(hash: u64, character: char) -> u64 {
    (hash ^ character as u64).wrapping_mul(PRIME)
}

/// Spreads what is in the hash over all of its bits.
fn finished(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
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
    fn words_stand_where_they_stand() {
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
        assert_eq!(hashes("harbor"), [7_695_057_913_869_518_104]);

        assert_ne!(joined(&[1, 2]), joined(&[2, 1]));
    }
}
