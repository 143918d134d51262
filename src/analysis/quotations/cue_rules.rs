//! The rules that find the source of a quotation by a cue.
//!
//! A rule finds a phrase, `the senator`; `entities` finds who that is.

use super::context::{QuotationContext, SourceLink};
use super::subject_rules::{sentence_subject, verb_in_next_sentence};
use crate::analysis::cues::cue::{Cue, CueForm};
use crate::analysis::syntax::NounPhrase;
use crate::analysis::tokens::PosTag;
use crate::analysis::tokens::folding::QuoteEnding;
use crate::lexicon::Class;

/// The most tokens from a cue to the quotation right after it: said, “…”.
const MAX_RIGHT_BEFORE: usize = 2;

/// “…,” NAME said.
pub(crate) fn cue_after(context: &QuotationContext<'_>) -> Option<SourceLink> {
    if !context.lets_clause_follow() {
        return None;
    }
    let sentence = &context.sentence;
    // “…,” a woman, who asked not to be named, told us.
    let is_in_relative_clause = |cue: &Cue| {
        sentence.tag_before(cue.at) == PosTag::Relative
            && sentence.is(cue.at, Class::Asks)
            && context.cues.iter().any(|later| {
                later.at > cue.at && later.form == CueForm::Verb && later.source == cue.source
            })
    };
    let cue = context.cues.iter().find(|cue| {
        cue.at > context.at
            && matches!(cue.form, CueForm::Verb | CueForm::Passive)
            && !is_in_relative_clause(cue)
    })?;
    let source = cue.source?;
    let start = context.clause_start();
    let is_joined = matches!(
        sentence.tag(start),
        PosTag::Coordinator | PosTag::Subordinator
    );
    if is_joined || source.start < start {
        return None;
    }
    // “…,” a friend, Ana Ruiz, said: no other verb comes before the subject.
    let verb_before = (start..source.start)
        .any(|index| index != cue.at && is_of_other_clause(sentence.tag(index)));
    let reports = sentence.is(cue.at, Class::Quotes)
        || sentence.is(cue.at, Class::Phrase)
        || sentence.is(cue.at, Class::Clause);
    let other_quotation =
        (context.at + 1..cue.at).any(|index| sentence.tag(index) == PosTag::Quotation);
    if verb_before || !reports || other_quotation {
        return None;
    }
    Some(with_passed_on(context, cue, source))
}

/// Whether a tag shows that another clause comes before the reporting clause.
const fn is_of_other_clause(tag: PosTag) -> bool {
    tag.is_finite_verb()
        || matches!(
            tag,
            PosTag::GerundCue
                | PosTag::Gerund
                | PosTag::That
                | PosTag::Relative
                | PosTag::Stop
                | PosTag::Semicolon
                | PosTag::Quotation
        )
}

/// “…,” said NAME.
pub(crate) fn inverted_after(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let start = context.clause_start();
    let cue = context
        .cues
        .iter()
        .find(|cue| cue.at >= start && cue.form == CueForm::Inverted)?;
    let is_adjacent = (start..cue.at).all(|index| {
        matches!(
            context.sentence.tag(index),
            PosTag::Adverb | PosTag::Auxiliary | PosTag::Object
        )
    });
    let source = cue.source?;
    is_adjacent.then(|| SourceLink::by_cue(cue, source))
}

/// According to NAME, “…”, unless another cue is between the two.
pub(crate) fn according(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let cue = context
        .cues
        .iter()
        .find(|cue| cue.form == CueForm::According)?;
    let is_between = |other: &Cue| {
        matches!(
            other.form,
            CueForm::Verb | CueForm::Inverted | CueForm::Gerund
        ) && other.source.is_some()
            && other.at < context.at
            && (cue.at > context.at || other.at > cue.at)
    };
    if context.cues.iter().any(is_between) {
        return None;
    }
    cue.source.map(|source| SourceLink::by_cue(cue, source))
}

/// NAME said, “…”
pub(crate) fn cue_right_before(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let link = cue_before(context)?;
    (context.at - link.cue? <= MAX_RIGHT_BEFORE).then_some(link)
}

/// NAME said that … “…”
pub(crate) fn cue_before(context: &QuotationContext<'_>) -> Option<SourceLink> {
    if context.at > 0 && context.tag_before() == PosTag::Colon {
        let last = context.cues.iter().rev().find(|cue| cue.at < context.at);
        if let Some(last) = last
            && clause_between(context, last.end)
        {
            return sentence_subject(context);
        }
    }
    let (cue, source) = outermost_cue_before(context)?;
    // “The vote signals “the end” of the treaty, said Ana Ruiz.”
    if let Some(last) = trailing(context)
        && last.form == CueForm::Inverted
        && !context.sentence.is(last.at, Class::As)
    {
        return None;
    }
    let passed_on = context.cues.iter().find(|other| {
        matches!(other.form, CueForm::As | CueForm::According) && other.at > context.at
    });
    Some(SourceLink {
        via: passed_on.and_then(|other| other.source),
        ..SourceLink::by_cue(cue, source)
    })
}

