//! Datelines: `PORT SELENE, Feb. 3 (Sample Wire) —` before the first sentence of an article.
//!
//! A dateline belongs to no sentence: it neither speaks nor is it spoken.

use super::{PosTag, TaggedToken, TokenShape};
use crate::text::segment::RawTokenKind;

/// How many tokens a dateline has at most, with its dash.
const LONGEST: usize = 20;

/// The number of tokens of the dateline that a paragraph begins with, with its dash; 0 when it has none.
pub(crate) fn length(tokens: &[TaggedToken]) -> usize {
    let dash = tokens
        .iter()
        .take(LONGEST)
        .position(|token| token.tag == PosTag::Dash);
    let Some((dash, head)) = dash.and_then(|dash| Some((dash, tokens.get(..dash)?))) else {
        return 0;
    };
    let shouts = head
        .first()
        .is_some_and(|token| token.kind == TokenShape::Text(RawTokenKind::Capitals));
    let named = head.first().is_some_and(|token| token.capital);
    let wire = head.last().is_some_and(|token| token.tag == PosTag::Close);
    // “Democratic Republic of Congo”
    let joins = |index: usize| {
        head.get(index + 1)
            .is_some_and(|next| next.capital && next.is_word())
    };
    let says_nothing = head.iter().enumerate().all(|(index, token)| {
        matches!(token.tag, PosTag::Preposition | PosTag::Determiner) && joins(index)
            || matches!(
                token.tag,
                PosTag::Name
                    | PosTag::Noun
                    | PosTag::Number
                    | PosTag::Adverb
                    | PosTag::Comma
                    | PosTag::Stop
                    | PosTag::Open
                    | PosTag::Close
                    | PosTag::Other
            )
    });
    if says_nothing && (shouts || named && wire) {
        dash + 1
    } else {
        0
    }
}
