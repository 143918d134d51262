//! Reports after their cue: said *that the bridge would hold*, called *for a wall*.

use super::reported::ReportedSpeech;
use crate::analysis::cues::cue::Cue;
use crate::analysis::syntax::Sentence;
use crate::analysis::syntax::clause::{find_clause, report_end, skip_hearer};
use crate::analysis::tokens::PosTag;
use crate::lexicon::{Class, Classes};

/// The words after a cue that it reports.
pub(super) fn reported_after(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
    let start = report_start(sentence, cue)?;
    let end = report_end(sentence, start, is_in_relative_clause(sentence, cue));
    ReportedSpeech::of(cue, (start, end), "indirect-after-cue")
}

/// Where the report starts: at a clause, or at the object of the verb when the verb takes one.
fn report_start(sentence: &Sentence<'_>, cue: &Cue) -> Option<usize> {
    let is = |class| sentence.is(cue.at, class);
    let has_particle = sentence.is(cue.end, Class::ReportParticle);
    if is(Class::Phrase) && !has_particle {
        return None;
    }
    // “an aide who asked not to be named” makes a request to the writer and reports no news.
    let is_request = is(Class::Asks) && sentence.tag(cue.end) == PosTag::Adverb;
    if is_request && is_in_relative_clause(sentence, cue) {
        return None;
    }
    let takes_clause =
        is(Class::Clause) || is(Class::Asks) || is(Class::Hearer) || is(Class::Phrase);
    match find_clause(sentence, search_start(sentence, cue, has_particle)) {
        Some(clause) if is(Class::Asks) && sentence.tag(clause) == PosTag::Preposition => {
            Some(cue.end)
        }
        Some(clause) if takes_clause => Some(clause),
        Some(clause) if is(Class::Explicit) && sentence.tag(clause) == PosTag::That => Some(clause),
        None if is(Class::Clause) && has_object(sentence, cue.end) => Some(cue.end),
        _ if is(Class::ObjectPhrase) && has_object_phrase(sentence, cue.end) => Some(cue.end),
        _ if is(Class::Explicit) && is(Class::Object) && is_said_of_place(sentence, cue) => None,
        _ if is(Class::Object) || is(Class::Asks) || is(Class::Phrase) => Some(cue.end),
        _ => None,
    }
}

/// Where to look for a clause: after the person addressed, or else after a particle.
fn search_start(sentence: &Sentence<'_>, cue: &Cue, has_particle: bool) -> usize {
    let start = if sentence.is(cue.at, Class::Hearer) {
        skip_hearer(sentence, cue.end)
    } else {
        cue.end
    };
    // “pointed out that …”
    if has_particle && start == cue.end {
        start + 1
    } else {
        start
    }
}

/// Whether a cue is in a relative clause: “Ruiz, who said …, left”.
fn is_in_relative_clause(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    (sentence.low..cue.at)
        .rev()
        .take_while(|index| !matches!(sentence.tag(*index), PosTag::Comma | PosTag::Quotation))
        .any(|index| sentence.tag(index) == PosTag::Relative)
}

/// Whether the subject is only a place. “Russia cited the exodus” gives the reason of a country's act, not
/// its words.
fn is_said_of_place(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    match cue.source {
        Some(source) => (source.start..source.end)
            .all(|at| sentence.is(at, Class::Place) && sentence.tag(at) == PosTag::Name),
        None => false,
    }
}

/// Whether the object of a verb with a preposition follows: called *for a wall*, called *it a good wall*.
fn has_object_phrase(sentence: &Sentence<'_>, start: usize) -> bool {
    const PREPOSITION: Classes = Classes::of(Class::To)
        .and(Classes::of(Class::Of))
        .and(Classes::of(Class::ReportParticle))
        .and(Classes::of(Class::SpeechParticle));
    match sentence.tag(start) {
        PosTag::Preposition | PosTag::Adverb => sentence.has_any(start, PREPOSITION),
        PosTag::Object | PosTag::Pronoun => matches!(
            sentence.tag(start + 1),
            PosTag::Determiner | PosTag::Possessive | PosTag::Noun
        ),
        _ => match sentence.phrase_starting(start) {
            Some(phrase) => matches!(
                sentence.tag(phrase.end),
                PosTag::Determiner | PosTag::Possessive
            ),
            None => false,
        },
    }
}

/// Whether a noun phrase follows a verb that takes a clause: announced *his candidacy*.
fn has_object(sentence: &Sentence<'_>, start: usize) -> bool {
    matches!(sentence.tag(start), PosTag::Determiner | PosTag::Possessive)
}
