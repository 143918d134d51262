//! Replaces each quotation of a paragraph by one token.
//!
//! The sentence “‘We will rebuild,’ she said” becomes `QUOTATION she said`, the form the rules work on.

use super::quotation_marks::MarkPair;
use super::{PosTag, TaggedToken, TokenShape};
use crate::lexicon::{Class, Classes};
use crate::text::Span;
use crate::text::segment::RawTokenKind;

/// The longest title of a work, in words: “The Bridge at the Harbor” is a title, a capitalized sentence
/// is not.
pub(crate) const MAX_TITLE_WORDS: usize = 6;

/// The words between a pair of quotation marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoldedQuote {
    /// The words with their marks.
    pub span: Span,
    /// Number of words.
    pub words: usize,
    /// What comes before the closing mark.
    pub ending: QuoteEnding,
    /// Whether the first word has a capital letter.
    pub capital: bool,
    /// Whether all words but function words have a capital letter, as in titles of works.
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
    /// With a full stop, or a dash that cuts the sentence short.
    Stop,
    /// With a question mark or exclamation mark.
    Ask,
}

/// Copies `raw` to `tokens` with every pair replaced by one token, and the quotations to `quotes`.
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
        tokens.extend_from_slice(&raw[at..pair.open]);
        let inside = &raw[pair.open..pair.end];
        if let Some(quote) = measure(inside, pair) {
            tokens.push(token_of(&quote, inside[0].spaced, quotes.len()));
            quotes.push(quote);
        }
        at = pair.end;
    }
    tokens.extend_from_slice(&raw[at..]);
}

/// The token for the quotation at `index` of the paragraph's list.
fn token_of(quote: &FoldedQuote, spaced: bool, index: usize) -> TaggedToken {
    let looks_like_title =
        quote.title_case && quote.words <= MAX_TITLE_WORDS && quote.ending == QuoteEnding::Open;
    let classes = if looks_like_title {
        Class::Document.into()
    } else {
        Classes::NONE
    };
    TaggedToken {
        span: quote.span,
        // A paragraph is at most 64 KiB, so the index always fits.
        shape: TokenShape::Quotation(u32::try_from(index).unwrap_or(u32::MAX)),
        capital: quote.capital,
        spaced,
        classes,
        tag: PosTag::Quotation,
    }
}

/// Describes the tokens of a pair; `None` when there is nothing between its marks.
fn measure(inside: &[TaggedToken], pair: &MarkPair) -> Option<FoldedQuote> {
    let (first, last) = (inside.first()?, inside.last()?);
    let content = inside.iter().filter(|token| token.mark().is_none());
    let words = content
        .clone()
        .filter(|token| token.is_word() || token.shape == TokenShape::Text(RawTokenKind::Number));
    let mut title_words = words
        .clone()
        .filter(|token| !token.classes.any(LOWERCASE_IN_TITLES))
        .peekable();
    let ending = match content.clone().next_back()?.shape {
        TokenShape::Text(RawTokenKind::Comma) => QuoteEnding::Comma,
        TokenShape::Text(RawTokenKind::Ask) => QuoteEnding::Ask,
        TokenShape::Text(RawTokenKind::Stop | RawTokenKind::Dash) => QuoteEnding::Stop,
        _ => QuoteEnding::Open,
    };
    let capital = matches!(words.clone().next(), Some(word) if word.capital);
    Some(FoldedQuote {
        span: first.span.join(last.span),
        words: words.count(),
        ending,
        capital,
        // „ein Gebot der Vernunft“ is not a title, though its nouns have capitals.
        title_case: capital
            && title_words.peek().is_some()
            && title_words.all(|token| token.capital),
        single: pair.single,
    })
}

/// Words that are not capitalized in titles.
const LOWERCASE_IN_TITLES: Classes = Classes::of(Class::Determiner)
    .and(Classes::of(Class::Preposition))
    .and(Classes::of(Class::Coordinator));
