//! Subjects of verbs.
//!
//! Who is the subject of a verb that stands after it: “Ruiz, who lost in May, and her aides said”? The
//! search goes left from the verb over auxiliaries, prepositional phrases, appositions and relative clauses;
//! it does not parse.

use super::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// How deep subjects are looked for through coordinated verbs.
const DEPTH: u8 = 3;
/// How many tokens a subject may stand before its verb.
const REACH: usize = 90;

impl Sentence<'_> {
    /// The subject of the verb at `verb`, when it stands before it.
    pub(crate) fn subject_before(&self, verb: usize) -> Option<NounPhrase> {
        self.subject(verb, DEPTH)
    }

    fn subject(&self, verb: usize, depth: u8) -> Option<NounPhrase> {
        if depth == 0 {
            return None;
        }
        let mut end = self.skip_verb_group(verb);
        if self.before(end) == PosTag::Preposition && self.is(end, Class::Base) {
            // An infinitive has the subject of the verb it depends on.
            return self.shared_subject(end - 1, depth);
        }
        match self.before(end) {
            PosTag::Close => {
                end = self.opening(end - 1)?;
                self.subject(end, depth - 1)
            }
            PosTag::Coordinator => self.shared_subject(end - 1, depth),
            PosTag::Comma | PosTag::Dash => self.interrupted_subject(end - 1, depth),
            PosTag::Relative => self.antecedent(end - 1).or_else(|| self.bare(end - 1)),
            PosTag::That => self.antecedent(end - 1),
            PosTag::Object if self.some_of(end).is_some() => self.some_of(end),
            // “groups that have met him say”
            PosTag::Object => {
                let low = self.low.max(end.saturating_sub(24));
                let relative = (low..end)
                    .rev()
                    .find(|index| matches!(self.tag(*index), PosTag::Relative | PosTag::That))?;
                self.antecedent(relative)
            }
            PosTag::Quotation => self
                .phrase_ending(end)
                .filter(|phrase| phrase.start + 1 < phrase.end),
            PosTag::Stop | PosTag::Colon | PosTag::Semicolon => None,
            // “the ad released Thursday says”
            PosTag::Verb if end < verb && self.is_reduced_relative(end - 1) => {
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
    fn around_object(&self, phrase: NounPhrase) -> Option<NounPhrase> {
        let object = matches!(
            self.before(phrase.start),
            PosTag::Verb | PosTag::Cue | PosTag::Gerund | PosTag::GerundCue
        );
        if !object {
            return None;
        }
        let low = self.low.max(phrase.start.saturating_sub(24));
        let relative = (low..phrase.start)
            .rev()
            .take_while(|index| {
                !matches!(
                    self.tag(*index),
                    PosTag::Comma | PosTag::Stop | PosTag::Quotation | PosTag::That
                )
            })
            .find(|index| self.tag(*index) == PosTag::Relative)?;
        self.antecedent(relative)
    }

    /// `Ana Ruiz, president of the board said`: the name before an apposition whose second comma is missing.
    fn before_open_apposition(&self, phrase: NounPhrase) -> Option<NounPhrase> {
        let mut start = phrase.start;
        if self.before(start) == PosTag::Coordinator
            && start >= 2
            && self.is(start - 2, Class::Role)
        {
            start -= 2;
        }
        let bare = self.is(start, Class::Role) && self.tag(start) == PosTag::Noun;
        let comma = start
            .checked_sub(1)
            .filter(|index| self.tag(*index) == PosTag::Comma)?;
        let name = self
            .base_ending(comma)
            .filter(|_| bare && self.before(comma) == PosTag::Name)?;
        Some(name)
    }

    /// Where the prepositional phrase starts that stands between auxiliary and verb.
    fn adverbial(&self, phrase: NounPhrase) -> Option<usize> {
        let preposition = phrase.start.checked_sub(1)?;
        let adverbial = self.tag(preposition) == PosTag::Preposition
            && preposition > self.low
            && matches!(
                self.before(preposition),
                PosTag::Auxiliary | PosTag::Relative | PosTag::Pronoun | PosTag::Adverb
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

    fn bare(&self, index: usize) -> Option<NounPhrase> {
        self.token(index).map(|_| NounPhrase::of(index, index + 1))
    }

    /// Steps left over adverbs and auxiliaries before a verb.
    fn skip_verb_group(&self, verb: usize) -> usize {
        let mut end = verb;
        loop {
            match self.before(end) {
                // “Ruiz on Saturday said”
                PosTag::Adverb
                    if self.is(end - 1, Class::Time)
                        && end >= 2
                        && self.tag(end - 2) == PosTag::Preposition =>
                {
                    end -= 2;
                }
                PosTag::Auxiliary | PosTag::Adverb => end -= 1,
                // “said this week”, “last month”
                PosTag::Noun
                    if self.is(end - 1, Class::Time)
                        && end >= 2
                        && matches!(self.tag(end - 2), PosTag::Determiner | PosTag::Adverb) =>
                {
                    end -= 2;
                }
                PosTag::Close if end > self.low + 1 => match self.opening(end - 1) {
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
            .find(|index| self.tag(*index) == PosTag::Open)
    }

    /// The subject of a verb after a coordinator: of the verb before it, unless a subject stands between.
    fn shared_subject(&self, coordinator: usize, depth: u8) -> Option<NounPhrase> {
        let verb = self.finite_verb_before(coordinator)?;
        self.subject(verb, depth - 1)
    }

    /// The nearest finite verb before an index in the sentence.
    pub(crate) fn finite_verb_before(&self, index: usize) -> Option<usize> {
        let low = self.low.max(index.saturating_sub(REACH));
        let mut depth = 0_u8;
        for at in (low..index).rev() {
            match self.tag(at) {
                PosTag::Close => depth = depth.saturating_add(1),
                PosTag::Open => depth = depth.saturating_sub(1),
                PosTag::Verb | PosTag::Cue if depth == 0 && !self.is_reduced(at) => {
                    return Some(at);
                }
                PosTag::Auxiliary if depth == 0 => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// Whether a verb form is a participle after a noun or `to` and an infinitive, not a finite verb.
    fn is_reduced(&self, index: usize) -> bool {
        self.before(index) == PosTag::Preposition
    }

    /// The antecedent of the relative pronoun at `relative`.
    fn antecedent(&self, relative: usize) -> Option<NounPhrase> {
        let mut end = relative;
        // “an aide who was there, and who”
        if self.before(end) == PosTag::Coordinator {
            let low = self.low.max(end.saturating_sub(40));
            let first = (low..end)
                .rev()
                .find(|index| self.tag(*index) == PosTag::Relative)?;
            return self.antecedent(first);
        }
        if matches!(self.before(end), PosTag::Preposition) {
            end -= 1;
        }
        if matches!(self.before(end), PosTag::Comma | PosTag::Dash) {
            end -= 1;
        }
        // “an official there, who”
        if self.before(end) == PosTag::Adverb {
            end -= 1;
        }
        match self.before(end) {
            PosTag::Close => self
                .opening(end - 1)
                .and_then(|open| self.phrase_ending(open)),
            _ => self.phrase_ending(end),
        }
    }

    /// The subject of a verb that follows a comma or dash at `close`, beyond what stands between.
    fn interrupted_subject(&self, close: usize, depth: u8) -> Option<NounPhrase> {
        let low = self.low.max(close.saturating_sub(REACH));
        let is_dash = self.tag(close) == PosTag::Dash;
        let mut end = close;
        let mut described = None;
        let mut nearest = true;
        let mut first = close;
        while end > low {
            let start = self.segment_start(low, end, is_dash);
            let open = start
                .checked_sub(1)
                .map_or(PosTag::Stop, |index| self.tag(index));
            let outermost = start <= low || !matches!(open, PosTag::Comma | PosTag::Dash);
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
                } else if described.is_some() && self.tag(start) != PosTag::Number {
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
    fn named_by(&self, subject: NounPhrase, comma: usize, close: usize) -> NounPhrase {
        // “the region’s president, Ana Ruiz (LR), said”
        let end = match self.before(close) {
            PosTag::Close => self.opening(close - 1).unwrap_or(close),
            _ => close,
        };
        let name = self
            .base_ending(end)
            .filter(|name| name.start == comma + 1 && self.before(name.end) == PosTag::Name);
        name.map_or(subject, |name| NounPhrase {
            start: subject.start,
            ..name
        })
    }

    /// Where the stretch between commas or dashes that ends at `end` starts.
    fn segment_start(&self, low: usize, end: usize, is_dash: bool) -> usize {
        let boundary = |index: &usize| match self.tag(*index) {
            PosTag::Comma => !is_dash,
            PosTag::Dash | PosTag::Quotation | PosTag::Stop | PosTag::Colon | PosTag::Semicolon => {
                true
            }
            _ => false,
        };
        let mut at = end;
        while at > low {
            at -= 1;
            // “Ana Ruiz (D-Ohio)”: brackets are jumped over.
            if self.tag(at) == PosTag::Close
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
        matches!(self.tag(start), PosTag::Determiner | PosTag::Possessive)
            || self.is_owned(start, end)
    }

    /// `Lowell’s mayor`: a role with its owner.
    fn is_owned(&self, start: usize, end: usize) -> bool {
        self.before(end) == PosTag::Noun
            && self.is(end - 1, Class::Role)
            && (start..end).any(|index| self.tag(index) == PosTag::Possessive)
    }

    /// Whether a segment is an adverbial.
    fn is_aside(&self, start: usize) -> bool {
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
    fn is_listed(&self, start: usize, end: usize) -> bool {
        (start..end).any(|index| self.tag(index) == PosTag::Coordinator)
    }

    /// `while Ana Ruiz`, `a bridge that the mayor`: the phrase after a word that begins a clause.
    fn subordinate_subject(&self, start: usize, end: usize) -> Option<NounPhrase> {
        let phrase = self
            .base_ending(end)
            .filter(|phrase| phrase.start > start)?;
        let opens = matches!(
            self.before(phrase.start),
            PosTag::That | PosTag::Subordinator | PosTag::Relative | PosTag::Coordinator
        );
        (opens && phrase.end > phrase.start).then_some(phrase)
    }

    /// Whether a segment between commas looks like the subject that an apposition follows.
    fn starts_subject(&self, start: usize, end: usize) -> bool {
        let Some(token) = self.token(start) else {
            return false;
        };
        match token.tag {
            PosTag::Pronoun => true,
            PosTag::Name => {
                !token.is(Class::NameSuffix)
                    && !token.is(Class::Place)
                    && end - start >= 1
                    && !self.is_party(start, end)
                    && !self.is_owned(start, end)
            }
            PosTag::Coordinator => self.starts_subject(start + 1, end),
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

    fn subject_of_segment(&self, start: usize, end: usize, depth: u8) -> Option<NounPhrase> {
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
            PosTag::Close => self.opening(end - 1).unwrap_or(end),
            _ => end,
        };
        self.phrase_ending(end)
            .filter(|phrase| phrase.start >= start)
    }

    /// The grammatical subject of the sentence: the phrase before its first finite verb.
    pub(crate) fn main_subject(&self, limit: usize) -> Option<NounPhrase> {
        let start = self.after_introduction(limit);
        let within = Sentence {
            low: start,
            ..*self
        };
        let verb = (start..limit.min(start + REACH)).find(|index| {
            matches!(
                self.tag(*index),
                PosTag::Verb | PosTag::Cue | PosTag::Auxiliary
            ) && *index > start
        });
        match verb {
            Some(verb) => within
                .subject_before(verb)
                .or_else(|| self.phrase_starting(start)),
            None => self.phrase_starting(start),
        }
    }

    /// The subject of the clause that holds `at`: of the last coordinated or subordinate clause before it.
    pub(crate) fn clause_subject(&self, at: usize) -> Option<NounPhrase> {
        let low = self.low.max(at.saturating_sub(REACH));
        let clause = (low..at).rev().find(|index| {
            let joint = matches!(
                self.tag(*index),
                PosTag::Comma | PosTag::Dash | PosTag::Semicolon
            );
            let joined =
                self.tag(*index + 1) == PosTag::Coordinator || self.is(*index + 1, Class::Aside);
            joint
                && joined
                && (index + 3..at).any(|verb| {
                    matches!(
                        self.tag(verb),
                        PosTag::Verb | PosTag::Auxiliary | PosTag::Cue
                    )
                })
                && !matches!(
                    self.tag(index + 2),
                    PosTag::Verb | PosTag::Cue | PosTag::Auxiliary
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
                self.tag(start),
                PosTag::Coordinator | PosTag::Adverb | PosTag::Dash | PosTag::Comma | PosTag::Close
            ) && start + 1 < limit
            {
                start += 1;
            }
            let time = self.is(start, Class::Time) && self.tag(start + 1) == PosTag::Comma;
            let introduces = time
                || matches!(
                    self.tag(start),
                    PosTag::Preposition
                        | PosTag::Subordinator
                        | PosTag::Gerund
                        | PosTag::GerundCue
                        | PosTag::Verb
                        | PosTag::Cue
                );
            if !introduces {
                break;
            }
            let comma =
                (start..limit.min(start + 40)).find(|index| self.tag(*index) == PosTag::Comma);
            match comma {
                Some(comma) => start = comma + 1,
                None => return start + 1,
            }
        }
        start
    }
}
