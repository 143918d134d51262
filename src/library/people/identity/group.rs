//! All who bear one name: where they are mentioned, and how they are told apart.
//!
//! Nothing of this is kept. A group is gathered from the records of its articles when somebody asks.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::analysis::{CountryCode, SpeakerKind};
use crate::library::ArticleId;
use crate::library::people::naming::name::Name;
use crate::library::people::naming::namesakes::{self, NameUse};
use crate::library::people::records::speakers::{AliasWords, ArticleSpeakers, PackedMention};
use crate::packed::PackedText;

/// The bearers of one name.
#[derive(Debug, Default)]
pub(crate) struct NameGroup {
    /// By article, those of an article in the order in which they were found.
    pub mentions: Vec<GroupMention>,
    /// The forms of the name.
    pub forms: Vec<NameForm>,
    /// Offices, with the country each belongs to.
    pub roles: Vec<(String, Option<CountryCode>)>,
    /// Other names articles use for them, with the number of articles.
    pub aliases: BTreeMap<String, u32>,
    /// What the names are made of that some articles introduce this acronym for.
    pub stands_for: BTreeSet<String>,
    /// Those told apart.
    pub bearers: Vec<Bearer>,
}

/// A form of a name.
#[derive(Debug)]
pub(crate) struct NameForm {
    pub text: String,
    name: Name,
    /// Whether it is the whole name, and not a surname that was joined to it.
    is_own: bool,
}

/// A speaker of an article.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GroupMention {
    pub article: ArticleId,
    /// Among the forms.
    pub form: u32,
    /// Among the roles.
    pub role: Option<u32>,
    pub day: Option<i32>,
    pub quotations: u32,
    pub kind: SpeakerKind,
    /// Which of the bearers.
    pub class: u8,
}

/// One of those who bear a name.
#[derive(Debug, Clone)]
pub(crate) struct Bearer {
    /// The name in the form used most, with what tells it apart.
    pub label: String,
    /// All forms used.
    pub forms: Vec<u32>,
    form: u32,
    role: Option<u32>,
    first_year: Option<i32>,
}

