//! The index of all names: which articles have a name, and who bears it.
//!
//! The table of names has only hashes and articles. Everything else is worked out from the records
//! of those articles.

use std::collections::BTreeSet;

use super::article_persons::ArticlePersons;
use super::group::{GroupBuilder, NameGroup};
use crate::library::articles::id::ArticleId;
use crate::library::corrections::Corrections;
use crate::library::name_table::{NameHash, NameSlot, NameTable};
use crate::library::people::naming::name::Name;
use crate::library::people::records::name_groups::{self, ArticleGroup, Traits};
use crate::library::people::records::pack;
use crate::library::people::records::speakers::{ArticleSpeakers, PackedMention};
use crate::library::people::records::store::SpeakerStore;
use crate::packed::{BlockSink, BlockSource, PackedText};

/// The speakers of all articles, and the articles of all names.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameIndex {
    pub(crate) speakers: SpeakerStore,
    pub(crate) table: NameTable,
}

/// Called with the base of an ambiguous name that has changed.
pub(crate) type OnChange<'c> = &'c mut dyn FnMut(&str);

/// Changing.
impl NameIndex {
    /// Adds an article to its groups. Returns whether other articles are in one of them.
    pub(crate) fn join(
        &mut self,
        id: ArticleId,
        groups: &[u8],
        corrections: &Corrections,
        on_change: OnChange<'_>,
    ) -> bool {
        let mut is_shared = false;
        for group in name_groups::read(groups) {
            let slot = match self.slot_of(id, &group, |article| article != id) {
                Some(slot) => {
                    let mut traits = self.traits(slot);
                    traits.add(group.traits);
                    self.table.append(slot, id, group.quotations);
                    self.table.set_note(slot, traits.note());
                    is_shared = true;
                    slot
                }
                None => self.table.insert(group.hash, id, group.quotations),
            };
            let note = self.table.note(slot);
            let differ = group.traits.differ || note.is_some_and(|note| Traits::noted(note).differ);
            if differ || group.has_acronym || self.is_corrected(id, &group, corrections) {
                self.table.mark_ambiguous(slot);
            }
            if self.table.is_ambiguous(slot) {
                on_change(&group.base(self.speakers(id)));
            }
        }
        is_shared
    }

    /// Removes an article from its groups.
    pub(crate) fn part(&mut self, id: ArticleId, on_change: OnChange<'_>) {
        for group in name_groups::read(&self.groups_of_article(id)) {
            let Some(slot) = self.slot_of(id, &group, |_| true) else {
                continue;
            };
            if self.table.is_ambiguous(slot) {
                on_change(&group.base(self.speakers(id)));
            }
            self.table.remove(slot, id, group.quotations);
        }
    }

    /// The record of the groups of an article.
    fn groups_of_article(&self, id: ArticleId) -> Vec<u8> {
        let speakers = self.speakers(id);
        pack::pack(speakers.day, &speakers.unpacked()).groups
    }

    /// Exchanges the numbers of two articles.
    pub(crate) fn swap(
        &mut self,
        a: ArticleId,
        b: ArticleId,
        corrections: &Corrections,
        on_change: OnChange<'_>,
    ) {
        let [of_a, of_b] = [a, b].map(|id| self.groups_of_article(id));
        self.part(a, on_change);
        self.part(b, on_change);
        self.speakers.swap(a, b);
        self.join(b, &of_a, corrections, on_change);
        self.join(a, &of_b, corrections, on_change);
    }

    /// Writes the index to an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        self.speakers.put_image(sink);
        self.table.put_image(sink);
    }

    /// Reads an index from an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        Some(Self {
            speakers: SpeakerStore::of_image(source)?,
            table: NameTable::of_image(source)?,
        })
    }
}

