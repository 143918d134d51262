//! Subjects with a comma or dash before their verb: “*Ruiz*, who lost in May, said”, “the mayor, *Ana
//! Ruiz*, said”.
//!
//! The words before the comma are read segment by segment, from comma to comma, until one of them holds
//! the subject.

use super::subject::SUBJECT_REACH;
use super::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// The longest abbreviation of a party and state, in bytes: `R-Minn.`
const MAX_PARTY: u32 = 8;

/// The words between two commas or dashes.
#[derive(Clone, Copy)]
struct Segment {
    start: usize,
    end: usize,
    /// Whether it begins the sentence, so that nothing but a full stop or the like is before it.
    outermost: bool,
}

impl Sentence<'_> {
    /// The subject of a verb after the comma or dash at `close`.
    pub(super) fn interrupted_subject(&self, close: usize, depth: u8) -> Option<NounPhrase> {
        let low = self.low.max(close.saturating_sub(SUBJECT_REACH));
        let is_dash = self.tag(close) == PosTag::Dash;
        if close <= low {
            return None;
        }
        let nearest = self.segment_ending(low, close, is_dash);
        if nearest.outermost {
            // No opening comma: the comma before the verb is a slip, or the verb shares a subject.
            return self.subject_in(nearest.start, nearest.end, depth);
        }
        let mut described = None;
        let mut segment = nearest;
        while !segment.outermost && segment.start - 1 > low {
            segment = self.segment_ending(low, segment.start - 1, is_dash);
            let Segment { start, end, .. } = segment;
            if self.starts_subject(start, end) {
                return self.subject_in(start, end, depth);
            }
            let clause_subject = self
                .subordinate_subject(start, end)
                .or_else(|| self.contact_clause(start, end));
            if let Some(phrase) = clause_subject {
                return Some(self.with_apposed_name(phrase, end, close));
            }
            if self.is_description(start, end) {
                described = Some(segment);
            } else if described.is_some() && self.tag(start) != PosTag::Number {
                break;
            } else if self.is_adverbial(start)
                && !self.is_end_of_list(nearest.start, close)
                && self.starts_subject(nearest.start, close)
            {
                // “in Ohio, after winning, Ruiz, said”
                return self.subject_in(nearest.start, close, depth);
            }
            if segment.outermost && described.is_none() {
                return self.subject_in(start, end, depth);
            }
        }
        let described = described?;
        let subject = self.subject_in(described.start, described.end, depth)?;
        Some(self.with_apposed_name(subject, described.end, close))
    }

    /// The segment that ends at `end`.
    fn segment_ending(&self, low: usize, end: usize, is_dash: bool) -> Segment {
        let start = self.segment_start(low, end, is_dash);
        let outermost =
            start <= low || !matches!(self.tag_before(start), PosTag::Comma | PosTag::Dash);
        Segment {
            start,
            end,
            outermost,
        }
    }

    fn segment_start(&self, low: usize, end: usize, is_dash: bool) -> usize {
        let is_boundary = |index: usize| match self.tag(index) {
            PosTag::Comma => !is_dash,
            PosTag::Dash | PosTag::Quotation | PosTag::Stop | PosTag::Colon | PosTag::Semicolon => {
                true
            }
            _ => false,
        };
        let mut at = end;
        while at > low {
            at -= 1;
            // “Ana Ruiz (D-Ohio)”: commas in brackets do not count.
            if self.tag(at) == PosTag::Close
                && let Some(open) = self.opening_bracket(at)
            {
                at = open.max(low);
            } else if is_boundary(at) {
                return at + 1;
            }
        }
        low
    }

    /// “the mayor of Lowell, Ana Ruiz, said”: a subject joined with the name in apposition after the comma
    /// at `comma`.
    fn with_apposed_name(&self, subject: NounPhrase, comma: usize, close: usize) -> NounPhrase {
        // “the region’s president, Ana Ruiz (LR), said”
        let end = self.skip_brackets(close);
        match self.base_phrase_ending(end) {
            Some(name) if name.start == comma + 1 && self.tag_before(name.end) == PosTag::Name => {
                NounPhrase {
                    start: subject.start,
                    ..name
                }
            }
            _ => subject,
        }
    }

    /// Whether a segment begins a description that a name in apposition may follow: `the mayor`,
    /// `Lowell’s mayor`.
    fn is_description(&self, start: usize, end: usize) -> bool {
        matches!(self.tag(start), PosTag::Determiner | PosTag::Possessive)
            || self.is_owned_role(start, end)
    }

    /// `Lowell’s mayor`: a role with a possessive.
    fn is_owned_role(&self, start: usize, end: usize) -> bool {
        self.tag_before(end) == PosTag::Noun
            && self.is(end - 1, Class::Role)
            && (start..end).any(|index| self.tag(index) == PosTag::Possessive)
    }

    /// Whether a segment is an adverbial.
    fn is_adverbial(&self, start: usize) -> bool {
        matches!(
            self.tag(start),
            PosTag::Preposition
                | PosTag::Subordinator
                | PosTag::Gerund
                | PosTag::GerundCue
                | PosTag::Adverb
        )
    }

    /// Whether a segment is the end of a list: “in Dutch, *French and English*,”.
    fn is_end_of_list(&self, start: usize, end: usize) -> bool {
        (start..end).any(|index| self.tag(index) == PosTag::Coordinator)
    }

    /// `while Ana Ruiz`, `a bridge that the mayor`: the phrase after a word that begins a clause.
    fn subordinate_subject(&self, start: usize, end: usize) -> Option<NounPhrase> {
        let phrase = self.base_phrase_ending(end)?;
        let opens = matches!(
            self.tag_before(phrase.start),
            PosTag::That | PosTag::Subordinator | PosTag::Relative | PosTag::Coordinator
        );
        (phrase.start > start && opens).then_some(phrase)
    }

    /// Whether a segment between commas looks like a subject before an apposition.
    fn starts_subject(&self, start: usize, end: usize) -> bool {
        match self.tag(start) {
            PosTag::Pronoun => true,
            PosTag::Name => {
                end > start
                    && !self.is(start, Class::NameSuffix)
                    && !self.is(start, Class::Place)
                    && !self.is_party(start, end)
                    && !self.is_owned_role(start, end)
            }
            PosTag::Coordinator => self.starts_subject(start + 1, end),
            _ => false,
        }
    }

    /// A single abbreviation of a party and state: `R-Tex.`, `D-N.Y.`
    fn is_party(&self, start: usize, end: usize) -> bool {
        match self.token(start) {
            Some(token) => {
                end - start == 1 && token.span.len() <= MAX_PARTY && token.is(Class::Abbreviation)
            }
            None => false,
        }
    }

    fn subject_in(&self, start: usize, end: usize, depth: u8) -> Option<NounPhrase> {
        // “Ruiz won the vote, then said”: the segment has a verb, and both share its subject.
        let within = Sentence {
            low: start,
            ..*self
        };
        if let Some(verb) = within.finite_verb_before(end)
            && let Some(subject) = within.subject(verb, depth - 1)
        {
            return Some(subject);
        }
        // “Ana Ruiz (D-Ohio), who”
        let phrase = self.phrase_ending(self.skip_brackets(end))?;
        (phrase.start >= start).then_some(phrase)
    }
}
