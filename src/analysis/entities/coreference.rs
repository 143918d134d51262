//! Which mentions are of the same person or body.
//!
//! [`EntityTracker`] reads the names and pronouns of an article in order and gives each an entity. A surname or an
//! acronym goes to the entity with that name, a pronoun to the person who is most present where it
//! stands: recent, subject of a sentence, a speaker, of fitting gender and number. Descriptions such as
//! `the senator` go to the person with that role, or stand for themselves.

use std::collections::HashMap;

use super::name::{NameRun, ProperName};
use super::salience::{EntityMention, THIRD, WINDOW, see};
use super::speakers::one_line;
use super::{
    Entity, EntityId, EntityKind, Gender, ROLE, ReferenceKind, ResolvedSource, add_alias,
    gender_of, role, trim_stop,
};
use crate::analysis::syntax::NounPhrase;
use crate::analysis::tokens::without_arabic_article;
use crate::analysis::tokens::{PosTag, TaggedToken, dateline};
use crate::lexicon::{Class, Classes, Language, fold_hash};
use crate::text::Span;

/// The entities of an article.
#[derive(Default)]
pub(crate) struct EntityTracker {
    /// All entities in the order of their first mention.
    pub entities: Vec<Entity>,
    /// The latest entity with a last word; the earlier ones follow from it.
    by_last: HashMap<u64, EntityId>,
    /// Persons by the words of their names before the last: `Li` of Li Xiaomeng, `Cruz` of Tomás de la Cruz Villar.
    by_word: HashMap<u64, EntityId>,
    by_acronym: HashMap<u64, EntityId>,
    /// Persons by their initials, the first with each.
    by_initials: HashMap<u64, EntityId>,
    by_description: HashMap<u64, EntityId>,
    /// Mentions in the order of the text, the latest few hundred.
    pub seen: Vec<EntityMention>,
    /// How many sentences have been read.
    pub sentence: u32,
    /// Entity of each token of the current paragraph.
    pub at: Vec<Option<EntityId>>,
    /// Whether a headline is being read.
    pub title: bool,
    /// Whether articles are inflected, so that a source goes without one.
    inflects: bool,
}

impl EntityTracker {
    /// Nobody yet, in an article of a language with so many blocks, each of which may bring somebody.
    pub(crate) fn of(language: &Language, n_blocks: usize) -> Self {
        Self {
            // Memory that is not written to costs nothing, and so much goes back to the system as a whole: glibc
            // keeps what is freed as long as it is smaller than the largest piece below 32 MB that ever was.
            entities: Vec::with_capacity(n_blocks),
            inflects: language.inflects,
            ..Self::default()
        }
    }

    /// The entities alone: by what they are found takes as much memory, and no more are found.
    pub(crate) fn into_entities(self) -> Vec<Entity> {
        self.entities
    }

    /// The person whose initials a word is.
    pub(crate) fn with_initials(&self, word: &str) -> Option<EntityId> {
        self.by_initials.get(&name_hash(word)).copied()
    }

