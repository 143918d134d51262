//! Who is who in the articles of a folder.
//!
//! Equal full names are one person, however they are written, unless initials, offices or dates
//! speak against it. A surname goes with the full name in its article. An acronym stands for the
//! organization that some article introduces it for. Spellings that may be the same person are
//! proposed to the reader, but not merged. Corrections overrule all of this.
//!
//! The outcome depends only on which articles there are, and never on their order. A folder of a
//! hundred thousand articles names half a million people, most of them once. So the speakers of an
//! article are stored as a [record](records), an [index](identity::name_index) has the articles of
//! each name, and people are worked out from these on demand. Only for [ambiguous
//! names](identity::ambiguous) it is worked out in advance who goes by them.

pub(super) mod naming;
pub(super) mod records;

mod identity;
mod listing;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::articles::id::ArticleId;
use super::articles::survey::SpeakerCount;
use super::corrections::{Corrections, ResolvedName};
use crate::packed::{BlockSink, BlockSource, RecordReader, RecordWriter};
use identity::ambiguous::AmbiguousNames;
use identity::group::{NameGroup, PersonInGroup};
use identity::id::IdKind;
use identity::name_index::NameIndex;
use naming::name::Name;
use records::pack::{PackedSpeakers, pack};

pub use identity::id::PersonId;
pub use identity::person::{Appearance, Person};
pub use identity::resolver::NameResolver;
pub use listing::all_names::AllNames;
pub use listing::batch_sizes::BatchSizes;
pub use listing::filter_scan::FilterScan;
pub use listing::{Listing, PeopleOrder};
pub use naming::variants::Variants;

/// Everyone quoted in the articles of a folder.
#[derive(Debug, Clone, Default)]
pub struct People {
    index: NameIndex,
    ambiguous: AmbiguousNames,
    corrections: Arc<Corrections>,
    /// See [`naming_version`](Self::naming_version).
    naming_version: u64,
    /// See [`version`](Self::version).
    version: u64,
}

/// Returns the key of an article.
type KeyOf<'k> = &'k dyn Fn(ArticleId) -> Option<String>;

/// Changing. [`update`](Self::update) has to follow before anything is read.
impl People {
    /// Sets the speakers of an article that was published on `day`, in days since 1970.
    pub fn set(
        &mut self,
        id: ArticleId,
        key: KeyOf<'_>,
        day: Option<i32>,
        speakers: &[SpeakerCount],
    ) {
        let PackedSpeakers { record, groups } = pack(day, speakers);
        self.set_packed(id, key, &record, &groups);
    }

    /// Sets the speakers of an article and its name groups, both packed.
    pub(super) fn set_packed(
        &mut self,
        id: ArticleId,
        key: KeyOf<'_>,
        record: &[u8],
        groups: &[u8],
    ) {
        self.remove(id);
        self.version += 1;
        self.index.speakers.set(id, record);
        match self.correct_article(id, key) {
            Some(groups) => self.join(id, &groups),
            None => self.join(id, groups),
        }
    }

    /// Whether an article has exactly these packed speakers.
    pub(super) fn has(&self, id: ArticleId, record: &[u8]) -> bool {
        self.index.speakers.has_record(id, record)
    }

    /// Applies the corrections of an article to its speakers, and returns its name groups; `None`
    /// if there are none.
    fn correct_article(&mut self, id: ArticleId, key: KeyOf<'_>) -> Option<Vec<u8>> {
        if !self.corrections.has_any_within() {
            return None;
        }
        let key = key(id)?;
        if !self.corrections.has_within(&key) {
            return None;
        }
        let found = self.index.speakers.found(id);
        let mut speakers = found.unpacked();
        self.corrections.correct_counts(&key, &mut speakers, &mut 0);
        let PackedSpeakers { record, groups } = pack(found.day, &speakers);
        self.index.speakers.set_corrected(id, key, record);
        Some(groups)
    }

    fn join(&mut self, id: ArticleId, groups: &[u8]) {
        let Self {
            index,
            ambiguous,
            corrections,
            ..
        } = self;
        let is_shared = index.join(id, groups, corrections, &mut |base| ambiguous.touch(base));
        self.naming_version += u64::from(is_shared);
    }

    /// Removes an article.
    pub fn remove(&mut self, id: ArticleId) {
        if !self.index.speakers.has(id) {
            return;
        }
        self.version += 1;
        self.naming_version += 1;
        let Self {
            index, ambiguous, ..
        } = self;
        index.part(id, &mut |base| ambiguous.touch(base));
        index.speakers.remove(id);
    }

