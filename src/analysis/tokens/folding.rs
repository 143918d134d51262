//! Quotations folded to one token each, with what their words show.
//!
//! The sentence “‘We will rebuild,’ she said” then reads `QUOTATION she said`, which is what the rules look at.

use super::quotation_marks::MarkPair;
use super::{PosTag, TaggedToken, TokenShape};
use crate::lexicon::{Class, Classes};
use crate::text::Span;
use crate::text::segment::RawTokenKind;

/// A stretch between quotation marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoldedQuote {
    /// With its marks.
    pub span: Span,
    /// Number of words.
    pub words: usize,
    /// What stands before the closing mark.
    pub ending: QuoteEnding,
    /// Whether the first word has a capital letter.
    pub capital: bool,
    /// Whether all words but function words have one, as in titles of works.
    pub title_case: bool,
    /// Whether the marks are single.
    pub single: bool,
}

/// How a quotation ends before its closing mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuoteEnding {
    /// With a word.
    Open,
    /// With a comma.
    Comma,
    /// Like a sentence, or cut short by a dash.
    Stop,
    /// With a question mark or exclamation mark.
    Ask,
}

/// Replaces every pair by one token.
pub(crate) fn fold(
    raw: &[TaggedToken],
    pairs: &[MarkPair],
    tokens: &mut Vec<TaggedToken>,
    quotes: &mut Vec<FoldedQuote>,
) {
    tokens.clear();
    quotes.clear();
    let mut at = 0;
    for pair in pairs {
        tokens.extend_from_slice(raw.get(at..pair.open).unwrap_or_default());
        let inside = raw.get(pair.open..pair.end).unwrap_or_default();
        if let Some(quote) = measure(inside, pair) {
            let kind = TokenShape::Quotation(u32::try_from(quotes.len()).unwrap_or(u32::MAX));
            let spaced = inside.first().is_some_and(|token| token.spaced);
            let title = quote.title_case && quote.words <= 6 && quote.ending == QuoteEnding::Open;
            let classes = if title {
                Class::Document.into()
            } else {
                Classes::NONE
            };
            tokens.push(TaggedToken {
                span: quote.span,
                kind,
                capital: quote.capital,
                spaced,
                classes,
                tag: PosTag::Quotation,
            });
            quotes.push(quote);
        }
        at = pair.end;
    }
    tokens.extend_from_slice(raw.get(at..).unwrap_or_default());
}

/// Describes the tokens of a pair.
fn measure(inside: &[TaggedToken], pair: &MarkPair) -> Option<FoldedQuote> {
    let (first, last) = (inside.first()?, inside.last()?);
    let content = inside.iter().filter(|token| token.mark().is_none());
    let words = content
        .clone()
        .filter(|token| token.is_word() || token.kind == TokenShape::Text(RawTokenKind::Number));
    let big = words.clone().filter(|token| {
        token.classes.is_empty()
            || !token.is(Class::Determiner)
                && !token.is(Class::Preposition)
                && !token.is(Class::Coordinator)
    });
    let ending = match content.clone().next_back()?.kind {
        TokenShape::Text(RawTokenKind::Comma) => QuoteEnding::Comma,
        TokenShape::Text(RawTokenKind::Ask) => QuoteEnding::Ask,
        TokenShape::Text(RawTokenKind::Stop | RawTokenKind::Dash) => QuoteEnding::Stop,
        _ => QuoteEnding::Open,
    };
    let capital = words.clone().next().is_some_and(|token| token.capital);
    Some(FoldedQuote {
        span: first.span.join(last.span),
        words: words.clone().count(),
        ending,
        capital,
        // „ein Gebot der Vernunft“ is no title, though its nouns have capitals.
        title_case: capital && big.clone().count() > 0 && big.clone().all(|token| token.capital),
        single: pair.single,
    })
}
