//! A folder of articles: their metadata without their texts, their order, and the people they
//! quote.
//!
//! A [`Library`] grows while the folder is scanned: files are added first, then a survey of each
//! article. Its parts do the work: [`articles`] has the metadata, [`ordering`] the order,
//! [`duplicates`] what is compared between articles, [`people`] who is quoted where. The library
//! itself keeps them consistent and passes questions on.

pub mod corrections;
pub mod people;

mod articles;
mod duplicates;
mod filter;
mod image;
mod name_table;
mod ordering;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::CountryCode;
use crate::document::Published;
use crate::packed::count;
use articles::packed_meta::PackedMeta;
use articles::packed_survey::SurveyParts;
use articles::row::Marks;
use articles::table::ArticleTable;
use filter::PackedFilter;
use image::state::ImageState;
use ordering::article_order::ArticleOrder;
use ordering::country_totals::FolderCountries;

pub use articles::dates::DateOrder;
pub use articles::id::ArticleId;
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
pub use ordering::natural_cmp;
pub use ordering::sort_order::SortOrder;
pub use ordering::timeline::{TimeSlot, TimeUnit, Timeline, TimelineBar};
pub use people::{
    AllNames, Appearance, BatchSizes, FilterScan, Listing, NameResolver, People, PeopleOrder,
    Person, PersonId, Variants,
};

/// The articles of a folder. A clone shares most of the memory until one of the two changes.
#[derive(Debug, Clone, Default)]
pub struct Library {
    articles: ArticleTable,
    order: ArticleOrder,
    countries: FolderCountries,
    people: People,
    duplicates: DuplicateIndex,
    image: ImageState,
}

/// Files and articles that come and go.
impl Library {
    /// Adds a file and returns its first article. A file that is already there is not added again.
    pub fn add(&mut self, listed: &ListedFile) -> ArticleId {
        if let Some(id) = self.find(&listed.location) {
            self.restore(id);
            return id;
        }
        let id = self.articles.add_file(listed);
        self.order.push(id);
        self.image.n_changes += 1;
        id
    }

    /// Brings back an article that was gone.
    fn restore(&mut self, id: ArticleId) {
        if self.articles.mark(id, Marks::GONE, false) {
            self.articles.clear_problem(id);
            self.order.push(id);
            self.image.n_changes += 1;
        }
    }

    /// The article with number `part` of the file whose first article is `first`. Articles up to it
    /// are added as needed.
    pub fn add_part(&mut self, first: ArticleId, part: u32) -> Option<ArticleId> {
        if part == 0 {
            return Some(first);
        }
        while self.articles.n_in_file(first) <= part as usize {
            let id = self.articles.add_to_file(first)?;
            self.order.push(id);
            self.image.n_changes += 1;
        }
        let id = self.articles.in_file(first).nth(part as usize)?;
        self.restore(id);
        Some(id)
    }

    /// Sets the survey of an article. The time of its file stays known. [`people`](Self::people)
    /// changes with the next [`update_people`](Self::update_people).
    pub fn set_survey(&mut self, id: ArticleId, survey: &PackedSurvey) {
        let Some(row) = self.articles.row(id).copied() else {
            return;
        };
        let file_time = self.articles.meta(id).and_then(PackedMeta::file_time);
        let survey = match file_time {
            Some(time) if !survey.has_file_time() => Cow::Owned(survey.with_file_time(time)),
            _ => Cow::Borrowed(survey),
        };
        let SurveyParts {
            meta,
            duplicates,
            speakers,
            groups,
        } = survey.parts();
        self.image.n_changes += usize::from(self.duplicates.set(id, duplicates));
        if self.articles.meta_record(&row) == meta && self.people.has(id, speakers) {
            self.articles.clear_problem(id);
            return;
        }
        self.image.n_changes += 1;
        self.articles.set_stamp(id, 0);
        if let Some(old) = self.articles.meta(id) {
            self.countries.remove(old.countries());
        }
        if let Some(new) = PackedMeta::of(meta) {
            self.countries.add(new.countries());
        }
        self.articles.set_meta(id, meta);
        let Self {
            articles, people, ..
        } = self;
        people.set_packed(id, &|id| articles.key(id), speakers, groups);
    }

    /// Sets the surveys of all articles in a file and returns the articles. Articles that the file
    /// no longer has are gone. `stamp` identifies the state of the file; 0 if it is unknown.
    pub fn set_surveys(
        &mut self,
        first: ArticleId,
        stamp: u64,
        surveys: &[PackedSurvey],
    ) -> Vec<ArticleId> {
        let n_before = self.articles.n_in_file(first);
        let mut present = Vec::with_capacity(surveys.len());
        for (part, survey) in surveys.iter().enumerate() {
            if let Some(id) = self.add_part(first, count(part)) {
                self.set_survey(id, survey);
                present.push(id);
            }
        }
        if present.len() < n_before {
            let gone: Vec<ArticleId> = self.parts(first).skip(present.len().max(1)).collect();
            self.remove_articles(&gone);
        }
        self.articles.set_stamp(first, stamp);
        present
    }

