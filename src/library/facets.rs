//! Totals over the folder: which countries are mentioned how often and where.

use std::collections::BTreeMap;

use crate::analysis::CountryCode;

/// What the folder holds of one country.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CountryTotals {
    /// Number of mentions.
    pub mentions: u32,
    /// Number of articles that mention the country.
    pub articles: u32,
}

/// Totals by country.
#[derive(Debug, Default)]
pub(super) struct Facets {
    countries: BTreeMap<CountryCode, CountryTotals>,
}

impl Facets {
    pub(super) fn add(&mut self, countries: impl Iterator<Item = (CountryCode, u32)>) {
        for (code, mentions) in countries {
            let totals = self.countries.entry(code).or_default();
            totals.mentions += mentions;
            totals.articles += 1;
        }
    }

    pub(super) fn remove(&mut self, countries: impl Iterator<Item = (CountryCode, u32)>) {
        for (code, mentions) in countries {
            if let Some(totals) = self.countries.get_mut(&code) {
                totals.mentions = totals.mentions.saturating_sub(mentions);
                totals.articles = totals.articles.saturating_sub(1);
                if totals.articles == 0 {
                    self.countries.remove(&code);
                }
            }
        }
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
