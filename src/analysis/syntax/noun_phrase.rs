//! Finds noun phrases: `a spokesman for Ruiz`, `Cohen and DeLong`.

use super::{NounPhrase, Sentence};
use crate::analysis::reach;
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// How many prepositional phrases and coordinations a phrase is extended by: `the mayor of the city of
/// Lowell in the state of Iowa`.
const MAX_EXTENSIONS: u8 = 5;
/// The longest phrase read from left to right, with its determiner and possessives.
const MAX_PHRASE: usize = 16;
/// The longest complement between a role and the name after its comma: `the director of the works`.
const MAX_ROLE_COMPLEMENT: usize = 7;

impl Sentence<'_> {
    /// The noun phrase that ends before `end`, with its prepositional phrases.
    pub(crate) fn phrase_ending(&self, end: usize) -> Option<NounPhrase> {
        self.extended_phrase(end, MAX_EXTENSIONS)
    }

    /// “one of them”, “both of us”: a part of a group that a pronoun refers to.
    pub(crate) fn part_of_group(&self, end: usize) -> Option<NounPhrase> {
        let start = end.checked_sub(3)?;
        let counts = matches!(self.tag(start), PosTag::Number | PosTag::Determiner)
            || self.is(start, Class::Indefinite);
        let of = self.tag(start + 1) == PosTag::Preposition && self.is(start + 1, Class::Of);
        (counts && of && self.tag(end - 1) == PosTag::Object).then_some(NounPhrase {
            start,
            end,
            head_end: start + 1,
        })
    }

    fn extended_phrase(&self, end: usize, extensions: u8) -> Option<NounPhrase> {
        if let Some(part) = self.part_of_group(end) {
            return Some(part);
        }
        let base = self.base_phrase_ending(end)?;
        let Some(extensions) = extensions.checked_sub(1) else {
            return Some(base);
        };
        let extended = match self.tag_before(base.start) {
            PosTag::Preposition => self.with_attachment(base, extensions),
            PosTag::Coordinator => self.with_conjunct(base, extensions),
            _ => None,
        };
        extended.or(Some(base))
    }

    /// Extends a phrase after a preposition to the left, to the phrase that the preposition belongs to.
    fn with_attachment(&self, base: NounPhrase, extensions: u8) -> Option<NounPhrase> {
        let preposition = base.start - 1;
        if preposition <= self.low {
            return None;
        }
        let left = match self.tag_before(preposition) {
            PosTag::Name | PosTag::Noun | PosTag::Number | PosTag::Determiner => {
                self.extended_phrase(preposition, extensions)?
            }
            // “a source speaking to The Lowell Sun said”
            PosTag::Gerund | PosTag::GerundCue if self.tag_before(preposition - 1).is_nominal() => {
                self.extended_phrase(preposition - 1, extensions)?
            }
            // “a letter obtained by The Lowell Sun warns”
            PosTag::Verb if self.is_reduced_relative(preposition - 1) => {
                self.extended_phrase(preposition - 1, extensions)?
            }
            _ => return None,
        };
        // “in a meeting with Ruiz Kirby said”: the phrase belongs to the sentence.
        if self.tag_before(left.start) == PosTag::Preposition {
            return None;
        }
        // “a Department for Transport spokesperson”: the whole name of the body is before the role.
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
    fn with_conjunct(&self, base: NounPhrase, extensions: u8) -> Option<NounPhrase> {
        let left = self.extended_phrase(base.start - 1, extensions)?;
        let starts_clause = matches!(
            self.tag_before(left.start),
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

    /// The noun phrase that ends before `end`, without its prepositional phrases.
    pub(crate) fn base_phrase_ending(&self, end: usize) -> Option<NounPhrase> {
        let mut start = end;
        let low = self.low.max(end.saturating_sub(reach::NOUN_PHRASE));
        while start > low {
            match self.tag_before(start) {
                PosTag::Name | PosTag::Noun | PosTag::Number => {
                    start -= 1;
                    // `Mr.` and `Mrs.` begin a name whatever is before them.
                    if self.is(start, Class::Honorific) && self.is_capital(start) {
                        let the = self.tag_before(start) == PosTag::Determiner;
                        return Some(NounPhrase::of(start - usize::from(the), end));
                    }
                }
                PosTag::Possessive if start < end => start -= 1,
                PosTag::Quotation
                    if start < end
                        && matches!(
                            self.tag_before(start - 1),
                            PosTag::Possessive | PosTag::Determiner
                        ) =>
                {
                    start -= 1;
                }
                PosTag::Determiner => {
                    start -= 1;
                    if start < end && self.tag_before(start) != PosTag::Determiner {
                        break;
                    }
                }
                PosTag::Pronoun if start == end => return Some(NounPhrase::of(end - 1, end)),
                _ => break,
            }
        }
        (start < end).then(|| NounPhrase::of(start, end))
    }

    /// “a decision *its director*, Ana Ruiz, called …”: the subject of a relative clause without a pronoun,
    /// at the end of the phrase it belongs to.
    pub(crate) fn contact_clause(&self, start: usize, end: usize) -> Option<NounPhrase> {
        let is_determined =
            |at: usize| self.tag(at) == PosTag::Determiner || self.is(at, Class::Possessive);
        let inner = (start + 2..end)
            .rev()
            .find(|at| is_determined(*at) && self.tag_before(*at) == PosTag::Noun)?;
        let is_nominal = |at: usize| self.tag(at).is_nominal();
        let is_phrase = (start + 1..inner).all(is_nominal) && (inner + 1..end).all(is_nominal);
        let determined = self.tag(start) == PosTag::Determiner;
        (determined && is_phrase).then(|| NounPhrase::of(inner, end))
    }

    /// The noun phrase that starts at `start`.
    pub(crate) fn phrase_starting(&self, start: usize) -> Option<NounPhrase> {
        let mut end = start;
        let mut seen_nominal = false;
        while end < self.high && end < start + MAX_PHRASE {
            match self.tag(end) {
                PosTag::Pronoun if end == start => return Some(NounPhrase::of(start, start + 1)),
                PosTag::Determiner if !seen_nominal => end += 1,
                PosTag::Possessive => end += 1,
                PosTag::Noun if seen_nominal && self.is(end, Class::Time) => break,
                PosTag::Name | PosTag::Noun | PosTag::Number => {
                    seen_nominal = true;
                    end += 1;
                }
                _ => break,
            }
        }
        if end > start && self.tag(end - 1) == PosTag::Possessive {
            end -= 1;
        }
        let nominal = (start..end).any(|index| self.tag(index).is_nominal());
        (end > start && (nominal || self.tag(start) == PosTag::Determiner))
            .then(|| NounPhrase::of(start, end))
    }

    /// The end of the noun phrase that starts at `start`; `start` when there is none.
    pub(crate) fn phrase_end(&self, start: usize) -> usize {
        match self.phrase_starting(start) {
            Some(phrase) => phrase.end,
            None => start,
        }
    }

    /// A description after a cue, together with the name in apposition after it:
    /// “…,” said *its director, Ana Ruiz*.
    pub(crate) fn with_name_after(&self, phrase: NounPhrase) -> NounPhrase {
        match self.name_in_apposition(phrase) {
            Some(name) => NounPhrase {
                start: phrase.start,
                ..name
            },
            None => phrase,
        }
    }

    fn name_in_apposition(&self, phrase: NounPhrase) -> Option<NounPhrase> {
        let is_description = matches!(
            self.tag(phrase.start),
            PosTag::Determiner | PosTag::Possessive
        ) && self.tag_before(phrase.end) == PosTag::Noun;
        // “the director *of the works*, Ana Ruiz”, „die Sprecherin *des Amtes*, Ana Ruiz“
        let limit = self.high.min(phrase.end + MAX_ROLE_COMPLEMENT);
        let comma = (phrase.end..limit).find(|index| {
            !matches!(
                self.tag(*index),
                PosTag::Preposition | PosTag::Determiner | PosTag::Noun
            )
        })?;
        let is_comma = self.tag(comma) == PosTag::Comma
            && (comma == phrase.end || self.is(phrase.end - 1, Class::Role));
        if !is_description || !is_comma {
            return None;
        }
        let name = self.phrase_starting(comma + 1)?;
        let is_name = name.end - name.start >= 2
            && (name.start..name.end).all(|index| self.tag(index) == PosTag::Name)
            && !self.is(name.start, Class::Place);
        let ends = matches!(
            self.tag(name.end),
            PosTag::Stop | PosTag::Comma | PosTag::Quotation | PosTag::Open
        );
        (is_name && ends).then_some(name)
    }
}
