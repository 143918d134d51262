//! Which mentions are of the same person or body.
//!
//! [`Cast`] reads the names and pronouns of an article in order and gives each an entity. A surname or an
//! acronym goes to the entity with that name, a pronoun to the person who is most present where it
//! stands: recent, subject of a sentence, a speaker, of fitting gender and number. Descriptions such as
//! `the senator` go to the person with that role, or stand for themselves.

use std::collections::HashMap;

use super::name::{Core, Run};
use super::phrase::Phrase;
use super::token::{Part, Token};
use crate::lexicon::{Class, Classes, fold_hash};
use crate::text::Span;

/// Index of an entity in [`Cast::entities`].
pub(super) type EntityId = u32;

/// A person, body or description that the article speaks of.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its gender, when known.
    pub gender: Option<Gender>,
    /// Hash of the first name; 0 when unknown.
    first: u64,
    /// Hash of the last word of the name.
    last: u64,
    /// The fullest form of the name.
    pub name: Span,
    /// Other forms, each once.
    pub aliases: Vec<Span>,
    /// The latest role the article gives.
    pub role: Option<Span>,
    /// Hashes of role words: `senator`, `mayor`.
    roles: Vec<u64>,
    /// How often it is mentioned by name.
    count: u32,
    /// Where it was last mentioned by name.
    latest: u32,
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

