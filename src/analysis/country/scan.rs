//! The walk over the text from one capitalized word to the next.

use super::forms::{Forms, Sense};
use crate::text::Span;

/// A form of the table in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormHit {
    /// Where.
    pub span: Span,
    /// The form as the table has it.
    pub form: &'static str,
    /// What it stands for.
    pub sense: Sense,
    /// The place of the form in the table.
    pub id: u16,
}

/// Adds the forms in `text` to `hits`, longest first at each place, without overlap.
pub(super) fn scan(text: &str, base: usize, forms: &Forms, hits: &mut Vec<FormHit>) {
    let bytes = text.as_bytes();
    let mut resume = 0;
    capitals(bytes, |at| {
        if at < resume || !starts_word(text, at) {
            return;
        }
        let Some((entry, length)) = bytes.get(at..).and_then(|rest| forms.longest(rest)) else {
            return;
        };
        resume = at + length;
        hits.push(FormHit {
            span: Span::from_usize(base + at, base + at + length),
            form: entry.text,
            sense: entry.sense,
            id: entry.id,
        });
    });
}

/// Calls `found` with the place of each capital letter and of each first byte of a letter from À to
/// ÿ. Eight bytes at a time: most of a text is small letters.
fn capitals(bytes: &[u8], mut found: impl FnMut(usize)) {
    let mut chunks = bytes.chunks_exact(8);
    let mut at = 0;
    for chunk in &mut chunks {
        let word = chunk
            .first_chunk()
            .map_or(0, |chunk| u64::from_le_bytes(*chunk));
        let mut starts = uppers(word);
        if word & HIGH != 0 {
            starts |= c3(word);
        }
        while starts != 0 {
            found(at + starts.trailing_zeros() as usize / 8);
            starts &= starts - 1;
        }
        at += 8;
    }
    for &byte in chunks.remainder() {
        if byte.is_ascii_uppercase() || byte == 0xC3 {
            found(at);
        }
        at += 1;
    }
}

pub(super) const ONES: u64 = 0x0101_0101_0101_0101;
pub(super) const HIGH: u64 = 0x8080_8080_8080_8080;

/// The high bit of every byte that is a capital letter.
const fn uppers(word: u64) -> u64 {
    let low = word & !HIGH;
    (low + ONES * (0x80 - 0x41)) & !(low + ONES * (0x80 - 0x5B)) & !word & HIGH
}

/// The high bit of every byte that is a letter.
pub(super) const fn letters(word: u64) -> u64 {
    let low = (word & !HIGH) | (ONES * 0x20);
    (low + ONES * (0x80 - 0x61)) & !(low + ONES * (0x80 - 0x7B)) & !word & HIGH
}

/// The high bit of every byte that is C3, where UTF-8 letters from À to ÿ begin.
const fn c3(word: u64) -> u64 {
    let difference = word ^ (ONES * 0xC3);
    !(((difference & !HIGH) + !HIGH) | difference) & HIGH
}

/// Whether a word may start at `at`: no letter or digit stands before it.
fn starts_word(text: &str, at: usize) -> bool {
    let Some(&byte) = at
        .checked_sub(1)
        .and_then(|before| text.as_bytes().get(before))
    else {
        return true;
    };
    if byte.is_ascii() {
        return !byte.is_ascii_alphanumeric() && byte != b'_' && byte != b'@';
    }
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !before.is_some_and(char::is_alphanumeric)
}
