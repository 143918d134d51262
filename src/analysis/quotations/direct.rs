//! Attributes the quotations of a paragraph by the rules within a sentence, and drops titles, nicknames and
//! terms in quotation marks.

use super::carry::Carry;
use super::context::{QuotationContext, SourceLink};
use super::paragraph::{CuedSentence, Paragraph};
use super::pending::PendingQuotation;
use super::resolver::SourceResolver;
use super::rules;
use super::subject_rules::sentence_subject;
use crate::analysis::QuotationKind;
use crate::analysis::tokens::PosTag;
use crate::analysis::tokens::folding::{FoldedQuote, MAX_TITLE_WORDS, QuoteEnding};

/// The fewest words in quotation marks that are taken for speech when no cue reports them; fewer are often a
/// term.
const MIN_UNREPORTED_WORDS: usize = 6;
/// The fewest words in single marks that show that the article quotes speech in them.
const MIN_SINGLE_WORDS: usize = 3;
/// The most tokens from a cue to a quotation that right follows it: called it “…”.
const MAX_FROM_CUE: usize = 3;

/// The quotations of a paragraph, with the speakers that rules find in their sentences.
pub(crate) fn attribute(
    paragraph: &Paragraph<'_>,
    sentences: &[CuedSentence<'_>],
    carry: &mut Carry,
    resolver: &mut SourceResolver<'_>,
) -> Vec<PendingQuotation> {
    let mut quotations = Vec::new();
    for (index, cued) in sentences.iter().enumerate() {
        let sentence = cued.sentence;
        for at in sentence.low..sentence.high {
            let Some(quote) = paragraph.quote_at(at) else {
                continue;
            };
            let context = QuotationContext {
                sentence,
                cues: &cued.cues,
                next: sentences
                    .get(index + 1)
                    .map(|next| (next.sentence, next.cues.as_slice())),
                quote,
                at,
            };
            let alone = sentence.low == at && at + 2 >= sentence.high;
            let found = rules::attribute(&context);
            let link = found.map(|(_, link)| link);
            if !is_speech(paragraph, &context, link, alone, carry) {
                continue;
            }
            carry.quotes_in_single_marks |=
                quote.single && found.is_some() && quote.words >= MIN_SINGLE_WORDS;
            let attribution = match found {
                Some((rule, link)) => Some(resolver.resolve(link, rule.id)),
                None if alone => None,
                None => sentence_subject(&context)
                    .map(|link| resolver.resolve(link, "sentence-subject")),
            };
            quotations.push(PendingQuotation {
                at,
                quote: *quote,
                attribution,
            });
        }
    }
    quotations
}

/// Whether the marks hold somebody's words, not a title, nickname or term. `alone`: the quotation is the
/// whole sentence.
fn is_speech(
    paragraph: &Paragraph<'_>,
    context: &QuotationContext<'_>,
    link: Option<SourceLink>,
    alone: bool,
    carry: &Carry,
) -> bool {
    let quote = context.quote;
    // Apostrophes and terms look like single marks, which count only in an article that quotes in them.
    let trusts_single = alone && carry.quotes_in_single_marks;
    if quote.words == 0 || quote.single && link.is_none() && !trusts_single {
        return false;
    }
    if quote.title_case
        && quote.words <= MAX_TITLE_WORDS
        && !alone
        && !follows_cue(paragraph, context.at, link)
        && paragraph.tag_before(context.at) != PosTag::Stop
    {
        return false;
    }
    let ends_sentence = matches!(quote.ending, QuoteEnding::Stop | QuoteEnding::Ask);
    quote.words >= MIN_UNREPORTED_WORDS || link.is_some() || alone && ends_sentence
}

/// Whether a quotation right follows its cue: said, “…”; called it “…”.
fn follows_cue(paragraph: &Paragraph<'_>, at: usize, link: Option<SourceLink>) -> bool {
    let near = match link.and_then(|link| link.cue) {
        Some(cue) => cue < at && at - cue <= MAX_FROM_CUE,
        None => false,
    };
    let before = paragraph.tag_before(at);
    let inside_phrase = matches!(
        before,
        PosTag::Possessive | PosTag::Preposition | PosTag::Noun | PosTag::Name
    );
    near && !inside_phrase
        || matches!(
            before,
            PosTag::Colon | PosTag::That | PosTag::Cue | PosTag::GerundCue
        )
}

/// Direct when the quotation is a clause of its own, mixed when it completes the writer’s clause.
pub(crate) fn kind(paragraph: &Paragraph<'_>, at: usize, quote: &FoldedQuote) -> QuotationKind {
    let own_clause = matches!(
        paragraph.tag_before(at),
        PosTag::Stop
            | PosTag::Comma
            | PosTag::Colon
            | PosTag::Quotation
            | PosTag::Dash
            | PosTag::Cue
            | PosTag::GerundCue
    );
    if own_clause && (quote.capital || quote.ending != QuoteEnding::Open) {
        QuotationKind::Direct
    } else {
        QuotationKind::Mixed
    }
}
