//! The words around a place in the text that rules look at.

use crate::text::Span;

/// A word near a hit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NeighborWord<'t> {
    /// The word; empty at the edge of the block.
    pub text: &'t str,
    /// The text between it and its neighbor on the side of the hit.
    pub gap: &'t str,
}

impl NeighborWord<'_> {
    /// Whether nothing but white space is between this word and that neighbor.
    pub(super) fn touches(&self) -> bool {
        !self.text.is_empty() && !self.gap.is_empty() && self.gap.chars().all(char::is_whitespace)
    }

    /// Whether the word begins with a capital letter.
    pub(super) fn is_capitalized(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether the word is all capitals and has at least two letters.
    pub(super) fn is_raised(&self) -> bool {
        self.text.len() > 1 && !self.text.chars().any(char::is_lowercase)
    }

    /// Whether it is `word`, in any case.
    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// How many words on either side rules may look at.
pub(super) const REACH: usize = 3;

/// The words before and after a span, nearest first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'t> {
    /// The words before.
    pub before: [NeighborWord<'t>; REACH],
    /// The words after.
    pub after: [NeighborWord<'t>; REACH],
}

impl<'t> Around<'t> {
    /// The words around `span` in the block at `block`.
    pub(super) fn new(text: &'t str, block: Span, span: Span) -> Self {
        let (head, tail) = (
            Span::new(block.start, span.start).of(text),
            Span::new(span.end, block.end).of(text),
        );
        let mut around = Self::default();
        let mut rest = head;
        for slot in &mut around.before {
            (*slot, rest) = last_word(rest);
        }
        let mut rest = tail;
        for slot in &mut around.after {
            (*slot, rest) = first_word(rest);
        }
        around
    }

    /// The word before, or the `n`th before that; `n` is less than [`REACH`].
    pub(super) fn prev(&self, n: usize) -> NeighborWord<'t> {
        self.before[n]
    }

    /// The word after, or the `n`th after that; `n` is less than [`REACH`].
    pub(super) fn next(&self, n: usize) -> NeighborWord<'t> {
        self.after[n]
    }
}

/// The word before a place in a block.
pub(super) fn word_before(text: &str, block: Span, at: u32) -> NeighborWord<'_> {
    last_word(Span::new(block.start, at).of(text)).0
}

/// Longer words and gaps are cut; none of interest is as long.
const LONGEST: usize = 96;

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '\'' || c == '’'
}

fn first_word(text: &str) -> (NeighborWord<'_>, &str) {
    let gap = extent(text.char_indices(), |c| !is_word(c));
    let (gap, rest) = text.split_at(gap);
    let length = extent(rest.char_indices(), is_word);
    let (word, rest) = rest.split_at(length);
    (NeighborWord { text: word, gap }, rest)
}

fn last_word(text: &str) -> (NeighborWord<'_>, &str) {
    let gap = extent_back(text, |c| !is_word(c));
    let (rest, gap) = text.split_at(gap);
    let start = extent_back(rest, is_word);
    let (rest, word) = rest.split_at(start);
    (NeighborWord { text: word, gap }, rest)
}

fn extent(chars: impl Iterator<Item = (usize, char)>, holds: impl Fn(char) -> bool) -> usize {
    let mut end = 0;
    for (at, c) in chars {
        if !holds(c) || at >= LONGEST {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn extent_back(text: &str, holds: impl Fn(char) -> bool) -> usize {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        if !holds(c) || text.len() - at > LONGEST {
            break;
        }
        start = at;
    }
    start
}
