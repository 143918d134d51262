//! A folder of articles: what is known of each without its text, in what order, and who is quoted
//! where across all of them.
//!
//! The library grows while the folder is read: first names of files, then a [`Survey`] of each. It
//! keeps no article text.

pub mod corrections;
pub mod people;

mod dates;
mod entry;
mod facets;
mod location;
mod order;
mod prints;
mod similar;
mod survey;
mod timeline;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::analysis::CountryCode;

pub use corrections::{Called, Correction, Corrections};
pub use dates::DateOrder;
pub use entry::{Entry, Listed, days_since_1970};
pub use facets::CountryTotals;
pub use location::Location;
pub use order::{SortOrder, natural_cmp};
pub use people::{People, Person};
pub use prints::{FEWEST_WORDS, MOST_WORDS, prints_of};
pub use similar::{Signature, groups};
pub use survey::{SpeakerCount, Survey, country_counts};
pub use timeline::{Bar, Slot, Timeline, Unit};

/// Index of an article in its library; stable while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub u32);

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Some of the articles.
#[derive(Debug, Default)]
struct Narrowed {
    articles: HashSet<ArticleId>,
    /// In the present order.
    order: Vec<ArticleId>,
}

/// The articles of a folder.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
    /// The articles in their present order, gone ones left out.
    order: Vec<ArticleId>,
    /// Those of them that are read through, when these are only some.
    narrowed: Option<Narrowed>,
    sort: SortOrder,
    is_reversed: bool,
    facets: facets::Facets,
    people: People,
    prints: prints::Prints,
    surveyed: usize,
    /// The first article of every file.
    by_file: HashMap<Arc<Path>, ArticleId>,
    /// The articles after the first in files that hold many.
    further: BTreeMap<ArticleId, Vec<ArticleId>>,
}

impl Library {
    /// Adds a file, or finds it when it is known already: its first article.
    pub fn add(&mut self, listed: Listed) -> ArticleId {
        if let Some(id) = self.find(&listed.location) {
            self.come_back(id);
            return id;
        }
        let location = Location::from(listed.location);
        let file = Arc::clone(&location.file);
        let id = self.push(Entry::new(location, listed.path, listed.bytes));
        self.by_file.insert(file, id);
        id
    }

    /// Adds an entry at the end.
    fn push(&mut self, entry: Entry) -> ArticleId {
        let id = ArticleId(count(self.entries.len()));
        self.entries.push(entry);
        self.order.push(id);
        id
    }

    /// Takes an article that was gone among the others again.
    fn come_back(&mut self, id: ArticleId) {
        if let Some(entry) = self.entries.get_mut(id.0 as usize)
            && entry.is_gone
        {
            entry.is_gone = false;
            entry.problem = None;
            self.order.push(id);
        }
    }

    /// An article of a file by the first one in it; those up to it are added when they are new.
    pub fn add_part(&mut self, first: ArticleId, part: u32) -> Option<ArticleId> {
        let Some(at) = part.checked_sub(1) else {
            return Some(first);
        };
        let mut known = self.further.get(&first).map_or(0, Vec::len);
        while known <= at as usize {
            let file = self.entry(first)?;
            let location = Location {
                file: Arc::clone(&file.location.file),
                part: count(known + 1),
            };
            let entry = Entry::new(location, file.path.clone(), file.bytes);
            let id = self.push(entry);
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
        self.by_file.get(file).copied()
    }

    /// All articles of a file, by the first one in it.
    pub fn parts(&self, first: ArticleId) -> impl Iterator<Item = ArticleId> + '_ {
        let further = self.further.get(&first).map_or(&[][..], Vec::as_slice);
        std::iter::once(first).chain(further.iter().copied())
    }

    /// The first article of the file an article is in, when that holds many.
    #[must_use]
    pub fn file_of_many(&self, id: ArticleId) -> Option<ArticleId> {
        let first = self.find(&self.entry(id)?.location.file)?;
        self.further.contains_key(&first).then_some(first)
    }

    /// Whether there is more than one file.
    #[must_use]
    pub fn holds_more_than_one_file(&self) -> bool {
        self.by_file.len() > 1
    }

