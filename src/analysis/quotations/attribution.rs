//! Who is quoted: the rules that link a quotation to a cue and a source.
//!
//! The rules of `rules::RULES` are functions here; each looks for one construction around a quotation.
//! What is found here is a phrase, `the senator`; who that is is for `coreference`.

use super::rules::{AttributionRule, RULES};
use crate::analysis::cues::cue::{Cue, CueForm};
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::analysis::tokens::folding::{FoldedQuote, QuoteEnding};
use crate::lexicon::Class;

/// A quotation and what surrounds it in its paragraph.
pub(crate) struct QuotationContext<'p> {
    /// The sentence of the quotation.
    pub sentence: Sentence<'p>,
    /// The cues of that sentence.
    pub cues: &'p [Cue],
    /// The sentence that follows in the paragraph, with its cues.
    pub next: Option<(Sentence<'p>, &'p [Cue])>,
    /// The quotation.
    pub quote: &'p FoldedQuote,
    /// Its token.
    pub at: usize,
}

/// What a rule finds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceLink {
    /// Who speaks.
    pub source: NounPhrase,
    /// The token of the cue.
    pub cue: Option<usize>,
    /// Who passed it on.
    pub via: Option<NounPhrase>,
}

/// The first rule that finds a source, and what it finds.
pub(crate) fn attribute(
    scene: &QuotationContext<'_>,
) -> Option<(&'static AttributionRule, SourceLink)> {
    RULES
        .iter()
        .find_map(|rule| (rule.apply)(scene).map(|link| (rule, link)))
}

impl QuotationContext<'_> {
    /// Whether the quotation ends in a way that lets a reporting clause follow.
    fn hands_over(&self) -> bool {
        let own = self.quote.capital && self.quote.words > 5 && self.at == self.sentence.low;
        self.quote.ending != QuoteEnding::Open
            || own
            || matches!(self.sentence.tag(self.at + 1), PosTag::Comma | PosTag::Dash)
    }

    /// Where a reporting clause after the quotation would start.
    fn after(&self) -> usize {
        let mut start = self.at + 1;
        while matches!(self.sentence.tag(start), PosTag::Comma | PosTag::Dash)
            || start < self.sentence.high && self.sentence.tag(start) == PosTag::Other
        {
            start += 1;
        }
        start
    }
}

const fn link(cue: &Cue, source: NounPhrase) -> SourceLink {
    SourceLink {
        source,
        cue: Some(cue.at),
        via: None,
    }
}

pub(crate) fn cue_after(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    if !scene.hands_over() {
        return None;
    }
    let start = scene.after();
    // “…,” a woman, who asked not to be named, told us.
    let is_aside = |cue: &Cue| {
        scene.sentence.tag_before(cue.at) == PosTag::Relative
            && scene.sentence.is(cue.at, Class::Asks)
            && scene.cues.iter().any(|later| {
                later.at > cue.at && later.form == CueForm::Verb && later.source == cue.source
            })
    };
    let cue = scene.cues.iter().find(|cue| {
        cue.at > scene.at && matches!(cue.form, CueForm::Verb | CueForm::Passive) && !is_aside(cue)
    })?;
    let source = cue.source?;
    // “…,” a friend, Ana Ruiz, said: no other verb may stand before the subject.
    let lead =
        (start..source.start).all(|index| index == cue.at || !is_verbal(scene.sentence.tag(index)));
    let joined = matches!(
        scene.sentence.tag(start),
        PosTag::Coordinator | PosTag::Subordinator
    );
    if !lead
        || joined
        || source.start < start
        || !scene.sentence.is(cue.at, Class::Quotes)
            && !scene.sentence.is(cue.at, Class::Phrase)
            && !scene.sentence.is(cue.at, Class::Clause)
    {
        return None;
    }
    let next_quotation =
        (scene.at + 1..cue.at).any(|index| scene.sentence.tag(index) == PosTag::Quotation);
    (!next_quotation).then(|| closing(scene, cue, source))
}

