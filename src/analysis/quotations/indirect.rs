//! Reported speech without quotation marks: she said that the bridge would hold.
//!
//! What a cue reports is read from the cue outwards: the clause after it, the clause before a trailing
//! `Ruiz said`, the rest of a sentence with `according to`, or what a verb such as `criticized` is about.
//! Reports of thought (believes, hopes) are left alone, and so are reports that hold quotation marks:
//! those are mixed quotations.

use crate::analysis::cues::cue::{Cue, CueForm};
use crate::analysis::syntax::clause::{
    find_clause, is_bullet, report_end, sentence_end, skip_hearer,
};
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::{PosTag, TaggedToken, TokenShape};
use crate::lexicon::{Class, Classes};
use crate::text::segment::RawTokenKind;

/// A report: its tokens, its cue and who speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReportedSpeech {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The token of the cue.
    pub cue: usize,
    /// Who speaks.
    pub source: Option<NounPhrase>,
    /// Which construction.
    pub rule: &'static str,
}

/// The reports of a sentence. `taken` tells whether a cue already attributes a quotation.
pub(crate) fn reports(
    sentence: &Sentence<'_>,
    cues: &[Cue],
    taken: impl Fn(usize) -> bool,
    found: &mut Vec<ReportedSpeech>,
) {
    found.clear();
    found.extend((sentence.low..sentence.high).filter_map(|at| asked(sentence, at)));
    found.retain(|report| !quotes(sentence, report));
    for cue in cues {
        if taken(cue.at) || cue.source.is_none() && cue.form != CueForm::Passive {
            continue;
        }
        let covered = found
            .iter()
            .any(|report| report.start <= cue.at && cue.at < report.end);
        let parenthetical = matches!(sentence.tag(cue.end), PosTag::Comma) && covered;
        if covered || parenthetical {
            continue;
        }
        let Some(mut report) = report(sentence, cue) else {
            continue;
        };
        report.end = next_report(sentence, cues, &report);
        if !quotes(sentence, &report) && report.end >= report.start + 2 {
            found.retain(|earlier| earlier.end <= report.start || earlier.start >= report.end);
            found.push(report);
        }
    }
}

/// Whether a quotation stands in a report.
fn quotes(sentence: &Sentence<'_>, report: &ReportedSpeech) -> bool {
    (report.start..report.end).any(|index| sentence.tag(index) == PosTag::Quotation)
}

/// A turn of a transcript or a headline that begins with its speaker: `RUIZ: We lost.`
pub(crate) fn turn(tokens: &[TaggedToken], title: bool) -> Option<ReportedSpeech> {
    let colon = tokens
        .iter()
        .take(14)
        .position(|token| token.tag == PosTag::Colon)?;
    let name = tokens.get(..colon)?;
    let said = tokens.get(colon + 1..)?;
    // `ANA RUIZ, MAYOR OF LOWELL:`
    let comma = name.iter().position(|token| token.tag == PosTag::Comma);
    let comma = comma.filter(|comma| *comma > 1);
    let capitals = name.iter().enumerate().all(|(index, token)| {
        matches!(token.shape, TokenShape::Text(RawTokenKind::Capitals))
            || is_letter(token)
            || comma == Some(index)
    });
    let named = name
        .iter()
        .all(|token| matches!(token.tag, PosTag::Name | PosTag::Open | PosTag::Close))
        && name.len() <= 4;
    let person = name.iter().any(|token| token.classes.any(PERSON));
    let quoted = said
        .iter()
        .any(|token| matches!(token.shape, TokenShape::Quotation(_)));
    let speaks = !name.is_empty() && (capitals || named && (title || person));
    if !speaks || quoted || said.len() < 4 {
        return None;
    }
    let end = turn_end(tokens, colon + 1);
    let source = Some(NounPhrase::of(
        0,
        comma.filter(|_| capitals).unwrap_or(colon),
    ));
    Some(ReportedSpeech {
        start: colon + 1,
        end,
        cue: colon,
        source,
        rule: "transcript",
    })
}

/// Where a turn ends that begins at `start`: before the mark that closes it.
pub(crate) fn turn_end(tokens: &[TaggedToken], start: usize) -> usize {
    let mut end = tokens.len();
    while end > start + 1
        && tokens
            .get(end - 1)
            .is_some_and(|token| token.tag == PosTag::Stop)
    {
        end -= 1;
    }
    end
}