    /// Removes a file.
    pub fn remove(&mut self, first: ArticleId) {
        self.remove_files(&[first]);
    }

    /// Removes files.
    pub fn remove_files(&mut self, files: &[ArticleId]) {
        let gone = files.iter().flat_map(|first| self.parts(*first));
        let gone: Vec<ArticleId> = gone.collect();
        self.remove_articles(&gone);
    }

    fn remove_articles(&mut self, gone: &[ArticleId]) {
        for &id in gone {
            if self.articles.row(id).is_none() {
                continue;
            }
            if let Some(old) = self.articles.meta(id) {
                self.countries.remove(old.countries());
            }
            self.image.n_changes += 1;
            self.people.remove(id);
            self.duplicates.set(id, &[]);
            self.articles.set_meta(id, &[]);
            self.articles.mark(id, Marks::GONE, true);
        }
        self.order.remove_gone(&self.articles);
    }

    /// Records that an article cannot be read, and why.
    pub fn set_problem(&mut self, id: ArticleId, problem: String) {
        self.articles.set_problem(id, problem);
    }

    /// Records whether an article was read to its end, and returns whether that is new.
    pub fn set_read(&mut self, id: ArticleId, is_read: bool) -> bool {
        self.articles.mark(id, Marks::READ, is_read)
    }

    /// Records whether an article is bookmarked, and returns whether that is new.
    pub fn set_bookmarked(&mut self, id: ArticleId, is_bookmarked: bool) -> bool {
        self.articles.mark(id, Marks::BOOKMARKED, is_bookmarked)
    }
}

/// Single articles and files.
impl Library {
    /// An article with all its metadata.
    #[must_use]
    pub fn article(&self, id: ArticleId) -> Option<ArticleView> {
        self.articles.view(id)
    }

    /// The first article of a file.
    #[must_use]
    pub fn find(&self, file: &Path) -> Option<ArticleId> {
        self.articles.find(file)
    }

    /// All articles in the file whose first article is `first`.
    pub fn parts(&self, first: ArticleId) -> impl Iterator<Item = ArticleId> + '_ {
        self.articles.in_file(first)
    }

    /// The first article in the file of an article; `None` if it is the only one.
    #[must_use]
    pub fn file_of_many(&self, id: ArticleId) -> Option<ArticleId> {
        self.articles.first_of_many(id)
    }

    /// Whether the folder has more than one file.
    #[must_use]
    pub fn holds_more_than_one_file(&self) -> bool {
        self.articles.n_files() > 1
    }

    /// Where an article is.
    #[must_use]
    pub fn location(&self, id: ArticleId) -> Option<Location> {
        self.articles.location(id)
    }

    /// The path of an article's file as it is shown.
    #[must_use]
    pub fn path(&self, id: ArticleId) -> String {
        self.articles.path(id)
    }

    /// The key under which things are remembered about an article.
    #[must_use]
    pub fn key(&self, id: ArticleId) -> Option<String> {
        self.articles.key(id)
    }

    /// The articles with these [keys](Self::key).
    #[must_use]
    pub fn with_keys<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Vec<(ArticleId, &'k str)> {
        self.articles.with_keys(keys)
    }

    /// The first articles of the files that are one of some paths, or inside one.
    #[must_use]
    pub fn files_among(&self, paths: &BTreeSet<PathBuf>) -> Vec<ArticleId> {
        let is_among = |file: &Path| file.ancestors().any(|above| paths.contains(above));
        self.articles.files_where(|file, _| is_among(file))
    }

    /// The first articles of all files but these.
    #[must_use]
    pub fn files_except(&self, known: &BTreeSet<ArticleId>) -> Vec<ArticleId> {
        self.articles.files_where(|_, id| !known.contains(&id))
    }

    /// When an article was published, by its own date or the time of its file.
    #[must_use]
    pub fn date(&self, id: ArticleId) -> Option<Published> {
        self.articles.meta(id)?.date()
    }

    /// Why an article cannot be read.
    #[must_use]
    pub fn problem(&self, id: ArticleId) -> Option<&str> {
        self.articles.problem(id)
    }

    /// Whether an article was read to its end.
    #[must_use]
    pub fn is_read(&self, id: ArticleId) -> bool {
        self.articles.has(id, Marks::READ)
    }

    /// The countries an article mentions, with the number of mentions.
    pub fn countries_in(&self, id: ArticleId) -> impl Iterator<Item = (CountryCode, u32)> {
        let meta = self.articles.meta(id);
        meta.into_iter().flat_map(PackedMeta::countries)
    }

    /// The number of times an article mentions a country.
    #[must_use]
    pub fn mentions_in(&self, id: ArticleId, code: CountryCode) -> u32 {
        let countries = self.countries_in(id).filter(|(other, _)| *other == code);
        countries.map(|(_, mentions)| mentions).sum()
    }

    /// The number of all articles, including those that are gone.
    #[must_use]
    pub fn n_ids(&self) -> usize {
        self.articles.len()
    }

    /// The number of articles that were surveyed, or cannot be.
    #[must_use]
    pub fn n_surveyed(&self) -> usize {
        self.articles.n_surveyed()
    }
}