    /// Replaces all corrections.
    pub fn correct(&mut self, corrections: &Arc<Corrections>, key: KeyOf<'_>) {
        let old = std::mem::replace(&mut self.corrections, Arc::clone(corrections));
        let keys = [old.articles(), corrections.articles()].concat();
        let keys: BTreeSet<&str> = keys.into_iter().collect();
        if !keys.is_empty() {
            let has_own = |id: &ArticleId| key(*id).is_some_and(|key| keys.contains(key.as_str()));
            let affected: Vec<ArticleId> = self.index.speakers.articles().filter(has_own).collect();
            for id in affected {
                let found = self.index.speakers.found(id);
                let (day, speakers) = (found.day, found.unpacked());
                if !speakers.is_empty() {
                    self.set(id, key, day, &speakers);
                }
            }
        }
        let bases: BTreeSet<&str> = old.bases().chain(corrections.bases()).collect();
        for base in self.index.bases_with_joined(&bases) {
            if let Some(slot) = self.index.slot(&base) {
                self.index.table.mark_ambiguous(slot);
                self.ambiguous.touch(&base);
            }
        }
        self.ambiguous.touch_all();
        self.naming_version += 1;
        self.version += 1;
    }

    /// Updates what is worked out in advance. Everything that is read is as of then.
    pub fn update(&mut self) {
        self.ambiguous.update(&self.index, &self.corrections);
    }

    /// Makes sure that both versions differ from those of people that these replace.
    pub(super) const fn supersede(&mut self, old: &Self) {
        self.version += old.version + 1;
        self.naming_version += old.naming_version + 1;
    }

    /// Exchanges the numbers of two articles.
    pub(super) fn swap(&mut self, a: ArticleId, b: ArticleId) {
        let Self {
            index,
            ambiguous,
            corrections,
            ..
        } = self;
        index.swap(a, b, corrections, &mut |base| ambiguous.touch(base));
        self.naming_version += 1;
        self.version += 1;
    }

    /// Writes everything to an image. There may be no corrections.
    pub(super) fn put_image(&self, sink: BlockSink<'_>) {
        self.index.put_image(sink);
        let mut bases = RecordWriter::default();
        for base in self.ambiguous.bases() {
            bases.text(base);
        }
        sink(&bases.into_bytes());
    }

    /// Reads everything from an image.
    pub(super) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let mut people = Self {
            index: NameIndex::of_image(source)?,
            ..Self::default()
        };
        let bases = source()?;
        let mut bases = RecordReader::new(&bases);
        while !bases.is_at_end() {
            people.ambiguous.touch(&bases.text().decode());
        }
        Some(people)
    }
}

/// Everyone.
impl People {
    /// The number of people.
    #[must_use]
    pub fn len(&self) -> usize {
        let unambiguous = self.index.table.n_unambiguous() - self.ambiguous.n_absorbed();
        unambiguous + self.ambiguous.names().len()
    }

    /// Whether nobody is quoted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The corrections that are applied.
    #[must_use]
    pub const fn corrections(&self) -> &Arc<Corrections> {
        &self.corrections
    }

    /// A number that changes with every change.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// A number that changes whenever somebody may go by another name.
    #[must_use]
    pub const fn naming_version(&self) -> u64 {
        self.naming_version
    }

    /// Everyone with the number of quotations, in no particular order.
    pub fn everyone(&self) -> impl Iterator<Item = (PersonId, u32)> {
        let ambiguous = (0..).map(PersonId::ambiguous);
        let ambiguous = ambiguous.zip(self.ambiguous.totals().iter().copied());
        let table = &self.index.table;
        let unambiguous = table
            .slots()
            .filter(|slot| !table.is_ambiguous(*slot) && !self.ambiguous.has_absorbed(*slot));
        let unambiguous =
            unambiguous.map(|slot| (PersonId::unambiguous(slot), table.quotations(slot)));
        ambiguous.chain(unambiguous)
    }

    pub(crate) const fn index(&self) -> &NameIndex {
        &self.index
    }
}

/// People by number.
impl People {
    /// The name somebody goes by.
    #[must_use]
    pub fn name_of(&self, id: PersonId) -> Cow<'_, str> {
        match id.kind() {
            IdKind::Ambiguous(at) => Cow::Borrowed(&self.ambiguous.names()[at]),
            IdKind::Unambiguous(slot) => match self.index.only_form(slot) {
                Some(form) => form.decode(),
                None => Cow::Owned(self.index.label_at(slot, &self.index.base_at(slot))),
            },
        }
    }

    /// The number of somebody's quotations.
    #[must_use]
    pub fn n_quotations(&self, id: PersonId) -> u32 {
        match id.kind() {
            IdKind::Ambiguous(at) => self.ambiguous.totals()[at],
            IdKind::Unambiguous(slot) => self.index.table.quotations(slot),
        }
    }

    /// The most articles that have to be read to find the name somebody goes by.
    pub(crate) fn n_articles_to_read(&self, id: PersonId) -> usize {
        match id.kind() {
            IdKind::Ambiguous(_) => 1,
            IdKind::Unambiguous(_) => self.n_quotations(id) as usize,
        }
    }

    /// Everything about somebody.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<Person> {
        let IdKind::Unambiguous(slot) = id.kind() else {
            return self.get(&self.name_of(id));
        };
        let base = self.index.base_at(slot);
        let group = self.index.group_at(slot, &base);
        let name = group.bearers.first()?.label.clone();
        let found = PersonInGroup {
            group,
            classes: vec![0],
        };
        Person::of(&name, &[found])
    }

    /// The number of somebody who goes by a name.
    #[must_use]
    pub fn id_of(&self, name: &str) -> Option<PersonId> {
        if let Some(at) = self.ambiguous.index(name) {
            return Some(PersonId::ambiguous(at));
        }
        let slot = self.index.unambiguous(&Name::parse(name).base, name)?;
        Some(PersonId::unambiguous(slot))
    }
}

