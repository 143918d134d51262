//! Totals over the folder: who is quoted how often and where, which countries are mentioned.

use std::collections::{BTreeMap, BTreeSet};

use super::{ArticleId, Survey};
use crate::analysis::CountryCode;

/// What the folder holds of one speaker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpeakerTotals {
    /// Number of quotations.
    pub quotations: u32,
    /// The articles that quote the speaker.
    pub articles: BTreeSet<ArticleId>,
    /// An office or function some article gives.
    pub role: Option<String>,
}

/// What the folder holds of one country.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CountryTotals {
    /// Number of mentions.
    pub mentions: u32,
    /// The articles that mention the country.
    pub articles: BTreeSet<ArticleId>,
}

/// Totals by speaker and by country.
#[derive(Debug, Default)]
pub(super) struct Facets {
    speakers: BTreeMap<String, SpeakerTotals>,
    countries: BTreeMap<CountryCode, CountryTotals>,
}

impl Facets {
    pub(super) fn add(&mut self, id: ArticleId, survey: &Survey) {
        for speaker in &survey.speakers {
            let totals = match self.speakers.get_mut(&speaker.name) {
                Some(totals) => totals,
                None => self.speakers.entry(speaker.name.clone()).or_default(),
            };
            totals.quotations += speaker.quotations;
            totals.articles.insert(id);
            if speaker.role.is_some() {
                totals.role.clone_from(&speaker.role);
            }
        }
        for &(code, mentions) in &survey.countries {
            let totals = self.countries.entry(code).or_default();
            totals.mentions += mentions;
            totals.articles.insert(id);
        }
    }

    pub(super) fn remove(&mut self, id: ArticleId, survey: &Survey) {
        for speaker in &survey.speakers {
            if let Some(totals) = self.speakers.get_mut(&speaker.name) {
                totals.quotations = totals.quotations.saturating_sub(speaker.quotations);
                totals.articles.remove(&id);
                if totals.articles.is_empty() {
                    self.speakers.remove(&speaker.name);
                }
            }
        }
        for &(code, mentions) in &survey.countries {
            if let Some(totals) = self.countries.get_mut(&code) {
                totals.mentions = totals.mentions.saturating_sub(mentions);
                totals.articles.remove(&id);
                if totals.articles.is_empty() {
                    self.countries.remove(&code);
                }
            }
        }
    }

    pub(super) fn speakers(&self) -> Vec<(&str, &SpeakerTotals)> {
        let mut all: Vec<_> = self
            .speakers
            .iter()
            .map(|(name, totals)| (name.as_str(), totals))
            .collect();
        all.sort_by_key(|(_, totals)| std::cmp::Reverse(totals.quotations));
        all
    }

    pub(super) fn speaker(&self, name: &str) -> Option<&SpeakerTotals> {
        self.speakers.get(name)
    }

    pub(super) fn countries(&self) -> Vec<(CountryCode, &CountryTotals)> {
        let mut all: Vec<_> = self
            .countries
            .iter()
            .map(|(&code, totals)| (code, totals))
            .collect();
        all.sort_by_key(|(_, totals)| std::cmp::Reverse(totals.mentions));
        all
    }

    pub(super) fn country(&self, code: CountryCode) -> Option<&CountryTotals> {
        self.countries.get(&code)
    }
}
