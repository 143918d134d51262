//! Reports before their cue, or around it: “…, Ruiz said”, “According to Ruiz, …”.

use super::reported::ReportedSpeech;
use crate::analysis::cues::cue::{Cue, CueForm};
use crate::analysis::syntax::clause::{is_bullet, sentence_end, skip_hearer};
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// The fewest tokens before `Ruiz said` that are reported.
const MIN_REPORTED: usize = 3;
/// The same when the sentence continues with a verb after the cue: “Voters, Ruiz said, want a bridge.”
const MIN_REPORTED_SUBJECT: usize = 2;
/// Fewer tokens than this before a cue in commas are only the start of what is reported.
const MIN_WHOLE_CLAUSE: usize = 7;
/// The distance from a clause with `as` to its comma: “As Ruiz noted in May, …”.
const AS_CLAUSE_REACH: usize = 10;

/// Whether the cue and its subject are at the end of the sentence or in commas: “…, Ruiz said.”
pub(super) fn trails(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    let Some(source) = cue.source else {
        return false;
    };
    let is = |class| sentence.is(cue.at, class);
    if cue.form != CueForm::Verb || !is(Class::Quotes) && !is(Class::Clause) && !is(Class::Phrase) {
        return false;
    }
    let after_comma = matches!(
        sentence.tag_before(source.start),
        PosTag::Comma | PosTag::Dash
    );
    // “Voters, Ruiz said, want a bridge.”
    let verb_follows = sentence.tag(cue.end) == PosTag::Comma
        && matches!(sentence.tag(cue.end + 1), PosTag::Verb | PosTag::Auxiliary);
    let least = if verb_follows {
        MIN_REPORTED_SUBJECT
    } else {
        MIN_REPORTED
    };
    after_comma
        && source.start >= sentence.low + least
        && reports_nothing_after(sentence, cue, source)
}

/// Whether nothing that a cue could report comes after it before the next comma: “Ruiz pointed out.”
fn reports_nothing_after(sentence: &Sentence<'_>, cue: &Cue, source: NounPhrase) -> bool {
    let is = |class| sentence.is(cue.at, class);
    // “In May, Ruiz wrote to the mayor, who said …”: an adverbial before the subject is not a report.
    let adverbial_before = is_adverbial(sentence, source.start);
    let mut end = cue.end + usize::from(is(Class::Phrase));
    if is(Class::Hearer) && !adverbial_before {
        end = skip_hearer(sentence, end);
    }
    while sentence.tag(end) == PosTag::Adverb {
        end += 1;
    }
    let closes = |index: &usize| {
        matches!(
            sentence.tag(*index),
            PosTag::Stop | PosTag::Comma | PosTag::Dash
        )
    };
    if closes(&end) {
        return true;
    }
    let close = if adverbial_before {
        sentence.high
    } else {
        (end..sentence.high).find(closes).unwrap_or(sentence.high)
    };
    sentence.tag(end) == PosTag::Preposition
        && !is(Class::Phrase)
        && !sentence.has_verb(end, close)
        && !(end..close).any(|index| sentence.tag(index) == PosTag::That)
}

/// Whether the words before `end` are an adverbial instead of a clause that can be reported.
fn is_adverbial(sentence: &Sentence<'_>, end: usize) -> bool {
    let start = clause_start(sentence);
    let starts_adverbial = matches!(
        sentence.tag(start),
        PosTag::Preposition
            | PosTag::Subordinator
            | PosTag::Adverb
            | PosTag::Gerund
            | PosTag::GerundCue
    );
    starts_adverbial || sentence.is(start, Class::Time) || !sentence.has_verb(start, end)
}

/// The first token of the sentence after a bullet, a coordinator and the like.
fn clause_start(sentence: &Sentence<'_>) -> usize {
    let mut start = sentence.low + usize::from(is_bullet(sentence, sentence.low));
    while matches!(
        sentence.tag(start),
        PosTag::Coordinator | PosTag::Comma | PosTag::Dash | PosTag::Close
    ) && start + 1 < sentence.high
    {
        start += 1;
    }
    start
}