/// The last cue before a quotation, or the outermost one when cues are nested: in “Ruiz said that he said”
/// the speaker is Ruiz.
fn outermost_cue_before<'p>(context: &QuotationContext<'p>) -> Option<(&'p Cue, NounPhrase)> {
    let governs = |cue: &&Cue| {
        cue.at < context.at
            && cue.source.is_some()
            && !matches!(cue.form, CueForm::According | CueForm::As)
    };
    let mut cue = context.cues.iter().rev().find(governs)?;
    while let Some(outer) = context
        .cues
        .iter()
        .filter(governs)
        .filter(|outer| outer.at < cue.at)
        .find(|outer| cue.is_inside(outer, &context.sentence))
    {
        cue = outer;
    }
    Some((cue, cue.source?))
}

/// Whether a new clause starts between a cue and the quotation: “Ruiz said no, but he gave her a hint: “…””
fn clause_between(context: &QuotationContext<'_>, from: usize) -> bool {
    let sentence = &context.sentence;
    (from..context.at).any(|index| {
        sentence.tag(index) == PosTag::Comma
            && sentence.tag(index + 1) == PosTag::Coordinator
            && matches!(
                sentence.tag(index + 2),
                PosTag::Name | PosTag::Pronoun | PosTag::Determiner | PosTag::Possessive
            )
    })
}

/// The plan is “…” in parts, NAME said.
pub(crate) fn trailing_cue(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let cue = trailing(context)?;
    Some(with_passed_on(context, cue, cue.source?))
}

/// The cue of a reporting clause at the end of the sentence, with other words between it and the quotation.
fn trailing<'p>(context: &QuotationContext<'p>) -> Option<&'p Cue> {
    let sentence = &context.sentence;
    let trails = |cue: &&Cue| {
        let Some(source) = cue.source else {
            return false;
        };
        let start = source.start.min(cue.at);
        let after_comma = matches!(
            sentence.tag_before(start),
            PosTag::Comma | PosTag::Quotation
        );
        let ends = matches!(
            sentence.tag(cue.end),
            PosTag::Stop | PosTag::Adverb | PosTag::Preposition | PosTag::Comma
        );
        let infinitive = sentence.is(cue.end, Class::To) && sentence.is(cue.end + 1, Class::Base);
        start > context.at
            && after_comma
            && !infinitive
            && (cue.form == CueForm::Inverted || cue.form == CueForm::Verb && ends)
            && sentence.is(cue.at, Class::Quotes)
    };
    context.cues.iter().find(trails)
}

/// The link by a cue after the quotation. “Ruiz called it “a trick”, the agency reported”: the agency passed
/// on what Ruiz said.
fn with_passed_on(context: &QuotationContext<'_>, cue: &Cue, source: NounPhrase) -> SourceLink {
    let passes_on = context.at > context.sentence.low && context.sentence.is(cue.at, Class::As);
    if passes_on && let Some(said) = cue_before(context) {
        return SourceLink {
            via: Some(source),
            ..said
        };
    }
    SourceLink::by_cue(cue, source)
}

/// “…,” as NAME put it, when no other cue reports the quotation.
pub(crate) fn as_cue(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let cue = context
        .cues
        .iter()
        .find(|cue| cue.form == CueForm::As && cue.at > context.at)?;
    cue.source.map(|source| SourceLink::by_cue(cue, source))
}

/// “…!” NAME said, in the next sentence.
pub(crate) fn cue_in_next_sentence(context: &QuotationContext<'_>) -> Option<SourceLink> {
    let ends_sentence = context.sentence.high == context.at + 1
        || context.sentence.tag(context.at + 1) == PosTag::Stop;
    let (next, cues) = context.next?;
    if !ends_sentence {
        return None;
    }
    // A question or exclamation mark ends the quotation and needs no comma after it.
    let may_go_on = context.quote.ending == QuoteEnding::Ask;
    let Some(cue) = cues
        .iter()
        .find(|cue| matches!(cue.form, CueForm::Verb | CueForm::Inverted))
    else {
        return if may_go_on {
            verb_in_next_sentence(&next)
        } else {
            None
        };
    };
    let source = cue.source?;
    let opens_sentence =
        (next.low..source.start.min(cue.at)).all(|index| !is_of_other_clause(next.tag(index)));
    let reports_itself = (cue.end..next.high).any(|index| {
        matches!(
            next.tag(index),
            PosTag::That | PosTag::Quotation | PosTag::Auxiliary
        )
    });
    let hearer_follows =
        may_go_on && next.is(cue.at, Class::Hearer) && next.tag(cue.end) != PosTag::That;
    let aside_follows = may_go_on && next.is(cue.end, Class::Aside);
    let nothing_to_report = matches!(
        next.tag(cue.end),
        PosTag::Stop | PosTag::Adverb | PosTag::Preposition | PosTag::Comma
    ) || cue.form == CueForm::Inverted
        || hearer_follows
        || aside_follows;
    let quotes = next.is(cue.at, Class::Quotes) || may_go_on && next.is(cue.at, Class::Phrase);
    // None of the three signs is enough alone.
    let n_signs = u8::from(nothing_to_report) + u8::from(may_go_on) + u8::from(!reports_itself);
    (opens_sentence && quotes && n_signs >= 2).then(|| SourceLink::by_cue(cue, source))
}
