//! Cues: the words of a sentence that report speech, each with its source.
//!
//! A cue is found whether or not a quotation stands near it; `attribution` links it to quotations and
//! `indirect` reads what it reports when there are no quotation marks.

pub(super) mod gerund;

use super::syntax::{Phrase, Sentence};
use super::tokens::{PRONOUN, Part};
use crate::lexicon::{Class, Classes};
use gerund::gerund;

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
        let cue = match sentence.part(at) {
            Part::Cue if !lacks_particle(sentence, at) => verb(sentence, at, found),
            Part::GerundCue if !lacks_particle(sentence, at) => Some(gerund(sentence, at, found)),
            _ if sentence.is(at, Class::According) => according(sentence, at),
            _ => None,
        };
        found.extend(cue);
    }
}

/// Whether a verb that reports only with a particle, went *on*, stands without it.
fn lacks_particle(sentence: &Sentence<'_>, at: usize) -> bool {
    const PARTICLE: Classes =
        Classes::of(Class::ReportParticle).and(Classes::of(Class::SpeechParticle));
    let is_particle = |index: usize| {
        sentence
            .token(index)
            .is_some_and(|next| next.classes.any(PARTICLE))
    };
    // „teilte die Polizei am Montag mit“: in German it ends the clause.
    let closes = || {
        let ends = |index: &usize| {
            matches!(
                sentence.part(*index),
                Part::Comma | Part::Colon | Part::Stop | Part::Dash
            )
        };
        let end = (at + 1..sentence.high.min(at + 16)).find(ends);
        is_particle(end.unwrap_or(sentence.high.min(at + 16)) - 1)
    };
    sentence.is(at, Class::Phrase)
        && !is_particle(at + 1)
        && !(sentence.is(at, Class::Second) && closes())
}

impl Cue {
    /// A cue of one word.
    const fn of(at: usize, source: Option<Phrase>, form: CueForm) -> Self {
        Self {
            at,
            end: at + 1,
            source,
            form,
        }
    }

    /// Whether the cue at the same time stands in what `outer` reports: “Ruiz said he called …”.
    pub(super) fn is_inside(&self, outer: &Self, sentence: &Sentence<'_>) -> bool {
        let Some(source) = self.source else {
            return false;
        };
        let reports = matches!(outer.form, CueForm::Verb | CueForm::Gerund)
            && outer.source.is_some()
            && sentence
                .token(outer.at)
                .is_some_and(|token| token.classes.any(REPORTING));
        if !reports || source.start < outer.end {
            return false;
        }
        // “The papers show, she said, that …”
        if source.start == outer.end + 1 && sentence.part(outer.end) == Part::Comma {
            return false;
        }
        let fronted = matches!(
            sentence.part(sentence.low),
            Part::Preposition
                | Part::Subordinator
                | Part::Verb
                | Part::Cue
                | Part::Gerund
                | Part::GerundCue
        );
        let lead = source.start.saturating_sub(1);
        let outer_start = outer.source.map_or(outer.at, |source| source.start);
        let fronted = fronted || outer_start > 0 && sentence.is(outer_start - 1, Class::Aside);
        if fronted && sentence.part(lead) == Part::Comma || sentence.is(lead, Class::Aside) {
            return false;
        }
        // “… Tom Bell, who called it” is the writer’s aside.
        let relative = sentence.part(lead) == Part::Relative
            || sentence.part(source.end + 1) == Part::Relative
                && sentence.part(source.end) == Part::Comma
                && sentence.part(source.end - 1) == Part::Name;
        // “announced cuts, a move the union called “…””: so is an apposition.
        let apposition = sentence.part(lead) == Part::Noun
            && lead >= 2
            && sentence.part(lead - 1) == Part::Determiner
            && matches!(sentence.part(lead - 2), Part::Comma | Part::Dash);
        if relative || apposition {
            return false;
        }
        !(outer.end..source.start).any(|index| ends_report(sentence, index))
    }
}

/// Frames with a clause for what is reported.
const REPORTING: Classes = Classes::of(Class::Clause).and(Classes::of(Class::Asks));

