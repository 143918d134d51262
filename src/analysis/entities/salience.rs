//! Salience: who is most prominent where a pronoun or a description is.
//!
//! A mention counts more the nearer it is, as a subject, and as a speaker, and less after a preposition. A
//! candidate must fit in gender and number. The weights were set by reading resolved pronouns in news.

use super::mention::{ANTECEDENT_WINDOW, EntityMention, MentionHistory};
use super::table::EntityTable;
use super::{EntityId, EntityKind, Gender, gender_of};
use crate::analysis::tokens::TaggedToken;
use crate::lexicon::Class;

/// The score of a mention in the same sentence.
const SAME_SENTENCE: i64 = 100;
/// What each sentence between a mention and the pronoun costs.
const PER_SENTENCE: i64 = 22;
/// Beyond this distance all mentions are equally far.
const MAX_DISTANCE: u32 = 30;
/// What the subject of a clause gets.
const SUBJECT: i64 = 24;
/// What the subject of the pronoun's own sentence gets when the pronoun is an object or possessive.
const SUBJECT_OF_OBJECT: i64 = 30;
/// What a speaker gets.
const SPEAKER: i64 = 12;
/// What a mention after a preposition, or as a possessive, loses.
const OBLIQUE: i64 = 18;
/// What a candidate gets when its gender is certain and fits.
const SAME_GENDER: i64 = 10;
/// What a candidate without a name loses.
const UNNAMED: i64 = 10;
/// What each further mention adds, and the most all of them add.
const REPEATED: i64 = 3;
const MAX_REPEATED: i64 = 9;

/// The furthest antecedent of a description, in sentences.
const DESCRIPTION_REACH: u32 = 6;

/// The antecedent of a pronoun.
pub(crate) struct Antecedent {
    /// Who.
    pub entity: EntityId,
    /// The score above the next candidate's.
    pub margin: i64,
}

/// What is counted for a candidate.
struct Candidate {
    entity: EntityId,
    /// The score of its best mention.
    top: i64,
    /// The number of its other mentions.
    repeats: i64,
}

/// The person a third-person pronoun refers to. `is_subject`: the pronoun is not an object or possessive.
pub(crate) fn antecedent(
    table: &EntityTable,
    history: &MentionHistory,
    gender: Gender,
    is_subject: bool,
) -> Option<Antecedent> {
    let mut candidates: Vec<Candidate> = Vec::with_capacity(8);
    for mention in history.latest(ANTECEDENT_WINDOW) {
        let entity = table.get(mention.entity);
        let unnamed = entity.kind == EntityKind::Unnamed;
        let fits = (unnamed || entity.kind == EntityKind::Person)
            && entity.is_surely_person()
            && entity.fits_gender(Some(gender));
        if !fits || mention.headline && unnamed {
            continue;
        }
        let mut score = salience(history, mention, is_subject);
        if entity.gender.is_some() {
            score += SAME_GENDER;
        }
        if unnamed {
            score -= UNNAMED;
        }
        let known = candidates
            .iter_mut()
            .find(|candidate| candidate.entity == mention.entity);
        match known {
            Some(candidate) => {
                candidate.top = candidate.top.max(score);
                candidate.repeats += 1;
            }
            None => candidates.push(Candidate {
                entity: mention.entity,
                top: score,
                repeats: 0,
            }),
        }
    }
    best(&candidates)
}

/// The candidate with the highest total; of equals the one mentioned last, which was found first.
fn best(candidates: &[Candidate]) -> Option<Antecedent> {
    let total =
        |candidate: &Candidate| candidate.top + (REPEATED * candidate.repeats).min(MAX_REPEATED);
    let mut totals: Vec<(i64, EntityId)> = candidates
        .iter()
        .map(|candidate| (total(candidate), candidate.entity))
        .collect();
    totals.sort_by_key(|(total, _)| -total);
    match totals.as_slice() {
        [] => None,
        [(only, entity)] => Some(Antecedent {
            entity: *entity,
            margin: *only,
        }),
        [(first, entity), (second, _), ..] => Some(Antecedent {
            entity: *entity,
            margin: first - second,
        }),
    }
}

/// The body or group that `it` or `they` refers to: the latest subject, or else the latest of all.
pub(crate) fn body_or_group(
    table: &EntityTable,
    history: &MentionHistory,
    pronoun: &TaggedToken,
) -> Option<EntityId> {
    let plural = pronoun.is(Class::They);
    let fits = |mention: &&EntityMention| {
        let fits_number = match table.get(mention.entity).kind {
            EntityKind::Body => plural || pronoun.is(Class::It),
            EntityKind::Group => plural,
            _ => false,
        };
        fits_number && !mention.headline && mention.span.start < pronoun.span.start
    };
    subject_or_latest(history.latest(ANTECEDENT_WINDOW).filter(fits))
}

/// The first subject or speaker among mentions, or else the first mention.
pub(crate) fn subject_or_latest<'m>(
    mut mentions: impl Iterator<Item = &'m EntityMention> + Clone,
) -> Option<EntityId> {
    let mut subjects = mentions
        .clone()
        .filter(|mention| mention.subject || mention.speaks);
    let mention = subjects.next().or_else(|| mentions.next())?;
    Some(mention.entity)
}

/// The person a definite description such as `the front-runner` most likely refers to.
pub(crate) fn most_salient_person(
    table: &EntityTable,
    history: &MentionHistory,
    head: &TaggedToken,
) -> Option<EntityId> {
    let gender = gender_of(head.classes);
    let mut best: Option<(i64, EntityId)> = None;
    for mention in history.latest(ANTECEDENT_WINDOW) {
        let entity = table.get(mention.entity);
        let fits = entity.kind == EntityKind::Person
            && entity.is_surely_person()
            && entity.fits_gender(gender);
        let near = history.sentences_since(mention) <= DESCRIPTION_REACH
            && mention.span.start < head.span.start;
        let score = salience(history, mention, true);
        if fits && near && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, mention.entity));
        }
    }
    best.map(|(_, entity)| entity)
}

/// The salience of a mention in the current sentence.
fn salience(history: &MentionHistory, mention: &EntityMention, is_subject: bool) -> i64 {
    let distance = history.sentences_since(mention).min(MAX_DISTANCE);
    let mut score = SAME_SENTENCE - i64::from(distance) * PER_SENTENCE;
    if mention.subject {
        score += if distance == 0 && !is_subject {
            SUBJECT_OF_OBJECT
        } else {
            SUBJECT
        };
    }
    if mention.speaks {
        score += SPEAKER;
    }
    if mention.oblique {
        score -= OBLIQUE;
    }
    score
}
