//! Interviews, whose turns begin with a letter or initials: `A: We lost.`, `AR: We lost.`
//!
//! `A` is the person named most often before the first question; initials are those of a person.

use crate::analysis::entities::EntityId;
use crate::analysis::tokens::{PosTag, TaggedToken};

/// The state of an interview.
#[derive(Debug, Default)]
pub(crate) struct Interview {
    /// A question has been asked.
    pub asked: bool,
    /// Who answers.
    pub answers: Option<EntityId>,
}

/// The kind of a turn, by its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// `Q:`, or `Q.` before a question.
    Question,
    /// `A:`, or `A.` after a question has been asked.
    Answer,
}

/// The turn that a paragraph is, and where its words begin. `asked`: a question has been asked.
pub(crate) fn turn(tokens: &[TaggedToken], text: &str, asked: bool) -> Option<(Turn, usize)> {
    let [letter, second, ..] = tokens else {
        return None;
    };
    let colon = second.tag == PosTag::Colon;
    let is_question = || tokens[tokens.len() - 1].span.of(text) == "?";
    match letter.span.of(text) {
        "Q" if colon => Some((Turn::Question, 2)),
        "Q." if is_question() => Some((Turn::Question, 1)),
        "A" if colon && asked => Some((Turn::Answer, 2)),
        "A." if asked => Some((Turn::Answer, 1)),
        _ => None,
    }
}