/// A mention in the order of the text.
#[derive(Debug, Clone, Copy)]
struct Seen {
    entity: EntityId,
    sentence: u32,
    span: Span,
    /// Subject of its clause.
    subject: bool,
    /// Subject of a reporting verb.
    speaks: bool,
    /// After a preposition or as a possessive.
    oblique: bool,
    /// By name.
    named: bool,
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

/// How many mentions back a pronoun is looked for.
const WINDOW: usize = 40;

/// Margin over the next candidate at which a pronoun tells the gender of its antecedent.
const SURE: i32 = 20;
/// What it counts that the gender of a candidate is known and fits.
const KNOWN_GENDER: i32 = 10;
/// What each further mention counts, and at most.
const AGAIN: i32 = 3;
const AGAIN_MOST: i32 = 9;

/// The entities of an article.
#[derive(Default)]
pub(super) struct Cast {
    /// All entities in the order of their first mention.
    pub entities: Vec<Entity>,
    by_last: HashMap<u64, Vec<EntityId>>,
    by_first: HashMap<u64, EntityId>,
    by_acronym: HashMap<u64, EntityId>,
    by_description: HashMap<u64, EntityId>,
    seen: Vec<Seen>,
    sentence: u32,
    /// Entity of each token of the current paragraph.
    at: Vec<Option<EntityId>>,
}

impl Cast {
    /// The entity.
    pub(super) fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id as usize)
    }

    /// Reads the names and pronouns of a paragraph.
    pub(super) fn read(&mut self, tokens: &[Token], text: &str) {
        self.at.clear();
        self.at.resize(tokens.len(), None);
        self.sentence += 1;
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            index = match token.part {
                Part::Name => self.name_run(tokens, index, text),
                Part::Pronoun | Part::Object | Part::Possessive | Part::Cue
                    if token.classes.any(THIRD) =>
                {
                    self.pronoun(tokens, index);
                    index + 1
                }
                Part::Stop => {
                    self.sentence += 1;
                    index + 1
                }
                Part::Quotation => index + 1,
                _ => index + 1,
            };
        }
    }

    /// Reads the run of name words that starts at `start`; returns where it ends.
    fn name_run(&mut self, tokens: &[Token], start: usize, text: &str) -> usize {
        let run = Run::read(tokens, start);
        let end = run.end;
        if let Some(name) = run.core(tokens) {
            let entity = self.name(tokens, name, text);
            if let Some(entity) = entity {
                for place in self.at.iter_mut().take(end).skip(name.start) {
                    *place = Some(entity);
                }
                self.note_role(tokens, entity, start, name, text);
                let span = Phrase {
                    start: name.start,
                    end: name.end,
                    head_end: name.end,
                }
                .span(tokens);
                let seen = see(tokens, start, name.end, entity, self.sentence, span);
                self.push(seen);
            }
        }
        end
    }

    fn push(&mut self, seen: Seen) {
        if self.seen.len() >= WINDOW * 8 {
            self.seen.drain(..WINDOW * 6);
        }
        self.seen.push(seen);
    }

    /// The entity of a name.
    fn name(&mut self, tokens: &[Token], name: Core, text: &str) -> Option<EntityId> {
        let words = tokens.get(name.start..name.end)?;
        let (first, last) = (words.first()?, words.last()?);
        let span = first.span.join(last.span);
        let last_hash = fold_hash(trim_stop(last.span.of(text)));
        let first_hash = fold_hash(trim_stop(first.span.of(text)));
        let id = if words.len() == 1 {
            self.single(last, last_hash, name, text)?
        } else if name.kind == EntityKind::Person {
            self.full_name(words, first_hash, last_hash, name)
        } else {
            self.body(span, last_hash, name.kind, text)
        };
        if let Some(entity) = self.entities.get_mut(id as usize) {
            entity.count += 1;
            entity.latest = span.start;
            entity.gender = entity.gender.or(name.gender);
            add_alias(entity, span, text);
        }
        Some(id)
    }

    /// A name of one word: a surname, first name, acronym or place.
    fn single(&mut self, token: &Token, hash: u64, name: Core, text: &str) -> Option<EntityId> {
        let word = token.span.of(text);
        let known = self
            .by_last
            .get(&hash)
            .and_then(|known| self.best(known, name.gender));
        if let Some(known) = known {
            return Some(known);
        }
        if let Some(known) = self.by_acronym.get(&hash) {
            return Some(*known);
        }
        let given = token.is(Class::FirstMale) || token.is(Class::FirstFemale);
        if let (true, Some(known)) = (given && !name.titled, self.by_first.get(&hash)) {
            return Some(*known);
        }
        if word.len() < 2 {
            return None;
        }
        let kind = match name.kind {
            EntityKind::Person if !name.titled && token.is(Class::Place) => EntityKind::Place,
            kind => kind,
        };
        let id = self.create(kind, token.span, name.gender, 0, hash);
        if kind == EntityKind::Body {
            self.by_acronym.insert(hash, id);
        }
        Some(id)
    }

    /// Of the entities with a surname, the one that is meant: of fitting gender, the latest.
    fn best(&self, known: &[EntityId], gender: Option<Gender>) -> Option<EntityId> {
        let fits = |id: &&EntityId| {
            let entity = self.entity(**id);
            entity.is_some_and(|entity| {
                gender.is_none() || entity.gender.is_none() || entity.gender == gender
            })
        };
        known
            .iter()
            .rev()
            .take(12)
            .filter(fits)
            .max_by_key(|id| {
                self.entity(**id)
                    .map_or((0, 0), |entity| (entity.count.min(3), entity.latest))
            })
            .copied()
    }

    fn full_name(&mut self, words: &[Token], first: u64, last: u64, name: Core) -> EntityId {
        let known = self
            .by_last
            .get(&last)
            .into_iter()
            .flatten()
            .rev()
            .take(12)
            .copied()
            .find(|id| {
                self.entity(*id).is_some_and(|entity| {
                    let same_first = entity.first == first
                        || entity.first == 0 && entity.kind != EntityKind::Body;
                    same_first
                        && (name.gender.is_none()
                            || entity.gender.is_none()
                            || entity.gender == name.gender)
                })
            });
        let span = words
            .first()
            .map_or(Span::default(), |token| token.span)
            .join(words.last().map_or(Span::default(), |token| token.span));
        let id = known
            .unwrap_or_else(|| self.create(EntityKind::Person, span, name.gender, first, last));
        if let Some(entity) = self.entities.get_mut(id as usize) {
            entity.kind = EntityKind::Person;
            if entity.first == 0 || entity.name.len() < span.len() {
                entity.first = first;
                entity.name = span;
            }
        }
        self.by_first.insert(first, id);
        id
    }

    fn body(&mut self, span: Span, last: u64, kind: EntityKind, text: &str) -> EntityId {
        let whole = fold_hash(span.of(text));
        if let Some(known) = self.by_description.get(&whole) {
            return *known;
        }
        let id = self.create(kind, span, None, 0, last);
        self.by_description.insert(whole, id);
        let initials: String = span
            .of(text)
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .filter(|first| first.is_uppercase())
            .collect();
        if initials.len() > 1 {
            self.by_acronym.insert(fold_hash(&initials), id);
        }
        id
    }

    fn create(
        &mut self,
        kind: EntityKind,
        name: Span,
        gender: Option<Gender>,
        first: u64,
        last: u64,
    ) -> EntityId {
        let id = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
        self.entities.push(Entity {
            kind,
            gender,
            first,
            last,
            name,
            aliases: Vec::new(),
            role: None,
            roles: Vec::new(),
            count: 0,
            latest: name.start,
        });
        self.by_last.entry(last).or_default().push(id);
        id
    }

    /// Remembers the role words before and after a name.
    fn note_role(&mut self, tokens: &[Token], id: EntityId, run: usize, name: Core, text: &str) {
        let before = role_before(tokens, run, name.start);
        let after = role_after(tokens, name.end);
        let Some(entity) = self.entities.get_mut(id as usize) else {
            return;
        };
        for (start, end) in [before, after].into_iter().flatten() {
            let span = Phrase {
                start,
                end,
                head_end: end,
            }
            .span(tokens);
            entity.role = Some(span);
            for token in tokens.get(start..end).unwrap_or_default() {
                if token.classes.any(ROLE) {
                    let hash = fold_hash(trim_stop(token.span.of(text)));
                    if !entity.roles.contains(&hash) && entity.roles.len() < 12 {
                        entity.roles.push(hash);
                    }
                    entity.gender = entity.gender.or_else(|| gender_of(token.classes));
                }
            }
        }
    }

    /// Resolves the third-person pronoun at `index`.
    fn pronoun(&mut self, tokens: &[Token], index: usize) {
        let Some(token) = tokens.get(index) else {
            return;
        };
        let Some(gender) = gender_of_pronoun(token.classes) else {
            return;
        };
        let Some((entity, margin)) =
            self.antecedent(gender, matches!(token.part, Part::Pronoun | Part::Cue))
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
            if !person || entity.gender.is_some_and(|known| known != gender) {
                continue;
            }
            let distance = i32::try_from(self.sentence.saturating_sub(seen.sentence))
                .unwrap_or(99)
                .min(30);
            let score = presence(seen, distance, subject)
                + if entity.gender.is_some() {
                    KNOWN_GENDER
                } else {
                    0
                };
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

    /// The entity a source phrase stands for, and how that is known.
    pub(super) fn resolve(
        &mut self,
        tokens: &[Token],
        phrase: Phrase,
        text: &str,
    ) -> Option<Resolved> {
        let head = tokens.get(phrase.head_end.checked_sub(1)?)?;
        let before = self.entities.len();
        let entity = self.entity_of(tokens, phrase, text)?;
        let path = match head.part {
            Part::Name => Path::Name,
            Part::Pronoun | Part::Cue if head.classes.any(THIRD) => Path::Pronoun,
            Part::Pronoun => Path::Plural,
            _ if entity as usize == before
                || self
                    .entity(entity)
                    .is_some_and(|entity| entity.kind != EntityKind::Person) =>
            {
                Path::Itself
            }
            _ => Path::Description,
        };
        let position = phrase.span(tokens).start;
        let antecedent = self
            .seen
            .iter()
            .rev()
            .take(WINDOW)
            .find(|seen| seen.entity == entity && seen.named && seen.span.start < position);
        let antecedent = if path == Path::Name {
            None
        } else {
            antecedent.map(|seen| seen.span)
        };
        Some(Resolved {
            entity,
            path,
            antecedent,
        })
    }

    fn entity_of(&mut self, tokens: &[Token], phrase: Phrase, text: &str) -> Option<EntityId> {
        let head_end = phrase.head_end;
        let head = head_end.checked_sub(1)?;
        let named = self.at.get(head).copied().flatten();
        let head_token = tokens.get(head)?;
        if matches!(head_token.part, Part::Name | Part::Pronoun | Part::Cue) && named.is_some() {
            return named;
        }
        if head_token.part == Part::Pronoun
            && let Some(known) = self.latest_fit(head_token)
        {
            return Some(known);
        }
        self.description(tokens, phrase, text)
    }

    /// The body or group that `it` or `they` stands for: the latest subject, or else the latest of all.
    fn latest_fit(&self, pronoun: &Token) -> Option<EntityId> {
        let position = pronoun.span.start;
        let fits = |seen: &&Seen| {
            let kind = self.entity(seen.entity).map(|entity| entity.kind);
            let plural = pronoun.is(Class::They);
            let fits = match kind {
                Some(EntityKind::Body) => plural || pronoun.is(Class::It),
                Some(EntityKind::Group) => plural,
                _ => false,
            };
            fits && seen.span.start < position
        };
        let mut recent = self.seen.iter().rev().take(WINDOW).filter(fits);
        let subject = recent.clone().find(|seen| seen.subject || seen.speaks);
        subject.or_else(|| recent.next()).map(|seen| seen.entity)
    }

    /// The person a definite description such as `the front-runner` most likely stands for.
    fn most_present(&self, head: &Token) -> Option<EntityId> {
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
                entity.kind == EntityKind::Person
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

    /// The entity of a description: of the role or body it names when one is known, otherwise its own.
    fn description(&mut self, tokens: &[Token], phrase: Phrase, text: &str) -> Option<EntityId> {
        let id = self.described(tokens, phrase, text)?;
        let head = tokens.get(phrase.head_end.checked_sub(1)?)?;
        if head.part != Part::Pronoun {
            let span = phrase.span(tokens);
            self.push(Seen {
                entity: id,
                sentence: self.sentence,
                span,
                subject: true,
                speaks: true,
                oblique: false,
                named: false,
            });
        }
        Some(id)
    }

    fn described(&mut self, tokens: &[Token], phrase: Phrase, text: &str) -> Option<EntityId> {
        let head = tokens.get(phrase.head_end.checked_sub(1)?)?;
        let first = tokens.get(phrase.start)?;
        let hash = fold_hash(head.span.of(text));
        let definite = first.is(Class::Definite) && phrase.end == phrase.head_end;
        if definite && head.is(Class::Role) {
            let known = self
                .seen
                .iter()
                .rev()
                .take(WINDOW * 2)
                .map(|seen| seen.entity)
                .find(|id| {
                    self.entity(*id)
                        .is_some_and(|entity| entity.roles.contains(&hash))
                });
            if known.is_some() {
                return known;
            }
        }
        if definite
            && head.is(Class::Role)
            && head.part == Part::Noun
            && let Some(known) = self.most_present(head)
        {
            return Some(known);
        }
        if definite && head.is(Class::Organization) {
            let known = self.by_last.get(&hash).and_then(|known| {
                known.iter().rev().take(12).find(|id| {
                    self.entity(**id)
                        .is_some_and(|entity| entity.kind == EntityKind::Body)
                })
            });
            if known.is_some() {
                return known.copied();
            }
        }
        let span = phrase.span(tokens);
        let whole = fold_hash(span.of(text));
        if let Some(known) = self.by_description.get(&whole) {
            return Some(*known);
        }
        let kind = if head.is(Class::Role)
            || head.is(Class::Indefinite) && !head.is(Class::Determiner)
            || head.is(Class::I)
        {
            EntityKind::Unnamed
        } else if head.is(Class::RolePlural)
            || head.is(Class::Indefinite)
            || head.part == Part::Pronoun
        {
            EntityKind::Group
        } else {
            EntityKind::Body
        };
        let gender = tokens
            .get(phrase.start..phrase.head_end)
            .and_then(|tokens| {
                tokens
                    .iter()
                    .rev()
                    .find_map(|token| gender_of(token.classes))
            });
        let id = self.create(kind, span, gender, 0, 0);
        self.by_description.insert(whole, id);
        Some(id)
    }
}

/// Third-person pronouns of persons.
const THIRD: Classes = Classes::of(Class::He).and(Classes::of(Class::She));
/// Words that say what somebody is.
pub(super) const ROLE: Classes = Classes::of(Class::Role)
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Honorific));

