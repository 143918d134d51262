//! Noun phrases, found from the parts of the words around them.
//!
//! [`Sentence`] looks at one sentence of a paragraph. Here it finds noun phrases that end or start at a
//! place, `a spokesman for Ruiz`, `Cohen and DeLong`; `subject` finds those that belong to a verb.

pub(super) mod clause;
pub(super) mod subject;

use super::tokens::{Part, Token};
use crate::lexicon::Class;
use crate::text::Span;

/// A noun phrase as token indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// One past the head: the last word of the name or noun that says who.
    pub head_end: usize,
}

impl Phrase {
    pub(super) const fn of(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            head_end: end,
        }
    }

    /// Its bytes.
    pub(super) fn span(self, tokens: &[Token]) -> Span {
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
    pub tokens: &'p [Token],
    /// First token of the sentence.
    pub low: usize,
    /// One past its last token.
    pub high: usize,
}

impl Sentence<'_> {
    /// The token at an index of this sentence.
    pub(super) fn token(&self, index: usize) -> Option<&Token> {
        if index < self.low || index >= self.high {
            None
        } else {
            self.tokens.get(index)
        }
    }

    /// The part at an index; a full stop outside the sentence.
    pub(super) fn part(&self, index: usize) -> Part {
        self.token(index).map_or(Part::Stop, |token| token.part)
    }

    /// Whether the token at an index has the class.
    pub(super) fn is(&self, index: usize, class: Class) -> bool {
        self.token(index).is_some_and(|token| token.is(class))
    }

    /// The part before an index; a full stop at the start.
    pub(super) fn before(&self, index: usize) -> Part {
        index
            .checked_sub(1)
            .map_or(Part::Stop, |before| self.part(before))
    }

    /// The noun phrase that ends before `end`, with what is attached to it by prepositions.
    pub(super) fn phrase_ending(&self, end: usize) -> Option<Phrase> {
        self.chained(end, 5)
    }

    /// “one of them”, “both of us”: the end of a group that a pronoun names.
    pub(super) fn some_of(&self, end: usize) -> Option<Phrase> {
        let start = end.checked_sub(3)?;
        let counts = self.part(start) == Part::Number
            || self.is(start, Class::Indefinite)
            || self.part(start) == Part::Determiner;
        let of = self.part(start + 1) == Part::Preposition && self.is(start + 1, Class::Of);
        (counts && of && self.part(end - 1) == Part::Object).then_some(Phrase {
            start,
            end,
            head_end: start + 1,
        })
    }

    fn chained(&self, end: usize, fuel: u8) -> Option<Phrase> {
        if let Some(some) = self.some_of(end) {
            return Some(some);
        }
        let base = self.base_ending(end)?;
        if fuel == 0 {
            return Some(base);
        }
        let extended = match self.before(base.start) {
            Part::Preposition => self.attached(base, fuel - 1),
            Part::Coordinator => self.conjoined(base, fuel - 1),
            _ => None,
        };
        Some(extended.unwrap_or(base))
    }

    /// Extends a phrase after a preposition to the phrase the preposition belongs to.
    fn attached(&self, base: Phrase, fuel: u8) -> Option<Phrase> {
        let preposition = base.start - 1;
        if preposition <= self.low {
            return None;
        }
        let left = match self.before(preposition) {
            Part::Name | Part::Noun | Part::Number | Part::Determiner => {
                self.chained(preposition, fuel)?
            }
            // “a source speaking to The Lowell Sun said”
            Part::Gerund | Part::GerundCue if self.before(preposition - 1).is_nominal() => {
                self.chained(preposition - 1, fuel)?
            }
            // “a letter obtained by The Lowell Sun warns”
            Part::Verb if self.is_reduced_relative(preposition - 1) => {
                self.chained(preposition - 1, fuel)?
            }
            _ => return None,
        };
        // “in a meeting with Ruiz Kirby said”: the phrase belongs to the sentence.
        if self.before(left.start) == Part::Preposition {
            return None;
        }
        // “a Department for Transport spokesperson”: the body is all before the role.
        let compound = self.is(preposition, Class::Of)
            && self.is(left.head_end - 1, Class::Organization)
            && self.part(left.head_end - 1) == Part::Name
            && self.part(base.start) == Part::Name
            && self.is(base.end - 1, Class::Role);
        let head = if compound { base } else { left };
        Some(Phrase {
            start: left.start,
            end: base.end,
            head_end: head.head_end,
        })
    }

    /// `Cohen and DeLong`: joins a phrase with the one before `and` when that one starts its clause.
    fn conjoined(&self, base: Phrase, fuel: u8) -> Option<Phrase> {
        let left = self.chained(base.start - 1, fuel)?;
        let starts_clause = matches!(
            self.before(left.start),
            Part::Stop
                | Part::Colon
                | Part::Semicolon
                | Part::Comma
                | Part::Quotation
                | Part::Dash
                | Part::That
                | Part::Subordinator
        );
        let simple = left.head_end == left.end;
        starts_clause.then_some(Phrase {
            start: left.start,
            end: base.end,
            head_end: if simple { base.head_end } else { left.head_end },
        })
    }

    /// A noun phrase without prepositional phrases that ends before `end`.
    pub(super) fn base_ending(&self, end: usize) -> Option<Phrase> {
        let mut start = end;
        let low = self.low.max(end.saturating_sub(14));
        while start > low {
            match self.before(start) {
                Part::Name | Part::Noun | Part::Number => {
                    start -= 1;
                    // `Mr.` and `Mrs.` begin a name whatever stands before.
                    if self.is(start, Class::Honorific)
                        && self.token(start).is_some_and(|token| token.capital)
                    {
                        let the = self.before(start) == Part::Determiner;
                        return Some(Phrase::of(start - usize::from(the), end));
                    }
                }
                Part::Possessive if start < end => start -= 1,
                Part::Quotation
                    if start < end
                        && matches!(
                            self.before(start - 1),
                            Part::Possessive | Part::Determiner
                        ) =>
                {
                    start -= 1;
                }
                Part::Determiner => {
                    start -= 1;
                    if start < end && self.before(start) != Part::Determiner {
                        break;
                    }
                }
                Part::Pronoun if start == end => return Some(Phrase::of(end - 1, end)),
                _ => break,
            }
        }
        (start < end).then(|| Phrase::of(start, end))
    }

    /// “a decision *its director*, Ana Ruiz, called …”: the subject of a relative clause without a pronoun, at the end of
    /// the phrase it belongs to.
    pub(super) fn contact_clause(&self, start: usize, end: usize) -> Option<Phrase> {
        let is_determined =
            |at: usize| self.part(at) == Part::Determiner || self.is(at, Class::Possessive);
        let inner = (start + 2..end)
            .rev()
            .find(|at| is_determined(*at) && self.before(*at) == Part::Noun)?;
        let is_nominal = |at: usize| self.part(at).is_nominal();
        let is_phrase = (start + 1..inner).all(is_nominal) && (inner + 1..end).all(is_nominal);
        let determined = self.part(start) == Part::Determiner;
        (determined && is_phrase).then(|| Phrase::of(inner, end))
    }

    /// The noun phrase that starts at or just after `start`.
    pub(super) fn phrase_starting(&self, start: usize) -> Option<Phrase> {
        let mut end = start;
        let mut seen_nominal = false;
        while end < self.high && end < start + 16 {
            match self.part(end) {
                Part::Pronoun if end == start => return Some(Phrase::of(start, start + 1)),
                Part::Determiner | Part::Possessive if !seen_nominal => end += 1,
                Part::Possessive => end += 1,
                Part::Noun if seen_nominal && self.is(end, Class::Time) => break,
                Part::Name | Part::Noun | Part::Number => {
                    seen_nominal = true;
                    end += 1;
                }
                Part::Other if seen_nominal => break,
                _ => break,
            }
        }
        let last_possessive = end > start && self.part(end - 1) == Part::Possessive;
        if last_possessive {
            end -= 1;
        }
        let nominal = (start..end).any(|index| self.part(index).is_nominal());
        (end > start && (nominal || self.part(start) == Part::Determiner))
            .then(|| Phrase::of(start, end))
    }

    /// A description that a cue stands before, with the name that explains it:
    /// “…,” said its director, Ana Ruiz.
    pub(super) fn with_name_after(&self, phrase: Phrase) -> Phrase {
        let is_description = matches!(self.part(phrase.start), Part::Determiner | Part::Possessive)
            && self.before(phrase.end) == Part::Noun;
        // “the director *of the works*, Ana Ruiz”, „die Sprecherin *des Amtes*, Ana Ruiz“
        let comma = (phrase.end..self.high.min(phrase.end + 7)).find(|index| {
            !matches!(
                self.part(*index),
                Part::Preposition | Part::Determiner | Part::Noun
            )
        });
        let comma = comma.filter(|comma| {
            self.part(*comma) == Part::Comma
                && (*comma == phrase.end || self.is(phrase.end - 1, Class::Role))
        });
        let Some(comma) = comma.filter(|_| is_description) else {
            return phrase;
        };
        let Some(name) = self.phrase_starting(comma + 1) else {
            return phrase;
        };
        let is_name = name.end - name.start >= 2
            && (name.start..name.end).all(|index| self.part(index) == Part::Name)
            && !self.is(name.start, Class::Place);
        let ends = matches!(
            self.part(name.end),
            Part::Stop | Part::Comma | Part::Quotation | Part::Open
        );
        if is_name && ends {
            Phrase {
                start: phrase.start,
                ..name
            }
        } else {
            phrase
        }
    }
}
