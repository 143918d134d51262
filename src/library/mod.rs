//! A folder of articles: what is known of each without its text, in what order, and who is quoted
//! where across all of them.
//!
//! The library grows while the folder is read: first names of files, then a [`Survey`] of each. It
//! keeps no article text.

mod facets;
mod order;
mod prints;
mod similar;
mod timeline;

use std::path::PathBuf;

use jiff::civil::{Date, DateTime};

use crate::analysis::{Analysis, CountryCode};
use crate::document::{BlockKind, DateOrigin, Document, MonthDay, Published};

pub use facets::{CountryTotals, SpeakerTotals};
pub use order::{SortOrder, natural_cmp};
pub use prints::{FEWEST_WORDS, MOST_WORDS, prints_of};
pub use similar::{Signature, groups};
pub use timeline::{Bar, Slot, Timeline, Unit};

/// Index of an article in its library; stable while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub u32);

/// A file found in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where to read it.
    pub location: PathBuf,
    /// Its path as shown: relative to the folder.
    pub path: String,
    /// Size in bytes, when known.
    pub bytes: u64,
}

/// All that is known of an article without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where to read it.
    pub location: PathBuf,
    /// Its path as shown: relative to the folder.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What a look inside told, once there was one.
    pub survey: Option<Survey>,
    /// Why it cannot be read, as a sentence.
    pub problem: Option<String>,
    /// Whether it was read to its end.
    pub is_read: bool,
    /// Whether the reader set a bookmark on it.
    pub is_bookmarked: bool,
    /// Whether the file is no longer there.
    pub is_gone: bool,
}

/// What a look inside an article tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survey {
    /// Headline.
    pub title: String,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Publication or agency.
    pub source: Option<String>,
    /// Date of publication, as the article or its name gives it; [`Survey::date`] knows more.
    pub published: Option<Published>,
    /// The day of an article that does not tell its year.
    pub day: Option<MonthDay>,
    /// When the file was last changed.
    pub file_time: Option<DateTime>,
    /// Number of words.
    pub words: u32,
    /// Number of quotations.
    pub quotations: u32,
    /// Quotations without a known speaker.
    pub unattributed: u32,
    /// Speakers in the order of their first quotation.
    pub speakers: Vec<SpeakerCount>,
    /// Countries with the number of mentions, most mentioned first.
    pub countries: Vec<(CountryCode, u32)>,
    /// Tells articles that are nearly the same.
    pub signature: Option<Signature>,
    /// Numbers of the words quoted, by which they are found elsewhere; the library keeps them apart.
    pub prints: Vec<u32>,
}

/// A speaker of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerCount {
    /// Name.
    pub name: String,
    /// Office or function.
    pub role: Option<String>,
    /// Number of quotations.
    pub quotations: u32,
}

impl Survey {
    /// Sums up an article.
    #[must_use]
    pub fn of(document: &Document, analysis: &Analysis) -> Self {
        let mut speakers: Vec<SpeakerCount> = analysis
            .speakers
            .iter()
            .map(|speaker| SpeakerCount {
                name: speaker.name.clone(),
                role: speaker.role.clone(),
                quotations: 0,
            })
            .collect();
        let mut unattributed = 0;
        for quotation in &analysis.quotations {
            let speaker = quotation
                .attribution
                .as_ref()
                .map(|attribution| attribution.speaker.0);
            match speaker.and_then(|index| speakers.get_mut(index as usize)) {
                Some(speaker) => speaker.quotations += 1,
                None => unattributed += 1,
            }
        }
        speakers.retain(|speaker| speaker.quotations > 0);
        Self {
            title: document.meta.title.clone(),
            byline: document.meta.byline.clone(),
            source: document.meta.source.clone(),
            published: document.meta.published,
            day: document.meta.day,
            file_time: None,
            words: words(document),
            quotations: count(analysis.quotations.len()),
            unattributed,
            speakers,
            countries: country_counts(analysis),
            signature: Signature::of(document),
            prints: prints::prints(document, analysis),
        }
    }
}

impl Survey {
    /// When the article was published: as it says itself, else as far as the time of its file tells.
    #[must_use]
    pub fn date(&self) -> Option<Published> {
        self.published.or_else(|| {
            let file_time = self.file_time?;
            let of_day = self.day.and_then(|day| last_before(day, file_time.date()));
            Some(match of_day {
                Some(day) => Published {
                    when: day.at(0, 0, 0, 0),
                    has_time: false,
                    origin: DateOrigin::Text,
                },
                None => Published {
                    when: file_time,
                    has_time: true,
                    origin: DateOrigin::FileTime,
                },
            })
        })
    }
}

/// The last such day before a file was saved; clocks and zones may put it a day later.
fn last_before(day: MonthDay, saved: Date) -> Option<Date> {
    let limit = saved.tomorrow().unwrap_or(saved);
    let years = [saved.year() + 1, saved.year(), saved.year() - 1];
    let mut dates = years.into_iter().filter_map(|year| day.in_year(year));
    dates.find(|date| *date <= limit)
}

/// The countries an article surely mentions with their counts, most mentioned first, then by code.
#[must_use]
pub fn country_counts(analysis: &Analysis) -> Vec<(CountryCode, u32)> {
    let mut counts: Vec<(CountryCode, u32)> = Vec::new();
    for mention in analysis
        .countries
        .iter()
        .filter(|mention| !mention.uncertain)
    {
        match counts.iter_mut().find(|(code, _)| *code == mention.country) {
            Some((_, count)) => *count += 1,
            None => counts.push((mention.country, 1)),
        }
    }
    counts.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
    counts
}