    /// What is known of an article.
    #[must_use]
    pub fn entry(&self, id: ArticleId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// Changes what is known of an article, apart from its survey.
    pub fn entry_mut(&mut self, id: ArticleId) -> Option<&mut Entry> {
        self.entries.get_mut(id.0 as usize)
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
        let Some(gone) = self.entry(id) else { return 0 };
        let is_before = |other: &ArticleId| {
            self.entry(*other).is_some_and(|other| {
                order::compare(other, gone, self.sort, self.is_reversed).is_lt()
            })
        };
        self.order().partition_point(is_before)
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

    /// Takes in what a look inside an article told; what it does not know of the file stays. Who is quoted
    /// shows after [`Self::settle`].
    pub fn set_survey(&mut self, id: ArticleId, mut survey: Survey) {
        let Some(entry) = self.entries.get_mut(id.0 as usize) else {
            return;
        };
        self.surveyed += usize::from(!entry.is_known());
        if let Some(old) = &entry.survey {
            survey.file_time = survey.file_time.or(old.file_time);
            self.facets.remove(id, old);
        }
        self.facets.add(id, &survey);
        let speakers = std::mem::take(&mut survey.speakers);
        self.prints.set(id, &std::mem::take(&mut survey.prints));
        entry.survey = Some(survey);
        entry.problem = None;
        self.people.set(id, &entry.key(), entry.day(), &speakers);
    }

    /// Takes in what a look inside a file told of every article in it; `first` is its first. Articles that
    /// the file no longer holds are gone. Tells which articles the file holds.
    pub fn set_surveys(&mut self, first: ArticleId, surveys: Vec<Survey>) -> Vec<ArticleId> {
        let n_before = 1 + self.further.get(&first).map_or(0, Vec::len);
        let mut present = Vec::with_capacity(surveys.len());
        for (part, survey) in surveys.into_iter().enumerate() {
            if let Some(id) = self.add_part(first, count(part)) {
                self.set_survey(id, survey);
                present.push(id);
            }
        }
        if present.len() < n_before {
            let gone: Vec<ArticleId> = self.parts(first).skip(present.len().max(1)).collect();
            self.remove_all(&gone);
        }
        present
    }

    /// Notes that a file is no longer there; what was known of its articles no longer counts.
    pub fn remove(&mut self, first: ArticleId) {
        let gone: Vec<ArticleId> = self.parts(first).collect();
        self.remove_all(&gone);
    }

    fn remove_all(&mut self, gone: &[ArticleId]) {
        for &id in gone {
            let Some(entry) = self.entries.get_mut(id.0 as usize) else {
                continue;
            };
            self.surveyed -= usize::from(entry.is_known());
            if let Some(old) = entry.survey.take() {
                self.facets.remove(id, &old);
            }
            self.people.remove(id);
            self.prints.remove(id);
            entry.problem = None;
            entry.is_gone = true;
        }
        let entries = &self.entries;
        self.order.retain(|id| {
            let entry = entries.get(id.0 as usize);
            entry.is_some_and(|entry| !entry.is_gone)
        });
        self.narrow_order();
    }

    /// The present order.
    #[must_use]
    pub fn sort_order(&self) -> SortOrder {
        self.sort
    }

    /// Puts the articles in an order and keeps to it.
    pub fn sort_by(&mut self, sort: SortOrder) {
        self.sort = sort;
        order::sort(&mut self.order, &self.entries, sort, self.is_reversed);
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
    pub fn settle(&mut self) {
        self.people.settle();
    }

    /// Everyone quoted in the folder, as of the last [`Self::settle`].
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Lays other corrections over what articles say of their speakers.
    pub fn correct(&mut self, corrections: &Arc<Corrections>) {
        self.people.correct(corrections);
    }

    /// A person or body by the name it goes by.
    #[must_use]
    pub fn speaker(&self, name: &str) -> Option<&Person> {
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
        self.facets.countries()
    }

    /// The totals of one country.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> Option<&CountryTotals> {
        self.facets.country(code)
    }

    /// The articles that quote a speaker, in the present order.
    #[must_use]
    pub fn articles_quoting(&self, name: &str) -> Vec<ArticleId> {
        let articles = self.people.articles_of(name);
        self.order
            .iter()
            .copied()
            .filter(|id| articles.contains_key(id))
            .collect()
    }

    /// The articles that mention a country, in the present order.
    #[must_use]
    pub fn articles_mentioning(&self, code: CountryCode) -> Vec<ArticleId> {
        let Some(totals) = self.facets.country(code) else {
            return Vec::new();
        };
        self.in_order(&totals.articles)
    }

    fn in_order(&self, articles: &std::collections::BTreeSet<ArticleId>) -> Vec<ArticleId> {
        self.order()
            .iter()
            .copied()
            .filter(|id| articles.contains(id))
            .collect()
    }

    /// How many articles have been looked into or cannot be.
    #[must_use]
    pub fn surveyed(&self) -> usize {
        self.surveyed
    }

    /// Notes that an article cannot be read, and why.
    pub fn set_problem(&mut self, id: ArticleId, problem: String) {
        let Some(entry) = self.entries.get_mut(id.0 as usize) else {
            return;
        };
        self.surveyed += usize::from(!entry.is_known());
        entry.problem = Some(problem);
    }
}

#[cfg(test)]
mod tests;
