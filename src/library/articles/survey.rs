//! A survey of an article: everything that lists and searches need without its text.

use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::analysis::{Analysis, CountryCode, Speaker};
use crate::document::{BlockKind, DateOrigin, Document, MonthDay, Published};
use crate::library::duplicates::minhash::MinHash;
use crate::library::duplicates::winnowing;
use crate::packed::count;

/// The metadata of an article, its speakers, and what finds it among others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survey {
    /// The name its file gives it, if the file has several articles.
    pub id: Option<String>,
    /// The headline.
    pub title: String,
    /// The author.
    pub byline: Option<String>,
    /// The publication or agency.
    pub source: Option<String>,
    /// The date the article or the name of its file gives. [`Survey::date`] also considers the time
    /// of the file.
    pub published: Option<Published>,
    /// The day it gives, if it gives no year.
    pub day: Option<MonthDay>,
    /// When its file was last modified.
    pub file_time: Option<DateTime>,
    /// The number of words.
    pub words: u32,
    /// The number of quotations.
    pub quotations: u32,
    /// The number of quotations without a speaker.
    pub unattributed: u32,
    /// The speakers, in the order of their first quotations.
    pub speakers: Vec<SpeakerCount>,
    /// The countries with the number of mentions, most mentioned first.
    pub countries: Vec<(CountryCode, u32)>,
    /// Finds near copies of the article.
    pub minhash: Option<MinHash>,
    /// Find the words of its quotations in other articles.
    pub fingerprints: Vec<u32>,
}

/// A speaker of one article.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerCount {
    /// The speaker, shared with the analysis: a long article may have a hundred thousand.
    pub speaker: Arc<Speaker>,
    /// The number of quotations.
    pub quotations: u32,
}

impl Deref for SpeakerCount {
    type Target = Speaker;

    fn deref(&self) -> &Speaker {
        &self.speaker
    }
}

/// How fast people read news, after studies of silent reading.
const WORDS_A_MINUTE: u32 = 230;

impl Survey {
    /// The time the article takes to read, in minutes.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.words.div_ceil(WORDS_A_MINUTE).max(1)
    }

    /// Surveys an article.
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
            match analysis.speaker_id(quotation) {
                Some(speaker) => speakers[speaker.0 as usize].quotations += 1,
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
            minhash: MinHash::of(document),
            fingerprints: winnowing::fingerprints(document, analysis),
        }
    }

    /// When the article was published, by its own date or the time of its file.
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

/// The last such day before a file was saved, or one day later, because clocks and time zones differ.
fn last_before(day: MonthDay, saved: Date) -> Option<Date> {
    let limit = saved.tomorrow().unwrap_or(saved);
    let years = [saved.year() + 1, saved.year(), saved.year() - 1];
    let mut dates = years.into_iter().filter_map(|year| day.in_year(year));
    dates.find(|date| *date <= limit)
}

/// The countries an article certainly mentions, with the number of mentions, most mentioned first,
/// then by code.
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

/// The number of words between white space.
fn n_words(text: &str) -> usize {
    let mut is_space = true;
    let starts = text.bytes().filter(|byte| {
        let was_space = std::mem::replace(&mut is_space, byte.is_ascii_whitespace());
        was_space && !is_space
    });
    starts.count()
}
