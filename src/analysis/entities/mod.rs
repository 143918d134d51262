//! Entities: the people, bodies and places an article mentions, with their genders and roles.
//!
//! [`coreference::EntityTracker`] reads a paragraph and gives each name, pronoun and description its entity.
//! `name` and `role` read the words, `mention` records their place in the sentence, `table` keeps the
//! entities under their names, `salience` picks the antecedent of a pronoun and `description` the entity of
//! a phrase such as `the senator`.

mod name;

mod role;

mod mention;

mod table;

mod salience;

mod description;

pub(super) mod coreference;

use crate::lexicon::{Class, Classes};
use crate::text::Span;

/// Index of an entity in the table of an article.
pub(super) type EntityId = u32;

/// A person, body or place that the article mentions, or somebody it only describes.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its gender, if the article shows it.
    pub gender: Option<Gender>,
    /// Hash of the first name; 0 when there is none.
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
    /// The previous entity whose name ends in the same word.
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
    /// A person without a name.
    Unnamed,
    /// Several people without names.
    Group,
}

/// The gender of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// The entity a source refers to.
#[derive(Debug, Clone, Copy)]
pub(super) struct ResolvedSource {
    /// Who.
    pub entity: EntityId,
    /// How the source refers to it.
    pub reference: ReferenceKind,
    /// The mention by name that the source refers to, when it is not a name itself.
    pub antecedent: Option<Span>,
}

/// How a source refers to its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReferenceKind {
    /// It is the name.
    Name,
    /// It is a pronoun for a person.
    Pronoun,
    /// It is `it`, `they` or another pronoun.
    Plural,
    /// It describes a person whose name is elsewhere.
    Description,
    /// It is a description, and the article gives no name.
    Itself,
}

impl ReferenceKind {
    /// How likely the entity is right when the source is; `rule_ids` describes how this was counted.
    pub(super) const fn confidence(self) -> f32 {
        match self {
            Self::Name | Self::Itself => 0.99,
            Self::Pronoun => 0.91,
            Self::Plural => 0.7,
            Self::Description => 0.8,
        }
    }
}

impl Entity {
    /// Whether it can have the gender.
    fn fits_gender(&self, gender: Option<Gender>) -> bool {
        gender.is_none() || self.gender.is_none() || self.gender == gender
    }

    /// Whether there is evidence that a word is a person's name. `Suva`, when it only ever follows
    /// prepositions, may be a place.
    fn is_surely_person(&self) -> bool {
        self.acts || self.first != 0 || self.gender.is_some()
    }

    /// Adds another form of the name.
    fn add_alias(&mut self, span: Span, text: &str) {
        /// More forms than any name has; it bounds memory.
        const MAX_ALIASES: usize = 8;
        let words = span.of(text);
        let known =
            self.name.of(text) == words || self.aliases.iter().any(|alias| alias.of(text) == words);
        if !known && self.aliases.len() < MAX_ALIASES {
            self.aliases.push(span);
        }
    }
}

fn trim_stop(word: &str) -> &str {
    word.trim_end_matches('.')
}

fn gender_of(classes: Classes) -> Option<Gender> {
    match (classes.has(Class::Male), classes.has(Class::Female)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

fn gender_of_pronoun(classes: Classes) -> Option<Gender> {
    match (classes.has(Class::He), classes.has(Class::She)) {
        (true, _) => Some(Gender::Male),
        (_, true) => Some(Gender::Female),
        _ => None,
    }
}

/// Words for what somebody is.
const ROLE: Classes = Classes::of(Class::Role)
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Honorific));

/// Third-person pronouns for people.
const HE_OR_SHE: Classes = Classes::of(Class::He).and(Classes::of(Class::She));

/// Words on one line with single spaces; a compound that was broken at its hyphen is joined again.
pub(super) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() && (!line.ends_with('-') || line.ends_with(" -")) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
