//! Mentions of entities, with their role in the sentence.

use std::ops::Range;

use super::EntityId;
use super::role::description_before;
use crate::analysis::syntax::Sentence;
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;
use crate::text::Span;

/// How many mentions back an antecedent is looked for. Pronouns refer to somebody in the last paragraphs.
pub(crate) const ANTECEDENT_WINDOW: usize = 40;
/// How many mentions are kept, and how many the oldest of them are dropped at once.
const MAX_KEPT: usize = 8 * ANTECEDENT_WINDOW;
const DROPPED: usize = 6 * ANTECEDENT_WINDOW;

/// A mention of an entity.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, read one by one"
)]
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntityMention {
    /// The entity.
    pub entity: EntityId,
    /// The number of the sentence, counted from the start of the article.
    pub sentence: u32,
    /// The words.
    pub span: Span,
    /// It is the subject of its clause.
    pub subject: bool,
    /// It is the subject of a reporting verb.
    pub speaks: bool,
    /// It follows a preposition or is a possessive.
    pub oblique: bool,
    /// It is by name.
    pub named: bool,
    /// It is in a headline; pronouns in the text do not refer to it.
    pub headline: bool,
}

/// The mentions of an article in order; only the latest few hundred are kept.
#[derive(Default)]
pub(crate) struct MentionHistory {
    mentions: Vec<EntityMention>,
    /// The number of sentences read.
    pub sentence: u32,
    /// Whether a headline is being read.
    pub headline: bool,
}

impl MentionHistory {
    /// Adds a mention.
    pub(crate) fn push(&mut self, mention: EntityMention) {
        if self.mentions.len() >= MAX_KEPT {
            self.mentions.drain(..DROPPED);
        }
        self.mentions.push(EntityMention {
            headline: self.headline,
            ..mention
        });
    }

    /// The last `n` mentions, the latest first.
    pub(crate) fn latest(&self, n: usize) -> impl Iterator<Item = &EntityMention> + Clone {
        self.mentions.iter().rev().take(n)
    }

    /// How many sentences ago a mention was.
    pub(crate) fn sentences_since(&self, mention: &EntityMention) -> u32 {
        self.sentence - mention.sentence
    }
}

impl EntityMention {
    /// The mention of `entity` by the words at `words` of a paragraph. `span`: the bytes of its name.
    pub(crate) fn read(
        paragraph: &Sentence<'_>,
        words: Range<usize>,
        entity: EntityId,
        sentence: u32,
        span: Span,
    ) -> Self {
        let Range { start, end } = words;
        let (before, after) = (paragraph.tag_before(start), paragraph.tag(end));
        let said_before = before == PosTag::Cue || is_after_cue_and_role(paragraph, start);
        let oblique = before == PosTag::Preposition
            || before == PosTag::Determiner
                && paragraph.tag_before(start - 1) == PosTag::Preposition
            || after == PosTag::Possessive
            || paragraph.tag(start) == PosTag::Possessive;
        let inverted = said_before
            && matches!(
                after,
                PosTag::Stop | PosTag::Comma | PosTag::Adverb | PosTag::Preposition
            );
        // “its director, Ana Ruiz, said”
        let said = after == PosTag::Comma && paragraph.tag(end + 1) == PosTag::Cue;
        let subject = after.is_finite_verb()
            || after == PosTag::Adverb
            || said
            || inverted
            || opens_sentence(before) && after != PosTag::Stop
            || before == PosTag::Comma && explains_first_words(paragraph, start)
            || before == PosTag::Auxiliary && after == PosTag::Comma;
        Self {
            entity,
            sentence,
            span,
            subject: subject && !oblique,
            speaks: after == PosTag::Cue || said || inverted,
            oblique,
            named: paragraph.tag(start) == PosTag::Name,
            headline: false,
        }
    }
}

/// „erklärte Sprecherin Nina Albrecht“: whether a reporting verb and a role are before the name.
fn is_after_cue_and_role(paragraph: &Sentence<'_>, start: usize) -> bool {
    paragraph.tag_before(start) == PosTag::Noun
        && paragraph.is(start - 1, Class::Role)
        && paragraph.tag_before(start - 1) == PosTag::Cue
}

const fn opens_sentence(before: PosTag) -> bool {
    matches!(
        before,
        PosTag::Stop | PosTag::Dash | PosTag::Coordinator | PosTag::Subordinator | PosTag::That
    )
}

/// Whether a name after a comma is in apposition to the first words of its sentence: `The governor of the
/// bank, Ana Ruiz, …`.
fn explains_first_words(paragraph: &Sentence<'_>, name: usize) -> bool {
    let Some((first, _)) = description_before(paragraph, name) else {
        return false;
    };
    let opens = matches!(
        paragraph.tag_before(first),
        PosTag::Stop | PosTag::Dash | PosTag::Cue | PosTag::Adverb
    );
    let described = matches!(
        paragraph.tag(first),
        PosTag::Determiner | PosTag::Possessive
    );
    described && opens
}
