//! Finds the subjects of verbs.
//!
//! The search goes left from the verb over auxiliaries, prepositional phrases, appositions and relative
//! clauses, as in “Ruiz, who lost in May, and her aides *said*”. It does not parse. Subjects with a comma or
//! dash between them and their verb are in `interrupted`.

use super::{NounPhrase, Sentence};
use crate::analysis::reach;
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// How many coordinated verbs, brackets and adverbials the search follows.
const MAX_DEPTH: u8 = 3;
/// The distance from a verb to its subject. Longer sentences are lists.
pub(super) const SUBJECT_REACH: usize = 90;
/// The distance from a verb to the relative pronoun of its clause.
const RELATIVE_REACH: usize = 24;
/// How many introductory phrases a sentence may have: “On Monday, after the vote, in Lowell, …”.
const MAX_INTRODUCTIONS: usize = 4;

impl Sentence<'_> {
    /// The subject of the verb at `verb`, when it comes before the verb.
    pub(crate) fn subject_before(&self, verb: usize) -> Option<NounPhrase> {
        self.subject(verb, MAX_DEPTH)
    }

    pub(super) fn subject(&self, verb: usize, depth: u8) -> Option<NounPhrase> {
        if depth == 0 {
            return None;
        }
        let mut end = self.skip_verb_group(verb);
        if self.tag_before(end) == PosTag::Preposition && self.is(end, Class::Base) {
            // An infinitive has the subject of the verb it depends on.
            return self.shared_subject(end - 1, depth);
        }
        match self.tag_before(end) {
            PosTag::Close => {
                end = self.opening_bracket(end - 1)?;
                self.subject(end, depth - 1)
            }
            PosTag::Coordinator => self.shared_subject(end - 1, depth),
            PosTag::Comma | PosTag::Dash => self.interrupted_subject(end - 1, depth),
            PosTag::Relative => self
                .antecedent(end - 1)
                .or_else(|| Some(NounPhrase::of(end - 1, end))),
            PosTag::That => self.antecedent(end - 1),
            PosTag::Object => self.part_of_group(end).or_else(|| {
                // “groups that have met him say”
                let low = self.low.max(end.saturating_sub(RELATIVE_REACH));
                let relative = (low..end)
                    .rev()
                    .find(|index| matches!(self.tag(*index), PosTag::Relative | PosTag::That))?;
                self.antecedent(relative)
            }),
            PosTag::Quotation => self
                .phrase_ending(end)
                .filter(|phrase| phrase.start + 1 < phrase.end),
            PosTag::Stop | PosTag::Colon | PosTag::Semicolon => None,
            // “the ad released Thursday says”
            PosTag::Verb if end < verb && self.is_reduced_relative(end - 1) => {
                self.phrase_ending(end - 1)
            }
            _ => self.adjacent_subject(end, depth),
        }
    }

    /// The subject when the noun phrase that ends right before the verb group is a part of it.
    fn adjacent_subject(&self, end: usize, depth: u8) -> Option<NounPhrase> {
        let phrase = self.phrase_ending(end)?;
        // “who has in the past said”
        if let Some(start) = self.adverbial_start(phrase) {
            return self.subject(start, depth - 1);
        }
        self.around_object(phrase)
            .or_else(|| self.before_open_apposition(phrase))
            .or(Some(phrase))
    }

    /// “an aide who spoke to discuss the plan said”: when the phrase is the object of a verb in a relative
    /// clause, the subject is the antecedent of the clause.
    fn around_object(&self, phrase: NounPhrase) -> Option<NounPhrase> {
        let object = matches!(
            self.tag_before(phrase.start),
            PosTag::Verb | PosTag::Cue | PosTag::Gerund | PosTag::GerundCue
        );
        if !object {
            return None;
        }
        let low = self.low.max(phrase.start.saturating_sub(RELATIVE_REACH));
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
        if self.tag_before(start) == PosTag::Coordinator
            && start >= 2
            && self.is(start - 2, Class::Role)
        {
            start -= 2;
        }
        let bare = self.is(start, Class::Role) && self.tag(start) == PosTag::Noun;
        if !bare || start == 0 || self.tag(start - 1) != PosTag::Comma {
            return None;
        }
        let comma = start - 1;
        let name = self.base_phrase_ending(comma)?;
        (self.tag_before(comma) == PosTag::Name).then_some(name)
    }

    /// The start of a prepositional phrase between auxiliary and verb.
    fn adverbial_start(&self, phrase: NounPhrase) -> Option<usize> {
        let preposition = phrase.start.checked_sub(1)?;
        let adverbial = self.tag(preposition) == PosTag::Preposition
            && preposition > self.low
            && matches!(
                self.tag_before(preposition),
                PosTag::Auxiliary | PosTag::Relative | PosTag::Pronoun | PosTag::Adverb
            );
        adverbial.then_some(preposition)
    }

    /// Whether the verb form at `index` is a participle that describes the noun before it.
    pub(crate) fn is_reduced_relative(&self, index: usize) -> bool {
        match self.token(index) {
            Some(token) => {
                let participle = token.is(Class::Participle) || token.classes.is_empty();
                participle && self.tag_before(index).is_nominal()
            }
            None => false,
        }
    }

    /// Steps left over the adverbs and auxiliaries before a verb.
    fn skip_verb_group(&self, verb: usize) -> usize {
        let mut end = verb;
        loop {
            let time = self.is_before(end, Class::Time) && end >= 2;
            match self.tag_before(end) {
                // “Ruiz on Saturday said”
                PosTag::Adverb if time && self.tag(end - 2) == PosTag::Preposition => end -= 2,
                PosTag::Auxiliary | PosTag::Adverb => end -= 1,
                // “said this week”, “last month”
                PosTag::Noun
                    if time && matches!(self.tag(end - 2), PosTag::Determiner | PosTag::Adverb) =>
                {
                    end -= 2;
                }
                PosTag::Close if end > self.low + 1 => match self.opening_bracket(end - 1) {
                    Some(open) => end = open,
                    None => return end,
                },
                _ => return end,
            }
        }
    }

    /// The opening bracket of the closing one at `close`.
    pub(super) fn opening_bracket(&self, close: usize) -> Option<usize> {
        (self.low.max(close.saturating_sub(reach::ASIDE))..close)
            .rev()
            .find(|index| self.tag(*index) == PosTag::Open)
    }

    /// `end`, or the opening bracket of the brackets that end there.
    pub(super) fn skip_brackets(&self, end: usize) -> usize {
        if self.tag_before(end) != PosTag::Close {
            return end;
        }
        match self.opening_bracket(end - 1) {
            Some(open) => open,
            None => end,
        }
    }

    /// The subject of a verb after a coordinator: the subject of the finite verb before the coordinator.
    fn shared_subject(&self, coordinator: usize, depth: u8) -> Option<NounPhrase> {
        let verb = self.finite_verb_before(coordinator)?;
        self.subject(verb, depth - 1)
    }

    /// The nearest finite verb before an index, outside brackets.
    pub(crate) fn finite_verb_before(&self, index: usize) -> Option<usize> {
        let low = self.low.max(index.saturating_sub(SUBJECT_REACH));
        let mut depth = 0_u8;
        for at in (low..index).rev() {
            match self.tag(at) {
                PosTag::Close => depth = depth.saturating_add(1),
                PosTag::Open => depth = depth.saturating_sub(1),
                PosTag::Verb | PosTag::Cue if depth == 0 && !self.is_infinitive(at) => {
                    return Some(at);
                }
                PosTag::Auxiliary if depth == 0 => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// Whether a verb form comes after a preposition: “to say”, “by planned”.
    fn is_infinitive(&self, index: usize) -> bool {
        self.tag_before(index) == PosTag::Preposition
    }

    /// The antecedent of the relative pronoun at `relative`.
    fn antecedent(&self, relative: usize) -> Option<NounPhrase> {
        let mut end = relative;
        // “an aide who was there, and who”
        if self.tag_before(end) == PosTag::Coordinator {
            let low = self.low.max(end.saturating_sub(reach::ASIDE));
            let first = (low..end)
                .rev()
                .find(|index| self.tag(*index) == PosTag::Relative)?;
            return self.antecedent(first);
        }
        if self.tag_before(end) == PosTag::Preposition {
            end -= 1;
        }
        if matches!(self.tag_before(end), PosTag::Comma | PosTag::Dash) {
            end -= 1;
        }
        // “an official there, who”
        if self.tag_before(end) == PosTag::Adverb {
            end -= 1;
        }
        match self.tag_before(end) {
            PosTag::Close => self
                .opening_bracket(end - 1)
                .and_then(|open| self.phrase_ending(open)),
            _ => self.phrase_ending(end),
        }
    }

    /// The grammatical subject of the sentence up to `limit`: the phrase before its first finite verb.
    pub(crate) fn main_subject(&self, limit: usize) -> Option<NounPhrase> {
        let start = self.after_introduction(limit);
        let within = Sentence {
            low: start,
            ..*self
        };
        let verb = (start + 1..limit.min(start + SUBJECT_REACH))
            .find(|index| self.tag(*index).is_finite_verb());
        verb.and_then(|verb| within.subject_before(verb))
            .or_else(|| self.phrase_starting(start))
    }

    /// The subject of the clause that contains `at`, the last coordinated or subordinate clause before it.
    pub(crate) fn clause_subject(&self, at: usize) -> Option<NounPhrase> {
        let low = self.low.max(at.saturating_sub(SUBJECT_REACH));
        let starts_clause = |index: &usize| {
            let joint = matches!(
                self.tag(*index),
                PosTag::Comma | PosTag::Dash | PosTag::Semicolon
            );
            let joined =
                self.tag(index + 1) == PosTag::Coordinator || self.is(index + 1, Class::Aside);
            let has_subject = !self.tag(index + 2).is_finite_verb();
            joint && joined && has_subject && self.has_verb(index + 3, at)
        };
        match (low..at).rev().find(starts_clause) {
            Some(index) => Sentence {
                low: index + 2,
                ..*self
            }
            .main_subject(at),
            None => self.main_subject(at),
        }
    }

    /// The start of the main clause, after introductory words up to a comma.
    fn after_introduction(&self, limit: usize) -> usize {
        let mut start = self.low;
        for _ in 0..MAX_INTRODUCTIONS {
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
            let comma = (start..limit.min(start + reach::ASIDE))
                .find(|index| self.tag(*index) == PosTag::Comma);
            match comma {
                Some(comma) => start = comma + 1,
                None => return start + 1,
            }
        }
        start
    }
}
