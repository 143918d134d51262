//! What the names that analysis found in an article stand for.

use std::collections::BTreeMap;

use super::ambiguous::AmbiguousNames;
use super::article_persons::ArticlePersons;
use super::name_index::NameIndex;
use crate::library::articles::id::ArticleId;
use crate::library::corrections::{Corrections, ResolvedName};
use crate::library::name_table::NameHash;
use crate::library::people::naming::name::Name;

/// Resolves the names found in an article to the names their bearers go by in the folder.
#[derive(Debug)]
pub struct NameResolver<'p> {
    index: &'p NameIndex,
    ambiguous: &'p AmbiguousNames,
    corrections: &'p Corrections,
    article: ArticleId,
    /// Surnames that were joined to a full name, with the base of that name.
    joined: BTreeMap<String, String>,
}

impl<'p> NameResolver<'p> {
    pub(crate) fn new(
        index: &'p NameIndex,
        ambiguous: &'p AmbiguousNames,
        corrections: &'p Corrections,
        article: ArticleId,
    ) -> Self {
        let speakers = index.speakers(article);
        let mut joined = BTreeMap::new();
        if speakers.all().any(|mention| mention.is_joined) {
            let names = speakers.persons().map(|person| person.name.decode());
            let persons = ArticlePersons::named(names);
            for (person, (_, home)) in speakers.persons().zip(persons.all()) {
                if person.is_joined {
                    joined.insert(person.name.decode().into_owned(), home.to_owned());
                }
            }
        }
        Self {
            index,
            ambiguous,
            corrections,
            article,
            joined,
        }
    }

    /// What a name stands for; `None` if the article does not quote it.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<ResolvedName> {
        let key = self.index.speakers.corrected_key(self.article);
        let corrected = key.and_then(|key| self.corrections.resolve_within(key, name));
        let name: &str = match &corrected {
            Some(ResolvedName::Nobody) => return corrected,
            Some(ResolvedName::Person(name)) => name,
            None => name,
        };
        if let Some(home) = self.joined.get(name) {
            return self.resolve_form(home, name);
        }
        let base = Name::parse(name).base;
        let mark = NameHash::of_base(&base).low_bits();
        let mut marked = self.index.speakers(self.article).marked(mark);
        let is_quoted = marked.any(|mention| !mention.is_joined && mention.name.decode() == name);
        if !is_quoted {
            return None;
        }
        self.resolve_form(&base, name)
    }

    /// What a form of a name with this base stands for.
    fn resolve_form(&self, base: &str, form: &str) -> Option<ResolvedName> {
        let index = self.index;
        let slot = index.slot(base)?;
        if !index.table.is_ambiguous(slot) {
            return Some(ResolvedName::Person(index.label_at(slot, base).into()));
        }
        let group = index.group_at(slot, base);
        let mut here = group.mentions.iter().filter(|m| m.article == self.article);
        let mention = here.find(|m| group.form(m.form) == form)?;
        self.ambiguous.resolved(base, mention.class).cloned()
    }
}
