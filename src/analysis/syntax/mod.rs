//! Sentences and noun phrases, found from the tags of their tokens.
//!
//! A [`Sentence`] is a window on the tokens of a paragraph. `noun_phrase` finds the noun phrases that end
//! or start at a token, `subject` the subjects of verbs, and `clause` where a reported clause starts and
//! ends.

mod noun_phrase;

mod subject;

mod interrupted;

pub(super) mod clause;

use super::tokens::{PosTag, TaggedToken};
use crate::lexicon::{Class, Classes};
use crate::text::Span;

/// One sentence of a paragraph: the tokens `low..high`.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'p> {
    /// The tokens of the whole paragraph, with quotations folded.
    pub tokens: &'p [TaggedToken],
    /// The first token of the sentence.
    pub low: usize,
    /// One past its last token.
    pub high: usize,
}

impl<'p> Sentence<'p> {
    /// A whole paragraph as one sentence.
    pub(super) const fn whole(tokens: &'p [TaggedToken]) -> Self {
        Self {
            tokens,
            low: 0,
            high: tokens.len(),
        }
    }

    /// The token at an index of this sentence.
    pub(super) fn token(&self, index: usize) -> Option<&'p TaggedToken> {
        if index < self.low || index >= self.high {
            None
        } else {
            self.tokens.get(index)
        }
    }

    /// The tag at an index; outside the sentence there are full stops.
    pub(super) fn tag(&self, index: usize) -> PosTag {
        match self.token(index) {
            Some(token) => token.tag,
            None => PosTag::Stop,
        }
    }

    /// The tag before an index; a full stop at the start.
    pub(super) fn tag_before(&self, index: usize) -> PosTag {
        match index.checked_sub(1) {
            Some(before) => self.tag(before),
            None => PosTag::Stop,
        }
    }

    /// Whether the token at an index has the class.
    pub(super) fn is(&self, index: usize, class: Class) -> bool {
        self.has_any(index, Classes::of(class))
    }

    /// Whether the token before an index has the class.
    pub(super) fn is_before(&self, index: usize, class: Class) -> bool {
        match index.checked_sub(1) {
            Some(before) => self.is(before, class),
            None => false,
        }
    }

    /// Whether the token at an index has any of the classes.
    pub(super) fn has_any(&self, index: usize, classes: Classes) -> bool {
        match self.token(index) {
            Some(token) => token.classes.any(classes),
            None => false,
        }
    }

    /// Whether the token at an index has a capital letter.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        match self.token(index) {
            Some(token) => token.capital,
            None => false,
        }
    }

    /// Whether a finite verb is in `start..end`.
    pub(super) fn has_verb(&self, start: usize, end: usize) -> bool {
        (start..end).any(|index| self.tag(index).is_finite_verb())
    }
}

/// A noun phrase as token indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NounPhrase {
    /// The first token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// One past the head, the last word of the name or noun that names who it is.
    pub head_end: usize,
}

impl NounPhrase {
    /// A phrase whose head is its last token.
    pub(super) const fn of(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            head_end: end,
        }
    }

    /// Its bytes.
    pub(super) fn span(self, tokens: &[TaggedToken]) -> Span {
        let words = tokens.get(self.start..self.end);
        debug_assert!(words.is_some_and(|words| !words.is_empty()));
        match words {
            Some([first, .., last]) => first.span.join(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }
}
