//! Who is who across the articles of a folder.
//!
//! The same full name is one person, however it is written, unless initials, offices and dates speak against
//! it. A surname alone joins the full name of its own article. An acronym is the body some article
//! introduces by it. Spellings that may be of one person are proposed and not joined. What the reader
//! corrected counts over all of that.
//!
//! Articles come and go; the outcome depends on which are there and never on their order. Names and offices
//! are kept once, and a mention takes some forty bytes.

mod apart;
mod asking;
mod group;
mod name;
mod names;
mod person;
mod variants;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::corrections::{Called, Corrections};
use super::{ArticleId, SpeakerCount, count};
use crate::analysis::{CountryCode, SpeakerKind};
use group::{Group, Mention};
use names::{NameId, Names};

pub(crate) use name::Name;
pub use person::Person;

/// The number of a group.
type GroupId = u32;

/// Everyone who is quoted in the articles of a folder.
#[derive(Debug, Default)]
pub struct People {
    names: Names,
    /// By name: the group it belongs to by itself, and what it is made of.
    parsed: HashMap<NameId, (GroupId, Arc<Name>)>,
    groups: Vec<Group>,
    by_base: HashMap<Box<str>, GroupId>,
    articles: Vec<Option<Box<Record>>>,
    countries: HashMap<NameId, Option<CountryCode>>,
    /// By name: everyone, as far as settled.
    persons: HashMap<NameId, Person>,
    stale: BTreeSet<GroupId>,
    corrections: Arc<Corrections>,
    /// Persons in the order of their quotations.
    /// Worked out when it is asked for: while a folder is read, nobody looks at it.
    ranking: OnceLock<Vec<NameId>>,
    /// How often somebody began to go by another name.
    renamed: u64,
}

/// What is known of the speakers of an article.
#[derive(Debug)]
struct Record {
    key: Box<str>,
    day: Option<i32>,
    /// As found, before any correction.
    speakers: Box<[Found]>,
    /// The place of a speaker and another name of it.
    aliases: Box<[(u32, NameId)]>,
    grouped: Grouped,
}

/// Where the speakers of an article are, after the corrections within it.
#[derive(Debug, Default)]
struct Grouped {
    /// By name.
    mentions: Box<[(NameId, GroupId)]>,
    /// Other names of the speakers in a group.
    links: Box<[(GroupId, NameId)]>,
}

#[derive(Debug, Clone, Copy)]
struct Found {
    name: NameId,
    role: Option<NameId>,
    quotations: u32,
    kind: SpeakerKind,
}

impl People {
    /// Takes in the speakers of an article in place of what was known of it; `key` is the name under which
    /// the article is remembered, `day` when it was published, in days since 1970.
    pub fn set(&mut self, id: ArticleId, key: &str, day: Option<i32>, speakers: &[SpeakerCount]) {
        self.remove(id);
        let at = id.0 as usize;
        if self.articles.len() <= at {
            self.articles.resize_with(at + 1, || None);
        }
        let mut aliases = Vec::new();
        let mut found = Vec::with_capacity(speakers.len());
        for (place, speaker) in (0..).zip(speakers) {
            for alias in &speaker.aliases {
                aliases.push((place, self.names.id(alias)));
            }
            found.push(Found {
                name: self.names.id(&speaker.name),
                role: speaker.role.as_deref().map(|role| self.names.id(role)),
                quotations: speaker.quotations,
                kind: speaker.kind,
            });
        }
        let grouped = self.add(id, key, day, speakers);
        if let Some(slot) = self.articles.get_mut(at) {
            *slot = Some(Box::new(Record {
                key: key.into(),
                day,
                speakers: found.into(),
                aliases: aliases.into(),
                grouped,
            }));
        }
    }

    /// Forgets an article.
    pub fn remove(&mut self, id: ArticleId) {
        let Some(record) = self.articles.get_mut(id.0 as usize).and_then(Option::take) else {
            return;
        };
        for &(_, group) in &record.grouped.mentions {
            if let Some(known) = self.groups.get_mut(group as usize) {
                known.remove(id);
                self.stale.insert(group);
            }
        }
        // A group that another form of the name introduced forgets that too.
        for &(group, alias) in &record.grouped.links {
            self.unlink(group, alias);
        }
    }

    /// Lays other corrections over everything.
    pub fn correct(&mut self, corrections: &Arc<Corrections>) {
        let old = std::mem::replace(&mut self.corrections, Arc::clone(corrections));
        let keys: BTreeSet<String> = [old.articles(), corrections.articles()]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect();
        if !keys.is_empty() {
            for id in (0..count(self.articles.len())).map(ArticleId) {
                let record = self.articles.get(id.0 as usize).and_then(Option::as_ref);
                if let Some(record) = record.filter(|record| keys.contains(&*record.key)) {
                    let (key, day) = (record.key.clone(), record.day);
                    let speakers = self.found(record);
                    self.set(id, &key, day, &speakers);
                }
            }
        }
        self.stale.extend(0..count(self.groups.len()));
        self.renamed += 1;
    }