/// Words that show that a name is of a person.
const PERSON: Classes = Classes::of(Class::FirstMale)
    .and(Classes::of(Class::FirstFemale))
    .and(Classes::of(Class::Honorific));

/// `Q` and `A` of an interview.
fn is_letter(token: &TaggedToken) -> bool {
    token.capital && token.span.len() == 1
}

/// “Asked whether the bridge was safe, …”: a question of nobody in particular.
fn asked(sentence: &Sentence<'_>, at: usize) -> Option<ReportedSpeech> {
    let asks = sentence.tag(at) == PosTag::Cue
        && sentence.is(at, Class::Asks)
        && sentence.is(at, Class::Participle);
    let opens = at == sentence.low
        || sentence.is(at - 1, Class::Aside)
        || sentence.is(at - 1, Class::Passive);
    if !asks || !opens {
        return None;
    }
    let start = (at + 1..sentence.high.min(at + 12)).find(|index| {
        matches!(
            sentence.tag(*index),
            PosTag::Subordinator | PosTag::Relative
        ) || sentence.is(*index, Class::ReportParticle)
            || sentence.is(*index, Class::To) && sentence.is(*index + 1, Class::Base)
    })?;
    let by = (at + 1..start).any(|index| sentence.is(index, Class::By));
    let end = (start..sentence.high)
        .find(|index| match sentence.tag(*index) {
            PosTag::Comma => sentence.tag(*index + 1) != PosTag::Relative,
            part => part == PosTag::Stop,
        })
        .unwrap_or(sentence.high);
    (!by && end > start + 1).then_some(ReportedSpeech {
        start,
        end,
        cue: at,
        source: None,
        rule: "indirect-after-cue",
    })
}

/// Where a report ends at the latest: where another subject reports, “… and others said they …”.
fn next_report(sentence: &Sentence<'_>, cues: &[Cue], report: &ReportedSpeech) -> usize {
    // “While Ruiz said no, Bell said yes.”
    let opens = sentence.is(sentence.low, Class::Aside);
    let contrasts = |start: usize| opens && sentence.tag(start - 1) == PosTag::Comma;
    let follows = |cue: &&Cue| {
        let start = cue.source.map_or(0, |source| source.start);
        cue.form == CueForm::Verb
            && cue.at > report.cue
            && start > report.start + 1
            && start < report.end
            && (sentence.tag(start - 1) == PosTag::Coordinator || contrasts(start))
            && sentence.is(cue.at, Class::Clause)
    };
    let next = cues
        .iter()
        .find(follows)
        .and_then(|cue| cue.source)
        .map(|source| source.start - 1);
    next.filter(|end| report.cue < report.start && *end > report.start)
        .unwrap_or(report.end)
}

fn report(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
    let is = |class| sentence.is(cue.at, class);
    if is(Class::Thought) || is(Class::QuotedSubject) {
        return None;
    }
    match cue.form {
        CueForm::According => according(sentence, cue),
        CueForm::Inverted => before(sentence, cue),
        CueForm::As => as_reported(sentence, cue),
        CueForm::Passive => None,
        // “was quoted as saying by state television”
        CueForm::Gerund if sentence.is(cue.end, Class::By) => None,
        CueForm::Verb | CueForm::Gerund => {
            if trails(sentence, cue) {
                return before(sentence, cue);
            }
            after(sentence, cue)
        }
    }
}

/// Whether the cue and its subject stand at the end of the sentence or in commas: “…, Ruiz said.”
fn trails(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    let Some(source) = cue.source else {
        return false;
    };
    let is = |class| sentence.is(cue.at, class);
    if cue.form != CueForm::Verb || !is(Class::Quotes) && !is(Class::Clause) && !is(Class::Phrase) {
        return false;
    }
    let comma = source
        .start
        .checked_sub(1)
        .is_some_and(|index| matches!(sentence.tag(index), PosTag::Comma | PosTag::Dash));
    // “Voters, Ruiz said, want a bridge.”
    let goes_on = sentence.tag(cue.end) == PosTag::Comma
        && matches!(sentence.tag(cue.end + 1), PosTag::Verb | PosTag::Auxiliary);
    let least = if goes_on { 2 } else { 3 };
    comma && source.start >= sentence.low + least && ends_after(sentence, cue, source)
}