/// Finding names.
impl NameIndex {
    /// The speakers of an article after its own corrections.
    pub(crate) fn speakers(&self, id: ArticleId) -> ArticleSpeakers<'_> {
        self.speakers.speakers(id)
    }

    /// The mark of the name in a slot, which its mentions in records have.
    pub(crate) fn mark(&self, slot: NameSlot) -> u16 {
        self.table.hash(slot).low_bits()
    }

    /// The slot of a name by its base.
    pub(crate) fn slot(&self, base: &str) -> Option<NameSlot> {
        let hash = NameHash::of_base(base);
        self.table.find(hash, |article| {
            self.is_in_group(article, hash, PackedText::default(), &|| base.to_owned())
        })
    }

    /// The slot of a group that an article takes part in; `may_be` decides whether an article may
    /// be the first in it.
    fn slot_of(
        &self,
        id: ArticleId,
        group: &ArticleGroup<'_>,
        may_be: impl Fn(ArticleId) -> bool,
    ) -> Option<NameSlot> {
        let speakers = self.speakers(id);
        let form = group.form(speakers);
        self.table.find(group.hash, |article| {
            may_be(article) && self.is_in_group(article, group.hash, form, &|| group.base(speakers))
        })
    }

    /// Whether an article takes part in a group. `form` is a form of the name or empty, and `base`
    /// returns its base.
    fn is_in_group(
        &self,
        article: ArticleId,
        hash: NameHash,
        form: PackedText<'_>,
        base: &dyn Fn() -> String,
    ) -> bool {
        let speakers = self.speakers(article);
        let own = || {
            let marked = speakers.marked(hash.low_bits());
            marked.filter(|mention| !mention.is_joined)
        };
        // Mostly a name is written as before, or differs only in its capitals. Comparing that avoids parsing.
        if own().any(|mention| mention.name == form) {
            return true;
        }
        let text = form.decode();
        if own().any(|mention| mention.name.decode().eq_ignore_ascii_case(&text)) {
            return true;
        }
        let base = base();
        own().any(|mention| base_of(&mention) == base)
            || speakers.has_acronyms && {
                let mut acronyms = speakers.all().flat_map(|mention| mention.acronyms());
                acronyms.any(|acronym| acronym.base == base)
            }
    }

    /// Whether the name of a group, or one joined to it, was corrected everywhere.
    fn is_corrected(
        &self,
        id: ArticleId,
        group: &ArticleGroup<'_>,
        corrections: &Corrections,
    ) -> bool {
        if corrections.bases().next().is_none() {
            return false;
        }
        let speakers = self.speakers(id);
        let is_joined_and_corrected = |mention: PackedMention<'_>| {
            mention.is_joined && corrections.renames(&base_of(&mention))
        };
        corrections.renames(&group.base(speakers))
            || group.has_joined
                && speakers
                    .marked(group.hash.low_bits())
                    .any(is_joined_and_corrected)
    }

    /// The traits of everyone with the name in a slot.
    fn traits(&self, slot: NameSlot) -> Traits {
        if let Some(note) = self.table.note(slot) {
            return Traits::noted(note);
        }
        let mut traits = Traits::default();
        let mark = self.mark(slot);
        for article in self.table.articles(slot) {
            for mention in self.speakers(article).marked(mark) {
                let role = mention.role.map(PackedText::decode);
                let name = Name::parse(&mention.name.decode());
                traits.add(Traits::of(&name, role.as_deref()));
            }
        }
        traits
    }

    /// The bases of these names, and of names that one of them is joined to.
    pub(crate) fn bases_with_joined(&self, bases: &BTreeSet<&str>) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = bases.iter().map(|&base| base.to_owned()).collect();
        if bases.is_empty() {
            return found;
        }
        for id in self.speakers.articles() {
            let speakers = self.speakers(id);
            for (at, mention) in speakers.all().enumerate().filter(|(_, m)| m.is_joined) {
                if bases.contains(base_of(&mention).as_str()) {
                    found.insert(home(speakers, at, &mention));
                }
            }
        }
        found
    }

    /// The base of the name in a slot.
    pub(crate) fn base_at(&self, slot: NameSlot) -> String {
        let hash = self.table.hash(slot);
        for article in self.table.articles(slot) {
            let marked = self.speakers(article).marked(hash.low_bits());
            let mut own = marked
                .filter(|mention| !mention.is_joined)
                .map(|m| base_of(&m));
            if let Some(base) = own.find(|base| NameHash::of_base(base) == hash) {
                return base;
            }
        }
        String::new()
    }
}

