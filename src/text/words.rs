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
pub struct Word {
    /// Its bytes.
    pub span: Span,
    /// The number of all words that are written alike.
    pub hash: u64,
}

/// The words of the part of `text` under `span`, in order.
pub fn words(text: &str, span: Span) -> impl Iterator<Item = Word> {
    let inside = span.of(text);
    let mut characters = inside.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = characters.find(|(_, c)| c.is_alphanumeric())?;
        let mut hash = mixed(START, first);
        let mut end = start + first.len_utf8();
        // Scripts without spaces: every character counts as a word.
        while first < UNSPACED
            && let Some(&(at, next)) = characters.peek()
        {
            let inner = is_apostrophe(next) || is_combining_mark(next);
            if !(next.is_alphanumeric() && next < UNSPACED || inner) {
                break;
            }
            characters.next();
            if next.is_alphanumeric() {
                hash = mixed(hash, next);
                end = at + next.len_utf8();
            }
        }
        let offset = span.start as usize;
        Some(Word {
            span: Span::from_usize(offset + start, offset + end),
            hash: finished(hash),
        })
    })
}

/// One number for several words in a row.
#[must_use]
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

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '\u{AD}')
}

/// A hash with a character more; FNV-1a over its small letters without accents.
fn mixed(hash: u64, character: char) -> u64 {
    let step =
        |hash: u64, character: char| (hash ^ u64::from(u32::from(character))).wrapping_mul(PRIME);
    if character.is_ascii() {
        return step(hash, character.to_ascii_lowercase());
    }
    let bare = character.nfkd().filter(|&c| !is_combining_mark(c));
    bare.flat_map(char::to_lowercase).fold(hash, step)
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