/// Whether a part belongs to another clause than the one a reporting clause begins with.
const fn is_verbal(tag: PosTag) -> bool {
    matches!(
        tag,
        PosTag::Verb
            | PosTag::Cue
            | PosTag::Auxiliary
            | PosTag::GerundCue
            | PosTag::Gerund
            | PosTag::That
            | PosTag::Relative
            | PosTag::Stop
            | PosTag::Semicolon
            | PosTag::Quotation
    )
}

pub(crate) fn inverted_after(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let start = scene.after();
    let cue = scene
        .cues
        .iter()
        .find(|cue| cue.at >= start && cue.form == CueForm::Inverted)?;
    let adverbs = (start..cue.at).all(|index| {
        matches!(
            scene.sentence.tag(index),
            PosTag::Adverb | PosTag::Auxiliary | PosTag::Object
        )
    });
    adverbs
        .then(|| cue.source.map(|source| link(cue, source)))
        .flatten()
}

pub(crate) fn according(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let cue = scene
        .cues
        .iter()
        .find(|cue| cue.form == CueForm::According)?;
    let verb_between = |other: &Cue| {
        matches!(
            other.form,
            CueForm::Verb | CueForm::Inverted | CueForm::Gerund
        ) && other.source.is_some()
            && other.at < scene.at
            && (cue.at > scene.at || other.at > cue.at)
    };
    if scene.cues.iter().any(verb_between) {
        return None;
    }
    cue.source.map(|source| link(cue, source))
}

/// A name alone before a colon, after a dash or at the start of the sentence.
pub(crate) fn name_colon(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let colon = scene
        .at
        .checked_sub(1)
        .filter(|index| scene.sentence.tag(*index) == PosTag::Colon)?;
    let source = scene.sentence.phrase_ending(colon)?;
    let before = source
        .start
        .checked_sub(1)
        .map_or(PosTag::Stop, |index| scene.sentence.tag(index));
    let named = scene.sentence.tag(source.head_end - 1) == PosTag::Name;
    (named && matches!(before, PosTag::Dash | PosTag::Stop | PosTag::Close)).then_some(SourceLink {
        source,
        cue: None,
        via: None,
    })
}

/// “… her claim on Monday that “…””: the owner of a noun of reporting.
pub(crate) fn noun_before(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let that = scene
        .at
        .checked_sub(1)
        .filter(|index| scene.sentence.tag(*index) == PosTag::That)?;
    let low = scene.sentence.low.max(that.saturating_sub(12));
    let noun = (low..that)
        .rev()
        .take_while(|index| {
            !matches!(
                scene.sentence.tag(*index),
                PosTag::Verb | PosTag::Cue | PosTag::Comma | PosTag::Stop
            )
        })
        .find(|index| {
            scene.sentence.is(*index, Class::ReportNoun)
                && scene.sentence.tag(*index) == PosTag::Noun
        })?;
    let owner = (low..noun)
        .rev()
        .take_while(|index| {
            matches!(
                scene.sentence.tag(*index),
                PosTag::Noun | PosTag::Possessive
            )
        })
        .find(|index| scene.sentence.tag(*index) == PosTag::Possessive)?;
    let source = match scene.sentence.phrase_ending(owner) {
        Some(phrase) if !scene.sentence.is(owner, Class::Possessive) => phrase,
        _ => NounPhrase {
            start: owner,
            end: owner + 1,
            head_end: owner + 1,
        },
    };
    Some(SourceLink {
        source,
        cue: Some(noun),
        via: None,
    })
}

pub(crate) fn cue_right_before(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let link = cue_before(scene)?;
    let cue = link.cue?;
    (scene.at - cue <= 2).then_some(link)
}