/// Bearers.
impl NameIndex {
    /// Everyone with a name, by its base.
    pub(crate) fn group(&self, base: &str) -> NameGroup {
        match self.slot(base) {
            Some(slot) => self.group_at(slot, base),
            None => NameGroup::default(),
        }
    }

    /// Everyone with the name in a slot, whose base is `base`.
    pub(crate) fn group_at(&self, slot: NameSlot, base: &str) -> NameGroup {
        let mut articles: Vec<ArticleId> = self.table.articles(slot).collect();
        articles.sort_unstable();
        let mut builder = GroupBuilder::of(base, self.mark(slot));
        let is_ambiguous = self.table.is_ambiguous(slot);
        for article in articles {
            let speakers = self.speakers(article);
            builder.add(article, speakers);
            if is_ambiguous && speakers.has_acronyms {
                builder.stands_for(bodies(speakers, base));
            }
        }
        builder.build()
    }

    /// Everyone with a name in one article.
    pub(crate) fn group_in(&self, id: ArticleId, base: &str) -> NameGroup {
        let mut builder = GroupBuilder::of(base, NameHash::of_base(base).low_bits());
        builder.add(id, self.speakers(id));
        builder.build()
    }

    /// The name that the bearer of an unambiguous name goes by.
    pub(crate) fn label_at(&self, slot: NameSlot, base: &str) -> String {
        // Mostly there is one article with one form.
        if self.table.is_single(slot)
            && let Some(article) = self.table.articles(slot).next()
        {
            let mut marked = self.speakers(article).marked(self.mark(slot));
            if let (Some(mention), None) = (marked.next(), marked.next()) {
                return mention.name.decode().into_owned();
            }
        }
        let bearers = self.group_at(slot, base).bearers.into_iter();
        bearers
            .map(|bearer| bearer.label)
            .next()
            .unwrap_or_default()
    }

    /// The slot of an unambiguous name whose bearer goes by `name`.
    pub(crate) fn unambiguous(&self, base: &str, name: &str) -> Option<NameSlot> {
        let slot = self.slot(base)?;
        let is_it = !self.table.is_ambiguous(slot) && self.label_at(slot, base) == name;
        is_it.then_some(slot)
    }

    /// The only form of the name in a slot, if all articles write it the same way and mention it once.
    pub(crate) fn only_form(&self, slot: NameSlot) -> Option<PackedText<'_>> {
        let mark = self.mark(slot);
        let mut only = None;
        for article in self.table.articles(slot) {
            let mut marked = self.speakers(article).marked(mark);
            let mention = marked.next()?;
            let is_another = only.is_some_and(|only| only != mention.name);
            if mention.is_joined || is_another || marked.next().is_some() {
                return None;
            }
            only = Some(mention.name);
        }
        only
    }
}

fn base_of(mention: &PackedMention<'_>) -> String {
    Name::parse(&mention.name.decode()).base
}

/// The bases of the names that an article introduces an acronym for.
fn bodies(speakers: ArticleSpeakers<'_>, acronym: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    for (at, mention) in speakers.all().enumerate() {
        if mention.acronyms().iter().any(|other| other.base == acronym) {
            let body = home(speakers, at, &mention);
            bodies.extend(Some(body).filter(|body| body != acronym));
        }
    }
    bodies
}

/// The base of the name group that the speaker at an index of an article is in.
fn home(speakers: ArticleSpeakers<'_>, at: usize, mention: &PackedMention<'_>) -> String {
    if !mention.is_joined {
        return base_of(mention);
    }
    let is_person = |other: &PackedMention<'_>| other.kind == mention.kind;
    let at = speakers.all().take(at).filter(is_person).count();
    let persons = speakers.persons().map(|person| person.name.decode());
    let persons = ArticlePersons::named(persons);
    let home = persons.all().nth(at).map(|(_, home)| home.to_owned());
    debug_assert!(home.is_some(), "a joined name is a person's");
    home.unwrap_or_default()
}
