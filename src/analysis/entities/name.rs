//! Names: where they start after their titles, and whether they are of a person, a body or a place.
//!
//! `Russian President Vladimir Putin` is the name `Vladimir Putin` with a title; `Department of Justice`
//! is a body; `Georgia` is a place.

use super::{EntityKind, Gender, ROLE, gender_of};
use crate::analysis::syntax::Sentence;
use crate::analysis::tokens::{PosTag, TaggedToken, TokenShape};
use crate::lexicon::{Class, Classes};
use crate::text::segment::RawTokenKind;

/// A person's name has at most this many words; longer ones are of bodies.
const MAX_PERSON_WORDS: usize = 3;
/// A first name among this many last words shows that a run names a person, whatever is before it.
const NAME_AT_END: usize = 2;

const FIRST_NAME: Classes = Classes::of(Class::FirstMale).and(Classes::of(Class::FirstFemale));
const GENDERED: Classes = Classes::of(Class::Male).and(Classes::of(Class::Female));
/// Words that may come before a first name.
const LEADING: Classes = Classes::of(Class::Nationality)
    .and(Classes::of(Class::Place))
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Organization));

/// A run of name words with their titles.
pub(crate) struct NameRun {
    start: usize,
    pub end: usize,
}

/// The name in a run, without titles.
#[derive(Clone, Copy)]
pub(crate) struct ProperName {
    pub start: usize,
    pub end: usize,
    pub kind: EntityKind,
    pub gender: Option<Gender>,
    /// Whether there is a title or honorific before it.
    pub titled: bool,
}

impl NameRun {
    /// The run that starts at `start` of a paragraph.
    pub(crate) fn read(paragraph: &Sentence<'_>, start: usize) -> Self {
        let mut end = start + 1;
        let mut body = paragraph.is(start, Class::Organization);
        while joins_run(paragraph, end, body) {
            body |= paragraph.is(end, Class::Organization);
            end += 1;
        }
        Self { start, end }
    }

    /// The words of the run.
    pub(crate) fn words<'p>(&self, paragraph: &Sentence<'p>) -> &'p [TaggedToken] {
        &paragraph.tokens[self.start..self.end]
    }

    /// The name without the titles before it.
    pub(crate) fn proper_name(&self, paragraph: &Sentence<'_>) -> Option<ProperName> {
        let words = self.words(paragraph);
        let (offset, has_title) = name_offset(words);
        let (before_name, name) = words.split_at(offset);
        let name = match name {
            [rest @ .., last] if !rest.is_empty() && last.is(Class::NameSuffix) => rest,
            _ => name,
        };
        let (first, last) = (name.first()?, name.last()?);
        let before = self.start.checked_sub(1);
        let before = before.map_or(Classes::NONE, |before| paragraph.tokens[before].classes);
        let titled = has_title || before.any(ROLE);
        let gender_of_title = || {
            before_name
                .iter()
                .rev()
                .find_map(|title| gender_of(title.classes))
        };
        let is_given_name = name.len() > 1 || !titled && !last.is(Class::Place);
        let gender_of_given = || is_given_name.then(|| given_gender(first)).flatten();
        Some(ProperName {
            start: self.start + offset,
            end: self.start + offset + name.len(),
            kind: kind_of(name, titled),
            gender: gender_of_title()
                .or_else(gender_of_given)
                .or_else(|| gender_of(before)),
            titled,
        })
    }
}

