//! Which mentions refer to the same person or body.
//!
//! [`EntityTracker`] reads the names, pronouns and descriptions of an article in order and gives each of
//! them an entity: names through `table`, pronouns through `salience`, descriptions such as `the senator`
//! through `description`.

use super::description::{DESCRIBES, described_subject, entity_of_description};
use super::mention::{ANTECEDENT_WINDOW, EntityMention, MentionHistory};
use super::name::{NameRun, ProperName};
use super::salience::{antecedent, body_or_group, most_salient_person};
use super::table::{EntityTable, name_hash};
use super::{
    Entity, EntityId, EntityKind, HE_OR_SHE, ROLE, ReferenceKind, ResolvedSource, gender_of,
    gender_of_pronoun, role, trim_stop,
};
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::{PosTag, TaggedToken, dateline};
use crate::lexicon::{Class, Language};
use crate::text::Span;

/// The lead over the next candidate at which a pronoun shows the gender of its antecedent.
const SURE_MARGIN: i64 = 20;
/// More role words than anybody has; it bounds memory.
const MAX_ROLE_WORDS: usize = 12;

/// Follows the entities of an article from mention to mention.
pub(crate) struct EntityTracker {
    table: EntityTable,
    history: MentionHistory,
    /// The entity of each token of the current paragraph.
    entity_at: Vec<Option<EntityId>>,
    /// Whether articles are inflected: `die Polizei`, `der Polizei`. They are left out of descriptions.
    inflected_articles: bool,
}

impl EntityTracker {
    /// A tracker for an article with `n_blocks` blocks. Each may mention somebody new.
    pub(crate) fn new(language: &Language, n_blocks: usize) -> Self {
        Self {
            table: EntityTable::with_capacity(n_blocks),
            history: MentionHistory::default(),
            entity_at: Vec::new(),
            inflected_articles: language.inflects,
        }
    }

    /// The entities, once the article has been read.
    pub(crate) fn into_entities(self) -> Vec<Entity> {
        self.table.into_entities()
    }

    /// The entities read so far.
    pub(crate) const fn table(&self) -> &EntityTable {
        &self.table
    }

    /// Reads the names and pronouns of a paragraph.
    pub(crate) fn read(&mut self, tokens: &[TaggedToken], text: &str, is_headline: bool) {
        let paragraph = Sentence::whole(tokens);
        self.history.headline = is_headline;
        self.history.sentence += 1;
        self.entity_at.clear();
        self.entity_at.resize(tokens.len(), None);
        let mut index = dateline::length(tokens);
        while let Some(token) = tokens.get(index) {
            index = match token.tag {
                PosTag::Name => self.read_names(&paragraph, index, text),
                PosTag::Pronoun | PosTag::Object | PosTag::Possessive | PosTag::Cue
                    if token.classes.any(HE_OR_SHE) =>
                {
                    self.read_pronoun(&paragraph, index);
                    index + 1
                }
                PosTag::Noun if token.classes.any(DESCRIBES) && !is_headline => {
                    self.read_described_subject(&paragraph, index, text);
                    index + 1
                }
                PosTag::Stop => {
                    self.history.sentence += 1;
                    index + 1
                }
                _ => index + 1,
            };
        }
    }

    /// Reads the run of name words that starts at `start`; returns its end.
    fn read_names(&mut self, paragraph: &Sentence<'_>, start: usize, text: &str) -> usize {
        let run = NameRun::read(paragraph, start);
        let words = run.words(paragraph);
        let after_article = paragraph.tag_before(start) == PosTag::Determiner;
        // “the Prime Minister” is a description.
        if after_article && words.iter().all(|token| token.classes.any(ROLE)) {
            return run.end;
        }
        if let [token] = words
            && token.is(Class::Nationality)
            && self.read_nationality(paragraph, start, after_article, text)
        {
            return run.end;
        }
        if let Some(name) = run.proper_name(paragraph) {
            let owner = self.owner(paragraph, name.start);
            let entity = self.table.entity_of_name(paragraph, name, owner, text);
            if let Some(entity) = entity {
                self.entity_at[name.start..run.end].fill(Some(entity));
                self.add_roles(paragraph, entity, start, name, text);
                let span = NounPhrase::of(name.start, name.end).span(paragraph.tokens);
                self.mention(paragraph, start..name.end, entity, span);
            }
        }
        run.end
    }