fn words(document: &Document) -> u32 {
    let running = document
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Trailing);
    count(
        running
            .map(|block| {
                block
                    .span
                    .of(&document.text)
                    .split_ascii_whitespace()
                    .count()
            })
            .sum(),
    )
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Entry {
    fn new(listed: Listed) -> Self {
        Self {
            location: listed.location,
            path: listed.path,
            bytes: listed.bytes,
            survey: None,
            problem: None,
            is_read: false,
            is_bookmarked: false,
            is_gone: false,
        }
    }

    /// The headline, or the name of the file until there is one.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.survey {
            Some(survey) if !survey.title.is_empty() => &survey.title,
            _ => self.path.rsplit('/').next().unwrap_or(&self.path),
        }
    }

    /// Whether it was looked into, or cannot be.
    fn is_known(&self) -> bool {
        self.survey.is_some() || self.problem.is_some()
    }

    /// When it was published, as far as anything tells.
    #[must_use]
    pub fn date(&self) -> Option<Published> {
        self.survey.as_ref()?.date()
    }

    /// Mentions of a country in this article.
    #[must_use]
    pub fn mentions_of(&self, code: CountryCode) -> u32 {
        let survey = self.survey.as_ref();
        let countries = survey.map_or(&[][..], |survey| &survey.countries);
        let found = countries.iter().find(|(other, _)| *other == code);
        found.map_or(0, |(_, mentions)| *mentions)
    }

    /// Quotations of a speaker in this article.
    #[must_use]
    pub fn quotations_of(&self, name: &str) -> u32 {
        let speakers = self
            .survey
            .as_ref()
            .map_or(&[][..], |survey| &survey.speakers);
        speakers
            .iter()
            .find(|speaker| speaker.name == name)
            .map_or(0, |speaker| speaker.quotations)
    }
}

/// The articles of a folder.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
    /// The articles in their present order, gone ones left out.
    order: Vec<ArticleId>,
    sort: SortOrder,
    is_reversed: bool,
    facets: facets::Facets,
    prints: prints::Prints,
    surveyed: usize,
    by_location: std::collections::HashMap<PathBuf, ArticleId>,
}

impl Library {
    /// Adds a file, or finds it when it is known already.
    pub fn add(&mut self, listed: Listed) -> ArticleId {
        if let Some(&id) = self.by_location.get(&listed.location) {
            if let Some(entry) = self.entries.get_mut(id.0 as usize)
                && entry.is_gone
            {
                entry.is_gone = false;
                entry.problem = None;
                self.order.push(id);
            }
            return id;
        }
        let id = ArticleId(count(self.entries.len()));
        self.by_location.insert(listed.location.clone(), id);
        self.entries.push(Entry::new(listed));
        self.order.push(id);
        id
    }

    /// The article at a place of the disk.
    #[must_use]
    pub fn find(&self, location: &std::path::Path) -> Option<ArticleId> {
        self.by_location.get(location).copied()
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

    /// All articles in their present order.
    #[must_use]
    pub fn order(&self) -> &[ArticleId] {
        &self.order
    }

    /// Number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The place of an article in the present order, from 0.
    #[must_use]
    pub fn position(&self, id: ArticleId) -> Option<usize> {
        self.order.iter().position(|&other| other == id)
    }

    /// The articles before and after one in the present order. One that is gone still stands
    /// between its old neighbors.
    #[must_use]
    pub fn around(&self, id: ArticleId) -> (&[ArticleId], &[ArticleId]) {
        let at = self.position(id).unwrap_or_else(|| self.old_position(id));
        let (before, after) = self
            .order
            .split_at_checked(at)
            .unwrap_or((&self.order, &[]));
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
        self.order.partition_point(is_before)
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

    /// Takes in what a look inside an article told; what it does not know of the file stays.
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
        self.prints.set(id, &std::mem::take(&mut survey.prints));
        entry.survey = Some(survey);
        entry.problem = None;
    }

    /// Notes that a file is no longer there; what was known of it no longer counts.
    pub fn remove(&mut self, id: ArticleId) {
        let Some(entry) = self.entries.get_mut(id.0 as usize) else {
            return;
        };
        self.surveyed -= usize::from(entry.is_known());
        if let Some(old) = entry.survey.take() {
            self.facets.remove(id, &old);
        }
        self.prints.remove(id);
        entry.problem = None;
        entry.is_gone = true;
        self.order.retain(|&other| other != id);
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
    }

    /// Turns the order round, or back again.
    pub fn reverse(&mut self) {
        self.is_reversed = !self.is_reversed;
        self.order.reverse();
    }

    /// Whether the order is turned round.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.is_reversed
    }

    /// Everyone quoted in the folder, most quoted first, then by name.
    #[must_use]
    pub fn speakers(&self) -> Vec<(&str, &SpeakerTotals)> {
        self.facets.speakers()
    }

    /// The totals of one speaker.
    #[must_use]
    pub fn speaker(&self, name: &str) -> Option<&SpeakerTotals> {
        self.facets.speaker(name)
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
        let Some(totals) = self.facets.speaker(name) else {
            return Vec::new();
        };
        self.in_order(&totals.articles)
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
        self.order
            .iter()
            .copied()
            .filter(|id| articles.contains(id))
            .collect()
    }

    /// The articles that may quote the same words as these numbers stand for, the likeliest first.
    #[must_use]
    pub fn articles_sharing(&self, prints: &[u32]) -> Vec<ArticleId> {
        self.prints.sharing(prints)
    }

    /// The signatures of all articles, in the order in which they were found.
    #[must_use]
    pub fn signatures(&self) -> Vec<(ArticleId, Signature)> {
        let entries = (0..).map(ArticleId).zip(&self.entries);
        let signed =
            entries.filter_map(|(id, entry)| Some((id, entry.survey.as_ref()?.signature?)));
        signed.collect()
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
