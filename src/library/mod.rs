//! A folder of articles: what is known of each without its text, in what order, and who is quoted
//! where across all of them.
//!
//! The library grows while the folder is read: first names of files, then a [`Survey`] of each. It
//! keeps no article text.

pub mod corrections;
pub mod people;

mod articles;
mod duplicates;
pub(super) mod filter;
mod image;
mod name_table;
mod ordering;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::analysis::CountryCode;
use crate::packed::{Address, Arena, count};
use articles::packed_meta::PackedMeta;
use articles::row::{ArticleRow, Marks};

pub use articles::dates::DateOrder;
pub use articles::location::{Location, ShownPath};
pub use articles::packed_survey::PackedSurvey;
pub use articles::search_scope::{SearchDoc, SearchScope};
pub use articles::survey::{SpeakerCount, Survey, country_counts};
pub use articles::view::{ArticleView, ListedFile, days_since_1970};
pub use corrections::{Correction, Corrections, ResolvedName};
pub use duplicates::minhash::MinHash;
pub use duplicates::winnowing::{FEWEST_WORDS, MOST_WORDS, fingerprints_of};
pub use duplicates::{DuplicateIndex, FingerprintStore};
pub use filter::ListFilter;
pub use ordering::country_totals::CountryTotals;
pub use ordering::timeline::{TimeSlot, TimeUnit, Timeline, TimelineBar};
pub use ordering::{SortOrder, natural_cmp};
pub use people::{
    AllNames, Appearance, FilterScan, Listing, NameResolver, People, PeopleOrder, Person, PersonId,
    Variants,
};

/// Index of an article in its library; stable while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub u32);

/// Some of the articles.
#[derive(Debug, Clone, Default)]
struct Narrowed {
    articles: HashSet<ArticleId>,
    /// In the present order.
    order: Vec<ArticleId>,
}

/// The articles of a folder. A copy shares most of what it holds, as long as that does not change.
#[derive(Debug, Clone, Default)]
pub struct Library {
    cards: Vec<ArticleRow>,
    facts: Arena,
    files: articles::file_index::FileIndex,
    /// Why articles cannot be read.
    problems: BTreeMap<ArticleId, String>,
    /// The articles in their present order, gone ones left out.
    order: Vec<ArticleId>,
    /// Those of them that are read through, when these are only some.
    narrowed: Option<Narrowed>,
    by_path: ordering::by_path::ByPath,
    sort: SortOrder,
    is_reversed: bool,
    countries: ordering::country_totals::FolderCountries,
    people: People,
    surveyed: usize,
    /// The articles after the first in files that hold many.
    further: BTreeMap<ArticleId, Vec<ArticleId>>,
    traces: DuplicateIndex,
    /// How often something about an article changed since an image was made.
    n_changes: usize,
    /// The traces that went into an image that is being written.
    on_their_way: Option<DuplicateIndex>,
}

impl Library {
    /// Adds a file, or finds it when it is known already: its first article.
    pub fn add(&mut self, listed: &ListedFile) -> ArticleId {
        if let Some(id) = self.find(&listed.location) {
            self.come_back(id);
            return id;
        }
        let next = ArticleId(count(self.cards.len()));
        let file = self.files.add(listed, next);
        self.push(file, 0)
    }

    /// Adds an article at the end.
    fn push(&mut self, file: Address, part: u32) -> ArticleId {
        let id = ArticleId(count(self.cards.len()));
        self.cards.push(ArticleRow {
            file,
            facts: Address::NONE,
            part,
            marks: Marks::default(),
            stamp: 0,
        });
        self.order.push(id);
        self.n_changes += 1;
        id
    }

    /// Takes an article that was gone among the others again.
    fn come_back(&mut self, id: ArticleId) {
        if self.mark(id, Marks::GONE, false) {
            self.forget_problem(id);
            self.order.push(id);
            self.n_changes += 1;
        }
    }

    /// An article of a file by the first one in it; those up to it are added when they are new.
    pub fn add_part(&mut self, first: ArticleId, part: u32) -> Option<ArticleId> {
        let Some(at) = part.checked_sub(1) else {
            return Some(first);
        };
        let mut known = self.further.get(&first).map_or(0, Vec::len);
        while known <= at as usize {
            let file = self.card(first)?.file;
            let id = self.push(file, count(known + 1));
            self.further.entry(first).or_default().push(id);
            known += 1;
        }
        let id = *self.further.get(&first)?.get(at as usize)?;
        self.come_back(id);
        Some(id)
    }

    /// The first article of a file.
    #[must_use]
    pub fn find(&self, file: &Path) -> Option<ArticleId> {
        let file_of = |id| self.card(id).map_or(Address::NONE, |card| card.file);
        self.files.find(file, file_of)
    }

