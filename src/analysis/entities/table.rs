//! The entities of an article, and the names they are found by.
//!
//! A surname or an acronym refers to the entity with that name; only a full name, or a name nobody has
//! yet, makes a new one.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::name::ProperName;
use super::{Entity, EntityId, EntityKind, Gender, one_line, trim_stop};
use crate::analysis::syntax::Sentence;
use crate::analysis::tokens::{PosTag, TaggedToken, without_arabic_article};
use crate::lexicon::{Class, fold_hash};
use crate::text::Span;

/// How many entities whose names end in the same word are compared. News has fewer; it bounds the time on
/// hostile texts.
const MAX_NAMESAKES: usize = 12;
/// How many of them are looked at to see whether the word is a surname; the tagger asks for every unknown
/// capitalized word.
const MAX_SURNAME_CHECKS: usize = 4;
/// Among people with the same surname, this many more mentions outweigh being mentioned last.
const MENTIONS_PER_STEP: u32 = 4;
/// More mentions than this do not count.
const MAX_COUNTED_MENTIONS: u32 = 12;
/// The shortest name of one word, in bytes.
const MIN_NAME: usize = 2;

/// The entities of an article.
#[derive(Default)]
pub(crate) struct EntityTable {
    /// In the order of their first mention.
    entities: Vec<Entity>,
    /// The latest entity for each last word; [`Entity::namesake`] leads to the earlier ones.
    by_last: HashMap<u64, EntityId>,
    /// People by the words of their names before the last: `Li` of Li Xiaomeng, `Cruz` of Tomás de la Cruz
    /// Villar.
    by_earlier_word: HashMap<u64, EntityId>,
    by_acronym: HashMap<u64, EntityId>,
    /// People by their initials, the first with each.
    by_initials: HashMap<u64, EntityId>,
    by_description: HashMap<u64, EntityId>,
}

