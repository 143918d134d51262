//! Names: where they start behind their titles, and whether they are of a person, a body or a place.
//!
//! `Russian President Vladimir Putin` is the name `Vladimir Putin` with a title; `Department of Justice`
//! is a body; `Georgia` is a place.

use super::{EntityKind, Gender, ROLE, gender_of};
use crate::analysis::tokens::{PosTag, TaggedToken};
use crate::lexicon::{Class, Classes};

/// A run of name words.
pub(crate) struct NameRun {
    start: usize,
    pub end: usize,
}

/// The part of a run that is the name proper, and what the words around it tell.
#[derive(Clone, Copy)]
pub(crate) struct ProperName {
    pub start: usize,
    pub end: usize,
    pub kind: EntityKind,
    pub gender: Option<Gender>,
    /// A title or honorific stands before it.
    pub titled: bool,
}

impl NameRun {
    pub(crate) fn read(tokens: &[TaggedToken], start: usize) -> Self {
        let mut end = start + 1;
        let mut body = tokens
            .get(start)
            .is_some_and(|token| token.is(Class::Organization));
        while let Some(token) = tokens.get(end) {
            let joins = match token.tag {
                PosTag::Name => !(token.is(Class::Honorific) && token.classes.any(GENDER)),
                // `Department of Justice`, `Leonardo di Caprio`
                PosTag::Preposition | PosTag::Noun | PosTag::Determiner => {
                    let inside = token.is(Class::Particle) || body && token.is(Class::Of);
                    // `Shell plc`
                    let form = token.is(Class::Organization) && token.is(Class::Abbreviation);
                    let named = |index: usize| {
                        (tokens.get(index)).is_some_and(|next| next.tag == PosTag::Name)
                    };
                    // `Ursula von der Leyen`
                    let particle = tokens
                        .get(end + 1)
                        .is_some_and(|next| next.is(Class::Particle));
                    form || inside && (named(end + 1) || particle && named(end + 2))
                }
                // `Harbor Pilots’ Association`
                PosTag::Possessive => {
                    token.mark().is_some()
                        && tokens.get(end + 1).is_some_and(|next| {
                            next.tag == PosTag::Name && next.is(Class::Organization)
                        })
                }
                _ => false,
            };
            if !joins {
                break;
            }
            body |= token.is(Class::Organization);
            end += 1;
        }
        Self { start, end }
    }

    /// The name without titles before it.
    pub(crate) fn core(&self, tokens: &[TaggedToken]) -> Option<ProperName> {
        let words = tokens.get(self.start..self.end)?;
        let (offset, has_title) = name_offset(words);
        let start = self.start + offset;
        let core = words.get(offset..)?;
        let mut end = self.end;
        if core.len() > 1 && core.last().is_some_and(|token| token.is(Class::NameSuffix)) {
            end -= 1;
        }
        let core = tokens.get(start..end)?;
        let (first, last) = (core.first()?, core.last()?);
        let titled = has_title
            || self.start > 0
                && tokens
                    .get(self.start - 1)
                    .is_some_and(|token| token.classes.any(ROLE));
        let kind = kind_of(core, titled);
        let honorific = tokens
            .get(self.start..start)
            .unwrap_or_default()
            .iter()
            .rev()
            .find_map(|token| gender_of(token.classes));
        let given = if core.len() > 1 || !titled && !last.is(Class::Place) {
            given_gender(first)
        } else {
            None
        };
        let role = self
            .start
            .checked_sub(1)
            .and_then(|index| tokens.get(index))
            .and_then(|token| gender_of(token.classes));
        Some(ProperName {
            start,
            end,
            kind,
            gender: honorific.or(given).or(role),
            titled,
        })
    }
}

/// Where the name starts behind titles and the like, and whether there is a title.
fn name_offset(words: &[TaggedToken]) -> (usize, bool) {
    // In `UN Secretary General Ana Ruiz` the body stands before the title and is not the name.
    let behind = words
        .iter()
        .rposition(|token| token.classes.any(TITLE))
        .map_or(0, |title| title + 1);
    let named = words
        .get(behind..)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(words);
    let is_body = named.iter().any(|token| token.is(Class::Organization))
        && !words
            .iter()
            .rev()
            .take(2)
            .any(|token| token.classes.any(FIRST));
    let is_title = |(index, token): &(usize, &TaggedToken)| {
        token.classes.any(TITLE) && !(is_body && *index > 0)
    };
    let title = words
        .iter()
        .enumerate()
        .rev()
        .skip(1)
        .find(is_title)
        .map(|(index, _)| index);
    // `Premier League`: a title in the name of a body.
    let is_league = words.len() == 2 && words.iter().any(|token| token.is(Class::Organization));
    if let Some(title) = title.filter(|_| !is_league) {
        return (title + 1, true);
    }
    let given = words.iter().position(|token| token.classes.any(FIRST));
    let leads = |given: &usize| {
        let leading = words
            .iter()
            .take(*given)
            .all(|token| token.classes.any(LEADING));
        *given + 1 < words.len() && !is_body && leading
    };
    if let Some(given) = given.filter(leads) {
        return (given, false);
    }
    let last = words.len().saturating_sub(1);
    let nationality = words
        .iter()
        .take(last)
        .take_while(|token| !is_body && token.is(Class::Nationality));
    (nationality.count(), false)
}

const FIRST: Classes = Classes::of(Class::FirstMale).and(Classes::of(Class::FirstFemale));
const TITLE: Classes = Classes::of(Class::Title)
    .and(Classes::of(Class::Honorific))
    .and(Classes::of(Class::Role));
const GENDER: Classes = Classes::of(Class::Male).and(Classes::of(Class::Female));
const LEADING: Classes = Classes::of(Class::Nationality)
    .and(Classes::of(Class::Place))
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Organization));

fn given_gender(token: &TaggedToken) -> Option<Gender> {
    match (token.is(Class::FirstMale), token.is(Class::FirstFemale)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

/// Whether a name is of a person, a body or a place.
fn kind_of(core: &[TaggedToken], titled: bool) -> EntityKind {
    use crate::analysis::tokens::TokenShape;
    use crate::text::segment::RawTokenKind;
    let (Some(first), Some(last)) = (core.first(), core.last()) else {
        return EntityKind::Unnamed;
    };
    let capitals = core
        .iter()
        .all(|token| token.shape == TokenShape::Text(RawTokenKind::Capitals));
    if titled {
        return EntityKind::Person;
    }
    if last.is(Class::Organization)
        || last.is(Class::RolePlural)
        || core
            .iter()
            .any(|token| token.is(Class::Organization) && !first.classes.any(FIRST))
    {
        return EntityKind::Body;
    }
    if first.classes.any(FIRST) && core.len() > 1 {
        return EntityKind::Person;
    }
    if capitals && core.len() == 1 {
        return EntityKind::Body;
    }
    if last.is(Class::Place) || core.len() > 1 && first.is(Class::Place) {
        return EntityKind::Place;
    }
    if core.len() > 3
        || core.len() > 1 && last.is(Class::Document)
        || first.is(Class::Nationality) && core.len() == 1
    {
        return EntityKind::Body;
    }
    EntityKind::Person
}