/// Whether the token at `at` continues a run of name words. `body`: the run contains the name of a body.
fn joins_run(paragraph: &Sentence<'_>, at: usize, body: bool) -> bool {
    let is_name = |index: usize| paragraph.tag(index) == PosTag::Name;
    let is = |class| paragraph.is(at, class);
    match paragraph.tag(at) {
        PosTag::Name => !(is(Class::Honorific) && paragraph.has_any(at, GENDERED)),
        // `Department of Justice`, `Leonardo di Caprio`
        PosTag::Preposition | PosTag::Noun | PosTag::Determiner => {
            let inside = is(Class::Particle) || body && is(Class::Of);
            // `Shell plc`
            let legal_form = is(Class::Organization) && is(Class::Abbreviation);
            // `Ursula von der Leyen`
            let two_particles = paragraph.is(at + 1, Class::Particle) && is_name(at + 2);
            legal_form || inside && (is_name(at + 1) || two_particles)
        }
        // `Harbor Pilots’ Association`
        PosTag::Possessive => {
            paragraph.tokens[at].mark().is_some()
                && is_name(at + 1)
                && paragraph.is(at + 1, Class::Organization)
        }
        _ => false,
    }
}

/// Where the name starts after titles and the like, and whether there is a title.
fn name_offset(words: &[TaggedToken]) -> (usize, bool) {
    let is_body = is_body(words);
    if let Some(title) = last_title(words, is_body) {
        return (title + 1, true);
    }
    let given = words.iter().position(|token| token.classes.any(FIRST_NAME));
    if let Some(given) = given
        && given + 1 < words.len()
        && !is_body
        && words[..given]
            .iter()
            .all(|token| token.classes.any(LEADING))
    {
        return (given, false);
    }
    let before_last = &words[..words.len() - 1];
    let nationalities = before_last
        .iter()
        .take_while(|token| !is_body && token.is(Class::Nationality));
    (nationalities.count(), false)
}

/// Whether a run is the name of a body. In `UN Secretary General Ana Ruiz` a body comes before the title,
/// but it is not the name.
fn is_body(words: &[TaggedToken]) -> bool {
    let last_title = words.iter().rposition(|token| token.classes.any(ROLE));
    let name = match last_title {
        Some(title) if title + 1 < words.len() => &words[title + 1..],
        _ => words,
    };
    let mut last = words.iter().rev().take(NAME_AT_END);
    name.iter().any(|token| token.is(Class::Organization))
        && !last.any(|token| token.classes.any(FIRST_NAME))
}

/// The last title before the last word of a run.
fn last_title(words: &[TaggedToken], is_body: bool) -> Option<usize> {
    // `Premier League`: a title in the name of a body.
    if words.len() == 2 && words.iter().any(|token| token.is(Class::Organization)) {
        return None;
    }
    let (_, before_last) = words.split_last()?;
    let title = before_last
        .iter()
        .enumerate()
        .rfind(|(index, token)| token.classes.any(ROLE) && !(is_body && *index > 0));
    title.map(|(index, _)| index)
}

fn given_gender(token: &TaggedToken) -> Option<Gender> {
    match (token.is(Class::FirstMale), token.is(Class::FirstFemale)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

/// Whether a name is of a person, a body or a place.
fn kind_of(name: &[TaggedToken], titled: bool) -> EntityKind {
    let (Some(first), Some(last)) = (name.first(), name.last()) else {
        return EntityKind::Unnamed;
    };
    let several = name.len() > 1;
    let in_capitals = name
        .iter()
        .all(|token| token.shape == TokenShape::Text(RawTokenKind::Capitals));
    let first_name = first.classes.any(FIRST_NAME);
    let has_body_word = name.iter().any(|token| token.is(Class::Organization));
    if titled {
        return EntityKind::Person;
    }
    if last.is(Class::Organization) || last.is(Class::RolePlural) || has_body_word && !first_name {
        return EntityKind::Body;
    }
    if first_name && several {
        return EntityKind::Person;
    }
    if in_capitals && !several {
        return EntityKind::Body;
    }
    if last.is(Class::Place) || several && first.is(Class::Place) {
        return EntityKind::Place;
    }
    if name.len() > MAX_PERSON_WORDS
        || several && last.is(Class::Document)
        || first.is(Class::Nationality) && !several
    {
        return EntityKind::Body;
    }
    EntityKind::Person
}
