//! Noun phrases and subjects of verbs, found from the parts of the words around them.
//!
//! [`Sentence`] looks at one sentence of a paragraph. It answers who the subject of a verb is, before or
//! after the verb: “Ruiz, who lost in May, and her aides said” – and for `said Senator Ana Ruiz of Ohio`.
//! It reads leftwards over prepositional phrases, appositions and relative clauses; it does not parse.

use super::token::{Part, Token};
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
    const fn of(start: usize, end: usize) -> Self {
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

/// How deep subjects are looked for through coordinated verbs.
const DEPTH: u8 = 3;
/// How many tokens a subject may stand before its verb.
const REACH: usize = 90;

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
    fn before(&self, index: usize) -> Part {
        index
            .checked_sub(1)
            .map_or(Part::Stop, |before| self.part(before))
    }

    /// The subject of the verb at `verb`, when it stands before it.
    pub(super) fn subject_before(&self, verb: usize) -> Option<Phrase> {
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
                    None => Some(self.before_open_apposition(phrase).unwrap_or(phrase)),
                }
            }
        }
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
    fn is_reduced_relative(&self, index: usize) -> bool {
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
                    end -= 2
                }
                Part::Auxiliary | Part::Adverb => end -= 1,
                // “said this week”, “last month”
                Part::Noun
                    if self.is(end - 1, Class::Time)
                        && end >= 2
                        && matches!(self.part(end - 2), Part::Determiner | Part::Adverb) =>
                {
                    end -= 2
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
    pub(super) fn finite_verb_before(&self, index: usize) -> Option<usize> {
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
        if matches!(self.before(end), Part::Preposition) {
            end -= 1;
        }
        if matches!(self.before(end), Part::Comma | Part::Dash) {
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
                    return Some(phrase);
                }
                if matches!(self.part(start), Part::Determiner | Part::Possessive) {
                    described = Some((start, end));
                } else if described.is_some() {
                    break;
                } else if self.is_aside(start) && self.starts_subject(end + 1, close) {
                    // “in Ohio, after winning, Ruiz, said”
                    return self.subject_of_segment(end + 1, close, depth);
                }
                if outermost && described.is_none() {
                    return self.subject_of_segment(start, end, depth);
                }
            }
            nearest = false;
            if outermost {
                break;
            }
            end = start - 1;
        }
        let (start, end) = described?;
        let subject = self.subject_of_segment(start, end, depth)?;
        // “the mayor of Lowell, Ana Ruiz, said”: the apposition is the name.
        let name = self
            .base_ending(close)
            .filter(|name| name.start == end + 1 && self.part(name.start) == Part::Name);
        Some(name.map_or(subject, |name| Phrase {
            start: subject.start,
            ..name
        }))
    }

    /// Where the stretch between commas or dashes that ends at `end` starts.
    fn segment_start(&self, low: usize, end: usize, is_dash: bool) -> usize {
        let boundary = |index: &usize| match self.part(*index) {
            Part::Comma => !is_dash,
            Part::Dash | Part::Quotation | Part::Stop | Part::Colon | Part::Semicolon => true,
            _ => false,
        };
        (low..end)
            .rev()
            .find(boundary)
            .map_or(low, |index| index + 1)
    }

    /// Whether a segment is an adverbial.
    fn is_aside(&self, start: usize) -> bool {
        matches!(
            self.part(start),
            Part::Preposition | Part::Subordinator | Part::Gerund | Part::GerundCue | Part::Adverb
        )
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
        self.phrase_ending(end)
            .filter(|phrase| phrase.start >= start)
    }

    /// The noun phrase that ends before `end`, with what is attached to it by prepositions.
    pub(super) fn phrase_ending(&self, end: usize) -> Option<Phrase> {
        self.chained(end, 5)
    }

    fn chained(&self, end: usize, fuel: u8) -> Option<Phrase> {
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
        Some(Phrase {
            start: left.start,
            end: base.end,
            head_end: left.head_end,
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
                | Part::Quotation
                | Part::Dash
                | Part::That
                | Part::Subordinator
        );
        let simple = left.head_end == left.end;
        starts_clause.then(|| Phrase {
            start: left.start,
            end: base.end,
            head_end: if simple { base.head_end } else { left.head_end },
        })
    }

    /// A noun phrase without prepositional phrases that ends before `end`.
    fn base_ending(&self, end: usize) -> Option<Phrase> {
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
                    start -= 1
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

    /// The grammatical subject of the sentence: the phrase before its first finite verb.
    pub(super) fn main_subject(&self, limit: usize) -> Option<Phrase> {
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
    pub(super) fn clause_subject(&self, at: usize) -> Option<Phrase> {
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
