//! Finds the forms of the table in a text by going from one capitalized word to the next.

use super::forms::{Forms, Sense};
use super::letters::{HIGH, c3_bytes, capitals};
use crate::text::Span;

/// An occurrence of a form in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormHit {
    /// Where it is.
    pub span: Span,
    /// The form as the table spells it.
    pub form: &'static str,
    /// What it means.
    pub sense: Sense,
    /// The index of the form in the table.
    pub id: u16,
}

/// Adds the forms in `text`, which begins at `base`, to `hits`: the longest one at each place, without overlap.
pub(super) fn scan(text: &str, base: usize, forms: &Forms, hits: &mut Vec<FormHit>) {
    let bytes = text.as_bytes();
    let mut resume = 0;
    each_capital(bytes, |at| {
        if at < resume || !starts_word(text, at) {
            return;
        }
        let Some((entry, length)) = forms.longest(&bytes[at..]) else {
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

/// Calls `found` with the offset of each ASCII capital and of each letter from À to ÿ. It goes eight bytes at
/// a time, because most of a text is lower case.
fn each_capital(bytes: &[u8], mut found: impl FnMut(usize)) {
    let (chunks, rest) = bytes.as_chunks();
    let mut at = 0;
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let mut starts = capitals(word);
        if word & HIGH != 0 {
            starts |= c3_bytes(word);
        }
        while starts != 0 {
            found(at + starts.trailing_zeros() as usize / 8);
            starts &= starts - 1;
        }
        at += 8;
    }
    for &byte in rest {
        if byte.is_ascii_uppercase() || byte == 0xC3 {
            found(at);
        }
        at += 1;
    }
}

/// Whether a word may start at `at`: no letter or digit comes before it.
fn starts_word(text: &str, at: usize) -> bool {
    let before = Span::from_usize(0, at).of(text);
    match before.as_bytes().last() {
        None => true,
        Some(byte) if byte.is_ascii() => {
            !byte.is_ascii_alphanumeric() && *byte != b'_' && *byte != b'@'
        }
        Some(_) => !before.ends_with(char::is_alphanumeric),
    }
}