/// Whether what was reported ends at `index` and the writer goes on.
fn ends_report(sentence: &Sentence<'_>, index: usize) -> bool {
    match sentence.part(index) {
        Part::Semicolon | Part::Quotation => true,
        Part::Comma | Part::Dash => matches!(
            sentence.part(index + 1),
            Part::Coordinator | Part::Subordinator
        ),
        _ => false,
    }
}

fn verb(sentence: &Sentence<'_>, at: usize, earlier: &[Cue]) -> Option<Cue> {
    let end = at + 1;
    if sentence
        .token(at)
        .is_some_and(|token| token.classes.any(PRONOUN))
    {
        let source = Some(Phrase::of(at, end));
        return Some(Cue::of(at, source, CueForm::Inverted));
    }
    if let Some(cue) = bracketed(sentence, at) {
        return Some(cue);
    }
    if let Some(source) = inverted(sentence, at) {
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
    let source = match shared(sentence, at, earlier) {
        Some(source) => Some(source),
        None => sentence.subject_before(at),
    };
    if is_described(sentence, at) {
        return None;
    }
    let form = match source {
        Some(phrase) if is_as(sentence, phrase.start) => CueForm::As,
        _ => CueForm::Verb,
    };
    Some(Cue::of(at, source, form))
}

/// A participle at the end of its clause, with a quotation between it and its auxiliary, which stands for both:
/// „Winter hatte von „purem Unsinn“ gesprochen“.
fn bracketed(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    let closes = matches!(
        sentence.part(at + 1),
        Part::Stop | Part::Comma | Part::Colon
    );
    if !(closes && sentence.is(at, Class::Participle) && sentence.is(at, Class::Second)) {
        return None;
    }
    let auxiliary = (sentence.low..at)
        .rev()
        .take_while(|index| {
            !matches!(
                sentence.part(*index),
                Part::Comma | Part::Stop | Part::Semicolon | Part::Colon | Part::Verb | Part::Cue
            )
        })
        .find(|index| sentence.part(*index) == Part::Auxiliary)
        .filter(|auxiliary| auxiliary + 1 < at && !sentence.is(*auxiliary, Class::Passive))?;
    let source = if has_subject_before(sentence, auxiliary) {
        sentence.subject_before(auxiliary)
    } else {
        let phrase = sentence.phrase_starting(auxiliary + 1);
        phrase.map(|phrase| sentence.with_name_after(phrase))
    };
    let quotes = (auxiliary..at).any(|index| sentence.part(index) == Part::Quotation);
    quotes.then_some(Cue::of(auxiliary, Some(source?), CueForm::Verb))
}

/// Whether a participle describes the noun before it: “she shared a paper called “…””.
fn is_described(sentence: &Sentence<'_>, at: usize) -> bool {
    let names = sentence.is(at, Class::Object) || sentence.is(at, Class::ObjectPhrase);
    let participle = sentence.is(at, Class::Participle) && names;
    if !participle || at == 0 || sentence.part(at - 1) != Part::Noun {
        return false;
    }
    let Some(phrase) = sentence.phrase_ending(at) else {
        return false;
    };
    let verb = sentence.finite_verb_before(phrase.start);
    verb.is_some_and(|verb| {
        (verb + 1..phrase.start).all(|index| {
            !matches!(
                sentence.part(index),
                Part::Comma
                    | Part::Coordinator
                    | Part::That
                    | Part::Relative
                    | Part::Subordinator
                    | Part::Quotation
                    | Part::Semicolon
                    | Part::Dash
            )
        })
    })
}

/// The source of a cue that is coordinated with an earlier one: “Ruiz said it was late and told …”.
fn shared(sentence: &Sentence<'_>, at: usize, earlier: &[Cue]) -> Option<Phrase> {
    let before = (sentence.low..at)
        .rev()
        .find(|index| sentence.part(*index) != Part::Adverb)?;
    if sentence.part(before) != Part::Coordinator {
        return None;
    }
    let same = |cue: &&Cue| {
        matches!(cue.form, CueForm::Verb)
            && [Class::Past, Class::Third, Class::Base]
                .iter()
                .any(|class| sentence.is(cue.at, *class) && sentence.is(at, *class))
    };
    let outer = earlier.iter().find(same)?.source;
    sentence.clause_subject(at).or(outer)
}

/// A cue in the passive: its source stands after `by`, there or after a quotation.
fn passive(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    if sentence.is(at, Class::QuotedSubject) {
        return Some(Cue::of(at, sentence.subject_before(at), CueForm::Verb));
    }
    let by = (at + 1..sentence.high.min(at + 12)).find(|index| sentence.is(*index, Class::By))?;
    let source = sentence.phrase_starting(by + 1)?;
    Some(Cue::of(at, Some(source), CueForm::Passive))
}

/// Whether a form of `be` stands before the participle at `at`.
fn is_passive(sentence: &Sentence<'_>, at: usize) -> bool {
    if !sentence.is(at, Class::Participle) {
        return false;
    }
    let before = (sentence.low..at)
        .rev()
        .find(|index| sentence.part(*index) != Part::Adverb);
    before.is_some_and(|index| {
        sentence.part(index) == Part::Auxiliary && sentence.is(index, Class::Passive)
    })
}

/// Whether `as` stands before the phrase that starts at `start`.
fn is_as(sentence: &Sentence<'_>, start: usize) -> bool {
    // “as many as 40 percent” is no such clause.
    let opens = |index: usize| {
        index <= sentence.low
            || matches!(
                sentence.part(index - 1),
                Part::Comma | Part::Quotation | Part::Dash | Part::Stop | Part::Coordinator
            )
    };
    start
        .checked_sub(1)
        .is_some_and(|before| sentence.is(before, Class::As) && opens(before))
}

/// The source of an inverted cue at `at`: “…,” said Kirby.
fn inverted(sentence: &Sentence<'_>, at: usize) -> Option<Phrase> {
    if !sentence.is(at, Class::Quotes)
        || sentence.is(at, Class::Base) && !sentence.is(at, Class::Past)
    {
        return None;
    }
    let mut group = at;
    while group > 0 && sentence.part(group - 1) == Part::Auxiliary {
        group -= 1;
    }
    let before = group
        .checked_sub(1)
        .map_or(Part::Stop, |index| sentence.part(index));
    // „…, sagte er“: a pronoun behind the verb is its subject in any case.
    let follows = before == Part::Comma && sentence.part(at + 1) == Part::Pronoun;
    let second = sentence.is(at, Class::Second)
        && (follows || !has_subject_before(sentence, group) || closes_clause(sentence, group, at));
    if !second
        && !matches!(
            before,
            Part::Quotation | Part::Comma | Part::Stop | Part::Dash | Part::Close
        )
    {
        return None;
    }
    let mut start = at + 1;
    while sentence.part(start) == Part::Adverb && !sentence.is(start, Class::Time)
        || sentence.is(start, Class::Time) && sentence.is(at, Class::Second)
    {
        start += 1;
    }
    if sentence.is(at, Class::Second) {
        start = behind_adverbial(sentence, start);
    }
    let phrase = sentence.phrase_starting(start)?;
    let first = sentence.part(start);
    let named = first == Part::Name;
    let after = sentence.part(phrase.end);
    // After a comma alone the verb may share a subject: “Ruiz, who left, told CNN …”.
    let after_quotation = second
        || before == Part::Quotation
        || before == Part::Comma && group >= 2 && sentence.part(group - 2) == Part::Quotation;
    let ends = matches!(after, Part::Stop | Part::Comma | Part::Colon);
    let inside = matches!(before, Part::Comma | Part::Dash | Part::Close);
    if !after_quotation && (inside && !(named && ends) || sentence.is(at, Class::Hearer)) {
        return None;
    }
    if after_quotation
        && sentence.is(at, Class::Hearer)
        && first != Part::Pronoun
        && !sentence.is(at, Class::Asks)
    {
        return None;
    }
    let object_clause = matches!(after, Part::Verb | Part::Auxiliary | Part::Cue);
    (after_quotation || !object_clause).then(|| sentence.with_name_after(phrase))
}

/// Where the name stands behind a few words that tell how it is said: « prévient d'emblée Karim Haddou ».
fn behind_adverbial(sentence: &Sentence<'_>, start: usize) -> usize {
    if sentence.part(start) != Part::Preposition {
        return start;
    }
    (start + 1..start + 4)
        .find(|index| {
            !matches!(
                sentence.part(*index),
                Part::Preposition | Part::Noun | Part::Determiner
            )
        })
        .filter(|index| sentence.part(*index) == Part::Name)
        .unwrap_or(start)
}

/// Whether a verb with its auxiliary after a comma closes a reported clause and somebody who can speak follows:
/// « La ligne restera fermée, a annoncé la préfète. »
fn closes_clause(sentence: &Sentence<'_>, group: usize, at: usize) -> bool {
    const SPEAKS: Classes = Classes::of(Class::Role)
        .and(Classes::of(Class::RolePlural))
        .and(Classes::of(Class::Organization));
    let comma = group
        .checked_sub(1)
        .filter(|index| group < at && sentence.part(*index) == Part::Comma);
    let Some(comma) = comma else {
        return false;
    };
    let segment = (sentence.low..comma)
        .rev()
        .take_while(|index| sentence.part(*index) != Part::Comma)
        .count();
    let relative = (sentence.low..comma).any(|index| sentence.part(index) == Part::Relative);
    let mut start = at + 1;
    while sentence.part(start) == Part::Adverb || sentence.is(start, Class::Time) {
        start += 1;
    }
    let speaks = sentence.phrase_starting(start).is_some_and(|phrase| {
        (phrase.start..phrase.end).any(|index| {
            sentence.part(index) == Part::Name
                || sentence
                    .token(index)
                    .is_some_and(|token| token.classes.any(SPEAKS))
        })
    });
    segment > 4 && !relative && speaks
}

/// Whether the words before a verb that may stand second are its subject, not an adverbial.
fn has_subject_before(sentence: &Sentence<'_>, at: usize) -> bool {
    let adverbial =
        |phrase: Phrase| phrase.start > 0 && sentence.part(phrase.start - 1) == Part::Preposition;
    match at
        .checked_sub(1)
        .map_or(Part::Stop, |index| sentence.part(index))
    {
        Part::Adverb | Part::Stop => false,
        Part::Comma | Part::Dash => {
            at >= 2
                && sentence.part(at - 2) != Part::Quotation
                && sentence.subject_before(at).is_some()
        }
        _ => sentence
            .phrase_ending(at)
            .is_some_and(|phrase| !adverbial(phrase)),
    }
}

fn according(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    // „Dem Gutachten zufolge“: it stands behind.
    if sentence.is(at, Class::ReportParticle) {
        return sentence
            .phrase_ending(at)
            .map(|source| Cue::of(at, Some(source), CueForm::According));
    }
    // „nach Angaben der Polizei“: only so the noun reports.
    if sentence.is(at, Class::ReportNoun) {
        if sentence.before(at) != Part::Preposition {
            return None;
        }
        let by = usize::from(sentence.is(at + 1, Class::By));
        let source = sentence.phrase_starting(at + 1 + by)?;
        return Some(Cue {
            at,
            end: at + 1 + by,
            source: Some(source),
            form: CueForm::According,
        });
    }
    let start = if sentence.is(at + 1, Class::To) {
        at + 2
    } else {
        at + 1
    };
    // „…“, so Kröger: the adverb reports right after a quotation only.
    if sentence.is(at, Class::Adverb) {
        let after = at >= 2 && sentence.part(at - 1) == Part::Comma;
        let quoted = after && sentence.part(at - 2) == Part::Quotation;
        let named = matches!(sentence.part(start), Part::Name | Part::Determiner);
        if !quoted || !named {
            return None;
        }
    }
    let source = sentence.with_name_after(sentence.phrase_starting(start)?);
    Some(Cue {
        at,
        end: start,
        source: Some(source),
        form: CueForm::According,
    })
}
