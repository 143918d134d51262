//! Inquits, reporting clauses inside the quotation marks, as French news writes them:
//! `« Nous irons loin, promet Karim Haddou. Et le bout, ce n'est pas demain. »`
//!
//! [`split_at_inquits`] splits such a quotation into the parts before and after the clause, so that the
//! clause is outside the quotation, as in other languages.

use super::quotation_marks::MarkPair;
use super::{PRONOUN, TaggedToken, TokenShape};
use crate::lexicon::{Class, Classes};
use crate::text::segment::RawTokenKind;

/// The longest inquit, in tokens: a verb and a name with a short role.
const MAX_INQUIT: usize = 14;
/// The most tokens before the reporting verb of an inquit: `nous l'a promis`.
const MAX_AUXILIARIES: usize = 3;

/// Splits each pair at the inquits inside it.
pub(crate) fn split_at_inquits(tokens: &[TaggedToken], pairs: Vec<MarkPair>) -> Vec<MarkPair> {
    let mut split = Vec::with_capacity(pairs.len());
    for mut pair in pairs {
        let mut from = pair.open;
        while let Some((start, end)) = next_inquit(tokens, from, pair.end) {
            split.push(MarkPair {
                end: start,
                closed: true,
                ..pair
            });
            pair = MarkPair {
                open: end,
                opened: false,
                ..pair
            };
            from = end;
        }
        if tokens[pair.open..pair.end].iter().any(TaggedToken::is_word) {
            split.push(pair);
        }
    }
    split
}

/// The first inquit after `from`: from after its comma to after the mark that ends it. A quotation mark
/// is left to the quotation.
fn next_inquit(tokens: &[TaggedToken], from: usize, end: usize) -> Option<(usize, usize)> {
    (from + 2..end).find_map(|start| {
        if tokens[start - 1].shape != TokenShape::Text(RawTokenKind::Comma) {
            return None;
        }
        let subject = subject(tokens, start)?;
        (subject..end.min(start + MAX_INQUIT)).find_map(|stop| match tokens[stop].shape {
            TokenShape::Text(RawTokenKind::Mark(_)) => Some((start, stop)),
            TokenShape::Text(RawTokenKind::Comma | RawTokenKind::Stop | RawTokenKind::Ask) => {
                Some((start, stop + 1))
            }
            _ => None,
        })
    })
}

/// The start of the subject after a reporting verb at `start`: `promet Haddou`, `a promis le maire`,
/// `dit-il`.
fn subject(tokens: &[TaggedToken], start: usize) -> Option<usize> {
    const FINITE: Classes = Classes::of(Class::Third).and(Classes::of(Class::Past));
    let is = |index: usize, class| tokens.get(index).is_some_and(|token| token.is(class));
    let verb = (start..start + MAX_AUXILIARIES).find(|index| !is(*index, Class::Auxiliary))?;
    let token = tokens.get(verb)?;
    if !token.is(Class::Cue) {
        return None;
    }
    if token.classes.any(PRONOUN) {
        return Some(verb + 1);
    }
    let reports = token.is(Class::Second)
        && (token.classes.any(FINITE) || verb > start && token.is(Class::Participle));
    let mut subject = verb + 1;
    while is(subject, Class::Adverb) {
        subject += 1;
    }
    let first = tokens.get(subject)?;
    let named = first.is_word() && first.capital || first.is(Class::Determiner);
    (reports && named).then_some(subject)
}
