//! Reporting verbs with their subject after them: “…,” *said Kirby*; *am Montag sagte sie*.

use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::lexicon::{Class, Classes};

/// The longest French adverbial between a verb and the name: « prévient *d'emblée* Karim Haddou ».
const MAX_ADVERBIAL: usize = 4;
/// The fewest words of a clause before its comma that are reported; shorter ones are introductions.
const MIN_REPORTED: usize = 5;

/// The source after the reporting verb at `at`, when verb and subject are inverted.
pub(super) fn inverted_source(sentence: &Sentence<'_>, at: usize) -> Option<NounPhrase> {
    if !sentence.is(at, Class::Quotes)
        || sentence.is(at, Class::Base) && !sentence.is(at, Class::Past)
    {
        return None;
    }
    let mut group = at;
    while group > 0 && sentence.tag(group - 1) == PosTag::Auxiliary {
        group -= 1;
    }
    let before = sentence.tag_before(group);
    // „…, sagte er“: a pronoun after the verb is always its subject.
    let pronoun_follows = before == PosTag::Comma && sentence.tag(at + 1) == PosTag::Pronoun;
    let verb_second = sentence.is(at, Class::Second)
        && (pronoun_follows
            || !has_subject_before(sentence, group)
            || closes_reported_clause(sentence, group, at));
    let may_invert = matches!(
        before,
        PosTag::Quotation | PosTag::Comma | PosTag::Stop | PosTag::Dash | PosTag::Close
    );
    if !verb_second && !may_invert {
        return None;
    }
    let phrase = sentence.phrase_starting(subject_start(sentence, at))?;
    let after_quotation = verb_second
        || before == PosTag::Quotation
        || before == PosTag::Comma && group >= 2 && sentence.tag(group - 2) == PosTag::Quotation;
    let is_source = if after_quotation {
        let addressed = sentence.is(at, Class::Hearer) && !sentence.is(at, Class::Asks);
        !addressed || sentence.tag(phrase.start) == PosTag::Pronoun
    } else {
        is_source_without_quotation(sentence, at, before, phrase)
    };
    is_source.then(|| sentence.with_name_after(phrase))
}

/// Where the subject of an inverted verb starts, past adverbs.
fn subject_start(sentence: &Sentence<'_>, at: usize) -> usize {
    let verb_second = sentence.is(at, Class::Second);
    let mut start = at + 1;
    loop {
        let skips = if sentence.is(start, Class::Time) {
            verb_second
        } else {
            sentence.tag(start) == PosTag::Adverb
        };
        if !skips {
            break;
        }
        start += 1;
    }
    if verb_second {
        after_adverbial(sentence, start)
    } else {
        start
    }
}

/// Whether the phrase after a verb is its subject when there is no quotation before the verb. After a comma
/// the verb may have an earlier subject: “Ruiz, who left, told CNN …”.
fn is_source_without_quotation(
    sentence: &Sentence<'_>,
    at: usize,
    before: PosTag,
    phrase: NounPhrase,
) -> bool {
    let after = sentence.tag(phrase.end);
    let named = sentence.tag(phrase.start) == PosTag::Name;
    let ends = matches!(after, PosTag::Stop | PosTag::Comma | PosTag::Colon);
    let inside = matches!(before, PosTag::Comma | PosTag::Dash | PosTag::Close);
    if inside && !(named && ends) || sentence.is(at, Class::Hearer) {
        return false;
    }
    !after.is_finite_verb()
}

/// The index of a name after a short adverbial, or `start`: « prévient d'emblée Karim Haddou ».
fn after_adverbial(sentence: &Sentence<'_>, start: usize) -> usize {
    if sentence.tag(start) != PosTag::Preposition {
        return start;
    }
    let next = (start + 1..start + MAX_ADVERBIAL).find(|index| {
        !matches!(
            sentence.tag(*index),
            PosTag::Preposition | PosTag::Noun | PosTag::Determiner
        )
    });
    match next {
        Some(next) if sentence.tag(next) == PosTag::Name => next,
        _ => start,
    }
}

/// Whether a verb and its auxiliary after a comma close a reported clause and are followed by somebody who
/// can speak: « La ligne restera fermée, a annoncé la préfète. »
fn closes_reported_clause(sentence: &Sentence<'_>, group: usize, at: usize) -> bool {
    const SPEAKS: Classes = Classes::of(Class::Role)
        .and(Classes::of(Class::RolePlural))
        .and(Classes::of(Class::Organization));
    if group == at || sentence.tag_before(group) != PosTag::Comma {
        return false;
    }
    let comma = group - 1;
    let segment = (sentence.low..comma)
        .rev()
        .take_while(|index| sentence.tag(*index) != PosTag::Comma)
        .count();
    let relative = (sentence.low..comma).any(|index| sentence.tag(index) == PosTag::Relative);
    if segment < MIN_REPORTED || relative {
        return false;
    }
    let mut start = at + 1;
    while sentence.tag(start) == PosTag::Adverb || sentence.is(start, Class::Time) {
        start += 1;
    }
    (start..sentence.phrase_end(start))
        .any(|index| sentence.tag(index) == PosTag::Name || sentence.has_any(index, SPEAKS))
}

/// Whether the words before a verb are its subject. In German and French they may be an adverbial, with the
/// subject after the verb.
pub(super) fn has_subject_before(sentence: &Sentence<'_>, at: usize) -> bool {
    match sentence.tag_before(at) {
        PosTag::Adverb | PosTag::Stop => false,
        PosTag::Comma | PosTag::Dash => {
            at >= 2
                && sentence.tag(at - 2) != PosTag::Quotation
                && sentence.subject_before(at).is_some()
        }
        _ => match sentence.phrase_ending(at) {
            Some(phrase) => sentence.tag_before(phrase.start) != PosTag::Preposition,
            None => false,
        },
    }
}