    /// All articles of a file, by the first one in it.
    pub fn parts(&self, first: ArticleId) -> impl Iterator<Item = ArticleId> + '_ {
        let further = self.further.get(&first).map_or(&[][..], Vec::as_slice);
        std::iter::once(first).chain(further.iter().copied())
    }

    /// The first article of the file an article is in, when that holds many.
    #[must_use]
    pub fn file_of_many(&self, id: ArticleId) -> Option<ArticleId> {
        if self.further.is_empty() {
            return None;
        }
        let card = self.card(id)?;
        let first = if card.part == 0 {
            id
        } else {
            self.find(&self.files.location(card.file))?
        };
        self.further.contains_key(&first).then_some(first)
    }

    /// Whether there is more than one file.
    #[must_use]
    pub fn holds_more_than_one_file(&self) -> bool {
        self.files.len() > 1
    }

    /// The articles that are read through, in their present order: all, or those it is narrowed to.
    #[must_use]
    pub fn order(&self) -> &[ArticleId] {
        self.narrowed
            .as_ref()
            .map_or(&self.order, |narrowed| &narrowed.order)
    }

    /// All articles in their present order.
    #[must_use]
    pub fn all(&self) -> &[ArticleId] {
        &self.order
    }

    /// Number of articles that are read through.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order().is_empty()
    }

    /// Reads through these articles only, or through all again.
    pub fn narrow(&mut self, articles: Option<HashSet<ArticleId>>) {
        self.narrowed = articles.map(|articles| Narrowed {
            articles,
            order: Vec::new(),
        });
        self.narrow_order();
    }

    /// Brings the order of some of the articles in line with that of all.
    fn narrow_order(&mut self) {
        if let Some(narrowed) = &mut self.narrowed {
            let all = self.order.iter().copied();
            narrowed.order = all.filter(|id| narrowed.articles.contains(id)).collect();
        }
    }

    /// The place of an article in the present order, from 0.
    #[must_use]
    pub fn position(&self, id: ArticleId) -> Option<usize> {
        self.order().iter().position(|&other| other == id)
    }

    /// The articles before and after one in the present order. One that is gone still stands
    /// between its old neighbors.
    #[must_use]
    pub fn around(&self, id: ArticleId) -> (&[ArticleId], &[ArticleId]) {
        let at = self.position(id).unwrap_or_else(|| self.old_position(id));
        let order = self.order();
        let (before, after) = order.split_at_checked(at).unwrap_or((order, &[]));
        match after.split_first() {
            Some((first, after)) if *first == id => (before, after),
            _ => (before, after),
        }
    }

    /// Where an article that is gone would stand.
    fn old_position(&self, id: ArticleId) -> usize {
        self.order()
            .partition_point(|other| self.is_before(*other, id))
    }

    /// The article `step` places further on in the present order.
    #[must_use]
    pub fn neighbor(&self, id: ArticleId, step: isize) -> Option<ArticleId> {
        let (before, after) = self.around(id);
        let distance = step.unsigned_abs().checked_sub(1)?;
        if step > 0 {
            after.get(distance).copied()
        } else {
            before.iter().rev().nth(distance).copied()
        }
    }

    /// The present order.
    #[must_use]
    pub fn sort_order(&self) -> SortOrder {
        self.sort
    }

    /// Puts the articles in an order and keeps to it.
    pub fn sort_by(&mut self, sort: SortOrder) {
        self.sort = sort;
        self.order_paths();
        self.order = self.in_present_order();
        self.narrow_order();
    }

    /// Turns the order round, or back again.
    pub fn reverse(&mut self) {
        self.is_reversed = !self.is_reversed;
        self.order.reverse();
        self.narrow_order();
    }

    /// Whether the order is turned round.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.is_reversed
    }

    /// Brings everyone who is quoted up to date with the articles.
    pub fn update_people(&mut self) {
        self.people.update();
    }

    /// Everyone quoted in the folder, as of the last [`Self::settle`].
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Lays other corrections over what articles say of their speakers.
    pub fn correct(&mut self, corrections: &Arc<Corrections>) {
        let Self {
            cards,
            files,
            facts,
            people,
            ..
        } = self;
        let key = |id: ArticleId| {
            let card = cards.get(id.0 as usize)?;
            let location = Location {
                file: files.location(card.file),
                part: card.part,
            };
            let name = PackedMeta::of(facts.record(card.facts)).and_then(PackedMeta::id);
            Some(location.key(name.as_deref()))
        };
        people.correct(corrections, &key);
    }

    /// A person or body by the name it goes by.
    #[must_use]
    pub fn speaker(&self, name: &str) -> Option<Person> {
        self.people.get(name)
    }

    /// Quotations of a speaker in an article.
    #[must_use]
    pub fn quotations_of(&self, id: ArticleId, name: &str) -> u32 {
        self.people.quotations_in(id, name)
    }

    /// All countries mentioned in the folder, most mentioned first, then by code.
    #[must_use]
    pub fn countries(&self) -> Vec<(CountryCode, &CountryTotals)> {
        self.countries.countries()
    }

    /// The totals of one country.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> Option<&CountryTotals> {
        self.countries.country(code)
    }

    /// The articles that quote a speaker, in the present order.
    #[must_use]
    pub fn articles_quoting(&self, name: &str) -> Vec<ArticleId> {
        let quoting = self.people.articles_of(name);
        self.in_order(quoting.keys().copied()).collect()
    }

    /// Some of all articles, in the present order.
    pub fn in_order(
        &self,
        articles: impl IntoIterator<Item = ArticleId>,
    ) -> impl Iterator<Item = ArticleId> {
        let mut is_meant = vec![false; self.cards.len()];
        let mut n_left = 0;
        for id in articles {
            if let Some(slot) = is_meant.get_mut(id.0 as usize) {
                n_left += usize::from(!std::mem::replace(slot, true));
            }
        }
        let is_meant = move |id: &ArticleId| is_meant.get(id.0 as usize) == Some(&true);
        self.order.iter().copied().filter(is_meant).take(n_left)
    }

    /// The articles that mention a country, in the present order.
    #[must_use]
    pub fn articles_mentioning(&self, code: CountryCode) -> Vec<ArticleId> {
        let is_mentioned =
            |facts: PackedMeta<'_>| facts.countries().any(|(other, _)| other == code);
        let mentions = |id: &ArticleId| {
            let facts = self.card(*id).and_then(|card| self.facts_of(card));
            facts.is_some_and(is_mentioned)
        };
        self.order().iter().copied().filter(mentions).collect()
    }
}

#[cfg(test)]
mod tests;