/// The words before a trailing cue, and those after it when the cue is in commas.
pub(super) fn reported_before(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
    let source = cue.source?;
    let first = source.start.min(cue.at);
    let last = source.end.max(cue.end);
    let start = clause_start(sentence);
    let mut end = first;
    while end > start && sentence.tag(end - 1) == PosTag::Auxiliary && cue.form == CueForm::Inverted
    {
        end -= 1;
    }
    while end > start && matches!(sentence.tag(end - 1), PosTag::Comma | PosTag::Dash) {
        end -= 1;
    }
    // „Aus Kreisen der Partei hieß es“: what comes before a verb without a comma is not reported.
    if sentence.is(cue.at, Class::Second) && end == first {
        return None;
    }
    // “A body that cannot cool itself, Ruiz said, is in danger.”
    let verb_follows = matches!(sentence.tag(last + 1), PosTag::Verb | PosTag::Auxiliary);
    let in_commas = sentence.tag(last) == PosTag::Comma
        && cue.form == CueForm::Verb
        && (end < start + MIN_WHOLE_CLAUSE || verb_follows || !sentence.has_verb(start, end));
    let end = if in_commas {
        sentence_end(sentence)
    } else {
        end
    };
    ReportedSpeech::of(cue, (start, end), "indirect-before-cue")
}

/// The rest of the sentence of `according to`.
pub(super) fn reported_around_according(
    sentence: &Sentence<'_>,
    cue: &Cue,
) -> Option<ReportedSpeech> {
    let source = cue.source?;
    let first = source.start.min(cue.at);
    let last = source.end.max(cue.end);
    let is_first = first <= sentence.low + 1;
    // „Laut Ruiz soll die Brücke schließen“
    let verb_follows = sentence.tag(last).is_finite_verb() || sentence.tag(last) == PosTag::Other;
    let (start, end) = if is_first && verb_follows && lets_verb_follow(sentence, cue) {
        (last, sentence_end(sentence))
    } else if sentence.is(cue.at, Class::ReportNoun) && sentence.tag(last) != PosTag::Stop {
        // „Die Brücke ist nach Angaben der Polizei gesperrt“
        (clause_start(sentence), sentence_end(sentence))
    } else if is_first {
        let comma =
            (source.end..sentence.high).find(|index| sentence.tag(*index) == PosTag::Comma)?;
        (comma + 1, sentence_end(sentence))
    } else {
        let mut end = cue.at;
        while end > sentence.low && matches!(sentence.tag(end - 1), PosTag::Comma | PosTag::Dash) {
            end -= 1;
        }
        let start = clause_start(sentence);
        // “The mill, according to Ruiz, is closed”: the report continues after the source.
        let continues = !sentence.has_verb(start, end);
        (
            start,
            if continues {
                sentence_end(sentence)
            } else {
                end
            },
        )
    };
    ReportedSpeech::of(cue, (start, end), "indirect-according-to")
}

/// `laut`, `zufolge`, `nach Angaben`, unlike `according to`: the verb of the sentence may follow the source.
fn lets_verb_follow(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    !sentence.is(cue.at + 1, Class::To)
        && (cue.end == cue.at + 1 || sentence.is(cue.at, Class::ReportNoun))
}

/// “As Ruiz noted, …”
pub(super) fn reported_by_as(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
    let source = cue.source?;
    if source.start > sentence.low + 2 {
        return None;
    }
    let comma = (cue.end..sentence.high.min(cue.end + AS_CLAUSE_REACH))
        .find(|index| sentence.tag(*index) == PosTag::Comma)?;
    let (start, end) = (comma + 1, sentence_end(sentence));
    if end < start + MIN_REPORTED {
        return None;
    }
    ReportedSpeech::of(cue, (start, end), "indirect-as")
}
