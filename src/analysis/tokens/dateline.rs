//! Datelines: `PORT SELENE, Feb. 3 (Sample Wire) —` before the first sentence of an article.
//!
//! A dateline is not part of any sentence: it contains neither a speaker nor a quotation.

use super::{PosTag, TaggedToken, TokenShape};
use crate::text::segment::RawTokenKind;

/// The longest dateline, in tokens, with its dash. A city, a date and an agency fit.
const MAX_DATELINE: usize = 20;

/// The number of tokens in the dateline at the start of a paragraph, with its dash; 0 when there is none.
pub(crate) fn length(tokens: &[TaggedToken]) -> usize {
    let mut start = tokens.iter().take(MAX_DATELINE);
    let Some(dash) = start.position(|token| token.tag == PosTag::Dash) else {
        return 0;
    };
    let head = &tokens[..dash];
    let (Some(first), Some(last)) = (head.first(), head.last()) else {
        return 0;
    };
    let in_capitals = first.shape == TokenShape::Text(RawTokenKind::Capitals);
    let names_agency = first.capital && last.tag == PosTag::Close;
    if (in_capitals || names_agency) && has_no_clause(head) {
        dash + 1
    } else {
        0
    }
}

/// Whether the words before the dash are only names, dates and punctuation.
fn has_no_clause(head: &[TaggedToken]) -> bool {
    head.iter()
        .enumerate()
        .all(|(index, token)| match token.tag {
            // “Democratic Republic of Congo”
            PosTag::Preposition | PosTag::Determiner => head
                .get(index + 1)
                .is_some_and(|next| next.capital && next.is_word()),
            tag => matches!(
                tag,
                PosTag::Name
                    | PosTag::Noun
                    | PosTag::Number
                    | PosTag::Adverb
                    | PosTag::Comma
                    | PosTag::Stop
                    | PosTag::Open
                    | PosTag::Close
                    | PosTag::Other
            ),
        })
}
