//! Cues: the words of a sentence that report speech, each with its source.
//!
//! A cue is found whether or not a quotation stands near it; `attribution` links it to quotations and
//! `indirect` reads what it reports when there are no quotation marks.

pub(super) mod gerund;

use super::syntax::{NounPhrase, Sentence};
use super::tokens::{PRONOUN, PosTag};
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
    pub source: Option<NounPhrase>,
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
        let cue = match sentence.tag(at) {
            PosTag::Cue if !lacks_particle(sentence, at) => verb(sentence, at, found),
            PosTag::GerundCue if !lacks_particle(sentence, at) => Some(gerund(sentence, at, found)),
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
                sentence.tag(*index),
                PosTag::Comma | PosTag::Colon | PosTag::Stop | PosTag::Dash
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
    const fn of(at: usize, source: Option<NounPhrase>, form: CueForm) -> Self {
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
        if source.start == outer.end + 1 && sentence.tag(outer.end) == PosTag::Comma {
            return false;
        }
        let fronted = matches!(
            sentence.tag(sentence.low),
            PosTag::Preposition
                | PosTag::Subordinator
                | PosTag::Verb
                | PosTag::Cue
                | PosTag::Gerund
                | PosTag::GerundCue
        );
        let lead = source.start.saturating_sub(1);
        let outer_start = outer.source.map_or(outer.at, |source| source.start);
        let fronted = fronted || outer_start > 0 && sentence.is(outer_start - 1, Class::Aside);
        if fronted && sentence.tag(lead) == PosTag::Comma || sentence.is(lead, Class::Aside) {
            return false;
        }
        // “… Tom Bell, who called it” is the writer’s aside.
        let relative = sentence.tag(lead) == PosTag::Relative
            || sentence.tag(source.end + 1) == PosTag::Relative
                && sentence.tag(source.end) == PosTag::Comma
                && sentence.tag(source.end - 1) == PosTag::Name;
        // “announced cuts, a move the union called “…””: so is an apposition.
        let apposition = sentence.tag(lead) == PosTag::Noun
            && lead >= 2
            && sentence.tag(lead - 1) == PosTag::Determiner
            && matches!(sentence.tag(lead - 2), PosTag::Comma | PosTag::Dash);
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
    match sentence.tag(index) {
        PosTag::Semicolon | PosTag::Quotation => true,
        PosTag::Comma | PosTag::Dash => matches!(
            sentence.tag(index + 1),
            PosTag::Coordinator | PosTag::Subordinator
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
        let source = Some(NounPhrase::of(at, end));
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
        .find(|index| sentence.tag(*index) == PosTag::Auxiliary)
        .filter(|auxiliary| auxiliary + 1 < at && !sentence.is(*auxiliary, Class::Passive))?;
    let source = if has_subject_before(sentence, auxiliary) {
        sentence.subject_before(auxiliary)
    } else {
        let phrase = sentence.phrase_starting(auxiliary + 1);
        phrase.map(|phrase| sentence.with_name_after(phrase))
    };
    let quotes = (auxiliary..at).any(|index| sentence.tag(index) == PosTag::Quotation);
    quotes.then_some(Cue::of(auxiliary, Some(source?), CueForm::Verb))
}

/// Whether a participle describes the noun before it: “she shared a paper called “…””.
fn is_described(sentence: &Sentence<'_>, at: usize) -> bool {
    let names = sentence.is(at, Class::Object) || sentence.is(at, Class::ObjectPhrase);
    let participle = sentence.is(at, Class::Participle) && names;
    if !participle || at == 0 || sentence.tag(at - 1) != PosTag::Noun {
        return false;
    }
    let Some(phrase) = sentence.phrase_ending(at) else {
        return false;
    };
    let verb = sentence.finite_verb_before(phrase.start);
    verb.is_some_and(|verb| {
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
    })
}

/// The source of a cue that is coordinated with an earlier one: “Ruiz said it was late and told …”.
fn shared(sentence: &Sentence<'_>, at: usize, earlier: &[Cue]) -> Option<NounPhrase> {
    let before = (sentence.low..at)
        .rev()
        .find(|index| sentence.tag(*index) != PosTag::Adverb)?;
    if sentence.tag(before) != PosTag::Coordinator {
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
        .find(|index| sentence.tag(*index) != PosTag::Adverb);
    before.is_some_and(|index| {
        sentence.tag(index) == PosTag::Auxiliary && sentence.is(index, Class::Passive)
    })
}

/// Whether `as` stands before the phrase that starts at `start`.
fn is_as(sentence: &Sentence<'_>, start: usize) -> bool {
    // “as many as 40 percent” is no such clause.
    let opens = |index: usize| {
        index <= sentence.low
            || matches!(
                sentence.tag(index - 1),
                PosTag::Comma
                    | PosTag::Quotation
                    | PosTag::Dash
                    | PosTag::Stop
                    | PosTag::Coordinator
            )
    };
    start
        .checked_sub(1)
        .is_some_and(|before| sentence.is(before, Class::As) && opens(before))
}

/// The source of an inverted cue at `at`: “…,” said Kirby.
fn inverted(sentence: &Sentence<'_>, at: usize) -> Option<NounPhrase> {
    if !sentence.is(at, Class::Quotes)
        || sentence.is(at, Class::Base) && !sentence.is(at, Class::Past)
    {
        return None;
    }
    let mut group = at;
    while group > 0 && sentence.tag(group - 1) == PosTag::Auxiliary {
        group -= 1;
    }
    let before = group
        .checked_sub(1)
        .map_or(PosTag::Stop, |index| sentence.tag(index));
    // „…, sagte er“: a pronoun behind the verb is its subject in any case.
    let follows = before == PosTag::Comma && sentence.tag(at + 1) == PosTag::Pronoun;
    let second = sentence.is(at, Class::Second)
        && (follows || !has_subject_before(sentence, group) || closes_clause(sentence, group, at));
    if !second
        && !matches!(
            before,
            PosTag::Quotation | PosTag::Comma | PosTag::Stop | PosTag::Dash | PosTag::Close
        )
    {
        return None;
    }
    let mut start = at + 1;
    while sentence.tag(start) == PosTag::Adverb && !sentence.is(start, Class::Time)
        || sentence.is(start, Class::Time) && sentence.is(at, Class::Second)
    {
        start += 1;
    }
    if sentence.is(at, Class::Second) {
        start = behind_adverbial(sentence, start);
    }
    let phrase = sentence.phrase_starting(start)?;
    let first = sentence.tag(start);
    let named = first == PosTag::Name;
    let after = sentence.tag(phrase.end);
    // After a comma alone the verb may share a subject: “Ruiz, who left, told CNN …”.
    let after_quotation = second
        || before == PosTag::Quotation
        || before == PosTag::Comma && group >= 2 && sentence.tag(group - 2) == PosTag::Quotation;
    let ends = matches!(after, PosTag::Stop | PosTag::Comma | PosTag::Colon);
    let inside = matches!(before, PosTag::Comma | PosTag::Dash | PosTag::Close);
    if !after_quotation && (inside && !(named && ends) || sentence.is(at, Class::Hearer)) {
        return None;
    }
    if after_quotation
        && sentence.is(at, Class::Hearer)
        && first != PosTag::Pronoun
        && !sentence.is(at, Class::Asks)
    {
        return None;
    }
    let object_clause = matches!(after, PosTag::Verb | PosTag::Auxiliary | PosTag::Cue);
    (after_quotation || !object_clause).then(|| sentence.with_name_after(phrase))
}

/// Where the name stands behind a few words that tell how it is said: « prévient d'emblée Karim Haddou ».
fn behind_adverbial(sentence: &Sentence<'_>, start: usize) -> usize {
    if sentence.tag(start) != PosTag::Preposition {
        return start;
    }
    (start + 1..start + 4)
        .find(|index| {
            !matches!(
                sentence.tag(*index),
                PosTag::Preposition | PosTag::Noun | PosTag::Determiner
            )
        })
        .filter(|index| sentence.tag(*index) == PosTag::Name)
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
        .filter(|index| group < at && sentence.tag(*index) == PosTag::Comma);
    let Some(comma) = comma else {
        return false;
    };
    let segment = (sentence.low..comma)
        .rev()
        .take_while(|index| sentence.tag(*index) != PosTag::Comma)
        .count();
    let relative = (sentence.low..comma).any(|index| sentence.tag(index) == PosTag::Relative);
    let mut start = at + 1;
    while sentence.tag(start) == PosTag::Adverb || sentence.is(start, Class::Time) {
        start += 1;
    }
    let speaks = sentence.phrase_starting(start).is_some_and(|phrase| {
        (phrase.start..phrase.end).any(|index| {
            sentence.tag(index) == PosTag::Name
                || sentence
                    .token(index)
                    .is_some_and(|token| token.classes.any(SPEAKS))
        })
    });
    segment > 4 && !relative && speaks
}

/// Whether the words before a verb that may stand second are its subject, not an adverbial.
fn has_subject_before(sentence: &Sentence<'_>, at: usize) -> bool {
    let adverbial = |phrase: NounPhrase| {
        phrase.start > 0 && sentence.tag(phrase.start - 1) == PosTag::Preposition
    };
    match at
        .checked_sub(1)
        .map_or(PosTag::Stop, |index| sentence.tag(index))
    {
        PosTag::Adverb | PosTag::Stop => false,
        PosTag::Comma | PosTag::Dash => {
            at >= 2
                && sentence.tag(at - 2) != PosTag::Quotation
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
        if sentence.before(at) != PosTag::Preposition {
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
        let after = at >= 2 && sentence.tag(at - 1) == PosTag::Comma;
        let quoted = after && sentence.tag(at - 2) == PosTag::Quotation;
        let named = matches!(sentence.tag(start), PosTag::Name | PosTag::Determiner);
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
