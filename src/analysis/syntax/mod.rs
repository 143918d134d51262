//! Noun phrases, found from the parts of the words around them.
//!
//! [`Sentence`] looks at one sentence of a paragraph. Here it finds noun phrases that end or start at a
//! place, `a spokesman for Ruiz`, `Cohen and DeLong`; `subject` finds those that belong to a verb.

pub(super) mod clause;
pub(super) mod subject;

use super::tokens::{PosTag, TaggedToken};
use crate::lexicon::Class;
use crate::text::Span;

/// A noun phrase as token indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NounPhrase {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// One past the head: the last word of the name or noun that says who.
    pub head_end: usize,
}

impl NounPhrase {
    pub(super) const fn of(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            head_end: end,
        }
    }

    /// Its bytes.
    pub(super) fn span(self, tokens: &[TaggedToken]) -> Span {
        let first = tokens
            .get(self.start)
            .map_or(Span::default(), |token| token.span);
        let last = tokens
            .get(self.end.saturating_sub(1))
            .map_or(first, |token| token.span);
        first.join(last)
    }
}

/// One sentence of a paragraph: tokens `low..high`.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'p> {
    /// The tokens of the whole paragraph, quotations folded.
    pub tokens: &'p [TaggedToken],
    /// First token of the sentence.
    pub low: usize,
    /// One past its last token.
    pub high: usize,
}

