//! What can be asked about everyone who is quoted, as of the last settling.

use std::collections::BTreeMap;

use super::group::{GroupBuilder, NameGroup};
use super::persons::ArticlePersons;
use crate::library::ArticleId;
use crate::library::corrections::ResolvedName;
use crate::library::name_table::NameSlot;
use crate::library::people::{Name, People};

/// What the names found in an article stand for.
#[derive(Debug)]
pub struct NameResolver<'p> {
    people: &'p People,
    id: ArticleId,
    /// Surnames that were joined to a full name, with what that is made of.
    joined: BTreeMap<String, String>,
}

/// Some bearers of a name who go by the same one.
pub(crate) struct PersonInGroup {
    pub base: Box<str>,
    pub group: NameGroup,
    pub classes: Vec<u8>,
}

impl People {
    /// What a name found in an article stands for; nothing when the article is not known to quote it.
    #[must_use]
    pub fn resolve_in(&self, id: ArticleId, name: &str) -> Option<ResolvedName> {
        self.resolver(id).resolve(name)
    }

    /// What the names found in an article stand for, to be asked of many.
    #[must_use]
    pub fn resolver(&self, id: ArticleId) -> NameResolver<'_> {
        let speakers = self.speakers(id);
        let mut joined = BTreeMap::new();
        if speakers.all().any(|mention| mention.is_joined) {
            let persons =
                ArticlePersons::named(speakers.persons().map(|person| person.name.decode()));
            for (person, (_, home)) in speakers.persons().zip(persons.all()) {
                if person.is_joined {
                    joined.insert(person.name.decode().into_owned(), home.to_owned());
                }
            }
        }
        NameResolver {
            people: self,
            id,
            joined,
        }
    }

    /// What a form of a name stands for in an article.
    fn resolve_here(&self, id: ArticleId, base: &str, form: &str) -> Option<ResolvedName> {
        let place = self.place(base)?;
        if !self.table.is_ambiguous(place) {
            return Some(ResolvedName::Person(self.label_at(place, base).into()));
        }
        let group = self.group_at(place, base);
        let mut mentions = group.mentions.iter();
        let mention = mentions.find(|m| m.article == id && group.form(m.form) == form)?;
        self.ambiguous
            .called(base, usize::from(mention.class))
            .cloned()
    }

    /// The name that the one bearer of a name goes by that is not ambiguous.
    pub(crate) fn label_at(&self, place: NameSlot, base: &str) -> String {
        // Mostly there is one article with one form.
        if self.table.is_single(place)
            && let Some(article) = self.table.articles(place).next()
        {
            let mut marked = self
                .speakers(article)
                .marked(self.table.key(place).low_bits());
            if let (Some(mention), None) = (marked.next(), marked.next()) {
                return mention.name.decode().into_owned();
            }
        }
        let bearers = self.group_at(place, base).bearers;
        bearers
            .into_iter()
            .next()
            .map_or_else(String::new, |bearer| bearer.label)
    }

    /// A number that changes whenever somebody begins to go by another name.
    #[must_use]
    pub fn naming_version(&self) -> u64 {
        self.renamed
    }

    /// Number of persons.
    #[must_use]
    pub fn len(&self) -> usize {
        let plain = self.table.n_plain() - self.ambiguous.absorbed.len().min(self.table.n_plain());
        plain + self.ambiguous.names.len()
    }

    /// Whether nobody is quoted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All who go by a name, with their mentions.
    pub(crate) fn groups_of(&self, name: &str) -> Vec<PersonInGroup> {
        let mut bearing: Vec<PersonInGroup> = Vec::new();
        for member in self.ambiguous.members(name) {
            match bearing.last_mut() {
                Some(last) if last.base == member.base => last.classes.push(member.class),
                _ => bearing.push(PersonInGroup {
                    base: member.base.clone(),
                    group: self.group(&member.base),
                    classes: vec![member.class],
                }),
            }
        }
        let base = Name::parse(name).base;
        if let Some(place) = self
            .place(&base)
            .filter(|place| !self.table.is_ambiguous(*place))
        {
            let group = self.group_at(place, &base);
            let is_it = group
                .bearers
                .first()
                .is_some_and(|bearer| bearer.label == name);
            bearing.extend(is_it.then(|| PersonInGroup {
                base: base.into(),
                group,
                classes: vec![0],
            }));
        }
        bearing
    }

    /// Where a name stands that is not ambiguous and whose bearer goes by it.
    pub(crate) fn unambiguous(&self, base: &str, name: &str) -> Option<NameSlot> {
        let place = self.place(base)?;
        let is_plain = !self.table.is_ambiguous(place) && self.label_at(place, base) == name;
        is_plain.then_some(place)
    }

    /// Quotations in the folder of somebody who goes by a name.
    #[must_use]
    pub fn quotations_of(&self, name: &str) -> Option<u32> {
        let members = self.ambiguous.members(name);
        let ambiguous = members.iter().map(|member| member.quotations).sum::<u32>();
        let plain = self.unambiguous(&Name::parse(name).base, name);
        let plain = plain.map(|place| self.table.quotations(place));
        (!members.is_empty() || plain.is_some()).then_some(ambiguous + plain.unwrap_or(0))
    }

    /// The articles that quote somebody with the number of quotations, by article.
    #[must_use]
    pub fn articles_of(&self, name: &str) -> BTreeMap<ArticleId, u32> {
        let mut articles = BTreeMap::new();
        for bearing in self.groups_of(name) {
            for mention in bearing.mentions() {
                *articles.entry(mention.article).or_default() += mention.quotations;
            }
        }
        articles
    }

    /// Quotations of somebody in an article.
    #[must_use]
    pub fn quotations_in(&self, id: ArticleId, name: &str) -> u32 {
        let total = |group: &NameGroup, classes: Option<&[u8]>| {
            let here = group
                .mentions
                .iter()
                .filter(|mention| mention.article == id);
            let here = here.filter(|m| classes.is_none_or(|classes| classes.contains(&m.class)));
            here.map(|mention| mention.quotations).sum::<u32>()
        };
        let base = Name::parse(name).base;
        let own = self.unambiguous(&base, name);
        let own = own.map_or(0, |_| total(&self.group_in(id, &base), None));
        let members = self
            .ambiguous
            .members(name)
            .chunk_by(|a, b| a.base == b.base);
        let ambiguous = members.map(|members| {
            let base = members.first().map_or("", |member| &member.base);
            if self.ambiguous.n_bearers(base) == members.len() {
                return total(&self.group_in(id, base), None);
            }
            let classes: Vec<u8> = members.iter().map(|member| member.class).collect();
            total(&self.group(base), Some(&classes))
        });
        own + ambiguous.sum::<u32>()
    }

    /// What one article has of all who bear a name.
    fn group_in(&self, id: ArticleId, base: &str) -> NameGroup {
        let mut gathering = GroupBuilder::of(
            base,
            crate::library::people::records::speakers::key(base).low_bits(),
        );
        gathering.add(id, self.speakers(id));
        gathering.group()
    }
}

impl NameResolver<'_> {
    /// What a name stands for; nothing when the article is not known to quote it.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<ResolvedName> {
        let people = self.people;
        let corrected = people.corrected.get(&self.id);
        let here = corrected.and_then(|(key, _)| people.corrections.resolve_within(key, name));
        let name = match &here {
            Some(ResolvedName::Nobody) => return here,
            Some(ResolvedName::Person(name)) => name,
            None => name,
        };
        if let Some(home) = self.joined.get(name) {
            return people.resolve_here(self.id, home, name);
        }
        let base = Name::parse(name).base;
        let mark = crate::library::people::records::speakers::key(&base).low_bits();
        let mut marked = people.speakers(self.id).marked(mark);
        let is_quoted = marked.any(|mention| !mention.is_joined && mention.name.decode() == name);
        is_quoted.then(|| people.resolve_here(self.id, &base, name))?
    }
}

impl PersonInGroup {
    pub(crate) fn mentions(&self) -> impl Iterator<Item = &super::group::GroupMention> {
        let mentions = self.group.mentions.iter();
        mentions.filter(|mention| self.classes.contains(&mention.class))
    }
}