    /// The entity.
    pub(crate) fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id as usize)
    }

    /// Whether a word has been the last word of a person’s name.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.with_last(name_hash(word)).take(4).any(|id| {
            self.entity(id)
                .is_some_and(|entity| entity.kind == EntityKind::Person)
        })
    }

    /// The entities whose names end in a word, the latest first.
    fn with_last(&self, hash: u64) -> impl Iterator<Item = EntityId> + '_ {
        let earlier = |id: &EntityId| self.entity(*id)?.namesake;
        std::iter::successors(self.by_last.get(&hash).copied(), earlier)
    }

    fn is_body(&self, id: EntityId) -> bool {
        self.entity(id)
            .is_some_and(|entity| entity.kind == EntityKind::Body)
    }

    /// The latest of the bodies whose names end in a word.
    fn body_with_last(&self, hash: u64) -> Option<EntityId> {
        self.with_last(hash).take(12).find(|id| self.is_body(*id))
    }

    /// Reads the names and pronouns of a paragraph.
    pub(crate) fn read(&mut self, tokens: &[TaggedToken], text: &str) {
        self.at.clear();
        self.at.resize(tokens.len(), None);
        self.sentence += 1;
        let mut index = dateline::length(tokens);
        while let Some(token) = tokens.get(index) {
            index = match token.tag {
                PosTag::Name => self.name_run(tokens, index, text),
                PosTag::Pronoun | PosTag::Object | PosTag::Possessive | PosTag::Cue
                    if token.classes.any(THIRD) =>
                {
                    self.pronoun(tokens, index);
                    index + 1
                }
                PosTag::Noun if token.classes.any(DESCRIBES) && !self.title => {
                    self.subject(tokens, index, text);
                    index + 1
                }
                PosTag::Stop => {
                    self.sentence += 1;
                    index + 1
                }
                _ => index + 1,
            };
        }
    }

    /// Notes whom the description with its head at `head` is of when it is the subject of its clause, so
    /// that a pronoun after it finds them: “An official declined to comment. He …”
    fn subject(&mut self, tokens: &[TaggedToken], head: usize, text: &str) {
        let Some(phrase) = described_subject(tokens, head) else {
            return;
        };
        let Some(entity) = self.described(tokens, phrase, text) else {
            return;
        };
        if let Some(place) = self.at.get_mut(head) {
            *place = Some(entity);
        }
        let span = phrase.span(tokens);
        let seen = see(
            tokens,
            phrase.start,
            phrase.end,
            entity,
            self.sentence,
            span,
        );
        self.push(EntityMention {
            subject: true,
            ..seen
        });
    }

    /// Reads the run of name words that starts at `start`; returns where it ends.
    fn name_run(&mut self, tokens: &[TaggedToken], start: usize, text: &str) -> usize {
        let run = NameRun::read(tokens, start);
        let end = run.end;
        // “the Prime Minister” is a description.
        let words = tokens.get(start..end).unwrap_or_default();
        let after_article = start > 0
            && tokens
                .get(start - 1)
                .is_some_and(|token| token.tag == PosTag::Determiner);
        if after_article && words.iter().all(|token| token.classes.any(ROLE)) {
            return end;
        }
        if let [token] = words
            && token.is(Class::Nationality)
            && self.nationality(tokens, start, after_article, text)
        {
            return end;
        }
        if let Some(name) = run.core(tokens) {
            let entity = self.name(tokens, name, text);
            if let Some(entity) = entity {
                for place in self.at.iter_mut().take(end).skip(name.start) {
                    *place = Some(entity);
                }
                self.note_role(tokens, entity, start, name, text);
                let span = NounPhrase {
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

    /// Whether a lone adjective of nationality at `index` names nobody of its own: before a noun (`German
    /// banks`), or as a description of somebody known (`the Norwegian`).
    fn nationality(
        &mut self,
        tokens: &[TaggedToken],
        index: usize,
        article: bool,
        text: &str,
    ) -> bool {
        let Some(token) = tokens.get(index) else {
            return false;
        };
        if tokens
            .get(index + 1)
            .is_some_and(|next| next.tag == PosTag::Noun)
        {
            return true;
        }
        let collective = ["s", "sh", "ch", "se"]
            .iter()
            .any(|ending| token.span.of(text).ends_with(ending));
        if !article || collective {
            return false;
        }
        let Some(known) = self.most_present(token) else {
            return false;
        };
        if let Some(place) = self.at.get_mut(index) {
            *place = Some(known);
        }
        let seen = see(tokens, index, index + 1, known, self.sentence, token.span);
        self.push(EntityMention {
            named: false,
            ..seen
        });
        true
    }

    /// Notes a mention.
    pub(crate) fn push(&mut self, seen: EntityMention) {
        if self.seen.len() >= WINDOW * 8 {
            self.seen.drain(..WINDOW * 6);
        }
        if let Some(entity) = self.entities.get_mut(seen.entity as usize) {
            entity.acts |= seen.subject || seen.speaks;
        }
        self.seen.push(EntityMention {
            headline: self.title,
            ..seen
        });
    }

    /// The entity of a name.
    fn name(&mut self, tokens: &[TaggedToken], name: ProperName, text: &str) -> Option<EntityId> {
        let words = tokens.get(name.start..name.end)?;
        let (first, last) = (words.first()?, words.last()?);
        let span = first.span.join(last.span);
        if is_time(span.of(text)) {
            return None;
        }
        let surname = trim_stop(last.span.of(text));
        let last_hash = name_hash(without_arabic_article(surname).unwrap_or(surname));
        let first_hash = name_hash(trim_stop(first.span.of(text)));
        let id = if words.len() == 1 {
            self.single(last, last_hash, name, text)?
        } else if name.kind == EntityKind::Person {
            self.full_name(words, (first_hash, last_hash), name, text)
        } else {
            let incorporated = last.is(Class::Organization) && last.is(Class::Abbreviation);
            let owner = self.owner(tokens, name.start);
            self.body((owner, span), last_hash, (name.kind, incorporated), text)
        };
        if let Some(entity) = self.entities.get_mut(id as usize) {
            entity.count += 1;
            entity.latest = span.start;
            entity.gender = entity.gender.or(name.gender);
            add_alias(entity, span, text);
        }
        Some(id)
    }

    /// The country or town whose body is named at `start`: `Taiwan's` before `Foreign Ministry`.
    fn owner(&self, tokens: &[TaggedToken], start: usize) -> Option<Span> {
        let clitic = tokens.get(start.checked_sub(1)?)?;
        let last = start.checked_sub(2)?;
        let owner = self.at.get(last).copied().flatten()?;
        let first = (0..last)
            .rev()
            .take_while(|index| self.at.get(*index).copied().flatten() == Some(owner))
            .last()
            .unwrap_or(last);
        let place = self.entity(owner)?.kind == EntityKind::Place;
        (place && clitic.tag == PosTag::Possessive)
            .then(|| NounPhrase::of(first, last + 1).span(tokens))
    }

    /// A name of one word: a surname, first name, acronym or place.
    fn single(
        &mut self,
        token: &TaggedToken,
        hash: u64,
        name: ProperName,
        text: &str,
    ) -> Option<EntityId> {
        let word = token.span.of(text);
        if let Some(known) = self.best(hash, name.gender) {
            return Some(known);
        }
        // A surname may be a given name of the other gender elsewhere: Heike Sander is Sander later.
        if !name.titled
            && let Some(known) = self.best(hash, None)
            && self.entity(known).is_some_and(|entity| entity.first != 0)
        {
            return Some(known);
        }
        if let Some(known) = self.by_acronym.get(&hash) {
            return Some(*known);
        }
        let given = token.is(Class::FirstMale) || token.is(Class::FirstFemale);
        let is_other = given && name.titled || !given && token.is(Class::Place);
        if let (false, Some(known)) = (is_other, self.by_word.get(&hash)) {
            return Some(*known);
        }
        if word.len() < 2 {
            return None;
        }
        // “Police” in a headline are the police below it.
        if token.is(Class::Organization)
            && let Some(known) = self.by_description.get(&hash)
        {
            return Some(*known);
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
    fn best(&self, last: u64, gender: Option<Gender>) -> Option<EntityId> {
        let fits = |id: &EntityId| {
            let entity = self.entity(*id);
            entity.is_some_and(|entity| {
                gender.is_none() || entity.gender.is_none() || entity.gender == gender
            })
        };
        self.with_last(last).take(12).filter(fits).max_by_key(|id| {
            self.entity(*id)
                .map_or((0, 0), |entity| (entity.count.min(12) / 4, entity.latest))
        })
    }

    fn full_name(
        &mut self,
        words: &[TaggedToken],
        (first, last): (u64, u64),
        name: ProperName,
        text: &str,
    ) -> EntityId {
        let known = self.with_last(last).take(12).find(|id| {
            self.entity(*id).is_some_and(|entity| {
                let same_first =
                    entity.first == first || entity.first == 0 && entity.kind != EntityKind::Body;
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
        let mut fuller = known.is_none();
        if let Some(entity) = self.entities.get_mut(id as usize) {
            entity.kind = EntityKind::Person;
            if entity.first == 0 || entity.name.len() < span.len() {
                entity.first = first;
                entity.name = span;
                fuller = true;
            }
        }
        if fuller {
            let initials = initials(span.of(text), |c| c.is_whitespace() || c == '-');
            self.by_initials.entry(name_hash(&initials)).or_insert(id);
        }
        let names = words.iter().rev().skip(1);
        let names = names.filter(|token| token.tag == PosTag::Name);
        let names = names.map(|token| name_hash(trim_stop(token.span.of(text))));
        self.by_word.extend(names.map(|word| (word, id)));
        id
    }

    fn body(
        &mut self,
        (owner, bare): (Option<Span>, Span),
        last: u64,
        (kind, incorporated): (EntityKind, bool),
        text: &str,
    ) -> EntityId {
        let span = owner.map_or(bare, |owner| owner.join(bare));
        let whole = name_hash(span.of(text));
        let alone = name_hash(bare.of(text));
        // “the Foreign Ministry” is the one named last, and gets the first owner who is named.
        let known = self.by_description.get(&whole).copied();
        let known = known.or_else(|| {
            let id = self.by_description.get(&alone).copied()?;
            let name = self.entity(id)?.name;
            (name_hash(name.of(text)) == alone).then_some(id)
        });
        if let Some(id) = known {
            self.by_description.extend([(whole, id), (alone, id)]);
            if let Some(entity) = self.entities.get_mut(id as usize)
                && entity.name.len() < span.len()
            {
                entity.name = span;
            }
            return id;
        }
        let id = self.create(kind, span, None, 0, last);
        self.by_description.extend([(whole, id), (alone, id)]);
        let initials = initials(span.of(text), char::is_whitespace);
        // `Hansol Semiconductor Co.` is Hansol from then on.
        let words = span.of(text).trim_end_matches('.');
        let first = words.split_whitespace().next().unwrap_or_default();
        if incorporated && first.len() < words.len() {
            self.by_acronym.insert(name_hash(first), id);
        }
        if initials.len() > 1 {
            self.by_acronym.insert(name_hash(&initials), id);
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

    /// Remembers the role words before and after a name.
    fn note_role(
        &mut self,
        tokens: &[TaggedToken],
        id: EntityId,
        run: usize,
        name: ProperName,
        text: &str,
    ) {
        let Some(entity) = self.entities.get_mut(id as usize) else {
            return;
        };
        for (start, end) in role::of(tokens, run, name.start, name.end) {
            let span = NounPhrase::of(start, end).span(tokens);
            if entity.role.is_none_or(|known| known.len() < span.len()) {
                entity.role = Some(span);
            }
            for token in tokens.get(start..end).unwrap_or_default() {
                if token.classes.any(ROLE) {
                    let hash = name_hash(trim_stop(token.span.of(text)));
                    if !entity.roles.contains(&hash) && entity.roles.len() < 12 {
                        entity.roles.push(hash);
                    }
                    entity.gender = entity.gender.or_else(|| gender_of(token.classes));
                }
            }
        }
    }

    /// The entity a source phrase stands for, and how that is known.
    pub(crate) fn resolve(
        &mut self,
        tokens: &[TaggedToken],
        phrase: NounPhrase,
        text: &str,
    ) -> Option<ResolvedSource> {
        let head = tokens.get(phrase.head_end.checked_sub(1)?)?;
        let before = self.entities.len();
        let entity = self.entity_of(tokens, phrase, text)?;
        let path = match head.tag {
            PosTag::Name => ReferenceKind::Name,
            PosTag::Pronoun | PosTag::Cue if head.classes.any(THIRD) => ReferenceKind::Pronoun,
            PosTag::Pronoun => ReferenceKind::Plural,
            _ if entity as usize == before
                || self
                    .entity(entity)
                    .is_some_and(|entity| entity.kind != EntityKind::Person) =>
            {
                ReferenceKind::Itself
            }
            _ => ReferenceKind::Description,
        };
        let position = phrase.span(tokens).start;
        let antecedent = self
            .seen
            .iter()
            .rev()
            .take(WINDOW)
            .find(|seen| seen.entity == entity && seen.named && seen.span.start < position);
        let antecedent = if path == ReferenceKind::Name {
            None
        } else {
            antecedent.map(|seen| seen.span)
        };
        Some(ResolvedSource {
            entity,
            path,
            antecedent,
        })
    }

    fn entity_of(
        &mut self,
        tokens: &[TaggedToken],
        phrase: NounPhrase,
        text: &str,
    ) -> Option<EntityId> {
        let head_end = phrase.head_end;
        let head = head_end.checked_sub(1)?;
        let named = self.at.get(head).copied().flatten();
        let head_token = tokens.get(head)?;
        if matches!(
            head_token.tag,
            PosTag::Name | PosTag::Pronoun | PosTag::Cue | PosTag::Possessive
        ) && named.is_some()
        {
            return named;
        }
        // “a person familiar with the plan”: the noun was noted, not the adjective behind it.
        let noted = |index: usize| {
            let noun = tokens
                .get(index)
                .is_some_and(|token| token.tag == PosTag::Noun);
            self.at.get(index).copied().flatten().filter(|_| noun)
        };
        let adjective = !head_token.classes.any(DESCRIBES);
        let before = || {
            head.checked_sub(1)
                .filter(|at| adjective && *at >= phrase.start)
                .and_then(noted)
        };
        if head_token.tag == PosTag::Noun
            && let Some(known) = noted(head).or_else(before)
        {
            self.describe(known, phrase.span(tokens));
            return Some(known);
        }
        if head_token.tag == PosTag::Pronoun
            && let Some(known) = self.latest_fit(head_token)
        {
            return Some(known);
        }
        if let Some(named) = self.named_before(tokens, phrase) {
            return Some(named);
        }
        self.description(tokens, phrase, text)
    }

    /// The person whom a description in apposition explains: `Ana Ruiz, the mayor of Lowell`.
    fn named_before(&self, tokens: &[TaggedToken], phrase: NounPhrase) -> Option<EntityId> {
        let comma = phrase.start.checked_sub(1)?;
        let head = tokens.get(phrase.head_end.checked_sub(1)?)?;
        let describes = head.is(Class::Role)
            && tokens.get(comma)?.tag == PosTag::Comma
            && tokens.get(phrase.start)?.tag == PosTag::Determiner;
        let named = self.at.get(comma.checked_sub(1)?).copied().flatten()?;
        let person = self.entity(named)?.kind == EntityKind::Person;
        (describes && person).then_some(named)
    }

    /// Gives an entity without a name the fuller description: `An official at the ministry`.
    fn describe(&mut self, id: EntityId, span: Span) {
        if let Some(entity) = self.entities.get_mut(id as usize)
            && entity.kind != EntityKind::Person
            && entity.name.start == span.start
            && entity.name.len() < span.len()
        {
            entity.name = span;
        }
    }

    /// The entity of a description: of the role or body it names when one is known, otherwise its own.
    fn description(
        &mut self,
        tokens: &[TaggedToken],
        phrase: NounPhrase,
        text: &str,
    ) -> Option<EntityId> {
        let id = self.described(tokens, phrase, text)?;
        let head = tokens.get(phrase.head_end.checked_sub(1)?)?;
        // “nobody would tell her”: nobody is nobody’s antecedent.
        if head.tag != PosTag::Pronoun && !head.is(Class::Indefinite) {
            let span = phrase.span(tokens);
            self.push(EntityMention {
                entity: id,
                sentence: self.sentence,
                span,
                subject: true,
                speaks: true,
                oblique: false,
                named: false,
                headline: false,
            });
        }
        Some(id)
    }

    /// The person or body a definite description such as `the mayor` or `the court` takes up.
    fn taken_up(&self, own: &[TaggedToken], head: &TaggedToken, text: &str) -> Option<EntityId> {
        let hash = name_hash(head.span.of(text));
        // “the deputy president” is not the president.
        let ranks: Vec<u64> = own
            .iter()
            .filter(|token| token.tag == PosTag::Noun && token.classes.any(ROLE))
            .map(|token| name_hash(trim_stop(token.span.of(text))))
            .collect();
        let recent = self
            .seen
            .iter()
            .rev()
            .take(WINDOW * 2)
            .map(|seen| seen.entity);
        let has_role = |id: &EntityId| {
            self.entity(*id).is_some_and(|entity| {
                let mut all = ranks.iter().chain([&hash]);
                all.all(|rank| entity.roles.contains(rank))
            })
        };
        if head.is(Class::Role) {
            let by_role = recent.clone().find(has_role);
            let by_presence = || {
                let alone = ranks.is_empty() && (head.tag == PosTag::Noun || head.is(Class::Title));
                alone.then(|| self.most_present(head)).flatten()
            };
            if let Some(known) = by_role.or_else(by_presence) {
                return Some(known);
            }
        }
        if !head.is(Class::Organization) {
            return None;
        }
        let known = self.body_with_last(hash);
        known.or_else(|| head.is(Class::Generic).then(|| self.latest_body())?)
    }

    /// The body last mentioned by name in the last few sentences, for `the company`.
    fn latest_body(&self) -> Option<EntityId> {
        const NEAR: u32 = 8;
        let near = |seen: &&EntityMention| {
            seen.named && self.sentence.saturating_sub(seen.sentence) <= NEAR
        };
        let mut recent = self
            .seen
            .iter()
            .rev()
            .take(WINDOW)
            .filter(near)
            .filter(|seen| self.is_body(seen.entity));
        let subject = recent.clone().find(|seen| seen.subject || seen.speaks);
        subject.or_else(|| recent.next()).map(|seen| seen.entity)
    }

    fn described(
        &mut self,
        tokens: &[TaggedToken],
        phrase: NounPhrase,
        text: &str,
    ) -> Option<EntityId> {
        let head = tokens.get(phrase.head_end.checked_sub(1)?)?;
        let first = tokens.get(phrase.start)?;
        // “the group” and “the Basel-based group”, but not “the M23 group”
        let is_based = |token: &TaggedToken| token.span.of(text).ends_with("-based");
        let named = |token: &TaggedToken| {
            token.tag == PosTag::Name && token.classes.is_empty() && !is_based(token)
        };
        let own = tokens.get(phrase.start..phrase.head_end.saturating_sub(1))?;
        let definite = first.is(Class::Definite) && phrase.end == phrase.head_end;
        if definite
            && !own.iter().any(named)
            && let Some(known) = self.taken_up(own, head, text)
        {
            return Some(known);
        }
        let bare =
            self.inflects && first.is(Class::Definite) && phrase.start + 2 == phrase.head_end;
        let phrase = NounPhrase {
            start: phrase.start + usize::from(bare),
            ..phrase
        };
        let span = phrase.span(tokens);
        if is_time(span.of(text)) {
            return None;
        }
        let whole = name_hash(span.of(text));
        if let Some(known) = self.by_description.get(&whole) {
            return Some(*known);
        }
        if phrase.start + 1 == phrase.end
            && let Some(known) = self.body_with_last(whole)
        {
            return Some(known);
        }
        let several = head.is(Class::RolePlural) && !head.is(Class::Role);
        let kind = if head.is(Class::Role)
            || gender_of(head.classes).is_some()
            || head.is(Class::Indefinite) && !head.is(Class::Determiner) && !several
            || head.is(Class::I)
        {
            EntityKind::Unnamed
        } else if several || head.is(Class::Indefinite) || head.tag == PosTag::Pronoun {
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
        if let (EntityKind::Unnamed, Some(entity)) = (kind, self.entities.get_mut(id as usize)) {
            entity.roles.push(name_hash(head.span.of(text)));
        }
        Some(id)
    }
}

/// Whether words are the time above an entry of a live blog, which is nobody: `13.05`.
fn is_time(words: &str) -> bool {
    let is_of_time = |c: char| c.is_ascii_digit() || matches!(c, '.' | ':');
    words.contains(['.', ':']) && words.chars().all(is_of_time)
}

/// The capital letters that the words of a name begin with.
fn initials(name: &str, parts: impl Fn(char) -> bool) -> String {
    let firsts = name.split(parts).filter_map(|word| word.chars().next());
    firsts.filter(|first| first.is_uppercase()).collect()
}

/// Hash of a name or description, the same wherever its lines end.
fn name_hash(words: &str) -> u64 {
    if words.contains('\n') {
        return fold_hash(one_line(words).as_bytes());
    }
    fold_hash(words.as_bytes())
}

/// Nouns for those who can be meant by a pronoun.
const DESCRIBES: Classes = Classes::of(Class::Role)
    .and(Classes::of(Class::RolePlural))
    .and(Classes::of(Class::Male))
    .and(Classes::of(Class::Female))
    .and(Classes::of(Class::Organization));

/// The noun phrase with its head at `head` when it begins its clause and a verb or an aside follows.
fn described_subject(tokens: &[TaggedToken], head: usize) -> Option<NounPhrase> {
    let part = |index: usize| tokens.get(index).map_or(PosTag::Stop, |token| token.tag);
    let follows = matches!(
        part(head + 1),
        PosTag::Cue
            | PosTag::Verb
            | PosTag::Auxiliary
            | PosTag::Adverb
            | PosTag::Relative
            | PosTag::Comma
            | PosTag::Preposition
    );
    // “A person familiar with the plan”
    let described = tokens.get(head).is_some_and(|token| token.is(Class::Role))
        && part(head + 1) == PosTag::Noun
        && part(head + 2) == PosTag::Preposition;
    // A number above the first words, the time of an entry of a live blog, is not of them.
    let is_number = |index: usize| {
        index == 0
            && part(index) == PosTag::Number
            && tokens.get(1).is_some_and(|next| next.capital)
    };
    let nominal = |index: &usize| {
        matches!(
            part(*index),
            PosTag::Noun | PosTag::Name | PosTag::Number | PosTag::Possessive | PosTag::Determiner
        ) && !is_number(*index)
    };
    let start = (head.saturating_sub(8)..head)
        .rev()
        .take_while(nominal)
        .last()
        .unwrap_or(head);
    let opens = start == 0
        || is_number(start - 1)
        || matches!(
            part(start - 1),
            PosTag::Stop | PosTag::Dash | PosTag::Coordinator | PosTag::Subordinator | PosTag::That
        );
    // “The governor of the bank, Ana Ruiz, …”: the name says who.
    let end =
        (head + 1..head + 12).find(|index| !nominal(index) && part(*index) != PosTag::Preposition);
    let named = end.is_some_and(|end| part(end) == PosTag::Comma && part(end + 1) == PosTag::Name);
    let complement = part(head + 1) == PosTag::Preposition;
    // “A judge on Thursday dismissed …”
    let prepositions = |end: usize| {
        (0..end)
            .rev()
            .take_while(|at| part(*at) == PosTag::Preposition)
    };
    let end = end.map(|end| end - prepositions(end).count());
    let end = end.filter(|_| complement).unwrap_or(head + 1);
    ((follows || described) && opens && !named).then_some(NounPhrase {
        start,
        end,
        head_end: head + 1,
    })
}
