//! What the library keeps of an article itself, and what one can ask of it.

use jiff::civil::DateTime;

use super::packed_meta::PackedMeta;
use crate::analysis::CountryCode;
use crate::document::Published;
use crate::library::filter::PackedFilter;
use crate::library::{ArticleId, ArticleView, Library, ListFilter, Location};
use crate::packed::{Address, count};

/// An article: where what is known of it lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleRow {
    pub(crate) file: Address,
    pub(crate) facts: Address,
    pub(crate) part: u32,
    pub(crate) marks: Marks,
    /// For the first article of a file: by what one sees whether that is as it was looked into; zero when that is
    /// not known.
    pub(crate) stamp: u64,
}

impl ArticleRow {
    /// Where nothing is.
    pub(crate) const NONE: Self = Self {
        file: Address::NONE,
        facts: Address::NONE,
        part: 0,
        marks: Marks(Marks::GONE),
        stamp: 0,
    };

    /// As numbers for an image. What is known from elsewhere stays out of that.
    pub(crate) fn numbers(&self) -> [u32; 6] {
        let [low, high] = halves(self.stamp);
        let is_gone = u32::from(self.marks.has(Marks::GONE));
        let [file, facts] = [self.file, self.facts].map(Address::number);
        [file, facts, self.part, is_gone, low, high]
    }

    /// From the numbers in an image.
    pub(crate) fn of_numbers([file, facts, part, is_gone, low, high]: [u32; 6]) -> Self {
        let mut marks = Marks::default();
        marks.set(Marks::GONE, is_gone != 0);
        Self {
            file: Address::of_number(file),
            facts: Address::of_number(facts),
            part,
            marks,
            stamp: u64::from(low) | u64::from(high) << 32,
        }
    }
}

/// The lower and the upper half of a number.
fn halves(number: u64) -> [u32; 2] {
    [number, number >> 32].map(|half| u32::try_from(half & u64::from(u32::MAX)).unwrap_or(0))
}

/// What is to be told of an article by yes or no.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Marks(u8);

impl Marks {
    pub(crate) const READ: u8 = 1;
    pub(crate) const BOOKMARKED: u8 = 1 << 1;
    pub(crate) const GONE: u8 = 1 << 2;
    /// Something is the matter with it.
    pub(crate) const PROBLEM: u8 = 1 << 3;

    pub(crate) const fn has(self, mark: u8) -> bool {
        self.0 & mark != 0
    }

    pub(crate) fn set(&mut self, mark: u8, is_set: bool) {
        self.0 = if is_set {
            self.0 | mark
        } else {
            self.0 & !mark
        };
    }
}

impl Library {
    pub(crate) fn card(&self, id: ArticleId) -> Option<&ArticleRow> {
        self.cards.get(id.0 as usize)
    }

    /// Notes something of an article; tells whether that is new.
    pub(crate) fn mark(&mut self, id: ArticleId, mark: u8, is_set: bool) -> bool {
        let card = self.cards.get_mut(id.0 as usize);
        card.is_some_and(|card| {
            let was_set = card.marks.has(mark);
            card.marks.set(mark, is_set);
            was_set != is_set
        })
    }

    pub(crate) fn has(&self, id: ArticleId, mark: u8) -> bool {
        self.card(id).is_some_and(|card| card.marks.has(mark))
    }

    /// What is known of an article.
    #[must_use]
    pub fn article(&self, id: ArticleId) -> Option<ArticleView> {
        let card = self.card(id)?;
        Some(ArticleView {
            location: self.location(id)?,
            path: self.files.shown(card.file),
            survey: self.facts_of(card).map(PackedMeta::survey),
            problem: self.problem(id).map(str::to_owned),
            is_read: card.marks.has(Marks::READ),
            is_bookmarked: card.marks.has(Marks::BOOKMARKED),
            is_gone: card.marks.has(Marks::GONE),
        })
    }