impl Sentence<'_> {
    /// The token at an index of this sentence.
    pub(super) fn token(&self, index: usize) -> Option<&TaggedToken> {
        if index < self.low || index >= self.high {
            None
        } else {
            self.tokens.get(index)
        }
    }

    /// The part at an index; a full stop outside the sentence.
    pub(super) fn tag(&self, index: usize) -> PosTag {
        self.token(index).map_or(PosTag::Stop, |token| token.tag)
    }

    /// Whether the token at an index has the class.
    pub(super) fn is(&self, index: usize, class: Class) -> bool {
        self.token(index).is_some_and(|token| token.is(class))
    }

    /// The part before an index; a full stop at the start.
    pub(super) fn before(&self, index: usize) -> PosTag {
        index
            .checked_sub(1)
            .map_or(PosTag::Stop, |before| self.tag(before))
    }

    /// The noun phrase that ends before `end`, with what is attached to it by prepositions.
    pub(super) fn phrase_ending(&self, end: usize) -> Option<NounPhrase> {
        self.chained(end, 5)
    }

    /// “one of them”, “both of us”: the end of a group that a pronoun names.
    pub(super) fn some_of(&self, end: usize) -> Option<NounPhrase> {
        let start = end.checked_sub(3)?;
        let counts = self.tag(start) == PosTag::Number
            || self.is(start, Class::Indefinite)
            || self.tag(start) == PosTag::Determiner;
        let of = self.tag(start + 1) == PosTag::Preposition && self.is(start + 1, Class::Of);
        (counts && of && self.tag(end - 1) == PosTag::Object).then_some(NounPhrase {
            start,
            end,
            head_end: start + 1,
        })
    }

    fn chained(&self, end: usize, fuel: u8) -> Option<NounPhrase> {
        if let Some(some) = self.some_of(end) {
            return Some(some);
        }
        let base = self.base_ending(end)?;
        if fuel == 0 {
            return Some(base);
        }
        let extended = match self.before(base.start) {
            PosTag::Preposition => self.attached(base, fuel - 1),
            PosTag::Coordinator => self.conjoined(base, fuel - 1),
            _ => None,
        };
        Some(extended.unwrap_or(base))
    }

    /// Extends a phrase after a preposition to the phrase the preposition belongs to.
    fn attached(&self, base: NounPhrase, fuel: u8) -> Option<NounPhrase> {
        let preposition = base.start - 1;
        if preposition <= self.low {
            return None;
        }
        let left = match self.before(preposition) {
            PosTag::Name | PosTag::Noun | PosTag::Number | PosTag::Determiner => {
                self.chained(preposition, fuel)?
            }
            // “a source speaking to The Lowell Sun said”
            PosTag::Gerund | PosTag::GerundCue if self.before(preposition - 1).is_nominal() => {
                self.chained(preposition - 1, fuel)?
            }
            // “a letter obtained by The Lowell Sun warns”
            PosTag::Verb if self.is_reduced_relative(preposition - 1) => {
                self.chained(preposition - 1, fuel)?
            }
            _ => return None,
        };
        // “in a meeting with Ruiz Kirby said”: the phrase belongs to the sentence.
        if self.before(left.start) == PosTag::Preposition {
            return None;
        }
        // “a Department for Transport spokesperson”: the body is all before the role.
        let compound = self.is(preposition, Class::Of)
            && self.is(left.head_end - 1, Class::Organization)
            && self.tag(left.head_end - 1) == PosTag::Name
            && self.tag(base.start) == PosTag::Name
            && self.is(base.end - 1, Class::Role);
        let head = if compound { base } else { left };
        Some(NounPhrase {
            start: left.start,
            end: base.end,
            head_end: head.head_end,
        })
    }

    /// `Cohen and DeLong`: joins a phrase with the one before `and` when that one starts its clause.
    fn conjoined(&self, base: NounPhrase, fuel: u8) -> Option<NounPhrase> {
        let left = self.chained(base.start - 1, fuel)?;
        let starts_clause = matches!(
            self.before(left.start),
            PosTag::Stop
                | PosTag::Colon
                | PosTag::Semicolon
                | PosTag::Comma
                | PosTag::Quotation
                | PosTag::Dash
                | PosTag::That
                | PosTag::Subordinator
        );
        let simple = left.head_end == left.end;
        starts_clause.then_some(NounPhrase {
            start: left.start,
            end: base.end,
            head_end: if simple { base.head_end } else { left.head_end },
        })
    }

    /// A noun phrase without prepositional phrases that ends before `end`.
    pub(super) fn base_ending(&self, end: usize) -> Option<NounPhrase> {
        let mut start = end;
        let low = self.low.max(end.saturating_sub(14));
        while start > low {
            match self.before(start) {
                PosTag::Name | PosTag::Noun | PosTag::Number => {
                    start -= 1;
                    // `Mr.` and `Mrs.` begin a name whatever stands before.
                    if self.is(start, Class::Honorific)
                        && self.token(start).is_some_and(|token| token.capital)
                    {
                        let the = self.before(start) == PosTag::Determiner;
                        return Some(NounPhrase::of(start - usize::from(the), end));
                    }
                }
                PosTag::Possessive if start < end => start -= 1,
                PosTag::Quotation
                    if start < end
                        && matches!(
                            self.before(start - 1),
                            PosTag::Possessive | PosTag::Determiner
                        ) =>
                {
                    start -= 1;
                }
                PosTag::Determiner => {
                    start -= 1;
                    if start < end && self.before(start) != PosTag::Determiner {
                        break;
                    }
                }
                PosTag::Pronoun if start == end => return Some(NounPhrase::of(end - 1, end)),
                _ => break,
            }
        }
        (start < end).then(|| NounPhrase::of(start, end))
    }

    /// “a decision *its director*, Ana Ruiz, called …”: the subject of a relative clause without a pronoun, at the end of
    /// the phrase it belongs to.
    pub(super) fn contact_clause(&self, start: usize, end: usize) -> Option<NounPhrase> {
        let is_determined =
            |at: usize| self.tag(at) == PosTag::Determiner || self.is(at, Class::Possessive);
        let inner = (start + 2..end)
            .rev()
            .find(|at| is_determined(*at) && self.before(*at) == PosTag::Noun)?;
        let is_nominal = |at: usize| self.tag(at).is_nominal();
        let is_phrase = (start + 1..inner).all(is_nominal) && (inner + 1..end).all(is_nominal);
        let determined = self.tag(start) == PosTag::Determiner;
        (determined && is_phrase).then(|| NounPhrase::of(inner, end))
    }

    /// The noun phrase that starts at or just after `start`.
    pub(super) fn phrase_starting(&self, start: usize) -> Option<NounPhrase> {
        let mut end = start;
        let mut seen_nominal = false;
        while end < self.high && end < start + 16 {
            match self.tag(end) {
                PosTag::Pronoun if end == start => return Some(NounPhrase::of(start, start + 1)),
                PosTag::Determiner | PosTag::Possessive if !seen_nominal => end += 1,
                PosTag::Possessive => end += 1,
                PosTag::Noun if seen_nominal && self.is(end, Class::Time) => break,
                PosTag::Name | PosTag::Noun | PosTag::Number => {
                    seen_nominal = true;
                    end += 1;
                }
                PosTag::Other if seen_nominal => break,
                _ => break,
            }
        }
        let last_possessive = end > start && self.tag(end - 1) == PosTag::Possessive;
        if last_possessive {
            end -= 1;
        }
        let nominal = (start..end).any(|index| self.tag(index).is_nominal());
        (end > start && (nominal || self.tag(start) == PosTag::Determiner))
            .then(|| NounPhrase::of(start, end))
    }

    /// A description that a cue stands before, with the name that explains it:
    /// “…,” said its director, Ana Ruiz.
    pub(super) fn with_name_after(&self, phrase: NounPhrase) -> NounPhrase {
        let is_description = matches!(
            self.tag(phrase.start),
            PosTag::Determiner | PosTag::Possessive
        ) && self.before(phrase.end) == PosTag::Noun;
        // “the director *of the works*, Ana Ruiz”, „die Sprecherin *des Amtes*, Ana Ruiz“
        let comma = (phrase.end..self.high.min(phrase.end + 7)).find(|index| {
            !matches!(
                self.tag(*index),
                PosTag::Preposition | PosTag::Determiner | PosTag::Noun
            )
        });
        let comma = comma.filter(|comma| {
            self.tag(*comma) == PosTag::Comma
                && (*comma == phrase.end || self.is(phrase.end - 1, Class::Role))
        });
        let Some(comma) = comma.filter(|_| is_description) else {
            return phrase;
        };
        let Some(name) = self.phrase_starting(comma + 1) else {
            return phrase;
        };
        let is_name = name.end - name.start >= 2
            && (name.start..name.end).all(|index| self.tag(index) == PosTag::Name)
            && !self.is(name.start, Class::Place);
        let ends = matches!(
            self.tag(name.end),
            PosTag::Stop | PosTag::Comma | PosTag::Quotation | PosTag::Open
        );
        if is_name && ends {
            NounPhrase {
                start: phrase.start,
                ..name
            }
        } else {
            phrase
        }
    }
}