/// Whether nothing that a cue could report stands after it before the next comma: “Ruiz pointed out.”
fn ends_after(sentence: &Sentence<'_>, cue: &Cue, source: NounPhrase) -> bool {
    let is = |class| sentence.is(cue.at, class);
    let mut end = cue.end + usize::from(is(Class::Phrase));
    if is(Class::Hearer) && !fronts(sentence, source.start) {
        end = skip_hearer(sentence, end);
    }
    while matches!(sentence.tag(end), PosTag::Adverb) {
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
    // “In May, Ruiz wrote to the mayor, who said …”: an adverbial before the subject is no report.
    let fronted = fronts(sentence, source.start);
    let close = if fronted {
        sentence.high
    } else {
        (end..sentence.high).find(closes).unwrap_or(sentence.high)
    };
    sentence.tag(end) == PosTag::Preposition
        && !is(Class::Phrase)
        && !sentence.has_verb(end, close)
        && !(end..close).any(|index| sentence.tag(index) == PosTag::That)
}

/// Whether what stands before `end` is an adverbial, not a clause that can be reported.
fn fronts(sentence: &Sentence<'_>, end: usize) -> bool {
    let start = clause_start(sentence);
    let adverbial = matches!(
        sentence.tag(start),
        PosTag::Preposition
            | PosTag::Subordinator
            | PosTag::Adverb
            | PosTag::Gerund
            | PosTag::GerundCue
    ) || sentence.is(start, Class::Time);
    adverbial || !sentence.has_verb(start, end)
}

/// What stands before a trailing cue, and after it when the cue stands in commas.
fn before(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
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
    // “A body that cannot cool itself, Ruiz said, is in danger.”
    let goes_on = matches!(sentence.tag(last + 1), PosTag::Verb | PosTag::Auxiliary);
    // „Aus Kreisen der Partei hieß es“: what stands before a verb without a comma is not reported.
    if sentence.is(cue.at, Class::Second) && end == first {
        return None;
    }
    let in_commas = sentence.tag(last) == PosTag::Comma
        && cue.form == CueForm::Verb
        && (end < start + 7 || goes_on || !sentence.has_verb(start, end));
    let end = if in_commas {
        sentence_end(sentence)
    } else {
        end
    };
    (end > start + 1).then_some(ReportedSpeech {
        start,
        end,
        cue: cue.at,
        source: Some(source),
        rule: "indirect-before-cue",
    })
}

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

fn according(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
    let source = cue.source?;
    let first = source.start.min(cue.at);
    let last = source.end.max(cue.end);
    let fronted = first <= sentence.low + 1;
    // „Laut Ruiz soll die Brücke schließen“
    let verb = matches!(
        sentence.tag(last),
        PosTag::Auxiliary | PosTag::Verb | PosTag::Cue | PosTag::Other
    );
    let (start, end) = if fronted && verb && is_of_one_word(sentence, cue) {
        (last, sentence_end(sentence))
    } else if sentence.is(cue.at, Class::ReportNoun) && sentence.tag(last) != PosTag::Stop {
        // „Die Brücke ist nach Angaben der Polizei gesperrt“
        (clause_start(sentence), sentence_end(sentence))
    } else if fronted {
        let comma =
            (source.end..sentence.high).find(|index| sentence.tag(*index) == PosTag::Comma)?;
        (comma + 1, sentence_end(sentence))
    } else {
        let mut end = cue.at;
        while end > sentence.low && matches!(sentence.tag(end - 1), PosTag::Comma | PosTag::Dash) {
            end -= 1;
        }
        let start = clause_start(sentence);
        // “The mill, according to Ruiz, is closed”: the report goes on behind the source.
        let whole = !sentence.has_verb(start, end);
        (start, if whole { sentence_end(sentence) } else { end })
    };
    (end > start + 1).then_some(ReportedSpeech {
        start,
        end,
        cue: cue.at,
        source: Some(source),
        rule: "indirect-according-to",
    })
}

/// `laut`, `zufolge`, `nach Angaben`, not `according to`: behind the source the verb of the sentence may follow.
fn is_of_one_word(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    !sentence.is(cue.at + 1, Class::To)
        && (cue.end == cue.at + 1 || sentence.is(cue.at, Class::ReportNoun))
}

/// “As Ruiz noted, …”
fn as_reported(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
    let source = cue.source?;
    if source.start > sentence.low + 2 {
        return None;
    }
    let comma = (cue.end..sentence.high.min(cue.end + 10))
        .find(|index| sentence.tag(*index) == PosTag::Comma)?;
    let (start, end) = (comma + 1, sentence_end(sentence));
    (end > start + 2).then_some(ReportedSpeech {
        start,
        end,
        cue: cue.at,
        source: Some(source),
        rule: "indirect-as",
    })
}

/// What stands after a cue.
fn after(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
    let is = |class| sentence.is(cue.at, class);
    let mut start = cue.end;
    if is(Class::Hearer) {
        start = skip_hearer(sentence, start);
    }
    let particle = sentence.is(cue.end, Class::ReportParticle);
    if is(Class::Phrase) && !particle {
        return None;
    }
    // “pointed out that …”
    if particle && start == cue.end {
        start += 1;
    }
    let clause = find_clause(sentence, start);
    let takes_clause =
        is(Class::Clause) || is(Class::Asks) || is(Class::Hearer) || is(Class::Phrase);
    // “an aide who asked not to be named”: what is wished of the writer, and no part of the news
    let refuses = is(Class::Asks) && sentence.tag(cue.end) == PosTag::Adverb;
    if refuses && is_aside(sentence, cue) {
        return None;
    }
    let start = match clause {
        Some(clause) if is(Class::Asks) && sentence.tag(clause) == PosTag::Preposition => cue.end,
        Some(clause) if takes_clause => clause,
        Some(clause) if is(Class::Explicit) && sentence.tag(clause) == PosTag::That => clause,
        None if is(Class::Clause) && takes_object(sentence, cue.end) => cue.end,
        _ if is(Class::ObjectPhrase) && names_object(sentence, cue.end) => cue.end,
        _ if is(Class::Explicit) && is(Class::Object) && is_place(sentence, cue) => return None,
        _ if is(Class::Object) || is(Class::Asks) || is(Class::Phrase) => cue.end,
        _ => return None,
    };
    let end = report_end(sentence, start, is_aside(sentence, cue));
    (end > start + 1).then_some(ReportedSpeech {
        start,
        end,
        cue: cue.at,
        source: cue.source,
        rule: "indirect-after-cue",
    })
}

/// Whether a cue stands in a relative clause: “Ruiz, who said …, left”.
fn is_aside(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    (sentence.low..cue.at)
        .rev()
        .take_while(|index| !matches!(sentence.tag(*index), PosTag::Comma | PosTag::Quotation))
        .any(|index| sentence.tag(index) == PosTag::Relative)
}

/// Whether a mere place is the subject: “Russia cited the exodus” tells why a country acts, and no words of it.
fn is_place(sentence: &Sentence<'_>, cue: &Cue) -> bool {
    cue.source.is_some_and(|source| {
        let mut words = source.start..source.end;
        words.all(|at| sentence.is(at, Class::Place) && sentence.tag(at) == PosTag::Name)
    })
}

/// Whether what is spoken of follows: called *for a wall*, called *it a good wall*.
fn names_object(sentence: &Sentence<'_>, start: usize) -> bool {
    const JOINS: Classes = Classes::of(Class::To)
        .and(Classes::of(Class::Of))
        .and(Classes::of(Class::ReportParticle))
        .and(Classes::of(Class::SpeechParticle));
    match sentence.tag(start) {
        PosTag::Preposition | PosTag::Adverb => sentence
            .token(start)
            .is_some_and(|token| token.classes.any(JOINS)),
        PosTag::Object | PosTag::Pronoun => matches!(
            sentence.tag(start + 1),
            PosTag::Determiner | PosTag::Possessive | PosTag::Noun
        ),
        _ => sentence.phrase_starting(start).is_some_and(|phrase| {
            matches!(
                sentence.tag(phrase.end),
                PosTag::Determiner | PosTag::Possessive
            )
        }),
    }
}

/// Whether a noun phrase follows a verb that takes a clause: announced *his candidacy*.
fn takes_object(sentence: &Sentence<'_>, start: usize) -> bool {
    matches!(sentence.tag(start), PosTag::Determiner | PosTag::Possessive)
}
