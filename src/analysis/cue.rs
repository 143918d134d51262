//! Cues: the words of a sentence that report speech, each with its source.
//!
//! A cue is found whether or not a quotation stands near it; `attribution` links it to quotations and
//! `indirect` reads what it reports when there are no quotation marks.

use super::phrase::{Phrase, Sentence};
use super::token::Part;
use crate::lexicon::Class;

/// Words that report, and who they say it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// The token of the reporting verb or preposition.
    pub at: usize,
    /// One past its last token.
    pub end: usize,
    /// Who speaks.
    pub source: Option<Phrase>,
    /// How it reports.
    pub form: CueForm,
}

/// How a cue reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CueForm {
    /// Subject and finite verb: Kirby said.
    Verb,
    /// Verb and subject: said Kirby.
    Inverted,
    /// A participle: Kirby left, saying.
    Gerund,
    /// Verb in the passive: was asked.
    Passive,
    /// according to Kirby
    According,
    /// as Kirby noted: the one who passed it on.
    As,
}

/// The cues of a sentence in order.
pub(super) fn cues(sentence: &Sentence<'_>, found: &mut Vec<Cue>) {
    found.clear();
    for at in sentence.low..sentence.high {
        match sentence.part(at) {
            Part::Cue => found.extend(verb(sentence, at)),
            Part::GerundCue => found.extend(gerund(sentence, at)),
            _ if sentence.is(at, Class::According) => found.extend(according(sentence, at)),
            _ => {}
        }
    }
}

fn verb(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    let passive = is_passive(sentence, at);
    let inverted = inverted(sentence, at);
    if let Some(source) = inverted {
        return Some(Cue { at, end: at + 1, source: Some(source), form: CueForm::Inverted });
    }
    let source = sentence.subject_before(at);
    let form = match source {
        _ if passive => CueForm::Passive,
        Some(phrase) if is_as(sentence, phrase.start) => CueForm::As,
        _ => CueForm::Verb,
    };
    // A participle after its noun, “a book called”, reports nothing.
    Some(Cue { at, end: at + 1, source, form })
}

/// Whether a form of `be` stands before the participle at `at`.
fn is_passive(sentence: &Sentence<'_>, at: usize) -> bool {
    if !sentence.is(at, Class::Participle) {
        return false;
    }
    let before = (sentence.low..at).rev().find(|index| sentence.part(*index) != Part::Adverb);
    before.is_some_and(|index| sentence.part(index) == Part::Auxiliary && sentence.is(index, Class::Passive))
}

/// Whether `as` stands before the phrase that starts at `start`.
fn is_as(sentence: &Sentence<'_>, start: usize) -> bool {
    start.checked_sub(1).is_some_and(|before| sentence.is(before, Class::As))
}

/// The source of an inverted cue at `at`: “…,” said Kirby.
fn inverted(sentence: &Sentence<'_>, at: usize) -> Option<Phrase> {
    if !sentence.is(at, Class::Quotes) || sentence.is(at, Class::Base) && !sentence.is(at, Class::Past) {
        return None;
    }
    let before = at.checked_sub(1).map_or(Part::Stop, |index| sentence.part(index));
    if !matches!(before, Part::Quotation | Part::Comma | Part::Stop | Part::Dash | Part::Close) {
        return None;
    }
    let mut start = at + 1;
    while sentence.part(start) == Part::Adverb && !sentence.is(start, Class::Time) {
        start += 1;
    }
    let phrase = sentence.phrase_starting(start)?;
    let first = sentence.part(start);
    let named = first == Part::Name;
    let after = sentence.part(phrase.end);
    // After a comma alone the verb may share a subject: “Ruiz, who left, told CNN …”.
    let after_quotation = before == Part::Quotation
        || before == Part::Comma && at >= 2 && sentence.part(at - 2) == Part::Quotation;
    let ends = matches!(after, Part::Stop | Part::Comma);
    if !after_quotation && (before == Part::Comma && !(named && ends) || sentence.is(at, Class::Hearer)) {
        return None;
    }
    if after_quotation && sentence.is(at, Class::Hearer) && first != Part::Pronoun && !sentence.is(at, Class::Asks) {
        return None;
    }
    let object_clause = matches!(after, Part::Verb | Part::Auxiliary | Part::Cue);
    (!object_clause).then_some(phrase)
}

fn gerund(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    let before = (sentence.low..at).rev().find(|index| sentence.part(*index) != Part::Adverb);
    let source = match before {
        // “Calling it “a mistake,” Ruiz left”: the subject follows.
        None => following_subject(sentence, at),
        Some(index) if matches!(sentence.part(index), Part::Auxiliary) => sentence.subject_before(at),
        Some(index) if sentence.part(index) == Part::Coordinator && index == sentence.low => following_subject(sentence, at),
        Some(index) => {
            let verb = sentence.finite_verb_before(index + 1);
            verb.and_then(|verb| sentence.subject_before(verb))
        }
    };
    Some(Cue { at, end: at + 1, source, form: CueForm::Gerund })
}

/// The phrase that starts after the first comma, or quotation that ends with one, after `at`.
fn following_subject(sentence: &Sentence<'_>, at: usize) -> Option<Phrase> {
    let start = (at..sentence.high.min(at + 60)).find(|index| {
        let part = sentence.part(*index);
        let next = sentence.part(index + 1);
        matches!(part, Part::Comma | Part::Quotation) && matches!(next, Part::Name | Part::Determiner | Part::Pronoun)
    })?;
    sentence.phrase_starting(start + 1)
}

fn according(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    let start = at + 2;
    let source = sentence.phrase_starting(start)?;
    Some(Cue { at, end: at + 2, source: Some(source), form: CueForm::According })
}