pub(crate) fn cue_before(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    if scene.at > 0
        && scene.sentence.tag(scene.at - 1) == PosTag::Colon
        && scene
            .cues
            .iter()
            .rev()
            .find(|cue| cue.at < scene.at)
            .is_some_and(|cue| clause_between(scene, cue.end))
    {
        return sentence_subject(scene);
    }
    let governs = |cue: &&Cue| {
        cue.at < scene.at
            && cue.source.is_some()
            && !matches!(cue.form, CueForm::According | CueForm::As)
    };
    let mut cue = scene.cues.iter().rev().find(governs)?;
    // Of reports inside reports the outermost counts: whoever reads hears Ruiz, who said that he said.
    while let Some(outer) = scene
        .cues
        .iter()
        .filter(governs)
        .filter(|outer| outer.at < cue.at)
        .find(|outer| cue.is_inside(outer, &scene.sentence))
    {
        cue = outer;
    }
    let source = cue.source?;
    // “The vote signals “the end” of the treaty, said Ana Ruiz.”
    if trailing(scene).is_some_and(|last| {
        last.form == CueForm::Inverted && !scene.sentence.is(last.at, Class::As)
    }) {
        return None;
    }
    let via = scene
        .cues
        .iter()
        .find(|other| matches!(other.form, CueForm::As | CueForm::According) && other.at > scene.at)
        .and_then(|other| other.source);
    Some(SourceLink {
        via,
        ..link(cue, source)
    })
}

/// Whether a new clause starts between a cue and the quotation: “Ruiz said no, but he gave her a hint: “…””
fn clause_between(scene: &QuotationContext<'_>, from: usize) -> bool {
    (from..scene.at).any(|index| {
        scene.sentence.tag(index) == PosTag::Comma
            && scene.sentence.tag(index + 1) == PosTag::Coordinator
            && matches!(
                scene.sentence.tag(index + 2),
                PosTag::Name | PosTag::Pronoun | PosTag::Determiner | PosTag::Possessive
            )
    })
}

/// A reporting clause at the end of a sentence whose quotation stands earlier.
pub(crate) fn trailing_cue(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let cue = trailing(scene)?;
    Some(closing(scene, cue, cue.source?))
}

/// The cue of such a clause.
fn trailing<'s>(scene: &QuotationContext<'s>) -> Option<&'s Cue> {
    let trails = |cue: &&Cue| {
        let Some(source) = cue.source else {
            return false;
        };
        let start = source.start.min(cue.at);
        let comma = start.checked_sub(1).is_some_and(|index| {
            matches!(scene.sentence.tag(index), PosTag::Comma | PosTag::Quotation)
        });
        let ends = matches!(
            scene.sentence.tag(cue.end),
            PosTag::Stop | PosTag::Adverb | PosTag::Preposition | PosTag::Comma
        );
        let infinitive =
            scene.sentence.is(cue.end, Class::To) && scene.sentence.is(cue.end + 1, Class::Base);
        start > scene.at
            && comma
            && !infinitive
            && (cue.form == CueForm::Inverted || cue.form == CueForm::Verb && ends)
            && scene.sentence.is(cue.at, Class::Quotes)
    };
    scene.cues.iter().find(trails)
}

/// Who speaks by a cue behind the quotation: its source, or who it passes on. “Ruiz called it “a trick”, the agency
/// reported”: the agency passed on what Ruiz said.
fn closing(scene: &QuotationContext<'_>, cue: &Cue, source: NounPhrase) -> SourceLink {
    let passes_on = scene.at > scene.sentence.low && scene.sentence.is(cue.at, Class::As);
    match passes_on.then(|| cue_before(scene)).flatten() {
        Some(said) => SourceLink {
            via: Some(source),
            ..said
        },
        None => link(cue, source),
    }
}

/// A clause with `as`, which reports when nothing else does.
pub(crate) fn as_cue(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let cue = scene
        .cues
        .iter()
        .find(|cue| cue.form == CueForm::As && cue.at > scene.at)?;
    cue.source.map(|source| link(cue, source))
}

/// A set-off quotation with its speaker after a dash.
pub(crate) fn name_after_dash(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let (sentence, dash) = match scene.next {
        Some((next, _)) if next.tag(next.low) == PosTag::Dash && next.low == scene.at + 1 => {
            (next, next.low)
        }
        _ if scene.sentence.tag(scene.at + 1) == PosTag::Dash => (scene.sentence, scene.at + 1),
        _ => return None,
    };
    let source = sentence.phrase_starting(dash + 1)?;
    let named = sentence.tag(source.start) == PosTag::Name;
    let verb = (source.end..sentence.high).any(|index| {
        matches!(
            sentence.tag(index),
            PosTag::Verb | PosTag::Cue | PosTag::Auxiliary
        )
    });
    (named && !verb).then_some(SourceLink {
        source,
        cue: None,
        via: None,
    })
}

