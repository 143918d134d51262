//! The entities of descriptions: `the senator` is the person with that role, `the company` the body named
//! last, and `a senior official` somebody of their own.

use super::mention::{ANTECEDENT_WINDOW, EntityMention, MentionHistory};
use super::salience::{most_salient_person, subject_or_latest};
use super::table::{EntityTable, is_time, name_hash};
use super::{EntityId, EntityKind, ROLE, gender_of, trim_stop};
use crate::analysis::reach;
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::{PosTag, TaggedToken};
use crate::lexicon::{Class, Classes};

/// The furthest antecedent of `the company`, in sentences.
const BODY_REACH: u32 = 8;
/// How many mentions back a person with a role is looked for; `the senator` reaches further than `he`.
const ROLE_WINDOW: usize = 2 * ANTECEDENT_WINDOW;
/// The most words before the head of a description that is a subject.
const MAX_MODIFIERS: usize = 8;

/// Nouns that a pronoun can refer to.
pub(crate) const DESCRIBES: Classes = Classes::of(Class::Role)
    .and(Classes::of(Class::RolePlural))
    .and(Classes::of(Class::Male))
    .and(Classes::of(Class::Female))
    .and(Classes::of(Class::Organization));

/// The entity of a description: the person or body it refers to, or an entity of its own.
/// `inflected_articles`: the language inflects its articles, so that they are left out of the description.
pub(crate) fn entity_of_description(
    table: &mut EntityTable,
    history: &MentionHistory,
    paragraph: &Sentence<'_>,
    phrase: NounPhrase,
    inflected_articles: bool,
    text: &str,
) -> Option<EntityId> {
    let tokens = paragraph.tokens;
    let first = &tokens[phrase.start];
    let head = &tokens[phrase.head_end - 1];
    let modifiers = &tokens[phrase.start..phrase.head_end - 1];
    // “the group” and “the Basel-based group” refer to a body, “the M23 group” names one.
    let is_based = |token: &TaggedToken| token.span.of(text).ends_with("-based");
    let is_named = |token: &TaggedToken| {
        token.tag == PosTag::Name && token.classes.is_empty() && !is_based(token)
    };
    let definite = first.is(Class::Definite) && phrase.end == phrase.head_end;
    if definite
        && !modifiers.iter().any(is_named)
        && let Some(known) = antecedent(table, history, modifiers, head, text)
    {
        return Some(known);
    }
    let drops_article =
        inflected_articles && first.is(Class::Definite) && phrase.start + 2 == phrase.head_end;
    let phrase = NounPhrase {
        start: phrase.start + usize::from(drops_article),
        ..phrase
    };
    let words = phrase.span(tokens).of(text);
    if is_time(words) {
        return None;
    }
    let whole = name_hash(words);
    if let Some(known) = table.described_as(whole) {
        return Some(known);
    }
    if phrase.start + 1 == phrase.end
        && let Some(known) = table.body_with_last_word(whole)
    {
        return Some(known);
    }
    Some(add_described(table, tokens, phrase, head, text))
}

/// Adds an entity for a description that is used for the first time.
fn add_described(
    table: &mut EntityTable,
    tokens: &[TaggedToken],
    phrase: NounPhrase,
    head: &TaggedToken,
    text: &str,
) -> EntityId {
    let span = phrase.span(tokens);
    let kind = kind_of(head);
    let mut words = tokens[phrase.start..phrase.head_end].iter().rev();
    let gender = words.find_map(|token| gender_of(token.classes));
    let id = table.add_described(kind, span, gender, name_hash(span.of(text)));
    if kind == EntityKind::Unnamed {
        let role = name_hash(head.span.of(text));
        table.get_mut(id).roles.push(role);
    }
    id
}

/// Whether a description is of a person, of several people or of a body, by its head.
fn kind_of(head: &TaggedToken) -> EntityKind {
    let several = head.is(Class::RolePlural) && !head.is(Class::Role);
    let somebody = head.is(Class::Indefinite) && !head.is(Class::Determiner) && !several;
    if head.is(Class::Role) || gender_of(head.classes).is_some() || somebody || head.is(Class::I) {
        EntityKind::Unnamed
    } else if several || head.is(Class::Indefinite) || head.tag == PosTag::Pronoun {
        EntityKind::Group
    } else {
        EntityKind::Body
    }
}

