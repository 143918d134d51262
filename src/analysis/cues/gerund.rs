//! Cues that are participles, and whose they are: Ruiz left, *saying* …; a hat *reading* ….

use super::{Cue, CueForm};
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::lexicon::{Class, Classes};

/// The cue at a participle, with the subject of the clause it hangs on.
pub(crate) fn gerund(sentence: &Sentence<'_>, at: usize, earlier: &[Cue]) -> Cue {
    let before = (sentence.low..at)
        .rev()
        .find(|index| sentence.tag(*index) != PosTag::Adverb);
    let source = match before {
        // “Calling it “a mistake,” Ruiz left”: the subject follows.
        None => following_subject(sentence, at),
        Some(index) if matches!(sentence.tag(index), PosTag::Auxiliary) => {
            sentence.subject_before(at)
        }
        Some(index) if sentence.tag(index) == PosTag::Coordinator && index == sentence.low => {
            following_subject(sentence, at)
        }
        Some(index) => match earlier
            .iter()
            .find(|cue| cue.form == CueForm::Verb && cue.source.is_some())
        {
            Some(outer)
                if matches!(
                    sentence.tag(index),
                    PosTag::Comma | PosTag::Quotation | PosTag::Coordinator
                ) =>
            {
                right_before(sentence, index, earlier).or(outer.source)
            }
            None if right_before(sentence, index, earlier).is_some() => {
                right_before(sentence, index, earlier)
            }
            // “with Ruiz saying”
            _ if sentence.tag(index).is_nominal() && after_preposition(sentence, index + 1) => {
                sentence.phrase_ending(index + 1)
            }
            // “a hat reading “…””
            _ if shows(sentence, at) && sentence.tag(index).is_nominal() => {
                sentence.phrase_ending(index + 1)
            }
            _ if sentence.finite_verb_before(index + 1).is_none() => sentence
                .phrase_ending(index + usize::from(sentence.tag(index) != PosTag::Comma))
                .or_else(|| following_subject(sentence, at)),
            _ => sentence
                .clause_subject(at)
                .or_else(|| following_subject(sentence, at)),
        },
    };
    Cue {
        at,
        end: at + 1,
        source,
        form: CueForm::Gerund,
    }
}

/// Whether a verb is about what a sign or screen shows: reading, chanting.
fn shows(sentence: &Sentence<'_>, at: usize) -> bool {
    const SPEAKS: Classes = Classes::of(Class::Clause)
        .and(Classes::of(Class::Object))
        .and(Classes::of(Class::ObjectPhrase));
    !sentence
        .token(at)
        .is_some_and(|token| token.classes.any(SPEAKS))
}

/// The source of a cue that stands right before a comma at `index`: “…,” said Ruiz, *adding*.
fn right_before(sentence: &Sentence<'_>, index: usize, earlier: &[Cue]) -> Option<NounPhrase> {
    let last = earlier.last()?;
    let source = last.source?;
    let quoted = source.start.min(last.at) > sentence.low
        && matches!(
            sentence.tag(source.start.min(last.at) - 1),
            PosTag::Quotation | PosTag::Comma
        );
    let near = last.end.max(source.end) == index;
    (quoted && near && sentence.tag(index) == PosTag::Comma).then_some(source)
}

/// Whether the phrase that ends at `end` is a name after `with`.
fn after_preposition(sentence: &Sentence<'_>, end: usize) -> bool {
    let phrase = sentence.phrase_ending(end);
    phrase.is_some_and(|phrase| phrase.start > 0 && sentence.is(phrase.start - 1, Class::With))
}

/// The phrase that starts after the first comma, or quotation that ends with one, after `at`.
fn following_subject(sentence: &Sentence<'_>, at: usize) -> Option<NounPhrase> {
    let start = (at..sentence.high.min(at + 60)).find(|index| {
        let part = sentence.tag(*index);
        let next = sentence.tag(index + 1);
        matches!(part, PosTag::Comma | PosTag::Quotation)
            && matches!(next, PosTag::Name | PosTag::Determiner | PosTag::Pronoun)
    })?;
    sentence.phrase_starting(start + 1)
}