/// A verb that is no reporting verb but stands like one: “…,” Ruiz fumed.
pub(crate) fn verb_after(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let before = scene
        .at
        .checked_sub(1)
        .map_or(PosTag::Stop, |index| scene.sentence.tag(index));
    let own_clause = matches!(
        before,
        PosTag::Stop | PosTag::Quotation | PosTag::Colon | PosTag::Dash
    );
    if scene.quote.ending == QuoteEnding::Open || !own_clause {
        return None;
    }
    let start = scene.after();
    if scene.sentence.tag(start) == PosTag::Verb {
        let source = scene.sentence.phrase_starting(start + 1)?;
        return Some(SourceLink {
            source,
            cue: Some(start),
            via: None,
        });
    }
    let verb = (start..scene.sentence.high.min(start + 24))
        .find(|index| scene.sentence.tag(*index) == PosTag::Verb)?;
    let source = scene.sentence.subject_before(verb)?;
    (source.start == start).then_some(SourceLink {
        source,
        cue: Some(verb),
        via: None,
    })
}

pub(crate) fn cue_in_next_sentence(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let last =
        scene.sentence.high == scene.at + 1 || scene.sentence.tag(scene.at + 1) == PosTag::Stop;
    let (next, cues) = scene.next?;
    if !last {
        return None;
    }
    let strong = scene.quote.ending == QuoteEnding::Ask;
    let Some(cue) = cues
        .iter()
        .find(|cue| matches!(cue.form, CueForm::Verb | CueForm::Inverted))
    else {
        return if strong {
            verb_in_next_sentence(&next)
        } else {
            None
        };
    };
    let source = cue.source?;
    let lead = (next.low..source.start.min(cue.at)).all(|index| !is_verbal(next.tag(index)));
    let reports = (cue.end..next.high).any(|index| {
        matches!(
            next.tag(index),
            PosTag::That | PosTag::Quotation | PosTag::Auxiliary
        )
    });
    let hears = strong && next.is(cue.at, Class::Hearer) && next.tag(cue.end) != PosTag::That;
    let aside = strong && next.is(cue.end, Class::Aside);
    let ends = matches!(
        next.tag(cue.end),
        PosTag::Stop | PosTag::Adverb | PosTag::Preposition | PosTag::Comma
    ) || cue.form == CueForm::Inverted
        || hears
        || aside;
    let quotes = next.is(cue.at, Class::Quotes) || strong && next.is(cue.at, Class::Phrase);
    (lead && quotes && at_least_two(ends, strong, !reports)).then(|| link(cue, source))
}

fn at_least_two(one: bool, two: bool, three: bool) -> bool {
    u8::from(one) + u8::from(two) + u8::from(three) >= 2
}

/// “…?” Ruiz went on.
fn verb_in_next_sentence(next: &Sentence<'_>) -> Option<SourceLink> {
    let verb =
        (next.low..next.high.min(next.low + 14)).find(|index| next.tag(*index) == PosTag::Verb)?;
    let source = next.subject_before(verb)?;
    let ends = matches!(
        next.tag(verb + 1),
        PosTag::Stop | PosTag::Comma | PosTag::Adverb
    );
    (source.start == next.low && ends).then_some(SourceLink {
        source,
        cue: Some(verb),
        via: None,
    })
}

pub(crate) fn colon_before(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let colon = scene.at.checked_sub(1)?;
    if scene.sentence.tag(colon) != PosTag::Colon {
        return None;
    }
    let source = scene.sentence.main_subject(colon)?;
    Some(SourceLink {
        source,
        cue: None,
        via: None,
    })
}

/// The subject of the verb before a quotation that no cue reports.
pub(crate) fn sentence_subject(scene: &QuotationContext<'_>) -> Option<SourceLink> {
    let verb = scene.sentence.finite_verb_before(scene.at);
    let source = match verb.and_then(|verb| scene.sentence.subject_before(verb)) {
        Some(source) => source,
        None => scene.sentence.main_subject(scene.at)?,
    };
    Some(SourceLink {
        source,
        cue: verb,
        via: None,
    })
}