/// Order and selection.
impl Library {
    /// All articles in order.
    #[must_use]
    pub fn all(&self) -> &[ArticleId] {
        self.order.all()
    }

    /// The articles that are read through, in order: all, or the selected ones.
    #[must_use]
    pub fn order(&self) -> &[ArticleId] {
        self.order.selected()
    }

    /// The number of articles that are read through.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order().len()
    }

    /// Whether there is no article to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order().is_empty()
    }

    /// Selects the articles that are read through, or all.
    pub fn narrow(&mut self, articles: Option<HashSet<ArticleId>>) {
        self.order.narrow(articles);
    }

    /// The index of an article in the order.
    #[must_use]
    pub fn position(&self, id: ArticleId) -> Option<usize> {
        self.order.position(id)
    }

    /// The articles before and after one. An article that is gone keeps its place between the others.
    #[must_use]
    pub fn around(&self, id: ArticleId) -> (&[ArticleId], &[ArticleId]) {
        self.order.around(&self.articles, id)
    }

    /// The article `step` places after another; before it if `step` is negative.
    #[must_use]
    pub fn neighbor(&self, id: ArticleId, step: isize) -> Option<ArticleId> {
        self.order.neighbor(&self.articles, id, step)
    }

    /// The order that articles are sorted by.
    #[must_use]
    pub fn sort_order(&self) -> SortOrder {
        self.order.sort()
    }

    /// Sorts the articles.
    pub fn sort_by(&mut self, sort: SortOrder) {
        self.order.sort_by(&self.articles, sort);
    }

    /// Whether the order of paths, which every other order needs, has all articles.
    #[must_use]
    pub fn has_ordered_paths(&self) -> bool {
        self.order.has_all_paths(&self.articles)
    }

    /// Adds new articles to the order of paths.
    pub fn order_paths(&mut self) {
        self.order.update_paths(&self.articles);
    }

    /// Reverses the order.
    pub fn reverse(&mut self) {
        self.order.reverse();
    }

    /// Whether the order is reversed.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.order.is_reversed()
    }

    /// Some of all articles, in order.
    pub fn in_order(
        &self,
        articles: impl IntoIterator<Item = ArticleId>,
    ) -> impl Iterator<Item = ArticleId> {
        self.order.in_order(&self.articles, articles)
    }

    /// The articles that pass a filter by headline, path, author or publication.
    pub fn filtered(
        &self,
        articles: impl Iterator<Item = ArticleId>,
        filter: ListFilter,
    ) -> impl Iterator<Item = ArticleId> {
        let filter = PackedFilter::of(filter);
        let mut in_folders = Vec::new();
        articles.filter(move |id| self.articles.passes(*id, &filter, &mut in_folders))
    }

    /// A snapshot of all articles that can be read, for a search. `is_inside` decides which are in its scope.
    pub fn search_scope(&self, is_inside: impl Fn(ArticleId) -> bool) -> SearchScope {
        self.articles.search_scope(self.all(), is_inside)
    }
}

/// What articles have in common.
impl Library {
    /// Everyone quoted in the folder, as of the last [`update_people`](Self::update_people).
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Updates [`people`](Self::people) to the present articles.
    pub fn update_people(&mut self) {
        self.people.update();
    }

    /// Applies other corrections.
    pub fn correct(&mut self, corrections: &Arc<Corrections>) {
        let Self {
            articles, people, ..
        } = self;
        people.correct(corrections, &|id| articles.key(id));
    }

    /// A person or organization by name.
    #[must_use]
    pub fn speaker(&self, name: &str) -> Option<Person> {
        self.people.get(name)
    }

    /// The number of quotations of a speaker in an article.
    #[must_use]
    pub fn quotations_of(&self, id: ArticleId, name: &str) -> u32 {
        self.people.quotations_in(id, name)
    }

    /// The articles that quote a speaker, in order.
    #[must_use]
    pub fn articles_quoting(&self, name: &str) -> Vec<ArticleId> {
        let articles = self.people.articles_of(name);
        self.in_order(articles.keys().copied()).collect()
    }

    /// All countries mentioned in the folder, most mentioned first, then by code.
    #[must_use]
    pub fn countries(&self) -> Vec<(CountryCode, &CountryTotals)> {
        self.countries.all()
    }

    /// The totals of a country.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> Option<&CountryTotals> {
        self.countries.get(code)
    }

    /// The articles that mention a country, in order.
    #[must_use]
    pub fn articles_mentioning(&self, code: CountryCode) -> Vec<ArticleId> {
        let mentions = |id: &ArticleId| self.countries_in(*id).any(|(other, _)| other == code);
        self.order().iter().copied().filter(mentions).collect()
    }

    /// What is compared between all articles. Cloning it is cheap.
    #[must_use]
    pub const fn duplicates(&self) -> &DuplicateIndex {
        &self.duplicates
    }
}

#[cfg(test)]
mod tests;
