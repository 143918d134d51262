//! Turns of a transcript, and headlines that begin with their speaker: `RUIZ: We lost.`

use super::reported::ReportedSpeech;
use crate::analysis::reach;
use crate::analysis::syntax::NounPhrase;
use crate::analysis::tokens::{PosTag, TaggedToken, TokenShape};
use crate::lexicon::{Class, Classes};
use crate::text::segment::RawTokenKind;

/// The longest name before the colon of a turn that is not in capitals, in tokens.
const MAX_NAME: usize = 4;
/// The shortest turn, in tokens; `Score: 2-1` is none.
const MIN_TURN: usize = 4;

/// Classes that show that a name is a person's.
const PERSON: Classes = Classes::of(Class::FirstMale)
    .and(Classes::of(Class::FirstFemale))
    .and(Classes::of(Class::Honorific));

/// The turn that a paragraph is. `is_headline`: any name before the colon speaks.
pub(super) fn turn(tokens: &[TaggedToken], is_headline: bool) -> Option<ReportedSpeech> {
    let colon = tokens
        .iter()
        .take(reach::NOUN_PHRASE)
        .position(|token| token.tag == PosTag::Colon)?;
    let (name, words) = (&tokens[..colon], &tokens[colon + 1..]);
    // `ANA RUIZ, MAYOR OF LOWELL:`
    let comma = name
        .iter()
        .position(|token| token.tag == PosTag::Comma)
        .filter(|comma| *comma > 1);
    let in_capitals = name
        .iter()
        .enumerate()
        .all(|(index, token)| is_in_capitals(token) || comma == Some(index));
    let is_name = name.len() <= MAX_NAME
        && name
            .iter()
            .all(|token| matches!(token.tag, PosTag::Name | PosTag::Open | PosTag::Close));
    let is_person = || name.iter().any(|token| token.classes.any(PERSON));
    let speaks = !name.is_empty() && (in_capitals || is_name && (is_headline || is_person()));
    let quoted = words
        .iter()
        .any(|token| matches!(token.shape, TokenShape::Quotation(_)));
    if !speaks || quoted || words.len() < MIN_TURN {
        return None;
    }
    let name_end = match comma {
        Some(comma) if in_capitals => comma,
        _ => colon,
    };
    Some(ReportedSpeech {
        start: colon + 1,
        end: turn_end(tokens, colon + 1),
        cue: colon,
        source: Some(NounPhrase::of(0, name_end)),
        rule: "transcript",
    })
}

/// The end of the turn that begins at `start`, without its closing punctuation.
pub(super) fn turn_end(tokens: &[TaggedToken], start: usize) -> usize {
    let mut end = tokens.len();
    while end > start + 1 && tokens[end - 1].tag == PosTag::Stop {
        end -= 1;
    }
    end
}

/// Whether a word is in capitals, like the `Q` and `A` of an interview.
fn is_in_capitals(token: &TaggedToken) -> bool {
    let is_letter = token.capital && token.span.len() == 1;
    is_letter || token.shape == TokenShape::Text(RawTokenKind::Capitals)
}