/// How present a mention is to a pronoun some sentences later.
fn presence(seen: &Seen, distance: i32, subject: bool) -> i32 {
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

fn see(
    tokens: &[Token],
    start: usize,
    end: usize,
    entity: EntityId,
    sentence: u32,
    span: Span,
) -> Seen {
    let before = start
        .checked_sub(1)
        .and_then(|index| tokens.get(index))
        .map_or(Part::Stop, |token| token.part);
    let after = tokens.get(end).map_or(Part::Stop, |token| token.part);
    let oblique = matches!(before, Part::Preposition)
        || after == Part::Possessive
        || tokens
            .get(start)
            .is_some_and(|token| token.part == Part::Possessive);
    let inverted = before == Part::Cue
        && matches!(
            after,
            Part::Stop | Part::Comma | Part::Adverb | Part::Preposition
        );
    let speaks = after == Part::Cue || inverted;
    let subject = !oblique
        && (matches!(
            after,
            Part::Cue | Part::Verb | Part::Auxiliary | Part::Adverb
        ) || inverted
            || matches!(
                before,
                Part::Stop | Part::Coordinator | Part::Subordinator | Part::That
            ) && after != Part::Stop);
    let named = tokens
        .get(start)
        .is_some_and(|token| token.part == Part::Name);
    Seen {
        entity,
        sentence,
        span,
        subject,
        speaks,
        oblique,
        named,
    }
}

fn add_alias(entity: &mut Entity, span: Span, text: &str) {
    let words = span.of(text);
    let known =
        entity.name.of(text) == words || entity.aliases.iter().any(|alias| alias.of(text) == words);
    if !known && entity.aliases.len() < 8 {
        entity.aliases.push(span);
    }
}

fn trim_stop(word: &str) -> &str {
    word.trim_end_matches('.')
}

pub(super) fn gender_of(classes: Classes) -> Option<Gender> {
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

/// The words of a role before a name, without article: `Republican strategist` of `Republican strategist Ana Ruiz`.
fn role_before(tokens: &[Token], run: usize, name: usize) -> Option<(usize, usize)> {
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
fn role_after(tokens: &[Token], end: usize) -> Option<(usize, usize)> {
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
        Part::Comma | Part::Stop | Part::Dash
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
