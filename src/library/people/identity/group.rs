//! Name groups: everyone whose name has the same base, where they are mentioned, and how they are
//! distinguished.
//!
//! Groups are not stored. They are built on demand from the records of their articles.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::analysis::{CountryCode, SpeakerKind};
use crate::library::articles::id::ArticleId;
use crate::library::people::naming::name::Name;
use crate::library::people::naming::namesakes::{self, NameUse};
use crate::library::people::records::speakers::{ArticleSpeakers, PackedAliases, PackedMention};
use crate::packed::{PackedText, count};

/// Everyone whose name has the same base.
#[derive(Debug, Default)]
pub(crate) struct NameGroup {
    /// By article; those in the same article in the order they were found.
    pub mentions: Vec<GroupMention>,
    /// The forms of the name.
    pub forms: Vec<NameForm>,
    /// Offices, with the country of each.
    roles: Vec<(String, Option<CountryCode>)>,
    /// Other names that articles use, with the number of articles.
    pub aliases: BTreeMap<String, u32>,
    /// The bases of names that some article introduces this acronym for.
    pub stands_for: BTreeSet<String>,
    /// The different people. The class of a mention is an index of these.
    pub bearers: Vec<Bearer>,
}

/// A form of a name.
#[derive(Debug)]
pub(crate) struct NameForm {
    pub text: String,
    name: Name,
    /// Whether it is the whole name, and not a surname that was joined to it.
    is_whole: bool,
}

/// A speaker of an article.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GroupMention {
    pub article: ArticleId,
    /// The index of the form.
    pub form: u32,
    /// The index of the role.
    pub role: Option<u32>,
    /// When the article was published, in days since 1970.
    pub day: Option<i32>,
    pub quotations: u32,
    pub kind: SpeakerKind,
    /// The index of the bearer.
    pub class: u8,
}

/// A person or organization in a name group.
#[derive(Debug, Clone)]
pub(crate) struct Bearer {
    /// The name in its most frequent form, with an addition if others have it too.
    pub label: String,
    /// The indices of all forms.
    pub forms: Vec<u32>,
    form: u32,
    role: Option<u32>,
    first_year: Option<i32>,
}

/// Days are counted from the start of this year.
const FIRST_YEAR: i32 = 1970;
/// Leap days do not matter here.
const DAYS_A_YEAR: i32 = 365;

/// The bearers in a group who go by the same name, and are one person.
pub(crate) struct PersonInGroup {
    pub group: NameGroup,
    pub classes: Vec<u8>,
}

impl PersonInGroup {
    /// The mentions of the person.
    pub(crate) fn mentions(&self) -> impl Iterator<Item = &GroupMention> {
        let mentions = self.group.mentions.iter();
        mentions.filter(|mention| self.classes.contains(&mention.class))
    }
}

/// The name of a mention, and whether it was joined to a full name.
type WrittenForm<'b> = (PackedText<'b>, bool);

/// Builds a group.
pub(crate) struct GroupBuilder<'b, 'g> {
    base: &'g str,
    mark: u16,
    group: NameGroup,
    /// The indices of forms; `None` for a form of another name with the same mark.
    forms: HashMap<WrittenForm<'b>, Option<u32>>,
    last: Option<(WrittenForm<'b>, Option<u32>)>,
    roles: HashMap<PackedText<'b>, u32>,
    /// The number of mentions with each set of aliases.
    aliases: BTreeMap<PackedAliases<'b>, u32>,
}

impl<'b, 'g> GroupBuilder<'b, 'g> {
    pub(crate) fn of(base: &'g str, mark: u16) -> Self {
        Self {
            base,
            mark,
            group: NameGroup::default(),
            forms: HashMap::new(),
            last: None,
            roles: HashMap::new(),
            aliases: BTreeMap::new(),
        }
    }

