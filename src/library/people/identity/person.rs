//! A person or organization across the whole folder.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::group::{GroupMention, NameGroup, PersonInGroup};
use crate::analysis::SpeakerKind;
use crate::library::articles::id::ArticleId;
use crate::library::people::naming::name::Name;
use crate::packed::count;

/// A person or organization across the whole folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name it goes by, which no other has.
    pub name: Arc<str>,
    /// The number of quotations.
    pub quotations: u32,
    /// The number of articles that quote it.
    pub articles: u32,
    /// When it was first and last quoted, in days since 1970; `None` if no article has a date.
    pub days: Option<(i32, i32)>,
    /// The latest office or function that an article gives.
    pub role: Option<Arc<str>>,
    /// What it is in most mentions.
    pub kind: SpeakerKind,
    /// Whether its name is more than a surname or an acronym.
    pub is_full: bool,
    /// Its other names, most frequent first.
    pub aliases: Vec<Arc<str>>,
}

/// An article that quotes a person, and the name it uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// The article.
    pub article: ArticleId,
    /// The name, after the article's own corrections.
    pub name: Arc<str>,
}

impl Person {
    /// The days on which it was first and last quoted.
    #[must_use]
    pub fn dates(&self) -> Option<(Date, Date)> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let date = |day: i32| epoch.checked_add(jiff::Span::new().days(day)).ok();
        let (first, last) = self.days?;
        date(first).zip(date(last))
    }

    /// The person that these are.
    pub(crate) fn of(name: &str, found: &[PersonInGroup]) -> Option<Self> {
        let mut totals = Totals::default();
        for person in found {
            let group = &person.group;
            let mut forms = vec![0; group.forms.len()];
            for mention in person.mentions() {
                totals.add(mention, group);
                forms[mention.form as usize] += 1;
            }
            for (form, count) in group.forms.iter().zip(forms) {
                if count > 0 {
                    *totals.names.entry(&form.text).or_default() += count;
                }
            }
            // If several people have the name, it is unknown whose aliases these are.
            if group.bearers.len() == 1 {
                for (alias, count) in &group.aliases {
                    *totals.names.entry(alias).or_default() += count;
                }
            }
        }
        if totals.articles.is_empty() {
            return None;
        }
        totals.articles.sort_unstable();
        totals.articles.dedup();
        Some(Self {
            name: name.into(),
            quotations: totals.quotations,
            articles: count(totals.articles.len()),
            days: totals.days,
            role: totals.role.map(|(_, role)| role.into()),
            kind: totals.kind(),
            is_full: Name::parse(name).is_full,
            aliases: totals.names_except(name),
        })
    }
}

/// Totals over the mentions of a person.
#[derive(Default)]
struct Totals<'g> {
    quotations: u32,
    days: Option<(i32, i32)>,
    /// When the latest role was given, and the role.
    role: Option<((Option<i32>, ArticleId), &'g str)>,
    n_person: u32,
    n_organization: u32,
    n_unnamed: u32,
    articles: Vec<ArticleId>,
    names: BTreeMap<&'g str, u32>,
}

impl<'g> Totals<'g> {
    fn add(&mut self, mention: &GroupMention, group: &'g NameGroup) {
        self.quotations += mention.quotations;
        self.articles.push(mention.article);
        if let Some(day) = mention.day {
            self.days = Some(match self.days {
                Some((first, last)) => (first.min(day), last.max(day)),
                None => (day, day),
            });
        }
        if let Some(role) = mention.role.map(|role| group.role(role)) {
            // Of two roles in an article either would do, but it has to be the same one every time.
            let when = (mention.day, mention.article);
            let is_later = |(latest, known)| latest < when || latest == when && known < role;
            if self.role.is_none_or(is_later) {
                self.role = Some((when, role));
            }
        }
        match mention.kind {
            SpeakerKind::Person => self.n_person += 1,
            SpeakerKind::Organization => self.n_organization += 1,
            SpeakerKind::Unnamed => self.n_unnamed += 1,
        }
    }

    fn kind(&self) -> SpeakerKind {
        if self.n_unnamed > self.n_person && self.n_unnamed > self.n_organization {
            SpeakerKind::Unnamed
        } else if self.n_organization > self.n_person {
            SpeakerKind::Organization
        } else {
            SpeakerKind::Person
        }
    }

    /// All names but one, most frequent first, then by letter.
    fn names_except(self, name: &str) -> Vec<Arc<str>> {
        let mut names: Vec<(&str, u32)> = self.names.into_iter().collect();
        names.retain(|(other, _)| *other != name);
        names.sort_by_key(|(_, count)| Reverse(*count));
        names.into_iter().map(|(name, _)| name.into()).collect()
    }
}