/// The person or body that a definite description such as `the mayor` or `the court` refers to.
fn antecedent(
    table: &EntityTable,
    history: &MentionHistory,
    modifiers: &[TaggedToken],
    head: &TaggedToken,
    text: &str,
) -> Option<EntityId> {
    let hash = name_hash(head.span.of(text));
    if head.is(Class::Role) {
        // “the deputy president” is not the president.
        let ranks: Vec<u64> = modifiers
            .iter()
            .filter(|token| token.tag == PosTag::Noun && token.classes.any(ROLE))
            .map(|token| name_hash(trim_stop(token.span.of(text))))
            .collect();
        let has_roles = |mention: &&EntityMention| {
            let roles = &table.get(mention.entity).roles;
            ranks.iter().chain([&hash]).all(|rank| roles.contains(rank))
        };
        let with_role = history.latest(ROLE_WINDOW).find(has_roles);
        if let Some(mention) = with_role {
            return Some(mention.entity);
        }
        let alone = ranks.is_empty() && (head.tag == PosTag::Noun || head.is(Class::Title));
        if alone && let Some(person) = most_salient_person(table, history, head) {
            return Some(person);
        }
    }
    if !head.is(Class::Organization) {
        return None;
    }
    let known = table.body_with_last_word(hash);
    known.or_else(|| {
        head.is(Class::Generic)
            .then(|| latest_body(table, history))
            .flatten()
    })
}

/// The body last mentioned by name in the last few sentences, for `the company`.
fn latest_body(table: &EntityTable, history: &MentionHistory) -> Option<EntityId> {
    let is_candidate = |mention: &&EntityMention| {
        mention.named
            && history.sentences_since(mention) <= BODY_REACH
            && table.is_body(mention.entity)
    };
    subject_or_latest(history.latest(ANTECEDENT_WINDOW).filter(is_candidate))
}

/// The noun phrase with its head at `head`, when it begins its clause and a verb or an aside follows.
pub(crate) fn described_subject(paragraph: &Sentence<'_>, head: usize) -> Option<NounPhrase> {
    let tag = |index: usize| paragraph.tag(index);
    let follows = tag(head + 1).is_finite_verb()
        || matches!(
            tag(head + 1),
            PosTag::Adverb | PosTag::Relative | PosTag::Comma | PosTag::Preposition
        );
    // “A person familiar with the plan”
    let has_adjective_after = paragraph.is(head, Class::Role)
        && tag(head + 1) == PosTag::Noun
        && tag(head + 2) == PosTag::Preposition;
    if !follows && !has_adjective_after {
        return None;
    }
    // The time of a live-blog entry, a number before its first words, is not part of them.
    let is_entry_time =
        |index: usize| index == 0 && tag(0) == PosTag::Number && paragraph.is_capital(1);
    let is_in_phrase = |index: &usize| is_in_phrase(tag(*index)) && !is_entry_time(*index);
    let start = (head.saturating_sub(MAX_MODIFIERS)..head)
        .rev()
        .take_while(is_in_phrase)
        .last()
        .unwrap_or(head);
    let opens = matches!(
        paragraph.tag_before(start),
        PosTag::Stop | PosTag::Dash | PosTag::Coordinator | PosTag::Subordinator | PosTag::That
    );
    let follows_entry_time = start == 1 && is_entry_time(0);
    if !opens && !follows_entry_time {
        return None;
    }
    Some(NounPhrase {
        start,
        end: subject_end(paragraph, head)?,
        head_end: head + 1,
    })
}

/// The end of the described subject with its head at `head`, with a prepositional phrase after it; `None`
/// when a name in apposition follows, which is then the subject: “The governor of the bank, Ana Ruiz, …”.
fn subject_end(paragraph: &Sentence<'_>, head: usize) -> Option<usize> {
    let is_preposition = |index: usize| paragraph.tag(index) == PosTag::Preposition;
    let end = (head + 1..head + reach::COMPLEMENT)
        .find(|index| !is_in_phrase(paragraph.tag(*index)) && !is_preposition(*index));
    let Some(end) = end else {
        return Some(head + 1);
    };
    if paragraph.tag(end) == PosTag::Comma && paragraph.tag(end + 1) == PosTag::Name {
        return None;
    }
    if !is_preposition(head + 1) {
        return Some(head + 1);
    }
    // “A judge on Thursday dismissed …”
    let prepositions = (0..end).rev().take_while(|index| is_preposition(*index));
    Some(end - prepositions.count())
}

/// Whether a tag can be in a noun phrase.
const fn is_in_phrase(tag: PosTag) -> bool {
    tag.is_nominal() || matches!(tag, PosTag::Possessive | PosTag::Determiner)
}