    /// The corrections that are laid over everything.
    #[must_use]
    pub fn corrections(&self) -> &Arc<Corrections> {
        &self.corrections
    }

    /// The speakers of an article as they were found.
    fn found(&self, record: &Record) -> Vec<SpeakerCount> {
        let text = |id: NameId| self.names.text(id).to_owned();
        let mut speakers: Vec<SpeakerCount> = record
            .speakers
            .iter()
            .map(|found| SpeakerCount {
                name: text(found.name),
                role: found.role.map(text),
                quotations: found.quotations,
                kind: found.kind,
                aliases: Vec::new(),
            })
            .collect();
        for &(place, alias) in &record.aliases {
            if let Some(speaker) = speakers.get_mut(place as usize) {
                speaker.aliases.push(text(alias));
            }
        }
        speakers
    }

    /// Puts the speakers of an article into their groups.
    fn add(
        &mut self,
        id: ArticleId,
        key: &str,
        day: Option<i32>,
        speakers: &[SpeakerCount],
    ) -> Grouped {
        let mut speakers = Cow::Borrowed(speakers);
        if self.corrections.concern(key) {
            let corrections = Arc::clone(&self.corrections);
            corrections.correct_counts(key, speakers.to_mut(), &mut 0);
        }
        let homes = self.homes(&speakers);
        let mut mentions = Vec::with_capacity(speakers.len());
        let mut links = Vec::new();
        for (speaker, group) in speakers.iter().zip(homes) {
            let name = self.names.id(&speaker.name);
            let role = speaker.role.as_deref().map(|role| self.names.id(role));
            let mention = Mention {
                article: id,
                name,
                role,
                day,
                quotations: speaker.quotations,
                kind: speaker.kind,
                class: 0,
            };
            if let Some(known) = self.groups.get_mut(group as usize) {
                known.add(mention);
                self.stale.insert(group);
            }
            mentions.push((name, group));
            for alias in &speaker.aliases {
                links.push((group, self.link(group, &speaker.name, alias)));
            }
        }
        mentions.sort_unstable();
        Grouped {
            mentions: mentions.into(),
            links: links.into(),
        }
    }

    /// The group of each speaker of an article: that of its name or, for a surname alone, that of the one
    /// full name with it.
    fn homes(&mut self, speakers: &[SpeakerCount]) -> Vec<GroupId> {
        let parsed: Vec<(GroupId, Arc<Name>)> = speakers
            .iter()
            .map(|speaker| self.parse(&speaker.name))
            .collect();
        // By all ends of full names: the one group with that end, or none of several.
        let mut by_end: HashMap<&str, Option<GroupId>> = HashMap::new();
        for (speaker, (group, name)) in speakers.iter().zip(&parsed) {
            if speaker.kind == SpeakerKind::Person && name.is_full {
                for end in name.ends() {
                    let bearer = by_end.entry(end).or_insert(Some(*group));
                    *bearer = bearer.filter(|known| known == group);
                }
            }
        }
        let home = |(speaker, (group, name)): (&SpeakerCount, &(GroupId, Arc<Name>))| {
            let is_surname = !name.is_full && speaker.kind == SpeakerKind::Person;
            let bearer = by_end.get(name.base.as_str()).copied().flatten();
            bearer.filter(|_| is_surname).unwrap_or(*group)
        };
        speakers.iter().zip(&parsed).map(home).collect()
    }

    /// The group of a name and what it is made of.
    fn parse(&mut self, name: &str) -> (GroupId, Arc<Name>) {
        let id = self.names.id(name);
        if let Some((group, name)) = self.parsed.get(&id) {
            return (*group, Arc::clone(name));
        }
        let parsed = Arc::new(Name::parse(name));
        let known = self.by_base.get(parsed.base.as_str()).copied();
        let group = known.unwrap_or_else(|| {
            let group = count(self.groups.len());
            self.groups.push(Group::default());
            self.by_base.insert(parsed.base.as_str().into(), group);
            group
        });
        self.parsed.insert(id, (group, Arc::clone(&parsed)));
        (group, parsed)
    }

    /// Notes that an article calls somebody by another name too.
    fn link(&mut self, group: GroupId, name: &str, alias: &str) -> NameId {
        let alias_id = self.names.id(alias);
        if let Some(known) = self.groups.get_mut(group as usize) {
            *known.aliases.entry(alias_id).or_default() += 1;
        }
        if !name::is_acronym(alias, name) {
            return alias_id;
        }
        let (short, _) = self.parse(alias);
        if let Some(acronym) = self
            .groups
            .get_mut(short as usize)
            .filter(|_| short != group)
        {
            *acronym.stands_for.entry(group).or_default() += 1;
            self.stale.insert(short);
        }
        alias_id
    }

    /// Takes back what [`Self::link`] noted.
    fn unlink(&mut self, group: GroupId, alias: NameId) {
        if let Some(known) = self.groups.get_mut(group as usize) {
            group::take(&mut known.aliases, &alias);
        }
        let short = self.parsed.get(&alias).map(|(group, _)| *group);
        if let Some(short) = short
            && let Some(acronym) = self.groups.get_mut(short as usize)
        {
            group::take(&mut acronym.stands_for, &group);
            self.stale.insert(short);
        }
    }

