//! Entities: whom an article speaks of, with their genders and roles.

pub(super) mod coreference;
pub(super) mod name;
pub(super) mod role;
pub(super) mod salience;
pub(super) mod speakers;

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
    /// The fullest role the article gives.
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
pub(super) struct ResolvedSource {
    /// Who.
    pub entity: EntityId,
    /// How that is known.
    pub path: ReferenceKind,
    /// The mention by name that the source refers to, when it is no name itself.
    pub antecedent: Option<Span>,
}

/// How the entity of a source is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReferenceKind {
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

impl ReferenceKind {
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

/// Words that say what somebody is.
pub(super) const ROLE: Classes = Classes::of(Class::Role)
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Honorific));
