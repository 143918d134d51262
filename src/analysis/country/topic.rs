//! What an article as a whole is about, which helps to tell countries from their namesakes.

use super::forms::{ENGLISH, Sense, TopicCue};
use super::mention::CountryForm;
use super::scan::FormHit;
use crate::lexicon::gazetteer::CountryCode;

/// An article with more forms than this may be dense.
const MANY_HITS: usize = 5_000;
/// An article is dense when it has a form in fewer bytes than this on average.
const BYTES_OF_DENSE: usize = 32;

/// How often an article mentions one country, by kind of word.
#[derive(Debug, Clone, Copy, Default)]
struct CountryCounts {
    names: u32,
    adjectives: u32,
    places: u32,
}

/// Counts of all forms in an article, before any rule has decided.
#[derive(Debug, Clone, Default)]
pub(super) struct ArticleTopic {
    cues: [u32; TopicCue::COUNT],
    countries: Vec<(CountryCode, CountryCounts)>,
    n_hits: usize,
    /// Whether the text is little else than words of the gazetteer.
    dense: bool,
    /// A bit for each form of the table that the article has.
    forms: Vec<u64>,
}

impl ArticleTopic {
    /// No counts yet.
    pub(super) fn new() -> Self {
        Self {
            forms: vec![0; ENGLISH.len().div_ceil(64)],
            ..Self::default()
        }
    }

    /// Counts the hits of a part of the article.
    pub(super) fn gather(&mut self, hits: &[FormHit]) {
        self.n_hits += hits.len();
        for hit in hits {
            self.add(hit);
        }
    }

    /// Must be called when all blocks are counted.
    pub(super) fn finish(&mut self, text: &str) {
        self.dense = self.n_hits > MANY_HITS && self.n_hits > text.len() / BYTES_OF_DENSE;
    }

    /// How many words may mention a country, for reserving memory.
    pub(super) fn n_countries(&self) -> usize {
        let counts = self.countries.iter();
        counts
            .map(|(_, counts)| (counts.names + counts.adjectives) as usize)
            .sum()
    }

    /// How many places imply a country, for reserving memory.
    pub(super) fn n_places(&self) -> usize {
        let counts = self.countries.iter();
        counts.map(|(_, counts)| counts.places as usize).sum()
    }

    fn add(&mut self, hit: &FormHit) {
        self.forms[usize::from(hit.id) / 64] |= 1 << (hit.id % 64);
        match hit.sense {
            Sense::Cue(cue) => self.cues[cue as usize] += 1,
            Sense::Country(code, CountryForm::Name) => self.counts(code).names += 1,
            Sense::Country(code, CountryForm::Adjective) => self.counts(code).adjectives += 1,
            Sense::Place(code) => self.counts(code).places += 1,
            Sense::Country(..) | Sense::Phrase => {}
        }
    }

    fn counts(&mut self, code: CountryCode) -> &mut CountryCounts {
        let at = match self
            .countries
            .binary_search_by_key(&code, |(code, _)| *code)
        {
            Ok(at) => at,
            Err(at) => {
                self.countries.insert(at, (code, CountryCounts::default()));
                at
            }
        };
        &mut self.countries[at].1
    }

    fn of(&self, code: [u8; 2]) -> CountryCounts {
        let found = self
            .countries
            .binary_search_by_key(&CountryCode(code), |(code, _)| *code);
        match found {
            Ok(at) => self.countries[at].1,
            Err(_) => CountryCounts::default(),
        }
    }

    /// How often the article has a word of this cue.
    pub(super) fn count(&self, cue: TopicCue) -> u32 {
        self.cues[cue as usize]
    }

    /// How often the article has a name of the country, in any meaning.
    pub(super) fn named(&self, code: [u8; 2]) -> u32 {
        self.of(code).names
    }

    /// How often the article has an adjective or demonym of the country.
    pub(super) fn adjectives(&self, code: [u8; 2]) -> u32 {
        self.of(code).adjectives
    }

    /// How often the article names a place in the country.
    pub(super) fn places(&self, code: [u8; 2]) -> u32 {
        self.of(code).places
    }

    /// Whether the article has any word for the country or a place in it.
    pub(super) fn names(&self, code: [u8; 2]) -> bool {
        let counts = self.of(code);
        counts.names + counts.adjectives + counts.places > 0
    }

    /// Whether the article has a word for the country other than `forms`.
    pub(super) fn names_beyond(&self, code: [u8; 2], forms: &[&str]) -> bool {
        let has = |id: usize| self.forms[id / 64] & (1 << (id % 64)) != 0;
        ENGLISH
            .of(CountryCode(code))
            .any(|(id, form)| has(id) && !forms.contains(&form))
    }

    /// Whether the article is mostly names of countries. It has hardly any sentences then, and reading the
    /// sentence around each name would take long for nothing.
    pub(super) fn is_dense(&self) -> bool {
        self.dense
    }

    /// How many countries the article mentions besides this one and the United States.
    pub(super) fn foreign_beside(&self, code: CountryCode) -> u32 {
        let others = self
            .countries
            .iter()
            .filter(|(other, _)| *other != code && other.0 != *b"US");
        others.fold(0, |n, _| n + 1)
    }

    /// Whether the article names places in the United States.
    pub(super) fn is_local(&self) -> bool {
        self.local() > 0
    }

    /// How often the article names places or offices of the United States.
    pub(super) fn local(&self) -> u32 {
        self.count(TopicCue::UsState)
            + self.count(TopicCue::GeorgiaState)
            + self.count(TopicCue::UsLocal)
    }

    /// Whether the article is about foreign news: it mentions a country other than this one and the United
    /// States, or has words for this one other than its name.
    pub(super) fn is_foreign(&self, code: CountryCode) -> bool {
        self.adjectives(code.0) + self.places(code.0) > 0 || self.foreign_beside(code) > 0
    }
}