impl EntityTable {
    /// An empty table with room for `capacity` entities. Untouched memory costs nothing, and glibc returns a
    /// large block to the system as a whole, while it keeps the pieces of a vector that grew.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self {
            entities: Vec::with_capacity(capacity),
            ..Self::default()
        }
    }

    /// The entities without the indexes, which take as much memory.
    pub(crate) fn into_entities(self) -> Vec<Entity> {
        self.entities
    }

    /// The number of entities.
    pub(crate) const fn len(&self) -> usize {
        self.entities.len()
    }

    /// The entity with an id of this table.
    pub(crate) fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id as usize]
    }

    /// The entity with an id of this table.
    pub(crate) fn get_mut(&mut self, id: EntityId) -> &mut Entity {
        &mut self.entities[id as usize]
    }

    /// The person whose initials a word is.
    pub(crate) fn with_initials(&self, word: &str) -> Option<EntityId> {
        self.by_initials.get(&name_hash(word)).copied()
    }

    /// Whether a word has been the last word of a person’s name.
    pub(crate) fn is_surname(&self, word: &str) -> bool {
        self.with_last_word(name_hash(word))
            .take(MAX_SURNAME_CHECKS)
            .any(|id| self.get(id).kind == EntityKind::Person)
    }

    /// The person named most often; of several the one named first.
    pub(crate) fn most_named_person(&self) -> Option<EntityId> {
        let people = (0..)
            .zip(&self.entities)
            .filter(|(_, entity)| entity.kind == EntityKind::Person);
        let most = people.max_by_key(|(id, entity)| (entity.count, Reverse(*id)));
        most.map(|(id, _)| id)
    }

    /// The entities whose names end in a word, the latest first.
    fn with_last_word(&self, hash: u64) -> impl Iterator<Item = EntityId> + '_ {
        let earlier = |id: &EntityId| self.get(*id).namesake;
        std::iter::successors(self.by_last.get(&hash).copied(), earlier)
    }

    /// Whether the entity is an organization.
    pub(crate) fn is_body(&self, id: EntityId) -> bool {
        self.get(id).kind == EntityKind::Body
    }

    /// The latest body whose name ends in a word.
    pub(crate) fn body_with_last_word(&self, hash: u64) -> Option<EntityId> {
        self.with_last_word(hash)
            .take(MAX_NAMESAKES)
            .find(|id| self.is_body(*id))
    }

    /// The entity a description was given to before.
    pub(crate) fn described_as(&self, hash: u64) -> Option<EntityId> {
        self.by_description.get(&hash).copied()
    }

    /// Adds an entity that has only a description.
    pub(crate) fn add_described(
        &mut self,
        kind: EntityKind,
        span: Span,
        gender: Option<Gender>,
        description: u64,
    ) -> EntityId {
        let id = self.add(kind, span, gender, (0, 0));
        self.by_description.insert(description, id);
        id
    }

    /// The entity of a name, and the span of the name. `owner`: the place it belongs to, `Taiwan’s`.
    pub(crate) fn entity_of_name(
        &mut self,
        paragraph: &Sentence<'_>,
        name: ProperName,
        owner: Option<Span>,
        text: &str,
    ) -> Option<EntityId> {
        let words = &paragraph.tokens[name.start..name.end];
        let (first, last) = (words.first()?, words.last()?);
        let span = first.span.join(last.span);
        if is_time(span.of(text)) {
            return None;
        }
        let surname = trim_stop(last.span.of(text));
        let last_hash = name_hash(without_arabic_article(surname).unwrap_or(surname));
        let id = if words.len() == 1 {
            self.single_word(last, last_hash, name, text)?
        } else if name.kind == EntityKind::Person {
            let first_hash = name_hash(trim_stop(first.span.of(text)));
            self.full_name(words, (first_hash, last_hash), name, text)
        } else {
            let is_company = last.is(Class::Organization) && last.is(Class::Abbreviation);
            self.body((owner, span), last_hash, (name.kind, is_company), text)
        };
        let entity = self.get_mut(id);
        entity.count += 1;
        entity.latest = span.start;
        entity.gender = entity.gender.or(name.gender);
        entity.add_alias(span, text);
        Some(id)
    }

    /// The entity of a name of one word: a surname, first name, acronym or place.
    fn single_word(
        &mut self,
        token: &TaggedToken,
        hash: u64,
        name: ProperName,
        text: &str,
    ) -> Option<EntityId> {
        if let Some(known) = self.likeliest_with_last_word(hash, name.gender) {
            return Some(known);
        }
        // A surname may also be a given name of the other gender: Heike Sander is Sander later.
        if !name.titled
            && let Some(known) = self.likeliest_with_last_word(hash, None)
            && self.get(known).first != 0
        {
            return Some(known);
        }
        if let Some(known) = self.by_acronym.get(&hash) {
            return Some(*known);
        }
        let given = token.is(Class::FirstMale) || token.is(Class::FirstFemale);
        let is_other = given && name.titled || !given && token.is(Class::Place);
        if let (false, Some(known)) = (is_other, self.by_earlier_word.get(&hash)) {
            return Some(*known);
        }
        if token.span.of(text).len() < MIN_NAME {
            return None;
        }
        // “Police” in a headline are the police in the text.
        if token.is(Class::Organization)
            && let Some(known) = self.by_description.get(&hash)
        {
            return Some(*known);
        }
        let kind = match name.kind {
            EntityKind::Person if !name.titled && token.is(Class::Place) => EntityKind::Place,
            kind => kind,
        };
        let id = self.add(kind, token.span, name.gender, (0, hash));
        if kind == EntityKind::Body {
            self.by_acronym.insert(hash, id);
        }
        Some(id)
    }

    /// Among the entities with a last word and a fitting gender, the one mentioned much more often, or else
    /// last.
    fn likeliest_with_last_word(&self, last: u64, gender: Option<Gender>) -> Option<EntityId> {
        self.with_last_word(last)
            .take(MAX_NAMESAKES)
            .filter(|id| self.get(*id).fits_gender(gender))
            .max_by_key(|id| {
                let entity = self.get(*id);
                let steps = entity.count.min(MAX_COUNTED_MENTIONS) / MENTIONS_PER_STEP;
                (steps, entity.latest)
            })
    }

    /// The entity of the full name of a person.
    fn full_name(
        &mut self,
        words: &[TaggedToken],
        (first, last): (u64, u64),
        name: ProperName,
        text: &str,
    ) -> EntityId {
        let is_same = |id: &EntityId| {
            let entity = self.get(*id);
            let same_first =
                entity.first == first || entity.first == 0 && entity.kind != EntityKind::Body;
            same_first && entity.fits_gender(name.gender)
        };
        let known = self.with_last_word(last).take(MAX_NAMESAKES).find(is_same);
        let span = words[0].span.join(words[words.len() - 1].span);
        let mut is_fuller = known.is_none();
        let id =
            known.unwrap_or_else(|| self.add(EntityKind::Person, span, name.gender, (first, last)));
        let entity = self.get_mut(id);
        entity.kind = EntityKind::Person;
        if entity.first == 0 || entity.name.len() < span.len() {
            entity.first = first;
            entity.name = span;
            is_fuller = true;
        }
        if is_fuller {
            let initials = initials(span.of(text), |c| c.is_whitespace() || c == '-');
            self.by_initials.entry(name_hash(&initials)).or_insert(id);
        }
        let earlier_words = words[..words.len() - 1].iter().rev();
        let hashes = earlier_words
            .filter(|token| token.tag == PosTag::Name)
            .map(|token| name_hash(trim_stop(token.span.of(text))));
        self.by_earlier_word.extend(hashes.map(|word| (word, id)));
        id
    }

    /// The entity of the name of a body or place, `bare`, with the place it belongs to.
    fn body(
        &mut self,
        (owner, bare): (Option<Span>, Span),
        last: u64,
        (kind, is_company): (EntityKind, bool),
        text: &str,
    ) -> EntityId {
        let span = match owner {
            Some(owner) => owner.join(bare),
            None => bare,
        };
        let with_owner = name_hash(span.of(text));
        let alone = name_hash(bare.of(text));
        // “the Foreign Ministry” is the one named last; a ministry without an owner gets the first one named.
        let known = self.described_as(with_owner).or_else(|| {
            let id = self.described_as(alone)?;
            (name_hash(self.get(id).name.of(text)) == alone).then_some(id)
        });
        let id = if let Some(id) = known {
            let entity = self.get_mut(id);
            if entity.name.len() < span.len() {
                entity.name = span;
            }
            id
        } else {
            let id = self.add(kind, span, None, (0, last));
            self.add_short_names(id, span.of(text), is_company);
            id
        };
        self.by_description.extend([(with_owner, id), (alone, id)]);
        id
    }

    /// Adds the initials of a body, and the first word of a company: `Hansol Semiconductor Co.` is Hansol
    /// from then on.
    fn add_short_names(&mut self, id: EntityId, name: &str, is_company: bool) {
        if is_company
            && let words = trim_stop(name)
            && let Some(first) = words.split_whitespace().next()
            && first.len() < words.len()
        {
            self.by_acronym.insert(name_hash(first), id);
        }
        let initials = initials(name, char::is_whitespace);
        if initials.len() > 1 {
            self.by_acronym.insert(name_hash(&initials), id);
        }
    }

    fn add(
        &mut self,
        kind: EntityKind,
        name: Span,
        gender: Option<Gender>,
        (first, last): (u64, u64),
    ) -> EntityId {
        // A text has fewer than 4 G bytes, and so fewer entities.
        let id = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
        self.entities.push(Entity {
            kind,
            gender,
            first,
            name,
            aliases: Vec::new(),
            role: None,
            roles: Vec::new(),
            acts: false,
            count: 0,
            latest: name.start,
            namesake: self.by_last.insert(last, id),
        });
        id
    }
}

/// Whether words are the time of an entry in a live blog, which is no name: `13.05`.
pub(crate) fn is_time(words: &str) -> bool {
    let is_of_time = |c: char| c.is_ascii_digit() || matches!(c, '.' | ':');
    words.contains(['.', ':']) && words.chars().all(is_of_time)
}

/// The capital letters that the words of a name begin with.
fn initials(name: &str, is_separator: impl Fn(char) -> bool) -> String {
    let firsts = name
        .split(is_separator)
        .filter_map(|word| word.chars().next());
    firsts.filter(|first| first.is_uppercase()).collect()
}

/// Hash of a name or description, the same whether or not it is broken over lines.
pub(crate) fn name_hash(words: &str) -> u64 {
    if words.contains('\n') {
        return fold_hash(one_line(words).as_bytes());
    }
    fold_hash(words.as_bytes())
}
