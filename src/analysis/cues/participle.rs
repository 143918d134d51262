//! Cues that are participles, and their subjects: Ruiz left, *saying* …; a hat *reading* ….

use super::before_adverbs;
use super::cue::{Cue, CueForm};
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::lexicon::{Class, Classes};

/// The distance from a participle at the start of a sentence to the subject after it: “*Calling* it “a
/// mistake,” *Ruiz* left”.
const FOLLOWING_SUBJECT_REACH: usize = 60;

/// The cue of the participle at `at`, with the subject of its main clause. `earlier`: the cues before it in
/// the sentence.
pub(super) fn cue_at(sentence: &Sentence<'_>, at: usize, earlier: &[Cue]) -> Cue {
    let source = match before_adverbs(sentence, at) {
        None => following_subject(sentence, at),
        Some(index) if sentence.tag(index) == PosTag::Auxiliary => sentence.subject_before(at),
        Some(index) if sentence.tag(index) == PosTag::Coordinator && index == sentence.low => {
            following_subject(sentence, at)
        }
        Some(index) => subject_after(sentence, at, index, earlier),
    };
    Cue::of(at, source, CueForm::Gerund)
}

/// The subject of a participle with the words up to `index` before it.
fn subject_after(
    sentence: &Sentence<'_>,
    at: usize,
    index: usize,
    earlier: &[Cue],
) -> Option<NounPhrase> {
    let tag = sentence.tag(index);
    let outer = earlier
        .iter()
        .find(|cue| cue.form == CueForm::Verb && cue.source.is_some());
    match outer {
        Some(outer) if matches!(tag, PosTag::Comma | PosTag::Quotation | PosTag::Coordinator) => {
            return source_right_before(sentence, index, earlier).or(outer.source);
        }
        None => {
            if let Some(source) = source_right_before(sentence, index, earlier) {
                return Some(source);
            }
        }
        Some(_) => {}
    }
    // “with Ruiz saying”, “a hat reading “…””
    let follows_noun = tag.is_nominal();
    if follows_noun && (is_after_with(sentence, index + 1) || shows_text(sentence, at)) {
        return sentence.phrase_ending(index + 1);
    }
    let subject = if sentence.finite_verb_before(index + 1).is_none() {
        sentence.phrase_ending(index + usize::from(tag != PosTag::Comma))
    } else {
        sentence.clause_subject(at)
    };
    subject.or_else(|| following_subject(sentence, at))
}

/// Whether a verb is about the text of a sign or screen: reading, chanting.
fn shows_text(sentence: &Sentence<'_>, at: usize) -> bool {
    const SPEAKS: Classes = Classes::of(Class::Clause)
        .and(Classes::of(Class::Object))
        .and(Classes::of(Class::ObjectPhrase));
    !sentence.has_any(at, SPEAKS)
}

/// The source of a cue that ends right before the comma at `index`: “…,” said Ruiz, *adding*.
fn source_right_before(
    sentence: &Sentence<'_>,
    index: usize,
    earlier: &[Cue],
) -> Option<NounPhrase> {
    let last = earlier.last()?;
    let source = last.source?;
    let start = source.start.min(last.at);
    let quoted = start > sentence.low
        && matches!(sentence.tag(start - 1), PosTag::Quotation | PosTag::Comma);
    let near = last.end.max(source.end) == index;
    (quoted && near && sentence.tag(index) == PosTag::Comma).then_some(source)
}

/// Whether `with` is before the phrase that ends at `end`.
fn is_after_with(sentence: &Sentence<'_>, end: usize) -> bool {
    match sentence.phrase_ending(end) {
        Some(phrase) => sentence.is_before(phrase.start, Class::With),
        None => false,
    }
}

/// The phrase after the first comma, or quotation that ends with one, after `at`.
fn following_subject(sentence: &Sentence<'_>, at: usize) -> Option<NounPhrase> {
    let before = (at..sentence.high.min(at + FOLLOWING_SUBJECT_REACH)).find(|index| {
        let next = sentence.tag(index + 1);
        matches!(sentence.tag(*index), PosTag::Comma | PosTag::Quotation)
            && matches!(next, PosTag::Name | PosTag::Determiner | PosTag::Pronoun)
    })?;
    sentence.phrase_starting(before + 1)
}
