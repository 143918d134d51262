//! Entities: whom an article speaks of, with their genders and roles.

use super::token::{Part, Token};
use crate::lexicon::{Class, Classes};
use crate::text::Span;

/// Index of an entity in the cast.
pub(super) type EntityId = u32;

/// A person, body or description that the article speaks of.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its gender, when known.
    pub gender: Option<Gender>,
    /// Hash of the first name; 0 when unknown.
    pub first: u64,
    /// The fullest form of the name.
    pub name: Span,
    /// Other forms, each once.
    pub aliases: Vec<Span>,
    /// The latest role the article gives.
    pub role: Option<Span>,
    /// Hashes of role words: `senator`, `mayor`.
    pub roles: Vec<u64>,
    /// Whether it has been the subject of a clause.
    pub acts: bool,
    /// How often it is mentioned by name.
    pub count: u32,
    /// Where it was last mentioned by name.
    pub latest: u32,
    /// The entity before it whose name ends in the same word.
    pub namesake: Option<EntityId>,
}

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntityKind {
    /// A person with a name.
    Person,
    /// An organization.
    Body,
    /// A place, also as an actor.
    Place,
    /// Somebody without a name.
    Unnamed,
    /// Several persons without names.
    Group,
}

/// Grammatical gender of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// What a source stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolved {
    /// Who.
    pub entity: EntityId,
    /// How that is known.
    pub path: Path,
    /// The mention by name that the source refers to, when it is no name itself.
    pub antecedent: Option<Span>,
}

/// How the entity of a source is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    /// By its name.
    Name,
    /// A pronoun for a person.
    Pronoun,
    /// `it`, `they` and other pronouns.
    Plural,
    /// A description of a person named elsewhere.
    Description,
    /// A description that stands for itself.
    Itself,
}

impl Path {
    /// How likely the entity is right when the source is; see `reason` for how it was counted.
    pub(super) const fn confidence(self) -> f32 {
        match self {
            Self::Name | Self::Itself => 0.99,
            Self::Pronoun => 0.91,
            Self::Plural => 0.7,
            Self::Description => 0.8,
        }
    }
}

pub(super) fn add_alias(entity: &mut Entity, span: Span, text: &str) {
    let words = span.of(text);
    let known =
        entity.name.of(text) == words || entity.aliases.iter().any(|alias| alias.of(text) == words);
    if !known && entity.aliases.len() < 8 {
        entity.aliases.push(span);
    }
}

pub(super) fn trim_stop(word: &str) -> &str {
    word.trim_end_matches('.')
}

pub(super) fn gender_of(classes: Classes) -> Option<Gender> {
    match (classes.has(Class::Male), classes.has(Class::Female)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

pub(super) fn gender_of_pronoun(classes: Classes) -> Option<Gender> {
    match (classes.has(Class::He), classes.has(Class::She)) {
        (true, _) => Some(Gender::Male),
        (_, true) => Some(Gender::Female),
        _ => None,
    }
}

/// The words of a role before a name, without article: `Republican strategist` of `Republican strategist Ana Ruiz`.
pub(super) fn role_before(tokens: &[Token], run: usize, name: usize) -> Option<(usize, usize)> {
    let mut start = run.min(name);
    while start > 0 && name - start < 8 {
        match tokens.get(start - 1).map(|token| token.part) {
            Some(Part::Name | Part::Noun | Part::Number) => start -= 1,
            _ => break,
        }
    }
    let has_role = tokens
        .get(start..name)?
        .iter()
        .any(|token| token.is(Class::Role) || token.is(Class::Title));
    has_role.then_some((start, name))
}

/// The words of an apposition after a name, without article: `a Democrat from New York`.
pub(super) fn role_after(tokens: &[Token], end: usize) -> Option<(usize, usize)> {
    if tokens.get(end)?.part != Part::Comma {
        return None;
    }
    let mut start = end + 1;
    if matches!(tokens.get(start)?.part, Part::Determiner | Part::Possessive) {
        start += 1;
    }
    let stop = (start..tokens.len().min(start + 14)).find(|index| {
        tokens.get(*index).is_some_and(|token| {
            matches!(
                token.part,
                Part::Comma
                    | Part::Stop
                    | Part::Dash
                    | Part::Colon
                    | Part::Quotation
                    | Part::Relative
                    | Part::Verb
                    | Part::Cue
                    | Part::Auxiliary
                    | Part::Pronoun
            )
        })
    })?;
    let words = tokens.get(start..stop)?;
    let closes = matches!(
        tokens.get(stop)?.part,
        Part::Comma | Part::Stop | Part::Dash | Part::Colon
    );
    let head = words
        .iter()
        .position(|token| token.part == Part::Preposition)
        .unwrap_or(words.len());
    let has_role = words
        .get(..head)?
        .iter()
        .any(|token| token.is(Class::Role) && token.part != Part::Name || token.is(Class::Title));
    (closes && has_role).then_some((start, stop))
}

/// Words that say what somebody is.
pub(super) const ROLE: Classes = Classes::of(Class::Role)
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Honorific));