    /// Adds the mentions in an article.
    pub(crate) fn add(&mut self, article: ArticleId, speakers: ArticleSpeakers<'b>) {
        for found in speakers.marked(self.mark) {
            let Some(form) = self.form(&found) else {
                continue;
            };
            let role = found.role.map(|role| self.role(role));
            *self.aliases.entry(found.aliases()).or_default() += 1;
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

    /// Adds the bases of names that an article introduces this acronym for.
    pub(crate) fn stands_for(&mut self, bodies: impl IntoIterator<Item = String>) {
        self.group.stands_for.extend(bodies);
    }

    /// The index of the form of a mention; `None` if it is another name with the same mark.
    fn form(&mut self, found: &PackedMention<'b>) -> Option<u32> {
        let written = (found.name, found.is_joined);
        // Mostly it is the same as before.
        if let Some((last, form)) = self.last
            && last == written
        {
            return form;
        }
        let form = match self.forms.get(&written) {
            Some(form) => *form,
            None => self.new_form(found),
        };
        self.forms.insert(written, form);
        self.last = Some((written, form));
        form
    }

    fn new_form(&mut self, found: &PackedMention<'b>) -> Option<u32> {
        let text = found.name.decode().into_owned();
        let name = Name::parse(&text);
        let is_in_group = if found.is_joined {
            let before = self.base.strip_suffix(name.base.as_str());
            before.is_some_and(|before| before.ends_with(' '))
        } else {
            name.base == self.base
        };
        is_in_group.then(|| {
            self.group.forms.push(NameForm {
                is_whole: name.base == self.base,
                text,
                name,
            });
            count(self.group.forms.len() - 1)
        })
    }

    fn role(&mut self, role: PackedText<'b>) -> u32 {
        let roles = &mut self.group.roles;
        *self.roles.entry(role).or_insert_with(|| {
            let role = role.decode().into_owned();
            let country = namesakes::country_of(&role);
            roles.push((role, country));
            count(roles.len() - 1)
        })
    }

    /// The group, with its bearers distinguished.
    pub(crate) fn build(mut self) -> NameGroup {
        for (aliases, count) in &self.aliases {
            for alias in aliases.decode() {
                *self.group.aliases.entry(alias).or_default() += count;
            }
        }
        self.group.find_bearers();
        self.group
    }
}

impl NameGroup {
    /// The text of a form.
    pub(crate) fn form(&self, form: u32) -> &str {
        &self.forms[form as usize].text
    }

    /// The text of a role.
    pub(crate) fn role(&self, role: u32) -> &str {
        &self.roles[role as usize].0
    }

    /// The mentions of a bearer.
    pub(crate) fn mentions_of(&self, class: u8) -> impl Iterator<Item = &GroupMention> {
        let mentions = self.mentions.iter();
        mentions.filter(move |mention| mention.class == class)
    }

    /// Distinguishes the bearers.
    fn find_bearers(&mut self) {
        let extras: Vec<_> = self.forms.iter().map(|form| &form.name.extra).collect();
        let differ = extras
            .iter()
            .any(|a| extras.iter().any(|b| !a.agrees_with(b)));
        let countries = self.roles.iter().filter_map(|(_, country)| *country);
        let countries: BTreeSet<CountryCode> = countries.collect();
        let mut n_classes = u8::from(!self.mentions.is_empty());
        if differ || countries.len() > 1 {
            let uses = self.mentions.iter().map(|mention| NameUse {
                extra: &self.forms[mention.form as usize].name.extra,
                country: mention.role.and_then(|role| self.roles[role as usize].1),
                day: mention.day,
            });
            let uses: Vec<NameUse<'_>> = uses.collect();
            let classes = namesakes::classes(&uses);
            for (mention, class) in self.mentions.iter_mut().zip(classes) {
                mention.class = class;
                n_classes = n_classes.max(class + 1);
            }
        }
        self.bearers = (0..n_classes).map(|class| self.bearer(class)).collect();
        self.set_labels();
    }

    fn bearer(&self, class: u8) -> Bearer {
        let mut forms: Vec<(u32, u32)> = Vec::new();
        let mut role = None;
        let mut first_day: Option<i32> = None;
        for mention in self.mentions_of(class) {
            match forms.iter_mut().find(|(form, _)| *form == mention.form) {
                Some((_, count)) => *count += 1,
                None => forms.push((mention.form, 1)),
            }
            let when = (mention.day, mention.article);
            if mention.role.is_some() && role.is_none_or(|(latest, _)| latest <= when) {
                role = mention.role.map(|role| (when, role));
            }
            first_day = [first_day, mention.day].into_iter().flatten().min();
        }
        // A whole name before a surname, then the most frequent form, then the longest, then the
        // first in the alphabet.
        let best = forms.iter().max_by(|(a, n_a), (b, n_b)| {
            let [a, b] = [a, b].map(|form| &self.forms[*form as usize]);
            let rank = |form: &NameForm, n: u32| (form.is_whole, n, form.text.len());
            let ordering = rank(a, *n_a).cmp(&rank(b, *n_b));
            ordering.then_with(|| b.text.cmp(&a.text))
        });
        debug_assert!(best.is_some(), "every class has a mention");
        Bearer {
            label: String::new(),
            form: best.map(|(form, _)| *form).unwrap_or_default(),
            forms: forms.into_iter().map(|(form, _)| form).collect(),
            role: role.map(|(_, role)| role),
            first_year: first_day.map(|day| FIRST_YEAR + day.div_euclid(DAYS_A_YEAR)),
        }
    }

    /// Gives every bearer a label: the name, with an addition if others have the same form.
    fn set_labels(&mut self) {
        let mut labels: Vec<String> = Vec::new();
        for bearer in &self.bearers {
            let name = self.form(bearer.form);
            let same = self
                .bearers
                .iter()
                .filter(|other| self.form(other.form) == name);
            let label = match (same.count(), bearer.role, bearer.first_year) {
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
}
