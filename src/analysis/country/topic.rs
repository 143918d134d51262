//! What an article as a whole is about, as far as it helps to tell countries from their namesakes.

use super::forms::{ENGLISH, Sense, TopicCue};
use super::scan::FormHit;
use super::{CountryCode, CountryForm};

/// How often an article speaks of one country, by kind of word.
#[derive(Debug, Clone, Copy, Default)]
struct CountryCounts {
    names: u32,
    adjectives: u32,
    places: u32,
}

/// Counts over all hits of an article, before any rule has decided.
#[derive(Debug, Clone, Default)]
pub(super) struct TopicFacts {
    cues: [u32; TopicCue::COUNT],
    countries: Vec<(CountryCode, CountryCounts)>,
    n_hits: usize,
    /// Whether the text is little else than words of the gazetteer.
    dense: bool,
    /// A bit for each form of the table that stands in the article.
    forms: Vec<u64>,
}

impl TopicFacts {
    /// Facts to be gathered.
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

    /// Sums up, once all of the text is counted.
    pub(super) fn finish(&mut self, text: &str) {
        self.dense = self.n_hits > 5_000 && self.n_hits > text.len() / 32;
    }

    /// About how many words may mention a country.
    pub(super) fn n_countries(&self) -> usize {
        let counts = self.countries.iter();
        counts
            .map(|(_, counts)| (counts.names + counts.adjectives) as usize)
            .sum()
    }

    /// About how many words are of places that imply one.
    pub(super) fn n_places(&self) -> usize {
        let counts = self.countries.iter();
        counts.map(|(_, counts)| counts.places as usize).sum()
    }

    fn add(&mut self, hit: &FormHit) {
        if let Some(bits) = self.forms.get_mut(usize::from(hit.id) / 64) {
            *bits |= 1 << (hit.id % 64);
        }
        match hit.sense {
            Sense::Cue(cue) => {
                if let Some(count) = self.cues.get_mut(cue as usize) {
                    *count += 1;
                }
            }
            Sense::Country(code, CountryForm::Name) => {
                self.counts(code).names += 1;
            }
            Sense::Country(code, CountryForm::Adjective) => {
                self.counts(code).adjectives += 1;
            }
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
        self.countries
            .binary_search_by_key(&CountryCode(code), |(code, _)| *code)
            .ok()
            .and_then(|at| self.countries.get(at))
            .map(|(_, counts)| *counts)
            .unwrap_or_default()
    }

    /// How often the article gives this cue.
    pub(super) fn count(&self, cue: TopicCue) -> u32 {
        self.cues.get(cue as usize).copied().unwrap_or_default()
    }

    /// How often the article has a name of the country, whatever it means there.
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

    /// Whether the article has any word of the country, or a place in it.
    pub(super) fn names(&self, code: [u8; 2]) -> bool {
        let counts = self.of(code);
        counts.names + counts.adjectives + counts.places > 0
    }

    /// Whether the article has a word of the country other than these.
    pub(super) fn names_beyond(&self, code: [u8; 2], forms: &[&str]) -> bool {
        let has = |id: usize| {
            self.forms
                .get(id / 64)
                .is_some_and(|bits| bits & (1 << (id % 64)) != 0)
        };
        ENGLISH
            .of(CountryCode(code))
            .any(|(id, form)| has(id) && !forms.contains(&form))
    }

    /// Whether so much of the article are names of countries that no sentences can be expected: then
    /// reading around each would take longer than it tells.
    pub(super) fn is_dense(&self) -> bool {
        self.dense
    }

    /// How many countries the article speaks of besides this one and the United States.
    pub(super) fn foreign_beside(&self, code: CountryCode) -> u32 {
        let others = self
            .countries
            .iter()
            .filter(|(other, _)| *other != code && other.0 != *b"US");
        u32::try_from(others.count()).unwrap_or(u32::MAX)
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

    /// Whether the article looks abroad: it has a country other than this one and the United
    /// States, or speaks of this one by other words than its name.
    pub(super) fn is_foreign(&self, code: CountryCode) -> bool {
        self.adjectives(code.0) + self.places(code.0) > 0 || self.foreign_beside(code) > 0
    }
}