/// People by the name they go by.
impl People {
    /// The name groups that somebody is in.
    fn groups_of(&self, name: &str) -> Vec<PersonInGroup> {
        let mut found = Vec::new();
        let bearers = self.ambiguous.bearers(name);
        for same_base in bearers.chunk_by(|a, b| a.base == b.base) {
            let base = &same_base[0].base;
            found.push(PersonInGroup {
                group: self.index.group(base),
                classes: same_base.iter().map(|bearer| bearer.class).collect(),
            });
        }
        let base = Name::parse(name).base;
        if let Some(slot) = self.index.slot(&base)
            && !self.index.table.is_ambiguous(slot)
        {
            let group = self.index.group_at(slot, &base);
            if group
                .bearers
                .first()
                .is_some_and(|bearer| bearer.label == name)
            {
                found.push(PersonInGroup {
                    group,
                    classes: vec![0],
                });
            }
        }
        found
    }

    /// Everything about somebody.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Person> {
        Person::of(name, &self.groups_of(name))
    }

    /// Somebody's other names, most frequent first.
    #[must_use]
    pub fn aliases(&self, name: &str) -> Vec<Arc<str>> {
        match self.get(name) {
            Some(person) => person.aliases,
            None => Vec::new(),
        }
    }

    /// The number of somebody's quotations.
    #[must_use]
    pub fn quotations_of(&self, name: &str) -> Option<u32> {
        let bearers = self.ambiguous.bearers(name);
        let slot = self.index.unambiguous(&Name::parse(name).base, name);
        if bearers.is_empty() && slot.is_none() {
            return None;
        }
        let own = slot.map(|slot| self.index.table.quotations(slot));
        Some(
            bearers
                .iter()
                .map(|bearer| bearer.quotations)
                .chain(own)
                .sum(),
        )
    }

    /// The articles that quote somebody, with the number of quotations.
    #[must_use]
    pub fn articles_of(&self, name: &str) -> BTreeMap<ArticleId, u32> {
        let mut articles = BTreeMap::new();
        for person in self.groups_of(name) {
            for mention in person.mentions() {
                *articles.entry(mention.article).or_default() += mention.quotations;
            }
        }
        articles
    }

    /// The articles that quote somebody, with the names they use.
    #[must_use]
    pub fn appearances(&self, name: &str) -> Vec<Appearance> {
        let mut appearances = Vec::new();
        for person in self.groups_of(name) {
            for mention in person.mentions() {
                appearances.push(Appearance {
                    article: mention.article,
                    name: person.group.form(mention.form).into(),
                });
            }
        }
        appearances.sort_by(|a, b| (a.article, &a.name).cmp(&(b.article, &b.name)));
        appearances
    }
}

/// People in an article.
impl People {
    /// What a name found in an article stands for; `None` if the article does not quote it.
    #[must_use]
    pub fn resolve_in(&self, id: ArticleId, name: &str) -> Option<ResolvedName> {
        self.resolver(id).resolve(name)
    }

    /// Resolves names found in an article.
    #[must_use]
    pub fn resolver(&self, id: ArticleId) -> NameResolver<'_> {
        NameResolver::new(&self.index, &self.ambiguous, &self.corrections, id)
    }

    /// The names an article uses for somebody, as analysis found them.
    #[must_use]
    pub fn names_in(&self, id: ArticleId, name: &str) -> Vec<Arc<str>> {
        let found = self.index.speakers.found(id).all();
        let names = found.map(|mention| mention.name.decode().into_owned());
        let resolver = self.resolver(id);
        let is_it = |found: &String| match resolver.resolve(found) {
            Some(person) => person.name() == Some(name),
            None => false,
        };
        names.filter(is_it).map(Arc::from).collect()
    }

    /// The number of somebody's quotations in an article.
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
        let mut sum = 0;
        let base = Name::parse(name).base;
        if self.index.unambiguous(&base, name).is_some() {
            sum += total(&self.index.group_in(id, &base), None);
        }
        let bearers = self.ambiguous.bearers(name);
        for same_base in bearers.chunk_by(|a, b| a.base == b.base) {
            let base = &same_base[0].base;
            // If it is every bearer, they need not be distinguished.
            sum += if self.ambiguous.n_bearers(base) == same_base.len() {
                total(&self.index.group_in(id, base), None)
            } else {
                let classes: Vec<u8> = same_base.iter().map(|bearer| bearer.class).collect();
                total(&self.index.group(base), Some(&classes))
            };
        }
        sum
    }
}

#[cfg(test)]
pub(crate) mod tests;