    /// Brings the persons up to date with the articles. Everything that is asked for below is as of then.
    pub fn settle(&mut self) {
        if self.stale.is_empty() {
            return;
        }
        let stale = std::mem::take(&mut self.stale);
        for &group in &stale {
            self.settle_group(group);
        }
        // What stands for another name goes by what that is called now.
        let mut touched: BTreeSet<NameId> = BTreeSet::new();
        let followers: BTreeSet<GroupId> = stale
            .iter()
            .flat_map(|group| self.followers(*group))
            .chain(stale.iter().copied())
            .collect();
        for group in followers {
            touched.extend(self.call(group));
        }
        for name in touched {
            self.settle_person(name);
        }
        self.ranking = OnceLock::new();
    }

    /// The groups of acronyms that some article introduced for this one.
    fn followers(&self, group: GroupId) -> Vec<GroupId> {
        let Some(known) = self.groups.get(group as usize) else {
            return Vec::new();
        };
        let aliases = known.aliases.keys();
        let short = aliases.filter_map(|alias| self.parsed.get(alias).map(|(group, _)| *group));
        short
            .filter(|short| {
                let acronym = self.groups.get(*short as usize);
                acronym.is_some_and(|acronym| acronym.stands_for.contains_key(&group))
            })
            .collect()
    }

    fn settle_group(&mut self, group: GroupId) {
        let countries = &mut self.countries;
        let (names, parsed) = (&self.names, &self.parsed);
        if let Some(known) = self.groups.get_mut(group as usize) {
            let mut country = |role: NameId| {
                *countries
                    .entry(role)
                    .or_insert_with(|| apart::country_of(names.text(role)))
            };
            known.settle(names, parsed, group, &mut country);
        }
        self.label(group);
    }

    /// Gives the bearers of a name labels that tell them apart.
    fn label(&mut self, group: GroupId) {
        let Some(known) = self.groups.get(group as usize) else {
            return;
        };
        let labels = known.labels(&self.names);
        let labels: Vec<NameId> = labels.iter().map(|label| self.names.id(label)).collect();
        if let Some(known) = self.groups.get_mut(group as usize) {
            for (bearer, label) in known.bearers.iter_mut().zip(labels) {
                bearer.label = label;
            }
        }
    }

    /// Works out under which name the bearers of a group go; tells which persons changed by that.
    fn call(&mut self, group: GroupId) -> Vec<NameId> {
        let Some(known) = self.groups.get(group as usize) else {
            return Vec::new();
        };
        let called: Vec<Option<NameId>> = (0..known.bearers.len())
            .map(|class| self.called_bearer(known, class))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|called| match called {
                Called::Person(name) => Some(self.names.id(&name)),
                Called::Nobody => None,
            })
            .collect();
        let Some(known) = self.groups.get_mut(group as usize) else {
            return Vec::new();
        };
        let before = std::mem::replace(&mut known.called, called.clone());
        self.renamed += u64::from(before != called && !before.is_empty());
        for name in before.iter().flatten() {
            if let Some(person) = self.persons.get_mut(name) {
                person.members.retain(|(member, _)| *member != group);
            }
        }
        for (class, name) in (0..).zip(&called) {
            if let Some(name) = name {
                let person = self.persons.entry(*name).or_default();
                person.members.push((group, class));
            }
        }
        before.into_iter().chain(called).flatten().collect()
    }

    /// What a bearer goes by: corrected, or as the body its acronym stands for, or by its own label.
    fn called_bearer(&self, group: &Group, class: usize) -> Called {
        let Some(bearer) = group.bearers.get(class) else {
            return Called::Nobody;
        };
        let label = self.names.text(bearer.label);
        let corrected = |name: &str| self.corrections.called_exactly(name).cloned();
        let by_form = || {
            let mut forms: Vec<&str> = bearer.forms.iter().map(|id| self.names.text(*id)).collect();
            forms.sort_unstable();
            forms.into_iter().find_map(corrected)
        };
        if !self.corrections.is_empty()
            && let Some(called) = corrected(label).or_else(by_form)
        {
            return called;
        }
        if let Some(body) = self.stands_for(group) {
            return corrected(&body).unwrap_or(Called::Person(body));
        }
        Called::Person(self.names.shared(bearer.label))
    }

    /// What an acronym stands for, when the folder knows exactly one body for it.
    fn stands_for(&self, group: &Group) -> Option<Arc<str>> {
        let mut bodies = group.stands_for.keys().filter_map(|body| {
            let body = self.groups.get(*body as usize)?;
            (!body.mentions.is_empty()).then_some(body)
        });
        let (body, None) = (bodies.next()?, bodies.next()) else {
            return None;
        };
        let [bearer] = body.bearers.as_slice() else {
            return None;
        };
        Some(self.names.shared(bearer.label))
    }
}

#[cfg(test)]
mod tests;
