//! What can be asked about everyone who is quoted, as of the last settling.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::group::Mention;
use super::names::NameId;
use super::{People, Person};
use crate::library::ArticleId;
use crate::library::corrections::Called;

impl People {
    /// What a name found in an article stands for; nothing when the article is not known to quote it.
    #[must_use]
    pub fn called_in(&self, id: ArticleId, name: &str) -> Option<Called> {
        let record = self.articles.get(id.0 as usize)?.as_ref()?;
        let here = self.corrections.called_within(&record.key, name);
        let name = match &here {
            Some(Called::Nobody) => return here,
            Some(Called::Person(name)) => name,
            None => name,
        };
        let wanted = self.names.known(name)?;
        let mentions = &record.grouped.mentions;
        let at = mentions.partition_point(|(name, _)| *name < wanted);
        let (_, group) = *mentions.get(at).filter(|(name, _)| *name == wanted)?;
        let known = self.groups.get(group as usize)?;
        let class = known.class_in(id, wanted)?;
        let called = known.called.get(class)?;
        Some(called.map_or(Called::Nobody, |name| {
            Called::Person(self.names.shared(name))
        }))
    }

    /// A number that changes whenever somebody begins to go by another name.
    #[must_use]
    pub fn renamed(&self) -> u64 {
        self.renamed
    }

    /// Everyone, most quoted first, then by name.
    pub fn all(&self) -> impl Iterator<Item = (&Arc<str>, &Person)> {
        let ranked = self.ranking.get_or_init(|| self.ranked()).iter();
        ranked.filter_map(|name| {
            let person = self.persons.get(name)?;
            Some((&person.name, person))
        })
    }

    /// Number of persons.
    #[must_use]
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// Whether nobody is quoted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    /// A person by the name it goes by.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Person> {
        self.persons.get(&self.names.known(name)?)
    }

    fn ranked(&self) -> Vec<NameId> {
        let persons = self.persons.iter();
        let mut ranking: Vec<(u32, &str, NameId)> = persons
            .map(|(id, person)| (person.quotations, &*person.name, *id))
            .collect();
        ranking.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        ranking.into_iter().map(|(.., id)| id).collect()
    }

    /// The articles that quote somebody with the number of quotations, by article.
    #[must_use]
    pub fn articles_of(&self, name: &str) -> BTreeMap<ArticleId, u32> {
        let mut articles = BTreeMap::new();
        if let Some(person) = self.get(name) {
            for mention in self.mentions(person) {
                *articles.entry(mention.article).or_default() += mention.quotations;
            }
        }
        articles
    }

    /// Quotations of somebody in an article.
    #[must_use]
    pub fn quotations_in(&self, id: ArticleId, name: &str) -> u32 {
        let Some(person) = self.get(name) else {
            return 0;
        };
        let members = person.members.iter();
        members
            .filter_map(|&(group, class)| {
                let known = self.groups.get(group as usize)?;
                let own = known.in_article(id).iter();
                Some(
                    own.filter(|m| m.class == class)
                        .map(|m| m.quotations)
                        .sum::<u32>(),
                )
            })
            .sum()
    }

    pub(super) fn mentions<'p>(&'p self, person: &'p Person) -> impl Iterator<Item = &'p Mention> {
        person.members.iter().flat_map(|&(group, class)| {
            let known = self.groups.get(group as usize);
            let mentions = known.map_or(&[][..], |known| &known.mentions);
            mentions
                .iter()
                .filter(move |mention| mention.class == class)
        })
    }
}
