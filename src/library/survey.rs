//! What the library knows of an article once it was looked into, without its text.

use super::count;
use crate::analysis::{Analysis, CountryCode, SpeakerKind};
use crate::document::{BlockKind, Document, Published};

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
    /// Date of publication.
    pub published: Option<Published>,
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
    /// What kind of speaker it is.
    pub kind: SpeakerKind,
    /// Other names the article uses.
    pub aliases: Vec<String>,
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
                kind: speaker.kind,
                aliases: speaker.aliases.clone(),
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
            id: document.meta.id.clone(),
            title: document.meta.title.clone(),
            byline: document.meta.byline.clone(),
            source: document.meta.source.clone(),
            published: document.meta.published,
            words: words(document),
            quotations: count(analysis.quotations.len()),
            unattributed,
            speakers,
            countries: country_counts(analysis),
        }
    }
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
