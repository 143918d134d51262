//! What the library knows of an article once it was looked into, without its text.

use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::analysis::{Analysis, CountryCode, Speaker};
use crate::document::{BlockKind, DateOrigin, Document, MonthDay, Published};
use crate::library::MinHash;
use crate::library::duplicates::winnowing;
use crate::packed::count;

/// What a look inside an article tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survey {
    /// What its file calls it, when it holds many articles.
    pub id: Option<String>,
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
    pub signature: Option<MinHash>,
    /// Numbers of the words quoted, by which they are found elsewhere; the library keeps them apart.
    pub fingerprints: Vec<u32>,
}

/// A speaker of one article.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerCount {
    /// Who, as the analysis has it: a long article has a hundred thousand of them.
    pub speaker: Arc<Speaker>,
    /// Number of quotations.
    pub quotations: u32,
}

impl Deref for SpeakerCount {
    type Target = Speaker;

    fn deref(&self) -> &Speaker {
        &self.speaker
    }
}

/// How fast people read news.
const WORDS_A_MINUTE: u32 = 230;

impl Survey {
    /// How long the article takes to read.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.words.div_ceil(WORDS_A_MINUTE).max(1)
    }

    /// Sums up an article.
    #[must_use]
    pub fn of(document: &Document, analysis: &Analysis) -> Self {
        let mut speakers: Vec<SpeakerCount> = analysis
            .speakers
            .iter()
            .map(|speaker| SpeakerCount {
                speaker: Arc::clone(speaker),
                quotations: 0,
            })
            .collect();
        let mut unattributed = 0;
        for quotation in analysis.quotations.iter() {
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
        speakers.shrink_to_fit();
        Self {
            id: document.meta.id.clone(),
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
            signature: MinHash::of(document),
            fingerprints: winnowing::fingerprints(document, analysis),
        }
    }

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
    let blocks = document.blocks.iter();
    let running = blocks.filter(|block| block.kind != BlockKind::Trailing);
    count(
        running
            .map(|block| n_words(block.span.of(&document.text)))
            .sum(),
    )
}

/// How many stretches without white space there are.
fn n_words(text: &str) -> usize {
    let mut is_space = true;
    let starts = text.bytes().filter(|byte| {
        let was_space = std::mem::replace(&mut is_space, byte.is_ascii_whitespace());
        was_space && !is_space
    });
    starts.count()
}
