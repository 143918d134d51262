//! A person or body as the whole folder knows it.

use std::sync::Arc;

use jiff::civil::Date;

use super::names::{NameId, Names};
use super::{GroupId, Mention, People};
use crate::analysis::SpeakerKind;
use crate::library::ArticleId;

/// A person or body as the whole folder knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name it goes by, unlike that of any other.
    pub name: Arc<str>,
    /// Number of quotations.
    pub quotations: u32,
    /// Number of articles that quote it.
    pub articles: u32,
    /// When it was first and last quoted, in days since 1970, as far as articles have dates.
    pub days: Option<(i32, i32)>,
    /// The latest office or function some article gives.
    pub role: Option<Arc<str>>,
    /// What kind of speaker it mostly is.
    pub kind: SpeakerKind,
    /// Whether it is known by more than a surname or an acronym.
    pub is_full: bool,
    pub(super) members: Vec<(GroupId, u8)>,
}

impl Default for Person {
    fn default() -> Self {
        Self {
            name: "".into(),
            quotations: 0,
            articles: 0,
            days: None,
            role: None,
            kind: SpeakerKind::Person,
            is_full: true,
            members: Vec::new(),
        }
    }
}

impl Person {
    /// The days on which it was first and last quoted, as far as articles have dates.
    #[must_use]
    pub fn dates(&self) -> Option<(Date, Date)> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let date = |day: i32| epoch.checked_add(jiff::Span::new().days(day)).ok();
        let (first, last) = self.days?;
        date(first).zip(date(last))
    }
}

/// Sums over the mentions of a person.
#[derive(Default)]
struct Sums {
    quotations: u32,
    days: Option<(i32, i32)>,
    role: Option<((Option<i32>, ArticleId), NameId)>,
    /// Mentions as a person, a body, somebody unnamed.
    kinds: [u32; 3],
}

impl Sums {
    fn add(&mut self, mention: &Mention, names: &Names) {
        self.quotations += mention.quotations;
        if let Some(day) = mention.day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        let latest = (mention.day, mention.article);
        if let Some(role) = mention.role {
            // Of two offices in one article either will do, but always the same.
            let is_later = |(when, known)| {
                when < latest || when == latest && names.text(known) < names.text(role)
            };
            if self.role.is_none_or(is_later) {
                self.role = Some((latest, role));
            }
        }
        let [person, body, unnamed] = &mut self.kinds;
        match mention.kind {
            SpeakerKind::Person => *person += 1,
            SpeakerKind::Organization => *body += 1,
            SpeakerKind::Unnamed => *unnamed += 1,
        }
    }

    fn kind(&self) -> SpeakerKind {
        let [person, body, unnamed] = self.kinds;
        if unnamed > person && unnamed > body {
            SpeakerKind::Unnamed
        } else if body > person {
            SpeakerKind::Organization
        } else {
            SpeakerKind::Person
        }
    }
}

impl People {
    /// Sums a person up anew; nobody's name is forgotten.
    pub(super) fn settle_person(&mut self, name: NameId) {
        let Some(mut person) = self.persons.remove(&name) else {
            return;
        };
        person.members.sort_unstable();
        person.members.dedup();
        if person.members.is_empty() {
            return;
        }
        let mut sums = Sums::default();
        let mut articles: Vec<ArticleId> = Vec::new();
        let mut n_articles = 0;
        let mut last = None;
        for mention in self.mentions(&person) {
            sums.add(mention, &self.names);
            if person.members.len() > 1 {
                articles.push(mention.article);
            } else if last != Some(mention.article) {
                n_articles += 1;
                last = Some(mention.article);
            }
        }
        if person.members.len() > 1 {
            articles.sort_unstable();
            articles.dedup();
            n_articles = super::count(articles.len());
        }
        person.quotations = sums.quotations;
        person.articles = n_articles;
        person.days = sums.days;
        person.role = sums.role.map(|(_, role)| self.names.shared(role));
        person.kind = sums.kind();
        person.is_full = super::Name::parse(self.names.text(name)).is_full;
        person.name = self.names.shared(name);
        self.persons.insert(name, person);
    }

    /// The other names of a person, most used first.
    #[must_use]
    pub fn aliases(&self, name: &str) -> Vec<Arc<str>> {
        let Some(person) = self.get(name) else {
            return Vec::new();
        };
        let mut counts: Vec<(NameId, u32)> = Vec::new();
        let mut note = |alias: NameId, n: u32| match counts.iter_mut().find(|(a, _)| *a == alias) {
            Some((_, count)) => *count += n,
            None => counts.push((alias, n)),
        };
        for mention in self.mentions(person) {
            note(mention.name, 1);
        }
        for &(group, _) in &person.members {
            if let Some(known) = self
                .groups
                .get(group as usize)
                .filter(|g| g.bearers.len() == 1)
            {
                for (&alias, &n) in &known.aliases {
                    note(alias, n);
                }
            }
        }
        counts.retain(|(alias, _)| self.names.text(*alias) != name);
        counts.sort_by(|(a, n_a), (b, n_b)| {
            let letters = || self.names.text(*a).cmp(self.names.text(*b));
            n_b.cmp(n_a).then_with(letters)
        });
        counts
            .into_iter()
            .map(|(alias, _)| self.names.shared(alias))
            .collect()
    }

    /// The names by which an article calls a person, after the corrections within it.
    #[must_use]
    pub fn mentioned_as(&self, id: ArticleId, name: &str) -> Vec<Arc<str>> {
        let Some(person) = self.get(name) else {
            return Vec::new();
        };
        let members = person.members.iter().flat_map(|&(group, class)| {
            let known = self.groups.get(group as usize);
            let here = known.map_or(&[][..], |known| known.in_article(id));
            here.iter().filter(move |mention| mention.class == class)
        });
        members
            .map(|mention| self.names.shared(mention.name))
            .collect()
    }

    /// The names by which articles call a person: by article, each as analysis found it.
    #[must_use]
    pub fn names_in(&self, id: ArticleId, name: &str) -> Vec<Arc<str>> {
        let Some(Some(record)) = self.articles.get(id.0 as usize) else {
            return Vec::new();
        };
        let found = record.speakers.iter().map(|found| found.name);
        found
            .filter(|found| {
                let called = self.called_in(id, self.names.text(*found));
                called.is_some_and(|called| called.name() == Some(name))
            })
            .map(|found| self.names.shared(found))
            .collect()
    }
}
