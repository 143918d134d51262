//! Who is who across the articles of a folder.
//!
//! The same full name is one person, however it is written, unless initials, offices and dates speak against
//! it. A surname alone joins the full name of its own article. An acronym is the body some article
//! introduces by it. Spellings that may be of one person are proposed and not joined. What the reader
//! corrected counts over all of that.
//!
//! Articles come and go; the outcome depends on which are there and never on their order. A folder of a
//! hundred thousand articles names half a million people, most of them once. So the speakers of an article are
//! kept as a record ([`article`]), a table tells in which articles a name stands, and who somebody is is
//! worked out from those when it is asked. Only of names that need more than that ([`ambiguous`]) it is
//! worked out beforehand who goes by them.

mod identity;
mod image;
mod listing;
mod naming;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::corrections::Corrections;
use super::{ArticleId, SpeakerCount};
use crate::library::name_table::{NameHash, NameSlot, NameTable};
use crate::packed::{Address, Arena, PackedText, count};
use identity::ambiguous::AmbiguousNames;
use identity::group::{GroupBuilder, NameGroup};
use identity::persons::ArticlePersons;
use records::name_groups::{ArticleGroup, Traits};
use records::speakers::{ArticleSpeakers, PackedSpeakers};

pub use identity::lookup::NameResolver;
pub use identity::person::{Appearance, Person};
pub use listing::all_names::AllNames;
pub use listing::filter_scan::FilterScan;
pub use listing::{Listing, PeopleOrder, PersonId};
pub(crate) use naming::name::Name;
pub use naming::variants::Variants;
pub(super) use records::speakers::{dated, pack as pack_speakers, unpack as unpack_speakers};

/// Everyone who is quoted in the articles of a folder.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Where the speakers of each article are, as they were found.
    articles: Vec<Address>,
    records: Arena,
    /// The speakers of articles with corrections of their own, as corrected, and the keys of those articles.
    corrected: BTreeMap<ArticleId, (String, Vec<u8>)>,
    table: NameTable,
    ambiguous: AmbiguousNames,
    corrections: Arc<Corrections>,
    /// How often somebody may have begun to go by another name.
    renamed: u64,
    /// How often anything changed.
    version: u64,
}

impl People {
    /// Takes in the speakers of an article in place of what was known of it; `key` tells the name under which
    /// the article is remembered, `day` is when it was published, in days since 1970.
    pub fn set(
        &mut self,
        id: ArticleId,
        key: &dyn Fn() -> String,
        day: Option<i32>,
        speakers: &[SpeakerCount],
    ) {
        let PackedSpeakers { record, groups } = records::speakers::pack(day, speakers);
        self.set_packed(id, key, &record, &groups);
    }

    /// The same with speakers that are packed, and the groups they have to do with.
    pub(super) fn set_packed(
        &mut self,
        id: ArticleId,
        key: &dyn Fn() -> String,
        record: &[u8],
        groups: &[u8],
    ) {
        self.remove(id);
        self.version += 1;
        let at = id.0 as usize;
        if self.articles.len() <= at {
            self.articles.resize(at + 1, Address::NONE);
        }
        let address = self.records.store(record);
        if let Some(slot) = self.articles.get_mut(at) {
            *slot = address;
        }
        match self.correct_article(id, key) {
            Some(groups) => self.join(id, &groups),
            None => self.join(id, groups),
        }
    }

    /// Whether just these speakers of an article are known.
    pub(super) fn has(&self, id: ArticleId, record: &[u8]) -> bool {
        let address = self.articles.get(id.0 as usize).copied();
        let known = address.filter(|address| *address != Address::NONE);
        known.is_some_and(|known| self.records.record(known) == record)
    }

    /// Lays the corrections within an article over its speakers, where there are any; tells the groups it
    /// has to do with then.
    fn correct_article(&mut self, id: ArticleId, key: &dyn Fn() -> String) -> Option<Vec<u8>> {
        if !self.corrections.has_any_within() {
            return None;
        }
        let key = key();
        if !self.corrections.has_within(&key) {
            return None;
        }
        let found = self.found(id);
        let mut speakers = found.unpacked();
        self.corrections.correct_counts(&key, &mut speakers, &mut 0);
        let PackedSpeakers { record, groups } = records::speakers::pack(found.day, &speakers);
        self.corrected.insert(id, (key, record));
        Some(groups)
    }

