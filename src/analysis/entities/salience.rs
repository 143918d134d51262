//! Who is most present where a pronoun stands.
//!
//! A mention counts more the nearer it is, as a subject, and as a speaker; less after a preposition.
//! Candidates must fit in gender and number. The weights were set by reading resolved pronouns in news.

use super::coreference::EntityTracker;
use super::role::apposed;
use super::{EntityId, EntityKind, Gender, gender_of, gender_of_pronoun};
use crate::analysis::tokens::{PosTag, TaggedToken};
use crate::lexicon::{Class, Classes};
use crate::text::Span;

/// A mention in the order of the text.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, read one by one"
)]
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntityMention {
    /// Of whom.
    pub entity: EntityId,
    /// In which sentence, counted from the start.
    pub sentence: u32,
    /// Where.
    pub span: Span,
    /// Subject of its clause.
    pub subject: bool,
    /// Subject of a reporting verb.
    pub speaks: bool,
    /// After a preposition or as a possessive.
    pub oblique: bool,
    /// By name.
    pub named: bool,
    /// In a headline, which pronouns in the text do not take up.
    pub headline: bool,
}

/// How many mentions back a pronoun is looked for.
pub(crate) const WINDOW: usize = 40;

/// Margin over the next candidate at which a pronoun tells the gender of its antecedent.
const SURE: i32 = 20;
/// What it counts that the gender of a candidate is known and fits.
const KNOWN_GENDER: i32 = 10;
/// What it counts against a candidate that nothing but a description is known of it.
const UNNAMED: i32 = 10;
/// What each further mention counts, and at most.
const AGAIN: i32 = 3;
const AGAIN_MOST: i32 = 9;

impl EntityTracker {
    /// Resolves the third-person pronoun at `index`.
    pub(crate) fn pronoun(&mut self, tokens: &[TaggedToken], index: usize) {
        let Some(token) = tokens.get(index) else {
            return;
        };
        let Some(gender) = gender_of_pronoun(token.classes) else {
            return;
        };
        let Some((entity, margin)) =
            self.antecedent(gender, matches!(token.tag, PosTag::Pronoun | PosTag::Cue))
        else {
            return;
        };
        if let Some(place) = self.at.get_mut(index) {
            *place = Some(entity);
        }
        if let Some(entity) = self.entities.get_mut(entity as usize)
            && margin >= SURE
        {
            entity.gender = entity.gender.or(Some(gender));
        }
        let seen = see(tokens, index, index + 1, entity, self.sentence, token.span);
        self.push(seen);
    }

    /// The person a third-person pronoun stands for, and by how much they are more present than the next.
    fn antecedent(&self, gender: Gender, subject: bool) -> Option<(EntityId, i32)> {
        let mut scores: Vec<(EntityId, i32, i32)> = Vec::with_capacity(8);
        for seen in self.seen.iter().rev().take(WINDOW) {
            let Some(entity) = self.entity(seen.entity) else {
                continue;
            };
            let person = matches!(entity.kind, EntityKind::Person | EntityKind::Unnamed);
            // A word such as Suva that only ever stands after prepositions may be a place.
            let known = entity.acts || entity.first != 0 || entity.gender.is_some();
            let headline = seen.headline && entity.kind == EntityKind::Unnamed;
            if headline || !person || !known || entity.gender.is_some_and(|known| known != gender) {
                continue;
            }
            let distance = i32::try_from(self.sentence.saturating_sub(seen.sentence))
                .unwrap_or(99)
                .min(30);
            let known_gender = if entity.gender.is_some() {
                KNOWN_GENDER
            } else {
                0
            };
            let unnamed = if entity.kind == EntityKind::Unnamed {
                UNNAMED
            } else {
                0
            };
            let score = presence(seen, distance, subject) + known_gender - unnamed;
            match scores.iter_mut().find(|(id, ..)| *id == seen.entity) {
                Some((_, top, times)) => {
                    *top = (*top).max(score);
                    *times += 1;
                }
                None => scores.push((seen.entity, score, 0)),
            }
        }
        let mut totals: Vec<(i32, EntityId)> = scores
            .iter()
            .map(|(id, top, times)| (top + (AGAIN * times).min(AGAIN_MOST), *id))
            .collect();
        // Of equals the one mentioned last, which was found first.
        totals.sort_by_key(|(total, _)| -total);
        let (best, entity) = *totals.first()?;
        let second = totals.get(1).map_or(0, |(total, _)| *total);
        Some((entity, best - second))
    }

    /// The body or group that `it` or `they` stands for: the latest subject, or else the latest of all.
    pub(crate) fn latest_fit(&self, pronoun: &TaggedToken) -> Option<EntityId> {
        let position = pronoun.span.start;
        let fits = |seen: &&EntityMention| {
            let kind = self.entity(seen.entity).map(|entity| entity.kind);
            let plural = pronoun.is(Class::They);
            let fits = match kind {
                Some(EntityKind::Body) => plural || pronoun.is(Class::It),
                Some(EntityKind::Group) => plural,
                _ => false,
            };
            fits && !seen.headline && seen.span.start < position
        };
        let mut recent = self.seen.iter().rev().take(WINDOW).filter(fits);
        let subject = recent.clone().find(|seen| seen.subject || seen.speaks);
        subject.or_else(|| recent.next()).map(|seen| seen.entity)
    }