    /// Reads a single adjective of nationality at `index`. Returns whether it names nobody new: before a
    /// noun (`German banks`), or as a description of somebody (`the Norwegian`).
    fn read_nationality(
        &mut self,
        paragraph: &Sentence<'_>,
        index: usize,
        after_article: bool,
        text: &str,
    ) -> bool {
        /// Endings of adjectives that mean a whole people after an article: `the Germans`, `the Irish`.
        const COLLECTIVE_ENDINGS: [&str; 4] = ["s", "sh", "ch", "se"];
        if paragraph.tag(index + 1) == PosTag::Noun {
            return true;
        }
        let token = &paragraph.tokens[index];
        let word = token.span.of(text);
        let collective = COLLECTIVE_ENDINGS
            .iter()
            .any(|ending| word.ends_with(ending));
        if !after_article || collective {
            return false;
        }
        let Some(person) = most_salient_person(&self.table, &self.history, token) else {
            return false;
        };
        self.entity_at[index] = Some(person);
        let sentence = self.history.sentence;
        let mention =
            EntityMention::read(paragraph, index..index + 1, person, sentence, token.span);
        self.push(EntityMention {
            named: false,
            ..mention
        });
        true
    }

    /// Resolves the third-person pronoun at `index`.
    fn read_pronoun(&mut self, paragraph: &Sentence<'_>, index: usize) {
        let token = &paragraph.tokens[index];
        let Some(gender) = gender_of_pronoun(token.classes) else {
            return;
        };
        let is_subject = matches!(token.tag, PosTag::Pronoun | PosTag::Cue);
        let Some(found) = antecedent(&self.table, &self.history, gender, is_subject) else {
            return;
        };
        self.entity_at[index] = Some(found.entity);
        if found.margin >= SURE_MARGIN {
            let entity = self.table.get_mut(found.entity);
            entity.gender = entity.gender.or(Some(gender));
        }
        self.mention(paragraph, index..index + 1, found.entity, token.span);
    }

    /// Reads the description with its head at `head` when it is the subject of its clause, so that a later
    /// pronoun can refer to it: “An official declined to comment. He …”
    fn read_described_subject(&mut self, paragraph: &Sentence<'_>, head: usize, text: &str) {
        let Some(phrase) = described_subject(paragraph, head) else {
            return;
        };
        let Some(entity) = self.described(paragraph, phrase, text) else {
            return;
        };
        self.entity_at[head] = Some(entity);
        let mention = EntityMention::read(
            paragraph,
            phrase.start..phrase.end,
            entity,
            self.history.sentence,
            phrase.span(paragraph.tokens),
        );
        self.push(EntityMention {
            subject: true,
            ..mention
        });
    }

    fn described(
        &mut self,
        paragraph: &Sentence<'_>,
        phrase: NounPhrase,
        text: &str,
    ) -> Option<EntityId> {
        let (table, history) = (&mut self.table, &self.history);
        let inflected = self.inflected_articles;
        entity_of_description(table, history, paragraph, phrase, inflected, text)
    }

    /// Adds the mention of an entity by the words `words` of a paragraph.
    fn mention(
        &mut self,
        paragraph: &Sentence<'_>,
        words: std::ops::Range<usize>,
        entity: EntityId,
        span: Span,
    ) {
        let sentence = self.history.sentence;
        self.push(EntityMention::read(
            paragraph, words, entity, sentence, span,
        ));
    }

    fn push(&mut self, mention: EntityMention) {
        self.table.get_mut(mention.entity).acts |= mention.subject || mention.speaks;
        self.history.push(mention);
    }

    /// The country or town of the body whose name starts at `start`: `Taiwan's` before `Foreign Ministry`.
    fn owner(&self, paragraph: &Sentence<'_>, start: usize) -> Option<Span> {
        if paragraph.tag_before(start) != PosTag::Possessive {
            return None;
        }
        let last = start.checked_sub(2)?;
        let owner = self.entity_at[last]?;
        let first = (0..last)
            .rev()
            .take_while(|index| self.entity_at[*index] == Some(owner))
            .last()
            .unwrap_or(last);
        let place = self.table.get(owner).kind == EntityKind::Place;
        place.then(|| NounPhrase::of(first, last + 1).span(paragraph.tokens))
    }

    /// Adds the role words before and after a name to its entity.
    fn add_roles(
        &mut self,
        paragraph: &Sentence<'_>,
        id: EntityId,
        run: usize,
        name: ProperName,
        text: &str,
    ) {
        let entity = self.table.get_mut(id);
        for phrase in role::of(paragraph, run, name.start, name.end) {
            let span = phrase.span(paragraph.tokens);
            if entity.role.is_none_or(|known| known.len() < span.len()) {
                entity.role = Some(span);
            }
            for token in &paragraph.tokens[phrase.start..phrase.end] {
                if token.classes.any(ROLE) {
                    let hash = name_hash(trim_stop(token.span.of(text)));
                    if !entity.roles.contains(&hash) && entity.roles.len() < MAX_ROLE_WORDS {
                        entity.roles.push(hash);
                    }
                    entity.gender = entity.gender.or_else(|| gender_of(token.classes));
                }
            }
        }
    }

