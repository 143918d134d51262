//! Reporting clauses inside the quotation marks, as French news has them:
//! `« Nous irons loin, promet Karim Haddou. Et le bout, ce n'est pas demain. »`
//!
//! [`part`] cuts such a quotation in two around the clause, which then stands between them as anywhere else.

use super::quotation_marks::MarkPair;
use super::{PRONOUN, TaggedToken, TokenShape};
use crate::lexicon::{Class, Classes};
use crate::text::segment::RawTokenKind;

/// How many tokens a clause has at most.
const LONGEST: usize = 14;

/// The pairs with those that hold reporting clauses cut around them.
pub(crate) fn part(tokens: &[TaggedToken], pairs: Vec<MarkPair>) -> Vec<MarkPair> {
    let mut parted = Vec::with_capacity(pairs.len());
    for mut pair in pairs {
        let mut comma = pair.open;
        while let Some((start, end)) = next(tokens, comma, pair.end) {
            parted.push(MarkPair {
                end: start,
                closed: true,
                ..pair
            });
            pair = MarkPair {
                open: end,
                opened: false,
                ..pair
            };
            comma = end;
        }
        let words = tokens.get(pair.open..pair.end).unwrap_or_default();
        if words.iter().any(TaggedToken::is_word) {
            parted.push(pair);
        }
    }
    parted
}

/// The first reporting clause from `from`: where it starts, behind a comma, and ends, with the comma or full stop.
fn next(tokens: &[TaggedToken], from: usize, end: usize) -> Option<(usize, usize)> {
    (from + 2..end).find_map(|start| {
        let kind = |index: usize| tokens.get(index).map(|token| token.kind);
        if kind(start - 1) != Some(TokenShape::Text(RawTokenKind::Comma)) {
            return None;
        }
        let subject = subject(tokens, start)?;
        let stop = (subject..end.min(start + LONGEST)).find(|index| {
            matches!(
                kind(*index),
                Some(TokenShape::Text(
                    RawTokenKind::Comma
                        | RawTokenKind::Stop
                        | RawTokenKind::Ask
                        | RawTokenKind::Mark(_)
                ))
            )
        })?;
        let mark = matches!(kind(stop), Some(TokenShape::Text(RawTokenKind::Mark(_))));
        Some((start, if mark { stop } else { stop + 1 }))
    })
}

/// Where the subject of a reporting verb at `start` begins: `promet Haddou`, `a promis le maire`, `dit-il`.
fn subject(tokens: &[TaggedToken], start: usize) -> Option<usize> {
    const FINITE: Classes = Classes::of(Class::Third).and(Classes::of(Class::Past));
    let is = |index: usize, class| tokens.get(index).is_some_and(|token| token.is(class));
    let verb = (start..start + 3).find(|index| !is(*index, Class::Auxiliary))?;
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
