//! Subjects of verbs.
//!
//! Who is the subject of a verb that stands after it: “Ruiz, who lost in May, and her aides said”? The
//! search goes left from the verb over auxiliaries, prepositional phrases, appositions and relative clauses;
//! it does not parse.

use super::{Phrase, Sentence};
use crate::analysis::tokens::Part;
use crate::lexicon::Class;

/// How deep subjects are looked for through coordinated verbs.
const DEPTH: u8 = 3;
/// How many tokens a subject may stand before its verb.
const REACH: usize = 90;

impl Sentence<'_> {
    /// The subject of the verb at `verb`, when it stands before it.
    pub(crate) fn subject_before(&self, verb: usize) -> Option<Phrase> {
        self.subject(verb, DEPTH)
    }

    fn subject(&self, verb: usize, depth: u8) -> Option<Phrase> {
        if depth == 0 {
            return None;
        }
        let mut end = self.skip_verb_group(verb);
        if self.before(end) == Part::Preposition && self.is(end, Class::Base) {
            // An infinitive has the subject of the verb it depends on.
            return self.shared_subject(end - 1, depth);
        }
        match self.before(end) {
            Part::Close => {
                end = self.opening(end - 1)?;
                self.subject(end, depth - 1)
            }
            Part::Coordinator => self.shared_subject(end - 1, depth),
            Part::Comma | Part::Dash => self.interrupted_subject(end - 1, depth),
            Part::Relative => self.antecedent(end - 1).or_else(|| self.bare(end - 1)),
            Part::That => self.antecedent(end - 1),
            Part::Object if self.some_of(end).is_some() => self.some_of(end),
            // “groups that have met him say”
            Part::Object => {
                let low = self.low.max(end.saturating_sub(24));
                let relative = (low..end)
                    .rev()
                    .find(|index| matches!(self.part(*index), Part::Relative | Part::That))?;
                self.antecedent(relative)
            }
            Part::Quotation => self
                .phrase_ending(end)
                .filter(|phrase| phrase.start + 1 < phrase.end),
            Part::Stop | Part::Colon | Part::Semicolon => None,
            // “the ad released Thursday says”
            Part::Verb if end < verb && self.is_reduced_relative(end - 1) => {
                self.phrase_ending(end - 1)
            }
            _ => {
                let phrase = self.phrase_ending(end)?;
                match self.adverbial(phrase) {
                    // “who has in the past said”
                    Some(start) => self.subject(start, depth - 1),
                    None => self
                        .around_object(phrase)
                        .or_else(|| self.before_open_apposition(phrase))
                        .or(Some(phrase)),
                }
            }
        }
    }

    /// “an aide who spoke to discuss the plan said”: a phrase that is the object of a verb in a relative
    /// clause is no subject; the antecedent of the clause is.
    fn around_object(&self, phrase: Phrase) -> Option<Phrase> {
        let object = matches!(
            self.before(phrase.start),
            Part::Verb | Part::Cue | Part::Gerund | Part::GerundCue
        );
        if !object {
            return None;
        }
        let low = self.low.max(phrase.start.saturating_sub(24));
        let relative = (low..phrase.start)
            .rev()
            .take_while(|index| {
                !matches!(
                    self.part(*index),
                    Part::Comma | Part::Stop | Part::Quotation | Part::That
                )
            })
            .find(|index| self.part(*index) == Part::Relative)?;
        self.antecedent(relative)
    }

    /// `Ana Ruiz, president of the board said`: the name before an apposition whose second comma is missing.
    fn before_open_apposition(&self, phrase: Phrase) -> Option<Phrase> {
        let mut start = phrase.start;
        if self.before(start) == Part::Coordinator && start >= 2 && self.is(start - 2, Class::Role)
        {
            start -= 2;
        }
        let bare = self.is(start, Class::Role) && self.part(start) == Part::Noun;
        let comma = start
            .checked_sub(1)
            .filter(|index| self.part(*index) == Part::Comma)?;
        let name = self
            .base_ending(comma)
            .filter(|_| bare && self.before(comma) == Part::Name)?;
        Some(name)
    }

    /// Where the prepositional phrase starts that stands between auxiliary and verb.
    fn adverbial(&self, phrase: Phrase) -> Option<usize> {
        let preposition = phrase.start.checked_sub(1)?;
        let adverbial = self.part(preposition) == Part::Preposition
            && preposition > self.low
            && matches!(
                self.before(preposition),
                Part::Auxiliary | Part::Relative | Part::Pronoun | Part::Adverb
            );
        adverbial.then_some(preposition)
    }

    /// Whether the verb form at `index` is a participle that describes the noun before it.
    pub(crate) fn is_reduced_relative(&self, index: usize) -> bool {
        let participle = self
            .token(index)
            .is_some_and(|token| token.is(Class::Participle) || token.classes.is_empty());
        participle && self.before(index).is_nominal()
    }

    fn bare(&self, index: usize) -> Option<Phrase> {
        self.token(index).map(|_| Phrase::of(index, index + 1))
    }

    /// Steps left over adverbs and auxiliaries before a verb.
    fn skip_verb_group(&self, verb: usize) -> usize {
        let mut end = verb;
        loop {
            match self.before(end) {
                // “Ruiz on Saturday said”
                Part::Adverb
                    if self.is(end - 1, Class::Time)
                        && end >= 2
                        && self.part(end - 2) == Part::Preposition =>
                {
                    end -= 2;
                }
                Part::Auxiliary | Part::Adverb => end -= 1,
                // “said this week”, “last month”
                Part::Noun
                    if self.is(end - 1, Class::Time)
                        && end >= 2
                        && matches!(self.part(end - 2), Part::Determiner | Part::Adverb) =>
                {
                    end -= 2;
                }
                Part::Close if end > self.low + 1 => match self.opening(end - 1) {
                    Some(open) => end = open,
                    None => return end,
                },
                _ => return end,
            }
        }
    }

    /// The opening bracket of the closing one at `close`.
    fn opening(&self, close: usize) -> Option<usize> {
        (self.low.max(close.saturating_sub(40))..close)
            .rev()
            .find(|index| self.part(*index) == Part::Open)
    }

    /// The subject of a verb after a coordinator: of the verb before it, unless a subject stands between.
    fn shared_subject(&self, coordinator: usize, depth: u8) -> Option<Phrase> {
        let verb = self.finite_verb_before(coordinator)?;
        self.subject(verb, depth - 1)
    }

    /// The nearest finite verb before an index in the sentence.
    pub(crate) fn finite_verb_before(&self, index: usize) -> Option<usize> {
        let low = self.low.max(index.saturating_sub(REACH));
        let mut depth = 0_u8;
        for at in (low..index).rev() {
            match self.part(at) {
                Part::Close => depth = depth.saturating_add(1),
                Part::Open => depth = depth.saturating_sub(1),
                Part::Verb | Part::Cue if depth == 0 && !self.is_reduced(at) => return Some(at),
                Part::Auxiliary if depth == 0 => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// Whether a verb form is a participle after a noun or `to` and an infinitive, not a finite verb.
    fn is_reduced(&self, index: usize) -> bool {
        self.before(index) == Part::Preposition
    }

    /// The antecedent of the relative pronoun at `relative`.
    fn antecedent(&self, relative: usize) -> Option<Phrase> {
        let mut end = relative;
        // “an aide who was there, and who”
        if self.before(end) == Part::Coordinator {
            let low = self.low.max(end.saturating_sub(40));
            let first = (low..end)
                .rev()
                .find(|index| self.part(*index) == Part::Relative)?;
            return self.antecedent(first);
        }
        if matches!(self.before(end), Part::Preposition) {
            end -= 1;
        }
        if matches!(self.before(end), Part::Comma | Part::Dash) {
            end -= 1;
        }
        // “an official there, who”
        if self.before(end) == Part::Adverb {
            end -= 1;
        }
        match self.before(end) {
            Part::Close => self
                .opening(end - 1)
                .and_then(|open| self.phrase_ending(open)),
            _ => self.phrase_ending(end),
        }
    }

    /// The subject of a verb that follows a comma or dash at `close`, beyond what stands between.
    fn interrupted_subject(&self, close: usize, depth: u8) -> Option<Phrase> {
        let low = self.low.max(close.saturating_sub(REACH));
        let is_dash = self.part(close) == Part::Dash;
        let mut end = close;
        let mut described = None;
        let mut nearest = true;
        let mut first = close;
        while end > low {
            let start = self.segment_start(low, end, is_dash);
            let open = start
                .checked_sub(1)
                .map_or(Part::Stop, |index| self.part(index));
            let outermost = start <= low || !matches!(open, Part::Comma | Part::Dash);
            if nearest && outermost {
                // No opening comma: the comma before the verb is a slip, or the verb shares a subject.
                return self.subject_of_segment(start, end, depth);
            }
            if !nearest {
                if self.starts_subject(start, end) {
                    return self.subject_of_segment(start, end, depth);
                }
                if let Some(phrase) = self.subordinate_subject(start, end) {
                    return Some(self.named_by(phrase, end, close));
                }
                if let Some(inner) = self.contact_clause(start, end) {
                    return Some(self.named_by(inner, end, close));
                }
                if self.describes(start, end) {
                    described = Some((start, end));
                } else if described.is_some() && self.part(start) != Part::Number {
                    break;
                } else if self.is_aside(start)
                    && !self.is_listed(first, close)
                    && self.starts_subject(first, close)
                {
                    // “in Ohio, after winning, Ruiz, said”
                    return self.subject_of_segment(first, close, depth);
                }
                if outermost && described.is_none() {
                    return self.subject_of_segment(start, end, depth);
                }
            }
            if nearest {
                first = start;
            }
            nearest = false;
            if outermost {
                break;
            }
            end = start - 1;
        }
        let (start, end) = described?;
        let subject = self.subject_of_segment(start, end, depth)?;
        Some(self.named_by(subject, end, close))
    }

    /// “the mayor of Lowell, Ana Ruiz, said”: a subject with the name in apposition after the comma at `comma`.
    fn named_by(&self, subject: Phrase, comma: usize, close: usize) -> Phrase {
        // “the region’s president, Ana Ruiz (LR), said”
        let end = match self.before(close) {
            Part::Close => self.opening(close - 1).unwrap_or(close),
            _ => close,
        };
        let name = self
            .base_ending(end)
            .filter(|name| name.start == comma + 1 && self.before(name.end) == Part::Name);
        name.map_or(subject, |name| Phrase {
            start: subject.start,
            ..name
        })
    }

    /// Where the stretch between commas or dashes that ends at `end` starts.
    fn segment_start(&self, low: usize, end: usize, is_dash: bool) -> usize {
        let boundary = |index: &usize| match self.part(*index) {
            Part::Comma => !is_dash,
            Part::Dash | Part::Quotation | Part::Stop | Part::Colon | Part::Semicolon => true,
            _ => false,
        };
        let mut at = end;
        while at > low {
            at -= 1;
            // “Ana Ruiz (D-Ohio)”: brackets are jumped over.
            if self.part(at) == Part::Close
                && let Some(open) = self.opening(at)
            {
                at = open.max(low);
            } else if boundary(&at) {
                return at + 1;
            }
        }
        low
    }

    /// Whether a segment begins a description that a name in apposition follows: `the mayor`, `Lowell’s mayor`.
    fn describes(&self, start: usize, end: usize) -> bool {
        matches!(self.part(start), Part::Determiner | Part::Possessive) || self.is_owned(start, end)
    }

    /// `Lowell’s mayor`: a role with its owner.
    fn is_owned(&self, start: usize, end: usize) -> bool {
        self.before(end) == Part::Noun
            && self.is(end - 1, Class::Role)
            && (start..end).any(|index| self.part(index) == Part::Possessive)
    }

    /// Whether a segment is an adverbial.
    fn is_aside(&self, start: usize) -> bool {
        matches!(
            self.part(start),
            Part::Preposition | Part::Subordinator | Part::Gerund | Part::GerundCue | Part::Adverb
        )
    }

    /// Whether a segment is the end of a list: “in Dutch, *French and English*,”.
    fn is_listed(&self, start: usize, end: usize) -> bool {
        (start..end).any(|index| self.part(index) == Part::Coordinator)
    }

    /// `while Ana Ruiz`, `a bridge that the mayor`: the phrase after a word that begins a clause.
    fn subordinate_subject(&self, start: usize, end: usize) -> Option<Phrase> {
        let phrase = self
            .base_ending(end)
            .filter(|phrase| phrase.start > start)?;
        let opens = matches!(
            self.before(phrase.start),
            Part::That | Part::Subordinator | Part::Relative | Part::Coordinator
        );
        (opens && phrase.end > phrase.start).then_some(phrase)
    }

    /// Whether a segment between commas looks like the subject that an apposition follows.
    fn starts_subject(&self, start: usize, end: usize) -> bool {
        let Some(token) = self.token(start) else {
            return false;
        };
        match token.part {
            Part::Pronoun => true,
            Part::Name => {
                !token.is(Class::NameSuffix)
                    && !token.is(Class::Place)
                    && end - start >= 1
                    && !self.is_party(start, end)
                    && !self.is_owned(start, end)
            }
            Part::Coordinator => self.starts_subject(start + 1, end),
            _ => false,
        }
    }

    /// A lone name of a state or party: `R-Tex.`, `D-N.Y.`
    fn is_party(&self, start: usize, end: usize) -> bool {
        end - start == 1
            && self
                .token(start)
                .is_some_and(|token| token.span.len() <= 8 && token.is(Class::Abbreviation))
    }

    fn subject_of_segment(&self, start: usize, end: usize, depth: u8) -> Option<Phrase> {
        // “Ruiz won the vote, then said”: the segment has a verb, whose subject it is.
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
        let end = match self.before(end) {
            Part::Close => self.opening(end - 1).unwrap_or(end),
            _ => end,
        };
        self.phrase_ending(end)
            .filter(|phrase| phrase.start >= start)
    }

    /// The grammatical subject of the sentence: the phrase before its first finite verb.
    pub(crate) fn main_subject(&self, limit: usize) -> Option<Phrase> {
        let start = self.after_introduction(limit);
        let within = Sentence {
            low: start,
            ..*self
        };
        let verb = (start..limit.min(start + REACH)).find(|index| {
            matches!(self.part(*index), Part::Verb | Part::Cue | Part::Auxiliary) && *index > start
        });
        match verb {
            Some(verb) => within
                .subject_before(verb)
                .or_else(|| self.phrase_starting(start)),
            None => self.phrase_starting(start),
        }
    }

    /// The subject of the clause that holds `at`: of the last coordinated or subordinate clause before it.
    pub(crate) fn clause_subject(&self, at: usize) -> Option<Phrase> {
        let low = self.low.max(at.saturating_sub(REACH));
        let clause = (low..at).rev().find(|index| {
            let joint = matches!(
                self.part(*index),
                Part::Comma | Part::Dash | Part::Semicolon
            );
            let joined =
                self.part(*index + 1) == Part::Coordinator || self.is(*index + 1, Class::Aside);
            joint
                && joined
                && (index + 3..at)
                    .any(|verb| matches!(self.part(verb), Part::Verb | Part::Auxiliary | Part::Cue))
                && !matches!(
                    self.part(index + 2),
                    Part::Verb | Part::Cue | Part::Auxiliary
                )
        });
        match clause {
            Some(index) => Sentence {
                low: index + 2,
                ..*self
            }
            .main_subject(at),
            None => self.main_subject(at),
        }
    }

    /// Where the main clause starts: after introductory words up to a comma, if there are any.
    fn after_introduction(&self, limit: usize) -> usize {
        let mut start = self.low;
        for _ in 0..4 {
            while matches!(
                self.part(start),
                Part::Coordinator | Part::Adverb | Part::Dash | Part::Comma | Part::Close
            ) && start + 1 < limit
            {
                start += 1;
            }
            let time = self.is(start, Class::Time) && self.part(start + 1) == Part::Comma;
            let introduces = time
                || matches!(
                    self.part(start),
                    Part::Preposition
                        | Part::Subordinator
                        | Part::Gerund
                        | Part::GerundCue
                        | Part::Verb
                        | Part::Cue
                );
            if !introduces {
                break;
            }
            let comma =
                (start..limit.min(start + 40)).find(|index| self.part(*index) == Part::Comma);
            match comma {
                Some(comma) => start = comma + 1,
                None => return start + 1,
            }
        }
        start
    }
}