/// Gathers a group.
pub(crate) struct GroupBuilder<'b, 'g> {
    base: &'g str,
    mark: u16,
    group: NameGroup,
    forms: HashMap<(PackedText<'b>, bool), Option<u32>>,
    /// How often other names stand beside a name.
    aliases: BTreeMap<AliasWords<'b>, u32>,
    roles: HashMap<PackedText<'b>, u32>,
    last: Option<((PackedText<'b>, bool), Option<u32>)>,
}

impl<'b, 'g> GroupBuilder<'b, 'g> {
    pub(crate) fn of(base: &'g str, mark: u16) -> Self {
        Self {
            base,
            mark,
            group: NameGroup::default(),
            forms: HashMap::new(),
            aliases: BTreeMap::new(),
            roles: HashMap::new(),
            last: None,
        }
    }

    /// Takes in what an article has of the group.
    pub(crate) fn add(&mut self, article: ArticleId, speakers: ArticleSpeakers<'b>) {
        for found in speakers.marked(self.mark) {
            let Some(form) = self.form(&found) else {
                continue;
            };
            let role = found.role.map(|role| self.role(role));
            *self.aliases.entry(found.alias_words()).or_default() += 1;
            self.group.mentions.push(GroupMention {
                article,
                form,
                role,
                day: speakers.day,
                quotations: found.quotations,
                kind: found.kind,
                class: 0,
            });
        }
    }

    /// Takes in for which names an article introduces this acronym.
    pub(crate) fn stands_for(&mut self, bodies: impl IntoIterator<Item = String>) {
        self.group.stands_for.extend(bodies);
    }

    /// The form of a mention; nothing when it is of another name with the same mark.
    fn form(&mut self, found: &PackedMention<'b>) -> Option<u32> {
        let known = (found.name, found.is_joined);
        // Mostly the one before.
        if let Some((last, form)) = self.last
            && last == known
        {
            return form;
        }
        let form = match self.forms.get(&known) {
            Some(form) => *form,
            None => self.new_form(found),
        };
        self.forms.insert(known, form);
        self.last = Some((known, form));
        form
    }

    fn new_form(&mut self, found: &PackedMention<'b>) -> Option<u32> {
        let text = found.name.decode().into_owned();
        let name = Name::parse(&text);
        let is_of = if found.is_joined {
            let before = self.base.strip_suffix(name.base.as_str());
            before.is_some_and(|before| before.ends_with(' '))
        } else {
            name.base == self.base
        };
        is_of.then(|| {
            self.group.forms.push(NameForm {
                is_own: name.base == self.base,
                text,
                name,
            });
            crate::packed::count(self.group.forms.len() - 1)
        })
    }

    fn role(&mut self, role: PackedText<'b>) -> u32 {
        let roles = &mut self.group.roles;
        *self.roles.entry(role).or_insert_with(|| {
            let role = role.decode().into_owned();
            let country = namesakes::country_of(&role);
            roles.push((role, country));
            crate::packed::count(roles.len() - 1)
        })
    }

    /// The group with its bearers told apart.
    pub(crate) fn group(mut self) -> NameGroup {
        for (words, count) in &self.aliases {
            for alias in words.aliases() {
                *self.group.aliases.entry(alias).or_default() += count;
            }
        }
        self.group.settle();
        self.group
    }
}

impl NameGroup {
    /// The text of a form.
    pub(crate) fn form(&self, form: u32) -> &str {
        let form = self.forms.get(form as usize);
        form.map_or("", |form| &form.text)
    }

    /// The text of a role.
    pub(crate) fn role(&self, role: u32) -> &str {
        let role = self.roles.get(role as usize);
        role.map_or("", |(role, _)| role)
    }

    fn country(&self, mention: &GroupMention) -> Option<CountryCode> {
        let (_, country) = self.roles.get(mention.role? as usize)?;
        *country
    }

    /// Tells the bearers apart.
    fn settle(&mut self) {
        let extras: Vec<_> = self.forms.iter().map(|form| &form.name.extra).collect();
        let differ = extras
            .iter()
            .any(|a| extras.iter().any(|b| !a.agrees_with(b)));
        let countries: BTreeSet<CountryCode> = self
            .roles
            .iter()
            .filter_map(|(_, country)| *country)
            .collect();
        let mut n_classes = u8::from(!self.mentions.is_empty());
        if differ || countries.len() > 1 {
            let blank = Name::default();
            let trace = |mention: &GroupMention| NameUse {
                extra: self
                    .forms
                    .get(mention.form as usize)
                    .map_or(&blank.extra, |form| &form.name.extra),
                country: self.country(mention),
                day: mention.day,
            };
            let traces: Vec<NameUse<'_>> = self.mentions.iter().map(trace).collect();
            let classes = namesakes::classes(&traces);
            for (mention, class) in self.mentions.iter_mut().zip(&classes) {
                mention.class = *class;
            }
            n_classes = classes.iter().copied().max().map_or(0, |most| most + 1);
        }
        self.bearers = (0..n_classes).map(|class| self.bearer(class)).collect();
        self.label();
    }

    fn bearer(&self, class: u8) -> Bearer {
        let mut forms: Vec<(u32, u32)> = Vec::new();
        let mut role = None;
        let mut first_day: Option<i32> = None;
        for mention in self.mentions.iter().filter(|m| m.class == class) {
            match forms.iter_mut().find(|(form, _)| *form == mention.form) {
                Some((_, count)) => *count += 1,
                None => forms.push((mention.form, 1)),
            }
            let latest = (mention.day, mention.article);
            if mention.role.is_some() && role.is_none_or(|(when, _)| when <= latest) {
                role = mention.role.map(|role| (latest, role));
            }
            first_day = [first_day, mention.day].into_iter().flatten().min();
        }
        // The full name before a surname, the form used most, then the longest, then by letter.
        let best = forms.iter().max_by(|(a, n_a), (b, n_b)| {
            let (text_a, text_b) = (self.form(*a), self.form(*b));
            let is_own = |form: &u32| self.forms.get(*form as usize).is_some_and(|f| f.is_own);
            let rank = |form: &u32, n: &u32, text: &str| (is_own(form), *n, text.len());
            rank(a, n_a, text_a)
                .cmp(&rank(b, n_b, text_b))
                .then_with(|| text_b.cmp(text_a))
        });
        Bearer {
            label: String::new(),
            form: best.map_or(0, |(form, _)| *form),
            forms: forms.into_iter().map(|(form, _)| form).collect(),
            role: role.map(|(_, role)| role),
            first_year: first_day.map(|day| 1970 + day.div_euclid(365)),
        }
    }

    /// A label for every bearer: the name, with what tells it apart from others of the same form.
    fn label(&mut self) {
        let mut labels: Vec<String> = Vec::new();
        for bearer in &self.bearers {
            let name = self.form(bearer.form);
            let others = self
                .bearers
                .iter()
                .filter(|other| self.form(other.form) == name);
            let label = match (others.count(), bearer.role, bearer.first_year) {
                (1, ..) => name.to_owned(),
                (_, Some(role), _) => format!("{name} ({})", self.role(role)),
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
        for (bearer, label) in self.bearers.iter_mut().zip(labels) {
            bearer.label = label;
        }
    }

    /// The mentions of one of the bearers.
    pub(crate) fn mentions_of(&self, class: u8) -> impl Iterator<Item = &GroupMention> {
        let mentions = self.mentions.iter();
        mentions.filter(move |mention| mention.class == class)
    }
}
