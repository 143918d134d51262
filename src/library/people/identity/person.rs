//! A person or body as the whole folder knows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::group::{GroupMention, NameGroup};
use super::lookup::PersonInGroup;
use crate::analysis::SpeakerKind;
use crate::library::ArticleId;
use crate::library::people::{Name, People};

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
    /// Its other names, most used first.
    pub aliases: Vec<Arc<str>>,
}

/// Where somebody is quoted, and by which name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// The article.
    pub article: ArticleId,
    /// The name it gives them, after the corrections within it.
    pub name: Arc<str>,
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
struct Sums<'g> {
    quotations: u32,
    days: Option<(i32, i32)>,
    role: Option<((Option<i32>, ArticleId), &'g str)>,
    /// Mentions as a person, a body, somebody unnamed.
    kinds: [u32; 3],
    articles: Vec<ArticleId>,
    names: BTreeMap<&'g str, u32>,
}

impl<'g> Sums<'g> {
    fn add(&mut self, mention: &GroupMention, group: &'g NameGroup) {
        self.quotations += mention.quotations;
        self.articles.push(mention.article);
        if let Some(day) = mention.day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        let latest = (mention.day, mention.article);
        if let Some(role) = mention.role.map(|role| group.role(role)) {
            // Of two offices in one article either will do, but always the same.
            let is_later = |(when, known)| when < latest || when == latest && known < role;
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

    /// The names but one, most used first, then by letter.
    fn names_but(self, name: &str) -> Vec<Arc<str>> {
        let mut names: Vec<(&str, u32)> = self.names.into_iter().collect();
        names.retain(|(other, _)| *other != name);
        names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        names.into_iter().map(|(name, _)| name.into()).collect()
    }
}

impl People {
    /// A person by the name it goes by.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Person> {
        let bearing = self.groups_of(name);
        person(name, &bearing)
    }

    /// The other names of a person, most used first.
    #[must_use]
    pub fn aliases(&self, name: &str) -> Vec<Arc<str>> {
        self.get(name)
            .map_or_else(Vec::new, |person| person.aliases)
    }

    /// Where a person is quoted and by which names, by article.
    #[must_use]
    pub fn appearances(&self, name: &str) -> Vec<Appearance> {
        let mut quoting = Vec::new();
        for bearing in self.groups_of(name) {
            for mention in bearing.mentions() {
                quoting.push(Appearance {
                    article: mention.article,
                    name: bearing.group.form(mention.form).into(),
                });
            }
        }
        quoting.sort_by(|a, b| (a.article, &a.name).cmp(&(b.article, &b.name)));
        quoting
    }

    /// The names by which an article calls a person, each as analysis found it.
    #[must_use]
    pub fn names_in(&self, id: ArticleId, name: &str) -> Vec<Arc<str>> {
        let found = self.found(id).all();
        let names = found.map(|mention| mention.name.decode().into_owned());
        let resolver = self.resolver(id);
        let is_it = |found: &String| {
            let called = resolver.resolve(found);
            called.is_some_and(|called| called.name() == Some(name))
        };
        names.filter(is_it).map(Arc::from).collect()
    }
}

/// Sums a person up.
pub(crate) fn person(name: &str, bearing: &[PersonInGroup]) -> Option<Person> {
    let mut sums = Sums::default();
    for bearing in bearing {
        let mut forms = vec![0; bearing.group.forms.len()];
        for mention in bearing.mentions() {
            sums.add(mention, &bearing.group);
            if let Some(count) = forms.get_mut(mention.form as usize) {
                *count += 1;
            }
        }
        for (form, count) in bearing.group.forms.iter().zip(forms) {
            if count > 0 {
                *sums.names.entry(&form.text).or_default() += count;
            }
        }
        // Where several bear a name nobody knows whose the other names are.
        if bearing.group.bearers.len() == 1 {
            for (alias, count) in &bearing.group.aliases {
                *sums.names.entry(alias).or_default() += count;
            }
        }
    }
    if sums.articles.is_empty() {
        return None;
    }
    sums.articles.sort_unstable();
    sums.articles.dedup();
    Some(Person {
        name: name.into(),
        quotations: sums.quotations,
        articles: crate::packed::count(sums.articles.len()),
        days: sums.days,
        role: sums.role.map(|(_, role)| role.into()),
        kind: sums.kind(),
        is_full: Name::parse(name).is_full,
        aliases: sums.names_but(name),
    })
}
