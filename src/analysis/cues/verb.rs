//! Cues that are finite verbs: Ruiz *said*, *said* Ruiz, as Ruiz *noted*, it *was called*.

use super::before_adverbs;
use super::cue::{Cue, CueForm};
use super::inversion::{has_subject_before, inverted_source};
use crate::analysis::reach;
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::{PRONOUN, PosTag};
use crate::lexicon::Class;

/// The cue of the verb at `at`. `earlier`: the cues before it in the sentence.
pub(super) fn cue_at(sentence: &Sentence<'_>, at: usize, earlier: &[Cue]) -> Option<Cue> {
    let end = at + 1;
    // `dit-il`
    if sentence.has_any(at, PRONOUN) {
        let source = Some(NounPhrase::of(at, end));
        return Some(Cue::of(at, source, CueForm::Inverted));
    }
    if let Some(cue) = participle_after_quotation(sentence, at) {
        return Some(cue);
    }
    if let Some(source) = inverted_source(sentence, at) {
        return Some(Cue::of(at, Some(source), CueForm::Inverted));
    }
    if is_passive(sentence, at) {
        return passive(sentence, at);
    }
    // “The agency quoted Ana Ruiz as saying”
    if sentence.is(at, Class::QuotedSubject)
        && let Some(source) = sentence.phrase_starting(end)
        && sentence.is(source.end, Class::As)
    {
        return Some(Cue::of(at, Some(source), CueForm::Verb));
    }
    let source = coordinated_source(sentence, at, earlier).or_else(|| sentence.subject_before(at));
    if describes_noun(sentence, at) {
        return None;
    }
    let form = match source {
        Some(phrase) if is_after_as(sentence, phrase.start) => CueForm::As,
        _ => CueForm::Verb,
    };
    Some(Cue::of(at, source, form))
}

/// A German participle at the end of its clause, with the quotation between it and its auxiliary. The cue is
/// at the auxiliary: „Winter hatte von „purem Unsinn“ gesprochen“.
fn participle_after_quotation(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    let closes = matches!(
        sentence.tag(at + 1),
        PosTag::Stop | PosTag::Comma | PosTag::Colon
    );
    if !(closes && sentence.is(at, Class::Participle) && sentence.is(at, Class::Second)) {
        return None;
    }
    let auxiliary = (sentence.low..at)
        .rev()
        .take_while(|index| {
            !matches!(
                sentence.tag(*index),
                PosTag::Comma
                    | PosTag::Stop
                    | PosTag::Semicolon
                    | PosTag::Colon
                    | PosTag::Verb
                    | PosTag::Cue
            )
        })
        .find(|index| sentence.tag(*index) == PosTag::Auxiliary)?;
    if auxiliary + 1 == at || sentence.is(auxiliary, Class::Passive) {
        return None;
    }
    let source = if has_subject_before(sentence, auxiliary) {
        sentence.subject_before(auxiliary)?
    } else {
        let phrase = sentence.phrase_starting(auxiliary + 1)?;
        sentence.with_name_after(phrase)
    };
    let quotes = (auxiliary..at).any(|index| sentence.tag(index) == PosTag::Quotation);
    quotes.then_some(Cue::of(auxiliary, Some(source), CueForm::Verb))
}

/// Whether a participle describes the noun before it: “she shared a paper called “…””.
fn describes_noun(sentence: &Sentence<'_>, at: usize) -> bool {
    let names = sentence.is(at, Class::Object) || sentence.is(at, Class::ObjectPhrase);
    let participle = sentence.is(at, Class::Participle) && names;
    if !participle || sentence.tag_before(at) != PosTag::Noun {
        return false;
    }
    let Some(phrase) = sentence.phrase_ending(at) else {
        return false;
    };
    let Some(verb) = sentence.finite_verb_before(phrase.start) else {
        return false;
    };
    (verb + 1..phrase.start).all(|index| {
        !matches!(
            sentence.tag(index),
            PosTag::Comma
                | PosTag::Coordinator
                | PosTag::That
                | PosTag::Relative
                | PosTag::Subordinator
                | PosTag::Quotation
                | PosTag::Semicolon
                | PosTag::Dash
        )
    })
}

/// The source of a cue that is coordinated with an earlier one: “Ruiz said it was late and told …”.
fn coordinated_source(sentence: &Sentence<'_>, at: usize, earlier: &[Cue]) -> Option<NounPhrase> {
    if sentence.tag(before_adverbs(sentence, at)?) != PosTag::Coordinator {
        return None;
    }
    let has_same_tense = |cue: &&Cue| {
        matches!(cue.form, CueForm::Verb)
            && [Class::Past, Class::Third, Class::Base]
                .iter()
                .any(|class| sentence.is(cue.at, *class) && sentence.is(at, *class))
    };
    let outer = earlier.iter().find(has_same_tense)?.source;
    sentence.clause_subject(at).or(outer)
}

/// A cue in the passive, whose source follows `by`.
fn passive(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    if sentence.is(at, Class::QuotedSubject) {
        return Some(Cue::of(at, sentence.subject_before(at), CueForm::Verb));
    }
    let by = (at + 1..sentence.high.min(at + reach::COMPLEMENT))
        .find(|index| sentence.is(*index, Class::By))?;
    let source = sentence.phrase_starting(by + 1)?;
    Some(Cue::of(at, Some(source), CueForm::Passive))
}

/// Whether a form of `be` is before the participle at `at`.
fn is_passive(sentence: &Sentence<'_>, at: usize) -> bool {
    if !sentence.is(at, Class::Participle) {
        return false;
    }
    match before_adverbs(sentence, at) {
        Some(index) => {
            sentence.tag(index) == PosTag::Auxiliary && sentence.is(index, Class::Passive)
        }
        None => false,
    }
}

/// Whether `as` is before the phrase that starts at `start`. It opens a clause, unlike in “as many as 40
/// percent”.
fn is_after_as(sentence: &Sentence<'_>, start: usize) -> bool {
    if !sentence.is_before(start, Class::As) {
        return false;
    }
    let before = start - 1;
    before <= sentence.low
        || matches!(
            sentence.tag(before - 1),
            PosTag::Comma | PosTag::Quotation | PosTag::Dash | PosTag::Stop | PosTag::Coordinator
        )
}