    /// The speakers of an article as they were found.
    fn found(&self, id: ArticleId) -> ArticleSpeakers<'_> {
        let address = self.articles.get(id.0 as usize);
        ArticleSpeakers::of(
            self.records
                .record(address.copied().unwrap_or(Address::NONE)),
        )
    }

    /// The speakers of an article, after the corrections within it.
    fn speakers(&self, id: ArticleId) -> ArticleSpeakers<'_> {
        match self.corrected.get(&id) {
            Some((_, record)) => ArticleSpeakers::of(record),
            None => self.found(id),
        }
    }

    /// Forgets an article.
    pub fn remove(&mut self, id: ArticleId) {
        let at = id.0 as usize;
        let Some(&address) = self.articles.get(at).filter(|at| **at != Address::NONE) else {
            return;
        };
        self.version += 1;
        self.part(id);
        self.corrected.remove(&id);
        self.records.free(address);
        if let Some(slot) = self.articles.get_mut(at) {
            *slot = Address::NONE;
        }
        self.records.compact(self.articles.iter_mut());
    }

    /// Adds an article to the groups it has to do with.
    fn join(&mut self, id: ArticleId, groups: &[u8]) {
        for group in records::name_groups::read(groups) {
            let place = match self.place_of(id, &group, |article| article != id) {
                Some(place) => {
                    let mut traits = self.traits(place);
                    traits.add(group.traits);
                    self.table.append(place, id, group.quotations);
                    self.table.set_note(place, traits.note());
                    self.renamed += 1;
                    place
                }
                None => self.table.insert(group.key, id, group.quotations),
            };
            let differ = self
                .table
                .note(place)
                .is_some_and(|note| Traits::noted(note).differ);
            if differ || group.traits.differ || group.has_acronym || self.is_corrected(id, &group) {
                self.table.mark_ambiguous(place);
            }
            if self.table.is_ambiguous(place) {
                let base = group.base(self.speakers(id));
                self.ambiguous.touch(&base);
            }
        }
    }

    /// Takes an article away from the groups it has to do with.
    fn part(&mut self, id: ArticleId) {
        let speakers = self.speakers(id);
        let packed = records::speakers::pack(speakers.day, &speakers.unpacked());
        for group in records::name_groups::read(&packed.groups) {
            let Some(place) = self.place_of(id, &group, |_| true) else {
                continue;
            };
            if self.table.is_ambiguous(place) {
                let base = group.base(self.speakers(id));
                self.ambiguous.touch(&base);
            }
            self.table.remove(place, id, group.quotations);
            self.renamed += 1;
        }
    }

    /// Where a group of an article stands in the table, at a place whose first article `may_be` it.
    fn place_of(
        &self,
        id: ArticleId,
        group: &ArticleGroup<'_>,
        may_be: impl Fn(ArticleId) -> bool,
    ) -> Option<NameSlot> {
        self.table.find(group.key, |article| {
            let speakers = self.speakers(id);
            may_be(article)
                && self.is_in_group(article, group.key, group.form(speakers), &|| {
                    group.base(speakers)
                })
        })
    }

    /// Whether a name of a group was corrected everywhere.
    fn is_corrected(&self, id: ArticleId, group: &ArticleGroup<'_>) -> bool {
        let corrections = &self.corrections;
        if corrections.bases().next().is_none() {
            return false;
        }
        let speakers = self.speakers(id);
        let is_joined_and_corrected = |mention: records::speakers::PackedMention<'_>| {
            mention.is_joined && corrections.renames(&Name::parse(&mention.name.decode()).base)
        };
        corrections.renames(&group.base(speakers))
            || group.has_joined
                && speakers
                    .marked(group.key.low_bits())
                    .any(is_joined_and_corrected)
    }

    /// Whether an article has to do with a group; `form` is one of the forms of its name, if one is known, `base`
    /// tells what that is made of.
    fn is_in_group(
        &self,
        article: ArticleId,
        key: NameHash,
        form: PackedText<'_>,
        base: &dyn Fn() -> String,
    ) -> bool {
        let speakers = self.speakers(article);
        let own = || {
            let marked = speakers.marked(key.low_bits());
            marked.filter(|mention| !mention.is_joined)
        };
        // Mostly a name is written as it was before, or with other capitals at the beginning of a sentence.
        if own().any(|mention| mention.name == form) {
            return true;
        }
        let words = form.decode();
        if own().any(|mention| mention.name.decode().eq_ignore_ascii_case(&words)) {
            return true;
        }
        let base = base();
        own().any(|mention| Name::parse(&mention.name.decode()).base == base)
            || speakers.has_acronyms && {
                let mut acronyms = speakers.all().flat_map(|mention| mention.acronyms());
                acronyms.any(|short| short.base == base)
            }
    }

    /// What may tell the bearers of a name apart, as known so far.
    fn traits(&self, place: NameSlot) -> Traits {
        if let Some(note) = self.table.note(place) {
            return Traits::noted(note);
        }
        let mut traits = Traits::default();
        let mark = self.table.key(place).low_bits();
        for article in self.table.articles(place) {
            for mention in self.speakers(article).marked(mark) {
                let role = mention.role.map(PackedText::decode);
                let name = Name::parse(&mention.name.decode());
                traits.add(Traits::of(&name, role.as_deref()));
            }
        }
        traits
    }

    /// Lays other corrections over everything; `key` tells the name under which an article is remembered.
    pub fn correct(
        &mut self,
        corrections: &Arc<Corrections>,
        key: &dyn Fn(ArticleId) -> Option<String>,
    ) {
        let old = std::mem::replace(&mut self.corrections, Arc::clone(corrections));
        let keys: BTreeSet<&str> = [old.articles(), corrections.articles()]
            .concat()
            .into_iter()
            .collect();
        if !keys.is_empty() {
            let all = (0..count(self.articles.len())).map(ArticleId);
            let meant = all.filter_map(|id| Some((id, key(id)?)));
            let meant: Vec<(ArticleId, String)> = meant
                .filter(|(_, key)| keys.contains(key.as_str()))
                .collect();
            for (id, key) in meant {
                let found = self.found(id);
                let (day, speakers) = (found.day, found.unpacked());
                if !speakers.is_empty() {
                    self.set(id, &|| key.clone(), day, &speakers);
                }
            }
        }
        let bases: BTreeSet<&str> = old.bases().chain(corrections.bases()).collect();
        for base in self.bearing_one_of(&bases) {
            if let Some(place) = self.place(&base) {
                self.table.mark_ambiguous(place);
                self.ambiguous.touch(&base);
            }
        }
        self.ambiguous.touch_all();
        self.renamed += 1;
        self.version += 1;
    }

    /// What the names are made of that are one of some names or have one of them joined.
    fn bearing_one_of(&self, bases: &BTreeSet<&str>) -> BTreeSet<String> {
        let mut bearing: BTreeSet<String> = bases.iter().map(|&base| base.to_owned()).collect();
        if bases.is_empty() {
            return bearing;
        }
        for id in (0..count(self.articles.len())).map(ArticleId) {
            let speakers = self.speakers(id);
            for (at, mention) in speakers.all().enumerate().filter(|(_, m)| m.is_joined) {
                if bases.contains(Name::parse(&mention.name.decode()).base.as_str()) {
                    bearing.insert(home(speakers, at, &mention));
                }
            }
        }
        bearing
    }

    /// The corrections that are laid over everything.
    #[must_use]
    pub fn corrections(&self) -> &Arc<Corrections> {
        &self.corrections
    }

    /// A number that changes whenever anything does.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Where a name stands in the table, by what it is made of.
    fn place(&self, base: &str) -> Option<NameSlot> {
        let key = records::speakers::key(base);
        self.table.find(key, |article| {
            self.is_in_group(article, key, PackedText::default(), &|| base.to_owned())
        })
    }

    /// All who bear a name, by what it is made of.
    fn group(&self, base: &str) -> NameGroup {
        let Some(place) = self.place(base) else {
            return NameGroup::default();
        };
        self.group_at(place, base)
    }

    fn group_at(&self, place: NameSlot, base: &str) -> NameGroup {
        let mark = self.table.key(place).low_bits();
        let mut articles: Vec<ArticleId> = self.table.articles(place).collect();
        articles.sort_unstable();
        let mut gathering = GroupBuilder::of(base, mark);
        let is_ambiguous = self.table.is_ambiguous(place);
        for article in articles {
            let speakers = self.speakers(article);
            gathering.add(article, speakers);
            if is_ambiguous && speakers.has_acronyms {
                gathering.stands_for(bodies(speakers, base));
            }
        }
        gathering.group()
    }

    /// Brings what is worked out beforehand up to date with the articles. Everything that is asked for is as of
    /// then.
    pub fn update(&mut self) {
        self.update_ambiguous();
    }
}

/// What the names are made of that an article introduces an acronym for.
fn bodies(speakers: ArticleSpeakers<'_>, acronym: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    for (at, mention) in speakers.all().enumerate() {
        if mention.acronyms().iter().any(|short| short.base == acronym) {
            let body = home(speakers, at, &mention);
            bodies.extend(Some(body).filter(|body| body != acronym));
        }
    }
    bodies
}

/// What the name is made of in whose group a speaker of an article is.
fn home(
    speakers: ArticleSpeakers<'_>,
    at: usize,
    mention: &records::speakers::PackedMention<'_>,
) -> String {
    if !mention.is_joined {
        return Name::parse(&mention.name.decode()).base;
    }
    let is_person = |other: &records::speakers::PackedMention<'_>| other.kind == mention.kind;
    let at = speakers.all().take(at).filter(is_person).count();
    let persons = ArticlePersons::named(speakers.persons().map(|person| person.name.decode()));
    let home = persons.all().nth(at);
    home.map_or_else(String::new, |(_, home)| home.to_owned())
}

#[cfg(test)]
mod tests;
