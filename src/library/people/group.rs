//! All who bear one name: where they are mentioned, and how they are told apart.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::apart::{self, Trace};
use super::name::Name;
use super::names::{NameId, Names};
use super::{ArticleId, GroupId};
use crate::analysis::{CountryCode, SpeakerKind};

/// The bearers of one name.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// By article once settled.
    pub mentions: Vec<Mention>,
    /// Other names articles use for them, with the number of articles.
    pub aliases: BTreeMap<NameId, u32>,
    /// The groups some articles introduce this acronym for, with the number of articles.
    pub stands_for: BTreeMap<GroupId, u32>,
    /// Those told apart, as of the last settling.
    pub bearers: Vec<Bearer>,
    /// The name each of them goes by; none for nobody.
    pub called: Vec<Option<NameId>>,
    is_unsorted: bool,
}

/// A speaker of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub article: ArticleId,
    pub name: NameId,
    pub role: Option<NameId>,
    pub day: Option<i32>,
    pub quotations: u32,
    pub kind: SpeakerKind,
    /// Which of the bearers.
    pub class: u8,
}

/// One of those who bear a name.
#[derive(Debug, Clone)]
pub(super) struct Bearer {
    /// The name in the form used most, with what tells it apart.
    pub label: NameId,
    /// All forms used.
    pub forms: Vec<NameId>,
    form: NameId,
    role: Option<NameId>,
    first_year: Option<i32>,
}

/// Takes one off a count.
pub(super) fn take<K: Ord>(counts: &mut BTreeMap<K, u32>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(key);
        }
    }
}

impl Group {
    pub(super) fn add(&mut self, mention: Mention) {
        let last = self.mentions.last();
        self.is_unsorted |= last.is_some_and(|last| last.article > mention.article);
        self.mentions.push(mention);
    }

    pub(super) fn remove(&mut self, article: ArticleId) {
        self.mentions.retain(|mention| mention.article != article);
    }

    /// The mentions in an article.
    pub(super) fn in_article(&self, article: ArticleId) -> &[Mention] {
        let start = self.mentions.partition_point(|m| m.article < article);
        let end = self.mentions.partition_point(|m| m.article <= article);
        self.mentions.get(start..end).unwrap_or_default()
    }

    /// Which of the bearers goes by a name in an article.
    pub(super) fn class_in(&self, article: ArticleId, name: NameId) -> Option<usize> {
        let mut mentions = self.in_article(article).iter();
        let mention = mentions.find(|mention| mention.name == name)?;
        Some(usize::from(mention.class))
    }

    /// Tells the bearers apart.
    pub(super) fn settle(
        &mut self,
        names: &Names,
        parsed: &HashMap<NameId, (GroupId, Arc<Name>)>,
        own: GroupId,
        country: &mut impl FnMut(NameId) -> Option<CountryCode>,
    ) {
        if std::mem::take(&mut self.is_unsorted) {
            self.mentions.sort_by_key(|mention| mention.article);
        }
        let mut extras = Vec::with_capacity(self.mentions.len().min(8));
        let blank = Name::default();
        let mut last: Option<(NameId, &Name)> = None;
        let mut may_be_many = false;
        let mut first_country = None;
        for mention in &self.mentions {
            let name = match last {
                Some((id, name)) if id == mention.name => name,
                _ => parsed.get(&mention.name).map_or(&blank, |(_, name)| name),
            };
            last = Some((mention.name, name));
            let here = mention.role.and_then(&mut *country);
            may_be_many |= here.is_some() && first_country.is_some_and(|first| Some(first) != here);
            first_country = first_country.or(here);
            // A surname that was joined to a full name of its article says nothing about initials.
            if !extras.contains(&&name.extra) {
                extras.push(&name.extra);
            }
        }
        may_be_many |= extras
            .iter()
            .any(|a| extras.iter().any(|b| !a.agrees_with(b)));
        let classes = if may_be_many {
            let traces: Vec<Trace<'_>> = self
                .mentions
                .iter()
                .map(|mention| Trace {
                    extra: parsed
                        .get(&mention.name)
                        .map_or(&blank.extra, |(_, name)| &name.extra),
                    country: mention.role.and_then(&mut *country),
                    day: mention.day,
                })
                .collect();
            apart::classes(&traces)
        } else {
            vec![0; self.mentions.len()]
        };
        for (mention, class) in self.mentions.iter_mut().zip(&classes) {
            mention.class = *class;
        }
        let n_classes = if self.mentions.is_empty() {
            0
        } else {
            classes.iter().copied().max().unwrap_or(0) + 1
        };
        let is_own = |name: NameId| parsed.get(&name).is_some_and(|(group, _)| *group == own);
        self.bearers = (0..n_classes)
            .map(|class| self.bearer(class, names, &is_own))
            .collect();
    }

    fn bearer(&self, class: u8, names: &Names, is_own: &impl Fn(NameId) -> bool) -> Bearer {
        let mut forms: Vec<(NameId, u32)> = Vec::new();
        let mut role = None;
        let mut first_day: Option<i32> = None;
        for mention in self.mentions.iter().filter(|m| m.class == class) {
            match forms.iter_mut().find(|(form, _)| *form == mention.name) {
                Some((_, count)) => *count += 1,
                None => forms.push((mention.name, 1)),
            }
            let latest = (mention.day, mention.article);
            if mention.role.is_some() && role.is_none_or(|(when, _)| when <= latest) {
                role = mention.role.map(|role| (latest, role));
            }
            first_day = [first_day, mention.day].into_iter().flatten().min();
        }
        // The full name before a surname, the form used most, then the longest, then by letter.
        let best = forms.iter().max_by(|(a, n_a), (b, n_b)| {
            let (text_a, text_b) = (names.text(*a), names.text(*b));
            let rank = |id, n: &u32, text: &str| (is_own(id), *n, text.len());
            rank(*a, n_a, text_a)
                .cmp(&rank(*b, n_b, text_b))
                .then_with(|| text_b.cmp(text_a))
        });
        let form = best.map_or(NameId(0), |(form, _)| *form);
        Bearer {
            label: form,
            form,
            forms: forms.into_iter().map(|(form, _)| form).collect(),
            role: role.map(|(_, role)| role),
            first_year: first_day.map(|day| 1970 + day.div_euclid(365)),
        }
    }

    /// A label for every bearer: the name, with what tells it apart from others of the same form.
    pub(super) fn labels(&self, names: &Names) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for bearer in &self.bearers {
            let name = names.text(bearer.form);
            let others = self
                .bearers
                .iter()
                .filter(|other| other.form == bearer.form);
            let label = match (others.count(), bearer.role, bearer.first_year) {
                (1, ..) => name.to_owned(),
                (_, Some(role), _) => format!("{name} ({})", names.text(role)),
                (_, None, Some(year)) => format!("{name} (from {year})"),
                (_, None, None) => format!("{name} (undated)"),
            };
            let is_taken = labels.contains(&label);
            let number = labels.len() + 1;
            labels.push(if is_taken {
                format!("{label} {number}")
            } else {
                label
            });
        }
        labels
    }
}