    pub(crate) fn facts_of(&self, card: &ArticleRow) -> Option<PackedMeta<'_>> {
        PackedMeta::of(self.facts.record(card.facts))
    }

    /// All articles, those that are gone too.
    pub(crate) fn articles(&self) -> impl Iterator<Item = ArticleId> + use<> {
        (0..count(self.cards.len())).map(ArticleId)
    }

    /// Where an article is.
    #[must_use]
    pub fn location(&self, id: ArticleId) -> Option<Location> {
        let card = self.card(id)?;
        Some(Location {
            file: self.files.location(card.file),
            part: card.part,
        })
    }

    /// The name under which an article is remembered.
    #[must_use]
    pub fn key(&self, id: ArticleId) -> Option<String> {
        let name = self.card(id).and_then(|card| self.facts_of(card)?.id());
        Some(self.location(id)?.key(name.as_deref()))
    }

    /// Whether the file of an article calls it by a name of its own.
    pub(crate) fn is_named(&self, id: ArticleId) -> bool {
        let facts = self.card(id).and_then(|card| self.facts_of(card));
        facts.is_some_and(PackedMeta::is_named)
    }

    /// The path of the file of an article as it is shown.
    #[must_use]
    pub fn path(&self, id: ArticleId) -> String {
        let card = self.card(id);
        card.map_or_else(String::new, |card| self.files.shown(card.file))
    }

    /// When an article says that it was published.
    #[must_use]
    pub fn published(&self, id: ArticleId) -> Option<DateTime> {
        self.facts_of(self.card(id)?)?.published()
    }

    /// When an article was published, as far as anything tells.
    #[must_use]
    pub fn date(&self, id: ArticleId) -> Option<Published> {
        self.facts_of(self.card(id)?)?.date()
    }

    /// The countries an article mentions, with the number of mentions.
    pub fn countries_in(&self, id: ArticleId) -> impl Iterator<Item = (CountryCode, u32)> {
        let facts = self.card(id).and_then(|card| self.facts_of(card));
        facts.into_iter().flat_map(PackedMeta::countries)
    }

    /// Mentions of a country in an article.
    #[must_use]
    pub fn mentions_in(&self, id: ArticleId, code: CountryCode) -> u32 {
        let mut countries = self.countries_in(id);
        let found = countries.find(|(other, _)| *other == code);
        found.map_or(0, |(_, mentions)| mentions)
    }

    pub(crate) fn part(&self, id: ArticleId) -> u32 {
        self.card(id).map_or(0, |card| card.part)
    }

    /// Why an article cannot be read.
    #[must_use]
    pub fn problem(&self, id: ArticleId) -> Option<&str> {
        let has_problem = self.has(id, Marks::PROBLEM);
        let problem = has_problem.then(|| self.problems.get(&id)).flatten();
        problem.map(String::as_str)
    }

    /// Whether an article was read to its end.
    #[must_use]
    pub fn is_read(&self, id: ArticleId) -> bool {
        self.has(id, Marks::READ)
    }

    /// Notes whether an article was read to its end; tells whether that is new.
    pub fn set_read(&mut self, id: ArticleId, is_read: bool) -> bool {
        self.mark(id, Marks::READ, is_read)
    }

    /// Notes whether there is a bookmark on an article; tells whether that is new.
    pub fn set_bookmarked(&mut self, id: ArticleId, is_bookmarked: bool) -> bool {
        self.mark(id, Marks::BOOKMARKED, is_bookmarked)
    }

    /// Those of some articles that pass a filter by headline, path, author or publication.
    pub fn filtered(
        &self,
        articles: impl Iterator<Item = ArticleId>,
        filter: ListFilter,
    ) -> impl Iterator<Item = ArticleId> {
        let filter = PackedFilter::of(filter);
        let mut of_folders = Vec::new();
        articles.filter(move |id| {
            let card = self.card(*id);
            card.is_some_and(|card| self.passes(card, &filter, &mut of_folders))
        })
    }

    fn passes(
        &self,
        card: &ArticleRow,
        filter: &PackedFilter,
        of_folders: &mut Vec<Option<u8>>,
    ) -> bool {
        let facts = self.facts_of(card);
        let standing = facts.map_or(0, |facts| facts.matching_words(filter));
        if filter.passes(standing) {
            return true;
        }
        if filter.is_whole() {
            let in_path = self
                .files
                .names()
                .matching_words(card.file, filter, of_folders);
            return filter.passes(standing | in_path);
        }
        let path = self.files.shown(card.file);
        let line = facts.map_or_else(String::new, PackedMeta::filter_text) + &path;
        filter.filter().passes(&line)
    }

    /// Number of all articles that ever were here.
    #[must_use]
    pub fn n_ids(&self) -> usize {
        self.cards.len()
    }
}
