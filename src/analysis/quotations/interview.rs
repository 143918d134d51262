//! Interviews: whose turn stands behind a letter or initials, `A: We lost.`, `AR: We lost.`
//!
//! An `A` is the person whom the words above the first question name most; initials are of whom they fit.

use crate::analysis::entities::coreference::EntityTracker;
use crate::analysis::entities::{EntityId, EntityKind};
use crate::analysis::tokens::{PosTag, TaggedToken};

/// What is known of an interview.
#[derive(Debug, Default)]
pub(crate) struct Interview {
    /// A question was asked.
    pub asked: bool,
    /// Who answers it.
    pub answers: Option<EntityId>,
}

/// What a turn is by its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// `Q:`, or `Q.` before a question.
    Question,
    /// `A:`, or `A.` once a question was asked.
    Answer,
}

/// The turn that a paragraph is by the letter it begins with, and where its words begin. `asked`: a question stood
/// before it.
pub(crate) fn turn(tokens: &[TaggedToken], text: &str, asked: bool) -> Option<(Turn, usize)> {
    let letter = tokens.first()?.span.of(text);
    let colon = tokens.get(1)?.tag == PosTag::Colon;
    let questions = || {
        tokens
            .last()
            .is_some_and(|token| token.span.of(text) == "?")
    };
    match letter {
        "Q" if colon => Some((Turn::Question, 2)),
        "Q." if questions() => Some((Turn::Question, 1)),
        "A" if colon && asked => Some((Turn::Answer, 2)),
        "A." if asked => Some((Turn::Answer, 1)),
        _ => None,
    }
}

impl EntityTracker {
    /// Who answers: the person named most so far.
    pub(crate) fn answering(&self) -> Option<EntityId> {
        let persons = (0..).zip(&self.entities);
        let persons = persons.filter(|(_, entity)| entity.kind == EntityKind::Person);
        // Of two that are named as often the one named first.
        let named = persons.max_by_key(|(id, entity)| (entity.count, std::cmp::Reverse(*id)));
        named.map(|(id, _)| id)
    }
}