    /// The entity that a source phrase refers to. `tokens`: the paragraph that was read last.
    pub(crate) fn resolve(
        &mut self,
        tokens: &[TaggedToken],
        phrase: NounPhrase,
        text: &str,
    ) -> Option<ResolvedSource> {
        let n_known = self.table.len();
        let entity = self.entity_of(&Sentence::whole(tokens), phrase, text)?;
        let is_new = entity as usize == n_known;
        let head = &tokens[phrase.head_end - 1];
        let reference = match head.tag {
            PosTag::Name => ReferenceKind::Name,
            PosTag::Pronoun | PosTag::Cue if head.classes.any(HE_OR_SHE) => ReferenceKind::Pronoun,
            PosTag::Pronoun => ReferenceKind::Plural,
            _ if is_new || self.table.get(entity).kind != EntityKind::Person => {
                ReferenceKind::Itself
            }
            _ => ReferenceKind::Description,
        };
        let position = phrase.span(tokens).start;
        let is_antecedent = |mention: &&EntityMention| {
            mention.entity == entity && mention.named && mention.span.start < position
        };
        let antecedent = if reference == ReferenceKind::Name {
            None
        } else {
            self.history.latest(ANTECEDENT_WINDOW).find(is_antecedent)
        };
        Some(ResolvedSource {
            entity,
            reference,
            antecedent: antecedent.map(|mention| mention.span),
        })
    }

    fn entity_of(
        &mut self,
        paragraph: &Sentence<'_>,
        phrase: NounPhrase,
        text: &str,
    ) -> Option<EntityId> {
        let at = phrase.head_end - 1;
        let head = &paragraph.tokens[at];
        match head.tag {
            PosTag::Name | PosTag::Pronoun | PosTag::Cue | PosTag::Possessive
                if self.entity_at[at].is_some() =>
            {
                return self.entity_at[at];
            }
            PosTag::Noun => {
                if let Some(known) = self.entity_of_noun(paragraph, phrase) {
                    self.lengthen_description(known, phrase.span(paragraph.tokens));
                    return Some(known);
                }
            }
            PosTag::Pronoun => {
                if let Some(known) = body_or_group(&self.table, &self.history, head) {
                    return Some(known);
                }
            }
            _ => {}
        }
        if let Some(named) = self.entity_in_apposition(paragraph, phrase) {
            return Some(named);
        }
        self.entity_of_new_description(paragraph, phrase, text)
    }

    /// The entity that was found for the head of a phrase when the paragraph was read. For “a person
    /// familiar with the plan” it was found for the noun before the adjective.
    fn entity_of_noun(&self, paragraph: &Sentence<'_>, phrase: NounPhrase) -> Option<EntityId> {
        let at = phrase.head_end - 1;
        if self.entity_at[at].is_some() {
            return self.entity_at[at];
        }
        let is_adjective = !paragraph.has_any(at, DESCRIBES) && at > phrase.start;
        if is_adjective && paragraph.tag(at - 1) == PosTag::Noun {
            self.entity_at[at - 1]
        } else {
            None
        }
    }

    /// The person whom a description in apposition describes: `Ana Ruiz, the mayor of Lowell`.
    fn entity_in_apposition(
        &self,
        paragraph: &Sentence<'_>,
        phrase: NounPhrase,
    ) -> Option<EntityId> {
        let describes = paragraph.is(phrase.head_end - 1, Class::Role)
            && paragraph.tag_before(phrase.start) == PosTag::Comma
            && paragraph.tag(phrase.start) == PosTag::Determiner;
        if !describes {
            return None;
        }
        let named = self.entity_at[phrase.start.checked_sub(2)?]?;
        (self.table.get(named).kind == EntityKind::Person).then_some(named)
    }

    /// Replaces the description of an entity without a name by a longer one: `An official at the ministry`.
    fn lengthen_description(&mut self, id: EntityId, span: Span) {
        let entity = self.table.get_mut(id);
        if entity.kind != EntityKind::Person
            && entity.name.start == span.start
            && entity.name.len() < span.len()
        {
            entity.name = span;
        }
    }

    /// The entity of a description, which is then an antecedent for later pronouns.
    fn entity_of_new_description(
        &mut self,
        paragraph: &Sentence<'_>,
        phrase: NounPhrase,
        text: &str,
    ) -> Option<EntityId> {
        let entity = self.described(paragraph, phrase, text)?;
        let head = &paragraph.tokens[phrase.head_end - 1];
        // “nobody would tell her”: no pronoun refers to nobody.
        if head.tag != PosTag::Pronoun && !head.is(Class::Indefinite) {
            self.push(EntityMention {
                entity,
                sentence: self.history.sentence,
                span: phrase.span(paragraph.tokens),
                subject: true,
                speaks: true,
                oblique: false,
                named: false,
                headline: false,
            });
        }
        Some(entity)
    }
}