    /// The person a definite description such as `the front-runner` most likely stands for.
    pub(crate) fn most_present(&self, head: &TaggedToken) -> Option<EntityId> {
        let position = head.span.start;
        let gender = gender_of(head.classes);
        let mut best: Option<(i32, EntityId)> = None;
        for seen in self
            .seen
            .iter()
            .rev()
            .take(WINDOW)
            .filter(|seen| seen.span.start < position)
        {
            let fits = self.entity(seen.entity).is_some_and(|entity| {
                let known = entity.acts || entity.first != 0 || entity.gender.is_some();
                entity.kind == EntityKind::Person
                    && known
                    && (gender.is_none() || entity.gender.is_none() || entity.gender == gender)
            });
            let distance = i32::try_from(self.sentence.saturating_sub(seen.sentence))
                .unwrap_or(99)
                .min(30);
            let score = presence(seen, distance, true);
            if fits && distance <= 6 && best.is_none_or(|(top, _)| score > top) {
                best = Some((score, seen.entity));
            }
        }
        best.map(|(_, entity)| entity)
    }
}

/// Third-person pronouns of persons.
pub(crate) const THIRD: Classes = Classes::of(Class::He).and(Classes::of(Class::She));

/// How present a mention is to a pronoun some sentences later.
fn presence(seen: &EntityMention, distance: i32, subject: bool) -> i32 {
    let mut score = 100 - distance * 22;
    if seen.subject {
        score += if distance == 0 && !subject { 30 } else { 24 };
    }
    if seen.speaks {
        score += 12;
    }
    if seen.oblique {
        score -= 18;
    }
    score
}

const fn opens_sentence(before: PosTag) -> bool {
    matches!(
        before,
        PosTag::Stop | PosTag::Dash | PosTag::Coordinator | PosTag::Subordinator | PosTag::That
    )
}

/// Where the description starts that a name after a comma explains, when its sentence begins with it:
/// `The governor of the bank, Ana Ruiz, …`.
fn explained(tokens: &[TaggedToken], start: usize) -> Option<usize> {
    let part = |index: usize| tokens.get(index).map_or(PosTag::Stop, |token| token.tag);
    let (first, _) = apposed(tokens, start)?;
    let opens = first == 0
        || matches!(
            part(first - 1),
            PosTag::Stop | PosTag::Dash | PosTag::Cue | PosTag::Adverb
        );
    (matches!(part(first), PosTag::Determiner | PosTag::Possessive) && opens).then_some(first)
}

/// A mention, with the part it plays in its clause.
pub(crate) fn see(
    tokens: &[TaggedToken],
    start: usize,
    end: usize,
    entity: EntityId,
    sentence: u32,
    span: Span,
) -> EntityMention {
    let before = start
        .checked_sub(1)
        .and_then(|index| tokens.get(index))
        .map_or(PosTag::Stop, |token| token.tag);
    // „erklärte Sprecherin Nina Albrecht“
    let cue_before = |index: usize| {
        (tokens.get(index)).is_some_and(|token| token.tag == PosTag::Noun && token.is(Class::Role))
            && (index.checked_sub(1).and_then(|index| tokens.get(index)))
                .is_some_and(|token| token.tag == PosTag::Cue)
    };
    let said_before = before == PosTag::Cue || start.checked_sub(1).is_some_and(cue_before);
    let after = tokens.get(end).map_or(PosTag::Stop, |token| token.tag);
    let part = |index: Option<usize>| {
        index
            .and_then(|index| tokens.get(index))
            .map_or(PosTag::Stop, |token| token.tag)
    };
    let oblique = before == PosTag::Preposition
        || before == PosTag::Determiner && part(start.checked_sub(2)) == PosTag::Preposition
        || after == PosTag::Possessive
        || tokens
            .get(start)
            .is_some_and(|token| token.tag == PosTag::Possessive);
    let inverted = said_before
        && matches!(
            after,
            PosTag::Stop | PosTag::Comma | PosTag::Adverb | PosTag::Preposition
        );
    // “its director, Ana Ruiz, said”
    let said = after == PosTag::Comma
        && tokens
            .get(end + 1)
            .is_some_and(|token| token.tag == PosTag::Cue);
    let speaks = after == PosTag::Cue || said || inverted;
    let subject = !oblique
        && (matches!(
            after,
            PosTag::Cue | PosTag::Verb | PosTag::Auxiliary | PosTag::Adverb
        ) || said
            || inverted
            || opens_sentence(before) && after != PosTag::Stop
            || before == PosTag::Comma && explained(tokens, start).is_some()
            || before == PosTag::Auxiliary && after == PosTag::Comma);
    let named = tokens
        .get(start)
        .is_some_and(|token| token.tag == PosTag::Name);
    EntityMention {
        entity,
        sentence,
        span,
        subject,
        speaks,
        oblique,
        named,
        headline: false,
    }
}
