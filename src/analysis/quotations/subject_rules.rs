//! The rules that find the source of a quotation without a cue: by a name before a colon or after a dash,
//! by the owner of a noun, or as the subject of another verb.

use super::context::{QuotationContext, SourceLink};
use crate::analysis::reach;
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::analysis::tokens::folding::QuoteEnding;
use crate::lexicon::Class;

/// NAME: “…”, with the name alone after a dash or at the start of the sentence.
pub(crate) fn name_colon(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let sentence = &context.sentence;
    if context.tag_before() != PosTag::Colon {
        return None;
    }
    let source = sentence.phrase_ending(context.at - 1)?;
    let named = sentence.tag(source.head_end - 1) == PosTag::Name;
    let alone = matches!(
        sentence.tag_before(source.start),
        PosTag::Dash | PosTag::Stop | PosTag::Close
    );
    (named && alone).then_some(SourceLink::new(source, None))
}

/// “… her claim on Monday that “…””: the owner of a noun of reporting.
pub(crate) fn noun_before(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let sentence = &context.sentence;
    if context.tag_before() != PosTag::That {
        return None;
    }
    let that = context.at - 1;
    let low = sentence.low.max(that.saturating_sub(reach::COMPLEMENT));
    let noun = (low..that)
        .rev()
        .take_while(|index| {
            !matches!(
                sentence.tag(*index),
                PosTag::Verb | PosTag::Cue | PosTag::Comma | PosTag::Stop
            )
        })
        .find(|index| {
            sentence.is(*index, Class::ReportNoun) && sentence.tag(*index) == PosTag::Noun
        })?;
    let owner = (low..noun)
        .rev()
        .take_while(|index| matches!(sentence.tag(*index), PosTag::Noun | PosTag::Possessive))
        .find(|index| sentence.tag(*index) == PosTag::Possessive)?;
    let source = match sentence.phrase_ending(owner) {
        Some(phrase) if !sentence.is(owner, Class::Possessive) => phrase,
        _ => NounPhrase::of(owner, owner + 1),
    };
    Some(SourceLink::new(source, Some(noun)))
}

/// “…” — NAME: a quotation in a line of its own, with the speaker after a dash.
pub(crate) fn name_after_dash(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let dash = context.at + 1;
    let sentence = match context.next {
        Some((next, _)) if next.low == dash && next.tag(dash) == PosTag::Dash => next,
        _ if context.sentence.tag(dash) == PosTag::Dash => context.sentence,
        _ => return None,
    };
    let source = sentence.phrase_starting(dash + 1)?;
    let named = sentence.tag(source.start) == PosTag::Name;
    let has_verb = sentence.has_verb(source.end, sentence.high);
    (named && !has_verb).then_some(SourceLink::new(source, None))
}

/// “…,” NAME fumed: a verb that is not a reporting verb but is in the place of one.
pub(crate) fn verb_after(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let sentence = &context.sentence;
    let own_clause = matches!(
        context.tag_before(),
        PosTag::Stop | PosTag::Quotation | PosTag::Colon | PosTag::Dash
    );
    if context.quote.ending == QuoteEnding::Open || !own_clause {
        return None;
    }
    let start = context.clause_start();
    if sentence.tag(start) == PosTag::Verb {
        let source = sentence.phrase_starting(start + 1)?;
        return Some(SourceLink::new(source, Some(start)));
    }
    let verb = (start..sentence.high.min(start + reach::CLAUSE))
        .find(|index| sentence.tag(*index) == PosTag::Verb)?;
    let source = sentence.subject_before(verb)?;
    (source.start == start).then_some(SourceLink::new(source, Some(verb)))
}

/// “…?” Ruiz went on.
pub(crate) fn verb_in_next_sentence(next: &Sentence<'_>) -> Option<SourceLink> {
    let verb = (next.low..next.high.min(next.low + reach::NOUN_PHRASE))
        .find(|index| next.tag(*index) == PosTag::Verb)?;
    let source = next.subject_before(verb)?;
    let ends = matches!(
        next.tag(verb + 1),
        PosTag::Stop | PosTag::Comma | PosTag::Adverb
    );
    (source.start == next.low && ends).then_some(SourceLink::new(source, Some(verb)))
}

/// NAME on the bridge: “…”
pub(crate) fn colon_before(context: &QuotationContext<'_>) -> Option<SourceLink> {
    if context.tag_before() != PosTag::Colon {
        return None;
    }
    let source = context.sentence.main_subject(context.at - 1)?;
    Some(SourceLink::new(source, None))
}

/// The subject of the verb before a quotation that no cue reports.
pub(crate) fn sentence_subject(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let sentence = &context.sentence;
    let verb = sentence.finite_verb_before(context.at);
    let source = verb
        .and_then(|verb| sentence.subject_before(verb))
        .or_else(|| sentence.main_subject(context.at))?;
    Some(SourceLink::new(source, verb))
}
